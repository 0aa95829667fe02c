"""
The world that record access is attacked in: a small CRM, sealed, where searching by value works and budgets are small.

Every value of tier 1 ends with its customer's number, also where it is masked: mobile `1380000NNNN`, shown as
`138****NNNN` while the record is open. So whose record somebody saw is read from what came back. Beside it schema
`naive`, where the same is done as one would do it without knowing better; an attack counts only if it works there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from pgcustsec.db import Connection
from pgcustsec.extension import install
from pgcustsec.matrix.model import (
    Access,
    Administrators,
    Application,
    Approval,
    Branch,
    Column,
    Department,
    Matrix,
    Parent,
    RecordAccess,
    RequestKind,
    Role,
    ServedByColumn,
    Table,
    Write,
)
from pgcustsec.migrate import apply_matrix
from pgcustsec.vault import seal
from tests.attack.world import Attacker, World, connected
from tests.cluster import Server, unique
from tests.work import work

CUSTOMERS = 60
#: Whose customers they are; E1 may make objects of their own.
SERVED = {"A1": range(1, 21), "A2": range(21, 41), "A3": range(41, 59), "E1": range(59, 61)}
OPENINGS, DIFFERENT, MINUTES = 12, 6, 5

#: Tier 1 of a customer, masked or not.
_SHOWN = re.compile(r"(?:\*{4,}|1380000|62220000000)(\d{4})\b")
_TRUE = re.compile(r"\b(?:1380000|62220000000)(\d{4})\b")

TABLES = f"""
CREATE SCHEMA crm;
CREATE TABLE crm.customer (
    customer_id integer PRIMARY KEY, owner_staff_id text, name text, mobile text, health text);
CREATE TABLE crm.policy (
    policy_id integer PRIMARY KEY, customer_id integer NOT NULL REFERENCES crm.customer, account text, product text);
CREATE TABLE crm.call (
    place text, number integer, customer_id integer NOT NULL REFERENCES crm.customer, mobile text,
    PRIMARY KEY (place, number));
INSERT INTO crm.customer
    SELECT i, CASE WHEN i > 58 THEN 'E1' ELSE 'A' || (i - 1) / 20 + 1 END, '王小' || chr(19968 + i),
        '1380000' || to_char(i, 'FM0000'), 'ill-' || i
    FROM generate_series(1, {CUSTOMERS}) AS i;
INSERT INTO crm.policy
    SELECT i, i, '62220000000' || to_char(i, 'FM0000'), 'life-' || i FROM generate_series(1, {CUSTOMERS}) AS i;
INSERT INTO crm.call
    SELECT CASE i % 3 WHEN 0 THEN 'BJ' WHEN 1 THEN 'B"J\\' ELSE 'B, J' END, i, i, '1380000' || to_char(i, 'FM0000')
    FROM generate_series(1, {CUSTOMERS}) AS i;
"""

#: As one would do it who does not know: what was opened, how often and what for is rows of one's own transaction.
NAIVE = """
CREATE SCHEMA naive;
CREATE TABLE naive.customer AS
    SELECT i AS customer_id, 'A' || (i - 1) / 20 + 1 AS owner_staff_id, '1380000' || to_char(i, 'FM0000') AS mobile
    FROM generate_series(1, 60) AS i;
ALTER TABLE naive.customer ADD PRIMARY KEY (customer_id);
CREATE FUNCTION naive.me() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
    RETURN (SELECT s.staff_id FROM pgcustsec_internal.staff AS s WHERE s.login = session_user);
CREATE TABLE naive.opening (staff_id text, customer_id integer, at timestamptz DEFAULT clock_timestamp());
CREATE TABLE naive.budget (staff_id text PRIMARY KEY, spent integer NOT NULL);
INSERT INTO naive.budget VALUES ('A1', 0), ('A2', 0), ('A3', 0);
CREATE FUNCTION naive.open(key integer, at_most integer DEFAULT 12) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF (SELECT spent FROM naive.budget WHERE staff_id = naive.me()) >= at_most THEN
        RAISE EXCEPTION 'spent';
    END IF;
    UPDATE naive.budget SET spent = spent + 1 WHERE staff_id = naive.me();
    INSERT INTO naive.opening VALUES (naive.me(), key);
END $$;
CREATE VIEW naive.opened WITH (security_barrier) AS
    SELECT c.customer_id,
        CASE WHEN EXISTS (
            SELECT FROM naive.opening AS o WHERE o.staff_id = naive.me() AND o.customer_id = c.customer_id)
        THEN overlay(c.mobile PLACING '****' FROM 4 FOR 4) ELSE '***' END AS mobile
    FROM naive.customer AS c WHERE c.owner_staff_id = naive.me();
GRANT USAGE ON SCHEMA naive TO PUBLIC;
GRANT EXECUTE ON FUNCTION naive.me(), naive.open(integer, integer) TO PUBLIC;
GRANT SELECT ON naive.opened TO PUBLIC;
ANALYZE;
"""

#: Person and the roles they hold; I1 supervises, D1 has two roles, X1 none, E1 may make objects of their own.
PEOPLE = {
    "A1": ["agent"],
    "A2": ["agent"],
    "A3": ["agent"],
    "E1": ["agent"],
    "D1": ["agent", "clerk"],
    "I1": ["inspector"],
    "X1": [],
}


@contextmanager
def opened_world(server: Server) -> Iterator[World]:
    """Make the world on *server*; it and its roles end with the block."""
    prefix = unique("opn") + "_"
    template = server.create_database(unique("opened_template_"))
    try:
        with connected(template) as connection:
            _build(connection, template.name, prefix)
        world = World(server, prefix, template, template.name)
        yield world
    finally:
        server.drop_database(template.name)
        server.drop_roles(prefix)


def _build(connection: Connection, database: str, p: str) -> None:
    install(connection, delivery="sql")
    connection.execute(f"CREATE ROLE {p}owner NOLOGIN; GRANT CREATE ON DATABASE {database} TO {p}owner")
    connection.execute(f"SET ROLE {p}owner")
    with psycopg.ClientCursor(connection) as cursor:
        cursor.execute(TABLES.encode())
    connection.execute("RESET ROLE")
    apply_matrix(connection, opened_matrix(p))
    _people(connection, p)
    apply_matrix(connection, opened_matrix(p))
    seal(connection, opened_matrix(p))
    apply_matrix(connection, opened_matrix(p))
    connection.execute(f"GRANT TEMPORARY ON DATABASE {database} TO {p}e1; CREATE SCHEMA evil AUTHORIZATION {p}e1")
    connection.execute(NAIVE)


def _people(connection: Connection, p: str) -> None:
    for person, roles in PEOPLE.items():
        login = f"{p}{person.lower()}"
        connection.execute(f"CREATE ROLE {login} LOGIN")
        connection.execute(
            "INSERT INTO pgcustsec_internal.staff (staff_id, full_name, login, department_code, branch_code)"
            " VALUES (%s, %s, %s, 'sales', 'BJ')",
            [person, person, login],
        )
        for role in roles:
            connection.execute("INSERT INTO pgcustsec_internal.staff_role VALUES (%s, %s)", [person, role])
    connection.execute(f"CREATE ROLE {p}web LOGIN; CREATE ROLE {p}stranger LOGIN")


def opened_matrix(p: str, *, openings: int = OPENINGS, different: int = DIFFERENT, minutes: int = MINUTES) -> Matrix:
    """Customers, their policies and calls, for agents who open and search, clerks who see stars, and an inspector."""
    customer = Table(
        schema="crm",
        name="customer",
        key=("customer_id",),
        columns={
            "customer_id": Column("customer_id", 3),
            "owner_staff_id": Column("owner_staff_id", 3),
            "name": Column("name", 2, "name"),
            "mobile": Column("mobile", 1, "phone", find=True),
            "health": Column("health", 2),
        },
        served_by=(ServedByColumn("owner_staff_id"),),
    )
    policy = Table(
        schema="crm",
        name="policy",
        key=("policy_id",),
        columns={
            "policy_id": Column("policy_id", 3),
            "customer_id": Column("customer_id", 3),
            "account": Column("account", 1, "bank_account", find=True),
            "product": Column("product", 2),
        },
        parent=Parent("crm.customer", ("customer_id",)),
        exists_is_tier2=True,
    )
    call = Table(
        schema="crm",
        name="call",
        key=("place", "number"),
        columns={
            "place": Column("place", 3),
            "number": Column("number", 3),
            "customer_id": Column("customer_id", 3),
            "mobile": Column("mobile", 1, "phone"),
        },
        parent=Parent("crm.customer", ("customer_id",)),
    )
    written = Write(update=("mobile", "health"))
    roles = {
        "agent": [
            Access("crm.customer", ("serving",), "serving", "masked", write=written),
            Access("crm.policy", ("serving",), "serving", "masked"),
            Access("crm.call", ("serving",), "serving", "masked"),
        ],
        "clerk": [Access("crm.customer", ("all",), "none", "hidden")],
        "inspector": [],
    }
    purposes = {**work(["agent", "inspector"]), **_for("filing", "clerk")}
    return Matrix(
        organisation="opened",
        role_prefix=p,
        tables={table.qualified: table for table in (customer, policy, call)},
        roles={
            name: Role(name, "sales", {a.table: a for a in accesses}, supervises=name == "inspector")
            for name, accesses in roles.items()
        },
        administrators=Administrators(("postgres",), (f"{p}owner",)),
        branches={"BJ": Branch("BJ", "BJ")},
        departments={"sales": Department("sales", "sales")},
        purposes=purposes,
        record_access=RecordAccess(minutes=minutes, openings_per_day=openings, customers_per_day=different),
        applications={"web": Application("web", ("agent",))},
        requests={
            "special": RequestKind(
                "special", "Special", (Approval(role="inspector"),), 5, ("agent", "clerk"), max_rows=3
            )
        },
    )


def _for(purpose: str, role: str) -> dict[str, Any]:
    from pgcustsec.matrix.model import Purpose

    return {purpose: Purpose(purpose, purpose.title(), (role,))}


def shown(attacker: Attacker, statement: str = "TABLE agent.customer") -> set[int]:
    """Send *statement* and return whose tier 1 is in what came back, beyond stars."""
    return shown_in(attacker.send(statement).text)


def shown_in(text: str) -> set[int]:
    """Return the customers whose tier 1 is in *text*, masked or not."""
    return {int(number) for number in _SHOWN.findall(text)}


def true_in(text: str) -> set[int]:
    """Return the customers whose tier 1 is in *text* unmasked."""
    return {int(number) for number in _TRUE.findall(text)}


def opens(key: object, relation: str = "crm.customer") -> str:
    """The statement that opens the record *key*."""
    return f"SELECT pgcustsec.open_record('{relation}', '{key}', 'attack') IS NOT NULL"


def recorded(world: World, person: str = "A1", kind: str = "record_opened") -> list[str]:
    """The keys in the evidence of what *person* did, in order."""
    with world.database.connect() as connection:
        rows = connection.execute(
            "SELECT record_key FROM pgcustsec_internal.audit WHERE staff_id = %s AND kind = %s ORDER BY audit_id",
            [person, kind],
        )
        return [row[0] for row in rows]


def approved(world: World, agent: Attacker, columns: str, keys: str, relation: str = "crm.customer") -> int:
    """File a request of *agent*'s for *keys*, have the inspector approve it, and return its number."""
    number = int(
        agent.send(
            "SELECT pgcustsec.file_request('special', 'work', %s, %s::text[], NULL, %s::text[], 3)",
            [relation, f"{{{columns}}}", f"{{{keys}}}"],
        ).value
    )
    with world.database.connect(user=world.role("i1")) as inspector:
        inspector.execute("SELECT pgcustsec.decide_request(%s, 'approve', 'needed')", [number])
    return number


def spent(world: World, person: str = "A1", what: str = "openings") -> int:
    """How much of the day's budget the database says that *person* spent."""
    with world.database.connect() as connection:
        row = connection.execute(
            f"SELECT coalesce(pgcustsec_internal._spent(b.{what}), 0) FROM pgcustsec_internal.budget AS b"
            " WHERE b.staff_id = %s",
            [person],
        ).fetchone()
        return int(row[0]) if row else 0


def fresh(world: World) -> None:
    """Make it the next day for everybody: budgets whole, nothing open, the evidence of before gone."""
    world.execute(
        "SELECT setval(s, 1) FROM pgcustsec_internal.budget AS b, unnest(ARRAY[openings, customers]) AS s",
        "UPDATE pgcustsec_internal.session_access SET record_key = NULL, lapses_at = NULL, opened_by = NULL",
        "ALTER TABLE pgcustsec_internal.audit DISABLE TRIGGER refuse_rewriting",
        "DELETE FROM pgcustsec_internal.audit",
        "ALTER TABLE pgcustsec_internal.audit ENABLE ALWAYS TRIGGER refuse_rewriting",
        "UPDATE naive.budget SET spent = 0",
        "TRUNCATE naive.opening",
    )
