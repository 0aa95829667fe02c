"""
Seeing tier 1 without leaving a record of it (hardening 19, 22; 5.2.1, 5.2.4).

What is opened shows once the record of the opening is committed. So whatever takes a transaction back, keeps it open or
hides it takes what it would have shown with it. Whose tier 1 came back is read from the answers: `138****0007` is 7's.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import cluster
from tests.attack.opened_world import SERVED, opened_world, opens, recorded, shown, shown_in, spent
from tests.attack.world import Attacker, World
from tests.cluster import Candidate, Server

READS = (
    "TABLE agent.customer",
    "SELECT mobile FROM agent.customer WHERE customer_id = 1",
    "WITH t AS MATERIALIZED (TABLE agent.customer) TABLE t",
    "SELECT (SELECT mobile FROM agent.customer WHERE customer_id = 1)",
    "SELECT string_agg(mobile, ' ') FROM agent.customer",
    "DO $$ BEGIN RAISE NOTICE '%', (SELECT string_agg(mobile, ' ') FROM agent.customer); END $$",
)


def read_everywhere(attacker: Attacker) -> set[int]:
    return {number for statement in READS for number in shown(attacker, statement)}


def test_the_control_an_opening_that_is_committed_shows_that_record_and_no_other(
    opened: World, agent: Attacker
) -> None:
    assert read_everywhere(agent) == set()
    agent.must(opens(1))
    assert read_everywhere(agent) == {1}
    agent.must(opens(2))
    assert read_everywhere(agent) - {1} == {2} and shown(agent) == {2}
    assert recorded(opened) == ["1", "2"]


WAYS_BACK = {
    "rolled back": (["BEGIN"], ["ROLLBACK"]),
    "aborted": (["BEGIN"], ["SELECT 1 / 0", "COMMIT"]),
    "savepoint": (["BEGIN", "SAVEPOINT s"], ["ROLLBACK TO s", "COMMIT"]),
    "savepoint in a savepoint": (["BEGIN", "SAVEPOINT s", "SAVEPOINT t"], ["RELEASE t", "ROLLBACK TO s", "COMMIT"]),
    "chained": (["BEGIN"], ["ROLLBACK AND CHAIN", "COMMIT"]),
}


@pytest.mark.parametrize("way", WAYS_BACK)
def test_what_is_taken_back_has_shown_nothing(opened: World, agent: Attacker, way: str) -> None:
    before, after = WAYS_BACK[way]
    agent.must(*before, "SELECT naive.open(1)")
    assert shown(agent, "TABLE naive.opened") == {1}, "the control"
    for statement in after:
        agent.send(statement)
    assert shown(agent, "TABLE naive.opened") == set(), "the control left no trace"

    agent.must(*before, opens(1))
    seen = read_everywhere(agent)
    for statement in after:
        agent.send(statement)
        if not statement.startswith("SELECT"):
            seen |= shown(agent)
    assert seen | read_everywhere(agent) == set()
    assert recorded(opened) == [] and spent(opened) == 1, "the budget is not given back"


def test_an_opening_counts_only_after_the_commit_for_another_connection_too(opened: World, agent: Attacker) -> None:
    with opened.database.connect(user=agent.login) as connection:
        elsewhere = Attacker(opened, connection, set())
        agent.must("BEGIN", opens(1))
        assert read_everywhere(agent) == read_everywhere(elsewhere) == set()
        agent.must("COMMIT")
        assert shown(elsewhere) == shown(agent) == {1}, "one person, one open record"


def test_a_cursor_shows_nothing_that_was_not_committed_when_it_began(opened: World, agent: Attacker) -> None:
    """The control: a naive table of openings, read through a cursor and rolled back."""
    agent.must("BEGIN", "SELECT naive.open(1)", "DECLARE c CURSOR FOR TABLE naive.opened")
    assert shown(agent, "FETCH ALL FROM c") == {1}, "the control"
    agent.must("ROLLBACK")

    agent.must("BEGIN")
    for name, hold in (("held", "WITH HOLD"), ("loose", "WITHOUT HOLD")):
        agent.must(f"DECLARE {name}_before SCROLL CURSOR {hold} FOR TABLE agent.customer")
    agent.must("MOVE 1 FROM loose_before")
    agent.must(opens(1))
    for name, hold in (("held", "WITH HOLD"), ("loose", "WITHOUT HOLD")):
        agent.must(f"DECLARE {name}_after SCROLL CURSOR {hold} FOR TABLE agent.customer")
    for name in ("loose_before", "loose_after"):
        assert shown(agent, f"FETCH ALL FROM {name}") == set(), name
    agent.must("COMMIT")
    for name in ("held_before", "held_after"):
        assert shown(agent, f"FETCH ALL FROM {name}") == set(), name
    assert shown(agent) == {1}


def test_a_cursor_over_an_open_record_keeps_that_record_and_never_another(opened: World, agent: Attacker) -> None:
    """Stated: a cursor keeps what it began with. It is no more than what was recorded."""
    agent.must(opens(1), "BEGIN", "DECLARE kept SCROLL CURSOR WITH HOLD FOR TABLE agent.customer", "FETCH 2 FROM kept")
    agent.must("SELECT pgcustsec.close_record('crm.customer')", opens(2), opens(3), "COMMIT")
    assert shown(agent, "FETCH ABSOLUTE 0 FROM kept; FETCH ALL FROM kept") == {1}
    assert {str(number) for number in {1, *shown(agent)}} <= set(recorded(opened))


LOOPS = {
    "one transaction": "PERFORM pgcustsec.open_record('crm.customer', k::text, 'x'); {read}",
    "a subtransaction each": """
        BEGIN PERFORM pgcustsec.open_record('crm.customer', k::text, 'x'); {read} RAISE 'back';
        EXCEPTION WHEN raise_exception THEN NULL; END;""",
    "rolled back each": "PERFORM pgcustsec.open_record('crm.customer', k::text, 'x'); {read} ROLLBACK;",
}


@pytest.mark.parametrize("loop", LOOPS)
def test_a_loop_reads_nothing_of_what_it_opens_and_does_not_commit(opened: World, agent: Attacker, loop: str) -> None:
    read = "RAISE NOTICE '%', (SELECT string_agg(mobile, ' ') FROM {view});"
    block = "DO $$ DECLARE k integer; BEGIN FOR k IN 1..6 LOOP {body} END LOOP; END $$"
    ours = LOOPS[loop].format(read=read.format(view="agent.customer"))
    naive = LOOPS[loop].format(read=read.format(view="naive.opened"))
    naive = naive.replace("pgcustsec.open_record('crm.customer', k::text, 'x')", "naive.open(k)")
    assert shown(agent, block.format(body=naive)) == set(range(1, 7)), "the control"
    loot = agent.send(block.format(body=ours))
    assert not loot.error and shown_in(loot.text) == set()
    assert spent(opened) == 6


def test_a_loop_that_commits_each_opening_leaves_a_record_of_each_and_ends_with_the_budget(
    opened: World, agent: Attacker
) -> None:
    """So much is allowed: record by record, and as many as the day has."""
    loot = agent.send("""
        DO $$ DECLARE k integer; BEGIN
            FOR k IN 1..20 LOOP
                PERFORM pgcustsec.open_record('crm.customer', k::text, 'x'); COMMIT;
                RAISE NOTICE '%', (SELECT string_agg(mobile, ' ') FROM agent.customer);
            END LOOP; END $$""")
    assert loot.sqlstate == "CS205"
    assert {str(number) for number in shown_in(loot.text)} == set(recorded(opened)) == {str(k) for k in range(1, 7)}


def test_each_key_of_a_list_is_an_opening_of_its_own_and_only_the_last_stays_open(
    opened: World, agent: Attacker
) -> None:
    listed = "SELECT o.* FROM generate_series(1, 4) AS k, LATERAL pgcustsec.open_record('crm.customer', k::text, 'x') o"
    agent.must(listed)
    assert len(shown(agent)) == 1
    assert recorded(opened) == ["1", "2", "3", "4"] and spent(opened) == 4
    both = agent.send(f"SELECT c.mobile FROM ({listed}) AS o CROSS JOIN agent.customer AS c WHERE customer_id < 5")
    # What was open before goes on showing in the statement that opens others: it is recorded.
    assert shown_in(both.text) <= {4}
    assert spent(opened) == 8


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM agent.customer WHERE pgcustsec.open_record('crm.customer', customer_id::text, 'x') > now()",
        "SELECT * FROM agent.customer ORDER BY pgcustsec.open_record('crm.customer', customer_id::text, 'x')",
        "SELECT mobile, pgcustsec.open_record('crm.customer', customer_id::text, 'x'), mobile FROM agent.customer",
        "SELECT c.* FROM agent.customer c JOIN agent.customer d"
        " ON pgcustsec.open_record('crm.customer', c.customer_id::text, 'x') IS NOT NULL",
        "UPDATE agent.customer SET health = health"
        " WHERE pgcustsec.open_record('crm.customer', customer_id::text, 'x') > now() RETURNING *",
    ],
)
def test_opening_within_a_list_shows_nothing_in_it(opened: World, agent: Attacker, statement: str) -> None:
    loot = agent.send(statement)
    assert loot.sqlstate == "CS205" and shown_in(loot.text) == set()
    assert shown(agent) == set() and recorded(opened) == []
    assert spent(opened, what="customers") == 6 and spent(opened) == 7


SETTINGS = [
    "TimeZone = 'Pacific/Kiritimati'",
    "DateStyle = 'German, DMY'",
    "IntervalStyle = 'sql_standard'",
    "standard_conforming_strings = off; SET escape_string_warning = off; SET backslash_quote = on",
    "transform_null_equals = on",
    "extra_float_digits = -15",
    "bytea_output = 'escape'",
    "quote_all_identifiers = on",
    "array_nulls = off",
    "client_encoding = 'SQL_ASCII'",
    "plan_cache_mode = force_generic_plan",
    "plan_cache_mode = force_custom_plan",
    "plpgsql.extra_errors = 'all'",
    "plpgsql.print_strict_params = on",
    "client_min_messages = debug5",
    "synchronous_commit = off",
    "enable_indexscan = off; SET enable_bitmapscan = off; SET enable_indexonlyscan = off",
    "search_path = ''",
    "search_path = agent, pgcustsec, pg_temp, pg_catalog",
    "max_parallel_workers_per_gather = 4; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0;"
    " SET min_parallel_table_scan_size = 0",
    "{parallel} = regress",
    "{parallel} = on",
    "jit = on; SET jit_above_cost = 0",
    "row_security = on",
]


@pytest.mark.parametrize("setting", SETTINGS)
def test_no_setting_opens_more_than_one_record(opened: World, agent: Attacker, setting: str) -> None:
    parallel = "debug_parallel_query" if opened.server.major >= 16 else "force_parallel_mode"
    agent.send("SET " + setting.format(parallel=parallel))
    agent.must("BEGIN")
    agent.send(opens(1))
    assert shown(agent) == set()
    agent.must("ROLLBACK")
    assert read_everywhere(agent) == set()
    agent.must(opens(2), opens('["B, J", 2]', "crm.call"))
    assert shown(agent) == {2} and shown(agent, "TABLE agent.call") == {2}
    agent.must("SELECT pgcustsec.close_record('crm.customer')")
    assert shown(agent) == set()


def test_row_security_off_opens_nothing(opened: World, agent: Attacker) -> None:
    agent.must("SET row_security = off")
    assert (
        agent.send(opens(1)).refused and agent.send("SELECT pgcustsec.find('crm.customer', 'mobile', 'x')").rows == []
    )
    agent.must("RESET ALL")
    assert shown(agent) == set() and recorded(opened) == []


def test_prepared_statements_and_roles_ask_anew_each_time(opened: World, agent: Attacker) -> None:
    for mode in ("force_generic_plan", "force_custom_plan"):
        agent.must(f"SET plan_cache_mode = {mode}", f"PREPARE {mode} (int) AS SELECT * FROM agent.customer")
        agent.must(f"PREPARE {mode}_open AS {opens(1)}")
    agent.send(f"SET ROLE {opened.role('agent')}")  # refused or not: it is, from 16 on
    for mode in ("force_generic_plan", "force_custom_plan"):
        agent.must("BEGIN", f"EXECUTE {mode}_open")
        assert shown(agent, f"EXECUTE {mode} (1)") == set()
        agent.must("ROLLBACK")
        assert shown(agent, f"EXECUTE {mode} (1)") == set()
        agent.must(f"EXECUTE {mode}_open")
        assert shown(agent, f"EXECUTE {mode} (1)") == {1}
        agent.must("SELECT pgcustsec.close_record('crm.customer')")
        assert shown(agent, f"EXECUTE {mode} (1)") == set()
    assert agent.send("SET session_replication_role = replica").refused


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE", "READ UNCOMMITTED"])
def test_an_older_snapshot_shows_and_opens_nothing(opened: World, agent: Attacker, level: str) -> None:
    """The control: the naive view goes on showing in such a snapshot what was closed since."""
    agent.must("SELECT naive.open(1)", opens(1), f"BEGIN ISOLATION LEVEL {level}", "SELECT count(*) FROM naive.opened")
    opened.execute("TRUNCATE naive.budget", "DELETE FROM naive.opening", "INSERT INTO naive.budget VALUES ('A1', 0)")
    opened.execute("UPDATE pgcustsec_internal.session_access SET record_key = NULL, lapses_at = NULL")
    if level != "READ UNCOMMITTED":
        assert shown(agent, "TABLE naive.opened") == {1}, "the control"
    for statement in (
        "TABLE agent.customer",
        "TABLE agent.policy",
        opens(2),
        "SELECT pgcustsec.find('crm.customer', 'mobile', '13800000001')",
        "SELECT pgcustsec.open_place('crm.customer')",
    ):
        agent.must("SAVEPOINT s")
        loot = agent.send(statement)
        assert loot.sqlstate == "CS107" and loot.rows == [], statement
        agent.must("ROLLBACK TO s")
    assert spent(opened) == 1, "a refusal for that costs nothing"
    agent.must("ROLLBACK")


def test_a_read_only_transaction_opens_nothing_and_discarding_all_gives_nothing_back(
    opened: World, agent: Attacker
) -> None:
    agent.must("BEGIN READ ONLY")
    assert agent.send(opens(1)).sqlstate == "25006"
    agent.must("ROLLBACK")
    assert shown(agent) == set()
    agent.must(opens(1), "DISCARD ALL")
    assert shown(agent) == {1}
    assert spent(opened) >= 1
    agent.must("RESET SESSION AUTHORIZATION", "DISCARD ALL", "DISCARD SEQUENCES")
    assert agent.send("SELECT lastval()").error, "no sequence of ours was advanced under the caller's name"


def test_a_record_lapses_and_closes_for_every_way_to_read(opened: World, agent: Attacker) -> None:
    agent.must(opens(1), "PREPARE p AS TABLE agent.customer")
    for _ in range(7):
        assert shown(agent, "EXECUTE p") == {1}
    agent.must("BEGIN")
    assert shown(agent, "EXECUTE p") == {1}
    opened.execute("UPDATE pgcustsec_internal.session_access SET lapses_at = clock_timestamp() WHERE lapses_at > now()")
    assert shown(agent, "EXECUTE p") == set(), "the clock is read, not the transaction's"
    agent.must("COMMIT")
    assert agent.send("SELECT pgcustsec.close_record('crm.customer')").value is False


def test_what_one_opened_another_does_not_see(opened: World, agent: Attacker) -> None:
    agent.must(opens(1))
    with opened.attacker("A2") as other:
        assert shown(other) == set()
        assert other.send(opens(1)).sqlstate == "CS201"
        other.must(opens(21))
        assert shown(other) == {21}
        for statement in ("SELECT pgcustsec.close_record('crm.customer')",):
            other.must(statement)
    assert shown(agent) == {1}, "nor does another close it"


@pytest.mark.parametrize("column", ["mobile"])
def test_tier_1_is_written_where_the_record_is_open_and_nowhere_else(
    opened: World, agent: Attacker, column: str
) -> None:
    write = "UPDATE agent.customer SET {} = '13911110009' WHERE customer_id = {} RETURNING *"
    for before in ([], [opens(2)], ["BEGIN", opens(1)]):
        agent.must(*before)
        loot = agent.send(write.format(column, 1))
        assert loot.sqlstate == "CS203" and shown_in(loot.text) == set(), before
        agent.send("ROLLBACK")
    with opened.attacker("A2") as other:
        other.must(opens(21))
        assert agent.send(write.format(column, 21)).rows == [] and other.send(write.format(column, 1)).rows == []
    for guess in ("138****0001", "***", None, ""):
        assert agent.send("UPDATE agent.customer SET mobile = %s WHERE customer_id = 1", [guess]).sqlstate in (
            "CS203",
            "CS401",
            "CS403",
            "CS405",
            "",
        )
    with opened.database.connect() as connection:
        asked = "SELECT count(*) FROM pgcustsec_vault.\"crm.customer\" WHERE mobile !~ '^1380000'"
        assert connection.execute(asked).fetchone() == (0,)


def test_explain_tells_nothing_of_what_is_not_open(agent: Attacker) -> None:
    """The estimate and the counts for a right guess are those for a wrong one."""
    for options in ("", "(ANALYZE, TIMING OFF, SUMMARY OFF, BUFFERS OFF) "):
        told = [
            agent.send(f"EXPLAIN {options}SELECT 1 FROM agent.customer WHERE mobile = '138****{n}'").text.replace(n, "")
            for n in ("0001", "9999")
        ]
        assert told[0] == told[1], options
    for question in (
        "SELECT * FROM pg_stats WHERE schemaname IN ('crm', 'pgcustsec_internal', 'pgcustsec_vault')",
        "SELECT last_value FROM pg_sequences WHERE schemaname LIKE 'pgcustsec%' AND last_value IS NOT NULL",
    ):
        assert agent.send(question).rows == [], question


# --- prepared transactions -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def preparing(server: Server) -> Iterator[World]:
    """The world on a server where transactions can be prepared."""
    if server.bindir is None:
        pytest.skip("the server of one's own cannot be started twice")
    other = cluster.start(Candidate(server.name, server.version, bindir=server.bindir), max_prepared_transactions="5")
    try:
        with opened_world(other) as world, world.copy() as copy:
            yield copy
    finally:
        other.stop()


def test_a_prepared_opening_shows_nothing_until_it_is_committed(preparing: World) -> None:
    with preparing.attacker("A1") as agent:
        agent.must("BEGIN", opens(1), "PREPARE TRANSACTION 'one'")
        assert read_everywhere(agent) == set()
        agent.must("ROLLBACK PREPARED 'one'")
        assert read_everywhere(agent) == set() and recorded(preparing) == []
        agent.must("BEGIN", opens(1), "PREPARE TRANSACTION 'two'")
        assert read_everywhere(agent) == set()
        agent.must("COMMIT PREPARED 'two'")
        assert shown(agent) == {1}
    assert recorded(preparing) == ["1"]


def test_a_prepared_transaction_keeps_nobody_from_having_left(preparing: World) -> None:
    with preparing.attacker("A2") as agent:
        agent.must(opens(21), "BEGIN", opens(22), "PREPARE TRANSACTION 'left'")
        with preparing.database.connect() as connection:
            connection.execute("SET lock_timeout = '2s'")
            connection.execute("UPDATE pgcustsec_internal.staff SET active = false WHERE staff_id = 'A2'")
        assert agent.send("TABLE agent.customer").rows == []
        agent.must("COMMIT PREPARED 'left'")
        assert agent.send("TABLE agent.customer").rows == []
        assert SERVED["A2"]
