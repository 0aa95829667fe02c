"""The world under attack is as the attacks think: people see what is theirs, so "nothing" elsewhere means something."""

from __future__ import annotations

import pytest

from tests.attack.world import World


@pytest.mark.parametrize("person", ["A1", "A2", "M1", "T1", "L1", "E1"])
def test_an_agent_sees_exactly_what_the_attacks_hold_them_entitled_to(world: World, person: str) -> None:
    with world.attacker(person) as agent:
        assert agent.send("SELECT * FROM agent.customer").marks == agent.may_see


def test_a_clerk_sees_the_branch_and_an_analyst_everybody_in_tier_3_alone(world: World) -> None:
    for person, view in (("C1", "clerk.customer"), ("N1", "analyst.customer")):
        with world.attacker(person) as reader:
            assert reader.send(f"SELECT * FROM {view}").marks == reader.may_see
