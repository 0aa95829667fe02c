"""The oracle sees: each of these faults in what is compiled makes it disagree with the database."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from pgcustsec.matrix.model import Matrix
from tests.cluster import Database, Server
from tests.oracle.ledger import Disagreement, Ledger
from tests.oracle.model import Model, World
from tests.oracle.mutations import MUTATIONS, Misreading, NothingToMutate, Rewriting
from tests.oracle.stage import staged
from tests.oracle.strategies import worlds

#: Worlds to look for a difference in, until one has it; the oracle itself has more.
WORLDS = range(36)
#: In which world a fault that shows in few was seen: looked at first, and no more than that.
SEEN_IN = {
    "an uncommitted record counts": 2,
    "a search asks for no scope": 3,
    "only the first that serves counts": 3,
    "a lapsed record counts": 4,
    "managers are forgotten": 4,
    "an uncommitted session counts": 5,
    "assignments do not count": 5,
    "children open without the rule": 5,
    "the open record's neighbour shows": 7,
    "an ended session counts": 8,
    "a lapsed session counts": 9,
    "names show past their deviation": 9,
    "direct managers are taken for the chain": 10,
}


@pytest.mark.one_server
@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_the_oracle_disagrees_when(
    mutation: Misreading | Rewriting, server: Server, installed: Database, prefix: str
) -> None:
    touched = 0
    for number in (SEEN_IN.get(mutation.name, WORLDS.start), *WORLDS):
        world = world_of(number)
        if isinstance(mutation, Misreading):
            if not _would_show(mutation, world):
                continue
            # A wrong matrix would seal other columns, or none: that alone would be noticed.
            world = replace(world, sealed=frozenset())
        try:
            with staged(server, installed.name, prefix, world, mutation) as stage:
                touched += 1
                stage.compare(Ledger())
        except NothingToMutate:
            continue
        except Disagreement:
            return
    pytest.fail(f"nobody noticed, in {touched} worlds that it touched")


def _would_show(mutation: Misreading, world: World) -> bool:
    """
    Whether anybody in *world* would see anything else if the matrix said what it is misread as.

    The model does not read the pool's SQL, so a misread pool is always worth a look; and so is what shows only with a
    session or an open record.
    """
    wrong = mutation.misread(world.matrix)
    if _at_work(wrong) != _at_work(world.matrix):
        return True
    if any(wrong.tables[name].pool != table.pool for name, table in world.matrix.tables.items()):
        return True
    return _answers(replace(world, matrix=wrong)) != _answers(world)


def _at_work(matrix: Matrix) -> object:
    """What nobody sees anything of before a session is started or a record opened."""
    names = [access.names for role in matrix.roles.values() for access in role.tables.values()]
    ends = [deviation for deviation in matrix.deviations if deviation.allows == "names"]
    return matrix.record_access, matrix.purposes, names, ends


def _answers(world: World) -> list[object]:
    model = Model(world)
    return [
        (answer.columns, answer.rows)
        for login in world.logins
        for role in login.groups
        for table in world.matrix.roles[role].tables
        for answer in [model.answer(login.name, role, world.matrix.tables[table])]
    ]


def world_of(number: int) -> World:
    """The world that the oracle knows by *number*."""
    made: list[World] = []
    once = settings(max_examples=1, suppress_health_check=list(HealthCheck), phases=(Phase.generate,))

    def keep(world: World) -> None:
        made.append(world)

    seed(number)(once(given(worlds(number))(keep)))()
    return made[-1]
