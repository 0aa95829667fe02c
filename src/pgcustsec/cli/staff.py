"""`pgcustsec staff add|list|move|leave`: who works here, and what follows for their login."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from pgcustsec.cli.options import connection_options, format_option, open_connection
from pgcustsec.errors import EXIT_DONE, UsageError

if TYPE_CHECKING:
    from rich.table import Table

    from pgcustsec.people import Member, Outcome

WIDTH = 100


@click.group(context_settings={"max_content_width": WIDTH})
def command() -> None:
    """
    Add, list and move staff; end what they may when they leave.

    What a person's login may see follows from the roles the person holds, in the same transaction.

    \b
    Examples:
      pgcustsec staff add S1001 --name 李娜 --department sales --branch BJ --role sales_agent -d crm
      pgcustsec staff list --department sales -d crm
      pgcustsec staff move S1001 --branch SH --manager M2001 -d crm
      pgcustsec staff leave S1001 -d crm
    """


@command.command()
@click.argument("number")
@click.option("--name", required=True, help="the person's name")
@click.option("--department", required=True, metavar="CODE", help="a department (部门) of the applied matrix")
@click.option("--branch", required=True, metavar="CODE", help="a branch (分公司) of the applied matrix")
@click.option("--manager", metavar="NUMBER", help="staff number of the manager; none by default")
@click.option("--role", "roles", multiple=True, metavar="ROLE", help="a role of the applied matrix; may be repeated")
@click.option("--login", metavar="NAME", help="their login, if it exists already; else use `login create` afterwards")
@format_option
@connection_options
def add(
    number: str,
    name: str,
    department: str,
    branch: str,
    manager: str | None,
    roles: tuple[str, ...],
    login: str | None,
    output: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    Add a staff member.

    \b
    Examples:
      pgcustsec staff add M1001 --name 王建国 --department sales --branch BJ --role sales_manager -d crm
      pgcustsec staff add S1001 --name 李娜 --department sales --branch BJ --manager M1001 \\
          --role sales_agent -d crm
    """
    from pgcustsec.people import add_staff

    with open_connection(dbname, host, port, user) as connection:
        outcome = add_staff(
            connection,
            number,
            name=name,
            department=department,
            branch=branch,
            manager=manager,
            roles=roles,
            login=login,
        )
    show_outcome(outcome, output)


@command.command("list")
@click.option("--department", metavar="CODE", help="only this department")
@click.option("--branch", metavar="CODE", help="only this branch")
@click.option("--role", metavar="ROLE", help="only who holds this role")
@click.option("--all", "everyone", is_flag=True, help="also who has left")
@format_option
@connection_options
def list_(
    department: str | None,
    branch: str | None,
    role: str | None,
    everyone: bool,
    output: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    List staff, by number.

    \b
    Examples:
      pgcustsec staff list -d crm
      pgcustsec staff list --branch SH --role sales_agent --all -d crm
      pgcustsec staff list --format json -d crm | jq -r '.[].login'
    """
    from pgcustsec.people import list_staff

    with open_connection(dbname, host, port, user) as connection:
        members = list_staff(connection, department=department, branch=branch, role=role, left=everyone)
    if output == "json":
        show_json([asdict(member) for member in members])
    else:
        show_table(_table(members, everyone), f"{len(members)} staff")


@command.command()
@click.argument("number")
@click.option("--department", metavar="CODE", help="the new department")
@click.option("--branch", metavar="CODE", help="the new branch")
@click.option("--manager", metavar="NUMBER", help="the new manager's staff number")
@click.option("--no-manager", is_flag=True, help="they report to nobody")
@click.option("--role", "roles", multiple=True, metavar="ROLE", help="a role to give; may be repeated")
@click.option("--drop-role", "drop_roles", multiple=True, metavar="ROLE", help="a role to take; may be repeated")
@format_option
@connection_options
def move(
    number: str,
    department: str | None,
    branch: str | None,
    manager: str | None,
    no_manager: bool,
    roles: tuple[str, ...],
    drop_roles: tuple[str, ...],
    output: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    Change where a person works, under whom, and in which roles.

    \b
    Examples:
      pgcustsec staff move S1001 --branch SH --manager M2001 -d crm
      pgcustsec staff move S1001 --role sales_manager --drop-role sales_agent -d crm
    """
    from pgcustsec.people import move_staff

    with open_connection(dbname, host, port, user) as connection:
        outcome = move_staff(
            connection,
            number,
            department=department,
            branch=branch,
            manager=manager,
            no_manager=no_manager,
            roles=roles,
            drop_roles=drop_roles,
        )
    show_outcome(outcome, output)


@command.command()
@click.argument("number")
@click.option("--reassign-to", "reassign_to", metavar="NUMBER", help="who serves their customers from now on")
@click.option("--to-pool", is_flag=True, help="their prospects go back to the shared pool (共享池)")
@click.option("--yes", is_flag=True, help="do not ask")
@format_option
@connection_options
def leave(
    number: str,
    reassign_to: str | None,
    to_pool: bool,
    yes: bool,
    output: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    End what a person may: they have left.

    Their roles are taken, their login is disabled and its connections end. There is no way back: who returns gets a
    new number. With --reassign-to or --to-pool what they served moves with that; of who has left before, only this is
    done. To the pool go prospects alone: whoever bought is somebody's to serve.

    \b
    Examples:
      pgcustsec staff leave S1001 --reassign-to S1002 -d crm
      pgcustsec staff leave S1001 --to-pool -d crm
      pgcustsec staff leave S1001 --yes --format json -d crm
    """
    from pgcustsec.people import find_staff, leave_staff, reports_of

    with open_connection(dbname, host, port, user) as connection:
        if not yes:
            _ask_leave(find_staff(connection, number), reports_of(connection, number), reassign_to, to_pool)
        outcome = leave_staff(connection, number, reassign_to=reassign_to, to_pool=to_pool)
    show_outcome(outcome, output)


def _ask_leave(person: Member, reports: Sequence[Member], reassign_to: str | None, to_pool: bool) -> None:
    click.echo(f"{person.staff} {person.name}, {person.department}, {person.branch}", err=True)
    click.echo(f"  roles to take: {', '.join(person.roles) or 'none'}", err=True)
    click.echo(f"  login to disable: {person.login or 'none'}", err=True)
    click.echo(f"  manages: {', '.join(f'{one.staff} {one.name}' for one in reports) or 'nobody'}", err=True)
    to = (
        f"{reassign_to} serves them"
        if reassign_to
        else "prospects go to the shared pool"
        if to_pool
        else "stay as they are"
    )
    click.echo(f"  customers: {to}", err=True)
    if not sys.stdin.isatty():
        raise UsageError("leaving cannot be undone, and there is no terminal to ask on", hint="give --yes")
    if not click.confirm("has left?", err=True):
        click.echo("nothing was changed", err=True)
        raise SystemExit(EXIT_DONE)


def _table(members: Sequence[Member], everyone: bool) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("number", "name", "department", "branch", "manager", "login", "roles"):
        table.add_column(title, overflow="fold")
    if everyone:
        table.add_column("here")
    for one in members:
        cells = [one.staff, one.name, one.department, one.branch, one.manager or "", one.login or ""]
        cells.append(" ".join(one.roles))
        table.add_row(*cells, *(["yes" if one.active else "left"] if everyone else []))
    return table


def show_outcome(outcome: Outcome[Member], output: str) -> None:
    """Print what was done: lines to read on stdout and notices on stderr, or all of it as one JSON object."""
    if output == "json":
        show_json({"staff": asdict(outcome.subject), "done": outcome.done, "notices": outcome.notices})
        return
    show_lines(outcome.done, outcome.notices)


def show_lines(done: Sequence[str], notices: Sequence[str]) -> None:
    """Print what was done, and on stderr what somebody should look at."""
    for line in done:
        click.echo(line)
    for notice in notices:
        click.echo(f"notice: {notice}", err=True)


def show_json(value: object) -> None:
    """Print *value* as JSON, times as ISO 8601 in UTC."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False, default=_as_json))


def _as_json(value: object) -> str:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)


def show_table(table: Table, count: str) -> None:
    """Print *table* within 100 columns, less on a narrower terminal; how many there are goes to stderr."""
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    width = min(console.width, WIDTH) if sys.stdout.isatty() else WIDTH
    Console(width=width, highlight=False, markup=False).print(table)
    click.echo(count, err=True)
