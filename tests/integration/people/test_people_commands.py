"""`pgcustsec staff` and `login` as people and programs call them: output, exit codes, where a password comes from."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.people.office import PASSWORD, Office

ROOT = Path(__file__).parents[3]
VARIABLE = "PGCUSTSEC_NEW_PASSWORD"


def run(
    office: Office, *arguments: str, stdin: str | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command as the office's administrator."""
    return subprocess.run(
        [sys.executable, "-m", "pgcustsec", *arguments, "-d", office.database.conninfo(office.administrator)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", **environment},
        capture_output=True,
        text=True,
        input=stdin or "",
        check=False,
    )


def add(office: Office, number: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(office, "staff", "add", number, "--name", "李娜", "--department", "sales", "--branch", "BJ", *arguments)


@pytest.fixture
def staffed(office: Office) -> Office:
    office.add("M1", "boss", name="王建国")
    office.add("S1", "seller", name="李娜", manager="M1")
    return office


def test_adding_says_what_it_did(office: Office) -> None:
    done = add(office, "S1", "--role", "seller", "--role", "agent")
    assert done.returncode == 0
    assert done.stdout.splitlines() == ["added S1 李娜: sales, BJ", "role seller given", "role agent given"]
    assert "notice: role agent" in done.stderr


def test_adding_tells_programs_in_json(office: Office) -> None:
    done = json.loads(add(office, "S1", "--role", "seller", "--format", "json").stdout)
    assert done["staff"]["roles"] == ["seller"]
    assert set(done) == {"staff", "done", "notices"}


def test_a_wrong_word_ends_with_exit_code_2_and_the_next_step(office: Office) -> None:
    done = add(office, "S1", "--role", "seler")
    assert done.returncode == 2
    assert "did you mean 'seller'?" in done.stderr
    assert "next:" in done.stderr
    assert done.stdout == ""


@pytest.mark.one_server
def test_no_server_ends_with_exit_code_3(office: Office, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pgcustsec", "staff", "list", "-h", str(tmp_path), "-d", "none"]
    done = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, capture_output=True, check=False
    )
    assert done.returncode == 3


def test_the_list_is_a_table_whose_columns_stand_under_each_other(staffed: Office) -> None:
    from rich.cells import cell_len

    done = run(staffed, "staff", "list")
    head, *rows = done.stdout.splitlines()
    assert [row.split()[:2] for row in rows] == [["M1", "王建国"], ["S1", "李娜"]]
    starts = {cell_len(row[: row.index("sales")]) for row in rows} | {cell_len(head[: head.index("department")])}
    assert len(starts) == 1
    assert all(cell_len(line) <= 100 for line in done.stdout.splitlines())


def test_long_cells_fold_within_a_hundred_columns(office: Office) -> None:
    from rich.cells import cell_len

    office.add("S1", "seller", "boss", "agent", name="很长的名字" * 12)
    lines = run(office, "staff", "list").stdout.splitlines()
    assert all(cell_len(line) <= 100 for line in lines)
    assert "".join(lines).count("名") == 12


def test_the_list_in_json_is_the_whole_person(staffed: Office) -> None:
    _, seller = json.loads(run(staffed, "staff", "list", "--format", "json").stdout)
    assert seller == {
        "staff": "S1",
        "name": "李娜",
        "department": "sales",
        "branch": "BJ",
        "manager": "M1",
        "login": None,
        "active": True,
        "roles": ["seller"],
    }


def test_moving_says_what_changed(staffed: Office) -> None:
    done = run(staffed, "staff", "move", "S1", "--branch", "SH", "--no-manager")
    assert done.stdout.splitlines() == ["branch BJ -> SH", "manager M1 -> nobody"]


def test_leaving_without_a_terminal_needs_yes(staffed: Office) -> None:
    before = staffed.everything()
    refused = run(staffed, "staff", "leave", "M1")
    assert refused.returncode == 2
    assert "manages: S1 李娜" in refused.stderr
    assert staffed.everything() == before
    done = run(staffed, "staff", "leave", "M1", "--yes")
    assert done.returncode == 0
    assert "M1 王建国 has left" in done.stdout


def test_leaving_takes_one_way_for_the_customers_also_where_no_matrix_says_whose_they_are(staffed: Office) -> None:
    both = run(staffed, "staff", "leave", "S1", "--to-pool", "--reassign-to", "M1", "--yes")
    assert (both.returncode, "give one of the two" in both.stderr) == (2, True)
    done = run(staffed, "staff", "leave", "S1", "--to-pool", "--yes")
    assert done.stdout.splitlines()[0] == "S1 李娜 has left"
    assert "still name" not in done.stderr


def create(office: Office, *arguments: str, stdin: str | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    return run(office, "login", "create", office.login("li"), "--staff", "S1", *arguments, stdin=stdin, **env)


def connects(office: Office, password: str) -> bool:
    office.database.connect(office.login("li"), password).close()
    return True


def test_the_password_comes_from_the_environment(staffed: Office) -> None:
    done = create(staffed, **{VARIABLE: PASSWORD})
    assert done.returncode == 0, done.stderr
    assert "password valid until" in done.stdout
    assert connects(staffed, PASSWORD)


def test_the_password_comes_from_a_private_file(staffed: Office, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(f" {PASSWORD}\r\nsecond line\n")
    file.chmod(0o644)
    refused = create(staffed, "--password-file", str(file))
    assert (refused.returncode, "chmod 600" in refused.stderr) == (2, True)
    file.chmod(0o600)
    assert create(staffed, "--password-file", str(file)).returncode == 0
    assert connects(staffed, f" {PASSWORD}")


def test_the_password_comes_from_standard_input(staffed: Office) -> None:
    assert create(staffed, "--password-file", "-", stdin=f"{PASSWORD}\n").returncode == 0
    assert connects(staffed, PASSWORD)


def test_without_a_password_and_a_terminal_nothing_is_made(staffed: Office) -> None:
    before = staffed.everything()
    done = create(staffed)
    assert done.returncode == 2
    assert VARIABLE in done.stderr
    assert staffed.everything() == before


def test_the_password_is_asked_for_twice_and_not_shown(staffed: Office) -> None:
    process, terminal = pty.fork()
    if process == 0:
        os.environ["PYTHONPATH"] = str(ROOT / "src")
        os.environ.pop(VARIABLE, None)
        conninfo = staffed.database.conninfo(staffed.administrator)
        name = staffed.login("li")
        command = ["-m", "pgcustsec", "login", "create", name, "--staff", "S1", "-d", conninfo]
        os.execv(sys.executable, [sys.executable, *command])
    shown = _answer(terminal, ["Password for", "The same again"])
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0, shown
    assert PASSWORD not in shown
    assert "at least 12 characters" in shown
    assert connects(staffed, PASSWORD)


def _answer(terminal: int, prompts: list[str]) -> str:
    """Type the password at each of *prompts*, and return all that the terminal showed."""
    shown, waiting = "", list(prompts)
    while True:
        try:
            piece = os.read(terminal, 1024)
        except OSError:
            return shown
        if not piece:
            return shown
        shown += piece.decode(errors="replace")
        if waiting and f"{waiting[0]}" in shown and shown.rstrip(" ").endswith(":"):
            waiting.pop(0)
            os.write(terminal, f"{PASSWORD}\n".encode())


def test_logins_are_listed_for_people_and_programs(staffed: Office) -> None:
    create(staffed, **{VARIABLE: PASSWORD})
    assert "enabled" in run(staffed, "login", "list").stdout
    [login] = json.loads(run(staffed, "login", "list", "--format", "json").stdout)
    assert (login["staff"], login["state"], login["roles"]) == ("S1", "enabled", ["seller"])


def test_logins_are_disabled_and_enabled(staffed: Office) -> None:
    create(staffed, **{VARIABLE: PASSWORD})
    disabled = run(staffed, "login", "disable", staffed.login("li"), "--format", "json")
    assert json.loads(disabled.stdout)["login"]["state"] == "disabled"
    assert run(staffed, "login", "enable", staffed.login("li")).stdout == f"login {staffed.login('li')} enabled\n"


def test_a_login_is_a_persons_or_an_applications(staffed: Office) -> None:
    assert run(staffed, "login", "create", "li").returncode == 2
    assert run(staffed, "login", "create", "li", "--staff", "S1", "--application", "web").returncode == 2


@pytest.mark.one_server
@pytest.mark.parametrize(
    "command",
    [
        *("staff", "staff add", "staff list", "staff move", "staff leave"),
        *("login", "login create", "login list", "login disable", "login enable"),
    ],
)
def test_every_help_has_examples(office: Office, command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pgcustsec", *command.split(), "--help"],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.count(f"pgcustsec {command}") >= 2
