"""What would get a value past check by a way that is easy to miss."""

from __future__ import annotations

import pytest

from pgcustsec.query import Checker
from pgcustsec.query.resolve.walk import EXPRESSIONS
from pgcustsec.query.snapshot import KnownRoutine, Snapshot
from pgcustsec.query.sources import NOTHING
from tests.integration.clients.world import demo_matrix
from tests.unit.query.statements import ROLE, report, shown, uses, values, verdicts


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


def test_a_name_that_was_to_be_let_go_may_still_stand_for_what_it_did() -> None:
    # A DEALLOCATE in a transaction that failed, or in a branch of \\if, was not run.
    script = "PREPARE p AS SELECT mobile FROM customer; DEALLOCATE p; PREPARE p AS SELECT note FROM customer; EXECUTE p"
    assert shown(script) == [{"customer.mobile", "customer.note"}]
    script = "DECLARE p CURSOR FOR SELECT mobile FROM customer; CLOSE p; DECLARE p CURSOR FOR SELECT 1, 2; FETCH p"
    assert shown(script) == [{"customer.mobile"}] * 2


def test_what_a_plan_reads_is_looked_up_when_it_is_run() -> None:
    script = "CREATE TEMP TABLE t (x text); PREPARE p AS SELECT x FROM t; INSERT INTO t SELECT note FROM customer;"
    assert shown(f"{script} EXECUTE p") == [{"customer.note"}]
    assert report(f"{script} EXPLAIN EXECUTE p").verdict == "inferred"


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


@pytest.mark.parametrize("frame", ["ROWS {} PRECEDING", "ROWS BETWEEN CURRENT ROW AND {} FOLLOWING"])
def test_how_far_a_windows_frame_goes_is_looked_at(frame: str) -> None:
    frame = frame.format("(SELECT length(note) FROM customer LIMIT 1)")
    for over in (f"OVER ({frame}) FROM", f"OVER w FROM generate_series(1, 2) WINDOW w AS ({frame}) --"):
        statement = f"SELECT count(*) {over} generate_series(1, 2)"
        assert verdicts(statement) == [("count", "inferred")]
        assert ("window", {"customer.note"}) in uses(statement)
        assert report(statement.replace("FROM customer", "FROM crm.customer")).verdict == "refused"


@pytest.mark.parametrize(
    "call", ["pgcustsec.find('customer', 'mobile', '1')", "pgcustsec.show_subject('customer', '1')", "mine(1)"]
)
def test_a_database_before_a_functions_name_makes_it_no_other(call: str) -> None:
    schema, name = ("", call) if call.startswith("mine") else call.split(".")
    plain, qualified = report(f"SELECT {call}"), report(f"SELECT broker.{schema or 'public'}.{name}")
    assert plain.verdict != "hidden"
    assert qualified.verdict == plain.verdict
    assert report("CALL broker.pgcustsec.show_record('claim', '1', 'x')").verdict == "revealed"
    assert report("SELECT broker.pg_catalog.length(note) FROM customer").verdict == "inferred"


def test_what_a_prepared_statement_is_given_goes_into_it() -> None:
    script = "PREPARE p AS SELECT $1::text AS given; EXECUTE p({})"
    assert verdicts(script.format("'x'")) == [("given", "hidden")]
    assert report(script.format("pgcustsec.show_subject('customer', '1')::text")).verdict == "opaque"
    assert report(script.format("set_config('search_path', 'crm', false)")).verdict == "refused"


def test_a_setting_is_the_same_in_capitals() -> None:
    for statement in (
        'SET "SEARCH_PATH" = crm; SELECT mobile FROM customer',
        "SET \"Role\" = 'postgres'",
        'SET "Standard_Conforming_Strings" = off',
    ):
        assert report(statement).verdict == "refused"


def test_a_script_stays_in_its_own_encoding() -> None:
    for name in ("= 'UTF8'", "= unicode", "TO DEFAULT"):
        assert report(f"SET client_encoding {name}").verdict == "hidden"
    for statement in (
        "SET client_encoding = 'GBK'",
        "SET NAMES 'BIG5'",
        "SELECT set_config('client_encoding', 'GBK', false)",
    ):
        assert report(statement).verdict == "refused", statement


def test_a_temporary_table_like_another_has_its_columns() -> None:
    script = "CREATE TEMP TABLE t (LIKE customer); INSERT INTO t SELECT * FROM customer; SELECT * FROM t"
    found = report(script)
    assert {"customer.mobile", "customer.note"} <= set.union(*(values(column.reach) for column in found.columns))
    # Of the catalog's columns the matrix knows nothing, so of a table that has them neither.
    script = "CREATE TEMP TABLE t (LIKE pg_class); INSERT INTO t (relname) SELECT mobile FROM customer; SELECT * FROM t"
    assert report(script).verdict == "opaque"
    assert report("CREATE TEMP TABLE t (LIKE crm.customer)").verdict == "refused"


def test_what_a_temporary_table_fills_in_itself_is_in_it() -> None:
    told = "pgcustsec.show_subject('customer', '1')::text"
    script = f"CREATE TEMP TABLE t (x text DEFAULT {told}, y text); INSERT INTO t DEFAULT VALUES; SELECT {{}} FROM t"
    assert report(script.format("x")).verdict == "opaque"
    assert report(script.format("y")).verdict == "hidden"
    like = "CREATE TEMP TABLE u (LIKE t INCLUDING DEFAULTS); INSERT INTO u DEFAULT VALUES; SELECT x FROM u"
    assert report(script.format("y") + ";" + like).verdict == "opaque"


@pytest.mark.parametrize(
    "table",
    [
        "t () INHERITS (s)",
        "t PARTITION OF s DEFAULT",
        "t (x text) PARTITION BY LIST (x)",
        "t OF customer",
        "t (x text, y text GENERATED ALWAYS AS (upper(x)) STORED)",
    ],
)
def test_a_temporary_table_of_which_more_comes_out_than_was_put_in_is_refused(table: str) -> None:
    assert report("CREATE TEMP TABLE t (x text)").verdict == "hidden"
    assert report(f"CREATE TEMP TABLE s (x text); CREATE TEMP TABLE {table}").verdict == "refused"


def test_a_check_of_a_temporary_table_may_call_what_nobody_knows() -> None:
    for constraint in ("CHECK (mine(x))", ", CHECK (mine(x))", ", EXCLUDE (mine(x) WITH =)"):
        assert report(f"CREATE TEMP TABLE t (x text {constraint})").verdict == "opaque", constraint


def test_what_was_to_be_inserted_is_written_after_a_conflict() -> None:
    script = (
        "CREATE TEMP TABLE t (x text PRIMARY KEY, y text); INSERT INTO t (x) SELECT {} FROM customer"
        " ON CONFLICT (x) DO UPDATE SET y = excluded.x RETURNING x, y"
    )
    assert shown(script.format("note")) == [{"customer.note"}] * 2
    assert report(script.format("'x'").replace("(x) DO", "(mine(x)) WHERE mine(y) DO")).verdict == "opaque"


def test_where_of_copy_and_the_part_of_a_sample_are_looked_at() -> None:
    copy = "CREATE TEMP TABLE t (x text); INSERT INTO t SELECT note FROM customer; COPY t FROM STDIN WHERE {}"
    assert uses(copy.format("x = 'a'")) == [("where", {"customer.note"})]
    assert report(copy.format("mine(x)")).verdict == "opaque"
    share = "(SELECT length(note) FROM customer LIMIT 1)"
    for sample in (f"bernoulli ({share})", f"system (5) REPEATABLE ({share})"):
        assert ("rows", {"customer.note"}) in uses(f"SELECT status FROM customer TABLESAMPLE {sample}")


def test_a_part_of_a_statement_that_is_passed_over_gets_it_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever clause is forgotten here: what could reveal something in it is seen not to have been looked at."""
    statements = {
        "BoolExpr": "SELECT status FROM customer WHERE {} AND true",
        "CaseExpr": "SELECT CASE WHEN {} THEN 1 END FROM customer",
        "SubLink": "SELECT (SELECT 1 FROM crm.customer WHERE {}) FROM customer",
    }
    for kind, statement in statements.items():
        for hidden in ("mine()", "health = 'x'", "EXISTS (SELECT FROM crm.policy)"):
            text = statement.format(hidden)
            with monkeypatch.context() as patch:
                patch.setitem(EXPRESSIONS, kind, lambda walk, fields, scope: NOTHING)
                assert report(text).verdict == "refused", text
        assert report(statement.format("true").replace("crm.", "")).verdict == "hidden"


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT count(*) FROM (SELECT mine(note) FROM customer) AS q",
        "SELECT 1 WHERE EXISTS (SELECT mine())",
        "WITH w AS MATERIALIZED (SELECT mine()) SELECT count(*) FROM w",
        "CREATE TEMP TABLE t (x text); INSERT INTO t VALUES (mine())",
        "SELECT count(query_to_xml('SELECT 1', true, true, ''))",
    ],
)
def test_a_function_that_nobody_knows_runs_wherever_it_stands(statement: str) -> None:
    assert report(statement).verdict == "opaque"
    assert [use.where for use in report(statement).uses if use.reach.opaque] == ["call"]


def test_a_function_may_have_the_name_of_one_that_is_built_in_or_of_a_column() -> None:
    secret = "SELECT note FROM crm.customer LIMIT 1"
    routines = tuple(
        KnownRoutine(schema, name, "sql", secret, "", definer=True, callers=(ROLE,))
        for schema, name in ((ROLE, "length"), (ROLE, "status"), ("public", "upper"))
    )
    with_ours = Checker(demo_matrix("any_"), Snapshot("broker", 15, routines=routines))

    def reached(statement: str) -> set[str]:
        return values(with_ours.check(statement, ROLE)[-1].columns[0].reach)

    assert reached("SELECT length(5)") == {"customer.note"}
    assert "customer.note" in reached("SELECT status(p) FROM policy AS p")
    assert reached("SELECT public.upper('a')") == {"customer.note"}
    for statement in ("SELECT pg_catalog.length(5)", "SELECT upper('a')", "SELECT upper('a') FROM policy"):
        assert reached(statement) == set()


def test_what_others_of_the_same_login_run_has_values_in_it() -> None:
    assert verdicts("SELECT pid, state, query FROM pg_stat_activity") == [
        ("pid", "hidden"),
        ("state", "hidden"),
        ("query", "opaque"),
    ]
    assert report("SELECT statement FROM pg_catalog.pg_prepared_statements").verdict == "opaque"
