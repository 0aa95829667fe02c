"""
The masking views against the raw tables: scans, lists and children.

Scans leave the server as `COPY ... TO '/dev/null'`: every cell is made and printed, and no client has to keep up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import psycopg

from pgcustsec.demo.broker import DATABASE, HASTY, Broker
from pgcustsec.demo.people import StaffMember
from tests.bench.measure import Measured, in_turn

TIER3 = "customer_id, status, owner_staff_id, branch_code, gender, age, claimed_at, last_contact_at, created_at"
SETTINGS = {**HASTY, "shared_buffers": "1GB", "autovacuum": "off", "jit": "off"}
RUNNING = "(ends_at IS NULL OR ends_at > now())"
PARALLEL = {"parallel": None, "serial": "SET max_parallel_workers_per_gather = 0"}


class Bench:
    """The demo broker's database with connections for a reader of the raw tables and for people."""

    def __init__(self, broker: Broker) -> None:
        self.broker = broker
        self.owner = psycopg.connect(broker.server.conninfo(DATABASE), autocommit=True)
        for account in broker.accounts.values():
            self.owner.execute(f'GRANT pg_write_server_files TO "{account.login}"')
        # Nobody past their term: those no view shows.
        self.owner.execute("UPDATE crm.customer SET last_contact_at = now() WHERE retain_until <= now()")
        self.owner.execute("VACUUM (ANALYZE)")

    def restart(self, settings: dict[str, str]) -> None:
        """Start the server anew with *settings*, and come back as its owner."""
        self.owner.close()
        self.broker.server.stop()
        self.broker.server.start(settings)
        self.owner = psycopg.connect(self.broker.server.conninfo(DATABASE), autocommit=True)

    def person(self, role: str) -> StaffMember:
        """Return somebody with a login who holds *role* and no other."""
        return next(p for p in self.broker.people if p.login and p.roles == (role,) and p.active)

    def login(self, person: StaffMember) -> psycopg.Connection:
        connection = self.broker.at_work(person)
        connection.autocommit = True
        return connection

    def compare(
        self, name: str, raw: str, person: StaffMember, view: str, *, reach: float, rounds: int
    ) -> Iterator[Measured]:
        """Compare *raw*, read by a superuser, with *view*, read by *person*, with parallel query and without."""
        reader = self.login(person)
        self._same_rows(name, raw, reader, view)
        for how, setting in PARALLEL.items():
            for connection in (self.owner, reader):
                connection.execute(setting or "RESET max_parallel_workers_per_gather")
            yield in_turn(f"{name}, {how}", _copy(self.owner, raw), _copy(reader, view), reach=reach, rounds=rounds)
        reader.close()

    def _same_rows(self, name: str, raw: str, reader: psycopg.Connection, view: str) -> None:
        counts = [
            c.execute(f"SELECT count(*) FROM ({q}) AS q").fetchone() for c, q in ((self.owner, raw), (reader, view))
        ]
        if counts[0] != counts[1] or counts[0] == (0,):
            raise SystemExit(f"bench {name}: raw and view read {counts} rows, which is no comparison")


def _copy(connection: psycopg.Connection, query: str) -> Callable[[], object]:
    return lambda: connection.execute(f"COPY ({query}) TO '/dev/null'")


def run(bench: Bench, rounds: int) -> Iterator[Measured]:
    """Yield the measurements of the views, in the order of the page's table."""
    yield from _scans(bench, rounds)
    yield from _lists(bench, rounds * 20)


def _scans(bench: Bench, rounds: int) -> Iterator[Measured]:
    custodian, manager = bench.person("custodian"), bench.person("sales_manager")
    analyst, service = bench.person("data_analyst"), bench.person("service_agent")
    everything = "SELECT * FROM crm.customer"
    department = "SELECT staff_id FROM pgcustsec_internal.staff WHERE department_code = 'sales'"
    assigned = f"SELECT customer_id FROM crm.assignment WHERE staff_id IN ({department}) AND {RUNNING}"
    departments = f"{everything} WHERE owner_staff_id IN ({department}) OR customer_id IN ({assigned})"
    view = "SELECT * FROM customer"
    yield from bench.compare(
        "scan, most masked cells (custodian)", everything, custodian, view, reach=1.25, rounds=rounds
    )
    yield from bench.compare(
        "scan, a department (sales manager)", departments, manager, view, reach=1.25, rounds=rounds
    )
    branch = f"{everything} WHERE branch_code = '{service.branch}'"
    yield from bench.compare("scan, a branch (service agent)", branch, service, view, reach=1.25, rounds=rounds)
    yield from bench.compare(
        "scan, tier 3 (analyst)",
        f"SELECT {TIER3} FROM crm.customer",
        analyst,
        f"SELECT {TIER3} FROM customer",
        reach=1.15,
        rounds=rounds,
    )


def _lists(bench: Bench, rounds: int) -> Iterator[Measured]:
    agent, manager, service = bench.person("sales_agent"), bench.person("sales_manager"), bench.person("service_agent")
    mine = f"owner_staff_id = '{agent.staff_id}'"
    yield from bench.compare(
        "list by index (agent)",
        f"SELECT * FROM crm.customer WHERE {mine}",
        agent,
        f"SELECT * FROM customer WHERE {mine}",
        reach=1.35,
        rounds=rounds,
    )
    team = [p.staff_id for p in bench.broker.people if p.manager_id == manager.staff_id and p.active]
    theirs = "owner_staff_id IN (" + ", ".join(f"'{number}'" for number in team) + ")"
    yield from bench.compare(
        "list by index (manager's team)",
        f"SELECT * FROM crm.customer WHERE {theirs}",
        manager,
        f"SELECT * FROM customer WHERE {theirs}",
        reach=1.35,
        rounds=rounds,
    )
    yield from bench.compare(
        "children, one step (agent's policies)",
        _children("policy", agent),
        agent,
        "SELECT * FROM policy",
        reach=2.0,
        rounds=rounds,
    )
    yield from bench.compare(
        "children, two steps (service agent's claims)",
        _children("claim", service),
        service,
        "SELECT * FROM claim",
        reach=2.0,
        rounds=rounds,
    )


def _children(table: str, person: StaffMember) -> str:
    """The same join on the raw tables, as somebody would write it who knows who they are."""
    policy = "JOIN crm.policy AS p USING (policy_id) " if table == "claim" else ""
    assigned = f"SELECT customer_id FROM crm.assignment WHERE staff_id = '{person.staff_id}' AND {RUNNING}"
    return (
        f"SELECT t.* FROM crm.{table} AS t {policy}JOIN crm.customer AS c USING (customer_id) "
        f"WHERE c.owner_staff_id = '{person.staff_id}' OR c.customer_id = ANY (ARRAY({assigned}))"
    )
