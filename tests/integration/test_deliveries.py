"""An extension and plain SQL: two ways to the same catalog, whoever takes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from pgcustsec.db import connect
from pgcustsec.errors import UsageError
from pgcustsec.extension import Delivery, install, script
from tests import cluster
from tests.cluster import Database, Server
from tests.delivered import Catalog, catalog
from tests.stocked import stocked_server

ADMIN = "crm_admin"


@pytest.fixture(scope="module")
def stocked(server: Server) -> Iterator[Server]:
    """A cluster that has the extension's files."""
    if server.bindir is None:
        pytest.skip("the server of one's own cannot be started twice")
    with stocked_server(server) as started:
        yield started


@pytest.fixture(scope="module")
def stocked_for_admin(stocked: Server) -> Iterator[Server]:
    """Another one, in which an administrator who is no superuser comes first and so makes pgcustsec_owner."""
    with stocked_server(stocked) as started:
        with started.connect() as connection:
            connection.execute(f"CREATE ROLE {ADMIN} LOGIN CREATEROLE NOINHERIT")
        yield started


def delivered(server: Server, delivery: Delivery, user: str | None = None) -> Catalog:
    """Deliver to a fresh database that *user* owns, as *user*, and return what is there afterwards."""
    database = server.create_database(cluster.unique("delivered_"))
    owner = user or "postgres"
    database.execute(f"ALTER DATABASE {database.name} OWNER TO {owner}")
    with connect(database.conninfo(user)) as connection:
        assert install(connection, delivery).delivery == delivery
    with database.connect() as connection:
        found = catalog(connection)
        found["extension", "owner"] = connection.execute(
            "SELECT pg_get_userbyid(extowner) FROM pg_extension WHERE extname = 'pgcustsec'"
        ).fetchone()
    server.drop_database(database.name)
    return found


def test_both_deliveries_give_the_same_catalog(stocked: Server) -> None:
    as_extension, as_sql = delivered(stocked, "extension"), delivered(stocked, "sql")
    assert as_extension.pop(("extension", "owner")) == ("pgcustsec_owner",)
    assert as_sql.pop(("extension", "owner")) is None
    assert as_extension == as_sql


def test_the_comparison_looks_at_every_kind_of_thing(stocked: Server) -> None:
    kinds = {kind for kind, _ in delivered(stocked, "sql")}
    assert kinds >= {"schema", "relation", "sequence", "column", "constraint", "function", "type"}


@pytest.mark.parametrize("delivery", ["extension", "sql"])
def test_a_database_owner_who_is_no_superuser_gives_the_same_catalog(
    stocked: Server, stocked_for_admin: Server, delivery: Delivery
) -> None:
    by_superuser, by_admin = delivered(stocked, delivery), delivered(stocked_for_admin, delivery, ADMIN)
    for found in (by_superuser, by_admin):
        found.pop(("database", "privileges"))  # the one thing that is the database's owner's
    assert by_admin == by_superuser


def test_everything_belongs_to_the_owner_who_cannot_log_in(installed: Database) -> None:
    with installed.connect() as connection:
        owners = connection.execute(
            """
            SELECT DISTINCT pg_get_userbyid(owner)
            FROM (
                SELECT relnamespace, relowner FROM pg_class UNION ALL SELECT pronamespace, proowner FROM pg_proc
                UNION ALL SELECT oid, nspowner FROM pg_namespace UNION ALL SELECT typnamespace, typowner FROM pg_type
            ) AS made (place, owner)
            WHERE place IN (
                'pgcustsec'::regnamespace, 'pgcustsec_internal'::regnamespace, 'pgcustsec_views'::regnamespace)
            """
        ).fetchall()
        role = connection.execute(
            "SELECT rolcanlogin, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication"
            " FROM pg_roles WHERE rolname = 'pgcustsec_owner'"
        ).fetchone()
    assert owners == [("pgcustsec_owner",)]
    assert role == (False,) * 6


def test_public_has_no_part_in_anything(installed: Database) -> None:
    with installed.connect() as connection:
        found = catalog(connection)
    # Row types have no privileges of their own: PostgreSQL refuses to grant them and does not ask for them.
    facts = {key: str(value) for key, value in found.items() if key[0] != "type"}
    assert [key for key, value in facts.items() if "PUBLIC" in value] == []


def test_every_object_has_a_comment(installed: Database) -> None:
    with installed.connect() as connection:
        missing = connection.execute(
            """
            SELECT c.oid::regclass::text FROM pg_class AS c
            WHERE c.relnamespace = 'pgcustsec_internal'::regnamespace AND c.relkind IN ('r', 'v')
                AND obj_description(c.oid, 'pg_class') IS NULL
            UNION ALL
            SELECT p.oid::regprocedure::text FROM pg_proc AS p
            WHERE p.pronamespace IN ('pgcustsec'::regnamespace, 'pgcustsec_internal'::regnamespace)
                AND obj_description(p.oid, 'pg_proc') IS NULL
            """
        ).fetchall()
    assert missing == []


def test_every_table_of_the_extension_goes_into_a_dump_but_what_is_made_anew(stocked: Server) -> None:
    database = stocked.create_database(cluster.unique("delivered_"))
    with connect(database.conninfo()) as connection:
        install(connection, "extension")
        left_out = connection.execute(
            """
            SELECT c.relname::text FROM pg_class AS c, pg_extension AS e
            WHERE c.relnamespace = 'pgcustsec_internal'::regnamespace AND c.relkind IN ('r', 'S')
                AND e.extname = 'pgcustsec' AND c.oid <> ALL (e.extconfig)
            ORDER BY 1
            """
        ).fetchall()
    assert left_out == [("session_access",), ("standing",)], "who is at work, and what triggers make of the people"


def test_a_session_of_a_superuser_lends_the_files_to_a_server_that_can_be_shown_them(
    make_database: Callable[..., Database],
) -> None:
    database = make_database()
    if database.server.major < 18:
        pytest.skip("before 18 a server looks for extensions in its own folder only")
    with connect(database.conninfo()) as connection:
        before = connection.execute("SHOW extension_control_path").fetchone()
        assert install(connection, "extension").delivery == "extension"
        assert connection.execute("SHOW extension_control_path").fetchone() == before


def test_without_the_files_nothing_is_made_and_the_message_says_both_ways_out(database: Database, prefix: str) -> None:
    database.execute(
        f"CREATE ROLE {prefix}admin LOGIN CREATEROLE", f"ALTER DATABASE {database.name} OWNER TO {prefix}admin"
    )
    with connect(database.conninfo()) as connection:
        install(connection, "sql")  # so that the role exists, and its membership is what the next one lacks
    with connect(database.conninfo()) as connection:
        connection.execute("DROP SCHEMA pgcustsec, pgcustsec_internal, pgcustsec_views CASCADE")
        connection.execute(f"GRANT pgcustsec_owner TO {prefix}admin")
    with connect(database.conninfo(f"{prefix}admin")) as connection:
        with pytest.raises(UsageError, match="no files of extension pgcustsec") as caught:
            install(connection)
        assert connection.execute("SELECT to_regnamespace('pgcustsec')").fetchone() == (None,)
    assert caught.value.hint is not None
    assert "make install" in caught.value.hint
    assert "--as sql" in caught.value.hint


def test_the_version_in_the_database_is_that_of_the_program_and_of_the_control_file(installed: Database) -> None:
    with installed.connect() as connection:
        assert connection.execute("SELECT pgcustsec.version()").fetchone() == (script.VERSION,)
    assert f"default_version = '{script.VERSION}'" in script.control()
