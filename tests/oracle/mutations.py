"""
Faults put into what is compiled, each of a kind that a mistake in `compile` could make.

A `Misreading` compiles another matrix than the one that was given: a feature overlooked or taken for its neighbour. A
`Rewriting` lets the right matrix be applied and then changes the text of policies, views or functions as the server
prints them. Neither depends on how `compile` is written. Both have the signature of `apply_world`.
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
from tests.oracle.model import World
from tests.oracle.stage import apply_world


class NothingToMutate(Exception):
    """This world has nothing that the fault would touch."""


@dataclass(frozen=True)
class Misreading:
    """Apply `misread(matrix)` in the matrix's place, and seal nothing."""

    name: str
    misread: Callable[[Matrix], Matrix]

    def __call__(self, connection: Connection, world: World) -> None:
        wrong = self.misread(world.matrix)
        if _said(wrong) == _said(world.matrix):
            raise NothingToMutate
        apply_matrix(connection, wrong)


@dataclass(frozen=True)
class Rewriting:
    """Apply the matrix, then run the statements that `rewrite` gives for the connected database."""

    name: str
    rewrite: Callable[[Connection, Matrix], Iterator[sql.Composed]]

    def __call__(self, connection: Connection, world: World) -> None:
        apply_world(connection, world)
        statements = list(self.rewrite(connection, world.matrix))
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


def _names_later(matrix: Matrix) -> Matrix:
    both = zip(matrix.deviations, _later(400)(matrix).deviations, strict=True)
    return replace(matrix, deviations=tuple(moved if moved.allows == "names" else given for given, moved in both))


def _children(matrix: Matrix, children: tuple[str, ...]) -> Matrix:
    return replace(matrix, record_access=replace(matrix.record_access, children=children))


def _all_children(matrix: Matrix) -> Matrix:
    return _children(matrix, tuple(name for name, table in matrix.tables.items() if table.parent))


def _purposes_for_all(matrix: Matrix) -> Matrix:
    purposes = {code: replace(purpose, roles=tuple(matrix.roles)) for code, purpose in matrix.purposes.items()}
    return replace(matrix, purposes=purposes)


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
    Misreading("names show past their deviation", _names_later),
    Misreading("children open without the rule", _all_children),
    Misreading("children do not open with their customer", lambda matrix: _children(matrix, ())),
    Misreading("names are never told", _accesses(lambda a: replace(a, names="masked"))),
    Misreading("a purpose is for all roles", _purposes_for_all),
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
    WHERE p.pronamespace IN ('pgcustsec'::regnamespace, 'pgcustsec_internal'::regnamespace) AND p.prokind = 'f'
    ORDER BY p.oid
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


def _who(view: str, **becomes: str) -> Callable[[Connection, Matrix], Iterator[sql.Composed]]:
    """*view* of ours, as it is but for the expressions of *becomes*, by column; `source` in place of what it reads."""

    def statements(connection: Connection, matrix: Matrix) -> Iterator[sql.Composed]:
        query = "SELECT pg_get_viewdef(%s::regclass)"
        [(definition,)] = connection.execute(query, [f"pgcustsec_internal.{view}"]).fetchall()
        rewritten = definition
        for column, expression in becomes.items():
            pattern = r"(?<=FROM ).*?(?=\n)" if column == "source" else rf"(?<=[ ]){column}(?=,|\n)"
            rewritten = re.sub(pattern, expression.replace("\\", r"\\"), rewritten, count=1)
        yield sql.SQL("CREATE OR REPLACE VIEW {} AS {}").format(
            sql.Identifier("pgcustsec_internal", view), sql.SQL(rewritten)
        )

    return statements


def _everywhere(pattern: str, becomes: str) -> Callable[[Connection, Matrix], Iterator[sql.Composed]]:
    """Every view and every policy in which *pattern* is found."""

    def statements(connection: Connection, matrix: Matrix) -> Iterator[sql.Composed]:
        yield from _views(pattern, becomes)(connection, matrix)
        yield from _policies(lambda _, using: re.sub(pattern, becomes, using))(connection, matrix)

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
    Rewriting("who left is still somebody", _functions(r"WHERE p\.active(?=\n)", "WHERE true")),
    Rewriting("who left still serves", _functions(r"\b(below|d)\.active(?= ORDER)", "true")),
    Rewriting(
        "the login's groups make the role",
        _functions(
            r"JOIN pgcustsec_internal\.staff_role AS r USING \(staff_id\)", "CROSS JOIN pgcustsec_internal.role AS r"
        ),
    ),
    Rewriting(
        "a session of another role counts",
        _who(
            "at_work",
            access_code="a.access_code",
            record_key="o.record_key",
            lapses_at="o.lapses_at",
            opened_by="o.opened_by",
            request_id="o.request_id",
            source="(SELECT DISTINCT ON (known_as) known_as, ends_at, begun_by FROM pgcustsec_internal.session_access"
            " ORDER BY known_as, access_code) w CROSS JOIN pgcustsec_internal.access a LEFT JOIN LATERAL"
            " (SELECT x.record_key, x.lapses_at, x.opened_by, x.request_id FROM pgcustsec_internal.session_access x"
            " WHERE x.known_as = w.known_as AND x.access_code = a.access_code) o ON true",
        ),
    ),
    Rewriting(
        "an ended session counts",
        _functions(r"DELETE FROM pgcustsec_internal\.session_access AS w WHERE w\.session_id = _end_session[^;]*;", ""),
    ),
    Rewriting("a lapsed session counts", _everywhere(r"w\.ends_at > clock_timestamp\(\)", "true")),
    Rewriting("an uncommitted session counts", _everywhere(r"pgcustsec_internal\.is_committed\(w\.begun_by\)", "true")),
    Rewriting("an uncommitted record counts", _views(r"pgcustsec_internal\.is_committed\(w\.opened_by\)", "true")),
    Rewriting("a lapsed record counts", _views(r"w\.lapses_at > clock_timestamp\(\)", "w.record_key IS NOT NULL")),
    Rewriting("any record counts", _views(r'WHEN ((?:t\.)?"record open") THEN', r"WHEN (\1 IS NOT NULL) THEN")),
    Rewriting(
        "the record that somebody else has open counts",
        _who(
            "at_work",
            record_key="o.record_key",
            lapses_at="o.lapses_at",
            opened_by="o.opened_by",
            request_id="o.request_id",
            source="(SELECT known_as, access_code, ends_at, begun_by FROM pgcustsec_internal.session_access) w"
            " LEFT JOIN LATERAL"
            " (SELECT x.record_key, x.lapses_at, x.opened_by, x.request_id FROM pgcustsec_internal.session_access x"
            " WHERE x.access_code = w.access_code AND x.record_key IS NOT NULL ORDER BY x.known_as LIMIT 1) o ON true",
        ),
    ),
    Rewriting(
        "the open record's neighbour shows",
        _views(r"ARRAY\[\(w\.record_key\)::integer\]", "ARRAY[w.record_key::integer, w.record_key::integer + 1]"),
    ),
    Rewriting(
        "a record of another role stays open",
        _functions(r"w\.record_key IS NOT NULL(?=\s+AND w\.access_code IN)", "false"),
    ),
    Rewriting("an open record shows all of tier 1", _views(r"pgcustsec_internal\.mask_(?!name\b)\w+", "")),
    Rewriting(
        "a search asks for no scope",
        _functions(r"CONTINUE WHEN seen IS NULL OR", "seen[1] := candidate.record_key; CONTINUE WHEN"),
    ),
)

#: What an approved request lifts.
EVERY_COLUMN = "ARRAY(SELECT DISTINCT every.attname FROM pg_attribute AS every)"
LIFTINGS = (
    Rewriting("a request lifts every column", _functions(r"THEN columns\n", f"THEN {EVERY_COLUMN}\n")),
    Rewriting("a request lifts nothing", _functions(r"THEN columns\n", "THEN NULL\n")),
    Rewriting(
        "every open record shows in full",
        _functions(r"(IF opened\.request_id IS NULL THEN\s+RETURN) NULL", rf"\1 {EVERY_COLUMN}"),
    ),
)

#: What shows in explanations alone.
EXPLANATIONS = (
    Rewriting("every row is said to be in the pool", _functions(r"CASE WHEN reach\.pool THEN 'pool' END", "'pool'")),
    Rewriting("no session is asked for", _functions(r"in_session := EXISTS", "in_session := true OR EXISTS")),
    Rewriting("any open record is said to be this one", _functions(r"w\.record_key = reach\.record_key", "true")),
    Rewriting(
        "a deviation past its end is said to run",
        _functions(r"clock_timestamp\(\) < \(s\.value", "'-infinity' < (s.value"),
    ),
)

MUTATIONS = (*MISREADINGS, *REWRITINGS, *LIFTINGS, *EXPLANATIONS)

#: What shows only when people do one thing after the other.
AT_WORK = (
    Rewriting(
        "a budget is never spent",
        _functions(
            r"RETURN state % 1000000000 <= at_most|RETURN false(?=;\s+END IF;\s+state := nextval)", "RETURN true"
        ),
    ),
    Rewriting(
        "every customer is a new one", _functions(r"RETURN EXISTS(?=[^;]*'record_opened')", "RETURN false AND EXISTS")
    ),
    Rewriting(
        "no customer is a new one", _functions(r"RETURN EXISTS(?=[^;]*'record_opened')", "RETURN true OR EXISTS")
    ),
    Rewriting(
        "a reason is not asked for",
        _functions(r"coalesce\(pgcustsec_internal\._says_nothing\(reason\), true\)", "false"),
    ),
    Rewriting("a search is not written down", _functions(r"PERFORM pgcustsec_internal\._record_search\([^;]*;", "")),
    Rewriting(
        "a record that is closed shows",
        _functions(
            r"SET record_key = NULL, lapses_at = NULL, opened_by = NULL, request_id = NULL(?=\s+WHERE w\.known_as =)",
            "SET record_key = w.record_key",
        ),
    ),
    Rewriting(
        "the session before ends unrecorded", _functions(r"IF earlier\.session_id IS NOT NULL THEN", "IF false THEN")
    ),
    Rewriting(
        "a search is free",
        _functions(
            r"IF NOT pgcustsec_internal\._spend\(access\.staff_id, budget,",
            "IF false AND pgcustsec_internal._spend(access.staff_id, budget,",
        ),
    ),
)
