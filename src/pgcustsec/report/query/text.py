"""A check as text for people, at most 100 columns wide."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pgcustsec.query.results import Checked, Statement, Told
from pgcustsec.report.query.counts import first_line, harmless, reached
from pgcustsec.report.width import WIDEST, columns, cut, padded, wrapped

#: Colours a text by what it is about: a verdict, a level, `place`; as it is where there are no colours.
Paint = Callable[[str, str], str]
#: The statement is shown as far as it fits so many lines.
_LINES = 3


def plain(text: str, about: str) -> str:
    """Paint nothing."""
    return text


def check_lines(checked: Checked, paint: Paint = plain) -> Iterator[str]:
    """Yield *checked* line by line: each statement with its columns, its uses, and what is wrong."""
    yield from (_COMMAND.sub(_parted, line) for line in _lines(checked, paint))


#: What a CI server that reads its jobs' output would take for a command to itself: a blank is put within.
_COMMAND = re.compile(r"^(\s*:)(:)|(#)(#\[)")


def _parted(found: re.Match[str]) -> str:
    return " ".join(part for part in found.groups() if part)


def _lines(checked: Checked, paint: Paint) -> Iterator[str]:
    for number, statement in enumerate(checked.statements):
        if number:
            yield ""
        yield from _statement(statement, checked.matrix, paint)
    yield from unread_lines(checked, paint)


def _statement(statement: Statement, matrix: str, paint: Paint) -> Iterator[str]:
    place = f"{statement.file}:{statement.place.line}:{statement.place.column}"
    verdict = statement.verdict.value
    yield f"{paint(place, 'place')}  {statement.role}  {paint(verdict, verdict)}"
    shown = list(wrapped(cut(first_line(statement), _LINES * (WIDEST - 4) - 40), 4))
    yield from shown
    yield from seen_lines(statement, matrix, paint)
    for told in statement.told:
        yield from told_lines(told, matrix, paint)


def unread_lines(checked: Checked, paint: Paint) -> Iterator[str]:
    """Yield where the files have something to run that is not in them."""
    for one in checked.unchecked:
        if one.level == "unread":
            yield ""
            yield from _coloured(
                f"{one.file}:{one.place.line}:{one.place.column}  not read: {one.message}", 0, paint, "note"
            )


def seen_lines(statement: Statement, matrix: str, paint: Paint) -> Iterator[str]:
    """Yield what the statement reveals: a line or two for each column and use, and one for all that are harmless."""
    special = [one for one in statement.seen if not harmless(one)]
    names = [one.label for one in special]
    width = max(map(columns, names), default=0)
    for one, name in zip(special, names, strict=True):
        place = f"{one.place.line}:{one.place.column}"
        tier = f"tier {one.tier}" if one.tier else "-"
        said = paint(padded(one.verdict.value, 8), one.verdict.value)
        yield f"    {place:<7} {padded(cut(name, 40), min(width, 40))}  {said}  {padded(tier, 6)}  ({one.article})"
        for origin in one.origins:
            yield from wrapped(reached(origin, matrix), 12)
        for reason in one.opaque:
            yield from wrapped(reason, 12)
    if rest := [one.label for one in statement.seen if harmless(one)]:
        yield from wrapped(f"of no tier 1 or 2: {', '.join(rest)}", 4)


def told_lines(told: Told, matrix: str, paint: Paint) -> Iterator[str]:
    """Yield a finding: what is wrong where, what to write instead, and by which rule, article and matrix line."""
    place = f"{told.place.line}:{told.place.column}"
    yield from _coloured(f"{told.level} {told.rule} at {place}: {told.message}", 4, paint, told.level)
    yield from wrapped(f"instead: {told.instead}", 8)
    line = f", {matrix}:{told.matrix_line}" if told.matrix_line else ""
    yield from wrapped(f"{told.why} (policy {told.article}{line})", 8)


def _coloured(text: str, indent: int, paint: Paint, about: str) -> Iterator[str]:
    """Lines of *text*, the words before its first colon-and-blank coloured."""
    head, _, _ = text.partition(": ")
    for number, line in enumerate(wrapped(text, indent)):
        yield line.replace(head, paint(head, about), 1) if not number and head in line else line
