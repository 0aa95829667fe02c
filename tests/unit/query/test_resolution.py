"""Names, rows and columns mean in check what they mean in PostgreSQL."""

from __future__ import annotations

import pytest

from tests.unit.query.statements import existences, report, shown, uses, verdicts

CLAIM = {"claim.claim_id", "claim.policy_id", "claim.diagnosis", "claim.amount", "claim.filed_on"}


# --- names ----------------------------------------------------------------------------------------------------------


def test_a_bare_name_is_the_view_of_the_role_and_each_role_has_its_own() -> None:
    statement = "SELECT mobile, name FROM customer"
    assert verdicts(statement, "sales_agent") == [("mobile", "masked"), ("name", "masked")]
    assert verdicts(statement, "service_agent") == [("mobile", "masked"), ("name", "revealed")]
    assert verdicts(statement, "custodian") == [("mobile", "hidden"), ("name", "hidden")]


def test_a_column_that_the_view_does_not_have_is_refused() -> None:
    assert report("SELECT mobile FROM customer", "data_analyst").verdict == "refused"


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT mobile FROM crm.customer",
        "SELECT mobile FROM sales_agent.customer",
        "SELECT mobile FROM pgcustsec_vault.customer",
        "SELECT mobile FROM nowhere",
        "SELECT c.mobile FROM customer",
        "SELECT customer.mobile FROM customer AS c",
        "SELECT x.* FROM customer",
    ],
)
def test_what_the_role_cannot_name_is_refused(statement: str) -> None:
    found = report(statement)
    assert found.verdict == "refused"
    assert found.faults[0].hint


def test_the_search_path_that_a_script_sets_is_followed() -> None:
    assert report("SET search_path = sales_agent; SELECT note FROM customer").verdict == "refused"
    assert report("SET search_path = nowhere, service_agent; SELECT note FROM customer").verdict == "revealed"


def test_a_relation_without_an_alias_may_be_named_with_its_schema() -> None:
    assert shown("SELECT service_agent.customer.mobile, customer.note FROM customer") == [
        {"customer.mobile"},
        {"customer.note"},
    ]


def test_an_alias_hides_the_view_of_that_name() -> None:
    assert shown("SELECT policy.mobile FROM customer AS policy") == [{"customer.mobile"}]
    assert report("SELECT policy.product FROM customer AS policy").verdict == "refused"


def test_columns_named_anew_are_known_by_these_names_alone() -> None:
    assert shown("SELECT c.a, c.d FROM claim AS c (a, b, d)") == [{"claim.claim_id"}, {"claim.diagnosis"}]
    assert report("SELECT c.diagnosis FROM claim AS c (a, b, d)").verdict == "refused"


def test_an_inner_column_comes_before_an_outer_one_of_that_name() -> None:
    statement = "SELECT (SELECT customer_id FROM policy LIMIT 1), (SELECT note FROM policy LIMIT 1) FROM customer"
    assert shown(statement) == [{"policy.customer_id"}, {"customer.note"}]


def test_parameters_show_nothing_and_are_asked_about_what_they_are_compared_with() -> None:
    statement = "SELECT $1::text, $2 FROM customer WHERE mobile = $3"
    assert verdicts(statement) == [("text", "hidden"), ("?column?", "hidden")]
    assert uses(statement) == [("where", {"customer.mobile"})]


# --- rows and stars -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "disguise",
    [
        "c", "c.*::text", "CAST(c AS text)", "row_to_json(c)", "to_jsonb(c)", "ROW(c.*)", "ROW(c)", "c.row_to_json",
        "(c).to_jsonb", "json_agg(c)", "array_agg(c)", "format('%s', c)", "concat(c)", "ARRAY[c]", "coalesce(c, NULL)",
        "(SELECT c)", "(SELECT json_agg(x) FROM (SELECT c.*) AS x)", "json_build_object('r', c)", "hstore_like(c)",
        "to_jsonb(c) - 'claim_id'", "jsonb_path_query_array(to_jsonb(c), '$.*')", "string_agg(c::text, ',')",
        "max(c::text) OVER ()", "first_value(c) OVER ()", "lag(c.*) OVER ()", "CASE WHEN true THEN c END",
        "xmlelement(name e, c.*)", "convert_to(c::text, 'UTF8')", "(ARRAY[c])[1]", "JSON_OBJECT('r': c)",
    ],
)  # fmt: skip
def test_a_whole_row_shows_all_of_its_columns_in_every_disguise(disguise: str) -> None:
    assert shown(f"SELECT {disguise} FROM claim AS c") == [CLAIM]


@pytest.mark.parametrize(
    "written", ["(c).diagnosis", "diagnosis(c)", "c.diagnosis", "(c.*).diagnosis", "(c).diagnosis::text"]
)
def test_a_column_of_a_row_is_that_column_however_it_is_written(written: str) -> None:
    assert "claim.diagnosis" in shown(f"SELECT {written} FROM claim AS c")[0]


def test_a_row_that_is_counted_or_compared_does_not_show() -> None:
    statement = "SELECT count(c), c IS NOT NULL, c = d FROM claim AS c, claim AS d"
    assert [verdict for _, verdict in verdicts(statement)] == ["inferred"] * 3


@pytest.mark.parametrize("star", ["*", "c.*", "(c).*"])
def test_a_star_is_the_columns_in_their_order(star: str) -> None:
    assert [name for name, _ in verdicts(f"SELECT {star} FROM claim AS c")] == [
        "claim_id", "policy_id", "diagnosis", "amount", "filed_on",
    ]  # fmt: skip


def test_a_star_over_several_entries_is_the_columns_of_each() -> None:
    statement = "SELECT * FROM claim AS a (x), LATERAL (SELECT a.x AS y) AS b, (VALUES (1, 2)) AS v (p)"
    assert [name for name, _ in verdicts(statement)][5:] == ["y", "p", "column2"]
    assert shown(statement)[5] == {"claim.claim_id"}


# --- joins ----------------------------------------------------------------------------------------------------------


def test_a_column_of_using_is_one_of_both_sides_and_comes_first() -> None:
    statement = "SELECT * FROM claim JOIN policy USING (policy_id)"
    names = [name for name, _ in verdicts(statement)]
    assert names[:2] == ["policy_id", "claim_id"]
    assert names.count("policy_id") == 1
    assert shown(statement)[0] == {"claim.policy_id", "policy.policy_id"}
    assert uses(statement) == [("join", {"claim.policy_id", "policy.policy_id"})]


def test_a_natural_join_is_one_over_all_names_that_both_sides_have() -> None:
    statement = "SELECT * FROM (SELECT policy_id, product AS diagnosis FROM policy) AS p NATURAL JOIN claim"
    assert [name for name, _ in verdicts(statement)] == ["policy_id", "diagnosis", "claim_id", "amount", "filed_on"]
    assert shown(statement)[1] == {"policy.product", "claim.diagnosis"}
    assert ("join", {"policy.product", "claim.diagnosis"}) in uses(statement)


def test_what_a_join_is_on_has_a_say() -> None:
    statement = "SELECT c.status FROM customer AS c LEFT JOIN policy AS p ON c.bank_account = p.payer_account"
    assert uses(statement) == [("join", {"customer.bank_account", "policy.payer_account"})]


def test_a_join_with_an_alias_is_one_row_and_hides_what_is_within() -> None:
    joined = "FROM (claim AS c JOIN policy AS p USING (policy_id)) AS j"
    assert shown(f"SELECT j.product, j.diagnosis {joined}") == [{"policy.product"}, {"claim.diagnosis"}]
    assert "policy.product" in shown(f"SELECT to_jsonb(j) {joined}")[0]
    assert report(f"SELECT c.diagnosis {joined}").verdict == "refused"


def test_the_alias_of_using_has_the_merged_columns() -> None:
    statement = "SELECT u.policy_id, u FROM claim JOIN policy USING (policy_id) AS u"
    assert shown(statement) == [{"claim.policy_id", "policy.policy_id"}] * 2


def test_only_what_is_lateral_sees_what_stands_beside_it() -> None:
    assert shown("SELECT x.note FROM customer AS c, LATERAL (SELECT c.mobile AS note) AS x") == [{"customer.mobile"}]
    assert shown("SELECT x.note FROM customer AS c CROSS JOIN LATERAL (SELECT mobile AS note) AS x") == [
        {"customer.mobile"}
    ]
    assert report("SELECT x.note FROM customer AS c, (SELECT c.mobile AS note) AS x").verdict == "refused"


# --- queries within queries -----------------------------------------------------------------------------------------


def test_a_cte_hides_the_view_of_its_name_and_ends_with_its_statement() -> None:
    statement = "WITH customer AS (SELECT mobile AS note FROM customer) SELECT note FROM customer"
    assert shown(statement) == [{"customer.mobile"}]
    assert shown(f"SELECT (({statement}) || note) FROM customer") == [{"customer.mobile", "customer.note"}]


def test_a_cte_may_name_its_columns_anew() -> None:
    assert shown("WITH t (a, note) AS (SELECT note, mobile FROM customer) SELECT note, a FROM t") == [
        {"customer.mobile"},
        {"customer.note"},
    ]


def test_a_recursive_query_passes_on_what_each_round_adds() -> None:
    statement = (
        "WITH RECURSIVE r (n, a, b) AS (SELECT 1, '', mobile FROM customer"
        " UNION ALL SELECT n + 1, b, product FROM r, policy WHERE n < 3) SELECT a, b FROM r"
    )
    assert shown(statement) == [{"customer.mobile", "policy.product"}] * 2


def test_the_path_of_search_and_cycle_has_what_it_goes_by() -> None:
    statement = (
        "WITH RECURSIVE r (a) AS (SELECT note FROM customer UNION ALL SELECT a FROM r)"
        " SEARCH DEPTH FIRST BY a SET place CYCLE a SET again USING way SELECT * FROM r"
    )
    assert [name for name, _ in verdicts(statement)] == ["a", "place", "again", "way"]
    assert all(found == {"customer.note"} for found in shown(statement))


def test_columns_of_a_set_operation_go_by_their_place_under_the_names_of_the_left_side() -> None:
    statement = "SELECT note, status FROM customer UNION ALL SELECT mobile, product FROM customer, policy"
    assert [name for name, _ in verdicts(statement)] == ["note", "status"]
    assert shown(statement) == [{"customer.note", "customer.mobile"}, {"customer.status", "policy.product"}]
    assert uses(statement) == []


def test_a_set_operation_that_compares_rows_has_a_say_of_all_columns() -> None:
    statement = "SELECT status FROM customer EXCEPT SELECT note FROM customer"
    assert verdicts(statement) == [("status", "inferred")]
    assert uses(statement) == [("set operation", {"customer.status", "customer.note"})]


def test_a_scalar_subquery_shows_its_column_and_the_others_whether_there_is_something() -> None:
    statement = (
        "SELECT (SELECT max(note) FROM customer), ARRAY(SELECT note FROM customer), EXISTS (SELECT note FROM customer"
        " WHERE mobile = 'x'), 'x' IN (SELECT note FROM customer), 'x' = ANY (SELECT note FROM customer)"
    )
    assert verdicts(statement) == [
        ("max", "revealed"),
        ("array", "revealed"),
        ("exists", "hidden"),
        ("?column?", "inferred"),
        ("?column?", "inferred"),
    ]
    assert uses(statement) == [("where", {"customer.mobile"})]


def test_values_have_what_all_rows_have_in_their_place() -> None:
    statement = "VALUES ((SELECT max(note) FROM customer), 1), ('x', (SELECT max(amount) FROM claim))"
    assert [name for name, _ in verdicts(statement)] == ["column1", "column2"]
    assert shown(statement) == [{"customer.note"}, {"claim.amount"}]


# --- grouping, ordering, windows ------------------------------------------------------------------------------------


def test_every_part_of_grouping_sets_is_looked_at() -> None:
    statement = (
        "SELECT branch_code, grouping(health), count(*) FROM customer"
        " GROUP BY branch_code, GROUPING SETS ((health), CUBE (note, gender), ())"
    )
    assert [verdict for _, verdict in verdicts(statement)] == ["revealed", "hidden", "hidden"]
    looked = [found for where, found in uses(statement) if where == "group"]
    assert set.union(*looked) == {"customer.branch_code", "customer.health", "customer.note", "customer.gender"}


@pytest.mark.parametrize("order", ["2", "a", "mobile", "lower(mobile)", "1, 2 DESC"])
def test_an_order_goes_by_place_output_name_or_expression(order: str) -> None:
    found = uses(f"SELECT status, mobile AS a FROM customer ORDER BY {order}")
    assert {"customer.mobile"} in [columns for where, columns in found if where == "order"]


def test_an_output_name_comes_first_in_order_by_and_last_in_group_by_and_within_expressions() -> None:
    assert uses("SELECT mobile AS note FROM customer ORDER BY note") == [("order", {"customer.mobile"})]
    assert uses("SELECT mobile AS note FROM customer ORDER BY note || ''") == [("order", {"customer.note"})]
    assert uses("SELECT max(mobile) AS note FROM customer GROUP BY note") == [("group", {"customer.note"})]
    assert uses("SELECT left(mobile, 3) AS start, count(*) FROM customer GROUP BY start") == [
        ("group", {"customer.mobile"})
    ]


def test_distinct_and_limit_and_having_have_a_say() -> None:
    assert uses("SELECT DISTINCT ON (mobile) status FROM customer") == [("distinct", {"customer.mobile"})]
    assert uses("SELECT DISTINCT note FROM customer") == [("distinct", {"customer.note"})]
    assert uses("SELECT status FROM customer LIMIT (SELECT max(amount) FROM claim)") == [("limit", {"claim.amount"})]
    assert uses("SELECT 1 FROM customer HAVING max(note) = 'x'") == [("having", {"customer.note"})]


def test_what_is_over_a_window_shows_and_what_the_window_goes_by_has_a_say() -> None:
    statement = (
        "SELECT lag(note) OVER (PARTITION BY branch_code ORDER BY mobile), rank() OVER (ORDER BY health) FROM customer"
    )
    assert verdicts(statement) == [("lag", "revealed"), ("rank", "inferred")]
    assert shown(statement) == [{"customer.note"}, set()]
    assert uses(statement) == [("window", {"customer.branch_code", "customer.mobile"}), ("window", {"customer.health"})]


def test_a_filter_has_a_say_in_an_aggregate() -> None:
    statement = "SELECT count(*) FILTER (WHERE mobile LIKE '138%'), max(note) FILTER (WHERE age > 30) FROM customer"
    assert verdicts(statement) == [("count", "inferred"), ("max", "revealed")]


def test_an_ordered_aggregate_shows_what_it_picks_from_and_others_do_not_show_their_order() -> None:
    assert shown(
        "SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY note), string_agg(status, ',' ORDER BY note) FROM customer"
    ) == [
        {"customer.note"},
        {"customer.status"},
    ]


# --- expressions ----------------------------------------------------------------------------------------------------


def test_a_condition_is_a_hint_and_what_is_chosen_shows() -> None:
    statement = (
        "SELECT CASE WHEN mobile = 'x' THEN note ELSE health END, CASE mobile WHEN 'x' THEN 1 END,"
        " nullif(note, mobile), coalesce(note, health), greatest(note, health) FROM customer"
    )
    both = {"customer.note", "customer.health"}
    assert shown(statement) == [both, set(), {"customer.note"}, both, both]
    assert verdicts(statement)[1] == ("case", "inferred")


def test_a_function_that_nobody_knows_is_opaque_and_shows_what_it_is_given() -> None:
    found = report("SELECT somebodys(mobile) FROM customer").columns[0]
    assert found.verdict == "opaque"
    assert shown("SELECT somebodys(mobile) FROM customer") == [{"customer.mobile"}]


@pytest.mark.parametrize(
    "call", ["query_to_xml('SELECT 1', true, true, '')", "table_to_xml('customer', true, true, '')"]
)
def test_what_runs_a_text_as_a_statement_is_opaque(call: str) -> None:
    assert report(f"SELECT {call}").verdict == "opaque"


def test_json_constructors_show_what_they_are_made_of() -> None:
    statement = (
        "SELECT JSON_OBJECT('a': note), JSON_ARRAY(mobile, 1), JSON_ARRAY(SELECT health FROM customer),"
        " JSON_OBJECTAGG(branch_code: note), JSON_ARRAYAGG(note ORDER BY age), JSON_SCALAR(note),"
        " JSON_VALUE(family, '$.a'), JSON_QUERY(family, '$'), JSON_SERIALIZE(family),"
        " JSON_EXISTS(family, '$.a'), family IS JSON FROM customer"
    )
    note, family = {"customer.note"}, {"customer.family"}
    assert shown(statement)[:3] == [note, {"customer.mobile"}, {"customer.health"}]
    assert shown(statement)[3:4] == [{"customer.branch_code", "customer.note"}]
    assert note <= shown(statement)[4]
    assert shown(statement)[5:] == [note, family, family, family, set(), set()]


def test_the_columns_of_json_table_have_what_is_in_the_document() -> None:
    statement = (
        "SELECT * FROM customer AS c, JSON_TABLE(c.family, '$' COLUMNS (a int PATH '$.a', n FOR ORDINALITY,"
        " NESTED PATH '$.b[*]' COLUMNS (b text PATH '$'))) AS j"
    )
    assert [name for name, _ in verdicts(statement)][-3:] == ["a", "n", "b"]
    assert shown(statement)[-1] == {"customer.family"}
    assert uses(statement) == [("rows", {"customer.family"})]


def test_the_columns_of_xmltable_have_what_is_in_the_document() -> None:
    statement = (
        "SELECT t.x, t.n FROM customer AS c,"
        " XMLTABLE('/a' PASSING ((c.note)::xml) COLUMNS x text PATH 'b' DEFAULT c.health, n FOR ORDINALITY) AS t"
    )
    assert shown(statement) == [{"customer.note", "customer.health"}] * 2


# --- writing --------------------------------------------------------------------------------------------------------


def test_on_conflict_does_not_go_through_a_view_and_is_looked_at_all_the_same() -> None:
    statement = (
        "INSERT INTO claim AS c (policy_id) VALUES (1) ON CONFLICT (claim_id)"
        " DO UPDATE SET amount = excluded.amount WHERE c.diagnosis = 'x' RETURNING c.diagnosis"
    )
    found = report(statement)
    assert "ON CONFLICT" in found.faults[0].message
    assert ("where", {"claim.diagnosis"}) in uses(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM customer",
        "UPDATE customer SET note = 'x'",
        "INSERT INTO customer (note) VALUES ('x')",
        "WITH w AS (UPDATE customer SET status = 'lost' RETURNING mobile) SELECT * FROM w",
        "MERGE INTO claim USING policy ON true WHEN MATCHED THEN DELETE",
    ],
)
def test_what_the_role_may_not_write_is_refused(statement: str) -> None:
    assert report(statement).verdict == "refused"


def test_that_there_is_a_row_is_of_tier_2_where_the_matrix_says_so() -> None:
    """`exists: tier2`: who has a policy is told by how many rows there are, whatever is asked of them."""
    for statement in (
        "SELECT count(*) FROM policy",
        "SELECT 1 FROM customer AS c WHERE EXISTS (SELECT FROM policy AS p WHERE p.customer_id = c.customer_id)",
        "WITH w AS (SELECT policy_id FROM policy) SELECT c.customer_id FROM customer AS c, w",
        "EXPLAIN ANALYZE SELECT 1 FROM policy",
    ):
        found = report(statement)
        assert existences(statement) == ["policy"], statement
        assert [use.tier for use in found.uses if use.where == "rows"] == [2]
        assert found.verdict == "inferred"
    assert existences("SELECT policy_id FROM policy, claim") == ["policy", "claim"]
    assert existences("DELETE FROM claim") == ["claim"]
    assert existences("SELECT count(*) FROM customer") == []
    # One's own row is no news, and who sees nothing of tier 2 sees no such row.
    assert existences("INSERT INTO claim (policy_id, amount) VALUES (1, 2)") == []
    assert report("SELECT count(*) FROM policy", "data_analyst").verdict in ("hidden", "refused")
