"""
`broker`: a copy of the demo's broker, sealed, for one test, who have all signed; terms are worked out.

Its table of customers allows an empty status, which anonymised rows have; `as_delivered` is the demo as it is.
`parts`: a copy of the broker whose customers lie in partitions.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cluster import Server
from tests.integration.clients.world import Broker, built, copy
from tests.integration.retention.partitioned import Parts, parts_world
from tests.integration.retention.world import restamped
from tests.work import sign_for_everyone


@pytest.fixture(scope="session")
def sealed_broker(server: Server) -> Iterator[Broker]:
    with built(server) as world:
        with world.database.connect() as connection:
            sign_for_everyone(connection)
        restamped(world)
        yield world


@pytest.fixture
def as_delivered(sealed_broker: Broker) -> Iterator[Broker]:
    with copy(sealed_broker) as world:
        yield world


@pytest.fixture
def broker(as_delivered: Broker) -> Broker:
    return as_delivered


@pytest.fixture(scope="session")
def built_parts(server: Server) -> Iterator[Parts]:
    with parts_world(server) as world:
        yield world


@pytest.fixture
def parts(built_parts: Parts) -> Iterator[Parts]:
    """A copy for one test."""
    with copy(built_parts) as world:
        yield world
