"""`pgcustsec scan`: columns that hold more than the matrix says."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pgcustsec.cli.options import connection_options, format_option, matrix_option, open_connection, sample_option
from pgcustsec.cli.staff import WIDTH, show_json, show_table

if TYPE_CHECKING:
    from rich.table import Table

    from pgcustsec.inspecting.scanning import Scanned


@click.command("scan", context_settings={"max_content_width": WIDTH})
@matrix_option
@sample_option
@format_option
@click.option("--fail", is_flag=True, help="exit 1 when anything is found, or a table could not be read")
@connection_options
def command(
    matrix_path: str,
    rows: int,
    output: str,
    fail: bool,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> int:
    """
    Find columns with identity numbers, phones, bank cards, emails or names that are classified lower, or not at all.

    Looks at a sample of every table and materialized view of the database, whether the matrix names it or not; also
    within texts, documents of any depth, and files that are text. Tells columns and counts, never a value, and changes
    nothing. What could not be read is said, and is not clean.

    \b
    Examples:
      pgcustsec scan -m matrix.yaml -d crm -U dba
      pgcustsec scan -d crm --sample 10000
      pgcustsec scan -d crm --format json --fail    for a schedule: exits 1 when anything is found
    """
    from pgcustsec.errors import EXIT_DONE, EXIT_FINDING
    from pgcustsec.inspecting.scanning import scan
    from pgcustsec.matrix.load import load

    matrix = load(Path(matrix_path))
    with open_connection(dbname, host, port, user) as connection:
        found = scan(connection, matrix, rows)
    if output == "json":
        show_json({**asdict(found), "clean": found.clean})
    else:
        _show(found)
    return EXIT_FINDING if fail and not found.clean else EXIT_DONE


def _show(found: Scanned) -> None:
    from pgcustsec.report.width import visible

    looked = f"{found.tables} tables, {found.rows:,} sampled rows"
    if found.holdings:
        many = f"{len(found.holdings)} finding{'' if len(found.holdings) == 1 else 's'}"
        show_table(_findings(found), f"{many} in {looked}")
    else:
        click.echo(f"nothing found in {looked}", err=True)
    for table, reason in found.unread:
        click.echo(f"notice: {visible(table)} was not read: {reason}", err=True)


def _findings(found: Scanned) -> Table:
    from rich.table import Table

    from pgcustsec.report.scan import scan_rows

    table = Table(box=None, pad_edge=False)
    for title in ("column", "matrix", "what is there", "article"):
        table.add_column(title, overflow="fold")
    for row in scan_rows(found):
        table.add_row(*row)
    return table
