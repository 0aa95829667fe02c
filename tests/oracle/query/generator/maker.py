"""What making a statement needs at hand: the dice, what is in scope, which constructs have been used."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Literal, NamedTuple, TypeVar

from pgcustsec.matrix.model import Matrix

Type = Literal["text", "number", "date", "json", "yesno", "time", "bytes"]
#: What columns of a query are made of.
TYPES: tuple[Type, ...] = ("text", "number", "date", "json", "yesno")
Something = TypeVar("Something")

_OTHERS: dict[str, Type] = {
    "birth_date": "date",
    "starts_on": "date",
    "ends_on": "date",
    "filed_on": "date",
    "family": "json",
    "content": "bytes",
}
_NUMBERS = {"customer_id", "policy_id", "claim_id", "attachment_id", "assignment_id", "age", "annual_income"}
_NUMBERS |= {"premium", "amount"}
_TIMES = {"claimed_at", "last_contact_at", "created_at", "starts_at", "ends_at"}


class Field(NamedTuple):
    """A column and its type."""

    name: str
    type: Type


@dataclass
class Entry:
    """An entry of FROM under its alias; `whole` where the alias is a whole row for sure, and `view` of which."""

    alias: str
    fields: list[Field]
    whole: bool = True
    view: str | None = None


@dataclass
class Level:
    """What one FROM makes visible; `merged` are columns that USING or NATURAL made one."""

    entries: list[Entry] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)

    def bare(self, name: str) -> bool:
        """Whether *name* means one column without an alias."""
        having = sum(one.name == name for entry in self.entries for one in entry.fields)
        return having == 1 or (name in self.merged and having == 2)

    def star(self) -> list[Field]:
        every = [one for entry in self.entries for one in entry.fields]
        first = [next(one for one in every if one.name == name) for name in self.merged]
        return [*first, *(one for one in every if one.name not in self.merged)]


Make = Callable[["Maker", int], str]


@dataclass(frozen=True)
class Construct:
    """A way of making an expression, and the server that knows it first."""

    name: str
    make: Make
    since: int
    needs: str


CONSTRUCTS: dict[Type, list[Construct]] = {kind: [] for kind in TYPES}


def makes(kind: Type, name: str, since: int = 15, needs: str = "") -> Callable[[Make], Make]:
    """Register a way of making an expression of type *kind*; *needs*: subquery or window, where these may not stand."""

    def register(make: Make) -> Make:
        CONSTRUCTS[kind].append(Construct(name, make, since, needs))
        return make

    return register


def patterns(kind: Type, name: str, *texts: str, since: int = 15) -> None:
    """Register ways that are texts with places: `{text}`, `{number}`, `{date}`, `{json}`, `{yesno}`, `{row}`."""

    for text in texts:
        makes(kind, name, since)(_filled(kind, text))


def _filled(kind: Type, text: str) -> Make:
    def make(maker: Maker, depth: int) -> str:
        return maker.fill(kind, text, depth)

    return make


class Maker:
    """One statement in the making."""

    def __init__(self, role: str, seed: int | str, matrix: Matrix, major: int, xml: bool) -> None:
        self.role = matrix.roles[role]
        self.xml = xml
        self.matrix = matrix
        self.major = major
        self.random = Random(f"{role} {seed}")
        self.used: set[str] = set()
        self.levels: list[Level] = []
        self.ctes: list[Entry] = []
        #: Entries of FROM lists that are not whole yet: their aliases are taken.
        self.forming: list[list[Entry]] = []
        #: What may not stand here: a subquery or window in an aggregate.
        self.without: frozenset[str] = frozenset()
        self._numbers = 0

    # --- dice ---------------------------------------------------------------------------------------------------

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def one_of(self, choices: Sequence[Something]) -> Something:
        return self.random.choice(choices)

    def use(self, construct: str) -> None:
        self.used.add(construct)

    def new(self, stem: str) -> str:
        self._numbers += 1
        return f"{stem}{self._numbers}"

    # --- names --------------------------------------------------------------------------------------------------

    def views(self) -> dict[str, list[Field]]:
        """The role's views by name, with their columns."""
        found = {}
        for access in self.role.tables.values():
            table = self.matrix.tables[access.table]
            shown = [one for one in table.columns.values() if not (one.tier == 1 and access.tier1 == "absent")]
            found[table.name] = [Field(one.name, type_of(one.name)) for one in shown]
        return found

    @contextmanager
    def level(self, level: Level) -> Iterator[Level]:
        self.levels.append(level)
        try:
            yield level
        finally:
            self.levels.pop()

    @contextmanager
    def barred(self, *what: str) -> Iterator[None]:
        before, self.without = self.without, self.without | set(what)
        try:
            yield
        finally:
            self.without = before

    @contextmanager
    def only(self, levels: list[Level]) -> Iterator[None]:
        before, self.levels = self.levels, levels
        try:
            yield
        finally:
            self.levels = before

    def column(self, kind: Type) -> str | None:
        """A column of *kind* in scope, in one of the ways of writing it; None where there is none."""
        levels = self.levels
        if len(levels) > 1 and self.chance(0.8):
            levels = levels[-1:]
        found = [
            (level, entry, one)
            for level in levels
            for entry in level.entries
            for one in entry.fields
            if one.type == kind
        ]
        if not found:
            return None
        level, entry, one = self.one_of(found)
        if level is not self.levels[-1]:
            self.use("correlated")
        elif level.bare(one.name) and self.chance(0.4):
            return one.name
        return f"{entry.alias}.{one.name}" if self.chance(0.8) else self.in_disguise(entry, one)

    def in_disguise(self, entry: Entry, one: Field) -> str:
        if not entry.whole:
            return f"{entry.alias}.{one.name}"
        way = self.one_of(("(c).x", "x(c)", "->>") if one.type == "text" else ("(c).x", "x(c)"))
        self.use(way)
        if way == "->>":
            return f"(to_jsonb({entry.alias}) ->> '{one.name}')"
        return f"({entry.alias}).{one.name}" if way == "(c).x" else f"{one.name}({entry.alias})"

    def taken(self) -> set[str]:
        """Aliases and names of CTEs that another entry here must not have."""
        entries = [*self.ctes, *(entry for level in self.levels for entry in level.entries)]
        return {entry.alias for entry in [*entries, *(entry for forming in self.forming for entry in forming)]}

    def row(self) -> Entry | None:
        """An entry of FROM whose alias is a whole row."""
        found = [entry for entry in self.levels[-1].entries if entry.whole] if self.levels else []
        return self.one_of(found) if found else None

    # --- expressions --------------------------------------------------------------------------------------------

    def expression(self, kind: Type, depth: int) -> str:
        """Return an expression of *kind*, at most *depth* deep."""
        if depth <= 0 or self.chance(0.25):
            return self.column(kind) or self.constant(kind)
        fitting = [one for one in CONSTRUCTS[kind] if self._fits(one)]
        names = sorted({one.name for one in fitting})
        name = self.one_of(names)
        construct = self.one_of([one for one in fitting if one.name == name])
        self.use(name)
        return construct.make(self, depth)

    def _fits(self, construct: Construct) -> bool:
        if construct.name == "xml" and not self.xml:
            return False
        return construct.since <= self.major and not (construct.needs and construct.needs in self.without)

    def fill(self, result: Type, text: str, depth: int) -> str:
        """Return *text*, an expression of type *result*, with its places filled."""
        row = self.row()
        if row is None and "{row}" in text:
            return self.column(result) or self.constant(result)
        for kind in TYPES:
            while f"{{{kind}}}" in text:
                text = text.replace(f"{{{kind}}}", self.expression(kind, depth - 1), 1)
        return text.replace("{row}", row.alias) if row else text

    def constant(self, kind: Type) -> str:
        match kind:
            case "text":
                return self.one_of(("'S1'", "'customer'", "'life'", "''", "'a#b'")) + "::text"
            case "number":
                return str(self.random.randrange(1, 9))
            case "date":
                return self.one_of(("date '2026-01-01'", "date '1999-12-31'"))
            case "json":
                return """'{"k": [1, {"v": "w"}]}'::jsonb"""
            case "yesno":
                return self.one_of(("true", "false"))
        return "NULL"


def type_of(column: str) -> Type:
    """The type of a column of the demo's tables, as far as it matters here."""
    if column in _NUMBERS:
        return "number"
    return "time" if column in _TIMES else _OTHERS.get(column, "text")
