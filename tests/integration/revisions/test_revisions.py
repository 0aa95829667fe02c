"""A history of revisions does what applying each of its matrices does, forwards and back; so do alembic and psql."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from psycopg.conninfo import conninfo_to_dict

from pgcustsec.errors import Refused, UsageError
from pgcustsec.matrix.model import Branch, Column, Department, Matrix
from pgcustsec.migrate import apply_matrix, plan_matrix
from pgcustsec.revisions import run
from pgcustsec.revisions.project import make_project
from pgcustsec.revisions.write import write_revision
from tests.cluster import Server
from tests.integration.test_apply import with_column, without_role, without_table
from tests.integration.test_apply_order import CLAIM, edited
from tests.snapshot import difference, snapshot
from tests.worlds import World, crm_world, odd_world

WORLDS = {"broker": crm_world, "unusual tables": odd_world}


@pytest.fixture(params=WORLDS)
def fresh(request: pytest.FixtureRequest, server: Server) -> Iterator[World]:
    """A world whose matrix was never applied."""
    with WORLDS[request.param](server) as world:
        yield world


@pytest.fixture
def crm_fresh(server: Server) -> Iterator[World]:
    """The broker, never applied to."""
    with crm_world(server) as world:
        yield world


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A new project's migrations."""
    make_project(tmp_path / "project")
    return tmp_path / "project" / "migrations"


def state(world: World) -> list[str]:
    """All that an apply makes, and how it was recorded; not at which revision that is."""
    with world.connect() as connection:
        lines = snapshot(connection, world.prefix, leave_out=("sequence",))
    return [line for line in lines if "revision" not in line]


def as_applied(world: World, matrix: Matrix) -> list[str]:
    """What `state` would be if the administrator applied *matrix* now."""
    with world.connect() as connection, connection.transaction(force_rollback=True):
        connection.execute(f"SET LOCAL SESSION AUTHORIZATION {world.admin}".encode())
        apply_matrix(connection, matrix)
        connection.execute("RESET SESSION AUTHORIZATION")
        lines = snapshot(connection, world.prefix, leave_out=("sequence",))
    return [line for line in lines if "revision" not in line]


def revise(world: World, folder: Path, matrix: Matrix, *, offline: bool = False) -> str:
    """Write the revision that leads to *matrix*; return its text."""
    with world.connect(world.admin) as connection:
        written = write_revision(folder, matrix, "a change", None if offline else connection)
    assert written is not None
    return written.file.read_text(encoding="utf-8")


def upgrade(world: World, folder: Path, to: str = "head", user: str | None = "dba") -> None:
    with world.connect(user and world.login(user)) as connection:
        run.upgrade(folder, connection, to)


def downgrade(world: World, folder: Path, to: str = "-1") -> None:
    with world.connect(world.admin) as connection:
        run.downgrade(folder, connection, to)


@pytest.mark.parametrize("user", ["dba", None], ids=["administrator", "superuser"])
def test_upgrading_to_a_revision_is_applying_its_matrix(fresh: World, folder: Path, user: str | None) -> None:
    applied = as_applied(fresh, fresh.matrix)
    revise(fresh, folder, fresh.matrix)
    upgrade(fresh, folder, user=user)
    with fresh.connect(fresh.admin) as connection:
        assert plan_matrix(connection, fresh.matrix).statements == ()
        assert write_revision(folder, fresh.matrix, "nothing", connection) is None
    if user:
        assert difference(applied, state(fresh)) == []


def _one_edit(matrix: Matrix) -> Matrix:
    return (
        with_column(Column("health", 3))(matrix) if "crm.customer" in matrix.tables else without_role("analyst")(matrix)
    )


@pytest.mark.parametrize("offline", [False, True], ids=["against the database", "against the snapshot"])
def test_the_way_back_brings_the_old_grant_for_grant(fresh: World, folder: Path, offline: bool) -> None:
    revise(fresh, folder, fresh.matrix)
    upgrade(fresh, folder)
    old = state(fresh)
    later = _one_edit(fresh.matrix)
    applied = as_applied(fresh, later)
    revise(fresh, folder, later, offline=offline)
    upgrade(fresh, folder)
    assert difference(applied, state(fresh)) == []
    back = as_applied(fresh, fresh.matrix)
    downgrade(fresh, folder)
    assert difference(back, state(fresh)) == []
    if later.roles.keys() == fresh.matrix.roles.keys():  # who held a role that ended holds it no longer
        assert difference(old, state(fresh)) == []


def test_a_long_history_at_random_is_each_of_its_matrices_forwards_and_back(crm_fresh: World, folder: Path) -> None:
    """Seven matrices, each some edits away from the broker's, so that neighbours differ in many ways."""
    matrices = [crm_fresh.matrix, *(edited(crm_fresh.matrix, Random(seed)) for seed in range(5))]
    matrices += [without_table(CLAIM)(crm_fresh.matrix)]
    for matrix in matrices:
        applied = as_applied(crm_fresh, matrix)
        revise(crm_fresh, folder, matrix)
        upgrade(crm_fresh, folder)
        assert difference(applied, state(crm_fresh)) == []
    for matrix in reversed(matrices[:-1]):
        applied = as_applied(crm_fresh, matrix)
        downgrade(crm_fresh, folder)
        assert difference(applied, state(crm_fresh)) == []


def test_before_the_first_revision_nobody_is_let_in_and_the_way_forwards_is_open(fresh: World, folder: Path) -> None:
    revise(fresh, folder, fresh.matrix)
    upgrade(fresh, folder)
    first = state(fresh)
    downgrade(fresh, folder, "base")
    left = state(fresh)
    kinds = {line.split(":")[0] for line in left if fresh.group("sales_agent") in line}
    assert kinds <= {"default privileges"}
    assert not [line for line in left if line.startswith(("view", "policy", "role row", "applied"))]
    assert [line for line in left if line.startswith("row security")] == [
        line for line in first if line.startswith("row security")
    ]
    applied = as_applied(fresh, fresh.matrix)  # without members: who held a role that ended holds it no longer
    upgrade(fresh, folder)
    assert difference(applied, state(fresh)) == []


def psql(world: World, script: str, folder: Path) -> None:
    """Run *script* in psql as the administrator."""
    file = folder / "script.sql"
    file.write_text(script, encoding="utf-8")
    bindir = world.database.server.bindir
    command = [str(bindir / "psql") if bindir else "psql", "-X", "-q", "-d", world.database.conninfo(world.admin)]
    done = subprocess.run([*command, "-f", str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr, done.stderr


def test_a_history_as_a_script_does_in_psql_what_upgrading_does(fresh: World, folder: Path) -> None:
    """But for memberships of staff, which the apply that has to follow gives."""
    revise(fresh, folder, fresh.matrix)
    later = _one_edit(fresh.matrix)
    upgrade(fresh, folder)
    revise(fresh, folder, later)
    downgrade(fresh, folder, "base")
    fresh.execute("DROP TABLE pgcustsec_internal.revision")  # a script begins where no revision ever ran
    psql(fresh, run.script(folder, "upgrade", "head"), folder)
    with fresh.connect(fresh.admin) as connection:
        assert len(run.current_heads(folder, connection)) == 1
        left = plan_matrix(connection, later).statements
        assert {statement.object.split()[0] for statement in left} <= {"membership", "setting"}
        apply_matrix(connection, later)
    by_script = state(fresh)
    downgrade(fresh, folder, "base")
    upgrade(fresh, folder)
    assert difference(by_script, state(fresh)) == []
    with fresh.connect(fresh.admin) as connection:
        [head] = run.current_heads(folder, connection)
    psql(fresh, run.script(folder, "downgrade", f"{head}:base"), folder)
    assert not [line for line in state(fresh) if line.startswith(("view", "policy", "role row", "applied"))]


def test_alembics_own_commands_run_the_history(crm_fresh: World, folder: Path) -> None:
    revise(crm_fresh, folder, crm_fresh.matrix)
    applied = as_applied(crm_fresh, crm_fresh.matrix)
    environment = {
        **os.environ,
        "PGDATABASE": crm_fresh.database.name,
        **place(crm_fresh.database.conninfo(crm_fresh.admin)),
    }
    command = [sys.executable, "-m", "alembic", "-c", str(folder.parent / "alembic.ini")]
    done = subprocess.run([*command, "upgrade", "head"], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert difference(applied, state(crm_fresh)) == []
    crm_fresh.execute("CREATE VIEW public.mine AS SELECT customer_id FROM sales_agent.customer")
    done = subprocess.run([*command, "downgrade", "base"], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode != 0
    said = done.stdout + done.stderr
    assert "drop view sales_agent.customer: other objects depend on it" in said and "Traceback" not in said


def place(conninfo: str) -> dict[str, str]:
    """*conninfo* as the variables that every client reads."""
    words = conninfo_to_dict(conninfo)
    names = {"dbname": "PGDATABASE", "host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}
    return {names[word]: str(value) for word, value in words.items() if word in names}


# --- what is refused, and what stays as it was -----------------------------------------------------------------------


def test_a_database_that_is_not_at_the_end_is_no_base_for_a_revision(crm_fresh: World, folder: Path) -> None:
    revise(crm_fresh, folder, crm_fresh.matrix)
    with pytest.raises(Refused, match="at no revision, the history ends at"):
        revise(crm_fresh, folder, _one_edit(crm_fresh.matrix))
    assert len(list((folder / "versions").glob("*.py"))) == 1
    assert len(list((folder / "access").glob("*.json"))) == 1


def test_without_a_snapshot_there_is_no_offline_revision(crm_fresh: World, folder: Path) -> None:
    with pytest.raises(UsageError, match="no snapshot yet") as said:
        write_revision(folder, crm_fresh.matrix, "first", None)
    assert "-d DB" in (said.value.hint or "")


def test_a_table_that_no_snapshot_knows_is_named(crm_fresh: World, folder: Path) -> None:
    revise(crm_fresh, folder, without_table(CLAIM)(crm_fresh.matrix))
    with pytest.raises(Exception, match=r"crm\.claim is not in the"):
        write_revision(folder, crm_fresh.matrix, "claims", None)


def test_a_statement_that_fails_leaves_everything_as_it_was(crm_fresh: World, folder: Path) -> None:
    """Somebody's own view on a role's view: the second of two revisions cannot run, so neither does."""
    revise(crm_fresh, folder, crm_fresh.matrix)
    upgrade(crm_fresh, folder)
    later = replace(crm_fresh.matrix, branches={**crm_fresh.matrix.branches, "CD": Branch("CD", "成都")})
    revise(crm_fresh, folder, later)
    revise(crm_fresh, folder, without_role("sales_agent")(later), offline=True)
    crm_fresh.execute("CREATE VIEW public.mine AS SELECT customer_id FROM sales_agent.customer")
    before = state(crm_fresh)
    with pytest.raises(Refused, match=r"drop view sales_agent\.customer: other objects depend on it"):
        upgrade(crm_fresh, folder)
    assert difference(before, state(crm_fresh)) == []


def test_one_change_at_a_time(crm_fresh: World, folder: Path) -> None:
    revise(crm_fresh, folder, crm_fresh.matrix)
    with crm_fresh.connect(crm_fresh.admin) as other, other.transaction():
        apply_matrix(other, crm_fresh.matrix)
        with pytest.raises(Refused, match="another change to this database is being made"):
            upgrade(crm_fresh, folder)


def test_names_that_break_careless_text_stay_what_they_are_in_the_file(crm_fresh: World, folder: Path) -> None:
    title = 'law """ \\ \' ${rev} %s {x} <% x %>\n## end :name'
    matrix = replace(crm_fresh.matrix, departments={**crm_fresh.matrix.departments, "law": Department("law", title)})
    revise(crm_fresh, folder, matrix)
    upgrade(crm_fresh, folder)
    with crm_fresh.connect() as connection:
        [(kept,)] = connection.execute(
            "SELECT title FROM pgcustsec_internal.department WHERE department_code = 'law'"
        ).fetchall()
    assert kept == title


def test_a_revision_says_first_who_sees_more(crm_fresh: World, folder: Path) -> None:
    revise(crm_fresh, folder, crm_fresh.matrix)
    upgrade(crm_fresh, folder)
    text = revise(crm_fresh, folder, with_column(Column("health", 3))(crm_fresh.matrix))
    forwards, _, back = text.partition("def downgrade")
    assert "# Access gained or changed for more:" in forwards
    assert "# + analyst, crm.customer, tier 3: health" in forwards
    assert "gained" not in back


def test_what_let_others_in_before_goes_with_the_first_revision_and_comes_back(crm_fresh: World, folder: Path) -> None:
    """A right from before pgcustsec, on a protected table: it would show true values past every view."""
    crm_fresh.execute("GRANT SELECT ON crm.customer TO PUBLIC")
    text = revise(crm_fresh, folder, crm_fresh.matrix)
    assert 'REVOKE SELECT ON TABLE "crm"."customer" FROM PUBLIC' in text
    upgrade(crm_fresh, folder)
    with crm_fresh.connect() as connection:
        acl = "SELECT relacl FROM pg_class WHERE oid = 'crm.customer'::regclass"
        public = f"SELECT 'r' FROM aclexplode(({acl})) WHERE grantee = 0"
        assert connection.execute(public.encode()).fetchall() == []
        downgrade(crm_fresh, folder, "base")
        assert connection.execute(public.encode()).fetchall() == [("r",)]


# --- what a revision must not make right ------------------------------------------------------------------------------


def _policy_of_the_agent(world: World) -> tuple[str, str]:
    """The name and condition of the policy by which service agents see customers."""
    query = """
        SELECT quote_ident(p.polname), pg_get_expr(p.polqual, p.polrelid) FROM pg_policy AS p
        WHERE p.polrelid = 'crm.customer'::regclass AND p.polcmd = 'r' AND %s::regrole::oid = ANY (p.polroles)
    """
    with world.connect() as connection:
        [(name, condition)] = connection.execute(query, [world.viewer("service_agent")]).fetchall()
    return name, condition


def test_what_was_altered_by_hand_is_not_made_right_by_a_revision_about_something_else(
    crm_fresh: World, folder: Path
) -> None:
    """The control: the altered condition stands before; a record of all there is would have taken it for ours."""
    revise(crm_fresh, folder, crm_fresh.matrix)
    upgrade(crm_fresh, folder)
    name, condition = _policy_of_the_agent(crm_fresh)
    crm_fresh.execute(f"ALTER POLICY {name} ON crm.customer USING (true)")
    assert _policy_of_the_agent(crm_fresh) == (name, "true")
    later = replace(crm_fresh.matrix, branches={**crm_fresh.matrix.branches, "CD": Branch("CD", "成都")})
    revise(crm_fresh, folder, later)
    upgrade(crm_fresh, folder)
    assert _policy_of_the_agent(crm_fresh) == (name, condition)


@pytest.mark.parametrize("way", ["upgrade", "script"])
def test_a_statement_that_somebody_altered_in_the_file_is_found(crm_fresh: World, folder: Path, way: str) -> None:
    text = revise(crm_fresh, folder, crm_fresh.matrix)
    [file] = (folder / "versions").glob("*.py")
    viewer = crm_fresh.viewer("service_agent")
    found = re.search(rf'CREATE POLICY [^;]* TO "{viewer}"\s+USING \((.*?)\);\n', text, re.DOTALL)
    assert found and len(found[1]) > 10
    file.write_text(text[: found.start(1)] + "true" + text[found.end(1) :], encoding="utf-8")
    if way == "upgrade":
        upgrade(crm_fresh, folder)
    else:
        psql(crm_fresh, run.script(folder, "upgrade", "head"), folder)
        with crm_fresh.connect(crm_fresh.admin) as connection:
            left = {statement.object.split()[0] for statement in plan_matrix(connection, crm_fresh.matrix).statements}
            assert "policy" in left
            apply_matrix(connection, crm_fresh.matrix)
    with crm_fresh.connect(crm_fresh.admin) as connection:
        assert plan_matrix(connection, crm_fresh.matrix).statements == ()
    query = "SELECT polrelid::regclass::text, polname FROM pg_policy WHERE pg_get_expr(polqual, polrelid) = 'true'"
    ours = " AND NOT 'pgcustsec_owner'::regrole::oid = ANY (polroles)"
    with crm_fresh.connect() as connection:
        assert connection.execute((query + ours).encode()).fetchall() == []
