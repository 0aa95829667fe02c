"""`pgcustsec install`: deliver the extension to a database."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from pgcustsec.cli.options import connection_options, format_option, open_connection

if TYPE_CHECKING:
    from pgcustsec.extension import Delivery, Installed


@click.command(context_settings={"max_content_width": 100})
@connection_options
@click.option(
    "--as",
    "delivery",
    type=click.Choice(["extension", "sql"]),
    help="extension: CREATE EXTENSION, needs its files in the server; sql: the same objects as plain SQL"
    "  [default: as it is there, else extension]",
)
@click.option(
    "--event-trigger",
    type=click.Choice(["on", "off"]),
    help="record who changes objects by hand, for `pgcustsec drift`; takes a superuser  [default: as it is]",
)
@format_option
def command(
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
    delivery: Delivery | None,
    event_trigger: str | None,
    output: str,
) -> None:
    """
    Deliver the extension to a database, and close the database to PUBLIC.

    One transaction. Everything belongs to role pgcustsec_owner, which nobody logs in as. PUBLIC loses every privilege
    on the database (a login then connects by a grant, which apply gives to the roles of the matrix) and on schema
    public. Run it again after a restore: a dump brings some of what was closed back.

    Connect as the owner of the database, with CREATEROLE, or as a superuser. --event-trigger takes a superuser: the
    record of changes by hand is kept from everybody else, the matrix's administrators too.

    \b
    Examples:
      pgcustsec install -d crm                        as an extension
      pgcustsec install -d crm --as sql               where the server's file system is not yours
      pgcustsec install -d crm -U postgres --event-trigger on
      pgcustsec install -d crm --format json          what was done, for programs
    """
    from pgcustsec.extension import install

    with open_connection(dbname, host, port, user) as connection:
        watch = None if event_trigger is None else event_trigger == "on"
        result = install(connection, delivery, event_trigger=watch)
    if output == "json":
        click.echo(json.dumps(asdict(result), indent=2, ensure_ascii=False))
    else:
        _print(result)


def _print(result: Installed) -> None:
    for sentence in result.done:
        click.echo(sentence)
    if not result.done:
        how = "as an extension" if result.delivery == "extension" else "as plain SQL"
        click.echo(f"nothing to do: database {result.database} has pgcustsec {result.version} {how}, closed to PUBLIC")
