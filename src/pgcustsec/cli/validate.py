"""`pgcustsec validate`: is a role matrix right, and what does it say."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import click

from pgcustsec.cli.options import format_option
from pgcustsec.errors import EXIT_DONE, EXIT_USAGE, MatrixError, Problem


@click.command("validate")
@click.argument("matrix_path", metavar="[MATRIX]", default="matrix.yaml", type=click.Path(dir_okay=False))
@click.option("--schema", is_flag=True, help="print the JSON Schema of the format instead, for editors")
@format_option
def command(matrix_path: str, schema: bool, output: str) -> int:
    """
    Check the role matrix MATRIX (matrix.yaml) without a database, and say in short what it gives to whom.

    Every mistake is listed at once, with its line and column; then the exit code is 2. A deviation past its end
    is a warning: it is off, and what it allowed is as if it were not written.

    \b
    Examples:
      pgcustsec validate                                  check matrix.yaml
      pgcustsec validate wutong.yaml --format json        for programs: tables, roles, problems, warnings
      pgcustsec validate --schema > matrix.schema.json    then, as the matrix's first line:
                                                          # yaml-language-server: $schema=matrix.schema.json
    """
    if schema:
        from pgcustsec.matrix.schema import json_schema

        click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))
        return EXIT_DONE
    if output == "json":
        return _as_json(matrix_path)
    return _as_text(matrix_path)


def _as_text(path: str) -> int:
    summary, warnings = _validated(path)
    for line in _lines(summary):
        click.echo(line)
    for warning in warnings:
        click.echo(f"{path}:{warning.line}:{warning.column}: warning: {warning.message}", err=True)
        click.echo(f"  next: {warning.hint}", err=True)
    click.secho(f"{path}: no problems", err=True, fg="green")
    return EXIT_DONE


def _as_json(path: str) -> int:
    problems: Sequence[Problem] = ()
    summary: dict[str, Any] = {}
    warnings: list[Problem] = []
    try:
        summary, warnings = _validated(path)
    except MatrixError as error:
        problems = error.problems
    found = {"problems": [_problem(p) for p in problems], "warnings": [_problem(p) for p in warnings]}
    click.echo(json.dumps({"matrix": path, "ok": not problems, **found, **summary}, ensure_ascii=False, indent=2))
    return EXIT_USAGE if problems else EXIT_DONE


def _validated(path: str) -> tuple[dict[str, Any], list[Problem]]:
    """What the matrix of the file *path* says, and what in it has ended. Raises `MatrixError`."""
    from pgcustsec.matrix.checks import warnings
    from pgcustsec.matrix.load import load
    from pgcustsec.matrix.summary import summary

    today = datetime.now(UTC).date()
    matrix = load(path)
    return summary(matrix, today), warnings(matrix, today)


def _problem(problem: Problem) -> dict[str, Any]:
    return {"line": problem.line, "column": problem.column, "message": problem.message, "hint": problem.hint}


def _lines(summary: dict[str, Any]) -> Iterator[str]:
    tables = [(t["table"], t["subject"], t["tier1"], t["tier2"], t["tier3"]) for t in summary["tables"]]
    yield from _columns(("table", "customer", "tier 1", "tier 2", "tier 3"), tables)
    yield ""
    yield from _columns(("role", "department", "table", "rows", "tier 2", "tier 1", "names"), _access(summary))
    if summary["deviations"]:
        yield ""
        deviations = [
            (d["approved"], d["role"], d["table"], d["allows"], d["article"], _until(d)) for d in summary["deviations"]
        ]
        yield from _columns(("deviation", "role", "table", "allows", "article", "until"), deviations)


def _access(summary: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for role in summary["roles"]:
        name, department = role["role"], role["department"]
        if not role["tables"]:
            yield name, department, "supervises" if role["supervises"] else "-", "", "", "", ""
        for access in role["tables"]:
            rows = ", ".join(access["rows"])
            yield name, department, access["table"], rows, access["tier2"], access["tier1"], access["names"]
            name = department = ""


def _until(deviation: dict[str, Any]) -> str:
    return f"{deviation['until']}{'' if deviation['in_force'] else ' (ended)'}"


def _columns(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield *rows* under *head*, each column as wide as its widest cell."""
    cells = [[str(cell) for cell in row] for row in [head, *rows]]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        padded = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(padded).rstrip()


def _width(text: str) -> int:
    """Terminal columns: Chinese characters take two."""
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
