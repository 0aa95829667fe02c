"""
`broker`: a copy of the demo's broker, sealed, for one test; everybody has signed, C1 serves and has M1 for a manager.

Customers 1001 to 1010 are C1's and S1's: nothing of theirs runs any more, and everything of theirs says whose it is.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cluster import Server
from tests.integration.clients.world import Broker, built, copy
from tests.integration.retention.world import more, restamped
from tests.work import sign_for_everyone


@pytest.fixture(scope="session")
def broker_of_wishes(server: Server) -> Iterator[Broker]:
    with built(server) as world:
        world.execute("UPDATE pgcustsec_internal.staff SET manager_id = 'M1' WHERE staff_id = 'C1'")
        with world.database.connect() as connection:
            sign_for_everyone(connection)
        more(world, 1001, 1010, status="customer", contact="2026-10-01", ends="2026-09-30")
        restamped(world)
        yield world


@pytest.fixture
def broker(broker_of_wishes: Broker) -> Iterator[Broker]:
    with copy(broker_of_wishes) as world:
        yield world
