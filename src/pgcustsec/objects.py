"""
The kinds of object that a matrix turns into. A value each: two are the same object when `key` is equal, and in the
same state when they are equal. Fields that only say how to get there are left out of the comparison.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import ClassVar, Literal, NamedTuple

from pgcustsec.shape import Relation

Key = tuple[str, ...]


def digest(text: str) -> str:
    """SHA-256 of *text* in hexadecimal: tells whether a body of ours is as it was. No customer value goes in here."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class DatabaseRole:
    """A NOLOGIN role of ours; `attributes` names those of LOGIN, SUPERUSER, ... that it has: none, if we made it."""

    kind: ClassVar[str] = "role"
    name: str
    comment: str
    attributes: frozenset[str] = frozenset()

    @property
    def key(self) -> Key:
        return (self.kind, self.name)


@dataclass(frozen=True, slots=True)
class Membership:
    """`member` is in `role`. `admin`, `inherit`, `set` are the grant's options; before 16 only `admin` is one."""

    kind: ClassVar[str] = "membership"
    role: str
    member: str
    admin: bool
    inherit: bool
    set: bool
    server_major: int = field(compare=False)
    grantors: tuple[str, ...] = field(default=(), compare=False)
    #: The member makes the role and so has ADMIN already, from a grantor to whom it cannot be granted back. None: who
    #: makes it is not known yet.
    admin_by_making: bool | None = field(default=False, compare=False)
    #: Who is to have granted it, from 16 on: what a superuser grants, no administrator could take back.
    granted_by: str | None = field(default=None, compare=False)

    @property
    def key(self) -> Key:
        return (self.kind, self.role, self.member)

    def exceeds(self, wanted: Membership) -> bool:
        """Whether this has an option that *wanted* has not, so that turning it into that needs a REVOKE."""
        pairs = ((self.admin, wanted.admin), (self.inherit, wanted.inherit), (self.set, wanted.set))
        return any(has and not should for has, should in pairs)


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting of a login in this database."""

    kind: ClassVar[str] = "setting"
    role: str
    database: str
    name: str
    value: str

    @property
    def key(self) -> Key:
        return (self.kind, self.role, self.database, self.name)


@dataclass(frozen=True, slots=True)
class Schema:
    """A schema of views: a role's, owned by the role's viewer, or the one of all extracts."""

    kind: ClassVar[str] = "schema"
    name: str
    owner: str
    comment: str
    database_owner: str = field(compare=False)

    @property
    def key(self) -> Key:
        return (self.kind, self.name)


@dataclass(frozen=True, slots=True)
class Function:
    """
    A compiled function. `source` is the digest of what was compiled; `returns` pairs each output column with its type,
    which CREATE OR REPLACE must leave as they are.
    """

    kind: ClassVar[str] = "function"
    schema: str
    name: str
    arguments: str
    source: str
    owner: str
    comment: str
    sql: str = field(compare=False)
    returns: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    @property
    def key(self) -> Key:
        return (self.kind, self.schema, self.name, self.arguments)


class BlindIndex(NamedTuple):
    """A column of keyed hashes and its index; `recipe` is a digest of how a value is spelt before it is hashed."""

    column: str
    unique: bool
    recipe: str


@dataclass(frozen=True, slots=True)
class VaultTable:
    """
    Where the true values of a table lie (5.2.1). `columns` pairs each with its type, key first. `tied`: its rows go and
    move with those of `base`. Columns of true values that are no longer wanted stay: a plan destroys none. Hashes go:
    nobody would keep them right. `hashes` pairs their columns with how they are made of the row `v` and the key `k`.
    """

    kind: ClassVar[str] = "vault table"
    schema: str
    name: str
    base: Relation
    key_columns: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    blind: tuple[BlindIndex, ...]
    owner: str
    comment: str
    tied: bool = True
    hashes: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    @property
    def key(self) -> Key:
        return (self.kind, self.schema, self.name)


@dataclass(frozen=True, slots=True)
class Check:
    """
    The CHECK that lets only masked forms into a base table's column (5.2.1), on the table and all its partitions.
    Whether it is validated yet is no part of it: `vault seal` does that.
    """

    kind: ClassVar[str] = "check"
    schema: str
    table: str
    name: str
    source: str
    owner: str = field(compare=False)
    condition: str = field(default="", compare=False)

    @property
    def key(self) -> Key:
        return (self.kind, self.schema, self.table, self.name)


@dataclass(frozen=True, slots=True)
class TermColumn:
    """The column of a base table that says until when a row is kept, and its index. It stays when nothing wants it."""

    kind: ClassVar[str] = "term column"
    schema: str
    table: str
    name: str
    owner: str = field(compare=False)

    @property
    def key(self) -> Key:
        return (self.kind, self.schema, self.table, self.name)


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger of ours on a base table. One that is disabled is altered."""

    kind: ClassVar[str] = "trigger"
    schema: str
    table: str
    name: str
    source: str
    comment: str
    owner: str = field(compare=False)
    sql: str = field(default="", compare=False)

    @property
    def key(self) -> Key:
        return (self.kind, self.schema, self.table, self.name)


@dataclass(frozen=True, slots=True)
class Unique:
    """A unique constraint or index over a column that is stored masked; never wanted: its place is in the vault."""

    kind: ClassVar[str] = "unique"
    schema: str
    table: str
    name: str
    columns: tuple[str, ...]
    constraint: bool
    owner: str = field(compare=False)

    @property
    def key(self) -> Key:
        return (self.kind, self.schema, self.table, self.name)


@dataclass(frozen=True, slots=True)
class View:
    """
    A view of ours. `columns` pairs each output column with its comment; `above` is the view that reads this one.
    `schema_owner`, who may drop it whoever owns it, is known of what is there.
    """

    kind: ClassVar[str] = "view"
    schema: str
    name: str
    owner: str
    source: str
    options: frozenset[str]
    comment: str
    columns: tuple[tuple[str, str], ...]
    sql: str = field(compare=False)
    above: Relation | None = field(default=None, compare=False)
    schema_owner: str | None = field(default=None, compare=False)

    @property
    def key(self) -> Key:
        return (self.kind, self.schema, self.name)

    @property
    def is_inner(self) -> bool:
        """Whether only another view reads it, so that it is made before that one and goes after it."""
        return is_inner(self.schema, self.owner)


@dataclass(frozen=True, slots=True)
class RowSecurity:
    """Row-level security of a table, partition or child."""

    kind: ClassVar[str] = "row security"
    schema: str
    name: str
    enabled: bool
    owner: str = field(compare=False)

    @property
    def key(self) -> Key:
        return (self.kind, self.schema, self.name)


@dataclass(frozen=True, slots=True)
class Policy:
    """A permissive row policy; where the command writes, `using` is what the new row must meet as well."""

    kind: ClassVar[str] = "policy"
    schema: str
    table: str
    name: str
    roles: frozenset[str]
    command: str
    permissive: bool
    source: str
    comment: str
    owner: str = field(compare=False)
    using: str = field(default="", compare=False)

    @property
    def key(self) -> Key:
        return (self.kind, self.schema, self.table, self.name)


@dataclass(frozen=True, slots=True)
class Hook:
    """A `rule` on a table of pgcustsec's own, or a `trigger` on one of the vault's or its keys': nobody's of ours."""

    kind: ClassVar[str] = "hook"
    what: Literal["rule", "trigger"]
    schema: str
    table: str
    name: str
    owner: str = field(compare=False)

    @property
    def key(self) -> Key:
        return (f"foreign {self.what}", self.schema, self.table, self.name)


GrantTarget = Literal["database", "schema", "table", "column", "sequence", "function"]


@dataclass(frozen=True, slots=True)
class Grant:
    """
    What `grantee` (a role, or PUBLIC) was given on one object by `grantor`.

    `target` is the object's name in parts: (database,), (schema,), (schema, relation), (schema, relation, column),
    (schema, sequence), (schema, function, argument types).
    """

    kind: ClassVar[str] = "grant"
    on: GrantTarget
    target: tuple[str, ...]
    grantee: str
    grantor: str
    privileges: frozenset[str]
    grantable: frozenset[str] = frozenset()

    @property
    def key(self) -> Key:
        return (self.kind, self.on, *self.target, self.grantee, self.grantor)


@dataclass(frozen=True, slots=True)
class DefaultPrivileges:
    """PUBLIC's part in what `creator` makes anywhere from now on. Wanted: none."""

    kind: ClassVar[str] = "default privileges"
    creator: str
    on: Literal["functions", "types"]
    public: bool = False

    @property
    def key(self) -> Key:
        return (self.kind, self.creator, self.on)


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """A row that the matrix puts into one of pgcustsec_internal's lists. `values` pairs column and value."""

    kind: ClassVar[str] = "row"
    table: str
    code: str
    values: tuple[tuple[str, str], ...]

    @property
    def key(self) -> Key:
        return (self.kind, self.table, self.code)


Object = (
    DatabaseRole
    | Membership
    | Setting
    | Schema
    | Function
    | VaultTable
    | Check
    | Unique
    | TermColumn
    | Trigger
    | View
    | RowSecurity
    | Policy
    | Hook
    | Grant
    | DefaultPrivileges
    | ReferenceRow
)

OWNER = "pgcustsec_owner"
PUBLIC = "PUBLIC"
#: Where the views lie that only other views read, and what writes through views.
INNER_SCHEMA = "pgcustsec_views"
#: Where the views lie by which extracts are read. They read the vault, and are dumped and restored with it.
EXTRACT_SCHEMA = "pgcustsec_extracts"
#: Where the functions lie that views, policies and triggers call.
INTERNAL_SCHEMA = "pgcustsec_internal"
#: The column that says until when a row is kept, and shows (4.3).
RETAIN_UNTIL = "retain_until"
#: Where the true values lie, and the keys of their blind indexes. No extension's: what drops one must not drop these.
VAULT_SCHEMA = "pgcustsec_vault"
KEYS_SCHEMA = "pgcustsec_keys"
#: Where a superuser has changes by hand recorded, for pgcustsec_owner to read.
WATCH_SCHEMA = "pgcustsec_watch"
#: How the CHECKs that let only masked forms in begin.
SEALED_CHECK = "pgcustsec_sealed_"


def is_inner(schema: str, owner: str) -> bool:
    """Whether a view in *schema* of *owner* is read by other views alone."""
    return schema == INNER_SCHEMA or owner == OWNER


def name_of(key: Key) -> str:
    """An object's key as people read it: `view sales_agent.customer`."""
    return f"{key[0]} {'.'.join(key[1:])}"
