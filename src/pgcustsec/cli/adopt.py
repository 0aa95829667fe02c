"""`pgcustsec adopt status|add|take|end`: take a running system in step by step (5.3)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pgcustsec.cli.options import connection_options, format_option, matrix_option, open_connection
from pgcustsec.cli.staff import WIDTH, show_json, show_table

if TYPE_CHECKING:
    from rich.table import Table

    from pgcustsec.adopting import Reach, ReachedTable
    from pgcustsec.matrix.model import Matrix
    from pgcustsec.statement import Statement

Function = TypeVar("Function", bound=Callable[..., Any])

#: What comes next, in words.
NEXT = {
    "add": "pgcustsec adopt add: whoever reaches the tables goes on doing so, whatever comes",
    "take": "pgcustsec adopt take: tables go to an owner who does not log in",
    "apply": "pgcustsec install, then pgcustsec apply: views and roles beside what goes on as before",
    "end": "pgcustsec adopt end ROLE, for each that goes through views by now",
    "done": "nothing: who reaches the tables goes through views. pgcustsec apply, then vault seal, if not done yet",
}


@click.group(context_settings={"max_content_width": WIDTH})
def command() -> None:
    """
    Take in a running system whose tables an application owns: add only, adopt, authoritative.

    Whoever reaches the tables today goes on doing so, with true values, until they are let go by name. Look at
    `adopt status` after each step; it says what is next. All but `end` and `status` are a superuser's.

    \b
    Examples:
      pgcustsec adopt status -m matrix.yaml -d crm
      pgcustsec adopt add -d crm -U postgres        1. add only: nothing is taken from anybody
      pgcustsec adopt take -d crm -U postgres       2. adopt: tables change hands; then install, apply
      pgcustsec adopt end portal -d crm -U dba      3. authoritative, login by login; then apply, vault seal
    """


@command.command()
@matrix_option
@format_option
@connection_options
def status(
    matrix_path: str, output: str, dbname: str | None, host: str | None, port: str | None, user: str | None
) -> None:
    """
    Show who reaches each table past the views, and which step is next. Changes nothing.

    \b
    Examples:
      pgcustsec adopt status -m matrix.yaml -d crm
      pgcustsec adopt status -d crm --format json
    """
    from pgcustsec.adopting import next_step, read_reach
    from pgcustsec.matrix.load import load

    matrix = load(Path(matrix_path))
    with open_connection(dbname, host, port, user) as connection:
        reach = read_reach(connection, matrix)
    step = next_step(reach)
    if output == "json":
        show_json({"next": step, "unbound": sorted(reach.unbound), "tables": [_as_json(t) for t in reach.tables]})
        return
    show_table(_as_table(reach), f"{len(reach.tables)} tables")
    for role in sorted(reach.unbound):
        click.echo(f"note: no policy binds {role}, a superuser or one with BYPASSRLS: it sees everything, and will")
    click.echo(f"next: {NEXT[step]}")


_owner_option = click.option("--owner", metavar="ROLE", help="who is to own the tables, where the matrix names several")


def _step_options(function: Function) -> Function:
    """What every step takes."""
    for option in reversed(
        (
            matrix_option,
            click.option("--lock-timeout", default="2s", show_default=True, help="how long to wait for a lock"),
            click.option("--sql", "as_sql", is_flag=True, help="print the statements for psql, and run nothing"),
            click.option("-y", "--yes", is_flag=True, help="do not ask"),
            connection_options,
        )
    ):
        function = option(function)
    return function


@command.command()
@_owner_option
@_step_options
def add(owner: str | None, **how: Any) -> None:
    """
    Step 1, add only: what must be there before tables change hands. It takes nothing from anybody.

    \b
    Examples:
      pgcustsec adopt add -m matrix.yaml -d crm -U postgres
      pgcustsec adopt add -d crm -U postgres --sql > add.sql
    """
    from pgcustsec.adopting import add_only

    _step(lambda reach, matrix: add_only(reach, matrix, owner), **how)


@command.command()
@_owner_option
@_step_options
def take(owner: str | None, **how: Any) -> None:
    """
    Step 2, adopt: tables, their schemas and the database change hands; who had them goes on reading and writing rows.

    ALTER and DROP are the administrators' from then on. Then: pgcustsec install, pgcustsec apply.

    \b
    Examples:
      pgcustsec adopt take -m matrix.yaml -d crm -U postgres
    """
    from pgcustsec.adopting import adopt

    _step(lambda reach, matrix: adopt(reach, matrix, owner), **how)


@command.command()
@click.argument("role")
@_step_options
def end(role: str, **how: Any) -> None:
    """
    Step 3, authoritative: ROLE reaches the tables no more. After the last one: pgcustsec apply, then vault seal.

    \b
    Examples:
      pgcustsec adopt end portal -m matrix.yaml -d crm -U dba
    """
    from pgcustsec.adopting import let_go

    _step(lambda reach, _: let_go(reach, role), **how)


def _step(
    find: Callable[[Reach, Matrix], list[Statement]],
    *,
    matrix_path: str,
    lock_timeout: str,
    as_sql: bool,
    yes: bool,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """Show what *find* gives for the database as it is, ask, do it, and say what is next."""
    from pgcustsec.adopting import next_step, read_reach, run_step
    from pgcustsec.matrix.load import load

    matrix = load(Path(matrix_path))
    with open_connection(dbname, host, port, user) as connection:
        statements = find(read_reach(connection, matrix), matrix)
        if as_sql:
            click.echo("BEGIN;\n" + "".join(f"-- {s.what}\n{s.sql};\n" for s in statements) + "COMMIT;")
            return
        for statement in statements:
            click.echo(f"  {statement.what}")
        if statements and not yes:
            click.confirm("Do it?", abort=True, err=True)
        run_step(connection, statements, lock_timeout=lock_timeout)
        click.echo(f"done: {len(statements)} statements in one transaction" if statements else "nothing to do")
        click.echo(f"next: {NEXT[next_step(read_reach(connection, matrix))]}")


def _as_json(table: ReachedTable) -> dict[str, object]:
    return {
        "table": table.name,
        "owner": table.owner,
        "misowned": table.misowned,
        "row_security": table.bound,
        "reached_by": sorted(role or "PUBLIC" for role in table.reached_by),
        "adopted": sorted(table.adopted),
    }


def _as_table(reach: Reach) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("table", "owner", "row security", "reached by", "of them adopted"):
        table.add_column(title, overflow="fold")
    for one in reach.tables:
        table.add_row(
            one.name,
            one.owner + (" (logs in, or not the matrix's)" if one.misowned else ""),
            "on" if one.bound else "off",
            ", ".join(sorted(role or "PUBLIC" for role in one.reached_by)),
            ", ".join(sorted(one.adopted)),
        )
    return table
