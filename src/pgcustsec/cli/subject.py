"""`pgcustsec subject show|correct|erase`: what a customer wishes, for who serves them (3.1, 4.3)."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from pgcustsec.cli.options import connection_options, format_option, open_connection
from pgcustsec.cli.staff import WIDTH, show_json
from pgcustsec.errors import UsageError

if TYPE_CHECKING:
    from rich.table import Table

    from pgcustsec.retention import Place

#: Who the customer is that is told of: there the rows of a table stand below each other.
_OWN = 0


@click.group(context_settings={"max_content_width": WIDTH})
def command() -> None:
    """
    Do what a customer wishes: tell them what is held on them, correct it, erase them.

    All through your own login and views, in a session: SELECT pgcustsec.start_session(purpose).

    \b
    Examples:
      pgcustsec subject show crm.customer 1017 -d crm -U wutong_zhang_min
      pgcustsec subject correct crm.customer 1017 mobile=- --reason 'new number' --word 'by phone' -d crm
      pgcustsec subject erase crm.customer 1017 --reason 'their letter of 2026-11-20' -d crm
    """


@command.command()
@click.argument("relation", metavar="TABLE")
@click.argument("key")
@format_option
@connection_options
def show(
    relation: str, key: str, output: str, dbname: str | None, host: str | None, port: str | None, user: str | None
) -> None:
    """
    Show everything held on customer KEY of TABLE, as your own views show it now, and what is known beside it.

    Their row and what hangs on it, with the tier of each column; for who serves them also until when they are kept and
    what keeps them longer, who opened their record and why, and extracts. Tier 1 shows masked while the record is open,
    in full by an approved request alone. It counts as an opening of today's budget, and is recorded.

    \b
    Examples:
      pgcustsec subject show crm.customer 1017 -d crm -U wutong_zhang_min
      pgcustsec subject show crm.customer 1017 --format json -d crm | jq '.facts.term'
    """
    from pgcustsec.retention import show_subject

    with open_connection(dbname, host, port, user) as connection:
        told = show_subject(connection, relation, key)
    if output == "json":
        show_json(told)
    else:
        _print(_document(told))


@command.command()
@click.argument("relation", metavar="TABLE")
@click.argument("key")
@click.argument("values", metavar="COLUMN=VALUE...", nargs=-1, required=True)
@click.option("--reason", required=True, metavar="TEXT", help="why, for the history of changes")
@click.option("--word", metavar="TEXT", help="how the customer gave the value: it is confirmed by that")
@format_option
@connection_options
def correct(
    relation: str,
    key: str,
    values: tuple[str, ...],
    reason: str,
    word: str | None,
    output: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    Correct the row KEY of TABLE, a customer's or what hangs on one, through your own view.

    `COLUMN=-` asks for the value, or reads a line of standard input: so is tier 1 given, and names, since other people
    of the computer can read a command line. `COLUMN=` clears. Tier 1 is written while the record is open.

    \b
    Examples:
      pgcustsec subject correct crm.customer 1017 mobile=- --reason 'new number' --word 'by phone' -d crm
      pgcustsec subject correct crm.claim 88 amount=1200.50 --reason 'typing error' -d crm < /dev/null
    """
    from pgcustsec.retention import correct as write
    from pgcustsec.retention import find_place

    said = _assignments(values)
    with open_connection(dbname, host, port, user) as connection:
        place = find_place(connection, relation, key)
        done = write(connection, place, _given(place, said), reason, word=word)
    if output == "json":
        show_json(asdict(done))
        return
    click.echo(f"{done.table} {done.key}: {', '.join(done.columns)} written")
    kept = (
        f"changes {', '.join(map(str, done.changes))}" if done.changes else "nothing, as tier 3 and what stays has none"
    )
    click.echo(f"in the history of changes: {kept}" + ("; confirmed by the customer's word" if done.confirmed else ""))


@command.command()
@click.argument("relation", metavar="TABLE")
@click.argument("key")
@click.option("--reason", required=True, metavar="TEXT", help="how the customer said it: their letter, of which day")
@click.option("--yes", is_flag=True, help="do not ask before an approved wish is fulfilled")
@format_option
@connection_options
def erase(
    relation: str,
    key: str,
    reason: str,
    yes: bool,
    output: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    File the wish of customer KEY of TABLE to be erased; once it is approved, fulfil it.

    The first call files a request, and says who decides. Called again when that is approved, it destroys the customer
    with all that hangs on them, and a certificate says so. A legal hold, or a date to come such as a running policy's,
    refuses, and is named; the wish stays on record.

    \b
    Examples:
      pgcustsec subject erase crm.customer 1017 --reason 'their letter of 2026-11-20' -d crm -U wutong_zhang_min
      pgcustsec subject erase crm.customer 1017 --reason 'their letter of 2026-11-20' --yes --format json -d crm
    """
    from pgcustsec.requests import find_request
    from pgcustsec.retention import erase as destroy
    from pgcustsec.retention import file_erasure

    certificate = None
    with open_connection(dbname, host, port, user) as connection:
        request = find_request(connection, file_erasure(connection, relation, [key], reason))
        if request.state == "approved":
            _ask(f"erase {request.relation} {key} and all that hangs on it? Nothing brings it back", yes)
            certificate = destroy(connection, request.number)
            request = find_request(connection, request.number)
    if output == "json":
        said = {"request": request.number, "state": request.state, "deciders": request.deciders}
        show_json(said | {"certificate": certificate})
    elif certificate is None:
        who = ", ".join(request.deciders or ()) or "nobody can now, so it waits"
        click.echo(f"request {request.number}, {request.state}; step {request.step} is decided by: {who}")
    else:
        click.echo(f"{request.relation} {key} is erased, by request {request.number}: certificate {certificate}")


def _ask(question: str, yes: bool) -> None:
    if yes:
        return
    if not _asks():
        raise UsageError("the wish is approved, and nobody is there to be asked once more", hint="give --yes")
    click.confirm(question, err=True, abort=True)


def _asks() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _assignments(values: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in values:
        column, equals, value = one.partition("=")
        if not equals or not column:
            # What it was may be a value: it is not repeated.
            raise UsageError("one of what was given is not of the form COLUMN=VALUE", hint="for example note='as said'")
        if column in found:
            raise UsageError(f"{column} was given twice", hint="give each column once")
        found[column] = value
    return found


def _given(place: Place, said: dict[str, str]) -> dict[str, str | None]:
    """The values, those asked for that were not given; None clears."""
    for column, value in said.items():
        if column in place.guarded and value not in ("", "-"):
            raise UsageError(
                f"{column} of {place.table} is not given on the command line, where others can read it (5.2.1)",
                hint=f"say {column}=- and give it when asked, or on standard input",
            )
    return {column: _asked(column) if value == "-" else value or None for column, value in said.items()}


def _asked(column: str) -> str:
    if _asks():
        value: str = click.prompt(column, err=True)
        return value
    line = sys.stdin.readline().rstrip("\r\n") if sys.stdin else ""
    if not line:
        raise UsageError(
            f"standard input has no line for {column}", hint="give a line for each COLUMN=-, in their order"
        )
    return line


# --- what is held, as a document -----------------------------------------------------------------------------------


def _document(told: dict[str, Any]) -> list[Table | str]:
    shown: list[Table | str] = [
        f"{told['table']} {told['key']}: what is held, as {told['role']}, {_time(told['at'])} UTC"
    ]
    for place, held in enumerate(told["held"]):
        rows = held["rows"]
        shown += ["", f"{held['table']}: {len(rows)} row{'' if len(rows) == 1 else 's'}"]
        if rows:
            shown.append(_row(held) if place == _OWN else _rows(held))
    facts = told["facts"]
    if facts is None:
        return [*shown, "", "Terms, openings and extracts are told to who serves the customer."]
    return [*shown, "", *_term(facts["term"]), *_openings(facts["openings"]), *_extracts(facts["extracts"])]


def _row(held: dict[str, Any]) -> Table:
    table = _table("column", "tier", "value")
    for column, tier in held["tiers"].items():
        table.add_row(column, str(tier), _value(held["rows"][0][column]))
    return table


def _rows(held: dict[str, Any]) -> Table:
    table = _table(*(f"{column} ({tier})" for column, tier in held["tiers"].items()))
    for row in held["rows"]:
        table.add_row(*(_value(row[column]) for column in held["tiers"]))
    return table


def _term(term: dict[str, Any]) -> list[str]:
    kept = f"kept until {_time(term['until'])} UTC" if term["until"] else "kept without an end"
    lines = [kept + (f", by rule {term['rule']}" if term["rule"] else "")]
    for one in term["kept_longer"]:
        if one["hold"]:
            lines.append(
                f"kept longer by legal hold {one['hold']}, to be looked at again on {_time(one['until'])[:10]}"
            )
        else:
            until = f"until {_time(one['until'])} UTC" if one["until"] else "without an end"
            lines.append(f"kept longer by {one['by']}, which runs {until}")
    return lines


def _openings(found: list[dict[str, Any]]) -> list[Table | str]:
    table = _table("opened at (UTC)", "by", "as", "what", "for", "why")
    for one in found:
        why = " ".join(filter(None, (one["reason"], one["by"])))
        what = "all that is held" if one["what"] == "subject_shown" else f"{one['table']} {one['key']}"
        who = f"{one['staff']} {one['name'] or ''}".strip()
        table.add_row(_time(one["at"]), who, one["role"], what, one["purpose"], why)
    return ["", f"opened {len(found)} time{'' if len(found) == 1 else 's'}", *([table] if found else [])]


def _extracts(found: list[dict[str, Any]]) -> list[Table | str]:
    table = _table("extract", "of", "columns", "taken by", "until (UTC)", "state")
    for one in found:
        who = f"{one['staff']}, {one['department']}"
        table.add_row(
            str(one["extract"]), one["table"], ", ".join(one["columns"]), who, _time(one["until"]), one["state"]
        )
    return ["", f"in {len(found)} extract{'' if len(found) == 1 else 's'}", *([table] if found else [])]


def _value(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str)
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def _time(at: str) -> str:
    return f"{datetime.fromisoformat(at).astimezone(UTC):%Y-%m-%d %H:%M}"


def _table(*columns: str) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _print(shown: Sequence[Table | str]) -> None:
    """Within 100 columns, less on a narrower terminal."""
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    width = min(console.width, WIDTH) if sys.stdout.isatty() else WIDTH
    console = Console(width=width, highlight=False, markup=False)
    for one in shown:
        console.print(one)
