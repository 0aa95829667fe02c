"""
A bulk extract in full against COPY of the same columns from a table that was never sealed.

Both are whole commands that write a CSV file: `pgcustsec extract run --plain`, from its start to what it prints, and
`psql -c '\\copy ...'`. The matrix is the demo's with a higher `max_rows`; each turn has a request of its own, approved
by the people whom the matrix names.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from pgcustsec.demo.broker import DATABASE
from pgcustsec.embedded import binaries
from tests.bench.measure import Measured, milliseconds
from tests.bench.views import Bench

COLUMNS = ("customer_id", "name", "mobile", "email", "id_card", "bank_account", "address", "gender", "birth_date")
ANALYST, APPROVERS = "D0001", ("M1001", "L0001")
REACH = 0.5
RAW = """
    DROP SCHEMA IF EXISTS bench_extract CASCADE;
    CREATE SCHEMA bench_extract;
    CREATE TABLE bench_extract.customer AS
        SELECT {columns} FROM crm.customer AS t LEFT JOIN pgcustsec_vault."crm.customer" AS v USING (customer_id);
    VACUUM (ANALYZE) bench_extract.customer
"""


def run(bench: Bench, rounds: int) -> Iterator[Measured]:
    """Yield the one line of extracts, and say what memory the command took at most."""
    [(customers,)] = bench.owner.execute("SELECT count(*) FROM crm.customer").fetchall()
    _prepare(bench, customers)
    figures: dict[str, list[float]] = {"raw": [], "view": []}
    peaks: list[int] = []
    with TemporaryDirectory(prefix="pgcustsec-bench-") as folder:
        for turn in range(rounds + 1):
            plain, taken = Path(folder, f"raw{turn}.csv"), Path(folder, f"extract{turn}.csv")
            raw = milliseconds(partial(_copy_raw, bench, plain))
            view = milliseconds(partial(_extract, bench, _approved(bench, customers), taken, peaks))
            _same_rows(plain, taken)
            if turn:
                figures["raw"].append(round(raw, 3))
                figures["view"].append(round(view, 3))
    ratio = statistics.median(figures["raw"]) / statistics.median(figures["view"])
    print(f"  extract run took {max(peaks) / 1024:.0f} MiB at most", file=sys.stderr)
    yield Measured(f"extract of {customers:,} rows in full", round(ratio, 3), REACH, "at least", "ms", figures)


def _prepare(bench: Bench, customers: int) -> None:
    """A matrix that lets the analyst ask for every row, somebody to approve it, and a table that was never sealed."""
    text = re.sub(r"max_rows: 50000\b", f"max_rows: {customers}", bench.broker.matrix_text)
    bench.broker.apply(bench.broker.read_matrix(text))
    bench.owner.execute(
        "UPDATE pgcustsec_internal.staff SET manager_id = %s WHERE staff_id = %s", [APPROVERS[0], ANALYST]
    )
    sealed = {
        row[0]
        for row in bench.owner.execute(
            "SELECT attname FROM pg_attribute"
            " WHERE attrelid = 'pgcustsec_vault.\"crm.customer\"'::regclass AND attnum > 0"
        )
    } - {"customer_id"}
    columns = ", ".join(
        f"{'v' if name in sealed else 't'}.{name}" if name != "customer_id" else name for name in COLUMNS
    )
    for statement in RAW.format(columns=columns).split(";"):
        bench.owner.execute(statement.encode())


def _approved(bench: Bench, customers: int) -> int:
    people = {person.staff_id: person for person in bench.broker.people}
    with bench.broker.at_work(people[ANALYST]) as analyst:
        [(request,)] = analyst.execute(
            "SELECT pgcustsec.file_request('special', 'analysis', 'crm.customer', %s, %s, NULL, 1, %s)",
            [list(COLUMNS), '[{"column": "customer_id", "is": ">", "value": 0}]', customers],
        ).fetchall()
    for approver in APPROVERS:
        with bench.broker.connect_as(people[approver]) as connection:
            connection.execute("SELECT pgcustsec.decide_request(%s, 'approve', 'bench')", [request])
    return int(request)


def _copy_raw(bench: Bench, file: Path) -> None:
    query = f"SELECT {', '.join(COLUMNS)} FROM bench_extract.customer"
    copy = f"\\copy ({query}) TO '{file}' WITH (FORMAT csv, HEADER)"
    command = [str(binaries() / "psql"), "-X", "-q", "-c", copy, bench.broker.server.conninfo(DATABASE)]
    subprocess.run(command, check=True)


def _extract(bench: Bench, request: int, file: Path, peaks: list[int]) -> None:
    """Run the command as the analyst, and add to *peaks* the most memory that it took, in KiB."""
    account = bench.broker.accounts[ANALYST]
    conninfo = bench.broker.server.conninfo(DATABASE, account.login)
    command = [
        sys.executable,
        "-m",
        "pgcustsec",
        "extract",
        "run",
        str(request),
        "-o",
        str(file),
        "--plain",
        "-d",
        conninfo,
    ]
    process = subprocess.Popen(
        command, env={**os.environ, "PGPASSWORD": account.password}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    # Not what wait4() says: that counts this process's memory too, from before the command was started in its place.
    peak = 0
    while process.poll() is None:
        found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text())
        peak = max(peak, int(found[1]) if found else 0)
        time.sleep(0.05)
    if process.returncode:
        assert process.stderr is not None
        raise SystemExit(f"bench extract: {process.stderr.read().decode()}")
    peaks.append(peak)


def _same_rows(raw: Path, extract: Path) -> None:
    """The same lines, in whatever order; both files go."""
    lines = [sorted(path.read_bytes().splitlines()) for path in (raw, extract)]
    if lines[0] != lines[1]:
        raise SystemExit(f"bench extract: {len(lines[0])} and {len(lines[1])} lines, which are not the same")
    raw.unlink()
    extract.unlink()
