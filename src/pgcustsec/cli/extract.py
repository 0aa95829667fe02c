"""`pgcustsec extract run|list|destroyed`: the file of an approved bulk request, tracked until it is destroyed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pgcustsec.cli.options import connection_options, format_option, open_connection
from pgcustsec.cli.staff import WIDTH, show_json, show_table
from pgcustsec.errors import UsageError

if TYPE_CHECKING:
    from rich.table import Table

    from pgcustsec.extracts import Extract, Written

STATES = ("partial", "kept", "overdue", "destroyed")


@click.group(context_settings={"max_content_width": WIDTH})
def command() -> None:
    """
    Take the extract of an approved request, see what there is, record that one is destroyed.

    \b
    Examples:
      pgcustsec extract run 7 -o leads.csv.age --recipient age1ql3z7hjy... -d crm -U wutong_li_na
      pgcustsec extract list -d crm -U wutong_li_na
      pgcustsec extract destroyed 3 --evidence 'shred -u leads.csv, 2 copies' -d crm -U wutong_li_na
    """


@command.command()
@click.argument("request", type=int, metavar="REQUEST")
@click.option("-o", "--output-file", "path", required=True, type=click.Path(path_type=Path), metavar="FILE",
              help="a file that is not there yet")  # fmt: skip
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "jsonl", "parquet"]),
    default="csv",
    show_default=True,
    help="of the file",
)
@click.option("--recipient", "recipients", multiple=True, metavar="KEY",
              help="public key of age or SSH to encrypt it to; may be repeated")  # fmt: skip
@click.option("--plain", is_flag=True, help="write it unencrypted, which is recorded")
@connection_options
def run(
    request: int,
    path: Path,
    form: str,
    recipients: tuple[str, ...],
    plain: bool,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    Write the rows and columns of approved request REQUEST to a file.

    The database decides what they are, and has the extract on record before the first row leaves it. One extract a
    request: a run that was broken off is recorded as partial, and can be run again for the same rows. By the end of its
    term the file is destroyed: `extract destroyed`.

    \b
    Examples:
      pgcustsec extract run 7 -o leads.csv.age --recipient age1ql3z7hjy... -d crm -U wutong_li_na
      pgcustsec extract run 7 -o leads.csv --plain -d crm -U wutong_li_na
      pgcustsec extract run 7 -o leads.parquet --format parquet --plain -d crm
      pgcustsec extract run 7 -o leads.jsonl.age --format jsonl --recipient "$(cat ~/.ssh/id_ed25519.pub)" -d crm
    """
    from pgcustsec.extracts import run_extract

    if plain == bool(recipients):
        raise UsageError(
            "an extract is encrypted to a recipient, or plain by your word", hint="give --recipient KEY, or --plain"
        )
    with open_connection(dbname, host, port, user) as connection, _progress() as progress:
        written = run_extract(connection, request, path, form=form, recipients=recipients, progress=progress)
    _say(written)


@command.command("list")
@click.option("--state", type=click.Choice(STATES), help="only those that have come to this")
@format_option
@connection_options
def list_(
    state: str | None, output: str, dbname: str | None, host: str | None, port: str | None, user: str | None
) -> None:
    """
    Show extracts, newest first: one's own, everybody's for a login whose role supervises.

    \b
    Examples:
      pgcustsec extract list --state overdue -d crm
      pgcustsec extract list --format json -d crm | jq -r '.[] | [.number, .state, .sha256] | @tsv'
    """
    from pgcustsec.extracts import list_extracts

    with open_connection(dbname, host, port, user) as connection:
        found = list_extracts(connection, state=state)
    if output == "json":
        show_json([asdict(extract) for extract in found])
    else:
        show_table(_extracts(found), f"{len(found)} extract{'' if len(found) == 1 else 's'}")


@command.command()
@click.argument("number", type=int, metavar="NUMBER")
@click.option("--evidence", required=True, metavar="TEXT", help="how it was destroyed, and what shows it")
@connection_options
def destroyed(
    number: int, evidence: str, dbname: str | None, host: str | None, port: str | None, user: str | None
) -> None:
    """
    Record that no copy of extract NUMBER is left. Its holder says so, by the end of its term (4.3).

    \b
    Examples:
      pgcustsec extract destroyed 3 --evidence 'shred -u leads.csv; the copy on the share too' -d crm
    """
    from pgcustsec.extracts import record_destruction

    with open_connection(dbname, host, port, user) as connection:
        record_destruction(connection, number, evidence)
    click.echo(f"extract {number} is recorded as destroyed")


@command.command("trace")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@format_option
@connection_options
def trace_(file: Path, output: str, dbname: str | None, host: str | None, port: str | None, user: str | None) -> None:
    """
    Say of which extract FILE is, a file that turned up where it should not. For logins whose role supervises.

    By the canaries that extracts carry where their kind of request says `canaries: true`: customers who are nobody,
    made for that extract alone. FILE is text of any form, or Parquet.

    \b
    Examples:
      pgcustsec extract trace found.csv -d crm -U zhao_hong
      pgcustsec extract trace found.txt --format json -d crm -U zhao_hong | jq '.[0].extract.staff'
    """
    from pgcustsec.extracts import trace_file

    with open_connection(dbname, host, port, user) as connection:
        found = trace_file(connection, file)
    if output == "json":
        show_json([asdict(one) for one in found])
        return
    for one in found:
        taken = one.extract
        click.echo(
            f"extract {taken.number} of request {taken.request}, taken by {taken.staff} {taken.name or ''} on"
            f" {taken.begun_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC: {one.found} of its {one.of} canaries are in {file}"
        )
    if not found:
        click.echo(f"no canary of any extract is in {file}")


@contextmanager
def _progress() -> Iterator[Callable[[int], None]]:
    """A progress bar on the terminal, as what is told how many rows have come."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    # What rich takes for a terminal may be a file: FORCE_COLOR.
    with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True) as bar:
        task = bar.add_task("extracting", total=None)
        yield lambda rows: bar.update(task, description=f"extracting, {rows:,} rows")


def _say(written: Written) -> None:
    how = "plain" if written.protection == "plain" else "encrypted"
    click.echo(f"extract {written.number}: {written.rows} rows, {written.bytes} bytes, {how}, to {written.path}")
    if written.left_out:
        click.echo(f"  {written.left_out} more were covered, and are no longer within the role's rows")
    click.echo(f"  columns  {', '.join(written.columns)}")
    click.echo(f"  SHA-256  {written.sha256}")
    click.echo(
        f"  destroy it by {written.ends_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC: extract destroyed {written.number}"
    )


def _extracts(found: list[Extract]) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in ("no.", "request", "state", "who", "what", "protection", "until (UTC)"):
        table.add_column(column, overflow="fold")
    for extract in found:
        table.add_row(
            str(extract.number),
            str(extract.request),
            extract.state,
            f"{extract.staff} {extract.name or ''}".strip(),
            f"{extract.rows} rows of {extract.relation}: {', '.join(extract.columns)}",
            extract.protection.partition(":")[0],
            f"{extract.ends_at.astimezone(UTC):%Y-%m-%d %H:%M}",
        )
    return table
