"""What a bare name means may hang on what a script comes to: a SET or a table that is taken back (5.2.1)."""

from __future__ import annotations

import pytest

from pgcustsec.matrix.load import loads
from pgcustsec.query import Checker, Report, Verdict
from pgcustsec.query.snapshot import KnownTable, Snapshot
from tests.unit.matrix.demo_text import DEMO

ROLE = "sales_agent"
APP = Snapshot("crm", 18, tables=(KnownTable("app", "customer", "r", ("mobile",), None, False, (ROLE,)),))


def last(script: str, snapshot: Snapshot | None = APP) -> Report:
    return Checker(loads(DEMO, "demo"), snapshot).check(script, ROLE)[-1]


@pytest.mark.parametrize(
    "script",
    [
        "BEGIN; SET LOCAL search_path = app; ROLLBACK; SELECT mobile FROM customer",
        "BEGIN; SET search_path = app; COMMIT; DISCARD ALL; SELECT mobile FROM customer",
        "SAVEPOINT s; SET search_path = app; ROLLBACK TO s; SELECT mobile FROM customer",
        "BEGIN; CREATE TEMP TABLE customer (mobile text); ROLLBACK; SELECT mobile FROM customer",
        "BEGIN; CREATE TEMP TABLE customer AS SELECT 1 AS mobile; ROLLBACK; SELECT mobile FROM customer",
    ],
)
def test_where_it_could_be_either_it_is_refused_and_not_called_the_harmless_one(script: str) -> None:
    report = last(script)
    assert report.verdict is Verdict.REFUSED
    assert "by what the script comes to" in report.faults[0].message


def test_with_its_schema_or_where_both_are_one_it_is_clear() -> None:
    assert last("SET search_path = app; SELECT mobile FROM sales_agent.customer").verdict is Verdict.MASKED
    assert last("SET search_path = sales_agent; SELECT mobile FROM customer").verdict is Verdict.MASKED
    assert last("SET search_path = nowhere; SELECT mobile FROM customer").verdict is Verdict.MASKED


def test_of_two_temporary_tables_of_one_name_either_may_be_there() -> None:
    report = last(
        "CREATE TEMP TABLE t AS SELECT note AS a, customer_id AS b FROM customer;"
        " CREATE TEMP TABLE IF NOT EXISTS t (a text, b text); SELECT b FROM t"
    )
    assert (report.columns[0].verdict, report.columns[0].tier) == (Verdict.REVEALED, 2)


def test_a_view_whose_name_begins_as_the_catalogs_do_is_the_view() -> None:
    matrix = loads(DEMO.replace("crm.policy", "crm.pg_policy"), "demo")
    [report] = Checker(matrix).check("SELECT product FROM pg_policy", ROLE)
    assert (report.verdict, report.columns[0].tier) == (Verdict.REVEALED, 2)
