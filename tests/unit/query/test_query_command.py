"""`pgcustsec query` as it is called: what it reads, what it prints where, and its exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pytest
from click.testing import CliRunner
from ruamel.yaml import YAML

from pgcustsec.cli import run
from tests.unit.matrix.demo_text import PATH

ROOT = Path(__file__).parents[3]
CLEAN = "SELECT customer_id, gender FROM customer WHERE customer_id = 1;\n"
BASE = "SELECT age FROM crm.customer;\n"


@dataclass
class Done:
    returncode: int
    stdout: str
    stderr: str


def query(*arguments: str, text: str | bytes = b"", folder: Path | None = None) -> Done:
    """Run the console script's function here, in *folder*, with *text* as its standard input."""
    runner = CliRunner()
    with (
        patch.object(sys, "argv", ["pgcustsec", "query", *arguments]),
        chdir(folder or ROOT),
        runner.isolation(input=text) as (stdout, stderr, _),
        pytest.raises(SystemExit) as ended,
    ):
        run()
    return Done(int(ended.value.code or 0), stdout.getvalue().decode(), stderr.getvalue().decode())


def check(*arguments: str, text: str | bytes = b"", folder: Path | None = None) -> Done:
    return query("check", "-m", str(PATH), *arguments, text=text, folder=folder)


def test_what_is_clean_exits_0_and_what_is_found_exits_1() -> None:
    clean = check("--role", "sales_agent", "-", text=CLEAN)
    assert (clean.returncode, clean.stderr) == (0, "1 statement in 1 file for 1 role: 0 errors, 0 warnings, 0 notes\n")
    found = check("--role", "sales_agent", text=BASE)
    assert found.returncode == 1
    assert found.stdout.startswith("<stdin>:1:1  sales_agent  refused\n")
    assert "1 error, " in found.stderr


@pytest.mark.parametrize("name", ["a\x1b[31m.sql", "a\n::error::forged.sql", "a\u202e.sql", "a\udcff.sql"])
@pytest.mark.parametrize("form", ["text", "json", "sarif", "junit", "github"])
def test_a_files_name_that_would_steer_a_terminal_or_forge_a_line_is_refused(
    tmp_path: Path, name: str, form: str
) -> None:
    (tmp_path / name).write_text(BASE)
    done = check("--role", "sales_agent", "--format", form, name, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "characters that do not print" in done.stderr
    assert name not in done.stderr


def test_a_files_name_may_be_chinese(tmp_path: Path) -> None:
    (tmp_path / "查询\u3000一.sql").write_text(CLEAN)
    assert check("--role", "sales_agent", "查询\u3000一.sql", folder=tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("level", "text", "code"),
    [
        ("error", "\\i more.sql\n", 0),
        ("note", "\\i more.sql\n", 1),
        ("revealed", "SELECT name FROM customer WHERE customer_id = 1", 0),
        ("masked", "SELECT name FROM customer WHERE customer_id = 1", 1),
        ("opaque", "SELECT somebodys(1)", 1),
        ("refused", "SELECT somebodys(1)", 0),
        ("refused", "SELEC 1", 1),
        ("inferred", CLEAN, 0),
    ],
)
def test_fail_on_says_what_is_too_much(level: str, text: str, code: int) -> None:
    assert check("--role", "sales_agent", "--fail-on", level, text=text).returncode == code


def test_dynamic_sql_and_what_does_not_parse_never_pass(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text('cursor.execute("SELECT name FROM " + table)\n')
    (tmp_path / "a.sql").write_text("SELECT :columns FROM customer;\n")
    (tmp_path / "b.sql").write_text("SELECT name FROM;\n")
    for name in ("app.py", "a.sql", "b.sql"):
        done = check("--role", "sales_agent", name, folder=tmp_path)
        assert done.returncode == 1, name
        assert f"{name}:1:" in done.stdout


def test_several_roles_and_all_roles() -> None:
    text = "SELECT name FROM customer"
    some = check("--role", "sales_agent", "--role", "data_analyst", "--format", "json", text=text)
    assert [one["role"] for one in json.loads(some.stdout)["statements"]] == ["sales_agent", "data_analyst"]
    every = check("--all-roles", "--format", "json", text=text)
    assert "quality_inspector" not in json.loads(every.stdout)["roles"]
    assert len(json.loads(every.stdout)["statements"]) == 5


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "say who would run it: --role R, or --all-roles"),
        (["--role", "sales_agent", "--all-roles"], "say who would run it"),
        (["--role", "nobody"], "no role nobody in the matrix"),
        (["--role", "sales_agent", "nowhere.sql"], "cannot read nowhere.sql: No such file"),
        (["--role", "sales_agent", "-m", "nowhere.yaml"], "cannot read the matrix nowhere.yaml"),
        (["--role", "sales_agent", "--format", "xml"], "'xml' is not one of"),
        (["--role", "sales_agent", "--fail-on", "bad"], "'bad' is not one of"),
    ],
)
def test_a_mistake_is_said_and_exits_2(arguments: list[str], said: str) -> None:
    done = check(*arguments, text=CLEAN)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_not_utf_8_is_a_mistake_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "gbk.sql").write_bytes("SELECT 1;\nSELECT '客户';\n".encode("gbk"))
    done = check("--role", "sales_agent", "gbk.sql", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "gbk.sql:2: not UTF-8 from here" in done.stderr


def test_a_byte_order_mark_and_dos_line_ends_move_no_place() -> None:
    done = check(
        "--role", "sales_agent", "--format", "json", text=b"\xef\xbb\xbfSELECT 1;\r\nSELECT age FROM crm.customer;\r\n"
    )
    [_, second] = json.loads(done.stdout)["statements"]
    assert (second["line"], second["column"]) == (2, 1)
    assert [(one["line"], one["column"]) for one in second["findings"]] == [(2, 17)]


def test_what_a_file_would_send_to_a_terminal_is_not_sent(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text('SELECT age AS "\x1b[2J\u202eevil" FROM customer; -- \x07\x9b\n', encoding="utf-8")
    for command in ("check", "explain"):
        done = query(command, "-m", str(PATH), "--role", "sales_agent", "a.sql", folder=tmp_path)
        assert not set("\x1b\u202e\x07\x9b") & set(done.stdout)
        assert "evil" in done.stdout


@pytest.mark.parametrize("form", ["text", "json", "sarif", "junit", "github"])
def test_every_form_goes_to_stdout_alone_without_colours(form: str) -> None:
    done = check("--role", "sales_agent", "--format", form, text=f"\\set a 1\n{BASE}")
    assert done.returncode == 1
    assert "CQ07" in done.stdout
    assert "\x1b" not in done.stdout + done.stderr
    assert "notice: <stdin>:1:1: \\set is psql's own" in done.stderr


def test_no_value_that_stands_in_a_statement_is_in_a_finding() -> None:
    """A literal that is a customer's number is in the statement's own text, and nowhere else."""
    done = check(
        "--role", "sales_agent", "--format", "github", text="SELECT age FROM crm.customer WHERE mobile = '13812345678'"
    )
    assert done.returncode == 1
    assert "13812345678" not in done.stdout


def test_explain_prints_and_writes_a_page(tmp_path: Path) -> None:
    arguments = ("explain", "-m", str(PATH), "--role", "sales_agent")
    done = query(*arguments, text="SELECT mobile FROM customer")
    assert done.returncode == 0
    assert "^^^^^^ mobile: masked, tier 1" in done.stdout
    page = query(*arguments, "-o", "out.html", text="SELECT mobile FROM customer", folder=tmp_path)
    assert (page.returncode, page.stdout) == (0, "")
    assert "wrote out.html" in page.stderr
    assert (tmp_path / "out.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_explain_writes_html_over_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "matrix.yaml").write_text("mine")
    arguments = ("explain", "-m", str(PATH), "--role", "sales_agent", "-o")
    done = query(*arguments, "matrix.yaml", text=CLEAN, folder=tmp_path)
    assert (done.returncode, (tmp_path / "matrix.yaml").read_text()) == (2, "mine")
    nowhere = query(*arguments, "no/such.html", text=CLEAN, folder=tmp_path)
    assert nowhere.returncode == 2
    assert "cannot write no/such.html" in nowhere.stderr


def test_the_hook_is_the_command_with_the_files_behind_it(tmp_path: Path) -> None:
    [hook] = YAML(typ="safe", pure=True).load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["language"] == "python"
    assert set(hook["types_or"]) == {"sql", "python"}
    program, *entry = hook["entry"].split()
    assert (program, entry[0]) == ("pgcustsec", "query")
    (tmp_path / "matrix.yaml").write_bytes(PATH.read_bytes())
    (tmp_path / "good.sql").write_text(CLEAN)
    (tmp_path / "bad.sql").write_text(BASE)
    (tmp_path / "none.py").write_text("print('nothing of a database')\n")
    command = [sys.executable, "-m", program, *entry, "--role", "sales_agent"]
    ended = [
        subprocess.run([*command, *files], cwd=tmp_path, capture_output=True, check=False).returncode
        for files in (["good.sql", "none.py"], ["good.sql", "bad.sql"])
    ]
    assert ended == [0, 1]


def test_help_imports_no_parser_and_none_of_what_a_check_needs() -> None:
    script = "import sys, click; from pgcustsec.cli.query import check; print(check.get_help(click.Context(check)))"
    command = [sys.executable, "-c", f"{script}; print(*sys.modules, file=sys.stderr)"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "--fail-on" in done.stdout
    assert not {"pglast", "ruamel.yaml", "psycopg", "sqlalchemy"} & set(done.stderr.split())
