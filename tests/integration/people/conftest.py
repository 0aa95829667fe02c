"""The office of these tests."""

from __future__ import annotations

import pytest

from pgcustsec.db import Connection
from tests.cluster import Database
from tests.integration.people.office import ROLES, Office


@pytest.fixture
def office(installed: Database, prefix: str) -> Office:
    """An office without staff; branches BJ and SH, departments sales and service, the roles of `ROLES`."""
    administrator = f"{prefix}dba"
    options = " WITH INHERIT FALSE" if installed.server.major >= 16 else ""
    installed.execute(
        f"CREATE ROLE {administrator} LOGIN NOINHERIT CREATEROLE",
        f"ALTER DATABASE {installed.name} OWNER TO {administrator}",
        f"GRANT pgcustsec_owner TO {administrator}{options}",
    )
    made = Office(installed, prefix, administrator)
    with made.connect() as connection:
        for role in ROLES:
            connection.execute(f"CREATE ROLE {prefix}{role} NOLOGIN")
            connection.execute(f"CREATE ROLE {prefix}{role}_viewer NOLOGIN")
            connection.execute(f"GRANT CONNECT ON DATABASE {installed.name} TO {prefix}{role}")
        _fill(connection, prefix)
    return made


def _fill(connection: Connection, prefix: str) -> None:
    with connection.transaction():
        connection.execute("SET LOCAL ROLE pgcustsec_owner")
        connection.execute("INSERT INTO pgcustsec_internal.branch VALUES ('BJ', '北京分公司'), ('SH', '上海分公司')")
        connection.execute(
            "INSERT INTO pgcustsec_internal.department VALUES ('sales', '销售部'), ('service', '客服部')"
        )
        for place, (role, department) in enumerate(ROLES.items()):
            connection.execute(
                "INSERT INTO pgcustsec_internal.role (role_code, group_role, department_code, supervises, place)"
                " VALUES (%s, %s, %s, false, %s)",
                [role, prefix + role, department, place],
            )
