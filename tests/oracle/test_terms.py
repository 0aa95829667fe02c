"""Rows past their term show to nobody, and what hangs on them does not, in random worlds with random rules (4.3)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from random import Random

import pytest

from tests.cluster import Database, Server
from tests.oracle.ledger import Disagreement
from tests.oracle.model import Model, World, depth
from tests.oracle.stage import Stage, compare_view, staged
from tests.oracle.terms import FAULTS, Fault, apply_terms, with_terms
from tests.oracle.test_mutations import world_of
from tests.work import WORK

WORLDS = range(8)
#: Worlds to look for a difference in, until one has it.
MORE_WORLDS = range(30)


def compare_terms(stage: Stage) -> Counter[tuple[str, int]]:
    """Compare every view of everybody at work; return how many rows showed, and how many terms alone hid, by depth."""
    counts: Counter[tuple[str, int]] = Counter()
    endless = Model(without_terms(stage.world))
    with stage.acting() as acting:
        for login in (one for one in stage.world.logins if one.groups):
            acting.start(login.name, WORK)
            connection, at = acting.connection(login.name), acting.office.at_work(login.name)
            for role in login.groups:
                for name in stage.world.matrix.roles[role].tables:
                    table = stage.world.matrix.tables[name]
                    answer = stage.model.answer(login.name, role, table, at)
                    compare_view(connection, role, table, answer, Random(0))
                    shown = len(answer.rows)
                    steps = depth(stage.world.matrix, table)
                    counts["shown", steps] += shown
                    counts["hidden", steps] += (
                        len(endless.answer(login.name, role, endless.matrix.tables[name], at).rows) - shown
                    )
    return counts


def without_terms(world: World) -> World:
    tables = {name: replace(table, retention=()) for name, table in world.matrix.tables.items()}
    return replace(world, matrix=replace(world.matrix, tables=tables))


def on_the_same_day(world: World) -> bool:
    """Assignments and deviations end with the day: a world that saw midnight (UTC) proves nothing."""
    return datetime.now(UTC).date() == world.now.date()


def test_rows_past_their_term_show_to_nobody_nor_what_hangs_on_them(
    server: Server, installed: Database, prefix: str
) -> None:
    counts: Counter[tuple[str, int]] = Counter()
    for number in WORLDS:
        world = with_terms(world_of(number))
        if world is None:
            continue
        with staged(server, installed.name, prefix, world, apply_terms) as stage:
            try:
                counts += compare_terms(stage)
            except Disagreement as error:
                error.add_note(f"world {number} with terms: {world}")
                if on_the_same_day(world):
                    raise
    assert min(counts[what, steps] for what in ("shown", "hidden") for steps in (0, 1, 2)) > 10, counts


@pytest.mark.one_server
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_the_oracle_of_terms_disagrees_when(fault: Fault, server: Server, installed: Database, prefix: str) -> None:
    touched = 0
    for number in MORE_WORLDS:
        world = with_terms(world_of(number))
        if world is None or not would_show(fault, world):
            continue
        touched += 1
        try:
            with staged(server, installed.name, prefix, world, fault) as stage:
                compare_terms(stage)
        except Disagreement:
            return
    pytest.fail(f"nobody noticed, in {touched} worlds that it touched")


def would_show(fault: Fault, world: World) -> bool:
    """Whether the misread matrix hides other customers; what is rewritten is worth a look in every world."""
    wrong = fault.misread(world.matrix)
    if wrong == world.matrix:
        return True
    return kept(replace(world, matrix=wrong)) != kept(world) or any(
        rule.when != right.when
        for name, table in world.matrix.tables.items()
        for rule, right in zip(wrong.tables[name].retention, table.retention, strict=False)
    )


def kept(world: World) -> list[bool]:
    model = Model(world)
    return [
        model.kept_until(table, row) > world.now
        for name, table in world.matrix.tables.items()
        if table.parent is None
        for row in world.tables[name].rows
    ]
