"""`pgcustsec access budget|sessions|end|suspensions|why|who`: who is at work, what is spent, who sees what, and why."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC
from typing import TYPE_CHECKING
from uuid import UUID

import click

from pgcustsec.cli.options import connection_options, format_option, open_connection
from pgcustsec.cli.staff import WIDTH, show_json, show_table

if TYPE_CHECKING:
    from rich.table import Table

    from pgcustsec.access import Budget, Session, Verdict, Way
    from pgcustsec.supervise import Suspension


@click.group(context_settings={"max_content_width": WIDTH})
def command() -> None:
    """
    Show and end sessions, what is spent of budgets, and who sees what, and why.

    \b
    Examples:
      pgcustsec access why S1001 crm.customer 1017 mobile -d crm -U zhao_hong
      pgcustsec access who crm.customer.mobile -d crm -U zhao_hong
      pgcustsec access budget -d crm
      pgcustsec access sessions --staff S1001 -d crm
      pgcustsec access end 5a0e7c1c-6b0f-4a39-9f3c-2f1f6d0a9b11 -d crm
    """


@command.command()
@click.option("--staff", metavar="NUMBER", help="only this person")
@format_option
@connection_options
def budget(
    staff: str | None, output: str, dbname: str | None, host: str | None, port: str | None, user: str | None
) -> None:
    """
    Show what people spent today (UTC) of openings and of different customers, rolled back or not.

    Fewer recorded than spent: the person rolled openings or searches back. Each person sees their own in psql by
    SELECT * FROM pgcustsec.my_budget().

    \b
    Examples:
      pgcustsec access budget -d crm
      pgcustsec access budget --staff S1001 --format json -d crm | jq '.[0].openings'
    """
    from pgcustsec.access import list_budgets

    with open_connection(dbname, host, port, user) as connection:
        budgets = list_budgets(connection, staff=staff)
    if output == "json":
        show_json([asdict(one) for one in budgets])
    else:
        show_table(_budgets(budgets), f"{len(budgets)} budget{'' if len(budgets) == 1 else 's'} of today (UTC)")


@command.command()
@click.option("--staff", metavar="NUMBER", help="only this person's")
@click.option("--all", "ended", is_flag=True, help="also those that have ended")
@format_option
@connection_options
def sessions(
    staff: str | None,
    ended: bool,
    output: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    List sessions, newest first.

    \b
    Examples:
      pgcustsec access sessions -d crm
      pgcustsec access sessions --staff S1001 --all --format json -d crm
    """
    from pgcustsec.access import list_sessions

    with open_connection(dbname, host, port, user) as connection:
        found = list_sessions(connection, staff=staff, ended=ended)
    if output == "json":
        show_json([asdict(one) for one in found])
    else:
        show_table(_sessions(found), f"{len(found)} session{'' if len(found) == 1 else 's'}")


@command.command()
@click.argument("session", type=click.UUID)
@format_option
@connection_options
def end(session: UUID, output: str, dbname: str | None, host: str | None, port: str | None, user: str | None) -> None:
    """
    End a session now: it shows nothing more of tier 1 and 2, and a token that names it is nobody's.

    \b
    Examples:
      pgcustsec access end 5a0e7c1c-6b0f-4a39-9f3c-2f1f6d0a9b11 -d crm
      pgcustsec access end 5a0e7c1c-6b0f-4a39-9f3c-2f1f6d0a9b11 --format json -d crm
    """
    from pgcustsec.access import end_session

    with open_connection(dbname, host, port, user) as connection:
        ended = end_session(connection, session)
    if output == "json":
        show_json(asdict(ended))
    else:
        click.echo(f"session {ended.session_id} of {ended.staff} {ended.name}: {ended.state}")


@command.command()
@click.option("--all", "lifted", is_flag=True, help="also those that were lifted")
@format_option
@connection_options
def suspensions(
    lifted: bool, output: str, dbname: str | None, host: str | None, port: str | None, user: str | None
) -> None:
    """
    List who is suspended, or will be if an emergency is not approved, newest first.

    For logins whose role supervises.

    \b
    Examples:
      pgcustsec access suspensions -d crm -U zhao_hong
      pgcustsec access suspensions --all --format json -d crm -U zhao_hong
    """
    from pgcustsec.supervise import list_suspensions

    with open_connection(dbname, host, port, user) as connection:
        found = list_suspensions(connection, lifted=lifted)
    if output == "json":
        show_json([asdict(one) for one in found])
    else:
        show_table(_suspensions(found), f"{len(found)} suspension{'' if len(found) == 1 else 's'}")


@command.command()
@click.argument("staff")
@click.argument("relation")
@click.argument("key")
@click.argument("column")
@click.option("-m", "--matrix", "matrix_path", metavar="FILE", help="the matrix that is applied, to name its lines")
@format_option
@connection_options
def why(
    staff: str,
    relation: str,
    key: str,
    column: str,
    matrix_path: str | None,
    output: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    Say what COLUMN of the row KEY of RELATION shows to STAFF now, and the rule that decides.

    Shown, masked, hidden, no column or no row, for each role that they hold. Of oneself, or of anybody for logins whose
    role supervises. It says no more of a row that they do not see, not even whether there is one.

    \b
    Examples:
      pgcustsec access why S1001 crm.customer 1017 mobile -d crm -U zhao_hong
      pgcustsec access why S1001 crm.customer 1017 health -m matrix.yaml --format json -d crm -U zhao_hong
    """
    from pgcustsec.access import explain_access

    with open_connection(dbname, host, port, user) as connection:
        verdicts = explain_access(connection, staff, relation, key, column)
    lines = [_line(matrix_path, one.rule) for one in verdicts]
    if output == "json":
        show_json([asdict(one) | {"line": line} for one, line in zip(verdicts, lines, strict=True)])
    else:
        show_table(_verdicts(verdicts, lines), f"{column} of {relation} {key}, to {staff}")


@command.command()
@click.argument("column", metavar="RELATION.COLUMN")
@click.option("-m", "--matrix", "matrix_path", metavar="FILE", help="the matrix that is applied, to name its lines")
@format_option
@connection_options
def who(
    column: str,
    matrix_path: str | None,
    output: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    List everybody who could see values of a column now: how, in which rows, through what, and until when.

    By the matrix, by requests that are approved, and in extracts that are not destroyed yet. For logins whose role
    supervises. A person counts in whatever role they hold; that they are in a session at this moment is not asked.

    \b
    Examples:
      pgcustsec access who crm.customer.mobile -d crm -U zhao_hong
      pgcustsec access who crm.customer.health -m matrix.yaml --format json -d crm -U zhao_hong
    """
    from pgcustsec.access import who_may_see
    from pgcustsec.errors import UsageError

    relation, _, name = column.rpartition(".")
    if not relation:
        raise UsageError(f"{column} names no table", hint="name it as the matrix does: crm.customer.mobile")
    with open_connection(dbname, host, port, user) as connection:
        ways = who_may_see(connection, relation, name)
    lines = [_line(matrix_path, one.rule) for one in ways]
    if output == "json":
        show_json([asdict(one) | {"line": line} for one, line in zip(ways, lines, strict=True)])
    else:
        show_table(_ways(ways, lines), f"{len(ways)} way{'' if len(ways) == 1 else 's'} to {column}")


def _line(matrix_path: str | None, rule: tuple[str, ...] | None) -> int | None:
    if matrix_path is None or rule is None:
        return None
    from pgcustsec.matrix.places import line_of

    return line_of(matrix_path, rule)


def _rule(rule: tuple[str, ...] | None, line: int | None) -> str:
    return ".".join(rule or ()) + (f" (line {line})" if line else "")


def _verdicts(verdicts: list[Verdict], lines: list[int | None]) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in ("role", "shows", "why", "rule", "article"):
        table.add_column(column, overflow="fold")
    for one, line in zip(verdicts, lines, strict=True):
        table.add_row(one.role or "", one.shown, one.why, _rule(one.rule, line), one.article)
    return table


def _ways(ways: list[Way], lines: list[int | None]) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in ("who", "role", "shows", "in rows", "through", "until (UTC)", "rule"):
        table.add_column(column, overflow="fold")
    for one, line in zip(ways, lines, strict=True):
        table.add_row(
            f"{one.staff} {one.name}",
            one.role,
            one.shown,
            one.rows,
            one.through,
            f"{one.until.astimezone(UTC):%Y-%m-%d %H:%M}" if one.until else "",
            _rule(one.rule, line),
        )
    return table


def _suspensions(found: list[Suspension]) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in ("no.", "who", "since (UTC)", "by", "why", "put right", "lifted (UTC)"):
        table.add_column(column, overflow="fold")
    for one in found:
        table.add_row(
            str(one.number),
            f"{one.kind} {one.code}",
            f"{one.starts_at.astimezone(UTC):%Y-%m-%d %H:%M}",
            one.suspended_by,
            ", ".join(filter(None, (one.reason, one.reference))),
            one.rectification or "",
            f"{one.reinstated_at.astimezone(UTC):%Y-%m-%d %H:%M}" if one.reinstated_at else "",
        )
    return table


def _budgets(budgets: list[Budget]) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in ("number", "name", "role"):
        table.add_column(column)
    for column in ("openings", "recorded", "customers", "refused"):
        table.add_column(column, justify="right")
    for one in budgets:
        table.add_row(
            one.staff,
            one.name,
            one.role,
            f"{one.openings} of {one.openings_at_most}",
            str(one.recorded),
            f"{one.customers} of {one.customers_at_most}",
            str(one.refused),
        )
    return table


def _sessions(sessions: list[Session]) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in ("session", "who", "purpose", "from (UTC)", "to", "state"):
        table.add_column(column, overflow="fold")
    for one in sessions:
        table.add_row(
            str(one.session_id),
            f"{one.staff} {one.name}",
            one.purpose,
            f"{one.started_at.astimezone(UTC):%m-%d %H:%M}",
            f"{one.ends_at.astimezone(UTC):%m-%d %H:%M}",
            one.state,
        )
    return table
