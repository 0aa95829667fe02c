"""A plan right after an apply is empty, says what it found, changes nothing, and does the same in psql."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from pgcustsec.migrate import apply_matrix, plan_matrix
from pgcustsec.plan import Plan, read_plan
from tests.cluster import Server
from tests.snapshot import difference, snapshot
from tests.worlds import World, crm_world, odd_world, quoted, repair, undone

WORLDS = {"broker": crm_world, "unusual tables": odd_world}


@pytest.fixture(params=WORLDS)
def fresh(request: pytest.FixtureRequest, server: Server) -> Iterator[World]:
    """A world whose matrix was never applied."""
    with WORLDS[request.param](server) as world:
        yield world


def everyone(world: World) -> list[str | None]:
    return [world.admin, None]


@pytest.mark.parametrize("first", ["administrator", "superuser"])
def test_a_plan_after_an_apply_is_empty_whoever_applied_and_whoever_plans(fresh: World, first: str) -> None:
    users = everyone(fresh) if first == "administrator" else everyone(fresh)[::-1]
    with fresh.connect(users[0]) as connection:
        assert apply_matrix(connection, fresh.matrix)
        assert plan_matrix(connection, fresh.matrix).statements == ()
    for user in users[::-1] * 2:
        with fresh.connect(user) as connection:
            assert plan_matrix(connection, fresh.matrix).statements == ()
            assert apply_matrix(connection, fresh.matrix).statements == ()


def test_planning_changes_nothing(fresh: World) -> None:
    with fresh.connect() as connection:
        before = snapshot(connection, fresh.prefix)
        with fresh.connect(fresh.admin) as admin:
            assert plan_matrix(admin, fresh.matrix)
        assert snapshot(connection, fresh.prefix) == before


def test_the_plan_as_sql_does_in_psql_what_apply_does(fresh: World, tmp_path: Path) -> None:
    with fresh.connect(fresh.admin) as connection:
        plan = plan_matrix(connection, fresh.matrix)
    parts = ("sequence",)
    with fresh.connect() as connection, connection.transaction(force_rollback=True):
        connection.execute(f"SET LOCAL SESSION AUTHORIZATION {fresh.admin}".encode())
        apply_matrix(connection, fresh.matrix)
        connection.execute("RESET SESSION AUTHORIZATION")
        applied = snapshot(connection, fresh.prefix, leave_out=parts)
    psql(fresh, plan, tmp_path)
    with fresh.connect() as connection:
        assert difference(applied, snapshot(connection, fresh.prefix, leave_out=parts)) == []
        assert plan_matrix(connection, fresh.matrix).statements == ()


def psql(world: World, plan: Plan, folder: Path) -> None:
    """Run the script of *plan* in psql as the administrator."""
    script = folder / "plan.sql"
    script.write_text(plan.sql, encoding="utf-8")
    program = "psql" if world.database.server.bindir is None else str(world.database.server.bindir / "psql")
    command = [program, "-X", "-q", "-d", world.database.conninfo(world.admin), "-f", str(script)]
    run = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PGOPTIONS": ""}, check=False)
    assert run.returncode == 0, run.stderr


def test_a_name_with_a_line_break_stays_a_name_in_the_sql(crm: World, tmp_path: Path) -> None:
    """Whoever may make a policy must not get a statement of theirs into the administrator's script."""
    name = '"x\nDROP TABLE crm.claim; --"'
    with undone(crm) as connection:
        connection.execute(f"CREATE POLICY {name} ON crm.customer TO {crm.viewer('analyst')} USING (true)".encode())
        plan = repair(connection, crm, crm.admin)
    assert len(plan.statements) == 1
    # Once in its one statement, in quotes; the comment before it is one line.
    assert plan.sql.count("\nDROP TABLE crm.claim; --") == 1
    assert f"DROP POLICY IF EXISTS {name} ON" in plan.sql


def test_a_plan_survives_being_written_as_json(fresh: World, tmp_path: Path) -> None:
    with fresh.connect(fresh.admin) as connection:
        plan = plan_matrix(connection, fresh.matrix)
        file = tmp_path / "plan.json"
        file.write_text(json.dumps(plan.to_json()), encoding="utf-8")
        assert read_plan(file) == plan
        apply_matrix(connection, fresh.matrix, plan=read_plan(file))
        assert plan_matrix(connection, fresh.matrix).statements == ()


def test_every_statement_says_what_it_does_to_which_object(fresh: World) -> None:
    with fresh.connect(fresh.admin) as connection:
        plan = plan_matrix(connection, fresh.matrix)
    for statement in plan.statements:
        verb, rest = statement.what.split(" ", 1)
        assert verb in ("create", "change", "drop")
        assert statement.object == rest
        assert verb != "create" or statement.undo


@pytest.mark.parametrize("login", ["li", "wang", "zhao", "chen", "sun"])
def test_each_login_reads_each_of_its_views_and_no_other(crm: World, odd: World, login: str) -> None:
    for world in (crm, odd):
        held = _held(world, login)
        with world.database.connect(user=world.login(login)) as connection:
            for role in world.matrix.roles.values():
                for table in role.tables:
                    view = quoted(role.name, world.matrix.tables[table].name)
                    allowed = connection.execute(
                        "SELECT has_schema_privilege(%s, 'USAGE')", [role.name]
                    ).fetchone() == (True,)
                    assert allowed == (role.name in held)
                    if allowed:
                        connection.execute(f"SELECT * FROM {view}".encode()).fetchall()


def _held(world: World, login: str) -> set[str]:
    with world.connect() as connection:
        rows = connection.execute(
            "SELECT r.role_code FROM pgcustsec_internal.staff_role AS r"
            " JOIN pgcustsec_internal.staff AS s USING (staff_id) WHERE s.login = %s",
            [world.login(login)],
        ).fetchall()
    return {row[0] for row in rows}


def test_rows_and_cells_of_the_unusual_tables_are_right(odd: World) -> None:
    table = quoted(odd.matrix.tables[next(iter(odd.matrix.tables))].name)
    query = f'SELECT "Nr", "Name", mobile, "Telefon", tags, mood FROM {table} ORDER BY "Nr"'
    # S1 serves 1 by column and 3 by assignment; the assignment to 2 has ended, and 2 is of another branch.
    rows = odd.read("li", query)
    assert [(row[0], row[2].rstrip(), row[3]) for row in rows] == [(1, "***", None), (3, "***", None)]
    assert rows[0][1] not in (None, "王小明") and rows[0][4:] == (["a", "b"], "good")
    # Everybody's rows for the analyst, who serves nobody: no tier 2.
    assert [row[0] for row in odd.read("sun", query)] == [1, 2, 3]
    assert {row[4:] for row in odd.read("sun", query)} == {(None, None)}
    # Contracts below, those in the inheritance child too, and what hangs on them.
    assert odd.read("li", 'SELECT "Id", betrag::text, iban FROM "Vertrag %s" ORDER BY 1') == [
        (1, "10.50", "***"),
        (2, "11.00", "***"),
    ]
    assert odd.read("li", "SELECT id, fotos FROM schaden ORDER BY 1") == [(1, None), (2, None)]


#: What writes, or moves values to the vault, goes through the root, so partitions need its policies for reading only.
BELOW = """
    SELECT c.relname FROM pg_class AS c
    WHERE c.oid IN (SELECT inhrelid FROM pg_inherits) AND c.relkind IN ('r', 'p')
        AND (NOT c.relrowsecurity OR {policies} <> (SELECT count(*) FROM pg_policy AS p
            WHERE p.polcmd = 'r' AND p.polname <> 'pgcustsec_vault reads'
                AND p.polrelid = (SELECT i.inhparent FROM pg_inherits AS i WHERE i.inhrelid = c.oid)))
""".replace("{policies}", "(SELECT count(*) FROM pg_policy AS p WHERE p.polcmd = 'r' AND p.polrelid = c.oid)")


def test_partitions_and_children_have_row_security_and_the_policies_of_their_root(crm: World, odd: World) -> None:
    for world in (crm, odd):
        with world.connect() as connection:
            assert connection.execute("SELECT count(*) > 1 FROM pg_inherits").fetchone() == (True,)
            assert connection.execute(BELOW.encode()).fetchall() == []


LATER = '''
    CREATE TABLE "Kunden ""Daten"""."Nord 2" PARTITION OF "Kunden ""Daten"""."Teil;Nord" FOR VALUES FROM (100) TO (200);
    CREATE TABLE "Kunden ""Daten"""."Enkel" () INHERITS ("Kunden ""Daten"""."Vertrag alt")
'''


def test_partitions_and_children_attached_later_are_closed_by_the_next_apply(odd: World) -> None:
    with undone(odd) as connection:
        connection.execute(f"SET LOCAL ROLE {odd.owner}".encode())
        connection.execute(LATER.encode())
        connection.execute("RESET ROLE")
        assert sorted(connection.execute(BELOW.encode()).fetchall()) == [("Enkel",), ("Nord 2",)]
        plan = repair(connection, odd, odd.admin)
        # Meanwhile the roles' views are closed.
        assert {" ".join(s.what.split(" ")[:2]) for s in plan.statements} == {
            "change row",
            "create policy",
            "drop grant",
            "create grant",
        }
        assert connection.execute(BELOW.encode()).fetchall() == []
