"""`pgcustsec agreement publish|sign|list`: what staff sign (保密协议) before they see anything private (3.4)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TextIO

import click

from pgcustsec.cli.options import connection_options, format_option, open_connection
from pgcustsec.cli.staff import WIDTH, show_json, show_table
from pgcustsec.errors import UsageError

if TYPE_CHECKING:
    from rich.table import Table

    from pgcustsec.supervise import Signature


@click.group(context_settings={"max_content_width": WIDTH})
def command() -> None:
    """
    Publish agreements, sign them, see who has not.

    Whoever lacks an agreement that the matrix requires of them, signed and in force today, sees tier 3 only (3.4).

    \b
    Examples:
      pgcustsec agreement publish confidentiality secrecy.txt -d crm -U zhao_hong
      pgcustsec agreement sign confidentiality -d crm -U li_na
      pgcustsec agreement list --missing -d crm -U zhao_hong
    """


@command.command()
@click.argument("name")
@click.argument("file", type=click.File(encoding="utf-8"))
@click.option(
    "--from",
    "begins",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M"]),
    help="from when on it is needed, in UTC; at once by default",
)
@connection_options
def publish(
    name: str,
    file: TextIO,
    begins: datetime | None,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    Publish the words of FILE as the next version of agreement NAME. For logins whose role supervises.

    From the moment it is needed, who has signed an earlier version only sees tier 3 until they sign again.

    \b
    Examples:
      pgcustsec agreement publish confidentiality secrecy.txt -d crm -U zhao_hong
      pgcustsec agreement publish customer_information v2.txt --from 2027-01-01 -d crm -U zhao_hong
    """
    from pgcustsec.supervise import publish_agreement

    try:
        body = file.read()
    except UnicodeDecodeError as error:
        raise UsageError(f"{file.name} is no UTF-8 text", hint="save it as UTF-8") from error
    with open_connection(dbname, host, port, user) as connection:
        version, needed = publish_agreement(connection, name, body, in_force_from=begins and begins.replace(tzinfo=UTC))
    click.echo(f"agreement {name}, version {version}, is needed from {_moment(needed)} on")


@command.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="sign without being asked")
@connection_options
def sign(name: str, yes: bool, dbname: str | None, host: str | None, port: str | None, user: str | None) -> None:
    """
    Show the words of agreement NAME, and sign them for the login's person. Through one's own login only.

    \b
    Examples:
      pgcustsec agreement sign confidentiality -d crm -U li_na
    """
    from pgcustsec.supervise import own_agreements, sign_agreement

    with open_connection(dbname, host, port, user) as connection:
        texts = {text.agreement: text for text in own_agreements(connection)}
        if name not in texts:
            raise UsageError(
                f"no agreement {name} is yours to sign", hint=f"yours: {', '.join(sorted(texts)) or 'none'}"
            )
        click.echo(f"{texts[name].title}, version {texts[name].version}\n\n{texts[name].body}\n")
        if not yes:
            click.confirm("Sign it?", abort=True)
        until = sign_agreement(connection, texts[name])
    click.echo(f"signed; it holds until {_moment(until)}, or until another version is needed")


@command.command("list")
@click.option("--missing", is_flag=True, help="only what is not signed, or no longer in force")
@click.option("--staff", metavar="NUMBER", help="only this person's")
@format_option
@connection_options
def list_(
    missing: bool,
    staff: str | None,
    output: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    Show who signs which agreement, and until when their signature holds. For logins whose role supervises.

    \b
    Examples:
      pgcustsec agreement list --missing -d crm -U zhao_hong
      pgcustsec agreement list --staff S1001 --format json -d crm -U zhao_hong
    """
    from pgcustsec.supervise import list_agreements

    with open_connection(dbname, host, port, user) as connection:
        found = list_agreements(connection, missing=missing, staff=staff)
    if output == "json":
        show_json([asdict(one) for one in found])
    else:
        show_table(_signatures(found), f"{len(found)} line{'' if len(found) == 1 else 's'}")


def _signatures(found: list[Signature]) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in ("who", "department", "agreement", "version", "signed until (UTC)"):
        table.add_column(column, overflow="fold")
    for one in found:
        until = "never signed" if one.signed_until is None else _moment(one.signed_until)
        table.add_row(
            f"{one.staff} {one.name}",
            one.department,
            f"{one.agreement} {one.title}",
            "no text yet" if one.version is None else str(one.version),
            f"{until}: missing" if one.missing else until,
        )
    return table


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
