"""What a plan means today: who holds the roles that it changes, and how many rows are in their reach (5.2.2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from psycopg import errors, sql

from pgcustsec.catalog.queries import ask
from pgcustsec.catalog.site import read_site
from pgcustsec.compile.exposure import GATE, Exposure, Place, from_rows
from pgcustsec.compile.live import Holder, before, reach_sql, relations_read
from pgcustsec.compile.quote import ident
from pgcustsec.db import Connection
from pgcustsec.matrix.model import Matrix
from pgcustsec.migrate.comparing import DEFAULT_LOCK_TIMEOUT, as_owner, last_matrix, reading_catalog
from pgcustsec.objects import OWNER
from pgcustsec.plan import Plan
from pgcustsec.plan.live import Live
from pgcustsec.shape import Site

#: How long one count may take.
COUNT_TIMEOUT = "30s"


def live_counts(
    connection: Connection, matrix: Matrix, plan: Plan, *, lock_timeout: str = DEFAULT_LOCK_TIMEOUT
) -> tuple[Live, ...]:
    """
    Return for each role and table whose access *plan* changes who holds the role and how many rows they reach.

    Counted by the policies' own row scopes, each within `COUNT_TIMEOUT`. Changes nothing, and reads no value.
    """
    places = sorted({(change.role, change.table) for change in plan.access if change.role != GATE[0]})
    if not places:
        return ()
    with reading_catalog(connection, lock_timeout):
        with as_owner(connection):
            site = read_site(connection, matrix)
            applied = from_rows((last_matrix(connection) or {}).get("exposure", []))
            holders = _holders(connection, [role for role, _ in places])
        connection.execute("SELECT pg_catalog.set_config('statement_timeout', %s, true)", [COUNT_TIMEOUT])
        return tuple(
            _counted(connection, matrix, site, applied, role, table, holders.get(role, [])) for role, table in places
        )


def _holders(connection: Connection, roles: Sequence[str]) -> Mapping[str, list[Holder]]:
    found: dict[str, list[Holder]] = defaultdict(list)
    for role, staff, name, department, branch, own, direct, chain, colleagues in ask(
        connection, "holders", roles=roles
    ):
        serves = {"none": own, "direct": direct, "chain": chain}
        found[role].append(Holder(staff, name, department, branch, serves, colleagues))
    return found


def _counted(
    connection: Connection,
    matrix: Matrix,
    site: Site,
    applied: Mapping[Place, Exposure],
    role: str,
    table: str,
    holders: Sequence[Holder],
) -> Live:
    staff = tuple((holder.staff, holder.name) for holder in holders)
    if role not in matrix.roles or table not in matrix.tables:
        return Live(role, table, staff, None, None, "the matrix has it no more")
    try:
        with connection.transaction():
            then = _count(connection, before(matrix, applied, role), site, role, table, holders)
            now = _count(connection, matrix, site, role, table, holders)
    except errors.QueryCanceled:
        return Live(role, table, staff, None, None, f"that takes longer than {COUNT_TIMEOUT}")
    except errors.InsufficientPrivilege:
        return Live(
            role, table, staff, None, None, "its tables are of several owners, and pgcustsec does not read them yet"
        )
    return Live(role, table, staff, then, now)


def _count(connection: Connection, matrix: Matrix, site: Site, role: str, table: str, holders: Sequence[Holder]) -> int:
    query = reach_sql(matrix, site, matrix.roles[role], matrix.tables[table], holders)
    if query is None:
        return 0
    owners = {site.tables[name].owner for name in relations_read(matrix, matrix.tables[table])}
    reader = owners.pop() if len(owners) == 1 else OWNER
    connection.execute(sql.SQL(f"SET LOCAL ROLE {ident(reader)}"))
    [(rows,)] = connection.execute(sql.SQL(query)).fetchall()
    connection.execute("RESET ROLE")
    return int(rows)
