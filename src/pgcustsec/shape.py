"""What the matrix's tables look like in the database: all that compiling needs to know of it. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

Relation = tuple[str, str]  # schema, name


@dataclass(frozen=True, slots=True)
class ColumnShape:
    """
    A column's type as `format_type` prints it, and that of its innermost base type without length.

    `type_schema` is where a type that is not PostgreSQL's own lies, and whose that schema is.
    """

    type: str
    plain_type: str
    is_domain: bool = False
    type_schema: tuple[str, str] | None = None
    nullable: bool = True
    #: Its DEFAULT as the catalog prints it; None: none.
    default: str | None = None
    #: `always` or `default`: an identity column; `stored` or `virtual`: a generated one; `serial`: a sequence fills it.
    made_by: str | None = None
    #: The sequence of a serial or identity column.
    sequence: Relation | None = None
    #: The longest text it holds; None: any.
    longest: int | None = None


@dataclass(frozen=True, slots=True)
class Bound:
    """A constraint over a column that is to be stored masked: `kind` is check, reference or referred to."""

    kind: str
    name: str
    column: str


class UniqueShape(NamedTuple):
    """A unique constraint or index, with the table it is on and that table's owner."""

    schema: str
    table: str
    name: str
    columns: tuple[str, ...]
    constraint: bool
    owner: str


@dataclass(frozen=True, slots=True)
class TableShape:
    """
    A table as it is: columns, owner, the column sets that are unique, and the tables below it
    (partitions and inheritance children, at any depth) with their owners. `owners_that_log_in` are of all of these.
    """

    relation: Relation
    owner: str
    owners_that_log_in: frozenset[str]
    schema_owner: str
    columns: Mapping[str, ColumnShape]
    unique: frozenset[frozenset[str]]
    below: Mapping[Relation, str]
    kind: str = "table"
    #: The type of its rows, as `format_type` prints it.
    row_type: str = ""
    #: Not all of `below` are partitions: a foreign key does not reach the rows of an inheritance child.
    has_heirs: bool = False
    #: Columns whose CHECK of ours is validated: none of them holds a true value any more.
    sealed: frozenset[str] = frozenset()
    #: Unique constraints and indexes over columns that are to be stored masked.
    masked_uniques: tuple[UniqueShape, ...] = ()
    #: Columns in CHECKs or foreign keys of others'.
    tied: frozenset[str] = frozenset()
    #: Others' constraints over such columns.
    bound: tuple[Bound, ...] = ()
    #: Who reaches its rows as before until they are let go: until then it keeps true values, and its unique indexes.
    adopted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Login:
    """A person's login that exists in the cluster, and the matrix roles the person holds, in no order."""

    name: str
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Site:
    """The database that is compiled for: what matters of it beside the matrix."""

    database: str
    database_owner: str
    server_major: int
    tables: Mapping[str, TableShape]
    logins: tuple[Login, ...] = ()
    # Administrators that are superusers need no membership, and cannot sensibly be given one.
    superusers: frozenset[str] = frozenset()
    # Who applies: what this role makes on 16 and later, it administers without being told. "": anybody may.
    applier: str = ""


@dataclass(frozen=True, slots=True)
class WayOut:
    """
    What carries values of protected tables past the views, or sees them on their way, and is none of the matrix's.

    `kind` is publication, subscription, view, event trigger, cast, rule or trigger; `table` the one it is about, if
    one; `who` has what goes there; `made_of`: its function, or the command it is for.
    """

    kind: str
    name: str
    table: Relation | None
    columns: tuple[str, ...]
    who: tuple[str, ...]
    made_of: str

    @property
    def name_of(self) -> str:
        """Its kind, name and table as people read them: `publication branch, crm.customer`."""
        return f"{self.kind} {self.name}" + (f", {'.'.join(self.table)}" if self.table else "")

    @property
    def places(self) -> tuple[Place, ...]:
        """What is changed when it is made: its table, or itself."""
        itself = (self.name, "")
        return (self.table, itself) if self.table else (itself,)


#: The first two parts of an object's name; the second is empty where it has one part only.
Place = tuple[str, str]


class Changed(NamedTuple):
    """The last change of an object by hand: when (UTC, ISO 8601), over which login, by which kind of statement."""

    at: str
    login: str
    command: str
