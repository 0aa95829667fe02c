"""`pgcustsec vault rekey`: a new key for the blind indexes."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pgcustsec.cli.options import connection_options, format_option, matrix_option, open_connection
from pgcustsec.cli.vault.shared import Progress, lock_timeout_option, show_json

if TYPE_CHECKING:
    pass


@click.command()
@click.option("-y", "--yes", is_flag=True, help="do not ask")
@lock_timeout_option
@matrix_option
@format_option
@connection_options
def rekey(
    yes: bool,
    lock_timeout: str,
    matrix_path: str,
    output: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    Make a new key for the blind indexes, and every index anew, in one transaction.

    Also where the keys were lost. Whoever writes true values waits meanwhile. The old key is retired, not removed:
    the history of changes has hashes made with it.

    \b
    Examples:
      pgcustsec vault rekey -m matrix.yaml -d crm
      pgcustsec vault rekey --yes --format json -d crm
    """
    from pgcustsec.matrix.load import load
    from pgcustsec.vault import rekey as work

    matrix = load(Path(matrix_path))
    if not yes:
        click.confirm(
            "Make a new key? Who writes true values waits until every index is made anew", abort=True, err=True
        )
    with open_connection(dbname, host, port, user) as connection, Progress() as advance:
        done = work(connection, matrix, lock_timeout=lock_timeout, progress=advance)
    if output == "json":
        show_json(asdict(done) | {"rows": dict(done.rows)})
        return
    retired = f", key {done.retired} retired" if done.retired else ""
    click.echo(f"key {done.key} in use{retired}")
    for name, rows in done.rows:
        click.echo(f"made the indexes of {name} anew: {rows} rows")
    click.echo("notice: back schema pgcustsec_keys up now, apart from the vault", err=True)
