"""Two worlds that differ in nothing but tier 1 and 2, in which the same people send the same statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import psycopg

from tests.cluster import Server
from tests.oracle.query.generator import Made, statement
from tests.oracle.query.judging import Check, Shown, Tally, compare, judge, run
from tests.oracle.query.world import PEOPLE, Stage, staged

#: Another record is opened, and every so many statements go to the one who is not at work too.
OPENED_FOR = 100
IDLE_EVERY = 5


@dataclass(frozen=True)
class Seen:
    """A statement, and what it gave here, in the other world, and to the role's other person, who is not at work."""

    number: int
    made: Made
    shown: Shown
    other: Shown | None
    idle: Shown | None


@dataclass
class Watched:
    """Both worlds of a server."""

    stage: Stage
    other: Stage
    major: int
    xml: bool

    def statement(self, role: str, number: int) -> Made:
        return statement(role, number, self.stage.broker.matrix, self.major, self.xml)

    def watch(self, role: str, numbers: Iterable[int]) -> Iterator[Seen]:
        """Run *role*'s statements of *numbers*, and yield what each gave."""
        login, idle, _ = PEOPLE[role]
        for place, number in enumerate(numbers):
            if place % OPENED_FOR == 0:
                for stage in (self.stage, self.other):
                    stage.open(role, number // OPENED_FOR)
            made = self.statement(role, number)
            yield Seen(
                number,
                made,
                run(self.stage.connection(login), made),
                None if made.writes else run(self.other.connection(login), made),
                run(self.stage.connection(idle), made) if number % IDLE_EVERY == 0 else None,
            )

    def judged(self, check: Check, role: str, seen: Iterable[Seen]) -> Tally:
        """Return what *seen* says of *check*."""
        tally = Tally()
        for one in seen:
            reports = check(one.made.text, role)
            assert len(reports) == 1, one.made.text
            report = replace(reports[0], text=f"{role} {one.number}")
            judge(tally, self.stage.canaries, report, one.made, one.shown, PEOPLE[role][2])
            if one.other:
                compare(tally, report, one.made, one.shown, one.other)
            if one.idle:
                tally.without_work(self.stage.canaries, report, one.made, one.idle)
        return tally


@contextmanager
def watching(server: Server) -> Iterator[Watched]:
    with staged(server) as stage, staged(server, other=True) as other:
        yield Watched(stage, other, server.major, _has_xml(stage))


def _has_xml(stage: Stage) -> bool:
    """Whether the server was built with libxml."""
    try:
        stage.broker.execute("SELECT xmlelement(name e)")
    except psycopg.errors.FeatureNotSupported:
        return False
    return True
