# ruff: noqa: E501 - a statement of SQL reads best on its line
"""A load that is killed, stopped, or has company never loses, doubles or leaves a value half moved (5.2.1, 3.1)."""

from __future__ import annotations

import io
import os
import random
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from pgcustsec.db import take_plan_lock
from pgcustsec.errors import Finding, Refused, Unreachable
from pgcustsec.loading import load
from pgcustsec.vault import seal
from tests.integration.loading.world import CUSTOMER, Log, Shop, csv_of

ROWS = 20_000
CANARY = "独孤求败"
TEXT = csv_of("customer_id,name,mobile,id_card,health", *(
    [n + 10, CANARY, f"139{n:08d}", f"4{n:017d}", "well"] for n in range(ROWS)))  # fmt: skip
BAD = csv_of("customer_id,name,mobile,id_card,health", [1, CANARY, "1", "", ""])


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kills") / "customers.csv"
    path.write_text(TEXT + BAD.splitlines()[1] + "\n")
    return path


def counts(shop: Shop) -> tuple[int, int, int]:
    """Rows of the file in table, vault and history, and that what is there is what the file has."""
    wrong = shop.rows(
        'SELECT v.customer_id FROM pgcustsec_vault."crm.customer" AS v WHERE v.customer_id >= 10 AND (v.name, v.mobile, v.id_card)'
        " IS DISTINCT FROM (%s, '139' || lpad((v.customer_id - 10)::text, 8, '0'), '4' || lpad((v.customer_id - 10)::text, 17, '0'))",
        CANARY,
    )
    assert wrong == []
    shop.assert_in_step(CUSTOMER)
    found = shop.row(
        "SELECT (SELECT count(*) FROM crm.customer WHERE customer_id >= 10),"
        ' (SELECT count(*) FROM pgcustsec_vault."crm.customer" WHERE customer_id >= 10),'
        " (SELECT count(DISTINCT record_key) FROM pgcustsec_internal.change WHERE operation = 'made' AND record_key::bigint >= 10)"
    )
    assert shop.row("SELECT count(*) FROM pgcustsec_internal.change") == (found[2],)
    return found  # type: ignore[return-value]


def hears_interrupts() -> None:
    """What a background job of a shell inherits is to ignore them."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def settled(shop: Shop) -> None:
    """Wait until the server has noticed that whoever loaded is gone."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    for _ in range(400):
        if shop.row(query) == (0,):
            return
        time.sleep(0.02)
    raise AssertionError("somebody is still there")


@contextmanager
def started(shop: Shop, *arguments: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        shop.command(CUSTOMER, *arguments), env=shop.environment(**environment), cwd="/",
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        preexec_fn=hears_interrupts,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def wait_for(shop: Shop, process: subprocess.Popen[bytes], condition: str) -> None:
    """Wait until the load's own session is at the place that *condition* tells of pg_stat_activity."""
    query = f"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'pgcustsec' AND {condition}"
    with closing(shop.database.connect()) as watching:
        while process.poll() is None and watching.execute(query.encode()).fetchone() == (0,):
            time.sleep(0.002)


def ended_whole(shop: Shop, all_of_it: tuple[int, int, int] = (ROWS, ROWS, ROWS)) -> bool:
    settled(shop)
    assert shop.leftovers() == []
    found = counts(shop)
    assert found in ((0, 0, 0), all_of_it)
    return found == all_of_it


def test_a_killed_process_has_loaded_all_or_nothing(shop: Shop, file: Path, tmp_path: Path) -> None:
    dice = random.Random(7)
    killed = 0
    for kill in range(3):
        rejects = tmp_path / f"rejects{kill}"
        with started(shop, str(file), "--rejects", str(rejects), PIECE="1500") as process:
            wait_for(shop, process, "(query LIKE 'CREATE SCHEMA%' OR query LIKE 'COPY%' OR query ~ 'into_table')")
            time.sleep(dice.random() * 1.2)
            process.send_signal(signal.SIGKILL)
            process.wait()
        killed += process.returncode == -signal.SIGKILL
        if ended_whole(shop):
            # It came after the end: the rows that were not loaded are where they were put.
            assert rejects.read_text().count(CANARY) == 1
            break
    else:
        with started(shop, str(file), "--rejects", str(tmp_path / "last")) as process:
            assert process.wait() == 1
        assert ended_whole(shop)
    assert killed, "the kills came while it was loading"


@pytest.mark.parametrize("how", ["terminate", "cancel"])
def test_a_session_that_the_server_ends_has_loaded_nothing_and_no_row_is_in_the_log(
    shop: Shop, file: Path, tmp_path: Path, how: str
) -> None:
    log = Log(shop.database.server) if shop.database.server.bindir else None
    dice = random.Random(how)
    stop = (
        f"SELECT pg_{how}_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND application_name = 'pgcustsec' AND state = 'active'"
    )
    for attempt in range(2):
        rejects = tmp_path / f"rejects{attempt}"
        with started(shop, str(file), "--rejects", str(rejects), PIECE="4000") as process:
            wait_for(shop, process, "query LIKE 'COPY%'")
            time.sleep(dice.random() * 0.3)
            with closing(shop.database.connect()) as connection:
                while process.poll() is None:
                    connection.execute(stop.encode())
                    time.sleep(0.01)
            said = b"".join(process.communicate()).decode()
        assert process.returncode == {"terminate": 3, "cancel": 4}[how], said
        assert {"terminate": "nothing was loaded", "cancel": "it changed nothing"}[how] in said
        assert "Traceback" not in said and CANARY not in said
        assert not rejects.exists()
        assert not ended_whole(shop)
    assert log is None or CANARY not in log.read()


def test_a_statement_timeout_within_copy_tells_no_line_to_the_log(shop: Shop) -> None:
    """The control: COPY of text, stopped where it is busy with a row, is logged with its line."""
    if not shop.database.server.bindir:
        pytest.skip("the log of a server of one's own is not at hand")
    log = Log(shop.database.server)
    with shop.connect() as connection, pytest.raises(psycopg.errors.QueryCanceled):
        connection.execute(
            "CREATE FUNCTION pg_temp.slowly() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(5); RETURN NEW; END'"
        )
        connection.execute("CREATE TEMP TABLE t (v text)")
        connection.execute("CREATE TRIGGER slowly BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION pg_temp.slowly()")
        connection.execute("SET statement_timeout = '30ms'")
        with connection.cursor().copy("COPY t FROM STDIN") as copy:
            copy.write_row(["control-canary"])
    assert "control-canary" in log.read()
    with shop.connect(shop.admin) as connection, pytest.raises(Refused, match="statement_timeout") as caught:
        _load(connection, shop, timeout="30ms")
    assert CANARY not in caught.value.message
    assert CANARY not in log.read()
    assert not ended_whole(shop)


def _load(connection: Any, shop: Shop, *, timeout: str) -> Any:
    """Load with a statement_timeout that holds while rows are read."""

    class Reading(io.StringIO):
        def __next__(self) -> str:
            if connection.info.transaction_status == psycopg.pq.TransactionStatus.INTRANS:
                connection.execute(f"SET LOCAL statement_timeout = '{timeout}'")
            return super().__next__()

    return load(connection, shop.matrix, CUSTOMER, Reading(TEXT, newline=""), "file", "csv")


def test_an_interrupted_process_leaves_nothing_not_even_rejects(shop: Shop, file: Path, tmp_path: Path) -> None:
    with started(shop, str(file), "--rejects", str(tmp_path / "rejects"), PIECE="500") as process:
        wait_for(shop, process, "query LIKE 'COPY%'")
        process.send_signal(signal.SIGINT)
        said = b"".join(process.communicate())
    assert process.returncode == 130, said
    # psycopg may warn before it that there was nothing to roll back with.
    assert said.decode().splitlines()[-1] == "interrupted"
    assert CANARY not in said.decode() and "Traceback" not in said.decode()
    assert not (tmp_path / "rejects").exists()
    assert not ended_whole(shop)


def test_a_connection_lost_at_the_commit_keeps_the_rejects_and_tells_how_to_know(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commit lands, its answer does not."""
    rejects = tmp_path / "rejects"
    with shop.connect(shop.admin) as connection:
        plain = psycopg.Transaction._commit_gen

        def commit(self: Any) -> Any:
            yield from plain(self)
            if self._outer_transaction:
                connection.close()
                raise psycopg.OperationalError("server closed the connection unexpectedly")

        def reached(rows: int) -> None:
            monkeypatch.setattr(psycopg.Transaction, "_commit_gen", commit)

        with pytest.raises(Unreachable) as caught:
            load(
                connection,
                shop.matrix,
                CUSTOMER,
                io.StringIO("customer_id,mobile\n10,\n11,1\n"),
                "file",
                "csv",
                rejects=rejects,
                progress=reached,
            )
    monkeypatch.undo()
    assert shop.row("SELECT count(*) FROM crm.customer WHERE customer_id >= 10") == (1,)
    assert rejects.read_text().count("\n") == 2
    [(reason,)] = shop.rows("SELECT reason FROM pgcustsec_internal.change")
    assert reason in str(caught.value.hint)


# --- company --------------------------------------------------------------------------------------------------------


def beside(*works: Callable[[], Any]) -> list[Exception | None]:
    """Do *works* at once; return what each raised."""
    raised: list[Exception | None] = [None] * len(works)

    def do(place: int) -> None:
        try:
            works[place]()
        except Exception as error:  # noqa: BLE001 - told to the test
            raised[place] = error

    threads = [threading.Thread(target=do, args=[place]) for place in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def part(first: int, count: int, shift: int = 0) -> str:
    return csv_of(
        "customer_id,name,mobile,id_card",
        *([n + 10 + shift, CANARY, f"139{n:08d}", f"4{n:017d}"] for n in range(first, first + count)),
    )


def test_two_loads_at_once_are_both_there(shop: Shop, pieces_of: Callable[[int], None]) -> None:
    pieces_of(100)
    assert beside(lambda: shop.load(CUSTOMER, part(0, 1000)), lambda: shop.load(CUSTOMER, part(1000, 1000))) == [
        None,
        None,
    ]
    assert counts(shop) == (2000, 2000, 2000)


def test_two_loads_of_one_unique_value_end_with_one_of_them(shop: Shop, pieces_of: Callable[[int], None]) -> None:
    pieces_of(50)
    raised = beside(*(lambda shift=shift: shop.load(CUSTOMER, part(0, 300, shift)) for shift in (0, 1000)))
    assert [type(error) for error in raised].count(type(None)) == 1
    assert all(isinstance(error, Finding | Refused) for error in raised if error)
    shop.assert_in_step()
    assert shop.row("SELECT count(*) FROM crm.customer WHERE customer_id >= 10") == (300,)
    assert len(shop.history()) == 300


def test_sealing_and_writing_through_a_view_beside_a_load_keep_base_and_vault_in_step(
    unsealed: Shop, pieces_of: Callable[[int], None]
) -> None:
    pieces_of(50)
    shop = unsealed
    going = threading.Event()
    going.set()

    def loads() -> None:
        try:
            for n in range(4):
                while True:
                    try:
                        shop.load(CUSTOMER, part(n * 300, 300, 1_000_000))
                        break
                    except Refused:
                        continue  # nothing is loaded while sealing applies the matrix anew
        finally:
            going.clear()

    def writes() -> None:
        with shop.person("li") as li:
            n = 0
            while going.is_set():
                n += 1
                li.execute(
                    "INSERT INTO agent.customer (owner_staff_id, name, mobile) VALUES ('S1', %s, %s)",
                    [f"王小{'明' * (n % 3 + 1)}", f"137{n:08d}"],
                )
                li.execute("DELETE FROM agent.customer WHERE customer_id % 3 = 0")

    def seals() -> None:
        with shop.connect(shop.admin) as connection:
            while going.is_set():
                with suppress(Refused):  # the matrix cannot be applied anew while a load is running
                    seal(connection, shop.matrix, batch=1)
                time.sleep(0.05)

    raised = beside(loads, writes, seals)
    assert raised == [None, None, None]
    with shop.connect(shop.admin) as connection:
        seal(connection, shop.matrix)
    shop.assert_in_step()
    assert shop.row("SELECT count(*) FROM crm.customer WHERE customer_id >= 1000000") == (1200,)


def test_what_others_hold_is_waited_for_as_long_as_was_said(shop: Shop) -> None:
    with shop.connect() as holder, holder.transaction():
        holder.execute("LOCK TABLE crm.customer IN SHARE MODE")
        begun = time.monotonic()
        with pytest.raises(Refused, match="others hold what it needs; nothing was loaded"):
            shop.load(CUSTOMER, "name\n张三\n", lock_timeout="100ms")
        assert time.monotonic() - begun >= 0.1
    with shop.connect() as holder, holder.transaction():
        holder.execute("INSERT INTO crm.customer (badge) VALUES ('X')")
        with pytest.raises(Refused, match="others hold"):
            shop.load(CUSTOMER, "badge\nX\n", lock_timeout="100ms")
    assert shop.history() == []
    assert shop.leftovers() == []


def test_no_plan_is_applied_while_a_load_is_running_and_the_other_way_round(shop: Shop) -> None:
    with shop.connect() as holder, holder.transaction():
        take_plan_lock(holder)
        with pytest.raises(Refused, match="another change to this database"):
            shop.load(CUSTOMER, "name\n张三\n")
    with shop.connect(shop.admin) as connection, shop.connect() as other:

        def busy(rows: int) -> None:
            with pytest.raises(Refused), other.transaction():
                take_plan_lock(other)

        load(connection, shop.matrix, CUSTOMER, io.StringIO("name\n张三\n"), "file", "csv", progress=busy)
    assert len(shop.history()) == 1
