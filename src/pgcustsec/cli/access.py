"""`pgcustsec access budget|sessions|end|suspensions`: who is at work, who may not be, and what of the day is spent."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC
from typing import TYPE_CHECKING
from uuid import UUID

import click

from pgcustsec.cli.options import connection_options, format_option, open_connection
from pgcustsec.cli.staff import WIDTH, show_json, show_table

if TYPE_CHECKING:
    from rich.table import Table

    from pgcustsec.access import Budget, Session
    from pgcustsec.supervise import Suspension


@click.group(context_settings={"max_content_width": WIDTH})
def command() -> None:
    """
    Show and end sessions, and show what is spent of budgets.

    \b
    Examples:
      pgcustsec access budget -d crm
      pgcustsec access sessions --staff S1001 -d crm
      pgcustsec access end 5a0e7c1c-6b0f-4a39-9f3c-2f1f6d0a9b11 -d crm
    """


@command.command()
@click.option("--staff", metavar="NUMBER", help="only this person")
@format_option
@connection_options
def budget(
    staff: str | None, output: str, dbname: str | None, host: str | None, port: str | None, user: str | None
) -> None:
    """
    Show what people spent today (UTC) of openings and of different customers, rolled back or not.

    Fewer recorded than spent: the person rolled openings or searches back. Each person sees their own in psql by
    SELECT * FROM pgcustsec.my_budget().

    \b
    Examples:
      pgcustsec access budget -d crm
      pgcustsec access budget --staff S1001 --format json -d crm | jq '.[0].openings'
    """
    from pgcustsec.access import list_budgets

    with open_connection(dbname, host, port, user) as connection:
        budgets = list_budgets(connection, staff=staff)
    if output == "json":
        show_json([asdict(one) for one in budgets])
    else:
        show_table(_budgets(budgets), f"{len(budgets)} budget{'' if len(budgets) == 1 else 's'} of today (UTC)")


@command.command()
@click.option("--staff", metavar="NUMBER", help="only this person's")
@click.option("--all", "ended", is_flag=True, help="also those that have ended")
@format_option
@connection_options
def sessions(
    staff: str | None,
    ended: bool,
    output: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    List sessions, newest first.

    \b
    Examples:
      pgcustsec access sessions -d crm
      pgcustsec access sessions --staff S1001 --all --format json -d crm
    """
    from pgcustsec.access import list_sessions

    with open_connection(dbname, host, port, user) as connection:
        found = list_sessions(connection, staff=staff, ended=ended)
    if output == "json":
        show_json([asdict(one) for one in found])
    else:
        show_table(_sessions(found), f"{len(found)} session{'' if len(found) == 1 else 's'}")


@command.command()
@click.argument("session", type=click.UUID)
@format_option
@connection_options
def end(session: UUID, output: str, dbname: str | None, host: str | None, port: str | None, user: str | None) -> None:
    """
    End a session now: it shows nothing more of tier 1 and 2, and a token that names it is nobody's.

    \b
    Examples:
      pgcustsec access end 5a0e7c1c-6b0f-4a39-9f3c-2f1f6d0a9b11 -d crm
      pgcustsec access end 5a0e7c1c-6b0f-4a39-9f3c-2f1f6d0a9b11 --format json -d crm
    """
    from pgcustsec.access import end_session

    with open_connection(dbname, host, port, user) as connection:
        ended = end_session(connection, session)
    if output == "json":
        show_json(asdict(ended))
    else:
        click.echo(f"session {ended.session_id} of {ended.staff} {ended.name}: {ended.state}")


@command.command()
@click.option("--all", "lifted", is_flag=True, help="also those that were lifted")
@format_option
@connection_options
def suspensions(
    lifted: bool, output: str, dbname: str | None, host: str | None, port: str | None, user: str | None
) -> None:
    """
    List who is suspended, newest first. For logins whose role supervises.

    \b
    Examples:
      pgcustsec access suspensions -d crm -U zhao_hong
      pgcustsec access suspensions --all --format json -d crm -U zhao_hong
    """
    from pgcustsec.supervise import list_suspensions

    with open_connection(dbname, host, port, user) as connection:
        found = list_suspensions(connection, lifted=lifted)
    if output == "json":
        show_json([asdict(one) for one in found])
    else:
        show_table(_suspensions(found), f"{len(found)} suspension{'' if len(found) == 1 else 's'}")


def _suspensions(found: list[Suspension]) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in ("no.", "who", "since (UTC)", "by", "why", "put right", "lifted (UTC)"):
        table.add_column(column, overflow="fold")
    for one in found:
        table.add_row(
            str(one.number),
            f"{one.kind} {one.code}",
            f"{one.suspended_at.astimezone(UTC):%Y-%m-%d %H:%M}",
            one.suspended_by,
            ", ".join(filter(None, (one.reason, one.reference))),
            one.rectification or "",
            f"{one.reinstated_at.astimezone(UTC):%Y-%m-%d %H:%M}" if one.reinstated_at else "",
        )
    return table


def _budgets(budgets: list[Budget]) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in ("number", "name", "role"):
        table.add_column(column)
    for column in ("openings", "recorded", "customers", "refused"):
        table.add_column(column, justify="right")
    for one in budgets:
        table.add_row(
            one.staff,
            one.name,
            one.role,
            f"{one.openings} of {one.openings_at_most}",
            str(one.recorded),
            f"{one.customers} of {one.customers_at_most}",
            str(one.refused),
        )
    return table


def _sessions(sessions: list[Session]) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in ("session", "who", "purpose", "from (UTC)", "to", "state"):
        table.add_column(column, overflow="fold")
    for one in sessions:
        table.add_row(
            str(one.session_id),
            f"{one.staff} {one.name}",
            one.purpose,
            f"{one.started_at.astimezone(UTC):%m-%d %H:%M}",
            f"{one.ends_at.astimezone(UTC):%m-%d %H:%M}",
            one.state,
        )
    return table
