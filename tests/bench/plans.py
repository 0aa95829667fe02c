"""
Plans over 500 tables and 20 roles, and the same 500 row policies through alembic_utils' autogenerate, in one run.

Each command is a process of its own, from a cold start, on the bundled server.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

from pgcustsec.db import connect
from pgcustsec.embedded import temporary
from pgcustsec.extension import install
from pgcustsec.matrix.record import to_json
from tests.bench.measure import Measured, milliseconds
from tests.many import make_many, many_matrix

TABLES, ROLES = 500, 20
#: 500 tables are more locks than a server has room for as it comes.
SETTINGS = {"max_locks_per_transaction": "512"}
#: What a process does, and how many seconds it may take.
WORK = {
    "plan from a cold start": ("plan_matrix(connection, matrix)", 5.0),
    "apply": ("apply_matrix(connection, matrix)", 30.0),
    "plan again, empty": ("assert not plan_matrix(connection, matrix)", 3.0),
}
PROCESS = dedent(
    """
    import json, sys
    from pathlib import Path
    from pgcustsec.db import connect
    from pgcustsec.matrix.record import from_json
    from pgcustsec.migrate import apply_matrix, plan_matrix

    matrix = from_json(json.loads(Path(sys.argv[1]).read_text()))
    with connect(sys.argv[2]) as connection:
        {work}
    """
)
#: alembic_utils compares 500 policies of the same conditions with those that are there; it knows no views of ours.
THEIRS = dedent(
    """
    import json, sys
    from pathlib import Path
    import psycopg
    from alembic.autogenerate import produce_migrations
    from alembic.migration import MigrationContext
    from alembic_utils.pg_policy import PGPolicy
    from alembic_utils.replaceable_entity import register_entities
    from sqlalchemy import MetaData, create_engine

    made = json.loads(Path(sys.argv[1]).read_text())
    register_entities([PGPolicy(schema="crm", signature=n, on_entity=f"crm.{t}", definition=d) for n, t, d in made])
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(sys.argv[2]))
    with engine.connect() as connection:
        only = lambda name, kind, parents: kind == "schema" and name == "crm"
        options = {"include_schemas": True, "include_name": only}
        context = MigrationContext.configure(connection, opts=options)
        print(len(produce_migrations(context, MetaData()).upgrade_ops.ops))
    """
)


def run(rounds: int) -> Iterator[Measured]:
    """Yield seconds of each command against what it may take, and of the plan again against theirs."""
    with temporary(SETTINGS) as server, tempfile.TemporaryDirectory() as folder:
        _prepare(server.conninfo())
        matrix = many_matrix("m_", tables=TABLES, roles=ROLES)
        file = Path(folder) / "matrix.json"
        file.write_text(json.dumps(to_json(matrix)), encoding="utf-8")
        conninfo = server.conninfo("many")
        again: list[float] = []
        for name, (work, most) in WORK.items():
            code = PROCESS.format(work=work)
            took = [_seconds(code, file, conninfo) for _ in range(1 if name == "apply" else rounds)]
            again = took
            yield Measured(f"{name}, {TABLES} tables, seconds", max(took), most, "at most", "s", {"view": took})
        theirs = Path(folder) / "policies.json"
        theirs.write_text(json.dumps(_policies(conninfo)), encoding="utf-8")
        slow = [_seconds(THEIRS, theirs, conninfo) for _ in range(rounds)]
        ratio = round(sorted(again)[len(again) // 2] / sorted(slow)[len(slow) // 2], 3)
        figures = {"raw": slow, "view": again}
        yield Measured("plan again, against alembic_utils' 500 policies", ratio, 1, "at most", "s", figures)


def _seconds(code: str, file: Path, conninfo: str) -> float:
    """How long a process of its own takes for *code*, which says itself what fails."""
    command = [sys.executable, "-c", code, str(file), conninfo]
    took = milliseconds(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL))
    return round(took / 1000, 2)


def _prepare(conninfo: str) -> None:
    with connect(conninfo) as connection:
        for statement in (
            "CREATE ROLE m_dba LOGIN CREATEROLE",
            "CREATE ROLE m_owner NOLOGIN",
            "CREATE DATABASE many OWNER m_dba",
        ):
            connection.execute(statement.encode())
    with connect(conninfo, dbname="many") as connection:
        connection.execute("CREATE SCHEMA crm AUTHORIZATION m_owner")
        make_many(connection, TABLES, "m_owner")
        install(connection, "sql")
        connection.execute("GRANT pgcustsec_owner, m_owner TO m_dba WITH INHERIT FALSE, SET TRUE")


def _policies(conninfo: str) -> list[tuple[str, str, str]]:
    """Of each table the one policy that its role reads by: name, table, definition as alembic_utils takes it."""
    query = """
        SELECT DISTINCT ON (tablename) policyname, tablename,
            format('AS PERMISSIVE FOR %s TO %I USING (%s)', cmd, roles[1], qual)
        FROM pg_policies WHERE schemaname = 'crm' AND cmd = 'SELECT' AND roles[1] LIKE 'm\\_role%' ORDER BY tablename
    """
    with connect(conninfo) as connection:
        return [(name, table, text) for name, table, text in connection.execute(query.encode()).fetchall()]
