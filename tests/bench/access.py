"""
Record access: point reads by a person and with a signed token, records open and not, and openings a second.

pgbench sends everything, prepared, over the server's socket. Openings are measured with fsync on: being on disk is what
they are for.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from pgcustsec.access import rotate_key
from pgcustsec.client import mint
from pgcustsec.demo.broker import DATABASE, Account, new_password
from pgcustsec.demo.people import StaffMember
from pgcustsec.embedded import binaries
from pgcustsec.people import create_application_login, create_login
from tests.bench.measure import Measured
from tests.bench.views import SETTINGS, Bench

APPLICATION = "crm_web"
#: One person's openings take turns, until each is on disk: so eight clients are eight people.
OPENERS = 8
#: What the bench turns off elsewhere.
LASTING = ("fsync", "full_page_writes", "synchronous_commit")


def run(bench: Bench, rounds: int, seconds: int) -> Iterator[Measured]:
    """Yield the measurements of record access, in the order of the page's table."""
    agent = bench.person("sales_agent")
    keys = _keys(bench, agent)
    raw = [f"SELECT * FROM crm.customer WHERE customer_id = {key}" for key in keys]
    view = [f"SELECT * FROM sales_agent.customer WHERE customer_id = {key}" for key in keys]
    login = bench.broker.accounts[agent.staff_id].login
    with bench.login(agent) as reader:
        yield _compare(bench, "point reads by a person, no record open", raw, view, login, 0.45, rounds, seconds)
        reader.execute("SELECT pgcustsec.open_record('customer', %s, 'bench')", [str(keys[0])])
        bench.owner.execute(
            "UPDATE pgcustsec_internal.session_access SET lapses_at = ends_at WHERE record_key IS NOT NULL"
        )
        yield _compare(bench, "point reads by a person, a record open", raw, view, login, 0.45, rounds, seconds)
    speaker, options = _speaker(bench, agent)
    yield _compare(bench, "point reads with a token", raw, view, speaker, 0.40, rounds, seconds, options)
    yield _openings(bench, rounds, seconds)


def _keys(bench: Bench, person: StaffMember) -> list[int]:
    rows = bench.owner.execute(
        "SELECT customer_id FROM crm.customer WHERE owner_staff_id = %s ORDER BY 1 LIMIT 20", [person.staff_id]
    )
    return [row[0] for row in rows]


def _compare(
    bench: Bench,
    name: str,
    raw: Sequence[str],
    view: Sequence[str],
    login: str,
    reach: float,
    rounds: int,
    seconds: int,
    options: str = "",
) -> Measured:
    figures: dict[str, list[float]] = {"raw": [], "view": []}
    bench.owner.execute("VACUUM (ANALYZE) pgcustsec_internal.session_access, pgcustsec_internal.standing")
    for _ in range(rounds):
        figures["raw"].append(_rate(bench, raw, "postgres", seconds))
        figures["view"].append(_rate(bench, view, login, seconds, options=options))
    return _at_least(name, reach, figures)


def _speaker(bench: Bench, person: StaffMember) -> tuple[str, str]:
    """An application's login, and the options by which all it sends speaks for *person*."""
    broker, password = bench.broker, new_password()
    with broker.as_administrator() as administrator:
        made = create_application_login(administrator, broker.matrix, APPLICATION, password=password)
        key, _ = rotate_key(administrator, APPLICATION)
    login = made.subject.login
    broker.accounts[APPLICATION] = Account(login, password)
    session = uuid.uuid4()
    token = mint(key, staff=person.staff_id, role="sales_agent", purpose="selling", session=session, seconds=14 * 60)
    with psycopg.connect(broker.server.conninfo(DATABASE, login), password=password) as connection:
        connection.execute("SELECT pgcustsec.register_session(%s)", [token])
    return login, f"-c pgcustsec.token={token}"


def _openings(bench: Bench, rounds: int, seconds: int) -> Measured:
    """Openings a second by eight people, against one plain INSERT each by the same clients."""
    bench.owner.execute(
        "UPDATE pgcustsec_internal.role SET openings_per_day = 100000000, customers_per_day = 100000000"
    )
    bench.owner.execute("CREATE TABLE public.plain (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, why text)")
    openings, inserts = [], []
    for person in _openers(bench):
        account = bench.broker.accounts[person.staff_id].login
        bench.owner.execute(f'GRANT USAGE ON SCHEMA public TO "{account}"; GRANT INSERT ON public.plain TO "{account}"')
        with bench.login(person) as connection:
            [(key,)] = connection.execute("SELECT min(customer_id) FROM customer").fetchall()
        openings.append((account, [f"SELECT pgcustsec.open_record('customer', '{key}', 'bench')"]))
        inserts.append((account, ["INSERT INTO public.plain (why) VALUES ('bench')"]))
    figures: dict[str, list[float]] = {"raw": [], "view": []}
    with _lasting(bench):
        for _ in range(rounds):
            figures["raw"].append(_together(bench, inserts, seconds, clients=1))
            figures["view"].append(_together(bench, openings, seconds, clients=1))
    return _at_least("openings by 8 people, against one INSERT each, fsync on", 0.5, figures)


def _openers(bench: Bench) -> list[StaffMember]:
    """Sales agents, with a login each."""
    agents = [p for p in bench.broker.people if p.roles == ("sales_agent",) and p.active][:OPENERS]
    with bench.broker.as_administrator() as administrator:
        for number, agent in enumerate(agents):
            if agent.staff_id not in bench.broker.accounts:
                account = Account(f"opener_{number}", new_password())
                create_login(administrator, account.login, staff=agent.staff_id, password=account.password)
                bench.broker.accounts[agent.staff_id] = account
    return agents


@contextmanager
def _lasting(bench: Bench) -> Iterator[None]:
    bench.restart({name: value for name, value in SETTINGS.items() if name not in LASTING})
    yield
    bench.restart(SETTINGS)


def _at_least(name: str, reach: float, figures: dict[str, list[float]]) -> Measured:
    ratio = statistics.median(figures["view"]) / statistics.median(figures["raw"])
    return Measured(name, round(ratio, 3), reach, "at least", "tps", figures)


def _rate(bench: Bench, statements: Sequence[str], login: str, seconds: int, *, options: str = "") -> float:
    """Transactions a second of two clients that send one of *statements* each time."""
    return _together(bench, [(login, statements)], seconds, options=options)


def _together(
    bench: Bench, work: Sequence[tuple[str, Sequence[str]]], seconds: int, *, clients: int = 2, options: str = ""
) -> float:
    """Transactions a second of all of *work* at once: of each login *clients*, each sending a statement at a time."""
    passwords = {account.login: account.password for account in bench.broker.accounts.values()}
    with TemporaryDirectory() as folder, ExitStack() as stack:
        running = []
        for number, (login, statements) in enumerate(work):
            scripts = []
            for place, statement in enumerate(statements):
                script = Path(folder) / f"{number}-{place}.sql"
                script.write_text(f"{statement};\n")
                scripts += ["-f", str(script)]
            environment = {**os.environ, "PGOPTIONS": options}
            if login in passwords:
                environment["PGPASSWORD"] = passwords[login]
            command = [str(binaries() / "pgbench"), "-n", "-M", "prepared", "-T", str(seconds)]
            command += ["-c", str(clients), "-j", str(clients)]
            process = subprocess.Popen(
                [*command, *scripts, bench.broker.server.conninfo(DATABASE, login)],
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            running.append(stack.enter_context(process))
        return sum(_tps(process) for process in running)


def _tps(process: subprocess.Popen[str]) -> float:
    printed, said = process.communicate()
    if process.returncode:
        raise SystemExit(f"bench: pgbench ended with {process.returncode}: {said}")
    return float(printed.split("tps = ")[1].split()[0])
