"""Owners' own changes to protected tables, under the views that read them, within a revision (5.2.1, 5.2.5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pgcustsec.errors import UsageError
from pgcustsec.matrix.model import Column, Matrix, Table
from pgcustsec.migrate import plan_matrix
from pgcustsec.revisions import run
from pgcustsec.revisions.project import make_project
from pgcustsec.revisions.write import TableChange, write_revision
from pgcustsec.vault import seal, status
from tests.cluster import Server
from tests.integration.revisions.test_revisions import state, upgrade
from tests.snapshot import difference
from tests.worlds import World, crm_world

CUSTOMER = "crm.customer"


@pytest.fixture
def crm(server: Server, tmp_path: Path) -> Iterator[tuple[World, Path]]:
    """The broker at the end of a history, its true values in the vault."""
    make_project(tmp_path / "project")
    folder = tmp_path / "project" / "migrations"
    with crm_world(server) as world:
        found = world.matrix.tables[CUSTOMER]
        mobile = replace(found.columns["mobile"], find=True, unique=True)
        table = replace(found, columns={**found.columns, "mobile": mobile})
        world.matrix = replace(world.matrix, tables={**world.matrix.tables, CUSTOMER: table})
        with world.connect(world.admin) as connection:
            write_revision(folder, world.matrix, "first", connection)
            run.upgrade(folder, connection, "head")
            seal(connection, world.matrix)
        yield world, folder


def edited(matrix: Matrix, columns: dict[str, Column]) -> Matrix:
    table: Table = replace(matrix.tables[CUSTOMER], columns=columns)
    return replace(matrix, tables={**matrix.tables, CUSTOMER: table})


def renamed(matrix: Matrix) -> Matrix:
    """mobile is phone, in its place."""
    columns = matrix.tables[CUSTOMER].columns
    return edited(
        matrix,
        {
            name.replace("mobile", "phone"): replace(one, name=name.replace("mobile", "phone"))
            for name, one in columns.items()
        },
    )


def stored(world: World, column: str) -> str:
    """What the table itself has of the first customer."""
    with world.connect() as connection:
        query = f"SELECT {column} FROM crm.customer WHERE customer_id = 1"
        [(value,)] = connection.execute(query.encode()).fetchall()
    return str(value)


def vault(world: World, column: str) -> list[tuple[Any, ...]]:
    """Every true value of *column*, and whether its hash is there."""
    columns = f'customer_id, {column}, "{column} blind" IS NOT NULL'
    with world.connect() as connection:
        query = f'SELECT {columns} FROM pgcustsec_vault."crm.customer" ORDER BY 1'
        return connection.execute(query.encode()).fetchall()


def test_a_renamed_columns_true_values_go_by_its_new_name_and_back(crm: tuple[World, Path]) -> None:
    world, folder = crm
    before, values = state(world), vault(world, "mobile")
    assert ("13812345678", True) in [row[1:] for row in values]
    change = TableChange(
        "ALTER TABLE crm.customer RENAME COLUMN mobile TO phone;", "ALTER TABLE crm.customer RENAME phone TO mobile"
    )
    later = renamed(world.matrix)
    with world.connect(world.admin) as connection:
        assert write_revision(folder, later, "mobile is phone", connection, change) is not None
        assert difference(before, state(world)) == [], "writing it changes nothing"
        run.upgrade(folder, connection, "head")
        assert plan_matrix(connection, later).statements == ()
        assert vault(world, "phone") == values
        seal(connection, later)
        assert status(connection, later).is_sealed
        assert stored(world, "phone") == "138****5678"
        run.downgrade(folder, connection, "-1")
        assert plan_matrix(connection, world.matrix).statements == ()
        assert vault(world, "mobile") == values
        seal(connection, world.matrix)
        assert status(connection, world.matrix).is_sealed
    assert stored(world, "mobile") == "138****5678"


def test_types_and_columns_change_under_the_views(crm: tuple[World, Path]) -> None:
    world, folder = crm
    columns = dict(world.matrix.tables[CUSTOMER].columns)
    del columns["family"]
    later = edited(world.matrix, {**columns, "hobby": Column("hobby", 2)})
    there = """
        ALTER TABLE crm.customer ALTER COLUMN status TYPE varchar(40), DROP COLUMN family, ADD COLUMN hobby text;
        UPDATE crm.customer SET hobby = 'chess' WHERE customer_id = 1;
    """
    back = "ALTER TABLE crm.customer ALTER COLUMN status TYPE text, ADD COLUMN family jsonb, DROP COLUMN hobby"
    with world.connect(world.admin) as connection:
        write_revision(folder, later, "a hobby", connection, TableChange(there, back))
        upgrade(world, folder)
        assert plan_matrix(connection, later).statements == ()
        assert world.read("li", "SELECT hobby, status FROM customer WHERE customer_id = 1") == [("chess", "customer")]
        run.downgrade(folder, connection, "-1")
        assert plan_matrix(connection, world.matrix).statements == ()
        assert world.read("li", "SELECT family FROM customer WHERE customer_id = 1") == [(None,)]


def test_without_a_way_back_for_the_tables_there_is_none(crm: tuple[World, Path]) -> None:
    world, folder = crm
    with world.connect(world.admin) as connection:
        change = TableChange("ALTER TABLE crm.customer ALTER COLUMN status TYPE varchar(40)", None)
        write_revision(folder, world.matrix, "shorter", connection, change)
        run.upgrade(folder, connection, "head")
        before = state(world)
        with pytest.raises(UsageError, match="no way back was given for the tables"):
            run.downgrade(folder, connection, "-1")
    assert difference(before, state(world)) == []


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        ("CREATE TABLE crm.note (id integer)", "name no table that the last revision protects"),
        ("ALTER TABLE crm.customer ALTER COLUMN status TYPE integer", "invalid input syntax|cannot be cast"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(crm: tuple[World, Path], sql: str, why: str) -> None:
    world, folder = crm
    before = state(world)
    with world.connect(world.admin) as connection, pytest.raises(Exception, match=why):
        write_revision(folder, world.matrix, "wrong", connection, TableChange(sql, None))
    assert difference(before, state(world)) == []
    assert len(list((folder / "versions").glob("*.py"))) == 1


def test_the_first_revision_changes_no_tables(server: Server, tmp_path: Path) -> None:
    make_project(tmp_path / "project")
    with crm_world(server) as world, world.connect(world.admin) as connection:
        change = TableChange("ALTER TABLE crm.customer ADD COLUMN hobby text", None)
        with pytest.raises(UsageError, match="a database at a history's end"):
            write_revision(tmp_path / "project" / "migrations", world.matrix, "first", connection, change)
