"""What would get a value past check by a way that is easy to miss."""

from __future__ import annotations

import pytest

from tests.unit.query.statements import report, shown, uses, values, verdicts


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


def test_of_two_queries_kept_under_one_name_either_may_be_the_one_that_runs() -> None:
    # The second PREPARE fails where the first stands, and the script may go on.
    found = report("PREPARE p AS SELECT mobile FROM customer; PREPARE p AS SELECT 1; EXECUTE p")
    assert values(found.columns[0].reach) == {"customer.mobile"}


def test_a_name_that_was_let_go_is_free_again() -> None:
    script = "PREPARE p AS SELECT mobile FROM customer; DEALLOCATE p; PREPARE p AS SELECT note FROM customer; EXECUTE p"
    assert shown(script) == [{"customer.note"}]
    script = "DECLARE p CURSOR FOR SELECT mobile FROM customer; CLOSE p; DECLARE p CURSOR FOR SELECT 1; FETCH p"
    assert shown(script) == [set()]


def test_a_cursor_and_a_plan_of_one_name_are_two_things() -> None:
    script = "DECLARE p CURSOR FOR SELECT mobile FROM customer; PREPARE p AS SELECT note FROM customer;"
    assert shown(f"{script} FETCH ALL FROM p") == [{"customer.mobile"}]
    assert shown(f"{script} EXECUTE p") == [{"customer.note"}]


def test_a_name_may_be_a_column_of_a_function_whose_columns_nobody_knows() -> None:
    statement = (
        "SELECT (c).mobile FROM policy AS c,"
        " unnest((SELECT array_agg(x) FROM (SELECT k AS c FROM customer AS k) AS x)) AS f"
    )
    assert "customer.mobile" in shown(statement)[0]


def test_what_a_place_in_an_array_or_document_is_worked_out_from_has_a_say() -> None:
    found = report("SELECT (c).status[length(c.note)], (ARRAY[1, 2])[length(c.note)] FROM customer AS c").columns
    hints = [{flow.source.name for flow in column.reach.hints} for column in found]
    assert hints == [{"crm.customer.note"}] * 2


@pytest.mark.parametrize(
    "expression", ["note::tsquery && 'a'", "corr(annual_income, age)", "regr_r2(annual_income, age)"]
)
def test_what_is_but_turned_into_something_else_shows(expression: str) -> None:
    assert len(shown(f"SELECT {expression} FROM customer")[0]) >= 1


def test_a_star_over_a_row_of_nobody_knows_how_many_columns_moves_no_column_to_another_place() -> None:
    statement = (
        "SELECT (jsonb_populate_record(NULL::claim, '{}')).*"
        " UNION ALL SELECT claim_id, policy_id, diagnosis, amount, filed_on FROM claim"
    )
    found = report(statement)
    assert found.verdict == "opaque"
    assert "claim.diagnosis" in set.union(*(values(column.reach) for column in found.columns))


@pytest.mark.parametrize(
    "statement",
    [
        "WITH t (a, b, c) AS ({}) SELECT b FROM t",
        "SELECT t.b FROM ({}) AS t (a, b, c)",
        "CREATE TEMP TABLE t (a, b, c) AS {}; SELECT b FROM t",
    ],
)
def test_behind_such_a_star_a_column_that_is_named_by_its_place_may_be_any(statement: str) -> None:
    rows = "SELECT (jsonb_populate_record(NULL::claim, to_jsonb(c.note))).*, mobile FROM customer AS c"
    column = report(statement.format(rows)).columns[0]
    assert column.verdict == "opaque"
    assert values(column.reach) == {"customer.note", "customer.mobile"}


def test_the_history_of_changes_shows_tier_2_and_masks_to_who_supervises() -> None:
    statement = "SELECT column_name, old_value, new_blind FROM pgcustsec.change_history"
    assert verdicts(statement, "legal_officer") == [
        ("column_name", "hidden"),
        ("old_value", "revealed"),
        ("new_blind", "inferred"),
    ]
    assert report(statement, "legal_officer").columns[1].tier == 2
    assert report(statement, "sales_agent").verdict == "refused"
