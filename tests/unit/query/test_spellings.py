"""Each rule of `query check` over the other spellings that a person would write, and over what is near and right."""

from __future__ import annotations

import re

import click
import pytest

from pgcustsec.cli import COMMANDS
from pgcustsec.cli import main as command
from pgcustsec.query.rules import RULES, Rule
from tests.unit.query.test_rules import findings

#: By rule: statements that break it, each in another way, and such as do not.
FOUND: dict[str, list[str]] = {
    "CQ01": [
        "SELECT mobile FROM sales_agent.customer WHERE customer_id > 5",
        "PREPARE p AS SELECT mobile FROM customer",
        "DECLARE c CURSOR FOR SELECT mobile FROM customer",
        "SELECT string_agg(mobile, ',') FROM customer",
        "SELECT mobile FROM customer WHERE customer_id IN (SELECT customer_id FROM policy)",
        "SELECT mobile FROM customer WHERE customer_id NOT IN (SELECT customer_id FROM policy WHERE policy_id = $1)",
        "SELECT mobile FROM customer WHERE customer_id > (SELECT customer_id FROM policy WHERE policy_id = $1)",
        "SELECT mobile FROM customer WHERE customer_id > ANY (SELECT customer_id FROM policy WHERE policy_id = $1)",
        "SELECT c.mobile FROM customer AS c JOIN (VALUES (1), (2)) AS v (n) ON c.customer_id = v.n",
        "SELECT c.mobile FROM customer AS c WHERE NOT EXISTS (SELECT FROM policy AS p WHERE c.customer_id = 5)",
        "SELECT c.mobile FROM policy AS p RIGHT JOIN customer AS c ON c.customer_id = p.customer_id AND policy_id = 3",
        "SELECT c.mobile FROM customer AS c FULL JOIN policy AS p USING (customer_id) WHERE c.status = 'x'",
        # An outer join fills up: all customers are there, joined or not.
        """SELECT c.mobile FROM customer AS c
            LEFT JOIN (SELECT customer_id FROM policy WHERE policy_id = 1) AS p USING (customer_id)""",
        """SELECT c.mobile FROM customer AS c
            LEFT JOIN (SELECT customer_id FROM policy WHERE policy_id = 1) AS p ON p.customer_id = c.customer_id""",
    ],
    "CQ02": [
        "SELECT customer_id FROM customer WHERE nullif(mobile, $1) IS NULL",
        "SELECT customer_id FROM customer WHERE (mobile LIKE '138%') IS NOT NULL",
        "SELECT starts_with(mobile, $1) FROM customer WHERE customer_id = $2",
        "SELECT position('138' IN mobile) FROM customer WHERE customer_id = $1",
        "SELECT regexp_like(mobile, $1) FROM customer WHERE customer_id = $2",
        "SELECT customer_id FROM customer WHERE 'a' = ANY (ARRAY[mobile, email])",
        "WITH m AS (SELECT customer_id, mobile AS n FROM customer) SELECT customer_id FROM m WHERE n LIKE '1%'",
        "DELETE FROM customer WHERE mobile ILIKE '138%'",
    ],
    "CQ03": [
        "SELECT customer_id FROM customer WHERE NOT mobile = $1",
        "SELECT customer_id FROM customer WHERE mobile IS NOT DISTINCT FROM $1",
        "UPDATE customer SET note = $2 WHERE mobile = $1",
        "COPY (SELECT customer_id FROM customer WHERE mobile = '138') TO STDOUT",
        # An agent sees names masked.
        "SELECT customer_id FROM customer WHERE name = $1",
    ],
    "CQ04": [
        "SELECT a.customer_id FROM customer AS a, customer AS b WHERE a.mobile = b.mobile",
        "SELECT c.customer_id FROM customer AS c JOIN unnest($1::text[]) AS m ON m = c.mobile",
        "SELECT 1 FROM customer AS c WHERE EXISTS (SELECT FROM customer AS d WHERE d.mobile = c.mobile)",
        "SELECT a.customer_id FROM customer AS a JOIN customer AS b USING (name)",
    ],
    "CQ05": [
        "SELECT array_agg(customer_id ORDER BY mobile) FROM customer",
        "SELECT count(DISTINCT mobile) FROM customer HAVING count(*) > 10",
        "SELECT DISTINCT ON (mobile) customer_id FROM customer",
        "SELECT row_number() OVER (PARTITION BY mobile) FROM customer",
    ],
    "CQ06": [
        "SELECT array_agg(customer_id ORDER BY annual_income) FROM customer HAVING count(*) >= 5",
        "SELECT customer_id FROM customer AS c ORDER BY c.name",
    ],
    "CQ09": [
        "SELECT branch_code, avg(c.annual_income) FROM customer AS c GROUP BY 1",
        "SELECT health, count(*) FROM customer GROUP BY health HAVING count(*) >= 5 OR true",
        "SELECT health, count(*) FROM customer GROUP BY health HAVING NOT count(*) >= 5",
        "SELECT health, count(*) FROM customer GROUP BY health HAVING count(*) <= 5",
        "SELECT branch_code, count(*) FROM customer WHERE health = 'x' GROUP BY branch_code",
        "SELECT branch_code, count(*) FILTER (WHERE health = 'x') FROM customer GROUP BY branch_code",
        "SELECT branch_code FROM customer GROUP BY branch_code HAVING avg(annual_income) > 5",
        "SELECT branch_code FROM customer GROUP BY branch_code ORDER BY avg(annual_income)",
        "SELECT corr(annual_income, age) FROM customer",
    ],
    "CQ11": ["SELECT * FROM pg_ls_logdir()", "COPY customer FROM PROGRAM 'curl elsewhere'"],
    "CQ13": ["SET LOCAL synchronous_commit TO remote_write", 'SET "Row_Security" = off'],
    "CQ14": [
        "BEGIN ISOLATION LEVEL READ UNCOMMITTED",
        "SELECT set_config('transaction_isolation', 'serializable', true)",
    ],
    "CQ15": ["EXPLAIN ANALYZE EXECUTE elsewhere(1)", "CREATE TEMPORARY TABLE t AS EXECUTE elsewhere"],
    "CQ16": ["SELECT * FROM reporting.crosstab('SELECT 1') AS t (a int)"],
    "CQ17": [
        "SELECT * FROM extensions.dblink('x', 'SELECT 1') AS t (a int)",
        "CREATE EXTENSION postgres_fdw",
        "ALTER SUBSCRIPTION s CONNECTION 'host=elsewhere'",
        "ALTER PUBLICATION p ADD TABLE crm.customer",
    ],
    "CQ19": [
        "SELECT right(mobile, 4)::int FROM customer WHERE customer_id = $1",
        "SELECT mobile::text::bigint FROM customer WHERE customer_id = $1",
        "SELECT (SELECT mobile FROM customer WHERE customer_id = $1)::bigint",
        "SELECT int8(mobile) FROM customer WHERE customer_id = $1",
        "SELECT coalesce(mobile, '0')::numeric FROM customer WHERE customer_id = $1",
    ],
    "CQ20": [
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = pg_temp, x, pg_temp RETURN 1",
        'CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = "$user", pg_temp RETURN 1',
        "CREATE PROCEDURE f() LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
    ],
    "CQ23": [
        "SELECT customer_id FROM customer WHERE created_at::date = '2026-01-01'",
        "SELECT customer_id FROM customer WHERE age + 1 > 5",
        "UPDATE customer SET last_contact_at = now() WHERE status LIKE 'x%'",
    ],
    "CQ26": [
        "BEGIN; SELECT 1; COMMIT AND CHAIN; SELECT pgcustsec.open_record('customer', $1, 'renewal'); SELECT 1; COMMIT",
    ],
    "CQ27": [
        "SELECT 1 -- ask 13800138000",
        'SELECT customer_id FROM customer WHERE status = "13800138000"',
        "COPY customer (note) FROM STDIN WITH (NULL '13800138000')",
        "SECURITY LABEL ON TABLE x IS '13800138000'",
        "SELECT $$13800138000$$",
    ],
    "CQ28": [
        "UPDATE customer SET mobile = concat('138', '****5678') WHERE customer_id = $1",
        "UPDATE customer SET mobile = coalesce($2, '***') WHERE customer_id = $1",
        "UPDATE customer SET mobile = CASE WHEN $2 THEN '139****0000' ELSE mobile END WHERE customer_id = $1",
        "UPDATE customer SET mobile = (SELECT mobile FROM customer WHERE customer_id = $2) WHERE customer_id = $1",
        "UPDATE customer AS c SET mobile = d.mobile FROM customer AS d WHERE c.customer_id = $1 AND d.customer_id = $2",
        "INSERT INTO customer VALUES (1, 'a', 'b', 'c', '王**')",
        "INSERT INTO customer SELECT * FROM customer WHERE customer_id = $1",
        "INSERT INTO customer (mobile) SELECT $1 UNION ALL SELECT '138****1111'",
        "MERGE INTO customer AS c USING (SELECT 1 AS id) AS s ON c.customer_id = s.id"
        " WHEN NOT MATCHED THEN INSERT (mobile) VALUES ('138****1111')",
    ],
    "CQ29": [
        "INSERT INTO customer (note) SELECT m FROM (SELECT mobile AS m FROM customer WHERE customer_id = $1) AS s",
        "UPDATE customer SET (note, health) = (SELECT mobile, health FROM customer WHERE customer_id = $2)"
        " WHERE customer_id = $1",
        "UPDATE customer SET (health, note) = ($2, mobile) WHERE customer_id = $1",
        "MERGE INTO customer AS c USING (SELECT 1 AS id) AS s ON c.customer_id = s.id"
        " WHEN MATCHED THEN UPDATE SET note = c.mobile",
    ],
    "CQ31": [
        "SELECT 1 FROM customer AS c, policy AS p WHERE c.status = 'x'",
        "SELECT 1 FROM customer AS c JOIN policy AS p ON true",
        "WITH p AS (SELECT customer_id FROM policy) SELECT 1 FROM customer AS c, p",
        "UPDATE customer AS c SET last_contact_at = now() FROM policy AS p",
        "DELETE FROM customer AS c USING policy AS p",
    ],
    "CQ34": ["WITH x AS (SELECT customer_id FROM customer FOR SHARE) SELECT 1 FROM x", "LOCK customer"],
    "CQ36": ["EXPLAIN (ANALYZE 1, BUFFERS) SELECT customer_id FROM customer WHERE annual_income > 5"],
    "CQ37": ["SELECT array_to_string(ARRAY[name, mobile], ',') FROM customer WHERE customer_id = $1"],
    "CQ39": [
        "CREATE ROLE x IN ROLE wutong_sales_agent",
        "ALTER GROUP wutong_sales_agent ADD USER x",
        "GRANT USAGE ON SCHEMA pgcustsec_internal TO x",
        "GRANT SELECT ON pgcustsec_vault.customer TO x",
        "GRANT EXECUTE ON FUNCTION pgcustsec.whoami() TO x",
    ],
    "CQ40": [
        "ALTER POLICY p ON crm.customer RENAME TO q",
        "CREATE RULE r AS ON INSERT TO crm.customer DO ALSO NOTIFY x",
        "DROP RULE r ON crm.customer",
        "DROP VIEW sales_agent.customer",
        "ALTER TABLE crm.customer SET SCHEMA public",
    ],
    "CQ41": ["DROP TABLE crm.customer", "DROP SCHEMA crm CASCADE", "TRUNCATE ONLY crm.customer"],
    "CQ42": [
        "UPDATE customer SET health = $1 WHERE customer_id BETWEEN 1 AND 100",
        "MERGE INTO customer AS c USING (SELECT 1) AS s ON c.status = 'x' WHEN MATCHED THEN UPDATE SET health = 'x'",
    ],
    "CQ43": [
        "CREATE SUBSCRIPTION s CONNECTION 'host=x password=y' PUBLICATION p",
        "SELECT dblink_connect('postgresql://me:secret@elsewhere/crm')",
    ],
    "CQ44": ["SELECT set_config('pgcustsec.token', $1, 'no')", "SELECT set_config('pgcustsec.token', $1, '0')"],
    "CQ45": [
        "SELECT hashbpchar(mobile) FROM customer WHERE customer_id = $1",
        "SELECT crc32(mobile::bytea) FROM customer",
    ],
    "CQ49": [
        "SELECT pgcustsec.start_session(purpose => 'advertising')",
        "SELECT pgcustsec.find(value => $1, column_name => 'email', relation => 'customer')",
    ],
    "CQ50": ["GRANT pg_read_all_data TO x", "CREATE ROLE x IN ROLE pg_execute_server_program"],
}

RIGHT: dict[str, list[str]] = {
    "CQ01": [
        "SELECT mobile FROM customer WHERE customer_id = CAST($1 AS bigint)",
        "SELECT mobile FROM customer WHERE customer_id = (SELECT customer_id FROM policy WHERE policy_id = $1)",
        "SELECT mobile FROM customer WHERE customer_id IN (SELECT customer_id FROM policy WHERE policy_id = $1)",
        """WITH c AS (SELECT customer_id, mobile FROM customer)
            SELECT c.mobile FROM c JOIN policy AS p ON p.customer_id = c.customer_id WHERE p.policy_id = $1""",
        # WHERE leaves none of the rows that the outer join filled up.
        "SELECT c.mobile FROM customer AS c LEFT JOIN policy AS p USING (customer_id) WHERE p.policy_id = $1",
        "PREPARE p (bigint) AS SELECT mobile FROM customer WHERE customer_id = $1; EXECUTE p (5)",
        "EXPLAIN SELECT mobile FROM customer",
    ],
    "CQ02": [
        "SELECT customer_id FROM customer WHERE mobile IS NOT NULL",
        "SELECT starts_with(status, 'pro') FROM customer",
    ],
    "CQ09": [
        "SELECT health, count(*) FROM customer GROUP BY health HAVING 5 <= count(*)",
        "SELECT health, count(*) FROM customer GROUP BY health HAVING count(*) BETWEEN 5 AND 100",
        "SELECT health, count(*) FROM customer GROUP BY health HAVING count(*) > 4 AND health <> 'x'",
        "SELECT (SELECT avg(annual_income) FROM customer HAVING count(*) >= 5)",
        "SELECT count(*) FROM customer WHERE status = 'x'",
    ],
    "CQ13": ["ALTER SYSTEM SET synchronous_commit = 'remote_apply'"],
    "CQ17": ["ALTER PUBLICATION p DROP TABLE crm.customer", "CREATE EXTENSION pgcrypto"],
    "CQ19": [
        "SELECT length(mobile)::bigint FROM customer WHERE customer_id = $1",
        "SELECT mobile::bytea FROM customer WHERE customer_id = $1",
        "SELECT (mobile IS NULL)::int FROM customer WHERE customer_id = $1",
    ],
    "CQ20": [
        'CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER SET "SEARCH_PATH" = pg_catalog, pg_temp RETURN 1'
    ],
    "CQ23": ["SELECT customer_id FROM customer WHERE created_at > now() - interval '1 day'"],
    "CQ24": ["CALL pgcustsec.show_record('customer', $1, 'renewal')"],
    "CQ27": ["SELECT 1 -- written by a.wang@example.com", "SELECT 20261130120000, '2026-11-30 12:00:00'"],
    "CQ28": [
        "UPDATE customer AS c SET mobile = coalesce($2, c.mobile) WHERE customer_id = $1",
        "UPDATE customer SET note = coalesce($2, '***') WHERE customer_id = $1",
    ],
    "CQ29": [
        "UPDATE customer SET note = CASE WHEN health = 'x' THEN 'a' END WHERE customer_id = $1",
        "UPDATE customer SET (email, note) = (mobile, 'x') WHERE customer_id = $1",
    ],
    "CQ31": [
        "SELECT 1 FROM customer AS c, policy AS p WHERE c.customer_id = 1 AND p.policy_id = 2",
        "UPDATE customer AS c SET last_contact_at = now() FROM policy AS p WHERE p.customer_id = c.customer_id",
    ],
    "CQ34": ["SELECT 1 FROM customer AS c, policy AS p WHERE c.customer_id = 1 AND p.premium > 5 FOR UPDATE OF c"],
    "CQ36": [
        "EXPLAIN (ANALYZE 0) SELECT customer_id FROM customer WHERE annual_income > 5",
        "EXPLAIN (ANALYZE, ANALYZE off) SELECT customer_id FROM customer WHERE annual_income > 5",
    ],
    "CQ40": ["ALTER TABLE crm.customer ENABLE ROW LEVEL SECURITY", "DROP VIEW other.customer"],
    "CQ41": ["DROP TABLE other.customer", "TRUNCATE other.customer"],
    "CQ42": [
        "UPDATE customer SET health = $1 WHERE CURRENT OF c",
        "UPDATE customer SET health = $1 WHERE customer_id = (SELECT customer_id FROM policy WHERE policy_id = $2)",
        "MERGE INTO customer AS c USING (SELECT $1 AS id, $2 AS h) AS s ON c.customer_id = s.id"
        " WHEN MATCHED THEN UPDATE SET health = s.h",
    ],
    "CQ43": ["SELECT dblink_get_connections()", "ALTER SUBSCRIPTION s CONNECTION 'service=crm'"],
    "CQ50": ["GRANT pg_monitor TO x", "REVOKE pg_read_all_data FROM x"],
}


def each(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(code, statement) for code, statements in table.items() for statement in statements]


def codes(statement: str) -> set[str]:
    return {one.rule.code for one in findings(statement)}


@pytest.mark.parametrize(("code", "statement"), each(FOUND))
def test_another_spelling_breaks_the_rule_too(code: str, statement: str) -> None:
    assert code in codes(statement)


@pytest.mark.parametrize(("code", "statement"), each(RIGHT))
def test_what_is_near_and_right_does_not_break_it(code: str, statement: str) -> None:
    assert code not in codes(statement)


def test_what_is_told_once_of_a_subquery_is_not_told_again_of_what_is_around_it() -> None:
    query = (
        "SELECT (SELECT avg(annual_income) FROM customer AS d WHERE d.branch_code = c.branch_code) FROM customer AS c"
    )
    assert [one.rule.code for one in findings(query)].count("CQ09") == 1


def test_who_sees_names_may_compare_them() -> None:
    query = "SELECT customer_id FROM customer WHERE name = $1"
    assert "CQ03" in codes(query)
    assert findings(query, "service_agent") == []


def test_of_rows_locked_by_name_no_other_is_told() -> None:
    query = "SELECT 1 FROM customer AS c JOIN policy AS p USING (customer_id) FOR UPDATE OF p"
    [told] = [one.found.message for one in findings(query) if one.rule.code == "CQ34"]
    assert told == "rows of sales_agent.policy are locked without a key"


def test_each_value_of_several_that_are_set_at_once_is_told_of_its_own_column() -> None:
    query = "UPDATE customer SET (note, health) = (mobile, $2) WHERE customer_id = $1"
    told = [one.found.message for one in findings(query) if one.rule.code == "CQ29"]
    assert told == ["crm.customer.mobile, tier 1, is written to crm.customer.note, tier 2"]


@pytest.mark.parametrize(
    "statement",
    [
        'SELECT "13800138000"(mobile) FROM customer WHERE customer_id = $1',
        'CREATE TEMPORARY TABLE "13800138000" AS SELECT mobile FROM customer WHERE customer_id = $1',
        'WITH "13800138000" AS (SELECT 1 FROM customer) SELECT 1 FROM customer, "13800138000"',
        'SELECT name::"13800138000" FROM customer WHERE customer_id = $1',
    ],
)
def test_a_name_that_is_a_value_by_mistake_is_not_repeated(statement: str) -> None:
    told = findings(statement)
    assert len(told) > 1
    assert not [one for one in told if "138" in one.found.message + one.found.instead]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_command_that_a_rule_names_is_there(rule: Rule) -> None:
    """Words like `pgcustsec extract run` are to be typed: both the command and what is under it."""
    said = [one.found.instead for text in (rule.bad, *FOUND.get(rule.code, ())) for one in findings(text, rule.role)]
    context = click.Context(command)
    for name, below in re.findall(r"\bpgcustsec (\w+)(?: (\w+))?", " ".join([*said, rule.why])):
        assert name in COMMANDS
        group = command.get_command(context, name)
        assert not isinstance(group, click.Group) or group.get_command(context, below) is not None, f"{name} {below}"
