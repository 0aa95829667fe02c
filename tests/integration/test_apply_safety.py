"""Whatever is in the way: one clear message, the right exit code, and nothing changed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import psycopg
import pytest

from pgcustsec.db import PLAN_LOCK, Connection
from pgcustsec.errors import NotAllowed, PgcustsecError, Refused, SchemaMismatch
from pgcustsec.matrix.model import (
    Access,
    Administrators,
    Column,
    Mark,
    Matrix,
    Parent,
    Role,
    ServedByColumn,
    ServedByTable,
    Table,
)
from pgcustsec.migrate import apply_matrix, plan_matrix
from pgcustsec.migrate.apply import _plan
from pgcustsec.plan import Plan
from pgcustsec.statement import Statement
from tests.cluster import Database, Server
from tests.integration.test_apply import with_access, with_column, with_table, without_role
from tests.snapshot import difference, snapshot
from tests.worlds import World, columns, crm_world, repair, undone


@contextmanager
def unchanged(world: World) -> Iterator[None]:
    """The block leaves the catalog as it was."""
    with world.connect() as connection:
        before = snapshot(connection, world.prefix)
        yield
        assert difference(before, snapshot(connection, world.prefix)) == []


def refusal(world: World, matrix: Matrix, kind: type[PgcustsecError], user: str | None = "dba") -> PgcustsecError:
    """Apply *matrix* in vain, as the administrator by default, and return what was said."""
    with unchanged(world), world.connect(user and world.login(user)) as connection, pytest.raises(kind) as said:
        apply_matrix(connection, matrix, lock_timeout="200ms")
    return said.value


def edited(matrix: Matrix) -> Matrix:
    return without_role("analyst")(matrix)


# --- somebody else at work ----------------------------------------------------------------------------------------


def test_one_apply_at_a_time(crm: World) -> None:
    with crm.connect() as other, other.transaction():
        other.execute(f"LOCK TABLE {PLAN_LOCK} IN EXCLUSIVE MODE".encode())
        said = refusal(crm, edited(crm.matrix), Refused)
    assert said.exit_code == 4
    assert "another" in said.message


@pytest.mark.parametrize("mode", ["ROW EXCLUSIVE", "ACCESS EXCLUSIVE"])
def test_a_lock_that_is_not_to_be_had_is_refused_in_time(crm: World, mode: str) -> None:
    with unchanged(crm), crm.connect() as other, other.transaction():
        other.execute(f"LOCK TABLE crm.customer IN {mode} MODE".encode())
        with crm.connect(crm.admin) as connection, pytest.raises(Refused) as said:
            connection.execute("SET statement_timeout = '5s'")
            apply_matrix(connection, edited(crm.matrix), lock_timeout="200ms")
    assert said.value.exit_code == 4
    assert "lock" in said.value.message


def test_a_lock_that_is_free_at_the_next_attempt_is_had(crm: World) -> None:
    """An apply that waited on would keep all who come behind it waiting; it lets go, and comes again."""
    later = with_access("sales_agent", Access("crm.customer", ("branch",), "serving", "masked"))(crm.matrix)
    held, tried = threading.Event(), threading.Event()

    def hold() -> None:
        with crm.connect() as other, other.transaction():
            other.execute("LOCK TABLE crm.customer IN ROW EXCLUSIVE MODE")
            held.set()
            assert tried.wait(30)

    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(30)
    begun = []
    try:
        with crm.connect(crm.admin) as connection:

            def first_statement(statement: Statement) -> None:
                begun.append(statement)
                if len([one for one in begun if one == begun[0]]) == 2:
                    tried.set()
                    holder.join()

            apply_matrix(connection, later, lock_timeout="200ms", attempts=2, progress=first_statement)
            assert len([one for one in begun if one == begun[0]]) == 2
            assert not plan_matrix(connection, later)
            apply_matrix(connection, crm.matrix)
    finally:
        tried.set()
        holder.join()


def test_planning_waits_for_no_lock_for_ever(crm: World) -> None:
    with crm.connect() as other, other.transaction():
        other.execute("LOCK TABLE crm.customer IN ACCESS EXCLUSIVE MODE")
        with crm.connect(crm.admin) as connection, pytest.raises(Refused) as said:
            connection.execute("SET statement_timeout = '5s'")
            plan_matrix(connection, crm.matrix, lock_timeout="200ms")
    assert "lock" in said.value.message


def test_a_plan_is_applied_to_the_state_it_was_made_for_only(server: Server) -> None:
    with crm_world(server) as world, world.connect(world.admin) as connection:
        plan = plan_matrix(connection, world.matrix)
        world.execute("GRANT SELECT ON crm.customer TO PUBLIC")
        with unchanged(world), pytest.raises(Refused) as said:
            apply_matrix(connection, world.matrix, plan=plan)
        assert said.value.exit_code == 4
        assert "plan" in (said.value.hint or "")
        world.execute("REVOKE SELECT ON crm.customer FROM PUBLIC")
        assert apply_matrix(connection, world.matrix, plan=plan) == plan


def test_what_lets_anybody_see_more_is_not_applied_where_that_is_denied(crm: World) -> None:
    """Also by a plan that says nothing of it; what narrows is applied."""
    narrower = edited(crm.matrix)
    with undone(crm) as connection:
        assert apply_matrix(connection, narrower, deny_widening=True)
        plan = plan_of(connection, crm.matrix)
        assert any(change.widens for change in plan.access)
        before = snapshot(connection, crm.prefix)
        for said in (None, plan, replace(plan, access=())):
            with pytest.raises(Refused) as refused:
                apply_matrix(connection, crm.matrix, plan=said, deny_widening=True)
            assert refused.value.exit_code == 4 and "analyst, crm.customer." in refused.value.message
        assert difference(before, snapshot(connection, crm.prefix)) == []
        assert apply_matrix(connection, crm.matrix, plan=plan) == plan, "the control"


def plan_of(connection: Connection, matrix: Matrix) -> Plan:
    """The plan, inside of the open transaction."""
    plan, _ = _plan(connection, matrix)
    return plan


def test_a_plan_is_applied_in_its_own_database_only(server: Server) -> None:
    with crm_world(server) as world, crm_world(server) as other:
        with world.connect(world.admin) as connection:
            plan = plan_matrix(connection, world.matrix)
        same = replace(plan, fingerprint="")
        with other.connect(other.admin) as connection:
            theirs = plan_matrix(connection, other.matrix)
            with unchanged(other), unchanged(world), pytest.raises(Refused) as said:
                apply_matrix(connection, other.matrix, plan=replace(same, fingerprint=theirs.fingerprint))
    assert world.database.name in said.value.message


def test_an_empty_plan_of_another_matrix_does_nothing_and_says_so(crm: World) -> None:
    with crm.connect(crm.admin) as connection:
        empty = replace(plan_matrix(connection, edited(crm.matrix)), statements=())
        with unchanged(crm), pytest.raises(Refused):
            apply_matrix(connection, edited(crm.matrix), plan=empty)


# --- a statement that fails -----------------------------------------------------------------------------------------


def test_somebodys_view_on_a_roles_view_is_named_and_nothing_changes(crm: World) -> None:
    crm.execute("CREATE VIEW public.mine AS SELECT * FROM analyst.visit")
    try:
        said = refusal(crm, edited(crm.matrix), Refused)
    finally:
        crm.execute("DROP VIEW public.mine")
    assert "mine" in said.message
    assert said.exit_code == 4


def test_a_revoke_that_only_warns_is_an_error(crm: World) -> None:
    with unchanged(crm), crm.connect() as connection:
        plan = plan_matrix(connection, edited(crm.matrix))
        vain = Statement("take what is not there", f"REVOKE {crm.owner} FROM {crm.login('li')}", None, "nothing")
        with pytest.raises(Refused) as said:
            apply_matrix(connection, edited(crm.matrix), plan=replace(plan, statements=(*plan.statements, vain)))
    assert "warned" in said.value.message


def test_a_department_that_staff_belong_to_cannot_end(crm: World) -> None:
    gone = replace(crm.matrix, departments={k: v for k, v in crm.matrix.departments.items() if k != "service"})
    roles = {k: replace(v, department="sales") for k, v in crm.matrix.roles.items()}
    said = refusal(crm, replace(gone, roles=roles), PgcustsecError)
    assert "service" in said.message and "staff" in f"{said.message} {said.hint}"


# --- who may apply ----------------------------------------------------------------------------------------------------


@pytest.fixture
def bare(server: Server) -> Iterator[World]:
    """A world before its first apply."""
    with crm_world(server) as world:
        yield world


def _let_in(world: World, login: str) -> None:
    world.execute(f"GRANT CONNECT ON DATABASE {world.database.name} TO {world.login(login)}")


def test_who_is_no_administrator_is_told_who_is(bare: World) -> None:
    bare.execute(f"CREATE ROLE {bare.prefix}eve LOGIN CREATEROLE", f"GRANT pgcustsec_owner TO {bare.prefix}eve")
    _let_in(bare, "eve")
    said = refusal(bare, bare.matrix, NotAllowed, "eve")
    assert said.exit_code == 3
    assert bare.admin in said.message


def test_without_createrole_the_statement_that_gives_it_is_named(bare: World) -> None:
    bare.execute(f"ALTER ROLE {bare.admin} NOCREATEROLE")
    said = refusal(bare, bare.matrix, NotAllowed)
    assert said.exit_code == 3
    assert f"ALTER ROLE {bare.admin} CREATEROLE" in (said.hint or "").replace('"', "")


@pytest.mark.parametrize("role", ["owner", "pgcustsec_owner"])
def test_without_membership_of_an_owner_the_grant_that_is_missing_is_named(bare: World, role: str) -> None:
    name = bare.owner if role == "owner" else role
    bare.execute(f"REVOKE {name} FROM {bare.admin}")
    said = refusal(bare, bare.matrix, NotAllowed)
    assert said.exit_code == 3
    assert name in said.message + (said.hint or "")
    assert f"GRANT {name} TO {bare.admin}" in (said.hint or "").replace('"', "")


def test_who_does_not_own_the_database_is_told_so(bare: World) -> None:
    bare.execute(f"ALTER DATABASE {bare.database.name} OWNER TO postgres")
    _let_in(bare, "dba")
    said = refusal(bare, bare.matrix, NotAllowed)
    assert said.exit_code == 3
    assert f"OWNER TO {bare.admin}" in (said.hint or "").replace('"', "")


def test_without_pgcustsec_the_command_that_installs_it_is_named(
    server: Server, database: Database, prefix: str
) -> None:
    with crm_world(server) as world, database.connect() as _:
        elsewhere = World(database, world.prefix, world.matrix)
        for user in (None, world.admin):
            with elsewhere.connect(user) as connection:
                for work in (plan_matrix, apply_matrix):
                    with pytest.raises(NotAllowed) as said:
                        work(connection, world.matrix)
                    assert said.value.exit_code == 3
                    assert "pgcustsec install" in (said.value.hint or "")


# --- tables that are not as the matrix says ---------------------------------------------------------------------------


def test_everything_that_does_not_fit_is_named_at_once_with_its_line(crm: World) -> None:
    customer = crm.matrix.tables["crm.customer"]
    wrong = {
        "crm.customer": replace(
            customer,
            columns={**customer.columns, "helth": Column("helth", 2, mark=Mark(31, 7))},
            served_by=(
                ServedByColumn("customer_id", Mark(21, 1)),
                ServedByTable("crm.assignment", ("customer_id",), "assignment_id", "staff_id", Mark(22, 1)),
                ServedByTable("crm.assignments", ("customer_id",), "staff_id", None, Mark(23, 1)),
            ),
            mark=Mark(20, 3),
        ),
        "crm.polici": Table("crm", "polici", ("policy_id",), columns("policy_id:3"), mark=Mark(40, 3)),
        "crm.visit": replace(crm.matrix.tables["crm.visit"], key=("visit_id",), mark=Mark(50, 3)),
    }
    matrix = replace(crm.matrix, tables={**crm.matrix.tables, **wrong}, source="m.yaml")
    said = refusal(crm, matrix, SchemaMismatch)
    assert said.exit_code == 2
    for line, words in {
        "m.yaml:20": "",
        "m.yaml:21": "crm.customer.customer_id",
        "m.yaml:22": "crm.assignment.assignment_id",
        "m.yaml:23": "crm.assignments",
        "m.yaml:31": "did you mean health",
        "m.yaml:40": "did you mean crm.policy",
        "m.yaml:50": "(visit_id) is no key",
    }.items():
        if words:
            assert any(one.strip().startswith(line) and words in one for one in said.message.splitlines()), said.message


@pytest.mark.parametrize("kind", ["VIEW", "MATERIALIZED VIEW"])
def test_only_a_table_can_be_protected(crm: World, kind: str) -> None:
    with undone(crm) as connection:
        connection.execute(f"CREATE {kind} crm.shadow AS SELECT * FROM crm.customer".encode())
        connection.execute(f"ALTER {kind} crm.shadow OWNER TO {crm.owner}".encode())
        table = replace(crm.matrix.tables["crm.customer"], name="shadow", pool=None)
        with pytest.raises(SchemaMismatch) as said:
            repair(connection, crm, None, replace(crm.matrix, tables={**crm.matrix.tables, "crm.shadow": table}))
    assert f"crm.shadow is a {kind.lower()}" in said.value.message


def test_an_owner_that_can_log_in_is_refused(crm: World) -> None:
    with undone(crm) as connection:
        connection.execute(f"ALTER ROLE {crm.owner} LOGIN".encode())
        with pytest.raises(SchemaMismatch) as said:
            repair(connection, crm, crm.admin)
    assert f"{crm.owner}, which can log in" in said.value.message


@pytest.mark.parametrize("table", ["crm.visit", "crm.visit_2026"])
def test_an_owner_that_the_matrix_does_not_name_is_refused(crm: World, table: str) -> None:
    with undone(crm) as connection:
        connection.execute(f"ALTER TABLE {table} OWNER TO {crm.admin}".encode())
        with pytest.raises(SchemaMismatch) as said:
            repair(connection, crm, crm.admin)
    assert f"{table} belongs to {crm.admin}" in said.value.message


def test_a_partition_of_an_owner_that_can_log_in_is_refused(crm: World) -> None:
    """Also where the matrix names it: row security does not bind the partition's owner."""
    with undone(crm) as connection:
        connection.execute(
            f"CREATE ROLE {crm.prefix}parts LOGIN; ALTER TABLE crm.visit_2026 OWNER TO {crm.prefix}parts".encode()
        )
        matrix = replace(crm.matrix, administrators=Administrators((crm.admin,), (crm.owner, f"{crm.prefix}parts")))
        with pytest.raises(SchemaMismatch) as said:
            repair(connection, crm, None, matrix)
    assert f"crm.visit_2026 belongs to {crm.prefix}parts, which can log in" in said.value.message


def test_columns_that_lead_to_the_parent_or_say_the_scope_must_exist(crm: World) -> None:
    lost = with_table(lambda t: replace(t, branch="branch", department_column="dept", department_of_server=False))
    matrix = lost(crm.matrix)
    child = replace(matrix.tables["crm.policy"], parent=Parent("crm.customer", ("customer",)))
    said = refusal(crm, replace(matrix, tables={**matrix.tables, "crm.policy": child}), SchemaMismatch)
    assert "crm.customer has no column branch" in said.message
    assert "crm.customer has no column dept" in said.message
    assert "crm.policy has no column customer" in said.message


def test_a_keys_column_of_another_type_than_its_parents_is_refused(crm: World) -> None:
    with undone(crm) as connection:
        connection.execute("ALTER TABLE crm.assignment ADD who text")
        table = replace(crm.matrix.tables["crm.assignment"], parent=Parent("crm.customer", ("who",)))
        with pytest.raises(SchemaMismatch) as said:
            repair(
                connection, crm, crm.admin, replace(crm.matrix, tables={**crm.matrix.tables, "crm.assignment": table})
            )
    assert "crm.assignment.who" in said.value.message


def test_a_schema_of_somebody_elses_with_a_roles_name_is_not_taken_over(crm: World) -> None:
    with undone(crm) as connection:
        connection.execute("CREATE SCHEMA reporting; CREATE TABLE reporting.kept (x int)")
        matrix = replace(crm.matrix, roles={**crm.matrix.roles, "reporting": Role("reporting", "data")})
        before = snapshot(connection, crm.prefix)
        with pytest.raises(PgcustsecError) as said, connection.transaction():
            repair(connection, crm, None, matrix)
        assert "reporting" in said.value.message
        assert snapshot(connection, crm.prefix) == before


def test_a_role_of_somebody_elses_with_a_groups_name_is_not_taken_over(crm: World) -> None:
    with undone(crm) as connection:
        connection.execute(f"CREATE ROLE {crm.prefix}reporting LOGIN".encode())
        matrix = replace(crm.matrix, roles={**crm.matrix.roles, "reporting": Role("reporting", "data")})
        before = snapshot(connection, crm.prefix)
        with pytest.raises(PgcustsecError) as said, connection.transaction():
            repair(connection, crm, None, matrix)
        assert f"{crm.prefix}reporting" in said.value.message
        assert snapshot(connection, crm.prefix) == before


def test_an_administrator_who_is_not_there_is_found_by_the_plan(crm: World) -> None:
    missing = replace(crm.matrix, administrators=replace(crm.matrix.administrators, roles=(crm.admin, "nobody_here")))
    with crm.connect(crm.admin) as connection, pytest.raises(SchemaMismatch, match="nobody_here is no role"):
        plan_matrix(connection, missing)


def test_the_connection_is_of_use_after_a_refusal(crm: World) -> None:
    with crm.connect(crm.admin) as connection:
        with pytest.raises(SchemaMismatch):
            apply_matrix(connection, with_column(Column("nowhere", 3))(crm.matrix))
        assert connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
        assert connection.execute("SELECT current_user").fetchone() == (crm.admin,)
        assert plan_matrix(connection, crm.matrix).statements == ()
