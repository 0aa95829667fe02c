"""
`broker`: a copy of the demo's broker, sealed, for one test. li serves customers 1 and 4; chen, in service, too.

All have signed their agreements.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cluster import Server
from tests.integration.clients.world import Broker, built, copy
from tests.work import sign_for_everyone


@pytest.fixture(scope="session")
def sealed_broker(server: Server) -> Iterator[Broker]:
    with built(server) as world:
        yield world


@pytest.fixture
def broker(sealed_broker: Broker) -> Iterator[Broker]:
    with copy(sealed_broker) as world:
        with world.database.connect() as connection:
            sign_for_everyone(connection)
        yield world
