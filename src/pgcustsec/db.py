"""Opening connections the libpq way: conninfo or URI, `PG*` variables, services and passfile all work."""

from __future__ import annotations

from typing import Any

import psycopg

from pgcustsec.errors import Unreachable

Connection = psycopg.Connection[tuple[Any, ...]]

MINIMUM_VERSION = 150000


def connect(conninfo: str = "", *, autocommit: bool = True, **parameters: Any) -> Connection:
    """
    Open a connection for administrative work.

    *conninfo* and *parameters* are libpq's; what neither says comes from the environment. The session reads the
    catalog under an empty search path, so that nothing another role made can stand in for what we name, and
    expands nobody's views but the system's own.

    Raises `Unreachable` when there is no server, no such database or no entry, and when the server is too old.
    """
    parameters.setdefault("application_name", "pgcustsec")
    try:
        connection = psycopg.connect(conninfo, autocommit=True, **parameters)
    except psycopg.OperationalError as error:
        raise Unreachable(
            f"cannot connect: {str(error).strip()}",
            hint="give a conninfo or URI, -h/-p/-U/-d, or set PGHOST, PGPORT, PGUSER, PGDATABASE",
        ) from error
    version = connection.info.server_version
    if version < MINIMUM_VERSION:
        connection.close()
        raise Unreachable(
            f"server is PostgreSQL {version // 10000}, pgcustsec needs 15 or later",
            hint="upgrade the server: view and row-security behaviour that the policy needs is missing before 15",
        )
    connection.execute("SELECT pg_catalog.set_config('search_path', '', false)")
    connection.autocommit = autocommit
    return connection
