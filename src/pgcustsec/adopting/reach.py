"""Who reaches a matrix's tables today, and by what: owners, grants, what PUBLIC has; read from the catalog."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pgcustsec.catalog.queries import ask
from pgcustsec.db import Connection
from pgcustsec.matrix.model import Matrix
from pgcustsec.shape import Relation

#: What of a table's rights is worth a policy; the rest neither reads nor writes rows.
ON_ROWS = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"})
PUBLIC = ""
_UNBOUND = frozenset({"SUPERUSER", "BYPASSRLS"})


@dataclass(frozen=True, slots=True)
class Right:
    """That `grantee` (PUBLIC: "") has `privileges` on an object: `on` is table, column, sequence, schema, database."""

    on: str
    target: tuple[str, ...]
    grantee: str
    owns: bool
    privileges: frozenset[str]
    #: The table that a sequence fills a column of.
    filled: Relation | None = None
    grantors: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ReachedTable:
    """
    A table of the matrix, one below it, or (not `protected`) one that only says who serves whom.

    `misowned`: by a role that logs in, or that administrators.owners does not name; `bound`: row security is on.
    `reached_by` are the roles that read or write its rows by a grant, or as such an owner, and whom row security binds;
    `adopted` those who keep doing so, with the name of the policy.
    """

    relation: Relation
    owner: str
    protected: bool
    misowned: bool
    bound: bool
    reached_by: frozenset[str]
    adopted: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return ".".join(self.relation)

    @property
    def to_add(self) -> frozenset[str]:
        """Who would lose rows when row security comes on: all of them, or the owner where it is on already."""
        if not self.protected:
            return frozenset()
        lose = {self.owner} & self.reached_by if self.bound else self.reached_by
        return frozenset(lose) - set(self.adopted)


@dataclass(frozen=True, slots=True)
class Reach:
    """
    The tables and their rights; the owners of schemas, each with whether it logs in, and of the database; the roles
    that have to do with them, with their attributes.
    """

    server_major: int
    database: str
    tables: tuple[ReachedTable, ...]
    rights: tuple[Right, ...]
    schema_owners: Mapping[str, tuple[str, bool]]
    database_owner: str
    attributes: Mapping[str, frozenset[str]]
    #: Owner -> administrators who are no member of it.
    no_members: Mapping[str, frozenset[str]]

    @property
    def adopted(self) -> frozenset[str]:
        return frozenset(role for table in self.tables for role in table.adopted)

    @property
    def unbound(self) -> frozenset[str]:
        """Roles with rights on the tables whom no policy binds."""
        reaching = {right.grantee for right in self.rights if right.on in ("table", "column")}
        return frozenset(reaching & {role for role, has in self.attributes.items() if has & _UNBOUND})

    def of(self, on: str, grantee: str) -> Iterator[Right]:
        """What *grantee* has on objects of one kind."""
        return (right for right in self.rights if right.on == on and right.grantee == grantee)


def read_reach(connection: Connection, matrix: Matrix) -> Reach:
    """Return who reaches the tables of *matrix* here. Reads the catalog alone; needs no install."""
    names = sorted({*matrix.tables, *(served.table for t in matrix.tables.values() for served in t.served_by_tables)})
    parts = [name.partition(".") for name in names]
    rows = ask(connection, "reach_tables", schemas=[p[0] for p in parts], names=[p[2] for p in parts])
    oids = [row[0] for row in rows]
    rights = tuple(
        Right(
            on,
            tuple(target),
            grantee,
            owns,
            frozenset(privileges),
            tuple(filled) if filled else None,
            frozenset(grantors),
        )
        for on, target, grantee, owns, privileges, filled, grantors in ask(connection, "reach_rights", oids=oids)
    )
    adopted: dict[int, dict[str, str]] = {oid: {} for oid in oids}
    for oid, role, policy in ask(connection, "adopted", oids=oids):
        adopted[oid][role] = policy
    owners = ask(connection, "reach_owners", oids=oids)
    [(database, database_owner)] = [(name, owner) for on, name, owner, _ in owners if on == "database"]
    asked = {right.grantee for right in rights} | {row[3] for row in rows} | {owner for _, _, owner, _ in owners}
    asked |= {*matrix.administrators.owners, *matrix.administrators.roles}
    attributes = {name: frozenset(has) for name, has, _ in ask(connection, "roles", roles=sorted(asked))}
    known = _ours(matrix) | {role for role, has in attributes.items() if has & _UNBOUND}
    tables = []
    for oid, schema, name, owner, logs_in, bound, roots in rows:
        misowned = logs_in or owner not in matrix.administrators.owners
        reached_by = _readers(rights, (schema, name), misowned) - known
        protected = not matrix.tables.keys().isdisjoint(roots)
        table = ReachedTable((schema, name), owner, protected, misowned, bound, reached_by, adopted[oid])
        tables.append(table)
    return Reach(
        server_major=connection.info.server_version // 10000,
        database=database,
        tables=tuple(tables),
        rights=rights,
        schema_owners={name: (owner, logs_in) for on, name, owner, logs_in in owners if on == "schema"},
        database_owner=database_owner,
        attributes=attributes,
        no_members=_no_members(connection, matrix),
    )


def _ours(matrix: Matrix) -> set[str]:
    """Roles whose access is the matrix's own."""
    made = {name for role in matrix.roles for name in (matrix.group_role(role), matrix.viewer_role(role))}
    return made | {"pgcustsec_owner", *matrix.administrators.owners}


def _readers(rights: tuple[Right, ...], relation: Relation, misowned: bool) -> frozenset[str]:
    """Who reads or writes rows of *relation*; PUBLIC is one of them."""
    return frozenset(
        right.grantee
        for right in rights
        if right.on in ("table", "column")
        and right.target[:2] == relation
        and right.privileges & ON_ROWS
        and (misowned or not right.owns)
    )


def _no_members(connection: Connection, matrix: Matrix) -> dict[str, frozenset[str]]:
    rows = connection.execute(
        "SELECT o.rolname::text, a.rolname::text FROM pg_catalog.pg_roles AS o CROSS JOIN pg_catalog.pg_roles AS a"
        " WHERE o.rolname = ANY (%s::name[]) AND a.rolname = ANY (%s::name[])"
        " AND NOT pg_catalog.pg_has_role(a.oid, o.oid, 'MEMBER')",
        [list(matrix.administrators.owners), list(matrix.administrators.roles)],
    ).fetchall()
    found: dict[str, set[str]] = {}
    for owner, administrator in rows:
        found.setdefault(owner, set()).add(administrator)
    return {owner: frozenset(names) for owner, names in found.items()}
