"""Tier 1, one record at a time: opened for a reason, recorded, committed, and then shown masked (5.2.1)."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from psycopg import errors

from tests.integration.access.test_sessions import refusal
from tests.integration.clients.world import Broker

TIER1 = "SELECT mobile, id_card, bank_account, email FROM customer WHERE customer_id = 1"
SHOWN = ("138****5678", "11****************", "********0128", "w***@***")
STARS = ("***",) * 4
OPEN = "SELECT pgcustsec.open_record('customer', '1', 'call')"


def tier1(connection: psycopg.Connection[Any]) -> tuple[str, ...]:
    [row] = connection.execute(TIER1).fetchall()
    return row


def test_it_shows_masked_to_who_opened_it_once_the_opening_is_committed(broker: Broker) -> None:
    with broker.person("li") as li, broker.person("zhao") as manager:
        li.execute("BEGIN")
        li.execute(OPEN)
        assert tier1(li) == STARS
        li.execute("COMMIT")
        assert tier1(li) == SHOWN
        assert tier1(manager) == STARS, "each opens for themselves"
        assert li.execute("SELECT count(*) FROM customer WHERE mobile <> '***'").fetchall() == [(1,)]


def test_its_row_in_the_record_says_who_what_why_and_until_when(broker: Broker) -> None:
    with broker.person("li", application_name="desk") as li:
        [(lapses,)] = li.execute(OPEN).fetchall()
        [(session,)] = li.execute("SELECT session FROM pgcustsec.whoami()").fetchall()
    [row] = broker.rows(
        "SELECT kind, staff_id, session_id, login::text, role_code, relation, record_key, customer_key, purpose,"
        " reason, lapses_at FROM pgcustsec_internal.audit WHERE kind = 'record_opened'"
    )
    told = ("record_opened", "S1", session, broker.login("li"), "sales_agent", "crm.customer", "1", "crm.customer 1")
    assert row == (*told, "selling", "call", lapses)


def test_a_line_of_the_record_is_of_a_kind_that_is_known(broker: Broker) -> None:
    line = "INSERT INTO pgcustsec_internal.audit (kind) VALUES (%s)"
    with broker.database.connect() as connection:
        connection.execute(line, ["partition_dropped"])
        with pytest.raises(errors.CheckViolation):
            connection.execute(line, ["looked_over_a_shoulder"])


def test_the_second_record_closes_the_first(broker: Broker) -> None:
    with broker.person("li") as li:
        li.execute(OPEN)
        li.execute("SELECT pgcustsec.open_record('customer', '4', 'call')")
        assert tier1(li) == STARS
        li.execute(OPEN)
        assert li.execute(
            "SELECT pgcustsec.close_record('customer'), pgcustsec.close_record('customer')"
        ).fetchall() == [(True, False)]
        assert tier1(li) == STARS


def test_it_lapses(broker: Broker) -> None:
    with broker.person("li") as li:
        [(lapses, now)] = li.execute("SELECT pgcustsec.open_record('customer', '1', 'call'), now()").fetchall()
        assert round((lapses - now).total_seconds() / 60) == 5
        broker.execute("UPDATE pgcustsec_internal.session_access SET lapses_at = clock_timestamp()")
        assert tier1(li) == STARS


@pytest.mark.parametrize("name", ["customer", "crm.customer", "sales_agent.customer", '"sales_agent"."customer"'])
def test_the_table_is_named_as_in_queries_or_as_in_the_matrix(broker: Broker, name: str) -> None:
    with broker.person("li") as li:
        li.execute("SELECT pgcustsec.open_record(%s, '1', 'call')", [name])
        assert tier1(li) == SHOWN


def test_the_relation_itself_will_do(broker: Broker) -> None:
    with broker.person("li") as li:
        li.execute("SELECT pgcustsec.open_record('customer'::regclass, '1', 'call')")
        assert tier1(li) == SHOWN
        li.execute("SELECT pgcustsec.close_record('sales_agent.customer'::regclass)")
        assert tier1(li) == STARS


@pytest.mark.parametrize(
    ("statement", "state"),
    [
        ("SELECT pgcustsec.open_record('customer', '3', 'x')", "CS201"),
        ("SELECT pgcustsec.open_record('customer', '999', 'x')", "CS201"),
        ("SELECT pgcustsec.open_record('customer', 'one', 'x')", "CS201"),
        ("SELECT pgcustsec.open_record('customer', '99999999999999999999', 'x')", "CS201"),
        ("SELECT pgcustsec.open_record('customer', NULL, 'x')", "CS201"),
        ("SELECT pgcustsec.open_record('policy', '1', 'x')", "CS202"),
        ("SELECT pgcustsec.open_record('customer', '1', ' ')", "CS206"),
        ("SELECT pgcustsec.open_record('customer', '1', NULL)", "CS206"),
        ("SELECT pgcustsec.open_record('claim', '1', 'x')", "CS208"),
        ("SELECT pgcustsec.open_record('crm.', '1', 'x')", "CS208"),
        ("SELECT pgcustsec.open_record(NULL::text, '1', 'x')", "CS208"),
    ],
)
def test_what_cannot_be_opened_is_refused_and_costs_nothing(broker: Broker, statement: str, state: str) -> None:
    with broker.person("li") as li:
        assert refusal(li, statement)[0] == state
        assert li.execute("SELECT sum(spent) FROM pgcustsec.my_budget()").fetchall() == [(0,)]


def test_a_role_without_the_right_has_not_even_the_function(broker: Broker) -> None:
    with broker.person("sun") as analyst:
        assert refusal(analyst, OPEN)[0] == "42501"
        assert refusal(analyst, "SELECT pgcustsec.find('customer', 'mobile', '13812345678')")[0] == "42501"


def test_a_customers_record_opens_its_children_by_the_matrix_rule(broker: Broker) -> None:
    """service_agent: children crm.policy and crm.attachment; an agent has none, and sees `***` of policies anyway."""
    accounts = "SELECT policy_id, payer_account FROM policy ORDER BY 1"
    with broker.person("chen") as chen:
        assert chen.execute(accounts).fetchall() == [(1, "***"), (3, "***")]
        chen.execute(OPEN)
        assert chen.execute(accounts).fetchall() == [(1, "********0128"), (3, "***")]
        chen.execute("SELECT pgcustsec.open_record('policy', '3', 'call')")
        assert chen.execute(accounts).fetchall() == [(1, "********0128"), (3, None)], "one record a table"


def test_names_show_in_full_where_a_deviation_says_so_and_the_record_is_open(broker: Broker) -> None:
    names = "SELECT customer_id, name FROM customer WHERE customer_id IN (1, 4) ORDER BY 1"
    with broker.person("chen") as chen, broker.person("li") as li:
        assert chen.execute(names).fetchall() == [(1, "王**"), (4, "欧阳*")]
        chen.execute("SELECT pgcustsec.open_record('customer', '4', 'call')")
        assert chen.execute(names).fetchall() == [(1, "王**"), (4, "欧阳锋")]
        li.execute("SELECT pgcustsec.open_record('customer', '4', 'call')")
        assert li.execute(names).fetchall() == [(1, "王**"), (4, "欧阳*")]


def test_an_open_record_takes_a_new_value_and_keeps_its_mask(broker: Broker) -> None:
    write = "UPDATE customer SET mobile = %s WHERE customer_id = 1 RETURNING mobile"
    with broker.person("li") as li:
        with pytest.raises(psycopg.Error) as caught:
            li.execute(write, ["13711112222"])
        assert caught.value.sqlstate == "CS203"
        li.execute(OPEN)
        assert li.execute(write, ["138****5678"]).fetchall() == [("138****5678",)], "as it was read: unchanged"
        assert li.execute(write, ["13711112222"]).fetchall() == [("137****2222",)]
        assert tier1(li)[0] == "137****2222"
        with pytest.raises(psycopg.Error) as caught:
            li.execute("UPDATE customer SET mobile = '13711112222' WHERE customer_id = 4")
        assert caught.value.sqlstate == "CS203"
    assert broker.rows('SELECT mobile FROM pgcustsec_vault."crm.customer" WHERE customer_id = 1') == [("13711112222",)]
    changed = broker.rows(
        "SELECT column_name::text, old_value, new_value, session_id IS NOT NULL FROM pgcustsec_internal.change"
        " WHERE operation = 'changed'"
    )
    assert changed == [("mobile", "138****5678", "137****2222", True)]


def test_one_call_at_a_prompt_opens_commits_and_prints(broker: Broker) -> None:
    with broker.person("li") as li:
        [(printed,)] = li.execute("CALL pgcustsec.show_record('customer', '1', 'call')").fetchall()
        lines = dict(line.split(maxsplit=1) for line in printed.splitlines())
        assert (lines["mobile"], lines["name"], lines["health"]) == ("138****5678", "王**", "asthma")
        li.execute("SELECT pgcustsec.close_record('customer')")
        li.execute("BEGIN")
        li.execute("SELECT 1")
        state, hint = refusal(li, "CALL pgcustsec.show_record('customer', '1', 'call')")
        assert state == "CS203"
        assert "COMMIT first" in hint
        li.execute("ROLLBACK")
        assert tier1(li) == STARS
        assert li.execute("SELECT spent FROM pgcustsec.my_budget() WHERE what = 'openings'").fetchall() == [(1,)]


def test_a_value_is_found_however_it_is_spelt_within_scope_as_keys_alone(broker: Broker) -> None:
    found = "SELECT * FROM pgcustsec.find('customer', %s, %s)"
    with broker.person("li") as li:
        for spelling in ("13812345678", "+86 138-1234-5678", "１３８１２３４５６７８"):
            assert li.execute(found, ["mobile", spelling]).fetchall() == [("1",)]
        assert li.execute(found, ["id_card", "110101199003070019"]).fetchall() == [("1",)]
        assert li.execute(found, ["mobile", "13912345678"]).fetchall() == [], "whom wang serves"
        assert li.execute(found, ["mobile", "nonsense"]).fetchall() == []
        assert li.execute(found, ["mobile", None]).fetchall() == []
        for column in ("email", "name", "health", "nothing"):
            with pytest.raises(psycopg.Error) as caught:
                li.execute(found, [column, "x"])
            assert caught.value.sqlstate == "CS207"
        assert li.execute("SELECT spent FROM pgcustsec.my_budget() WHERE what = 'openings'").fetchall() == [(7,)]
        assert tier1(li) == STARS, "found is not opened"
    searched = broker.rows(
        "SELECT column_name::text, record_key FROM pgcustsec_internal.audit WHERE kind = 'searched' ORDER BY audit_id"
    )
    assert searched == [*[("mobile", "1")] * 3, ("id_card", "1"), *[("mobile", None)] * 3]


def test_budgets_end_the_day_and_no_rollback_gives_them_back(broker: Broker) -> None:
    broker.execute("UPDATE pgcustsec_internal.role SET openings_per_day = 3, customers_per_day = 1")
    with broker.person("li") as li:
        li.execute(f"BEGIN; {OPEN}; ROLLBACK")
        state, hint = refusal(li, "SELECT pgcustsec.open_record('customer', '4', 'call')")
        assert (state, "UTC" in hint) == ("CS205", True), "the one customer of the day was 1, rolled back or not"
        state, _ = refusal(li, OPEN)
        assert state == "CS205", "and its record is gone, so it counts anew"
        assert refusal(li, OPEN)[0] == "CS204"
    with broker.person("wang") as wang:
        wang.execute("SELECT pgcustsec.open_record('customer', '3', 'call')")
        assert wang.execute("SELECT what, spent, at_most FROM pgcustsec.my_budget()").fetchall() == [
            ("openings", 1, 3),
            ("customers", 1, 1),
        ]
        for _ in range(2):
            wang.execute("SELECT pgcustsec.open_record('customer', '3', 'again')")
        assert refusal(wang, "SELECT pgcustsec.open_record('customer', '3', 'again')")[0] == "CS204"
