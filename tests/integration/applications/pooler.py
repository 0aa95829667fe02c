"""PgBouncer in transaction mode before an office, on its own socket; where there is none, tests say so and skip."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from pgcustsec import embedded
from tests.cluster import _unprivileged
from tests.integration.applications.world import Office

PORT = 6432

# As the page for applications says, but with few connections, which are handed on as often as can be.
CONFIGURATION = """
[databases]
crm = host={host} port={port} dbname={dbname}
[pgbouncer]
pool_mode = transaction
default_pool_size = {servers}
max_client_conn = 500
server_round_robin = 1
auth_type = trust
auth_file = {folder}/users
unix_socket_dir = {folder}
listen_addr =
listen_port = {listen}
logfile = {folder}/log
"""


@dataclass(frozen=True)
class Pooled:
    """An office behind a pooler: `conninfo` leads to it as the application `web`."""

    office: Office
    conninfo: str
    url: str

    def connect(self, **parameters: Any) -> psycopg.Connection[Any]:
        return psycopg.connect(self.conninfo, autocommit=True, prepare_threshold=None, **parameters)

    async def connect_async(self) -> psycopg.AsyncConnection[Any]:
        return await psycopg.AsyncConnection.connect(self.conninfo, autocommit=True, prepare_threshold=None)


def program() -> str | None:
    """Where PgBouncer is, None where it is not installed."""
    return shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


@contextmanager
def pgbouncer(office: Office, *, servers: int) -> Iterator[Pooled]:
    """Start one with *servers* connections to the database, until the block ends. Without PgBouncer skip the test."""
    binary = program()
    if binary is None:
        pytest.skip("pgbouncer is not installed (Debian: apt-get install pgbouncer): nothing is tested behind it")
    folder = tempfile.mkdtemp(prefix="pooler")
    try:
        process = _start(binary, office, Path(folder), servers)
        try:
            login = office.login("web")
            conninfo = make_conninfo("", host=folder, port=PORT, dbname="crm", user=login)
            _wait(conninfo, process, Path(folder))
            yield Pooled(office, conninfo, f"postgresql+psycopg://{login}@/crm?host={folder}&port={PORT}")
        finally:
            process.terminate()
            process.wait(10)
    finally:
        shutil.rmtree(folder)


def _start(binary: str, office: Office, folder: Path, servers: int) -> subprocess.Popen[bytes]:
    server = conninfo_to_dict(office.database.conninfo())
    place = {name: server[name] for name in ("host", "port", "dbname")}
    configuration = folder / "pgbouncer.ini"
    configuration.write_text(CONFIGURATION.format(**place, servers=servers, folder=folder, listen=PORT))
    (folder / "users").write_text(f'"{office.login("web")}" ""\n')
    if user := embedded.server_user():
        for path in (folder, *folder.iterdir()):
            os.chown(path, user.pw_uid, user.pw_gid)
    quiet = subprocess.DEVNULL
    return subprocess.Popen([*_unprivileged(), binary, "-q", str(configuration)], cwd="/", stdout=quiet, stderr=quiet)


def _wait(conninfo: str, process: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + 10
    while True:
        try:
            psycopg.connect(conninfo).close()
            return
        except psycopg.OperationalError as error:
            if process.poll() is not None or time.monotonic() > until:
                log = folder / "log"
                raise RuntimeError(f"no pgbouncer: {log.read_text() if log.exists() else error}") from error
            time.sleep(0.02)
