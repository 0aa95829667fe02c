"""
Several people at work at once: every step is done or refused as the model says, and every view follows.

A seeded walk: sessions, openings, searches, in transactions that commit or not, terms that pass, and budgets so small
that they run out.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from pgcustsec.matrix.model import RecordAccess
from tests.cluster import Database, Server
from tests.oracle.acting import REASON, Acting
from tests.oracle.ledger import Disagreement
from tests.oracle.model import World, key_of
from tests.oracle.mutations import AT_WORK, Rewriting
from tests.oracle.stage import Stage, compare_view, staged
from tests.oracle.test_mutations import world_of

WORLDS = range(1000, 1016)
STEPS = 120


def test_every_step_of_people_at_work_does_what_the_model_says(
    server: Server, installed: Database, prefix: str
) -> None:
    refused = 0
    for number in WORLDS:
        world = with_small_budgets(world_of(number), Random(number))
        with staged(server, installed.name, prefix, world) as stage, stage.acting() as acting:
            try:
                refused += _walk(stage, acting, Random(number))
            except AssertionError as error:
                error.add_note(f"in world {number}:\n{world}")
                raise
    assert refused > len(WORLDS), "budgets hardly ever ran out"


def with_small_budgets(world: World, random: Random) -> World:
    """The same world, with budgets of 1 to 6; some roles have their own, and their own children that open."""
    matrix = world.matrix
    small = replace(matrix.record_access, openings_per_day=random.randint(4, 6), customers_per_day=random.randint(1, 4))
    own = RecordAccess(openings_per_day=random.randint(1, 6), customers_per_day=random.randint(1, 3))
    roles = {
        name: replace(role, record_access=own) if random.random() < 0.3 else role for name, role in matrix.roles.items()
    }
    return replace(world, matrix=replace(matrix, record_access=small, roles=roles))


def _walk(stage: Stage, acting: Acting, random: Random) -> int:
    """Take the steps, look after each; return how many were refused for want of budget."""
    people = [login.name for login in stage.world.logins if login.groups]
    for login in people:
        acting.start(login, "work")
    for _ in range(STEPS):
        login = random.choice(people)
        _step(acting, login, random)
        for one in {login, random.choice(people)}:
            _look(acting, one, random)
    for login in people:
        if login in acting.office.within:
            acting.commit(login)
    acting.compare_evidence()
    return acting.spent_out


def _step(acting: Acting, login: str, random: Random) -> None:
    within = login in acting.office.within
    what = random.choice(_WITHIN if within else _ALONE)
    accesses = acting.accesses(login)
    opening = [(role, table) for role, table in accesses if acting.office.opens(role, table)]
    role, table = random.choice(opening if opening and random.random() < 0.8 else accesses or [("", None)])
    if what in ("begin", "commit", "rollback"):
        getattr(acting, what)(login)
    elif what == "start":
        acting.start(login, acting.purpose())
    elif what in ("end", "lapse_session", "lapse_records", "search"):
        getattr(acting, what)(login)
    elif table is not None and what == "close":
        acting.close(login, role, table)
    elif table is not None:
        seen, unseen = acting.records(login, role, table)
        rows = unseen if what == "open unseen" else seen
        reason = random.choice(["", "  ", "***"]) if what == "open without reason" else REASON
        if rows:
            acting.open(login, role, table, key_of(table, random.choice(rows)), reason)


def _look(acting: Acting, login: str, random: Random) -> None:
    accesses = acting.accesses(login)
    if accesses:
        role, table = random.choice(accesses)
        answer = acting.model.answer(login, role, table, acting.office.at_work(login))
        compare_view(acting.connection(login), role, table, answer, random)


_COMMON = ["open"] * 8 + ["start", "end", "close", "search", "search", "open unseen", "open without reason"]
_ALONE = [*_COMMON, "open", "open", "open", "open", "begin", "begin", "begin", "lapse_session", "lapse_records"]
_WITHIN = [*_COMMON, "commit", "commit", "commit", "rollback", "rollback", "rollback"]


@pytest.mark.one_server
@pytest.mark.parametrize("fault", AT_WORK, ids=lambda fault: fault.name)
def test_the_walk_disagrees_when(fault: Rewriting, server: Server, installed: Database, prefix: str) -> None:
    for number in WORLDS:
        world = with_small_budgets(world_of(number), Random(number))
        with staged(server, installed.name, prefix, world, fault) as stage, stage.acting() as acting:
            try:
                _walk(stage, acting, Random(number))
            except Disagreement:
                return
    pytest.fail("nobody noticed")
