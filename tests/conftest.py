"""
Fixtures that every test can use.

    def test_a_login_sees_its_own_row(installed, prefix):
        installed.execute(f"CREATE ROLE {prefix}li LOGIN")
        with installed.connect(user=f"{prefix}li") as connection:
            ...

`server`     a running PostgreSQL; a test that uses it, directly or not, runs once on each server found
`prefix`     a role prefix nobody else has; its roles are dropped when the test ends
`database`   a fresh, empty database of this test alone
`installed`  a fresh database of this test alone with pgcustsec delivered as plain SQL
`make_database`  makes more of them; `spare_server` starts another, empty cluster of the same version

`@pytest.mark.one_server` limits a test to the newest server.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

import pytest
from hypothesis import HealthCheck, settings

from tests import cluster
from tests.cluster import Candidate, Database, Server

candidates = cache(cluster.candidates)

# The same examples each time, and none by the clock. Others: --hypothesis-profile=default.
settings.register_profile(
    "same", derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("same")


def pytest_report_header() -> list[str]:
    return [f"server: PostgreSQL {_dotted(found.version)}, {found}" for found in candidates()]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "server" in metafunc.fixturenames:
        found = candidates()
        if metafunc.definition.get_closest_marker("one_server"):
            found = found[-1:]
        metafunc.parametrize("server", found, ids=lambda one: one.name, indirect=True, scope="session")


def _dotted(version: int) -> str:
    return f"{version // 10000}.{version % 10000}"


@pytest.fixture(scope="session")
def _running() -> Iterator[dict[Candidate, Server]]:
    """Hold the servers of this test process: one a version, started when first asked for."""
    running: dict[Candidate, Server] = {}
    yield running
    for server in running.values():
        server.stop()


@pytest.fixture(scope="session")
def server(request: pytest.FixtureRequest, _running: dict[Candidate, Server]) -> Server:
    """
    A running server, the same for the whole session of one test process: see `tests.cluster.Server`.

    `server.connect(dbname="postgres", user=None, password=None)` opens a connection, as the superuser by default.
    Without a password it is the socket, where every role gets in; with one it is TCP, where the password counts.
    """
    candidate: Candidate = request.param
    if candidate not in _running:
        _running[candidate] = cluster.start(candidate)
    return _running[candidate]


@pytest.fixture
def prefix(server: Server) -> Iterator[str]:
    """
    A role prefix of this test alone, such as `t8f3a2c_`.

    Roles belong to the whole cluster, so give every role of the test a name that begins with it: groups through the
    matrix's `role_prefix`, owners and administrators by hand. All of them are dropped at the end, after the test's
    databases.
    """
    value = cluster.unique("t") + "_"
    yield value
    server.drop_roles(value)


@pytest.fixture
def make_database(server: Server, prefix: str) -> Iterator[Callable[..., Database]]:
    """
    Return a function that makes databases of this test: `make_database()` an empty one, and
    `make_database(installed=True)` one with pgcustsec. All are dropped at the end, with whoever is still connected.
    """
    made: list[str] = []

    def make(*, installed: bool = False) -> Database:
        template = _installed_template(server) if installed else "template1"
        made.append(cluster.unique("test_"))
        return server.create_database(made[-1], template)

    yield make
    for name in made:
        server.drop_database(name)


@pytest.fixture
def database(make_database: Callable[..., Database]) -> Database:
    """
    A fresh, empty database: `.connect(user=None, password=None)`, `.conninfo(user=None)`, `.execute(*sql)`, `.name`.
    """
    return make_database()


@pytest.fixture
def installed(make_database: Callable[..., Database]) -> Database:
    """
    A fresh database in which `pgcustsec.extension.install(connection, delivery="sql")` has run, the database's own
    privileges included. It is cloned from a template made once per server and test process.
    """
    return make_database(installed=True)


@pytest.fixture
def spare_server(server: Server, request: pytest.FixtureRequest) -> Iterator[Server]:
    """An empty cluster of the same version, for restores and for what would disturb others. Costs about a second."""
    if server.bindir is None:
        pytest.skip("the server of one's own cannot be started twice")
    spare = cluster.start(Candidate(server.name, server.version, bindir=server.bindir))
    yield spare
    spare.stop()


def _installed_template(server: Server) -> str:
    """Return the name of the template database with pgcustsec, made at the first call for *server*."""
    from pgcustsec.db import connect
    from pgcustsec.extension import install

    known = server.template("installed")
    if known:
        return known
    name = cluster.unique("template_")
    server.create_database(name)
    try:
        with connect(server.conninfo(name)) as connection:
            install(connection, delivery="sql")
    except BaseException:
        server.drop_database(name)
        raise
    server.register_template("installed", name)
    return name
