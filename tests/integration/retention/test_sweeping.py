# ruff: noqa: E501 - a statement of SQL reads best on its line
"""Destroying what is past its term, batch by batch, with what hangs on it and a certificate (4.3)."""

from __future__ import annotations

import contextlib
import hashlib
import json
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from psycopg import errors

from pgcustsec.errors import Refused, UsageError
from pgcustsec.retention import Swept, list_certificates, sweep
from tests.integration.clients.world import Broker
from tests.integration.retention.world import (
    CHILDREN,
    CUSTOMER,
    apply,
    batch_of,
    hold,
    left_of_anybody,
    more,
    orphans,
    past_term,
    release,
    rule,
    supervisor,
    sweep_once,
    swept,
    there,
    until,
    with_rules,
)


def digest(keys: list[str]) -> str:
    return hashlib.sha256("\n".join(sorted(keys, key=str.encode)).encode()).hexdigest()


def certified(broker: Broker) -> list[tuple[Any, ...]]:
    with supervisor(broker) as connection:
        return [
            (one.rule, one.action, one.subjects, one.counts, one.digest)
            for one in reversed(list_certificates(connection))
        ]


def test_what_is_due_goes_with_all_that_hangs_on_it_and_a_certificate_says_so(broker: Broker) -> None:
    keys = more(broker, 1001, 1012)
    before = there(broker)
    assert sweep_once(broker) == (12, 0, 0)
    assert there(broker) == [one for one in before if one < 1000]
    counts = {
        "crm.customer": 12,
        "crm.policy": 24,
        "crm.claim": 36,
        "crm.attachment": 12,
        "crm.assignment": 12,
    }
    assert certified(broker) == [("unsold_prospect", "destroyed", 12, counts, digest(keys))]
    assert orphans(broker) == []
    assert left_of_anybody(broker) == set()


@pytest.mark.one_server
def test_digest_counts_keys_in_order_of_their_bytes(broker: Broker) -> None:
    keys = more(broker, 998, 1003)
    sweep_once(broker)
    [(*_, said)] = certified(broker)
    assert said == digest(keys) != hashlib.sha256("\n".join(keys).encode()).hexdigest()


@pytest.mark.one_server
def test_the_canaries_are_found_before(broker: Broker) -> None:
    more(broker, 1001, 1012)
    assert left_of_anybody(broker) == set(range(1001, 1013)), "else nothing is found after a sweep either"


@pytest.mark.one_server
def test_a_second_sweep_finds_nothing_and_certifies_nothing(broker: Broker) -> None:
    more(broker, 1001, 1003)
    assert sweep_once(broker) == (3, 0, 0)
    assert sweep_once(broker) == (0, 0, 0)
    assert len(certified(broker)) == 1


def test_who_is_not_due_keeps_everything(broker: Broker) -> None:
    more(broker, 1001, 1003)
    more(broker, 1011, 1013, contact="2026-11-01")
    sweep_once(broker)
    assert set(there(broker)) >= {1, 2, 3, 4, 5, 1011, 1012, 1013}
    assert left_of_anybody(broker) == {1011, 1012, 1013}
    [(policies, claims, history)] = broker.rows(
        "SELECT (SELECT count(*) FROM crm.policy WHERE customer_id > 1000),"
        " (SELECT count(*) FROM crm.claim WHERE diagnosis LIKE 'kan%'),"
        " (SELECT count(*) FROM pgcustsec_internal.change WHERE old_value IS NOT NULL AND relation = 'crm.customer')"
    )
    assert (policies, claims, history) == (6, 9, 3)


def test_the_history_keeps_that_something_was_changed_by_whom_and_when(broker: Broker) -> None:
    more(broker, 1001, 1001)
    query = (
        "SELECT change_id, relation, record_key, operation, column_name, changed_at, staff_id, login"
        " FROM pgcustsec_internal.change ORDER BY 1"
    )
    before = broker.rows(query)
    sweep_once(broker)
    assert broker.rows(query) == before and len(before) >= 3


def test_whatever_people_said_of_a_change_goes_with_it(broker: Broker) -> None:
    """On whose word a change stands is in a person's own words, as its reason is."""
    more(broker, 1001, 1001)
    broker.execute(
        "INSERT INTO pgcustsec_internal.change_confirmation (change_id, staff_id, word)"
        " SELECT change_id, 'S1', 'said kan-1001-word by telephone' FROM pgcustsec_internal.change"
        " WHERE record_key = '1001' AND relation = 'crm.customer'"
    )
    sweep_once(broker)
    assert left_of_anybody(broker) == set()


def test_an_open_record_is_closed(broker: Broker) -> None:
    with broker.person("li") as li:
        li.execute("SELECT pgcustsec.open_record('crm.customer', '1', 'call')")
        past_term(broker, 1)
        sweep_once(broker)
        assert broker.rows("SELECT FROM pgcustsec_internal.session_access WHERE record_key = '1'") == []
        assert li.execute("SELECT mobile FROM customer WHERE mobile <> '***'").fetchall() == []


@pytest.mark.one_server
def test_a_batch_takes_those_first_who_were_due_first(broker: Broker) -> None:
    more(broker, 1001, 1002, contact="2003-01-01", ends=None)
    broker.execute("UPDATE crm.policy SET ends_on = '2002-01-01' WHERE customer_id > 1000")
    more(broker, 1003, 1004, contact="2002-01-01")
    assert sweep_once(broker, 2) == (2, 0, 0)
    assert [one for one in there(broker) if one > 1000] == [1001, 1002]


@pytest.mark.parametrize("batch", [None, 0, -5])
@pytest.mark.one_server
def test_a_batch_of_nothing_is_one_of_one(broker: Broker, batch: int | None) -> None:
    more(broker, 1001, 1002)
    with broker.database.connect() as connection:
        [(gone,)] = connection.execute("SELECT destroyed FROM pgcustsec.sweep('crm.customer', %s)", [batch]).fetchall()
    assert gone == 1


def test_two_rules_due_in_one_batch_have_a_certificate_each(broker: Broker) -> None:
    more(broker, 1001, 1003)
    more(broker, 1011, 1016, status="customer")
    assert sweep_once(broker) == (3, 6, 0)
    assert [(one[0], one[1], one[2]) for one in certified(broker)] == [
        ("former_customer", "anonymised", 6),
        ("unsold_prospect", "destroyed", 3),
    ]


def test_what_changed_without_its_trigger_is_worked_out_anew_and_not_destroyed(broker: Broker) -> None:
    more(broker, 1001, 1003)
    broker.execute(
        "SET session_replication_role = replica; UPDATE crm.customer SET last_contact_at = now() WHERE customer_id = 1002"
    )
    assert until(broker, 1002).year < 2026
    assert sweep_once(broker) == (2, 0, 1)
    assert until(broker, 1002).year > 2026 and 1002 in there(broker)
    assert certified(broker)[0][2] == 2


def test_sweeping_in_an_old_snapshot_is_refused(broker: Broker) -> None:
    """A hold that was placed since would be passed over."""
    more(broker, 1001, 1001)
    for level in ("REPEATABLE READ", "SERIALIZABLE"):
        with broker.database.connect() as connection, connection.transaction():
            connection.execute(f"SET TRANSACTION ISOLATION LEVEL {level}")
            with pytest.raises(psycopg.Error), connection.transaction():
                connection.execute("SELECT pgcustsec.sweep('crm.customer')")
    assert 1001 in there(broker)


def test_two_sweeps_at_once_share_the_work(broker: Broker) -> None:
    keys = more(broker, 1001, 1040)
    with broker.database.connect() as one, broker.database.connect() as other, one.transaction(), other.transaction():
        assert batch_of(one, 15) == (15, 0, 0)
        assert batch_of(other, 100) == (25, 0, 0)
    assert certified(broker)[0][2] + certified(broker)[1][2] == len(keys)
    assert orphans(broker) == [] and left_of_anybody(broker) == set()


def test_many_sweeps_at_once_destroy_everybody_once(broker: Broker) -> None:
    more(broker, 1001, 1100)
    gone: list[int] = []

    def work() -> None:
        with broker.database.connect(user=broker.admin) as connection:
            while any(counts := batch_of(connection, 7)):
                gone.append(counts[0])

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(gone) == 100 == sum(one[2] for one in certified(broker))
    assert orphans(broker) == [] and left_of_anybody(broker) == set()


def test_rows_that_others_have_locked_are_for_the_next_sweep(broker: Broker) -> None:
    more(broker, 1001, 1005)
    with broker.database.connect() as other, other.transaction():
        other.execute("SELECT FROM crm.customer WHERE customer_id = 1003 FOR UPDATE")
        assert swept(broker) == Swept(CUSTOMER, destroyed=4, anonymised=0, restamped=0, left=1)
    assert [one for one in there(broker) if one > 1000] == [1003]
    assert swept(broker).destroyed == 1


@pytest.mark.parametrize("child", CHILDREN)
def test_a_locked_row_that_hangs_on_somebody_keeps_nobody_else(broker: Broker, child: str) -> None:
    """Who has one claim open in an editor does not stop the destruction of everybody."""
    more(broker, 1001, 1005)
    mine = {
        "crm.claim": "policy_id IN (SELECT policy_id FROM crm.policy WHERE customer_id = 1003)",
    }.get(child, "customer_id = 1003")
    with broker.database.connect() as other, other.transaction():
        other.execute(f"SELECT FROM {child} WHERE {mine} FOR NO KEY UPDATE".encode())
        with contextlib.suppress(Refused):
            swept(broker, lock_timeout="150ms")
        assert [one for one in there(broker) if one > 1000] == [1003]


def test_a_claim_that_is_filed_while_its_customer_goes_is_no_orphan(broker: Broker) -> None:
    more(broker, 1001, 1003)
    with broker.database.connect() as other:
        with other.transaction():
            other.execute("INSERT INTO crm.claim (policy_id, diagnosis, filed_on) VALUES (2002, 'late', '2026-11-29')")
            done: list[object] = []

            def work() -> None:
                try:
                    done.append(sweep_once(broker))
                except psycopg.Error as error:
                    done.append(error.sqlstate)

            thread = threading.Thread(target=work)
            thread.start()
            thread.join(0.4)
        thread.join()
    # Whichever was first: both are there, or both are gone, and the next sweep goes through.
    assert orphans(broker) == []
    swept(broker)
    assert orphans(broker) == [] and [one for one in there(broker) if one > 1000] == []


def test_a_policy_that_is_sold_while_its_customer_is_due_keeps_them(broker: Broker) -> None:
    more(broker, 1001, 1002)
    with broker.database.connect() as other, other.transaction():
        other.execute(
            "INSERT INTO crm.policy (customer_id, product, starts_on, ends_on) VALUES (1001, 'life', now(), NULL)"
        )
        assert sweep_once(broker) == (1, 0, 0)
    assert sweep_once(broker) == (0, 0, 0)
    assert 1001 in there(broker)


@pytest.mark.one_server
def test_a_limit_is_kept_across_batches(broker: Broker) -> None:
    more(broker, 1001, 1020)
    done = swept(broker, batch=3, limit=7)
    assert (done.destroyed, done.left) == (7, 13)
    assert [one[2] for one in certified(broker)] == [3, 3, 1]


@pytest.mark.one_server
def test_no_batch_begins_after_the_moment_said(broker: Broker) -> None:
    more(broker, 1001, 1020)
    end = datetime(2026, 11, 29, 6, tzinfo=UTC)
    ticks = iter(end - timedelta(minutes=5 - 2 * n) for n in range(10))
    done = swept(broker, batch=2, until=end, clock=lambda: next(ticks))
    assert done.destroyed == 6


@pytest.mark.one_server
def test_a_table_without_terms_is_refused(broker: Broker) -> None:
    with broker.connect(broker.admin) as connection, pytest.raises(UsageError):
        sweep(connection, ["crm.policy"])
    with broker.database.connect() as connection, pytest.raises(psycopg.Error):
        connection.execute("SELECT pgcustsec.sweep('crm.policy')")


def test_extracts_that_hold_somebody_are_named_in_the_certificate(broker: Broker) -> None:
    more(broker, 1001, 1002, contact="2026-11-01")
    with broker.person("li") as li:
        [(number,)] = li.execute(
            "SELECT pgcustsec.file_request('special', 'selling', 'crm.customer', '{name}', NULL, '{1,1001}', 3)"
        ).fetchall()
        for name in ("zhao", "luo"):
            with broker.database.connect(user=broker.login(name)) as approver:
                approver.execute("SELECT pgcustsec.decide_request(%s, 'approve', 'needed')", [number])
        [(extract,)] = li.execute("SELECT pgcustsec.begin_extract(%s, 'plain')", [number]).fetchall()
    broker.execute("UPDATE crm.customer SET last_contact_at = '2001-02-03' WHERE customer_id > 1000")
    assert sweep_once(broker, 1) == sweep_once(broker, 1) == (1, 0, 0)
    with supervisor(broker) as connection:
        assert sorted(one.extracts for one in list_certificates(connection)) == [[], [extract]]


@pytest.mark.one_server
def test_a_table_of_others_that_refers_to_somebody_is_named_and_keeps_nobody_else(broker: Broker) -> None:
    more(broker, 1001, 1005)
    broker.as_owner("CREATE TABLE crm.prize (customer_id bigint REFERENCES crm.customer)")
    broker.as_owner("INSERT INTO crm.prize VALUES (1003)")
    done = swept(broker)
    assert "prize" in str(done.problems) and "1003" not in str(done.problems)
    assert orphans(broker) == [] and [one for one in there(broker) if one > 1000] == [1003]
    assert done.left == 1


def test_one_by_one_as_well_holds_hold_and_what_is_not_due_stays(broker: Broker) -> None:
    """A row that cannot go sends the others one by one: each is looked at as in a batch, and one that is held stays."""
    more(broker, 1001, 1006)
    broker.as_owner("CREATE TABLE crm.prize (customer_id bigint REFERENCES crm.customer)")
    broker.as_owner("INSERT INTO crm.prize VALUES (1003)")
    number = hold(broker, where=json.dumps([{"column": "customer_id", "is": "=", "value": 1004}]))
    broker.execute(
        "SET session_replication_role = replica; UPDATE crm.customer SET last_contact_at = now() WHERE customer_id = 1005"
    )
    assert sweep_once(broker) == (3, 0, 1)
    assert [one for one in there(broker) if one > 1000] == [1003, 1004, 1005]
    assert until(broker, 1005).year > 2026
    assert orphans(broker) == [] and sum(one[2] for one in certified(broker)) == 3
    release(broker, number)
    assert sweep_once(broker) == (1, 0, 0)
    assert [one for one in there(broker) if one > 1000] == [1003, 1005]


@pytest.mark.one_server
def test_a_rule_that_is_gone_destroys_nothing(broker: Broker) -> None:
    more(broker, 1001, 1003)
    more(broker, 1011, 1016, status="customer")
    apply(broker, with_rules(broker.matrix, rule(broker.matrix, "former_customer")))
    assert swept(broker).destroyed == 0
    assert {1001, 1002, 1003} <= set(there(broker))


@pytest.mark.one_server
def test_statistics_are_no_place_for_values_once_analysed(broker: Broker) -> None:
    """Until the next ANALYZE the server's own sample of a column is what it was; afterwards nothing is left."""
    more(broker, 1001, 1100)
    broker.execute("ANALYZE crm.customer")
    sampled = "SELECT histogram_bounds::text FROM pg_stats WHERE schemaname = 'crm' AND attname = 'note'"
    assert "kan-" in str(broker.rows(sampled))
    sweep_once(broker)
    broker.execute("ANALYZE crm.customer")
    assert "kan-" not in str(broker.rows(sampled))


@pytest.mark.one_server
def test_errors_of_a_sweep_are_not_swallowed(broker: Broker) -> None:
    with broker.database.connect() as connection, pytest.raises(errors.Error):
        connection.execute("SELECT pgcustsec_internal._certify('crm.customer', 'none', NULL, '{1}', now(), '{}', '{}')")


@pytest.mark.one_server
def test_of_what_is_past_its_term_nobody_asks_whether_it_was_wished_gone(broker: Broker) -> None:
    """That is a call for each row. The control: of a row within its term it is asked."""
    more(broker, 1001, 1012)
    asked = "SELECT calls FROM pg_stat_xact_user_functions WHERE funcname = '_wish_granted'"
    with broker.database.connect() as connection, connection.transaction(force_rollback=True):
        connection.execute("SET LOCAL track_functions = 'all'")
        assert batch_of(connection) == (12, 0, 0)
        assert connection.execute(asked).fetchall() == []
        connection.execute("SET LOCAL ROLE pgcustsec_owner")
        assert connection.execute("DELETE FROM crm.customer WHERE customer_id = 1").rowcount == 0
        connection.execute("RESET ROLE")
        assert connection.execute(asked).fetchall() == [(1,)]


def test_a_batch_leaves_no_row_to_two_transactions(broker: Broker) -> None:
    """
    A row that one locked and another deleted, its subtransaction say, has a multixact: until a VACUUM it stays in the
    index, where every batch that follows passes it. The control makes one.
    """
    more(broker, 1001, 1012)
    with broker.database.connect() as connection:
        before = multixacts(connection)
        assert batch_of(connection) == (12, 0, 0)
        assert multixacts(connection) == before
        connection.execute(
            "DO $$BEGIN PERFORM FROM crm.customer WHERE customer_id = 1 FOR UPDATE;"
            " BEGIN UPDATE crm.customer SET note = note WHERE customer_id = 1; EXCEPTION WHEN no_data_found THEN END; END$$"
        )
        assert multixacts(connection) == before + 1


def multixacts(connection: psycopg.Connection[Any]) -> int:
    connection.execute("RESET ROLE")
    connection.execute("CHECKPOINT")
    [(number,)] = connection.execute("SELECT next_multixact_id::text FROM pg_control_checkpoint()").fetchall()
    return int(number)
