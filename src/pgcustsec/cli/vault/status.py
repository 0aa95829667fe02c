"""`pgcustsec vault status`: what lies where."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pgcustsec.cli.options import connection_options, format_option, matrix_option, open_connection
from pgcustsec.cli.vault.shared import WIDTH, show_json

if TYPE_CHECKING:
    from rich.table import Table

    from pgcustsec.vault import VaultStatus


@click.command()
@matrix_option
@format_option
@connection_options
def status(
    matrix_path: str,
    output: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> int:
    """
    Show what is sealed: per column the true values left in the table and those in the vault, and the key in use.

    Exits 1 when any column is not sealed, or the key is missing.

    \b
    Examples:
      pgcustsec vault status -m matrix.yaml -d crm
      pgcustsec vault status --format json -d crm | jq '.columns[] | select(.state != "sealed")'
    """
    from pgcustsec.matrix.load import load
    from pgcustsec.vault import status as work

    matrix = load(Path(matrix_path))
    with open_connection(dbname, host, port, user) as connection:
        found = work(connection, matrix)
    if output == "json":
        columns = [asdict(column) | {"validated": column.validated} for column in found.columns]
        show_json({"sealed": found.is_sealed, "columns": columns, "key": asdict(found.key) if found.key else None})
    else:
        _show_status(found)
    return 0 if found.is_sealed else 1


def _show_status(found: VaultStatus) -> None:
    import sys

    from rich.console import Console

    width = min(Console().width, WIDTH) if sys.stdout.isatty() else WIDTH
    Console(width=width, highlight=False, markup=False).print(_table(found))
    if found.key:
        click.echo(f"key {found.key.number} in use since {found.key.made_at:%Y-%m-%d}, {found.key.days} days")
    else:
        click.echo("no key: restore schema pgcustsec_keys, or: pgcustsec vault rekey")
    states = {column.state for column in found.columns}
    for state, hint in _NEXT.items():
        if state in states:
            click.echo(f"next, {state}: {hint}", err=True)


_NEXT = {
    "not applied": "pgcustsec apply",
    "not sealed": "pgcustsec vault seal",
    "inheritance children": "the vault does not reach them; make them partitions or tables of their own",
}


def _table(found: VaultStatus) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("table", "column", "stored as", "rows", "true", "in vault", "state", "kept for"):
        table.add_column(title, overflow="fold", justify="right" if title in ("rows", "true", "in vault") else "left")
    for one in found.columns:
        counts = ["?" if count is None else str(count) for count in (one.rows, one.true_values, one.in_vault)]
        kept_for = " ".join(word for word, on in (("find", one.find), ("unique", one.unique)) if on)
        table.add_row(one.table, one.column, one.form or "NULL", *counts, one.state, kept_for)
    return table
