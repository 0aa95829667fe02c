# ruff: noqa: E501 - a statement of SQL reads best on its line
"""Until when a row is kept: a plain model of it, and the trigger beside whoever writes, however they do (4.3)."""

from __future__ import annotations

import random
import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
import pytest

from pgcustsec.errors import PgcustsecError
from pgcustsec.matrix.model import Basis, RetentionRule, Write
from tests.integration.clients.world import Broker
from tests.integration.retention.world import (
    LONG_AGO,
    NEVER,
    apply,
    expected,
    more,
    restamped,
    rule,
    until,
    with_rules,
)

#: A writer's settings say nothing about until when a row is kept.
WRITERS = (
    ("UTC", "ISO, YMD"),
    ("Pacific/Kiritimati", "German, DMY"),
    ("Etc/GMT+12", "SQL, MDY"),
    ("Asia/Shanghai", "Postgres, DMY"),
)
STATUSES = ("prospect", "customer", "lost")


def moments(chance: random.Random) -> datetime | None:
    """Some moment of thirty years, at the edge of a day now and then, or none."""
    if chance.random() < 0.2:
        return None
    edge = chance.choice((timedelta(0), timedelta(microseconds=-1), timedelta(hours=8), timedelta(minutes=859)))
    return datetime(2000, 1, 1, tzinfo=UTC) + timedelta(days=chance.randrange(11_000)) + edge


def days(chance: random.Random) -> date | None:
    return None if chance.random() < 0.15 else date(2000, 1, 1) + timedelta(days=chance.randrange(11_000))


def write(connection: psycopg.Connection[Any], chance: random.Random, numbers: list[int]) -> None:
    """Do one thing to a customer, or to what hangs on them."""
    one, other = chance.choice(numbers), chance.choice(numbers)
    some = "(SELECT min(policy_id) FROM crm.policy WHERE customer_id = %s)"
    statements: list[tuple[str, list[Any]]] = [
        ("UPDATE crm.customer SET status = %s WHERE customer_id = %s", [chance.choice(STATUSES), one]),
        ("UPDATE crm.customer SET last_contact_at = %s WHERE customer_id = %s", [moments(chance), one]),
        ("UPDATE crm.customer SET created_at = coalesce(%s, now()) WHERE customer_id = %s", [moments(chance), one]),
        (
            "INSERT INTO crm.policy (customer_id, product, starts_on, ends_on) VALUES (%s, 'p', '2000-01-01', %s)",
            [one, days(chance)],
        ),
        ("UPDATE crm.policy SET ends_on = %s WHERE customer_id = %s", [days(chance), one]),
        (f"UPDATE crm.policy SET customer_id = %s WHERE policy_id = {some}", [other, one]),
        (f"DELETE FROM crm.policy WHERE policy_id = {some}", [one]),
        ("DELETE FROM crm.policy WHERE customer_id = %s", [one]),
    ]
    statement, parameters = chance.choice(statements)
    connection.execute(statement.encode(), parameters)


def differing(broker: Broker) -> list[Any]:
    """Customers whose term is another than the model's."""
    rows = broker.rows(
        "SELECT c.customer_id, c.status, c.last_contact_at, c.created_at, c.retain_until,"
        " ARRAY(SELECT p.ends_on FROM crm.policy AS p WHERE p.customer_id = c.customer_id) FROM crm.customer AS c"
    )
    return [
        (number, said, model)
        for number, status, contact, created, said, ends in rows
        if said != (model := expected(status, contact, created, ends))
    ]


@pytest.mark.parametrize("seed", range(2))
def test_terms_are_those_of_a_plain_model_whatever_is_written(broker: Broker, seed: int) -> None:
    chance = random.Random(seed)
    broker.execute("DELETE FROM crm.claim", "DELETE FROM crm.policy")
    with broker.database.connect() as connection:
        for _ in range(30):
            connection.execute(
                "INSERT INTO crm.customer (status, last_contact_at, created_at) VALUES (%s, %s, coalesce(%s, now()))",
                [chance.choice(STATUSES), moments(chance), moments(chance)],
            )
        numbers = [row[0] for row in connection.execute("SELECT customer_id FROM crm.customer").fetchall()]
        for step in range(160):
            zone, style = WRITERS[step % len(WRITERS)]
            connection.execute(
                "SELECT set_config('TimeZone', %s, false), set_config('DateStyle', %s, false)", [zone, style]
            )
            write(connection, chance, numbers)
            if step % 20 == 0:
                assert differing(broker) == [], step
    assert differing(broker) == []
    assert restamped(broker) == 0, "nothing is to be done anew"


def test_a_day_runs_to_its_end_in_utc_and_a_moment_does_not(broker: Broker) -> None:
    more(broker, 1001, 1001, status="customer", contact=None)
    broker.execute("UPDATE crm.policy SET ends_on = '2020-02-29' WHERE customer_id = 1001")
    assert until(broker, 1001) == datetime(2020, 3, 1, tzinfo=UTC) + timedelta(days=3650)
    broker.execute("UPDATE crm.customer SET last_contact_at = '2020-03-01 08:00:00.000001+08' WHERE customer_id = 1001")
    assert until(broker, 1001) == datetime(2020, 3, 1, microsecond=1, tzinfo=UTC) + timedelta(days=3650)


@pytest.mark.one_server
def test_dates_and_timestamps_without_zone_count_as_well(broker: Broker) -> None:
    broker.as_owner("ALTER TABLE crm.customer ADD COLUMN left_at timestamp, ADD COLUMN left_on date")
    by_moment = RetentionRule("at", "status = 'lost'", Basis(("left_at",), "left_on"), 10)
    table = broker.matrix.tables["crm.customer"]
    column = table.columns["claimed_at"]
    known = {**table.columns, **{name: replace(column, name=name) for name in ("left_at", "left_on")}}
    matrix = with_rules(broker.matrix, by_moment)
    changed = replace(matrix.tables["crm.customer"], columns=known)
    apply(broker, replace(matrix, tables={**matrix.tables, "crm.customer": changed}))
    with broker.database.connect(options="-c TimeZone=America/New_York") as connection:
        connection.execute(
            "UPDATE crm.customer SET status = 'lost', left_at = '2020-01-01 12:00' WHERE customer_id = 2"
        )
        assert until(broker, 2) == datetime(2020, 1, 11, 12, tzinfo=UTC)
        connection.execute("UPDATE crm.customer SET left_at = NULL, left_on = '2020-01-01' WHERE customer_id = 2")
        assert until(broker, 2) == datetime(2020, 1, 12, tzinfo=UTC)
        connection.execute("UPDATE crm.customer SET left_on = NULL WHERE customer_id = 2")
        assert until(broker, 2) == NEVER


@pytest.mark.parametrize(
    ("said", "kept"), [("infinity", NEVER), ("9999-12-31", NEVER), ("-infinity", None), ("0044-03-15 BC", None)]
)
def test_dates_of_no_calendar_are_taken_too(broker: Broker, said: str, kept: datetime | None) -> None:
    broker.execute(
        "UPDATE crm.customer SET last_contact_at = NULL, created_at = '2001-01-01' WHERE customer_id = 1",
        f"UPDATE crm.policy SET ends_on = '{said}' WHERE customer_id = 1",
    )
    [(past, same)] = broker.rows(
        "SELECT retain_until < now(), retain_until = '9999-12-30 00:00+00' FROM crm.customer WHERE customer_id = 1"
    )
    assert (past, same) == ((False, True) if kept else (True, False))


@pytest.mark.one_server
def test_a_date_beyond_what_a_term_can_reach_is_still_written(broker: Broker) -> None:
    """Whatever the application could write before it can write now; such a row is kept for good."""
    broker.execute("UPDATE crm.policy SET ends_on = '5874897-12-31' WHERE customer_id = 1")
    assert until(broker, 1) == NEVER


def test_two_writers_at_once_both_count(broker: Broker) -> None:
    more(broker, 1001, 1001, status="customer")
    sold = "INSERT INTO crm.policy (customer_id, product, starts_on, ends_on) VALUES (1001, 'p', '2001-01-01', %s)"
    with broker.database.connect() as one, broker.database.connect() as other:
        with one.transaction():
            one.execute(sold, ["2020-01-01"])
            thread = threading.Thread(target=lambda: other.execute(sold, ["2021-01-01"]))
            thread.start()
            thread.join(0.2)
            assert thread.is_alive(), "the second waits for the first"
        thread.join()
    assert until(broker, 1001) == datetime(2021, 1, 2, tzinfo=UTC) + timedelta(days=3650)


@pytest.mark.one_server
def test_of_two_who_sell_and_cancel_at_once_the_policy_that_is_left_counts(broker: Broker) -> None:
    more(broker, 1001, 1001, status="customer")
    broker.execute("UPDATE crm.policy SET ends_on = '2021-01-01' WHERE policy_id = 2002")
    with broker.database.connect() as one, broker.database.connect() as other:
        with one.transaction():
            # The term stays as it is: 2021 is later.
            one.execute(
                "INSERT INTO crm.policy (customer_id, product, starts_on, ends_on) VALUES (1001, 'p', '2001-01-01', '2020-01-01')"
            )
            thread = threading.Thread(
                target=lambda: other.execute("UPDATE crm.policy SET ends_on = '2001-01-01' WHERE policy_id = 2002")
            )
            thread.start()
            thread.join(0.2)
        thread.join()
    assert until(broker, 1001) == datetime(2020, 1, 2, tzinfo=UTC) + timedelta(days=3650)


def test_a_writer_in_an_old_snapshot_counts_what_others_sold_meanwhile_or_fails(broker: Broker) -> None:
    more(broker, 1001, 1001, status="customer")
    broker.execute("UPDATE crm.policy SET ends_on = '2021-01-01' WHERE policy_id = 2002")
    with broker.database.connect() as one:
        try:
            with one.transaction():
                one.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                one.execute("SELECT FROM crm.policy")
                broker.execute(
                    "INSERT INTO crm.policy (customer_id, product, starts_on, ends_on) VALUES (1001, 'p', '2001-01-01', '2020-01-01')"
                )
                one.execute("UPDATE crm.policy SET ends_on = '2001-01-01' WHERE policy_id = 2002")
        except psycopg.errors.SerializationFailure:
            return
    # At the least: a snapshot of before makes no term shorter.
    assert until(broker, 1001) >= datetime(2020, 1, 2, tzinfo=UTC) + timedelta(days=3650)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE crm.customer SET retain_until = '9000-01-01' WHERE customer_id = 1001",
        "UPDATE crm.customer SET retain_until = DEFAULT, note = 'x' WHERE customer_id = 1001",
        "UPDATE crm.customer SET (note, retain_until) = (SELECT 'x', 'infinity'::timestamptz) WHERE customer_id = 1001",
        "INSERT INTO crm.customer (customer_id, status, last_contact_at, retain_until) OVERRIDING SYSTEM VALUE VALUES (1001, 'prospect', '2001-02-03', 'infinity')"
        " ON CONFLICT (customer_id) DO UPDATE SET retain_until = EXCLUDED.retain_until",
        "MERGE INTO crm.customer AS c USING (SELECT 1001 AS i) AS s ON c.customer_id = s.i WHEN MATCHED THEN UPDATE SET retain_until = 'infinity'",
        "WITH u AS (UPDATE crm.customer SET retain_until = 'infinity' WHERE customer_id = 1001 RETURNING 1) SELECT FROM u",
    ],
)  # fmt: skip
def test_nobody_says_by_hand_until_when_a_row_is_kept(broker: Broker, statement: str) -> None:
    more(broker, 1001, 1001)
    before = until(broker, 1001)
    broker.as_owner(statement)
    assert until(broker, 1001) == before


@pytest.mark.one_server
def test_nor_with_a_new_row_or_by_copy(broker: Broker) -> None:
    broker.as_owner(
        "INSERT INTO crm.customer (customer_id, status, last_contact_at, retain_until) OVERRIDING SYSTEM VALUE"
        " VALUES (1001, 'prospect', '2001-02-03', 'infinity')"
    )
    with broker.database.connect() as connection:
        connection.execute(f"SET ROLE {broker.owner}")
        with connection.cursor().copy(
            "COPY crm.customer (customer_id, status, last_contact_at, retain_until) FROM STDIN"
        ) as rows:
            rows.write_row((1002, "prospect", LONG_AGO, "infinity"))
    assert until(broker, 1001) == until(broker, 1002) < datetime.now(UTC)


@pytest.mark.one_server
def test_a_person_writes_no_term_through_a_view(broker: Broker) -> None:
    with broker.person("li") as li:
        for statement in (
            "UPDATE customer SET retain_until = 'infinity' WHERE customer_id = 1",
            "INSERT INTO customer (status, retain_until) VALUES ('prospect', 'infinity')",
            "SELECT retain_until FROM customer",
            "UPDATE crm.customer SET retain_until = 'infinity' WHERE customer_id = 1",
        ):
            with pytest.raises(psycopg.Error) as refusal:
                li.execute(statement.encode())
            assert refusal.value.sqlstate in ("42703", "42501"), statement
            li.rollback()


@pytest.mark.one_server
def test_a_new_row_through_a_view_has_its_term(broker: Broker) -> None:
    with broker.person("li") as li:
        [(number,)] = li.execute(
            "INSERT INTO customer (status, owner_staff_id, branch_code) VALUES ('prospect', 'S1', 'BJ') RETURNING customer_id"
        ).fetchall()
        li.commit()
    assert timedelta(days=729) < until(broker, number) - datetime.now(UTC) < timedelta(days=731)


def touching(broker: Broker, name: str) -> None:
    """The application keeps the date of the last contact by a trigger called *name*."""
    broker.as_owner(
        "CREATE FUNCTION crm.touch() RETURNS trigger LANGUAGE plpgsql AS $$"
        " BEGIN NEW.last_contact_at := '2026-11-01 00:00+00'; RETURN NEW; END $$"
    )
    broker.as_owner(
        f"CREATE TRIGGER {name} BEFORE INSERT OR UPDATE ON crm.customer FOR EACH ROW EXECUTE FUNCTION crm.touch()"
    )


@pytest.mark.parametrize("name", ["aaa_touch", "touch"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE crm.customer SET note = 'called' WHERE customer_id = 5",
        "INSERT INTO crm.customer (customer_id, status, created_at) OVERRIDING SYSTEM VALUE VALUES (5, 'prospect', '2001-01-01')",
    ],
    ids=["changed", "new"],
)
@pytest.mark.one_server
def test_a_date_that_a_trigger_of_the_applications_own_writes_counts(broker: Broker, name: str, statement: str) -> None:
    """No SET names what a BEFORE trigger writes, and triggers go by the alphabet."""
    if statement.startswith("INSERT"):
        broker.execute("DELETE FROM crm.customer WHERE customer_id = 5")
    touching(broker, name)
    broker.execute(statement)
    assert until(broker, 5) == datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=730)


@pytest.mark.one_server
def test_a_column_that_the_server_makes_is_refused_as_a_basis_or_counts(broker: Broker) -> None:
    """A generated column is not there yet when a BEFORE trigger looks."""
    broker.as_owner(
        "ALTER TABLE crm.customer ADD COLUMN seen_at timestamptz GENERATED ALWAYS AS (last_contact_at) STORED"
    )
    table = broker.matrix.tables["crm.customer"]
    known = {**table.columns, "seen_at": replace(table.columns["claimed_at"], name="seen_at")}
    seen = replace(rule(broker.matrix, "unsold_prospect"), basis=Basis(("seen_at",), "created_at"))
    matrix = with_rules(broker.matrix, seen)
    changed = replace(matrix.tables["crm.customer"], columns=known)
    try:
        apply(broker, replace(matrix, tables={**matrix.tables, "crm.customer": changed}))
    except PgcustsecError:
        return
    broker.execute(
        "UPDATE crm.customer SET created_at = '2001-01-01', last_contact_at = '2026-11-01 00:00+00' WHERE customer_id = 2"
    )
    assert until(broker, 2) == datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=730)


@pytest.fixture
def by_claims(broker: Broker) -> Broker:
    """The broker keeps customers by their last claim, two steps below; customers 1001 and 1002 have had theirs long ago."""
    claims = replace(
        rule(broker.matrix, "former_customer"), basis=Basis(("crm.claim.filed_on",), "created_at"), keep=None
    )
    apply(broker, with_rules(broker.matrix, claims))
    restamped(broker)
    more(broker, 1001, 1002, status="customer")
    return broker


def test_a_date_two_steps_below_counts(by_claims: Broker) -> None:
    by_claims.execute("UPDATE crm.claim SET filed_on = '2020-01-01' WHERE policy_id = 2002")
    assert until(by_claims, 1001) == datetime(2020, 1, 2, tzinfo=UTC) + timedelta(days=3650)
    by_claims.execute("UPDATE crm.claim SET policy_id = 2004 WHERE policy_id = 2002")
    assert until(by_claims, 1002) == datetime(2020, 1, 2, tzinfo=UTC) + timedelta(days=3650)
    assert until(by_claims, 1001) < datetime.now(UTC)


def test_a_policy_that_changes_hands_takes_its_claims_along(by_claims: Broker) -> None:
    """The customer who takes it over is hidden else, ten years too early, until a sweep looks again."""
    by_claims.execute("UPDATE crm.claim SET filed_on = '2020-01-01' WHERE policy_id = 2002")
    by_claims.execute("UPDATE crm.policy SET customer_id = 1002 WHERE policy_id = 2002")
    assert until(by_claims, 1002) == datetime(2020, 1, 2, tzinfo=UTC) + timedelta(days=3650)
    assert until(by_claims, 1001) < datetime.now(UTC)


@pytest.mark.one_server
def test_a_policy_that_is_deleted_takes_its_claims_along(by_claims: Broker) -> None:
    by_claims.as_owner(
        "ALTER TABLE crm.claim DROP CONSTRAINT claim_policy_id_fkey, ADD FOREIGN KEY (policy_id) REFERENCES crm.policy ON DELETE CASCADE"
    )
    by_claims.execute("UPDATE crm.claim SET filed_on = '2020-01-01' WHERE policy_id = 2002")
    by_claims.execute("DELETE FROM crm.policy WHERE policy_id = 2002")
    assert until(by_claims, 1001) < datetime.now(UTC)


@pytest.mark.one_server
def test_a_key_that_changes_takes_its_policies_along(broker: Broker) -> None:
    more(broker, 1001, 1001, status="customer")
    broker.execute("UPDATE crm.policy SET ends_on = '2020-01-01' WHERE customer_id = 1001")
    before = until(broker, 1001)
    for child in ("policy", "attachment", "assignment"):
        broker.as_owner(
            f"ALTER TABLE crm.{child} DROP CONSTRAINT {child}_customer_id_fkey,"
            " ADD FOREIGN KEY (customer_id) REFERENCES crm.customer ON UPDATE CASCADE"
        )
    broker.execute("UPDATE crm.customer SET customer_id = DEFAULT WHERE customer_id = 1001")
    [(now,)] = broker.rows("SELECT retain_until FROM crm.customer WHERE note = 'kan-1001-note'")
    assert now == before


@pytest.mark.one_server
def test_emptying_the_table_of_policies_counts(broker: Broker) -> None:
    more(broker, 1001, 1001, status="customer")
    broker.execute("UPDATE crm.policy SET ends_on = NULL WHERE customer_id = 1001")
    assert until(broker, 1001) == NEVER
    broker.execute("TRUNCATE crm.policy CASCADE")
    restamped(broker)
    assert until(broker, 1001) < datetime.now(UTC)


@pytest.mark.one_server
def test_rows_of_an_heir_of_a_table_below_count_or_are_refused(by_claims: Broker) -> None:
    """No trigger of a table fires for the rows of its children by inheritance."""
    by_claims.as_owner("CREATE TABLE crm.claim_abroad () INHERITS (crm.claim)")
    claims = replace(
        rule(by_claims.matrix, "former_customer"), basis=Basis(("crm.claim.filed_on",), "created_at"), keep=None
    )
    matrix = with_rules(by_claims.matrix, claims)
    agent = matrix.roles["service_agent"]
    # A role that writes a table with heirs is refused as it is.
    reads = {**agent.tables, "crm.claim": replace(agent.tables["crm.claim"], write=Write())}
    try:
        apply(by_claims, replace(matrix, roles={**matrix.roles, agent.name: replace(agent, tables=reads)}))
    except PgcustsecError as refusal:
        assert "claim" in str(refusal)
        return
    by_claims.execute("INSERT INTO crm.claim_abroad (claim_id, policy_id, filed_on) VALUES (90001, 2002, '2020-01-01')")
    assert until(by_claims, 1001) == datetime(2020, 1, 2, tzinfo=UTC) + timedelta(days=3650)
