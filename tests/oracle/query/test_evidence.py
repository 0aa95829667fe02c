"""Who supervises has no view of customers, but reads what was changed about them: check says so."""

from __future__ import annotations

from pgcustsec.query import Checker
from tests.integration.clients.world import copy
from tests.oracle.query.judging import says
from tests.oracle.query.watching import Watched

HISTORY = "SELECT * FROM pgcustsec.change_history"


def test_the_history_of_changes_shows_what_check_says_of_it(watched: Watched) -> None:
    with copy(watched.stage.broker) as broker:
        broker.person("li").execute("UPDATE customer SET note = 'seen', health = 'well' WHERE customer_id = 1")
        cursor = broker.person("qin").execute(HISTORY)
        rows = cursor.fetchall()
        names = [column.name for column in cursor.description or ()]
    [report] = Checker(watched.stage.broker.matrix).check(HISTORY, "quality_inspector")
    assert [column.name for column in report.columns] == names
    seen = {
        column: watched.stage.canaries.found(str(row[place]) for row in rows)
        for place, column in enumerate(report.columns)
    }
    assert {one.column for found in seen.values() for one in found} == {"crm.customer.note", "crm.customer.health"}
    for column, found in seen.items():
        assert all(says(column, one) for one in found), column.name
