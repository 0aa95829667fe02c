"""`migrations/` is the demo broker's own history: it leads a new database to the demo's matrix, and back (5.2.5)."""

from __future__ import annotations

import pytest

from pgcustsec.db import connect
from pgcustsec.demo.broker import ADMINISTRATOR, DATABASE
from pgcustsec.migrate import plan_matrix
from pgcustsec.revisions import run
from pgcustsec.revisions.project import template
from tests.cluster import Server
from tests.docs.markdown import ROOT
from tests.upgrade.broker import SealedBroker

HISTORY = ROOT / "migrations"


@pytest.mark.parametrize("name", ["env.py", "script.py.mako"])
def test_it_is_kept_as_a_users_would_be(name: str) -> None:
    assert (HISTORY / name).read_text(encoding="utf-8") == template(f"migrations/{name}")


def test_it_leads_a_new_database_to_the_demos_matrix_and_back(spare_server: Server) -> None:
    broker = SealedBroker(spare_server)
    broker.make_database()
    broker.load_customers()
    broker.install()
    with connect(spare_server.conninfo(DATABASE, ADMINISTRATOR)) as connection:
        matrix = broker.read_matrix((ROOT / "src/pgcustsec/demo/matrix.yaml").read_text(encoding="utf-8"))
        run.upgrade(HISTORY, connection, "head")
        assert not plan_matrix(connection, matrix)
        run.downgrade(HISTORY, connection, "base")
        views = "SELECT count(*) FROM pg_catalog.pg_views WHERE viewowner LIKE 'wutong%%'"
        assert connection.execute(views.encode()).fetchone() == (0,)
        run.upgrade(HISTORY, connection, "head")
        assert not plan_matrix(connection, matrix)
