"""One record in full: by an approved request, the columns it names, of the rows it covers (5.2.1)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import psycopg
import pytest

from pgcustsec.migrate import apply_matrix
from tests.integration.clients.world import Broker
from tests.integration.disclosures.custody import disclosed, name_custodian
from tests.integration.extracts.approved import BJ, approve, approved, asked

CELLS = "SELECT name, mobile, email, id_card, health FROM customer WHERE customer_id = %s"
#: Customer 1 as li sees it: nothing open, open masked, and under a request for name, mobile and id_card.
CLOSED = ("王**", "***", "***", "***", "asthma")
MASKED = ("王**", "138****5678", "w***@***", "11****************", "asthma")
FULL = ("王小明", "13812345678", "w***@***", "110101199003070019", "asthma")


def cells(connection: psycopg.Connection[Any], key: int = 1) -> tuple[Any, ...]:
    [row] = connection.execute(CELLS, [key]).fetchall()
    return row


def open_full(connection: psycopg.Connection[Any], request: int, key: object = 1) -> None:
    connection.execute("SELECT pgcustsec.open_full(%s, %s)", [request, str(key)])


def refused(connection: psycopg.Connection[Any], request: int, key: object = 1) -> str | None:
    with pytest.raises(psycopg.Error) as caught:
        open_full(connection, request, key)
    return caught.value.sqlstate


def test_the_columns_named_show_in_full_once_the_opening_is_committed(broker: Broker) -> None:
    with broker.person("li") as li, broker.person("zhao") as manager:
        request = approved(broker, li, "name mobile id_card", keys=["1"])
        assert cells(li) == CLOSED, "an approval shows nothing by itself"
        li.execute("BEGIN")
        open_full(li, request)
        assert cells(li) == CLOSED
        li.execute("COMMIT")
        assert cells(li) == FULL, "and nothing else is lifted: email shows as any opened record's"
        assert cells(li, 4)[0] == "欧阳*"
        assert cells(manager) == CLOSED
        li.execute("SELECT pgcustsec.close_record('customer')")
        assert cells(li) == CLOSED


def test_a_rollback_opens_nothing(broker: Broker) -> None:
    with broker.person("li") as li:
        request = approved(broker, li, "mobile", keys=["1"])
        li.execute("BEGIN")
        open_full(li, request)
        li.execute("ROLLBACK")
        assert cells(li) == CLOSED


def test_its_row_in_the_record_names_the_request(broker: Broker) -> None:
    with broker.person("li") as li:
        request = approved(broker, li, "mobile", keys=["1"])
        open_full(li, request)
    [row] = broker.rows(
        "SELECT staff_id, role_code, relation, record_key, customer_key, about FROM pgcustsec_internal.audit"
        " WHERE kind = 'record_opened'"
    )
    assert row == ("S1", "sales_agent", "crm.customer", "1", "crm.customer 1", f"request {request}")


def test_an_ordinary_opening_in_between_shows_masked_again(broker: Broker) -> None:
    with broker.person("li") as li:
        request = approved(broker, li, "name mobile id_card", keys=["1"])
        open_full(li, request)
        li.execute("SELECT pgcustsec.open_record('customer', '1', 'call')")
        assert cells(li) == MASKED


@pytest.mark.parametrize("key", ["4", "3", "99", "x", ""])
def test_what_it_does_not_cover_or_the_role_does_not_see_is_refused(broker: Broker, key: str) -> None:
    with broker.person("li") as li:
        request = approved(broker, li, "mobile", keys=["1", "3"])
        assert refused(li, request, key) == ("CS309" if key == "4" else "CS201")
        assert cells(li, 4)[1] == "***"


def test_a_predicate_covers_rows_by_what_they_are(broker: Broker) -> None:
    born = {"column": "birth_date", "is": ">=", "value": "1990-01-01"}
    with broker.person("li") as li:
        request = approved(broker, li, "mobile", where=(*BJ, born))
        assert refused(li, request, 2) == "CS309", "born 1985"
        open_full(li, request, 1)
        assert cells(li)[1] == "13812345678"


def test_tier_2_that_the_role_does_not_see_there_shows_too_if_it_is_named(broker: Broker) -> None:
    """Customer 2 is in the pool: li sees that it is there, and nothing of tier 2."""
    with broker.person("li") as li:
        assert cells(li, 2) == (None, "***", "***", "***", None)
        request = approved(broker, li, "name health", keys=["2"])
        open_full(li, request, 2)
        assert cells(li, 2) == ("韩梅梅", "137****5678", "h***@***", "31****************", "unknown")


def test_it_counts_by_the_limit_of_the_request_and_not_by_the_day(broker: Broker) -> None:
    with broker.person("li") as li:
        request = approved(broker, li, "mobile", where=BJ, max_rows=2)
        for key in (1, 2, 1):
            open_full(li, request, key)
        assert refused(li, request, 4) == "CS309"
        assert refused(li, request, 5) == "CS309"
        open_full(li, request, 2)
        spent = li.execute("SELECT spent FROM pgcustsec.my_budget()").fetchall()
    assert {amount for (amount,) in spent} == {0}


@pytest.mark.parametrize("state", ["filed", "in approval", "refused", "withdrawn", "closed", "lapsed"])
def test_a_request_that_is_not_approved_opens_nothing(broker: Broker, state: str) -> None:
    with broker.person("li") as li:
        request = asked(li, "mobile", keys=["1"])
        if state in ("closed", "lapsed"):
            approve(broker, request, "zhao", "luo")
            open_full(li, request)
            assert cells(li)[1] == "13812345678", "the control"
        if state in ("closed", "withdrawn"):
            li.execute("SELECT pgcustsec.withdraw_request(%s)", [request])
        if state == "in approval":
            approve(broker, request, "zhao")
        if state == "refused":
            with broker.database.connect(user=broker.login("zhao")) as manager:
                manager.execute("SELECT pgcustsec.decide_request(%s, 'refuse', 'why?')", [request])
        if state == "lapsed":
            long_ago(broker, days=4)
        assert li.execute("SELECT state FROM pgcustsec.requests").fetchall() == [(state,)]
        codes = {"withdrawn": "CS310", "lapsed": "CS308"}
        assert refused(li, request) == codes.get(state, "CS302")
        assert cells(li)[1] in ("***", "138****5678"), "what was open shows masked from the next statement on"


def long_ago(broker: Broker, days: int) -> None:
    """Say that all that happened to requests happened *days* earlier."""
    broker.database.execute(
        "ALTER TABLE pgcustsec_internal.request_event DISABLE TRIGGER refuse_rewriting",
        f"UPDATE pgcustsec_internal.request_event SET at = at - interval '{days} days'",
        "ALTER TABLE pgcustsec_internal.request_event ENABLE ALWAYS TRIGGER refuse_rewriting",
    )


def test_another_persons_request_is_not_theirs_to_use(broker: Broker) -> None:
    with broker.person("li") as li, broker.person("wang") as wang:
        request = approved(broker, li, "mobile", keys=["1", "3"])
        assert refused(wang, request, 3) == "CS301"
        assert refused(wang, 999, 3) == "CS301"


def test_an_amended_request_is_not_approved_any_more(broker: Broker) -> None:
    with broker.person("li") as li:
        request = approved(broker, li, "name", keys=["1"])
        open_full(li, request)
        li.execute(
            "SELECT pgcustsec.amend_request(%s, '{name,mobile}', NULL, '{1}', 3)",
            [request],
        )
        assert cells(li) == MASKED
        assert refused(li, request) == "CS302"


def test_a_matrix_with_other_terms_voids_the_approval(broker: Broker) -> None:
    special = replace(broker.matrix.requests["special"], max_days=5)
    with broker.person("li") as li:
        request = approved(broker, li, "mobile", keys=["1"])
        open_full(li, request)
        with broker.connect(broker.admin) as administrator:
            apply_matrix(administrator, replace(broker.matrix, requests={**broker.matrix.requests, "special": special}))
        assert cells(li)[1] == "138****5678"
        assert refused(li, request) == "CS302"


def test_a_role_whose_tier_1_is_hidden_sees_by_request_alone(broker: Broker) -> None:
    """The custodian, who handles a disclosure (3.3): a value of tier 1, and tier 2 too."""
    with broker.person("ouyang") as custodian:
        assert cells(custodian) == (None, "***", "***", "***", None)
        with pytest.raises(psycopg.Error) as caught:
            custodian.execute("SELECT pgcustsec.open_record('customer', '1', 'court')")
        assert caught.value.sqlstate == "42501", "it has no right to the function"
        name_custodian(broker, "legal", "U1")
        request = disclosed(custodian, ["name", "mobile", "health"])
        approve(broker, request, "luo")
        open_full(custodian, request)
        assert cells(custodian) == ("王小明", "13812345678", "***", "***", "asthma")


def test_a_role_without_the_columns_is_told_that_extracts_are_for_it(broker: Broker) -> None:
    with broker.person("sun") as analyst:
        request = asked(analyst, "mobile", keys=["1"], purpose="analysis")
        assert refused(analyst, request) == "CS302"
        broker.database.execute("UPDATE pgcustsec_internal.staff SET manager_id = 'M1' WHERE staff_id = 'D1'")
        approve(broker, request, "zhao", "luo")
        with pytest.raises(psycopg.Error) as caught:
            open_full(analyst, request)
    assert caught.value.sqlstate == "CS202"
    assert "extract" in (caught.value.diag.message_hint or "")


def test_a_child_table_opens_in_full_by_its_own_key(broker: Broker) -> None:
    account = "SELECT payer_account FROM policy WHERE policy_id = 1"
    with broker.person("li") as li:
        request = approved(broker, li, "payer_account", table="crm.policy", keys=["1"])
        assert li.execute(account).fetchall() == [("***",)]
        li.execute("SELECT pgcustsec.open_full(%s, '1')", [request])
        assert li.execute(account).fetchall() == [("6222021234567890128",)]


def test_a_value_in_full_is_written_back_like_any_other(broker: Broker) -> None:
    stored = 'SELECT mobile, name FROM pgcustsec_vault."crm.customer" WHERE customer_id = 1'
    with broker.person("li") as li:
        request = approved(broker, li, "name mobile id_card", keys=["1"])
        open_full(li, request)
        before = broker.snapshot()
        li.execute("UPDATE customer SET name = name, mobile = mobile, health = health WHERE customer_id = 1")
        assert broker.snapshot() == before, "unchanged is unchanged"
        li.execute("UPDATE customer SET mobile = '13987654321' WHERE customer_id = 1")
        assert broker.rows(stored) == [("13987654321", "王小明")]
        assert cells(li)[1] == "13987654321"


def test_it_asks_for_a_session_and_shows_nothing_after_its_end(broker: Broker) -> None:
    with broker.person("li") as li:
        request = approved(broker, li, "mobile", keys=["1"])
        open_full(li, request)
        li.execute("SELECT pgcustsec.end_session()")
        assert cells(li) == (None, "***", "***", "***", None)
        assert refused(li, request) == "CS005"
