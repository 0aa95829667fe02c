"""What is held on a customer, told to who may see them: what their views show, and what is known beside it (5.2.4)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest

from tests.integration.clients.world import Broker
from tests.integration.disclosures.custody import disclosed, name_custodian
from tests.integration.extracts.approved import approved
from tests.integration.retention.world import hold, supervisor
from tests.integration.subject.wishes import approve

SHOW = "SELECT pgcustsec.show_subject(%s, %s)"


def told(person: psycopg.Connection[Any], key: object = 1001, relation: str = "crm.customer") -> dict[str, Any]:
    [(found,)] = person.execute(SHOW.encode(), [relation, str(key)]).fetchall()
    assert isinstance(found, dict)
    return found


def rows(found: dict[str, Any], table: str) -> list[dict[str, Any]]:
    [held] = [one for one in found["held"] if one["table"] == table]
    assert isinstance(held["rows"], list)
    return held["rows"]


def refused(person: psycopg.Connection[Any], key: object, relation: str = "crm.customer") -> tuple[str | None, str]:
    with pytest.raises(psycopg.Error) as error:
        told(person, key, relation)
    return error.value.sqlstate, str(error.value)


def test_every_row_that_hangs_on_the_customer_is_told_two_steps_below_as_well(broker: Broker) -> None:
    with broker.person("chen") as chen:
        found = told(chen)
    assert [(one["table"], len(one["rows"])) for one in found["held"]] == [
        ("crm.customer", 1), ("crm.attachment", 1), ("crm.policy", 2), ("crm.claim", 3),
    ]  # fmt: skip
    assert found["held"][0]["tiers"] | {"mobile": 1, "name": 2, "age": 3} == found["held"][0]["tiers"]
    text = str(found["held"])
    assert "kan-1001-diagnosis" in text and "kan-1002" not in text


def test_it_shows_what_the_callers_views_show_at_that_moment(broker: Broker) -> None:
    with broker.person("chen") as chen:
        closed = told(chen)
        chen.execute("SELECT pgcustsec.open_record('crm.customer', '1001', 'they ask')")
        opened = told(chen)
        for found in (closed, opened):
            for table in ("customer", "policy", "attachment", "claim"):
                assert len(rows(found, f"crm.{table}")) > 0
        [view] = chen.execute("SELECT row_to_json(c) FROM customer AS c WHERE customer_id = 1001").fetchall()
    assert rows(opened, "crm.customer") == [view[0]]
    assert (rows(closed, "crm.customer")[0]["mobile"], rows(opened, "crm.customer")[0]["mobile"]) == (
        "***",
        "138****1001",
    )
    assert "13810001001" not in str(opened)


def test_a_full_value_shows_by_an_approved_request_alone(broker: Broker) -> None:
    with broker.person("chen") as chen:
        [(number,)] = chen.execute(
            "SELECT pgcustsec.file_request('special', 'servicing', 'crm.customer', '{mobile}', NULL, '{1001}', 3)"
        ).fetchall()
        approve(broker, number)
        chen.execute("SELECT pgcustsec.open_full(%s, '1001')", [number])
        [row] = rows(told(chen), "crm.customer")
    assert (row["mobile"], row["address"]) == ("13810001001", "***")


def test_the_term_its_rule_and_what_keeps_them_longer_are_told(broker: Broker) -> None:
    number = hold(broker, [1001])
    broker.execute("UPDATE crm.policy SET ends_on = '2027-03-31' WHERE policy_id = 2002")
    with broker.person("chen") as chen:
        term = told(chen)["facts"]["term"]
        plain = told(chen, 1002)["facts"]["term"]
    assert (term["rule"], datetime.fromisoformat(term["until"])) == (
        "former_customer",
        datetime(2037, 3, 29, tzinfo=UTC),
    )
    assert [(one["hold"], one["by"]) for one in term["kept_longer"]] == [(number, None), (None, "crm.policy.ends_on")]
    assert "lawsuit" not in str(term)
    assert plain["kept_longer"] == []


def test_who_opened_their_record_when_and_why_is_told(broker: Broker) -> None:
    with broker.person("li") as li:
        li.execute("SELECT pgcustsec.open_record('crm.customer', '1001', 'they called')")
        li.execute("SELECT pgcustsec.open_record('crm.customer', '1002', 'another')")
    with broker.person("chen") as chen:
        chen.execute("SELECT pgcustsec.open_record('crm.policy', '2002', 'their policy')")
        told(chen)
        openings = told(chen)["facts"]["openings"]
    assert [(one["what"], one["staff"], one["table"], one["key"], one["reason"]) for one in openings] == [
        ("subject_shown", "C1", "crm.customer", "1001", None),
        ("subject_shown", "C1", "crm.customer", "1001", None),
        ("record_opened", "C1", "crm.policy", "2002", "their policy"),
        ("record_opened", "S1", "crm.customer", "1001", "they called"),
    ]


def test_extracts_that_hold_them_are_told_until_they_are_destroyed(broker: Broker) -> None:
    with broker.person("li") as li, broker.person("chen") as chen:
        number = approved(broker, li, "name mobile", keys=["1001", "1003"])
        [(extract,)] = li.execute("SELECT pgcustsec.begin_extract(%s, 'plain')", [number]).fetchall()
        [of_policy] = [approved(broker, li, "product", keys=["2002"], table="crm.policy")]
        [(other,)] = li.execute("SELECT pgcustsec.begin_extract(%s, 'plain')", [of_policy]).fetchall()
        found = told(chen)["facts"]["extracts"]
        assert [(one["extract"], one["table"], one["staff"]) for one in found] == [
            (extract, "crm.customer", "S1"), (other, "crm.policy", "S1"),
        ]  # fmt: skip
        assert told(chen, 1002)["facts"]["extracts"] == []
        li.execute("SELECT pgcustsec.extract_destroyed(%s, 'shred')", [extract])
        assert [one["extract"] for one in told(chen)["facts"]["extracts"]] == [other]


def test_that_it_was_told_is_in_the_record_of_access_and_of_the_days_budget(broker: Broker) -> None:
    with broker.person("chen") as chen:
        told(chen)
        [(left,)] = chen.execute("SELECT spent FROM pgcustsec.my_budget() WHERE what = 'openings'").fetchall()
    with supervisor(broker) as qin:
        [entry] = qin.execute(
            "SELECT staff_id, role_code, relation, record_key, customer_key, purpose FROM pgcustsec.access_log"
            " WHERE kind = 'subject_shown'"
        ).fetchall()
    assert entry == ("C1", "service_agent", "crm.customer", "1001", "crm.customer 1001", "servicing")
    assert left == 1


def test_who_does_not_serve_them_sees_the_row_and_nothing_beside_it(broker: Broker) -> None:
    with broker.person("chen") as chen:
        found = told(chen, 2)  # of her branch
    assert found["facts"] is None
    [row] = rows(found, "crm.customer")
    assert (row["branch_code"], row["health"], row["mobile"]) == ("BJ", None, "***")
    assert rows(found, "crm.policy") == []


def test_a_role_without_tier_1_and_2_is_told_the_rest(broker: Broker) -> None:
    with broker.person("sun") as sun:
        found = told(sun)
    assert found["facts"] is None and [one["table"] for one in found["held"]] == ["crm.customer"]
    [row] = rows(found, "crm.customer")
    assert "mobile" not in row and (row["status"], row["health"]) == ("customer", None)


def test_it_is_told_at_work_alone_and_of_customers_alone(broker: Broker) -> None:
    with broker.person("chen") as chen:
        assert refused(chen, 2002, "crm.policy")[0] == "CS208"
        assert refused(chen, 1, "crm.nothing")[0] == "CS208"
        chen.execute("SELECT pgcustsec.end_session()")
        assert refused(chen, 1001)[0] == "CS005"


def test_a_role_without_customers_may_not_ask(broker: Broker) -> None:
    with supervisor(broker) as qin:
        assert refused(qin, 1001)[0] == "42501"


def test_what_an_authority_asked_for_is_told_to_nobody(broker: Broker) -> None:
    assert name_custodian(broker, "legal", "U1") is None
    with broker.person("ouyang") as custodian:
        number = disclosed(custodian, keys=["1001"])
        approve(broker, number, "luo")
        custodian.execute("SELECT pgcustsec.open_full(%s, '1001')", [number])
        custodian.execute("SELECT pgcustsec.begin_extract(%s, 'plain')", [number])
    with broker.person("chen") as chen:
        found = told(chen)
    with supervisor(broker) as qin:
        [(kept,)] = qin.execute(
            "SELECT count(*) FROM pgcustsec.access_log WHERE customer_key = 'crm.customer 1001' AND staff_id = 'U1'"
        ).fetchall()
    assert kept == 1, "the control"
    assert "U1" not in str(found) and found["facts"]["extracts"] == []
    assert [one["staff"] for one in found["facts"]["openings"]] == ["C1"]
