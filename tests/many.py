"""
A broker of many tables and roles: what makes a plan long. Each table is read by one role, the roles share them evenly.

    make_many(connection, 500, owner="crm_owner")
    matrix = many_matrix("x_", tables=500, roles=20)
"""

from __future__ import annotations

from pgcustsec.db import Connection
from pgcustsec.matrix.model import Access, Administrators, Branch, Department, Matrix, Role, ServedByColumn, Table
from tests.work import work
from tests.worlds import columns

COLUMNS = (
    "customer_id:3 staff_id:3 status:3 branch_code:3 name:2:name note:2 income:2 mobile:1:phone id_card:1:id_document"
)
_TABLE = (
    "CREATE TABLE crm.{name} (customer_id bigint PRIMARY KEY, staff_id text, status text, branch_code text, name text,"
    " note text, income numeric, mobile text, id_card text)"
)


def make_many(connection: Connection, tables: int, owner: str) -> None:
    """Make *tables* tables of customers in schema crm, which *owner* owns."""
    with connection.transaction():
        connection.execute(f"SET LOCAL ROLE {owner}".encode())
        for number in range(tables):
            connection.execute(_TABLE.format(name=name_of(number)).encode())


def name_of(number: int) -> str:
    return f"customer_{number:03}"


def many_matrix(prefix: str, *, tables: int, roles: int) -> Matrix:
    """The matrix of *tables* tables, each read by one of *roles* roles."""
    made = [
        Table(
            "crm",
            name_of(number),
            ("customer_id",),
            columns(COLUMNS),
            served_by=(ServedByColumn("staff_id"),),
            managers="direct",
            branch="branch_code",
        )
        for number in range(tables)
    ]
    names = [f"{prefix}role_{number:02}" for number in range(roles)]
    return Matrix(
        organisation="many",
        role_prefix=prefix,
        tables={table.qualified: table for table in made},
        roles={
            name: Role(
                name,
                "sales",
                {
                    table.qualified: Access(table.qualified, ("serving", "branch"), "serving", "masked")
                    for table in made[number::roles]
                },
            )
            for number, name in enumerate(names)
        },
        administrators=Administrators((f"{prefix}dba",), (f"{prefix}owner",)),
        branches={"BJ": Branch("BJ", "北京")},
        departments={"sales": Department("sales", "Sales")},
        purposes=work(names),
    )
