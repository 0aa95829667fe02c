"""pg_cron that keeps its jobs in the broker's own database, or is not made anywhere (4.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.cluster import Server
from tests.integration.clients.world import Broker, built
from tests.integration.schedule.cron import allow, cron_server
from tests.integration.schedule.world import findings, pgcustsec

HERE = "crm_here"
INSTALL = ("schedule", "install", "--yes")
SETTINGS = {"cron.database_name": HERE, "cron.use_background_workers": "on"}


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    with cron_server(**SETTINGS) as server:
        yield server


@pytest.fixture(scope="module")
def broker(running: Server) -> Iterator[Broker]:
    with built(running) as world:
        here = replace(world, database=running.create_database(HERE, world.database.name))
        yield here
        running.drop_database(HERE)


def test_jobs_are_made_where_pg_cron_is_and_where_it_is_not_is_said(broker: Broker) -> None:
    said = pgcustsec(broker, *INSTALL, login="postgres", code=3).stderr
    assert f"not made in database {HERE}" in said and "CREATE EXTENSION pg_cron" in said
    # The administrator may not read which database that is, and looks in the usual one.
    assert "not made in database postgres, where this login" in pgcustsec(broker, *INSTALL, code=3).stderr

    broker.execute("CREATE EXTENSION pg_cron")
    refused = pgcustsec(broker, *INSTALL, code=3).stderr
    assert f"a superuser in database {HERE}: GRANT USAGE" in refused
    assert broker.rows("SELECT count(*) FROM pgcustsec_internal.job_schedule") == [(0,)]

    allow(broker.database.server, broker.admin, HERE)
    pgcustsec(broker, *INSTALL)
    assert broker.rows("SELECT database, username FROM cron.job") == [(HERE, broker.admin)] * 2
    assert findings(broker) == []
    pgcustsec(broker, "schedule", "remove", "--yes")
    assert broker.rows("SELECT count(*) FROM cron.job") == [(0,)]
