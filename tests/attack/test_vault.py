# ruff: noqa: E501 - a statement of SQL reads best on its line
"""
Getting at the vault, or past what guards writes (5.2.1, 3.1; hardening 4, 10, 11, 18).

The world of the other attacks, with writes: its inheritance child stands by itself here, as what is sealed has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from pgcustsec.matrix.model import Access, Column, Matrix, Role, Write
from pgcustsec.migrate import apply_matrix
from pgcustsec.vault import seal
from tests.attack.world import Attacker, World, marks_in, matrix
from tests.canaries import dump, log

EVERY = (
    "status owner_staff_id branch_code tag name mobile id_card photo health income birth_date".split(),
    "customer_id product premium account".split(),
)
PEOPLE = ("A1", "C1", "N1", "E1", "web")
STAND_ALONE = "ALTER TABLE crm.customer_vip NO INHERIT crm.customer"
#: What a naive build does: a trigger that writes as the tables' owner.
NAIVE = """
ALTER TABLE naive.customer ALTER status SET NOT NULL;
CREATE VIEW naive.written AS SELECT customer_id, status, owner_staff_id, tag, health FROM naive.customer;
CREATE FUNCTION naive.write() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    UPDATE naive.customer SET status = NEW.status, owner_staff_id = NEW.owner_staff_id WHERE customer_id = OLD.customer_id;
    RETURN NEW;
END $$;
CREATE TRIGGER write INSTEAD OF UPDATE ON naive.written FOR EACH ROW EXECUTE FUNCTION naive.write();
GRANT ALL ON naive.written, naive.mine TO PUBLIC;
GRANT EXECUTE ON FUNCTION naive.write() TO PUBLIC;
CREATE TABLE naive.history AS SELECT customer_id, mobile FROM naive.customer;
GRANT SELECT ON naive.history TO PUBLIC
"""


def writing_matrix(p: str) -> Matrix:
    """The attacked matrix with writes: agents all, clerks a few columns, analysts none."""
    made = matrix(p)
    customer = made.tables["crm.customer"]
    columns = dict(customer.columns) | {"id_card": Column("id_card", 1, "id_document", find=True, unique=True)}
    agent = [
        Access("crm.customer", ("serving", "pool"), "serving", "masked", write=_write(EVERY[0], "customer_id")),
        Access("crm.policy", ("serving",), "serving", "hidden", write=_write(EVERY[1], "policy_id")),
    ]
    clerk = Access(
        "crm.customer", ("branch",), "serving", "hidden", write=Write((), ("status", "health", "name"), False)
    )
    roles = {"agent": agent, "clerk": [clerk], "analyst": list(made.roles["analyst"].tables.values())}
    return replace(
        made,
        tables={**made.tables, "crm.customer": replace(customer, columns=columns)},
        roles={name: Role(name, "sales", {a.table: a for a in accesses}) for name, accesses in roles.items()},
    )


def _write(columns: list[str], key: str) -> Write:
    return Write((key, *columns), tuple(columns), True)


@pytest.fixture(scope="module")
def sealed_world(world: World) -> Iterator[World]:
    with world.copy() as copy:
        copy.execute(STAND_ALONE, NAIVE)
        with copy.database.connect(autocommit=False) as connection:
            apply_matrix(connection, writing_matrix(copy.prefix))
        with copy.database.connect(autocommit=False) as connection:
            seal(connection, writing_matrix(copy.prefix))
        yield copy


@pytest.fixture
def agent(sealed_world: World) -> Iterator[Attacker]:
    with sealed_world.attacker("A1") as attacker:
        yield attacker


def stored(world: World) -> list[tuple[object, ...]]:
    with world.database.connect() as connection:
        return connection.execute(
            'SELECT c::text, v::text FROM crm.customer AS c FULL JOIN pgcustsec_vault."crm.customer" AS v USING (customer_id)'
            " ORDER BY 1"
        ).fetchall()


SECRETS = ['pgcustsec_vault."crm.customer"', 'pgcustsec_vault."crm.policy"', "pgcustsec_keys.blind_index_key",
           "pgcustsec_internal.change"]  # fmt: skip


@pytest.mark.parametrize("person", PEOPLE)
def test_nobody_reads_or_writes_the_vault_the_keys_or_the_history(sealed_world: World, person: str) -> None:
    with sealed_world.attacker(person) as attacker:
        assert attacker.gains("SELECT mobile FROM naive.history"), "the control: a history as people make it"
        for secret in SECRETS:
            for statement in (f"SELECT * FROM {secret}", f"DELETE FROM {secret}", f"SELECT count(*) FROM {secret}",
                              f"UPDATE {secret} SET xmin = 1", f"LOCK TABLE {secret}", f"TRUNCATE {secret}",
                              f"INSERT INTO {secret} DEFAULT VALUES", f"CREATE TABLE evil.t AS TABLE {secret}"):  # fmt: skip
                loot = attacker.send(statement)
                assert loot.sqlstate in ("42501", "42703", "25P01"), f"{statement}: {loot.text}"
                assert not loot.marks
            assert attacker.copy_out(f"COPY {secret} TO STDOUT").refused
        # 7000000 by itself is nobody's income.
        assert attacker.gains("SELECT * FROM pg_stats", "SELECT * FROM pg_stats_ext_exprs") <= {("t2", 0)}


def test_no_viewer_and_no_group_has_a_right_there(sealed_world: World) -> None:
    with sealed_world.database.connect() as connection:
        rows = connection.execute(
            "SELECT r.rolname, c.oid::regclass::text FROM pg_roles AS r, pg_class AS c"
            " WHERE c.relnamespace::regnamespace::text IN ('pgcustsec_vault', 'pgcustsec_keys') AND c.relkind = 'r'"
            " AND has_table_privilege(r.oid, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')"
            " AND (starts_with(r.rolname, %s) OR r.rolname = 'pgcustsec_owner')",
            [sealed_world.prefix],
        ).fetchall()
    assert {row[0] for row in rows} == {"pgcustsec_owner"}
    assert len(rows) >= 3


INNER = r"^(keep|change|seal|insert|update|delete) |^(record_change|refuse_write|clearing|blind_key)$"


def _inner_functions(world: World) -> list[tuple[int, str, str, str]]:
    with world.database.connect() as connection:
        return connection.execute(
            "SELECT p.oid, n.nspname, p.proname, pg_get_function_identity_arguments(p.oid) FROM pg_proc AS p"
            " JOIN pg_namespace AS n ON n.oid = p.pronamespace"
            " WHERE n.nspname IN ('pgcustsec_internal', 'pgcustsec_views') AND p.proname ~ %s ORDER BY 2, 3",
            [INNER],
        ).fetchall()


@pytest.mark.parametrize("person", ["A1", "C1", "E1"])
def test_nobody_calls_what_writes_to_the_vault(sealed_world: World, person: str) -> None:
    functions = _inner_functions(sealed_world)
    assert len(functions) >= 14
    with sealed_world.attacker(person) as attacker:
        assert attacker.send("SELECT naive.me()").value == person, "the control: a function of a naive build"
        for oid, schema, name, arguments in functions:
            types = [] if "OUT " in arguments else [a for a in arguments.split(", ") if a]
            nulls = ", ".join(
                "NULL::" + (t.split(" ", 1)[1] if name in ("record_change", "refuse_write") else t) for t in types
            )
            loot = attacker.send(f'SELECT {schema}."{name}"({nulls})')
            assert loot.sqlstate in ("42501", "0A000"), f"{name}: {loot.text}"
            assert loot.sqlstate == "42501" or "trigger" in loot.text
            allowed = attacker.send("SELECT has_function_privilege(%s::oid, 'EXECUTE')", [oid])
            assert allowed.value is False, name


def test_nobody_puts_those_functions_to_a_use_of_their_own(sealed_world: World) -> None:
    """As a trigger, an operator, an aggregate, a cast, a default, or an index of one's own."""
    with sealed_world.attacker("E1") as maker:
        maker.must(
            "CREATE TABLE evil.customer (customer_id integer, name text, mobile text, id_card varchar(40))",
            "CREATE VIEW evil.seen AS SELECT * FROM evil.customer",
            "CREATE FUNCTION evil.mine() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
            "CREATE TRIGGER control INSTEAD OF UPDATE ON evil.seen FOR EACH ROW EXECUTE FUNCTION evil.mine()",
        )
        for command in ("insert", "update", "delete"):
            function = f'pgcustsec_views."{command} agent.customer"'
            for event, table in (("INSTEAD OF INSERT", "evil.seen"), ("BEFORE INSERT", "evil.customer"),
                                 ("AFTER DELETE", "evil.customer")):  # fmt: skip
                loot = maker.send(f"CREATE TRIGGER t {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()")
                assert loot.refused, loot.text
        for statement in (
            "CREATE FUNCTION evil.key() RETURNS text BEGIN ATOMIC SELECT pgcustsec_internal.blind_key()::text; END",
            "CREATE TABLE evil.d (x text[] DEFAULT pgcustsec_internal.clearing())",
            "CREATE OPERATOR evil.=== (FUNCTION = pgcustsec_internal.mask_name, RIGHTARG = text)",
            "CREATE VIEW evil.k AS SELECT * FROM pgcustsec_internal.blind_key()",
            'CREATE TABLE evil.r (id integer REFERENCES pgcustsec_vault."crm.customer")',
            'CREATE TABLE evil.h () INHERITS (pgcustsec_vault."crm.customer")',
            "CREATE TRIGGER t AFTER UPDATE ON crm.customer FOR EACH ROW EXECUTE FUNCTION evil.mine()",
            "CREATE TRIGGER t INSTEAD OF UPDATE ON agent.policy FOR EACH ROW EXECUTE FUNCTION evil.mine()",
            "DROP TRIGGER pgcustsec_update ON agent.customer",
            "ALTER TABLE pgcustsec_internal.change DISABLE TRIGGER ALL",
        ):
            loot = maker.send(statement)
            assert loot.refused, f"{statement}: {loot.text or 'it works'}"
        # A name is resolved and checked when such a body runs: it does not.
        maker.must("CREATE FUNCTION evil.late() RETURNS text LANGUAGE plpgsql AS"
                   " 'BEGIN RETURN pgcustsec_internal.blind_key()::text; END'")  # fmt: skip
        assert maker.send("SELECT evil.late()").refused


@pytest.fixture
def leak(sealed_world: World) -> Iterator[str]:
    """A function that tells what it is given, cheap enough to be asked first."""
    with sealed_world.attacker("E1") as maker:
        maker.must(
            "CREATE OR REPLACE FUNCTION evil.leak(text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS"
            " $$ BEGIN RAISE NOTICE '%', $1; RETURN true; END $$",
            "GRANT USAGE ON SCHEMA evil TO PUBLIC",
            "GRANT EXECUTE ON FUNCTION evil.leak(text) TO PUBLIC",
        )
    yield "evil.leak"


WHERE = [
    "UPDATE {v} SET status = 'x' WHERE {l}(tag) AND {l}(health)",
    "UPDATE {v} AS t SET status = 'x' WHERE {l}(t::text)",
    "UPDATE {v} AS t SET health = t.health || 'x' WHERE {l}(t.health) RETURNING t.*",
    "UPDATE {v} AS t SET status = o.tag FROM {v} AS o WHERE {l}(o::text) RETURNING o.*",
    "DELETE FROM {v} AS t WHERE {l}(t::text) RETURNING t.*",
    "DELETE FROM {v} AS t WHERE customer_id = 20 AND {l}(t::text)",
    "INSERT INTO {v} (status, tag) SELECT 'x', tag FROM {v} AS t WHERE {l}(t::text) RETURNING *",
    "EXPLAIN (ANALYZE, VERBOSE) UPDATE {v} SET status = 'x' WHERE {l}(health)",
    "EXPLAIN (ANALYZE, VERBOSE) DELETE FROM {v} AS t WHERE {l}(t::text)",
    "WITH w AS (UPDATE {v} SET status = 'x' RETURNING *) SELECT {l}(w::text) FROM w",
]


@pytest.mark.parametrize("statement", WHERE)
def test_a_condition_of_a_write_is_told_no_row_that_is_not_ones_own(
    sealed_world: World, leak: str, statement: str
) -> None:
    with sealed_world.attacker("A1") as attacker:
        attacker.must("BEGIN")
        control = f"UPDATE naive.mine SET status = 'x' WHERE {leak}(mobile)"
        assert attacker.gains(control), "the control: a view that is no barrier"
        attacker.must("ROLLBACK", "BEGIN")
        loot = attacker.send(statement.format(v="agent.customer", l=leak))
        assert not {mark for mark in loot.marks if mark[0] in ("t0", "t1", "nm")}
        assert loot.marks <= attacker.may_see, loot.marks - attacker.may_see
        attacker.must("ROLLBACK")


@pytest.mark.parametrize(
    "statement, states",
    [
        ("UPDATE agent.customer SET status = NULL WHERE customer_id = 1", {"23502"}),
        ("UPDATE agent.customer SET income = -1 WHERE customer_id = 1", {"23514"}),
        ("INSERT INTO agent.customer (customer_id, status, owner_staff_id) VALUES (20, 'x', 'A1')", {"23505"}),
        ("INSERT INTO agent.customer (customer_id, status, owner_staff_id) VALUES (900, 'x', 'A2')", {"42501"}),
        ("UPDATE agent.customer SET owner_staff_id = 'A2', status = 'y' WHERE customer_id = 2", {"42501"}),
        ("DELETE FROM agent.customer WHERE customer_id = 1", {"23503"}),
        ("UPDATE agent.policy SET customer_id = 999 WHERE policy_id = 1", {"42501"}),
        ("INSERT INTO agent.policy (policy_id, customer_id) VALUES (5000, 1)", {"23514"}),
        ("INSERT INTO agent.policy (policy_id, customer_id) VALUES (20, 1)", {"23505"}),
        ("UPDATE agent.customer SET name = '王' || name WHERE customer_id = 1", {"CS401"}),
        ("UPDATE agent.customer SET mobile = '13812345678' WHERE customer_id = 1", {"CS203"}),
        ("UPDATE agent.customer SET health = 'x' WHERE customer_id = 51", {"CS402"}),
        ("UPDATE clerk.customer SET health = 'x' WHERE customer_id = 21", {"42501", "CS402"}),
        ("UPDATE agent.customer SET income = 'x' || health WHERE customer_id = 1", {"42804", "22P02"}),
    ],
)
def test_the_error_of_a_write_tells_no_value(agent: Attacker, statement: str, states: set[str]) -> None:
    control = agent.send("UPDATE naive.written SET status = NULL WHERE customer_id = 1")
    assert ("t1", 1) in control.marks, "the control: PostgreSQL quotes the row to the trigger's owner, and on to us"
    before = stored(agent.world)
    loot = agent.send(statement)
    assert loot.sqlstate in states, loot.text
    assert loot.marks <= marks_in(statement)
    assert "Failing row" not in loot.text
    assert stored(agent.world) == before


UNUSUAL = [
    ("mobile", value)
    for value in (
        "138****5678", " 138****5678", "138****5678 ", "138＊＊＊＊5678", "１３８****５６７８", "138*\u200b***5678",
        "138\u00a0****\u00a05678", "\ufeff***", "﹡﹡﹡", "＊＊＊", "*", "138****", "138XXXX5678", "+86138****5678", "138····5678",
    )
] + [
    ("name", value)
    for value in (
        "张*", "张**", "张＊", "张﹡﹡", "张∗", "*", "***", " *** ", "n***", "N ***", "N\u200b***", "欧阳*", "张\u200b", "\u3000", "\u2028",
        "J****", "***@", "张*三",
    )
] + [
    ("id_card", value)
    for value in ("11****************", "11＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊", "E********", "e********", "***", "11…", "110101********0019")
]  # fmt: skip


@pytest.mark.parametrize("column, value", UNUSUAL)
def test_a_mask_in_any_dress_is_no_true_value(agent: Attacker, column: str, value: str) -> None:
    agent.must("BEGIN")
    insert = f"INSERT INTO agent.customer (customer_id, status, owner_staff_id, {column}) VALUES (900, 'x', 'A1', %s)"
    good = {"mobile": "13812345678", "name": "张三丰", "id_card": "110101199003070435"}[column]
    assert not agent.send(insert, [good]).error, "the control: a true value is taken"
    agent.must("ROLLBACK")
    loot = agent.send(insert, [value])
    assert loot.sqlstate in ("CS401", "CS405"), loot.text or "it works"
    if column == "name" and value != "***":  # which is what that customer's name shows as
        loot = agent.send("UPDATE agent.customer SET name = %s WHERE customer_id = 1", [value])
        assert loot.sqlstate in ("CS401", "CS405"), loot.text or "it works"


SETTINGS = [
    "SET search_path = evil, public, pg_catalog",
    "SET search_path = ''",
    "SET standard_conforming_strings = off",
    "SET backslash_quote = on",
    "SET transform_null_equals = on",
    "SET array_nulls = off",
    "SET TimeZone = 'Pacific/Kiritimati'",
    "SET DateStyle = 'German, DMY'",
    "SET bytea_output = 'escape'",
    "SET extra_float_digits = -15",
    "SET plpgsql.variable_conflict = 'use_column'",
    "SET plpgsql.extra_errors = 'all'",
    "SET plpgsql.print_strict_params = on",
    "SET plpgsql.check_asserts = off",
    "SET check_function_bodies = off",
    "SET client_min_messages = debug5",
    "SET plan_cache_mode = force_generic_plan",
    "SET quote_all_identifiers = on",
    "SET enable_seqscan = off",
    "SET constraint_exclusion = on",
    "SET default_transaction_deferrable = on",
    "SET pgcustsec.clear = 'name;health'",
    "SET pgcustsec.clear = '{name,health}'",
    "SET pgcustsec.clear = E'name\\nhealth'",
    "SET pgcustsec.clear = '%'",
    'SET pgcustsec.clear = \'"name","health"\'',
    "SET pgcustsec.clear = 'customer.name,crm.customer.health'",
    "SET pgcustsec.change_reason = ''') --'",
]


@pytest.mark.parametrize("setting", SETTINGS)
def test_no_setting_of_the_session_weakens_a_write(sealed_world: World, setting: str) -> None:
    with sealed_world.attacker("E1") as maker:
        # A table of one's own first in the search path, and functions named as ours call them.
        maker.send("CREATE TABLE evil.customer (customer_id integer)")
        maker.send("CREATE FUNCTION evil.strpos(text, text) RETURNS integer LANGUAGE sql RETURN 0")
        maker.must("GRANT USAGE ON SCHEMA evil TO PUBLIC")
    with sealed_world.attacker("A1"), sealed_world.attacker("A1", at_work=False) as attacker:
        # Before anything has loaded PL/pgSQL: some of its settings are anybody's until then.
        attacker.must("BEGIN", setting, "COMMIT", "BEGIN")
        attacker.must(
            "INSERT INTO agent.customer (customer_id, status, owner_staff_id, branch_code, mobile, name, birth_date)"
            " VALUES (900, 'x', 'A1', 'BJ', '13812345678', '张三丰', DATE '1990-02-03')"
        )
        attacker.must("UPDATE agent.customer SET name = '欧阳锋', health = 'x' WHERE customer_id = 900", "COMMIT")
        for statement, state in (
            ("UPDATE agent.customer SET name = '张**' WHERE customer_id = 900", "CS401"),
            ("UPDATE agent.customer SET name = NULL WHERE customer_id = 900", "CS403"),
            ("UPDATE agent.customer SET health = NULL WHERE customer_id = 900", "CS403"),
            ("UPDATE agent.customer SET health = 'x' WHERE customer_id = 51", "CS402"),
            ("UPDATE agent.customer SET mobile = '13812345679' WHERE customer_id = 900", "CS203"),
            ("UPDATE agent.customer SET customer_id = 901 WHERE customer_id = 900", "CS406"),
            ("UPDATE agent.customer SET owner_staff_id = 'A2' WHERE customer_id = 900", "42501"),
        ):
            loot = attacker.send(statement)
            assert loot.sqlstate == state, f"{setting}; {statement}: {loot.text or 'it works'}"
            assert not {mark for mark in loot.marks if mark[0] != "t3"}
        with sealed_world.database.connect() as connection:
            base = connection.execute(
                "SELECT name, mobile, birth_date FROM crm.customer WHERE customer_id = 900"
            ).fetchall()
            kept = connection.execute(
                'SELECT name, mobile FROM pgcustsec_vault."crm.customer" WHERE customer_id = 900'
            ).fetchall()
        assert [(name, mobile, str(born)) for name, mobile, born in base] == [("欧阳*", "138****5678", "1990-02-03")]
        assert kept == [("欧阳锋", "13812345678")]
        attacker.must("DELETE FROM agent.customer WHERE customer_id = 900")


def test_row_security_off_and_replica_do_not_let_a_write_through(agent: Attacker) -> None:
    before = stored(agent.world)
    assert agent.send("SET session_replication_role = replica").refused
    agent.must("SET row_security = off")
    for statement in ("UPDATE agent.customer SET status = 'y'", "DELETE FROM agent.customer"):
        assert agent.send(statement).sqlstate == "42501"
    assert stored(agent.world) == before


CANARIES = {
    "name": "独孤求败",
    "mobile": "13998877665",
    "id_card": "110101199003077784",
    "account": "6217001234567890128",
}


def test_a_value_written_through_a_view_is_nowhere_but_in_the_vault(sealed_world: World) -> None:
    """Neither in a dump of all else, nor in the server's log, whatever was refused on the way."""
    name, mobile, card, account = CANARIES.values()
    with sealed_world.attacker("A1") as attacker:
        insert = "INSERT INTO agent.customer (customer_id, status, owner_staff_id, name, mobile, id_card, photo) VALUES (%s, 'x', 'A1', %s, %s, %s, %s)"
        assert not attacker.send(insert, [910, name, mobile, card, mobile.encode()]).error
        policy = "INSERT INTO agent.policy (policy_id, customer_id, account) VALUES (%s, 910, %s)"
        assert not attacker.send(policy, [910, account]).error
        rename = "UPDATE agent.customer SET name = %s WHERE customer_id = %s"
        assert not attacker.send(rename, ["张三", 910]).error
        assert not attacker.send(rename, [name, 910]).error
        for statement, parameters, state in (
            (insert, [911, name, mobile, card, None], "CS404"),
            (insert, [910, name, mobile, "E12345678", None], "23505"),
            (insert, [911, name + "*", mobile, "E12345678", None], "CS401"),
            (insert, [911, name, mobile + mobile, "E12345678", None], "CS405"),
            (policy, [99999, account], "23514"),
            (rename, [name + mobile, 910], "CS405"),
            (rename, [name, 51], "CS402"),
        ):
            assert attacker.send(statement, parameters).sqlstate == state
        attacker.send("UPDATE naive.written SET status = 'x' || 1 / 0 || '13900000000-control' WHERE customer_id = 1")
        dumped, logged = dump(sealed_world.database), log(sealed_world.server)
        assert "13900000000-control" in logged, "the control: a value in a statement's text is logged with its error"
        assert mobile in dump(sealed_world.database, vault=True), "the control: the vault is in a dump of all"
        for value in CANARIES.values():
            for form in (value, value.encode().hex()):
                assert form not in dumped, f"{value} is in the dump"
                assert form not in logged, f"{value} is in the log"
        attacker.must(
            "DELETE FROM agent.policy WHERE policy_id = 910", "DELETE FROM agent.customer WHERE customer_id = 910"
        )
    assert mobile not in dump(sealed_world.database, vault=True), "a deleted row leaves nothing anywhere"
