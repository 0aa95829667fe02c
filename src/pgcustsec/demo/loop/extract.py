"""A bulk extract of an approved request: on record before its first row, to its limit, until it is destroyed (4.3)."""

from __future__ import annotations

import csv
import hashlib
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from rich.console import RenderableType

from pgcustsec.db import Connection
from pgcustsec.demo import show
from pgcustsec.demo.due import hold
from pgcustsec.demo.loop.office import KIND, PURPOSE, Deed, Office
from pgcustsec.demo.reasons import TABLE
from pgcustsec.extracts import list_extracts, record_destruction, run_extract
from pgcustsec.requests import file_request, parse_conditions

COLUMNS = ("customer_id", "name", "mobile")
#: The most rows of the request.
AT_MOST = 5
FILE = "customers.csv"

_Rows = list[tuple[Any, ...]]


def take_extract(office: Office) -> list[RenderableType]:
    """The agent reads an approved extract over SQL, writes it to a file, destroys it. Raises `Finding`."""
    condition = f"owner_staff_id={office.agent.staff_id}"
    with office.broker.at_prompt(office.agent) as connection:
        number = file_request(
            connection, KIND, PURPOSE, TABLE, COLUMNS, where=parse_conditions([condition]), days=3, max_rows=AT_MOST
        )
        columns = " ".join(f"--column {name}" for name in COLUMNS)
        done = [office.filed(connection, number, f"{columns} --where {condition} --days 3 --max-rows {AT_MOST}")]
    done += office.approved(number, "branch review")
    with closing(office.broker.at_work(office.agent)) as psql:
        psql.autocommit = True
        deeds, rows = _read(office, psql, number)
        done += deeds
        with tempfile.TemporaryDirectory() as folder:
            deeds, told = _write(office, number, Path(folder) / FILE, rows)
        done += deeds
        hold("rows once nothing of it is left", len(_rows(office, psql)), 0)
    return [show.deeds(done), *told]


def _view(office: Office) -> str:
    return f'pgcustsec_extracts."{office.agent.roles[0]}.{TABLE.partition(".")[2]}"'


def _rows(office: Office, psql: Connection) -> _Rows:
    return psql.execute(f"SELECT {', '.join(COLUMNS)} FROM {_view(office)} ORDER BY customer_id".encode()).fetchall()


def _read(office: Office, psql: Connection, number: int) -> tuple[list[Deed], _Rows]:
    """Read what request *number* lets out before, while and after it is put on record; return what came at last."""
    agent, select = office.agent, f"SELECT * FROM {_view(office)}"
    covering = "SELECT count(*) FROM customer WHERE owner_staff_id = %s"
    [(covered,)] = psql.execute(covering, [agent.staff_id]).fetchall()
    counts = [len(_rows(office, psql))]
    begin = f"SELECT pgcustsec.begin_extract({number}, 'plain')"
    with psql.transaction():
        [(extract,)] = psql.execute(begin.encode()).fetchall()
        counts.append(len(_rows(office, psql)))
    rows = _rows(office, psql)
    counts.append(len(rows))
    hold("rows before, in and after the transaction that begins an extract", counts, [0, 0, min(covered, AT_MOST)])
    office.on_record(agent, "extract_begun")
    return [
        (agent, select, f"{counts[0]} rows"),
        (agent, f"BEGIN; {begin}; {select}", f"extract {extract}; {counts[1]} rows"),
        (agent, f"COMMIT; {select}", f"{counts[2]} rows of the {covered} that meet its condition"),
    ], rows


def _write(office: Office, number: int, path: Path, read: _Rows) -> tuple[list[Deed], list[RenderableType]]:
    """Write it as `extract run` does, hold the file against the record and the vault, and destroy all there is."""
    agent = office.agent
    with office.broker.at_prompt(agent) as connection:
        made = run_extract(connection, number, path)
        content = path.read_bytes()
        recorded = {one.number: one for one in list_extracts(connection) if one.request == number}
        hold("the digest on record", recorded[made.number].sha256, hashlib.sha256(content).hexdigest())
        _compare(office, content, read)
        answer = f"extract {made.number}: the same {made.rows} rows, {made.bytes} bytes"
        done = [(agent, f"pgcustsec extract run {number} -o {FILE} --plain", answer)]
        path.unlink()
        for one in sorted(recorded, reverse=True):
            evidence = f"rm {FILE}; no copy" if one == made.number else "read once, not kept"
            record_destruction(connection, one, evidence)
            [state] = [now.state for now in list_extracts(connection, number=one)]
            hold(f"extract {one}", state, "destroyed")
            done.append((agent, f"pgcustsec extract destroyed {one} --evidence '{evidence}'", state))
    office.on_record(agent, "extract_begun", "extract_finished", *["extract_destroyed"] * len(recorded))
    told = [f"{FILE}, while it was there:", *(f"  {line}" for line in content.decode().splitlines()[:3]), "  …"]
    return done, [
        *(show.line(text) for text in told),
        show.line(f"SHA-256 on record, and of the file: {made.sha256}"),
        show.line("names and phones in full, all as the vault has them; once both are destroyed, SQL reads 0 rows"),
    ]


def _compare(office: Office, content: bytes, read: _Rows) -> None:
    """The file has the rows that SQL read, and those are the vault's."""
    head, *lines = csv.reader(content.decode().splitlines())
    hold("the columns of the file", tuple(head), COLUMNS)
    true = office.broker.true_values([row[0] for row in read])
    hold("the rows read over SQL", read, [tuple(true[row[0]][name] for name in COLUMNS) for row in read])
    written = sorted((int(line[0]), *(cell or None for cell in line[1:])) for line in lines)
    hold("the rows of the file", written, read)
