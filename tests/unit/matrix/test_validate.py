"""`pgcustsec validate`: what it prints, and what it ends with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pgcustsec.cli.validate import command
from pgcustsec.errors import MatrixError, UsageError
from pgcustsec.matrix.load import load
from tests.unit.matrix.demo_text import PATH
from tests.unit.matrix.stories import changed


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments, standalone_mode=False)


def written(folder: Path, text: str) -> str:
    file = folder / "matrix.yaml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_a_right_matrix_is_summed_up() -> None:
    result = run(str(PATH))
    assert result.return_value == 0
    assert ["crm.customer", "self", "5", "6", "9"] in [line.split() for line in result.stdout.splitlines()]
    assert "合规-2026-007" in result.stdout
    assert "no problems" in result.stderr


def test_a_program_gets_the_same_as_json() -> None:
    answer = json.loads(run(str(PATH), "--format", "json").stdout)
    assert answer["ok"] is True
    assert answer["tables"][0] == {"table": "crm.customer", "subject": "self", "tier1": 5, "tier2": 6, "tier3": 9}


def test_a_wrong_matrix_is_an_error_with_all_its_problems(tmp_path: Path) -> None:
    result = run(written(tmp_path, changed(("find: true", "find: yes"), ("kind: address", "kind: adress"))))
    assert isinstance(result.exception, MatrixError)
    assert result.exception.exit_code == 2
    assert len(result.exception.problems) == 2
    assert result.stdout == ""


def test_a_program_gets_all_problems_as_json_and_exit_code_2(tmp_path: Path) -> None:
    result = run(written(tmp_path, changed(("find: true", "find: yes"))), "--format", "json")
    assert result.return_value == 2
    answer = json.loads(result.stdout)
    assert answer["ok"] is False
    (problem,) = answer["problems"]
    assert problem["hint"] == "write true"
    assert (
        problem["line"]
        == changed().splitlines().index("      phone: {tier: 1, kind: phone, find: true, unique: true}") + 1
    )


def test_a_deviation_past_its_end_is_a_warning_and_no_problem(tmp_path: Path) -> None:
    file = written(tmp_path, changed(("approved: A-1, until: 2099-12-31", "approved: A-1, until: 2020-02-29")))
    result = run(file)
    assert result.return_value == 0
    assert "warning: deviation A-1 ended on 2020-02-29" in result.stderr
    assert "2020-02-29 (ended)" in result.stdout


def test_the_schema_is_printed_without_any_matrix() -> None:
    schema = json.loads(run("--schema", "/nowhere/matrix.yaml").stdout)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(UsageError, match=r"/nowhere/matrix\.yaml"):
        load("/nowhere/matrix.yaml")


def test_a_file_that_is_not_utf8_is_refused_at_its_place(tmp_path: Path) -> None:
    file = tmp_path / "matrix.yaml"
    file.write_bytes(b"version: 1\norganisation: \xce\xe2\n")
    with pytest.raises(MatrixError) as caught:
        load(file)
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (2, 15)


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    file = tmp_path / "matrix.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + changed().encode())
    assert load(file).organisation == "Ginkgo"
