"""The demo's schema, customers and staff in a real database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import psycopg
import pytest

from pgcustsec.db import Connection, connect
from pgcustsec.demo.customers import Counts, fill
from pgcustsec.demo.people import load_people, make_people
from pgcustsec.demo.schema import make_indexes, make_tables
from pgcustsec.errors import SchemaMismatch, UsageError
from tests.cluster import Database

CUSTOMERS = 2_000
TODAY = datetime.now(UTC).date()
TABLES = ("customer", "policy", "claim", "attachment", "assignment")


@pytest.fixture
def owner(database: Database, prefix: str) -> str:
    database.execute(f"CREATE ROLE {prefix}crm_owner NOLOGIN")
    return f"{prefix}crm_owner"


@pytest.fixture
def empty(database: Database, owner: str) -> Iterator[Connection]:
    """A connection to a database whose schema crm has its tables and no rows."""
    with connect(database.conninfo()) as connection:
        make_tables(connection, owner)
        yield connection


@pytest.fixture
def filled(empty: Connection, owner: str) -> tuple[Connection, Counts]:
    counts = fill(empty, CUSTOMERS, 7, as_of=TODAY)
    make_indexes(empty, owner)
    return empty, counts


def one(connection: Connection, query: str) -> object:
    row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return row[0]


def test_every_table_of_the_schema_belongs_to_the_owner(filled: tuple[Connection, Counts], owner: str) -> None:
    connection, _ = filled
    owners = connection.execute(
        "SELECT DISTINCT pg_get_userbyid(relowner) FROM pg_class WHERE relnamespace = 'crm'::regnamespace"
    ).fetchall()
    assert owners == [(owner,)]
    assert one(connection, "SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = 'crm'") == owner


def test_foreign_keys_and_the_unique_document_hold_over_the_loaded_rows(filled: tuple[Connection, Counts]) -> None:
    connection, _ = filled
    constraints = connection.execute(
        "SELECT contype::text, count(*), bool_and(convalidated) FROM pg_constraint"
        " WHERE connamespace = 'crm'::regnamespace AND contype IN ('f', 'u', 'p') GROUP BY 1 ORDER BY 1"
    ).fetchall()
    assert constraints == [("f", 4, True), ("p", 5, True), ("u", 1, True)]


def test_the_counts_returned_are_those_of_the_tables(filled: tuple[Connection, Counts]) -> None:
    connection, counts = filled
    assert counts.customer == CUSTOMERS
    for table in TABLES:
        assert getattr(counts, table) == one(connection, f"SELECT count(*) FROM crm.{table}") > 0
    pool = "SELECT count(*) FROM crm.customer WHERE owner_staff_id IS NULL AND status = 'prospect'"
    assert counts.pool == one(connection, pool) > 0


def test_the_database_agrees_on_age_birthday_and_day(filled: tuple[Connection, Counts]) -> None:
    connection, _ = filled
    wrong = "SELECT count(*) FROM crm.customer WHERE age <> date_part('year', age(DATE '{}', birth_date))"
    assert one(connection, wrong.format(TODAY)) == 0


def test_a_new_row_gets_the_next_number(filled: tuple[Connection, Counts]) -> None:
    connection, _ = filled
    assert one(connection, "INSERT INTO crm.customer (name) VALUES ('新客户') RETURNING customer_id") == CUSTOMERS + 1


def test_every_table_has_statistics(filled: tuple[Connection, Counts]) -> None:
    connection, counts = filled
    for table in TABLES:
        estimate = one(connection, f"SELECT reltuples FROM pg_class WHERE oid = 'crm.{table}'::regclass")
        assert estimate == getattr(counts, table)


def test_every_table_and_column_has_a_comment(empty: Connection) -> None:
    bare = empty.execute(
        "SELECT c.relname, a.attname FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid"
        " WHERE c.relnamespace = 'crm'::regnamespace AND c.relkind = 'r' AND a.attnum > 0"
        " AND (obj_description(c.oid, 'pg_class') IS NULL OR col_description(c.oid, a.attnum) IS NULL)"
    ).fetchall()
    assert bare == []


def test_the_load_does_not_depend_on_settings_of_the_session(database: Database, owner: str) -> None:
    with connect(database.conninfo(), options="-c DateStyle=SQL,DMY -c TimeZone=America/New_York") as connection:
        make_tables(connection, owner)
        fill(connection, 200, 7, as_of=date(2026, 11, 24))
        latest = one(
            connection, "SELECT max(last_contact_at) < '2026-11-24 00:00:00+08'::timestamptz FROM crm.customer"
        )
    assert latest is True


def test_progress_adds_up_to_all_customers(empty: Connection) -> None:
    seen: list[int] = []
    fill(empty, 6_001, 7, progress=seen.append)
    assert len(seen) > 1
    assert sum(seen) == 6_001


def test_a_load_that_fails_leaves_nothing(empty: Connection) -> None:
    empty.execute("ALTER TABLE crm.assignment ADD CHECK (ends_at IS NULL)")
    with pytest.raises(psycopg.errors.CheckViolation):
        fill(empty, 500, 7)
    assert one(empty, "SELECT count(*) FROM crm.customer") == 0


def test_fewer_than_one_customer_is_refused(empty: Connection) -> None:
    with pytest.raises(UsageError, match="0 customers"):
        fill(empty, 0, 7)


def test_a_schema_that_is_there_already_is_not_touched(empty: Connection, owner: str) -> None:
    with pytest.raises(UsageError, match="crm is in this database already"):
        make_tables(empty, owner)


def test_an_owner_that_does_not_exist_is_named(database: Database, prefix: str) -> None:
    with (
        connect(database.conninfo()) as connection,
        pytest.raises(UsageError, match=f"no role {prefix}nobody"),
    ):
        make_tables(connection, f"{prefix}nobody")


@pytest.fixture
def staffed(installed: Database) -> Iterator[Connection]:
    """A connection to a database with the branches, departments and roles that the demo's staff belong to."""
    people = make_people(CUSTOMERS, 7)
    with connect(installed.conninfo()) as connection, connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO pgcustsec_internal.branch VALUES (%s, %s)", sorted({(p.branch, p.branch) for p in people})
        )
        cursor.executemany(
            "INSERT INTO pgcustsec_internal.department VALUES (%s, %s)",
            sorted({(p.department, p.department) for p in people}),
        )
        cursor.executemany(
            "INSERT INTO pgcustsec_internal.role VALUES (%s, %s, %s, false)",
            sorted({(role, "group_of_" + role, p.department) for p in people for role in p.roles}),
        )
        yield connection


def test_people_come_into_the_staff_tables_with_their_roles(staffed: Connection) -> None:
    people = make_people(CUSTOMERS, 7)
    load_people(staffed, people)
    stored = staffed.execute(
        "SELECT s.staff_id, full_name, login::text, department_code, branch_code, manager_id, active,"
        " array_agg(role_code ORDER BY role_code) FROM pgcustsec_internal.staff AS s"
        " JOIN pgcustsec_internal.staff_role USING (staff_id) GROUP BY s.staff_id"
    ).fetchall()
    wanted = [
        (p.staff_id, p.full_name, p.login, p.department, p.branch, p.manager_id, p.active, sorted(p.roles))
        for p in people
    ]
    assert sorted(stored) == sorted(wanted)


def test_people_loaded_twice_are_refused_and_stay_as_they_were(staffed: Connection) -> None:
    people = make_people(CUSTOMERS, 7)
    load_people(staffed, people)
    with pytest.raises(UsageError, match="already"):
        load_people(staffed, people)
    assert one(staffed, "SELECT count(*) FROM pgcustsec_internal.staff") == len(people)


def test_people_without_the_matrix_applied_are_refused(installed: Database) -> None:
    with (
        connect(installed.conninfo()) as connection,
        pytest.raises(SchemaMismatch, match="branch, department or role"),
    ):
        load_people(connection, make_people(CUSTOMERS, 7))
