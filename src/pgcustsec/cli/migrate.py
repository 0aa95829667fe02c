"""`pgcustsec migrate`: policy changes as alembic revisions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from pgcustsec.cli.options import connection_options, format_option, open_connection

Function = TypeVar("Function", bound=Callable[..., Any])

_SQL = click.Path(exists=True, dir_okay=False, path_type=Path)

directory_option = click.option(
    "--directory",
    "folder",
    metavar="DIR",
    default="migrations",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="the folder of migrations",
)


@click.group("migrate")
def command() -> None:
    """
    Policy changes as alembic revisions: write them, run them forwards and back.

    \b
    Examples:
      pgcustsec migrate revision -d crm -m "Agents see birthdays"   from the matrix as it is now
      pgcustsec migrate upgrade -d crm                              to the end of the history
      pgcustsec migrate downgrade -d crm                            one revision back
      pgcustsec migrate upgrade --sql > upgrade.sql                 for psql
      pgcustsec migrate history; pgcustsec migrate current -d crm
    """


@command.command("revision")
@click.option("-m", "--message", required=True, help="what changes, in a few words")
@click.option(
    "--matrix",
    "matrix_path",
    metavar="FILE",
    default="matrix.yaml",
    show_default=True,
    type=click.Path(dir_okay=False),
    help="the role matrix",
)
@directory_option
@click.option("--offline", is_flag=True, help="compare with the last revision's snapshot; ask no database")
@click.option("--tables", "tables_file", metavar="FILE", type=_SQL, help="the tables' owner's statements, as SQL")
@click.option("--tables-back", "back_file", metavar="FILE", type=_SQL, help="what undoes them on the way back")
@connection_options
def revision(
    message: str,
    matrix_path: str,
    folder: Path,
    offline: bool,
    tables_file: Path | None,
    back_file: Path | None,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    Write a revision that leads from the last one to the matrix, and back. Changes no database.

    What tables look like comes from the database, which has to be at the end of the history; with --offline from the
    last revision's snapshot. Read the file before it runs: it is what will run.

    With --tables, statements such as ALTER TABLE on protected tables are part of it: what reads the tables is taken
    away, they run as the tables' owner, and it is brought back, all in one transaction. A renamed column's true values
    go by its new name; the matrix has to name it so.

    \b
    Examples:
      pgcustsec migrate revision -d crm -m "First matrix"
      pgcustsec migrate revision --offline -m "Agents see birthdays"
      pgcustsec migrate revision -d crm -m "Longer names" --tables longer.sql --tables-back shorter.sql
    """
    from pgcustsec.compile.exposure import access_lines
    from pgcustsec.matrix.load import load
    from pgcustsec.revisions.write import TableChange, write_revision

    if back_file and not tables_file:
        raise click.UsageError("--tables-back undoes --tables, which is not given")
    tables = TableChange(tables_file.read_text(), back_file.read_text() if back_file else None) if tables_file else None
    matrix = load(Path(matrix_path))
    if offline:
        made = write_revision(folder, matrix, message, None, tables)
    else:
        with open_connection(dbname, host, port, user) as connection:
            made = write_revision(folder, matrix, message, connection, tables)
    if made is None:
        click.echo("The last revision leads to this matrix: nothing to write.")
        return
    for line in access_lines(made.forwards.access):
        click.echo(line)
    forwards, back = len(made.forwards.statements), len(made.back.statements)
    click.echo(f"wrote {made.file}: {forwards} statements, {back} for the way back")


def _running(function: Function) -> Function:
    """The options of what runs revisions."""
    for option in reversed(
        (
            directory_option,
            click.option("--sql", is_flag=True, help="print a script for psql; ask no database"),
            click.option("--lock-timeout", default="10s", show_default=True, help="how long a statement may wait"),
            connection_options,
        )
    ):
        function = option(function)
    return function


@command.command("upgrade")
@click.argument("revision", default="head")
@_running
def upgrade(
    revision: str,
    folder: Path,
    sql: bool,
    lock_timeout: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    Run the history forwards to REVISION (its end, if not given), in one transaction.

    Staff's memberships, and what is sealed in that database, follow in the same transaction. With --sql, a script for
    psql, from the beginning or from A:B; `pgcustsec apply` has to follow it.

    \b
    Examples:
      pgcustsec migrate upgrade -d crm
      pgcustsec migrate upgrade +1 -d crm
      pgcustsec migrate upgrade --sql > upgrade.sql
      pgcustsec migrate upgrade 3fa9c1d20b7e:head --sql
    """
    from pgcustsec.revisions import run

    if sql:
        click.echo(run.script(folder, "upgrade", revision), nl=False)
        return
    with open_connection(dbname, host, port, user) as connection:
        run.upgrade(folder, connection, revision, lock_timeout=lock_timeout)
        _say_where(folder, connection)
        _restamp(connection, lock_timeout)


@command.command("downgrade")
@click.argument("revision", default="-1")
@_running
def downgrade(
    revision: str,
    folder: Path,
    sql: bool,
    lock_timeout: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    Run the history back to REVISION (one back, if not given; base: to before the first), in one transaction.

    True values stay where they are, and so does row security on a table that leaves the matrix. Who held a role that
    ended holds it no longer when it is back. With --sql, a script for psql over A:B.

    \b
    Examples:
      pgcustsec migrate downgrade -d crm
      pgcustsec migrate downgrade base -d crm
      pgcustsec migrate downgrade 3fa9c1d20b7e:base --sql
    """
    from pgcustsec.revisions import run

    if sql:
        click.echo(run.script(folder, "downgrade", revision), nl=False)
        return
    with open_connection(dbname, host, port, user) as connection:
        run.downgrade(folder, connection, revision, lock_timeout=lock_timeout)
        _say_where(folder, connection)
        _restamp(connection, lock_timeout)


def _restamp(connection: Any, lock_timeout: str) -> None:
    """Terms are worked out anew where rules of retention changed, in batches."""
    from pgcustsec.cli.vault.shared import Progress
    from pgcustsec.retention import restamp

    with Progress() as moved:
        terms = restamp(connection, lock_timeout=lock_timeout, progress=moved)
    for table, rows in terms.items():
        if rows:
            click.echo(f"{table}: {rows} rows are kept until another moment")


def _say_where(folder: Path, connection: Any) -> None:
    from pgcustsec.revisions.run import current_heads

    heads = current_heads(folder, connection)
    click.echo(f"database {connection.info.dbname} is at {', '.join(heads) or 'the base: no revision'}")


@command.command("stamp")
@directory_option
@connection_options
def stamp(folder: Path, dbname: str | None, host: str | None, port: str | None, user: str | None) -> None:
    """
    Begin with revisions where the matrix was applied without them: say that the database is at the end of the history.

    Refused unless it is as the last revision says.

    \b
    Examples:
      pgcustsec migrate revision -d crm -m "As it is" && pgcustsec migrate stamp -d crm
    """
    from pgcustsec.revisions import run

    with open_connection(dbname, host, port, user) as connection:
        run.stamp(folder, connection)
        _say_where(folder, connection)


@command.command("history")
@directory_option
@format_option
def history(folder: Path, output: str) -> None:
    """
    List the revisions, newest first.

    \b
    Examples:
      pgcustsec migrate history
      pgcustsec migrate history --format json
    """
    import json

    from pgcustsec.revisions.run import revisions

    found = list(revisions(folder))
    if output == "json":
        keys = ("revision", "after", "message")
        click.echo(json.dumps([dict(zip(keys, one, strict=True)) for one in found], ensure_ascii=False, indent=2))
        return
    for revision, after, message in found:
        click.echo(f"{revision}  after {after or 'nothing':12}  {message}")


@command.command("current")
@directory_option
@connection_options
@format_option
def current(folder: Path, dbname: str | None, host: str | None, port: str | None, user: str | None, output: str) -> int:
    """
    Say at which revision a database is; exit 1 when that is not the end of the history.

    \b
    Examples:
      pgcustsec migrate current -d crm
    """
    import json

    from pgcustsec.revisions.run import current_heads, revisions

    with open_connection(dbname, host, port, user) as connection:
        heads = current_heads(folder, connection)
    newest = next((revision for revision, *_ in revisions(folder)), None)
    if output == "json":
        click.echo(json.dumps({"current": list(heads), "newest": newest}))
    else:
        click.echo(f"at {', '.join(heads) or 'no revision'}; the history ends at {newest or 'none'}")
    return 0 if list(heads) == ([newest] if newest else []) else 1
