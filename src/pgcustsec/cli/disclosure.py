"""`pgcustsec disclosure file|hand-over|register|name-custodian|custodians`: to authorities (监管司法调取)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from pgcustsec.cli.options import connection_options, format_option, open_connection
from pgcustsec.cli.request import columns_option, keys_option, number_argument, rows_option, where_option
from pgcustsec.cli.staff import WIDTH, show_json, show_table
from pgcustsec.errors import UsageError

if TYPE_CHECKING:
    from rich.table import Table

    from pgcustsec.db import Connection
    from pgcustsec.disclosures import Custodian, Disclosure

STATES = ("filed", "in approval", "approved", "handed over", "destruction due", "destroyed", "refused", "withdrawn",
          "lapsed", "closed")  # fmt: skip


@click.group(context_settings={"max_content_width": WIDTH})
def command() -> None:
    """
    File what an authority asks for (监管司法调取), record that it was handed over, read the register (登记簿).

    The named custodian of a department files and hands over, nobody else. A supervisor names them
    (`name-custodian`). Between the two the matrix's approvers decide (`request approve`), and the custodian takes
    the extract (`extract run`).

    \b
    Examples:
      pgcustsec disclosure register -d crm -U wutong_zhao_hong
      pgcustsec disclosure hand-over 9 --receipt 'officer Zhao, receipt 2026-118' -d crm -U wutong_ouyang
    """


@command.command("file")
@click.argument("kind", metavar="KIND")
@click.argument("relation", metavar="TABLE")
@click.option("--purpose", required=True, metavar="PURPOSE", help="what for, from the matrix's list")
@click.option("--authority", required=True, metavar="TEXT", help="who asks")
@click.option("--legal-basis", required=True, metavar="TEXT", help="by what law")
@click.option("--document", required=True, metavar="TEXT", help="number of the document in which they ask")
@columns_option
@keys_option
@where_option
@click.option("--days", required=True, type=click.IntRange(0, 2**31 - 1), metavar="N",
              help="its term of use, from its approval on")  # fmt: skip
@rows_option
@format_option
@connection_options
def file_(
    kind: str,
    relation: str,
    purpose: str,
    authority: str,
    legal_basis: str,
    document: str,
    columns: tuple[str, ...],
    keys: tuple[str, ...],
    where: tuple[str, ...],
    days: int,
    max_rows: int | None,
    output: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    File a disclosure of KIND, for columns of rows of TABLE: rows by their keys, or by conditions.

    KIND is one of the matrix's requests that has a custodian. Rows and columns are said as in `request file`.

    \b
    Examples:
      pgcustsec disclosure file disclosure crm.customer --purpose disclosure --authority '北京市公安局' \\
          --legal-basis '刑事诉讼法 第五十四条' --document '京公调〔2026〕118号' \\
          --column name --column mobile --key 1017 --days 5 -d crm -U wutong_ouyang
    """
    from pgcustsec.disclosures import file_disclosure
    from pgcustsec.requests import parse_conditions

    if bool(where) == bool(keys):
        raise UsageError("a disclosure says which rows: by keys or by conditions", hint="give --key, or --where")
    with open_connection(dbname, host, port, user) as connection:
        number = file_disclosure(
            connection,
            kind,
            purpose,
            relation,
            columns,
            days=days,
            authority=authority,
            legal_basis=legal_basis,
            document_number=document,
            where=parse_conditions(where) if where else None,
            keys=keys or None,
            max_rows=max_rows,
        )
        _tell(connection, number, output)


@command.command("hand-over")
@number_argument
@click.option("--receipt", required=True, metavar="TEXT", help="to whom, and what shows it")
@format_option
@connection_options
def hand_over_(
    number: int,
    receipt: str,
    output: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    Record that your disclosure NUMBER was handed over. Nothing of it shows from then on.

    What was taken of it is due for destruction at once; until `extract destroyed` says that it is gone, it stops all
    other requests of yours.

    \b
    Examples:
      pgcustsec disclosure hand-over 9 --receipt 'officer Zhao, receipt 2026-118' -d crm -U wutong_ouyang
      pgcustsec extract destroyed 4 --evidence 'shred -u, the copy on the stick too' -d crm -U wutong_ouyang
    """
    from pgcustsec.disclosures import hand_over

    with open_connection(dbname, host, port, user) as connection:
        hand_over(connection, number, receipt)
        _tell(connection, number, output)


@command.command()
@click.option("--state", type=click.Choice(STATES), help="only those that have come to this")
@click.option("--certificate", type=click.IntRange(1, 2**63 - 1), metavar="NUMBER",
              help="everything of this one: who, what, when, digests, evidence of destruction")  # fmt: skip
@format_option
@connection_options
def register(
    state: str | None,
    certificate: int | None,
    output: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    Show the register (登记簿), newest first: your own, those that you decide on, all if your role supervises.

    It says what was taken, and shows nothing of it.

    \b
    Examples:
      pgcustsec disclosure register --state 'destruction due' -d crm -U wutong_zhao_hong
      pgcustsec disclosure register --certificate 9 -d crm -U wutong_zhao_hong
      pgcustsec disclosure register --format json -d crm | jq -r '.[] | [.number, .state, .document_number] | @tsv'
    """
    from pgcustsec.disclosures import list_disclosures

    if certificate is not None and state is not None:
        raise UsageError("a certificate is of one disclosure, whatever its state", hint="leave --state out")
    with open_connection(dbname, host, port, user) as connection:
        if certificate is not None:
            _tell(connection, certificate, output)
            return
        found = list_disclosures(connection, state=state)
    if output == "json":
        show_json([asdict(disclosure) for disclosure in found])
    else:
        show_table(_register(found), f"{len(found)} disclosure{'' if len(found) == 1 else 's'}")


@command.command("name-custodian")
@click.argument("department", metavar="DEPARTMENT")
@click.argument("staff", metavar="STAFF", required=False)
@click.option("--nobody", is_flag=True, help="the department has none from now on")
@connection_options
def name_custodian(
    department: str,
    staff: str | None,
    nobody: bool,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    Name STAFF the custodian (指定人员) of DEPARTMENT, in place of the one before. For logins whose role supervises.

    It has to be somebody active of that department, with a login and a role that handles disclosures. Nothing of the
    disclosures of the one before shows from the next statement on.

    \b
    Examples:
      pgcustsec disclosure name-custodian legal U1 -d crm -U wutong_zhao_hong
      pgcustsec disclosure name-custodian legal --nobody -d crm -U wutong_zhao_hong
    """
    from pgcustsec.disclosures import name_custodian as name

    if (staff is None) == (not nobody):
        raise UsageError("say who the custodian is, or that it is nobody", hint="give STAFF, or --nobody")
    with open_connection(dbname, host, port, user) as connection:
        name(connection, department, staff)
    click.echo(f"the custodian of {department} is {staff or 'nobody'}")


@command.command()
@click.option("--all", "all_ever", is_flag=True, help="also those who were it before")
@format_option
@connection_options
def custodians(
    all_ever: bool, output: str, dbname: str | None, host: str | None, port: str | None, user: str | None
) -> None:
    """
    List the custodians (指定人员), one a department. For logins whose role supervises.

    \b
    Examples:
      pgcustsec disclosure custodians -d crm -U wutong_zhao_hong
      pgcustsec disclosure custodians --all --format json -d crm -U wutong_zhao_hong
    """
    from pgcustsec.disclosures import list_custodians

    with open_connection(dbname, host, port, user) as connection:
        found = list_custodians(connection, all_ever=all_ever)
    if output == "json":
        show_json([asdict(one) for one in found])
    else:
        show_table(_custodians(found), f"{len(found)} naming{'' if len(found) == 1 else 's'}")


def _tell(connection: Connection, number: int, output: str) -> None:
    """Print all of disclosure *number* as it is now."""
    from pgcustsec.disclosures import find_disclosure

    disclosure = find_disclosure(connection, number)
    if output == "json":
        show_json(asdict(disclosure))
    else:
        _certify(disclosure)


def _certify(one: Disclosure) -> None:
    """Print the certificate: each line a word and what it is, so that it is kept as it stands."""
    rows = f"keys {', '.join(one.keys)}" if one.keys is not None else _conditions(one)
    taken = [f"{one.extracted_rows} rows as an extract"] if one.extracted_rows is not None else []
    taken += [f"{one.opened_records} records opened in full"] if one.opened_records else []
    lines = {
        "disclosure": f"{one.number}: {one.state}",
        "authority": one.authority,
        "legal basis": one.legal_basis,
        "document": one.document_number,
        "custodian": f"{one.custodian} {one.name or ''}".strip()
        + f", of {one.department}, named by {one.named_by}"
        + ("" if one.still_custodian else "; no longer the custodian"),
        "what": f"{one.relation}: {', '.join(one.columns)}",
        "rows": rows,
        "filed": _time(one.filed_at),
        "approved": _time(one.approved_at),
        "until": _time(one.ends_at) if one.ends_at else "",
        "taken": " and ".join(taken) or "nothing",
        "SHA-256": ", ".join(one.sha256 or ()),
        "handed over": f"{_time(one.handed_over_at)}, {one.receipt}" if one.handed_over_at else "no",
        "destroyed": _destroyed(one),
    }
    for word, meaning in lines.items():
        if meaning:
            click.echo(f"{word:<12} {meaning}")


def _conditions(one: Disclosure) -> str:
    return " and ".join(
        " ".join(str(condition[part]) for part in ("column", "is", "value") if part in condition)
        for condition in one.predicate or ()
    )


def _destroyed(one: Disclosure) -> str:
    if one.destroyed_at:
        return f"{_time(one.destroyed_at)}, {'; '.join(one.evidence or ())}"
    return "no, and it is due now" if one.state == "destruction due" else "no" if one.extracted_rows is not None else ""


def _time(at: datetime | None) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if at else "no"


def _register(found: list[Disclosure]) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in ("no.", "state", "custodian", "authority", "document", "what"):
        table.add_column(column, overflow="fold")
    for one in found:
        table.add_row(
            str(one.number),
            one.state,
            f"{one.custodian} {one.name or ''}".strip(),
            one.authority,
            one.document_number,
            f"{one.relation}: {', '.join(one.columns)}",
        )
    return table


def _custodians(found: list[Custodian]) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in ("department", "custodian", "login", "since (UTC)", "named by", "until"):
        table.add_column(column, overflow="fold")
    for one in found:
        table.add_row(
            one.department,
            f"{one.staff} {one.name or ''}".strip() if one.staff else "nobody",
            one.login or "",
            f"{one.named_at.astimezone(UTC):%Y-%m-%d %H:%M}",
            one.named_by,
            f"{one.ended_at.astimezone(UTC):%Y-%m-%d %H:%M}" if one.ended_at else "",
        )
    return table
