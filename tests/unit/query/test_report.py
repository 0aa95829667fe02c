"""What rules go by in a report: where its statement begins, what each name reaches, its nodes by kind."""

from __future__ import annotations

from importlib.resources import files

import pytest

from pgcustsec.matrix.load import loads
from pgcustsec.query import Checker, Verdict
from pgcustsec.query.report import Report

MATRIX = loads(files("pgcustsec.demo").joinpath("matrix.yaml").read_text(encoding="utf-8"), "demo/matrix.yaml")


def reports(text: str, role: str = "sales_agent") -> list[Report]:
    return Checker(MATRIX).check(text, role)


def read(report: Report, text: str) -> dict[str, set[str]]:
    """What each name of *text* reaches, by the word that stands there."""
    encoded = text.encode()
    return {
        encoded[at:].decode().split()[0].rstrip(",;)"): {flow.source.column for flow in reach.values}
        for at, reach in report.reads.items()
    }


@pytest.mark.parametrize("second", ["SELECT age FROM customer", "SELEC age FROM customer"])
def test_a_statement_begins_at_its_first_word_whether_or_not_it_parses(second: str) -> None:
    text = f"-- 客户\nSELECT 1; /* and */\n-- more\n  {second}; "
    first, last = reports(text)
    assert text.encode()[first.at :].startswith(b"SELECT 1")
    assert text.encode()[last.at :].startswith(second.encode())


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT mobile FROM customer WHERE status = $1", {"mobile": {"mobile"}, "status": {"status"}}),
        ("SELECT (c).mobile FROM customer AS c", {"c).mobile": {"mobile"}}),
        ("SELECT mobile(c) FROM customer AS c", {"c": {"mobile"}}),
        ("SELECT x.m FROM (SELECT mobile AS m FROM customer) AS x", {"x.m": {"mobile"}, "mobile": {"mobile"}}),
        ("SELECT mobile AS m FROM customer ORDER BY m", {"mobile": {"mobile"}, "m": {"mobile"}}),
    ],
)
def test_each_name_of_a_column_has_what_it_reaches(query: str, expected: dict[str, set[str]]) -> None:
    [report] = reports(query)
    assert read(report, query) == expected


def test_a_star_has_what_all_of_its_columns_reach() -> None:
    query = "SELECT * FROM assignment"
    [report] = reports(query, "sales_manager")
    assert read(report, query) == {"*": set(MATRIX.tables["crm.assignment"].columns)}


def test_the_stars_of_tables_without_a_place_are_kept_together() -> None:
    [report] = reports("TABLE policy UNION ALL TABLE policy")
    [other] = reports("TABLE customer UNION ALL TABLE policy")
    assert {flow.source.table for reach in report.reads.values() for flow in reach.values} == {"crm.policy"}
    assert {flow.source.table for reach in other.reads.values() for flow in reach.values} == {
        "crm.customer",
        "crm.policy",
    }


def test_both_sides_of_a_set_operation_are_selects() -> None:
    [report] = reports("SELECT 1 UNION SELECT 2 EXCEPT (SELECT 3 INTERSECT SELECT 4)")
    assert len([one for one in report.nodes["SelectStmt"] if one.get("targetList")]) == 4


def test_nodes_are_in_the_order_of_the_text() -> None:
    [report] = reports("SELECT 1, (SELECT 2 WHERE 3 = 4) FROM customer")
    numbers = [one["ival"]["ival"] for one in report.nodes["A_Const"]]
    assert sorted(numbers) == [1, 2, 3, 4]
    assert numbers.index(2) < numbers.index(3) < numbers.index(4)


def test_an_extracts_view_is_opaque_to_its_role_and_refused_to_others() -> None:
    query = 'SELECT customer_id, mobile FROM pgcustsec_extracts."sales_agent.customer"'
    assert [report.verdict for report in reports(query, "sales_agent")] == [Verdict.OPAQUE]
    assert [report.verdict for report in reports(query, "service_agent")] == [Verdict.REFUSED]
    assert [report.verdict for report in reports('SELECT 1 FROM pgcustsec_extracts."sales_agent.nothing"')] == [
        Verdict.REFUSED
    ]


@pytest.mark.parametrize("text", ["RESET ROLE", "SET ROLE NONE", "SET SESSION AUTHORIZATION DEFAULT"])
def test_becoming_oneself_again_is_no_fault(text: str) -> None:
    assert [report.faults for report in reports(text)] == [[]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELEC 1", 'syntax error at or near "SELEC"'),
        ("SELECT 1 )", 'syntax error at or near ")"'),
        ("SELECT 1 1 '13800138000'", "syntax error here"),
        ("SELECT (1 '13800138000')", "syntax error here"),
        ("SELECT '13800138000", "unterminated quoted string here"),
    ],
)
def test_what_the_parser_quotes_is_told_only_where_it_is_no_value(text: str, said: str) -> None:
    [fault] = [fault for report in reports(text) for fault in report.faults]
    assert fault.message == said
