"""`pgcustsec schedule install|list|remove`: what destroys and recycles runs by itself (4.2, 4.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from pgcustsec.cli.options import connection_options, format_option, open_connection
from pgcustsec.cli.staff import WIDTH, show_json, show_table

if TYPE_CHECKING:
    from rich.table import Table

    from pgcustsec.retention.schedule import Planned, Promise, Units
    from pgcustsec.supervise import Run

_JOB = click.Choice(["retention", "pool"])
_jobs_argument = click.argument("jobs", metavar="[JOB...]", nargs=-1, type=_JOB)
_yes_option = click.option("-y", "--yes", is_flag=True, help="do not ask")


@click.group(context_settings={"max_content_width": WIDTH})
def command() -> None:
    """
    Have terms and the pool looked after every day: job `retention` (retention run), job `pool` (pool recycle).

    \b
    Examples:
      pgcustsec schedule install -d crm -U dba
      pgcustsec schedule list -d crm -U dba
      pgcustsec schedule remove pool -d crm -U dba
    """


@command.command()
@_jobs_argument
@click.option("--at", type=click.DateTime(["%H:%M"]), default="18:00", show_default=True, metavar="HH:MM",
              help="when, of UTC: 18:00 is 02:00 in Beijing")  # fmt: skip
@click.option("--by", "run_by", type=click.Choice(["pg_cron", "system"]),
              help="pg_cron, or the operating system of some machine  [default: pg_cron where it is]")  # fmt: skip
@_yes_option
@format_option
@connection_options
def install(
    jobs: tuple[str, ...],
    at: datetime,
    run_by: str | None,
    yes: bool,
    output: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    Run JOBs every day, both by default, and write down that this is promised. For administrators.

    With pg_cron jobs are made there, in place of the login's own of the same names. Without it a systemd service and
    timer, and a line for a crontab, are printed: put one of the two on a machine. No password is in them; a passfile
    has it.

    \b
    Examples:
      pgcustsec schedule install -d crm -U dba
      pgcustsec schedule install retention --at 19:30 --yes -d crm -U dba
      pgcustsec schedule install --by system --format json --yes -d crm -U dba
    """
    from pgcustsec.retention.schedule import install_schedules, plan_schedules, units

    with open_connection(dbname, host, port, user) as connection:
        planned = plan_schedules(
            connection, list(dict.fromkeys(jobs)) or ["retention", "pool"], at.time(), run_by=run_by
        )
        made = [units(connection, one.job, one.at) for one in planned if one.run_by == "system"]
        _show_plan(planned)
        new = any(one.new for one in planned)
        if new and not yes:
            click.confirm("Do that?", abort=True, err=True)
        install_schedules(connection, planned)
    if output == "json":
        show_json([_as_json(one, made) for one in planned])
        return
    for one in made:
        _print_units(one)
    if not made:
        click.echo("done" if new else "nothing to do")


@command.command(name="list")
@format_option
@connection_options
def list_(output: str, dbname: str | None, host: str | None, port: str | None, user: str | None) -> None:
    """
    Show what runs by itself, and how each job's last run ended. For administrators.

    \b
    Examples:
      pgcustsec schedule list -d crm -U dba
      pgcustsec schedule list --format json -d crm -U dba
    """
    from pgcustsec.retention.schedule import promised_and_done

    with open_connection(dbname, host, port, user) as connection:
        found = promised_and_done(connection)
    if output == "json":
        show_json([{"job": job, "promise": _json(promise), "last_run": _json(run)} for job, promise, run in found])
    else:
        kept = sum(promise is not None for _, promise, _ in found)
        show_table(_schedules(found), f"{kept} of {len(found)} jobs run by themselves")


@command.command()
@_jobs_argument
@_yes_option
@format_option
@connection_options
def remove(
    jobs: tuple[str, ...],
    yes: bool,
    output: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    Take the schedules of JOBs back, of both by default, and pg_cron's jobs with them. For administrators.

    \b
    Examples:
      pgcustsec schedule remove -d crm -U dba
      pgcustsec schedule remove pool --yes -d crm -U dba
    """
    from pgcustsec.retention.schedule import remove_schedules

    chosen = list(dict.fromkeys(jobs)) or ["retention", "pool"]
    with open_connection(dbname, host, port, user) as connection:
        if not yes:
            click.confirm(f"Let {' and '.join(chosen)} not run by itself any more?", abort=True, err=True)
        done = remove_schedules(connection, chosen)
    if output == "json":
        show_json({"done": done})
        return
    for sentence in done:
        click.echo(sentence)


def _show_plan(planned: Sequence[Planned]) -> None:
    """What would be done, on stderr: it is talk before the question."""
    for one in planned:
        by = f"pg_cron in database {one.place}: {one.line}" if one.place else "a timer or crontab on some machine"
        done = "" if one.new else " (it is so already)"
        click.echo(f"job {one.job}: every day at {one.at:%H:%M} UTC, by {by}{done}", err=True)
    for notice in dict.fromkeys(notice for one in planned for notice in one.notices):
        click.echo(f"notice: {notice}", err=True)


def _as_json(one: Planned, made: Sequence[Units]) -> dict[str, object]:
    found: dict[str, object] = {**asdict(one), "at": f"{one.at:%H:%M}"}
    for units in made:
        if units.job == one.job:
            found |= {"files": units.files, "crontab": units.crontab}
    return found


def _print_units(one: Units) -> None:
    for name, text in one.files.items():
        click.echo(f"# /etc/systemd/system/{name}\n{text}")
    [timer] = [name for name in one.files if name.endswith(".timer")]
    click.echo(f"# then: systemctl daemon-reload && systemctl enable --now {timer}")
    click.echo(f"# or, instead, for crontab -e; in the time of this computer:\n{one.crontab}\n")


def _json(value: Promise | Run | None) -> dict[str, object] | None:
    return None if value is None else asdict(value)


def _schedules(found: Sequence[tuple[str, Promise | None, Run | None]]) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for title in ("job", "run by", "every day at", "since (UTC)", "login", "last run (UTC)", "which"):
        table.add_column(title, overflow="fold")
    for job, promise, run in found:
        kept = (
            (promise.run_by, promise.line or "", _said(promise.since), promise.login)
            if promise
            else ("nobody", "", "", "")
        )
        table.add_row(job, *kept, _said(run.began) if run else "never", _outcome(run) if run else "")
    return table


def _outcome(run: Run) -> str:
    if run.ended is None:
        return "goes on" if run.at_work else "was killed"
    if run.failed:
        return "failed: " + ", ".join(f"{place} {sqlstate}" for place, sqlstate in sorted(run.failed.items()))
    return "came to its end" if run.complete else "left some for the next"


def _said(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M}"
