"""Legal holds: what they cover is not destroyed until they are released, and shows to nobody meanwhile (3.3, 4.3)."""

from __future__ import annotations

import contextlib
import json
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from pgcustsec.errors import NotAllowed
from pgcustsec.matrix.model import Role
from pgcustsec.retention import list_holds, place_hold, release_hold, retention_status
from tests.integration.clients.world import Broker
from tests.integration.retention.world import (
    apply,
    batch_of,
    hold,
    left_of_anybody,
    more,
    orphans,
    release,
    supervisor,
    sweep_once,
    there,
    until,
)

PLACE = "SELECT pgcustsec.place_hold(%s, %s::text[], %s::jsonb, %s, %s, %s)"
NOTE = json.dumps([{"column": "note", "is": "in", "value": ["kan-1002-note", "kan-1004-note"]}])


def added(broker: Broker) -> list[int]:
    return [one for one in there(broker) if one > 1000]


def test_rows_named_by_a_hold_stay_until_it_is_released(broker: Broker) -> None:
    more(broker, 1001, 1004)
    number = hold(broker, [1002, 1003])
    assert sweep_once(broker) == (2, 0, 0)
    assert added(broker) == [1002, 1003] and left_of_anybody(broker) == {1002, 1003}, "with all that hangs on them"
    with broker.person("sun") as sun:
        assert sun.execute("SELECT FROM customer WHERE customer_id > 1000").fetchall() == [], "they show to nobody"
    release(broker, number)
    assert sweep_once(broker) == (2, 0, 0)
    assert added(broker) == [] == orphans(broker)


def test_a_predicate_covers_what_is_due_and_what_comes(broker: Broker) -> None:
    more(broker, 1001, 1002)
    number = hold(broker, where=NOTE)
    assert sweep_once(broker) == (1, 0, 0)
    more(broker, 1003, 1004)
    assert sweep_once(broker) == (1, 0, 0)
    assert added(broker) == [1002, 1004]
    with supervisor(broker) as connection:
        [known] = list_holds(connection)
    assert (known.subjects, known.keys) == (2, ["1002", "1004"])
    release(broker, number)
    assert sweep_once(broker) == (2, 0, 0)


@pytest.mark.one_server
def test_of_two_holds_each_is_enough(broker: Broker) -> None:
    more(broker, 1001, 1002)
    one, other = hold(broker, [1002]), hold(broker, where=NOTE)
    sweep_once(broker)
    release(broker, one)
    assert sweep_once(broker) == (0, 0, 0)
    release(broker, other)
    assert sweep_once(broker) == (1, 0, 0)


@pytest.mark.one_server
def test_a_row_that_a_predicate_was_found_to_cover_stays_covered(broker: Broker) -> None:
    more(broker, 1001, 1002)
    hold(broker, where=NOTE)
    sweep_once(broker)
    broker.execute("UPDATE crm.customer SET note = 'other' WHERE customer_id = 1002")
    assert sweep_once(broker) == (0, 0, 0)


@pytest.mark.one_server
def test_holds_fill_no_batch(broker: Broker) -> None:
    """Those held were due first; a batch of two still destroys two."""
    more(broker, 1001, 1004)
    more(broker, 1005, 1006, contact="2002-01-01")
    hold(broker, where=json.dumps([{"column": "customer_id", "is": "<=", "value": 1004}]))
    assert sweep_once(broker, 2) == (2, 0, 0)
    assert added(broker) == [1001, 1002, 1003, 1004]


@pytest.mark.one_server
def test_a_hold_before_the_term_is_a_hold_after_it(broker: Broker) -> None:
    more(broker, 1001, 1001, contact="2026-11-01")
    hold(broker, [1001])
    broker.execute("UPDATE crm.customer SET last_contact_at = '2001-01-01' WHERE customer_id = 1001")
    assert sweep_once(broker) == (0, 0, 0)
    assert until(broker, 1001) < datetime.now(UTC), "the term itself goes on"


def test_a_hold_that_is_placed_while_a_sweep_runs_waits_for_it(broker: Broker) -> None:
    """And says what is gone by then; what is left is held from then on."""
    more(broker, 1001, 1004)
    with broker.database.connect() as sweeping:
        with sweeping.transaction():
            assert batch_of(sweeping, 2) == (2, 0, 0)
            thread = threading.Thread(target=lambda: hold(broker, range(1001, 1005)))
            thread.start()
            thread.join(0.3)
            assert thread.is_alive()
        thread.join()
        assert batch_of(sweeping, 10) == (0, 0, 0)
    assert len(added(broker)) == 2 and orphans(broker) == []


def test_a_hold_that_is_being_placed_keeps_a_sweep_waiting(broker: Broker) -> None:
    more(broker, 1001, 1002)
    done: list[Any] = []
    with supervisor(broker) as placing:
        with placing.transaction():
            review = datetime.now(UTC) + timedelta(days=1)
            placing.execute(PLACE, ["crm.customer", ["1002"], None, "lawsuit", None, review])
            thread = threading.Thread(target=lambda: done.append(sweep_once(broker)))
            thread.start()
            thread.join(0.3)
            assert thread.is_alive()
        thread.join()
    assert done == [(1, 0, 0)] and added(broker) == [1002]


@pytest.mark.one_server
def test_a_hold_that_is_rolled_back_holds_nothing(broker: Broker) -> None:
    more(broker, 1001, 1001)
    with supervisor(broker) as placing, placing.transaction(force_rollback=True):
        review = datetime.now(UTC) + timedelta(days=1)
        placing.execute(PLACE, ["crm.customer", ["1001"], None, "lawsuit", None, review])
    assert sweep_once(broker) == (1, 0, 0)


@pytest.mark.parametrize("key", [" 1002", "01002", "1002.0"])
@pytest.mark.one_server
def test_a_key_is_read_as_the_column_does_or_refused(broker: Broker, key: str) -> None:
    """A hold that names a key in another spelling, and silently holds nothing, is the worst of all holds."""
    more(broker, 1001, 1002)
    try:
        hold(broker, [key])
    except psycopg.Error as error:
        assert error.sqlstate == "CS309"
        return
    sweep_once(broker)
    assert 1002 in there(broker)


@pytest.mark.parametrize(
    ("placed", "swept"),
    [
        (("SQL, MDY", "UTC", "02/01/1990"), ("SQL, DMY", "UTC")),
        (("German, DMY", "UTC", "13.01.1990"), ("ISO, MDY", "UTC")),
    ],
)
@pytest.mark.one_server
def test_a_predicate_means_the_same_to_whoever_sweeps(
    broker: Broker, placed: tuple[str, str, str], swept: tuple[str, str]
) -> None:
    """A day is read as the placer wrote it, or only in the one spelling that everybody reads alike."""
    more(broker, 1001, 1001)
    meant = "1990-02-01" if placed[2] == "02/01/1990" else "1990-01-13"
    broker.execute(f"UPDATE crm.customer SET birth_date = '{meant}' WHERE customer_id = 1001")
    predicate = json.dumps([{"column": "birth_date", "is": "=", "value": placed[2]}])
    with supervisor(broker) as connection:
        connection.execute("SELECT set_config('DateStyle', %s, false)", [placed[0]])
        try:
            connection.execute(
                PLACE,
                ["crm.customer", None, predicate, "lawsuit", None, datetime.now(UTC) + timedelta(days=1)],
            )
        except psycopg.Error as error:
            assert error.sqlstate == "CS309"
            return
    with broker.database.connect() as connection:
        connection.execute("SELECT set_config('DateStyle', %s, false)", [swept[0]])
        batch_of(connection)
    assert 1001 in there(broker)


@pytest.mark.parametrize("word", ["today", "now"])
@pytest.mark.one_server
def test_a_predicate_names_a_day_and_not_one_that_moves(broker: Broker, word: str) -> None:
    with pytest.raises(psycopg.Error):
        hold(broker, where=json.dumps([{"column": "created_at", "is": "<", "value": word}]))


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({"reason": ""}, "CS206"),
        ({"reason": " \u3000\t"}, "CS206"),
        ({"reason": None}, "CS206"),
        ({"review": None}, "CS306"),
        ({"review": "2001-01-01"}, "CS306"),
        ({"review": "infinity"}, "CS306"),
        ({"review": "2099-01-01"}, "CS306"),
        ({"keys": None}, "CS309"),
        ({"keys": []}, "CS309"),
        ({"keys": ["1", None]}, "CS309"),
        ({"where": NOTE}, "CS309"),
        ({"keys": None, "where": "[]"}, "CS309"),
        ({"keys": None, "where": "{}"}, "CS309"),
        ({"keys": None, "where": "null"}, "CS309"),
        ({"keys": None, "where": '[{"column": "mobile", "is": "not null"}]'}, "CS309"),
        ({"keys": None, "where": '[{"column": "name", "is": "not null"}]'}, "CS309"),
        ({"keys": None, "where": '[{"column": "retain_until", "is": "not null"}]'}, "CS309"),
        ({"keys": None, "where": '[{"column": "age", "is": "=", "value": "1 OR true"}]'}, "CS309"),
        ({"keys": None, "where": '[{"column": "birth_date", "is": "=", "value": "soon"}]'}, "CS309"),
        ({"relation": "crm.policy"}, "CS208"),
        ({"relation": "crm.nothing"}, None),
    ],
)
@pytest.mark.one_server
def test_what_is_no_hold_is_refused(sealed_broker: Broker, change: dict[str, Any], state: str | None) -> None:
    given: dict[str, Any] = {
        "relation": "crm.customer",
        "keys": ["1"],
        "where": None,
        "reason": "lawsuit",
        "reference": None,
        "review": str(datetime.now(UTC) + timedelta(days=1)),
    } | change
    with supervisor(sealed_broker) as connection, connection.transaction(force_rollback=True):
        with pytest.raises(psycopg.Error) as refusal, connection.transaction():
            connection.execute(
                PLACE, [given[k] for k in ("relation", "keys", "where", "reason", "reference", "review")]
            )
        assert (refusal.value.sqlstate or "").startswith("CS")
        assert state is None or refusal.value.sqlstate == state


@pytest.mark.one_server
def test_a_hold_is_released_once_and_says_why(broker: Broker) -> None:
    number = hold(broker, [1])
    with supervisor(broker) as connection:
        for wrong, reason in ((number, " "), (number + 1, "over")):
            with pytest.raises(psycopg.Error):
                connection.execute("SELECT pgcustsec.release_hold(%s, %s)", [wrong, reason])
        release_hold(connection, number, "over")
        with pytest.raises(NotAllowed):
            release_hold(connection, number, "again")
        assert list_holds(connection) == []
        [known] = list_holds(connection, released=True)
    assert (known.released_by, known.release_reason, known.placed_by) == ("Q1", "over", "Q1")
    assert broker.rows("SELECT kind, staff_id, about FROM pgcustsec_internal.audit WHERE kind LIKE 'hold%%'") == [
        ("hold_placed", "Q1", f"hold {number}"),
        ("hold_released", "Q1", f"hold {number}"),
    ]


@pytest.mark.parametrize("name", ["li", "zhao", "chen", "sun", "ouyang"])
@pytest.mark.one_server
def test_who_does_not_supervise_neither_places_nor_releases_nor_reads_holds(broker: Broker, name: str) -> None:
    number = hold(broker, [1])
    with broker.database.connect(user=broker.login(name)) as connection:
        for do in (
            lambda: place_hold(connection, "crm.customer", "x", datetime.now(UTC) + timedelta(days=1), keys=["2"]),
            lambda: release_hold(connection, number, "x"),
            lambda: list_holds(connection),
            lambda: retention_status(connection),
        ):
            with pytest.raises(NotAllowed):
                do()
    assert broker.rows("SELECT count(*) FROM pgcustsec_internal.hold_release") == [(0,)]


@pytest.mark.one_server
def test_a_hold_is_counted_as_held(broker: Broker) -> None:
    more(broker, 1001, 1010)
    hold(broker, [1001, 1009])
    hold(broker, where=NOTE)
    with supervisor(broker) as connection:
        first = retention_status(connection)[0]
    assert (first.rule, first.due, first.held) == ("unsold_prospect", 10, 4)


@pytest.mark.one_server
def test_evidence_of_holds_is_not_rewritten(broker: Broker) -> None:
    number = hold(broker, [1])
    release(broker, number)
    for table in ("hold", "hold_subject", "hold_release"):
        for statement in (f"DELETE FROM pgcustsec_internal.{table}", f"TRUNCATE pgcustsec_internal.{table} CASCADE"):
            with pytest.raises(psycopg.Error):
                broker.execute(f"SET ROLE pgcustsec_owner; {statement}")


@pytest.mark.one_server
def test_who_is_held_is_not_anonymised_either(broker: Broker) -> None:
    more(broker, 1001, 1006, status="customer")
    hold(broker, [1003])
    assert sweep_once(broker) == (0, 5, 0)
    assert left_of_anybody(broker) == {1003}


@pytest.mark.one_server
def test_a_hold_by_a_column_that_the_matrix_knows_no_more_holds_on(broker: Broker) -> None:
    """It cannot be judged any more: nothing is destroyed until a supervisor has released it."""
    more(broker, 1001, 1002)
    hold(broker, where=NOTE)
    table = broker.matrix.tables["crm.customer"]
    fewer = {name: column for name, column in table.columns.items() if name != "note"}
    roles = {name: without(role, "note") for name, role in broker.matrix.roles.items()}
    tables = {**broker.matrix.tables, "crm.customer": replace(table, columns=fewer)}
    apply(broker, replace(broker.matrix, tables=tables, roles=roles))
    with contextlib.suppress(psycopg.Error):
        sweep_once(broker)
    assert 1002 in there(broker)


def without(role: Role, column: str) -> Role:
    """*role*, which does not write *column* of customers."""
    access = role.tables.get("crm.customer")
    if access is None:
        return role
    insert, update = (
        tuple(one for one in names if one != column) for names in (access.write.insert, access.write.update)
    )
    written = replace(access.write, insert=insert, update=update)
    return replace(role, tables={**role.tables, "crm.customer": replace(access, write=written)})
