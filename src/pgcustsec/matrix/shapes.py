"""
What a value of the matrix file may look like: a handful of shapes, put together in `form`.

The loader reads by them and the JSON Schema is made from them, so neither knows a key that the other does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """Text of *pattern* (all of it), at most *longest* UTF-8 bytes; *rule* says the pattern to a person."""

    what: str
    pattern: str = r"[^\x00-\x1f\x7f-\x9f\u2028\u2029]*\S[^\x00-\x1f\x7f-\x9f\u2028\u2029]*"
    rule: str = "one line of text"
    longest: int = 200


@dataclass(frozen=True, slots=True)
class Ref:
    """The name of a *to* (role, department, agreement, table) that the matrix defines elsewhere."""

    to: str


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from *least* to *most*."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false."""


@dataclass(frozen=True, slots=True)
class Day:
    """A date, YYYY-MM-DD."""


@dataclass(frozen=True, slots=True)
class Network:
    """A network in CIDR notation."""


@dataclass(frozen=True, slots=True)
class Predicate:
    """An SQL condition over the columns of the table it stands in."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One word of a closed list; *what* names the list in messages."""

    what: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Many:
    """A list of at least one, each once; with *bare*, one alone may stand without brackets."""

    item: Shape
    bare: bool = False
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a fixed list: its value's shape, what it means, whether it must be there."""

    shape: Shape
    means: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Keys:
    """A mapping whose keys the format fixes."""

    what: str
    keys: Mapping[str, Key]


@dataclass(frozen=True, slots=True)
class Named:
    """A mapping whose keys the user names: at least one *name*, each with a *value*; *defines* what `Ref` refers to."""

    what: str
    name: Text | Ref
    value: Shape
    defines: str | None = None


@dataclass(frozen=True, slots=True)
class Either:
    """A *word*, or a mapping of one of *forms*: the one that shares most keys with what stands there."""

    what: str
    word: Choice | None
    forms: tuple[Keys, ...]


Shape = Text | Ref | Whole | Flag | Day | Network | Predicate | Choice | Many | Keys | Named | Either
