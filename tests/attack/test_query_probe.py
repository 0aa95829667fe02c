"""
A statement that is to be looked at by `query check --online` breaks out and is run, with an administrator's rights.

The attacker writes SQL that somebody else checks; what is one statement to the grammar is to be two to the server.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pgcustsec.db import Connection
from pgcustsec.query.online import OnlineChecker
from tests.cluster import Server
from tests.integration.clients.world import Broker, built

ROLE = "sales_agent"
#: Where backslashes quote, the string ends earlier, and what stands in it is a statement.
BREAKING = "SELECT 'a\\'' ; CREATE TABLE pgcustsec_views.broken_out (x integer) --'"
OUT = "SELECT pg_catalog.to_regclass('pgcustsec_views.broken_out') IS NOT NULL"


@pytest.fixture(scope="module")
def broker(server: Server) -> Iterator[Broker]:
    with built(server) as made:
        yield made


@pytest.fixture
def careless(broker: Broker) -> Iterator[Connection]:
    """An administrator whose session, by a setting of the database's, lets backslashes quote."""
    with broker.connect(broker.admin) as connection:
        connection.execute("SET standard_conforming_strings = off")
        yield connection


def test_strings_end_where_the_grammar_lets_them_end(broker: Broker, careless: Connection) -> None:
    checker = OnlineChecker(careless, broker.matrix)
    [report] = checker.check(BREAKING, ROLE)
    assert report.faults == []
    assert broker.rows(OUT) == [(False,)]


def test_control_where_backslashes_quote_it_breaks_out_of_what_is_put_around_it(
    broker: Broker, careless: Connection
) -> None:
    with careless.transaction(force_rollback=True):
        careless.execute(f'SET LOCAL ROLE "{broker.viewer(ROLE)}"'.encode())
        careless.execute(f"PREPARE naive AS {BREAKING}".encode())
        assert careless.execute(OUT).fetchall() == [(True,)]


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT 1; END; DROP VIEW customer; BEGIN",
        "SELECT 1\n; END; CREATE TABLE pgcustsec_views.broken_out (x integer); --",
        "SELECT $$a$$ -- ; END",
        "SELECT 1 /* ; END; DROP SCHEMA crm CASCADE */",
        "SELECT pgcustsec.start_session('selling')",
        "INSERT INTO customer (status, branch_code) VALUES ('prospect', 'BJ')",
        "DELETE FROM pgcustsec_internal.staff",
        "COMMIT",
        "SELECT set_config('role', 'postgres', false)",
    ],
)
def test_nothing_of_what_is_looked_at_is_run(broker: Broker, statement: str) -> None:
    everything = (
        "SELECT (SELECT count(*) FROM crm.customer), (SELECT count(*) FROM pgcustsec_internal.staff),"
        " (SELECT count(*) FROM pgcustsec_internal.session), (SELECT count(*) FROM pg_class),"
        " (SELECT count(*) FROM pg_proc)"
    )
    before = broker.rows(everything)
    for user in (broker.admin, broker.login("li")):
        with broker.connect(user) as connection:
            OnlineChecker(connection, broker.matrix).check(statement, ROLE)
            assert connection.execute("SELECT current_user").fetchall() == [(user,)]
    assert broker.rows(everything) == before
