"""
find() and the texts that go into record access, turned against them (hardening 9, 10, 11, 13, 21; 5.2.1, 5.2.2).

find() answers with keys of the caller's own records. What it must not tell is whether somebody else's record has a
value; what its arguments must not do is run.
"""

from __future__ import annotations

import re

import pytest

from tests.attack.opened_world import SERVED, opens, recorded, shown, shown_in, spent, true_in
from tests.attack.world import Attacker, World

FIND = "SELECT * FROM pgcustsec.find('crm.customer', 'mobile', %s)"
MINE, THEIRS, NOBODYS = "13800000001", "13800000021", "13899999999"
ACCOUNT = "SELECT * FROM pgcustsec.find('crm.policy', 'account', %s)"


def test_a_search_finds_ones_own_however_it_is_spelt_and_nothing_of_anybody_else(
    opened: World, agent: Attacker
) -> None:
    """The control: a naive search that leaves the scope to the view."""
    opened.execute(
        "CREATE OR REPLACE FUNCTION naive.find(v text) RETURNS SETOF integer LANGUAGE sql SECURITY DEFINER AS"
        " $$ SELECT customer_id FROM naive.customer WHERE mobile = v $$",
    )
    assert agent.send("SELECT naive.find(%s)", [THEIRS]).rows == [(21,)], "the control"
    for spelt in (MINE, "+86 138 0000 0001", " 13800000001\n"):
        assert agent.send(FIND, [spelt]).rows == [("1",)], spelt
    for value in (THEIRS, NOBODYS, "", "***", "138****0001", None, "1380000000_", "%"):
        loot = agent.send(FIND, [value])
        assert loot.rows == [] and not loot.error, value
    assert spent(opened) == 11 and len(recorded(opened, kind="searched")) == 11


def test_another_isolation_level_does_not_tell_by_an_error_whose_the_value_is(opened: World, agent: Attacker) -> None:
    """
    Policies of a table whose very rows are tier 2 raise CS107 in an older snapshot: only where there is a row to judge.
    """
    told = set()
    for value in ("62220000000" + number for number in ("0021", "0022", "9999", "0001")):
        for level in ("REPEATABLE READ", "SERIALIZABLE"):
            agent.must(f"BEGIN ISOLATION LEVEL {level}")
            loot = agent.send(ACCOUNT, [value])
            told.add((loot.sqlstate, len(loot.rows), loot.error))
            agent.must("ROLLBACK")
    assert len(told) == 1, told
    assert spent(opened) == 0


def test_the_pages_a_search_reads_do_not_tell_that_somebody_elses_record_has_the_value(
    opened: World, agent: Attacker
) -> None:
    """
    A search judges the next few rows of the index whether they match or not. So a value that somebody else's record has
    is compared with one that nobody has and that is followed by the same rows: nothing is left to where chance put it.
    The control: a search that judges what it finds, and nothing where it finds nothing.
    """
    opened.execute(
        "CREATE OR REPLACE FUNCTION naive.mine(i integer) RETURNS boolean LANGUAGE plpgsql AS"
        " $$ BEGIN RETURN (SELECT owner_staff_id = naive.me() FROM naive.customer WHERE customer_id = i); END $$",
        "CREATE INDEX IF NOT EXISTS naive_mobile ON naive.customer (mobile)",
        "CREATE OR REPLACE FUNCTION naive.search(v text) RETURNS SETOF integer LANGUAGE plpgsql SECURITY DEFINER AS"
        " $$ DECLARE i integer; BEGIN FOR i IN SELECT customer_id FROM naive.customer WHERE mobile = v LOOP"
        " IF naive.mine(i) THEN RETURN NEXT i; END IF; END LOOP; END $$ SET enable_seqscan = off",
    )

    def pages(search: str, *values: str) -> list[int]:
        """For each of *values*, in turns, the least of five: some search of a few reads more, for what it writes."""
        explain = "EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF, SUMMARY OFF) " + search
        read: dict[str, list[int]] = {value: [] for value in values}
        for _ in range(5):
            for value in values:
                text = agent.send(explain.replace("%s", f"'{value}'")).text
                read[value] += map(int, re.findall(r"shared hit=(\d+)", text)[:1])
        return [min(counted) for counted in read.values()]

    nobodys, theirs = _followed_by_the_same(opened)
    of_nobody, of_somebody = pages("SELECT naive.search(%s)", nobodys, theirs)
    assert of_nobody < of_somebody, "the control"
    of_nobody, of_somebody = pages(FIND, nobodys, theirs)
    assert of_nobody == of_somebody


def _followed_by_the_same(opened: World) -> tuple[str, str]:
    """A value that no record has, and that of somebody else's record, from which on the index holds the same rows."""
    with opened.database.connect() as connection:
        row = connection.execute(
            "SELECT find_functions[1] FROM pgcustsec_internal.access"
            " WHERE role_code = 'agent' AND schema_name = 'crm' AND table_name = 'customer'"
        ).fetchone()
        assert row

        def following(value: str) -> list[str]:
            found = connection.execute(f'SELECT record_key FROM pgcustsec_internal."{row[0]}"(%s)', [value]).fetchall()
            return [key for (key,) in found]

        for number in range(9000, 10_000):
            nobodys = f"1390000{number}"
            keys = following(nobodys)
            if len(keys) == 3 and int(keys[0]) not in SERVED["A1"]:
                theirs = f"1380000{int(keys[0]):04}"
                assert following(theirs) == keys
                return nobodys, theirs
    raise AssertionError("of a thousand values none lies where it is wanted")


def test_a_search_that_is_rolled_back_stays_spent_and_stands_in_the_log(opened: World, agent: Attacker) -> None:
    agent.must("SET client_min_messages = log", "BEGIN")
    loot = agent.send(FIND, [MINE])
    assert loot.rows == [("1",)]
    assert any("A1 searches crm.customer by value of mobile" in line for line in loot.said), (
        "as the server's log has it"
    )
    agent.must("ROLLBACK")
    assert recorded(opened, kind="searched") == [] and spent(opened) == 1
    assert agent.send("SET log_min_messages = panic").refused, "nobody keeps it out of the log"
    assert agent.send("SET log_min_error_statement = panic").refused


@pytest.mark.parametrize("setting", ["log", "debug1", "debug5"])
def test_what_the_server_says_beside_carries_no_value_and_no_key(opened: World, agent: Attacker, setting: str) -> None:
    """LOG lines, plans as the server prints them, and errors with their context. The control: a careless function."""
    with opened.database.connect() as connection:
        row = connection.execute(
            'SELECT v."mobile blind", k.inner_block FROM pgcustsec_vault."crm.customer" AS v,'
            " pgcustsec_keys.blind_index_key AS k WHERE v.customer_id = 2 LIMIT 1"
        ).fetchone()
    assert row
    opened.execute(
        "CREATE OR REPLACE FUNCTION naive.careless(i integer) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS"
        " $$ BEGIN RAISE LOG 'opened %', (SELECT mobile FROM naive.customer WHERE customer_id = i); END $$"
    )
    agent.must(f"SET client_min_messages = {setting}", "SET log_parameter_max_length_on_error = -1")
    for name in ("parse", "rewritten", "plan"):
        agent.must(f"SET debug_print_{name} = on")
    assert true_in(agent.send("SELECT naive.careless(2)").text) == {2}, "the control"
    said = ""
    for statement in (
        opens(2),
        opens(21),
        opens(99),
        FIND.replace("%s", f"'{MINE}'"),
        FIND.replace("%s", "'13800000002'"),
        FIND.replace("%s", f"'{THEIRS}'"),
        "SELECT * FROM pgcustsec.find('crm.customer', 'health', 'ill-2')",
        "SELECT pgcustsec.close_record('crm.customer')",
        "SELECT pgcustsec.start_session('work')",
        "TABLE agent.customer",
    ):
        said += agent.send(statement).text
    agent.must("RESET ALL")
    assert true_in(said.replace(MINE, "").replace("13800000002", "").replace(THEIRS, "")) == set()
    for secret in row:
        for numbers in (" ".join(map(str, secret)), " ".join(str(b - 256 if b > 127 else b) for b in secret)):
            assert numbers not in said
        assert bytes(secret).hex() not in said


TEXTS = [
    "",
    " ",
    "'",
    "''; DROP TABLE crm.customer; --",
    "1' OR '1'='1",
    "1 OR true",
    "1); DELETE FROM crm.customer; --",
    "%s",
    "%I",
    "$1",
    "\\",
    "E'\\\\'",
    "$function$",
    '"',
    "null",
    "NULL",
    "true",
    "-1",
    "1e0",
    "99999999999999999999999",
    "NaN",
    "{1}",
    "[1]",
    '["1"]',
    '{"0": 1}',
    "[",
    "１",
    "\u202e1",
    "x" * 100_000,
    "[" * 5_000,
    None,
]


@pytest.mark.parametrize("relation", ["crm.customer", "crm.call", "crm.policy"])
def test_no_text_given_as_a_key_opens_anything(opened: World, agent: Attacker, relation: str) -> None:
    call = "SELECT pgcustsec.open_record(%s, %s, 'x') IS NOT NULL"
    for key in TEXTS:
        loot = agent.send(call, [relation, key])
        assert loot.sqlstate in ("CS201", "54001"), f"{key!r:.60}: {loot.text[:200] or 'opened'}"
        assert loot.error.count("\n") < 40 and shown_in(loot.text) == set()
    assert shown(agent) == set() and recorded(opened) == [] and spent(opened) == 0


def test_no_text_given_as_relation_column_value_or_reason_does_what_it_should_not(
    opened: World, agent: Attacker
) -> None:
    relations = (
        *TEXTS,
        "pg_catalog.pg_class",
        "pgcustsec_internal.audit",
        'pgcustsec_vault."crm.customer"',
        "clerk.customer",
        "crm.customer; --",
        "a.b.c.d",
        "CRM.CUSTOMER.x",
        "naive.customer",
    )
    for relation in relations:
        for call in (
            "open_record(%s, '1', 'x')",
            "find(%s, 'mobile', '13800000001')",
            "close_record(%s::text)",
            "open_place(%s)",
        ):
            loot = agent.send(f"SELECT pgcustsec.{call}", [relation])
            assert loot.sqlstate in ("CS208", "42804", "42883", "42725"), f"{call} {relation!r:.60}: {loot.text[:300]}"
    for column in (*TEXTS, "customer_id", "health", "name", "mobile blind", "MOBILE"):
        loot = agent.send("SELECT pgcustsec.find('crm.customer', %s::text::name, 'x')", [column])
        assert loot.sqlstate == "CS207", f"{column!r:.60}"
    for reason in ("", " ", "\t", "\n\n", "\u3000", "\u200b", "***", None):
        loot = agent.send("SELECT pgcustsec.open_record('crm.customer', '1', %s)", [reason])
        assert loot.sqlstate == "CS206", repr(reason)
    assert recorded(opened) == [] and spent(opened) == 0
    assert agent.send("SELECT count(*) FROM agent.customer").value == 20


@pytest.mark.parametrize(
    "relation", ["pg_class", "agent.customer", "naive.customer", "pg_toast.pg_toast_1255", "information_schema.tables"]
)
def test_a_relation_handed_over_by_number_is_taken_for_what_the_matrix_calls_so_or_refused(
    opened: World, agent: Attacker, relation: str
) -> None:
    with opened.database.connect() as connection:
        numbers = connection.execute(
            "SELECT oid FROM pg_class WHERE relname IN ('customer', 'audit', 'session_access') UNION SELECT 1"
        ).fetchall()
    for (number,) in numbers:
        for call in (
            f"open_record({number}::oid::regclass, '21', 'x')",
            f"open_record({number}::oid::regclass, '99', 'x')",
        ):
            assert agent.send(f"SELECT pgcustsec.{call}").sqlstate in ("CS201", "CS208"), call
    loot = agent.send(f"SELECT pgcustsec.open_record('{relation}'::regclass, '21', 'x')")
    assert loot.sqlstate in ("CS201", "CS208", "42501", "42P01")
    assert recorded(opened) == []


def test_keys_of_different_tables_and_spellings_are_not_taken_for_one_another(opened: World, agent: Attacker) -> None:
    """Customer 1, policy 1, call (x, 1) and customer "01": each opens its own record and no other."""
    agent.must(opens(2, "crm.policy"))
    assert (
        shown(agent) == set()
        and shown(agent, "TABLE agent.policy") == {2}
        and shown(agent, "TABLE agent.call") == set()
    )
    agent.must(opens(" 01 "))
    assert shown(agent) == {1} and recorded(opened) == ["2", "1"]
    agent.must(opens('["B, J", 2]', "crm.call"))
    assert shown(agent, "TABLE agent.call") == {2}
    for key in ('["B", "J, 2"]', '["B, J, 2"]', "B, J, 2", '["B, J"]', '[2, "B, J"]', '["BJ", 2]'):
        assert agent.send("SELECT pgcustsec.open_record('crm.call', %s, 'x')", [key]).sqlstate == "CS201", key
    assert shown(agent, "TABLE agent.call") == {2}


def test_a_key_that_is_a_float_is_refused_before_it_opens_several_records(sealed_world: World) -> None:
    from dataclasses import replace

    from pgcustsec.errors import PgcustsecError
    from pgcustsec.matrix.model import Access, Column, ServedByColumn, Table
    from pgcustsec.migrate import apply_matrix
    from tests.attack.opened_world import opened_matrix

    with sealed_world.copy() as world:
        world.execute(
            "SET ROLE {p}owner; CREATE TABLE crm.lead (f float8 PRIMARY KEY, owner text, mobile text);"
            " INSERT INTO crm.lead SELECT 1 + i * 0.01, 'A1', '1380000' || to_char(i, 'FM0000')"
            " FROM generate_series(1, 9) AS i"
        )
        matrix = opened_matrix(world.prefix)
        columns = {"f": Column("f", 3), "owner": Column("owner", 3), "mobile": Column("mobile", 1, "phone")}
        lead = Table("crm", "lead", ("f",), columns, served_by=(ServedByColumn("owner"),))
        agent_role = matrix.roles["agent"]
        access = Access("crm.lead", ("serving",), "serving", "masked")
        matrix = replace(
            matrix,
            tables={**matrix.tables, "crm.lead": lead},
            roles={**matrix.roles, "agent": replace(agent_role, tables={**agent_role.tables, "crm.lead": access})},
        )
        with world.database.connect() as connection, pytest.raises(PgcustsecError, match="two values may print alike"):
            apply_matrix(connection, matrix)
