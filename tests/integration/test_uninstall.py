"""`pgcustsec uninstall`: everything goes but the data, and nobody gains a way to it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import psycopg
import pytest

from pgcustsec.db import connect
from pgcustsec.errors import NotAllowed, Refused
from pgcustsec.extension import install, loss, uninstall
from pgcustsec.migrate import apply_matrix, plan_matrix
from tests.cluster import Database, Server
from tests.integration.clients.world import built
from tests.worlds import World, crm_world, odd_world

ROOT = Path(__file__).parents[2]


@pytest.fixture
def world(server: Server) -> Iterator[World]:
    """The broker's database with its matrix applied."""
    with crm_world(server) as made:
        applied(made)
        yield made


def applied(world: World) -> None:
    with world.connect(world.admin) as connection:
        apply_matrix(connection, world.matrix)


def roles_of(world: World) -> list[str]:
    return sorted(name for role in world.matrix.roles for name in (world.group(role), world.viewer(role)))


def left_of(world: World) -> list[str]:
    """Whatever is still there of what install and apply make in a database, one line each."""
    with world.database.connect() as connection:
        return [
            line
            for (line,) in connection.execute(
                """
                SELECT 'schema ' || nspname FROM pg_namespace
                    WHERE nspname ~ '^pgcustsec' OR nspname = ANY (%(schemas)s)
                UNION ALL SELECT 'role ' || rolname FROM pg_roles WHERE rolname = ANY (%(roles)s)
                UNION ALL SELECT 'policy ' || polname FROM pg_policy
                UNION ALL SELECT 'trigger ' || tgname FROM pg_trigger WHERE tgname ~ 'pgcustsec'
                UNION ALL SELECT 'column ' || attname FROM pg_attribute
                    WHERE attname = 'retain_until' AND attnum > 0 AND attrelid::regclass::text LIKE 'crm.%%'
                UNION ALL SELECT 'extension' FROM pg_extension WHERE extname = 'pgcustsec'
                UNION ALL SELECT 'setting' FROM pg_db_role_setting AS s JOIN pg_database AS d ON d.oid = s.setdatabase
                    WHERE d.datname = current_database()
                UNION ALL SELECT 'what depends on pgcustsec_owner ' || classid::regclass || ' ' || objid
                    FROM pg_shdepend AS s JOIN pg_database AS d ON d.oid = s.dbid
                    WHERE d.datname = current_database() AND s.refobjid = 'pgcustsec_owner'::regrole
                """,
                {"schemas": list(world.matrix.roles), "roles": roles_of(world)},
            )
        ]


def test_nothing_is_left_where_rows_had_terms_either(server: Server) -> None:
    with built(server) as world:
        with world.connect(world.admin) as connection:
            uninstall(connection)
        assert not {line for line in left_of(world) if line.startswith(("schema pgcustsec_int", "policy", "trigger"))}
        assert not {line for line in left_of(world) if line.startswith("column")}


@pytest.mark.parametrize("make", [crm_world, odd_world], ids=["crm", "odd"])
def test_nothing_is_left_of_what_install_and_apply_made(
    server: Server, make: Callable[[Server], AbstractContextManager[World]]
) -> None:
    with make(server) as world:
        applied(world)
        assert left_of(world) != []
        with world.connect(world.admin) as connection:
            done = uninstall(connection)
        assert left_of(world) == []
        assert {f"dropped role {role}" for role in roles_of(world)} <= set(done)


def test_the_data_stays_as_it_was(world: World) -> None:
    asked = (
        "SELECT (SELECT count(*) FROM crm.customer), (SELECT string_agg(mobile, ',' ORDER BY mobile) FROM crm.customer)"
    )
    with world.connect() as connection:
        before = connection.execute(asked).fetchone()
        uninstall(connection)
        assert connection.execute(asked).fetchone() == before


def test_only_the_owner_reads_protected_tables_afterwards(world: World) -> None:
    world.execute(
        f"GRANT USAGE ON SCHEMA crm TO {world.login('li')}",
        f"GRANT SELECT ON crm.customer, crm.visit_2026 TO {world.login('li')}",
    )
    with world.connect(world.admin) as connection:
        uninstall(connection)
        connection.execute(f"SET ROLE {world.owner}")
        assert connection.execute("SELECT count(*) FROM crm.customer").fetchone() == (4,)
    world.execute(f"GRANT CONNECT ON DATABASE {world.database.name} TO {world.login('li')}")
    # Even by a grant that was never ours: row security stays on, and no policy lets anybody through.
    assert world.read("li", "SELECT * FROM crm.customer") == []
    assert world.read("li", "SELECT * FROM crm.visit_2026") == []


def test_a_login_of_a_role_cannot_connect_any_more(world: World) -> None:
    assert world.read("li", "SELECT count(*) FROM customer") != []
    with world.connect(world.admin) as connection:
        uninstall(connection)
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        world.read("li", "SELECT 1")


def test_public_has_nothing_on_protected_tables_afterwards(world: World) -> None:
    world.execute("GRANT SELECT ON crm.policy TO PUBLIC", "GRANT SELECT (diagnosis) ON crm.claim TO PUBLIC")
    with world.connect(world.admin) as connection:
        uninstall(connection)
    with world.connect() as connection:
        assert connection.execute(
            "SELECT has_table_privilege('public', 'crm.policy', 'SELECT'),"
            " has_column_privilege('public', 'crm.claim', 'diagnosis', 'SELECT'),"
            " has_database_privilege('public', current_database(), 'CONNECT')"
        ).fetchone() == (False, False, False)


def test_it_says_beforehand_what_would_be_lost_and_changes_nothing(world: World) -> None:
    with world.connect(world.admin) as connection:
        gone = loss(connection)
        assert gone is not None
        assert gone.tables == [
            "crm.assignment",
            "crm.claim",
            "crm.customer",
            "crm.policy",
            "crm.visit",
            "crm.visit_2025",
            "crm.visit_2026",
        ]
        assert set(gone.logins) == {world.login(name) for name in ("zhao", "li", "wang", "chen", "sun", "web")}
        assert gone.people == 6
        assert sorted(made.name for made in gone.of("role")) == roles_of(world)
        assert not plan_matrix(connection, world.matrix)


def test_what_was_agreed_to_must_still_be_all(world: World) -> None:
    with world.connect(world.admin) as connection:
        agreed = loss(connection)
        world.execute("DROP VIEW analyst.visit")
        with pytest.raises(Refused, match="moved since"):
            uninstall(connection, agreed)


def test_a_view_of_somebody_else_on_one_of_ours_stops_it(world: World) -> None:
    world.execute("CREATE VIEW public.mine AS SELECT * FROM analyst.customer")
    with world.connect(world.admin) as connection:
        with pytest.raises(Refused, match="nothing was changed"):
            uninstall(connection)
        assert not plan_matrix(connection, world.matrix)


def test_a_function_of_somebody_else_in_a_schema_of_ours_stops_it(world: World) -> None:
    world.execute("CREATE FUNCTION pgcustsec.mine() RETURNS text LANGUAGE sql RETURN 'mine'")
    with world.connect(world.admin) as connection, pytest.raises(Refused, match="nothing was changed"):
        uninstall(connection)


def test_a_role_that_something_else_depends_on_is_kept_and_named(world: World, database: Database) -> None:
    database.execute(f"CREATE TABLE kept (); GRANT SELECT ON kept TO {world.group('analyst')}")
    with world.connect(world.admin) as connection:
        done = uninstall(connection)
    kept = [sentence for sentence in done if sentence.startswith("kept role")]
    assert len(kept) == 1
    assert kept[0].startswith(f"kept role {world.group('analyst')}: ")
    database.execute("DROP TABLE kept")


def test_another_matrix_of_the_cluster_is_not_touched(server: Server, world: World) -> None:
    with crm_world(server) as other:
        applied(other)
        with world.connect(world.admin) as connection:
            uninstall(connection)
        with other.connect(other.admin) as connection:
            assert not plan_matrix(connection, other.matrix)
        assert other.read("li", "SELECT count(*) FROM customer") != [(0,)]


def test_it_can_be_installed_and_applied_again(world: World) -> None:
    with world.connect(world.admin) as connection:
        uninstall(connection)
        assert uninstall(connection) == ()
        assert loss(connection) is None
        install(connection, "sql")
        apply_matrix(connection, world.matrix)
        assert not plan_matrix(connection, world.matrix)


def test_an_extension_goes_too(database: Database) -> None:
    if database.server.major < 18:
        pytest.skip("before 18 the test's server has no files of the extension")
    with connect(database.conninfo()) as connection:
        install(connection, "extension")
        assert any("extension pgcustsec" in sentence for sentence in uninstall(connection))
        assert connection.execute("SELECT count(*) FROM pg_extension WHERE extname = 'pgcustsec'").fetchone() == (0,)


def test_somebody_without_the_rights_is_told_who_has_them(world: World) -> None:
    login = world.login("li")
    with world.connect(login) as connection, pytest.raises(NotAllowed, match="pgcustsec_owner") as caught:
        uninstall(connection)
    assert caught.value.exit_code == 3
    assert left_of(world) != []


def command(world: World, *arguments: str, answer: str = "") -> subprocess.CompletedProcess[str]:
    """Run `pgcustsec uninstall` as the administrator does."""
    return subprocess.run(
        [sys.executable, "-m", "pgcustsec", "uninstall", "-d", world.database.conninfo(world.admin), *arguments],
        capture_output=True,
        text=True,
        check=False,
        input=answer,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
    )


def test_the_command_asks_and_does_nothing_on_no(world: World) -> None:
    result = command(world, answer="n\n")
    assert result.returncode == 130
    assert world.login("li") in result.stderr
    assert "crm.customer" in result.stderr
    assert left_of(world) != []


def test_the_command_does_it_with_yes(world: World) -> None:
    result = command(world, "--yes")
    assert result.returncode == 0, result.stderr
    assert "crm.customer keeps its rows, under row security" in result.stdout
    assert left_of(world) == []
    assert command(world, "--yes").stdout == "nothing to do: this database has no pgcustsec\n"
