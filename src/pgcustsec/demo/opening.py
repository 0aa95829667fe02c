"""The tour on tier 1: one record at a time, until the budget of the day is spent, and who opened whose (5.2.1)."""

from __future__ import annotations

from typing import Any

import psycopg
from rich.console import RenderableType

from pgcustsec.demo import show
from pgcustsec.demo.broker import Broker
from pgcustsec.demo.due import HINT, hold
from pgcustsec.demo.people import StaffMember
from pgcustsec.errors import Finding

REASON, BROWSING = "customer calls about the renewal", "browsing"
SPENT = "CS204"


def open_records(broker: Broker, agent: StaffMember) -> tuple[list[int], list[RenderableType]]:
    """Open two of *agent*'s customers in turn, then go on until the budget ends it; return the two and what to show."""
    with broker.at_work(agent) as connection:
        connection.autocommit = True
        keys = [row[0] for row in connection.execute(_MINE.encode(), [agent.staff_id])]
        columns = [("in a session, nothing open", _read(connection, keys))]
        for key in keys:
            connection.execute(_OPEN, [str(key), REASON])
            columns.append((f"#{key} opened", _read(connection, keys)))
        refused = _spend(connection, keys[0])
    shown: list[RenderableType] = [
        show.line(f"{agent.full_name}: SELECT pgcustsec.open_record('customer', '{keys[0]}', '{REASON}')", "bold"),
        show.openings(keys, columns),
        *refused,
    ]
    return keys, shown


def who_opened(broker: Broker, supervisor: StaffMember, customer: int, request: int) -> list[RenderableType]:
    """
    What *supervisor* answers to a customer who asks who opened their record, when and why.

    It was opened for `REASON` at first, and by *request* at last. Raises `Finding`.
    """
    with broker.connect_as(supervisor) as connection:
        rows = connection.execute(_WHO.encode(), [f"crm.customer {customer}"]).fetchall()
    hold(f"why customer {customer} was opened", [row[5] for row in rows], [REASON, BROWSING, f"request {request}"])
    title = f"{supervisor.full_name} {supervisor.staff_id}: pgcustsec audit search --customer crm.customer {customer}"
    return [show.line(f"{title}, summed up", "bold"), show.entries(rows)]


_MINE = "SELECT customer_id FROM customer WHERE owner_staff_id = %s AND mobile IS NOT NULL ORDER BY customer_id LIMIT 2"
_OPEN = "SELECT pgcustsec.open_record('customer', %s, %s)"
_WHO = """
    SELECT min(a.at), a.staff_id, a.full_name, a.kind, a.purpose, coalesce(a.reason, a.about), count(*)
    FROM pgcustsec.access_log AS a
    WHERE a.customer_key = %s
    GROUP BY a.staff_id, a.full_name, a.kind, a.purpose, coalesce(a.reason, a.about)
    ORDER BY min(a.audit_id)
"""


def _read(connection: psycopg.Connection[Any], keys: list[int]) -> dict[int, dict[str, Any]]:
    cursor = connection.execute(
        "SELECT customer_id, name, mobile, id_card FROM customer WHERE customer_id = ANY (%s)", [keys]
    )
    return {row[0]: {"name": row[1], "mobile": row[2], "id_card": row[3]} for row in cursor}


def _spend(connection: psycopg.Connection[Any], key: int) -> list[RenderableType]:
    """Open the same record again and again, as a program would that browses, until the budget says no."""
    [(spent, at_most)] = connection.execute(
        "SELECT spent, at_most FROM pgcustsec.my_budget() WHERE what = 'openings'"
    ).fetchall()
    for _ in range(at_most - spent + 1):
        try:
            connection.execute(_OPEN, [str(key), BROWSING])
        except psycopg.Error as error:
            if error.sqlstate != SPENT:
                raise
            said = [
                f"and after {at_most} openings of the day: {error.diag.message_primary}",
                f"  {error.diag.message_hint}",
            ]
            return [show.line(text) for text in said]
    raise Finding(f"{at_most} openings a day were due, and there were more", hint=HINT)
