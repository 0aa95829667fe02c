"""True values go to the vault and back, whole and one at a time, whatever stops it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from pgcustsec.db import Connection
from pgcustsec.errors import Finding, NotAllowed, Refused, UsageError
from pgcustsec.matrix.model import Column, Matrix
from pgcustsec.migrate import apply_matrix, plan_matrix
from pgcustsec.vault import rekey, seal, status, unseal
from tests.cluster import Server
from tests.worlds import CONTRACT, CUSTOMER, DAMAGE, LEAD, World, crm_world, odd_world, quoted

ROOT = Path(__file__).parents[3]
CUSTOMERS = "crm.customer"
SEALED = ("name", "mobile", "id_card", "family", "photo")


def with_everything(matrix: Matrix) -> Matrix:
    """The broker's matrix with a unique identity number, and jsonb and bytea among tier 1."""
    customer = matrix.tables[CUSTOMERS]
    columns = {
        **customer.columns,
        "mobile": Column("mobile", 1, "phone", find=True),
        "id_card": Column("id_card", 1, "id_document", unique=True, find=True),
        "family": Column("family", 1, "json"),
        "photo": Column("photo", 1, "file"),
    }
    tables = {**matrix.tables, CUSTOMERS: replace(customer, columns=columns)}
    return replace(matrix, tables=tables)


@pytest.fixture
def crm(server: Server) -> Iterator[World]:
    """The broker with all kinds of sealed columns, applied and not sealed."""
    with crm_world(server) as world:
        world.execute(
            "ALTER TABLE crm.customer ADD photo bytea",
            "UPDATE crm.customer SET photo = '\\x00ff27', family = '{\"a\": [1, null]}' WHERE customer_id = 1",
            "INSERT INTO crm.customer (status, name, mobile, family) VALUES ('lost', '***', '***', 'null')",
            "INSERT INTO crm.customer (status, name, mobile) VALUES ('lost', '王*', ' 138 1234\t5678 ')",
            "INSERT INTO crm.customer (status, name, mobile, id_card) VALUES ('lost', '', 'x', 'E12345678')",
        )
        world.matrix = with_everything(world.matrix)
        apply(world)
        yield world


def apply(world: World) -> None:
    with world.connect(world.admin) as connection:
        apply_matrix(connection, world.matrix)


def grow(world: World, count: int) -> None:
    """Add *count* customers by hand, past the CHECKs, as rows from before."""
    world.execute(
        "ALTER TABLE crm.customer DISABLE TRIGGER ALL",
        "CREATE TABLE crm.more AS SELECT n, '4' || lpad(n::text, 17, '0') AS card"
        f" FROM generate_series(1, {count}) AS n",
    )
    with world.connect() as connection:
        drop_checks(connection)
        connection.execute(
            "INSERT INTO crm.customer (status, name, mobile, id_card)"
            " SELECT 'lost', '王小' || n, '139' || lpad(n::text, 8, '0'), card FROM crm.more"
        )
        connection.execute("DROP TABLE crm.more; ALTER TABLE crm.customer ENABLE TRIGGER ALL")
    apply(world)


def drop_checks(connection: Connection) -> None:
    """Take the customers' CHECKs of ours off, so that true values go in; `apply` makes them again."""
    names = [
        row[0]
        for row in connection.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'crm.customer'::regclass"
            " AND starts_with(conname, 'pgcustsec_sealed_')"
        )
    ]
    drops = ", ".join(f"DROP CONSTRAINT {name}" for name in names)
    connection.execute(f"ALTER TABLE crm.customer {drops}".encode())


def true_values(connection: Connection, names: tuple[str, ...] = SEALED) -> dict[int, tuple[Any, ...]]:
    """What each customer's columns hold as text, in the table."""
    listed = ", ".join(f"{name}::text" for name in names)
    rows = connection.execute(f"SELECT customer_id, {listed} FROM crm.customer".encode())
    return {row[0]: row[1:] for row in rows}


def merged(connection: Connection, names: tuple[str, ...] = SEALED) -> dict[int, tuple[Any, ...]]:
    """What each customer's columns hold as text, of the vault where it has a value."""
    listed = ", ".join(f"COALESCE(v.{name}::text, t.{name}::text)" for name in names)
    rows = connection.execute(
        f'SELECT t.customer_id, {listed} FROM crm.customer t LEFT JOIN pgcustsec_vault."crm.customer" v'
        " USING (customer_id)".encode()
    )
    return {row[0]: row[1:] for row in rows}


def test_true_values_of_every_kind_lie_in_the_vault_and_masks_in_the_table(crm: World) -> None:
    with crm.connect() as connection:
        before = true_values(connection)
    with crm.connect(crm.admin) as admin:
        done = seal(admin, crm.matrix)
        assert [(one.table, one.rows) for one in done] == [("crm.customer", 7), ("crm.policy", 1)]
        assert not plan_matrix(admin, crm.matrix)
        assert status(admin, crm.matrix).is_sealed
    with crm.connect() as connection:
        now, kept = true_values(connection), merged(connection)
        assert kept == before
        assert now[1] == ("王**", "138****5678", "11" + 16 * "*", None, None)
        assert now[4] == ("欧阳*", None, None, None, None)
        assert now[5][:2] == ("***", "***")
        assert connection.execute(
            'SELECT count(*) FROM pgcustsec_vault."crm.customer" WHERE octet_length(photo) = 3'
        ).fetchone() == (1,)


def test_what_looks_masked_in_the_table_stays_beside_a_true_value_in_the_vault(crm: World) -> None:
    with crm.connect(crm.admin) as admin:
        seal(admin, crm.matrix)
    with crm.connect() as connection:
        connection.execute("UPDATE crm.customer SET name = '***' WHERE customer_id = 1")
        drop_checks(connection)
        connection.execute("UPDATE crm.customer SET mobile = '13700000000' WHERE customer_id = 1")
    apply(crm)
    with crm.connect(crm.admin) as admin:
        assert [one.rows for one in seal(admin, crm.matrix, CUSTOMERS)] == [1]
    with crm.connect() as connection:
        assert merged(connection)[1][:2] == ("王小明", "13700000000")
        assert true_values(connection)[1][:2] == ("***", "137****0000")


def test_sealing_again_moves_nothing(crm: World) -> None:
    with crm.connect(crm.admin) as admin:
        seal(admin, crm.matrix)
        assert [one.rows for one in seal(admin, crm.matrix)] == [0, 0]


@pytest.mark.parametrize("batch", [1, 2, 5000])
def test_odd_tables_are_sealed_by_their_composite_keys_and_partitions(server: Server, batch: int) -> None:
    with odd_world(server) as world:
        apply(world)
        columns = ("Region", "Nr", "Name", "mobile", "Telefon")
        with world.connect() as connection:
            listed = ", ".join(f"{quoted(name)}::text" for name in columns)
            table = quoted(*CUSTOMER.rsplit(".", 1))
            before = connection.execute(f"SELECT {listed} FROM {table} ORDER BY 1, 2".encode()).fetchall()
        with world.connect(world.admin) as admin:
            done = {one.table: one.rows for one in seal(admin, world.matrix, batch=batch)}
            assert done == {CUSTOMER: 3, DAMAGE: 1, LEAD: 2}
            assert not plan_matrix(admin, world.matrix)
            states = {column.table: column.state for column in status(admin, world.matrix).columns}
            assert states[CONTRACT] == "inheritance children"
            assert set(states.values()) == {"sealed", "inheritance children"}
            with pytest.raises(Refused, match="inheritance children"):
                seal(admin, world.matrix, CONTRACT)
        with world.connect() as connection:
            vault = f"pgcustsec_vault.{quoted(CUSTOMER)}"
            kept = connection.execute(f"SELECT {listed} FROM {vault} ORDER BY 1, 2".encode()).fetchall()
            assert kept == before
            stored = connection.execute(f"SELECT {listed} FROM {table} ORDER BY 1, 2".encode()).fetchall()
            assert [row[2] for row in stored] == ["王**", "A***", "***"]
        with world.connect(world.admin) as admin:
            assert unseal(admin, world.matrix, CUSTOMER, batch=batch).rows == 3
        with world.connect() as connection:
            assert connection.execute(f"SELECT {listed} FROM {table} ORDER BY 1, 2".encode()).fetchall() == before


def test_nothing_is_sealed_before_the_matrix_is_applied(server: Server) -> None:
    with crm_world(server) as world, world.connect(world.admin) as admin:
        with pytest.raises(Refused, match="not applied"):
            seal(admin, world.matrix)
        assert {column.state for column in status(admin, world.matrix).columns} == {"not applied"}


def test_an_unknown_table_is_told_with_the_nearest(crm: World) -> None:
    with crm.connect(crm.admin) as admin:
        with pytest.raises(UsageError, match=r"did you mean crm\.customer"):
            seal(admin, crm.matrix, "crm.custmer")
        with pytest.raises(UsageError, match="no column of tier 1"):
            seal(admin, crm.matrix, "crm.visit")


def test_status_counts_what_is_left_and_what_lies_in_the_vault(crm: World) -> None:
    with crm.connect(crm.admin) as admin:
        rows = {(one.table, one.column): one for one in status(admin, crm.matrix).columns}
        mobile = rows[CUSTOMERS, "mobile"]
        assert (mobile.form, mobile.rows, mobile.true_values, mobile.in_vault) == ("phone", 7, 5, 0)
        assert (mobile.find, mobile.unique, mobile.validated) == (True, False, False)
        assert (rows[CUSTOMERS, "photo"].form, rows[CUSTOMERS, "photo"].true_values) == (None, 1)
        seal(admin, crm.matrix, CUSTOMERS)
        found = status(admin, crm.matrix)
        rows = {(one.table, one.column): one for one in found.columns}
        mobile = rows[CUSTOMERS, "mobile"]
        assert (mobile.true_values, mobile.in_vault, mobile.validated) == (0, 5, True)
        assert not rows["crm.policy", "payer_account"].validated
        assert not found.is_sealed
        assert found.key is not None
        assert (found.key.number, found.key.days) == (1, 0)


def test_two_spellings_of_a_unique_value_are_told_by_their_keys_and_nothing_of_the_batch_moves(crm: World) -> None:
    with crm.connect() as connection:
        drop_checks(connection)
        connection.execute("UPDATE crm.customer SET id_card = 'e-12345678' WHERE customer_id = 3")
    apply(crm)
    with crm.connect(crm.admin) as admin:
        with pytest.raises(Finding) as refused:
            seal(admin, crm.matrix, CUSTOMERS)
        assert "crm.customer.id_card" in refused.value.message
        assert "keys 3 and 7" in refused.value.message
        assert "12345678" not in refused.value.message + str(refused.value.hint)
        with pytest.raises(Finding):
            seal(admin, crm.matrix, CUSTOMERS, batch=2)
    with crm.connect() as connection:
        assert connection.execute('SELECT array_agg(customer_id) FROM pgcustsec_vault."crm.customer"').fetchone() == (
            [1, 2, 3, 4, 5, 6],
        )
        drop_checks(connection)
        connection.execute("UPDATE crm.customer SET id_card = NULL WHERE customer_id = 7")
    apply(crm)
    with crm.connect(crm.admin) as admin:
        assert seal(admin, crm.matrix, CUSTOMERS)[0].rows == 1


def test_a_trigger_that_changes_what_is_written_stops_the_batch(crm: World) -> None:
    crm.execute(
        "CREATE FUNCTION crm.skip() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "CREATE TRIGGER skip BEFORE UPDATE ON crm.customer FOR EACH ROW EXECUTE FUNCTION crm.skip()",
    )
    with crm.connect(crm.admin) as admin, pytest.raises(Refused, match="7 were kept and 0 masked"):
        seal(admin, crm.matrix, CUSTOMERS)
    with crm.connect() as connection:
        assert connection.execute('SELECT count(*) FROM pgcustsec_vault."crm.customer"').fetchone() == (0,)


def test_an_error_of_a_trigger_is_told_without_its_words(crm: World) -> None:
    crm.execute(
        "CREATE FUNCTION crm.fail() RETURNS trigger LANGUAGE plpgsql AS"
        " $$BEGIN RAISE EXCEPTION 'no: %', OLD.mobile; END$$",
        "CREATE TRIGGER fail BEFORE UPDATE ON crm.customer FOR EACH ROW EXECUTE FUNCTION crm.fail()",
    )
    with crm.connect(crm.admin) as admin, pytest.raises(Exception, match="P0001") as refused:
        seal(admin, crm.matrix, CUSTOMERS)
    assert "138" not in str(refused.value)


def test_rows_that_others_hold_are_waited_for_and_then_refused(crm: World) -> None:
    with crm.connect() as other, crm.connect(crm.admin) as admin:
        with other.transaction():
            other.execute("SELECT FROM crm.customer WHERE customer_id = 3 FOR UPDATE")
            with pytest.raises(Refused, match=r"2 rows moved.*others hold"):
                seal(admin, crm.matrix, CUSTOMERS, batch=1, lock_timeout="100ms")
        assert seal(admin, crm.matrix, CUSTOMERS)[0].rows == 5


def test_masked_writes_go_on_during_sealing_and_no_true_value_is_lost(crm: World) -> None:
    grow(crm, 3000)
    with crm.connect() as connection:
        before = merged(connection)
    stop = threading.Event()
    wrote: list[int] = []

    def write() -> None:
        with crm.connect() as connection:
            connection.execute(f"SET ROLE {crm.owner}".encode())
            number = 0
            while not stop.is_set():
                number += 1
                row = connection.execute(
                    "INSERT INTO crm.customer (status, name, mobile) VALUES ('lost', '***', '***')"
                    " RETURNING customer_id"
                ).fetchone()
                assert row is not None
                wrote.append(row[0])
                with suppress(psycopg.errors.CheckViolation):  # not sealed yet
                    connection.execute("UPDATE crm.customer SET status = 'seen' WHERE customer_id = %s", [number])

    writer = threading.Thread(target=write)
    writer.start()
    try:
        with crm.connect(crm.admin) as admin:
            seal(admin, crm.matrix, CUSTOMERS, batch=100)
    finally:
        stop.set()
        writer.join()
    with crm.connect() as connection:
        now = merged(connection)
    assert wrote
    assert {key: now[key] for key in before} == before


def test_a_killed_process_leaves_every_value_on_one_side_and_the_next_run_goes_on(crm: World) -> None:
    grow(crm, 4000)
    with crm.connect() as connection:
        before = true_values(connection)
    chance = random.Random(7)
    reached = set()
    for kill in range(8):
        process = _sealing(crm)
        assert process.stdout is not None
        process.stdout.read(1)  # the first batch has moved
        time.sleep(chance.random() * 0.15)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        with crm.connect() as connection:
            _wait_for_others(connection)
            assert merged(connection) == before, f"after kill {kill}"
            [(both,)] = connection.execute(
                'SELECT count(*) FROM crm.customer t JOIN pgcustsec_vault."crm.customer" v USING (customer_id)'
                " WHERE t.mobile = v.mobile OR t.id_card = v.id_card OR t.name = v.name"
            ).fetchall()
            assert both == 0
            [(kept,)] = connection.execute('SELECT count(*) FROM pgcustsec_vault."crm.customer"').fetchall()
            reached.add(kept)
    assert len(reached - {0, len(before)}) > 2, "the kills came while values were moving"
    with crm.connect(crm.admin) as admin:
        seal(admin, crm.matrix, CUSTOMERS)
        assert not plan_matrix(admin, crm.matrix)
    with crm.connect() as connection:
        assert merged(connection) == before
        [(left,)] = connection.execute("SELECT count(*) FROM crm.customer WHERE mobile ~ '^139[0-9]{8}$'").fetchall()
        assert left == 0


_SCRIPT = """
import sys
from pgcustsec.db import connect
from pgcustsec.vault import seal
from tests.integration.vault.test_seal import with_everything
from tests.worlds import crm_matrix
matrix = with_everything(crm_matrix(sys.argv[2]))
with connect(sys.argv[1]) as connection:
    seal(connection, matrix, "crm.customer", batch=20, progress=lambda *_: print(".", end="", flush=True))
"""


def _sealing(world: World) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", _SCRIPT, world.database.conninfo(world.admin), world.prefix],
        env={**os.environ, "PYTHONPATH": f"{ROOT}/src:{ROOT}"},
        stdout=subprocess.PIPE,
    )


def _wait_for_others(connection: Connection) -> None:
    """Until the server has noticed that the killed process is gone."""
    for _ in range(200):
        row = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        ).fetchone()
        if row == (0,):
            return
        time.sleep(0.02)
    raise AssertionError("somebody is still connected")


def test_unsealing_brings_every_byte_back_and_the_views_mask_on(crm: World) -> None:
    with crm.connect() as connection:
        before = true_values(connection)
        seen = crm.read("li", "SELECT name, mobile FROM sales_agent.customer ORDER BY customer_id")
    with crm.connect(crm.admin) as admin:
        seal(admin, crm.matrix)
        done = unseal(admin, crm.matrix, CUSTOMERS, batch=2)
        assert (done.rows, done.unique) == (7, ("id_card",))
    with crm.connect() as connection:
        assert true_values(connection) == before
        assert connection.execute('SELECT count(*) FROM pgcustsec_vault."crm.customer"').fetchone() == (0,)
    assert crm.read("li", "SELECT name, mobile FROM sales_agent.customer ORDER BY customer_id") == seen
    with crm.connect(crm.admin) as admin:
        assert {s.object.split()[0] for s in plan_matrix(admin, crm.matrix).statements} == {"check"}
        apply_matrix(admin, crm.matrix)
        seal(admin, crm.matrix)
        assert status(admin, crm.matrix).is_sealed


def test_views_mask_names_when_the_first_true_value_comes_back(crm: World) -> None:
    with crm.connect(crm.admin) as admin:
        seal(admin, crm.matrix)
        seen: list[Any] = []
        unseal(
            admin,
            crm.matrix,
            CUSTOMERS,
            batch=1,
            progress=lambda *_: seen.extend(crm.read("li", "SELECT name FROM sales_agent.customer")),
        )
    assert seen
    assert not {("王小明",), ("李雷",)} & set(seen)


def test_an_unsealing_that_was_stopped_goes_on(crm: World) -> None:
    with crm.connect() as connection:
        before = true_values(connection)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with crm.connect(crm.admin) as admin:
        seal(admin, crm.matrix)
        with pytest.raises(KeyboardInterrupt):
            unseal(admin, crm.matrix, CUSTOMERS, batch=2, progress=stop)
        with pytest.raises(Refused, match="not applied"):
            seal(admin, crm.matrix)
        unseal(admin, crm.matrix, CUSTOMERS)
    with crm.connect() as connection:
        assert true_values(connection) == before


def _blinds(connection: Connection) -> list[Any]:
    return connection.execute(
        'SELECT customer_id, "mobile blind", "id_card blind" FROM pgcustsec_vault."crm.customer" ORDER BY 1'
    ).fetchall()


def test_a_new_key_makes_every_hash_anew_and_retires_the_old(crm: World) -> None:
    with crm.connect(crm.admin) as admin:
        seal(admin, crm.matrix)
        with crm.connect() as connection:
            old = _blinds(connection)
        done = rekey(admin, crm.matrix)
        assert (done.key, done.retired, dict(done.rows)) == (2, 1, {CUSTOMERS: 7, "crm.policy": 0})
    with crm.connect() as connection:
        new = _blinds(connection)
        assert all(a[1] != b[1] or a[1] is None for a, b in zip(old, new, strict=True))
        assert connection.execute(
            "SELECT bool_and(v.\"mobile blind\" = pgcustsec_internal.hmac_sha256_blocks(convert_to('phone:' ||"
            " pgcustsec_internal.normal_phone(v.mobile), 'UTF8'), k.inner_block, k.outer_block))"
            ' FROM pgcustsec_vault."crm.customer" v, pgcustsec_internal.blind_key() k WHERE v.mobile IS NOT NULL'
        ).fetchone() == (True,)


def test_without_a_key_nothing_is_sealed_until_there_is_a_new_one(crm: World) -> None:
    crm.execute("DELETE FROM pgcustsec_keys.blind_index_key")
    with crm.connect(crm.admin) as admin:
        with pytest.raises(Refused, match="CS902"):
            seal(admin, crm.matrix)
        assert status(admin, crm.matrix).key is None
        assert rekey(admin, crm.matrix).retired is None
        seal(admin, crm.matrix)
        assert status(admin, crm.matrix).is_sealed


def test_a_statement_that_began_before_the_new_key_does_not_write_under_the_old(crm: World) -> None:
    with crm.connect(crm.admin) as admin, crm.connect() as reader:
        reader.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        reader.execute("SELECT 1")
        rekey(admin, crm.matrix)
        with pytest.raises(psycopg.Error) as refused:
            reader.execute("SELECT pgcustsec_internal.blind_key()")
        assert refused.value.sqlstate == "CS902"


def test_who_may_not_act_as_the_owner_is_told_so(crm: World) -> None:
    with crm.connect(crm.login("li")) as connection, pytest.raises(NotAllowed):
        seal(connection, crm.matrix)


def test_a_connection_in_a_transaction_is_refused(crm: World) -> None:
    with (
        crm.connect(crm.admin) as connection,
        connection.transaction(),
        pytest.raises(UsageError, match="in a transaction"),
    ):
        seal(connection, crm.matrix)


def test_a_dump_of_the_sealed_schema_has_no_true_value(crm: World, server: Server) -> None:
    if server.bindir is None or not (server.bindir / "pg_dump").exists():
        pytest.skip("no pg_dump of this version here")
    with crm.connect(crm.admin) as admin:
        seal(admin, crm.matrix)
    dumped = subprocess.run(
        [server.bindir / "pg_dump", "-n", "crm", crm.database.conninfo()], capture_output=True, text=True, check=True
    ).stdout
    assert "138****5678" in dumped
    for canary in ("王小明", "13812345678", "110101199003070019", "6222021234567890", "00ff27", '{"a"'):
        assert canary not in dumped
