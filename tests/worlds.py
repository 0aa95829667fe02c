# ruff: noqa: E501 - a statement of SQL reads best on its line
"""
Small worlds for plan and apply: a matrix, its tables, a few rows, staff with logins, an administrator, a database.

    with crm_world(server) as world:
        with world.connect(world.admin) as connection:
            apply_matrix(connection, world.matrix)

`crm_world` is a broker in the small: assignments, a pool, policies, claims of policies. `odd_world` has what breaks
careless code: names with blanks and quotes, a key of two columns, partitions in two levels, inheritance, domains,
arrays, an enum, identity and generated columns, two customer tables of two owners. Each has its own role prefix.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pgcustsec.db import Connection, connect
from pgcustsec.matrix.model import (
    Access,
    Administrators,
    Application,
    Branch,
    Column,
    Department,
    Deviation,
    Matrix,
    Parent,
    Pool,
    Role,
    ServedByColumn,
    ServedByTable,
    Table,
)
from pgcustsec.migrate import apply_matrix
from pgcustsec.plan import Plan
from tests.cluster import Database, Server, unique
from tests.work import begin_work, work


@dataclass
class World:
    """A database with tables and people, and the matrix that is meant for it."""

    database: Database
    prefix: str
    matrix: Matrix

    @property
    def admin(self) -> str:
        return f"{self.prefix}dba"

    @property
    def owner(self) -> str:
        return f"{self.prefix}owner"

    @property
    def modern(self) -> bool:
        """Whether memberships have options of their own (16 and later)."""
        return self.database.server.major >= 16

    def login(self, name: str) -> str:
        return f"{self.prefix}{name}"

    def group(self, role: str) -> str:
        return self.matrix.group_role(role)

    def viewer(self, role: str) -> str:
        return self.matrix.viewer_role(role)

    def connect(self, user: str | None = None) -> Connection:
        """Open a connection as pgcustsec's commands do, as the superuser if *user* is None."""
        return connect(self.database.conninfo(user))

    def execute(self, *statements: str) -> None:
        self.database.execute(*statements)

    def read(self, login: str, query: str) -> list[tuple[Any, ...]]:
        """Return what *query* gives to the person's login, by a connection of its own."""
        with self.database.connect(user=self.login(login)) as connection:
            begin_work(connection)
            return connection.execute(query.encode()).fetchall()


def quoted(*parts: str) -> str:
    """Return *parts* as a quoted, dotted name."""
    return ".".join('"' + part.replace('"', '""') + '"' for part in parts)


def columns(text: str) -> dict[str, Column]:
    """Return the columns that *text* lists as `name:tier` or `name:tier:kind`, `_` standing for a blank in names."""
    made = {}
    for word in text.split():
        name, tier, *kind = word.split(":")
        made[name] = Column(name, int(tier), kind[0] if kind else None)  # type: ignore[arg-type]
    return made


def role(name: str, department: str, *accesses: Access) -> Role:
    return Role(name, department, {access.table: access for access in accesses})


@contextmanager
def undone(world: World) -> Iterator[Connection]:
    """A superuser's connection in a transaction that is taken back."""
    with world.connect() as connection, connection.transaction(force_rollback=True):
        yield connection


def repair(connection: Connection, world: World, user: str | None, matrix: Matrix | None = None) -> Plan:
    """Apply *matrix* (the world's own if None) as *user* (a superuser if None) inside the open transaction."""
    if user:
        connection.execute(f"SET LOCAL SESSION AUTHORIZATION {user}".encode())
    plan = apply_matrix(connection, matrix or world.matrix)
    connection.execute("RESET SESSION AUTHORIZATION")
    return plan


# --- the broker ---------------------------------------------------------------------------------------------------

CRM_TABLES = """
CREATE TABLE crm.customer (
    customer_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, status text NOT NULL, owner_staff_id text,
    branch_code text, name text, mobile varchar(20), id_card varchar(18), health text, family jsonb, internal text,
    claimed_at timestamptz, called_on date);
CREATE TABLE crm.policy (policy_id bigint PRIMARY KEY, customer_id bigint NOT NULL, product text, payer_account text);
CREATE TABLE crm.claim (claim_id bigint PRIMARY KEY, policy_id bigint NOT NULL, diagnosis text, filed_on date);
CREATE TABLE crm.visit (
    visit_id bigint NOT NULL, customer_id bigint NOT NULL, seen_on date NOT NULL, remark text,
    PRIMARY KEY (visit_id, seen_on)) PARTITION BY RANGE (seen_on);
CREATE TABLE crm.visit_2025 PARTITION OF crm.visit FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE crm.visit_2026 PARTITION OF crm.visit FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE crm.assignment (assignment_id bigint PRIMARY KEY, customer_id bigint NOT NULL, staff_id text NOT NULL,
    ends_at timestamptz);
INSERT INTO crm.customer (status, owner_staff_id, branch_code, name, mobile, id_card, health, family) VALUES
    ('customer', 'S1', 'BJ', '王小明', '13812345678', '110101199003070019', 'asthma', '{"children": 2}'),
    ('customer', 'S2', 'SH', '李雷', '13912345678', '310101198506150028', 'well', NULL),
    ('prospect', NULL, 'BJ', '韩梅梅', '13712345678', NULL, 'unknown', NULL),
    ('prospect', 'S5', 'GZ', '欧阳锋', NULL, NULL, NULL, NULL);
INSERT INTO crm.policy VALUES (10, 1, 'life', '6222021234567890'), (20, 2, 'car', NULL);
INSERT INTO crm.claim VALUES (100, 10, 'fracture', '2026-02-03'), (200, 20, 'dent', '2026-03-04');
INSERT INTO crm.visit VALUES (1, 1, '2025-05-05', 'friendly'), (2, 1, '2026-05-05', 'busy'), (3, 2, '2026-06-06', 'x');
INSERT INTO crm.assignment VALUES (1, 2, 'S1', NULL), (2, 3, 'S2', '2020-01-01');
"""

#: number, login, department, branch, manager, active, roles
CRM_STAFF: list[tuple[str, str | None, str, str, str | None, bool, list[str]]] = [
    ("S3", "zhao", "sales", "BJ", None, True, ["sales_manager"]),
    ("S1", "li", "sales", "BJ", "S3", True, ["sales_agent"]),
    ("S2", "wang", "sales", "SH", "S3", True, ["sales_agent", "service_agent"]),
    ("S4", "chen", "service", "SH", None, True, ["service_agent"]),
    ("S5", "gone", "sales", "GZ", "S3", False, ["sales_agent"]),
    ("S6", "sun", "data", "BJ", None, True, ["analyst"]),
]


def crm_matrix(prefix: str) -> Matrix:
    """The broker's matrix in the small, for roles that begin with *prefix*."""
    customer, policy, claim, visit = "crm.customer", "crm.policy", "crm.claim", "crm.visit"
    tables = [
        Table(
            "crm",
            "customer",
            ("customer_id",),
            columns(
                "customer_id:3 status:3 owner_staff_id:3 branch_code:3 name:2:name mobile:1:phone id_card:1:id_document "
                "health:2 family:2"
            ),
            served_by=(
                ServedByColumn("owner_staff_id"),
                ServedByTable("crm.assignment", ("customer_id",), "staff_id", "ends_at"),
            ),
            managers="direct",
            branch="branch_code",
            department_of_server=True,
            pool=Pool(
                "owner_staff_id IS NULL AND status = 'prospect'",
                "owner_staff_id",
                "claimed_at",
                "called_on",
                30,
                200,
                7,
            ),
        ),
        Table(
            "crm",
            "policy",
            ("policy_id",),
            columns("policy_id:3 customer_id:3 product:2 payer_account:1:bank_account"),
            parent=Parent(customer, ("customer_id",)),
            exists_is_tier2=True,
        ),
        Table(
            "crm",
            "claim",
            ("claim_id",),
            columns("claim_id:3 policy_id:3 diagnosis:2 filed_on:3"),
            parent=Parent(policy, ("policy_id",)),
            exists_is_tier2=True,
        ),
        Table(
            "crm",
            "visit",
            ("visit_id", "seen_on"),
            columns("visit_id:3 customer_id:3 seen_on:3 remark:2"),
            parent=Parent(customer, ("customer_id",)),
        ),
        Table(
            "crm",
            "assignment",
            ("assignment_id",),
            columns("assignment_id:3 customer_id:3 staff_id:3 ends_at:3"),
            parent=Parent(customer, ("customer_id",)),
        ),
    ]
    roles = [
        role(
            "sales_agent",
            "sales",
            Access(customer, ("serving", "pool"), "serving", "masked"),
            Access(policy, ("serving",), "serving", "hidden"),
            Access(visit, ("serving", "pool"), "serving"),
        ),
        role(
            "sales_manager",
            "sales",
            Access(customer, ("department",), "serving", "masked"),
            Access(policy, ("serving",), "serving"),
            Access("crm.assignment", ("department",)),
        ),
        role(
            "service_agent",
            "service",
            Access(customer, ("branch",), "serving", "hidden"),
            Access(policy, ("serving",), "serving"),
            Access(claim, ("serving",), "serving"),
        ),
        role("analyst", "data", Access(customer, ("all",), "none"), Access(visit, ("all",), "none")),
        role("inspector", "data"),
    ]
    return Matrix(
        organisation="broker",
        role_prefix=prefix,
        tables={table.qualified: table for table in tables},
        roles={one.name: one for one in roles},
        administrators=Administrators((f"{prefix}dba",), (f"{prefix}owner",)),
        branches={code: Branch(code, title) for code, title in (("BJ", "北京"), ("SH", "上海"), ("GZ", "广州"))},
        departments={code: Department(code, code.title()) for code in ("sales", "service", "data")},
        purposes=work(one.name for one in roles),
        applications={"web": Application("web", ("sales_agent", "service_agent"))},
    )


@contextmanager
def crm_world(server: Server, prefix: str | None = None) -> Iterator[World]:
    """The broker in a database of its own; database and roles end with the block."""
    prefix = prefix or unique("w") + "_"
    with _world(server, prefix, crm_matrix(prefix)) as world:
        _make_tables(world, ["crm"], world.owner, CRM_TABLES)
        _make_people(world, CRM_STAFF)
        yield world


# --- what breaks careless code ----------------------------------------------------------------------------------

ODD = 'Kunden "Daten"'
CUSTOMER = f"{ODD}.Kunde 'A'"
CONTRACT = f"{ODD}.Vertrag %s"
DAMAGE = f"{ODD}.schaden"
LEAD = "Leads.lead"

ODD_TABLES = r'''
CREATE TYPE "Leads".mood AS ENUM ('good', 'bad');
CREATE DOMAIN "Leads".full_name AS text CHECK (length(VALUE) < 100);
CREATE DOMAIN "Leads".phone AS "Leads".full_name;
CREATE TABLE "Kunden ""Daten"""."Kunde 'A'" (
    "Region" char(2) NOT NULL, "Nr" integer NOT NULL, "Betreuer \" varchar(10), "Name" "Leads".full_name,
    mobile char(11), "Telefon" "Leads".phone, tags text[], mood "Leads".mood, "Order" integer GENERATED ALWAYS AS ("Nr" * 2) STORED,
    "Filiale" text, abteilung text, dropped text, secret text, PRIMARY KEY ("Region", "Nr")) PARTITION BY LIST ("Region");
ALTER TABLE "Kunden ""Daten"""."Kunde 'A'" DROP COLUMN dropped;
CREATE TABLE "Kunden ""Daten"""."Teil;Nord" PARTITION OF "Kunden ""Daten"""."Kunde 'A'" FOR VALUES IN ('N ') PARTITION BY RANGE ("Nr");
CREATE TABLE "Kunden ""Daten"""."Teil Nord 1" PARTITION OF "Kunden ""Daten"""."Teil;Nord" FOR VALUES FROM (0) TO (100);
CREATE TABLE "Leads"."Rest" PARTITION OF "Kunden ""Daten"""."Kunde 'A'" DEFAULT;
CREATE TABLE "Kunden ""Daten"""."Vertrag %s" ("Id" bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    "Kunden Region" char(2), "Kunden Nr" integer, betrag numeric(12,2), iban text);
CREATE TABLE "Kunden ""Daten"""."Vertrag alt" (zusatz text) INHERITS ("Kunden ""Daten"""."Vertrag %s");
CREATE TABLE "Kunden ""Daten""".schaden (id integer PRIMARY KEY, "Id" bigint, grund "Leads".mood, fotos bytea);
CREATE TABLE "Leads".lead (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), agent text, score integer, email text, note text, dept text,
    "geholt \" timestamp, angerufen date);
CREATE TABLE "Leads".zuteilung ("Region" char(2), "Nr" smallint, staff varchar(10), "bis zum" date);
INSERT INTO "Kunden ""Daten"""."Kunde 'A'" ("Region", "Nr", "Betreuer \", "Name", mobile, "Telefon", tags, mood, "Filiale", abteilung, secret) VALUES
    ('N ', 1, 'S1', '王小明', '13812345678', '010-12345678', '{a,b}', 'good', 'BJ', 'sales', 'raw'),
    ('N ', 2, 'S2', 'Anna', '13812345679', NULL, NULL, 'bad', 'SH', 'service', 'raw'),
    ('S ', 3, NULL, '李', NULL, NULL, '{}', NULL, NULL, NULL, 'raw');
INSERT INTO "Kunden ""Daten"""."Vertrag %s" ("Id", "Kunden Region", "Kunden Nr", betrag, iban) VALUES (1, 'N ', 1, 10.5, 'DE1');
INSERT INTO "Kunden ""Daten"""."Vertrag alt" ("Id", "Kunden Region", "Kunden Nr", betrag, iban) VALUES (2, 'S ', 3, 11, 'DE2');
INSERT INTO "Kunden ""Daten""".schaden VALUES (1, 1, 'bad', NULL), (2, 2, 'good', '\x00');
INSERT INTO "Leads".lead (agent, score, email, note, dept) VALUES ('S1', 5, 'a@b.c', 'note', 'sales'), (NULL, 1, 'x@y.z', 'n', 'data');
INSERT INTO "Leads".zuteilung VALUES ('S ', 3, 'S1', NULL), ('N ', 2, 'S1', '2020-01-01');
'''


def odd_matrix(prefix: str) -> Matrix:
    """A matrix over tables with every unusual trait, for roles that begin with *prefix*."""
    tables = [
        Table(
            ODD,
            "Kunde 'A'",
            ("Region", "Nr"),
            {
                name: Column(name, tier, kind)  # type: ignore[arg-type]
                for name, tier, kind in (
                    ("Nr", 3, None),
                    ("Region", 3, None),
                    ("Betreuer \\", 3, None),
                    ("Name", 2, "name"),
                    ("mobile", 1, "phone"),
                    ("Telefon", 1, "phone"),
                    ("tags", 2, None),
                    ("mood", 2, None),
                    ("Order", 3, None),
                    ("abteilung", 2, None),
                )
            },
            served_by=(
                ServedByColumn("Betreuer \\"),
                ServedByTable("Leads.zuteilung", ("Region", "Nr"), "staff", "bis zum"),
            ),
            managers="chain",
            branch="Filiale",
            department_column="abteilung",
        ),
        Table(
            ODD,
            "Vertrag %s",
            ("Id",),
            columns("Id:3 betrag:2 iban:1:bank_account"),
            parent=Parent(CUSTOMER, ("Kunden Region", "Kunden Nr")),
        ),
        Table(
            ODD,
            "schaden",
            ("id",),
            columns("id:3 Id:3 grund:2 fotos:1:file"),
            parent=Parent(CONTRACT, ("Id",)),
            exists_is_tier2=True,
        ),
        Table(
            "Leads",
            "lead",
            ("id",),
            columns("id:3 agent:3 score:2 email:1:email note:2"),
            served_by=(ServedByColumn("agent"),),
            department_of_server=True,
            pool=Pool("agent IS NULL", "agent", "geholt \\", "angerufen", 30, 200, 7),
        ),
    ]
    roles = [
        role(
            "sales_agent",
            "sales",
            Access(CUSTOMER, ("serving", "branch"), "serving", "masked"),
            Access(CONTRACT, ("serving",), "serving", "hidden"),
            Access(DAMAGE, ("serving",), "serving", "hidden"),
            Access(LEAD, ("serving", "pool"), "department", "hidden"),
        ),
        role(
            "sales_manager",
            "sales",
            Access(CUSTOMER, ("department", "serving"), "serving", "hidden"),
            Access(CONTRACT, ("department",), "none"),
            Access(LEAD, ("department",), "serving"),
        ),
        role("service_agent", "service", Access(CUSTOMER, ("branch",), "none"), Access(LEAD, ("none",))),
        role("analyst", "data", Access(CUSTOMER, ("all",), "serving", "hidden"), Access(CONTRACT, ("all",), "serving")),
    ]
    base = crm_matrix(prefix)
    return replace(
        base,
        organisation="O'Brien \\ Söhne",
        tables={table.qualified: table for table in tables},
        roles={one.name: one for one in roles},
        administrators=Administrators((f"{prefix}dba",), (f"{prefix}owner", f"{prefix}Leads Owner")),
        departments={code: Department(code, f"{code}'s \\ \"") for code in ("sales", "service", "data")},
        purposes=work(one.name for one in roles),
        deviations=(Deviation("5.2.2", "sales_agent", LEAD, "tier2", "2026-007", date(2099, 6, 30)),),
    )


@contextmanager
def odd_world(server: Server) -> Iterator[World]:
    """The world of unusual tables in a database of its own; database and roles end with the block."""
    prefix = unique("w") + "_"
    with _world(server, prefix, odd_matrix(prefix)) as world:
        leads_owner = f"{prefix}Leads Owner"
        world.execute(f"CREATE ROLE {quoted(leads_owner)} NOLOGIN")
        _grant(world, leads_owner)
        _make_tables(world, [ODD, "Leads"], world.owner, ODD_TABLES)
        world.execute(f'GRANT USAGE ON SCHEMA "Leads" TO {quoted(leads_owner)}')
        for table in ("lead", "zuteilung"):
            world.execute(f'ALTER TABLE "Leads".{table} OWNER TO {quoted(leads_owner)}')
        _make_people(world, CRM_STAFF)
        yield world


# --- what every world has -----------------------------------------------------------------------------------------


@contextmanager
def _world(server: Server, prefix: str, matrix: Matrix) -> Iterator[World]:
    """A database with pgcustsec, an owner of tables and an administrator with no more than it needs."""
    from tests.conftest import _installed_template

    database = server.create_database(unique("world_"), _installed_template(server))
    world = World(database, prefix, matrix)
    try:
        world.execute(
            f"CREATE ROLE {world.owner} NOLOGIN",
            f"CREATE ROLE {world.admin} LOGIN CREATEROLE",
            f"ALTER DATABASE {database.name} OWNER TO {world.admin}",
        )
        _grant(world, world.owner)
        _grant(world, "pgcustsec_owner")
        yield world
    finally:
        server.drop_database(database.name)
        server.drop_roles(prefix)


def _grant(world: World, role_name: str) -> None:
    option = " WITH INHERIT FALSE, SET TRUE" if world.modern else ""
    world.execute(f"GRANT {quoted(role_name)} TO {world.admin}{option}")


def _make_tables(world: World, schemas: list[str], owner: str, ddl: str) -> None:
    with world.connect() as connection:
        for schema in schemas:
            connection.execute(f"CREATE SCHEMA {quoted(schema)} AUTHORIZATION {owner}".encode())
        connection.execute(f"SET ROLE {owner}".encode())
        connection.execute(ddl.encode())


def _make_people(world: World, staff: list[tuple[str, str | None, str, str, str | None, bool, list[str]]]) -> None:
    """Register the matrix's lists and the staff, as apply and `staff add` would; logins are the administrator's."""
    with world.connect(world.admin) as connection:
        for person in staff:
            if person[1]:
                connection.execute(f"CREATE ROLE {world.login(person[1])} LOGIN".encode())
        connection.execute(f"CREATE ROLE {world.login('web')} LOGIN".encode())
    with world.connect() as connection:
        _register_lists(connection, world.matrix)
        for number, login, department, branch, manager, active, roles in staff:
            connection.execute(
                "INSERT INTO pgcustsec_internal.staff (staff_id, full_name, login, department_code, branch_code,"
                " manager_id, active) VALUES (%s, %s, %s, %s, %s, %s, %s)",
                [number, f"N. {number}", login and world.login(login), department, branch, manager, active],
            )
            for held in roles:
                connection.execute("INSERT INTO pgcustsec_internal.staff_role VALUES (%s, %s)", [number, held])


def _register_lists(connection: Connection, matrix: Matrix) -> None:
    """What staff refer to must be there before the first apply; titles come with it. After one it is there already."""
    for branch in matrix.branches.values():
        connection.execute(
            "INSERT INTO pgcustsec_internal.branch VALUES (%s, 'old') ON CONFLICT DO NOTHING", [branch.code]
        )
    for department in matrix.departments.values():
        connection.execute(
            "INSERT INTO pgcustsec_internal.department VALUES (%s, 'old') ON CONFLICT DO NOTHING", [department.code]
        )
    for one in matrix.roles.values():
        connection.execute(
            "INSERT INTO pgcustsec_internal.role VALUES (%s, %s, %s, false) ON CONFLICT DO NOTHING",
            [one.name, matrix.group_role(one.name), one.department],
        )
