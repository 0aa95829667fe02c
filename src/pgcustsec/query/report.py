"""What is said of a statement: its output columns, its uses of columns, and why it is refused, if it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pgcustsec.query.sources import Reach
from pgcustsec.query.verdict import Verdict, of_output, of_use

#: Where a use stands in a statement. "rows": a function makes as many rows of it as it likes.
USES = ("where", "join", "having", "group", "order", "distinct", "window", "limit", "set operation", "conflict", "rows")


@dataclass(frozen=True, slots=True)
class Column:
    """An output column. `at` is where its expression, or its star, is written: a byte of the text."""

    name: str
    reach: Reach
    at: int

    @property
    def verdict(self) -> Verdict:
        return of_output(self.reach)[0]

    @property
    def tier(self) -> int | None:
        return of_output(self.reach)[1]


@dataclass(frozen=True, slots=True)
class Use:
    """A predicate, ordering, grouping or join: `where` it stands is one of `USES`."""

    where: str
    reach: Reach
    at: int

    @property
    def verdict(self) -> Verdict:
        return of_use(self.reach)[0]

    @property
    def tier(self) -> int | None:
        return of_use(self.reach)[1]


@dataclass(frozen=True, slots=True)
class Write:
    """That a column of a relation (None: not known which) is written with what *reach* says."""

    relation: str
    column: str | None
    reach: Reach
    at: int


@dataclass(frozen=True, slots=True)
class Named:
    """A relation as a statement names it: read, inserted, updated, deleted, locked; `what` it is, None if unknown."""

    name: str
    how: str
    what: str | None
    table: str | None
    at: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function call: its name as written, in lower case unless quoted, and what its arguments reach."""

    schema: str | None
    name: str
    arguments: Reach
    at: int


@dataclass(frozen=True, slots=True)
class Fault:
    """Why the database refuses the statement, or why nobody can say what it is."""

    message: str
    hint: str
    at: int


@dataclass
class Report:
    """
    A statement and what it would reveal to a role. `kind` is the grammar's (`SelectStmt`); `destination` where its
    rows go if not to the caller: a table, a file, a program. `at` is where it begins, in bytes of the whole text, as
    are all places.
    """

    text: str
    role: str
    kind: str
    columns: list[Column] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)
    relations: list[Named] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    destination: str | None = None
    #: Where the statement begins in the text that was checked, in bytes.
    at: int = 0
    #: What each name of a column reaches, by its place in the text.
    reads: dict[int, Reach] = field(default_factory=dict, repr=False)
    #: The grammar's tree of the statement, for rules.
    tree: dict[str, Any] = field(default_factory=dict, repr=False)
    #: What several rules ask of it, worked out once.
    facts: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def nodes(self) -> dict[str, list[dict[str, Any]]]:
        """The fields of all nodes of the tree, by their kind or else their key, in the order of the tree."""
        found: dict[str, list[dict[str, Any]]] = {}
        for kind, fields in nodes_of(self.tree):
            found.setdefault(kind, []).append(fields)
        return found

    @property
    def verdict(self) -> Verdict:
        """The worst of all its columns and uses; refused where it has a fault."""
        if self.faults:
            return Verdict.REFUSED
        everything: list[Column | Use] = [*self.columns, *self.uses]
        found = {one.verdict for one in everything if not _harmless(one)}
        return next((verdict for verdict in Verdict if verdict in found), Verdict.HIDDEN)


def _harmless(one: Column | Use) -> bool:
    return one.verdict is Verdict.REVEALED and one.tier == 3


def nodes_of(tree: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each node below *tree*, its kind and its fields, in order; under its key what is told by no kind."""
    # In steps, not in calls: a chain of a thousand ORs is a thousand deep.
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        below: list[Any] = []
        if isinstance(one, dict):
            for key, value in one.items():
                if isinstance(value, dict):
                    # The sides of a set operation are told by no kind.
                    yield ("SelectStmt" if key in ("larg", "rarg") and "op" in value else key), value
                    below.append(value)
                elif isinstance(value, list):
                    below.append(value)
        elif one:
            below = [value for value in one if isinstance(value, dict | list)]
        waiting += reversed(below)
