"""True values go to the vault, whole and one at a time, beside whoever else is at work."""

from __future__ import annotations

import subprocess
import threading
from contextlib import suppress

import psycopg
import pytest

from pgcustsec.errors import Finding, NotAllowed, Refused, Unreachable, UsageError
from pgcustsec.migrate import plan_matrix
from pgcustsec.vault import seal, status, unseal
from tests.cluster import Server
from tests.integration.vault.sealing import (
    CUSTOMERS,
    apply,
    drop_checks,
    grow,
    merged,
    true_values,
)
from tests.worlds import CONTRACT, CUSTOMER, DAMAGE, LEAD, World, crm_world, odd_world, quoted


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


def test_who_may_not_act_as_the_owner_is_told_so(crm: World) -> None:
    with crm.connect(crm.login("li")) as connection, pytest.raises(NotAllowed):
        seal(connection, crm.matrix)


def test_a_server_that_ends_the_statement_or_the_connection_is_told_apart(crm: World) -> None:
    grow(crm, 3000)
    with crm.connect(crm.admin) as admin:

        def hasten(*_: object) -> None:
            admin.execute("SET statement_timeout = '1ms'")

        with pytest.raises(Refused, match="statement_timeout"):
            seal(admin, crm.matrix, CUSTOMERS, batch=1000, progress=hasten)
        admin.execute("RESET statement_timeout")

        def end(*_: object) -> None:
            crm.execute(f"SELECT pg_terminate_backend({admin.info.backend_pid})")

        with pytest.raises(Unreachable, match="nothing is half moved"):
            seal(admin, crm.matrix, CUSTOMERS, batch=500, progress=end)


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
