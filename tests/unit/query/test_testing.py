"""The helper for tests of applications says which column is too much, and why."""

from __future__ import annotations

import pytest

from pgcustsec.errors import UsageError
from pgcustsec.matrix.load import load
from pgcustsec.query.testing import assert_reveals_nothing_above
from tests.unit.matrix.demo_text import PATH

MATRIX = load(PATH)


@pytest.mark.parametrize(
    ("sql", "tier"),
    [
        ("SELECT customer_id, gender FROM customer ORDER BY age", 3),
        ("SELECT birth_date FROM customer", 2),
        ("SELECT count(*) FROM customer; SELECT 1", 3),
    ],
)
def test_what_reveals_nothing_above_passes(sql: str, tier: int) -> None:
    assert_reveals_nothing_above(sql, tier=tier, role="sales_agent", matrix=MATRIX)


@pytest.mark.parametrize(
    ("sql", "tier", "said"),
    [
        ("SELECT age, birth_date FROM customer", 3, "1:13 column birth_date is revealed, tier 2: crm.customer.birth"),
        ("SELECT mobile FROM customer", 2, "1:8 column mobile is masked, tier 1"),
        ("SELECT age FROM customer WHERE birth_date < now()", 3, "1:32 WHERE is inferred, tier 2"),
        ("SELECT age FROM customer ORDER BY note", 3, "ORDER BY is inferred, tier 2"),
        ("SELECT dblink('x', 'y')", 3, "column dblink is opaque"),
        ("WITH 客 AS (SELECT * FROM customer) SELECT 客::text FROM 客", 3, "by 客 < sales_agent.customer"),
        ("SELECT age FROM crm.customer", 3, "1:17 is refused: "),
        ("SELEC 1", 3, "syntax error"),
        ("-- nothing", 3, "no statement"),
    ],
)
def test_what_reveals_more_fails_and_names_it(sql: str, tier: int, said: str) -> None:
    with pytest.raises(AssertionError) as caught:
        assert_reveals_nothing_above(sql, tier=tier, role="sales_agent", matrix=MATRIX)
    assert said in str(caught.value)


def test_the_message_is_for_the_role_that_was_asked_for_and_names_the_matrix_line() -> None:
    sql = "SELECT name FROM customer"
    line = next(
        number for number, text in enumerate(PATH.read_text().splitlines(), 1) if text.startswith("      name:")
    )
    with pytest.raises(AssertionError) as caught:
        assert_reveals_nothing_above(sql, role="service_agent", matrix=PATH)
    assert str(caught.value).startswith("service_agent would see more than tier 3:\n  SELECT name FROM customer\n")
    assert f"({PATH}:{line})" in str(caught.value)


def test_a_role_that_is_not_there_is_a_mistake_not_a_failure() -> None:
    with pytest.raises(UsageError):
        assert_reveals_nothing_above("SELECT 1", role="nobody", matrix=MATRIX)
