"""The hammer for a few seconds, and the control that it finds what it is there to find."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pgcustsec.demo.broker import Broker
from tests.scenario.hammer import Chaos, broker, hammer, sabotage

BRIEF = Chaos(seconds=6, connections=5, rollbacks=20, kills=4, reads=200)


@pytest.fixture(scope="module")
def made() -> Iterator[Broker]:
    with broker(customers=600) as one:
        yield one


def test_nobody_sees_what_is_not_recorded_whatever_dies(made: Broker) -> None:
    outcome = hammer(made, BRIEF)
    assert outcome.missing == []
    assert outcome.too_little == [], outcome.counts
    assert outcome.counts["error CS204"], "somebody has run into their budget"


def test_the_hammer_finds_an_opening_that_counts_before_it_is_committed(made: Broker) -> None:
    """Runs after the other, on the same server: the control breaks it for good."""
    sabotage(made)
    outcome = hammer(made, BRIEF, seed=2)
    assert outcome.missing
