"""
`office`    the broker with applications and agents who come over them alone: a copy for one test
`pooled`    another, for the tests of one file, and a PgBouncer in front of it: four connections for everybody
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cluster import Server
from tests.integration.applications.pooler import Pooled, pgbouncer
from tests.integration.applications.world import Office, built, copy


@pytest.fixture(scope="session")
def whole_office(server: Server) -> Iterator[Office]:
    with built(server) as made:
        yield made


@pytest.fixture
def office(whole_office: Office) -> Iterator[Office]:
    with copy(whole_office) as made:
        yield made


@pytest.fixture(scope="module")
def pooled(whole_office: Office) -> Iterator[Pooled]:
    with copy(whole_office) as made, pgbouncer(made, servers=4) as front:
        yield front
