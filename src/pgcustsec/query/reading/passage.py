"""A text to check that was taken from a file, and where in the file each of its characters stands."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

#: No statement of PostgreSQL has it outside of quotes: where it stands, the statement is refused.
UNREADABLE = "\\"

#: `skipped`: it has nothing to do with what is revealed. `unread`: statements may be there, and are not looked at.
Level = Literal["skipped", "unread"]


class Note(NamedTuple):
    """What a file has that is not checked, at a character of the file."""

    at: int
    level: Level
    message: str


class Refusal(NamedTuple):
    """Why a statement with `UNREADABLE` in it cannot be checked, and what to write instead."""

    at: int
    message: str
    hint: str


@dataclass
class Passage:
    """
    A text to check. `origin` has a character of the file for each of its own; `refusals` say where it is unreadable.

    `by_owner`: it runs as the tables' owner, in a migration, where what defines objects is right.
    """

    text: str
    origin: Sequence[int]
    refusals: list[Refusal] = field(default_factory=list)
    by_owner: bool = False

    def __post_init__(self) -> None:
        self._starts = None if self.text.isascii() else _starts(self.text)

    def place(self, byte: int) -> int:
        """Return which character of the file stands at *byte* of the text; the end is where its last one is."""
        character = byte if self._starts is None else bisect_right(self._starts, byte) - 1
        return self.origin[min(max(character, 0), len(self.origin) - 1)] if self.origin else 0


def _starts(text: str) -> Sequence[int]:
    """At which byte each character of *text* begins."""
    starts, byte = array("l"), 0
    for letter in text:
        starts.append(byte)
        byte += len(letter.encode())
    return starts


@dataclass
class Reading:
    """What a file has to check, and what of it is not checked."""

    passages: list[Passage] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


class Draft:
    """A passage that is being written: what is taken over from a file, and what is put in place of something there."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._origin = array("l")
        self._refusals: list[Refusal] = []

    def take(self, source: str, begin: int, end: int) -> None:
        """Take over *source* from *begin* to *end*."""
        self._parts.append(source[begin:end])
        self._origin.extend(range(begin, end))

    def put(self, text: str, at: int) -> None:
        """Write *text*, which stands for what is at character *at* of the file."""
        self._parts.append(text)
        self._origin.extend([at] * len(text))

    def join(self, text: str, origin: Sequence[int]) -> None:
        """Write *text* with the places it came with."""
        self._parts.append(text)
        self._origin.extend(origin)

    def refuse(self, at: int, message: str, hint: str) -> None:
        """Make the statement that is being written one that cannot be read, and say why."""
        self.put(UNREADABLE, at)
        self._refusals.append(Refusal(at, message, hint))

    def passage(self, by_owner: bool = False) -> Passage:
        return Passage("".join(self._parts), self._origin, self._refusals, by_owner)


class Lines:
    """The lines of a file's text: from a character to the line and column that an editor shows."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._starts = [0, *(place + 1 for place, letter in enumerate(text) if letter == "\n")]

    def place(self, at: int) -> tuple[int, int]:
        """Return line and column of character *at*, both from 1, the column in characters."""
        line = bisect_right(self._starts, at)
        return line, at - self._starts[line - 1] + 1

    def start(self, line: int) -> int:
        """Return the first character of *line*, of the last one where there are fewer."""
        return self._starts[min(line, len(self._starts)) - 1]

    def end(self, at: int) -> int:
        """Return where the line of character *at* ends."""
        line = bisect_right(self._starts, at)
        return self._starts[line] - 1 if line < len(self._starts) else self._length
