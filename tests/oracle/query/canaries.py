"""
Values that are found again wherever they come out: each cell of tier 1, 2 and each name of the data is one of a kind.

    found("XQBCD") -> {Sighting("crm.customer.note", 3, "full")}

They survive `lower`, `upper`, `reverse`, pieces, JSON, casts to text, bytes in hex, and sums with small numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice, product
from typing import Literal, NamedTuple

Form = Literal["full", "masked"]

#: A text cell says its code over and over, so that every piece of some length has one whole.
_LETTERS = "bcdfghjklmnprstv"
_CODE = re.compile(f"xq[{_LETTERS}]{{3}}")
_HEX = re.compile(r"7871(?:[0-9a-f]{2}){3}")
_DIGITS = re.compile(r"\d{8,}")
_YEAR = re.compile(r"(?<![0-9a-z])\d{4}(?![0-9])")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
WINDOW = 8
#: A column as `schema.table.column`, and the customer.
Cell = tuple[str, int]
NOBODYS: Cell = ("", 0)
MASKED_WINDOW = 7
LONG_MASK = 12


class Sighting(NamedTuple):
    """That something of a customer's column is to be seen: the value, or its masked form."""

    column: str
    customer: int
    form: Form


@dataclass
class Canaries:
    """What to look for, made together with the data."""

    codes: dict[str, Cell] = field(default_factory=dict)
    numbers: dict[str, Cell] = field(default_factory=dict)
    years: dict[str, Cell] = field(default_factory=dict)
    characters: dict[str, Cell] = field(default_factory=dict)
    masked: dict[str, Cell] = field(default_factory=dict)

    def code(self, column: str, customer: int, first: int = 0) -> str:
        """Return a new code, the *first* at the earliest, to be found as the value of *customer*'s *column*."""
        code = next(code for code in islice(_fresh(), first, None) if code not in self.codes)
        self.codes[code] = (column, customer)
        return code

    def number(self, column: str, customer: int, digits: str) -> str:
        """Return *digits*; any eight in a row count, where no other cell has the same eight."""
        _note(self.numbers, digits, WINDOW, (column, customer))
        return digits

    def year(self, column: str, customer: int, year: int) -> str:
        self.years[str(year)] = (column, customer)
        return str(year)

    def given_name(self, column: str, customer: int, characters: str) -> str:
        self.characters.update(dict.fromkeys(characters, (column, customer)))
        return characters

    def mask(self, column: str, customer: int, value: str) -> None:
        """Take *value* for what the role is shown of the cell once the record is open; pieces of it count."""
        for text in (value.lower(), value.lower()[::-1]):
            _note(self.masked, text, MASKED_WINDOW, (column, customer))
            _note(self.masked, text, len(text), (column, customer))
        self.masked = {piece: cell for piece, cell in self.masked.items() if _telling(piece)}

    def found(self, values: Iterable[str]) -> set[Sighting]:
        """Return what is to be seen in *values*, read either way."""
        seen: set[Sighting] = set()
        for value in set(values):
            lower = value.lower()
            seen |= {Sighting(*cell, "masked") for cell in self._masked(lower)}
            for text in (lower, lower[::-1]):
                seen |= {Sighting(*cell, "full") for cell in self._full(text)}
        return seen

    def _full(self, text: str) -> Iterator[Cell]:
        for code in _CODE.findall(text):
            if code in self.codes:
                yield self.codes[code]
        for code in _HEX.findall(text):
            if (plain := bytes.fromhex(code).decode("latin-1")) in self.codes:
                yield self.codes[plain]
        for run in _DIGITS.findall(text):
            for place in range(len(run) - WINDOW + 1):
                if (cell := self.numbers.get(run[place : place + WINDOW])) and cell != NOBODYS:
                    yield cell
        for year in _YEAR.findall(text):
            if year in self.years:
                yield self.years[year]
        for character in _CHINESE.findall(text):
            if character in self.characters:
                yield self.characters[character]

    def _masked(self, text: str) -> Iterator[Cell]:
        if "*" in text:
            for piece, cell in self.masked.items():
                if cell != NOBODYS and piece in text:
                    yield cell


def _telling(piece: str) -> bool:
    """Whether a piece of a masked form is no other's, even if digits of something else come to stand beside it."""
    rest = piece.replace("*", "")
    return "*" in piece and (len(rest) >= 4 or "@" in rest or not rest.isascii() or piece.count("*") >= LONG_MASK)


def _note(pieces: dict[str, Cell], value: str, size: int, cell: Cell) -> None:
    size = min(size, len(value))
    for place in range(len(value) - size + 1):
        piece = value[place : place + size]
        if pieces.setdefault(piece, cell) != cell:
            # A piece that two cells have says nothing of either.
            pieces[piece] = NOBODYS


def _fresh() -> Iterator[str]:
    return ("xq" + "".join(letters) for letters in product(_LETTERS, repeat=3))
