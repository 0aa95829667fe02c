"""
Past the views: base tables, partitions, children, and what lies beneath (hardening 4, 6 and 8; 5.2.1, 5.2.2).

"What is not granted needs no defence": every verb on every relation that is not a view of one's own role is refused.
"""

from __future__ import annotations

import pytest

from pgcustsec.migrate import apply_matrix, plan_matrix
from tests.attack.world import Attacker, World, matrix

RELATIONS = [
    "crm.customer",
    "crm.customer_vip",
    "crm.policy",
    "crm.policy_old",
    "crm.assignment",
    'pgcustsec_views."agent.customer"',
    "pgcustsec_internal.staff",
    "pgcustsec_internal.staff_role",
    "pgcustsec_internal.applied_matrix",
]
VERBS = [
    "SELECT * FROM {}",
    "SELECT count(*) FROM {}",
    "SELECT FROM {}",
    "TABLE {}",
    "SELECT FROM ONLY {}",
    "SELECT ctid, xmin, tableoid FROM {}",
    "SELECT * FROM {} TABLESAMPLE SYSTEM (100)",
    "SELECT * FROM {} FOR UPDATE",
    "SELECT * FROM {} FOR KEY SHARE",
    "COPY {} TO STDOUT",
    "COPY (SELECT * FROM {}) TO STDOUT",
    "COPY {} FROM STDIN",
    "INSERT INTO {} DEFAULT VALUES",
    "INSERT INTO {} DEFAULT VALUES ON CONFLICT DO NOTHING RETURNING *",
    "UPDATE {} SET customer_id = customer_id",
    "DELETE FROM {} RETURNING *",
    "MERGE INTO {} AS t USING (SELECT 1) AS s ON true WHEN MATCHED THEN DELETE",
    "TRUNCATE {}",
    "BEGIN; LOCK TABLE {} IN ACCESS SHARE MODE",
    "CREATE TRIGGER t BEFORE INSERT ON {} FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "CREATE RULE r AS ON INSERT TO {} DO NOTHING",
    "CREATE POLICY p ON {} USING (true)",
    "CREATE INDEX ON {} (customer_id)",
    "CREATE STATISTICS evil.s ON customer_id, staff_id FROM {}",
    "ALTER TABLE {} DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE {} OWNER TO CURRENT_USER",
    "COMMENT ON TABLE {} IS 'x'",
    "ANALYZE {}",
    "CLUSTER {}",
    "VACUUM FULL {}",
    "REINDEX TABLE {}",
    "DROP TABLE {}",
    "GRANT SELECT ON {} TO CURRENT_USER",
    "EXPLAIN SELECT * FROM {}",
]
NO_LIBXML = "0A000"  # the bundled server is built without
NAIVE_GRANT = "GRANT USAGE ON SCHEMA crm TO {p}agent; GRANT ALL ON ALL TABLES IN SCHEMA crm TO {p}agent"


@pytest.mark.parametrize("relation", RELATIONS)
def test_no_verb_reaches_a_relation_beneath_the_views(attacker: Attacker, relation: str) -> None:
    before = _state(attacker.world)
    for verb in VERBS:
        attacker.must("ROLLBACK")
        statement = verb.format(relation)
        loot = attacker.copy_out(statement) if statement.startswith("COPY") else attacker.send(statement)
        assert loot.refused, f"{statement}: {loot.text or 'it works'} {loot.sqlstate}"
        assert loot.marks == set(), statement
    assert _state(attacker.world) == before


def test_by_oid_nothing_beneath_the_views_is_reached_either(attacker: Attacker) -> None:
    for name in ("crm.customer", 'pgcustsec_views."agent.customer"', "pgcustsec_internal.staff"):
        with attacker.world.database.connect() as connection:
            [(oid,)] = connection.execute("SELECT %s::regclass::oid", [name]).fetchall()
        for call in ("table_to_xml({}, true, true, '')", "table_to_xml_and_xmlschema({}, true, true, '')"):
            loot = attacker.send(f"SELECT {call.format(oid)}")
            assert loot.refused or loot.sqlstate == NO_LIBXML, loot.text
        assert not attacker.send(f"SELECT has_table_privilege({oid}, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')").value


def test_row_security_still_holds_where_a_grant_was_made_by_mistake(own_world: World) -> None:
    """The control: without row security the grant alone shows everything. With it, no policy is for a login."""
    own_world.execute(NAIVE_GRANT, "SET ROLE {p}owner; ALTER TABLE crm.assignment DISABLE ROW LEVEL SECURITY")
    with own_world.attacker("A1") as attacker:
        assert attacker.send("SELECT * FROM crm.assignment").rows, "the control"
        for relation in ("crm.customer", "crm.customer_vip", "crm.policy", "crm.policy_old", "crm.policy_new"):
            loot = attacker.send(f"SELECT * FROM {relation}")
            assert not loot.error and loot.rows == [], relation
            loot = attacker.copy_out(f"COPY {relation} TO STDOUT")
            assert loot.marks == set(), relation
            assert (
                attacker.send(f"UPDATE {relation} SET customer_id = 1; DELETE FROM {relation} RETURNING *").rows == []
            )
        assert attacker.send("INSERT INTO crm.policy VALUES (500, 1)").refused
        for statement in (
            "INSERT INTO crm.customer (customer_id, status) VALUES (20, 'x')"
            " ON CONFLICT (customer_id) DO UPDATE SET tag = 'x' RETURNING *",
            "MERGE INTO crm.customer AS t USING (SELECT 20 AS i) AS s ON t.customer_id = s.i WHEN MATCHED THEN DELETE"
            " WHEN NOT MATCHED THEN INSERT (customer_id, status) VALUES (s.i, 'x')",
        ):
            loot = attacker.send(statement)
            assert loot.refused and loot.marks == set(), loot.text
    assert _plan(own_world), "and the next plan takes it back"


def _plan(world: World) -> list[str]:
    with world.database.connect() as connection:
        return [statement.what for statement in plan_matrix(connection, matrix(world.prefix)).statements]


LATER = [
    (
        "CREATE TABLE crm.policy_later PARTITION OF crm.policy FOR VALUES FROM (1000) TO (2000)",
        "INSERT INTO crm.policy VALUES (1001, 20, 't2-20-later', 7000020, '***'), (1002, 1, 't2-1-later', 1, '***')",
        "crm.policy_later",
        "agent.policy",
    ),
    (
        "CREATE TABLE crm.customer_later () INHERITS (crm.customer)",
        "INSERT INTO crm.customer_later SELECT r.* FROM crm.customer_row(201, 'A2') AS r"
        " UNION ALL SELECT r.* FROM crm.customer_row(202, 'A1') AS r",
        "crm.customer_later",
        "agent.customer",
    ),
]


@pytest.mark.parametrize(("make", "fill", "relation", "view"), LATER, ids=["partition", "inheritance child"])
def test_a_partition_or_child_made_after_apply_is_closed_and_shown_by_the_same_rules(
    own_world: World, make: str, fill: str, relation: str, view: str
) -> None:
    own_world.execute(f"SET ROLE {own_world.role('owner')}; {make}; {fill}")
    with own_world.attacker("A1") as attacker:
        assert attacker.send(f"SELECT * FROM {relation}").refused
        marks = attacker.send(f"SELECT * FROM {view}").marks
        # Its own new row shows, the colleague's does not.
        assert not {mark for mark in marks if mark[1] in (20, 201)}
        assert {mark[1] for mark in marks - attacker.may_see} <= {202}
    own_world.execute(NAIVE_GRANT)
    with own_world.attacker("A1") as attacker:
        assert attacker.send(f"SELECT * FROM {relation}").rows, "the control: a grant alone shows a table made later"
    with own_world.database.connect() as connection:
        apply_matrix(connection, matrix(own_world.prefix))
    with own_world.attacker("A1") as attacker:
        assert attacker.send(f"SELECT * FROM {relation}").refused


def test_a_foreign_key_cannot_be_pointed_at_a_table_to_ask_for_its_keys(maker: Attacker) -> None:
    maker.must("BEGIN", "CREATE TABLE evil.here (i integer PRIMARY KEY)", "SAVEPOINT made")
    assert not maker.send("CREATE TABLE evil.probe (i integer REFERENCES evil.here)").error, "the control"
    for table in ("crm.customer", "crm.policy", "pgcustsec_internal.staff"):
        maker.must("ROLLBACK TO made")
        assert maker.send(f"CREATE TABLE evil.probe2 (i integer REFERENCES {table})").refused


def test_no_table_of_ones_own_gets_in_as_child_or_partition(maker: Attacker) -> None:
    for statement in (
        "CREATE TABLE evil.child () INHERITS (crm.customer)",
        "CREATE TABLE evil.part PARTITION OF crm.policy FOR VALUES FROM (5000) TO (6000)",
        "CREATE TABLE evil.alike (LIKE crm.customer INCLUDING ALL)",
        "ALTER TABLE crm.policy DETACH PARTITION crm.policy_old",
        "CREATE TABLE evil.typed OF crm.customer",
        "CREATE VIEW evil.peek AS SELECT * FROM crm.customer",
        "CREATE MATERIALIZED VIEW evil.kept AS SELECT * FROM crm.customer",
        "CREATE FUNCTION evil.f(crm.customer) RETURNS text LANGUAGE sql AS 'SELECT $1.mobile'",
    ):
        maker.must("BEGIN")
        loot = maker.send(statement)
        assert loot.refused, f"{statement}: {loot.text}"
        maker.must("ROLLBACK")


def _state(world: World) -> object:
    with world.database.connect() as connection:
        return connection.execute(
            "SELECT (SELECT count(*) FROM crm.customer), (SELECT count(*) FROM crm.policy),"
            " (SELECT count(*) FROM pg_class),"
            " (SELECT count(*) FROM pg_trigger), (SELECT count(*) FROM pg_policy), (SELECT count(*) FROM pg_rewrite)"
        ).fetchone()
