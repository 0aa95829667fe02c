"""The rules of `query check`: each example breaks its rule, each remedy breaks none, and what is right stays unsaid."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from importlib.resources import files

import pytest
from _pytest.mark import ParameterSet

from pgcustsec.matrix.form import ARTICLES
from pgcustsec.matrix.load import loads
from pgcustsec.query import Checker
from pgcustsec.query.functions import DYNAMIC
from pgcustsec.query.rules import (
    RULES,
    Context,
    Finding,
    Rule,
    Severity,
    another_server,
    find_all,
    query_function,
    server_files,
    suppression,
)

MATRIX = loads(files("pgcustsec.demo").joinpath("matrix.yaml").read_text(encoding="utf-8"), "demo/matrix.yaml")
CHECKER = Checker(MATRIX)
#: What is suppressed has tests of its own: the comment is in the example.
STATEMENT_RULES = [rule for rule in RULES if rule is not suppression.RULE]


def findings(text: str, role: str = "sales_agent") -> list[Finding]:
    """What is wrong with the script *text* for *role*, comments that suppress not looked at."""
    return list(find_all(CHECKER.check(text, role), Context(MATRIX, MATRIX.roles[role])))


def broken(text: str, role: str = "sales_agent") -> list[str]:
    """The names of the rules that *text* breaks; what is only to know, a NOTE, left out."""
    return [one.rule.name for one in findings(text, role) if one.rule.severity > Severity.NOTE]


def noted(text: str, role: str = "sales_agent") -> list[str]:
    return [one.rule.name for one in findings(text, role) if one.rule.severity is Severity.NOTE]


def named(rules: Iterable[Rule]) -> list[ParameterSet]:
    return [pytest.param(rule, id=f"{rule.code}-{rule.name}") for rule in rules]


# Every rule


@pytest.mark.parametrize("rule", named(STATEMENT_RULES))
def test_the_bad_example_breaks_the_rule(rule: Rule) -> None:
    assert rule in [one.rule for one in findings(rule.bad, rule.role)]


@pytest.mark.parametrize("rule", named(RULES))
def test_the_good_example_breaks_no_rule_beyond_a_note(rule: Rule) -> None:
    assert broken(rule.good, rule.role) == []
    assert rule.name not in noted(rule.good, rule.role)


@pytest.mark.parametrize("rule", named(STATEMENT_RULES))
def test_an_example_is_told_once_at_each_place(rule: Rule) -> None:
    worse = [one for one in findings(rule.bad, rule.role) if one.rule.severity > Severity.NOTE]
    assert max(Counter(one.found.at for one in worse).values(), default=0) <= 1


@pytest.mark.parametrize("rule", named(STATEMENT_RULES))
def test_a_finding_names_what_to_do_and_a_place_in_the_text(rule: Rule) -> None:
    for one in findings(rule.bad, rule.role):
        assert one.found.message and one.found.instead
        assert 0 <= one.found.at < len(rule.bad.encode())


@pytest.mark.parametrize("rule", named(RULES))
def test_a_rule_is_described(rule: Rule) -> None:
    assert re.fullmatch(r"CQ\d\d", rule.code)
    assert rule.article in ARTICLES
    assert rule.title and rule.why.endswith(".") and not rule.title.endswith(".")
    assert rule.role in MATRIX.roles
    assert rule.check.__module__ == f"pgcustsec.query.rules.{rule.name}"


def test_codes_and_names_are_unique_and_rules_in_the_order_of_their_codes() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert len(RULES) >= 25


def test_a_rule_that_is_a_file_is_in_the_list() -> None:
    beside = {"__init__", "rule", "looking", "records", "writing"}
    in_folder = {file.name.removesuffix(".py") for file in files("pgcustsec.query.rules").iterdir()}
    assert {name for name in in_folder if not name.startswith("__py")} - beside == {rule.name for rule in RULES}


def test_what_reads_past_relations_has_a_rule_that_names_it() -> None:
    assert DYNAMIC <= another_server.FUNCTIONS | query_function.FUNCTIONS | server_files.FUNCTIONS


@pytest.mark.parametrize("rule", named(STATEMENT_RULES))
def test_a_message_never_has_a_literal_of_the_statement(rule: Rule) -> None:
    literals = ["13800138000", "138****5678", "110101199003070019", "a.wang@example.com", "spring-2026"]
    text = rule.bad
    for literal in literals:
        text = text.replace("$1", f"'{literal}'", 1) if "$1" in text else text
    for one in findings(text, rule.role):
        assert not [literal for literal in literals if literal in one.found.message + one.found.instead]


def test_a_finding_names_the_matrix_line_of_the_column() -> None:
    [one] = [one for one in findings("SELECT mobile FROM customer") if one.rule.name == "bulk_tier1"]
    mark = MATRIX.tables["crm.customer"].columns["mobile"].mark
    assert (one.found.mark, one.report.role) == (mark, "sales_agent")
    assert mark.line > 0


# One record, or many


@pytest.mark.parametrize(
    "query",
    [
        "SELECT mobile FROM customer WHERE customer_id = $1",
        "SELECT mobile FROM customer WHERE status = 'customer' AND $1 = customer_id",
        "SELECT mobile FROM customer WHERE customer_id IN (17)",
        "SELECT (c).mobile FROM customer AS c WHERE (c).customer_id = 17",
        "SELECT c.mobile FROM customer AS c JOIN policy AS p USING (customer_id) WHERE p.policy_id = $1",
        "SELECT c.mobile FROM customer AS c JOIN policy AS p ON p.customer_id = c.customer_id WHERE p.policy_id = $1",
        "WITH one AS (SELECT mobile FROM customer WHERE customer_id = $1) SELECT mobile FROM one",
        """WITH p AS (SELECT customer_id FROM policy WHERE policy_id = $1)
            SELECT c.mobile FROM customer AS c JOIN p ON p.customer_id = c.customer_id""",
        "SELECT c.mobile FROM customer AS c LEFT JOIN policy AS p USING (customer_id) WHERE c.customer_id = $1",
        "SELECT c.mobile FROM policy AS p, customer AS c WHERE p.policy_id = $1 AND c.customer_id = p.customer_id",
        """UPDATE customer AS c SET note = p.product FROM policy AS p
            WHERE p.policy_id = $1 AND p.customer_id = c.customer_id RETURNING c.mobile""",
        "INSERT INTO customer (name, mobile) VALUES ($1, $2) RETURNING name, mobile",
        "SELECT email FROM customer WHERE customer_id = 1 UNION ALL SELECT mobile FROM customer WHERE customer_id = 1",
    ],
)
def test_a_record_by_its_key_is_no_bulk(query: str) -> None:
    assert "bulk_tier1" not in broken(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT mobile FROM customer WHERE customer_id = $1 OR status = 'lost'",
        "SELECT mobile FROM customer WHERE NOT customer_id = $1",
        "SELECT mobile FROM customer WHERE customer_id <> $1",
        "SELECT mobile FROM customer WHERE customer_id IN ($1, $2)",
        "SELECT mobile FROM customer WHERE customer_id = ANY ($1)",
        "SELECT mobile FROM customer WHERE customer_id = age",
        "SELECT c.mobile FROM customer AS c LEFT JOIN policy AS p ON c.customer_id = $1",
        "SELECT c.mobile FROM customer AS c LEFT JOIN policy AS p ON p.customer_id = c.customer_id AND policy_id = 1",
        """SELECT mobile FROM customer AS c WHERE NOT EXISTS (
            SELECT FROM policy AS p WHERE p.customer_id = c.customer_id AND p.policy_id = $1)""",
        """SELECT mobile, (SELECT p.product FROM policy AS p WHERE p.customer_id = c.customer_id AND p.policy_id = $1)
            FROM customer AS c""",
        "SELECT mobile FROM customer WHERE customer_id = $1 UNION ALL SELECT mobile FROM customer",
        "SELECT b.mobile FROM customer AS a, customer AS b WHERE a.customer_id = $1",
        "SELECT mobile FROM customer ORDER BY customer_id LIMIT 1",
        "SELECT c.mobile FROM customer AS c JOIN policy AS p ON p.customer_id > c.customer_id WHERE p.policy_id = $1",
        "TABLE customer",
    ],
)
def test_what_is_not_kept_to_one_record_is_bulk(query: str) -> None:
    assert "bulk_tier1" in broken(query)


def test_a_role_that_is_shown_no_tier_1_reads_none_in_bulk() -> None:
    query = "SELECT policy_id, payer_account FROM policy"
    assert "bulk_tier1" not in broken(query, "sales_agent")
    assert "hidden_column" in noted(query, "sales_agent")
    assert "bulk_tier1" in broken(query, "service_agent")


# Conditions on tier 1: one rule for each way


@pytest.mark.parametrize(
    ("condition", "rule"),
    [
        ("mobile = $1", "compare_instead_of_find"),
        ("mobile IN ($1, $2)", "compare_instead_of_find"),
        ("id_card = ANY ($1)", "compare_instead_of_find"),
        ("mobile::text = $1", "compare_instead_of_find"),
        ("mobile LIKE '138%'", "predicate_tier1"),
        ("mobile <> $1", "predicate_tier1"),
        ("right(mobile, 4) = $1", "predicate_tier1"),
        ("upper(email) = upper($1)", "predicate_tier1"),
        ("length(address) > 5", "predicate_tier1"),
        ("mobile BETWEEN $1 AND $2", "predicate_tier1"),
        ("mobile = email", "join_tier1"),
    ],
)
def test_a_condition_on_tier_1_breaks_the_one_rule_that_is_about_it(condition: str, rule: str) -> None:
    assert broken(f"SELECT customer_id FROM customer WHERE {condition}") == [rule]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT customer_id, mobile LIKE '138%' FROM customer WHERE customer_id = $1",
        "SELECT CASE WHEN right(mobile, 4) = '5678' THEN 1 END FROM customer WHERE customer_id = $1",
        "SELECT count(*) FILTER (WHERE mobile LIKE '138%') FROM customer WHERE customer_id = $1",
        "SELECT branch_code FROM customer GROUP BY branch_code HAVING min(mobile) > '138'",
        "SELECT customer_id FROM customer WHERE customer_id IN (SELECT customer_id FROM customer WHERE email ~ 'qq')",
    ],
)
def test_a_condition_is_found_wherever_it_stands(query: str) -> None:
    assert "predicate_tier1" in broken(query)


def test_whether_tier_1_shows_at_all_may_be_asked() -> None:
    assert broken("SELECT customer_id FROM customer WHERE mobile IS NOT NULL") == []


def test_find_is_named_only_for_columns_that_have_it() -> None:
    [can] = findings("SELECT customer_id FROM customer WHERE mobile = $1")
    [cannot] = findings("SELECT customer_id FROM customer WHERE email = $1")
    assert "pgcustsec.find('customer', 'mobile', $1)" in can.found.instead
    assert "pgcustsec.find(" not in cannot.found.instead and "find: true" in cannot.found.instead


def test_joins_by_using_and_natural_join_by_tier_1_as_well() -> None:
    assert broken("SELECT a.customer_id FROM customer AS a JOIN customer AS b USING (mobile)") == ["join_tier1"]
    assert broken("SELECT a.customer_id FROM customer AS a NATURAL JOIN customer AS b") == ["join_tier1"]
    assert broken("SELECT c.customer_id FROM customer AS c JOIN policy USING (customer_id)") == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT mobile FROM customer WHERE customer_id = $1 ORDER BY 1",
        "SELECT mobile AS m FROM customer WHERE customer_id = $1 ORDER BY m",
        "SELECT count(*) FROM customer WHERE customer_id = $1 GROUP BY email",
        "SELECT DISTINCT email FROM customer WHERE customer_id = $1",
        "SELECT rank() OVER (ORDER BY id_card) FROM customer",
        "SELECT email FROM customer WHERE customer_id = $1 UNION SELECT email FROM customer WHERE customer_id = $1",
    ],
)
def test_every_order_and_group_of_tier_1_is_found(query: str) -> None:
    assert "order_tier1" in broken(query)


# Stars and whole rows


@pytest.mark.parametrize(
    "query",
    [
        "SELECT count(*) FROM customer",
        "SELECT count(c) FROM customer AS c",
        "SELECT customer_id FROM customer AS c WHERE EXISTS (SELECT * FROM policy WHERE policy_id = age)",
        "SELECT * FROM (SELECT customer_id, age FROM customer) AS t",
        "WITH t AS (SELECT customer_id, name FROM customer WHERE customer_id = $1) SELECT * FROM t",
        "SELECT * FROM pgcustsec.my_budget()",
        "SELECT * FROM pgcustsec.sessions",
        "SELECT * FROM assignment",
    ],
)
def test_a_star_that_takes_nothing_beyond_what_is_named_is_right(query: str) -> None:
    assert not {"select_star", "whole_row", "small_groups"} & set(broken(query, "sales_manager"))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT c.* FROM customer AS c WHERE customer_id = $1",
        "SELECT (c).* FROM customer AS c WHERE customer_id = $1",
        "WITH t AS (SELECT * FROM customer) SELECT age FROM t",
        "UPDATE customer SET note = $2 WHERE customer_id = $1 RETURNING *",
        "TABLE customer",
    ],
)
def test_a_star_is_found_in_every_dress(query: str) -> None:
    assert "select_star" in broken(query)


@pytest.mark.parametrize(
    "row", ["c", "row_to_json(c)", "to_jsonb(c.*)", "ROW(c.*)", "to_jsonb(c) - 'mobile'", "c::text", "c.to_json"]
)
def test_a_whole_row_is_found_in_every_dress(row: str) -> None:
    assert "whole_row" in broken(f"SELECT {row} FROM customer AS c WHERE c.customer_id = $1")


def test_an_analyst_to_whom_only_tier_3_shows_may_take_stars() -> None:
    assert broken("SELECT * FROM customer", "data_analyst") == []
    assert broken("SELECT row_to_json(c) FROM customer AS c", "data_analyst") == []


# Groups


@pytest.mark.parametrize(
    "query",
    [
        "SELECT branch_code, avg(age) FROM customer GROUP BY branch_code",
        "SELECT branch_code, avg(annual_income) FROM customer GROUP BY branch_code HAVING count(*) > 4",
        "SELECT product, count(*) FROM policy GROUP BY 1 HAVING count(*) >= 5",
        "SELECT sum(premium) FROM policy WHERE customer_id = $1",
    ],
)
def test_a_group_of_many_or_over_tier_3_or_of_one_customer_by_key_is_right(query: str) -> None:
    assert broken(query) == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT product, count(*) FROM policy GROUP BY 1",
        "SELECT product AS p, count(*) FROM policy GROUP BY p",
        "SELECT max(annual_income) FROM customer WHERE branch_code = 'BJ'",
        "SELECT branch_code, avg(annual_income) FROM customer GROUP BY 1 HAVING count(*) >= 2",
        "SELECT branch_code, avg(annual_income) FROM customer GROUP BY 1 HAVING avg(age) >= 50",
        "SELECT x FROM (SELECT avg(premium) AS x FROM policy GROUP BY product) AS t",
    ],
)
def test_a_group_that_may_be_one_customer_is_found(query: str) -> None:
    assert "small_groups" in broken(query)


# Sessions and transactions: rules that look at a whole script


def test_statements_that_somebody_sends_need_no_session_beside_them() -> None:
    query = "SELECT name FROM customer WHERE customer_id = $1"
    assert noted(query) == []
    assert noted(f"{query}; {query}") == []
    assert noted(f"BEGIN; {query}; {query}; COMMIT") == ["no_session"]


@pytest.mark.parametrize(
    "begin",
    [
        "SELECT pgcustsec.start_session('selling')",
        "SELECT pgcustsec.register_session($1), set_config('pgcustsec.token', $1, true)",
        "SELECT set_config('pgcustsec.token', $1, true)",
    ],
)
def test_a_session_or_a_token_before_it_is_enough(begin: str) -> None:
    assert findings(f"{begin}; BEGIN; SELECT name FROM customer WHERE customer_id = $1; COMMIT") == []


def test_a_session_begun_afterwards_is_too_late() -> None:
    script = (
        "BEGIN; SELECT name FROM customer WHERE customer_id = $1; COMMIT; SELECT pgcustsec.start_session('selling')"
    )
    [one] = findings(script)
    assert one.rule.name == "no_session"
    assert one.found.instead == "SELECT pgcustsec.start_session('selling')"


OPEN = "SELECT pgcustsec.open_record('customer', $1, 'renewal')"
READ = "SELECT mobile FROM customer WHERE customer_id = $1"


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (f"BEGIN; {OPEN}; {READ}; COMMIT", "other statements come before COMMIT"),
        (f"BEGIN; {OPEN}", "no COMMIT comes"),
        (f"BEGIN; {OPEN}; ROLLBACK", "stays spent"),
        (f"BEGIN; {OPEN}; PREPARE TRANSACTION 'p'", "stays spent"),
        (f"START TRANSACTION; SELECT 1; {OPEN}; SELECT 1; COMMIT", "other statements come before COMMIT"),
        (
            "SELECT pgcustsec.open_record('customer', $1, 'renewal'), mobile FROM customer WHERE customer_id = $1",
            "not in its own",
        ),
        ("BEGIN; CALL pgcustsec.show_record('customer', $1, 'renewal'); COMMIT", "fails within a transaction"),
        (f"BEGIN; COMMIT; BEGIN; SELECT pgcustsec.start_session('selling'); {READ}; COMMIT", "other statements"),
    ],
)
def test_what_counts_once_committed_is_committed_at_once(script: str, said: str) -> None:
    [one] = [one for one in findings(script) if one.rule.name == "open_not_committed"]
    assert said in one.found.message


@pytest.mark.parametrize(
    "script",
    [
        f"{OPEN}; {READ}",
        f"BEGIN; {OPEN}; COMMIT; {READ}",
        f"BEGIN; SELECT pgcustsec.start_session('selling'); {OPEN}; COMMIT; {READ}",
        f"BEGIN; SELECT 1; ROLLBACK; {OPEN}; {READ}",
        "CALL pgcustsec.show_record('customer', $1, 'renewal')",
    ],
)
def test_an_opening_that_is_committed_first_is_right(script: str) -> None:
    assert broken(script) == []


# What is written


@pytest.mark.parametrize(
    ("statement", "rules"),
    [
        ("UPDATE customer SET mobile = mobile, note = $2 WHERE customer_id = $1", []),
        ("UPDATE customer SET (mobile, email) = ($2, '***') WHERE customer_id = $1", ["masked_written"]),
        ("UPDATE customer SET name = '王**' WHERE customer_id = $1", ["masked_written"]),
        ("UPDATE customer SET note = '***' WHERE customer_id = $1", []),
        ("UPDATE customer SET email = mobile WHERE customer_id = $1", ["masked_written"]),
        ("INSERT INTO customer (name, mobile) VALUES ($1, '138****5678')", ["masked_written"]),
        (
            "INSERT INTO customer (name, status) SELECT name, status FROM customer WHERE customer_id = $1",
            ["masked_written"],
        ),
        ("INSERT INTO customer (status, note) SELECT status, health FROM customer WHERE customer_id = $1", []),
        ("UPDATE customer SET note = concat(note, mobile) WHERE customer_id = $1", ["lower_tier_written"]),
        ("UPDATE customer SET last_contact_at = now()", []),
        ("UPDATE customer SET annual_income = 0", ["update_many"]),
    ],
)
def test_what_is_written_is_true_and_of_its_tier(statement: str, rules: list[str]) -> None:
    assert broken(statement) == rules


@pytest.mark.parametrize(
    "script",
    [
        "SELECT name INTO TEMPORARY mine FROM customer WHERE customer_id = $1",
        "CREATE TEMPORARY TABLE mine (v text); INSERT INTO mine SELECT health FROM customer WHERE customer_id = $1",
        "CREATE TABLE mine AS SELECT mobile FROM customer WHERE customer_id = $1",
    ],
)
def test_a_copy_in_a_table_of_ones_own_is_found(script: str) -> None:
    assert "own_copy" in broken(script)


# Ways past the views


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("SELECT set_config('role', 'wutong_service_agent', true)", "set_role"),
        ("SET SESSION AUTHORIZATION dba", "set_role"),
        ("ALTER ROLE wutong_li_na SET synchronous_commit = off", "guarding_setting"),
        ("SELECT set_config('session_replication_role', 'replica', false)", "guarding_setting"),
        ("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE", "isolation"),
        ("SET default_transaction_isolation = 'repeatable read'", "isolation"),
        ("EXECUTE prepared_elsewhere(1)", "dynamic_sql"),
        (
            "CREATE FUNCTION crm.f() RETURNS void LANGUAGE plpgsql AS $$BEGIN EXECUTE 'SELECT ' || 1; END$$",
            "dynamic_sql",
        ),
        ("SELECT table_to_xml('customer', true, false, '')", "query_function"),
        ("SELECT pg_catalog.cursor_to_xml('c', 10, true, false, '')", "query_function"),
        ("SELECT pg_read_file('pg_hba.conf')", "server_files"),
        ("COPY (SELECT 1) TO PROGRAM 'cat'", "server_files"),
        ("SELECT public.dblink_exec('c', 'SELECT 1')", "another_server"),
        ("CREATE PUBLICATION p FOR TABLE crm.customer", "another_server"),
        ("SELECT histogram_bounds FROM pg_catalog.pg_stats", "statistics"),
        ("CREATE VIEW crm.v AS SELECT customer_id FROM crm.customer", "widening_view"),
        ("CREATE MATERIALIZED VIEW crm.v AS SELECT health FROM customer", "widening_view"),
        ("GRANT USAGE ON SCHEMA sales_agent TO reporting", "granted_on"),
        ("GRANT SELECT ON ALL TABLES IN SCHEMA crm TO reporting", "granted_on"),
        ("GRANT wutong_sales_agent TO wutong_li_na", "granted_on"),
        ("GRANT crm_owner TO wutong_li_na", "granted_on"),
        ("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO reporting", "granted_on"),
        ("ALTER DEFAULT PRIVILEGES IN SCHEMA crm GRANT SELECT ON TABLES TO reporting", "granted_on"),
        ("CREATE ROLE etl SUPERUSER", "role_beyond"),
        ("CREATE ROLE standby REPLICATION LOGIN", "role_beyond"),
        ("ALTER VIEW sales_agent.customer SET (security_barrier = false)", "row_security_changed"),
        ("ALTER TABLE crm.customer OWNER TO wutong_li_na", "row_security_changed"),
        ("ALTER FUNCTION crm.f() SECURITY DEFINER", "definer_path"),
        ("SELECT pgcustsec.open_record('customer', $1, ' ')", "call_refused"),
        ("SELECT pgcustsec.open_record('claim', $1, 'renewal')", "call_refused"),
        ("CALL pgcustsec.show_record('crm.claim', $1, 'renewal')", "call_refused"),
        ("SELECT pgcustsec.find('customer', 'email', $1)", "call_refused"),
        ("DROP POLICY p ON crm.customer", "row_security_changed"),
        ("CREATE POLICY p ON crm.customer USING (true)", "row_security_changed"),
        ("ALTER TABLE crm.customer DISABLE TRIGGER ALL", "row_security_changed"),
        ("TRUNCATE crm.customer", "delete_by_hand"),
        ("CREATE ROLE wutong_wang LOGIN PASSWORD 'spring'", "password_literal"),
        ("SET pgcustsec.token = 'pgcustsec1.x'", "token_kept"),
        ("SET LOCAL pgcustsec.token = 'pgcustsec1.x'", "token_kept"),
        ("LOCK TABLE customer", "lock_many"),
        ("SELECT pg_notify('c', c::text) FROM customer AS c WHERE customer_id = $1", "notify_payload"),
        ("SELECT digest(mobile, 'sha256') FROM customer WHERE customer_id = $1", "hash_tier1"),
        ("SELECT name OPERATOR(scoring.~~~) 'x' FROM customer WHERE customer_id = $1", "own_function"),
        ("SELECT rate(health, status) FROM customer WHERE customer_id = $1", "own_function"),
        ("SELECT to_number(mobile, '9') FROM customer WHERE customer_id = $1", "telling_cast"),
        ("COPY (SELECT * FROM customer WHERE customer_id = 1) TO STDOUT", "copy_out"),
    ],
)
def test_a_way_past_the_views_is_found(statement: str, rule: str) -> None:
    assert rule in broken(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "RESET ROLE",
        "SET ROLE NONE",
        "SET synchronous_commit = on",
        "BEGIN ISOLATION LEVEL READ COMMITTED",
        "SET LOCAL pgcustsec.token = ''",
        "PREPARE p AS SELECT customer_id FROM customer; EXECUTE p",
        "GRANT SELECT ON other.thing TO reporting",
        "GRANT crm_owner TO dba",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA other GRANT SELECT ON TABLES TO reporting",
        "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
        "CREATE ROLE etl NOSUPERUSER NOBYPASSRLS LOGIN",
        "ALTER ROLE etl PASSWORD NULL",
        "SELECT pgcustsec.start_session($1)",
        "SELECT pgcustsec.find('sales_agent.customer', 'mobile', $1)",
        "SELECT pgcustsec.open_record('crm.customer', $1, $2)",
        "REVOKE wutong_sales_agent FROM wutong_li_na",
        "CREATE ROLE wutong_wang LOGIN PASSWORD 'SCRAM-SHA-256$4096:c2FsdA==$a:b'",
        "EXPLAIN (ANALYZE false) SELECT customer_id FROM customer WHERE annual_income > 5",
        "DECLARE c CURSOR WITH HOLD FOR SELECT customer_id, age FROM customer",
        'COPY (SELECT customer_id, mobile FROM pgcustsec_extracts."sales_agent.customer") TO STDOUT',
        "SELECT md5(status) FROM customer",
        "SELECT scoring.rate(age, status) FROM customer",
        "SELECT age OPERATOR(scoring.+) 1 FROM customer",
        "SELECT birth_date::text, annual_income::bigint FROM customer WHERE customer_id = $1",
        "SELECT c.customer_id FROM customer AS c CROSS JOIN generate_series(1, 3) AS n",
        "SELECT c.customer_id FROM customer AS c, policy AS p WHERE p.customer_id = c.customer_id",
        "SELECT c.customer_id FROM customer AS c, LATERAL (SELECT 1 FROM policy WHERE policy_id = c.age) AS p",
    ],
)
def test_what_looks_alike_and_is_right_is_not_found(statement: str) -> None:
    assert broken(statement) == []


def test_a_definers_path_has_the_temporary_schema_at_its_end() -> None:
    function = "CREATE FUNCTION crm.f() RETURNS int LANGUAGE sql SECURITY DEFINER {} RETURN 1"
    assert broken(function.format("SET search_path = pg_catalog, pg_temp")) == []
    for path in ("", "SET search_path = ''", "SET search_path = pg_catalog", "SET search_path FROM CURRENT"):
        assert broken(function.format(path)) == ["definer_path"], path


def test_execute_is_dynamic_as_a_statement_of_a_body_alone() -> None:
    function = "CREATE FUNCTION crm.f() RETURNS void LANGUAGE plpgsql AS $${}$$"
    for right in (
        "BEGIN PERFORM 1; -- no EXECUTE here\nEND",
        "BEGIN RAISE NOTICE 'EXECUTE'; END",
        "BEGIN GRANT EXECUTE ON FUNCTION crm.g() TO crm_owner; END",
        "BEGIN CREATE TRIGGER t AFTER INSERT ON crm.x EXECUTE FUNCTION crm.g(); END",
    ):
        assert broken(function.format(right)) == [], right
    for wrong in (
        "BEGIN execute 'SELECT 1'; END",
        "BEGIN RETURN QUERY EXECUTE format('SELECT %I', $1); END",
        "BEGIN EXECUTE 'open",
    ):
        assert broken(function.format(wrong)) == ["dynamic_sql"], wrong


# Filters and indexes


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("status LIKE 'pro%'", "operator ~~"),
        ("status ILIKE 'pro%'", "operator ~~*"),
        ("status ~ '^pro'", "operator ~"),
        ("lower(status) = 'prospect'", "function lower()"),
        ("date_trunc('day', created_at) = $1", "function date_trunc()"),
    ],
)
def test_a_filter_that_no_index_serves_names_its_operator(condition: str, said: str) -> None:
    [one] = findings(f"SELECT customer_id FROM customer WHERE {condition}")
    assert one.rule.name == "leaky_filter"
    assert one.found.message.startswith(f"{said} is not leakproof")


@pytest.mark.parametrize(
    "condition", ["status = 'prospect'", "created_at > now()", "status ^@ 'pro'", "status IS NULL"]
)
def test_a_leakproof_filter_is_right(condition: str) -> None:
    assert findings(f"SELECT customer_id FROM customer WHERE {condition}") == []


def test_a_filter_beside_the_key_needs_no_index() -> None:
    assert findings("SELECT customer_id FROM customer WHERE customer_id = $1 AND status LIKE 'p%'") == []


# Who is served


def test_tier_2_of_rows_that_one_may_not_serve_is_noted_where_nothing_says_who_serves() -> None:
    assert noted("SELECT health FROM customer") == ["tier2_not_served"]
    for right in (
        "SELECT health FROM customer WHERE owner_staff_id = $1",
        "SELECT health FROM customer WHERE customer_id = $1",
        "SELECT age FROM customer",
        # A policy is a row only where its tier 2 shows.
        "SELECT product FROM policy",
    ):
        assert noted(right) == [], right


def test_an_assignment_in_the_join_says_who_serves() -> None:
    query = "SELECT c.health FROM customer AS c JOIN assignment AS a USING (customer_id) WHERE a.staff_id = $1"
    assert noted(query, "sales_manager") == []


# Literals


@pytest.mark.parametrize(
    ("literal", "called"),
    [
        ("'13800138000'", "mobile phone"),
        ("'+86 138-0013-8000'", "mobile phone"),
        ("13800138000", "mobile phone"),
        ("'11010119900307001X'", None),  # the check digit is wrong
        ("'110101199003070097'", "identity number"),
        ("'6222021234567890128'", "bank card"),
        ("'6222021234567890127'", None),  # so is this one's
        ("'call a.wang@example.com'", "email address"),
        ("'138****5678'", None),
        ("'2026-11-30'", None),
        ("1000000", None),
    ],
)
def test_a_literal_that_looks_like_tier_1_is_found_and_not_repeated(literal: str, called: str | None) -> None:
    found = [one for one in findings(f"SELECT {literal}") if one.rule.name == "literal_value"]
    assert [called in one.found.message for one in found] == ([True] if called else [])
    assert not [one for one in found if literal.strip("'") in one.found.message + one.found.instead]


@pytest.mark.parametrize(
    "statement",
    [
        "COMMENT ON TABLE crm.note IS 'ask 13800138000'",
        "NOTIFY calls, '13800138000'",
        "DO $$BEGIN RAISE NOTICE 'number 13800138000'; END$$",
        "CREATE FUNCTION crm.f() RETURNS text LANGUAGE sql AS $$SELECT '13800138000'$$",
    ],
)
def test_a_literal_is_found_in_comments_payloads_and_bodies(statement: str) -> None:
    assert "literal_value" in broken(statement)


def test_a_hash_beside_a_mask_is_undone_in_ten_thousand_tries() -> None:
    """Why hashes of tier 1 have a rule: what is left out of 138****5678 is four digits."""
    stolen = hashlib.md5(b"13812345678").hexdigest()
    tried = (f"138{middle:04}5678" for middle in range(10_000))
    assert [number for number in tried if hashlib.md5(number.encode()).hexdigest() == stolen] == ["13812345678"]


# Scripts, places, roles


def test_what_the_database_refuses_is_told_once_by_the_rule_that_explains_it() -> None:
    assert broken("SELECT customer_id FROM crm.customer") == ["base_table"]
    assert broken("DO 'BEGIN END'") == ["dynamic_sql"]
    assert broken("SELECT nothing FROM customer") == ["refused"]


def test_a_place_is_counted_in_bytes_of_the_whole_text() -> None:
    text = "SELECT '客户';\nSELECT customer_id FROM crm.customer"
    [one] = findings(text)
    assert text.encode()[one.found.at :] == b"crm.customer"


def test_a_tablespaces_location_is_no_place_in_the_text() -> None:
    assert noted("CREATE TABLESPACE mine LOCATION '/srv/mine'") == ["owners_work"]


def test_what_does_not_parse_hides_nothing_and_is_not_quoted() -> None:
    text = "SELECT customer_id FROM crm.customer; SELECT '13800138000' '138' FROM; SELECT age FROM crm.customer"
    found = findings(text)
    assert [one.rule.name for one in found] == ["base_table", "does_not_parse", "base_table"]
    assert not [one for one in found if "138" in one.found.message]


def test_a_matrix_without_purposes_is_told_so() -> None:
    matrix = replace(MATRIX, purposes={})
    reports = CHECKER.check("BEGIN; SELECT name FROM customer; COMMIT", "sales_agent")
    [said] = [
        one.found.instead
        for one in find_all(reports, Context(matrix, matrix.roles["sales_agent"]))
        if one.rule.name == "no_session"
    ]
    assert said == "a purpose for the role in the matrix"
