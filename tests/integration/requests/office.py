"""What people do with requests, over their own logins, and what is known of them afterwards."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import psycopg

from pgcustsec.db import Connection
from pgcustsec.matrix.model import Matrix
from pgcustsec.migrate import apply_matrix
from tests.integration.clients.world import Broker

FILE = "SELECT pgcustsec.file_request(%s, %s, %s, %s::text[], %s::jsonb, %s::text[], %s, %s, %s)"
AMEND = "SELECT pgcustsec.amend_request(%s, %s::text[], %s::jsonb, %s::text[], %s, %s)"

BJ = [{"column": "branch_code", "is": "=", "value": "BJ"}]


@contextmanager
def login(broker: Broker, name: str) -> Iterator[Connection]:
    """A connection as *name*'s own login, in no session: requests need none."""
    with broker.database.connect(user=broker.login(name)) as connection:
        yield connection


def call(connection: psycopg.Connection[Any], query: str, *parameters: Any) -> Any:
    """Return the one cell of *query*, or, if it was refused, its SQLSTATE."""
    try:
        row = connection.execute(query.encode(), parameters or None).fetchone()
    except psycopg.Error as error:
        return error.sqlstate
    return row and row[0]


def file(
    connection: psycopg.Connection[Any],
    *,
    kind: str | None = "special",
    purpose: str | None = "selling",
    relation: str | None = "crm.customer",
    columns: list[Any] | None = ["name", "mobile"],  # noqa: B006 - read only
    where: object = None,
    keys: list[Any] | None = None,
    days: int | None = 3,
    max_rows: int | None = None,
    draft: bool | None = False,
) -> Any:
    """File a request, by key 1 unless said, and return its number, or the SQLSTATE of the refusal."""
    if where is None and keys is None:
        keys = ["1"]
    predicate = None if where is None else where if isinstance(where, str) else json.dumps(where)
    return call(connection, FILE, kind, purpose, relation, columns, predicate, keys, days, max_rows, draft)


def filed(broker: Broker, name: str = "li", **terms: Any) -> int:
    """File a request as *name*, which has to go through."""
    with login(broker, name) as connection:
        number = file(connection, **terms)
    assert isinstance(number, int), number
    return number


def step(broker: Broker, name: str, number: int, decision: str | None = "approve", comment: str | None = "ok") -> Any:
    """Decide as *name*; what the request has come to, or the SQLSTATE."""
    with login(broker, name) as connection:
        return call(connection, "SELECT pgcustsec.decide_request(%s, %s, %s)", number, decision, comment)


def amend(
    broker: Broker,
    name: str,
    number: int,
    columns: list[str] | None = ["name"],  # noqa: B006 - read only
    where: object = None,
    keys: list[str] | None = ["1"],  # noqa: B006 - read only
    days: int | None = 3,
    max_rows: int | None = None,
) -> Any:
    """Amend as *name*; None, or the SQLSTATE."""
    predicate = None if where is None else json.dumps(where)
    with login(broker, name) as connection:
        return call(connection, AMEND, number, columns, predicate, keys, days, max_rows) or None


def withdraw(broker: Broker, name: str, number: int) -> Any:
    """Withdraw as *name*; None, or the SQLSTATE."""
    with login(broker, name) as connection:
        return call(connection, "SELECT pgcustsec.withdraw_request(%s)", number) or None


def submit(broker: Broker, name: str, number: int) -> Any:
    """Submit as *name*; None, or the SQLSTATE."""
    with login(broker, name) as connection:
        return call(connection, "SELECT pgcustsec.submit_request(%s)", number) or None


def seen(broker: Broker, name: str, what: str = "request_id, state", number: int | None = None) -> list[Any]:
    """What *name* reads of pgcustsec.requests, oldest first."""
    query = f"SELECT {what} FROM pgcustsec.requests WHERE %s::bigint IS NULL OR request_id = %s ORDER BY request_id"
    with login(broker, name) as connection:
        return connection.execute(query.encode(), [number, number]).fetchall()


def state(broker: Broker, number: int, of: str = "li") -> str:
    """What request *number* has come to, as its requester reads it."""
    [(found,)] = seen(broker, of, "state", number)
    return str(found)


def deciders(broker: Broker, number: int, of: str = "li") -> list[str]:
    [(found,)] = seen(broker, of, "deciders", number)
    return list(found or [])


def later(broker: Broker, interval: str) -> None:
    """Let *interval* pass: all that happened to requests happened that much earlier."""
    broker.execute(
        "ALTER TABLE pgcustsec_internal.request_event DISABLE TRIGGER refuse_rewriting",
        f"UPDATE pgcustsec_internal.request_event SET at = at - interval '{interval}'",
        "ALTER TABLE pgcustsec_internal.request_event ENABLE ALWAYS TRIGGER refuse_rewriting",
    )


def special(broker: Broker, **terms: Any) -> Matrix:
    """The broker's matrix with other terms of kind `special`."""
    kind = replace(broker.matrix.requests["special"], **terms)
    return replace(broker.matrix, requests={**broker.matrix.requests, "special": kind})


def apply(broker: Broker, matrix: Matrix) -> None:
    with broker.connect(broker.admin) as connection:
        apply_matrix(connection, matrix)


def audited(broker: Broker, number: int) -> list[tuple[Any, ...]]:
    """Kind, person and reason of each row of the record of access about request *number*."""
    return broker.rows(
        "SELECT kind, staff_id, reason FROM pgcustsec_internal.audit WHERE about = %s ORDER BY audit_id",
        f"request {number}",
    )


def heard(connection: psycopg.Connection[Any], do: Callable[[], object]) -> list[tuple[str, str]]:
    """Channel and payload of what a listening *connection* hears of while *do* runs."""
    do()
    return [(one.channel, one.payload) for one in connection.notifies(timeout=1, stop_after=1)]
