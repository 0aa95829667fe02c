"""
`broker`: a copy of the demo's broker for one test. Customers 2 and 5 are in the pool; li (S1) serves 1 and 4, wang (S2)
serves 3, who are no prospects; zhao (M1) manages both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from pgcustsec.db import Connection
from tests.cluster import Server
from tests.integration.clients.world import Broker, built, copy


@pytest.fixture(scope="session")
def pooled_broker(server: Server) -> Iterator[Broker]:
    with built(server) as world:
        yield world


@pytest.fixture
def broker(pooled_broker: Broker) -> Iterator[Broker]:
    with copy(pooled_broker) as world:
        yield world


Call = Callable[..., Any]


def refused(connection: Connection, query: str, *parameters: Any) -> str:
    """The SQLSTATE with which the database refuses *query*."""
    with pytest.raises(psycopg.Error) as raised:
        connection.execute(query.encode(), parameters)
    if not connection.autocommit:
        connection.rollback()
    assert raised.value.sqlstate is not None
    return raised.value.sqlstate


def claim(connection: Connection, key: int | str, relation: str = "customer") -> str | None:
    """Claim, and return the SQLSTATE of the refusal; None: it is claimed."""
    try:
        connection.execute("SELECT pgcustsec.claim(%s, %s)", [relation, str(key)])
    except psycopg.Error as error:
        return error.sqlstate
    return None


def release(connection: Connection, key: int | str, relation: str = "customer") -> str | None:
    """Give back, and return the SQLSTATE of the refusal; None: it is given back."""
    try:
        connection.execute("SELECT pgcustsec.release(%s, %s)", [relation, str(key)])
    except psycopg.Error as error:
        return error.sqlstate
    return None


def holder(broker: Broker, key: int) -> str | None:
    [(found,)] = broker.rows("SELECT owner_staff_id FROM crm.customer WHERE customer_id = %s", key)
    return None if found is None else str(found)


def recycle(broker: Broker, batch: int = 1000) -> int:
    """As an administrator does, by schedule."""
    with broker.connect(broker.admin) as connection:
        connection.execute("SET ROLE pgcustsec_owner")
        [(count,)] = connection.execute("SELECT pgcustsec.recycle('crm.customer', %s)", [batch]).fetchall()
    return int(count)


def terms(broker: Broker, **terms: int) -> None:
    """Other terms of the pool than the matrix has."""
    for name, value in terms.items():
        broker.rows(f"UPDATE pgcustsec_internal.pool SET {name} = %s RETURNING 1", value)


def aged(broker: Broker, days: int, *keys: int) -> None:
    """The claim of *keys* lies *days* back, and so does the last contact."""
    broker.rows(
        "UPDATE crm.customer SET claimed_at = now() - make_interval(days => %s),"
        " last_contact_at = now() - make_interval(days => %s) WHERE customer_id = ANY (%s) RETURNING 1",
        days,
        days,
        list(keys),
    )


def claims(broker: Broker) -> list[tuple[Any, ...]]:
    """Who had which prospect, and how that ended."""
    return broker.rows(
        "SELECT c.staff_id, c.record_key, c.claimed_at IS NOT NULL, e.how FROM pgcustsec_internal.pool_claim AS c"
        " LEFT JOIN pgcustsec_internal.pool_claim_end AS e USING (claim_id) ORDER BY c.claim_id"
    )
