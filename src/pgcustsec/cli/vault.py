"""`pgcustsec vault seal|unseal|status|rekey|replay`: true values to the vault and back, what lies where, its keys."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pgcustsec.cli.options import connection_options, format_option, matrix_option, open_connection
from pgcustsec.errors import Refused

if TYPE_CHECKING:
    from rich.table import Table

    from pgcustsec.vault import Replayed, SealedTable, VaultStatus

WIDTH = 100

lock_timeout_option = click.option(
    "--lock-timeout", default="10s", show_default=True, help="how long a batch may wait for rows that others hold"
)
batch_option = click.option(
    "--batch", type=click.IntRange(min=1), default=5000, show_default=True, metavar="ROWS", help="rows a transaction"
)


@click.group(context_settings={"max_content_width": WIDTH})
def command() -> None:
    """
    Move true values to the vault and back; its keys.

    After `apply` new rows are stored masked, their true values in the vault; `seal` moves what was there before.

    \b
    Examples:
      pgcustsec vault status -m matrix.yaml -d crm
      pgcustsec vault seal -m matrix.yaml -d crm
      pgcustsec vault unseal crm.customer --yes -m matrix.yaml -d crm
      pgcustsec vault rekey --yes -m matrix.yaml -d crm
      pgcustsec vault replay --dry-run -m matrix.yaml -d crm
    """


@command.command()
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
    from pgcustsec.vault import seal as work

    matrix = load(Path(matrix_path))
    with open_connection(dbname, host, port, user) as connection, _Progress() as advance:
        done = work(connection, matrix, table, batch=batch, lock_timeout=lock_timeout, progress=advance)
    remains = _remains(done)
    if output == "json":
        _show_json({"sealed": [asdict(one) for one in done], "still_true": remains})
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


@command.command()
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
    with open_connection(dbname, host, port, user) as connection, _Progress() as advance:
        done = work(connection, matrix, table, batch=batch, lock_timeout=lock_timeout, progress=advance)
    if output == "json":
        _show_json(asdict(done))
        return
    click.echo(f"unsealed {done.table}: {done.rows} rows hold their true values again")
    if done.unique:
        click.echo(f"notice: nothing keeps {', '.join(done.unique)} unique now; make the constraint anew", err=True)
    click.echo("notice: the next apply makes its CHECKs again; until then `plan` shows them as missing", err=True)


@command.command()
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
        _show_json({"sealed": found.is_sealed, "columns": columns, "key": asdict(found.key) if found.key else None})
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


@command.command()
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
    with open_connection(dbname, host, port, user) as connection, _Progress() as advance:
        done = work(connection, matrix, lock_timeout=lock_timeout, progress=advance)
    if output == "json":
        _show_json(asdict(done) | {"rows": dict(done.rows)})
        return
    retired = f", key {done.retired} retired" if done.retired else ""
    click.echo(f"key {done.key} in use{retired}")
    for name, rows in done.rows:
        click.echo(f"made the indexes of {name} anew: {rows} rows")
    click.echo("notice: back schema pgcustsec_keys up now, apart from the vault", err=True)


@command.command()
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
    After a restore: remove again what was removed after the backup was made.

    Goes by the history of changes, which is restored last, and before anybody works. Rows go with what hangs on them,
    from the tables and the vault, each with a line in the history. Says also, and leaves as they are: rows whose true
    values the vault has not, and hashes that are of another key.

    \b
    Examples:
      pgcustsec vault replay --dry-run -m matrix.yaml -d crm
      pgcustsec vault replay -m matrix.yaml -d crm
      pgcustsec vault replay --yes --format json -d crm
    """
    from pgcustsec.matrix.load import load
    from pgcustsec.vault import replay as work

    matrix = load(Path(matrix_path))
    with open_connection(dbname, host, port, user) as connection, _Progress() as advance:
        done = work(connection, matrix, dry_run=True, batch=batch, lock_timeout=lock_timeout)
        rows = sum(one.found + one.hanging for one in done.tables)
        if rows and not dry_run:
            if not yes:
                advance.stop()
                _show_replay(done, dry_run=True)
                click.confirm(f"Remove these {rows} rows? That is not taken back", abort=True, err=True)
            done = work(connection, matrix, batch=batch, lock_timeout=lock_timeout, progress=advance)
    if output == "json":
        _show_json(asdict(done))
    else:
        _show_replay(done, dry_run=dry_run)


def _show_replay(done: Replayed, *, dry_run: bool) -> None:
    for one in done.tables:
        hanging = f", and {one.hanging} that hang on removed ones" if one.hanging else ""
        removed = "" if dry_run else f"; {one.removed} removed"
        keys = ", ".join(one.keys) + (" ..." if one.found + one.hanging > len(one.keys) else "")
        click.echo(f"{one.table}: {one.found} removed rows are here again{hanging} (keys {keys}){removed}")
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


def _show_json(value: object) -> None:
    click.echo(
        json.dumps(value, indent=2, ensure_ascii=False, default=lambda moment: moment.astimezone(UTC).isoformat())
    )


class _Progress:
    """A progress bar a table on stderr, where that is a terminal."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import Progress, TaskID

        console = Console(stderr=True)
        self._bar = Progress(console=console, disable=not console.is_terminal, transient=True)
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> _Progress:
        self._bar.start()
        return self

    def __call__(self, table: str, done: int, total: int) -> None:
        if table not in self._tasks:
            self._tasks[table] = self._bar.add_task(table, total=total)
        self._bar.update(self._tasks[table], completed=done, total=total)

    def stop(self) -> None:
        """End the bars, so that a question can be asked."""
        self._bar.stop()

    def __exit__(self, *error: object) -> None:
        self._bar.stop()
