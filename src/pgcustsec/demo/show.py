"""What the tour shows, as rich renderables at most 100 columns wide. Prints nothing."""

from __future__ import annotations

import difflib
import json
import shlex
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pgcustsec.compile.exposure import access_lines
from pgcustsec.demo.broker import DATABASE, Broker
from pgcustsec.demo.people import StaffMember
from pgcustsec.demo.reasons import Answer, Reason, Reasons, Shown, Stored, Subject
from pgcustsec.matrix.model import Access
from pgcustsec.plan import Plan
from pgcustsec.supervise import Entry

#: Of the view's columns enough to tell the tiers apart: names are tier 2, but masked.
COLUMNS = ("name", "mobile", "birth_date", "health", "gender")
_INDENT = 3
_WIDTHS = (10, 18)
_ANSWER_WIDTH = 15
_CELL_WIDTH = 26
#: How many of a plan's statements are shown.
_FEW = 5

_STYLES = {
    Shown.VALUE: "",
    Shown.MASKED: "yellow",
    Shown.STARS: "yellow",
    Shown.WITHHELD: "dim",
    Shown.EMPTY: "dim",
    Shown.NO_COLUMN: "dim",
    Shown.NO_ROW: "red",
}


def line(text: str, style: str = "") -> RenderableType:
    """Return one line of talk, indented under its step; it is wrapped where it is too long."""
    return _indented(Text(text, style=style))


def cast(people: Iterable[tuple[StaffMember, Access]]) -> RenderableType:
    """Return who logs in, and what the matrix gives each of them of the customers, at which of its lines."""
    table = _table("login", "who", "role", "rows", "tier 2", "tier 1", "line")
    for person, access in people:
        table.add_row(
            person.login,
            f"{person.full_name} {person.staff_id} {person.branch}",
            person.roles[0],
            " + ".join(access.rows),
            access.tier2,
            access.tier1,
            str(access.mark.line),
        )
    return _indented(table, below=1)


def _table(*titles: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for title in titles:
        table.add_column(title, no_wrap=True)
    return table


def _indented(shown: RenderableType, *, above: int = 0, below: int = 0) -> RenderableType:
    return Padding(shown, (above, 0, below, _INDENT), expand=False)


def answers(
    subjects: Iterable[Subject], stored: Stored, columns: Sequence[tuple[str, Answer, Reasons]]
) -> list[RenderableType]:
    """Return answers side by side, customer by customer, beside what is stored; each under a heading of its own."""
    heading = _grid(len(columns))
    heading.add_row("", "stored", *(title for title, _, _ in columns), style="bold")
    shown: list[RenderableType] = [_indented(heading)]
    for subject in subjects:
        shown.append(line(_described(subject), "bold cyan"))
        grid = _grid(len(columns))
        for number, column in enumerate(COLUMNS):
            cells = [_cell(answer, reasons, subject, column, first=number == 0) for _, answer, reasons in columns]
            grid.add_row(column, _text(stored[subject.customer_id][column]), *cells)
        shown.append(_indented(grid))
    return shown


def _grid(answers_wide: int) -> Table:
    grid = Table.grid(padding=(0, 1))
    for width in (*_WIDTHS, *(_ANSWER_WIDTH for _ in range(answers_wide))):
        grid.add_column(width=width, no_wrap=True, overflow="ellipsis")
    return grid


def _described(subject: Subject) -> str:
    servers = ", ".join(f"{one.full_name} {one.staff_id}{'' if one.active else ' (left)'}" for one in subject.servers)
    whose = f"served by {servers}" if servers else "served by nobody"
    return f"#{subject.customer_id}  branch {subject.branch}, {whose}{', in the pool' if subject.pooled else ''}"


def _cell(answer: Answer, reasons: Reasons, subject: Subject, column: str, *, first: bool) -> Text:
    shown = reasons.shown(answer, subject, column)
    if shown is Shown.NO_ROW:
        return Text("(no row)" if first else "", style=_STYLES[shown])
    if shown is Shown.NO_COLUMN:
        return Text("(no column)", style=_STYLES[shown])
    return Text(_text(answer.rows[subject.customer_id][column]), style=_STYLES[shown])


def _text(value: Any) -> str:
    match value:
        case None:
            return "·"
        case datetime():
            return value.isoformat(" ", "minutes")
        case date():
            return value.isoformat()
        case dict() | list():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return str(value)


def why(reasons: Iterable[Reason]) -> RenderableType:
    """Return why cells differ, class by class, with the policy's articles."""
    table = _table("cell", "to whom", "why", "policy")
    table.columns[2].no_wrap, table.columns[2].overflow = False, "fold"
    for reason in reasons:
        tier = f", tier {reason.tier}" if reason.tier else ""
        cell = Text(reason.shown.value + tier, style=_STYLES[reason.shown])
        table.add_row(cell, " ".join(reason.who), reason.why, reason.articles)
    return _indented(table, above=1)


def openings(
    keys: Sequence[int],
    columns: Sequence[tuple[str, Mapping[int, Mapping[str, Any]]]],
    names: Sequence[str] = ("name", "mobile", "id_card"),
) -> RenderableType:
    """Return how the cells *names* of the customers *keys* look one moment after the other, side by side."""
    table = _table("", "", *(title for title, _ in columns))
    for column in table.columns[2:]:
        column.max_width = _CELL_WIDTH
    for key in keys:
        for number, name in enumerate(names):
            cells = [_seen(rows[key][name]) for _, rows in columns]
            table.add_row(f"#{key}" if number == 0 else "", name, *cells)
    return _indented(table, above=1, below=1)


def _seen(value: Any) -> Text:
    text = _text(value)
    return Text(text, style="dim" if value is None else "yellow" if "*" in text else "")


def deeds(done: Iterable[tuple[StaffMember, str, str]]) -> RenderableType:
    """Return who sent what over their own login, and what the database answered, in order."""
    table = _table("who", "sent over their own login  → what the database answered")
    table.columns[1].no_wrap, table.columns[1].overflow = False, "fold"
    for person, sent, answer in done:
        table.add_row(f"{person.full_name} {person.staff_id}", Text.assemble(sent, "  ", (f"→ {answer}", "cyan")))
    return _indented(table)


def entries(rows: Iterable[Sequence[Any]]) -> RenderableType:
    """Return entries of the record of access: when at first, who, what, for what purpose and reason, how often."""
    table = _table("from (UTC)", "who", "did", "why", "times")
    for at, staff, name, kind, purpose, reason, times in rows:
        first = f"{at.astimezone(UTC):%Y-%m-%d %H:%M}"
        table.add_row(first, f"{staff} {name}", kind.replace("_", " "), f"{purpose}: {reason}", f"{times:,}")
    return _indented(table, below=1)


def evidence(found: Iterable[Entry]) -> RenderableType:
    """Return entries of the record of access: who, what, about which request and customer, in which words."""
    table = _table("who", "did", "about", "in their words")
    table.columns[3].no_wrap, table.columns[3].overflow = False, "fold"
    for entry in found:
        about = ", ".join(filter(None, [entry.about, entry.customer]))
        table.add_row(f"{entry.staff} {entry.name}", entry.kind.replace("_", " "), about, entry.reason or "")
    return _indented(table)


def edit(old: str, new: str) -> list[RenderableType]:
    """Return the lines in which *new* differs from *old*, with their numbers; what is too long is cut."""
    styles = {"-": "red", "+": "green", "@": "cyan"}
    lines = list(difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0))[2:]
    return [_indented(Text(text, style=styles[text[0]], no_wrap=True, overflow="ellipsis")) for text in lines]


def plan(made: Plan) -> list[RenderableType]:
    """Return what *made* gives and takes, how many statements do it, and a few of them."""
    colours = {"+": "green", "-": "red"}
    shown = [line(text, colours.get(text.strip()[:1], "")) for text in access_lines(made.access)]
    shown.append(line(f"{len(made.statements)} statements, all in one transaction:"))
    few = made.statements[:_FEW]
    shown += [line(f"  {step.what}") for step in few]
    if len(made.statements) > len(few):
        shown.append(line(f"  and {len(made.statements) - len(few)} more; the first policy among them:"))
    policy = next((step for step in made.statements if step.object.startswith("policy ")), None)
    if policy:
        shown += [_indented(Text("  " + text, style="cyan")) for text in policy.sql.splitlines()]
    return shown


def how_to_connect(broker: Broker, program: str) -> list[RenderableType]:
    """Return how to log in to a server that was kept, as whom and with which password, and how to stop it."""
    at = f"-D {shlex.quote(str(broker.server.home))}"
    table = _table("login", "password", "who")
    table.columns[2].no_wrap, table.columns[2].overflow = False, "fold"
    table.add_row(broker.administrator.login, broker.administrator.password, "administrator")
    for person in broker.people:
        account = broker.accounts.get(person.staff_id)
        if account:
            who = f"{person.full_name} {person.staff_id}, {' and '.join(person.roles)}"
            table.add_row(account.login, account.password, who)
    own_psql = broker.server.conninfo(DATABASE, "LOGIN")
    return [
        _indented(table, below=1),
        line("psql asks for the password; LOGIN is one of these:"),
        _command(f"{program} server psql {at} -d {DATABASE} -U LOGIN"),
        _command(f"psql {shlex.quote(own_psql)}"),
        line("the superuser needs no password; stop the server; throw it away:"),
        _command(f"{program} server psql {at} -d {DATABASE}"),
        _command(f"{program} server stop {at}"),
        _command(f"rm -r {shlex.quote(str(broker.server.home))}"),
    ]


def _command(text: str) -> RenderableType:
    """Something to copy: never wrapped, however long."""
    return Group(Text(" " * (_INDENT + 2) + text, no_wrap=True, overflow="ignore"))
