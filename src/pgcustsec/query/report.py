"""What is said of a statement: its output columns, its uses of columns, and why it is refused, if it is."""

from __future__ import annotations

from dataclasses import dataclass, field

from pgcustsec.query.sources import Reach
from pgcustsec.query.verdict import Verdict, of_output, of_use

#: Where a use stands in a statement.
USES = ("where", "join", "having", "group", "order", "distinct", "window", "limit", "set operation", "conflict")


@dataclass(frozen=True, slots=True)
class Column:
    """An output column. `at` is its place in the text, in characters from its beginning."""

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
    rows go if not to the caller: a table, a file, a program.
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
    #: The grammar's tree of the statement, for rules.
    tree: dict[str, object] = field(default_factory=dict, repr=False)

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
