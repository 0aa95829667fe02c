"""`pgcustsec vault seal|unseal`: true values to the vault and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pgcustsec.cli.options import connection_options, format_option, matrix_option, open_connection
from pgcustsec.cli.vault.shared import Progress, batch_option, lock_timeout_option, show_json
from pgcustsec.errors import Refused

if TYPE_CHECKING:
    from pgcustsec.vault import SealedTable


@click.command()
@click.argument("table", required=False)
@batch_option
@lock_timeout_option
@matrix_option
@format_option
@connection_options
def seal(
    table: str | None,
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
    Move the true values of TABLE, or of every table of the matrix, to the vault.

    Works while others work. Interrupted or killed, it goes on where it stopped when run again.

    \b
    Examples:
      pgcustsec vault seal -m matrix.yaml -d crm
      pgcustsec vault seal crm.customer --batch 1000 --lock-timeout 2s -d crm
      pgcustsec vault seal --format json -d crm
    """
    from pgcustsec.matrix.load import load
    from pgcustsec.retention import restamp
    from pgcustsec.vault import seal as work

    matrix = load(Path(matrix_path))
    with open_connection(dbname, host, port, user) as connection, Progress() as advance:
        done = work(connection, matrix, table, batch=batch, lock_timeout=lock_timeout, progress=advance)
        # Terms of rows that were not sealed yet could not be worked out: their CHECKs let nothing touch them.
        restamp(connection, lock_timeout=lock_timeout, progress=advance)
    remains = _remains(done)
    if output == "json":
        show_json({"sealed": [asdict(one) for one in done], "still_true": remains})
        return
    for one in done:
        click.echo(f"sealed {one.table}: {', '.join(one.columns)}; {one.rows} rows moved")
    click.echo("The vault and these still hold true values:", err=True)
    for what in remains:
        click.echo(f"  - {what['what']}", err=True)
        click.echo(f"    {what['next']}", err=True)


def _remains(done: Sequence[SealedTable]) -> list[dict[str, str]]:
    """What still holds true values when a table's rows no longer do, and what to do about each."""
    from pgcustsec.compile.quote import ident

    tables = ", ".join(ident(*one.table.split(".", 1)) for one in done)
    return [
        {
            "what": "the tables' files: old row versions, until they are vacuumed; FULL also gives the space back",
            "next": f"VACUUM (FULL, ANALYZE) {tables}; -- locks each table meanwhile; plain VACUUM locks nobody out",
        },
        {
            "what": "write-ahead log, its archive, and replication slots that hold it back",
            "next": "CHECKPOINT; SELECT pg_switch_wal(); then remove older files from the archive "
            "(pg_archivecleanup), and look at pg_replication_slots",
        },
        {
            "what": "base backups, snapshots of disks, and dumps made until now",
            "next": "make new ones (pg_basebackup, pg_dump), then destroy the old by their term, with a record (4.3)",
        },
        {
            "what": "physical replicas until they have replayed and vacuumed; logical ones until they are built anew",
            "next": "SELECT application_name, replay_lsn FROM pg_stat_replication; re-sync logical subscribers",
        },
        {
            "what": "server logs with statements that had values in them (log_statement, slow and failed statements)",
            "next": "SELECT pg_rotate_logfile(); then destroy the old files and their collected copies",
        },
        {
            "what": "other copies: exports, staging and reporting databases, materialized views, indexes, caches",
            "next": "find each, destroy or rebuild it from the masked tables",
        },
    ]


@click.command()
@click.argument("table")
@click.option("-y", "--yes", is_flag=True, help="the table shall hold true values again")
@batch_option
@lock_timeout_option
@matrix_option
@format_option
@connection_options
def unseal(
    table: str,
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
    Bring the true values of TABLE back from the vault.

    Its CHECKs go, and whoever reads the table itself, its backups or its replicas reads true values again. The roles'
    views mask as before. The next apply and seal move the values to the vault again.

    \b
    Examples:
      pgcustsec vault unseal crm.customer -m matrix.yaml -d crm          says what it would do
      pgcustsec vault unseal crm.customer --yes -m matrix.yaml -d crm
      pgcustsec vault unseal crm.customer --yes --format json -d crm
    """
    from pgcustsec.matrix.load import load
    from pgcustsec.vault import unseal as work

    matrix = load(Path(matrix_path))
    if not yes:
        raise Refused(
            f"unsealing {table} puts true values of tier 1 and names back into the table: the policy's masking in"
            " storage (5.2.1) ends for it, its backups and its replicas; its CHECKs go; UNIQUE constraints that apply"
            " took off it are not made again; nothing was changed",
            hint="if that is meant, give --yes; to seal it again later: pgcustsec apply, then pgcustsec vault seal",
        )
    with open_connection(dbname, host, port, user) as connection, Progress() as advance:
        done = work(connection, matrix, table, batch=batch, lock_timeout=lock_timeout, progress=advance)
    if output == "json":
        show_json(asdict(done))
        return
    click.echo(f"unsealed {done.table}: {done.rows} rows hold their true values again")
    if done.unique:
        click.echo(f"notice: nothing keeps {', '.join(done.unique)} unique now; make the constraint anew", err=True)
    click.echo("notice: the next apply makes its CHECKs again; until then `plan` shows them as missing", err=True)
