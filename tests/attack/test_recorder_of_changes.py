"""
Becoming a superuser through what records changes by hand, which runs with a superuser's rights (hardening 11, 13).

Beside it `naive`: a recorder that looks up in a table of pgcustsec_owner's what is protected. An administrator acts as
that role, and puts a view of their own in the table's place.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pgcustsec.extension import install
from pgcustsec.migrate import apply_matrix
from tests.cluster import Server
from tests.worlds import World, crm_world

NAIVE = """
CREATE SCHEMA naive;
CREATE FUNCTION naive.record_ddl() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM FROM pgcustsec_internal.applied_object AS o WHERE o.object = 'x';
EXCEPTION WHEN OTHERS THEN
    NULL;
END $$
"""
NAIVE_TRIGGER = "CREATE EVENT TRIGGER naive ON ddl_command_end EXECUTE FUNCTION naive.record_ddl()"

#: As pgcustsec_owner: the table that the recorder might read becomes a view that calls a function.
TRAP = (
    "SET ROLE pgcustsec_owner",
    "ALTER TABLE pgcustsec_internal.applied_object RENAME TO kept",
    "CREATE FUNCTION pgcustsec_internal.trap() RETURNS text LANGUAGE plpgsql AS"
    " $$ BEGIN IF pg_catalog.pg_has_role(current_user, 'pgcustsec_owner', 'USAGE') AND (SELECT r.rolsuper FROM"
    " pg_catalog.pg_roles AS r WHERE r.rolname = current_user) THEN EXECUTE 'ALTER ROLE {dba} SUPERUSER'; END IF;"
    " RETURN 'x'; END $$",
    "CREATE VIEW pgcustsec_internal.applied_object AS SELECT pgcustsec_internal.trap() AS object",
    # Operators, casts and names of one's own, which a path that is not pinned would find first.
    "CREATE OPERATOR pgcustsec_internal.= (LEFTARG = name, RIGHTARG = name, FUNCTION = pg_catalog.nameeq)",
    "RESET ROLE",
    "SET search_path = pgcustsec_internal, pg_catalog",
    "SET ROLE pgcustsec_owner",
    "COMMENT ON VIEW pgcustsec_internal.applied_object IS 'sprung'",
)


@pytest.fixture
def world(server: Server) -> Iterator[World]:
    with crm_world(server) as made:
        with made.connect(made.admin) as connection:
            apply_matrix(connection, made.matrix)
        yield made


def becomes_superuser(world: World) -> bool:
    with world.database.connect(user=world.admin) as connection:
        for statement in TRAP:
            connection.execute(statement.replace("{dba}", world.admin).encode())
    with world.database.connect() as connection:
        row = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = %s", [world.admin]).fetchone()
    return row == (True,)


def test_the_control_a_recorder_that_reads_what_others_own(world: World) -> None:
    world.execute(NAIVE, NAIVE_TRIGGER)
    assert becomes_superuser(world)


def test_ours_reads_nothing_but_the_systems_catalogs(world: World) -> None:
    with world.connect() as connection:
        install(connection, event_trigger=True)
    assert not becomes_superuser(world)
    with world.database.connect() as connection:
        [(last,)] = connection.execute(
            "SELECT command FROM pgcustsec_watch.ddl ORDER BY ddl_id DESC LIMIT 1"
        ).fetchall()
    assert last == "COMMENT", "and it is written down"
