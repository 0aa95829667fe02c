"""Roles belong to the cluster: two databases with a matrix each must not touch each other's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pgcustsec.errors import Refused
from pgcustsec.migrate import apply_matrix, plan_matrix
from tests.cluster import Server
from tests.integration.test_apply import without_role
from tests.snapshot import difference, snapshot
from tests.worlds import World, crm_world, repair, undone


def look(world: World) -> list[str]:
    with world.connect() as connection:
        return snapshot(connection, world.prefix)


@pytest.mark.parametrize("user", ["administrator", "superuser"])
def test_two_matrices_in_one_cluster_do_not_touch_each_other(crm: World, server: Server, user: str) -> None:
    before = look(crm)
    with crm_world(server) as other, other.connect(other.admin if user == "administrator" else None) as connection:
        apply_matrix(connection, other.matrix)
        apply_matrix(connection, without_role("sales_agent")(other.matrix))
        apply_matrix(connection, replace(other.matrix, organisation="another"))
        assert difference(before, look(crm)) == []
        with crm.connect(crm.admin) as ours:
            assert plan_matrix(ours, crm.matrix).statements == ()
        theirs = look(other)
        with crm.connect(crm.admin) as ours:
            crm.execute(f"GRANT {crm.group('analyst')} TO {crm.login('li')}" + _by(crm))
            assert len(apply_matrix(ours, crm.matrix).statements) == 1
        assert difference(theirs, look(other)) == []
    assert difference(before, look(crm)) == []


def _by(world: World) -> str:
    return f" GRANTED BY {world.admin}" if world.modern else ""


def test_a_prefix_that_begins_like_another_is_another(crm: World, server: Server) -> None:
    before = look(crm)
    with crm_world(server, f"{crm.prefix}x_") as other, other.connect(other.admin) as connection:
        apply_matrix(connection, other.matrix)
        with crm.connect(crm.admin) as ours:
            assert plan_matrix(ours, crm.matrix).statements == ()
    assert difference(before, look(crm)) == []


@pytest.mark.parametrize("user", ["administrator", "superuser"])
def test_a_prefix_in_use_in_another_database_is_refused_and_nothing_changes(
    crm: World, server: Server, user: str
) -> None:
    """Its members there would be strangers here, and be put out of their groups."""
    before = look(crm)
    with crm_world(server) as other:
        matrix = replace(crm.matrix, administrators=replace(crm.matrix.administrators, owners=(other.owner,)))
        for step in (
            f"GRANT {other.owner} TO {crm.admin}" + (" WITH INHERIT FALSE" if crm.modern else ""),
            f"ALTER DATABASE {other.database.name} OWNER TO {crm.admin}",
        ):
            other.execute(step)
        same = World(other.database, crm.prefix, matrix)
        with same.connect(crm.admin if user == "administrator" else None) as connection:
            for work in (plan_matrix, apply_matrix):
                with pytest.raises(Refused) as said:
                    work(connection, matrix)
                assert said.value.exit_code == 4
                assert crm.group("sales_agent") in said.value.message
                assert crm.database.name in said.value.message
                assert "role_prefix" in (said.value.hint or "")
        other.execute(f"REVOKE {other.owner} FROM {crm.admin}")
    assert difference(before, look(crm)) == []


def test_roles_left_over_from_a_database_that_is_gone_are_taken(server: Server) -> None:
    with crm_world(server) as gone:
        with gone.connect(gone.admin) as connection:
            apply_matrix(connection, gone.matrix)
        server.drop_database(gone.database.name)
        with crm_world(server) as fresh:
            matrix = replace(gone.matrix, administrators=fresh.matrix.administrators)
            with undone(fresh) as connection:
                plan = repair(connection, fresh, None, matrix)
    made = {s.what for s in plan.statements if s.what.startswith(("create role", "change role"))}
    assert made == set()
