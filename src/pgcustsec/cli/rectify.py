"""`pgcustsec rectify`: report what was put right about a suspension (4.2)."""

from __future__ import annotations

import click

from pgcustsec.cli.options import connection_options, open_connection
from pgcustsec.cli.staff import WIDTH


@click.command(context_settings={"max_content_width": WIDTH})
@click.argument("suspension", type=int)
@click.option("--what", required=True, metavar="TEXT", help="what was done")
@connection_options
def command(
    suspension: int, what: str, dbname: str | None, host: str | None, port: str | None, user: str | None
) -> None:
    """
    Report what was put right about a suspension: whom it concerns, or a supervisor. Another one accepts it.

    \b
    Examples:
      pgcustsec rectify 3 --what 'copies shredded, staff trained' -d crm -U li_na
    """
    from pgcustsec.supervise import rectify

    with open_connection(dbname, host, port, user) as connection:
        rectify(connection, suspension, what)
    click.echo(f"recorded; a supervisor who did not suspend accepts it: pgcustsec reinstate {suspension}")
