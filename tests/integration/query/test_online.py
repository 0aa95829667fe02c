"""Query check beside a database: as an administrator, and as who holds the role (5.2.1)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pgcustsec.query import Verdict
from pgcustsec.query.online import OnlineChecker
from tests.integration.clients.world import Broker, copy

ROLE = "sales_agent"


@pytest.fixture(scope="module", params=["the administrator", "who holds the role"])
def checker(sealed_broker: Broker, request: pytest.FixtureRequest) -> Iterator[OnlineChecker]:
    user = sealed_broker.admin if request.param == "the administrator" else sealed_broker.login("li")
    with copy(sealed_broker) as broker:
        broker.execute(
            "CREATE SCHEMA app",
            "CREATE VIEW app.open AS SELECT note FROM crm.customer",
            f"GRANT USAGE ON SCHEMA app TO {broker.group(ROLE)}",
            f"GRANT SELECT ON app.open TO {broker.group(ROLE)}",
        )
        with broker.connect(user) as connection:
            yield OnlineChecker(connection, broker.matrix)


def test_what_is_in_the_database_is_followed_as_it_is(checker: OnlineChecker) -> None:
    [report] = checker.check("SELECT note FROM app.open", ROLE)
    assert [(column.verdict, column.tier) for column in report.columns] == [(Verdict.REVEALED, 2)]
    assert report.faults == []


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT name, mobile FROM customer WHERE customer_id = $1 -- the end",
        "UPDATE customer SET note = $1 WHERE customer_id = $2 RETURNING customer_id",
        "SELECT 1",
    ],
)
def test_what_the_role_may_run_passes_and_nothing_of_it_is_run(checker: OnlineChecker, statement: str) -> None:
    for _ in range(2):
        [report] = checker.check(statement, ROLE)
        assert report.faults == []


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT customer_id + '1'::text FROM customer",
        "SELECT sum(name) FROM customer",
        "SELECT name FROM customer GROUP BY status",
    ],
)
def test_what_postgresql_refuses_and_the_grammar_does_not_is_refused(checker: OnlineChecker, statement: str) -> None:
    [report] = checker.check(statement, ROLE)
    assert report.verdict is Verdict.REFUSED
    assert report.faults[0].message.startswith("PostgreSQL refuses it: ")


def test_a_scripts_own_table_is_not_asked_for(checker: OnlineChecker) -> None:
    reports = checker.check("CREATE TEMP TABLE t AS SELECT name FROM customer; SELECT name FROM t", ROLE)
    assert [report.verdict for report in reports] == [Verdict.MASKED, Verdict.MASKED]
