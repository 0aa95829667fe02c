"""`pgcustsec login create|list|disable|enable`: how people and applications get in."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pgcustsec.cli.options import connection_options, format_option, matrix_option, open_connection
from pgcustsec.cli.staff import WIDTH, show_json, show_lines, show_table
from pgcustsec.errors import UsageError

if TYPE_CHECKING:
    from rich.table import Table

    from pgcustsec.db import Connection
    from pgcustsec.people import Login, Outcome

    #: Makes the login with the password of a file, or whatever `new_password` finds.
    Creation = Callable[[Connection, str | None], Outcome[Login]]

PASSWORD_VARIABLE = "PGCUSTSEC_NEW_PASSWORD"  # noqa: S105  the variable's name


@click.group(context_settings={"max_content_width": WIDTH})
def command() -> None:
    """
    Create, list, enable and disable logins.

    A password never goes on the command line, and never to the server: what it gets is a SCRAM-SHA-256 verifier.

    \b
    Examples:
      pgcustsec login create li_na --staff S1001 -d crm
      pgcustsec login list -d crm
      pgcustsec login disable li_na -d crm
    """


@command.command()
@click.argument("name", required=False)
@click.option("--staff", metavar="NUMBER", help="whose login it is")
@click.option("--application", metavar="APP", help="an application of the matrix (-m) instead of a person")
@click.option(
    "--password-file",
    metavar="FILE",
    type=click.Path(dir_okay=False, allow_dash=True),
    help="its first line is the password; - is stdin",
)
@click.option("--days", type=int, metavar="N", help="how long the password holds; 182, the maximum, by default")
@click.option("--connections", type=int, metavar="N", help="how many at once; 10 for a person, no limit (-1) else")
@matrix_option
@format_option
@connection_options
def create(
    name: str | None,
    staff: str | None,
    application: str | None,
    password_file: str | None,
    days: int | None,
    connections: int | None,
    matrix_path: str,
    output: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    Create the login of a person, or of an application.

    The password is asked for twice, or read from --password-file, or from the variable PGCUSTSEC_NEW_PASSWORD: at
    least 12 characters, no control characters, not containing the login's name. An application's login is named
    after the matrix; it is nobody by itself, and
    speaks for people with signed tokens (`token keys rotate`).

    \b
    Examples:
      pgcustsec login create li_na --staff S1001 -d crm
      pgcustsec login create li_na --staff S1001 --days 90 --password-file secret.txt -d crm
      pass show crm/li_na | pgcustsec login create li_na --staff S1001 --password-file - -d crm
      pgcustsec login create --application crm_web -m matrix.yaml -d crm
    """
    if (staff is None) == (application is None):
        raise UsageError("whose login?", hint="give --staff NUMBER or --application APP, one of them")
    if application is not None:
        create_for = _for_application(name, application, matrix_path, days, connections)
    else:
        create_for = _for_person(name, staff or "", days, connections)
    with open_connection(dbname, host, port, user) as connection:
        outcome = create_for(connection, password_file)
    _show(outcome, output)


@command.command("list")
@format_option
@connection_options
def list_(output: str, dbname: str | None, host: str | None, port: str | None, user: str | None) -> None:
    """
    List the logins of people and applications, with the day their password expires.

    \b
    Examples:
      pgcustsec login list -d crm
      pgcustsec login list --format json -d crm | jq -r '.[] | select(.state == "expired") | .login'
    """
    from pgcustsec.people import list_logins

    with open_connection(dbname, host, port, user) as connection:
        logins = list_logins(connection)
    if output == "json":
        show_json([asdict(login) for login in logins])
    else:
        show_table(_table(logins), f"{len(logins)} login{'' if len(logins) == 1 else 's'}")


@command.command()
@click.argument("name")
@format_option
@connection_options
def disable(name: str, output: str, dbname: str | None, host: str | None, port: str | None, user: str | None) -> None:
    """
    Keep a login from connecting, and end its connections. Its person keeps their roles.

    \b
    Examples:
      pgcustsec login disable li_na -d crm
      pgcustsec login disable wutong_crm_web --format json -d crm
    """
    from pgcustsec.people import disable_login

    with open_connection(dbname, host, port, user) as connection:
        outcome = disable_login(connection, name)
    _show(outcome, output)


@command.command()
@click.argument("name")
@format_option
@connection_options
def enable(name: str, output: str, dbname: str | None, host: str | None, port: str | None, user: str | None) -> None:
    """
    Let a login connect again. Its password and its term stay as they are.

    \b
    Examples:
      pgcustsec login enable li_na -d crm
      pgcustsec login enable li_na --format json -d crm
    """
    from pgcustsec.people import enable_login

    with open_connection(dbname, host, port, user) as connection:
        outcome = enable_login(connection, name)
    _show(outcome, output)


def _for_person(name: str | None, staff: str, days: int | None, connections: int | None) -> Creation:
    from pgcustsec.people import MAXIMUM_DAYS, PERSON_CONNECTIONS, create_login

    if name is None:
        raise UsageError(f"no name for the login of {staff}", hint=f"pgcustsec login create NAME --staff {staff}")

    def create_for(connection: Connection, password_file: str | None) -> Outcome[Login]:
        return create_login(
            connection,
            name,
            staff=staff,
            password=new_password(name, password_file),
            days=MAXIMUM_DAYS if days is None else days,
            connections=PERSON_CONNECTIONS if connections is None else connections,
        )

    return create_for


def _for_application(
    name: str | None, application: str, matrix_path: str, days: int | None, connections: int | None
) -> Creation:
    from pgcustsec.matrix.load import load
    from pgcustsec.people import UNLIMITED, application_login, create_application_login

    matrix = load(matrix_path)
    login = application_login(matrix, application)
    if name not in (None, login):
        raise UsageError(
            f"the login of application {application} is {login}, not {name}",
            hint="leave the name out: the matrix has it",
        )

    def create_for(connection: Connection, password_file: str | None) -> Outcome[Login]:
        return create_application_login(
            connection,
            matrix,
            application,
            password=new_password(login, password_file),
            days=days,
            connections=UNLIMITED if connections is None else connections,
        )

    return create_for


def new_password(login: str, password_file: str | None) -> str:
    """
    Return the new password of *login*: out of *password_file*, else the environment, else asked for twice.

    Raises `UsageError` when there is none of these, or others can read the file.
    """
    from pgcustsec.people import PASSWORD_RULE

    if password_file is not None:
        return _password_of_file(password_file)
    if PASSWORD_VARIABLE in os.environ:
        return os.environ[PASSWORD_VARIABLE]
    if not sys.stdin.isatty():
        raise UsageError(
            f"no password for {login}, and no terminal to ask on",
            hint=f"give --password-file, or set {PASSWORD_VARIABLE}",
        )
    click.echo(f"{PASSWORD_RULE}", err=True)
    password: str = click.prompt(
        f"Password for {login}", hide_input=True, confirmation_prompt="The same again", err=True
    )
    return password


def _password_of_file(name: str) -> str:
    if name == "-":
        return sys.stdin.readline().rstrip("\r\n")
    try:
        with Path(name).open(encoding="utf-8") as file:
            found = os.fstat(file.fileno())
            if stat.S_ISREG(found.st_mode) and found.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
                raise UsageError(f"others can read the password file {name}", hint=f"chmod 600 {name}")
            return file.readline().rstrip("\r\n")
    except OSError as error:
        raise UsageError(f"cannot read the password file {name}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"the password file {name} is not UTF-8") from error


def _show(outcome: Outcome[Login], output: str) -> None:
    if output == "json":
        show_json({"login": asdict(outcome.subject), "done": outcome.done, "notices": outcome.notices})
    else:
        show_lines(outcome.done, outcome.notices)


def _table(logins: Sequence[Login]) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("login", "number", "name", "state", "valid until (UTC)", "roles"):
        table.add_column(title, overflow="fold")
    for one in logins:
        until = one.valid_until.astimezone(UTC).strftime("%Y-%m-%d %H:%M") if one.valid_until else ""
        until = until or ("" if one.state == "missing" else "never")
        table.add_row(one.login, one.staff or "", one.name or "", one.state, until, " ".join(one.roles))
    return table
