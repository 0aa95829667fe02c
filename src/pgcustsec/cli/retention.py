"""`pgcustsec retention run|status|certificates`: what is past its term is destroyed, with proof (4.3)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from pgcustsec.cli.options import connection_options, format_option, open_connection
from pgcustsec.cli.staff import WIDTH, show_json, show_table
from pgcustsec.cli.vault.shared import Progress, lock_timeout_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table

    from pgcustsec.retention import Certificate, RuleStatus, Swept


@click.group(context_settings={"max_content_width": WIDTH})
def command() -> None:
    """
    Destroy what is past its term, or anonymise it, as the matrix says; see what is due and what was destroyed.

    \b
    Examples:
      pgcustsec retention status -d crm -U dba
      pgcustsec retention run -d crm -U dba
      pgcustsec retention certificates -d crm -U wutong_zhao_hong
    """


@command.command()
@click.argument("tables", metavar="[TABLE...]", nargs=-1)
@click.option("--dry-run", is_flag=True, help="only say what is due")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="at most so many rows of a table")
@click.option("--until", type=click.DateTime(["%H:%M", "%Y-%m-%dT%H:%M"]), metavar="TIME",
              help="begin no batch after this time of the day, or moment, of this computer's clock")  # fmt: skip
@click.option("--batch", type=click.IntRange(min=1), default=1000, show_default=True, metavar="N",
              help="rows of one transaction")  # fmt: skip
@lock_timeout_option
@format_option
@connection_options
def run(
    tables: tuple[str, ...],
    dry_run: bool,
    limit: int | None,
    until: datetime | None,
    batch: int,
    lock_timeout: str,
    output: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    Destroy or anonymise what is past its term in TABLEs, in all that have terms by default. For administrators.

    Rows go in batches, each with all that hangs on it and a certificate in one transaction: a run that is stopped at
    any point is done with what it did. Where rules changed, terms are worked out anew first. Rows that others have
    locked are left for the next run, and so is what a legal hold covers. Partitions of which nothing is left are
    dropped where the matrix allows it, unless somebody uses them.

    \b
    Examples:
      pgcustsec retention run --dry-run -d crm -U dba
      pgcustsec retention run crm.customer --limit 100000 --until 06:00 -d crm -U dba
    """
    from pgcustsec.retention import retention_status, sweep

    with open_connection(dbname, host, port, user) as connection:
        if dry_run:
            _show_status(retention_status(connection), output)
            return
        with Progress() as advance:
            done = sweep(
                connection,
                tables,
                limit=limit,
                until=_moment(until),
                batch=batch,
                lock_timeout=lock_timeout,
                progress=advance,
            )
    for problem in dict.fromkeys(what for one in done for what in one.problems):
        click.echo(problem, err=True)
    if output == "json":
        show_json([asdict(one) for one in done])
    else:
        total = sum(one.destroyed + one.anonymised for one in done)
        show_table(_swept(done), f"{total} row{'' if total == 1 else 's'} with what hangs on them")


def _moment(until: datetime | None) -> datetime | None:
    """The next such time of the day, where no day is given."""
    if until is None:
        return None
    if until.year > 1900:
        return until.astimezone()
    from datetime import timedelta

    now = datetime.now().astimezone()
    today = now.replace(hour=until.hour, minute=until.minute, second=0, microsecond=0)
    return today if today > now else today + timedelta(days=1)


@command.command()
@click.option("--months", type=click.IntRange(0, 120), default=12, show_default=True, metavar="N", help="how far ahead")
@format_option
@connection_options
def status(months: int, output: str, dbname: str | None, host: str | None, port: str | None, user: str | None) -> None:
    """
    Show by rule what is due, held, done, and what will be due. For administrators, and logins whose role supervises.

    \b
    Examples:
      pgcustsec retention status -d crm -U dba
      pgcustsec retention status --months 24 --format json -d crm -U wutong_zhao_hong
    """
    from pgcustsec.retention import retention_status

    with open_connection(dbname, host, port, user) as connection:
        _show_status(retention_status(connection, months=months), output)


@command.command()
@click.option("--number", type=click.IntRange(min=1), metavar="N", help="only this one")
@format_option
@connection_options
def certificates(
    number: int | None, output: str, dbname: str | None, host: str | None, port: str | None, user: str | None
) -> None:
    """
    List what was destroyed or anonymised, newest first. For logins whose role supervises.

    \b
    Examples:
      pgcustsec retention certificates -d crm -U wutong_zhao_hong
      pgcustsec retention certificates --number 3 --format json -d crm -U wutong_zhao_hong
    """
    from pgcustsec.retention import list_certificates

    with open_connection(dbname, host, port, user) as connection:
        found = list_certificates(connection, number=number)
    if output == "json":
        show_json([asdict(one) for one in found])
    else:
        show_table(_certificates(found), f"{len(found)} certificate{'' if len(found) == 1 else 's'}")


def _show_status(found: Sequence[RuleStatus], output: str) -> None:
    if output == "json":
        show_json(
            [
                asdict(one) | {"forecast": {month.isoformat(): rows for month, rows in sorted(one.forecast.items())}}
                for one in found
            ]
        )
    else:
        show_table(_rules(found), f"{len(found)} rule{'' if len(found) == 1 else 's'}")


def _rules(found: Sequence[RuleStatus]) -> Table:
    table = _table("table", "rule", "kept", "then", "due", "since (UTC)", "held", "done", "to come")
    for one in found:
        table.add_row(
            one.table,
            one.rule,
            f"{one.keep_days} days",
            f"anonymised, keeping {one.keeps}" if one.keeps else "destroyed",
            str(one.due),
            f"{one.oldest.astimezone(UTC):%Y-%m-%d}" if one.oldest else "",
            str(one.held),
            str(one.done),
            ", ".join(f"{month:%Y-%m}: {rows}" for month, rows in sorted(one.forecast.items())[:4]),
        )
    return table


def _swept(done: Sequence[Swept]) -> Table:
    table = _table("table", "destroyed", "anonymised", "not due after all", "left", "partitions dropped")
    for one in done:
        counts = map(str, (one.destroyed, one.anonymised, one.restamped, one.left))
        table.add_row(one.table, *counts, ", ".join(one.dropped))
    return table


def _certificates(found: Sequence[Certificate]) -> Table:
    table = _table("no.", "at (UTC)", "by", "what", "rows", "digest of the keys", "extracts")
    for one in found:
        table.add_row(
            str(one.number),
            f"{one.at.astimezone(UTC):%Y-%m-%d %H:%M}",
            one.login,
            f"{one.action} by {one.rule or f'request {one.request}'}",
            ", ".join(f"{name}: {rows}" for name, rows in sorted(one.counts.items())),
            one.digest,
            ", ".join(map(str, one.extracts)),
        )
    return table


def _table(*columns: str) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
