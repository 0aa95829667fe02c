"""A database of 500 tables: plan, apply, drift, a revision, and the way back (5.2.5). `make bench` says how long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pgcustsec.db import Connection, connect
from pgcustsec.extension import install
from pgcustsec.matrix.model import Branch
from pgcustsec.migrate import apply_matrix, find_drift, plan_matrix
from pgcustsec.revisions import run
from pgcustsec.revisions.project import make_project
from pgcustsec.revisions.write import write_revision
from tests import cluster
from tests.cluster import Candidate, Server
from tests.many import make_many, many_matrix, name_of

pytestmark = pytest.mark.one_server


@pytest.fixture
def many(server: Server) -> Iterator[Connection]:
    """An administrator's connection to a database of 500 tables, on a server with room for that many locks."""
    if server.bindir is None:
        pytest.skip("the server of one's own cannot be started twice")
    candidate = Candidate(server.name, server.version, bindir=server.bindir)
    spare = cluster.start(candidate, max_locks_per_transaction="512")
    with connect(spare.conninfo()) as connection:
        for statement in (
            "CREATE ROLE m_dba LOGIN CREATEROLE",
            "CREATE ROLE m_owner NOLOGIN",
            "GRANT m_owner TO m_dba WITH INHERIT FALSE, SET TRUE",
            "CREATE DATABASE many OWNER m_dba",
        ):
            connection.execute(statement.encode())
    with connect(spare.conninfo("many")) as connection:
        connection.execute("CREATE SCHEMA crm AUTHORIZATION m_owner")
        make_many(connection, 500, "m_owner")
    with connect(spare.conninfo("many", "m_dba")) as connection:
        install(connection, "sql")
        yield connection
    spare.stop()


def test_five_hundred_tables_are_planned_applied_watched_revised_and_taken_back(
    many: Connection, tmp_path: Path
) -> None:
    matrix = many_matrix("m_", tables=500, roles=20)
    make_project(tmp_path / "project")
    folder = tmp_path / "project" / "migrations"
    assert write_revision(folder, matrix, "all of it", many) is not None
    apply_matrix(many, matrix)
    assert plan_matrix(many, matrix).statements == ()
    run.stamp(folder, many)

    with many.transaction():
        many.execute("SET LOCAL ROLE m_owner")
        many.execute(f"GRANT SELECT ON crm.{name_of(321)} TO PUBLIC".encode())
    [drift] = find_drift(many, matrix).drifts
    assert name_of(321) in drift.object and drift.opens

    later = replace(matrix, branches={**matrix.branches, "SH": Branch("SH", "上海")})
    written = write_revision(folder, later, "a branch", many)
    assert written is not None and len(written.forwards.statements) == 1
    run.upgrade(folder, many, "head")
    assert plan_matrix(many, later).statements == (), "the drift is mended at the end of the run"
    run.downgrade(folder, many, "base")
    assert many.execute("SELECT count(*) FROM pg_catalog.pg_views WHERE viewowner LIKE 'm_role%'").fetchone() == (0,)
