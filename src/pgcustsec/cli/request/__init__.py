"""`pgcustsec request file|submit|amend|list|show|approve|refuse|withdraw`: special applications (专项事务申请)."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from pgcustsec.cli.options import connection_options, format_option, open_connection
from pgcustsec.cli.request.show import requests_table, show_request
from pgcustsec.cli.staff import WIDTH, show_json, show_table
from pgcustsec.errors import EXIT_DONE, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pgcustsec.db import Connection
    from pgcustsec.requests import Condition

STATES = (
    "drafted",
    "filed",
    "in approval",
    "approved",
    "refused",
    "withdrawn",
    "lapsed",
    "closed",
    "handed over",
    "erased",
    "applied",
)
_NUMBER = click.IntRange(min=1, max=2**63 - 1)
_WHOLE = click.IntRange(min=0, max=2**31 - 1)

number_argument = click.argument("number", type=_NUMBER, metavar="NUMBER")
columns_option = click.option(
    "--column", "columns", multiple=True, metavar="COLUMN", help="a column whose values it asks for; repeat it"
)
keys_option = click.option(
    "--key", "keys", multiple=True, metavar="KEY", help="the key of a row, as the view shows it; repeat it"
)
where_option = click.option(
    "--where", "where", multiple=True, metavar="CONDITION",
    help="rows by a condition, such as 'branch_code=BJ' or 'health is null'; repeat it, all of them hold",
)  # fmt: skip
rows_option = click.option(
    "--max-rows", type=_WHOLE, metavar="N", help="the most rows it covers, up to what its kind may"
)
comment_option = click.option("--comment", required=True, metavar="TEXT", help="why; the requester reads it")


@click.group(context_settings={"max_content_width": WIDTH})
def command() -> None:
    """
    File requests for full values or bulk (专项事务申请), decide on them, see what became of them.

    \b
    Examples:
      pgcustsec request file special crm.customer --purpose selling --column mobile --key 1017 --days 7 -d crm
      pgcustsec request list --mine-to-decide -d crm -U wutong_wang_jianguo
      pgcustsec request approve 7 --comment 'two customers, for the renewal' -d crm -U wutong_wang_jianguo
    """


@command.command("file")
@click.argument("kind", metavar="KIND")
@click.argument("relation", metavar="[TABLE]", required=False)
@click.option("--purpose", required=True, metavar="PURPOSE", help="what for, from the matrix's list")
@columns_option
@keys_option
@where_option
@click.option("--days", required=True, type=_WHOLE, metavar="N", help="its term of use, from its approval on")
@rows_option
@click.option("--draft", is_flag=True, help="keep it to oneself until `request submit`")
@click.option("--service", metavar="STAFF", help="a standing request: the service that uses it, whose manager you are")
@click.option("--widening", metavar="DIGEST", help="to have a plan applied that widens access: what `plan` printed")
@format_option
@connection_options
def file_(
    kind: str,
    relation: str | None,
    purpose: str,
    columns: tuple[str, ...],
    keys: tuple[str, ...],
    where: tuple[str, ...],
    days: int,
    max_rows: int | None,
    draft: bool,
    service: str | None,
    widening: str | None,
    output: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    File a request of KIND for columns of rows of TABLE: rows by their keys, or by conditions.

    KIND is one of the matrix's that a role of yours files. The matrix says who approves it, one after the other, and
    how many days and rows there are at most. Not decided within that many days, it lapses.

    Of a kind with `emergency_hours` it opens at once, record by record (open_full): have it approved within those
    hours, else you are suspended. Of a `standing` kind --max-rows is records a day. A kind that `widens` is of a plan,
    by the digest that `pgcustsec plan` prints, and of no table.

    \b
    Examples:
      pgcustsec request file special crm.customer --purpose selling --column name --column mobile \\
          --key 1017 --key 1044 --days 7 -d crm
      pgcustsec request file special crm.customer --purpose selling --column mobile \\
          --where 'branch_code=BJ' --where 'birth_date>=1990-01-01' --max-rows 500 --days 3 --draft -d crm
      pgcustsec request file special crm.customer --purpose selling --column mobile \\
          --where 'status in prospect,lost' --where 'health is not null' --days 3 -d crm
      pgcustsec request file dialling crm.customer --service D001 --purpose selling --column mobile \\
          --where status=prospect --max-rows 500 --days 30 -d crm
      pgcustsec request file widening --widening 9f0c...e1 --purpose compliance --days 3 -d crm
    """
    from pgcustsec.requests import file_request, file_widening

    conditions = _conditions(where)
    if widening is not None:
        if relation or columns or keys or where or service or draft or max_rows is not None:
            raise UsageError("a request to widen names a plan, and no rows", hint="give --widening, --purpose, --days")
        with open_connection(dbname, host, port, user) as connection:
            _tell(connection, file_widening(connection, kind, purpose, widening, days=days), output)
        return
    if relation is None:
        raise UsageError("a request names a table", hint="request file KIND TABLE, or --widening DIGEST")
    if (conditions is None) == (not keys):
        raise UsageError("a request says which rows: by keys or by conditions", hint="give --key, or --where")
    with open_connection(dbname, host, port, user) as connection:
        number = file_request(
            connection,
            kind,
            purpose,
            relation,
            columns,
            days=days,
            where=conditions,
            keys=keys or None,
            max_rows=max_rows,
            draft=draft,
            service=service,
        )
        _tell(connection, number, output)


@command.command()
@number_argument
@format_option
@connection_options
def submit(number: int, output: str, dbname: str | None, host: str | None, port: str | None, user: str | None) -> None:
    """
    File your draft NUMBER.

    \b
    Examples:
      pgcustsec request submit 7 -d crm
    """
    from pgcustsec.requests import submit_request

    with open_connection(dbname, host, port, user) as connection:
        submit_request(connection, number)
        _tell(connection, number, output)


@command.command()
@number_argument
@columns_option
@keys_option
@where_option
@click.option("--days", type=_WHOLE, metavar="N", help="its term of use, from its approval on")
@rows_option
@format_option
@connection_options
def amend(
    number: int,
    columns: tuple[str, ...],
    keys: tuple[str, ...],
    where: tuple[str, ...],
    days: int | None,
    max_rows: int | None,
    output: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    Change what your request NUMBER asks for. Approvals of what it was are void.

    What is not given stays; --column, and --key or --where, replace all that it had.

    \b
    Examples:
      pgcustsec request amend 7 --days 3 -d crm
      pgcustsec request amend 7 --column name --column email --key 1017 -d crm
    """
    from pgcustsec.requests import amend_request

    conditions = _conditions(where)
    if conditions is not None and keys:
        raise UsageError("a request says which rows: by keys or by conditions", hint="give --key, or --where")
    with open_connection(dbname, host, port, user) as connection:
        amend_request(
            connection,
            number,
            columns=columns or None,
            where=conditions,
            keys=keys or None,
            days=days,
            max_rows=max_rows,
        )
        _tell(connection, number, output)


@command.command("list")
@click.option("--mine-to-decide", is_flag=True, help="only those that wait for your decision")
@click.option("--state", type=click.Choice(STATES), help="only those that have come to this")
@format_option
@connection_options
def list_(
    mine_to_decide: bool,
    state: str | None,
    output: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    Show requests, newest first: your own, those that you decide on, all but drafts if your role supervises.

    \b
    Examples:
      pgcustsec request list --mine-to-decide -d crm -U wutong_wang_jianguo
      pgcustsec request list --state 'in approval' --format json -d crm | jq -r '.[] | [.number, .deciders] | @json'
    """
    from pgcustsec.requests import list_requests

    with open_connection(dbname, host, port, user) as connection:
        found = list_requests(connection, state=state, mine_to_decide=mine_to_decide)
    if output == "json":
        show_json([asdict(request) for request in found])
    else:
        show_table(requests_table(found), f"{len(found)} request{'' if len(found) == 1 else 's'}")


@command.command()
@number_argument
@format_option
@connection_options
def show(number: int, output: str, dbname: str | None, host: str | None, port: str | None, user: str | None) -> None:
    """
    Show all of request NUMBER: what it asks for, what became of it, who decides next.

    \b
    Examples:
      pgcustsec request show 7 -d crm
      pgcustsec request show 7 --format json -d crm | jq '.events'
    """
    with open_connection(dbname, host, port, user) as connection:
        _tell(connection, number, output)


@command.command()
@number_argument
@comment_option
@format_option
@connection_options
def approve(
    number: int,
    comment: str,
    output: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    Approve the next step of request NUMBER, if that is yours to decide.

    On a terminal it shows the request first, and asks; what is approved then is what was shown, or nothing.

    \b
    Examples:
      pgcustsec request approve 7 --comment 'two customers, for the renewal' -d crm -U wutong_wang_jianguo
    """
    from pgcustsec.requests import decide_request, events_of, find_request

    seen = None
    with open_connection(dbname, host, port, user) as connection:
        if sys.stdin.isatty():
            seen = find_request(connection, number)
            show_request(seen, events_of(connection, number), err=True)
            if not click.confirm("approve?", err=True):
                click.echo("nothing was decided", err=True)
                raise SystemExit(EXIT_DONE)
        decide_request(connection, number, "approve", comment, seen=seen)
        _tell(connection, number, output)


@command.command()
@number_argument
@comment_option
@format_option
@connection_options
def refuse(
    number: int,
    comment: str,
    output: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    Refuse request NUMBER, if its next step is yours to decide. That is the end of it.

    \b
    Examples:
      pgcustsec request refuse 7 --comment 'the masked number will do' -d crm -U wutong_wang_jianguo
    """
    from pgcustsec.requests import decide_request

    with open_connection(dbname, host, port, user) as connection:
        decide_request(connection, number, "refuse", comment)
        _tell(connection, number, output)


@command.command()
@number_argument
@format_option
@connection_options
def withdraw(
    number: int, output: str, dbname: str | None, host: str | None, port: str | None, user: str | None
) -> None:
    """
    Take back your request NUMBER; one that is approved already is closed.

    \b
    Examples:
      pgcustsec request withdraw 7 -d crm
    """
    from pgcustsec.requests import withdraw_request

    with open_connection(dbname, host, port, user) as connection:
        withdraw_request(connection, number)
        _tell(connection, number, output)


def _conditions(where: Sequence[str]) -> list[Condition] | None:
    from pgcustsec.requests import parse_conditions

    return parse_conditions(where) if where else None


def _tell(connection: Connection, number: int, output: str) -> None:
    """Print request *number* as it is now, with its events."""
    from pgcustsec.requests import events_of, find_request

    request, events = find_request(connection, number), events_of(connection, number)
    if output == "json":
        show_json(asdict(request) | {"events": [asdict(event) for event in events]})
    else:
        show_request(request, events)
