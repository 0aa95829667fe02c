"""
The world that is attacked: a small CRM with the matrix applied, people at work, and beside it schema `naive`, where the
same rows are guarded as one would guard them without knowing better. An attack counts only if it works there.

Every raw value carries a mark that tells where it came from: `t1-17` is tier 1 of customer 17, `t2-17` its tier 2,
`nm-17` its name, `t3-17` its tier 3 (the row itself), `t0-17` a column that the matrix does not know. So what an
attacker got hold of, in rows, notices, errors or plans, is found by reading it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import psycopg
from psycopg import sql

from pgcustsec.db import Connection, connect
from pgcustsec.extension import install
from pgcustsec.matrix.model import (
    Access,
    Administrators,
    Application,
    Branch,
    Column,
    Department,
    Matrix,
    Parent,
    Pool,
    Role,
    ServedByColumn,
    ServedByTable,
    Table,
)
from pgcustsec.migrate import apply_matrix
from tests.cluster import Database, Server, unique
from tests.work import begin_work, work

Mark = tuple[str, int]

_MARK = re.compile(r"\b(t0|t1|t2|t3|nm)-(\d+)")
#: Income is a number, so it carries its customer in its digits.
_INCOME = re.compile(r"\b7000(\d{3})\b")

CUSTOMERS = 120
CHILDREN = (121, 122, 123, 124)  # rows of the inheritance child
SERVED = {
    **dict.fromkeys(range(1, 11), "A1"),
    **dict.fromkeys(range(41, 46), "L1"),
    **dict.fromkeys(range(46, 51), "T1"),
}
POOL = range(51, 61)

TABLES = f"""
CREATE SCHEMA crm;
CREATE TABLE crm.customer (
    customer_id integer PRIMARY KEY, status text NOT NULL, owner_staff_id text, branch_code text, tag text,
    name text, mobile text, id_card varchar(40) UNIQUE, photo bytea, health text, income integer CHECK (income > 0),
    birth_date date, secret text);
CREATE TABLE crm.customer_vip () INHERITS (crm.customer);
CREATE TABLE crm.policy (
    policy_id integer PRIMARY KEY, customer_id integer NOT NULL REFERENCES crm.customer, product text, premium integer,
    account text) PARTITION BY RANGE (policy_id);
CREATE TABLE crm.policy_old PARTITION OF crm.policy FOR VALUES FROM (0) TO (100);
CREATE TABLE crm.policy_new PARTITION OF crm.policy FOR VALUES FROM (100) TO (1000);
CREATE TABLE crm.assignment (
    assignment_id integer PRIMARY KEY, customer_id integer NOT NULL, staff_id text NOT NULL, ends_at timestamptz);
CREATE FUNCTION crm.customer_row(i integer, owner text) RETURNS crm.customer LANGUAGE sql AS $$
    SELECT i, CASE WHEN i BETWEEN {POOL[0]} AND {POOL[-1]} THEN 'prospect' ELSE 'customer' END, owner,
        CASE WHEN i % 2 = 1 THEN 'BJ' ELSE 'SH' END, 't3-' || i, 'N nm-' || i, 't1-' || i || '-mobile',
        't1-' || i || '-card', convert_to('t1-' || i || '-photo', 'UTF8'), 't2-' || i || '-ill', 7000000 + i,
        date '1960-01-01' + i, 't0-' || i $$;
"""

ROWS = """
INSERT INTO crm.customer
    SELECT r.* FROM unnest(%(ids)s::int[], %(owners)s::text[]) AS u (i, o), crm.customer_row(i, o) AS r;
INSERT INTO crm.customer_vip SELECT r.* FROM unnest(%(vips)s::int[]) AS i, crm.customer_row(i, 'A' || i - 120) AS r;
INSERT INTO crm.policy
    SELECT i, i, 't2-' || i || '-life', 7000000 + i, 't1-' || i || '-account' FROM generate_series(1, 120) AS i;
INSERT INTO crm.assignment VALUES (1, 11, 'A1', NULL), (2, 12, 'A1', now() - interval '1 day'), (3, 1, 'A2', NULL);
"""

#: As people guard rows who do not know better.
NAIVE = """
CREATE SCHEMA naive;
CREATE TABLE naive.customer AS SELECT * FROM crm.customer;
ALTER TABLE naive.customer ADD PRIMARY KEY (customer_id);
CREATE FUNCTION naive.me() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
    RETURN (SELECT s.staff_id FROM pgcustsec_internal.staff AS s WHERE s.login = session_user);
CREATE FUNCTION naive.serves(staff_id text) RETURNS boolean LANGUAGE plpgsql STABLE AS
    $$ BEGIN RETURN staff_id = naive.me(); END $$;
CREATE VIEW naive.mine AS SELECT * FROM naive.customer WHERE naive.serves(owner_staff_id);
GRANT USAGE ON SCHEMA naive TO PUBLIC;
GRANT EXECUTE ON FUNCTION naive.me(), naive.serves(text) TO PUBLIC;
GRANT SELECT ON naive.mine TO PUBLIC;
ANALYZE;
"""


@dataclass(frozen=True)
class Loot:
    """What an attacker got for one attempt: rows, what the server said beside, and the error if there was one."""

    rows: list[tuple[Any, ...]]
    said: list[str]
    error: str = ""
    sqlstate: str = ""

    @property
    def refused(self) -> bool:
        """Whether the server said no for lack of a right (or of anything by that name that one may see)."""
        return self.sqlstate == "42501"

    @property
    def text(self) -> str:
        return "\n".join([*("|".join(map(_readable, row)) for row in self.rows), *self.said, self.error])

    @property
    def marks(self) -> set[Mark]:
        """The marks of every raw value in it."""
        return marks_in(self.text)

    @property
    def value(self) -> Any:
        """The only cell of the only row."""
        assert not self.error, self.error
        [(cell,)] = self.rows
        return cell


def marks_in(text: str) -> set[Mark]:
    """Return the marks in *text*."""
    found = {(kind, int(number)) for kind, number in _MARK.findall(text)}
    return found | {("t2", int(number)) for number in _INCOME.findall(text)}


def _readable(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return str(value)


class Attacker:
    """A login with a connection, which sends what it likes and keeps what it gets."""

    def __init__(self, world: World, connection: Connection, may_see: set[Mark]) -> None:
        self.world = world
        self.connection = connection
        self.may_see = may_see
        self._said: list[str] = []
        connection.add_notice_handler(lambda notice: self._said.append(_words(notice)))

    @property
    def login(self) -> str:
        return self.connection.info.user

    def send(self, statement: str, parameters: Sequence[Any] | None = None) -> Loot:
        """Send *statement*, or several with semicolons, and return everything that came back. Raises nothing."""
        self._said.clear()
        rows: list[tuple[Any, ...]] = []
        try:
            cursor = self.connection.execute(statement, parameters)
            while True:
                if cursor.description:
                    rows += cursor.fetchall()
                if not cursor.nextset():
                    break
        except psycopg.Error as error:
            words = "\n".join([str(error), _words(error.diag)])
            return Loot(rows, list(self._said), words, error.sqlstate or "")
        return Loot(rows, list(self._said))

    def copy_out(self, statement: str) -> Loot:
        """Send a COPY ... TO STDOUT."""
        try:
            with self.connection.cursor().copy(statement) as copy:
                return Loot([(bytes(chunk),) for chunk in copy], [])
        except psycopg.Error as error:
            return Loot([], [], f"{error}\n{_words(error.diag)}", error.sqlstate or "")

    def must(self, *statements: str) -> None:
        """Send what has to work for the attack to be one."""
        for statement in statements:
            loot = self.send(statement)
            assert not loot.error, f"{statement}: {loot.error}"

    def gains(self, *statements: str) -> set[Mark]:
        """Send *statements* and return the marks of values in what came back that this login must not have."""
        return {mark for statement in statements for mark in self.send(statement).marks} - self.may_see


def _words(diagnostic: Any) -> str:
    parts = ("message_primary", "message_detail", "message_hint", "context", "internal_query")
    return "\n".join(getattr(diagnostic, part) or "" for part in parts)


@dataclass
class World:
    """
    The database, its roles by name, and ways in. `may_see` says by staff number what a person may have; `template` is
    the same database with nobody in it, to make copies of.
    """

    server: Server
    prefix: str
    database: Database
    template: str
    may_see: dict[str, set[Mark]] = field(default_factory=dict)

    def role(self, name: str) -> str:
        return f"{self.prefix}{name}"

    @contextmanager
    def attacker(self, person: str = "A1", *, at_work: bool = True, **parameters: Any) -> Iterator[Attacker]:
        """
        Log in as *person*, or as a login of that name that is nobody.

        *at_work* starts a session; else there is one if an earlier connection started it, and nothing was done in this.
        """
        connection = self.database.connect(user=self.role(person.lower()), **parameters)
        if at_work:
            begin_work(connection)
        try:
            yield Attacker(self, connection, self.may_see.get(person, set()))
        finally:
            # Not psycopg's own `with`, which would commit what the attack left open.
            connection.close()

    def execute(self, *statements: str) -> None:
        """As the superuser; `{p}` stands for the role prefix."""
        self.database.execute(*(statement.replace("{p}", self.prefix) for statement in statements))

    @contextmanager
    def copy(self, *, as_left_open: bool = False) -> Iterator[World]:
        """
        A world of its own, for attacks that leave something behind. It ends with the block.

        *as_left_open* is the control: PUBLIC has in it what PostgreSQL gives by itself.
        """
        name = unique("attack_")
        self.server.create_database(name, self.template)
        if as_left_open:
            with self.server.connect() as connection:
                connection.execute(
                    sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO PUBLIC").format(sql.Identifier(name))
                )
        try:
            yield replace(self, database=Database(self.server, name))
        finally:
            self.server.drop_database(name)


@contextmanager
def built(server: Server) -> Iterator[World]:
    """Make the world on *server*; it and its roles end with the block."""
    prefix = unique("atk") + "_"
    template = server.create_database(unique("attack_template_"))
    try:
        with connected(template) as connection:
            _build(connection, template.name, prefix)
        world = World(server, prefix, template, template.name, _may_see())
        # Everybody has worked before: what a first session makes is there.
        for person in PEOPLE:
            with template.connect(user=world.role(person.lower())) as connection:
                begin_work(connection)
        with world.copy() as copy:
            yield copy
    finally:
        server.drop_database(template.name)
        server.drop_roles(prefix)


@contextmanager
def connected(database: Database) -> Iterator[Connection]:
    connection = connect(database.conninfo())
    try:
        yield connection
    finally:
        connection.close()


def _build(connection: Connection, database: str, p: str) -> None:
    install(connection, delivery="sql")
    connection.execute(f"CREATE ROLE {p}owner NOLOGIN; GRANT CREATE ON DATABASE {database} TO {p}owner")
    connection.execute(f"SET ROLE {p}owner; {TABLES}; RESET ROLE")
    owned = [(i, owner_of(i)) for i in range(1, CUSTOMERS + 1)]
    parameters = {"ids": [i for i, _ in owned], "owners": [o for _, o in owned], "vips": list(CHILDREN)}
    with psycopg.ClientCursor(connection) as cursor:
        cursor.execute(ROWS, parameters)
    apply_matrix(connection, matrix(p))
    _people(connection, p)
    apply_matrix(connection, matrix(p))
    connection.execute(f"GRANT TEMPORARY ON DATABASE {database} TO {p}e1; CREATE SCHEMA evil AUTHORIZATION {p}e1")
    connection.execute(NAIVE)


def owner_of(customer: int) -> str | None:
    """Who serves *customer* by column."""
    return None if customer in POOL else SERVED.get(customer, "A2")


#: Person and the role they hold. L1 is about to leave; E1 may make temporary objects and has a schema.
PEOPLE = {
    "M1": "agent",
    "A1": "agent",
    "A2": "agent",
    "L1": "agent",
    "E1": "agent",
    "T1": "agent",
    "C1": "clerk",
    "N1": "analyst",
}


def _people(connection: Connection, p: str) -> None:
    for person, role in PEOPLE.items():
        login = f"{p}{person.lower()}"
        connection.execute(f"CREATE ROLE {login} LOGIN")
        connection.execute(
            "INSERT INTO pgcustsec_internal.staff"
            " (staff_id, full_name, login, department_code, branch_code, manager_id)"
            " VALUES (%s, %s, %s, 'sales', 'BJ', %s)",
            [person, person, login, "M1" if person == "A1" else None],
        )
        connection.execute("INSERT INTO pgcustsec_internal.staff_role VALUES (%s, %s)", [person, role])
    connection.execute(f"CREATE ROLE {p}web LOGIN; CREATE ROLE {p}stranger LOGIN")


def _may_see() -> dict[str, set[Mark]]:
    served = {person: {i for i, s in SERVED.items() if s == person} for person in ("A1", "L1", "T1")}
    served["A1"] |= {11, 121}
    served["M1"] = served["A1"]
    served["E1"] = set()
    served["A2"] = {i for i in range(1, CUSTOMERS + 1) if owner_of(i) == "A2"} | {1, 122}
    seen = {
        person: {("t2", i) for i in mine} | {("t3", i) for i in mine | set(POOL)} for person, mine in served.items()
    }
    everyone = {*range(1, CUSTOMERS + 1), *CHILDREN}
    seen["C1"] = {("t3", i) for i in everyone if i % 2 == 1}
    seen["N1"] = {("t3", i) for i in everyone}
    return seen


def matrix(p: str) -> Matrix:
    """Three roles over a customer table with a child table and assignments, names beginning with *p*."""
    customer = Table(
        schema="crm",
        name="customer",
        key=("customer_id",),
        columns=_columns(
            "customer_id:3 status:3 owner_staff_id:3 branch_code:3 tag:3 name:2:name mobile:1:phone"
            " id_card:1:id_document photo:1:file health:2 income:2 birth_date:2"
        ),
        served_by=(
            ServedByColumn("owner_staff_id"),
            ServedByTable("crm.assignment", ("customer_id",), "staff_id", "ends_at"),
        ),
        managers="direct",
        branch="branch_code",
        department_of_server=True,
        pool=Pool(
            "owner_staff_id IS NULL AND status = 'prospect'", "owner_staff_id", "birth_date", "birth_date", 1, 1, 1
        ),
    )
    policy = Table(
        schema="crm",
        name="policy",
        key=("policy_id",),
        columns=_columns("policy_id:3 customer_id:3 product:2 premium:2 account:1:bank_account"),
        parent=Parent("crm.customer", ("customer_id",)),
        exists_is_tier2=True,
    )
    assignment = Table(
        schema="crm",
        name="assignment",
        key=("assignment_id",),
        columns=_columns("assignment_id:3 customer_id:3 staff_id:3 ends_at:3"),
        parent=Parent("crm.customer", ("customer_id",)),
    )
    roles = {
        "agent": [
            Access("crm.customer", ("serving", "pool"), "serving", "masked"),
            Access("crm.policy", ("serving",), "serving", "hidden"),
        ],
        "clerk": [Access("crm.customer", ("branch",), "serving", "hidden")],
        "analyst": [Access("crm.customer", ("all",), "none", "absent")],
    }
    return Matrix(
        organisation="attacked",
        role_prefix=p,
        tables={table.qualified: table for table in (customer, policy, assignment)},
        roles={name: Role(name, "sales", {a.table: a for a in accesses}) for name, accesses in roles.items()},
        administrators=Administrators(("postgres",), (f"{p}owner",)),
        branches={code: Branch(code, code) for code in ("BJ", "SH")},
        departments={"sales": Department("sales", "sales")},
        purposes=work(roles),
        applications={"web": Application("web", ("agent",))},
    )


def _columns(text: str) -> dict[str, Column]:
    parts = [word.split(":") for word in text.split()]
    return {name: Column(name, int(tier), kind[0] if kind else None) for name, tier, *kind in parts}  # type: ignore[arg-type]
