"""Requests as a person reads them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from pgcustsec.cli.staff import WIDTH

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from rich.table import Table

    from pgcustsec.requests import Event, Request

#: What a wish to be erased names in place of columns.
_ERASES = "none: it erases"
#: What a request to widen names in place of a table.
_MATRIX = "(matrix)"
#: So many keys or values of a list are shown.
_AT_MOST = 20


def requests_table(found: Sequence[Request]) -> Table:
    """Return the table of `request list`."""
    table = _table("no.", "kind", "state", "who", "what", "until or next")
    for request in found:
        table.add_row(
            str(request.number),
            request.kind,
            request.state,
            _person(request.requester, request.name),
            f"{request.relation}: {_columns(request)}; {_rows(request)}",
            _time(request.ends_at) if request.ends_at else _next(request),
        )
    return table


def show_request(request: Request, events: Sequence[Event], *, err: bool = False) -> None:
    """Print everything of *request*, in lines of a word and what it is, and its *events* below; on stderr if *err*."""
    lines = Lines()
    lines.add("request", f"{request.number}, {request.kind}: {request.state}")
    lines.add("by", f"{_person(request.requester, request.name)}, as {request.role}, for {request.purpose}")
    if request.used_by != request.requester:
        lines.add("used by", f"the service {request.used_by}, one record after the other")
    lines.add("table", request.relation)
    lines.add("columns", _columns(request))
    lines.add("rows", _rows(request))
    lines.add("term", f"{request.days} day{'' if request.days == 1 else 's'} from its approval on")
    if request.ends_at:
        lines.add("until", f"{_time(request.ends_at)} UTC")
    if request.step:
        lines.add("next", _next(request))
    lines.print(_events(events), err=err)


class Lines:
    """Words, and what they are, in two columns."""

    def __init__(self) -> None:
        from rich.table import Table

        self._grid = Table(box=None, pad_edge=False, show_header=False)
        self._grid.add_column()
        self._grid.add_column(overflow="fold")

    def add(self, word: str, meaning: str) -> None:
        self._grid.add_row(word, meaning)

    def print(self, below: Table, *, err: bool) -> None:
        """Print them, an empty line, and *below*, within 100 columns."""
        from rich.console import Console

        console = Console(highlight=False, markup=False, stderr=err)
        width = min(console.width, WIDTH) if console.is_terminal else WIDTH
        console = Console(width=width, highlight=False, markup=False, stderr=err)
        console.print(self._grid)
        click.echo(err=err)
        console.print(below)


def _events(events: Sequence[Event]) -> Table:
    table = _table("at (UTC)", "what", "who", "comment")
    for event in events:
        step = f", step {event.step}" if event.step else ""
        step += f", for {event.deputy_for}" if event.deputy_for else ""
        table.add_row(_time(event.at), event.kind + step, _person(event.staff, event.name), event.comment or "")
    return table


def _table(*columns: str) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _person(number: str, name: str | None) -> str:
    return f"{number} {name or ''}".strip()


def _time(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M}"


def _columns(request: Request) -> str:
    return "a plan that widens access" if request.relation == _MATRIX else ", ".join(request.columns) or _ERASES


def _rows(request: Request) -> str:
    a_day = " a day" if request.used_by != request.requester else ""
    at_most = f", {request.max_rows}{a_day} at most" if request.max_rows else ""
    if request.keys is not None:
        return f"{'key' if len(request.keys) == 1 else 'keys'} {_some(request.keys)}" + (at_most if a_day else "")
    return " and ".join(_condition(one) for one in request.predicate or ()) + at_most


def _condition(condition: dict[str, Any]) -> str:
    if "value" not in condition:
        return f"{condition['column']} is {condition['is']}"
    value = condition["value"]
    said = _some(value) if isinstance(value, list) else str(value)
    return f"{condition['column']} {condition['is']} {said}"


def _some(values: Sequence[object]) -> str:
    """The values, the first of them where there are many: --format json has all."""
    more = f" and {len(values) - _AT_MOST} more" if len(values) > _AT_MOST else ""
    return ", ".join(map(str, values[:_AT_MOST])) + more


def _next(request: Request) -> str:
    """Who decides next, and who of the staff that is."""
    if not request.step or not request.awaits:
        return ""
    role = request.awaits.get("role")
    who = f"who holds {role}" if role else "the manager of the requester"
    names = ", ".join(request.deciders or ())
    nobody = "nobody can now, so it waits, and lapses in the end"
    return f"step {request.step} is for {who}: {names or nobody}" + (" (yours)" if request.mine_to_decide else "")
