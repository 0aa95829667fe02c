"""`pgcustsec deputy name|approve|end|list`: who decides on requests while somebody is away (5.2.1)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from pgcustsec.cli.options import connection_options, format_option, open_connection
from pgcustsec.cli.staff import WIDTH, show_json, show_table

if TYPE_CHECKING:
    from rich.table import Table

    from pgcustsec.requests import Deputy

_WHEN = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"])


@click.group(context_settings={"max_content_width": WIDTH})
def command() -> None:
    """
    Name who decides on requests in one's place, for a period; a supervisor approves it.

    \b
    Examples:
      pgcustsec deputy name M1002 --until 2026-12-24 -d crm -U wang_jianguo
      pgcustsec deputy approve 3 -d crm -U zhao_hong
      pgcustsec deputy list -d crm -U zhao_hong
    """


@command.command()
@click.argument("deputy", metavar="NUMBER")
@click.option("--from", "starts", metavar="DATETIME", type=_WHEN, help="from when on, in UTC; at once by default")
@click.option("--until", "ends", metavar="DATETIME", type=_WHEN, required=True, help="until when, in UTC")
@connection_options
def name(
    deputy: str,
    starts: datetime | None,
    ends: datetime,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    Name the colleague NUMBER, of one's own department, to decide on requests in one's place.

    They decide what one would decide, never on their own request or on one's own, and never a second step of the same.
    It counts once a supervisor has approved it, for 92 days at most.

    \b
    Examples:
      pgcustsec deputy name M1002 --until 2026-12-24 -d crm -U wang_jianguo
      pgcustsec deputy name M1002 --from 2026-12-01 --until '2026-12-24 18:00' -d crm -U wang_jianguo
    """
    from pgcustsec.requests import name_deputy

    begins = starts.replace(tzinfo=UTC) if starts else datetime.now(UTC)
    with open_connection(dbname, host, port, user) as connection:
        number = name_deputy(connection, deputy, begins, ends.replace(tzinfo=UTC))
    click.echo(f"deputy {number}: a supervisor approves it: pgcustsec deputy approve {number}")


@command.command()
@click.argument("number", type=int)
@connection_options
def approve(number: int, dbname: str | None, host: str | None, port: str | None, user: str | None) -> None:
    """
    Approve deputy NUMBER: a supervisor who is neither of the two.

    \b
    Examples:
      pgcustsec deputy approve 3 -d crm -U zhao_hong
    """
    from pgcustsec.requests import approve_deputy

    with open_connection(dbname, host, port, user) as connection:
        approve_deputy(connection, number)
    click.echo(f"deputy {number} is approved")


@command.command()
@click.argument("number", type=int)
@connection_options
def end(number: int, dbname: str | None, host: str | None, port: str | None, user: str | None) -> None:
    """
    End deputy NUMBER before its period is over: either of the two, or a supervisor.

    \b
    Examples:
      pgcustsec deputy end 3 -d crm -U wang_jianguo
    """
    from pgcustsec.requests import end_deputy

    with open_connection(dbname, host, port, user) as connection:
        end_deputy(connection, number)
    click.echo(f"deputy {number} is ended")


@command.command("list")
@click.option("--all", "all_ever", is_flag=True, help="also those that are over")
@format_option
@connection_options
def list_command(
    all_ever: bool, output: str, dbname: str | None, host: str | None, port: str | None, user: str | None
) -> None:
    """
    List who decides in whose place: one's own, or everybody's for logins whose role supervises.

    \b
    Examples:
      pgcustsec deputy list -d crm -U zhao_hong
      pgcustsec deputy list --all --format json -d crm -U zhao_hong
    """
    from pgcustsec.requests import list_deputies

    with open_connection(dbname, host, port, user) as connection:
        found = list_deputies(connection, all_ever=all_ever)
    if output == "json":
        show_json([asdict(one) for one in found])
    else:
        show_table(_deputies(found), f"{len(found)} deput{'y' if len(found) == 1 else 'ies'}")


def _deputies(found: list[Deputy]) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in ("no.", "in place of", "deputy", "from (UTC)", "until", "state", "approved by"):
        table.add_column(column, overflow="fold")
    for one in found:
        table.add_row(
            str(one.number),
            f"{one.staff} {one.name or ''}",
            f"{one.deputy} {one.deputy_name or ''}",
            f"{one.starts_at.astimezone(UTC):%Y-%m-%d %H:%M}",
            f"{one.ends_at.astimezone(UTC):%Y-%m-%d %H:%M}",
            one.state,
            one.approved_by or "",
        )
    return table
