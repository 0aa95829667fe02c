"""For one test each: `broker`, a sealed copy of the broker whose roles write, and `unsealed`, one not sealed yet."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cluster import Server
from tests.integration.writes.world import Broker, built, copy


@pytest.fixture(scope="session")
def _sealed(server: Server) -> Iterator[Broker]:
    with built(server) as world:
        yield world


@pytest.fixture(scope="session")
def _raw(server: Server) -> Iterator[Broker]:
    with built(server, sealed=False) as world:
        yield world


@pytest.fixture
def broker(_sealed: Broker) -> Iterator[Broker]:
    with copy(_sealed) as world:
        yield world


@pytest.fixture
def unsealed(_raw: Broker) -> Iterator[Broker]:
    with copy(_raw) as world:
        yield world
