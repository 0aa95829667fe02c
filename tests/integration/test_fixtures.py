"""The servers that the tests run on do what the fixtures promise."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest

from tests.cluster import Database, Server


def test_a_database_of_a_test_is_empty_and_open_to_its_roles(database: Database, prefix: str) -> None:
    database.execute(f"CREATE ROLE {prefix}li LOGIN")
    with database.connect(user=f"{prefix}li") as connection:
        assert connection.execute("SELECT session_user, current_database()").fetchone() == (
            f"{prefix}li",
            database.name,
        )


def test_a_password_over_tcp_decides(database: Database, prefix: str) -> None:
    if database.server.bindir is None:
        pytest.skip("who comes in is for the pg_hba of the server of one's own to say")
    database.execute(f"CREATE ROLE {prefix}li LOGIN PASSWORD 'right'")
    database.connect(user=f"{prefix}li", password="right").close()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        database.connect(user=f"{prefix}li", password="wrong")


def test_a_clone_takes_the_privileges_of_its_template_along(
    server: Server, make_database: Callable[..., Database], prefix: str
) -> None:
    template = make_database()
    template.execute(
        f"CREATE ROLE {prefix}owner",
        f"CREATE ROLE {prefix}li",
        f"ALTER DATABASE {template.name} OWNER TO {prefix}owner",
        f"REVOKE ALL ON DATABASE {template.name} FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {template.name} TO {prefix}li",
    )
    copy = server.create_database(template.name + "_copy", template.name)
    try:
        with server.connect() as connection:
            rows = connection.execute(
                "SELECT DISTINCT datdba, datacl FROM pg_database WHERE datname IN (%s, %s)", [template.name, copy.name]
            ).fetchall()
    finally:
        server.drop_database(copy.name)
    assert len(rows) == 1


@pytest.mark.one_server
def test_roles_of_a_prefix_are_dropped_with_what_they_hold(server: Server) -> None:
    with server.connect() as connection:
        for statement in (
            "CREATE ROLE drop_me_a",
            "CREATE ROLE drop_me_b",
            "GRANT drop_me_a TO drop_me_b WITH ADMIN OPTION",
            "GRANT CREATE ON DATABASE postgres TO drop_me_a",
        ):
            connection.execute(statement)
        server.drop_roles("drop_me_")
        count = connection.execute("SELECT count(*) FROM pg_roles WHERE starts_with(rolname, 'drop_me_')").fetchone()
    assert count == (0,)
