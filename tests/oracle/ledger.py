"""Which kinds of cell were compared, and which kinds there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product

from pgcustsec.matrix.model import Access, Table, Tier
from tests.oracle.model import Answer, Outcome, World, depth, scope_label

Kind = tuple[Tier, str, int, Outcome]

SCOPES = ("all", "branch", "department", "serving", "pool", "union")
DEPTHS = (0, 1, 2)
TIERS: tuple[Tier, ...] = (1, 2, 3)
OUTCOMES: tuple[Outcome, ...] = (
    "value", "masked", "closed", "hidden", "withheld", "full name", "in full", "null", "no row", "absent",
)  # fmt: skip

#: What cannot happen, and why; everything else must.
INFEASIBLE: dict[tuple[Tier, Outcome], str] = {
    (1, "value"): "no tier-1 value shows in full without a request (5.2.1): with one it is in full",
    (1, "withheld"): "tier 1 is *** outside a session as in one: closed, or hidden",
    (1, "full name"): "a name is tier 2 (3.2.2)",
    (2, "closed"): "tier 2 shows without its record being opened (5.2.2)",
    (2, "absent"): "only tier 1 can be left out of a view; a tier-2 cell is withheld as NULL",
    (3, "masked"): "tier 3 needs no mask (5.2.3)",
    (3, "closed"): "tier 3 needs no record opened (5.2.3)",
    (3, "hidden"): "tier 3 shows in every row that shows (5.2.3)",
    (3, "withheld"): "tier 3 shows without a session (5.2.3)",
    (3, "full name"): "a name is tier 2 (3.2.2)",
    (3, "in full"): "tier 3 needs no request (5.2.3)",
    (3, "absent"): "only tier 1 can be left out of a view",
}


class Disagreement(AssertionError):
    """A view, or a part of a table, that is not what the model says."""


class Ledger:
    """
    Counts of compared cells by tier, row scope, steps to the customer, and outcome.

    Outcomes: `value` as stored; `masked` a masked name, or tier 1 in an open record; `closed` tier 1 that would show so
    once opened; `hidden` tier 2 outside its scope although something is stored, or tier 1 that never shows; `withheld`
    tier 2 for want of a session; `full name` of the open record; `in full` by an approved
    request; `null` nothing stored, or tier 1 of a type that cannot
    say `***`; `no row`; `absent` no such column.
    """

    def __init__(self) -> None:
        self.cells: Counter[Kind] = Counter()
        self.refused = 0
        self.parts = 0
        self.explained = 0
        self.worlds = 0

    def count(self, world: World, access: Access, table: Table, answer: Answer) -> None:
        """Enter one compared view."""
        scope, steps = scope_label(access), depth(world.matrix, table)
        for column in table.columns.values():
            if answer.withheld:
                self.cells[column.tier, scope, steps, "no row"] += answer.withheld
            for row in answer.rows:
                outcome = row[column.name].outcome if column.name in row else "absent"
                self.cells[column.tier, scope, steps, outcome] += 1

    def missing(self) -> list[Kind]:
        """Kinds of cell that can be and were not met."""
        return [kind for kind in feasible() if not self.cells[kind]]

    @property
    def shown(self) -> int:
        """Cells read and compared one by one: what was rightly not there is not among them."""
        return sum(count for kind, count in self.cells.items() if kind[3] not in ("no row", "absent"))

    def table(self) -> str:
        """The counts as text, one line per tier, scope and depth."""
        lines = [f"{'tier scope':16}{'steps':>6}" + "".join(f"{outcome:>10}" for outcome in OUTCOMES)]
        for tier, scope, steps in product(TIERS, (*SCOPES, "none"), DEPTHS):
            counts = [self.cells[tier, scope, steps, outcome] for outcome in OUTCOMES]
            if any(counts):
                lines.append(f"{tier:<5}{scope:11}{steps:>6}" + "".join(f"{count:>10}" for count in counts))
        lines += [f"cannot be: tier {tier} {outcome}: {why}" for (tier, outcome), why in INFEASIBLE.items()]
        lines.append(
            f"{self.worlds} worlds, {self.shown} cells compared, {sum(self.cells.values()) - self.shown} cells rightly"
            f" not there, {self.refused} views refused to who lacks the role, {self.parts} partitions and children by"
            f" inheritance read by themselves, {self.explained} cells explained"
        )
        return "\n".join(lines)


def feasible() -> Iterator[Kind]:
    """Every kind of cell that can be."""
    for tier, scope, steps, outcome in product(TIERS, SCOPES, DEPTHS, OUTCOMES):
        if (tier, outcome) not in INFEASIBLE:
            yield tier, scope, steps, outcome
