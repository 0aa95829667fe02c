"""`pgcustsec suspend`: nobody concerned sees a row from the next statement on (4.2)."""

from __future__ import annotations

import click

from pgcustsec.cli.options import connection_options, open_connection
from pgcustsec.cli.staff import WIDTH


@click.command(context_settings={"max_content_width": WIDTH})
@click.argument("kind", type=click.Choice(["person", "role", "department"]))
@click.argument("code")
@click.option("--reason", required=True, metavar="TEXT", help="why")
@click.option("--reference", metavar="TEXT", help="the document or finding that it goes by")
@click.option("--keep-connections", is_flag=True, help="do not end what is connected; open cursors then go on")
@connection_options
def command(
    kind: str,
    code: str,
    reason: str,
    reference: str | None,
    keep_connections: bool,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    Suspend a person, role or department: no row of any tier from the next statement on.

    CODE is a staff number, or a name of the matrix. For logins whose role supervises. The suspension is committed
    first, then connections are ended. It is lifted by `pgcustsec reinstate`, once what it is for was put right.

    \b
    Examples:
      pgcustsec suspend person S1001 --reason 'list passed on' --reference QA-2026-14 -d crm -U zhao_hong
      pgcustsec suspend department sales --reason 'leak of leads' -d crm -U zhao_hong
    """
    from pgcustsec.supervise import suspend

    with open_connection(dbname, host, port, user) as connection:
        made = suspend(connection, kind, code, reason, reference=reference, keep_connections=keep_connections)
    flight = ", ".join(f"{count} {what}" for what, count in sorted(made.in_flight.items()))
    click.echo(f"suspension {made.number}: {kind} {code}; there were {flight}")
    if made.ended is not None:
        click.echo(f"  {made.ended} connection{'' if made.ended == 1 else 's'} ended")
    elif made.why_not_ended:
        click.secho(f"  no connection was ended; open cursors go on. {made.why_not_ended}", err=True, fg="red")
