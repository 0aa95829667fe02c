"""
The demo broker's database on a bundled server: its CRM as a vendor left it, then pgcustsec, the matrix and the people.

A superuser makes three things, the database, its administrator ``dba`` and the tables' owner; ``dba`` does the rest.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import TupleRow

from pgcustsec.db import Connection, connect
from pgcustsec.demo import schema
from pgcustsec.demo.customers import Counts, fill
from pgcustsec.demo.people import StaffMember, load_people, make_people
from pgcustsec.embedded import BundledServer, temporary
from pgcustsec.errors import NotAllowed, Refused
from pgcustsec.extension import Installed, install
from pgcustsec.matrix.load import loads
from pgcustsec.matrix.model import Matrix
from pgcustsec.migrate import apply_matrix, plan_matrix
from pgcustsec.people import create_login
from pgcustsec.people.passwords import verifier
from pgcustsec.plan import Plan
from pgcustsec.retention import restamp
from pgcustsec.vault import SealedTable, seal

DATABASE = "crm"
ADMINISTRATOR = "dba"
OWNER = "crm_owner"
VAULT_OWNER = "pgcustsec_owner"
MATRIX_FILE = "demo/matrix.yaml"
#: What the broker's staff sign, in short; title and organisation go in.
AGREEMENT = "{}\n\n本人承诺:对{}的客户信息严格保密,仅用于经批准的用途,不复制、不传播、不转交,离职后继续有效。\n"

#: For a server whose data nobody will miss.
HASTY = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "max_wal_size": "4GB"}


@dataclass(frozen=True, slots=True)
class Account:
    """One login and its password, which exists here and as a verifier in the server."""

    login: str
    password: str


@contextmanager
def demo_server(home: Path | None) -> Iterator[BundledServer]:
    """
    Run a server for the demo: without *home* for as long as the `with` lasts, else one that goes on running.

    A server in *home* is stopped and removed when the block fails, so that no half of a demo is left.
    Raises `Refused` when *home* has something in it, and what `BundledServer.start` raises.
    """
    if home is None:
        with temporary(HASTY) as server:
            yield server
        return
    _refuse_what_is_there(home)
    server = BundledServer(home)
    try:
        server.start()
        yield server
    except BaseException:
        server.stop()
        shutil.rmtree(server.socket, ignore_errors=True)  # it can lie outside
        shutil.rmtree(home, ignore_errors=True)
        raise


def _refuse_what_is_there(home: Path) -> None:
    try:
        taken = home.exists() and (not home.is_dir() or any(home.iterdir()))
    except PermissionError as error:
        raise NotAllowed(f"{home} is closed to us", hint="name a new folder with --directory") from error
    if not taken:
        return
    if BundledServer(home).status().version:
        raise Refused(
            f"{home} has a server in it, perhaps of a demo that was kept",
            hint=f"pgcustsec server stop -D {home}, and remove the folder; or name another with --directory",
        )
    raise Refused(f"{home} has other files in it", hint="name an empty or a new folder with --directory")


class Broker:
    """The broker's database as the tour uses it; `matrix_text` is the matrix as applied last."""

    def __init__(self, server: BundledServer, customers: int, seed: int) -> None:
        self.server = server
        self.customers = customers
        self.seed = seed
        self.matrix_text = files("pgcustsec.demo").joinpath("matrix.yaml").read_text(encoding="utf-8")
        self.matrix = self.read_matrix(self.matrix_text)
        self.people = make_people(customers, seed, prefix=self.matrix.role_prefix)
        self.administrator = Account(ADMINISTRATOR, new_password())
        self.accounts: dict[str, Account] = {}

    @staticmethod
    def read_matrix(text: str) -> Matrix:
        """Return the matrix that *text* says. Raises `MatrixError`."""
        return loads(text, MATRIX_FILE)

    def make_database(self) -> None:
        """As the superuser: the database, its owner and administrator, and the role that owns the tables."""
        with connect(self.server.conninfo()) as connection:
            verified = verifier(connection, ADMINISTRATOR, self.administrator.password)
            dba, owner = sql.Identifier(ADMINISTRATOR), sql.Identifier(OWNER)
            for statement in (
                sql.SQL("CREATE ROLE {} LOGIN CREATEROLE PASSWORD {}").format(dba, sql.Literal(verified)),
                sql.SQL("CREATE ROLE {} NOLOGIN").format(owner),
                sql.SQL("GRANT {} TO {} WITH INHERIT FALSE, SET TRUE").format(owner, dba),
                # So that install can let a suspension end connections.
                sql.SQL("GRANT pg_signal_backend TO {} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE").format(dba),
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), dba),
            ):
                connection.execute(statement)

    @contextmanager
    def as_administrator(self, role: str | None = None) -> Iterator[Connection]:
        """Connect as ``dba``, acting as *role* where one is named: it is a member of owners, but inherits nothing."""
        conninfo = self.server.conninfo(DATABASE, ADMINISTRATOR)
        with connect(conninfo, password=self.administrator.password) as connection:
            if role:
                connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(role)))
            yield connection

    def load_customers(self, progress: Callable[[int], None] | None = None) -> Counts:
        """Make the CRM's tables and fill them; *progress* hears of customers as they come in."""
        with self.as_administrator() as connection:
            schema.make_tables(connection, OWNER)
        with self.as_administrator(OWNER) as connection:
            counts = fill(connection, self.customers, self.seed, progress)
        with self.as_administrator() as connection:
            schema.make_indexes(connection, OWNER)
        return counts

    def install(self) -> Installed:
        """Deliver pgcustsec as plain SQL, which needs no superuser and no file of the server's."""
        with self.as_administrator() as connection:
            return install(connection, "sql")

    def plan(self, matrix: Matrix) -> Plan:
        """Return what would bring the database in line with *matrix*."""
        with self.as_administrator() as connection:
            return plan_matrix(connection, matrix)

    def apply(self, matrix: Matrix, plan: Plan | None = None) -> Plan:
        """Bring the database in line with *matrix* and return what did it; *plan*: by exactly that."""
        with self.as_administrator() as connection:
            done = apply_matrix(connection, matrix, plan=plan)
            restamp(connection)
            return done

    def admit_people(self) -> None:
        """Register the staff, and make the logins of those who have one, each with a password of its own (2.2, 2.3)."""
        with self.as_administrator("pgcustsec_owner") as connection:
            load_people(connection, self.people)
        with self.as_administrator() as connection:
            for person in self.people:
                if person.login:
                    account = Account(person.login, new_password())
                    create_login(connection, account.login, staff=person.staff_id, password=account.password)
                    self.accounts[person.staff_id] = account
        self.publish_agreements()

    def publish_agreements(self) -> None:
        """A supervisor publishes the texts that staff sign before they see anything above tier 3 (3.4)."""
        supervisor = next(p for p in self.people if p.login and self.matrix.roles[p.roles[0]].supervises)
        with self.connect_as(supervisor) as connection:
            for agreement in self.matrix.agreements.values():
                text = AGREEMENT.format(agreement.title, self.matrix.organisation)
                connection.execute("SELECT pgcustsec.publish_agreement(%s, %s)", [agreement.code, text])

    def connect_as(self, person: StaffMember) -> psycopg.Connection[TupleRow]:
        """Log in as *person*, with their password, as their own client would: nothing is set on the connection."""
        account = self.accounts[person.staff_id]
        return psycopg.connect(self.server.conninfo(DATABASE, account.login), password=account.password)

    def at_prompt(self, person: StaffMember) -> Connection:
        """Log in as *person*, with their password, as the command line does for them."""
        account = self.accounts[person.staff_id]
        return connect(self.server.conninfo(DATABASE, account.login), password=account.password)

    def at_work(self, person: StaffMember) -> psycopg.Connection[TupleRow]:
        """
        `connect_as`, in a session for a purpose of *person*'s role: from its commit on tier 1 and 2 can show.

        They sign what agreements they have not signed yet.
        """
        connection = self.connect_as(person)
        sign_agreements(connection)
        connection.execute("SELECT pgcustsec.start_session(%s)", [self.purpose(person)])
        connection.commit()
        return connection

    def now(self) -> datetime:
        """What the server's clock says, to which its records are held."""
        with self.as_administrator() as connection:
            [(moment,)] = connection.execute("SELECT pg_catalog.clock_timestamp()").fetchall()
        found: datetime = moment
        return found

    def purpose(self, person: StaffMember) -> str:
        """The first purpose of the matrix that *person*'s first role works for."""
        return next(purpose.code for purpose in self.matrix.purposes.values() if person.roles[0] in purpose.roles)

    def seal(self, progress: Callable[[str, int, int], None] | None = None) -> list[SealedTable]:
        """Move the true values of every table to the vault; *progress* hears of table, rows moved and rows to move."""
        with self.as_administrator() as connection:
            done = seal(connection, self.matrix, progress=progress)
            restamp(connection, progress=progress)
            return done

    def stored(self, keys: list[int]) -> dict[int, dict[str, Any]]:
        """Return the customers *keys* as the table holds them, which only the tables' owner reads, by column."""
        with self.as_administrator(OWNER) as connection:
            return _by_key(connection, "SELECT * FROM crm.customer WHERE customer_id = ANY (%s)", keys)

    def true_values(self, keys: list[int]) -> dict[int, dict[str, Any]]:
        """Return the customers *keys* with the values that the vault holds of them in their place."""
        known = self.stored(keys)
        with self.as_administrator(VAULT_OWNER) as connection:
            kept = _by_key(
                connection, 'SELECT * FROM pgcustsec_vault."crm.customer" WHERE customer_id = ANY (%s)', keys
            )
        return {
            key: {column: kept.get(key, {}).get(column) or value for column, value in row.items()}
            for key, row in known.items()
        }


def _by_key(connection: Connection, query: str, keys: list[int]) -> dict[int, dict[str, Any]]:
    cursor = connection.execute(query.encode(), [keys])
    names = [column.name for column in cursor.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in cursor]
    return {row["customer_id"]: row for row in rows}


def new_password() -> str:
    """Return a password that nobody has used: 96 random bits."""
    return secrets.token_urlsafe(12)


def sign_agreements(connection: psycopg.Connection[TupleRow]) -> None:
    """Sign, for the person whose own login *connection* is of, every agreement that they have not signed (3.4)."""
    for name, digest in connection.execute("SELECT agreement, digest FROM pgcustsec.my_agreements() WHERE missing"):
        connection.execute("SELECT pgcustsec.sign_agreement(%s, %s)", [name, digest])
    connection.commit()
