"""The database agrees with a plain Python model of the policy, cell by cell, in worlds that hypothesis makes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, Phase, assume, given, seed, settings

from tests.cluster import Database, Server
from tests.oracle.conftest import DEFAULT_WORLDS
from tests.oracle.ledger import Disagreement, Ledger
from tests.oracle.model import World
from tests.oracle.stage import staged
from tests.oracle.strategies import worlds

CELLS = 100_000
EXPLAINED = 10_000


def test_every_cell_of_every_login_is_what_the_model_says(
    server: Server, installed: Database, prefix: str, world_numbers: range, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = Ledger()

    def agrees(world: World) -> None:
        with staged(server, installed.name, prefix, world) as stage:
            try:
                stage.compare(ledger)
            except Disagreement:
                # Assignments and deviations end with the day: a world that saw midnight (UTC) proves nothing.
                assume(datetime.now(UTC).date() == world.now.date())
                raise
        ledger.worlds += 1

    try:
        for number in world_numbers:
            _in_world(number, agrees, shrink=len(world_numbers) == 1)
    finally:
        with capsys.disabled():
            print(f"\n{server.name}, worlds from {world_numbers.start} on\n{ledger.table()}")
    if len(world_numbers) >= DEFAULT_WORLDS:
        assert ledger.missing() == []
        assert ledger.shown > CELLS
        assert ledger.explained > EXPLAINED


def _in_world(number: int, property_: Callable[[World], None], shrink: bool) -> None:
    """
    Hold *property_* against world *number*; with *shrink*, a failure looks for the smallest world that fails.

    One world per run of hypothesis: left to itself it makes every other world a variation of an earlier one.
    """
    once = settings(
        max_examples=1,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink) if shrink else (Phase.generate,),
    )
    try:
        seed(number)(once(given(worlds(number))(property_)))()
    except Exception as error:
        error.add_note(f"--oracle-first {number} repeats this world and looks for the smallest that fails")
        raise
