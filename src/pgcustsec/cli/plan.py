"""`pgcustsec plan`: what would bring a database in line with the matrix."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pgcustsec.cli.fleet import find_fleet, targets_option, work_through
from pgcustsec.cli.options import connection_options, deny_widening_option, matrix_option, open_connection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pgcustsec.db import Connection
    from pgcustsec.plan import Plan
    from pgcustsec.plan.live import Live


@click.command("plan")
@matrix_option
@connection_options
@click.option("--format", "output", type=click.Choice(["text", "json", "sql"]), default="text", show_default=True)
@click.option("-o", "--output", "file", type=click.Path(dir_okay=False, path_type=Path), help="write the plan there")
@click.option("-v", "--verbose", is_flag=True, help="show every statement")
@click.option("--check", is_flag=True, help="exit 1 when there is anything to do")
@click.option("--live", is_flag=True, help="count the staff and the rows that each change is about; -v names the staff")
@click.option("--explain-locks", is_flag=True, help="run it, take it back, and say which statement takes which lock")
@targets_option
@deny_widening_option
def command(
    matrix_path: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
    output: str,
    file: Path | None,
    verbose: bool,
    check: bool,
    live: bool,
    explain_locks: bool,
    targets: Path | None,
    deny_widening: bool,
) -> int:
    """
    Show what would bring a database in line with the matrix. Changes nothing.

    With --live each change of access says how many active staff hold the role, and how many rows are in reach of at
    least one of them, counted now by the policies' own row scopes; each count may take 30 seconds. No value is read.

    With --explain-locks the plan runs in a transaction that is taken back, and waits for the locks that it tells, 10
    seconds for each at most: on a live system, ask a copy.

    \b
    Examples:
      pgcustsec plan -m matrix.yaml -d crm
      pgcustsec plan -d crm -v                        with every statement
      pgcustsec plan -d crm --format sql > plan.sql   for psql
      pgcustsec plan -d crm --format json -o p.json   for: pgcustsec apply -d crm --plan p.json
      pgcustsec plan -d crm --live -v                 who gains or loses it today, by name, in how many rows
      pgcustsec plan -d crm_copy --explain-locks      which statement takes which lock on which table
      pgcustsec plan --targets targets.yaml --check   every database of a fleet
      pgcustsec plan -d crm --check                   exit 1 when anything differs
      pgcustsec plan -d crm --deny-widening           exit 4 when anybody would see more
    """
    if targets:
        from pgcustsec.fleet import plan_target

        alone = {
            "output": file,
            "live": live,
            "explain-locks": explain_locks,
            "verbose": verbose,
            "format sql": output == "sql",
        }
        fleet = find_fleet(targets, matrix_path, dbname=dbname, host=host, port=port, username=user, **alone)
        return work_through(fleet, plan_target, output, check=check, deny_widening=deny_widening)
    from pgcustsec.matrix.load import load
    from pgcustsec.migrate import live_counts, plan_matrix
    from pgcustsec.plan import refuse_widening

    matrix = load(Path(matrix_path))
    with open_connection(dbname, host, port, user) as connection:
        plan = plan_matrix(connection, matrix)
        counts = live_counts(connection, matrix, plan) if live else ()
        if explain_locks:
            click.echo(_locks_text(connection, plan, output), nl=False)
            return 0
    text = as_text(plan, output, verbose=verbose, live=counts)
    if file is None:
        click.echo(text, nl=False)
    else:
        file.write_text(text, encoding="utf-8")
        click.echo(f"wrote {file}: {len(plan.statements)} statements", err=True)
    if deny_widening:
        refuse_widening(plan)
    return 1 if check and plan else 0


def _locks_text(connection: Connection, plan: Plan, output: str) -> str:
    """Return as text or JSON which statement is the first to take which lock on which table."""
    import json
    from dataclasses import asdict

    from pgcustsec.migrate.locks import explain_locks, locks_needed

    found = explain_locks(connection, plan, lock_timeout="10s")
    if output == "json":
        return json.dumps({"needed": locks_needed(plan.statements), "locks": [asdict(one) for one in found]}) + "\n"
    lines = [f"{one.mode:24} {one.table}: {one.what}" for one in found]
    return (
        "\n".join([*lines, f"About {locks_needed(plan.statements):,} locks in all, to the end of the transaction."])
        + "\n"
    )


def as_text(plan: Plan, output: str, *, verbose: bool, live: Sequence[Live] = ()) -> str:
    """Return a plan as text, JSON or SQL; *live* counts people and rows."""
    import json
    from dataclasses import asdict

    from pgcustsec.report.plan import plan_lines

    if output == "json":
        counted = {"live": [asdict(one) for one in live]} if live else {}
        return json.dumps(plan.to_json() | counted, ensure_ascii=False, indent=2) + "\n"
    if output == "sql":
        return plan.sql
    return "\n".join(plan_lines(plan, verbose=verbose, live=live)) + "\n"
