"""`pgcustsec hold place|release|list`: legal holds, for who supervises (3.3, 4.3)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from pgcustsec.cli.options import connection_options, format_option, open_connection
from pgcustsec.cli.request import keys_option, number_argument, where_option
from pgcustsec.cli.staff import WIDTH, show_json, show_table
from pgcustsec.errors import UsageError

if TYPE_CHECKING:
    from rich.table import Table

    from pgcustsec.retention import Hold


@click.group(context_settings={"max_content_width": WIDTH})
def command() -> None:
    """
    Keep rows from being destroyed at the end of their term, for a court or an authority; they show to nobody meanwhile.

    \b
    Examples:
      pgcustsec hold place crm.customer --key 1017 --reason 'lawsuit' --reference '(2026)京01民初118号' \\
          --review 2027-05-31 -d crm -U wutong_zhao_hong
      pgcustsec hold list -d crm -U wutong_zhao_hong
    """


@command.command()
@click.argument("relation", metavar="TABLE")
@keys_option
@where_option
@click.option("--reason", required=True, metavar="TEXT", help="why")
@click.option("--reference", metavar="TEXT", help="the document that it goes by")
@click.option("--review", required=True, type=click.DateTime(["%Y-%m-%d"]), metavar="DAY",
              help="when it is looked at again, within 366 days")  # fmt: skip
@format_option
@connection_options
def place(
    relation: str,
    keys: tuple[str, ...],
    where: tuple[str, ...],
    reason: str,
    reference: str | None,
    review: datetime,
    output: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    Place a hold on rows of TABLE, by their keys or by conditions. For logins whose role supervises.

    It holds what the conditions cover when it is due, rows to come as well, and all that hangs on it, until it is
    released.

    \b
    Examples:
      pgcustsec hold place crm.customer --key 1017 --key 1044 --reason 'lawsuit' --review 2027-05-31 -d crm
      pgcustsec hold place crm.customer --where branch_code=SH --reason 'audit of 2026' --review 2027-05-31 -d crm
    """
    from pgcustsec.requests import parse_conditions
    from pgcustsec.retention import list_holds, place_hold

    if bool(keys) == bool(where):
        raise UsageError("a hold says which rows: by keys or by conditions", hint="give --key, or --where")
    with open_connection(dbname, host, port, user) as connection:
        number = place_hold(
            connection,
            relation,
            reason,
            review.replace(tzinfo=UTC),
            keys=keys or None,
            where=parse_conditions(where) if where else None,
            reference=reference,
        )
        _show(list_holds(connection, number=number), output)


@command.command()
@number_argument
@click.option("--reason", required=True, metavar="TEXT", help="why")
@connection_options
def release(number: int, reason: str, dbname: str | None, host: str | None, port: str | None, user: str | None) -> None:
    """
    Release hold NUMBER: what is past its term goes with the next sweep. For logins whose role supervises.

    \b
    Examples:
      pgcustsec hold release 3 --reason 'the lawsuit is over' -d crm -U wutong_zhao_hong
    """
    from pgcustsec.retention import release_hold

    with open_connection(dbname, host, port, user) as connection:
        release_hold(connection, number, reason)
    click.echo(f"hold {number} is released")


@command.command("list")
@click.option("--all", "released", is_flag=True, help="also those that are released")
@format_option
@connection_options
def list_(
    released: bool, output: str, dbname: str | None, host: str | None, port: str | None, user: str | None
) -> None:
    """
    List the holds in force, newest first. For logins whose role supervises.

    \b
    Examples:
      pgcustsec hold list -d crm -U wutong_zhao_hong
      pgcustsec hold list --all --format json -d crm -U wutong_zhao_hong
    """
    from pgcustsec.retention import list_holds

    with open_connection(dbname, host, port, user) as connection:
        _show(list_holds(connection, released=released), output)


def _show(found: list[Hold], output: str) -> None:
    if output == "json":
        show_json([asdict(one) for one in found])
    else:
        show_table(_holds(found), f"{len(found)} hold{'' if len(found) == 1 else 's'}")


def _holds(found: list[Hold]) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in ("no.", "table", "rows", "why", "review (UTC)", "by", "released (UTC)"):
        table.add_column(column, overflow="fold")
    for one in found:
        conditions = " and ".join(f"{c['column']} {c['is']} {c.get('value', '')}".strip() for c in one.predicate or ())
        table.add_row(
            str(one.number),
            one.table,
            conditions or f"{one.subjects}: {', '.join(one.keys[:20])}",
            ", ".join(filter(None, (one.reason, one.reference))),
            f"{one.review_at.astimezone(UTC):%Y-%m-%d}",
            one.placed_by,
            f"{one.released_at.astimezone(UTC):%Y-%m-%d}" if one.released_at else "",
        )
    return table
