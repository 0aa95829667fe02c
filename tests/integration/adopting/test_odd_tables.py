"""Names with blanks, quotes and semicolons, partitions, inheritance: a login owns them, and is taken in."""

from __future__ import annotations

from pgcustsec.adopting import add_only, adopt, let_go, next_step, read_reach, run_step
from pgcustsec.migrate import apply_matrix, plan_matrix
from tests.cluster import Server
from tests.worlds import World, odd_world, quoted


def step(world: World, find: str, *arguments: str) -> None:
    with world.connect() as connection:
        reach = read_reach(connection, world.matrix)
        statements = {
            "add": lambda: add_only(reach, world.matrix, world.owner),
            "take": lambda: adopt(reach, world.matrix, world.owner),
            "end": lambda: let_go(reach, *arguments),
        }[find]()
        run_step(connection, statements, lock_timeout="2s")


def test_a_login_that_owns_them_goes_on_with_every_part(server: Server) -> None:
    with odd_world(server) as world:
        portal = world.prefix + 'po"rtal;'
        world.execute(f"CREATE ROLE {quoted(portal)} LOGIN")
        with world.connect() as connection:
            names = [table.relation for table in read_reach(connection, world.matrix).tables]
        for schema in {schema for schema, _ in names}:
            world.execute(f"ALTER SCHEMA {quoted(schema)} OWNER TO {quoted(portal)}")
        for relation in names:
            world.execute(f"ALTER TABLE {quoted(*relation)} OWNER TO {quoted(portal)}")
        world.execute(f"GRANT CONNECT ON DATABASE {world.database.name} TO {quoted(portal)}")

        def counts() -> list[int]:
            with world.database.connect(portal) as connection:
                found = [connection.execute(f"SELECT count(*) FROM {quoted(*r)}".encode()).fetchone() for r in names]
            return [row[0] for row in found if row]

        before = counts()
        assert sum(before) > 10
        step(world, "add")
        step(world, "take")
        with world.connect(world.admin) as connection:
            apply_matrix(connection, world.matrix)
            assert counts() == before
            assert not plan_matrix(connection, world.matrix)
        step(world, "end", portal)
        with world.connect(world.admin) as connection:
            assert next_step(read_reach(connection, world.matrix)) == "done"
            apply_matrix(connection, world.matrix)
            assert not plan_matrix(connection, world.matrix)
