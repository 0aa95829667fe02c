"""
Widening a matrix that says that widening takes an approved request, without one (5.2.5).

The attacker is an administrator. Each attack works where the matrix does not say so: `control` shows it.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pgcustsec.errors import NotAllowed, Refused
from pgcustsec.matrix.model import Access, Approval, Matrix, RequestKind
from pgcustsec.migrate import apply_matrix, plan_matrix
from pgcustsec.plan import Plan, read_plan
from pgcustsec.requests import decide_request, file_request, file_widening, find_request, withdraw_request
from pgcustsec.revisions import run
from pgcustsec.revisions.project import make_project
from pgcustsec.revisions.write import write_revision
from pgcustsec.vault import seal, unseal
from tests.cluster import Server
from tests.worlds import World, crm_world

CUSTOMER = "crm.customer"
KIND = RequestKind("widening", "放宽权限", (Approval(role="sales_manager"),), 14, ("analyst",), widens=True)
WIDER = Access(CUSTOMER, ("branch", "serving", "pool"), "serving", "masked")
OTHER = Access(CUSTOMER, ("department", "serving", "pool"), "serving", "masked")


@pytest.fixture
def world(server: Server) -> Iterator[World]:
    """Applied, with the rule that widening takes a request: sun files it, zhao approves it."""
    with crm_world(server) as made:
        made.matrix = replace(made.matrix, requests={"widening": KIND})
        apply(made, made.matrix)
        yield made


@pytest.fixture
def control(server: Server) -> Iterator[World]:
    """The same without the rule."""
    with crm_world(server) as made:
        apply(made, made.matrix)
        yield made


def wider(matrix: Matrix, access: Access = WIDER) -> Matrix:
    agent = matrix.roles["sales_agent"]
    agent = replace(agent, tables={**agent.tables, CUSTOMER: access})
    return replace(matrix, roles={**matrix.roles, "sales_agent": agent})


def apply(world: World, matrix: Matrix, *, plan: Plan | None = None, user: str | None = "dba") -> Plan:
    with world.connect(user and f"{world.prefix}{user}") as connection:
        return apply_matrix(connection, matrix, plan=plan)


def planned(world: World, matrix: Matrix) -> Plan:
    with world.connect(world.admin) as connection:
        return plan_matrix(connection, matrix)


def refused(world: World, matrix: Matrix, why: str, *, plan: Plan | None = None, user: str | None = "dba") -> None:
    """An apply ends with exit code 4, says why, and changes nothing."""
    before = planned(world, matrix)
    with pytest.raises(Refused, match=why) as error:
        apply(world, matrix, plan=plan, user=user)
    assert error.value.exit_code == 4
    assert planned(world, matrix) == before
    assert not planned(world, world.matrix)


def filed(world: World, digest: str | None, login: str = "sun") -> int:
    assert digest is not None
    with world.connect(world.login(login)) as connection:
        return file_widening(connection, "widening", "work", digest, days=3)


def approve(world: World, number: int, login: str = "zhao") -> None:
    with world.connect(world.login(login)) as connection:
        decide_request(connection, number, "approve", "the board's minute 7")


def state(world: World, number: int) -> str:
    with world.connect(world.login("sun")) as connection:
        return find_request(connection, number).state


@pytest.mark.parametrize("gated", [True, False])
def test_an_administrator_lets_nobody_else_be_one_alone(world: World, control: World, gated: bool) -> None:
    """Who may act as the tables' owner sees more than any role does."""
    chosen = world if gated else control
    second = f"{chosen.prefix}second"
    chosen.execute(f"CREATE ROLE {second} LOGIN")
    administrators = replace(chosen.matrix.administrators, roles=(chosen.admin, second))
    matrix = replace(chosen.matrix, administrators=administrators)
    if gated:
        refused(chosen, matrix, "there is none for exactly this")
    else:
        assert apply(chosen, matrix, user=None)


def test_an_approved_request_lets_exactly_its_plan_through_and_is_spent(world: World) -> None:
    matrix = wider(world.matrix)
    digest = planned(world, matrix).widening
    refused(world, matrix, "there is none for exactly this")
    number = filed(world, digest)
    refused(world, matrix, f"request {number} is filed")
    approve(world, number)
    assert apply(world, matrix)
    assert state(world, number) == "applied"
    assert not planned(world, matrix)
    with world.database.connect() as connection:
        last = connection.execute(
            "SELECT kind, login FROM pgcustsec_internal.audit ORDER BY audit_id DESC LIMIT 1"
        ).fetchone()
    assert last == ("request_applied", world.admin)


def test_where_the_matrix_does_not_say_so_nothing_is_asked(control: World) -> None:
    assert planned(control, wider(control.matrix)).widening is None
    assert apply(control, wider(control.matrix))


def test_what_narrows_and_what_repairs_takes_no_request(world: World) -> None:
    narrower = wider(world.matrix, Access(CUSTOMER, ("serving",), "serving", "masked"))
    assert planned(world, narrower).widening is None
    assert apply(world, narrower)
    world.execute("GRANT SELECT ON crm.claim TO PUBLIC")
    assert apply(world, narrower)


def test_another_widening_under_the_approved_digest(world: World) -> None:
    number = filed(world, planned(world, wider(world.matrix)).widening)
    approve(world, number)
    refused(world, wider(world.matrix, OTHER), "none for exactly this")
    # The same change of access by a matrix that says something else besides.
    titled = replace(wider(world.matrix), organisation="another")
    assert planned(world, titled).access == planned(world, wider(world.matrix)).access
    refused(world, titled, "none for exactly this")
    assert state(world, number) == "approved"


def test_twice_by_one_approval(world: World) -> None:
    matrix = wider(world.matrix)
    number = filed(world, planned(world, matrix).widening)
    approve(world, number)
    apply(world, matrix)
    apply(world, world.matrix)
    refused(world, matrix, f"request {number} is applied")


def test_an_apply_that_fails_spends_nothing(world: World) -> None:
    matrix = wider(world.matrix)
    number = filed(world, planned(world, matrix).widening)
    approve(world, number)

    def fail(_: object) -> None:
        raise RuntimeError("the line is cut")

    with world.connect(world.admin) as connection, pytest.raises(RuntimeError):
        apply_matrix(connection, matrix, progress=fail)
    assert state(world, number) == "approved"
    assert apply(world, matrix)


def test_approved_by_who_applies(world: World) -> None:
    """Whoever applies is registered as staff, holds the approver's role, and approves over their own login."""
    login = world.database.server.connect().info.user
    world.execute(
        "INSERT INTO pgcustsec_internal.staff (staff_id, full_name, login, department_code, branch_code)"
        f" VALUES ('S9', 'N. S9', '{login}', 'sales', 'BJ')",
        "INSERT INTO pgcustsec_internal.staff_role (staff_id, role_code) VALUES ('S9', 'sales_manager')",
    )
    apply(world, world.matrix, user=None)
    matrix = wider(world.matrix)
    number = filed(world, planned(world, matrix).widening)
    with world.connect() as connection:
        decide_request(connection, number, "approve", "mine")
    assert state(world, number) == "approved"
    refused(world, matrix, f"request {number} was approved by who applies", user=None)
    # Nor once nobody is registered over that login: the record of access has which one it was.
    world.execute("UPDATE pgcustsec_internal.staff SET login = NULL WHERE staff_id = 'S9'")
    with pytest.raises(Refused, match="approved by who applies"):
        apply(world, matrix, user=None)
    # The control: it is approved, for somebody else to apply.
    assert apply(world, matrix)
    assert state(world, number) == "applied"


def test_approved_then_withdrawn(world: World) -> None:
    matrix = wider(world.matrix)
    number = filed(world, planned(world, matrix).widening)
    approve(world, number)
    with world.connect(world.login("sun")) as connection:
        withdraw_request(connection, number)
    refused(world, matrix, f"request {number} is closed")


def tampered(world: World, matrix: Matrix, folder: Path) -> Plan:
    """A plan file that says that it changes nothing for anybody."""
    given = planned(world, matrix).to_json() | {"access": [], "widening": None}
    (folder / "plan.json").write_text(json.dumps(given))
    return read_plan(folder / "plan.json")


def test_by_a_plan_file_that_says_that_nothing_widens(world: World, control: World, tmp_path: Path) -> None:
    refused(world, wider(world.matrix), "none for exactly", plan=tampered(world, wider(world.matrix), tmp_path))
    assert apply(control, wider(control.matrix), plan=tampered(control, wider(control.matrix), tmp_path))


def only_said(matrix: Matrix) -> Matrix:
    """Wider by the words of the matrix and by no statement: a visit shows where its customer does, and no further."""
    agent = matrix.roles["sales_agent"]
    visit = Access("crm.visit", ("branch", "serving", "pool"), "serving")
    agent = replace(agent, tables={**agent.tables, "crm.visit": visit})
    return replace(matrix, roles={**matrix.roles, "sales_agent": agent})


def test_by_other_commands_that_apply(world: World, control: World) -> None:
    """They refuse whatever is left to apply; what they apply themselves meets the rule as well."""
    with world.connect(world.admin) as connection:
        for matrix in (wider(world.matrix), only_said(world.matrix)):
            assert planned(world, matrix).widening
        with pytest.raises(Refused, match="the matrix is not applied"):
            seal(connection, wider(world.matrix))
        with pytest.raises(Refused, match="the matrix is not applied"):
            unseal(connection, wider(world.matrix), CUSTOMER)
        with pytest.raises(Refused, match="takes an approved request"):
            unseal(connection, only_said(world.matrix), CUSTOMER)
    assert planned(world, only_said(world.matrix)).widening, "it is not applied"
    with control.connect(control.admin) as connection:
        unseal(connection, only_said(control.matrix), CUSTOMER)
    assert planned(control, only_said(control.matrix)).access == ()


OFF = {
    "the rule taken out": lambda matrix: replace(matrix, requests={}),
    "the rule turned off": lambda matrix: replace(matrix, requests={"widening": replace(KIND, widens=False)}),
    "another approver": lambda matrix: replace(
        matrix, requests={"widening": replace(KIND, approvals=(Approval(role="service_agent"),))}
    ),
    "another who files": lambda matrix: replace(
        matrix, requests={"widening": replace(KIND, filed_by=("service_agent",))}
    ),
}


def test_turning_the_rule_off_alone_or_in_the_same_apply(world: World) -> None:
    for change in OFF.values():
        refused(world, change(world.matrix), "none for exactly this")
        refused(world, change(wider(world.matrix)), "none for exactly this")
    # With a request it is turned off, like anything else that widens.
    number = filed(world, planned(world, OFF["the rule taken out"](world.matrix)).widening)
    approve(world, number)
    assert apply(world, OFF["the rule taken out"](world.matrix))
    assert planned(world, wider(replace(world.matrix, requests={}))).widening is None


def test_the_rule_taken_out_of_the_list_by_hand(world: World) -> None:
    world.execute("DELETE FROM pgcustsec_internal.request_kind")
    with pytest.raises(Refused, match="none for exactly this"):
        apply(world, wider(world.matrix))
    apply(world, world.matrix)
    refused(world, wider(world.matrix), "none for exactly this")


def test_turning_the_rule_on_takes_no_request(control: World) -> None:
    matrix = replace(control.matrix, requests={"widening": KIND})
    assert planned(control, matrix).widening is None
    assert apply(control, matrix)
    assert planned(control, wider(matrix)).widening


def test_by_a_request_it_shows_nothing_and_is_filed_by_whom_the_matrix_names(world: World) -> None:
    digest = planned(world, wider(world.matrix)).widening
    assert digest
    with pytest.raises(NotAllowed):
        filed(world, digest, "li")
    for bad in ("", "x" * 64, digest[:-1], digest.upper()):
        with pytest.raises(NotAllowed, match="names the digest of a plan"):
            filed(world, bad)
    number = filed(world, digest)
    approve(world, number)
    with world.connect(world.login("sun")) as connection, pytest.raises(NotAllowed):
        file_request(connection, "widening", "work", CUSTOMER, [], keys=[digest], days=3)
    with world.database.connect(user=world.login("sun")) as connection, pytest.raises(Exception) as error:
        connection.execute("SELECT pgcustsec.open_full(%s, '1')", [number])
    assert getattr(error.value, "sqlstate", None) in ("42501", "CS202")


# --- by revisions and by scripts ------------------------------------------------------------------------------------


@pytest.fixture
def history(tmp_path: Path) -> Path:
    make_project(tmp_path / "project")
    return tmp_path / "project" / "migrations"


def revise(world: World, history: Path, matrix: Matrix, *, upgraded: bool) -> None:
    """Write the revision that leads to *matrix*, and run it if it is to be."""
    with world.connect(world.admin) as connection:
        assert write_revision(history, matrix, "a change", connection) is not None
        if upgraded:
            run.upgrade(history, connection, "head")


def begin(world: World, history: Path) -> None:
    """A history that is at the world's matrix."""
    revise(world, history, world.matrix, upgraded=False)
    with world.connect(world.admin) as connection:
        run.stamp(history, connection)


def test_a_revision_widens_by_an_approved_request_alone(world: World, control: World, history: Path) -> None:
    begin(world, history)
    with pytest.raises(Refused, match="there is none for exactly this"):
        revise(world, history, wider(world.matrix), upgraded=True)
    assert not planned(world, world.matrix)
    approve(world, filed(world, planned(world, wider(world.matrix)).widening))
    with world.connect(world.admin) as connection:
        run.upgrade(history, connection, "head")
        assert not plan_matrix(connection, wider(world.matrix))
        run.downgrade(history, connection, "-1")
        with pytest.raises(Refused, match=r"request \d+ is applied"):
            run.upgrade(history, connection, "head")


def test_where_the_matrix_does_not_say_so_a_revision_widens(control: World, history: Path) -> None:
    begin(control, history)
    revise(control, history, wider(control.matrix), upgraded=True)
    assert not planned(control, wider(control.matrix))


@pytest.mark.parametrize("how", ["plan", "revision"])
def test_a_script_widens_no_more_than_the_command(world: World, control: World, history: Path, how: str) -> None:
    def script(made: World) -> str:
        if how == "plan":
            return planned(made, wider(made.matrix)).sql
        folder = history.parent.parent / made.prefix / "migrations"
        make_project(folder.parent)
        begin(made, folder)
        revise(made, folder, wider(made.matrix), upgraded=False)
        first, last = (one for one, *_ in reversed(list(run.revisions(folder))))
        return run.script(folder, "upgrade", f"{first}:{last}")

    assert _psql(control, script(control), history) == ""
    assert not planned(control, wider(control.matrix))
    assert "widen" in _psql(world, script(world), history)
    assert not planned(world, world.matrix)


def _psql(world: World, script: str, folder: Path) -> str:
    """Run *script* in psql as the administrator; return what it says."""
    file = folder / "script.sql"
    file.write_text(script, encoding="utf-8")
    bindir = world.database.server.bindir
    command = [str(bindir / "psql") if bindir else "psql", "-X", "-q", "-d", world.database.conninfo(world.admin)]
    return subprocess.run([*command, "-f", str(file)], capture_output=True, text=True, check=False).stderr
