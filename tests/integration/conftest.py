"""Worlds that a module's tests share. Leave them as they are: work inside `undone`, or make one of your own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pgcustsec.migrate import apply_matrix
from tests.cluster import Server
from tests.worlds import World, crm_world, odd_world


@pytest.fixture(scope="module")
def crm(server: Server) -> Iterator[World]:
    """The small broker with its matrix applied by the administrator."""
    with crm_world(server) as world:
        _apply(world)
        yield world


@pytest.fixture(scope="module")
def odd(server: Server) -> Iterator[World]:
    """The unusual tables with their matrix applied by the administrator."""
    with odd_world(server) as world:
        _apply(world)
        yield world


def _apply(world: World) -> None:
    with world.connect(world.admin) as connection:
        apply_matrix(connection, world.matrix)
