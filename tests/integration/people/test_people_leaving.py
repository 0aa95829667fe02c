"""Who leaves, and who serves their customers from then on (5.2.2, 5.3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from pgcustsec.errors import Refused, UsageError
from pgcustsec.people import Member, Outcome, leave_staff
from tests.cluster import Server
from tests.integration.clients.world import Broker, built, copy


@pytest.fixture(scope="module")
def made(server: Server) -> Iterator[Broker]:
    """The demo's broker, where li (S1) also holds prospect 2, by a claim, and has customer 3 by assignment."""
    with built(server) as world:
        with world.person("li") as li:
            li.execute("SELECT pgcustsec.claim('customer', '2')")
        world.execute(
            "INSERT INTO crm.assignment (customer_id, staff_id) VALUES (3, 'S1')",
            "INSERT INTO crm.assignment (customer_id, staff_id, starts_at, ends_at)"
            " VALUES (5, 'S1', '2020-01-01', '2020-02-01')",
        )
        yield world


@pytest.fixture
def broker(made: Broker) -> Iterator[Broker]:
    with copy(made) as world:
        world.execute("UPDATE crm.customer SET claimed_at = '2026-01-01' WHERE customer_id = 2")
        yield world
        # Logins are the cluster's: the next test finds them as they were.
        with world.connect(world.admin) as admin:
            for login in ("li", "wang"):
                admin.execute(f"ALTER ROLE {world.login(login)} LOGIN".encode())
                admin.execute(f"GRANT {world.prefix}sales_agent TO {world.login(login)}".encode())


def leave(broker: Broker, staff: str = "S1", **how: Any) -> Outcome[Member]:
    with broker.connect(broker.admin) as connection:
        return leave_staff(connection, staff, **how)


def served(broker: Broker) -> dict[int, str | None]:
    rows = broker.rows("SELECT customer_id, owner_staff_id FROM crm.customer ORDER BY 1")
    return {row[0]: row[1] for row in rows}


def assigned(broker: Broker) -> list[tuple[Any, ...]]:
    return broker.rows("SELECT customer_id, staff_id, ends_at < now() FROM crm.assignment ORDER BY 1, 2")


def test_who_leaves_keeps_their_name_on_customers_and_how_many_is_said(broker: Broker) -> None:
    before = (served(broker), assigned(broker))
    outcome = leave(broker)
    assert not outcome.subject.active
    assert outcome.notices[-1] == (
        "4 of crm.customer still name S1, who serves nobody any more: staff leave S1 --reassign-to ..."
    )
    assert (served(broker), assigned(broker)) == before


def test_a_colleague_takes_over_all_that_somebody_served(broker: Broker) -> None:
    outcome = leave(broker, reassign_to="S2")
    assert "to S2: 4 of crm.customer" in outcome.done
    assert not any("still name" in notice for notice in outcome.notices)
    assert served(broker) == {1: "S2", 2: "S2", 3: "S2", 4: "S2", 5: None}
    assert assigned(broker) == [(1, "C1", None), (3, "S2", None), (4, "C1", None), (5, "S1", True)]
    with broker.person("wang") as wang:
        seen = wang.execute("SELECT customer_id FROM customer WHERE health IS NOT NULL ORDER BY 1").fetchall()
        assert seen == [(1,), (2,), (3,)]
    [(fresh, how)] = broker.rows(
        "SELECT now() - c.claimed_at < interval '1 minute', e.how FROM crm.customer AS c,"
        " pgcustsec_internal.pool_claim JOIN pgcustsec_internal.pool_claim_end AS e USING (claim_id)"
        " WHERE c.customer_id = 2"
    )
    assert (fresh, how) == (True, "reassigned"), "their term of a prospect begins anew"
    assert broker.rows(
        "SELECT record_key, about, staff_id, login FROM pgcustsec_internal.audit WHERE kind = 'customer_reassigned'"
        " ORDER BY record_key"
    ) == [(key, "from S1 to S2", None, broker.admin) for key in ("1", "2", "3", "4")]


def test_prospects_go_to_the_pool_and_who_bought_stays(broker: Broker) -> None:
    outcome = leave(broker, to_pool=True)
    assert "to the pool: 1 of crm.customer" in outcome.done
    assert outcome.notices[-1].startswith("3 of crm.customer still name S1")
    assert served(broker) == {1: "S1", 2: None, 3: "S2", 4: "S1", 5: None}
    assert broker.rows("SELECT how FROM pgcustsec_internal.pool_claim_end") == [("released",)]
    again = leave(broker, reassign_to="S2")
    assert again.done == ("to S2: 3 of crm.customer",)
    assert served(broker) == {1: "S2", 2: None, 3: "S2", 4: "S2", 5: None}


def test_where_the_heir_serves_already_the_leavers_assignment_ends(broker: Broker) -> None:
    broker.execute("INSERT INTO crm.assignment (customer_id, staff_id) VALUES (4, 'S2'), (4, 'S1')")
    leave(broker, reassign_to="S2")
    assert [row for row in assigned(broker) if row[0] == 4] == [(4, "C1", None), (4, "S1", True), (4, "S2", None)]


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"reassign_to": "S2", "to_pool": True}, "to S2 and to the pool"),
        ({"reassign_to": "S1"}, "cannot take over"),
        ({"reassign_to": "S9"}, "no staff member 'S9'"),
    ],
)
def test_who_takes_over_works_here_and_is_another(broker: Broker, how: dict[str, Any], said: str) -> None:
    before = served(broker)
    with pytest.raises(UsageError, match=said):
        leave(broker, **how)
    assert served(broker) == before
    assert broker.rows("SELECT active FROM pgcustsec_internal.staff WHERE staff_id = 'S1'") == [(True,)]


def test_who_has_left_takes_nothing_over(broker: Broker) -> None:
    leave(broker, "S2")
    with pytest.raises(UsageError, match="has left"):
        leave(broker, reassign_to="S2")


def test_who_leaves_does_not_keep_their_leaving_waiting_by_a_lock(broker: Broker) -> None:
    """What they have locked follows once their connections are ended."""
    li = broker.database.connect(user=broker.login("li"), autocommit=False)
    li.execute("UPDATE customer SET note = 'mine' WHERE customer_id = 1")
    outcome = leave(broker, reassign_to="S2")
    assert not outcome.subject.active
    assert served(broker)[1] == "S2"
    with pytest.raises(psycopg.OperationalError):
        li.execute("SELECT 1")
    li.close()


def test_what_somebody_else_has_locked_stays_and_is_said(broker: Broker) -> None:
    with broker.database.connect(autocommit=False) as other:
        other.execute("SELECT FROM crm.customer WHERE customer_id = 4 FOR UPDATE")
        outcome = leave(broker, reassign_to="S2")
        assert outcome.notices[-1].startswith("1 of crm.customer still name S1")
        other.rollback()
    assert served(broker)[4] == "S1"
    assert leave(broker, reassign_to="S2").done == ("to S2: 1 of crm.customer",)


def test_tables_that_are_not_as_applied_keep_nobody_from_leaving(broker: Broker) -> None:
    broker.execute("ALTER TABLE crm.customer RENAME TO client")
    outcome = leave(broker)
    assert not outcome.subject.active
    assert outcome.notices[-1].startswith("could not count whom S1 served")


def test_a_rule_of_a_table_that_forbids_it_leaves_everything_as_it_was(broker: Broker) -> None:
    broker.execute("ALTER TABLE crm.customer ADD CONSTRAINT not_s2 CHECK (owner_staff_id <> 'S2') NOT VALID")
    with pytest.raises(Refused, match=r"not_s2 of crm\.customer forbids it") as refused:
        leave(broker, reassign_to="S2")
    assert "110101" not in str(refused.value.__cause__), "no value of the row"
    assert broker.rows("SELECT active FROM pgcustsec_internal.staff WHERE staff_id = 'S1'") == [(True,)]
    assert not leave(broker).subject.active
