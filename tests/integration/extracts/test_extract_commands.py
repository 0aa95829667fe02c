"""`pgcustsec extract run|list|destroyed`, as a person at a shell runs them (4.3, 5.2.1)."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import psycopg
import pytest

from pgcustsec.errors import NotAllowed, Unreachable, UsageError
from pgcustsec.extracts import list_extracts, record_destruction, run_extract
from tests.integration.clients.world import Broker
from tests.integration.extracts.approved import BJ, approved

COLUMNS = "customer_id name mobile family"


@pytest.fixture
def request_number(broker: Broker) -> int:
    """An approved request of li's for all rows of branch BJ."""
    with broker.database.connect(user=broker.login("li")) as li:
        return approved(broker, li, COLUMNS, where=BJ)


def shell(broker: Broker, login: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(broker, login, *arguments), capture_output=True, text=True, check=False)


def command(broker: Broker, login: str, *arguments: str) -> list[str]:
    conninfo = broker.database.conninfo(broker.login(login))
    return [sys.executable, "-m", "pgcustsec", "extract", *arguments, "-d", conninfo]


def test_a_plain_extract_is_what_was_approved_and_its_digest_is_on_record(
    broker: Broker, request_number: int, tmp_path: Path
) -> None:
    file = tmp_path / "leads.csv"
    done = shell(broker, "li", "run", str(request_number), "-o", str(file), "--plain")
    assert done.returncode == 0, done.stderr
    with file.open(newline="", encoding="utf-8") as text:
        rows = sorted(csv.DictReader(text), key=lambda row: int(row["customer_id"]))
    assert [row["name"] for row in rows] == ["王小明", "韩梅梅", "欧阳锋", ""]
    assert json.loads(rows[0]["family"]) == {"children": 2, "名": [1.5, None]}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    assert digest in done.stdout and "4 rows" in done.stdout and "plain" in done.stdout
    [listed] = json.loads(shell(broker, "qin", "list", "--format", "json").stdout)
    assert (listed["state"], listed["sha256"], listed["bytes"]) == ("kept", digest, file.stat().st_size)
    assert (listed["protection"], listed["columns"]) == ("plain", COLUMNS.split())


def test_json_lines_are_json_whatever_the_values_hold(broker: Broker, request_number: int, tmp_path: Path) -> None:
    odd = 'back\\slash "quote"\ttab\nline 王'
    with broker.database.connect() as superuser:
        superuser.execute('UPDATE pgcustsec_vault."crm.customer" SET name = %s WHERE customer_id = 1', [odd])
    file = tmp_path / "leads.jsonl"
    assert (
        shell(broker, "li", "run", str(request_number), "-o", str(file), "--plain", "--format", "jsonl").returncode == 0
    )
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == 4
    assert {row["customer_id"]: row["name"] for row in rows}[1] == odd


def test_parquet_has_the_types_of_the_columns_and_tells_empty_from_none(broker: Broker, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    odd = 'say "hi",\nline 王'
    with broker.database.connect() as superuser:
        superuser.execute('UPDATE pgcustsec_vault."crm.customer" SET name = %s WHERE customer_id = 1', [odd])
        superuser.execute("UPDATE crm.customer SET note = '' WHERE customer_id = 1")
        superuser.execute("UPDATE crm.customer SET note = NULL WHERE customer_id = 2")
        stored = superuser.execute(
            "SELECT customer_id, annual_income, birth_date, created_at FROM crm.customer"
            " WHERE branch_code = 'BJ' ORDER BY 1"
        ).fetchall()
    with broker.person("li") as li:
        columns = "customer_id name note annual_income birth_date created_at"
        number = approved(broker, li, columns, where=BJ)
    file = tmp_path / "leads.parquet"
    done = shell(broker, "li", "run", str(number), "-o", str(file), "--plain", "--format", "parquet")
    assert done.returncode == 0, done.stderr
    table = parquet.read_table(file)
    assert [str(field.type) for field in table.schema] == [
        "int64", "string", "string", "decimal128(12, 2)", "date32[day]", "timestamp[us, tz=UTC]"
    ]  # fmt: skip
    rows = sorted(table.to_pylist(), key=lambda row: row["customer_id"])
    assert [(r["customer_id"], r["annual_income"], r["birth_date"], r["created_at"]) for r in rows] == stored
    assert rows[0]["name"] == odd
    assert (rows[0]["note"], rows[1]["note"]) == ("", None)


def test_a_value_that_parquet_cannot_hold_is_said_without_it(broker: Broker, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    broker.database.execute("UPDATE crm.customer SET birth_date = 'infinity' WHERE customer_id = 1")
    with broker.person("li") as li:
        number = approved(broker, li, "customer_id mobile birth_date", where=BJ)
    file = tmp_path / "leads.parquet"
    done = shell(broker, "li", "run", str(number), "-o", str(file), "--plain", "--format", "parquet")
    assert (done.returncode, file.exists()) == (2, False)
    assert "no form in Parquet" in done.stderr and "infinity" not in done.stderr and "138" not in done.stderr
    again = shell(broker, "li", "run", str(number), "-o", str(file), "--plain")
    assert again.returncode == 0, "the rows are still there to be taken"


def test_an_encrypted_extract_opens_with_the_recipients_key_alone(
    broker: Broker, request_number: int, tmp_path: Path
) -> None:
    import pyrage

    mine, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    file = tmp_path / "leads.csv.age"
    done = shell(broker, "li", "run", str(request_number), "-o", str(file), "--recipient", str(mine.to_public()))
    assert done.returncode == 0, done.stderr
    sealed = file.read_bytes()
    assert sealed.startswith(b"age-encryption.org/v1") and b"13812345678" not in sealed
    assert "13812345678" in pyrage.decrypt(sealed, [mine]).decode()
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(sealed, [other])
    [listed] = json.loads(shell(broker, "li", "list", "--format", "json").stdout)
    assert listed["protection"] == f"age: {mine.to_public()}"
    assert listed["sha256"] == hashlib.sha256(sealed).hexdigest()


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["-o", "{new}"], 2, "--plain"),
        (["-o", "{new}", "--plain", "--recipient", "age1x"], 2, "--plain"),
        (["-o", "{new}", "--recipient", "age1nonsense"], 2, "public key"),
        (["-o", "{there}", "--plain"], 2, "there"),
        (["-o", "{folder}/none/x.csv", "--plain"], 2, "cannot write"),
    ],
)
def test_what_is_asked_wrongly_begins_no_extract(
    broker: Broker, request_number: int, tmp_path: Path, arguments: list[str], code: int, told: str
) -> None:
    there = tmp_path / "there.csv"
    there.write_text("mine")
    names = {"new": str(tmp_path / "new.csv"), "there": str(there), "folder": str(tmp_path)}
    done = shell(broker, "li", "run", str(request_number), *(a.format(**names) for a in arguments))
    assert (done.returncode, "Traceback" in done.stderr) == (code, False)
    assert told in done.stderr
    assert there.read_text() == "mine" and [p.name for p in tmp_path.iterdir()] == ["there.csv"]
    assert broker.rows("SELECT count(*) FROM pgcustsec_internal.extract") == [(0,)]


def test_what_the_database_refuses_is_told_in_its_words_and_leaves_no_file(
    broker: Broker, request_number: int, tmp_path: Path
) -> None:
    for login, number in (("li", 999), ("wang", request_number), ("zhao", request_number)):
        done = shell(broker, login, "run", str(number), "-o", str(tmp_path / "x.csv"), "--plain")
        assert done.returncode == 3 and "Traceback" not in done.stderr, done.stderr
        assert list(tmp_path.iterdir()) == []
    assert shell(broker, "li", "destroyed", "7", "--evidence", "x").returncode == 3


def test_a_killed_run_leaves_a_tracked_partial_extract_and_can_be_run_again(
    broker: Broker, request_number: int, tmp_path: Path
) -> None:
    """Killed where it is reading: a lock on the vault's table holds it there."""
    file = tmp_path / "x.csv"
    with broker.database.connect(autocommit=False) as lock:
        lock.execute('LOCK TABLE pgcustsec_vault."crm.customer" IN ACCESS EXCLUSIVE MODE')
        arguments = command(broker, "li", "run", str(request_number), "-o", str(file), "--plain")
        process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        wait_until_it_reads(broker)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        lock.rollback()
    [extract] = listed(broker)
    assert (extract["state"], extract["rows"], extract["sha256"]) == ("partial", 4, None)
    assert shell(broker, "li", "run", str(request_number), "-o", str(tmp_path / "y.csv"), "--plain").returncode == 0
    assert [extract["state"] for extract in listed(broker)] == ["kept", "partial"]
    assert shell(broker, "li", "destroyed", str(extract["number"]), "--evidence", "rm").returncode == 0
    assert [extract["state"] for extract in listed(broker)] == ["kept", "destroyed"]


def listed(broker: Broker) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(shell(broker, "li", "list", "--format", "json").stdout)
    return found


def wait_until_it_reads(broker: Broker) -> None:
    query = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'COPY%' AND wait_event_type = 'Lock'"
    for _ in range(600):
        if broker.rows(query) == [(1,)]:
            return
        time.sleep(0.05)
    raise AssertionError("the extract did not come to read")


@pytest.mark.parametrize("how", ["terminated", "cancelled"])
def test_a_run_that_the_server_ends_leaves_no_file(
    broker: Broker, request_number: int, tmp_path: Path, how: str
) -> None:
    file = tmp_path / "x.csv"
    raised: list[Unreachable] = []

    def run() -> None:
        with broker.database.connect(user=broker.login("li"), application_name="extracting") as li:
            try:
                run_extract(li, request_number, file)
            except Unreachable as error:
                raised.append(error)

    with broker.database.connect(autocommit=False) as lock:
        lock.execute('LOCK TABLE pgcustsec_vault."crm.customer" IN ACCESS EXCLUSIVE MODE')
        thread = threading.Thread(target=run)
        thread.start()
        wait_until_it_reads(broker)
        function = "pg_terminate_backend" if how == "terminated" else "pg_cancel_backend"
        lock.execute(f"SELECT {function}(pid) FROM pg_stat_activity WHERE application_name = 'extracting'")
        thread.join()
    assert "partial" in str(raised[0]) and not file.exists()


def test_the_library_raises_what_the_command_tells(broker: Broker, request_number: int, tmp_path: Path) -> None:
    with broker.database.connect(user=broker.login("li")) as li:
        counted: list[int] = []
        written = run_extract(li, request_number, tmp_path / "x.csv", progress=counted.append)
        assert (written.rows, written.left_out, counted) == (4, 0, [4])
        with pytest.raises(UsageError):
            run_extract(li, request_number, tmp_path / "x.csv")
        with pytest.raises(NotAllowed):
            run_extract(li, request_number, tmp_path / "y.csv")
        with pytest.raises(NotAllowed):
            record_destruction(li, written.number, " ")
        record_destruction(li, written.number, "shred")
        assert [extract.state for extract in list_extracts(li)] == ["destroyed"]


def test_every_help_has_examples() -> None:
    for arguments in ([], ["run"], ["list"], ["destroyed"]):
        told = subprocess.run(
            [sys.executable, "-m", "pgcustsec", "extract", *arguments, "--help"],
            capture_output=True,
            text=True,
            check=True,
        )
        assert "Examples:" in told.stdout


def test_a_reader_of_rows_that_stops_leaves_the_connection_usable(broker: Broker) -> None:
    from pgcustsec.extracts.stream import Rows

    with broker.database.connect() as connection:
        rows = iter(Rows(connection, "COPY (SELECT generate_series(1, 5000000)) TO STDOUT"))
        assert next(rows).startswith(b"1\n2\n")
        rows.close()  # type: ignore[attr-defined]
        assert connection.execute("SELECT 1").fetchall() == [(1,)]
        with pytest.raises(psycopg.errors.DivisionByZero):
            list(Rows(connection, "COPY (SELECT 1 / (10 - g) FROM generate_series(1, 20) AS g) TO STDOUT"))
        assert connection.execute("SELECT 1").fetchall() == [(1,)]
