"""`pgcustsec pool status|claim|release|recycle`: the shared pool (共享池) of unsold prospects (4.2, 4.3)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC
from typing import TYPE_CHECKING

import click

from pgcustsec.cli.options import connection_options, format_option, open_connection
from pgcustsec.cli.staff import WIDTH, show_json, show_table

if TYPE_CHECKING:
    from rich.table import Table

    from pgcustsec.pool import Share


@click.group(context_settings={"max_content_width": WIDTH})
def command() -> None:
    """
    Take prospects out of the shared pool, give them back, recycle those without progress.

    \b
    Examples:
      pgcustsec pool status -d crm
      pgcustsec pool claim customer 1017 -d crm -U li_na
      pgcustsec pool recycle -d crm
    """


@command.command()
@click.argument("relation", metavar="[TABLE]", required=False)
@format_option
@connection_options
def status(
    relation: str | None, output: str, dbname: str | None, host: str | None, port: str | None, user: str | None
) -> None:
    """
    Show how full the pools are, who holds how many prospects, and which are overdue. For administrators.

    \b
    Examples:
      pgcustsec pool status -d crm
      pgcustsec pool status crm.customer --format json -d crm
    """
    from pgcustsec.pool import pool_state

    with open_connection(dbname, host, port, user) as connection:
        shares = pool_state(connection, relation)
    if output == "json":
        show_json([asdict(share) for share in shares])
        return
    show_table(_shares(shares), f"{sum(s.in_pool for s in shares)} in the pool, {sum(s.held for s in shares)} held")


@command.command()
@click.argument("relation", metavar="TABLE")
@click.argument("key")
@connection_options
def claim(relation: str, key: str, dbname: str | None, host: str | None, port: str | None, user: str | None) -> None:
    """
    Take the prospect with KEY out of the pool of TABLE: one serves it from now on.

    It takes a session, and one opening of the day's budget.

    \b
    Examples:
      pgcustsec pool claim customer 1017 -d crm -U li_na
    """
    from pgcustsec.pool import claim as take

    with open_connection(dbname, host, port, user) as connection:
        until = take(connection, relation, key)
    click.echo(f"{key} is yours; without progress it goes back after {until.astimezone(UTC):%Y-%m-%d %H:%M} UTC")


@command.command()
@click.argument("relation", metavar="TABLE")
@click.argument("key")
@connection_options
def release(relation: str, key: str, dbname: str | None, host: str | None, port: str | None, user: str | None) -> None:
    """
    Give the prospect with KEY back to the pool of TABLE.

    \b
    Examples:
      pgcustsec pool release customer 1017 -d crm -U li_na
    """
    from pgcustsec.pool import release as give_back

    with open_connection(dbname, host, port, user) as connection:
        give_back(connection, relation, key)
    click.echo(f"{key} is in the pool again")


@command.command()
@click.argument("relation", metavar="[TABLE]", required=False)
@click.option("--dry-run", is_flag=True, help="only say how many are overdue")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="at most so many of each table")
@format_option
@connection_options
def recycle(
    relation: str | None,
    dry_run: bool,
    limit: int | None,
    output: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    Give prospects without progress for the matrix's days back to the pool. For administrators, on a schedule.

    Rows that somebody has locked are left for the next time.

    \b
    Examples:
      pgcustsec pool recycle --dry-run -d crm
      pgcustsec pool recycle crm.customer --limit 5000 -d crm
    """
    from pgcustsec.pool import overdue, pool_state
    from pgcustsec.pool import recycle as give_back

    with open_connection(dbname, host, port, user) as connection:
        due = overdue(pool_state(connection, relation))
        if dry_run:
            done = due
        else:
            with _progress(due, limit) as advance:
                done = give_back(connection, relation, limit=limit, progress=advance)
    if output == "json":
        show_json({"dry_run": dry_run, "tables": done})
        return
    for name, count in done.items():
        click.echo(f"{name}: {count} {'overdue' if dry_run else 'went back to the pool'}")


@contextmanager
def _progress(due: dict[str, int], limit: int | None) -> Iterator[Callable[[str, int], None] | None]:
    """A progress bar a table on stderr, where that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as bars:
        tasks = {
            name: bars.add_task(name, total=count if limit is None else min(count, limit))
            for name, count in due.items()
        }

        def advance(relation: str, done: int) -> None:
            if relation in tasks:
                bars.update(tasks[relation], completed=done)

        yield advance


def _shares(shares: Sequence[Share]) -> Table:
    from rich.table import Table

    totals: dict[tuple[str, str | None], int] = {}
    for share in shares:
        if share.staff:
            totals[share.relation, share.staff] = totals.get((share.relation, share.staff), 0) + share.held
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("table", "branch", "holder", "in pool", "held", "of limit", "overdue", "undated", "oldest (UTC)"):
        table.add_column(title, overflow="fold")
    for share in shares:
        holder = f"{share.staff} {share.name}" if share.staff else "(no staff number)" if share.held else ""
        table.add_row(
            share.relation,
            share.branch or "",
            holder,
            str(share.in_pool) if share.in_pool else "",
            str(share.held) if share.held else "",
            f"{totals[share.relation, share.staff]}/{share.limit}" if share.staff else "",
            str(share.overdue) if share.overdue else "",
            str(share.undated) if share.undated else "",
            f"{share.oldest.astimezone(UTC):%Y-%m-%d}" if share.oldest else "",
        )
    return table
