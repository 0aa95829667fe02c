"""A server with pg_cron, where Debian's package (postgresql-15-cron) or another has put it; and minutes to wait for."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests import cluster
from tests.cluster import Candidate, Server

NAME = "cron.schedule_in_database(text, text, text, text, text, boolean)"


def candidate() -> Candidate:
    """The newest server that has pg_cron; without one the test is skipped."""
    having = [one for one in cluster.candidates() if one.bindir and _has_cron(one.bindir)]
    if not having:
        pytest.skip("no server here has pg_cron: install postgresql-15-cron, or that of another version")
    return having[-1]


@contextmanager
def cron_server(**settings: str) -> Iterator[Server]:
    """A server of its own that has loaded pg_cron, whose jobs are kept in database postgres if nothing is said."""
    server = cluster.start(candidate(), shared_preload_libraries="pg_cron", **settings)
    try:
        if "cron.database_name" not in settings:
            with server.connect() as connection:
                connection.execute("CREATE EXTENSION pg_cron")
        yield server
    finally:
        server.stop()


def allow(server: Server, login: str, database: str = "postgres") -> None:
    """What a superuser grants, as the refusal says."""
    with server.connect(database) as connection:
        connection.execute(f"GRANT USAGE ON SCHEMA cron TO {login}".encode())
        connection.execute(f"GRANT EXECUTE ON FUNCTION {NAME} TO {login}".encode())


def next_minute() -> str:
    """The minute that begins next, of UTC, or the one after it where pg_cron might not hear of it in time."""
    return f"{datetime.now(UTC) + timedelta(seconds=70):%H:%M}"


def _has_cron(bindir: Path) -> bool:
    found = subprocess.run([bindir / "pg_config", "--sharedir"], capture_output=True, text=True, check=True).stdout
    return Path(found.strip(), "extension", "pg_cron.control").exists()
