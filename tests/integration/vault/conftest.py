"""The world that tests of the vault start from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cluster import Server
from tests.integration.vault.sealing import (
    apply,
    with_everything,
)
from tests.worlds import World, crm_world


@pytest.fixture
def crm(server: Server) -> Iterator[World]:
    """The broker with all kinds of sealed columns, applied and not sealed."""
    with crm_world(server) as world:
        world.execute(
            "ALTER TABLE crm.customer ADD photo bytea",
            "UPDATE crm.customer SET photo = '\\x00ff27', family = '{\"a\": [1, null]}' WHERE customer_id = 1",
            "INSERT INTO crm.customer (status, name, mobile, family) VALUES ('lost', '***', '***', 'null')",
            "INSERT INTO crm.customer (status, name, mobile) VALUES ('lost', '王*', ' 138 1234\t5678 ')",
            "INSERT INTO crm.customer (status, name, mobile, id_card) VALUES ('lost', '', 'x', 'E12345678')",
        )
        world.matrix = with_everything(world.matrix)
        apply(world)
        yield world
