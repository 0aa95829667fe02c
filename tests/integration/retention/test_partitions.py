# ruff: noqa: E501 - a statement of SQL reads best on its line
"""Partitions of which a sweep has left nothing are dropped, where the matrix allows it, and no other ever (4.3)."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from dataclasses import replace

import psycopg
import pytest

from pgcustsec.migrate import plan_matrix
from pgcustsec.retention import retention_status, sweep
from tests.integration.retention.partitioned import CUSTOMER, ODD, ODD_NAME, STAYS, Parts

ALL = STAYS | {"customer_2019", ODD_NAME}


def test_a_partition_of_which_nothing_is_left_is_dropped_with_its_rows_certified(parts: Parts) -> None:
    parts.add(2019, 1, 3)
    parts.add(2020, 4, 5)
    done = parts.swept()
    assert (done.destroyed, done.left, done.problems) == (5, 0, ())
    assert done.dropped == ("crm.customer_2019", f"crm.{ODD_NAME}")
    assert parts.partitions() == STAYS
    assert parts.rows("SELECT FROM pg_class WHERE relname IN ('customer_2019', %s)", ODD_NAME) == []
    assert parts.rows('SELECT FROM pgcustsec_vault."crm.customer"') == parts.rows("SELECT FROM crm.policy") == []
    [(counts, digest)] = parts.rows("SELECT counts, keys_digest FROM pgcustsec_internal.certificate")
    assert counts == {"crm.customer": 5, "crm.policy": 5}
    keys = sorted(f'[{n}, "{2019 + (n > 3)}-06-0{n + 1}"]' for n in range(1, 6))
    assert digest == hashlib.sha256("\n".join(keys).encode()).hexdigest()


def test_who_dropped_which_is_on_record(parts: Parts) -> None:
    parts.swept()
    found = parts.rows(
        "SELECT login, relation, about, staff_id FROM pgcustsec_internal.audit WHERE kind = 'partition_dropped' ORDER BY audit_id"
    )
    assert found == [
        (parts.admin, CUSTOMER, "partition crm.customer_2019", None),
        (parts.admin, CUSTOMER, f"partition crm.{ODD_NAME}", None),
    ]


def test_nothing_is_to_be_planned_after_it_and_the_owners_see_the_vault_no_more_than_before(parts: Parts) -> None:
    grants = "SELECT nspacl FROM pg_namespace WHERE nspname = 'pgcustsec_vault' UNION ALL SELECT relacl FROM pg_class WHERE relnamespace = 'pgcustsec_vault'::regnamespace UNION ALL SELECT attacl FROM pg_attribute WHERE attrelid = 'pgcustsec_vault.\"crm.customer\"'::regclass"
    before = parts.rows(grants)
    parts.swept()
    with parts.connect(parts.admin) as connection:
        plan = plan_matrix(connection, parts.matrix)
    assert plan.statements == ()
    assert parts.rows(grants) == before
    with parts.database.connect() as connection:
        connection.execute(f"SET ROLE {parts.owner}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute('SELECT customer_id FROM pgcustsec_vault."crm.customer"')
    kept = parts.rows(
        "SELECT FROM pgcustsec_internal.applied_object WHERE object::text LIKE '%%customer_2019%%' OR object::text LIKE '%%Teil 2020%%'"
    )
    assert kept == []


@pytest.mark.one_server
def test_what_was_made_on_the_partitions_was_recorded_before(parts: Parts) -> None:
    """The control of the test above."""
    assert (
        len(parts.rows("SELECT FROM pgcustsec_internal.applied_object WHERE object::text LIKE '%%customer_2019%%'")) > 0
    )


@pytest.mark.one_server
def test_without_the_matrix_no_partition_is_dropped(parts: Parts) -> None:
    parts.add(2019, 1, 3)
    silent = replace(parts.matrix.tables[CUSTOMER], drop_partitions=False)
    parts.apply(replace(parts.matrix, tables={**parts.matrix.tables, CUSTOMER: silent}))
    done = parts.swept()
    assert (done.destroyed, done.dropped, parts.partitions()) == (3, (), ALL)


@pytest.mark.one_server
def test_one_customer_keeps_the_partition(parts: Parts) -> None:
    parts.add(2019, 1, 3)
    parts.add(2019, 4, 4, status="customer")
    assert parts.swept().dropped == (f"crm.{ODD_NAME}",)
    assert parts.keys("crm.customer_2019") == [4]


@pytest.mark.parametrize("by", ["key", "predicate"])
def test_a_hold_keeps_the_partition_until_it_is_released(parts: Parts, by: str) -> None:
    parts.add(2019, 1, 3)
    if by == "key":
        number = parts.hold(key='[2, "2019-06-03"]')
    else:
        number = parts.hold([{"column": "customer_id", "is": "=", "value": 2}])
    assert parts.swept().dropped == (f"crm.{ODD_NAME}",)
    assert parts.keys() == [2]
    parts.release(number)
    assert parts.swept().dropped == ("crm.customer_2019",)


@pytest.mark.one_server
def test_what_a_restore_left_wrong_is_put_right_and_keeps_its_partition(parts: Parts) -> None:
    parts.add(2019, 1, 2, status="customer")
    parts.execute(
        "SET session_replication_role = replica; UPDATE crm.customer SET retain_until = '2020-01-01'",
    )
    done = parts.swept()
    assert (done.destroyed, done.restamped) == (0, 2) and "customer_2019" in parts.partitions()


@pytest.mark.one_server
def test_a_table_that_the_matrix_does_not_know_keeps_the_partition_of_what_it_refers_to(parts: Parts) -> None:
    parts.add(2019, 1, 2)
    parts.execute(
        f"SET ROLE {parts.owner}; CREATE TABLE crm.gift (n int, customer_id bigint, came_on date, FOREIGN KEY (customer_id, came_on) REFERENCES crm.customer);"
        " INSERT INTO crm.gift SELECT 1, customer_id, came_on FROM crm.customer WHERE customer_id = 2"
    )
    done = parts.swept()
    assert parts.keys() == [2] and "customer_2019" in parts.partitions()
    assert done.dropped == (f"crm.{ODD_NAME}",) and any("gift" in problem for problem in done.problems)


@pytest.mark.one_server
def test_what_depends_on_the_partition_keeps_it_and_is_said(parts: Parts) -> None:
    parts.execute(f"SET ROLE {parts.owner}; CREATE VIEW crm.old AS SELECT 1 AS one FROM crm.customer_2019")
    done = parts.swept()
    assert done.dropped == (f"crm.{ODD_NAME}",)
    [problem] = done.problems
    assert problem.startswith("partition crm.customer_2019 is empty and past every term, but stays: ")
    assert "customer_2019" in parts.partitions(), "and is a partition still"


@pytest.mark.one_server
@pytest.mark.parametrize("days", [365 * 6, 36_500])
def test_a_range_within_the_longest_term_stays_though_it_is_empty(parts: Parts, days: int) -> None:
    """Rows of 2020 may come late, and be kept, until the end of 2026."""
    [(late,)] = parts.rows("SELECT now() < '2020-01-01'::timestamptz + make_interval(days => %s)", days)
    table = parts.matrix.tables[CUSTOMER]
    longer = replace(table.retention[0], name="longer", when="status = 'lost'", keep_days=days)
    changed = replace(table, retention=(*table.retention, longer))
    parts.apply(replace(parts.matrix, tables={**parts.matrix.tables, CUSTOMER: changed}))
    assert parts.swept().dropped == (() if late else ("crm.customer_2019",))


@pytest.mark.one_server
def test_partitions_by_something_else_than_one_date_stay(parts: Parts) -> None:
    """Even within one that is by date: which of its rows may come nobody can say simply."""
    parts.swept()
    assert parts.partitions() == STAYS, "the control"
    parts.execute(
        f"SET ROLE {parts.owner}; CREATE TABLE crm.by_number PARTITION OF crm.customer FOR VALUES FROM ('2020-01-01') TO ('2021-01-01') PARTITION BY RANGE (customer_id)",
        f"SET ROLE {parts.owner}; CREATE TABLE crm.few PARTITION OF crm.by_number FOR VALUES FROM (1) TO (1000)",
        f"SET ROLE {parts.owner}; CREATE TABLE crm.by_two PARTITION OF crm.customer FOR VALUES FROM ('2019-01-01') TO ('2020-01-01') PARTITION BY RANGE (came_on, customer_id)",
        f"SET ROLE {parts.owner}; CREATE TABLE crm.both PARTITION OF crm.by_two FOR VALUES FROM ('2019-01-01', 1) TO ('2019-02-01', 2)",
    )
    parts.apply()
    assert parts.swept().dropped == () and parts.partitions() == STAYS | {"few", "both"}


@pytest.mark.one_server
def test_the_last_level_by_date_is_dropped_wherever_it_is(parts: Parts) -> None:
    parts.swept()
    parts.execute(
        f"SET ROLE {parts.owner}; CREATE TABLE crm.year PARTITION OF crm.customer FOR VALUES FROM ('2019-01-01') TO ('2020-01-01') PARTITION BY RANGE (came_on)",
        f"SET ROLE {parts.owner}; CREATE TABLE crm.may PARTITION OF crm.year FOR VALUES FROM ('2019-05-01') TO ('2019-06-01')",
    )
    parts.apply()
    assert parts.swept().dropped == ("crm.may",)
    assert parts.apply().statements == ()


@pytest.mark.one_server
def test_a_partition_of_another_owner_stays(parts: Parts) -> None:
    parts.execute(f"ALTER TABLE {ODD} OWNER TO {parts.login('li')}")
    assert parts.swept().dropped == ("crm.customer_2019",)


@pytest.mark.one_server
def test_whatever_the_administrators_settings_a_bound_is_read_as_what_it_is(parts: Parts) -> None:
    parts.execute(
        f"ALTER ROLE {parts.admin} IN DATABASE {parts.database.name} SET DateStyle = 'German, DMY'",
        f"ALTER ROLE {parts.admin} IN DATABASE {parts.database.name} SET TimeZone = 'Pacific/Kiritimati'",
        f"ALTER ROLE {parts.admin} IN DATABASE {parts.database.name} SET default_transaction_isolation = 'serializable'",
    )
    parts.add(2019, 1, 2)
    with parts.connect(parts.admin) as connection:
        [rule] = retention_status(connection)
        assert (rule.due, rule.oldest and rule.oldest.year) == (2, 2021)
    assert parts.swept().dropped == ("crm.customer_2019", f"crm.{ODD_NAME}")


@pytest.mark.one_server
def test_who_reads_is_not_kept_waiting_and_the_partition_is_left_for_the_next_run(parts: Parts) -> None:
    parts.add(2019, 1, 2)
    with parts.database.connect() as reader, reader.transaction():
        reader.execute("SELECT count(*) FROM crm.customer")
        done = parts.swept()
        assert (done.destroyed, done.dropped) == (2, ())
        assert [one.endswith("in use: left for the next run") for one in done.problems] == [True, True]
        assert reader.execute("SELECT count(*) FROM crm.customer").fetchone() == (0,)
    assert parts.swept().dropped == ("crm.customer_2019", f"crm.{ODD_NAME}")


@pytest.mark.one_server
def test_who_writes_what_refers_to_customers_is_not_kept_waiting_either(parts: Parts) -> None:
    parts.add(2022, 1, 1, status="customer")
    with parts.database.connect() as writer, writer.transaction():
        writer.execute("UPDATE crm.policy SET product = 'car'")
        assert parts.swept().dropped == ()
        writer.execute("INSERT INTO crm.policy (customer_id, came_on) SELECT customer_id, came_on FROM crm.customer")
    assert parts.keys("crm.policy") == [1, 1]


@pytest.mark.one_server
def test_past_the_time_that_is_said_none_is_dropped(parts: Parts) -> None:
    from datetime import UTC, datetime

    assert parts.swept(until=datetime(2020, 1, 1, tzinfo=UTC)).dropped == ()


@pytest.mark.one_server
def test_row_security_that_binds_the_owner_makes_no_partition_look_empty(parts: Parts) -> None:
    """Read under FORCE the owner sees no row, and would drop what is there."""
    parts.add(2019, 1, 2, status="customer")
    parts.execute("ALTER TABLE crm.customer_2019 FORCE ROW LEVEL SECURITY")
    with parts.database.connect() as connection:
        connection.execute(f"SET ROLE {parts.owner}")
        assert connection.execute("SELECT FROM crm.customer_2019").fetchall() == [], "the control"
    done = parts.swept()
    assert parts.keys("crm.customer_2019") == [1, 2] and any("customer_2019" in one for one in done.problems)


@pytest.mark.one_server
def test_the_command_says_which_were_dropped(parts: Parts) -> None:
    command = [sys.executable, "-m", "pgcustsec", "retention", "run", "-d", parts.database.conninfo(parts.admin)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "crm.customer_2019" in done.stdout and max(map(len, done.stdout.splitlines())) <= 100


@pytest.mark.one_server
def test_who_is_no_administrator_drops_none(parts: Parts) -> None:
    """Neither pgcustsec_owner, whose functions sweep, nor anybody's login."""
    with parts.database.connect() as connection:
        connection.execute("SET ROLE pgcustsec_owner")
        for statement in (
            f"ALTER TABLE crm.customer DETACH PARTITION {ODD}",
            "DROP TABLE crm.customer_2019",
            "TRUNCATE crm.customer_2019",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.encode())
    with parts.connect(parts.login("li")) as connection, pytest.raises(Exception, match="permission denied"):
        sweep(connection, [CUSTOMER])
    assert parts.partitions() == ALL


def test_rows_show_and_are_written_as_before_once_partitions_are_gone(parts: Parts) -> None:
    parts.add(2022, 1, 1, status="customer")
    assert len(parts.swept().dropped) == 2
    assert parts.keys() == [1]
    parts.add(2023, 2, 2, status="customer")
    parts.execute("DELETE FROM crm.policy WHERE customer_id = 1", "DELETE FROM crm.customer WHERE customer_id = 1")
    assert parts.rows('SELECT customer_id FROM pgcustsec_vault."crm.customer"') == [(2,)]
