"""After a move to another major version of the server a plan is empty, and still finds what was altered (5.2.5)."""

from __future__ import annotations

import pytest

from pgcustsec.migrate import apply_matrix, find_drift, plan_matrix
from tests.cluster import Server
from tests.worlds import World, crm_world, odd_world

WORLDS = {"broker": crm_world, "unusual tables": odd_world}
#: As if another major version had written it down, which prints every body in another way.
MOVED = "UPDATE pgcustsec_internal.applied_object SET server_major = server_major - 1, present_digest = 'another print'"
NOT_CHECKS = " WHERE object NOT LIKE '[\"check\"%'"


@pytest.mark.parametrize("make", WORLDS.values(), ids=WORLDS)
def test_what_another_major_version_recorded_is_as_it_was(server: Server, make: type[World]) -> None:
    with make(server) as world, world.connect(world.admin) as connection:
        apply_matrix(connection, world.matrix)
        world.execute(MOVED + NOT_CHECKS)
        assert plan_matrix(connection, world.matrix).statements == ()
        assert find_drift(connection, world.matrix).drifts == ()
        assert apply_matrix(connection, world.matrix).statements == ()
        with world.connect() as superuser:
            [(left,)] = superuser.execute(
                "SELECT count(*) FROM pgcustsec_internal.applied_object WHERE server_major <> %s", [server.major]
            ).fetchall()
        assert left == 0, "written down by this version now"
        assert plan_matrix(connection, world.matrix).statements == ()


ALTERED = {
    "a view": (
        'CREATE OR REPLACE VIEW sales_agent.customer AS SELECT * FROM pgcustsec_views."sales_agent.customer"',
        "view",
    ),
    "a policy": ('ALTER POLICY "{prefix}analyst_viewer" ON crm.customer USING (true)', "policy"),
}


@pytest.mark.parametrize("altered", ALTERED)
def test_what_was_altered_before_the_move_is_still_found(server: Server, altered: str) -> None:
    with crm_world(server) as world, world.connect(world.admin) as connection:
        apply_matrix(connection, world.matrix)
        statement, kind = ALTERED[altered]
        name = _policy(world) if kind == "policy" else ""
        world.execute(statement.replace('"{prefix}analyst_viewer"', name), MOVED + NOT_CHECKS)
        found = {statement.object.split()[0] for statement in plan_matrix(connection, world.matrix).statements}
        assert kind in found and found <= {kind, "grant"}
        apply_matrix(connection, world.matrix)
        assert plan_matrix(connection, world.matrix).statements == ()


def _policy(world: World) -> str:
    query = (
        "SELECT quote_ident(polname) FROM pg_policy WHERE polrelid = 'crm.customer'::regclass AND polroles = %s::oid[]"
    )
    with world.connect() as connection:
        [(oid,)] = connection.execute("SELECT %s::regrole::oid", [world.viewer("analyst")]).fetchall()
        [(name,)] = connection.execute(query, [[oid]]).fetchall()
    return str(name)


def test_looking_changes_nothing_and_waits_for_no_lock_for_ever(server: Server) -> None:
    """The trial takes an apply's locks; where they are not to be had, everything counts as altered, as it may be."""
    with crm_world(server) as world, world.connect(world.admin) as connection:
        apply_matrix(connection, world.matrix)
        world.execute(MOVED + NOT_CHECKS)
        with world.connect() as reader, reader.transaction():
            reader.execute("SELECT 1 FROM crm.customer")
            assert plan_matrix(connection, world.matrix, lock_timeout="100ms").statements
        assert plan_matrix(connection, world.matrix).statements == ()
