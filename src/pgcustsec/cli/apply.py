"""`pgcustsec apply`: bring a database in line with the matrix."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pgcustsec.cli.fleet import confirm, do, find_fleet, show, targets_option, work_through
from pgcustsec.cli.options import connection_options, deny_widening_option, matrix_option, open_connection
from pgcustsec.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pgcustsec.fleet import Fleet


@click.command("apply")
@matrix_option
@connection_options
@click.option("--plan", "plan_file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="run this plan")
@click.option("--lock-timeout", default="2s", show_default=True, help="how long one statement may wait for a lock")
@click.option("--attempts", default=5, show_default=True, help="how often to try, where a lock is not to be had")
@targets_option
@deny_widening_option
@click.option("-y", "--yes", is_flag=True, help="do not ask")
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(
    matrix_path: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
    plan_file: Path | None,
    lock_timeout: str,
    attempts: int,
    targets: Path | None,
    deny_widening: bool,
    yes: bool,
    output: str,
) -> int | None:
    """
    Bring a database in line with the matrix: show the plan, ask, run it in one transaction.

    With --plan, exactly the plan of that file runs, and only if the database has not moved since. While it waits for a
    lock others wait behind it, so it waits a short time, and tries again. Where rules of retention changed, terms are
    worked out anew afterwards, in batches.

    \b
    Examples:
      pgcustsec apply -m matrix.yaml -d crm
      pgcustsec apply -d crm --yes                  for scripts
      pgcustsec apply -d crm --plan p.json --yes    what was reviewed and nothing else
      pgcustsec apply -d crm --deny-widening --yes  only what lets nobody see more
      pgcustsec apply --targets targets.yaml        every database of a fleet, wave after wave
    """
    if targets:
        fleet = find_fleet(targets, matrix_path, dbname=dbname, host=host, port=port, username=user, plan=plan_file)
        locks: dict[str, str | int] = {"lock_timeout": lock_timeout, "attempts": attempts}
        return _apply_fleet(fleet, output, yes=yes, deny_widening=deny_widening, locks=locks)
    from pgcustsec.cli.plan import as_text
    from pgcustsec.cli.vault.shared import Progress
    from pgcustsec.matrix.load import load
    from pgcustsec.migrate import apply_matrix, plan_matrix
    from pgcustsec.plan import read_plan, refuse_widening
    from pgcustsec.retention import restamp

    matrix = load(Path(matrix_path))
    with open_connection(dbname, host, port, user) as connection:
        plan = read_plan(plan_file) if plan_file else plan_matrix(connection, matrix)
        click.echo(as_text(plan, output, verbose=False), nl=False, err=output == "json")
        if deny_widening:
            refuse_widening(plan)
        if plan and not yes:
            click.confirm("Apply it?", abort=True, err=True)
        with _Progress(len(plan.statements)) as advance:
            done = apply_matrix(
                connection,
                matrix,
                plan=plan,
                deny_widening=deny_widening,
                lock_timeout=lock_timeout,
                attempts=attempts,
                progress=advance,
            )
        with Progress() as moved:
            terms = restamp(connection, lock_timeout=lock_timeout, progress=moved)
    if output == "json":
        click.echo(as_text(done, output, verbose=False), nl=False)
    elif done:
        click.echo(f"applied: {len(done.statements)} statements in one transaction")
    for table, rows in terms.items():
        if rows:
            click.echo(f"{table}: {rows} rows are kept until another moment", err=output == "json")
    return None


def _apply_fleet(fleet: Fleet, output: str, *, yes: bool, deny_widening: bool, locks: Mapping[str, str | int]) -> int:
    """Without --yes every target is planned first, and exactly what was shown is applied, or nothing is."""
    from pgcustsec.fleet import apply_target, exit_code, plan_target
    from pgcustsec.plan import Plan

    if output == "json" and not yes:
        raise UsageError("JSON is for programs, and nobody is there to be asked", hint="give --yes as well")
    plans: dict[str, Plan] | None = None
    if not yes:
        planned = do(fleet, plan_target, deny_widening=deny_widening)
        if exit_code(planned):
            show(planned, output)
            return exit_code(planned)
        show(planned, "text")
        confirm(planned)
        plans = {one.target: one.result for one in planned if isinstance(one.result, Plan)}
    options = {"plans": plans, "deny_widening": deny_widening, **locks}
    return work_through(fleet, apply_target, output, **options)


class _Progress:
    """A progress bar over statements on stderr, where that is a terminal."""

    def __init__(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import Progress

        console = Console(stderr=True)
        self._bar = Progress(console=console, disable=not console.is_terminal, transient=True)
        self._task = self._bar.add_task("applying", total=total)

    def __enter__(self) -> _Progress:
        self._bar.start()
        return self

    def __call__(self, statement: object) -> None:
        self._bar.advance(self._task)

    def __exit__(self, *error: object) -> None:
        self._bar.stop()
