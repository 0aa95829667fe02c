"""Extracts: nothing in bulk before it is on record, and nothing beyond what was approved (4.3, 5.2.1)."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from pgcustsec.vault import unseal
from tests.integration.clients.world import Broker
from tests.integration.extracts.approved import BJ, approve, approved, asked
from tests.integration.extracts.test_open_full import long_ago

READ = 'SELECT customer_id, name, mobile, health FROM pgcustsec_extracts."sales_agent.customer" ORDER BY 1'
#: What a request for key, name and mobile of branch BJ gets: all of it, and of health, which it does not name, nothing.
ROWS = [
    (1, "王小明", "13812345678", None),
    (2, "韩梅梅", "13712345678", None),
    (4, "欧阳锋", None, None),
    (5, None, None, None),
]
COLUMNS = "customer_id name mobile"


def begin(person: psycopg.Connection[Any], request: int) -> int:
    [(number,)] = person.execute("SELECT pgcustsec.begin_extract(%s, 'plain', 'desk-7')", [request]).fetchall()
    return int(number)


def finish(person: psycopg.Connection[Any], extract: int) -> None:
    person.execute("SELECT pgcustsec.extract_finished(%s, %s, 7)", [extract, "ab" * 32])


def refusal(person: psycopg.Connection[Any], statement: str, *parameters: object) -> str | None:
    with pytest.raises(psycopg.Error) as caught:
        person.execute(statement.encode(), parameters)
    return caught.value.sqlstate


def rows(person: psycopg.Connection[Any]) -> list[tuple[Any, ...]]:
    return person.execute(READ.encode()).fetchall()


def test_nothing_shows_before_a_committed_extract_and_exactly_its_rows_and_columns_after(broker: Broker) -> None:
    with broker.person("li") as li:
        assert rows(li) == []
        request = asked(li, COLUMNS, where=BJ)
        assert refusal(li, "SELECT pgcustsec.begin_extract(%s, 'plain')", request) == "CS302"
        approve(broker, request, "zhao", "luo")
        assert rows(li) == []
        li.execute("BEGIN")
        begin(li, request)
        assert rows(li) == []
        li.execute("ROLLBACK")
        assert rows(li) == []
        extract = begin(li, request)
        assert rows(li) == ROWS
        assert rows(li) == ROWS, "as often as one likes, the same"
        finish(li, extract)
        assert rows(li) == []


def test_it_never_has_more_rows_than_were_approved(broker: Broker) -> None:
    with broker.person("li") as li:
        request = approved(broker, li, COLUMNS, where=BJ, max_rows=2)
        begin(li, request)
        assert rows(li) == ROWS[:2]


def test_rows_that_come_later_are_not_in_it_and_rows_that_leave_are_not_either(broker: Broker) -> None:
    with broker.person("li") as li:
        request = approved(broker, li, COLUMNS, where=BJ)
        begin(li, request)
        li.execute(
            "INSERT INTO customer (status, owner_staff_id, branch_code, name) VALUES ('customer', 'S1', 'BJ', '新')"
        )
        assert rows(li) == ROWS
        broker.as_owner("UPDATE crm.customer SET owner_staff_id = 'S2' WHERE customer_id = 4")
        assert rows(li) == [row for row in ROWS if row[0] != 4], "the role's rows are judged when they are read"
        again = begin(li, request)
        assert rows(li) == [row for row in ROWS if row[0] != 4], "a run that was broken off has its keys once more"
        finish(li, again)
        assert refusal(li, "SELECT pgcustsec.begin_extract(%s, 'plain')", request) == "CS311"


def test_keys_are_covered_as_far_as_the_role_sees_them(broker: Broker) -> None:
    """Customer 3 is of another branch and another agent."""
    with broker.person("li") as li:
        request = approved(broker, li, COLUMNS, keys=["4", "3", "01", "99"])
        begin(li, request)
        assert rows(li) == [ROWS[0], ROWS[2]]
        nothing = approved(broker, li, COLUMNS, keys=["3"])
        assert refusal(li, "SELECT pgcustsec.begin_extract(%s, 'plain')", nothing) == "CS309"


@pytest.mark.parametrize(
    ("condition", "keys"),
    [
        ({"column": "birth_date", "is": "<", "value": "1990-01-01"}, [2]),
        ({"column": "birth_date", "is": "null"}, [4, 5]),
        ({"column": "birth_date", "is": "not null"}, [1, 2]),
        ({"column": "annual_income", "is": ">=", "value": 100000}, [1]),
        ({"column": "status", "is": "in", "value": ["prospect", "lost"]}, [2, 5]),
        ({"column": "status", "is": "<>", "value": "prospect"}, [1, 4]),
        ({"column": "gender", "is": "=", "value": "男' OR true --"}, []),
        ({"column": "last_contact_at", "is": "<=", "value": "2026-01-05T10:00:00+08"}, [2]),
    ],
)
def test_a_predicate_compares_in_the_type_of_its_column(
    broker: Broker, condition: dict[str, Any], keys: list[int]
) -> None:
    with broker.person("li") as li:
        request = approved(broker, li, "customer_id", where=(condition,))
        if keys:
            begin(li, request)
        else:
            assert refusal(li, "SELECT pgcustsec.begin_extract(%s, 'plain')", request) == "CS309"
        assert [key for key, *_ in rows(li)] == keys


@pytest.mark.parametrize(
    "condition",
    [
        {"column": "birth_date", "is": "=", "value": "someday-7"},
        {"column": "annual_income", "is": "=", "value": "much"},
        {"column": "family", "is": "=", "value": "curious"},
    ],
)
def test_a_value_that_its_column_cannot_be_compared_with_is_refused_when_it_is_filed(
    broker: Broker, condition: dict[str, Any]
) -> None:
    with broker.person("li") as li, pytest.raises(psycopg.Error) as caught:
        asked(li, "customer_id", where=(condition,))
    assert caught.value.sqlstate == "CS309"
    assert str(condition["value"]) not in str(caught.value)


def test_one_person_reads_it_in_the_session_that_began_it(broker: Broker) -> None:
    with broker.person("li") as li, broker.person("wang") as wang, broker.person("zhao") as manager:
        request = approved(broker, li, COLUMNS, where=BJ)
        begin(li, request)
        with broker.database.connect(user=broker.login("li")) as other:
            assert rows(other) == ROWS, "another connection of the same login, the same session"
        assert rows(wang) == []
        assert refusal(manager, READ) == "42501", "a role that files no requests reaches none"
        li.execute("SELECT pgcustsec.start_session('selling')")
        assert rows(li) == []
        begin(li, request)
        assert rows(li) == ROWS


@pytest.mark.parametrize("how", ["withdrawn", "amended", "matrix", "suspended", "term", "left"])
def test_it_stops_with_the_next_statement_when_its_ground_is_gone(broker: Broker, how: str) -> None:
    with broker.person("li") as li:
        request = approved(broker, li, COLUMNS, where=BJ)
        begin(li, request)
        assert rows(li) == ROWS, "the control"
        if how == "withdrawn":
            li.execute("SELECT pgcustsec.withdraw_request(%s)", [request])
        elif how == "amended":
            li.execute("SELECT pgcustsec.amend_request(%s, '{name}', NULL, '{1}', 1)", [request])
        elif how == "matrix":
            broker.database.execute(
                "UPDATE pgcustsec_internal.classification SET tier = 1 WHERE column_name = 'health'"
            )
        elif how == "suspended":
            broker.database.execute(
                "INSERT INTO pgcustsec_internal.suspension (kind, code, reason, suspended_by, in_flight)"
                " VALUES ('department', 'sales', 'leak', 'Q1', '{}')"
            )
        elif how == "term":
            long_ago(broker, days=4)
        else:
            broker.database.execute("UPDATE pgcustsec_internal.staff SET active = false WHERE staff_id = 'S1'")
        assert rows(li) == []


def test_what_is_past_its_term_and_not_destroyed_stops_its_holders_requests(broker: Broker) -> None:
    with broker.person("li") as li:
        request = approved(broker, li, COLUMNS, where=BJ)
        other = approved(broker, li, "mobile", keys=["1"])
        extract = begin(li, request)
        finish(li, extract)
        overdue(broker)
        assert li.execute("SELECT state FROM pgcustsec.extracts").fetchall() == [("overdue",)]
        assert refusal(li, "SELECT pgcustsec.open_full(%s, '1')", other) == "CS308"
        assert refusal(li, "SELECT pgcustsec.begin_extract(%s, 'plain')", other) == "CS308"
        with pytest.raises(psycopg.Error) as caught:
            asked(li, "mobile", keys=["1"])
        assert caught.value.sqlstate == "CS308"
        assert "extract_destroyed" in (caught.value.diag.message_hint or "")
        li.execute("SELECT pgcustsec.extract_destroyed(%s, 'shredded')", [extract])
        li.execute("SELECT pgcustsec.open_full(%s, '1')", [other])
        asked(li, "mobile", keys=["1"])


def overdue(broker: Broker) -> None:
    broker.database.execute(
        "ALTER TABLE pgcustsec_internal.extract DISABLE TRIGGER refuse_rewriting",
        "UPDATE pgcustsec_internal.extract SET ends_at = now() - interval '1 day'",
        "ALTER TABLE pgcustsec_internal.extract ENABLE ALWAYS TRIGGER refuse_rewriting",
    )


def test_its_row_says_who_has_what_until_when_and_supervisors_read_it(broker: Broker) -> None:
    listed = (
        "SELECT state, staff_id, department_code, relation, columns::text[], row_count, protection, host"
        " FROM pgcustsec.extracts"
    )
    facts = ("S1", "sales", "crm.customer", COLUMNS.split(), 4, "plain", "desk-7")
    with broker.person("li") as li, broker.person("wang") as wang, broker.person("qin") as inspector:
        extract = begin(li, approved(broker, li, COLUMNS, where=BJ))
        assert li.execute(listed).fetchall() == [("partial", *facts)]
        assert inspector.execute(listed).fetchall() == [("partial", *facts)]
        assert wang.execute(listed).fetchall() == []
        finish(li, extract)
        li.execute("SELECT pgcustsec.extract_destroyed(%s, 'shredded')", [extract])
        assert inspector.execute("SELECT state, sha256, bytes, evidence FROM pgcustsec.extracts").fetchall() == [
            ("destroyed", "ab" * 32, 7, "shredded")
        ]
    kinds = broker.rows(
        "SELECT kind, about FROM pgcustsec_internal.audit WHERE about LIKE 'extract%' ORDER BY audit_id"
    )
    assert [kind for kind, _ in kinds] == ["extract_begun", "extract_finished", "extract_destroyed"]


@pytest.mark.parametrize(
    ("statement", "state"),
    [
        ("SELECT pgcustsec.extract_finished({extract}, 'nonsense', 7)", "CS206"),
        ("SELECT pgcustsec.extract_finished({extract}, NULL, 7)", "CS206"),
        ("SELECT pgcustsec.extract_finished(999, repeat('ab', 32), 7)", "CS301"),
        ("SELECT pgcustsec.extract_destroyed({extract}, ' ')", "CS206"),
        ("SELECT pgcustsec.extract_destroyed(999, 'x')", "CS301"),
        ("SELECT pgcustsec.begin_extract(999, 'plain')", "CS301"),
        ("SELECT pgcustsec.begin_extract({request}, NULL)", "CS206"),
    ],
)
def test_what_cannot_be_is_refused(broker: Broker, statement: str, state: str) -> None:
    with broker.person("li") as li:
        request = approved(broker, li, COLUMNS, where=BJ)
        extract = begin(li, request)
        assert refusal(li, statement.format(extract=extract, request=request)) == state


def test_anothers_extract_is_not_theirs_to_finish_or_destroy(broker: Broker) -> None:
    with broker.person("li") as li, broker.person("wang") as wang:
        extract = begin(li, approved(broker, li, COLUMNS, where=BJ))
        assert refusal(wang, "SELECT pgcustsec.extract_finished(%s, %s, 7)", extract, "ab" * 32) == "CS301"
        assert refusal(wang, "SELECT pgcustsec.extract_destroyed(%s, 'x')", extract) == "CS301"


def test_a_run_that_was_broken_off_shows_nothing_once_another_is_finished(broker: Broker) -> None:
    with broker.person("li") as li:
        request = approved(broker, li, COLUMNS, where=BJ)
        begin(li, request)
        again = begin(li, request)
        assert rows(li) == ROWS, "the control"
        finish(li, again)
        assert rows(li) == []


def test_a_role_without_tier_1_gets_it_by_extract(broker: Broker) -> None:
    """The analyst's view has no such columns; an approved extract has."""
    broker.database.execute("UPDATE pgcustsec_internal.staff SET manager_id = 'M1' WHERE staff_id = 'D1'")
    with broker.person("sun") as analyst:
        request = asked(analyst, "customer_id mobile birth_date", where=BJ, purpose="analysis")
        approve(broker, request, "zhao", "luo")
        begin(analyst, request)
        found = analyst.execute(
            'SELECT customer_id, mobile, birth_date::text FROM pgcustsec_extracts."data_analyst.customer" ORDER BY 1'
        ).fetchall()
    assert found[:2] == [(1, "13812345678", "1990-03-07"), (2, "13712345678", "1985-06-15")]


def test_tables_that_are_not_sealed_yet_give_the_same(broker: Broker) -> None:
    with broker.connect(broker.admin) as administrator:
        unseal(administrator, broker.matrix, "crm.customer")
    with broker.person("li") as li:
        request = approved(broker, li, COLUMNS, where=BJ)
        begin(li, request)
        assert rows(li) == ROWS
        li.execute("SELECT pgcustsec.extract_finished(max(extract_id), repeat('ab', 32), 7) FROM pgcustsec.extracts")
        one = approved(broker, li, "mobile", keys=["1"])
        li.execute("SELECT pgcustsec.open_full(%s, '1')", [one])
        assert li.execute("SELECT mobile FROM customer WHERE customer_id = 1").fetchall() == [("13812345678",)]


def test_children_are_extracted_by_their_own_keys(broker: Broker) -> None:
    with broker.person("li") as li:
        request = approved(broker, li, "policy_id payer_account", table="crm.policy", keys=["1", "2"])
        begin(li, request)
        query = 'SELECT policy_id, payer_account, product FROM pgcustsec_extracts."sales_agent.policy"'
        found = li.execute(query).fetchall()
    assert found == [(1, "6222021234567890128", None)], "policy 2 is of another agent's customer"
