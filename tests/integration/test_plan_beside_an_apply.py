"""A plan that is made while somebody else applies says so, in words of ours."""

from __future__ import annotations

from typing import Any

import pytest

from pgcustsec.catalog import present
from pgcustsec.errors import Refused
from pgcustsec.migrate import apply_matrix, plan_matrix
from tests.cluster import Server
from tests.worlds import crm_world


def test_a_view_that_goes_between_listing_and_reading_is_no_fault_of_ours(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with crm_world(server) as world, world.connect(world.admin) as admin, world.connect() as other:
        apply_matrix(admin, world.matrix)
        ask = present.ask

        def meanwhile(connection: Any, name: str, **parameters: Any) -> Any:
            if name == "views":
                other.execute("DROP VIEW IF EXISTS sales_agent.customer")
            return ask(connection, name, **parameters)

        monkeypatch.setattr(present, "ask", meanwhile)
        with pytest.raises(Refused, match="somebody else changes the database meanwhile; nothing was changed"):
            plan_matrix(admin, world.matrix)
        monkeypatch.undo()
        assert plan_matrix(admin, world.matrix), "the next plan finds the view missing"
