"""
`broker`: a copy of the demo's broker, sealed, for one test, who have all signed.

li, wang (sales), chen (service), sun (data) and ouyang (custodian) file; zhao manages li and wang, luo is legal, qin
supervises.
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


@pytest.fixture
def application(broker: Broker) -> Iterator[str]:
    """The login of application crm_web, which speaks for agents and managers. Roles are the cluster's: it ends here."""
    name = broker.login("crm_web")
    groups = ", ".join(broker.group(role) for role in ("sales_agent", "sales_manager"))
    broker.execute(f"CREATE ROLE {name} LOGIN", f"GRANT {groups} TO {name}")
    try:
        yield name
    finally:
        broker.execute(f"DROP OWNED BY {name}", f"DROP ROLE {name}")
