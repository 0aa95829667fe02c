"""A special application (专项事务申请): one column of one record in full, once two others have approved it (5.2.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from functools import partial
from typing import Any

import psycopg
from rich.console import RenderableType

from pgcustsec.demo import show
from pgcustsec.demo.due import hold, refused
from pgcustsec.demo.loop.office import KIND, PURPOSE, Deed, Office
from pgcustsec.demo.reasons import TABLE
from pgcustsec.requests import decide_request, file_request

OWN_REQUEST, OUT_OF_TURN = "CS303", "CS305"

_Records = Mapping[int, Mapping[str, Any]]


def open_in_full(office: Office, keys: Sequence[int]) -> tuple[int, list[RenderableType]]:
    """
    The agent asks for the phones of two customers, *keys*, and opens the first; return the request, and what to show.

    Raises `Finding`.
    """
    [key, other] = keys
    with office.broker.at_prompt(office.agent) as connection:
        number = file_request(connection, KIND, PURPOSE, TABLE, ["mobile"], keys=[str(key), str(other)], days=7)
        done = [office.filed(connection, number, f"--column mobile --key {key} --key {other} --days 7")]
    done += [*_refusals(office, number), *office.approved(number, "two renewals")]
    with closing(office.broker.at_work(office.agent)) as connection:
        connection.autocommit = True
        before = _records(office, connection, keys)
        sent = f"SELECT pgcustsec.open_full({number}, '{key}')"
        [(until,)] = connection.execute(sent.encode()).fetchall()
        done.append((office.agent, sent, f"until {until:%H:%M} UTC"))
        after = _records(office, connection, keys)
    office.on_record(office.agent, "record_opened")
    _compare(office, keys, before, after)
    shown = [
        show.deeds(done),
        show.openings(keys, [("in a session", before), (f"#{key} open by request {number}", after)]),
        show.line(
            f"mobile of #{key} is what the vault has; what the request does not name is masked, and #{other} not open"
        ),
    ]
    return number, shown


def _refusals(office: Office, number: int) -> list[Deed]:
    """Who asks does not decide, and nobody decides before their turn."""
    done = []
    for person, sqlstate in ((office.agent, OWN_REQUEST), (office.officer, OUT_OF_TURN)):
        with office.broker.at_prompt(person) as connection:
            approve = partial(decide_request, connection, number, "approve", "urgent")
            said = refused(f"request {number} approved by {person.staff_id}", approve, sqlstate)
        done.append((person, f"pgcustsec request approve {number} --comment urgent", said))
    return done


def _sensitive(office: Office) -> list[str]:
    """The columns of tier 1, and the name, which is masked like them."""
    return [column.name for column in office.broker.matrix.tables[TABLE].columns.values()
            if column.tier == 1 or column.is_name]  # fmt: skip


def _records(office: Office, connection: psycopg.Connection[Any], keys: Sequence[int]) -> _Records:
    names = _sensitive(office)
    cursor = connection.execute(
        f"SELECT customer_id, {', '.join(names)} FROM customer WHERE customer_id = ANY (%s)".encode(), [list(keys)]
    )
    return {key: dict(zip(names, values, strict=True)) for key, *values in cursor}


def _compare(office: Office, keys: Sequence[int], before: _Records, after: _Records) -> None:
    """Nothing of tier 1 before; then the phone that was asked for in full, and the rest masked as in the table."""
    [key, other] = keys
    stored, true = office.broker.stored([key])[key], office.broker.true_values([key])[key]
    for name in _sensitive(office):
        is_name = office.broker.matrix.tables[TABLE].columns[name].is_name
        hold(f"customer {key}, {name} before", before[key][name], stored[name] if is_name else "***")
        hold(f"customer {key}, {name} by request", after[key][name], (true if name == "mobile" else stored)[name])
    hold(f"customer {other}, who is not open", after[other], before[other])
