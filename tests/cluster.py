"""
PostgreSQL for the tests: which servers there are, starting one, databases and roles on it.

A `Server` is a running cluster with a superuser `postgres`. Over its socket every role comes in without a password
(so that "a role is its own connection" costs nothing); over 127.0.0.1 every role needs its password, by
scram-sha-256, so that logins and verifiers can be tested for real. It lives in a temporary folder and ends with
the test process, even if that is killed.

testing.postgresql starts and stops the processes. It is old, so this much is ours: the unprivileged user when we
are root, pg_hba, and waiting through psycopg (its own way is pg8000 over a TCP port open to all).
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from testing.postgresql import Postgresql

from pgcustsec import embedded
from pgcustsec.db import MINIMUM_VERSION, Connection

SUPERUSER = "postgres"
DSN_VARIABLE = "PGCUSTSEC_TEST_DSN"
SYSTEM_FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin")

#: Speed over safety: the data is thrown away. The time zone is the broker's, so that code which trusts the
#: server's local date instead of UTC fails for eight hours a day rather than at the first customer.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "checkpoint_timeout": "1h",
    "max_wal_size": "2GB",
    "shared_buffers": "64MB",
    "autovacuum": "off",
    "jit": "off",
    "timezone": "Asia/Shanghai",
    "max_prepared_transactions": "0",
    "logging_collector": "off",
}

PG_HBA = """\
local all all              trust
host  all all 127.0.0.1/32 scram-sha-256
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A server that the tests can run on: a name for test ids, its binaries, or the conninfo of one that runs."""

    name: str
    version: int
    bindir: Path | None = None
    conninfo: str | None = None

    def __str__(self) -> str:
        return f"{self.name} ({self.bindir or DSN_VARIABLE})"


def candidates() -> list[Candidate]:
    """Return every server found, oldest first: system servers from 15 on, the bundled one, the one of the variable."""
    found = [
        Candidate(f"pg{version // 10000}", version, bindir=bindir)
        for pattern in SYSTEM_FOLDERS
        for bindir in sorted(Path("/").glob(pattern.lstrip("/")))
        if (version := binary_version(bindir)) >= MINIMUM_VERSION
    ]
    bundled = embedded.binaries()
    found.append(Candidate("bundled", binary_version(bundled), bindir=bundled))
    found.sort(key=lambda candidate: candidate.version)
    if conninfo := os.environ.get(DSN_VARIABLE):
        with psycopg.connect(conninfo) as connection:
            found.insert(0, Candidate("own", connection.info.server_version, conninfo=conninfo))
    return found


def binary_version(bindir: Path) -> int:
    """Return the version of the server in *bindir* as PostgreSQL counts it (15.18 is 150018), 0 if there is none."""
    postgres = bindir / "postgres"
    if not os.access(postgres, os.X_OK):
        return 0
    answer = subprocess.run([postgres, "--version"], capture_output=True, text=True, check=True).stdout
    match = re.search(r"(\d+)\.(\d+)", answer)
    return int(match[1]) * 10000 + int(match[2]) if match else 0


class _Process(Postgresql):  # type: ignore[misc]
    """testing.postgresql's server, as an unprivileged user where we are root."""

    def initialize(self) -> None:
        super().initialize()
        self._give(self.base_dir)

    def initialize_database(self) -> None:
        for name in self.subdirectories:
            self._give(os.path.join(self.base_dir, name))
        command = [
            *_unprivileged(),
            self.initdb,
            "-D",
            self.get_data_directory(),
            *self.settings["initdb_args"].split(),
        ]
        result = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
        if result.returncode:
            raise RuntimeError(f"initdb failed: {result.stderr}")
        Path(self.get_data_directory(), "pg_hba.conf").write_text(PG_HBA)

    def get_server_commandline(self) -> list[str]:
        command: list[str] = super().get_server_commandline()
        return [*_unprivileged(), *command]

    def is_server_available(self) -> bool:
        try:
            psycopg.connect(self.conninfo()).close()
        except psycopg.OperationalError:
            return False
        return True

    def poststart(self) -> None:
        """Nothing: testing.postgresql would make a database `test` here."""

    def conninfo(self) -> str:
        socket = os.path.join(self.base_dir, "tmp")
        return f"host={socket} port={self.settings['port']} dbname=postgres user={SUPERUSER}"

    @staticmethod
    def _give(path: str) -> None:
        if user := embedded.server_user():
            os.chown(path, user.pw_uid, user.pw_gid)


def _unprivileged() -> list[str]:
    """Return what to put before a command: it drops root, and dies with us where the system can do that."""
    if shutil.which("setpriv") is None:
        if os.geteuid() == 0:
            raise RuntimeError("as root the tests need setpriv (util-linux) to start PostgreSQL as another user")
        return []
    command = ["setpriv", "--pdeathsig", "INT"]
    if user := embedded.server_user():
        command += [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    return [*command, "--"]


@dataclass
class Server:
    """
    A running server. `name` is for people, `version` as in `server_version_num`, `folder` a place that the server
    process reads and the tests write, `bindir` the programs of the same version (None for one's own server).
    """

    name: str
    version: int
    superuser: str
    folder: Path
    bindir: Path | None
    _process: _Process | None = None
    _templates: dict[str, str] = field(default_factory=dict)

    @property
    def major(self) -> int:
        return self.version // 10000

    def conninfo(self, dbname: str = "postgres", user: str | None = None, password: str | None = None) -> str:
        """
        Return the conninfo of *dbname* as *user* (the superuser if None).

        Without *password* it is the socket, where anybody gets in; with one it is TCP, where the password decides.
        """
        given = psycopg.conninfo.conninfo_to_dict(self.superuser) | {"dbname": dbname}
        if user is not None:
            given["user"] = user
        if password is not None:
            given |= {"password": password}
            if self._process:
                given["host"] = "127.0.0.1"
        return psycopg.conninfo.make_conninfo("", **given)

    def connect(
        self, dbname: str = "postgres", user: str | None = None, password: str | None = None, **parameters: Any
    ) -> Connection:
        """Open an autocommit connection, see `conninfo`. It may be left open: dropping the database closes it."""
        parameters.setdefault("autocommit", True)
        return psycopg.connect(self.conninfo(dbname, user, password), **parameters)

    def create_database(self, name: str, template: str = "template1") -> Database:
        """
        Clone *template* as *name*: owner, contents and the database's own privileges, which PostgreSQL leaves out.
        """
        with self.connect() as connection:
            row = connection.execute(
                "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s", [template]
            ).fetchone()
            assert row, f"no database {template}"
            # Without fsync, copying the files is two to four times as fast as writing every page to the WAL.
            statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {} STRATEGY file_copy")
            connection.execute(statement.format(*map(sql.Identifier, (name, template, row[0]))))
            _copy_privileges(connection, template, name)
        return Database(self, name)

    def drop_database(self, name: str) -> None:
        """Drop *name* with whoever is connected to it; nothing happens if it is gone."""
        with self.connect() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def drop_roles(self, prefix: str) -> None:
        """
        Drop every role of the cluster whose name begins with *prefix*; databases they own must be gone.

        Raises psycopg's error when something in a database that stays still hangs on one of them.
        """
        with self.connect() as connection:
            rows = connection.execute("SELECT rolname FROM pg_roles WHERE starts_with(rolname, %s)", [prefix])
            roles = sql.SQL(", ").join(sql.Identifier(row[0]) for row in rows)
            if roles.as_string(connection):
                connection.execute(sql.SQL("DROP OWNED BY {} CASCADE").format(roles))
                connection.execute(sql.SQL("DROP ROLE {}").format(roles))

    def stop(self) -> None:
        """Stop the process and remove its folder; a server that is not ours goes on, without our templates."""
        if self._process is not None:
            self._process.stop()
            return
        for name in self._templates.values():
            self.drop_database(name)
        shutil.rmtree(self.folder)

    def template(self, name: str) -> str | None:
        """Return the database registered as template *name*, or None."""
        return self._templates.get(name)

    def register_template(self, name: str, database: str) -> None:
        """Remember *database* under *name* until the server stops."""
        self._templates[name] = database


@dataclass(frozen=True)
class Database:
    """A database of one test: `name`, its `server`, and a way in for every role."""

    server: Server
    name: str

    def connect(self, user: str | None = None, password: str | None = None, **parameters: Any) -> Connection:
        """Open an autocommit connection to it as *user* (superuser if None), see `Server.connect`."""
        return self.server.connect(self.name, user, password, **parameters)

    def conninfo(self, user: str | None = None, password: str | None = None) -> str:
        """Return its conninfo as *user*, see `Server.conninfo`; a command line's `-d` takes it."""
        return self.server.conninfo(self.name, user, password)

    def execute(self, *statements: str) -> None:
        """Run *statements* as the superuser, each in its own transaction."""
        with self.connect() as connection:
            for statement in statements:
                connection.execute(statement)


def _copy_privileges(connection: Connection, source: str, target: str) -> None:
    rows: Iterable[tuple[str, str, bool]] = connection.execute(
        """
        SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END,
               a.privilege_type, a.is_grantable
        FROM pg_database AS d, aclexplode(d.datacl) AS a
        WHERE d.datname = %s AND d.datacl IS NOT NULL AND a.grantee <> d.datdba
        """,
        [source],
    ).fetchall()
    own = connection.execute("SELECT datacl IS NULL FROM pg_database WHERE datname = %s", [source]).fetchone()
    if own == (True,):
        return
    name = sql.Identifier(target)
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    for grantee, privilege, grantable in rows:
        option = sql.SQL(" WITH GRANT OPTION" if grantable else "")
        statement = sql.SQL("GRANT {} ON DATABASE {} TO {}{}")
        connection.execute(statement.format(sql.SQL(privilege), name, sql.SQL(grantee), option))


def start(candidate: Candidate, **settings: str) -> Server:
    """
    Start a fresh cluster of *candidate*, or take the running one it names. Stop it with `Server.stop`.

    *settings* are the server's own, beside or instead of those of `SETTINGS`.
    """
    if candidate.conninfo is not None:
        folder = Path(tempfile.mkdtemp(prefix="pgcustsec-test-"))
        return Server(candidate.name, candidate.version, candidate.conninfo, folder, None)
    assert candidate.bindir is not None
    process = _launch(candidate.bindir, settings)
    return Server(
        candidate.name,
        candidate.version,
        process.conninfo(),
        Path(process.base_dir),
        candidate.bindir,
        process,
    )


def _launch(bindir: Path, own: Mapping[str, str], attempts: int = 3) -> _Process:
    """Start a server; again if another process took the port between finding it free and listening on it."""
    settings = " ".join(f"-c {name}={value}" for name, value in {**SETTINGS, **own}.items())
    for attempt in range(1, attempts + 1):
        try:
            process = _Process(
                initdb=str(bindir / "initdb"),
                postgres=str(bindir / "postgres"),
                initdb_args=f"-U {SUPERUSER} -A trust -E UTF8 --no-locale --no-sync",
                postgres_args=f"-h 127.0.0.1 {settings}",
                boot_timeout=60,
            )
        except RuntimeError:
            if attempt == attempts:
                raise
        else:
            return process
    raise AssertionError("unreachable")


def unique(stem: str) -> str:
    """Return *stem* with six random hexadecimal digits: names of databases and role prefixes that nobody else has."""
    return f"{stem}{secrets.token_hex(3)}"
