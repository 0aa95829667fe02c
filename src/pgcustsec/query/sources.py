"""Where a value comes from, and what of it goes into an expression: the values that are carried about in resolving."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from pgcustsec.matrix.model import Mark, Tier

#: What the role's view shows of a column: its value, a masked form (of one record at a time), or `***` and NULL alone.
Shown = Literal["full", "masked", "never"]


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A column of a table of the matrix as a role reads it. One value a role and column: compared by identity."""

    table: str
    column: str
    tier: Tier
    kind: str | None
    shown: Shown
    #: The matrix line of the column.
    mark: Mark

    @property
    def name(self) -> str:
        return f"{self.table}.{self.column}"

    @property
    def is_customers(self) -> bool:
        """Whether something of tier 1 or 2 shows at all."""
        return self.tier < 3 and self.shown != "never"


class Flow(NamedTuple):
    """That a column flows into an expression, by way of `path`: names of views, CTEs, subqueries, functions."""

    source: Source
    path: tuple[str, ...]


Flows = frozenset[Flow]
NO_FLOWS: Flows = frozenset()
#: Paths longer than this are cut: recursive queries go round.
LONGEST_PATH = 12


class Reach(NamedTuple):
    """
    What an expression reaches: `values` could be read off its result; `hints` have a say in it without showing.

    `opaque` are reasons why nobody can say beforehand what else is in it.
    """

    values: Flows = NO_FLOWS
    hints: Flows = NO_FLOWS
    opaque: frozenset[str] = frozenset()

    def also(self, other: Reach) -> Reach:
        """This and *other* together."""
        if other is NOTHING or other == NOTHING:
            return self
        if self is NOTHING:
            return other
        return Reach(self.values | other.values, self.hints | other.hints, self.opaque | other.opaque)

    def hinted(self) -> Reach:
        """What is left of it in a yes or no, a number of rows, an order."""
        return Reach(NO_FLOWS, self.values | self.hints, self.opaque) if self.values else self

    def by_way_of(self, name: str) -> Reach:
        """The same, come through *name*."""
        return Reach(_through(self.values, name), _through(self.hints, name), self.opaque)


NOTHING = Reach()


def together(reaches: list[Reach]) -> Reach:
    """All of *reaches* in one."""
    if len(reaches) == 1:
        return reaches[0]
    found = NOTHING
    for reach in reaches:
        found = found.also(reach)
    return found


def _through(flows: Flows, name: str) -> Flows:
    if not flows:
        return flows
    return frozenset(
        flow if name in flow.path or len(flow.path) >= LONGEST_PATH else Flow(flow.source, (name, *flow.path))
        for flow in flows
    )
