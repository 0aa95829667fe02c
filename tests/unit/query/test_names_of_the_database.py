"""Ways past check by a name that PostgreSQL takes for something else: what it means, the server's rules say."""

from __future__ import annotations

import pytest

from tests.unit.query.statements import report, shown, uses, verdicts

HEALTH = {"customer.health"}


def test_distinct_on_has_the_output_before_a_column_of_from_and_group_by_the_other_way() -> None:
    rows = "SELECT count(*) FROM (SELECT {} FROM customer {}) AS q"
    statement = rows.format("DISTINCT ON (gender) health AS gender", "")
    assert ("distinct", HEALTH) in uses(statement)
    statement = rows.format("min(health) AS gender", "GROUP BY gender")
    assert uses(statement) == [("group", {"customer.gender"})]


def test_a_star_in_values_is_as_many_values_as_columns() -> None:
    rows = "(SELECT gender, note FROM customer) AS c, LATERAL (VALUES ({})) AS v"
    for values in ("c.*, 1, 2", "(c).*, 1, 2"):
        assert shown(f"SELECT v.column1, v.column2, v.column3 FROM {rows.format(values)}") == [
            {"customer.gender"},
            {"customer.note"},
            set(),
        ]
    script = "CREATE TEMP TABLE t (a text, b text, c text); {}; SELECT b FROM t"
    source = "(SELECT gender, note FROM customer) AS c"
    for written in (
        f"INSERT INTO t SELECT v.* FROM {source}, LATERAL (VALUES (c.*, 'x')) AS v",
        f"MERGE INTO t USING {source} ON false WHEN NOT MATCHED THEN INSERT VALUES (c.*, 'x')",
    ):
        assert shown(script.format(written)) == [{"customer.note"}]


def test_behind_a_star_in_values_that_is_not_known_a_column_may_be_any() -> None:
    row = "(jsonb_populate_record(NULL::claim, to_jsonb(c.note))).*, mobile, 1, 2, 3"
    found = report(f"SELECT v.column4 FROM customer AS c, LATERAL (VALUES ({row})) AS v")
    assert found.columns[0].verdict == "opaque"


def test_a_subquery_is_called_as_its_first_column_also_where_that_is_a_star() -> None:
    """What has no such name here would be looked for further out, and be found there."""
    inner = "SELECT note AS x FROM customer LIMIT 1"
    for subquery in (
        f"SELECT q.* FROM ({inner}) AS q",
        f"WITH q AS ({inner}) TABLE q",
        f"SELECT * FROM ({inner}) AS q",
    ):
        statement = f"SELECT (SELECT x FROM (SELECT ({subquery})) AS t) FROM (SELECT 1 AS x) AS o"
        assert shown(statement) == [{"customer.note"}], statement


def test_a_subquery_of_a_function_whose_columns_nobody_knows_has_any_name() -> None:
    statement = "SELECT (SELECT x FROM (SELECT (SELECT f.* FROM mine() AS f)) AS t) FROM (SELECT 1 AS x) AS o"
    assert report(statement).columns[0].verdict == "opaque"


def test_on_sees_its_join_and_not_what_stands_beside_it_under_the_same_name() -> None:
    statement = (
        "SELECT 1 FROM (SELECT gender AS x FROM customer) AS a,"
        " ((SELECT health AS x FROM customer) AS a JOIN policy AS b ON a.x = 'ill') AS j"
    )
    assert uses(statement) == [("join", HEALTH)]


def test_into_stands_in_the_first_query_and_takes_the_rows_of_all() -> None:
    script = "SELECT gender AS a INTO TEMP t FROM customer UNION ALL SELECT health FROM customer; SELECT a FROM t"
    assert shown(script) == [{"customer.gender", "customer.health"}]


def test_using_joins_by_a_column_of_what_nobody_knows_the_columns_of() -> None:
    statement = (
        "SELECT 1 FROM policy JOIN jsonb_populate_record(NULL::nowhere,"
        " (SELECT to_jsonb(health) FROM customer LIMIT 1)) AS f USING (customer_id)"
    )
    assert ("join", {"policy.customer_id", *HEALTH}) in uses(statement)


def test_group_by_may_name_a_column_of_what_nobody_knows_the_columns_of() -> None:
    statement = (
        "SELECT count(*) AS n FROM jsonb_populate_record(NULL::nowhere,"
        " (SELECT to_jsonb(health) FROM customer LIMIT 1)) GROUP BY n"
    )
    assert ("group", HEALTH) in uses(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT ('SELECT note::tsvector FROM customer'::text).ts_stat",
        "SELECT (c).mine FROM policy AS c",
        "SELECT (c.customer_id).mine FROM policy AS c",
        "SELECT (ROW(1)).mine",
    ],
)
def test_what_looks_like_a_field_may_be_a_function(statement: str) -> None:
    assert report(statement).verdict == "opaque"


def test_what_is_a_field_is_no_function() -> None:
    assert verdicts("SELECT (jsonb_each(family)).value FROM customer") == [("value", "revealed")]
    assert verdicts("WITH w AS (SELECT c AS p FROM policy AS c) SELECT (p).product FROM w") == [("product", "revealed")]
    assert verdicts("SELECT (ROW(gender, note)).f2 FROM customer") == [("f2", "revealed")]
    assert verdicts("SELECT (c.note).length FROM customer AS c") == [("length", "inferred")]
    statement = "SELECT count(*) FROM (SELECT (family).jsonb_array_elements FROM customer) AS q"
    assert ("rows", {"customer.family"}) in uses(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT 1 @#@ 2",
        "SELECT count(*) FROM (SELECT 1 OPERATOR(app.=) 2) AS q",
        "SELECT 1 OPERATOR(app.=) ANY (SELECT 1)",
        "SELECT 1 @#@ ANY (ARRAY[1])",
        "SELECT 1 FROM policy ORDER BY policy_id USING @#@",
        "SELECT count(policy_id ORDER BY policy_id USING @#@) FROM policy",
    ],
)
def test_behind_an_operator_that_is_not_built_in_is_a_function_that_nobody_knows(statement: str) -> None:
    assert report(statement).verdict == "opaque"
    assert "call" in {use.where for use in report(statement).uses}


def test_an_operator_that_is_built_in_may_have_its_schema() -> None:
    assert report("SELECT gender OPERATOR(pg_catalog.=) 'F' FROM customer ORDER BY age USING >").verdict == "hidden"


def test_what_a_setting_would_keep_of_a_customer_is_refused() -> None:
    """SHOW, and current_setting, give it to whatever runs later, and of that nobody would know."""
    for kept in ("note", "length(note)::text", "(SELECT mobile LIMIT 1)"):
        found = report(f"SELECT count(set_config('app.kept', {kept}, false)) FROM customer")
        assert found.verdict == "refused", kept
    for kept in ("$1", "'x'", "gender"):
        assert report(f"SELECT set_config('app.kept', {kept}, true) FROM customer").verdict == "hidden", kept


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT query FROM pg_stat_get_activity(NULL)",
        "SELECT pg_stat_get_backend_activity(1)",
        "SELECT statement FROM pg_prepared_statement()",
        "SELECT statement FROM pg_cursor()",
    ],
)
def test_what_others_run_is_shown_by_functions_too(statement: str) -> None:
    assert report(statement).verdict == "opaque"
