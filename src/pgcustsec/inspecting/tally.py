"""
Counting what the sampled values of a column look like. A value is looked at, counted and forgotten.

What is kept are numbers, and of a document the names of its keys: those that stand in many rows and are words, since a
key can be a value too (`{"13812345678": ...}`). The others become `*`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pgcustsec.looks.values import SIGNS, look

#: Fewer hits than these are no finding: one number in ten thousand rows is a slip of the pen, or chance. Three rows are
#: somebody's habit; and one row in a thousand, because what is seldomer is no use that a column is put to.
LEAST_HITS = 3
LEAST_SHARE = 0.001
#: Names repeat seldom: half of them, or a hundred, are different. Words that repeat are a list's, of towns or products.
LEAST_DISTINCT, MANY_DISTINCT = 0.5, 100
#: Distinct looks that are told apart; only their number counts.
_MOST_DISTINCT = 100_000


@dataclass(frozen=True, slots=True)
class Evidence:
    """In `hits` of `rows` sampled rows that were not empty there is `sign`, at `path` of a document; no value."""

    sign: str
    hits: int
    rows: int
    #: The values are it, rather than have it inside.
    whole: bool
    path: str = ""

    @property
    def share(self) -> float:
        return self.hits / self.rows

    @property
    def said(self) -> str:
        """The count in words: "mobile phone in 83 of 1,000 sampled rows"."""
        where = f" at {self.path}" if self.path else ""
        return f"{SIGNS[self.sign].called} in {self.hits:,} of {self.rows:,} sampled rows{where}"


@dataclass
class Tally:
    """Of values that were not empty: how many, and how many of them look like what."""

    rows: int = 0
    whole: Counter[str] = field(default_factory=Counter)
    inside: Counter[str] = field(default_factory=Counter)
    shaped: Counter[str] = field(default_factory=Counter)
    _names: set[int] = field(default_factory=set, repr=False)

    def add(self, *values: str) -> None:
        """Count one row that has *values* here; those that are empty or blank do not count."""
        looks = [(value, look(value)) for value in values if value.strip()]
        if not looks:
            return
        self.rows += 1
        self.whole.update(set().union(*(seen.whole for _, seen in looks)))
        self.inside.update(set().union(*(seen.inside for _, seen in looks)))
        self.shaped.update(set().union(*(seen.shaped for _, seen in looks)))
        if len(self._names) < _MOST_DISTINCT:
            self._names.update(hash(value) for value, seen in looks if "name" in seen.whole)

    def evidence(self, rows: int = 0, path: str = "") -> list[Evidence]:
        """Return the signs that are no chance, of *rows* rows where not each has a value here; most hits first."""
        of = max(rows, self.rows)
        found = [
            Evidence(sign, min(hits, of), of, self.whole[sign] * 2 > hits, path)
            for sign, hits in self.inside.items()
            if self._counts(sign, hits, of)
        ]
        return sorted(found, key=lambda one: (-one.hits, one.sign))

    def _counts(self, sign: str, hits: int, rows: int) -> bool:
        if hits < self.shaped[sign] * SIGNS[sign].least:
            return False
        if sign == "name" and self.whole[sign]:
            # A word or two that could be names say nothing, however small the table.
            few = hits < LEAST_HITS or len(self._names) < min(self.whole[sign] * LEAST_DISTINCT, MANY_DISTINCT)
            return not few and hits >= rows * LEAST_SHARE
        return hits >= rows * LEAST_SHARE and (hits >= LEAST_HITS or hits == rows)

    def merge(self, other: Tally) -> None:
        """Count what *other* counted."""
        self.rows += other.rows
        for mine, theirs in ((self.whole, other.whole), (self.inside, other.inside), (self.shaped, other.shaped)):
            mine.update(theirs)
        self._names |= other._names


#: A key that is shown: a word, without a number in it.
_KEY = re.compile(r"[A-Za-z_][A-Za-z_-]{0,29}[0-9]{0,3}|[㐀-䶿一-鿿]{1,8}")
#: A key that stands in fewer than this share of the rows is a value of its own.
_COMMON = 0.05
_ANY, _ITEM = "*", "[*]"
#: Past so many different keys, or so many levels, a document is searched as the text that it is.
_MOST_NODES, _MOST_LEVELS = 20_000, 200


@dataclass
class _Node:
    """A place in documents: what stands there as text, and what is below it."""

    tally: Tally = field(default_factory=Tally)
    rows: int = 0
    below: dict[str, _Node] = field(default_factory=dict)

    def take(self, other: _Node) -> None:
        self.tally.merge(other.tally)
        self.rows += other.rows
        for key, node in other.below.items():
            self.below.setdefault(key, _Node()).take(node)


class Documents:
    """What the values of a column of `json` or `jsonb` look like, place by place, at any depth."""

    def __init__(self) -> None:
        self._top = _Node()
        self._rest = Tally()
        self._nodes = 0

    @property
    def rows(self) -> int:
        return self._top.rows + self._rest.rows

    def add(self, value: str) -> None:
        """Count the document *value*; one that was cut, or is too deep, is counted as text."""
        if not value.strip():
            return
        try:
            document = json.loads(value, parse_int=str, parse_float=str)
        except (ValueError, RecursionError):
            self._rest.add(value)
            return
        self._top.rows += 1
        places: dict[tuple[str, ...], list[str]] = {}
        for path, text in _texts(document):
            places.setdefault(path, []).append(text)
        for path, texts in places.items():
            self._place(path).tally.add(*texts)

    def _place(self, path: tuple[str, ...]) -> _Node:
        node = self._top
        for key in path:
            if key not in node.below:
                key = key if self._nodes < _MOST_NODES else _ANY
                self._nodes += 1
            node = node.below.setdefault(key, _Node())
            node.rows += 1
        return node

    def evidence(self) -> list[Evidence]:
        """Return the signs that are no chance, with the path to them; most hits first."""
        found = [*self._rest.evidence(self.rows), *_evidence(self._top, self.rows, "$")]
        return sorted(found, key=lambda one: (-one.hits, one.path, one.sign))


def _texts(document: Any) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each text and number of *document* with its path, and each key that is a value, as a text at `*`."""
    stack: list[tuple[tuple[str, ...], Any]] = [((), document)]
    while stack:
        path, value = stack.pop()
        if isinstance(value, str):
            yield path, value
        elif len(path) >= _MOST_LEVELS:
            yield path, json.dumps(value, ensure_ascii=False)
        elif isinstance(value, list):
            stack.extend(((*path, _ITEM), item) for item in value)
        elif isinstance(value, dict):
            for key, item in value.items():
                if not _KEY.fullmatch(key):
                    yield (*path, _ANY), key
                stack.append(((*path, key if _KEY.fullmatch(key) else _ANY), item))


def _evidence(node: _Node, rows: int, path: str) -> Iterator[Evidence]:
    yield from node.tally.evidence(rows, path)
    common: dict[str, _Node] = {}
    for key, below in node.below.items():
        if key != _ITEM and (below.rows < max(LEAST_HITS, rows * _COMMON) or "name" in look(key).whole):
            key = _ANY
        common.setdefault(key, _Node()).take(below)
    for key, below in common.items():
        yield from _evidence(below, rows, path + (key if key == _ITEM else f".{key}"))
