"""A customer's wish to be erased: filed by who serves them, approved, fulfilled with a certificate (4.3)."""

from __future__ import annotations

import hashlib

import psycopg
import pytest

from tests.integration.clients.world import Broker
from tests.integration.retention.world import hold, release, supervisor
from tests.integration.subject.wishes import (
    approve,
    assert_gone,
    assert_whole,
    certificates,
    erase,
    granted,
    state,
    wished,
)


def test_an_approved_wish_destroys_the_customer_and_all_that_hangs_on_them(broker: Broker) -> None:
    with broker.person("chen") as chen:
        number = granted(broker, chen, 1001)
        assert_whole(broker, 1001)
        assert erase(chen, number) == "erased"
    assert_gone(broker, 1001)
    assert_whole_but_certified(broker, 1002)
    assert state(broker, number) == "erased"


def assert_whole_but_certified(broker: Broker, customer: int) -> None:
    assert broker.rows("SELECT count(*) FROM crm.policy WHERE customer_id = %s", customer) == [(2,)]
    assert broker.rows('SELECT count(*) FROM pgcustsec_vault."crm.customer" WHERE customer_id = %s', customer) == [(1,)]


def test_its_certificate_names_the_request_and_no_rule(broker: Broker) -> None:
    with broker.person("chen") as chen:
        number = granted(broker, chen, 1001, 1002)
        [(certificate,)] = chen.execute("SELECT pgcustsec.erase(%s)", [number]).fetchall()
    with supervisor(broker) as qin:
        found = qin.execute(
            "SELECT certificate_id, relation, rule, request_id, action, subjects, counts, keys_digest, due_until,"
            " login::text FROM pgcustsec.certificates"
        ).fetchall()
    counts = {"crm.customer": 2, "crm.policy": 4, "crm.claim": 6, "crm.attachment": 2, "crm.assignment": 2}
    digest = hashlib.sha256(b"1001\n1002").hexdigest()
    login = broker.login("chen")
    assert found == [(certificate, "crm.customer", None, number, "destroyed", 2, counts, digest, None, login)]


def test_every_step_of_it_is_in_the_record_of_access(broker: Broker) -> None:
    with broker.person("chen") as chen:
        number = granted(broker, chen, 1001)
        erase(chen, number)
    with supervisor(broker) as qin:
        steps = qin.execute(
            "SELECT kind, staff_id, reason FROM pgcustsec.access_log WHERE about = %s ORDER BY audit_id",
            [f"request {number}"],
        ).fetchall()
    assert steps == [
        ("request_filed", "C1", "their letter of 2026-11-20"),
        ("request_approved", "M1", "their right"),
        ("request_approved", "L1", "their right"),
        ("request_erased", "C1", None),
    ]


def test_a_wish_that_is_said_again_is_the_one_on_its_way(broker: Broker) -> None:
    with broker.person("chen") as chen:
        first = wished(chen, 1001)
        assert wished(chen, 1001) == first
        approve(broker, first)
        assert wished(chen, 1001) == first
        assert wished(chen, 1002) != first
        assert erase(chen, first) == "erased"


def test_it_is_not_fulfilled_before_everybody_has_approved_nor_twice(broker: Broker) -> None:
    with broker.person("chen") as chen:
        number = wished(chen, 1001)
        assert erase(chen, number) == "CS302"
        approve(broker, number, "zhao")
        assert erase(chen, number) == "CS302"
        assert_whole(broker, 1001)
        approve(broker, number, "luo")
        assert (erase(chen, number), erase(chen, number)) == ("erased", "CS302")
    assert certificates(broker) == [(number, 1)]


def refusal(broker: Broker, login: str, *statement: object) -> tuple[str | None, str]:
    with broker.person(login) as person:
        with pytest.raises(psycopg.Error) as refused:
            person.execute(str(statement[0]).encode(), list(statement[1:]) or None)
        return refused.value.sqlstate, str(refused.value)


def test_a_legal_hold_refuses_and_is_named_without_its_reason(broker: Broker) -> None:
    by_key = hold(broker, [1001])
    by_conditions = hold(broker, where='[{"column": "note", "is": "=", "value": "kan-1001-note"}]')
    with broker.person("chen") as chen:
        number = granted(broker, chen, 1001)
    code, said = refusal(broker, "chen", "SELECT pgcustsec.erase(%s)", number)
    [(review,)] = broker.rows(
        "SELECT (review_at AT TIME ZONE 'UTC')::date FROM pgcustsec_internal.hold WHERE hold_id = 1"
    )
    assert code == "CS501"
    assert f"1001 by hold {by_key}, to be looked at again on {review}" in said and f"hold {by_conditions}" in said
    assert "lawsuit" not in said and "118" not in said and "kan-" not in said
    assert_whole(broker, 1001)
    assert state(broker, number) == "approved", "the wish stays on record"
    release(broker, by_key)
    release(broker, by_conditions)
    with broker.person("chen") as chen:
        assert erase(chen, number) == "erased"


@pytest.mark.parametrize(
    ("ends", "named"), [("'2027-03-31'", "runs until 2027-03-31"), ("NULL", "runs on without an end")]
)
def test_a_running_policy_refuses_and_its_date_is_named(broker: Broker, ends: str, named: str) -> None:
    broker.execute(f"UPDATE crm.policy SET ends_on = {ends} WHERE policy_id = 2002")
    with broker.person("chen") as chen:
        number = granted(broker, chen, 1001)
    code, said = refusal(broker, "chen", "SELECT pgcustsec.erase(%s)", number)
    assert (code, f"1001 by crm.policy.ends_on, which {named}" in said) == ("CS507", True), said
    assert_whole(broker, 1001)
    broker.execute("UPDATE crm.policy SET ends_on = '2026-01-31' WHERE policy_id = 2002")
    with broker.person("chen") as chen:
        assert erase(chen, number) == "erased"


def test_of_several_customers_each_exception_is_named_and_nobody_is_erased(broker: Broker) -> None:
    hold(broker, [1002])
    broker.execute("UPDATE crm.policy SET ends_on = '2027-03-31' WHERE policy_id = 2006")
    with broker.person("chen") as chen:
        number = granted(broker, chen, 1001, 1002, 1003)
    code, said = refusal(broker, "chen", "SELECT pgcustsec.erase(%s)", number)
    assert (code, "1002 by hold" in said, "1003 by crm.policy" in said, "1001 by" in said) == (
        "CS501",
        True,
        True,
        False,
    )
    assert_whole(broker, 1001, 1002, 1003)


def test_a_row_that_somebody_has_is_refused_and_not_waited_for(broker: Broker) -> None:
    with broker.person("chen") as chen, broker.database.connect() as other:
        number = granted(broker, chen, 1001)
        for busy in (
            "UPDATE crm.customer SET note = 'busy' WHERE customer_id = 1001",
            "UPDATE crm.claim SET amount = 1 WHERE policy_id = 2002",
            f"SELECT FROM pgcustsec_internal.request WHERE request_id = {number} FOR UPDATE",
        ):
            other.execute("BEGIN")
            other.execute(busy.encode())
            assert erase(chen, number) == "55P03", busy
            other.execute("ROLLBACK")
        assert_whole(broker, 1001)
        assert erase(chen, number) == "erased"
        assert chen.execute("SHOW lock_timeout").fetchall() == [("0",)]


def test_a_table_that_the_matrix_does_not_know_keeps_its_customer(broker: Broker) -> None:
    broker.as_owner(
        "CREATE TABLE crm.letter (customer_id bigint REFERENCES crm.customer); INSERT INTO crm.letter VALUES (1001)"
    )
    with broker.person("chen") as chen:
        number = granted(broker, chen, 1001)
    code, said = refusal(broker, "chen", "SELECT pgcustsec.erase(%s)", number)
    assert (code, "letter_customer_id_fkey of letter" in said) == ("CS410", True), said
    assert_whole(broker, 1001)


def test_a_trigger_that_keeps_the_row_leaves_no_certificate(broker: Broker) -> None:
    broker.as_owner(
        "CREATE FUNCTION crm.keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';"
        "CREATE TRIGGER keep BEFORE DELETE ON crm.customer FOR EACH ROW EXECUTE FUNCTION crm.keep()"
    )
    with broker.person("chen") as chen:
        number = granted(broker, chen, 1001)
        assert erase(chen, number) == "CS410"
    assert_whole(broker, 1001)


FILING = "SELECT pgcustsec.file_erasure('crm.customer', %s, 'a letter')"


@pytest.mark.parametrize(
    ("login", "keys", "code"),
    [
        ("chen", ["2"], "CS202"),  # of her branch, and somebody else's to serve
        ("chen", ["3"], "CS201"),  # of another branch
        ("chen", ["999999"], "CS201"),
        ("chen", ["x"], "CS201"),
        ("chen", [" 1001"], "CS309"),
        ("chen", ["1001", "1001"], "CS309"),
        ("chen", [], "CS309"),
        ("chen", [str(key) for key in range(1001, 1022)], "CS309"),
        ("sun", ["1001"], "42501"),
        ("li", ["1001"], "42501"),
    ],
)
def test_who_does_not_serve_the_customer_files_no_wish(broker: Broker, login: str, keys: list[str], code: str) -> None:
    assert refusal(broker, login, FILING, keys)[0] == code


def test_a_wish_states_how_it_was_said_and_is_filed_at_work(broker: Broker) -> None:
    assert refusal(broker, "chen", "SELECT pgcustsec.file_erasure('crm.customer', '{1001}', ' ')")[0] == "CS206"
    with broker.database.connect(user=broker.login("chen")) as chen:
        chen.execute("SELECT pgcustsec.end_session()")
        with pytest.raises(psycopg.Error) as refused:
            chen.execute(FILING.encode(), [["1001"]])
        assert refused.value.sqlstate == "CS005"


def test_what_hangs_on_a_customer_is_not_erased_for_itself(broker: Broker) -> None:
    assert refusal(broker, "chen", "SELECT pgcustsec.file_erasure('crm.policy', '{2002}', 'a letter')")[0] == "CS208"


ASKING = "SELECT pgcustsec.file_request('erasure', 'servicing', 'crm.customer', %s, %s, %s, 3)"


@pytest.mark.parametrize(
    ("columns", "predicate", "keys", "code"),
    [
        (["mobile"], None, ["1001"], "CS309"),
        ([], '[{"column": "branch_code", "is": "=", "value": "BJ"}]', None, "CS309"),
        ([], None, ["3"], "CS201"),
    ],
)
def test_it_names_keys_and_neither_columns_nor_conditions(
    broker: Broker, columns: list[str], predicate: str | None, keys: list[str] | None, code: str
) -> None:
    assert refusal(broker, "chen", ASKING, columns, predicate, keys)[0] == code
    with broker.person("chen") as chen:
        assert chen.execute(ASKING.encode(), [[], None, ["1001"]]).fetchall(), "the control"


def test_it_shows_nothing_in_full_and_gives_no_extract(broker: Broker) -> None:
    with broker.person("chen") as chen:
        number = granted(broker, chen, 1001)
    assert refusal(broker, "chen", "SELECT pgcustsec.open_full(%s, '1001')", number)[0] == "CS202"
    assert refusal(broker, "chen", "SELECT pgcustsec.begin_extract(%s, 'plain')", number)[0] == "CS202"


def test_by_a_request_of_another_kind_nothing_is_erased(broker: Broker) -> None:
    with broker.person("chen") as chen:
        [(number,)] = chen.execute(
            "SELECT pgcustsec.file_request('special', 'servicing', 'crm.customer', '{mobile}', NULL, '{1001}', 3)"
        ).fetchall()
        approve(broker, number)
        assert erase(chen, number) == "CS202"
    assert_whole(broker, 1001)


def test_extracts_that_hold_the_customer_are_named_in_the_certificate(broker: Broker) -> None:
    with broker.person("li") as li, broker.person("chen") as chen:
        [(asked,)] = li.execute(
            "SELECT pgcustsec.file_request('special', 'selling', 'crm.policy', '{product}', NULL, '{2002}', 3)"
        ).fetchall()
        approve(broker, asked)
        [(extract,)] = li.execute("SELECT pgcustsec.begin_extract(%s, 'plain')", [asked]).fetchall()
        erase(chen, granted(broker, chen, 1001))
    assert broker.rows("SELECT extracts FROM pgcustsec_internal.certificate") == [([extract],)]
