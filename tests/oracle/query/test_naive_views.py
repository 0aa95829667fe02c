"""
The control: over views that mask nothing, the same statements show what check says is masked or hidden.

So the canaries are found where there are any, and that none is found over the real views is their doing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files

import psycopg
import pytest

from pgcustsec.matrix.model import Matrix
from pgcustsec.query import Checker
from pgcustsec.query.relations import relations
from tests.cluster import Database, Server
from tests.integration.clients.world import demo_matrix
from tests.oracle.query.canaries import Canaries
from tests.oracle.query.generator import statement
from tests.oracle.query.judging import Tally, judge, run
from tests.oracle.query.world import CUSTOMERS, PEOPLE, rows

STATEMENTS = 300


@pytest.fixture
def naive(server: Server, database: Database) -> Iterator[tuple[psycopg.Connection[tuple[object, ...]], Canaries]]:
    """A connection to the demo's tables as they are before anything is sealed, with views for each role over them."""
    canaries, matrix = Canaries(), demo_matrix("none_")
    tables = files("pgcustsec.demo").joinpath("schema.sql").read_text(encoding="utf-8")
    with database.connect() as connection:
        connection.execute(f"CREATE SCHEMA crm; {tables}; {rows(canaries, 0)}".encode())
        for role in PEOPLE:
            connection.execute(_views(matrix, role).encode())
        yield connection, canaries


def _views(matrix: Matrix, role: str) -> str:
    script = [f"CREATE SCHEMA {role}"]
    for relation in relations(matrix, matrix.roles[role]).known.values():
        if relation.table and not relation.refused:
            script.append(f"CREATE VIEW {relation.name} AS SELECT {', '.join(relation.columns)} FROM {relation.table}")
    return ";".join(script)


@pytest.mark.parametrize("role", PEOPLE)
def test_views_that_mask_nothing_show_every_column_that_check_calls_masked_or_hidden(
    naive: tuple[psycopg.Connection[tuple[object, ...]], Canaries], role: str
) -> None:
    connection, canaries = naive
    matrix = demo_matrix("none_")
    check = Checker(matrix).check
    connection.execute(f"SET search_path = {role}; SET statement_timeout = '3s'".encode())
    tally = Tally()
    everybody = frozenset(range(1, len(CUSTOMERS) + 1))
    for number in range(STATEMENTS):
        made = statement(role, number, matrix, connection.info.server_version // 10000, xml=False)
        # Here nothing is forbidden, so that all is taken back.
        shown = run(connection, replace(made, writes=True))
        judge(tally, canaries, check(made.text, role)[0], made, shown, everybody)
    own = [found for found in relations(matrix, matrix.roles[role]).known.values() if found.table and not found.refused]
    sources = [flow.source for found in own for reach in found.columns.values() for flow in reach.values]
    guarded = {source.name for source in sources if source.tier < 3 and source.shown != "full"}
    assert tally.lost == guarded
    assert len(tally.unsound) > STATEMENTS / 20
