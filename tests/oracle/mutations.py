"""
Faults put into what is compiled, each of a kind that a mistake in `compile` could make.

A `Misreading` compiles another matrix than the one that was given: a feature overlooked or taken for its neighbour. A
`Rewriting` lets the right matrix be applied and then changes the text of policies, views or functions as the server
prints them. Neither depends on how `compile` is written. Both have the signature of `apply_matrix`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from psycopg import sql

from pgcustsec.db import Connection
from pgcustsec.matrix.model import (
    Access,
    Column,
    Matrix,
    RowScope,
    ServedByColumn,
    ServedByTable,
    Table,
    Tier,
    Tier1Display,
)
from pgcustsec.migrate import apply_matrix


class NothingToMutate(Exception):
    """This world has nothing that the fault would touch."""


@dataclass(frozen=True)
class Misreading:
    """Apply `misread(matrix)` in the matrix's place."""

    name: str
    misread: Callable[[Matrix], Matrix]

    def __call__(self, connection: Connection, matrix: Matrix) -> None:
        wrong = self.misread(matrix)
        if _said(wrong) == _said(matrix):
            raise NothingToMutate
        apply_matrix(connection, wrong)


@dataclass(frozen=True)
class Rewriting:
    """Apply the matrix, then run the statements that `rewrite` gives for the connected database."""

    name: str
    rewrite: Callable[[Connection, Matrix], Iterator[sql.Composed]]

    def __call__(self, connection: Connection, matrix: Matrix) -> None:
        apply_matrix(connection, matrix)
        statements = list(self.rewrite(connection, matrix))
        if not statements:
            raise NothingToMutate
        for statement in statements:
            connection.execute(statement)


def _said(matrix: Matrix) -> str:
    """The matrix with the order of its columns, which equality does not see."""
    return repr(matrix)


# --- what is misread --------------------------------------------------------------------------------------------


def _tables(change: Callable[[Table], Table]) -> Callable[[Matrix], Matrix]:
    return lambda matrix: replace(matrix, tables={name: change(table) for name, table in matrix.tables.items()})


def _accesses(change: Callable[[Access], Access]) -> Callable[[Matrix], Matrix]:
    def misread(matrix: Matrix) -> Matrix:
        roles = {
            name: replace(role, tables={table: change(access) for table, access in role.tables.items()})
            for name, role in matrix.roles.items()
        }
        return replace(matrix, roles=roles)

    return misread


def _columns(change: Callable[[Column], Column]) -> Callable[[Matrix], Matrix]:
    return _tables(lambda table: replace(table, columns={name: change(c) for name, c in table.columns.items()}))


def _tier(was: Tier, becomes: Tier) -> Callable[[Matrix], Matrix]:
    return _columns(lambda column: replace(column, tier=becomes) if column.tier == was else column)


def _scope(was: RowScope, becomes: RowScope) -> Callable[[Matrix], Matrix]:
    return _accesses(
        lambda access: replace(access, rows=tuple(becomes if scope == was else scope for scope in access.rows))
    )


def _display(was: Tier1Display, becomes: Tier1Display) -> Callable[[Matrix], Matrix]:
    return _accesses(lambda access: replace(access, tier1=becomes) if access.tier1 == was else access)


def _never_ending(table: Table) -> Table:
    sources = [replace(s, until=None) if isinstance(s, ServedByTable) else s for s in table.served_by]
    return replace(table, served_by=tuple(sources))


def _columns_only(table: Table) -> Table:
    columns = tuple(s for s in table.served_by if isinstance(s, ServedByColumn))
    return replace(table, served_by=columns or table.served_by)


def _later(days: int) -> Callable[[Matrix], Matrix]:
    def misread(matrix: Matrix) -> Matrix:
        moved = tuple(replace(d, until=d.until + timedelta(days=days)) for d in matrix.deviations)
        return replace(matrix, deviations=moved)

    return misread


def _pool_is(when: Callable[[str], str]) -> Callable[[Matrix], Matrix]:
    return _tables(lambda t: t if t.pool is None else replace(t, pool=replace(t.pool, when=when(t.pool.when))))


def _managers(was: str, becomes: str) -> Callable[[Matrix], Matrix]:
    return _tables(lambda t: replace(t, managers=becomes) if t.managers == was else t)  # type: ignore[arg-type]


MISREADINGS = (
    Misreading("a manager chain is taken for direct managers", _managers("chain", "direct")),
    Misreading("direct managers are taken for the chain", _managers("direct", "chain")),
    Misreading("managers are forgotten", _managers("direct", "none")),
    Misreading("ended assignments still count", _tables(_never_ending)),
    Misreading("assignments do not count", _tables(_columns_only)),
    Misreading("only the first that serves counts", _tables(lambda t: replace(t, served_by=t.served_by[:1]))),
    Misreading(
        "the department of who serves is ignored",
        _tables(lambda t: replace(t, department_of_server=False, department_column=t.branch)),
    ),
    Misreading("the pool's predicate is dropped", _pool_is(lambda when: "true")),
    Misreading("the pool's predicate is turned round", _pool_is(lambda when: f"NOT ({when})")),
    Misreading("branch is taken for all", _scope("branch", "all")),
    Misreading("department is taken for serving", _scope("department", "serving")),
    Misreading("the pool is taken for what is served", _scope("pool", "serving")),
    Misreading("a union loses its last part", _accesses(lambda a: replace(a, rows=a.rows[:1]))),
    Misreading("tier 2 is taken for tier 3", _tier(2, 3)),
    Misreading("tier 1 is taken for tier 2", _tier(1, 2)),
    Misreading("tier 1 is taken for tier 3", _tier(1, 3)),
    Misreading("tier 3 is taken for tier 2", _tier(3, 2)),
    Misreading("a name is not masked", _columns(lambda c: replace(c, kind=None) if c.is_name else c)),
    Misreading("tier 1 shows a column where it is absent", _display("absent", "hidden")),
    Misreading("hidden tier 1 has no column", _display("hidden", "absent")),
    Misreading("an expired deviation is in force", _later(400)),
    Misreading("a deviation in force is over", _later(-400)),
    Misreading(
        "no tier 2 is taken for tier 2 of who serves",
        _accesses(lambda a: replace(a, tier2="serving") if a.tier2 == "none" else a),
    ),
    Misreading("that a row exists is not tier 2", _tables(lambda t: replace(t, exists_is_tier2=False))),
    Misreading(
        "columns come in another order",
        _tables(lambda t: replace(t, columns=dict(reversed(list(t.columns.items()))))),
    ),
)


# --- what is rewritten ------------------------------------------------------------------------------------------

POLICIES = """
    SELECT p.polname, p.polrelid::regclass::text, pg_get_expr(p.polqual, p.polrelid), c.relispartition
    FROM pg_policy AS p
    JOIN pg_class AS c ON c.oid = p.polrelid
    ORDER BY 2, 1
"""
VIEWS = """
    SELECT c.oid::regclass::text, pg_get_viewdef(c.oid)
    FROM pg_class AS c
    WHERE c.relkind = 'v' AND starts_with(pg_get_userbyid(c.relowner), %s)
    ORDER BY c.oid
"""
FUNCTIONS = """
    SELECT pg_get_functiondef(p.oid) FROM pg_proc AS p
    WHERE p.pronamespace = 'pgcustsec_internal'::regnamespace AND p.prokind = 'f' ORDER BY p.oid
"""


def _policies(rewrite: Callable[[Matrix, str], str]) -> Callable[[Connection, Matrix], Iterator[sql.Composed]]:
    """Every policy whose USING comes out of *rewrite* changed."""

    def statements(connection: Connection, matrix: Matrix) -> Iterator[sql.Composed]:
        for name, table, using, _ in connection.execute(POLICIES).fetchall():
            if using is not None and rewrite(matrix, using) != using:
                yield sql.SQL("ALTER POLICY {} ON {} USING ({})").format(
                    sql.Identifier(name), sql.SQL(table), sql.SQL(rewrite(matrix, using))
                )

    return statements


def _on_partitions(statement: str) -> Callable[[Connection, Matrix], Iterator[sql.Composed]]:
    """*statement* with `policy` and `table`, for every policy of a partition."""

    def statements(connection: Connection, matrix: Matrix) -> Iterator[sql.Composed]:
        for name, table, _, is_partition in connection.execute(POLICIES).fetchall():
            if is_partition:
                yield sql.SQL(statement).format(policy=sql.Identifier(name), table=sql.SQL(table))

    return statements


def _views(pattern: str, becomes: str) -> Callable[[Connection, Matrix], Iterator[sql.Composed]]:
    """Every view of the matrix in whose definition *pattern* is found."""

    def statements(connection: Connection, matrix: Matrix) -> Iterator[sql.Composed]:
        for name, definition in connection.execute(VIEWS, [matrix.role_prefix]).fetchall():
            rewritten = re.sub(pattern, becomes, definition)
            if rewritten != definition:
                yield sql.SQL("CREATE OR REPLACE VIEW {} WITH (security_barrier) AS {}").format(
                    sql.SQL(name), sql.SQL(rewritten)
                )

    return statements


def _asker(pattern: str, becomes: str) -> Callable[[Connection, Matrix], Iterator[sql.Composed]]:
    """The view that says who asks, if *pattern* is found in its definition."""

    def statements(connection: Connection, matrix: Matrix) -> Iterator[sql.Composed]:
        [(definition,)] = connection.execute("SELECT pg_get_viewdef('pgcustsec_internal.asker'::regclass)").fetchall()
        rewritten = re.sub(pattern, becomes, definition)
        if rewritten != definition:
            yield sql.SQL("CREATE OR REPLACE VIEW pgcustsec_internal.asker AS {}").format(sql.SQL(rewritten))

    return statements


def _functions(pattern: str, becomes: str) -> Callable[[Connection, Matrix], Iterator[sql.Composed]]:
    """Every function of ours in whose text *pattern* is found."""

    def statements(connection: Connection, matrix: Matrix) -> Iterator[sql.Composed]:
        for (definition,) in connection.execute(FUNCTIONS).fetchall():
            head, quote, body = definition.partition("AS $")
            rewritten = head + quote + re.sub(pattern, becomes, body)
            if rewritten != definition:
                yield sql.SQL("{}").format(sql.SQL(rewritten))

    return statements


def _another_role(matrix: Matrix, using: str) -> str:
    names = list(matrix.roles)
    following = dict(zip(names, names[1:] + names[:1], strict=True))
    return re.sub(r"'(\w+)'(?=::text)", lambda found: f"'{following.get(found[1], found[1])}'", using)


REWRITINGS = (
    Rewriting("a row predicate is dropped", _policies(lambda _, using: "true")),
    Rewriting("a union is taken for an intersection", _policies(lambda _, using: using.replace(" OR ", " AND "))),
    Rewriting("a child shows without its parent", _policies(lambda _, u: "true" if u.startswith("(EXISTS") else u)),
    Rewriting("a policy asks for another role", _policies(_another_role)),
    Rewriting("partitions have no policy", _on_partitions("DROP POLICY {policy} ON {table}")),
    Rewriting("partitions have no row security", _on_partitions("ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")),
    Rewriting("the mask is not applied", _views(r"pgcustsec_internal\.mask_name\b", "")),
    Rewriting("tier 1 says something else than ***", _views(r"'\*\*\*'", "'138****5678'")),
    Rewriting(
        "who left is still somebody", _asker(r"\(\(?login = SESSION_USER\)? AND active\)", "(login = SESSION_USER)")
    ),
    Rewriting("who left still serves", _functions(r"\b(below|d)\.active(?= ORDER)", "true")),
    Rewriting(
        "the login's groups make the role",
        _asker(
            r"\b(s\.)?roles\b", 'ARRAY(SELECT role_code::text COLLATE "default" FROM pgcustsec_internal.role) AS roles'
        ),
    ),
)

MUTATIONS = (*MISREADINGS, *REWRITINGS)
