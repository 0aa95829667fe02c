"""What a database holds and who may use it, as it is: for a look at one that no matrix describes yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from psycopg import errors

from pgcustsec.catalog.queries import ask
from pgcustsec.db import Connection
from pgcustsec.errors import NotAllowed
from pgcustsec.shape import Bound, Relation


@dataclass(frozen=True, slots=True)
class HeldColumn:
    """
    A column: its type as declared, the innermost base type without length, the category of the type
    (`pg_type.typcategory`), the longest text it holds (None: any), and its comment.
    """

    name: str
    type: str
    plain_type: str
    category: str
    nullable: bool
    generated: bool
    longest: int | None
    comment: str


@dataclass(frozen=True, slots=True)
class HeldTable:
    """
    A table by its root, a materialized view, or an inheritance child with the columns that are its own.

    `heir_of`: the table at the top of such a child. `keys` identify a row, the primary key first. `readable`: by the
    connected login itself; `as_owner`: by acting as the owner.
    """

    oid: int
    relation: Relation
    kind: str
    owner: str
    owner_logs_in: bool
    comment: str
    heir_of: int | None
    readable: bool
    as_owner: bool
    columns: Mapping[str, HeldColumn] = field(default_factory=dict)
    keys: tuple[tuple[str, ...], ...] = ()
    #: Columns that are kept unique, each set by a constraint or index, the primary key apart.
    uniques: frozenset[frozenset[str]] = frozenset()
    bounds: tuple[Bound, ...] = ()

    @property
    def qualified(self) -> str:
        """`schema.name`, as a matrix writes it."""
        return ".".join(self.relation)


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key: `columns` of one table hold `referred` of another, both by oid."""

    table: int
    to: int
    columns: tuple[str, ...]
    referred: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Granted:
    """A privilege on a table, or on one column of it; `public`: everybody's."""

    table: int
    grantee: str
    public: bool
    privilege: str
    column: str | None


@dataclass(frozen=True, slots=True)
class ClusterRole:
    """A role of the cluster, and those that it is directly a member of."""

    name: str
    logs_in: bool
    superuser: bool
    member_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a look at a database needs to know beside the values."""

    database: str
    database_owner: str
    installed: bool
    login: str
    tables: tuple[HeldTable, ...]
    references: tuple[Reference, ...]
    grants: tuple[Granted, ...]
    roles: tuple[ClusterRole, ...]
    schemas: frozenset[str]


def read_contents(connection: Connection, schemas: Sequence[str] = ()) -> Contents:
    """Return what the connected database holds, in *schemas* only where some are named. Changes nothing."""
    [(database, owner, installed, _, login)] = ask(connection, "site")
    tables = read_held_tables(connection, schemas)
    oids = [table.oid for table in tables]
    return Contents(
        database=database,
        database_owner=owner,
        installed=installed,
        login=login,
        tables=tables,
        references=tuple(
            Reference(table, to, tuple(columns), tuple(referred))
            for table, to, columns, referred in ask(connection, "held_references", oids=oids)
        ),
        grants=tuple(Granted(*row) for row in ask(connection, "held_grants", oids=oids)),
        roles=tuple(
            ClusterRole(name, logs_in, superuser, tuple(above))
            for name, logs_in, superuser, above in ask(connection, "cluster_roles")
        ),
        schemas=frozenset(row[0] for row in connection.execute("SELECT nspname::text FROM pg_catalog.pg_namespace")),
    )


def read_held_tables(connection: Connection, schemas: Sequence[str] = ()) -> tuple[HeldTable, ...]:
    """Return the tables and materialized views of the connected database, by schema and name; see `HeldTable`."""
    rows = ask(connection, "held_tables", schemas=list(schemas) or None)
    oids = [row[0] for row in rows]
    heirs = [row[0] for row in rows if row[7] is not None]
    columns = _read_columns(connection, oids, heirs)
    keys = _by_oid(oids, ask(connection, "held_keys", oids=oids))
    uniques = _by_oid(oids, [(row[0], row[-1]) for row in ask(connection, "uniques", oids=oids)])
    bounds: dict[int, list[Bound]] = {oid: [] for oid in oids}
    for oid, column, kind, name, _ in ask(connection, "sealing", oids=oids):
        bounds[oid].append(Bound(kind, name, column))
    return tuple(
        HeldTable(
            oid=oid,
            relation=(schema, name),
            kind={"r": "table", "p": "table"}.get(kind, "materialized view"),
            owner=owner,
            owner_logs_in=logs_in,
            comment=comment or "",
            heir_of=top,
            readable=readable,
            as_owner=as_owner,
            columns=columns[oid],
            keys=tuple(keys[oid]),
            uniques=frozenset(frozenset(unique) for unique in uniques[oid]),
            bounds=tuple(bounds[oid]),
        )
        for oid, schema, name, kind, owner, logs_in, comment, top, readable, as_owner in rows
    )


def _read_columns(connection: Connection, oids: list[int], heirs: list[int]) -> dict[int, dict[str, HeldColumn]]:
    found: dict[int, dict[str, HeldColumn]] = {oid: {} for oid in oids}
    for oid, name, *rest in ask(connection, "held_columns", oids=oids, heirs=heirs):
        found[oid][name] = HeldColumn(name, *rest)
    return found


def _by_oid(oids: list[int], rows: Sequence[tuple[Any, ...]]) -> dict[int, list[tuple[str, ...]]]:
    found: dict[int, list[tuple[str, ...]]] = {oid: [] for oid in oids}
    for oid, columns in rows:
        found[oid].append(tuple(columns))
    return found


@dataclass(frozen=True, slots=True)
class Applied:
    """
    What is known of the matrix that was applied last: it is not kept whole.

    `classified`: tier and kind ("" where none) by table and column. `lookups`: whether a column that is found by its
    value is kept unique too. `roles`: the names of its roles.
    """

    organisation: str
    role_prefix: str
    classified: Mapping[tuple[str, str], tuple[int, str]]
    lookups: Mapping[tuple[str, str], bool]
    roles: frozenset[str]


def read_applied(connection: Connection) -> Applied | None:
    """
    Return what the connected database, in which pgcustsec is installed, knows of its matrix; None: none was applied.

    Raises `NotAllowed` where the login may not act as pgcustsec_owner: a proposal that forgot it would undo it.
    """
    try:
        with connection.transaction():
            connection.execute("SET LOCAL ROLE pgcustsec_owner")
            applied = ask(connection, "applied_names")
            if not applied:
                return None
            classified = ask(connection, "classified")
            vaults = ask(connection, "vault_tables")
            roles = connection.execute("SELECT role_code FROM pgcustsec_internal.role").fetchall()
    except errors.InsufficientPrivilege as error:
        raise NotAllowed(
            f"login {connection.info.user} may not read which matrix is applied here",
            hint="look as an administrator of the matrix, or a superuser",
        ) from error
    [(organisation, prefix)] = applied
    return Applied(
        organisation,
        prefix,
        {(relation, column): (tier, kind) for relation, column, tier, kind in classified},
        {
            (".".join(base), column): unique == "true"
            for _, _, _, _, _, blind, base, _ in vaults
            if base
            for column, unique, _ in blind
        },
        frozenset(row[0] for row in roles),
    )
