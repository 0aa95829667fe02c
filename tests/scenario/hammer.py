"""
`python -m tests.scenario.hammer`: many connections that open, read, roll back and die, and a look at what they saw.

Each client writes down every row whose tier 1 it saw beyond stars, and when. At the end each of these must be in the
evidence as an opening of that customer by that person, made before and not lapsed by then. More evidence than was seen
is fine; one row seen without is a failure, and so is too little chaos. The clients are the demo broker's agents, whose
budgets last, and one whose budget does not.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import TupleRow
from rich.console import Console
from rich.table import Table

from pgcustsec.db import connect
from pgcustsec.demo.broker import DATABASE, HASTY, Account, Broker, new_password, sign_agreements
from pgcustsec.demo.people import StaffMember
from pgcustsec.embedded import temporary
from pgcustsec.matrix.model import Matrix, RecordAccess
from pgcustsec.people import create_login

#: Who is cheated on first: the check that an opening has committed. The control runs against this.
BROKEN = """
SET ROLE pgcustsec_owner;
CREATE OR REPLACE FUNCTION pgcustsec_internal.is_committed(transaction_id xid8)
    RETURNS boolean LANGUAGE sql VOLATILE PARALLEL SAFE RETURN true
"""
PLENTY, LITTLE = 1_000_000, 40
#: By a second's fraction the clocks of client and server may be read in another order.
SLACK = 0.05


@dataclass(frozen=True, slots=True)
class Chaos:
    """How long, how many, and how much must have happened for the run to prove something."""

    seconds: float
    connections: int
    rollbacks: int = 200
    kills: int = 20
    reads: int = 5000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was counted, what was seen without evidence (person, customer, when), and what was too little."""

    counts: Counter[str]
    missing: list[tuple[str, str, float]]
    too_little: list[str]

    @property
    def passed(self) -> bool:
        return not self.missing and not self.too_little


def hammered(matrix: Matrix) -> Matrix:
    """*matrix* with budgets that last for agents, and one that does not for service agents."""
    service = replace(
        matrix.roles["service_agent"], record_access=RecordAccess(10, LITTLE, LITTLE, ("crm.policy", "crm.attachment"))
    )
    return replace(
        matrix,
        record_access=RecordAccess(5, PLENTY, PLENTY),
        roles={**matrix.roles, "service_agent": service},
    )


@contextmanager
def broker(customers: int) -> Iterator[Broker]:
    """The demo broker, sealed, on a server of its own, where four agents and a service agent have logins."""
    with temporary({**HASTY, "max_connections": "60"}) as server:
        made = Broker(server, customers, seed=1)
        made.make_database()
        made.install()
        made.load_customers()
        made.matrix = hammered(made.matrix)
        made.apply(made.matrix)
        made.seal()
        made.admit_people()
        for person in _agents(made)[:4]:
            if not person.login:
                account = Account(f"hammer_{person.staff_id.lower()}", new_password())
                with made.as_administrator() as connection:
                    create_login(connection, account.login, staff=person.staff_id, password=account.password)
                made.accounts[person.staff_id] = account
        for person in made.people:
            if person.staff_id in made.accounts:
                with made.connect_as(person) as connection:
                    sign_agreements(connection)
        yield made


def _agents(made: Broker) -> list[StaffMember]:
    return [p for p in made.people if p.active and "sales_agent" in p.roles]


def _cast(made: Broker, connections: int) -> list[StaffMember]:
    """Who works on each connection: agents by turns, two connections and more each; the last a service agent."""
    agents = _agents(made)[: min(4, max(1, (connections - 1) // 2))]
    [service, *_] = [p for p in made.people if p.active and p.login and "service_agent" in p.roles]
    return [agents[i % len(agents)] for i in range(connections - 1)] + [service]


# --- a client ------------------------------------------------------------------------------------------------------


class Client:
    """One process with one connection at a time, which does what comes into its head and writes down what it sees."""

    def __init__(self, conninfo: str, password: str, person: StaffMember, purpose: str, notes: Path, seed: int) -> None:
        self.conninfo, self.password, self.person, self.purpose = conninfo, password, person, purpose
        # Appended by one write a line: a killed process leaves whole lines.
        self.notes = os.open(notes, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
        self.random = random.Random(seed)
        # Those of `doomed` are never opened in a transaction that commits, so that no record excuses seeing them.
        self.keys: list[str] = []
        self.doomed: list[str] = []
        self.connection: psycopg.Connection[TupleRow] = self._connect()

    def note(self, *words: object) -> None:
        os.write(self.notes, (" ".join(map(str, words)) + "\n").encode())

    def _connect(self) -> psycopg.Connection[TupleRow]:
        connection = psycopg.connect(
            self.conninfo, password=self.password, options="-c statement_timeout=3s -c lock_timeout=1s"
        )
        connection.autocommit = True
        row = connection.execute("SELECT session FROM pgcustsec.whoami()").fetchone()
        if row and row[0] is None:
            with suppress(psycopg.Error):
                connection.execute("SELECT pgcustsec.start_session(%s)", [self.purpose])
        if not self.keys:
            rows = connection.execute("SELECT customer_id FROM customer ORDER BY 1 LIMIT 80")
            known = [str(key) for (key,) in rows]
            self.keys, self.doomed = known[::2], known[1::2]
        return connection

    def run(self, until: float) -> None:
        acts = (
            self.open_and_read,
            self.open_and_read,
            self.open_and_roll_back,
            self.open_and_roll_back,
            self.open_to_a_savepoint,
            self.open_in_a_loop,
            self.close,
            self.read,
            self.search,
            self.hang_up,
        )
        while time.time() < until:
            try:
                self.random.choice(acts)()
            except psycopg.Error as error:
                self.note("error", error.sqlstate or "lost")
                with suppress(psycopg.Error):
                    self.connection.execute("ROLLBACK")
                while self.connection.closed or self.connection.broken:
                    with suppress(psycopg.Error):
                        self.connection = self._connect()

    def key(self) -> str:
        return self.random.choice(self.keys)

    def open(self, key: str) -> None:
        self.connection.execute("SELECT pgcustsec.open_record('crm.customer', %s, 'hammer')", [key])
        self.note("opened")

    def look(self, key: str | None = None) -> None:
        where = " WHERE customer_id = %s::bigint" if key else ""
        begin = time.time()
        rows = self.connection.execute(
            f"SELECT customer_id, mobile, id_card FROM customer{where}".encode(), [key] if key else None
        ).fetchall()
        self.note("read")
        for customer, *cells in rows:
            if any(cell != "***" for cell in cells):
                self.note("saw", self.person.staff_id, customer, begin, time.time())

    def open_and_read(self) -> None:
        key = self.key()
        self.open(key)
        self.look(key)
        self.look()

    def open_and_roll_back(self) -> None:
        key = self.random.choice(self.doomed)
        self.connection.execute("BEGIN")
        self.open(key)
        self.look(key)
        self.look()
        self.connection.execute("ROLLBACK")
        self.note("rollback")
        self.look(key)

    def open_to_a_savepoint(self) -> None:
        key = self.random.choice(self.doomed)
        self.connection.execute("BEGIN")
        self.connection.execute("SAVEPOINT s")
        self.open(key)
        self.look(key)
        self.connection.execute("ROLLBACK TO s")
        self.note("rollback")
        self.look(key)
        self.connection.execute("COMMIT")
        self.look(key)

    def open_in_a_loop(self) -> None:
        keys = [self.random.choice(self.doomed) for _ in range(3)]
        cursor = self.connection.execute("SELECT 1")
        heard: list[str] = []
        self.connection.add_notice_handler(lambda said: heard.append(said.message_primary or ""))
        begin = time.time()
        cursor.execute(
            psycopg.sql.SQL(
                "DO $$ DECLARE k text; BEGIN FOREACH k IN ARRAY {}::text[] LOOP"
                " PERFORM pgcustsec.open_record('crm.customer', k, 'hammer');"
                " RAISE NOTICE '% %', k, (SELECT mobile FROM customer WHERE customer_id = k::bigint); ROLLBACK;"
                " END LOOP; END $$"
            ).format(psycopg.sql.Literal(keys))
        )
        self.note("rollback")
        for line in heard:
            customer, _, cell = line.partition(" ")
            if customer in keys and cell not in ("***", ""):
                self.note("saw", self.person.staff_id, customer, begin, time.time())

    def close(self) -> None:
        self.connection.execute("SELECT pgcustsec.close_record('crm.customer')")
        self.look()

    def read(self) -> None:
        for _ in range(3):
            self.look()

    def search(self) -> None:
        with suppress(psycopg.errors.lookup("42883")):
            self.connection.execute("SELECT pgcustsec.find('crm.customer', 'mobile', '13800000000')")

    def hang_up(self) -> None:
        """Open, and be gone: before the commit, in the middle of it, or right after."""
        commits = self.random.random() < 0.6
        key = self.key() if commits else self.random.choice(self.doomed)
        self.connection.execute("BEGIN")
        self.open(key)
        if self.random.random() < 0.5:
            self.look(key)
        if commits:
            self.connection.pgconn.send_query(b"COMMIT")
        with socket.socket(fileno=os.dup(self.connection.pgconn.socket)) as wire:
            wire.shutdown(socket.SHUT_RDWR)
        self.note("kill")
        self.connection.close()
        self.connection = self._connect()
        self.look(key)


def _client(*arguments: Any) -> None:
    *about, until = arguments
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A client that finds no connection (all are taken by those that died) begins anew.
    while time.time() < until:
        with suppress(psycopg.Error):
            Client(*about).run(until)


# --- the run -------------------------------------------------------------------------------------------------------


def hammer(made: Broker, chaos: Chaos, *, seed: int = 1) -> Outcome:
    """Let *chaos* loose on the broker, and judge what was seen by what is recorded."""
    folder = Path(tempfile.mkdtemp(prefix="pgcustsec-hammer-"))
    notes = folder / "notes"
    chance = random.Random(seed)
    until = time.time() + chaos.seconds
    kills: Counter[str] = Counter()

    def start(place: int) -> Any:
        person = cast[place]
        account = made.accounts[person.staff_id]
        process = multiprocessing.get_context("fork").Process(
            target=_client,
            args=(
                made.server.conninfo(DATABASE, account.login),
                account.password,
                person,
                made.purpose(person),
                notes,
                chance.getrandbits(32),
                until,
            ),
            daemon=True,
        )
        process.start()
        return process

    cast = _cast(made, chaos.connections)
    clients = [start(place) for place in range(chaos.connections)]
    pause = min(1.0, chaos.seconds / (chaos.kills + 5))
    try:
        while time.time() < until:
            time.sleep(pause)
            if chance.random() < 0.5:
                kills["kill"] += _terminate_one(made, chance)
            else:
                place = chance.randrange(len(clients))
                clients[place].kill()
                clients[place].join()
                kills["kill"] += 1
                clients[place] = start(place)
        for process in clients:
            process.join(15)
    finally:
        for process in clients:
            if process.is_alive():
                process.kill()
                process.join()
    outcome = _judge(made, chaos, notes, kills)
    shutil.rmtree(folder)
    return outcome


def _terminate_one(made: Broker, chance: random.Random) -> int:
    logins = [account.login for account in made.accounts.values()]
    with connect(made.server.conninfo(DATABASE)) as connection:
        rows = connection.execute("SELECT pid FROM pg_stat_activity WHERE usename = ANY (%s)", [logins]).fetchall()
        if not rows:
            return 0
        connection.execute("SELECT pg_terminate_backend(%s)", [chance.choice(rows)[0]])
    return 1


def _judge(made: Broker, chaos: Chaos, notes: Path, kills: Counter[str]) -> Outcome:
    counts = Counter(kills)
    seen: list[tuple[str, str, float, float]] = []
    for line in notes.read_text(encoding="utf-8").splitlines():
        word, *rest = line.split()
        counts[f"error {rest[0]}" if word == "error" else word] += 1
        if word == "saw":
            person, customer, begin, end = rest
            seen.append((person, customer, float(begin), float(end)))
    recorded = _recorded(made)
    counts["recorded"] = sum(map(len, recorded.values()))
    missing = [
        (person, customer, begin)
        for person, customer, begin, end in seen
        if not any(at <= end + SLACK and begin - SLACK <= lapses for at, lapses in recorded.get((person, customer), ()))
    ]
    wanted = {"rollback": chaos.rollbacks, "kill": chaos.kills, "read": chaos.reads, "saw": chaos.reads // 20}
    too_little = [f"{word}: {counts[word]} of {least}" for word, least in wanted.items() if counts[word] < least]
    return Outcome(counts, missing, too_little)


def _recorded(made: Broker) -> dict[tuple[str, str], list[tuple[float, float]]]:
    found: dict[tuple[str, str], list[tuple[float, float]]] = {}
    with made.as_administrator("pgcustsec_owner") as connection:
        for person, key, at, lapses in connection.execute(
            "SELECT staff_id, record_key, at, lapses_at FROM pgcustsec_internal.audit"
            " WHERE kind = 'record_opened' AND relation = 'crm.customer'"
        ):
            found.setdefault((person, key), []).append((at.timestamp(), lapses.timestamp()))
    return found


def sabotage(made: Broker) -> None:
    """Make every opening count at once, committed or not."""
    with connect(made.server.conninfo(DATABASE)) as connection:
        connection.execute(BROKEN)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.scenario.hammer")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--customers", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--broken", action="store_true", help="the control: openings count before they are committed")
    options = parser.parse_args()
    with broker(options.customers) as made:
        if options.broken:
            sabotage(made)
        outcome = hammer(made, Chaos(options.seconds, options.connections), seed=options.seed)
    table = Table(title=f"{options.connections} connections, {options.seconds:.0f} s", title_justify="left")
    table.add_column("what")
    table.add_column("how many", justify="right")
    for what, count in sorted(outcome.counts.items()):
        table.add_row(what, f"{count:,}")
    table.add_row("seen without evidence", f"{len(outcome.missing):,}")
    Console(width=100).print(table)
    for person, customer, moment in outcome.missing[:10]:
        sys.stdout.write(f"{person} saw customer {customer} at {moment:.3f}, and no record says so\n")
    for lack in outcome.too_little:
        sys.stdout.write(f"too little happened: {lack}\n")
    return 0 if outcome.passed else 1


if __name__ == "__main__":
    sys.exit(main())
