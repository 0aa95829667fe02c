"""Wishes to be erased, over the logins of who files, decides and fulfils them; and what is left of a customer."""

from __future__ import annotations

from typing import Any

import psycopg

from tests.integration.clients.world import Broker
from tests.integration.retention.world import left_of_anybody, orphans, there

#: The manager of C1, whom requests of hers go to, and the legal officer.
CHAIN = ("zhao", "luo")


def wished(person: psycopg.Connection[Any], *keys: object, relation: str = "crm.customer") -> int:
    """File the wish of customers over the login of *person*, and return the number of the request."""
    [(number,)] = person.execute(
        "SELECT pgcustsec.file_erasure(%s, %s, 'their letter of 2026-11-20')", [relation, [str(key) for key in keys]]
    ).fetchall()
    return int(number)


def approve(broker: Broker, number: int, *approvers: str) -> None:
    for login in approvers or CHAIN:
        with broker.database.connect(user=broker.login(login)) as approver:
            approver.execute("SELECT pgcustsec.decide_request(%s, 'approve', 'their right')", [number])


def granted(broker: Broker, person: psycopg.Connection[Any], *keys: object) -> int:
    """A wish that everybody has approved."""
    number = wished(person, *keys)
    approve(broker, number)
    return number


def erase(person: psycopg.Connection[Any], number: int) -> str:
    """Fulfil the request: `erased`, or the SQLSTATE of the refusal."""
    try:
        person.execute("SELECT pgcustsec.erase(%s)", [number])
    except psycopg.Error as error:
        return str(error.sqlstate)
    return "erased"


def state(broker: Broker, number: int) -> str:
    [(found,)] = broker.rows("SELECT state FROM pgcustsec_internal._request_state(%s)", number)
    return str(found)


def certificates(broker: Broker) -> list[tuple[Any, ...]]:
    return broker.rows("SELECT request_id, subjects FROM pgcustsec_internal.certificate ORDER BY certificate_id")


def assert_gone(broker: Broker, *customers: int) -> None:
    """Nothing of *customers* is in any table, and nothing hangs in the air."""
    assert not set(customers) & set(there(broker))
    assert not set(customers) & left_of_anybody(broker)
    assert orphans(broker) == []


def assert_whole(broker: Broker, *customers: int) -> None:
    """Of *customers* everything is there, and no certificate says otherwise."""
    assert set(customers) <= set(there(broker))
    assert set(customers) <= left_of_anybody(broker)
    [(policies, claims)] = broker.rows(
        "SELECT count(DISTINCT p.policy_id), count(c.claim_id) FROM crm.policy AS p"
        " JOIN crm.claim AS c USING (policy_id) WHERE p.customer_id = ANY (%s)", list(customers)
    )  # fmt: skip
    assert (policies, claims) == (2 * len(customers), 3 * len(customers))
    assert certificates(broker) == []
