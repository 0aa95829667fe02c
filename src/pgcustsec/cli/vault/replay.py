"""`pgcustsec vault replay`: removing again what a restore brought back."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pgcustsec.cli.options import connection_options, format_option, matrix_option, open_connection
from pgcustsec.cli.vault.shared import Progress, batch_option, lock_timeout_option, show_json

if TYPE_CHECKING:
    from pgcustsec.vault import Replayed


@click.command()
@click.option("--dry-run", is_flag=True, help="only say what would be removed")
@click.option("-y", "--yes", is_flag=True, help="do not ask")
@batch_option
@lock_timeout_option
@matrix_option
@format_option
@connection_options
def replay(
    dry_run: bool,
    yes: bool,
    batch: int,
    lock_timeout: str,
    matrix_path: str,
    output: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    After a restore: remove again what was removed, or erased as a customer wished, after the backup was made.

    Goes by the evidence, which is restored last, and before anybody works. Rows go with what hangs on them, from the
    tables and the vault, each with a line in the history; of who was erased, their values there go too. Says also, and
    leaves as they are: rows whose true values the vault has not, and hashes that are of another key.

    \b
    Examples:
      pgcustsec vault replay --dry-run -m matrix.yaml -d crm
      pgcustsec vault replay -m matrix.yaml -d crm
      pgcustsec vault replay --yes --format json -d crm
    """
    from pgcustsec.matrix.load import load
    from pgcustsec.vault import replay as work

    matrix = load(Path(matrix_path))
    with open_connection(dbname, host, port, user) as connection, Progress() as advance:
        done = work(connection, matrix, dry_run=True, batch=batch, lock_timeout=lock_timeout)
        rows = sum(one.found + one.hanging for one in done.tables)
        if rows and not dry_run:
            if not yes:
                advance.stop()
                _show_replay(done, dry_run=True)
                click.confirm(f"Remove these {rows} rows? That is not taken back", abort=True, err=True)
            done = work(connection, matrix, batch=batch, lock_timeout=lock_timeout, progress=advance)
    if output == "json":
        show_json(asdict(done))
    else:
        _show_replay(done, dry_run=dry_run)


def _show_replay(done: Replayed, *, dry_run: bool) -> None:
    for one in done.tables:
        hanging = f", and {one.hanging} that hang on removed ones" if one.hanging else ""
        removed = "" if dry_run else f"; {one.removed} removed"
        keys = ", ".join(one.keys) + (" ..." if one.found + one.hanging > len(one.keys) else "")
        erased = f", {one.erased} of them erased as customers wished" if one.erased else ""
        click.echo(f"{one.table}: {one.found} removed rows are here again{erased}{hanging} (keys {keys}){removed}")
    if not done.tables:
        click.echo("nothing that was removed is here again")
    for lost in done.lost:
        click.echo(f"notice: {lost.table}: the vault has nothing of {lost.rows} masked rows: it is older", err=True)
    for wrong in done.wrong_hashes:
        click.echo(
            f"notice: {wrong.table}: {wrong.rows} of {wrong.sample} rows have hashes of another key; restore that"
            " key, or: pgcustsec vault rekey",
            err=True,
        )
    if not done.has_key:
        click.echo("notice: no key: restore schema pgcustsec_keys, or: pgcustsec vault rekey", err=True)
