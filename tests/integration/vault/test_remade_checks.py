"""A CHECK that apply makes anew is not validated: until it is, views mask as they read, and the next seal validates."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pgcustsec.migrate import apply_matrix, plan_matrix
from pgcustsec.vault import seal, status
from tests.cluster import Server
from tests.worlds import World, crm_world

NAME = "pgcustsec_sealed_name"


@pytest.fixture
def crm(server: Server) -> Iterator[World]:
    with crm_world(server) as world:
        with world.connect(world.admin) as connection:
            apply_matrix(connection, world.matrix)
            seal(connection, world.matrix)
        yield world


def test_a_sealed_column_whose_check_was_altered_is_repaired_and_sealed_again(crm: World) -> None:
    crm.execute(
        f"ALTER TABLE crm.customer DROP CONSTRAINT {NAME}",
        f"ALTER TABLE crm.customer ADD CONSTRAINT {NAME} CHECK (length(name) > 0)",
        "UPDATE crm.customer SET name = '王小明' WHERE customer_id = 1",
    )
    with crm.connect(crm.admin) as connection:
        apply_matrix(connection, crm.matrix)
        assert not plan_matrix(connection, crm.matrix)
        assert not status(connection, crm.matrix).is_sealed
        seen = crm.read("li", "SELECT name FROM sales_agent.customer WHERE customer_id = 1")
        assert seen == [("王**",)]
        seal(connection, crm.matrix)
        assert status(connection, crm.matrix).is_sealed
        assert not plan_matrix(connection, crm.matrix)
    assert crm.read("li", "SELECT name FROM sales_agent.customer WHERE customer_id = 1") == seen


def test_a_check_that_another_version_of_postgresql_recorded_stays_validated(crm: World) -> None:
    crm.execute("UPDATE pgcustsec_internal.applied_object SET server_major = server_major - 1")
    with crm.connect(crm.admin) as connection:
        assert not plan_matrix(connection, crm.matrix)
        apply_matrix(connection, crm.matrix)
        assert not plan_matrix(connection, crm.matrix)
        assert status(connection, crm.matrix).is_sealed
