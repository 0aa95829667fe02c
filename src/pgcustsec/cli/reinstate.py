"""`pgcustsec reinstate`: lift a suspension whose rectification is accepted (4.2)."""

from __future__ import annotations

import click

from pgcustsec.cli.options import connection_options, open_connection
from pgcustsec.cli.staff import WIDTH


@click.command(context_settings={"max_content_width": WIDTH})
@click.argument("suspension", type=int)
@click.option("--comment", required=True, metavar="TEXT", help="why the rectification is accepted")
@connection_options
def command(
    suspension: int, comment: str, dbname: str | None, host: str | None, port: str | None, user: str | None
) -> None:
    """
    Lift a suspension, its rectification accepted: a supervisor who neither suspended nor rectified, nor is concerned.

    \b
    Examples:
      pgcustsec reinstate 3 --comment 'training seen, no copy found' -d crm -U qian_law
    """
    from pgcustsec.supervise import reinstate

    with open_connection(dbname, host, port, user) as connection:
        reinstate(connection, suspension, comment)
    click.echo(f"suspension {suspension} is lifted, from the next statement on; sessions are started anew")
