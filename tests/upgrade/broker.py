"""
The demo's broker in the small, sealed and worked in, on a server of the tests: what backups and replicas are made of.

    broker = sealed_broker(server)
    Shell(folder, broker.matrix_text, server).run(server, block("backup"))
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from pgcustsec.db import connect
from pgcustsec.demo.broker import ADMINISTRATOR, DATABASE, OWNER, Broker
from pgcustsec.migrate import plan_matrix
from tests.cluster import Server
from tests.docs.markdown import DOCS, ROOT, blocks
from tests.work import begin_work

CUSTOMERS = 300
TABLES = ("customer", "policy", "claim", "attachment", "assignment")
AGENT = "wutong_li_na"
#: One login a role that reads customers, and one that supervises.
LOGINS = (AGENT, "wutong_wang_jianguo", "wutong_zhang_min", "wutong_chen_siyuan", "wutong_ouyang_wen")


class SealedBroker(Broker):
    """The broker on a server of the tests, where every role comes in over the socket without its password."""

    server: Server  # type: ignore[assignment]

    def __init__(self, server: Server) -> None:
        super().__init__(server, CUSTOMERS, seed=1)  # type: ignore[arg-type]
        text = self.matrix_text.replace(
            "note, last_contact_at], delete: false}", "note, last_contact_at], delete: true}"
        )
        assert text != self.matrix_text
        self.matrix_text, self.matrix = text, self.read_matrix(text)

    def make_database(self) -> None:
        """As the superuser, on 15 too, where INHERIT is no option of a membership."""
        modern = self.server.major >= 16
        with connect(self.server.conninfo()) as connection:
            for statement in (
                f"CREATE ROLE {ADMINISTRATOR} LOGIN CREATEROLE {'' if modern else 'NOINHERIT'}",
                f"CREATE ROLE {OWNER} NOLOGIN",
                f"GRANT {OWNER} TO {ADMINISTRATOR} {'WITH INHERIT FALSE, SET TRUE' if modern else ''}",
                f"CREATE DATABASE {DATABASE} OWNER {ADMINISTRATOR}",
            ):
                connection.execute(statement.encode())


def sealed_broker(server: Server) -> SealedBroker:
    """The broker with its matrix applied, people admitted, everything sealed, and a day's work done through views."""
    broker = SealedBroker(server)
    broker.make_database()
    broker.load_customers()
    broker.install()
    broker.apply(broker.matrix)
    broker.admit_people()
    broker.seal()
    work(broker)
    return broker


def work(broker: SealedBroker) -> None:
    """A day's work through views: all are in a session, a customer comes, one changes, one goes."""
    for login in LOGINS:
        with broker.server.connect(DATABASE, login) as connection:
            begin_work(connection)
    with connect(broker.server.conninfo(DATABASE, AGENT)) as agent:
        begin_work(agent)
        agent.execute(
            "INSERT INTO sales_agent.customer (status, owner_staff_id, branch_code, name, mobile)"
            " VALUES ('prospect', 'S1001', 'BJ', '韩梅梅', '13812345678'), ('lost', 'S1001', 'BJ', '李雷', NULL)"
        )
        agent.execute("UPDATE sales_agent.customer SET note = 'called' WHERE owner_staff_id = 'S1001'")
    remove(broker)


def remove(broker: SealedBroker) -> int:
    """Remove one customer through a view who has nothing hanging on them, and return their number."""
    with connect(broker.server.conninfo(DATABASE, AGENT)) as agent:
        begin_work(agent)
        [(number,)] = agent.execute(
            "DELETE FROM sales_agent.customer WHERE customer_id ="
            " (SELECT max(customer_id) FROM sales_agent.customer WHERE owner_staff_id = 'S1001') RETURNING customer_id"
        ).fetchall()
    return int(number)


def stored(server: Server) -> dict[str, list[str]]:
    """Every row of base tables, vault, keys, people and history, as text, by table; who is at work moves on."""
    with connect(server.conninfo(DATABASE)) as connection:
        names = connection.execute(
            "SELECT c.oid::regclass::text FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace"
            " WHERE c.relkind = 'r' AND c.relname NOT LIKE 'applied%'"
            " AND c.relname NOT LIKE 'session%' AND c.relname NOT IN ('audit', 'budget', 'token_key')"
            " AND n.nspname IN ('crm', 'pgcustsec_vault', 'pgcustsec_keys', 'pgcustsec_internal')"
        ).fetchall()
        return {
            name: [row[0] for row in connection.execute(f"SELECT t::text FROM {name} AS t ORDER BY 1".encode())]
            for (name,) in names
        }


def seen(server: Server) -> dict[tuple[str, str], Any]:
    """What each login is shown by each view that its search_path finds, row for row."""
    answers: dict[tuple[str, str], Any] = {}
    for login in LOGINS:
        with server.connect(DATABASE, login) as connection:
            begin_work(connection)
            for table in TABLES:
                cursor = connection.execute("SELECT to_regclass(%s)::text", [table])
                if cursor.fetchone() != (None,):
                    query = f"SELECT t::text FROM {table} AS t ORDER BY 1"
                    answers[login, table] = connection.execute(query.encode()).fetchall()
    return answers


def true_values(server: Server) -> set[str]:
    """Every value of tier 1 and every name, as the vault has them."""
    with connect(server.conninfo(DATABASE)) as connection:
        columns = "name, mobile, email, id_card, bank_account, address"
        rows = connection.execute(f'SELECT {columns} FROM pgcustsec_vault."crm.customer"'.encode()).fetchall()
        rows += connection.execute('SELECT payer_account FROM pgcustsec_vault."crm.policy"').fetchall()
    return {value for row in rows for value in row if value}


def is_as_the_matrix_says(server: Server, broker: SealedBroker) -> bool:
    """Whether the administrator's plan would be empty."""
    with connect(server.conninfo(DATABASE, ADMINISTRATOR)) as connection:
        return not plan_matrix(connection, broker.matrix)


class Shell:
    """A shell of a DBA in a folder, with the programs of *programs*: commands go to the server named with them."""

    def __init__(self, folder: Path, matrix: str, programs: Server) -> None:
        self.folder = folder
        self.programs = programs
        (folder / "matrix.yaml").write_text(matrix, encoding="utf-8")
        (folder / "bin").mkdir()
        (folder / "bin" / "pgcustsec").write_text(f'#!/bin/sh\nexec {sys.executable} -m pgcustsec "$@"\n')
        (folder / "bin" / "pgcustsec").chmod(0o755)

    def run(self, server: Server, text: str, *, user: str = "postgres", check: bool = True) -> str:
        """Run *text* on *server* and return what it printed; with *check* it must not fail."""
        there = conninfo_to_dict(server.conninfo())
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", text],
            cwd=self.folder,
            env={
                **{name: value for name, value in os.environ.items() if not name.startswith("PG")},
                "PATH": f"{self.folder / 'bin'}:{self.programs.bindir}:{os.environ['PATH']}",
                "PYTHONPATH": str(ROOT / "src"),
                "PYTHONUTF8": "1",
                "PGHOST": str(there["host"]),
                "PGPORT": str(there["port"]),
                "PGUSER": user,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0 or not check, done.stdout
        return done.stdout


def block(name: str) -> str:
    """The block of the page that is marked `run: name`."""
    [text] = [one.text for one in blocks(DOCS / "backup.md") if one.mark == f"run: {name}"]
    return text
