"""
What is read from a file before it becomes a `Matrix`: plain values that know where they stood.

What was wrong in the file is left out of the tree and remembered as spoiled, so that one mistake is one problem: a
check that misses something spoiled stays silent.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from pgcustsec.errors import Problem
from pgcustsec.matrix.model import NOWHERE, Mark


class Word(str):
    """A word of the file, with its place."""

    __slots__ = ("mark",)
    mark: Mark

    def __new__(cls, text: str, mark: Mark = NOWHERE) -> Word:
        word = super().__new__(cls, text)
        word.mark = mark
        return word


class Part(dict[str, Any]):
    """
    A mapping of the file: keys are `Word`s, `spoiled` are those left out. `at` has the place of each value, `named_at`
    that of each key, of spoiled ones too.
    """

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark
        self.at: dict[str, Mark] = {}
        self.named_at: dict[str, Mark] = {}
        self.spoiled: set[str] = set()

    def part(self, key: str) -> Part:
        """The mapping under *key*; an empty one when it is absent or spoiled."""
        found = self.get(key)
        return found if isinstance(found, Part) else Part(self.mark)

    def items_of(self, key: str) -> Items:
        """The list under *key*; an empty one when it is absent or spoiled."""
        found = self.get(key)
        return found if isinstance(found, Items) else Items(self.mark)

    def has(self, key: str) -> bool:
        """Whether *key* was given, rightly or wrongly."""
        return key in self or key in self.spoiled

    def named(self, key: str) -> Iterator[tuple[Word, Part]]:
        """The names under *key* with what they name."""
        for name, value in self.part(key).items():
            if isinstance(name, Word) and isinstance(value, Part):
                yield name, value


class Items(list[Any]):
    """A list of the file; `spoiled` when an item was left out."""

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark
        self.spoiled = False


class Notes:
    """The problems found so far."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def add(self, mark: Mark, message: str, hint: str | None = None) -> None:
        self.problems.append(Problem(mark.line, mark.column, message, hint))


def nearest(word: str, among: Iterator[str] | list[str] | tuple[str, ...]) -> str | None:
    """The word of *among* that *word* was most likely meant to be."""
    found = get_close_matches(word, [str(known) for known in among], n=1, cutoff=0.6)
    return found[0] if found else None


def instead(word: str, among: list[str] | tuple[str, ...], what: str) -> str:
    """A hint: the nearest word, or all of them when none is near and they are few."""
    near = nearest(word, among)
    if near is not None:
        return f"did you mean {near!r}?"
    if not among:
        return f"the matrix has no {what}"
    shown = ", ".join(among[:12]) + (", ..." if len(among) > 12 else "")
    return f"{what} here: {shown}"
