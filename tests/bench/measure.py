"""How things are timed: two ways to the same rows in turn, A B A B ..., in one run, and the ratio of their medians."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Measured:
    """
    One line of the bench: *ratio* is view against raw table, *reach* the bound it has to keep, both without unit.

    `raw` holds the figures behind it, in milliseconds, seconds or transactions a second, as `unit` says.
    """

    name: str
    ratio: float
    reach: float
    bound: Literal["at most", "at least"]
    unit: Literal["ms", "tps", "s"]
    raw: dict[str, list[float]] = field(default_factory=dict)

    @property
    def reached(self) -> bool:
        return self.ratio <= self.reach if self.bound == "at most" else self.ratio >= self.reach

    def to_json(self, server: str) -> dict[str, object]:
        return {**asdict(self), "reached": self.reached, "server": server}


def milliseconds(work: Callable[[], object]) -> float:
    """Return how long *work* took."""
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


def in_turn(
    name: str,
    raw: Callable[[], object],
    view: Callable[[], object],
    *,
    reach: float,
    rounds: int,
    between: Callable[[], object] = lambda: None,
) -> Measured:
    """Time *raw* and *view* in turn, *rounds* times after one that does not count; *between* runs after each turn."""
    raw(), view(), between()
    pairs = []
    for _ in range(rounds):
        pairs.append((milliseconds(raw), milliseconds(view)))
        between()
    figures = {"raw": [round(a, 3) for a, _ in pairs], "view": [round(b, 3) for _, b in pairs]}
    ratio = statistics.median(figures["view"]) / statistics.median(figures["raw"])
    return Measured(name, round(ratio, 3), reach, "at most", "ms", figures)
