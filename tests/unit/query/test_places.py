"""Where a report says that something stands: in bytes of the text, at the beginning of what is meant."""

from __future__ import annotations

import pytest

from pgcustsec.matrix.load import load
from pgcustsec.query import Checker, Report
from tests.unit.matrix.demo_text import PATH

CHECKER = Checker(load(PATH))


def report(text: str, role: str = "sales_agent") -> Report:
    [only] = CHECKER.check(text, role)
    return only


def written(text: str, at: int) -> str:
    """What stands in *text* from byte *at* to the next blank, comma or semicolon."""
    rest = text.encode()[at:].decode()
    return rest.replace(",", " ").replace(";", " ").split()[0]


@pytest.mark.parametrize(
    ("text", "at_columns"),
    [
        ("SELECT '注释', c.name, lower(status) AS 状态 FROM customer c", ["'注释'", "c.name", "lower(status)"]),
        ("SELECT a.gender FROM customer a UNION SELECT b.status FROM customer b", ["a.gender"]),
        ("WITH 客户 AS (SELECT name AS n FROM customer) SELECT 客户.n FROM 客户", ["客户.n"]),
        ("UPDATE customer SET note = '已联系' WHERE customer_id = 1 RETURNING name, gender", ["name", "gender"]),
        ("COPY (SELECT age, gender FROM customer) TO STDOUT", ["age", "gender"]),
        ("SELECT (SELECT max(age) FROM customer) AS oldest, 1", ["(SELECT", "1"]),
    ],
)
def test_a_column_is_where_it_is_written(text: str, at_columns: list[str]) -> None:
    assert [written(text, column.at) for column in report(text).columns] == at_columns


def test_the_columns_of_a_star_are_all_at_the_star() -> None:
    text = "SELECT c.*, p.product FROM customer c JOIN policy p USING (customer_id)"
    places = [written(text, column.at) for column in report(text).columns]
    assert set(places[:-1]) == {"c.*"}
    assert places[-1] == "p.product"


@pytest.mark.parametrize(
    "text",
    [
        "SELECT 1 FROM customer WHERE birth_date > '2000-01-01' AND health IS NULL",
        "SELECT 1 FROM customer WHERE birth_date::text LIKE '19%'",
        "SELECT 1 FROM customer WHERE birth_date BETWEEN '1990-01-01' AND now()",
        "SELECT 1 FROM customer GROUP BY birth_date",
        "SELECT 1 FROM customer ORDER BY birth_date DESC",
    ],
)
def test_a_predicate_begins_at_its_first_operand(text: str) -> None:
    [use] = report(text).uses
    assert written(text, use.at).startswith("birth_date")


def test_what_begins_with_a_word_of_its_own_begins_there() -> None:
    text = "SELECT 1 FROM customer WHERE NOT (birth_date IS NULL)"
    assert written(text, report(text).uses[0].at) == "NOT"


def test_each_statement_has_its_place() -> None:
    text = "SELECT '李娜';  SELECT 2;"
    assert [written(text, one.at) for one in CHECKER.check(text, "sales_agent")] == ["SELECT", "SELECT"]
    assert [one.at for one in CHECKER.check(text, "sales_agent")] == [0, len("SELECT '李娜';  ".encode())]


def test_one_that_does_not_parse_begins_at_its_first_word_too() -> None:
    text = "SELECT '李娜';\n\n  SELEC 2;"
    [_, wrong] = CHECKER.check(text, "sales_agent")
    assert written(text, wrong.at) == "SELEC"
    assert written(text, wrong.faults[0].at) == "SELEC"
