"""The way back: every byte returns to the table, whatever stops it on its way."""

from __future__ import annotations

from typing import Any

import pytest

from pgcustsec.errors import Refused
from pgcustsec.migrate import apply_matrix, plan_matrix
from pgcustsec.vault import seal, status, unseal
from tests.integration.vault.sealing import (
    CUSTOMERS,
    true_values,
)
from tests.worlds import World


def test_unsealing_brings_every_byte_back_and_the_views_mask_on(crm: World) -> None:
    with crm.connect() as connection:
        before = true_values(connection)
        seen = crm.read("li", "SELECT name, mobile FROM sales_agent.customer ORDER BY customer_id")
    with crm.connect(crm.admin) as admin:
        seal(admin, crm.matrix)
        done = unseal(admin, crm.matrix, CUSTOMERS, batch=2)
        assert (done.rows, done.unique) == (7, ("id_card",))
    with crm.connect() as connection:
        assert true_values(connection) == before
        assert connection.execute('SELECT count(*) FROM pgcustsec_vault."crm.customer"').fetchone() == (0,)
    assert crm.read("li", "SELECT name, mobile FROM sales_agent.customer ORDER BY customer_id") == seen
    with crm.connect(crm.admin) as admin:
        assert {s.object.split()[0] for s in plan_matrix(admin, crm.matrix).statements} == {"check"}
        apply_matrix(admin, crm.matrix)
        seal(admin, crm.matrix)
        assert status(admin, crm.matrix).is_sealed


def test_views_mask_names_when_the_first_true_value_comes_back(crm: World) -> None:
    with crm.connect(crm.admin) as admin:
        seal(admin, crm.matrix)
        seen: list[Any] = []
        unseal(
            admin,
            crm.matrix,
            CUSTOMERS,
            batch=1,
            progress=lambda *_: seen.extend(crm.read("li", "SELECT name FROM sales_agent.customer")),
        )
    assert seen
    assert not {("王小明",), ("李雷",)} & set(seen)


def test_an_unsealing_that_was_stopped_goes_on(crm: World) -> None:
    with crm.connect() as connection:
        before = true_values(connection)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with crm.connect(crm.admin) as admin:
        seal(admin, crm.matrix)
        with pytest.raises(KeyboardInterrupt):
            unseal(admin, crm.matrix, CUSTOMERS, batch=2, progress=stop)
        with pytest.raises(Refused, match="not applied"):
            seal(admin, crm.matrix)
        unseal(admin, crm.matrix, CUSTOMERS)
    with crm.connect() as connection:
        assert true_values(connection) == before
