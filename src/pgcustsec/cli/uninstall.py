"""`pgcustsec uninstall`: take pgcustsec out of a database; data stays, for administrators only."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from pgcustsec.cli.options import connection_options, format_option, open_connection

if TYPE_CHECKING:
    from pgcustsec.extension import Loss


@click.command(context_settings={"max_content_width": 100})
@connection_options
@click.option("-y", "--yes", is_flag=True, help="do not ask")
@format_option
def command(dbname: str | None, host: str | None, port: str | None, user: str | None, yes: bool, output: str) -> None:
    """
    Take pgcustsec out of a database: say what loses protection, ask, do it in one transaction.

    The views, policies and roles of the matrix go, and with them every login's access. Protected tables keep their
    rows and stay under row security without a policy: only their owners and superusers read them. The lists of
    people, and what was applied, go with pgcustsec.

    \b
    Examples:
      pgcustsec uninstall -d crm
      pgcustsec uninstall -d crm --yes --format json     for scripts
    """
    from pgcustsec.extension import loss, uninstall

    with open_connection(dbname, host, port, user) as connection:
        gone = loss(connection)
        if gone is not None:
            _show(gone)
            if not yes:
                click.confirm(f"Take pgcustsec out of {gone.database}?", abort=True, err=True)
        done = uninstall(connection, gone) if gone else ()
    if output == "json":
        click.echo(json.dumps({"done": list(done)}, indent=2, ensure_ascii=False))
        return
    for sentence in done or ("nothing to do: this database has no pgcustsec",):
        click.echo(sentence)


def _show(gone: Loss) -> None:
    """What is lost, on stderr: it is talk before the question."""
    click.echo(f"database {gone.database} would lose:", err=True)
    for kind, plural in (("view", "views"), ("policy", "policies")):
        names = [made.name if made.kind == "view" else f"{made.name} on {made.on}" for made in gone.of(kind)]
        _list(plural, names)
    _list("tables, readable by their owners only from then on", gone.tables)
    _list("roles", [made.name for made in gone.of("role")])
    _list("logins, which see nothing any more", list(gone.logins))
    click.echo(f"  the lists of {gone.people} people, and the record of what was applied", err=True)


def _list(what: str, names: list[str]) -> None:
    if names:
        click.echo(f"  {len(names)} {what}: {', '.join(names)}", err=True)
