"""Sessions: tier 1 and 2 show to one person at work under a stated purpose, once that is committed (4.3, 5.2.4)."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from pgcustsec.access import end_session, list_sessions
from pgcustsec.errors import UsageError
from pgcustsec.migrate import apply_matrix
from tests.integration.clients.world import Broker

HEALTH = "SELECT health FROM customer WHERE customer_id = 1"


def at_the_door(broker: Broker, login: str) -> psycopg.Connection[Any]:
    """A connection of the person's login that starts no session."""
    return broker.database.connect(user=broker.login(login))


def health(connection: psycopg.Connection[Any]) -> str | None:
    [(shown,)] = connection.execute(HEALTH).fetchall()
    return shown


def refusal(connection: psycopg.Connection[Any], statement: str) -> tuple[str | None, str]:
    with pytest.raises(psycopg.Error) as caught:
        connection.execute(statement.encode())
    return caught.value.sqlstate, caught.value.diag.message_hint or ""


def test_without_a_session_tier_3_shows_and_nothing_else(broker: Broker) -> None:
    with at_the_door(broker, "li") as li:
        assert li.execute("SELECT name, mobile, health, gender FROM customer WHERE customer_id = 1").fetchall() == [
            (None, "***", None, "男")
        ]
        assert li.execute("SELECT count(*) FROM policy").fetchall() == [(0,)], "that one exists is tier 2"


def test_a_session_shows_tier_2_on_every_connection_of_the_login_once_it_is_committed(broker: Broker) -> None:
    with at_the_door(broker, "li") as li, at_the_door(broker, "li") as again:
        li.execute("BEGIN")
        li.execute("SELECT pgcustsec.start_session('selling')")
        assert health(li) is None
        assert health(again) is None
        li.execute("COMMIT")
        assert health(li) == "asthma"
        assert health(again) == "asthma"
        assert again.execute("SELECT count(*) FROM policy").fetchall() == [(2,)]


def test_a_session_that_is_rolled_back_never_was(broker: Broker) -> None:
    with at_the_door(broker, "li") as li:
        li.execute("BEGIN; SELECT pgcustsec.start_session('selling'); ROLLBACK")
        assert health(li) is None
        assert li.execute("SELECT * FROM pgcustsec.sessions").fetchall() == []


def test_a_session_of_a_transaction_of_the_future_is_none(broker: Broker) -> None:
    """What a dump of another server brings back: its transactions' numbers may be ahead of this one's."""
    with at_the_door(broker, "li") as li:
        li.execute("SELECT pgcustsec.start_session('selling')")
        li.execute("SELECT pgcustsec.open_record('customer', '1', 'restored')")
        broker.database.execute(
            "UPDATE pgcustsec_internal.session_access SET begun_by = '900000000', opened_by = '900000000'"
        )
        assert health(li) is None
        assert li.execute("SELECT mobile FROM customer WHERE customer_id = 1").fetchall() == [("***",)]
        assert refusal(li, "SELECT pgcustsec.open_record('customer', '1', 'again')")[0] == "CS005"
        assert li.execute("SELECT cleared FROM pgcustsec.whoami()").fetchall() == [(False,)]
        li.execute("SELECT pgcustsec.start_session('selling')")
        assert health(li) == "asthma"


@pytest.mark.parametrize("purpose", ["servicing", "stealing", ""])
def test_a_purpose_that_no_role_of_the_person_works_for_is_refused_with_theirs(broker: Broker, purpose: str) -> None:
    with at_the_door(broker, "li") as li:
        assert refusal(li, f"SELECT pgcustsec.start_session('{purpose}')") == ("CS007", "Yours: selling.")
        assert refusal(li, "SELECT pgcustsec.start_session(NULL)")[0] == "CS007"


def test_whoami_says_what_is_missing_and_how_to_get_it(broker: Broker) -> None:
    asked = "SELECT cleared, reason, next_step FROM pgcustsec.whoami()"
    with at_the_door(broker, "li") as li:
        [(cleared, reason, next_step)] = li.execute(asked).fetchall()
        assert (cleared, "no session" in reason) == (False, True)
        li.execute(next_step.removeprefix("start one: ").encode())
        assert li.execute(asked).fetchall() == [(True, None, None)]


def test_the_next_session_ends_the_one_before_and_ending_it_leaves_none(broker: Broker) -> None:
    with at_the_door(broker, "li") as li:
        li.execute("SELECT pgcustsec.start_session('selling')")
        li.execute("SELECT pgcustsec.start_session('selling')")
        states = "SELECT state FROM pgcustsec.sessions ORDER BY started_at"
        assert li.execute(states).fetchall() == [("superseded",), ("live",)]
        assert li.execute("SELECT pgcustsec.end_session(), pgcustsec.end_session()").fetchall() == [(True, False)]
        assert li.execute(states).fetchall() == [("superseded",), ("ended",)]
        assert health(li) is None


def test_a_session_past_its_term_shows_nothing_and_opens_nothing(broker: Broker) -> None:
    with broker.person("li") as li:
        broker.execute("UPDATE pgcustsec_internal.session_access SET ends_at = clock_timestamp()")
        assert health(li) is None
        state, hint = refusal(li, "SELECT pgcustsec.open_record('customer', '1', 'call')")
        assert state == "CS006"
        assert "start_session" in hint


def test_its_term_is_the_matrix(broker: Broker) -> None:
    with broker.person("li") as li:
        [(hours,)] = li.execute(
            "SELECT extract(epoch FROM ends_at - started_at) / 3600 FROM pgcustsec.sessions"
        ).fetchall()
    assert round(hours, 3) == 10


def test_people_see_their_own_sessions_and_supervisors_everybodys(broker: Broker) -> None:
    whose = "SELECT DISTINCT staff_id FROM pgcustsec.sessions ORDER BY 1"
    with broker.person("li") as li, broker.person("chen") as chen, broker.person("qin") as inspector:
        assert li.execute(whose).fetchall() == [("S1",)]
        assert chen.execute(whose).fetchall() == [("C1",)]
        assert inspector.execute(whose).fetchall() == [("C1",), ("Q1",), ("S1",)]


def test_a_purpose_that_loses_a_role_ends_its_work_there_with_the_apply(broker: Broker) -> None:
    from dataclasses import replace

    selling = broker.matrix.purposes["selling"]
    narrowed = replace(
        broker.matrix, purposes={**broker.matrix.purposes, "selling": replace(selling, roles=("sales_manager",))}
    )
    with broker.person("li") as li:
        assert health(li) == "asthma"
        with broker.connect(broker.admin) as administrator:
            apply_matrix(administrator, narrowed)
        assert health(li) is None


def test_an_administrator_ends_a_session_though_its_person_holds_a_lock_on_it(broker: Broker) -> None:
    li = broker.person("li")
    with broker.connect() as administrator:
        [session] = list_sessions(administrator, staff="S1")
        li.execute("BEGIN; SELECT pgcustsec.open_record('customer', '1', 'call')")
        assert end_session(administrator, session.session_id).state == "revoked"
        assert list_sessions(administrator, staff="S1") == []
    li.close()  # its connection was ended
    with at_the_door(broker, "li") as li:
        assert health(li) is None


def test_a_session_that_is_not_there_is_named(broker: Broker) -> None:
    from uuid import UUID

    with broker.connect(broker.admin) as administrator, pytest.raises(UsageError, match="no session"):
        end_session(administrator, UUID(int=1))


def test_who_leaves_ends_their_sessions_even_while_they_hold_locks(broker: Broker) -> None:
    with broker.person("li") as li:
        li.execute("BEGIN; SELECT pgcustsec.open_record('customer', '1', 'call')")
        broker.execute(
            "SET lock_timeout = '2s'", "UPDATE pgcustsec_internal.staff SET active = false WHERE staff_id = 'S1'"
        )
        li.execute("COMMIT")
        assert li.execute("SELECT count(*) FROM customer").fetchall() == [(0,)]
    assert broker.rows("SELECT why FROM pgcustsec_internal.session_end") == [("left",)]
