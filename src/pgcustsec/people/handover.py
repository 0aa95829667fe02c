"""What somebody who leaves served, and who serves it from then on (5.2.2, 5.3)."""

from __future__ import annotations

import psycopg

from pgcustsec.db import Connection
from pgcustsec.errors import NotAllowed, Refused
from pgcustsec.people.transaction import reading

Counts = dict[str, int]


def hand_over(connection: Connection, leaver: str, heir: str | None) -> Counts:
    """
    Move what *leaver* serves to *heir*, or its prospects to their pool if that is None; return how many, by table.

    As pgcustsec_owner, within the open transaction. Rows that others have locked stay as they are. Raises `Refused`
    when a rule of their table forbids it.
    """
    try:
        rows = connection.execute(
            "SELECT h.relation, h.customers FROM pgcustsec_internal._hand_over(%s, %s) AS h", [leaver, heir]
        ).fetchall()
    except psycopg.errors.IntegrityError as error:
        where = f"{error.diag.schema_name}.{error.diag.table_name}"
        raise Refused(
            f"what {leaver} served cannot be handed over: {error.diag.constraint_name} of {where} forbids it; "
            "nothing was changed",
            hint=f"end their rights first: staff leave {leaver}; a table that is not sealed yet: pgcustsec vault seal",
        ) from error
    return dict(rows)


def still_served(connection: Connection, leaver: str) -> Counts | None:
    """
    Return how many customers name *leaver* as who serves them directly, by table.

    None where the tables are not as the applied matrix has them: nobody's leaving waits for that.
    """
    try:
        with reading(connection):
            rows = connection.execute(
                "SELECT s.relation, s.customers FROM pgcustsec_internal._still_served(%s) AS s", [leaver]
            ).fetchall()
    except (psycopg.errors.ProgrammingError, NotAllowed):
        return None
    return dict(rows)


def counted(counts: Counts) -> str:
    """*counts* in words: `3 of crm.customer`."""
    return ", ".join(f"{number} of {relation}" for relation, number in counts.items())
