"""
Requests as text that would run, and the requests of others: reading them, and what anybody may say (hardening 9,
13; 5.2.1).

The controls are those of `requests_world`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import psycopg
import pytest

from tests.attack.opened_world import true_in
from tests.attack.requests_world import approve, equipped, file, naive_request, state
from tests.attack.world import Attacker, World


@pytest.fixture(scope="module")
def asked(sealed_world: World) -> Iterator[World]:
    with equipped(sealed_world) as copy:
        yield copy


@pytest.fixture
def agent(asked: World) -> Iterator[Attacker]:
    with asked.attacker("A1", options="-c statement_timeout=20s") as attacker:
        yield attacker


# --- text that would run ----------------------------------------------------------------------------------------------

SQL = [
    "true",
    "1 OR true",
    "' OR true --",
    "'; DROP TABLE crm.customer; --",
    "A1' UNION SELECT mobile FROM crm.customer --",
    "$1",
    "%s",
    "%I",
    "\\' OR true --",
    "(SELECT 1)",
]


@pytest.mark.parametrize("text", SQL)
def test_a_predicate_is_data_and_never_runs(asked: World, agent: Attacker, text: str) -> None:
    control = naive_request(agent, columns="mobile", predicate="1 = 1 OR true", state="approved")
    assert len(true_in(agent.send(f"SELECT naive.run({control})").text)) > 20, "the control"
    number = file(agent, where=json.dumps([{"column": "health", "is": "in", "value": ["ill-1", text]}])).value
    approve(asked, number)
    agent.must(f"SELECT pgcustsec.begin_extract({number}, 'plain')")
    assert true_in(agent.send('TABLE pgcustsec_extracts."agent.customer"').text) == {1}
    assert agent.send("SELECT count(*) FROM agent.customer").value == 20
    for place in ("column", "is"):
        odd = [{"column": "health", "is": "=", "value": "x"} | {place: text}]
        assert file(agent, where=json.dumps(odd)).sqlstate == "CS309", place


@pytest.mark.parametrize(
    "setting", ["standard_conforming_strings = off", "transform_null_equals = on", "quote_all_identifiers = on"]
)
def test_no_setting_of_the_caller_makes_it_run(asked: World, agent: Attacker, setting: str) -> None:
    agent.must(f"SET {setting}")
    value = ["ill-1", "\\' OR true --", "' OR true --"]
    number = file(agent, where=json.dumps([{"column": "health", "is": "in", "value": value}])).value
    approve(asked, number)
    agent.must(f"SELECT pgcustsec.begin_extract({number}, 'plain')")
    assert true_in(agent.send('TABLE pgcustsec_extracts."agent.customer"').text) == {1}


@pytest.mark.parametrize(
    "column",
    [
        '"mobile"',
        "mobile, health",
        "mobile) FROM crm.customer --",
        "mobile::text",
        "*",
        "MOBILE",
        "mobile ",
        "ctid",
        "",
        "'x'",
    ],
)
def test_the_name_of_a_column_is_the_name_of_a_column(asked: World, agent: Attacker, column: str) -> None:
    assert asked
    with psycopg.ClientCursor(agent.connection) as cursor, pytest.raises(psycopg.Error) as caught:
        cursor.execute(
            "SELECT pgcustsec.file_request('special', 'work', 'crm.customer', %s::text[], NULL, '{1}', 3)", [[column]]
        )
    assert caught.value.sqlstate == "CS209"


# --- those of others -------------------------------------------------------------------------------------------------

SECRET = "ill-1-because"


@pytest.fixture(scope="module")
def others(sealed_world: World) -> Iterator[World]:
    """A copy with requests of A1's, whom E1, who may make objects, has nothing to do with."""
    with equipped(sealed_world) as copy:
        with copy.attacker("A1") as agent:
            for key in range(1, 4):
                where = f'[{{"column": "health", "is": "=", "value": "{SECRET}-{key}"}}]'
                number = file(agent, where=where).value
                naive_request(agent, predicate=f"{SECRET}-{key}")
            approver = number
        with copy.attacker("D1", at_work=False) as manager:
            manager.must(f"SELECT pgcustsec.decide_request({approver}, 'approve', '{SECRET}')")
        with copy.attacker("E1") as maker:
            maker.must(
                "CREATE FUNCTION evil.leak(anyelement) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS"
                " $$ BEGIN RAISE NOTICE 'LEAKED %', $1; RETURN true; END $$"
            )
        yield copy


LEAKS = [
    "SELECT * FROM {v} WHERE evil.leak({c})",
    "SELECT count(*) FROM {v} WHERE evil.leak({c}) AND evil.leak(request_id)",
    "SELECT * FROM (SELECT {c} FROM {v} OFFSET 0) AS x WHERE evil.leak({c})",
    "SELECT 1 FROM {v} GROUP BY {c} HAVING evil.leak({c})",
    "SELECT * FROM {v} AS a JOIN {v} AS b ON evil.leak(a.{c}) AND evil.leak(b.{c})",
    "SELECT * FROM {v} ORDER BY evil.leak({c})",
    "SELECT * FROM {v} WHERE ({c}::text)::integer > 0",
    "SELECT * FROM {v} WHERE 1 / (length({c}::text) - length({c}::text)) > 0",
    "EXPLAIN ANALYZE SELECT * FROM {v} WHERE evil.leak({c})",
]


def test_a_leaky_function_sees_nothing_of_other_peoples_requests(others: World) -> None:
    with others.attacker("E1") as maker, others.attacker("A1") as agent:
        loot = maker.send("SELECT * FROM naive.requests WHERE evil.leak(predicate)")
        assert loot.rows == [] and SECRET in loot.text, "the control"
        for view, column in (("pgcustsec.requests", "predicate"), ("pgcustsec.request_events", "comment")):
            assert SECRET in agent.send(f"TABLE {view}").text, "the control"
            for attack in LEAKS:
                loot = maker.send(attack.format(v=view, c=column))
                assert SECRET not in loot.text and "LEAKED" not in loot.text, attack
                assert loot.sqlstate in ("", "42883"), attack


PLAN = "ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF, BUFFERS OFF"


def test_plans_do_not_count_other_peoples_requests(others: World) -> None:
    """The control has a barrier too: the reader's condition is harmless, so it is judged below, and the plan counts."""
    with others.attacker("E1") as maker:
        maker.must("SET enable_indexscan = off", "SET enable_bitmapscan = off")
        explain = f"EXPLAIN ({PLAN}) SELECT * FROM naive.barred WHERE purpose = "
        told = [maker.send(f"{explain} '{purpose}'") for purpose in ("work", "none")]
        assert told[0].text != told[1].text.replace("none", "work"), "the control"
        for view, column, there in (
            ("pgcustsec.requests", "purpose", "work"),
            ("pgcustsec.requests", "requester", "A1"),
            ("pgcustsec.request_events", "kind", "approved"),
            ("pgcustsec.request_events", "staff_id", "D1"),
        ):
            for options in (PLAN, "COSTS ON"):
                told = [
                    maker.send(f"EXPLAIN ({options}) SELECT * FROM {view} WHERE {column} = '{value}'")
                    for value in (there, "nowhere")
                ]
                words = [said.text.replace("nowhere", there) for said in told]
                assert words[0] == words[1], (view, column, options)


def test_a_request_of_others_and_one_that_is_not_there_get_the_same_answer(others: World) -> None:
    with others.attacker("E1") as maker:
        for call in (
            "SELECT pgcustsec.decide_request({n}, 'approve', 'x')",
            "SELECT pgcustsec.withdraw_request({n})",
            "SELECT pgcustsec.submit_request({n})",
            "SELECT pgcustsec.amend_request({n}, '{{name}}', NULL, '{{1}}', 3)",
            "SELECT pgcustsec.open_full({n}, '1')",
            "SELECT pgcustsec.begin_extract({n}, 'plain')",
        ):
            there, absent = (maker.send(call.format(n=number)) for number in (1, 999999))
            assert there.sqlstate == absent.sqlstate == "CS301", call
            assert there.text == absent.text.replace("999999", "1"), call


INTERNAL = (
    "request_seen(1)",
    "_request_state(1)",
    "_request_terms(1)",
    "_may_decide(1, 1, 'A1')",
    "_record_request(1, 'approved', 'I1', 1, 'x')",
    "_own_request(1, 'A1')",
    "_check_request(1)",
    "_check_requester(1)",
    "_check_predicate('crm.customer', '[]')",
    "_approved_request(1, 'A1', false)",
    "_use_request(1, 'agent crm.customer', '1')",
)


def test_functions_beneath_are_nobodys_to_call(others: World) -> None:
    """With USAGE, by somebody's mistake, the one that views call answers by its caller; the others stay nobody's."""
    for copy in (others,):
        for granted in (False, True):
            if granted:
                copy.execute("GRANT USAGE ON SCHEMA pgcustsec_internal TO PUBLIC")
            with copy.attacker("E1") as maker, copy.attacker("A1") as agent:
                for call in INTERNAL[0 if not granted else 1 :]:
                    assert maker.send(f"SELECT pgcustsec_internal.{call}").refused, call
                    assert agent.send(f"SELECT pgcustsec_internal.{call}").refused, call
                for table in ("request", "request_event", "request_kind", "classification"):
                    assert agent.send(f"TABLE pgcustsec_internal.{table}").refused, table
                if granted:
                    assert maker.send("SELECT * FROM pgcustsec_internal.request_seen(1)").rows == []
                    assert agent.send("SELECT state FROM pgcustsec_internal.request_seen(1)").value == "filed"


def test_who_files_nothing_calls_nothing_of_it(asked: World) -> None:
    with asked.attacker("I1", at_work=False) as inspector:
        for call in (
            "SELECT pgcustsec.file_request('special', 'work', 'crm.customer', '{name}', NULL, '{1}', 3)",
            "SELECT pgcustsec.amend_request(1, '{name}', NULL, '{1}', 3)",
            "SELECT pgcustsec.submit_request(1)",
            "SELECT pgcustsec.withdraw_request(1)",
        ):
            assert inspector.send(call).refused, call


def test_what_a_listener_hears_anybody_may_have_said(asked: World, agent: Attacker) -> None:
    """NOTIFY has no rights in PostgreSQL: a listener trusts nothing but the number, and looks."""
    number = file(agent).value
    with asked.attacker("A2", at_work=False) as listener:
        listener.must("LISTEN pgcustsec_requests")
        agent.must(f"NOTIFY pgcustsec_requests, '{number} approved'")
        [heard] = list(listener.connection.notifies(timeout=2, stop_after=1))
        assert heard.payload == f"{number} approved", "the control: who trusts the word is deceived"
        assert state(asked, number) == "filed"
        assert listener.send(f"SELECT * FROM pgcustsec.requests WHERE request_id = {number}").rows == []
