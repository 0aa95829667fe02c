"""Suspension (暂停调用权限): no row of any tier, until what was wrong is put right, and that accepted (4.2)."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import Any

import psycopg
from rich.console import RenderableType

from pgcustsec.demo import show
from pgcustsec.demo.due import hold, refused
from pgcustsec.demo.loop.office import Deed, Office
from pgcustsec.supervise import rectify, reinstate, suspend

NOT_RECTIFIED, ANOTHER_ACCEPTS = "CS602", "CS603"
REASON, RECTIFIED, ACCEPTED = "list passed on", "copy shredded, trained again", "training seen, no copy found"


def suspend_and_reinstate(office: Office) -> list[RenderableType]:
    """The supervisor suspends the agent at work; the legal officer lifts it, once it is rectified. Raises `Finding`."""
    agent = office.agent
    with closing(office.broker.at_work(agent)) as connection:
        connection.autocommit = True
        counts = _counts(office, connection)
        done: list[Deed] = [(agent, _query(office), _told(counts))]
        number, deeds = _suspend(office, connection)
        done += deeds
    with closing(office.broker.connect_as(agent)) as connection:
        done.append((agent, "the count, logged in again", _nothing(office, connection)))
    done += _put_right(office, number)
    with closing(office.broker.at_work(agent)) as connection:
        again = _counts(office, connection)
    hold("rows once it is lifted", again, counts)
    done.append((agent, "the count, in a session", _told(again)))
    return [show.deeds(done)]


def _suspend(office: Office, at_work: psycopg.Connection[Any]) -> tuple[int, list[Deed]]:
    """Suspend the agent, whose connection *at_work* is: the next statement gets nothing, and then it is ended."""
    agent, supervisor = office.agent, office.supervisor
    with office.broker.at_prompt(supervisor) as connection:
        made = suspend(connection, "person", agent.staff_id, REASON, keep_connections=True)
        sent = f"pgcustsec suspend person {agent.staff_id} --reason '{REASON}' --keep-connections"
        sessions = made.in_flight["sessions"]
        hold("sessions that the suspension interrupts", sessions, 1)
        done = [
            (supervisor, sent, f"suspension {made.number}; there was {sessions} session"),
            (agent, "the count, on the same connection", _nothing(office, at_work)),
        ]
        end = f"SELECT pgcustsec.end_connections({made.number})"
        [(ended,)] = connection.execute(end.encode()).fetchall()
        done.append((supervisor, end, f"{ended} ended"))
    try:
        at_work.execute("SELECT 1")
    except psycopg.OperationalError as error:
        done.append((agent, "SELECT 1, on the same connection", str(error).splitlines()[0]))
    hold("the connection of who is suspended", at_work.closed, True)
    office.on_record(supervisor, "suspended")
    return made.number, done


def _put_right(office: Office, number: int) -> list[Deed]:
    """What was wrong is rectified, and accepted by another supervisor: nobody else, and not before."""
    agent, supervisor, officer = office.agent, office.supervisor, office.officer
    broker = office.broker
    lifting = f"pgcustsec reinstate {number} --comment '{ACCEPTED}'"
    with (
        broker.at_prompt(agent) as by_agent,
        broker.at_prompt(supervisor) as by_supervisor,
        broker.at_prompt(officer) as by_officer,
    ):
        early = refused("reinstatement", partial(reinstate, by_officer, number, ACCEPTED), NOT_RECTIFIED)
        rectify(by_agent, number, RECTIFIED)
        same = refused("reinstatement", partial(reinstate, by_supervisor, number, ACCEPTED), ANOTHER_ACCEPTS)
        reinstate(by_officer, number, ACCEPTED)
    office.on_record(agent, "rectified")
    office.on_record(officer, "reinstated")
    return [
        (officer, lifting, early),
        (agent, f"pgcustsec rectify {number} --what '{RECTIFIED}'", "recorded"),
        (supervisor, lifting, same),
        (officer, lifting, "lifted"),
    ]


def _views(office: Office) -> list[str]:
    """What the agent's role reads, as they write it."""
    return [table.partition(".")[2] for table in office.broker.matrix.roles[office.agent.roles[0]].tables]


def _query(office: Office) -> str:
    return f"SELECT {', '.join(f'(SELECT count(*) FROM {view}) AS {view}' for view in _views(office))}"


def _counts(office: Office, connection: psycopg.Connection[Any]) -> dict[str, int]:
    [counts] = connection.execute(_query(office).encode()).fetchall()
    return dict(zip(_views(office), counts, strict=True))


def _nothing(office: Office, connection: psycopg.Connection[Any]) -> str:
    """No row of any table: of no tier, then."""
    counts = _counts(office, connection)
    hold("rows of who is suspended", set(counts.values()), {0})
    return _told(counts)


def _told(counts: dict[str, int]) -> str:
    return ", ".join(f"{view} {count:,}" for view, count in counts.items())
