"""
Writing through a view, and reading by way of writing (hardening 4 and 8; 5.3).

A view of one table is updatable by itself. ON CONFLICT, RETURNING and MERGE reach rows that the view's condition hides,
on servers that the releases of November 2026 have not mended (the bundled 18.6 among them). Only SELECT is granted.
"""

from __future__ import annotations

import pytest

from tests.attack.world import Attacker, World, marks_in

WRITES = [
    "INSERT INTO {v} (customer_id, status) VALUES (999, 'x')",
    "INSERT INTO {v} (customer_id, status) VALUES (20, 'x') ON CONFLICT DO NOTHING",
    "INSERT INTO {v} (customer_id, status) VALUES (20, 'x') ON CONFLICT (customer_id) DO UPDATE SET status = {v}.status"
    " RETURNING *",
    "INSERT INTO {v} (customer_id, status, id_card) VALUES (999, 'x', 't1-20-card') ON CONFLICT (id_card) DO NOTHING",
    "UPDATE {v} SET status = 'x' RETURNING *",
    "UPDATE {v} SET owner_staff_id = 'A1' WHERE customer_id = 20 RETURNING *",
    "UPDATE {v} SET customer_id = 20 WHERE customer_id = 1",
    "UPDATE {v} SET id_card = 't1-20-card' WHERE customer_id = 1",
    "DELETE FROM {v} RETURNING *",
    "DELETE FROM {v} USING {v} AS other RETURNING other.*",
    "MERGE INTO {v} AS t USING (SELECT 20 AS i) AS s ON t.customer_id = s.i WHEN MATCHED THEN UPDATE SET status = 'x'",
    "MERGE INTO {v} AS t USING (SELECT 20 AS i) AS s ON t.customer_id = s.i WHEN MATCHED THEN DELETE",
    "MERGE INTO {v} AS t USING (SELECT 20 AS i) AS s ON t.customer_id = s.i WHEN NOT MATCHED THEN"
    " INSERT (customer_id, status) VALUES (20, 'x')",
    "WITH w AS (UPDATE {v} SET status = 'x' RETURNING *) SELECT * FROM w",
    "SELECT * FROM {v} FOR UPDATE",
    "SELECT * FROM {v} FOR NO KEY UPDATE",
    "SELECT * FROM {v} FOR SHARE",
    "SELECT * FROM {v} FOR KEY SHARE SKIP LOCKED",
    "COPY {v} FROM STDIN",
    "TRUNCATE {v}",
    "BEGIN; LOCK TABLE {v} IN ROW EXCLUSIVE MODE",
    "BEGIN; LOCK TABLE {v} IN ACCESS EXCLUSIVE MODE NOWAIT",
    "CREATE TRIGGER t INSTEAD OF UPDATE ON {v} FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "CREATE RULE r AS ON UPDATE TO {v} DO INSTEAD NOTHING",
    "CREATE OR REPLACE VIEW {v} AS SELECT 1",
    "ALTER VIEW {v} ALTER COLUMN status SET DEFAULT 'x'",
]
ON_18 = ["UPDATE {v} SET status = 'x' RETURNING old.*, new.*", "DELETE FROM {v} RETURNING old.*"]
#: Asked before rights are: what is no table, names no arbiter, or a column that this role has not.
NEVER = {"42501", "42809", "42P10", "55000", "0A000", "42703"}
VIEWS = ["agent.customer", "clerk.customer", "analyst.customer"]
HOLDERS = {"agent.customer": "A1", "clerk.customer": "C1", "analyst.customer": "N1"}


@pytest.mark.parametrize("view", VIEWS)
def test_no_write_and_no_row_lock_goes_through_a_view(world: World, view: str) -> None:
    writes = WRITES + (ON_18 if world.server.major >= 18 else [])
    before = _rows(world)
    with world.attacker(HOLDERS[view]) as attacker:
        assert attacker.send(f"SELECT 1 FROM {view}").rows, "the control: reading works"
        for write in writes:
            statement = write.format(v=view)
            loot = attacker.copy_out(statement) if statement.startswith("COPY") else attacker.send(statement)
            assert loot.sqlstate in NEVER, f"{statement}: {loot.text or 'it works'}"
            # An error quotes the statement, and with it the guess in it.
            assert loot.marks <= marks_in(statement), statement
            attacker.must("ROLLBACK")
    assert _rows(world) == before


def test_with_update_granted_a_naive_view_moves_and_locks_rows(module_world: World) -> None:
    """The control: the same statements on a view as people make it, with the rights people give."""
    module_world.execute(
        "CREATE VIEW naive.writable AS SELECT * FROM naive.customer WHERE owner_staff_id = (SELECT naive.me())",
        "GRANT ALL ON naive.writable TO PUBLIC",
    )
    with module_world.attacker("A1") as attacker:
        loot = attacker.send(
            "INSERT INTO naive.writable (customer_id, status) VALUES (20, 'x')"
            " ON CONFLICT (customer_id) DO UPDATE SET owner_staff_id = 'A1' RETURNING *"
        )
        assert attacker.send("UPDATE naive.writable SET owner_staff_id = 'A2' WHERE customer_id = 1 RETURNING *").rows
        assert loot.marks or "x" in loot.text
        assert attacker.send("SELECT * FROM naive.writable FOR UPDATE").rows


def test_where_writes_were_granted_by_mistake_the_policies_for_reading_let_none_through(module_world: World) -> None:
    """The viewer has no UPDATE, INSERT or DELETE below: rights on the view alone reach nothing."""
    module_world.execute("SET ROLE {p}agent_viewer; GRANT ALL ON agent.customer, agent.policy TO {p}agent; RESET ROLE")
    before = _rows(module_world)
    with module_world.attacker("A1") as attacker:
        assert attacker.send("SELECT has_table_privilege('agent.customer', 'UPDATE')").value, "the control"
        for write in WRITES:
            attacker.must("ROLLBACK")
            if not write.startswith(("COPY", "CREATE", "ALTER", "BEGIN")):
                assert attacker.gains(write.format(v="agent.customer")) == set(), write
    assert _rows(module_world) == before


def _rows(world: World) -> object:
    with world.database.connect() as connection:
        return connection.execute(
            "SELECT md5(string_agg(c::text, '' ORDER BY customer_id)) FROM crm.customer AS c"
        ).fetchone()


def test_a_rule_or_trigger_of_ones_own_does_not_get_at_others_rows(maker: Attacker) -> None:
    """A view of one's own over a role's view shows what one sees oneself, under one's own rights below it."""
    maker.must("BEGIN", "CREATE VIEW evil.mine AS SELECT * FROM agent.customer", "GRANT SELECT ON evil.mine TO PUBLIC")
    maker.must("GRANT USAGE ON SCHEMA evil TO PUBLIC")
    assert maker.gains("SELECT * FROM evil.mine") == set()
    maker.must("CREATE RULE told AS ON UPDATE TO evil.mine DO INSTEAD SELECT old.*")
    assert maker.gains("UPDATE evil.mine SET status = 'x'") == set()


def test_a_view_of_ones_own_hands_no_rows_on_to_who_reads_it(module_world: World) -> None:
    """5.3: a definer's view over a naive view shows its maker's rows to everybody; over ours, the reader's own."""
    module_world.execute(
        "CREATE VIEW naive.by_role AS SELECT * FROM naive.customer"
        " WHERE owner_staff_id = upper(replace(current_user, '{p}', ''))",
        "GRANT SELECT ON naive.by_role TO PUBLIC",
        "UPDATE naive.customer SET owner_staff_id = 'E1' WHERE customer_id = 46",
        "UPDATE crm.customer SET owner_staff_id = 'E1' WHERE customer_id = 46",
    )
    with module_world.attacker("E1") as maker:
        for view, source in (("ours", "agent.customer"), ("theirs", "naive.by_role")):
            maker.must(f"CREATE VIEW evil.{view} AS SELECT * FROM {source}", f"GRANT SELECT ON evil.{view} TO PUBLIC")
            maker.must(
                f"CREATE FUNCTION evil.{view}() RETURNS SETOF text LANGUAGE sql SECURITY DEFINER AS"
                f" 'SELECT tag FROM {source}'"
            )
        maker.must("GRANT USAGE ON SCHEMA evil TO PUBLIC")
    with module_world.attacker("C1") as reader:
        assert ("t3", 46) in reader.gains("SELECT * FROM evil.theirs()"), "the control"
        assert reader.send("SELECT * FROM evil.ours").marks == set()
        assert reader.send("SELECT * FROM evil.ours()").marks == set()
