"""`pgcustsec pool` as people and schedules call it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pgcustsec.cli.pool import command
from pgcustsec.errors import NotAllowed, UsageError
from tests.integration.clients.world import Broker
from tests.integration.pool.conftest import aged, holder


def run(broker: Broker, user: str, *arguments: str) -> Result:
    result = CliRunner().invoke(command, [*arguments, "-d", broker.database.conninfo(user)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def shares(broker: Broker, *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run(broker, broker.admin, "status", *arguments, "--format", "json").stdout)
    return found


def test_a_prospect_is_claimed_and_given_back(broker: Broker) -> None:
    li = broker.login("li")
    with broker.person("li"):
        assert run(broker, li, "claim", "customer", "2").stdout.startswith("2 is yours; without progress it goes back")
        assert holder(broker, 2) == "S1"
        with pytest.raises(NotAllowed, match="no such prospect"):
            run(broker, li, "claim", "customer", "3")
        assert run(broker, li, "release", "customer", "2").stdout == "2 is in the pool again\n"
        with pytest.raises(NotAllowed, match="that you hold"):
            run(broker, li, "release", "customer", "2")


def test_status_shows_pool_and_holders_by_branch(broker: Broker) -> None:
    with broker.person("li"):
        run(broker, broker.login("li"), "claim", "customer", "2")
    aged(broker, 31, 2)
    pooled, mine = shares(broker)
    assert (pooled["branch"], pooled["staff"], pooled["in_pool"], pooled["held"]) == ("BJ", None, 1, 0)
    assert (mine["staff"], mine["held"], mine["overdue"], mine["limit"]) == ("S1", 1, 1, 200)
    assert shares(broker, "crm.customer") == [pooled, mine]
    text = run(broker, broker.admin, "status").stdout
    assert "1/200" in text and "S1 N. S1" in text
    with pytest.raises(UsageError, match=r"crm\.policy has no shared pool"):
        run(broker, broker.admin, "status", "crm.policy")
    with pytest.raises(NotAllowed):
        run(broker, broker.login("li"), "status")


def test_recycling_says_what_it_would_do_and_what_it_did(broker: Broker) -> None:
    with broker.person("li"):
        for key in ("2", "5"):
            run(broker, broker.login("li"), "claim", "customer", key)
    aged(broker, 31, 2, 5)
    assert run(broker, broker.admin, "recycle", "--dry-run").stdout == "crm.customer: 2 overdue\n"
    assert holder(broker, 2) == "S1"
    assert run(broker, broker.admin, "recycle", "--limit", "1").stdout == "crm.customer: 1 went back to the pool\n"
    done = json.loads(run(broker, broker.admin, "recycle", "crm.customer", "--format", "json").stdout)
    assert done == {"dry_run": False, "tables": {"crm.customer": 1}}
    with pytest.raises(NotAllowed):
        run(broker, broker.login("li"), "recycle")
