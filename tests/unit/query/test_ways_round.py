"""What would get a value past check by a way that is easy to miss."""

from __future__ import annotations

import pytest

from tests.unit.query.statements import report, shown, uses, verdicts


@pytest.mark.parametrize(
    "expression", ["annual_income::bigint << 0", "annual_income::bigint >> 0", "~ annual_income::bigint"]
)
def test_bits_that_are_shifted_or_turned_round_can_be_read_off(expression: str) -> None:
    assert shown(f"SELECT {expression} FROM customer") == [{"customer.annual_income"}]


def test_a_line_through_two_points_gives_away_where_the_second_is() -> None:
    statement = (
        "SELECT regr_slope(v.y, v.x) FROM customer AS c, LATERAL (VALUES (0, 0), (c.annual_income, 1)) AS v (y, x)"
    )
    assert shown(statement) == [{"customer.annual_income"}]


def test_with_recursive_takes_its_queries_in_any_order() -> None:
    # The second one is what the first reads, and not the view of that name.
    statement = (
        "WITH RECURSIVE a AS (SELECT note FROM customer),"
        " customer AS (SELECT mobile AS note FROM service_agent.customer) SELECT note FROM a"
    )
    assert shown(statement) == [{"customer.mobile"}]
    assert shown(statement.replace(" RECURSIVE", "")) == [{"customer.note"}]


def test_a_value_may_go_through_every_column_of_a_recursive_query() -> None:
    names = "abcdefghijk"
    empty = ", ".join(["''"] * (len(names) - 1))
    statement = (
        f"WITH RECURSIVE r (n, {', '.join(names)}) AS (SELECT 0, {empty}, mobile FROM customer"
        f" UNION ALL SELECT n + 1, {', '.join(names[1:])}, '' FROM r WHERE n < 12) SELECT a FROM r"
    )
    assert shown(statement) == [{"customer.mobile"}]


def test_a_column_that_holds_a_row_comes_before_an_alias_of_that_name() -> None:
    rows = "WITH w AS (SELECT c AS p FROM customer AS c) SELECT {} FROM w, policy AS p"
    assert "customer.mobile" in shown(rows.format("(p).mobile"))[0]
    assert "customer.mobile" in shown(rows.format("(p).*"))[0]
    assert "customer.customer_id" in shown(rows.format("customer_id(p)"))[0]
    assert shown(rows.format("p.product")) == [{"policy.product"}]


def test_what_a_named_window_is_ordered_by_has_a_say_in_what_is_over_it() -> None:
    statement = (
        "SELECT row_number() OVER w, count(*) OVER (w ROWS 1 PRECEDING) FROM customer WINDOW w AS (ORDER BY mobile)"
    )
    assert verdicts(statement) == [("row_number", "inferred"), ("count", "inferred")]
    assert ("window", {"customer.mobile"}) in uses(statement)


def test_a_search_by_value_is_about_that_column() -> None:
    for statement in (
        "SELECT pgcustsec.find('customer', 'mobile', '13800000000')",
        "SELECT * FROM pgcustsec.find('crm.customer'::regclass, 'mobile', '13800000000')",
    ):
        assert verdicts(statement) == [("find", "inferred")]
        assert report(statement).columns[0].tier == 1


def test_a_record_that_is_printed_shows_what_the_view_has_of_it() -> None:
    assert verdicts("CALL pgcustsec.show_record('claim', '1', 'renewal')") == [("show_record", "revealed")]
    assert shown("CALL pgcustsec.show_record('crm.claim', '1', 'renewal')") == [
        {"claim.claim_id", "claim.policy_id", "claim.diagnosis", "claim.amount", "claim.filed_on"}
    ]


def test_of_a_record_that_the_statement_does_not_name_nobody_can_say() -> None:
    assert report("SELECT pgcustsec.find($1, 'mobile', '13800000000')").columns[0].verdict == "opaque"
    assert report("SELECT pgcustsec.show_subject('customer', '1')").columns[0].verdict == "opaque"
