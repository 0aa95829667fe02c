"""Who changed which object by hand last, where that is recorded: what two event triggers wrote down (5.2.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pgcustsec.catalog.queries import ask
from pgcustsec.db import Connection
from pgcustsec.shape import Changed, Place


def last_changes(connection: Connection, places: Iterable[Place]) -> Mapping[Place, Changed]:
    """Return the last recorded change by hand of each of *places*; nothing where it was never switched on."""
    wanted = sorted(set(places))
    if not wanted or not _is_recorded(connection):
        return {}
    rows = ask(connection, "last_changes", firsts=[first for first, _ in wanted], seconds=[two for _, two in wanted])
    return {(first, second): Changed(at.isoformat(), login, command) for first, second, at, login, command in rows}


def _is_recorded(connection: Connection) -> bool:
    row = connection.execute(
        "SELECT pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT')"
        " FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'pgcustsec_watch' AND c.relname = 'ddl'"
    ).fetchone()
    return row == (True,)
