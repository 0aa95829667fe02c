"""String literals of Python: the text that they are, and where in the file each of its characters is written."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from pgcustsec.query.reading.passage import Draft, Lines
from pgcustsec.query.reading.quoted import QUOTED

_LITERAL = re.compile(r"(?P<prefix>[A-Za-z]*)(?P<quote>'''|\"\"\"|'|\")", re.DOTALL)
_ESCAPE = re.compile(
    r"\\(?:\n|[\\'\"abfnrtv]|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^}]*\})", re.DOTALL
)
#: How values are put into a text: `%s` and `%(name)s` by a driver that is given some, `:name` by SQLAlchemy's, or
#: not at all. Elsewhere what looks like one may be a column: `a %(income)s` is a remainder, `'k' :name` a JSON value.
Style = Literal["percent", "colon", "none"]
_PLACEHOLDERS: dict[Style, re.Pattern[str]] = {
    "percent": re.compile(rf"(?P<quoted>{QUOTED})|(?P<value>%(?:\(\w+\))?[sbt])|(?P<percent>%%)", re.DOTALL),
    "colon": re.compile(
        rf"(?P<quoted>{QUOTED})|(?P<value>(?<![:\w\\]):[^\W\d]\w*(?![:\w]))|(?P<percent>(?!))", re.DOTALL
    ),
}


class Written(NamedTuple):
    """A text, and the character of the file at which each of its own is written."""

    text: str
    origin: Sequence[int]
    #: Whether it is in SQLAlchemy's text().
    in_text: bool = False

    def plus(self, other: Written) -> Written:
        return Written(self.text + other.text, array("l", [*self.origin, *other.origin]))


class Source:
    """A Python file's text: its tree, its string literals and comments by where they stand."""

    def __init__(self, text: str) -> None:
        """Raises SyntaxError, ValueError or TokenError where *text* is no Python."""
        self.text = text
        self.tree = ast.parse(text)
        self.lines = Lines(text)
        self._encoded = text.encode().splitlines(keepends=True)
        self._strings: list[tuple[int, str]] = []
        #: Line -> where its comment begins, and the comment.
        self.comments: dict[int, tuple[int, str]] = {}
        self._tokens()

    def _tokens(self) -> None:
        for token in tokenize.generate_tokens(io.StringIO(self.text).readline):
            if token.type in (tokenize.STRING, tokenize.COMMENT):
                line, column = token.start
                at = self.lines.start(line) + column
                if token.type == tokenize.STRING:
                    self._strings.append((at, token.string))
                else:
                    self.comments[line] = (at, token.string)

    def begin(self, node: ast.expr | ast.alias) -> int:
        """Return the character of the file at which *node* begins."""
        return self._character(node.lineno, node.col_offset)

    def _character(self, line: int, byte: int) -> int:
        start = self.lines.start(line)
        return start + len(self._encoded[line - 1][:byte].decode(errors="ignore"))

    def literal(self, node: ast.expr, value: str) -> Written:
        """Return *value*, which is what the literal *node* is, with where it is written."""
        begin = self.begin(node)
        end = self._character(node.end_lineno or node.lineno, node.end_col_offset or 0)
        found = Written("", array("l"))
        for at, token in self._strings[bisect_left(self._strings, (begin, "")) :]:
            if at >= end:
                break
            found = found.plus(_decoded(at, token))
        # What is written in a way that is not followed here is all said to be where it begins.
        return found if found.text == value else Written(value, array("l", [begin] * len(value)))


def _decoded(at: int, token: str) -> Written:
    """What the string literal *token* is, which stands at *at*."""
    head = _LITERAL.match(token)
    if head is None:
        return Written("", array("l"))
    begin, end = head.end(), len(token) - len(head["quote"])
    raw = "r" in head["prefix"].lower()
    letters, origin = [], array("l")
    for place, letter in _letters(token, begin, end, raw):
        letters.append(letter)
        origin.extend([at + place] * len(letter))
    return Written("".join(letters), origin)


def _letters(token: str, begin: int, end: int, raw: bool) -> Iterator[tuple[int, str]]:
    place = begin
    while place < end:
        escape = None if raw else _ESCAPE.match(token, place, end)
        if escape is None:
            yield place, token[place]
            place += 1
            continue
        yield place, "" if escape[0] == "\\\n" else ast.literal_eval(f'"{escape[0]}"')
        place = escape.end()


def with_values(written: Written, style: Style) -> Draft:
    """Return *written* with a parameter for each placeholder."""
    draft, place = Draft(), 0
    for found in _PLACEHOLDERS[style].finditer(written.text) if style != "none" else ():
        if found["quoted"]:
            continue
        draft.join(written.text[place : found.start()], written.origin[place : found.start()])
        draft.put("$1" if found["value"] else "%", written.origin[found.start()])
        place = found.end()
    draft.join(written.text[place:], written.origin[place:])
    return draft
