"""
Fixtures of the attacks. The attacker is a login with the least rights, and sends any SQL it likes.

`world`     the database under attack, one a server and test process; nothing in it may change
`attacker`  agent A1, logged in there: serves customers 1 to 10, 11 by assignment, 121 in the inheritance child
`maker`     agent E1, who serves nobody and may, by somebody's mistake, make temporary objects and has a schema `evil`
`own_world` a copy of the world for one test, for attacks that leave something behind
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.attack.world import Attacker, World, built
from tests.cluster import Server


@pytest.fixture(scope="session")
def world(server: Server) -> Iterator[World]:
    with built(server) as made:
        yield made


@pytest.fixture
def attacker(world: World) -> Iterator[Attacker]:
    with world.attacker("A1") as attacker:
        yield attacker


@pytest.fixture
def maker(world: World) -> Iterator[Attacker]:
    with world.attacker("E1") as attacker:
        yield attacker


@pytest.fixture
def own_world(world: World) -> Iterator[World]:
    with world.copy() as copy:
        yield copy
