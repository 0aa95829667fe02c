"""`pgcustsec server start|stop|status|psql`: the bundled PostgreSQL."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from pgcustsec.cli.options import format_option
from pgcustsec.embedded import BundledServer, Status, binaries, default_home
from pgcustsec.errors import EXIT_DATABASE, EXIT_DONE, EXIT_FINDING, Unreachable

directory_option = click.option(
    "-D",
    "--directory",
    "directory",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="where the server lives  [default: your data directory; /var/lib/pgcustsec for root]",
)


def _server(directory: Path | None) -> BundledServer:
    return BundledServer(directory.absolute() if directory else default_home())


@click.group(context_settings={"max_content_width": 100})
def command() -> None:
    """
    Start, stop and look at the bundled PostgreSQL.

    It has a Unix socket and no TCP. Whoever starts it, and root, is its superuser `postgres` without a password;
    every other login needs one. Started by root, it runs as an unprivileged system user (pgcustsec, postgres or
    nobody, the first that exists).

    \b
    Examples:
      pgcustsec server start                     make the server at the first time, and start it
      pgcustsec server status --format json      what runs, where, and how to connect
      pgcustsec server psql -- -c 'SELECT 1'     psql of the same version, as the superuser
      pgcustsec server stop                      the data stays
    """


@command.command()
@directory_option
def start(directory: Path | None) -> None:
    """
    Start the server; nothing happens if it runs.

    \b
    Examples:
      pgcustsec server start
      pgcustsec server start --directory /srv/crm-test
    """
    server = _server(directory)
    started = server.start()
    status = server.status()
    click.echo(f"{'started' if started else 'already running'}: {_described(status)}", err=True)
    click.echo(server.conninfo())


@command.command()
@directory_option
def stop(directory: Path | None) -> None:
    """
    Stop the server; its data stays. Nothing happens if it does not run.

    \b
    Examples:
      pgcustsec server stop
      pgcustsec server stop --directory /srv/crm-test
    """
    server = _server(directory)
    click.echo(f"{'stopped' if server.stop() else 'not running'}: {server.home}", err=True)


@command.command()
@directory_option
@format_option
def status(directory: Path | None, output: str) -> None:
    """
    Say whether the server runs, and how to reach it. Exits 0 when it runs, 1 when it does not.

    \b
    Examples:
      pgcustsec server status
      psql "$(pgcustsec server status --format json | jq -r .conninfo)"
    """
    server = _server(directory)
    found = server.status()
    if output == "json":
        click.echo(json.dumps(_as_json(server, found), indent=2))
    else:
        click.echo(f"{'running' if found.running else 'not running'}: {_described(found)}")
        if found.running:
            click.echo(f"connect: psql '{server.conninfo()}'")
    raise SystemExit(EXIT_DONE if found.running else EXIT_FINDING)


@command.command(context_settings={"ignore_unknown_options": True})
@directory_option
@click.option("-d", "--dbname", default="postgres", show_default=True, metavar="DB", help="database")
@click.option("-U", "--username", "user", default="postgres", show_default=True, metavar="NAME", help="login")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="[-- PSQL-OPTIONS]")
def psql(directory: Path | None, dbname: str, user: str, arguments: tuple[str, ...]) -> None:
    """
    Open psql on the running server. What follows `--` is psql's; its exit code is ours.

    \b
    Examples:
      pgcustsec server psql -d crm
      pgcustsec server psql -d crm -U li -- -c 'SELECT * FROM customer LIMIT 5'
    """
    server = _server(directory)
    if not server.status().running:
        raise Unreachable(f"no server runs in {server.home}", hint="pgcustsec server start")
    program = binaries() / "psql"
    try:
        # No shell in between: a program of ours with a list of arguments.
        os.execv(program, ["psql", "-d", server.conninfo(dbname, user), *arguments])  # noqa: S606
    except OSError as error:
        click.echo(f"pgcustsec: cannot run {program}: {error.strerror}", err=True)
        raise SystemExit(EXIT_DATABASE) from error


def _described(found: Status) -> str:
    if not found.running:
        return f"{found.home}" + ("" if found.version else " (no server has been made there)")
    return f"PostgreSQL {found.version}, process {found.pid}, in {found.home}"


def _as_json(server: BundledServer, found: Status) -> dict[str, object]:
    return {
        "running": found.running,
        "directory": str(found.home),
        "version": found.version,
        "pid": found.pid,
        "since": found.since.isoformat() if found.since else None,
        "socket": str(found.socket) if found.socket else None,
        "port": found.port,
        "log": str(server.log),
        "conninfo": server.conninfo() if found.running else None,
    }
