"""A world put into a real database, and what its logins read there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from random import Random
from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from pgcustsec.db import Connection
from pgcustsec.matrix.model import Table
from pgcustsec.migrate import apply_matrix
from pgcustsec.vault import seal
from tests.cluster import Database, Server, unique
from tests.oracle.acting import Acting
from tests.oracle.explained import compare_explained
from tests.oracle.ledger import Disagreement, Ledger
from tests.oracle.model import AWAY, Answer, AtWork, Login, Model, World, key_of
from tests.oracle.parts import compare_parts
from tests.oracle.people import approver_login, register_approver, register_staff
from tests.oracle.strategies import APPROVER, renamed
from tests.oracle.tables import quoted
from tests.work import WORK

Apply = Callable[[Connection, World], Any]


def apply_world(connection: Connection, world: World) -> None:
    """Apply the world's matrix, and seal the tables that are to be."""
    apply_matrix(connection, world.matrix)
    for table in sorted(world.sealed):
        seal(connection, world.matrix, table)


@contextmanager
def staged(server: Server, template: str, prefix: str, world: World, apply: Apply = apply_world) -> Iterator[Stage]:
    """A database of this world alone, cloned from *template*; it and all of the world's roles end with the block."""
    stage = Stage(server, template, unique(prefix), world)
    try:
        stage.build(apply)
        yield stage
    finally:
        server.drop_database(stage.database.name)
        server.drop_roles(stage.prefix)


class Stage:
    """One world in its own database."""

    def __init__(self, server: Server, template: str, prefix: str, world: World) -> None:
        self.prefix = f"{prefix}_"
        self.world = renamed(world, self.prefix)
        self.model = Model(self.world)
        self.database: Database = server.create_database(unique("oracle_"), template)

    # --- making -------------------------------------------------------------------------------------------------

    def build(self, apply: Apply) -> None:
        """Make tables and rows, apply the matrix, register staff, make logins."""
        with self.database.connect() as connection:
            connection.execute(_batch(self._roles_and_tables()))
            with connection.transaction():
                self._fill(connection)
            apply(connection, self.world)
            with connection.transaction():
                self._register(connection)

    def _roles_and_tables(self) -> Iterator[str]:
        owner = self.world.owner
        for role in (owner, *self.world.matrix.administrators.roles):
            yield f"CREATE ROLE {role} NOLOGIN"
        for schema in sorted({name.rpartition(".")[0] for name in self.world.tables}):
            yield f"CREATE SCHEMA {quoted(schema)} AUTHORIZATION {owner}"
            yield f"SET ROLE {owner}"
            yield f"CREATE DOMAIN {quoted(schema)}.code_t AS text"
            yield "RESET ROLE"
        yield f"SET ROLE {owner}"
        for table in self.world.tables.values():
            yield from table.ddl
        yield "RESET ROLE"

    def _fill(self, connection: Connection) -> None:
        for table in self.world.tables.values():
            columns = sql.SQL(", ").join(map(sql.Identifier, table.types))
            for target in dict.fromkeys(table.into):
                copy = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.SQL(target), columns)
                with connection.cursor().copy(copy) as into:
                    for row, goes in zip(table.rows, table.into, strict=True):
                        if goes == target:
                            into.write_row([_dumped(row[name], kind) for name, kind in table.types.items()])

    def _register(self, connection: Connection) -> None:
        for login in self.world.logins:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(login.name)))
            for role in login.groups:
                group = sql.Identifier(self.world.matrix.group_role(role))
                connection.execute(sql.SQL("GRANT {} TO {}").format(group, sql.Identifier(login.name)))
        register_staff(connection, self.world)
        if self.world.matrix.requests:
            self._register_approver(connection)

    def _register_approver(self, connection: Connection) -> None:
        """Who approves every request, and is nobody in the model."""
        login = sql.Identifier(approver_login(self.world))
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(login))
        group = sql.Identifier(self.world.matrix.group_role(APPROVER))
        connection.execute(sql.SQL("GRANT {} TO {}").format(group, login))
        register_approver(connection, self.world)

    # --- reading ------------------------------------------------------------------------------------------------

    def compare(self, ledger: Ledger) -> None:
        """Read every view as every login and compare it with the model; raises `Disagreement` at a difference."""
        with self.acting() as acting:
            # Everybody first: what one does must change nothing of what another sees.
            for login in self.world.logins:
                if login.groups:
                    acting.settle(login.name)
                else:
                    self._cannot_come_in(login)
            for login in self.world.logins:
                if login.groups:
                    self._compare_login(acting, login, ledger)
            acting.compare_evidence()
            with self.database.connect(prepare_threshold=None) as connection:
                ledger.parts += compare_parts(connection, self.world, self.model, acting.office.committed_work)

    def acting(self) -> Acting:
        """People at work here."""
        return Acting(self.database, self.model, Random(f"{self.world.seed} at work"))

    def _compare_login(self, acting: Acting, login: Login, ledger: Ledger) -> None:
        random = Random(f"{self.world.seed} {login.groups}")
        connection, at = acting.connection(login.name), acting.office.at_work(login.name)
        for role, access, table in self._views():
            if role in login.groups:
                answer = self.model.answer(login.name, role, table, at)
                compare_view(connection, role, table, answer, random)
                ledger.count(self.world, access, table, answer)
                ledger.explained += compare_explained(connection, self.model, login.name, role, table, at, random)
                if random.random() < 0.05:
                    self.compare_old_snapshot(login.name, role, table, acting.office.committed_work(login.name))
            else:
                _refused(connection, role, table)
                ledger.refused += 1
        if login.name not in acting.office.within:
            self._compare_opened(acting, login, ledger, random)
            self._compare_in_full(acting, login, ledger, random)

    def _compare_opened(self, acting: Acting, login: Login, ledger: Ledger, random: Random) -> None:
        """At work again, open one record after the other and look at what the table shows then."""
        acting.start(login.name, WORK)
        for role, _, table in self._views():
            seen = acting.served(login.name, role, table) if role in login.groups else []
            may = acting.office.at_work(login.name).in_session(role) and acting.office.opens(role, table)
            for row in random.sample(seen, min(len(seen), 2)) if may else []:
                acting.open(login.name, role, table, key_of(table, row))
                self._compare_in_all_roles(acting, login, table, ledger, random)
        for _ in range(2):
            acting.search(login.name)

    def _compare_in_full(self, acting: Acting, login: Login, ledger: Ledger, random: Random) -> None:
        """Open records by requests that name some columns, of rows that the role sees and does not see."""
        for role, _, table in self._views():
            may = role in login.groups and acting.office.at_work(login.name).in_session(role)
            seen, unseen = acting.records(login.name, role, table) if may else ([], [])
            for row in [*random.sample(seen, min(len(seen), 1)), *random.sample(unseen, min(len(unseen), 1))]:
                named = random.sample(list(table.columns), random.randint(1, len(table.columns)))
                if acting.open_in_full(login.name, role, table, key_of(table, row), named):
                    self._compare_in_all_roles(acting, login, table, ledger, random)

    def _compare_in_all_roles(self, acting: Acting, login: Login, table: Table, ledger: Ledger, random: Random) -> None:
        """What is opened in one role is open no longer in another."""
        for role, access, seen in self._views():
            if role in login.groups and seen is table:
                at, connection = acting.office.at_work(login.name), acting.connection(login.name)
                answer = self.model.answer(login.name, role, table, at)
                try:
                    compare_view(connection, role, table, answer, random)
                except Disagreement as error:
                    error.add_note(f"{at}, opened: {acting.office.desk(login.name).opened}")
                    raise
                ledger.count(self.world, access, table, answer)
                ledger.explained += compare_explained(connection, self.model, login.name, role, table, at, random)

    def compare_old_snapshot(self, login: str, role: str, table: Table, at: AtWork) -> None:
        """5.2.4: past READ COMMITTED, tier 1 and 2 are refused where they would show; tier 3 may be, or shows."""
        due, bare = self.model.answer(login, role, table, at), self.model.answer(login, role, table, AWAY)
        with self.database.connect(user=login) as connection, connection.transaction(force_rollback=True):
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            try:
                compare_view(connection, role, table, bare, Random(0))
            except psycopg.Error as error:
                if error.sqlstate != "CS107":
                    raise Disagreement(f"{login} reads {role}.{table.name} in an old snapshot: {error}") from error
                return
        if due.rows != bare.rows:
            raise Disagreement(f"{login} reads {role}.{table.name} in an old snapshot, and is not refused")

    def _views(self) -> Iterator[tuple[str, Any, Table]]:
        for role in self.world.matrix.roles.values():
            for name, access in role.tables.items():
                yield role.name, access, self.world.matrix.tables[name]

    def _cannot_come_in(self, login: Login) -> None:
        try:
            self.database.connect(user=login.name).close()
        except psycopg.OperationalError:
            return
        raise Disagreement(f"{login.name} belongs to no group and can connect all the same")


def _batch(statements: Iterator[str]) -> bytes:
    return ";\n".join(statements).encode()


def _dumped(value: Any, sql_type: str) -> Any:
    return Jsonb(value) if sql_type == "jsonb" and value is not None else value


def _refused(connection: Connection, role: str, table: Table) -> None:
    """5.3: a role that the login was not granted shows it nothing at all, not even that there is nothing."""
    try:
        # A savepoint where a transaction is open.
        with connection.transaction():
            connection.execute(_select(role, table, None))
    except psycopg.errors.InsufficientPrivilege:
        return
    raise Disagreement(f"{role}.{table.name} answers a login without the role")


def _select(role: str, table: Table, columns: Sequence[str] | None, where: str | None = None) -> sql.Composed:
    listed = sql.SQL("*") if columns is None else sql.SQL(", ").join(map(sql.Identifier, columns))
    query = sql.SQL("SELECT {} FROM {}").format(listed, sql.Identifier(role, table.name))
    return query if where is None else query + sql.SQL(" WHERE {} IS NOT NULL").format(sql.Identifier(where))


def compare_view(connection: Connection, role: str, table: Table, answer: Answer, random: Random) -> None:
    """Everything by `*`; now and then some columns in another order, or the rows where one column shows something."""
    if not answer.columns:
        return
    _compare_query(connection, role, table, answer, None, None)
    if random.random() < 0.3:
        some = random.sample(answer.columns, random.randint(1, len(answer.columns)))
        _compare_query(connection, role, table, answer, some, random.choice([None, random.choice(answer.columns)]))


def _compare_query(
    connection: Connection, role: str, table: Table, answer: Answer, some: Sequence[str] | None, where: str | None
) -> None:
    columns = tuple(some or answer.columns)
    try:
        cursor = connection.execute(_select(role, table, some, where))
    except psycopg.Error as error:
        if error.sqlstate == "CS107":
            raise
        raise Disagreement(f"{connection.info.user} cannot read {role}.{table.name}: {error}") from error
    found_columns = tuple(column.name for column in cursor.description or ())
    shown = [row for row in answer.rows if where is None or row[where].shown is not None]
    expected = Counter(tuple(_canonical(row[c].shown) for c in columns) for row in shown)
    found = Counter(tuple(map(_canonical, row)) for row in cursor)
    if found_columns != columns:
        raise Disagreement(f"{role}.{table.name} has columns {found_columns}, should have {columns}")
    if found != expected:
        raise Disagreement(_difference(connection, role, table, columns, where, found, expected))


def _canonical(value: Any) -> str:
    """A cell as text in which different types and values differ; moments are compared as moments."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        value = value.astimezone(UTC)
    return repr(value)


def _difference(
    connection: Connection,
    role: str,
    table: Table,
    columns: Sequence[str],
    where: str | None,
    found: Counter[tuple[str, ...]],
    expected: Counter[tuple[str, ...]],
) -> str:
    lines = [f"{connection.info.user} reads {role}.{table.name}, columns {list(columns)}, where {where} is not null"]
    lines += [f"  only in the database: {row}" for row in (found - expected).elements()]
    lines += [f"  only in the model:    {row}" for row in (expected - found).elements()]
    return "\n".join(lines)
