"""The tour on agreements: tier 3 alone until they are signed, through one's own login (3.4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import psycopg
from rich.console import RenderableType

from pgcustsec.demo import show
from pgcustsec.demo.broker import Broker
from pgcustsec.demo.due import hold, refused
from pgcustsec.demo.people import StaffMember
from pgcustsec.demo.reasons import TABLE
from pgcustsec.matrix.model import Column

NOT_SIGNED = "CS102"


def sign_first(broker: Broker, agent: StaffMember, key: int) -> list[RenderableType]:
    """Let *agent* ask for *key*, whom they serve, before and after they sign; return what to show. Raises `Finding`."""
    done: list[tuple[StaffMember, str, str]] = []
    with broker.connect_as(agent) as connection:
        connection.autocommit = True
        before = _read(connection, key)
        start = f"SELECT pgcustsec.start_session('{broker.purpose(agent)}')"
        said = refused("a session before signing", lambda: connection.execute(start.encode()), NOT_SIGNED)
        done.append((agent, start, said))
        for name, title, digest in connection.execute(_MISSING).fetchall():
            [(until,)] = connection.execute(_SIGN, [name, digest]).fetchall()
            sent = f"SELECT pgcustsec.sign_agreement('{name}', '{digest[:8]}…')"
            done.append((agent, sent, f"{title}, version 1, until {until:%Y-%m-%d}"))
        connection.execute(start.encode())
        done.append((agent, start, "a session"))
        after = _read(connection, key)
    _compare(broker, key, before, after)
    columns = [("before signing", {key: before}), ("signed, in a session", {key: after})]
    return [
        show.deeds(done),
        show.openings([key], columns, show.COLUMNS),
        show.line(f"{2 * len(before)} cells compared with what the matrix says: all agree; each signs for themselves"),
    ]


_MISSING = "SELECT agreement, title, digest FROM pgcustsec.my_agreements() WHERE missing"
_SIGN = "SELECT pgcustsec.sign_agreement(%s, %s)"


def _read(connection: psycopg.Connection[Any], key: int) -> dict[str, Any]:
    cursor = connection.execute("SELECT * FROM customer WHERE customer_id = %s", [key])
    names = [column.name for column in cursor.description or ()]
    [row] = cursor.fetchall()
    return dict(zip(names, row, strict=True))


def _compare(broker: Broker, key: int, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    stored, true = broker.stored([key])[key], broker.true_values([key])[key]
    for column in broker.matrix.tables[TABLE].columns.values():
        due = _due(column, stored, true)
        hold(f"customer {key}, {column.name} before signing", before[column.name], None if column.tier == 2 else due)
        hold(f"customer {key}, {column.name} in a session", after[column.name], due)


def _due(column: Column, stored: Mapping[str, Any], true: Mapping[str, Any]) -> Any:
    """What who serves a customer sees of *column* in a session, no record being open."""
    if column.tier == 1:
        return "***"
    return stored[column.name] if column.is_name else true[column.name]
