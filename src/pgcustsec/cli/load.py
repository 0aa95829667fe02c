"""`pgcustsec load`: a file of rows into a table and its part of the vault."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from pgcustsec.cli.options import connection_options, matrix_option, open_connection
from pgcustsec.errors import EXIT_DONE, EXIT_FINDING, NotAllowed, UsageError

if TYPE_CHECKING:
    from pgcustsec.loading import Loaded
    from pgcustsec.loading.records import Format

SUFFIXES: dict[str, Format] = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}


@click.command(context_settings={"max_content_width": 100})
@click.argument("table")
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True))
@click.option("--format", "form", type=click.Choice(["csv", "jsonl"]), help="of the file; else as its name ends")
@click.option("--encoding", default="utf-8", show_default=True, help="of the file; of Chinese Excel often gb18030")
@click.option("--rejects", metavar="FILE", type=click.Path(dir_okay=False), help="put rows that cannot be loaded there")
@click.option("--lock-timeout", default="10s", show_default=True, help="how long to wait for what others hold")
@click.option("--output", type=click.Choice(["text", "json"]), default="text", show_default=True, help="of the result")
@matrix_option
@connection_options
def command(
    table: str,
    file: str,
    form: Format | None,
    encoding: str,
    rejects: str | None,
    lock_timeout: str,
    output: str,
    matrix_path: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> int:
    """
    Load FILE into TABLE; `-` reads standard input.

    The first line of CSV names the columns; of JSON lines the first object does. An empty field of CSV is NULL. Columns
    that are not named keep their defaults. True values of tier 1 and names go to the vault, their masks to the table.

    All rows are loaded or none; with --rejects, those that can be. That file holds their true values and what is wrong
    with them, can be corrected and loaded as it is, and is yours alone to read.

    \b
    Examples:
      pgcustsec load crm.customer customers.csv -m matrix.yaml -d crm
      pgcustsec load crm.customer 客户.csv --encoding gb18030 --rejects rejected.csv -d crm
      zcat policies.jsonl.gz | pgcustsec load crm.policy - --format jsonl --output json -d crm
    """
    from pgcustsec.loading import load
    from pgcustsec.matrix.load import load as load_matrix

    matrix = load_matrix(Path(matrix_path))
    form = form or _form(file)
    with _reading(file) as raw, open_connection(dbname, host, port, user) as connection, _progress(raw) as advance:
        done = load(
            connection,
            matrix,
            table,
            _text(raw, encoding),
            _name(file),
            form,
            rejects=Path(rejects) if rejects else None,
            lock_timeout=lock_timeout,
            progress=advance,
        )
    _show(done, rejects, output)
    return EXIT_FINDING if done.rejected else EXIT_DONE


def _form(file: str) -> Format:
    suffix = Path(file).suffix.lower()
    if suffix not in SUFFIXES:
        raise UsageError(f"{file}: its name does not tell its format", hint="give --format csv or --format jsonl")
    return SUFFIXES[suffix]


def _name(file: str) -> str:
    """The file's name, for people and for the history: bytes of it that are no UTF-8 have no place in either."""
    return os.fsencode(Path(file).name).decode("utf-8", "replace")


@contextmanager
def _reading(file: str) -> Iterator[BinaryIO]:
    if file == "-":
        if not sys.stdin:
            raise UsageError("standard input is closed", hint="pipe the file in, or name it")
        yield sys.stdin.buffer
        return
    try:
        raw = open(file, "rb")  # noqa: SIM115 -- what follows closes it
    except FileNotFoundError:
        raise UsageError(f"{file} does not exist", hint="name the file to load, or - for standard input") from None
    except OSError as error:
        raise NotAllowed(f"{file}: {error.strerror}", hint="name a file that you may read") from None
    with raw:
        yield raw


def _text(raw: BinaryIO, encoding: str) -> TextIOWrapper:
    # A byte order mark, which Excel writes, is no part of the first column's name.
    codec = "utf-8-sig" if encoding.lower().replace("_", "-") in ("utf-8", "utf8") else encoding
    try:
        return TextIOWrapper(raw, encoding=codec, newline="")
    except LookupError:
        raise UsageError(f"no encoding is called {encoding}", hint="for example utf-8, gb18030, big5") from None


def _show(done: Loaded, rejects: str | None, output: str) -> None:
    if output == "json":
        click.echo(
            json.dumps(
                {
                    "table": done.table,
                    "rows": done.rows,
                    "rejected": done.rejected,
                    "rejects": rejects,
                    "columns": done.columns,
                    "defaulted": done.defaulted,
                    "reason": done.reason,
                },
                indent=2,
                ensure_ascii=False,
            )
        )
        return
    click.echo(f"loaded {done.table}: {done.rows} rows; in the history of changes as {done.reason!r}")
    if done.defaulted:
        click.echo(f"notice: left to their defaults: {', '.join(done.defaulted)}", err=True)
    if rejects:
        told = f"{done.rejected} rows were rejected, see {rejects}; it holds true values"
        click.echo(f"notice: {told if done.rejected else f'no row was rejected; {rejects} is empty'}", err=True)


@contextmanager
def _progress(raw: BinaryIO) -> Iterator[Callable[[int], None]]:
    """A progress bar on stderr, where that is a terminal: by bytes, or by rows where there is no size."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    size = _size(raw)
    # What rich takes for a terminal may be a file: FORCE_COLOR.
    with Progress(console=console, disable=not sys.stderr.isatty(), transient=True) as bar:
        task = bar.add_task("loading", total=size)

        def advance(rows: int) -> None:
            bar.update(task, completed=raw.tell() if size else rows, description=f"loading, {rows:,} rows")

        yield advance


def _size(raw: BinaryIO) -> int | None:
    import stat

    try:
        found = os.fstat(raw.fileno())
    except OSError:
        return None  # standard input that somebody else made
    return found.st_size if stat.S_ISREG(found.st_mode) else None
