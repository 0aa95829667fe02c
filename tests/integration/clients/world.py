# ruff: noqa: E501 - a statement of SQL reads best on its line
"""
The demo's broker, tables and matrix as they are, with a handful of customers whose every value is known.

An application's client connects as a person's own login, whose search_path leads to the views of their role: it says
`customer` and means what the role sees. What that did is read by the superuser: `changed` tells every cell of the tables
and of the vault that is not what it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any, TypeVar

import psycopg
from psycopg import sql

from pgcustsec.db import Connection
from pgcustsec.matrix.load import loads
from pgcustsec.matrix.model import Matrix
from pgcustsec.migrate import apply_matrix
from pgcustsec.retention import restamp
from pgcustsec.vault import seal
from tests.cluster import Database, Server, unique
from tests.work import begin_work, publish_all
from tests.worlds import World, _make_people, _make_tables, _world

#: Tables that roles write, their keys, and the sealed columns with the masks that the table keeps of them.
SEALED = {
    "crm.customer": (
        "customer_id",
        {
            "name": "name",
            "mobile": "phone",
            "email": "email",
            "id_card": "id_document",
            "bank_account": "bank_account",
            "address": "address",
        },
    ),
    "crm.policy": ("policy_id", {"payer_account": "bank_account"}),
}
KEYS = {"crm.customer": "customer_id", "crm.policy": "policy_id", "crm.claim": "claim_id"}

#: S1 serves 1 and 4, the pool has 2 and 5, S2 serves 3; C1 serves 1 and 4 too. 5 has no value of tier 2 but family.
ROWS = """
INSERT INTO crm.customer (status, owner_staff_id, branch_code, name, mobile, email, id_card, bank_account, gender,
    birth_date, age, address, health, family, annual_income, note, claimed_at, last_contact_at, created_at) VALUES
    ('customer', 'S1', 'BJ', '王小明', '13812345678', 'wang@example.com', '110101199003070019', '6222021234567890128', '男',
        '1990-03-07', 36, '北京市东城区长安街1号', 'asthma', '{"children": 2, "名": [1.50, null]}', 120000.50, 'first note',
        '2026-01-01 08:00+08', '2026-02-01 09:30:15.123456+08', '2025-12-01 00:00+08'),
    ('prospect', NULL, 'BJ', '韩梅梅', '13712345678', 'han@example.com', '310101198506150028', '6222021234567890136', '女',
        '1985-06-15', 41, '北京市西城区金融街2号', 'unknown', '{"children": 1}', 90000.00, 'pool note',
        NULL, '2026-01-05 10:00+08', '2025-11-01 00:00+08'),
    ('customer', 'S2', 'SH', '李雷', '13912345678', 'li@example.com', '310101197001010017', NULL, '男',
        '1970-01-01', 56, '上海市黄浦区南京路3号', 'well', NULL, 70000.00, NULL, NULL, NULL, '2025-10-01 00:00+08'),
    ('customer', 'S1', 'BJ', '欧阳锋', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
        '2025-09-01 00:00+08'),
    ('prospect', NULL, 'BJ', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{"children": 3}', NULL, NULL,
        NULL, NULL, '2025-08-01 00:00+08');
INSERT INTO crm.policy (customer_id, product, premium, payer_account, starts_on, ends_on) VALUES
    (1, 'life', 1000.00, '6222021234567890128', '2026-01-01', NULL), (3, 'car', 500.00, NULL, '2026-02-01', '2027-01-31'),
    (4, 'home', 50.25, NULL, '2026-03-01', '2027-02-28');
INSERT INTO crm.claim (policy_id, diagnosis, amount, filed_on) VALUES (1, 'fracture', 250.00, '2026-02-03'), (2, 'dent', NULL, '2026-03-04');
INSERT INTO crm.assignment (customer_id, staff_id) VALUES (1, 'C1'), (4, 'C1');
"""

#: number, login, department, branch, manager, active, roles
Person = tuple[str, str | None, str, str, str | None, bool, list[str]]
STAFF: list[Person] = [
    ("M1", "zhao", "sales", "BJ", None, True, ["sales_manager"]),
    ("S1", "li", "sales", "BJ", "M1", True, ["sales_agent"]),
    ("S2", "wang", "sales", "SH", "M1", True, ["sales_agent"]),
    ("C1", "chen", "customer_service", "BJ", None, True, ["service_agent"]),
    ("D1", "sun", "data_centre", "BJ", None, True, ["data_analyst"]),
    ("Q1", "qin", "quality", "BJ", None, True, ["quality_inspector"]),
    ("L1", "luo", "legal", "BJ", None, True, ["legal_officer"]),
    ("U1", "ouyang", "legal", "BJ", None, True, ["custodian"]),
]

Snapshot = dict[tuple[Any, ...], Any]
Kind = TypeVar("Kind", bound=World)


def demo_matrix(prefix: str) -> Matrix:
    """The demo's matrix, for roles that begin with *prefix*."""
    return loads(demo_matrix_text(prefix), "demo/matrix.yaml")


def demo_matrix_text(prefix: str) -> str:
    """The file that this matrix stands in."""
    text = files("pgcustsec.demo").joinpath("matrix.yaml").read_text(encoding="utf-8")
    for said, meant in (
        ("role_prefix: wutong_", f"role_prefix: {prefix}"),
        (
            "administrators: {roles: [dba], owners: [crm_owner]}",
            f"administrators: {{roles: [{prefix}dba], owners: [{prefix}owner]}}",
        ),
    ):
        assert text.count(said) == 1
        text = text.replace(said, meant)
    return text


@dataclass
class Broker(World):
    """The world, or a copy of its database for one test."""

    def person(self, login: str, **parameters: Any) -> Connection:
        """Open a connection as the person's own login."""
        connection = self.database.connect(user=self.login(login), **parameters)
        begin_work(connection)
        return connection

    def rows(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """What the superuser reads."""
        with self.database.connect() as connection:
            return connection.execute(query.encode(), parameters or None).fetchall()

    def as_owner(self, statement: str) -> None:
        """Run *statement* as the tables' owner, as others at work would."""
        with self.database.connect() as connection:
            connection.execute(f"SET ROLE {self.owner}; {statement}".encode())

    def snapshot(self) -> Snapshot:
        """
        Every stored cell, by table or `vault`, key and column, and every row of the history by `history` and number.

        But for terms, which follow what is written.
        """
        found: Snapshot = {}
        with self.database.connect() as connection:
            for table, key in KEYS.items():
                found |= _cells(connection, table.removeprefix("crm."), table, key)
                if table in SEALED:
                    found |= _cells(
                        connection, f"vault.{table.removeprefix('crm.')}", f'pgcustsec_vault."{table}"', key
                    )
            changes = connection.execute(
                "SELECT change_id, relation, record_key, operation, column_name::text, old_value, new_value"
                " FROM pgcustsec_internal.change"
            )
            for number, relation, *change in changes:
                found["history", number] = (relation.removeprefix("crm."), *change)
        return found

    def assert_in_step(self) -> None:
        """Every table holds the masks of what the vault holds, row for row, and nothing of it is a true value."""
        for table, (key, sealed) in SEALED.items():
            wrong = " OR ".join(
                f"b.{column} IS DISTINCT FROM pgcustsec_internal.mask_{kind}(v.{column}::text)"
                for column, kind in sealed.items()
            )
            found = self.rows(
                f'SELECT b, v FROM {table} AS b FULL JOIN pgcustsec_vault."{table}" AS v USING ({key})'
                f" WHERE b.{key} IS NULL OR {wrong}"
            )
            assert found == [], f"{table}: table and vault differ"


def _cells(connection: psycopg.Connection[Any], label: str, relation: str, key: str) -> Snapshot:
    cursor = connection.execute(f"SELECT * FROM {relation}".encode())
    names = [column.name for column in cursor.description or ()]
    place = names.index(key)
    return {
        (label, row[place], name): value
        for row in cursor
        for name, value in zip(names, row, strict=True)
        if name != "retain_until"
    }


def changed(before: Snapshot, after: Snapshot) -> dict[tuple[Any, ...], Any]:
    """Return what is not what it was: the cell and its value now, None for a row that is gone. History counts too."""
    return {
        cell: after.get(cell)
        for cell in before.keys() | after.keys()
        if cell not in before or before[cell] != after.get(cell)
    }


def cells(difference: dict[tuple[Any, ...], Any]) -> dict[tuple[Any, ...], Any]:
    """Of what `changed` returned what is stored, without history."""
    return {cell: value for cell, value in difference.items() if cell[0] != "history"}


def history(difference: dict[tuple[Any, ...], Any]) -> list[tuple[Any, ...]]:
    """Of what `changed` returned the history, in order."""
    return [value for cell, value in sorted((c, v) for c, v in difference.items() if c[0] == "history")]


@contextmanager
def built(server: Server, rows: str = ROWS, staff: list[Person] = STAFF) -> Iterator[Broker]:
    """The world in a database of its own, sealed, which `copy` clones; its roles end with the block."""
    prefix = unique("w") + "_"
    with _world(server, prefix, demo_matrix(prefix)) as world:
        script = [
            files("pgcustsec.demo").joinpath(name).read_text(encoding="utf-8") for name in ("schema.sql", "indexes.sql")
        ]
        _make_tables(world, ["crm"], world.owner, "\n".join([script[0], rows, script[1]]))
        _make_people(world, staff)
        with world.connect(world.admin) as connection:
            apply_matrix(connection, world.matrix)
        with world.connect(world.admin) as connection:
            seal(connection, world.matrix)
            restamp(connection)
        with world.database.connect() as connection:
            publish_all(connection)
        yield Broker(world.database, prefix, world.matrix)


@contextmanager
def copy(world: Kind) -> Iterator[Kind]:
    """A copy of *world*'s database, for one test, with what apply set for logins in it."""
    server = world.database.server
    database = server.create_database(unique("clients_"), world.database.name)
    try:
        with server.connect() as connection:
            settings = connection.execute(
                "SELECT pg_get_userbyid(s.setrole), split_part(c, '=', 1), substr(c, strpos(c, '=') + 1)"
                " FROM pg_db_role_setting AS s JOIN pg_database AS d ON d.oid = s.setdatabase, unnest(s.setconfig) AS c"
                " WHERE d.datname = %s AND s.setrole <> 0",
                [world.database.name],
            ).fetchall()
            for login, name, value in settings:
                path = sql.SQL(value)  # a list of identifiers, quoted as the catalog keeps it
                statement = sql.SQL("ALTER ROLE {} IN DATABASE {} SET {} = {}")
                connection.execute(
                    statement.format(sql.Identifier(login), sql.Identifier(database.name), sql.Identifier(name), path)
                )
        yield replace(world, database=Database(server, database.name))
    finally:
        server.drop_database(database.name)
