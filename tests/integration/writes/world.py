# ruff: noqa: E501 - a statement of SQL reads best on its line
"""
A broker whose roles write: every way a table can be made, and every way a role can see it.

`agent` sees the pool too, where cells are hidden; `keeper` sees tier 2 in every row it sees; `reviser` sees a branch and
tier 2 where it serves; `clerk` sees a branch and no tier 2; `reader` reads all and writes nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import psycopg
import pytest

from pgcustsec.db import Connection
from pgcustsec.matrix.model import (
    Access,
    Administrators,
    Branch,
    Column,
    Department,
    Matrix,
    Parent,
    Pool,
    Role,
    ServedByColumn,
    Table,
    Write,
)
from pgcustsec.migrate import apply_matrix
from pgcustsec.vault import seal
from tests.cluster import Database, Server, unique
from tests.work import begin_work, work
from tests.worlds import World, _make_people, _make_tables, _world, columns

CUSTOMER, POLICY, CLAIM, VISIT, CODE = "crm.customer", "crm.policy", "crm.claim", "crm.visit", "crm.code"

TABLES = """
CREATE TYPE crm.mood AS ENUM ('good', 'bad');
CREATE TABLE crm.customer (
    customer_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, status text NOT NULL DEFAULT 'prospect',
    owner_staff_id text, branch_code text, name text, company varchar(60), mobile varchar(20), id_card char(18),
    photo bytea, health text, family jsonb, tags text[], mood crm.mood, birth_date date, score numeric(8,2),
    visits integer NOT NULL DEFAULT 0 CHECK (visits >= 0), twice integer GENERATED ALWAYS AS (visits * 2) STORED,
    made_on timestamptz DEFAULT now(), "last word" text, internal text DEFAULT 'house');
CREATE TABLE crm.policy (
    policy_id serial PRIMARY KEY, customer_id bigint NOT NULL REFERENCES crm.customer, product text, premium numeric(10,2),
    account text, terms json, period daterange, papers json[]);
CREATE TABLE crm.claim (
    claim_id uuid PRIMARY KEY DEFAULT gen_random_uuid(), policy_id integer NOT NULL REFERENCES crm.policy, diagnosis text,
    filed_on date NOT NULL DEFAULT CURRENT_DATE, plate varchar(10), proof bytea);
CREATE TABLE crm.visit (
    visit_id bigint NOT NULL, customer_id bigint NOT NULL, seen_on date NOT NULL, remark text, phone text,
    PRIMARY KEY (visit_id, seen_on)) PARTITION BY RANGE (seen_on);
CREATE TABLE crm.visit_2025 PARTITION OF crm.visit FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE crm.visit_2026 PARTITION OF crm.visit FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE SEQUENCE crm.code_number;
CREATE TABLE crm.code (
    code text PRIMARY KEY DEFAULT 'C' || nextval('crm.code_number'), customer_id bigint NOT NULL, expires_on date,
    phone text);
INSERT INTO crm.customer (status, owner_staff_id, branch_code, name, company, mobile, id_card, photo, health, family,
    tags, mood, birth_date, score, visits) VALUES
    ('customer', 'S1', 'BJ', '王小明', '红星机械厂', '13812345678', '110101199003070019', '\\x0102', 'asthma',
        '{"children": 2}', '{a,b}', 'good', '1990-03-07', 1.50, 3),
    ('customer', 'S2', 'SH', '李雷', '蓝天运输队', '13912345678', '310101198506150028', NULL, 'well', NULL, NULL, NULL,
        '1985-06-15', 2.00, 0),
    ('prospect', NULL, 'BJ', '韩梅梅', NULL, '13712345678', NULL, NULL, 'unknown', NULL, NULL, 'bad', NULL, NULL, 0),
    ('customer', 'S4', 'BJ', '欧阳锋', NULL, '13612345678', '440101197001010017', NULL, 'gout', NULL, NULL, NULL, NULL,
        NULL, 0),
    ('customer', 'S7', 'BJ', '赵敏', NULL, '13512345678', NULL, NULL, 'cold', NULL, NULL, NULL, NULL, NULL, 0);
INSERT INTO crm.policy (customer_id, product, premium, account, terms) VALUES
    (1, 'life', 100.00, '6222021234567890', '{"a":1}'), (2, 'car', 50.00, NULL, NULL), (3, 'home', 5.00, NULL, NULL);
INSERT INTO crm.claim (claim_id, policy_id, diagnosis, filed_on, plate, proof) VALUES
    ('00000000-0000-4000-8000-000000000001', 1, 'fracture', '2026-02-03', '京A12345', '\\x01'),
    ('00000000-0000-4000-8000-000000000002', 2, 'dent', '2026-03-04', NULL, NULL);
INSERT INTO crm.visit VALUES
    (1, 1, '2025-05-05', 'friendly', '13812345678'), (2, 2, '2026-05-05', 'busy', NULL), (3, 3, '2026-06-06', 'x', NULL);
INSERT INTO crm.code (customer_id, expires_on, phone) VALUES (1, '2026-12-31', '010-12345678');
"""

STAFF: list[tuple[str, str | None, str, str, str | None, bool, list[str]]] = [
    ("S1", "li", "sales", "BJ", None, True, ["agent"]),
    ("S2", "wang", "sales", "SH", None, True, ["agent"]),
    ("S4", "chen", "sales", "BJ", None, True, ["keeper"]),
    ("S6", "sun", "sales", "BJ", None, True, ["clerk"]),
    ("S7", "qian", "sales", "BJ", None, True, ["reviser"]),
    ("S8", "rita", "sales", "BJ", None, True, ["reader"]),
]

#: Table, its key, and its sealed columns with the mask that the table keeps of each (None: NULL).
SEALED: dict[str, tuple[tuple[str, ...], dict[str, str | None]]] = {
    CUSTOMER: (
        ("customer_id",),
        {"name": "name", "company": "name", "mobile": "phone", "id_card": "id_document", "photo": None},
    ),
    POLICY: (("policy_id",), {"account": "bank_account"}),
    CLAIM: (("claim_id",), {"plate": "plate", "proof": None}),
    VISIT: (("visit_id", "seen_on"), {"phone": "phone"}),
    CODE: (("code",), {"phone": "phone"}),
}


def matrix(prefix: str) -> Matrix:
    """The matrix of this world, for roles that begin with *prefix*."""
    customer_columns = columns(
        "customer_id:3 status:3 owner_staff_id:3 branch_code:3 name:2:name mobile:1:phone photo:1:file health:2 family:2"
        " tags:2 mood:2 birth_date:2 score:3 visits:3 twice:3 made_on:3"
    ) | {
        "company": Column("company", 2, "name", find=True, unique=True),
        "id_card": Column("id_card", 1, "id_document", find=True, unique=True),
        "last word": Column("last word", 2),
    }
    to_customer = Parent(CUSTOMER, ("customer_id",))
    tables = [
        Table(
            "crm",
            "customer",
            ("customer_id",),
            customer_columns,
            served_by=(ServedByColumn("owner_staff_id"),),
            branch="branch_code",
            department_of_server=True,
            pool=Pool(
                "owner_staff_id IS NULL AND status = 'prospect'", "owner_staff_id", "made_on", "birth_date", 30, 200, 7
            ),
        ),
        Table(
            "crm",
            "policy",
            ("policy_id",),
            columns("policy_id:3 customer_id:3 product:2 premium:2 account:1:bank_account terms:3 period:3 papers:3"),
            parent=to_customer,
        ),
        Table(
            "crm",
            "claim",
            ("claim_id",),
            columns("claim_id:3 policy_id:3 diagnosis:2 filed_on:3 plate:1:plate proof:1:file"),
            parent=Parent(POLICY, ("policy_id",)),
        ),
        Table(
            "crm",
            "visit",
            ("visit_id", "seen_on"),
            columns("visit_id:3 customer_id:3 seen_on:3 remark:2 phone:1:phone"),
            parent=to_customer,
        ),
        Table("crm", "code", ("code",), columns("code:3 customer_id:3 expires_on:2 phone:1:phone"), parent=to_customer),
    ]
    every = {table.qualified: tuple(table.columns) for table in tables}
    settable = {name: tuple(c for c in listed if c not in ("customer_id", "twice")) for name, listed in every.items()}

    def full(table: str, *rows: Any, **more: Any) -> Access:
        write = Write(insert=every[table], update=settable[table], delete=True)
        return Access(table, rows, "serving", **({"tier1": "hidden", "write": write} | more))

    roles = [
        Role("agent", "sales", {t: full(t, "serving", "pool") for t in every}),
        Role("keeper", "sales", {t: full(t, "serving", write=Write(every[t], every[t], True)) for t in every}),
        Role(
            "reviser",
            "sales",
            {
                CUSTOMER: full(CUSTOMER, "branch", write=Write((), ("name", "health", "visits", "family"), False)),
                POLICY: full(POLICY, "branch", write=Write((), ("product", "terms"), True)),
            },
        ),
        Role(
            "clerk",
            "sales",
            {
                CUSTOMER: Access(
                    CUSTOMER,
                    ("branch",),
                    "none",
                    "hidden",
                    write=Write(
                        ("status", "branch_code", "name", "mobile", "health"), ("status", "name", "mobile", "health")
                    ),
                ),
            },
        ),
        Role("reader", "sales", {t: Access(t, ("all",), "none", "hidden") for t in every}),
    ]
    return Matrix(
        organisation="writers",
        role_prefix=prefix,
        tables={table.qualified: table for table in tables},
        roles={one.name: one for one in roles},
        administrators=Administrators((f"{prefix}dba",), (f"{prefix}owner",)),
        branches={code: Branch(code, code) for code in ("BJ", "SH")},
        departments={"sales": Department("sales", "sales")},
        purposes=work(one.name for one in roles),
    )


@dataclass
class Broker(World):
    """The world, or a copy of its database for one test."""

    def person(self, login: str, **parameters: Any) -> Connection:
        """Open a connection as the person's own login; leave it open or not, the database goes with the test."""
        connection = self.database.connect(user=self.login(login), **parameters)
        begin_work(connection)
        return connection

    def rows(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """What the superuser reads."""
        with self.database.connect() as connection:
            return connection.execute(query.encode(), parameters or None).fetchall()

    def row(self, query: str, *parameters: Any) -> tuple[Any, ...]:
        [found] = self.rows(query, *parameters)
        return found

    def history(self, relation: str = CUSTOMER) -> list[tuple[Any, ...]]:
        """Operation, key, column, old and new of every change of *relation*, in order."""
        return self.rows(
            "SELECT operation, record_key, column_name::text, old_value, new_value FROM pgcustsec_internal.change"
            " WHERE relation = %s ORDER BY change_id",
            relation,
        )

    def assert_in_step(self) -> None:
        """Every table holds the masks of what the vault holds, row for row, and nothing of it is a true value."""
        for table, (key, sealed) in SEALED.items():
            wrong = " OR ".join(
                f"b.{column} IS DISTINCT FROM pgcustsec_internal.mask_{kind}(v.{column}::text)"
                if kind
                else f"b.{column} IS NOT NULL"
                for column, kind in sealed.items()
            )
            listed = ", ".join(key)
            found = self.rows(
                f'SELECT b, v FROM {table} AS b FULL JOIN pgcustsec_vault."{table}" AS v USING ({listed})'
                f" WHERE b.{key[0]} IS NULL OR {wrong}"
            )
            assert found == [], f"{table}: table and vault differ"


@contextmanager
def built(server: Server, *, sealed: bool = True) -> Iterator[Broker]:
    """The world in a database of its own, which `copy` clones; its roles end with the block."""
    prefix = unique("w") + "_"
    with _world(server, prefix, matrix(prefix)) as world:
        _make_tables(world, ["crm"], world.owner, TABLES)
        _make_people(world, STAFF)
        with world.connect(world.admin) as connection:
            apply_matrix(connection, world.matrix)
        if sealed:
            with world.connect(world.admin) as connection:
                seal(connection, world.matrix)
        yield Broker(world.database, prefix, world.matrix)


@contextmanager
def copy(world: Broker) -> Iterator[Broker]:
    """A copy of *world*'s database, for one test. Settings of logins stay behind: name the schema."""
    server = world.database.server
    database = server.create_database(unique("writes_"), world.database.name)
    try:
        yield replace(world, database=Database(server, database.name))
    finally:
        server.drop_database(database.name)


def refusal(connection: Connection, statement: str, parameters: Any = None) -> psycopg.Error:
    """Send *statement*, which must be refused, and return the error."""
    with pytest.raises(psycopg.Error) as caught:
        connection.execute(statement.encode(), parameters)
    return caught.value


def words(error: psycopg.Error) -> str:
    """Everything that the server said with *error*."""
    diag = error.diag
    said = (
        str(error),
        diag.message_primary,
        diag.message_detail,
        diag.message_hint,
        diag.context,
        diag.internal_query,
        diag.constraint_name,
        diag.table_name,
    )
    return "\n".join(part for part in said if part)


def overtaken(connection: Connection, holder: Connection, statement: str) -> psycopg.Error | None:
    """Send *statement*, let *holder* commit once it waits for a lock, and return its error, None if it worked."""
    found: list[psycopg.Error] = []

    def send() -> None:
        try:
            connection.execute(statement.encode())
        except psycopg.Error as error:
            found.append(error)

    thread = threading.Thread(target=send)
    thread.start()
    waiting = "SELECT EXISTS (SELECT FROM pg_catalog.pg_locks WHERE pid = %s AND NOT granted)"
    while thread.is_alive():
        [(waits,)] = holder.execute(waiting, [connection.info.backend_pid]).fetchall()
        if waits:
            break
    holder.execute("COMMIT")
    thread.join()
    return found[0] if found else None
