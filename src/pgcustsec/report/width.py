"""Fitting texts in a terminal's columns, of which Chinese characters take two."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import category, east_asian_width

#: No line of text is wider.
WIDEST = 100


def columns(text: str) -> int:
    """Return how many columns of a terminal *text* takes."""
    return sum(columns_of(letter) for letter in text)


def columns_of(letter: str) -> int:
    """Return how many columns one character takes."""
    if category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(letter) in "WF" else 1


def visible(text: str) -> str:
    """Return *text* in one line: a control character in a name is told, not sent to a terminal."""
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)


def padded(text: str, width: int) -> str:
    """Return *text* with blanks up to *width* columns."""
    return text + " " * (width - columns(text))


def cut(text: str, width: int) -> str:
    """Return *text*, or as much of it as fits *width* columns with `...` behind it."""
    return text if columns(text) <= width else _first(text, width - 3) + "..."


def wrapped(text: str, indent: int, width: int = WIDEST) -> Iterator[str]:
    """Yield *text* in lines of *width* columns at most, broken at blanks, each with *indent* blanks before it."""
    line = ""
    for word in text.split():
        if line and indent + columns(line) + 1 + columns(word) > width:
            yield " " * indent + line
            line = ""
        while indent + columns(word) > width:
            part = _first(word, width - indent)
            yield " " * indent + part
            word = word[len(part) :]
        line = f"{line} {word}" if line else word
    if line:
        yield " " * indent + line


def _first(text: str, width: int) -> str:
    taken = 0
    for place, letter in enumerate(text):
        taken += columns_of(letter)
        if taken > width:
            return text[:place]
    return text
