"""`--targets`: many databases, wave after wave; one that fails leaves itself unchanged and the rest not begun."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from pgcustsec.cli import main
from pgcustsec.errors import MatrixError, Refused, UsageError
from pgcustsec.fleet import (
    Fleet,
    Outcome,
    Result,
    Target,
    apply_target,
    drift_target,
    exit_code,
    plan_target,
    read_targets,
    run_fleet,
)
from pgcustsec.fleet.run import Connections
from pgcustsec.matrix.model import Column
from pgcustsec.migrate import apply_matrix
from tests.cluster import Server
from tests.worlds import World, crm_world

NOWHERE = "host=127.0.0.1 port=1 dbname=crm user=dba"


@pytest.fixture(scope="module")
def made(server: Server) -> Iterator[list[World]]:
    with ExitStack() as stack:
        yield [stack.enter_context(crm_world(server)) for _ in range(3)]


@pytest.fixture
def worlds(made: list[World]) -> list[World]:
    """Three databases; each is as its matrix says, but for one grant."""
    for world in made:
        with world.connect(world.admin) as connection:
            apply_matrix(connection, world.matrix)
        world.execute("GRANT SELECT ON crm.claim TO PUBLIC")
    return made


def target(world: World, wave: int = 1, name: str | None = None) -> Target:
    return Target(name or world.database.name, world.database.conninfo(world.admin), wave, world.matrix)


def differs(world: World) -> bool:
    with world.database.connect() as connection:
        row = connection.execute(
            "SELECT EXISTS (SELECT FROM pg_class AS c CROSS JOIN aclexplode(c.relacl) AS e"
            " WHERE c.oid = 'crm.claim'::regclass AND e.grantee = 0)"
        ).fetchone()
    return row == (True,)


@contextmanager
def locked(world: World) -> Iterator[None]:
    """Another apply runs there."""
    with world.database.connect() as other, other.transaction():
        other.execute("SET LOCAL ROLE pgcustsec_owner")
        other.execute("LOCK TABLE pgcustsec_internal.applied_matrix IN EXCLUSIVE MODE")
        yield


def states(results: list[Result]) -> list[tuple[str, int | None]]:
    return [(result.state, result.code) for result in results]


def test_wave_after_wave_each_in_its_own_transaction(worlds: list[World]) -> None:
    one, two, three = worlds
    told: list[str] = []
    fleet = Fleet(2, ((target(one),), (target(two, 2), target(three, 2))))
    assert states(run_fleet(fleet, partial(plan_target, check=True), tell=told.append)) == [("done", 1)] * 3
    results = run_fleet(fleet, apply_target, tell=told.append)
    assert states(results) == [("done", 0)] * 3
    assert [result.wave for result in results] == [1, 2, 2]
    assert not any(differs(world) for world in worlds)
    assert states(run_fleet(fleet, drift_target, tell=told.append)) == [("done", 0)] * 3
    applying = told[6:12]
    assert applying[:2] == [f"{one.database.name}: begun", f"{one.database.name}: applied: 1 statement"]
    assert len(applying) == 6


def test_one_broken_one_locked_one_unreachable_and_none_of_them_changed(worlds: list[World]) -> None:
    good, busy, broken = worlds
    table = broken.matrix.tables["crm.claim"]
    table = replace(table, columns={**table.columns, "nowhere": Column("nowhere", 3)})
    missing = replace(broken.matrix, tables={**broken.matrix.tables, "crm.claim": table})
    wave = (
        target(good, name="good"),
        target(busy, name="busy"),
        replace(target(broken, name="broken"), matrix=missing),
        Target("far", NOWHERE, 1, good.matrix),
    )
    with locked(busy):
        results = run_fleet(Fleet(4, (wave, (target(good, 2, "later"),))), apply_target, tell=lambda _: None)
    by = {result.target: result for result in results}
    assert states(results) == [("done", 0), ("failed", 4), ("failed", 2), ("failed", 3), ("not begun", None)]
    assert "another change to this database is being made" in by["busy"].said
    assert "cannot connect" in by["far"].said
    assert exit_code(results) == 3
    assert [differs(world) for world in (good, busy, broken)] == [False, True, True]


def test_after_the_first_failure_nothing_more_is_begun_in_its_wave_either(worlds: list[World]) -> None:
    one, two, three = worlds
    fleet = Fleet(1, ((target(one), target(two), target(three)),))
    with locked(two):
        results = run_fleet(fleet, apply_target, tell=lambda _: None)
    assert states(results) == [("done", 0), ("failed", 4), ("not begun", None)]
    assert [differs(world) for world in worlds] == [False, True, True]


def test_a_finding_is_no_failure(worlds: list[World]) -> None:
    fleet = Fleet(1, tuple((target(world, wave),) for wave, world in enumerate(worlds, 1)))
    results = run_fleet(fleet, drift_target, tell=lambda _: None)
    assert states(results) == [("done", 1)] * 3
    assert exit_code(results) == 1
    assert results[0].said == "1 difference, by 1 of which somebody could see or do more"


def test_a_plan_that_was_shown_is_applied_or_nothing(worlds: list[World]) -> None:
    one, two, _ = worlds
    fleet = Fleet(2, ((target(one), target(two)),))
    plans = {result.target: result.result for result in run_fleet(fleet, plan_target, tell=lambda _: None)}
    two.execute("GRANT SELECT ON crm.policy TO PUBLIC")
    results = run_fleet(fleet, partial(apply_target, plans=plans), tell=lambda _: None)
    assert states(results) == [("done", 0), ("failed", 4)]
    assert "has moved" in results[1].said
    assert [differs(one), differs(two)] == [False, True]


def test_a_fault_of_ours_on_one_target_is_its_result(worlds: list[World]) -> None:
    def fault(one: Target, _: Connections) -> Outcome:
        raise ZeroDivisionError(one.name)

    results = run_fleet(Fleet(2, ((target(worlds[0]),),)), fault, tell=lambda _: None)
    assert states(results) == [("failed", 70)]
    assert results[0].said == "a fault of ours: ZeroDivisionError"


@pytest.mark.parametrize(
    ("codes", "worst"),
    [((0, 1), 1), ((1, 2), 2), ((2, 4, 1), 4), ((4, 3), 3), ((3, 70), 70), ((0, None), 0)],
)
def test_the_exit_code_is_the_worst(codes: tuple[int | None, ...], worst: int) -> None:
    assert exit_code([Result(str(code), 1, "done", code, "") for code in codes]) == worst


@pytest.fixture
def hears_ctrl_c() -> Iterator[None]:
    """A shell starts what runs in its background deaf to ctrl-C, and so is all that this starts, the tests too."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("hears_ctrl_c")
def test_ctrl_c_takes_back_what_runs_and_begins_nothing_more(worlds: list[World]) -> None:
    one, two, _ = worlds
    fleet = Fleet(1, ((target(one), target(two)),))

    over = threading.Event()

    def interrupt_once_it_waits() -> None:
        waiting = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        with one.database.connect() as watcher:
            while not watcher.execute(waiting).fetchall():
                if over.wait(0.01):
                    return  # it ended without having waited: what it said is below
        os.kill(os.getpid(), signal.SIGINT)

    told: list[str] = []
    with one.database.connect() as holder, holder.transaction():
        holder.execute("LOCK TABLE crm.claim IN ACCESS SHARE MODE; LOCK TABLE crm.claim IN ROW SHARE MODE")
        holder.execute("SELECT FROM pg_class WHERE oid = 'crm.claim'::regclass FOR UPDATE")
        threading.Thread(target=interrupt_once_it_waits).start()
        results = run_fleet(fleet, partial(apply_target, lock_timeout="1min"), tell=told.append)
        over.set()
    assert states(results) == [("interrupted", 130), ("not begun", None)], told
    assert exit_code(results) == 130
    assert "interrupted: what runs is taken back" in told
    assert [differs(one), differs(two)] == [True, True]


def test_what_is_about_to_run_when_it_is_interrupted_does_not(worlds: list[World]) -> None:
    connections = Connections()
    connections.stop()
    with pytest.raises(Refused, match="interrupted; nothing was changed"):
        apply_target(target(worlds[0]), connections)
    assert differs(worlds[0])


# --- the file, and the command line ---------------------------------------------------------------------------------


def written(folder: Path, text: str) -> Path:
    (folder / "targets.yaml").write_text(text, encoding="utf-8")
    return folder / "targets.yaml"


WRONG = {
    "a password": (
        "waves: [{targets: {bj: {conninfo: 'dbname=crm password=s3cret'}}}]",
        "a password stands in the file",
    ),
    "a password in a URI": (
        "waves: [{targets: {bj: {conninfo: 'postgresql://dba:s3cret@h/crm'}}}]",
        "a password stands",
    ),
    "no conninfo": ("waves: [{targets: {bj: {conninfo: 's3cret nonsense'}}}]", "this is no conninfo"),
    "one name twice": (
        "waves: [{targets: {bj: {conninfo: dbname=a}}}, {targets: {bj: {conninfo: dbname=b}}}]",
        "target 'bj' stands there twice",
    ),
    "an unknown key": ("waves: [{targets: {bj: {conninfo: dbname=a, martix: x}}}]", "martix"),
    "no limit at all": ("parallel: 0\nwaves: [{targets: {bj: {conninfo: dbname=a}}}]", "0"),
    "nothing": ("waves: []", "waves"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_in_the_file_is_said_with_its_line_and_no_secret(tmp_path: Path, name: str) -> None:
    text, said = WRONG[name]
    with pytest.raises(MatrixError) as error:
        read_targets(written(tmp_path, text), tmp_path / "matrix.yaml")
    told = " ".join(f"{one.line} {one.message} {one.hint}" for one in error.value.problems)
    assert said in told
    assert "s3cret" not in told + error.value.message
    assert "the file of targets" in error.value.message


def test_there_is_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot read"):
        read_targets(tmp_path / "targets.yaml", tmp_path / "matrix.yaml")


@pytest.fixture
def file(worlds: list[World], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of the three databases in two waves, each with its own matrix."""
    matrices = {world.database.name: world.matrix for world in worlds}
    monkeypatch.setattr("pgcustsec.fleet.targets.load", lambda path: matrices[path.stem])
    lines = ["parallel: 2", "waves:"]
    for wave in (worlds[:1], worlds[1:]):
        lines.append("- targets:")
        for number, world in enumerate(wave):
            conninfo = world.database.conninfo(world.admin)
            lines.append(f'    {world.database.name}: {{conninfo: "{conninfo}", matrix: {world.database.name}.yaml}}')
            assert number < 2
    return written(tmp_path, "\n".join(lines) + "\n")


def ran(*arguments: str, typed: str = "") -> tuple[int, str, str]:
    done = CliRunner().invoke(main, arguments, input=typed, standalone_mode=False)
    if done.exception:
        raise done.exception
    return done.return_value or 0, done.stdout, done.stderr


def test_the_commands_show_one_table_and_end_with_the_worst_code(worlds: list[World], file: Path) -> None:
    code, table, told = ran("drift", "--targets", str(file))
    assert code == 1
    assert all(world.database.name in table for world in worlds)
    assert max(map(len, table.splitlines())) <= 100
    assert f"{worlds[0].database.name}: begun" in told
    assert ran("plan", "--targets", str(file))[0] == 0
    assert ran("plan", "--targets", str(file), "--check")[0] == 1
    with pytest.raises(UsageError, match="nobody is there to be asked"):
        ran("apply", "--targets", str(file), "--format", "json")
    code, table, told = ran("apply", "--targets", str(file), typed="y\n")
    assert (code, table.count("applied: 1 statement")) == (0, 3)
    assert not any(differs(world) for world in worlds)


def test_what_is_not_agreed_to_is_not_applied(worlds: list[World], file: Path) -> None:
    done = CliRunner().invoke(main, ["apply", "--targets", str(file)], input="n\n")
    assert done.exit_code != 0
    assert all(differs(world) for world in worlds)


def test_the_json_has_each_database_and_what_was_found(worlds: list[World], file: Path) -> None:
    with locked(worlds[0]):
        code, text, _ = ran("apply", "--targets", str(file), "--yes", "--format", "json")
    assert code == 4
    found = json.loads(text)
    assert [(one["state"], one["exit_code"]) for one in found] == [
        ("failed", 4),
        ("not begun", None),
        ("not begun", None),
    ]
    assert found[0]["hint"]
    _, text, _ = ran("drift", "--targets", str(file), "--format", "json")
    assert [one["result"]["drifts"][0]["how"] for one in json.loads(text)] == ["surplus"] * 3


def test_what_is_for_one_database_is_refused_beside_it(file: Path) -> None:
    for arguments in (("drift", "-d", "crm"), ("plan", "--live"), ("plan", "--format", "sql"), ("apply", "-h", "x")):
        with pytest.raises(UsageError, match="is for one database"):
            ran(*arguments, "--targets", str(file))
