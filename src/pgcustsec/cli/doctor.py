"""`pgcustsec doctor`: what of an installation is not as it was promised."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from pgcustsec.cli.options import connection_options, format_option, open_connection
from pgcustsec.cli.staff import WIDTH, show_json, show_table
from pgcustsec.errors import EXIT_FINDING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table

    from pgcustsec.doctor import Finding


@click.command(context_settings={"max_content_width": WIDTH})
@format_option
@connection_options
def command(output: str, dbname: str | None, host: str | None, port: str | None, user: str | None) -> None:
    """
    Check an installation: does what was promised to run by itself run. Changes nothing. For administrators.

    Ends with 1 where something is found, with 0 where nothing is. Each finding says what, where, against which article,
    and what to do next.

    \b
    Examples:
      pgcustsec doctor -d crm -U dba
      pgcustsec doctor --format json -d crm -U dba
    """
    from pgcustsec.doctor import examine

    with open_connection(dbname, host, port, user) as connection:
        found = examine(connection)
    if output == "json":
        show_json([asdict(one) for one in found])
    elif found:
        show_table(_findings(found), f"{len(found)} finding{'' if len(found) == 1 else 's'}")
    else:
        click.echo("nothing found", err=True)
    if found:
        sys.exit(EXIT_FINDING)


def _findings(found: Sequence[Finding]) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for title in ("where", "article", "what", "next"):
        table.add_column(title, overflow="fold")
    for one in found:
        table.add_row(one.where, one.article, one.what, one.next_step)
    return table
