# ruff: noqa: E501 - a statement of SQL reads best on its line
"""Terms of tables that break careless code: keys of two columns, partitions in two levels, heirs, odd names (4.3)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from pgcustsec.matrix.model import Approval, Basis, Column, Matrix, RequestKind, RetentionRule
from pgcustsec.migrate import apply_matrix
from pgcustsec.retention import restamp, sweep
from pgcustsec.vault import seal
from tests.cluster import Server, unique
from tests.worlds import CONTRACT, CUSTOMER, DAMAGE, LEAD, World, odd_matrix, odd_world

TABLE = '"Kunden ""Daten"""."Kunde \'A\'"'
LONG_AGO = "2001-01-01"


def kept_matrix(prefix: str, days: int = 365) -> Matrix:
    """Customers go a year after the last damage, or after they came; leads are anonymised, and their agent stays."""
    matrix = odd_matrix(prefix)
    customers = RetentionRule(
        "alt \"x\" 'y'", "mood = 'bad' OR mood IS NULL", Basis((f"{DAMAGE}.gemeldet am", "seit %s"), None), days
    )
    leads = RetentionRule("lead", "true", Basis(("made_at",)), 30, keep=("agent",))
    more = {CUSTOMER: ("seit %s", customers), DAMAGE: ("gemeldet am", None), LEAD: ("made_at", leads)}
    tables = dict(matrix.tables)
    for name, (column, rule) in more.items():
        table = tables[name]
        known = {**table.columns, column: Column(column, 3)}
        tables[name] = replace(table, columns=known, retention=(rule,) if rule else ())
    return replace(matrix, tables=tables)


@pytest.fixture(scope="module")
def sealed_odd(server: Server) -> Iterator[World]:
    with odd_world(server) as world:
        world.execute(
            f'ALTER TABLE {TABLE} ADD COLUMN "seit %s" timestamp',
            'ALTER TABLE "Kunden ""Daten""".schaden ADD COLUMN "gemeldet am" date',
            'ALTER TABLE "Leads".lead ADD COLUMN made_at timestamptz',
            # Whoever owns a table with terms makes an index.
            f'GRANT CREATE ON SCHEMA "Leads" TO "{world.prefix}Leads Owner"',
        )
        world.matrix = kept_matrix(world.prefix)
        with world.connect(world.admin) as connection:
            apply_matrix(connection, world.matrix)
        with world.connect(world.admin) as connection:
            seal(connection, world.matrix)
        with world.connect(world.admin) as connection:
            restamp(connection)
        yield world


@pytest.fixture
def odd(sealed_odd: World) -> Iterator[World]:
    """A copy for one test."""
    server = sealed_odd.database.server
    database = server.create_database(unique("odd_"), sealed_odd.database.name)
    try:
        yield replace(sealed_odd, database=database)
    finally:
        server.drop_database(database.name)


def rows(world: World, query: str) -> list[tuple[Any, ...]]:
    with world.database.connect() as connection:
        return connection.execute(query.encode()).fetchall()


def until(world: World, number: int) -> datetime:
    [(found,)] = rows(world, f'SELECT retain_until FROM {TABLE} WHERE "Nr" = {number}')
    assert isinstance(found, datetime)
    return found.astimezone(UTC)


def swept(world: World, table: str, **terms: Any) -> tuple[int, int]:
    with world.connect(world.admin) as connection:
        [done] = sweep(connection, [table], **terms)
    return done.destroyed, done.anonymised


def test_terms_follow_rows_through_partitions_and_their_damages_through_contracts(odd: World) -> None:
    assert until(odd, 1).year == 9999, "no rule applies"
    odd.execute(f"UPDATE {TABLE} SET \"seit %s\" = '2020-01-01 12:00', mood = 'bad'")
    assert until(odd, 1).year == 9999, "a damage without a date runs on"
    odd.execute(f'UPDATE "Kunden ""Daten""".schaden SET "gemeldet am" = \'{LONG_AGO}\'')
    assert until(odd, 1) == until(odd, 3) == datetime(2020, 1, 1, 12, tzinfo=UTC) + timedelta(days=365)
    odd.execute('UPDATE "Kunden ""Daten""".schaden SET "gemeldet am" = \'2021-01-01\' WHERE id = 1')
    assert until(odd, 1) == datetime(2021, 1, 2, tzinfo=UTC) + timedelta(days=365)
    odd.execute(
        f'UPDATE {TABLE} SET "Nr" = 500 WHERE "Nr" = 3',
        f'UPDATE {TABLE} SET "Region" = \'S \' WHERE "Nr" = 1',
    )
    assert until(odd, 500) == until(odd, 1) == datetime(2020, 1, 1, 12, tzinfo=UTC) + timedelta(days=365)
    odd.execute(
        'INSERT INTO "Leads"."Rest" ("Region", "Nr", mood, "seit %s", retain_until) VALUES (\'W \', 7, \'bad\', \'2020-01-01\', \'infinity\')'
    )
    assert until(odd, 7) == datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=365), "into a partition itself"


def test_a_damage_of_an_heirs_contract_counts(odd: World) -> None:
    """Damage 2 is of contract 2, which lies in an heir, and is customer 3's."""
    odd.execute(f"UPDATE {TABLE} SET \"seit %s\" = '2020-01-01', mood = 'bad'")
    odd.execute('UPDATE "Kunden ""Daten""".schaden SET "gemeldet am" = \'2022-01-01\' WHERE id = 2')
    assert until(odd, 3) == datetime(2022, 1, 2, tzinfo=UTC) + timedelta(days=365)


def test_a_contract_that_changes_hands_takes_its_damages_along(odd: World) -> None:
    odd.execute(f"UPDATE {TABLE} SET \"seit %s\" = '2020-01-01', mood = 'bad'")
    odd.execute('UPDATE "Kunden ""Daten""".schaden SET "gemeldet am" = \'2022-01-01\' WHERE id = 1')
    odd.execute('UPDATE "Kunden ""Daten"""."Vertrag %s" SET "Kunden Nr" = 2 WHERE "Id" = 1')
    assert until(odd, 2) == datetime(2022, 1, 2, tzinfo=UTC) + timedelta(days=365)


def test_customers_with_a_key_of_two_columns_go_with_all_that_hangs_on_them(odd: World) -> None:
    odd.execute(f"UPDATE {TABLE} SET \"seit %s\" = '{LONG_AGO}', mood = 'bad' WHERE \"Nr\" <> 2")
    odd.execute(f'UPDATE "Kunden ""Daten""".schaden SET "gemeldet am" = \'{LONG_AGO}\'')
    assert swept(odd, CUSTOMER) == (2, 0)
    assert rows(odd, f'SELECT "Nr" FROM {TABLE}') == [(2,)]
    [(rule, counts, digest)] = rows(odd, "SELECT rule, counts, keys_digest FROM pgcustsec_internal.certificate")
    assert rule == "alt \"x\" 'y'" and counts == {CUSTOMER: 2, CONTRACT: 2, DAMAGE: 2}
    keys = ['["N ", 1]', '["S ", 3]']
    assert digest == hashlib.sha256("\n".join(keys).encode()).hexdigest()


def test_holds_name_keys_of_two_columns(odd: World) -> None:
    odd.execute(f"UPDATE {TABLE} SET \"seit %s\" = '{LONG_AGO}', mood = 'bad'")
    odd.execute(f'UPDATE "Kunden ""Daten""".schaden SET "gemeldet am" = \'{LONG_AGO}\'')
    odd.execute(
        "INSERT INTO pgcustsec_internal.hold (relation, reason, review_at, placed_by) VALUES"
        f" ($r${CUSTOMER}$r$, 'lawsuit', now() + interval '1 day', 'S3')",
        f"INSERT INTO pgcustsec_internal.hold_subject (hold_id, relation, record_key) VALUES (1, $r${CUSTOMER}$r$, '[\"N \", 1]')",
        "INSERT INTO pgcustsec_internal.hold (relation, reason, review_at, placed_by, predicate) VALUES"
        f' ($r${CUSTOMER}$r$, \'audit\', now() + interval \'1 day\', \'S3\', \'[{{"column": "Nr", "is": "=", "value": 3}}]\')',
    )
    assert swept(odd, CUSTOMER) == (1, 0)
    assert sorted(rows(odd, f'SELECT "Nr" FROM {TABLE}')) == [(1,), (3,)]


def test_working_out_anew_goes_on_by_the_whole_key(odd: World) -> None:
    odd.execute(
        f'INSERT INTO {TABLE} ("Region", "Nr", mood, "seit %s") SELECT r, n, \'bad\', \'2020-01-01\''
        " FROM unnest(ARRAY['N', 'S', 'ä', 'Z']) AS r, generate_series(50, 59) AS n"
    )
    with odd.connect(odd.admin) as connection:
        apply_matrix(connection, kept_matrix(odd.prefix, 400))
    seen: list[tuple[Any, ...]] = []
    with odd.database.connect() as connection:
        while not seen or not seen[-1][1]:
            seen += connection.execute("SELECT seen, done FROM pgcustsec.restamp(%s, 7)", [CUSTOMER]).fetchall()
    assert sum(one[0] for one in seen) == 43
    assert rows(odd, f'SELECT count(DISTINCT retain_until) FROM {TABLE} WHERE "Nr" >= 50') == [(1,)]
    assert until(odd, 2).year == 9999


def test_leads_with_keys_at_random_are_anonymised(odd: World) -> None:
    odd.execute(
        "INSERT INTO \"Leads\".lead (agent, score, note, made_at) SELECT 'S1', n, 'kan-' || n, '2001-01-01' FROM generate_series(1, 6) AS n",
        "INSERT INTO \"Leads\".lead (agent, score, note, made_at) VALUES ('S2', 1, 'kan-7', '2001-01-01')",
    )
    before = {row[0] for row in rows(odd, 'SELECT id FROM "Leads".lead')}
    assert swept(odd, LEAD) == (0, 7)
    assert swept(odd, LEAD) == (0, 0)
    after = rows(odd, 'SELECT id, agent, note FROM "Leads".lead WHERE made_at IS NULL AND score IS NULL')
    assert sorted((row[1] or "", row[2]) for row in after) == [("", None)] + [("S1", None)] * 6
    assert not {row[0] for row in after} & before


def test_a_partition_that_is_made_later_has_terms_as_well(odd: World) -> None:
    odd.execute(
        f'SET ROLE {odd.owner}; CREATE TABLE "Kunden ""Daten"""."Teil Ost" PARTITION OF {TABLE} FOR VALUES IN (\'O \')',
        f"INSERT INTO {TABLE} (\"Region\", \"Nr\", mood, \"seit %s\") VALUES ('O ', 9, 'bad', '2001-01-01')",
    )
    assert until(odd, 9) == datetime(2001, 1, 1, tzinfo=UTC) + timedelta(days=365)


def test_nothing_is_to_be_done_after_a_plan_that_was_applied(sealed_odd: World) -> None:
    with sealed_odd.connect(sealed_odd.admin) as connection:
        assert list(apply_matrix(connection, sealed_odd.matrix).statements) == []


def test_who_wishes_it_is_told_of_and_erased_whatever_the_tables_are_called(odd: World) -> None:
    """Keys of two columns, partitions, heirs; and what hangs on somebody by columns that no view has."""
    kind = RequestKind("weg", "Löschen", (Approval(role="analyst"),), 5, ("sales_agent",), erases=True)
    with odd.connect(odd.admin) as connection:
        apply_matrix(connection, replace(odd.matrix, requests={"weg": kind}))
    with odd.connect(odd.admin) as connection:
        restamp(connection)
    key = '["N ", 1]'
    assert odd.read("li", "SELECT 1")
    with odd.database.connect(user=odd.login("li")) as li:
        [(told,)] = li.execute("SELECT pgcustsec.show_subject(%s, %s)", [TABLE, key]).fetchall()
        assert [(one["table"], len(one["rows"])) for one in told["held"]] == [(CUSTOMER, 1), (CONTRACT, 1), (DAMAGE, 1)]
        [(number,)] = li.execute("SELECT pgcustsec.file_erasure(%s, %s, 'letter')", [TABLE, [key]]).fetchall()
    with odd.database.connect(user=odd.login("sun")) as sun:
        sun.execute("SELECT pgcustsec.decide_request(%s, 'approve', 'yes')", [number])
    with odd.database.connect(user=odd.login("li")) as li:
        with pytest.raises(psycopg.Error, match="which runs on without an end"):
            li.execute("SELECT pgcustsec.erase(%s)", [number])
        odd.execute(f'UPDATE "Kunden ""Daten""".schaden SET "gemeldet am" = \'{LONG_AGO}\'')
        li.execute("SELECT pgcustsec.erase(%s)", [number])
    assert rows(odd, f'SELECT "Nr" FROM {TABLE} ORDER BY 1') == [(2,), (3,)]
    assert rows(odd, 'SELECT "Id" FROM "Kunden ""Daten"""."Vertrag %s"') == [(2,)]
    [(digest, request)] = rows(odd, "SELECT keys_digest, request_id FROM pgcustsec_internal.certificate")
    assert (digest, request) == (hashlib.sha256(key.encode()).hexdigest(), number)
