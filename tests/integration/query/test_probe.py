# ruff: noqa: E501 - a statement of SQL reads best on its line
"""What PostgreSQL itself says of a statement, and that both halves of query check say the same (5.2.1)."""

from __future__ import annotations

import pytest

from pgcustsec.catalog.probing import Probe, probe
from pgcustsec.query import Checker, Verdict
from pgcustsec.query.comparing import agree, disagreements
from tests.integration.clients.world import Broker

ROLE = "sales_agent"


def probed(broker: Broker, statement: str, role: str = ROLE) -> Probe:
    with broker.connect(broker.admin) as connection:
        return probe(connection, statement, [role], viewer=broker.viewer(role), group=broker.group(role))


def test_postgresql_says_which_columns_a_statement_reads_wherever_they_stand(sealed_broker: Broker) -> None:
    found = probed(
        sealed_broker,
        "WITH a AS (SELECT name, note AS n FROM customer WHERE mobile = $1) SELECT upper(n) FROM a ORDER BY name -- end",
    )
    assert found.refused is None
    assert found.columns == {(ROLE, "customer", column) for column in ("name", "note", "mobile")}


def test_nothing_is_left_of_it(sealed_broker: Broker) -> None:
    probed(sealed_broker, "SELECT 1")
    assert sealed_broker.rows("SELECT proname FROM pg_proc WHERE proname = 'pgcustsec_probe'") == []


REFUSED = {
    "no such column": ("SELECT nope FROM customer", 'column "nope" does not exist'),
    "the table itself": ("SELECT customer_id FROM crm.customer", "may not use crm.customer"),
    "another role's view": ("SELECT customer_id FROM sales_manager.customer", "relation"),
    "what only the viewer may call": ("SELECT * FROM pgcustsec_internal.asker", "may not use pgcustsec_internal.asker"),
    "a type that does not fit": ("SELECT customer_id + 'x'::text FROM customer", "operator does not exist"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_postgresql_refuses_is_said_in_its_words(sealed_broker: Broker, what: str) -> None:
    statement, words = REFUSED[what]
    found = probed(sealed_broker, statement)
    assert found.refused is not None
    assert words in found.refused or "permission denied" in found.refused


STATEMENTS = (
    "SELECT * FROM customer",
    "SELECT c.*, p.product FROM customer AS c JOIN policy AS p USING (customer_id) WHERE p.premium > 10",
    "SELECT (c).note, (c).*, c.name FROM customer AS c",
    "SELECT note(c) FROM customer AS c",
    "SELECT a.x FROM (SELECT name AS x, note FROM customer) AS a WHERE a.note IS NOT NULL",
    "WITH RECURSIVE up (n, v) AS (SELECT 1, health FROM customer UNION ALL SELECT n + 1, v FROM up WHERE n < 3) SELECT v FROM up",
    "SELECT gender, count(*) FILTER (WHERE health = 'well') FROM customer GROUP BY ROLLUP (gender, branch_code)",
    "SELECT rank() OVER (PARTITION BY branch_code ORDER BY annual_income) FROM customer",
    "SELECT (SELECT max(p.product) FROM policy AS p WHERE p.customer_id = c.customer_id) FROM customer AS c ORDER BY c.mobile",
    "SELECT name FROM customer EXCEPT SELECT product FROM policy",
    "SELECT l.v FROM customer AS c, LATERAL (SELECT c.address AS v) AS l",
    "UPDATE customer SET note = health WHERE customer_id = 1 RETURNING name",
    "SELECT x.value FROM customer AS c, jsonb_each_text(to_jsonb(c.family)) AS x",
    "SELECT DISTINCT ON (status) status, birth_date FROM customer ORDER BY status, age",
)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_both_halves_see_the_same_columns(sealed_broker: Broker, statement: str) -> None:
    [report] = Checker(sealed_broker.matrix).check(statement, ROLE)
    found = probed(sealed_broker, statement)
    assert found.refused is None
    assert report.faults == []
    assert disagreements(report, found, sealed_broker.matrix) == []


def test_what_only_postgresql_sees_is_an_error_of_ours_and_refused(sealed_broker: Broker) -> None:
    """A checker that overlooks WHERE: seeded, since it overlooks nothing that is known."""
    statement = "SELECT name FROM customer WHERE mobile = '1'"
    [report] = Checker(sealed_broker.matrix).check(statement, ROLE)
    report.uses.clear()
    report.reads.clear()
    agree(report, probed(sealed_broker, statement), sealed_broker.matrix)
    assert report.verdict is Verdict.REFUSED
    assert "sales_agent.customer.mobile, and we do not see it" in report.faults[0].message
