"""People change through `people`, the database through plans: neither sees the other's work as drift."""

from __future__ import annotations

import pytest

from pgcustsec.db import connect
from pgcustsec.matrix.load import loads
from pgcustsec.matrix.model import Matrix
from pgcustsec.migrate import apply_matrix, plan_matrix
from pgcustsec.people import (
    add_staff,
    create_application_login,
    create_login,
    disable_login,
    leave_staff,
    move_staff,
)
from tests.cluster import Database
from tests.integration.people.office import PASSWORD

MATRIX = """
version: 1
organisation: test
role_prefix: {0}
branches: {{BJ: {{title: 北京分公司}}}}
departments: {{sales: {{title: 销售部}}}}
tables:
  crm.customer:
    key: [customer_id]
    subject: self
    served_by: [{{column: owner_staff_id}}]
    managers: direct
    columns:
      customer_id: {{tier: 3}}
      owner_staff_id: {{tier: 3}}
      name: {{tier: 2, kind: name}}
roles:
  seller:
    department: sales
    tables: {{crm.customer: {{rows: serving, tier2: serving}}}}
  boss:
    department: sales
    tables: {{crm.customer: {{rows: all}}}}
administrators: {{roles: [{0}dba], owners: [{0}owner]}}
applications:
  web: {{roles: [boss, seller], anonymous: none, token_minutes: 15}}
"""


@pytest.fixture
def matrix(installed: Database, prefix: str) -> Matrix:
    """A matrix of two roles, applied by its administrator, who is no superuser, to two customers of S1 and M1."""
    options = " WITH INHERIT FALSE" if installed.server.major >= 16 else ""
    installed.execute(
        f"CREATE ROLE {prefix}dba LOGIN NOINHERIT CREATEROLE",
        f"CREATE ROLE {prefix}owner",
        f"ALTER DATABASE {installed.name} OWNER TO {prefix}dba",
        f"GRANT pgcustsec_owner, {prefix}owner TO {prefix}dba{options}",
        f"CREATE SCHEMA crm AUTHORIZATION {prefix}owner",
        "CREATE TABLE crm.customer (customer_id int PRIMARY KEY, owner_staff_id text, name text)",
        "INSERT INTO crm.customer VALUES (1, 'S1', '张三'), (2, 'M1', '李四')",
        f"ALTER TABLE crm.customer OWNER TO {prefix}owner",
    )
    read = loads(MATRIX.format(prefix))
    with connect(installed.conninfo(f"{prefix}dba")) as connection:
        apply_matrix(connection, read)
    return read


def test_a_plan_after_every_change_of_people_is_empty(installed: Database, prefix: str, matrix: Matrix) -> None:
    with connect(installed.conninfo(f"{prefix}dba")) as connection:

        def drift() -> list[str]:
            return [statement.what for statement in plan_matrix(connection, matrix).statements]

        add_staff(connection, "S1", name="李娜", department="sales", branch="BJ", roles=["boss", "seller"])
        assert drift() == []
        create_login(connection, f"{prefix}li", staff="S1", password=PASSWORD)
        assert drift() == []
        create_application_login(connection, matrix, "web", password=PASSWORD)
        assert drift() == []
        move_staff(connection, "S1", drop_roles=["seller"])
        assert drift() == []
        disable_login(connection, f"{prefix}li")
        assert drift() == []
        move_staff(connection, "S1", drop_roles=["boss"])
        assert drift() == []
        move_staff(connection, "S1", roles=["seller"])
        leave_staff(connection, "S1")
        assert drift() == []


def test_a_person_sees_their_customers_until_they_leave(installed: Database, prefix: str, matrix: Matrix) -> None:
    with connect(installed.conninfo(f"{prefix}dba")) as connection:
        add_staff(connection, "S1", name="李娜", department="sales", branch="BJ", roles=["seller"])
        create_login(connection, f"{prefix}li", staff="S1", password=PASSWORD)
        with installed.connect(f"{prefix}li", PASSWORD) as own:
            assert own.execute("SELECT customer_id FROM customer").fetchall() == [(1,)]
        move_staff(connection, "S1", roles=["boss"])
        with installed.connect(f"{prefix}li", PASSWORD) as own:
            assert own.execute("SELECT customer_id FROM customer").fetchall() == [(1,)], "the first role of the matrix"
            assert own.execute("SELECT customer_id FROM boss.customer ORDER BY 1").fetchall() == [(1,), (2,)]


def test_an_application_without_tokens_sees_no_row(installed: Database, prefix: str, matrix: Matrix) -> None:
    with connect(installed.conninfo(f"{prefix}dba")) as connection:
        create_application_login(connection, matrix, "web", password=PASSWORD)
    with installed.connect(f"{prefix}web", PASSWORD) as web:
        assert web.execute("SELECT count(*) FROM seller.customer").fetchall() == [(0,)]
        assert web.execute("SELECT count(*) FROM boss.customer").fetchall() == [(0,)]
