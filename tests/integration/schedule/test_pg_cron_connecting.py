"""pg_cron without background workers connects as anybody does: that it may not is found, and where it may it works."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cluster import Server
from tests.integration.clients.world import Broker, built
from tests.integration.retention.world import more, there
from tests.integration.schedule.cron import allow, cron_server, next_minute
from tests.integration.schedule.world import awaited, findings, pgcustsec, runs

INSTALL = ("schedule", "install", "--yes")


@pytest.fixture
def passfile(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The passfile of the server's own user, of which the server hears when it starts; pytest's folders are root's."""
    with tempfile.TemporaryDirectory(prefix="pgcustsec-passfile-") as folder:
        Path(folder).chmod(0o755)
        file = Path(folder, "pgpass")
        file.touch(mode=0o600)
        monkeypatch.setenv("PGPASSFILE", str(file))
        yield file


@pytest.fixture
def broker(passfile: Path) -> Iterator[Broker]:
    with cron_server(**{"cron.host": "127.0.0.1"}) as server, built(server) as world:
        allow(server, world.admin)
        yield world


def _give(file: Path, server: Server) -> None:
    """To the server's own user, whose processes read it."""
    data = (server.folder / "data").stat()
    os.chown(file, data.st_uid, data.st_gid)


def test_a_job_that_may_not_connect_is_found_and_with_a_passfile_it_runs(broker: Broker, passfile: Path) -> None:
    more(broker, 1001, 1003)
    broker.execute(f"ALTER ROLE {broker.admin} PASSWORD 'three blue parrots'")
    warned = pgcustsec(broker, *INSTALL, "--at", next_minute()).stderr
    assert "pg_cron connects to" in warned and "~postgres/.pgpass" in warned
    found = awaited(lambda: len(findings(broker)) == 2 and findings(broker), 150)
    assert {one.what for one in found} == {f"pg_cron could not connect as {broker.admin}"}
    assert {one.where for one in found} == {"job retention", "job pool"}
    assert all("cron.use_background_workers = on" in one.next_step for one in found)
    assert runs(broker) == [] and 1001 in there(broker)

    passfile.write_text(f"*:*:*:{broker.admin}:three blue parrots\n")
    _give(passfile, broker.database.server)
    pgcustsec(broker, *INSTALL, "--at", next_minute())
    awaited(lambda: len([one for one in runs(broker) if one[2]]) == 2, 150)
    assert 1001 not in there(broker)
    assert awaited(lambda: findings(broker) == [])
