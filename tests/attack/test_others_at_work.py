"""
Watching others work (hardening 21; 5.2.1): their statements, their notifications, what the server counts of them.
"""

from __future__ import annotations

import psycopg

from tests.attack.world import Attacker, World

VIEWS = [
    "pg_stat_activity",
    "pg_prepared_statements",
    "pg_cursors",
    "pg_locks",
    "pg_stat_ssl",
    "pg_stat_progress_copy",
    "pg_prepared_xacts",
    "pg_stat_replication",
    "pg_replication_slots",
    "pg_publication_tables",
    "pg_stat_user_functions",
    "pg_sequences",
    "pg_matviews",
    "pg_rules",
    "pg_settings",
    "information_schema.tables",
    "information_schema.columns",
    "information_schema.view_column_usage",
    "information_schema.routines",
    "information_schema.check_constraints",
]


def test_a_colleagues_statement_is_not_read(world: World) -> None:
    """The control is the same login twice, and the reason why nobody shares one (2.3)."""
    with world.attacker("A2") as colleague, world.attacker("A2") as again, world.attacker("A1") as attacker:
        colleague.must("SELECT 't2-20-ill', 't1-20-mobile'", "PREPARE mine AS SELECT 't1-20-mobile'")
        colleague.must("BEGIN; DECLARE mine CURSOR FOR SELECT 't1-20-mobile'; SELECT 't1-20-mobile'")
        asked = f"SELECT * FROM pg_stat_activity WHERE pid = {colleague.connection.info.backend_pid}"
        assert ("t1", 20) in again.send(asked).marks, "the control"
        assert attacker.gains(*(f"SELECT * FROM {view}" for view in VIEWS)) == set()
        assert attacker.send("SELECT query FROM pg_stat_get_activity(NULL)").marks == set()
        for act in ("pg_terminate_backend", "pg_cancel_backend"):
            assert attacker.send(f"SELECT {act}({colleague.connection.info.backend_pid})").refused
        assert attacker.send(f"SELECT pg_log_backend_memory_contexts({colleague.connection.info.backend_pid})").refused


def test_nothing_of_ours_is_notified_to_who_listens(module_world: World) -> None:
    """Anybody may listen on any channel; ours say nothing. The control is a channel that somebody's trigger uses."""
    module_world.execute(
        "CREATE FUNCTION naive.tell() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN PERFORM pg_notify('changes', new.health); RETURN new; END $$",
        "CREATE TRIGGER tell AFTER UPDATE ON naive.customer FOR EACH ROW EXECUTE FUNCTION naive.tell()",
    )
    with module_world.attacker("A1") as attacker:
        attacker.must("LISTEN changes", "LISTEN pgcustsec", "LISTEN crm")
        module_world.execute(
            "UPDATE crm.customer SET health = health WHERE customer_id = 20",
            "UPDATE pgcustsec_internal.staff SET branch_code = 'SH' WHERE staff_id = 'A2'",
        )
        assert _heard(attacker) == []
        module_world.execute("UPDATE naive.customer SET health = health WHERE customer_id = 20")
        assert _heard(attacker) == ["t2-20-ill"], "the control"


def _heard(attacker: Attacker) -> list[str]:
    return [notice.payload for notice in attacker.connection.notifies(timeout=0.2)]


def test_what_a_login_may_see_of_the_schema_names_no_column_beyond_its_views(attacker: Attacker) -> None:
    """information_schema shows what one has rights on. pg_catalog shows names to everybody, and no values: stated."""
    loot = attacker.send("SELECT table_schema, table_name, column_name FROM information_schema.columns")
    named = {row for row in loot.rows if row[0] in ("crm", "pgcustsec_internal", "pgcustsec_views", "clerk", "analyst")}
    assert named == set()
    assert ("agent", "customer", "mobile") in loot.rows, "the control"


def test_a_second_connection_of_the_same_login_sees_no_uncommitted_row(module_world: World) -> None:
    with module_world.database.connect(autocommit=False) as writer, module_world.attacker("A1") as attacker:
        writer.execute("UPDATE crm.customer SET health = 't2-1-new' WHERE customer_id = 1")
        for level in ("READ UNCOMMITTED", "READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"):
            attacker.must(f"BEGIN ISOLATION LEVEL {level}")
            assert "new" not in attacker.send("SELECT * FROM agent.customer").text
            attacker.must("COMMIT")
        writer.rollback()


def test_transactions_cannot_be_prepared_and_left(attacker: Attacker) -> None:
    """Hardening 22. Where max_prepared_transactions is set they can be; nothing of ours counts on them."""
    attacker.must("BEGIN")
    loot = attacker.send("PREPARE TRANSACTION 'left'")
    assert isinstance(loot.error, str) and loot.sqlstate == psycopg.errors.ObjectNotInPrerequisiteState.sqlstate
