"""Where in its text a statement reveals what: each word of it with what is said of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from pgcustsec.query.results import Seen, Statement
from pgcustsec.query.verdict import Verdict
from pgcustsec.report.query.counts import harmless

_WORD = re.compile(r"[\w.\"$*]+|.")


class Mark(NamedTuple):
    """A word of a line, from `begin` to before `end`, and what is said of it, the worst first."""

    begin: int
    end: int
    seen: tuple[Seen, ...]

    @property
    def verdict(self) -> Verdict:
        return self.seen[0].verdict


class Line(NamedTuple):
    """A line of a file, with its number, and its marks from left to right."""

    number: int
    text: str
    marks: tuple[Mark, ...]


def marked(statement: Statement, text: str) -> Iterator[Line]:
    """Yield the lines of the file's *text* on which *statement* stands."""
    lines = text.split("\n")
    first = statement.place.line
    last = first + text.count("\n", statement.begin, max(statement.end, statement.begin + 1) - 1)
    order = list(Verdict)
    seen = sorted(statement.seen, key=lambda one: (one.place, harmless(one), order.index(one.verdict), one.tier or 4))
    by_place = {place: tuple(there) for place, there in groupby(seen, key=lambda one: one.place)}
    for number in range(first, last + 1):
        line = lines[number - 1]
        places = sorted(place.column for place in by_place if place.line == number)
        yield Line(number, line, tuple(_mark(line, column - 1, places, by_place[number, column]) for column in places))


def _mark(line: str, begin: int, places: list[int], seen: tuple[Seen, ...]) -> Mark:
    """The word at *begin*, as far as no other mark begins in it."""
    word = _WORD.match(line, begin)
    end = word.end() if word else begin + 1
    return Mark(begin, min([end, *(column - 1 for column in places if begin < column - 1 < end)]), seen)


def said(one: Seen) -> str:
    """Return what *one* is, in a few words."""
    return f"{one.label}: {one.verdict.value}" + (f", tier {one.tier}" if one.tier else "")


def said_together(mark: Mark) -> str:
    """Return what is said of a mark in one line: of a star's many columns, by what they come to."""
    if len(mark.seen) == 1:
        return said(mark.seen[0])
    parts = []
    for (verdict, tier), there in groupby(mark.seen, key=lambda one: (one.verdict, one.tier)):
        names = ", ".join(one.label for one in there)
        parts.append(f"{verdict.value}{f', tier {tier}' if tier else ''}: {names}")
    return "; ".join(parts)
