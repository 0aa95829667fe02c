# ruff: noqa: E501 - a statement of SQL reads best on its line
"""
What others made runs while a file is loaded: triggers, rules, defaults, types. It gains nothing, sees no true value of
the file, tells none, and cannot bring base and vault apart (5.2.1, 3.1; hardening 10 to 13, 23).
"""

from __future__ import annotations

import io
from importlib import import_module
from typing import Any

import pytest

from pgcustsec.errors import Finding, PgcustsecError, Refused
from pgcustsec.loading import load
from pgcustsec.migrate import apply_matrix
from tests.integration.loading.world import CUSTOMER, POLICY, TARIFF, Log, Shop, csv_of, jsonl_of

NAME, MOBILE, HEALTH, ACCOUNT = "独孤求败", "13998877665", "canary-宫外孕", "6217001234567890128"
FILE = csv_of("badge,name,mobile,health", ["g1", NAME, MOBILE, HEALTH], ["g2", NAME, MOBILE, HEALTH])


def as_owner(shop: Shop, *statements: str) -> None:
    """What the tables' owner does, through somebody who may act for it."""
    with shop.connect() as connection:
        connection.execute(f"SET ROLE {shop.owner}".encode())
        for statement in statements:
            connection.execute(statement.encode())


def trigger(shop: Shop, body: str, when: str = "BEFORE INSERT", table: str = CUSTOMER, each: str = "ROW") -> None:
    constraint = "CONSTRAINT " if "DEFERRED" in when else ""
    event, _, deferred = when.partition(" INITIALLY")
    rest = f" DEFERRABLE INITIALLY{deferred}" if deferred else ""
    as_owner(
        shop,
        f"DROP TRIGGER IF EXISTS theirs ON {table}",
        f"CREATE OR REPLACE FUNCTION crm.theirs() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$",
        f"CREATE {constraint}TRIGGER theirs {event} ON {table}{rest} FOR EACH {each} EXECUTE FUNCTION crm.theirs()",
    )


def apply(shop: Shop) -> None:
    with shop.connect(shop.admin) as connection:
        apply_matrix(connection, shop.matrix)


def unchanged(shop: Shop, kind: type[PgcustsecError], text: str = FILE, table: str = CUSTOMER, **options: Any) -> str:
    """Load *text*, which is refused with nothing changed, and return what is said."""
    before = shop.everything()
    with pytest.raises(kind) as caught:
        shop.load(table, text, **options)
    assert shop.everything() == before
    assert shop.leftovers() == []
    said = f"{caught.value.message}\n{caught.value.hint}"
    assert not [value for value in (NAME, MOBILE, HEALTH, ACCOUNT) if value in said], said
    return said


# --- base and vault stay together -----------------------------------------------------------------------------------


SPOILING = [
    "IF NEW.badge = 'g1' THEN RETURN NULL; END IF; RETURN NEW;",
    "RETURN NULL;",
    "NEW.mobile := '***'; RETURN NEW;",
    "NEW.name := NULL; RETURN NEW;",
    "NEW.customer_id := NEW.customer_id + 1000; RETURN NEW;",
    "NEW.dossier := NULL; NEW.id_card := '***'; RETURN NEW;",
]


def test_a_trigger_that_leaves_rows_out_or_changes_keys_or_masks_stops_the_load(shop: Shop) -> None:
    other = csv_of("name,mobile,id_card", [NAME, MOBILE, "E12345678"], [NAME, "", ""])
    for body in SPOILING:
        trigger(shop, body)
        assert "trigger or rule" in unchanged(shop, Refused, FILE if "badge" in body else other), body


def test_a_trigger_that_changes_keys_cannot_put_a_true_value_to_another_record(unsealed: Shop) -> None:
    """Where records have no row in the vault yet, a key that the trigger moves away would be theirs."""
    trigger(unsealed, "NEW.customer_id := NEW.customer_id + 1000; RETURN NEW;")
    unchanged(unsealed, Refused, csv_of("customer_id,name,mobile", [1, NAME, MOBILE], [2, NAME, MOBILE]))
    assert unsealed.vault(CUSTOMER, "customer_id") == []


def test_a_trigger_that_changes_what_is_not_sealed_is_let_alone(shop: Shop) -> None:
    trigger(shop, "NEW.health := upper(NEW.health); RETURN NEW;")
    shop.load(CUSTOMER, FILE)
    assert shop.rows("SELECT health FROM crm.customer WHERE badge LIKE 'g_'") == [(HEALTH.upper(),)] * 2
    shop.assert_in_step()


def test_a_rule_that_leads_rows_elsewhere_stops_the_load(shop: Shop) -> None:
    for where, do in (
        ("", "NOTHING"),
        ("WHERE NEW.badge = 'g2'", "NOTHING"),
        ("", "INSERT INTO crm.tariff VALUES (NEW.badge)"),
    ):
        as_owner(shop, f"CREATE OR REPLACE RULE theirs AS ON INSERT TO crm.customer {where} DO INSTEAD {do}")
        unchanged(shop, Refused)


def test_a_rule_beside_the_row_gets_masks(shop: Shop) -> None:
    as_owner(
        shop,
        "CREATE TABLE crm.noted (name text, mobile text)",
        "CREATE RULE theirs AS ON INSERT TO crm.customer DO ALSO INSERT INTO crm.noted VALUES (NEW.name, NEW.mobile)",
    )
    shop.load(CUSTOMER, FILE)
    assert shop.rows("SELECT * FROM crm.noted") == [("独孤**", "139****7665")] * 2
    shop.assert_in_step()


# --- nothing is told ------------------------------------------------------------------------------------------------

TELLING = "RAISE EXCEPTION 'no % %', NEW.health, NEW USING ERRCODE = '{}', DETAIL = NEW.health, HINT = NEW.name;"


STATES: dict[str, type[PgcustsecError]] = {
    "P0001": Finding, "CS999": Finding, "22023": Finding, "23514": Finding, "54000": Finding,
    "42501": Refused, "0A000": Refused, "XX000": Refused,
}  # fmt: skip


def test_what_a_trigger_says_is_neither_told_nor_logged(shop: Shop) -> None:
    log = Log(shop.database.server) if shop.database.server.bindir else None
    for state, kind in STATES.items():
        trigger(shop, "IF NEW.badge = 'g2' THEN " + TELLING.format(state) + " END IF; RETURN NEW;")
        said = unchanged(shop, kind)
        assert f"({state})" in said
        assert ("line 3: " in said) is (kind is Finding)
    assert log is None or not [word for word in (NAME, MOBILE, HEALTH, "Failing row") if word in log.read()]


@pytest.mark.parametrize("when", ["BEFORE INSERT", "AFTER INSERT", "AFTER INSERT INITIALLY DEFERRED"])
def test_a_failed_assertion_or_cast_in_a_trigger_is_not_logged_whenever_it_runs(shop: Shop, when: str) -> None:
    log = Log(shop.database.server) if shop.database.server.bindir else None
    trigger(
        shop,
        "IF NEW.badge = 'g1' THEN ASSERT false, NEW.health; END IF; PERFORM NEW.health::integer; RETURN NEW;",
        when,
    )
    unchanged(shop, Finding)
    assert log is None or HEALTH not in log.read()


def test_a_trigger_of_the_statement_that_fails_without_a_row_ends_the_load_too(shop: Shop) -> None:
    trigger(shop, "RAISE EXCEPTION 'closed';", each="STATEMENT")
    assert "line 3" in unchanged(shop, Finding)
    assert "line 2" in unchanged(shop, Finding, "mobile\n1\n")


# --- nothing is gained ----------------------------------------------------------------------------------------------

#: What somebody who runs as another would try. The error of each attempt is swallowed, and what it was noted.
CLIMB = """
    DECLARE seen text; attempt text;
    BEGIN
        FOREACH attempt IN ARRAY ARRAY['SET ROLE NONE', 'RESET ROLE', 'SET LOCAL ROLE pgcustsec_owner', 'SET ROLE postgres',
            'RESET SESSION AUTHORIZATION', 'RESET ALL', 'DISCARD ALL', 'SELECT set_config(''role'', ''none'', true)']
        LOOP
            BEGIN EXECUTE attempt; EXCEPTION WHEN OTHERS THEN NULL; END;
            seen := concat_ws(' ', seen, current_user);
        END LOOP;
        BEGIN
            SELECT concat_ws(' ', seen, 'vault', string_agg(v::text, ' ')) INTO seen FROM pgcustsec_vault."crm.customer" AS v;
        EXCEPTION WHEN OTHERS THEN NULL; END;
        BEGIN EXECUTE 'CREATE ROLE {prefix}evil SUPERUSER'; EXCEPTION WHEN OTHERS THEN NULL; END;
        INSERT INTO crm.seen VALUES (concat_ws(' ', seen, current_user));
"""


@pytest.fixture
def climbing(shop: Shop) -> str:
    as_owner(
        shop,
        "CREATE TABLE crm.seen (who text)",
        "GRANT INSERT ON crm.seen TO PUBLIC",
        "GRANT USAGE ON SCHEMA crm TO PUBLIC",
    )
    return CLIMB.replace("{prefix}", shop.prefix)


def assert_owner_alone(shop: Shop) -> None:
    seen = {word for (row,) in shop.rows("SELECT who FROM crm.seen") for word in row.split()}
    assert seen == {shop.owner}
    assert shop.rows("SELECT rolname FROM pg_roles WHERE rolname LIKE %s", f"{shop.prefix}evil") == []


@pytest.mark.parametrize("when", ["BEFORE INSERT", "AFTER INSERT", "AFTER INSERT INITIALLY DEFERRED"])
def test_a_trigger_runs_as_the_owner_of_the_table_and_as_nobody_else(shop: Shop, climbing: str, when: str) -> None:
    trigger(shop, climbing.replace("DECLARE", "<<x>> DECLARE", 1) + " END; RETURN NEW;", when)
    run_as(shop, "administrator", CUSTOMER, FILE)
    run_as(shop, "superuser", CUSTOMER, FILE.replace("g1", "g3").replace("g2", "g4"))
    assert_owner_alone(shop)


def run_as(shop: Shop, user: str, table: str, text: str) -> None:
    with shop.connect(shop.admin if user == "administrator" else None) as connection:
        load(connection, shop.matrix, table, io.StringIO(text, newline=""), "file", "csv")


def test_the_default_of_a_key_and_the_check_of_a_type_run_as_the_owner(shop: Shop, climbing: str) -> None:
    as_owner(
        shop,
        f"CREATE FUNCTION crm.climb(value text) RETURNS text LANGUAGE plpgsql AS $$ {climbing} RETURN value; END $$",
        "ALTER TABLE crm.tariff ALTER tariff SET DEFAULT crm.climb(gen_random_uuid()::text)",
        "ALTER DOMAIN crm.grade ADD CHECK (crm.climb('x') = 'x') NOT VALID",
    )
    apply(shop)
    for user in ("administrator", "superuser"):
        run_as(shop, user, TARIFF, "customer_id\n1\n1\n")
        run_as(shop, user, CUSTOMER, "grade\n4\n5\n")
    assert shop.row("SELECT count(*) FROM crm.tariff") == (4,)
    assert shop.row("SELECT count(*) > 7 FROM crm.seen") == (True,)
    assert_owner_alone(shop)


def test_the_check_of_a_sealed_columns_type_becomes_no_more_than_the_vault_lets_it(shop: Shop, climbing: str) -> None:
    """The vault keeps a domain as it is, so its CHECK runs there as pgcustsec_owner, as it does for each write; but as no other."""
    as_owner(
        shop,
        f"CREATE FUNCTION crm.climb(value text) RETURNS text LANGUAGE plpgsql AS $$ {climbing} RETURN value; END $$",
        "GRANT EXECUTE ON FUNCTION crm.climb(text) TO PUBLIC",
        "ALTER DOMAIN crm.email ADD CHECK (crm.climb('x') = 'x') NOT VALID",
    )
    apply(shop)
    for user in ("administrator", "superuser"):
        run_as(shop, user, CUSTOMER, "email\na@b.cn\n")
    seen = {word for (row,) in shop.rows("SELECT who FROM crm.seen") for word in row.split()}
    assert {shop.owner} < seen
    assert not seen & {"postgres", shop.admin}
    assert shop.rows("SELECT rolname FROM pg_roles WHERE rolname LIKE %s", f"{shop.prefix}evil") == []


# --- nobody sees the staging rows -----------------------------------------------------------------------------------

SEE = (
    "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'pgcustsec\\_load%'",
    "SELECT count(*) FROM pg_class WHERE relnamespace::regnamespace::text LIKE 'pgcustsec\\_load%'",
)


def test_nobody_else_sees_the_staging_rows_while_they_are_there(shop: Shop) -> None:
    """Asked after each piece, by another login, the owner's other session, and a superuser; the control is the load's own."""
    others = [shop.person("li"), shop.person("rita"), shop.connect(shop.admin), shop.connect()]
    owner = shop.connect()
    owner.execute(f"SET ROLE {shop.owner}".encode())
    asked: list[Any] = []

    with shop.connect(shop.admin) as connection:

        def ask(rows: int) -> None:
            [(schema,)] = connection.execute(
                "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'pgcustsec\\_load%'"
            ).fetchall()
            [(found,)] = connection.execute(
                f"SELECT count(*) FROM {schema}.rows WHERE v1 IS NOT NULL OR v2 IS NOT NULL".encode()
            ).fetchall()
            asked.append(found)
            for other in (*others, owner):
                assert [other.execute(query.encode()).fetchall() for query in SEE] == [[(0,)]] * 2
                with pytest.raises(Exception, match=r"does not exist|permission denied"):
                    other.execute(f"SELECT * FROM {schema}.rows".encode())
                seen = other.execute("SELECT query FROM pg_stat_activity").fetchall()
                assert MOBILE not in str(seen)

        load(
            connection,
            shop.matrix,
            CUSTOMER,
            io.StringIO("name,mobile\n" + f"{NAME},{MOBILE}\n" * 30),
            "file",
            "csv",
            progress=ask,
        )
    assert sum(asked) == 30
    assert import_module("pgcustsec.loading.load").PIECE > 30
    for other in (*others, owner):
        other.close()


def test_code_of_the_table_sees_masks_in_the_row_and_cannot_write_the_staging_rows(shop: Shop) -> None:
    as_owner(shop, "CREATE TABLE crm.seen (line text)")
    trigger(
        shop,
        """DECLARE place text; BEGIN
            INSERT INTO crm.seen VALUES (NEW::text);
            SELECT nspname INTO place FROM pg_namespace WHERE nspname LIKE 'pgcustsec\\_load%';
            FOREACH place IN ARRAY ARRAY['DELETE FROM ' || place || '.rows', 'UPDATE ' || place || '.rows SET line = 0', 'DROP TABLE ' || place || '.rows',
                'CREATE TABLE ' || place || '.t ()', 'SELECT ' || place || '.into_vault(1, 2)', 'DROP FUNCTION ' || place || '.into_vault', 'DROP SCHEMA ' || place || ' CASCADE'] LOOP
                BEGIN EXECUTE place; INSERT INTO crm.seen VALUES ('done: ' || place); EXCEPTION WHEN OTHERS THEN NULL; END;
            END LOOP;
        END; RETURN NEW;""",
    )
    shop.load(CUSTOMER, FILE)
    seen = [line for (line,) in shop.rows("SELECT line FROM crm.seen")]
    assert len(seen) == 2
    assert all("139****7665" in line and MOBILE not in line and NAME not in line for line in seen)
    shop.assert_in_step()


def test_code_of_the_table_does_not_read_the_true_values_in_the_staging_rows(shop: Shop) -> None:
    as_owner(shop, "CREATE TABLE crm.seen (line text)")
    trigger(
        shop,
        """DECLARE place text; name text; value text; BEGIN
            SELECT nspname INTO place FROM pg_namespace WHERE nspname LIKE 'pgcustsec\\_load%';
            FOR name IN SELECT attname FROM pg_attribute WHERE attrelid = (place || '.rows')::regclass AND attnum > 0 LOOP
                BEGIN
                    EXECUTE format('SELECT string_agg(%I::text, chr(32)) FROM %I.rows', name, place) INTO value;
                    INSERT INTO crm.seen VALUES (value);
                EXCEPTION WHEN insufficient_privilege THEN NULL; END;
            END LOOP;
        END; RETURN NEW;""",
    )
    shop.load(CUSTOMER, csv_of("badge,name,mobile,health,dossier", ["g1", NAME, MOBILE, HEALTH, '{"a": "canary"}']))
    seen = " ".join(line for (line,) in shop.rows("SELECT line FROM crm.seen WHERE line IS NOT NULL"))
    assert "139****7665" in seen and HEALTH in seen, "the control: it reads what it inserts"
    assert MOBILE not in seen
    assert NAME not in seen
    assert 'canary"}' not in seen, "a document has no masked form"


def test_a_schema_that_somebody_made_beforehand_is_in_nobodys_way(shop: Shop) -> None:
    with shop.connect(shop.admin) as connection:
        connection.execute(f"CREATE SCHEMA pgcustsec_load_{connection.info.backend_pid}".encode())
        assert load(connection, shop.matrix, CUSTOMER, io.StringIO(FILE), "file", "csv").rows == 2


def test_names_and_values_that_carry_sql_are_names_and_values(shop: Shop) -> None:
    evil = "'); DROP TABLE crm.tariff; --"
    for header in (evil, f'"{evil}"', "name; DROP TABLE crm.tariff", 'health") FROM x; --'):
        with pytest.raises(PgcustsecError):
            shop.load(CUSTOMER, header + "\nx\n", "csv")
    done = shop.load(CUSTOMER, jsonl_of({"badge": evil, "health": evil + "$1 %s \\"}), name=evil + "\\'%s")
    assert shop.row("SELECT health FROM crm.customer WHERE badge = %s", evil) == (evil + "$1 %s \\",)
    assert shop.rows("SELECT reason FROM pgcustsec_internal.change") == [(done.reason,)]
    assert done.reason.startswith(f"load {evil}\\'%s ")
    assert shop.load(TARIFF, csv_of("tariff", [evil])).rows == 1
    assert shop.load(POLICY, csv_of("customer_id,account", [1, ACCOUNT])).rows == 1
