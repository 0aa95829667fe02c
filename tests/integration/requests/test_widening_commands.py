"""Widening over the command line: plan prints the digest, request file takes it, apply spends it (5.2.5)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from click.testing import CliRunner

from pgcustsec.cli import main
from pgcustsec.errors import Refused, UsageError
from pgcustsec.matrix.model import Matrix
from pgcustsec.migrate import apply_matrix
from tests.attack.test_widening import KIND, wider
from tests.cluster import Server
from tests.worlds import World, crm_world


@pytest.fixture
def world(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The rule is applied; the file on the command line says more for sales agents."""
    with crm_world(server) as made:
        made.matrix = replace(made.matrix, requests={"widening": KIND})
        with made.connect(made.admin) as connection:
            apply_matrix(connection, made.matrix)
        monkeypatch.setattr("pgcustsec.matrix.load.load", lambda _: matrix(made))
        yield made


def matrix(world: World) -> Matrix:
    return wider(world.matrix)


def run(world: World, login: str, *arguments: str) -> str:
    done = CliRunner().invoke(
        main, [*arguments, "-d", world.database.conninfo(f"{world.prefix}{login}")], standalone_mode=False
    )
    if done.exception:
        raise done.exception
    return done.stdout


def test_from_the_plan_to_the_apply(world: World) -> None:
    planned = run(world, "dba", "plan", "--live", "-v")
    found = re.search(r"request file KIND --widening ([0-9a-f]{64}) ", planned)
    assert found
    assert "      rows:   pool + serving -> branch + pool + serving" in planned
    assert "2 staff see more of this, in " in planned
    given = json.loads(run(world, "dba", "plan", "--live", "--format", "json"))
    assert given["widening"] == found[1]
    assert next(one for one in given["live"] if one["table"] == "crm.customer")["staff"] == [
        ["S1", "N. S1"],
        ["S2", "N. S2"],
    ]
    with pytest.raises(Refused) as refused:
        run(world, "dba", "apply", "--yes")
    assert refused.value.exit_code == 4
    assert found[1] in (refused.value.hint or "")

    filed = run(world, "sun", "request", "file", "widening", "--widening", found[1], "--purpose", "work", "--days", "3")
    assert "a plan that widens access" in filed
    run(world, "zhao", "request", "approve", "1", "--comment", "minute 7")
    assert "applied: " in run(world, "dba", "apply", "--yes")
    assert "1, widening: applied" in run(world, "sun", "request", "show", "1")
    assert "as the matrix says: nothing to do" in run(world, "dba", "plan")


def test_a_request_names_a_table_or_a_plan_and_not_both(world: World) -> None:
    for arguments in (
        ("file", "widening", "--purpose", "work", "--days", "3", "--key", "1"),
        ("file", "widening", "crm.customer", "--widening", "ab", "--purpose", "work", "--days", "3"),
    ):
        with pytest.raises(UsageError):
            run(world, "sun", "request", *arguments)
