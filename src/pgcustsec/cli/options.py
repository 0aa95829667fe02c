"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from pgcustsec.db import Connection

Function = TypeVar("Function", bound=Callable[..., Any])


def connection_options(function: Function) -> Function:
    """`-h -p -U -d --conninfo`, as libpq's own programs take them; never a password."""
    for option in reversed(
        (
            click.option("-d", "--dbname", "dbname", metavar="DB|CONNINFO|URI", help="database, conninfo or URI"),
            click.option("-h", "--host", "host", metavar="HOST", help="server's host or socket folder"),
            click.option("-p", "--port", "port", metavar="PORT", help="server's port"),
            click.option("-U", "--username", "user", metavar="NAME", help="login to connect as"),
        )
    ):
        function = option(function)
    return function


def open_connection(
    dbname: str | None, host: str | None, port: str | None, user: str | None, *, autocommit: bool = True
) -> Connection:
    """Connect with what `connection_options` collected. Raises `Unreachable`."""
    from pgcustsec.db import connect

    conninfo = ""
    parameters: dict[str, Any] = {"host": host, "port": port, "user": user}
    if dbname and ("=" in dbname or "://" in dbname):
        conninfo = dbname
    else:
        parameters["dbname"] = dbname
    given = {name: value for name, value in parameters.items() if value is not None}
    return connect(conninfo, autocommit=autocommit, **given)


matrix_option = click.option(
    "-m",
    "--matrix",
    "matrix_path",
    metavar="FILE",
    default="matrix.yaml",
    show_default=True,
    type=click.Path(dir_okay=False),
    help="the role matrix",
)

format_option = click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="for people or for programs",
)

sample_option = click.option(
    "--sample",
    "rows",
    metavar="ROWS",
    type=click.IntRange(1, 100_000),
    default=1_000,
    show_default=True,
    help="at most so many rows of each table",
)

deny_widening_option = click.option(
    "--deny-widening", is_flag=True, help="exit 4, changing nothing, where anybody would see more than before"
)
