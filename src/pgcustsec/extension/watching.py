"""Recording who changes objects by hand, as it happens: two event triggers, which a superuser switches on and off."""

from __future__ import annotations

from psycopg import sql

from pgcustsec.db import Connection
from pgcustsec.errors import NotAllowed, Refused
from pgcustsec.extension.session import Standing, query

SCHEMA = "pgcustsec_watch"
_TRIGGERS = {"pgcustsec_ddl": "ddl_command_end", "pgcustsec_drop": "sql_drop"}


def set_watch(connection: Connection, who: Standing, *, on: bool) -> list[str]:
    """
    Switch the record of changes by hand on or off in the open transaction; return a sentence for each thing done.

    Switched off, what was recorded stays. Raises `NotAllowed` for who is no superuser, `Refused` when something that
    is no superuser's is there under its name.
    """
    there = _there(connection)
    if all((name in there) is on for name in _TRIGGERS):
        return []
    if not who.superuser:
        raise NotAllowed(
            f"{who.person} may not switch an event trigger {'on' if on else 'off'}: PostgreSQL lets superusers alone",
            hint=f"as a superuser: pgcustsec install --event-trigger {'on' if on else 'off'}",
        )
    if not on:
        for name in there:
            connection.execute(sql.SQL("DROP EVENT TRIGGER {}").format(sql.Identifier(name)))
        return ["changes by hand are recorded no more; what was recorded stays in pgcustsec_watch.ddl"]
    if not _is_made(connection):
        connection.execute(query("watch"))
    for name, event in _TRIGGERS.items():
        if name not in there:
            _make(connection, name, event)
    return ["changes by hand are recorded from now on, in pgcustsec_watch.ddl"]


def what_stays(connection: Connection) -> list[str]:
    """Return a sentence on what an uninstall leaves: a superuser's, and evidence."""
    if not _there(connection):
        return []
    drops = "; ".join(f"DROP EVENT TRIGGER {name}" for name in _TRIGGERS)
    return [f"changes by hand are recorded in {SCHEMA}.ddl as before; to end that, as a superuser: {drops}"]


def _there(connection: Connection) -> list[str]:
    rows = connection.execute(
        "SELECT e.evtname::text FROM pg_catalog.pg_event_trigger AS e JOIN pg_catalog.pg_proc AS f ON f.oid = e.evtfoid"
        " JOIN pg_catalog.pg_namespace AS n ON n.oid = f.pronamespace"
        " WHERE e.evtname = ANY (%s) AND e.evtenabled = 'A' AND n.nspname = 'pgcustsec_watch'",
        [list(_TRIGGERS)],
    )
    return [row[0] for row in rows]


def _is_made(connection: Connection) -> bool:
    """Raise `Refused` where the schema is nobody's who may have made it: what it has would run as a superuser."""
    rows = connection.execute(
        "SELECT r.rolname, r.rolsuper FROM pg_catalog.pg_namespace AS n"
        " JOIN pg_catalog.pg_roles AS r ON r.oid = n.nspowner WHERE n.nspname = %s",
        [SCHEMA],
    ).fetchall()
    if rows and not rows[0][1]:
        raise Refused(
            f"schema {SCHEMA} is of {rows[0][0]}, who is no superuser; nothing was changed",
            hint=f"look what is in it; then: DROP SCHEMA {SCHEMA}, and switch it on again",
        )
    return bool(rows)


def _make(connection: Connection, name: str, event: str) -> None:
    names = {"name": sql.Identifier(name), "event": sql.Identifier(event)}
    connection.execute(sql.SQL("DROP EVENT TRIGGER IF EXISTS {name}").format(**names))
    connection.execute(
        sql.SQL("CREATE EVENT TRIGGER {name} ON {event} EXECUTE FUNCTION pgcustsec_watch.record_ddl()").format(**names)
    )
    # Also where a session says that it replicates.
    connection.execute(sql.SQL("ALTER EVENT TRIGGER {name} ENABLE ALWAYS").format(**names))
    comment = "pgcustsec: writes down who changes objects by hand (5.2.4)."
    connection.execute(sql.SQL("COMMENT ON EVENT TRIGGER {name} IS {}").format(sql.Literal(comment), **names))
