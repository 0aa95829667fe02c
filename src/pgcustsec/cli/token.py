"""`pgcustsec token mint|keys`: what applications sign with, and tokens to try things with."""

from __future__ import annotations

import os
import sys
from dataclasses import asdict
from datetime import UTC, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import click

from pgcustsec.cli.options import connection_options, format_option, open_connection
from pgcustsec.cli.staff import WIDTH, show_json, show_lines, show_table
from pgcustsec.errors import UsageError

if TYPE_CHECKING:
    from rich.table import Table

    from pgcustsec.access import TokenKey
    from pgcustsec.client import SigningKey

KEY_VARIABLE = "PGCUSTSEC_TOKEN_KEY"


@click.group(context_settings={"max_content_width": WIDTH})
def command() -> None:
    """
    Make and end the keys by which applications sign whom they speak for.

    \b
    Examples:
      pgcustsec token keys rotate crm_web --output crm_web.key -d crm
      pgcustsec token keys list -d crm
      pgcustsec token mint --key-file crm_web.key --staff S1001 --role sales_agent --purpose selling
    """


@command.command()
@click.option("--staff", metavar="NUMBER", required=True, help="whom the application speaks for")
@click.option("--role", metavar="ROLE", required=True, help="in which role of the matrix")
@click.option("--purpose", metavar="PURPOSE", required=True, help="what for, from the matrix' list")
@click.option("--session", type=click.UUID, metavar="UUID", help="of which session; a new one by default")
@click.option("--seconds", type=click.IntRange(min=1), default=120, show_default=True, help="how long it holds")
@click.option(
    "--key-file",
    metavar="FILE",
    type=click.Path(dir_okay=False, allow_dash=True),
    help=f"the signing key, - is stdin; else the variable {KEY_VARIABLE}",
)
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="for people or for programs",
)
def mint(
    staff: str, role: str, purpose: str, session: UUID | None, seconds: int, key_file: str | None, output: str
) -> None:
    """
    Print a token, as an application would make it. Needs no database.

    \b
    Examples:
      pgcustsec token mint --key-file crm_web.key --staff S1001 --role sales_agent --purpose selling
      psql -c "SELECT pgcustsec.register_session('$(pgcustsec token mint --staff S1001 \\
          --role sales_agent --purpose selling --key-file crm_web.key)')" crm
    """
    import uuid

    from pgcustsec.client import mint as mint_token

    key = _signing_key(key_file)
    session = session or uuid.uuid4()
    token = mint_token(key, staff=staff, role=role, purpose=purpose, session=session, seconds=seconds)
    if output == "json":
        show_json({"token": token, "login": key.login, "key": key.key_id, "session": session, "seconds": seconds})
    else:
        click.echo(token)


@command.group()
def keys() -> None:
    """
    List, replace and end signing keys.

    \b
    Examples:
      pgcustsec token keys list -d crm
      pgcustsec token keys rotate crm_web --output crm_web.key -d crm
      pgcustsec token keys retire 1f0c9a3e -d crm
    """


@keys.command("list")
@format_option
@connection_options
def list_(output: str, dbname: str | None, host: str | None, port: str | None, user: str | None) -> None:
    """
    List the keys, newest first: of which login, since when, until when. Never their secret.

    \b
    Examples:
      pgcustsec token keys list -d crm
      pgcustsec token keys list --format json -d crm | jq -r '.[] | select(.state == "in use") | .key_id'
    """
    from pgcustsec.access import list_keys

    with open_connection(dbname, host, port, user) as connection:
        found = list_keys(connection)
    if output == "json":
        show_json([asdict(key) for key in found])
    else:
        show_table(_table(found), f"{len(found)} key{'' if len(found) == 1 else 's'}")


@keys.command()
@click.argument("application", metavar="APP")
@click.option(
    "--overlap",
    type=click.FloatRange(min=0),
    default=24.0,
    show_default=True,
    metavar="HOURS",
    help="how long the keys before go on",
)
@click.option(
    "--output",
    "target",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="where to put the key, yours alone to read",
)
@connection_options
def rotate(
    application: str,
    overlap: float,
    target: str | None,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    Make a new key for an application of the applied matrix; those it has end after the overlap.

    The key is one line: to FILE, which must not be there yet, or to stdout. It is shown this once. Whoever has it
    speaks for every member of staff, in the roles that the matrix gives the application.

    \b
    Examples:
      pgcustsec token keys rotate crm_web --output crm_web.key -d crm
      pgcustsec token keys rotate crm_web --overlap 1 -d crm | vault kv put secret/crm_web key=-
    """
    from pgcustsec.access import rotate_key

    if target and Path(target).exists():
        raise UsageError(f"{target} is there already", hint="name a new file: no key is written over another")
    with open_connection(dbname, host, port, user) as connection:
        key, done = rotate_key(connection, application, overlap=timedelta(hours=overlap))
    if target:
        _write_secret(Path(target), f"{key}\n")
        done.append(f"written to {target}")
    else:
        click.echo(str(key))
    for line in done:
        click.echo(line, err=True)


@keys.command()
@click.argument("key_id", metavar="KEY")
@format_option
@connection_options
def retire(key_id: str, output: str, dbname: str | None, host: str | None, port: str | None, user: str | None) -> None:
    """
    End a key now. Tokens signed with it are nobody's from the next statement on.

    \b
    Examples:
      pgcustsec token keys retire 1f0c9a3e -d crm
      pgcustsec token keys retire 1f0c9a3e --format json -d crm
    """
    from pgcustsec.access import retire_key

    with open_connection(dbname, host, port, user) as connection:
        key = retire_key(connection, key_id)
    if output == "json":
        show_json(asdict(key))
    else:
        show_lines([f"key {key.key_id} of login {key.login} has ended"], [])


def _signing_key(key_file: str | None) -> SigningKey:
    from pgcustsec.client import SigningKey

    if key_file == "-":
        return SigningKey.parse(sys.stdin.readline())
    if key_file:
        try:
            return SigningKey.parse(Path(key_file).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"cannot read {key_file}", hint="give the file that `token keys rotate` wrote") from error
    if text := os.environ.get(KEY_VARIABLE):
        return SigningKey.parse(text)
    raise UsageError("no signing key", hint=f"give --key-file FILE, or set {KEY_VARIABLE}")


def _write_secret(path: Path, text: str) -> None:
    """Make *path* for its owner alone, before there is anything in it."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def _table(found: list[TokenKey]) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in ("key", "application", "login", "state", "made (UTC)", "ends"):
        table.add_column(column, overflow="fold")
    for key in found:
        ends = "" if key.ends_at is None else f"{key.ends_at.astimezone(UTC):%Y-%m-%d %H:%M}"
        made = f"{key.made_at.astimezone(UTC):%Y-%m-%d %H:%M}"
        table.add_row(key.key_id, key.application, key.login, key.state, made, ends)
    return table
