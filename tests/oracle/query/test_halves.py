"""
Both halves of query check say the same of the random statements: what PostgreSQL depends on, column by column, is what
was resolved here from matrix and grammar. It can see no more; what it sees less of is our caution.
"""

from __future__ import annotations

import pytest

from pgcustsec.catalog.probing import PROBED, probe
from pgcustsec.query import Checker
from pgcustsec.query.comparing import disagreements
from tests.oracle.query.watching import Watched
from tests.oracle.query.world import PEOPLE


@pytest.mark.parametrize("role", PEOPLE)
def test_postgresql_sees_no_column_that_check_does_not(watched: Watched, role: str, numbers: range) -> None:
    broker = watched.stage.broker
    checker = Checker(broker.matrix)
    compared, wrong = 0, []
    with broker.connect(broker.admin) as connection:
        for number in numbers:
            text = watched.statement(role, number).text
            [report] = checker.check(text, role)
            if report.kind not in PROBED or report.faults:
                continue
            found = probe(connection, text, [role], viewer=broker.viewer(role), group=broker.group(role))
            compared += found.refused is None
            wrong += [(number, text, one.message) for one in disagreements(report, found, broker.matrix)]
    assert wrong == []
    assert compared > 0.8 * len(numbers), "nearly all are compared"
