"""psycopg over a role's views: COPY both ways, prepared statements, pipelines, cursors of the server's (3.1, 5.2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.types.json import Jsonb

from tests.integration.clients.world import Broker, cells, changed, history

COLUMNS = ("status", "owner_staff_id", "branch_code", "name", "mobile", "email", "birth_date", "age", "note")
TYPES = ("text", "text", "text", "text", "varchar", "text", "date", "int4", "text")
MANY = 20_000


def rows(count: int) -> Iterator[tuple[Any, ...]]:
    """New prospects, each with values of its own, among them what COPY must escape, and NULL."""
    for i in range(count):
        note = f"{i}\t\\N \\. \n'" if i % 3 else None
        yield (
            "prospect", "S1", "BJ", "张三丰" if i % 2 else "Anna", f"137{i:08}", f"p{i}@example.com",
            date(1990, 1, 1 + i % 28), i % 90, note,
        )  # fmt: skip


def copy_in(connection: psycopg.Connection[Any], given: Iterator[tuple[Any, ...]], form: str) -> int:
    columns = sql.SQL(", ").join(map(sql.Identifier, COLUMNS))
    statement = sql.SQL("COPY customer ({}) FROM STDIN (FORMAT {})").format(columns, sql.SQL(form))
    with connection.cursor() as cursor:
        with cursor.copy(statement) as copy:
            copy.set_types(TYPES)
            for row in given:
                copy.write_row(row)
        return cursor.rowcount


# --- COPY ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["text", "binary"])
def test_copy_into_the_view_masks_the_table_and_fills_the_vault(broker: Broker, form: str) -> None:
    # Of an empty table PostgreSQL 15 would plan its check of the vault's foreign key as a walk through all of it.
    broker.as_owner(
        "INSERT INTO crm.customer (status, branch_code) SELECT 'prospect', 'GZ' FROM generate_series(1, 2000);"
        " ANALYZE crm.customer"
    )
    before = broker.snapshot()
    with broker.person("li", autocommit=False) as li:
        assert copy_in(li, rows(MANY), form) == MANY
        li.commit()
    plain = ", ".join(f"v.{c}" if c in ("name", "mobile", "email") else f"b.{c}" for c in COLUMNS)
    stored = broker.rows(
        f'SELECT {plain} FROM crm.customer AS b JOIN pgcustsec_vault."crm.customer" AS v USING (customer_id)'
        " WHERE b.customer_id > 2005 ORDER BY b.customer_id"
    )
    assert stored == list(rows(MANY)), "every true value, in the order given"
    broker.assert_in_step()
    after = broker.snapshot()
    assert {cell: after[cell] for cell in cells(before)} == cells(before)
    made = broker.rows("SELECT count(*), min(staff_id) FROM pgcustsec_internal.change WHERE operation = 'made'")
    assert made == [(MANY, "S1")]


def test_copy_of_csv_fills_what_it_leaves_out_by_the_tables_defaults(broker: Broker) -> None:
    with broker.person("li") as li:
        with li.cursor().copy("COPY customer (owner_staff_id, name) FROM STDIN (FORMAT csv)") as copy:
            copy.write("S1,Anna\nS1,张三丰\n")
        shown = li.execute("SELECT status, name, created_at FROM customer WHERE customer_id > 5 ORDER BY customer_id")
        found = shown.fetchall()
    assert [row[:2] for row in found] == [("prospect", "A***"), ("prospect", "张**")]
    assert all(row[2] is not None for row in found)
    kept = broker.rows('SELECT name FROM pgcustsec_vault."crm.customer" WHERE customer_id > 5 ORDER BY customer_id')
    assert kept == [("Anna",), ("张三丰",)]
    broker.assert_in_step()


@pytest.mark.parametrize("form", ["text", "binary"])
@pytest.mark.parametrize(
    "column, value, state",
    [
        ("mobile", "137****2222", "CS401"),
        ("mobile", "x", "CS405"),
        ("owner_staff_id", "S2", "42501"),
        ("status", "friend", "23514"),
    ],
)
def test_copy_with_one_row_refused_leaves_none(broker: Broker, form: str, column: str, value: str, state: str) -> None:
    before = broker.snapshot()
    given = [list(row) for row in rows(50)]
    given[40][COLUMNS.index(column)] = value
    with broker.person("li") as li:
        with pytest.raises(psycopg.Error) as caught:
            copy_in(li, iter(map(tuple, given)), form)
        assert li.execute("SELECT 1").fetchall() == [(1,)]
    assert caught.value.sqlstate == state
    diag = caught.value.diag
    ours = " ".join(filter(None, (diag.message_primary, diag.message_detail, diag.message_hint)))
    assert "13700000040" not in ours
    # Where a line of text failed PostgreSQL quotes it, to the client and in its log; of the binary form it does not.
    assert ("p40@example.com" in (diag.context or "")) is (form == "text")
    assert changed(before, broker.snapshot()) == {}


def test_copy_of_a_column_that_the_role_may_not_write_is_refused(broker: Broker) -> None:
    before = broker.snapshot()
    statement = "COPY customer (status, owner_staff_id, health) FROM STDIN"
    with broker.person("li") as li, pytest.raises(psycopg.Error) as caught, li.cursor().copy(statement) as copy:
        copy.write_row(("prospect", "S1", "well"))
    assert caught.value.sqlstate == "CS406"
    assert changed(before, broker.snapshot()) == {}


@pytest.mark.parametrize("form", ["text", "binary"])
def test_copy_out_of_a_query_gives_what_the_view_shows(broker: Broker, form: str) -> None:
    query = "SELECT customer_id, name, mobile, health, family, annual_income, note FROM customer ORDER BY customer_id"
    with broker.person("li") as li:
        with li.cursor().copy(f"COPY ({query}) TO STDOUT (FORMAT {form})".encode()) as copy:
            copy.set_types(["int8", "text", "varchar", "text", "jsonb", "numeric", "text"])
            found = list(copy.rows())
        assert found == li.execute(query.encode()).fetchall()
    assert found[0][:4] == (1, "王**", "***", "asthma")
    assert found[1][1:] == (None, "***", None, None, None, None)
    assert [row[0] for row in found] == [1, 2, 4, 5]


def test_copy_out_of_the_view_by_its_name_says_what_to_do_instead(broker: Broker) -> None:
    with broker.person("li") as li:
        with (
            pytest.raises(psycopg.errors.WrongObjectType) as caught,
            li.cursor().copy("COPY customer TO STDOUT") as copy,
        ):
            list(copy)
        assert "COPY (SELECT" in (caught.value.diag.message_hint or "")


# --- executemany, prepared statements, pipelines ------------------------------------------------------------------


@pytest.mark.parametrize("prepare_threshold", [0, 5, None])
def test_executemany_updates_row_by_row_prepared_or_not(broker: Broker, prepare_threshold: int | None) -> None:
    before = broker.snapshot()
    with broker.person("li", prepare_threshold=prepare_threshold) as li:
        with li.cursor() as cursor:
            cursor.executemany(
                "UPDATE customer SET note = %s, name = %s WHERE customer_id = %s",
                [(f"note {i}", "诸葛亮", (1, 4)[i % 2]) for i in range(20)],
            )
            assert cursor.rowcount == 20
        prepared = li.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'UPDATE%'").fetchall()
    assert (prepared[0][0] > 0) is (prepare_threshold is not None)
    assert cells(changed(before, broker.snapshot())) == {
        ("customer", 1, "note"): "note 18",
        ("customer", 4, "note"): "note 19",
        ("customer", 1, "name"): "诸葛*",
        ("customer", 4, "name"): "诸葛*",
        ("vault.customer", 1, "name"): "诸葛亮",
        ("vault.customer", 4, "name"): "诸葛亮",
    }
    broker.assert_in_step()


def test_executemany_returns_each_new_row_as_it_shows(broker: Broker) -> None:
    with broker.person("li", prepare_threshold=0) as li, li.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO customer (status, owner_staff_id, name, mobile) VALUES ('prospect', 'S1', %s, %s)"
            " RETURNING customer_id, name, mobile, status",
            [("张三丰", f"1370000{i:04}") for i in range(300)],
            returning=True,
        )
        returned = [cursor.fetchone()]
        while cursor.nextset():
            returned.append(cursor.fetchone())
    assert returned == [(6 + i, "张**", "***", "prospect") for i in range(300)]
    kept = broker.rows(
        'SELECT customer_id, mobile FROM pgcustsec_vault."crm.customer" WHERE customer_id > 5 ORDER BY 1'
    )
    assert kept == [(6 + i, f"1370000{i:04}") for i in range(300)]
    broker.assert_in_step()


def test_a_prepared_statement_follows_who_may_see_the_row(broker: Broker) -> None:
    """A plan made when the row was in the pool must not hide it, nor show it, once it changed hands."""
    read = "SELECT name, health FROM customer WHERE customer_id = %s"
    with broker.person("li", prepare_threshold=0) as li:
        seen = [li.execute(read, [2]).fetchall() for _ in range(7)]
        assert seen == [[(None, None)]] * 7
        broker.as_owner("UPDATE crm.customer SET owner_staff_id = 'S1' WHERE customer_id = 2")
        assert li.execute(read, [2]).fetchall() == [("韩**", "unknown")]
        broker.as_owner("UPDATE crm.customer SET owner_staff_id = 'S2' WHERE customer_id = 2")
        assert li.execute(read, [2]).fetchall() == []


def test_a_prepared_update_follows_who_may_write_the_row(broker: Broker) -> None:
    write = "UPDATE customer SET note = %s WHERE customer_id = %s"
    with broker.person("li", prepare_threshold=0) as li:
        for i in range(7):
            assert li.execute(write, [str(i), 1]).rowcount == 1
        broker.as_owner("UPDATE crm.customer SET owner_staff_id = 'S2' WHERE customer_id = 1")
        before = broker.snapshot()
        assert li.execute(write, ["mine still?", 1]).rowcount == 0
    assert changed(before, broker.snapshot()) == {}


def test_every_type_goes_in_as_a_binary_parameter(broker: Broker) -> None:
    before = broker.snapshot()
    with broker.person("li") as li:
        li.execute(
            "UPDATE customer SET health = %b, family = %b, annual_income = %b, note = %b WHERE customer_id = %b",
            ["well", Jsonb({"名": [1, None]}), Decimal("7.25"), "n", 1],
        )
        [shown] = li.cursor(binary=True).execute("SELECT family, annual_income FROM customer WHERE customer_id = 1")
    assert shown == ({"名": [1, None]}, Decimal("7.25"))
    assert cells(changed(before, broker.snapshot())) == {
        ("customer", 1, "health"): "well",
        ("customer", 1, "family"): {"名": [1, None]},
        ("customer", 1, "annual_income"): Decimal("7.25"),
        ("customer", 1, "note"): "n",
    }


def test_a_pipeline_writes_in_order_and_each_answer_is_its_own(broker: Broker) -> None:
    before = broker.snapshot()
    with broker.person("li", autocommit=False) as li:
        with li.pipeline():
            cursors = [
                li.execute("UPDATE customer SET note = %s WHERE customer_id = 1 RETURNING note", [str(i)])
                for i in range(50)
            ]
            made = li.execute(
                "INSERT INTO customer (status, owner_staff_id) VALUES ('prospect', 'S1') RETURNING customer_id"
            )
        assert [cursor.fetchone() for cursor in cursors] == [(str(i),) for i in range(50)]
        assert made.fetchone() == (6,)
        li.commit()
    after = changed(before, broker.snapshot())
    assert {cell: value for cell, value in cells(after).items() if cell[1] == 1} == {("customer", 1, "note"): "49"}
    assert [row[4:] for row in history(after)][:2] == [("first note", "0"), ("0", "1")]


def test_a_refusal_in_a_pipeline_takes_back_its_transaction(broker: Broker) -> None:
    before = broker.snapshot()
    with broker.person("li", autocommit=False) as li:
        with pytest.raises(psycopg.Error) as caught, li.pipeline() as pipeline:
            li.execute("UPDATE customer SET note = 'a' WHERE customer_id = 1")
            li.execute("UPDATE customer SET health = 'b' WHERE customer_id = 2")
            li.execute("UPDATE customer SET note = 'c' WHERE customer_id = 4")
            pipeline.sync()
        assert caught.value.sqlstate == "CS402"
        li.rollback()
        assert li.execute("SELECT note FROM customer WHERE customer_id = 1").fetchall() == [("first note",)]
    assert changed(before, broker.snapshot()) == {}


# --- cursors of the server's --------------------------------------------------------------------------------------


def test_a_cursor_of_the_servers_reads_in_parts_and_shows_what_the_view_shows(broker: Broker) -> None:
    with broker.person("li", autocommit=False) as li:
        copy_in(li, rows(1000), "text")
        with li.cursor(name="walk", scrollable=True) as cursor:
            cursor.itersize = 100
            cursor.execute("SELECT customer_id, name, mobile FROM customer ORDER BY customer_id")
            found = list(cursor)
            cursor.scroll(0, mode="absolute")
            assert cursor.fetchone() == (1, "王**", "***")
    assert len(found) == 1004
    assert {mobile for _, _, mobile in found} == {"***"}
    assert {name for _, name, _ in found} == {"王**", "欧阳*", None, "张**", "A***"}


def test_writing_while_a_cursor_is_open(broker: Broker) -> None:
    before = broker.snapshot()
    with broker.person("li", autocommit=False) as li:
        with li.cursor(name="walk") as cursor:
            cursor.itersize = 1
            for key, owner in cursor.execute("SELECT customer_id, owner_staff_id FROM customer ORDER BY customer_id"):
                if owner == "S1":
                    li.execute("UPDATE customer SET note = %s WHERE customer_id = %s", [f"n{key}", key])
        li.commit()
    assert cells(changed(before, broker.snapshot())) == {("customer", 1, "note"): "n1", ("customer", 4, "note"): "n4"}


def test_where_current_of_does_not_work_on_a_view(broker: Broker) -> None:
    with broker.person("li", autocommit=False) as li:
        li.execute("DECLARE here CURSOR FOR SELECT * FROM customer WHERE customer_id = 1")
        li.execute("FETCH here")
        with pytest.raises(psycopg.errors.FeatureNotSupported):
            li.execute("UPDATE customer SET note = 'x' WHERE CURRENT OF here")
