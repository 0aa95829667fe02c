"""`pgcustsec audit search`: who opened which record, when and why."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from pgcustsec.cli.options import connection_options, format_option, open_connection
from pgcustsec.cli.staff import WIDTH, show_json, show_table
from pgcustsec.errors import UsageError

if TYPE_CHECKING:
    from rich.table import Table

    from pgcustsec.supervise import Entry, Ledger

_FORMS = ["%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]


@click.group(context_settings={"max_content_width": WIDTH})
def command() -> None:
    """
    Search the record of access. For logins whose role supervises.

    \b
    Examples:
      pgcustsec audit search --customer crm.customer 1017 -d crm -U wutong_zhao_hong
      pgcustsec audit ledger --period month -d crm -U wutong_zhao_hong
    """


@command.command()
@click.option("--staff", metavar="NUMBER", help="only what this person did")
@click.option(
    "--customer", nargs=2, metavar="TABLE KEY", help="only whose records of this customer were opened or found"
)
@click.option("--kind", metavar="KIND", help="only this kind, as record_opened or request_approved")
@click.option("--since", type=click.DateTime(_FORMS), help="from this day or moment on, in UTC")
@click.option("--until", type=click.DateTime(_FORMS), help="before this day or moment, in UTC")
@click.option("--limit", type=click.IntRange(min=1), default=200, show_default=True, metavar="N", help="lines at most")
@format_option
@connection_options
def search(
    staff: str | None,
    customer: tuple[str, str] | None,
    kind: str | None,
    since: datetime | None,
    until: datetime | None,
    limit: int,
    output: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    Show who worked for what purpose and which records they opened or searched for, newest first.

    With --customer: who opened my record, when and why. Reads with the login's own rights, which must supervise.

    \b
    Examples:
      pgcustsec audit search --customer crm.customer 1017 -d crm
      pgcustsec audit search --staff S1001 --since 2026-11-01 --kind record_opened -d crm
      pgcustsec audit search --format json -d crm | jq -r '.[] | [.at, .staff, .reason] | @tsv'
    """
    from pgcustsec.supervise import KINDS, search_audit

    if kind is not None and kind not in KINDS:
        raise UsageError(f"no kind {kind!r} is recorded", hint=f"one of: {', '.join(KINDS)}")
    with open_connection(dbname, host, port, user) as connection:
        found = search_audit(
            connection,
            staff=staff,
            customer=customer,
            kind=kind,
            since=since and since.replace(tzinfo=UTC),
            until=until and until.replace(tzinfo=UTC),
            limit=limit,
        )
    if output == "json":
        show_json([asdict(entry) for entry in found])
    else:
        more = ", the newest; --limit shows more" if len(found) == limit else ""
        show_table(_entries(found), f"{len(found)} line{'' if len(found) == 1 else 's'}{more}")


@command.command()
@click.option(
    "--period", type=click.Choice(["day", "month", "all"]), default="month", show_default=True, help="how it is summed"
)
@click.option("--staff", metavar="NUMBER", help="only this person")
@format_option
@connection_options
def ledger(
    period: str,
    staff: str | None,
    output: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    Show how many different customers' records each person opened, and how many of them for the first time.

    Who opens a few new ones every day stays within every day's budget, and shows here.

    \b
    Examples:
      pgcustsec audit ledger -d crm
      pgcustsec audit ledger --period all --format json -d crm | jq '.[0]'
    """
    from pgcustsec.supervise import ledger as read_ledger

    with open_connection(dbname, host, port, user) as connection:
        found = read_ledger(connection, period=period, staff=staff)
    if output == "json":
        show_json([asdict(line) for line in found])
    else:
        show_table(_ledger(found), f"{len(found)} line{'' if len(found) == 1 else 's'}")


def _entries(found: list[Entry]) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in ("at (UTC)", "who", "did", "record", "why"):
        table.add_column(column, overflow="fold")
    for entry in found:
        table.add_row(
            f"{entry.at.astimezone(UTC):%Y-%m-%d %H:%M:%S}",
            f"{entry.staff or entry.login} {entry.name or ''}".strip(),
            entry.kind.replace("_", " ") + (f" by {entry.column}" if entry.column else ""),
            _record(entry),
            ": ".join(filter(None, (entry.purpose, entry.reason))),
        )
    return table


def _record(entry: Entry) -> str:
    """Which record it was, or what else it is about."""
    if entry.relation and (entry.key or entry.column):
        return f"{entry.relation} {entry.key or '(none found)'}" + (f", {entry.about}" if entry.about else "")
    return entry.about or ""


def _ledger(found: list[Ledger]) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in ("from", "who"):
        table.add_column(column)
    for column in ("openings", "customers", "new"):
        table.add_column(column, justify="right")
    for line in found:
        begins = "ever" if line.begins_on is None else line.begins_on.isoformat()
        table.add_row(begins, line.staff, str(line.openings), str(line.customers), str(line.new_customers))
    return table
