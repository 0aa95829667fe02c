"""What `plan`, `apply` and `drift` share with --targets: the fleet, what is told as it goes, and the one table."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pgcustsec.cli.staff import show_json, show_table
from pgcustsec.errors import UsageError

if TYPE_CHECKING:
    from rich.table import Table

    from pgcustsec.fleet import Fleet, Result

targets_option = click.option(
    "--targets",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="many databases, wave after wave: the file that names them; no other connection options then",
)


def find_fleet(targets: Path, matrix_path: str, **alone: object) -> Fleet:
    """Read the fleet of *targets*. Raises `UsageError` for an option of *alone*, which is for one database."""
    from pgcustsec.fleet import read_targets

    given = [name for name, value in alone.items() if value]
    if given:
        raise UsageError(
            f"--{given[0].replace('_', '-')} is for one database, and --targets names many",
            hint="leave one of them out",
        )
    return read_targets(targets, Path(matrix_path))


def work_through(fleet: Fleet, work: Callable[..., Any], output: str, **options: object) -> int:
    """Do *work* on every target, show one table or JSON, and return the exit code."""
    from pgcustsec.fleet import exit_code

    results = do(fleet, work, **options)
    show(results, output)
    return exit_code(results)


def do(fleet: Fleet, work: Callable[..., Any], **options: object) -> list[Result]:
    """Do *work* on every target, telling of each on stderr."""
    from functools import partial

    from pgcustsec.fleet import run_fleet

    return run_fleet(fleet, partial(work, **options), tell=lambda line: click.echo(line, err=True))


def show(results: Sequence[Result], output: str) -> None:
    """Show *results* as JSON or as one table; what is to do next about failures goes to stderr."""
    if output == "json":
        show_json([_json(result) for result in results])
        return
    show_table(_table(results), f"{len(results)} database{'' if len(results) == 1 else 's'}")
    for result in results:
        if result.hint:
            click.echo(f"  {result.target}, next: {result.hint}", err=True)


def confirm(results: Sequence[Result]) -> None:
    """Ask whether what was planned is to be applied."""
    sys.stdout.flush()
    click.confirm(f"Apply it to {len(results)} databases?", abort=True, err=True)


def _json(result: Result) -> dict[str, object]:
    from pgcustsec.plan import Plan

    found = result.result.to_json() if isinstance(result.result, Plan) else result.result
    return {
        "target": result.target,
        "wave": result.wave,
        "state": result.state,
        "exit_code": result.code,
        "message": result.said,
        "hint": result.hint,
        "result": found,
    }


def _table(results: Sequence[Result]) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE, pad_edge=False)
    for heading in ("wave", "target", "state", "exit", "what"):
        table.add_column(heading, overflow="fold")
    for result in results:
        code = "" if result.code is None else str(result.code)
        said = "" if result.state == "not begun" else " ".join(result.said.split())
        table.add_row(str(result.wave), result.target, result.state, code, said)
    return table
