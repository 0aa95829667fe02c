"""Pools of tables that break careless code: partitions, keys of several columns, odd names, dates (4.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from pgcustsec.catalog.site import read_site
from pgcustsec.compile.pool import claims
from pgcustsec.compile.reading import Reading
from pgcustsec.matrix.model import Access, Column, Pool, ServedByColumn, Table
from pgcustsec.migrate import apply_matrix
from pgcustsec.people import leave_staff
from pgcustsec.vault import seal
from tests.cluster import Server
from tests.integration.pool.conftest import claim, release
from tests.work import begin_work
from tests.worlds import World, crm_world

LEADS = r"""
CREATE TABLE crm.leads ("Nr" integer NOT NULL, seen date NOT NULL, "who ' \" varchar(8), "taken %s" timestamp,
    called date, hot boolean, PRIMARY KEY ("Nr", seen)) PARTITION BY RANGE (seen);
CREATE TABLE crm.leads_old PARTITION OF crm.leads FOR VALUES FROM ('2020-01-01') TO ('2026-01-01');
CREATE TABLE crm.leads_new PARTITION OF crm.leads FOR VALUES FROM ('2026-01-01') TO ('2030-01-01');
INSERT INTO crm.leads ("Nr", seen, hot) VALUES
    (1, '2025-05-05', true), (2, '2026-05-05', true), (3, '2026-05-05', false);
"""
HOLDER = "who ' \\"


@pytest.fixture(scope="module")
def world(server: Server) -> Iterator[World]:
    """The small broker with a table of leads in two partitions; those that are hot are in its pool."""
    with crm_world(server) as made:
        made.execute(f"SET ROLE {made.owner}", LEADS)
        pool = Pool('"who \' \\" IS NULL AND hot', HOLDER, "taken %s", "called", 10, 2, 0)
        columns = {name: Column(name, 3) for name in ("Nr", "seen", HOLDER, "taken %s", "called", "hot")}
        leads = Table(
            "crm", "leads", ("Nr", "seen"), columns, served_by=(ServedByColumn(HOLDER),), managers="direct", pool=pool
        )
        agent = made.matrix.roles["sales_agent"]
        access = {**agent.tables, "crm.leads": Access("crm.leads", ("serving", "pool"), "serving")}
        matrix = replace(
            made.matrix,
            tables={**made.matrix.tables, "crm.leads": leads},
            roles={**made.matrix.roles, "sales_agent": replace(agent, tables=access)},
        )
        with made.connect(made.admin) as connection:
            apply_matrix(connection, matrix)
            assert apply_matrix(connection, matrix).statements == (), "a plan right after is empty"
            seal(connection, matrix)
        yield replace(made, matrix=matrix)


def held(world: World) -> list[tuple[object, ...]]:
    with world.connect() as connection:
        return connection.execute(
            'SELECT "Nr", "who \' \\", called, "taken %s" IS NOT NULL FROM crm.leads ORDER BY 1'
        ).fetchall()


def test_prospects_in_partitions_are_claimed_recycled_and_handed_over(world: World) -> None:
    one, two, cold = '[1, "2025-05-05"]', '[2, "2026-05-05"]', '[3, "2026-05-05"]'
    with world.connect(world.login("li")) as li:
        begin_work(li)
        li.execute("SET DateStyle = 'German'; SET TimeZone = 'Pacific/Kiritimati'")
        assert claim(li, one, "leads") is None
        assert claim(li, two, "crm.leads") is None
        assert claim(li, cold, "leads") == "CS503"
        assert release(li, one, "leads") is None
        assert claim(li, cold, "leads") == "CS502"
        assert {claim(li, key, "leads") for key in ("1", "[1]", "{}", '[1, "x"]', "null")} == {"CS502"}
        assert claim(li, one, "leads") is None
    world.execute(
        'UPDATE crm.leads SET "taken %s" = now() - interval \'11 days\' WHERE "Nr" = 1',
    )
    with world.connect(world.admin) as admin:
        admin.execute("SET ROLE pgcustsec_owner")
        assert admin.execute("SELECT pgcustsec.recycle('crm.leads')").fetchall() == [(1,)]
    assert held(world) == [(1, None, None, False), (2, "S1", None, True), (3, None, None, False)]
    with world.connect(world.admin) as admin:
        outcome = leave_staff(admin, "S1", reassign_to="S2")
        admin.execute(f"ALTER ROLE {world.login('li')} LOGIN".encode())
    assert "to S2: 2 of crm.customer" in outcome.done, "1 by column, 2 by assignment"
    assert "to S2: 1 of crm.leads" in outcome.done
    assert held(world)[1] == (2, "S2", None, True)


def test_a_table_with_inheritance_children_has_a_scope_and_no_claims(world: World) -> None:
    world.execute(f"SET ROLE {world.owner}", "CREATE TABLE crm.customer_vip () INHERITS (crm.customer)")
    with world.connect() as connection:
        site = read_site(connection, world.matrix)
    agent = world.matrix.roles["sales_agent"]
    readings = {
        name: Reading(world.matrix, site, agent, world.matrix.tables[name], access)
        for name, access in agent.tables.items()
    }
    assert [name for name, reading in readings.items() if claims(reading)] == ["crm.leads"]
