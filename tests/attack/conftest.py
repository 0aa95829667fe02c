"""
Fixtures of the attacks. The attacker is a login with the least rights, and sends any SQL it likes.

`world`     the database under attack, one a server and test process; nothing in it may change
`attacker`  agent A1, logged in there: serves customers 1 to 10, 11 by assignment, 121 in the inheritance child
`maker`     agent E1, who serves nobody and may, by somebody's mistake, make temporary objects and has a schema `evil`
`own_world` a copy of the world for one test, for attacks that leave something behind that others would stumble over
`module_world`   a copy for the tests of one file, which put back what the next one counts on
`meddled_world`  such a copy in which somebody has let logins into groups by hand: T1 into every one, and a stranger;
            roles are the cluster's, so at the end apply takes it back for all copies
`sealed_world`    another one, for record access: sealed, with budgets that are soon spent; nothing in it may change
`opened`    a copy of that for the tests of one file; each finds budgets whole and nothing open
`agent`     A1, logged in there and in a session
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pgcustsec.migrate import apply_matrix
from tests.attack.opened_world import fresh, opened_world
from tests.attack.world import Attacker, World, built, matrix
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


@pytest.fixture(scope="module")
def module_world(world: World) -> Iterator[World]:
    with world.copy() as copy:
        yield copy


@pytest.fixture(scope="module")
def meddled_world(world: World) -> Iterator[World]:
    with world.copy() as copy:
        copy.execute("GRANT {p}agent, {p}clerk, {p}analyst TO {p}t1", "GRANT {p}agent TO {p}stranger")
        yield copy
        with copy.database.connect() as connection:
            apply_matrix(connection, matrix(copy.prefix))


@pytest.fixture(scope="session")
def sealed_world(server: Server) -> Iterator[World]:
    with opened_world(server) as made:
        yield made


@pytest.fixture(scope="module")
def _opened_copy(sealed_world: World) -> Iterator[World]:
    with sealed_world.copy() as copy:
        yield copy


@pytest.fixture
def opened(_opened_copy: World) -> World:
    fresh(_opened_copy)
    return _opened_copy


@pytest.fixture
def agent(opened: World) -> Iterator[Attacker]:
    with opened.attacker("A1", options="-c statement_timeout=20s") as attacker:
        yield attacker
