"""Customers with all kinds of sealed columns, and what is true of them wherever it lies."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pgcustsec.db import Connection
from pgcustsec.matrix.model import Column, Matrix
from pgcustsec.migrate import apply_matrix
from tests.worlds import World

CUSTOMERS = "crm.customer"
SEALED = ("name", "mobile", "id_card", "family", "photo")


def with_everything(matrix: Matrix) -> Matrix:
    """The broker's matrix with a unique identity number, and jsonb and bytea among tier 1."""
    customer = matrix.tables[CUSTOMERS]
    columns = {
        **customer.columns,
        "mobile": Column("mobile", 1, "phone", find=True),
        "id_card": Column("id_card", 1, "id_document", unique=True, find=True),
        "family": Column("family", 1, "json"),
        "photo": Column("photo", 1, "file"),
    }
    tables = {**matrix.tables, CUSTOMERS: replace(customer, columns=columns)}
    return replace(matrix, tables=tables)


def apply(world: World) -> None:
    with world.connect(world.admin) as connection:
        apply_matrix(connection, world.matrix)


def grow(world: World, count: int) -> None:
    """Add *count* customers by hand, past the CHECKs, as rows from before."""
    world.execute(
        "ALTER TABLE crm.customer DISABLE TRIGGER ALL",
        "CREATE TABLE crm.more AS SELECT n, '4' || lpad(n::text, 17, '0') AS card"
        f" FROM generate_series(1, {count}) AS n",
    )
    with world.connect() as connection:
        drop_checks(connection)
        connection.execute(
            "INSERT INTO crm.customer (status, name, mobile, id_card)"
            " SELECT 'lost', '王小' || n, '139' || lpad(n::text, 8, '0'), card FROM crm.more"
        )
        connection.execute("DROP TABLE crm.more; ALTER TABLE crm.customer ENABLE TRIGGER ALL")
    apply(world)


def drop_checks(connection: Connection) -> None:
    """Take the customers' CHECKs of ours off, so that true values go in; `apply` makes them again."""
    names = [
        row[0]
        for row in connection.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'crm.customer'::regclass"
            " AND starts_with(conname, 'pgcustsec_sealed_')"
        )
    ]
    drops = ", ".join(f"DROP CONSTRAINT {name}" for name in names)
    connection.execute(f"ALTER TABLE crm.customer {drops}".encode())


def true_values(connection: Connection, names: tuple[str, ...] = SEALED) -> dict[int, tuple[Any, ...]]:
    """What each customer's columns hold as text, in the table."""
    listed = ", ".join(f"{name}::text" for name in names)
    rows = connection.execute(f"SELECT customer_id, {listed} FROM crm.customer".encode())
    return {row[0]: row[1:] for row in rows}


def merged(connection: Connection, names: tuple[str, ...] = SEALED) -> dict[int, tuple[Any, ...]]:
    """What each customer's columns hold as text, of the vault where it has a value."""
    listed = ", ".join(f"COALESCE(v.{name}::text, t.{name}::text)" for name in names)
    rows = connection.execute(
        f'SELECT t.customer_id, {listed} FROM crm.customer t LEFT JOIN pgcustsec_vault."crm.customer" v'
        " USING (customer_id)".encode()
    )
    return {row[0]: row[1:] for row in rows}
