"""An annotated statement for people: under each line of its text, what each column and predicate of it reveals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pgcustsec.query.results import Checked, Statement
from pgcustsec.report.query.marks import Line, Mark, marked, said_together
from pgcustsec.report.query.text import Paint, plain, told_lines, unread_lines
from pgcustsec.report.width import WIDEST, columns, columns_of, wrapped

_INDENT = 4
#: What is said of a mark stands behind it where so many columns are left, else below.
_BESIDE = 40


def explain_lines(checked: Checked, texts: Mapping[str, str], paint: Paint = plain) -> Iterator[str]:
    """Yield the statements of *checked*, annotated; *texts* are its files by name."""
    for number, statement in enumerate(checked.statements):
        if number:
            yield ""
        place = f"{statement.file}:{statement.place.line}:{statement.place.column}"
        verdict = statement.verdict.value
        yield f"{paint(place, 'place')}  {statement.role}  {paint(verdict, verdict)}"
        yield ""
        yield from _annotated(statement, texts[statement.file], paint)
        for told in statement.told:
            yield ""
            yield from told_lines(told, checked.matrix, paint)
    yield from unread_lines(checked, paint)


def _annotated(statement: Statement, text: str, paint: Paint) -> Iterator[str]:
    for line in marked(statement, text):
        for begin, end in _folded(line):
            piece = line.text[begin:end]
            yield (" " * _INDENT + piece.replace("\t", " ")).rstrip()
            for mark in line.marks:
                if begin <= mark.begin < end or (begin == end == mark.begin):
                    yield from _under(piece, mark, begin, end, paint)


def _folded(line: Line) -> Iterator[tuple[int, int]]:
    """Yield from where to where *line* goes, in as many lines of a terminal as it needs."""
    begin = width = 0
    for place, letter in enumerate(line.text):
        if width + columns_of(letter) > WIDEST - _INDENT:
            yield begin, place
            begin, width = place, 0
        width += columns_of(letter)
    yield begin, len(line.text)


def _under(piece: str, mark: Mark, begin: int, end: int, paint: Paint) -> Iterator[str]:
    """The mark under its word, and what is said of it."""
    before = _INDENT + columns(piece[: mark.begin - begin])
    carets = "^" * max(columns(piece[mark.begin - begin : min(mark.end, end) - begin]), 1)
    head = " " * before + paint(carets, mark.verdict.value)
    text = said_together(mark)
    if columns(text) <= WIDEST - before - len(carets) - 1:
        yield f"{head} {text}"
        return
    yield head
    yield from wrapped(text, min(before, _BESIDE))
