"""
Code of the attacker's that the server runs on rows it was to hide (hardening 2 and 7; 5.2.1, 5.2.2).

A view without security_barrier runs cheap conditions first. The attacker has a schema and temporary objects, which
no application role gets, and still gains nothing; without them there are the server's own functions that tell.
"""

from __future__ import annotations

import pytest

from tests.attack.world import Attacker

PEEK = """
CREATE FUNCTION {schema}.peek(text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS
    $$ BEGIN RAISE NOTICE 'got %', $1; RETURN true; END $$;
CREATE FUNCTION {schema}.equal(text, text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS
    $$ BEGIN RAISE NOTICE 'got %', $1; RETURN true; END $$;
CREATE OPERATOR {schema}.=== (LEFTARG = text, RIGHTARG = text, FUNCTION = {schema}.equal);
CREATE DOMAIN {schema}.told AS text CHECK ({schema}.peek(VALUE));
CREATE TYPE {schema}.box AS (content text);
CREATE FUNCTION {schema}.boxed(text) RETURNS {schema}.box LANGUAGE plpgsql COST 0.0000001 AS
    $$ BEGIN RAISE NOTICE 'got %', $1; RETURN row($1); END $$;
CREATE FUNCTION {schema}.add(text, text) RETURNS text LANGUAGE plpgsql AS
    $$ BEGIN RAISE NOTICE 'got %', $2; RETURN $2; END $$;
CREATE AGGREGATE {schema}.keep(text) (SFUNC = {schema}.add, STYPE = text, INITCOND = '');
"""
CAST = "CREATE CAST (text AS {schema}.box) WITH FUNCTION {schema}.boxed(text)"

WAYS = {
    "a function": "SELECT 1 FROM {view} WHERE {schema}.peek({column}::text)",
    "an operator": "SELECT 1 FROM {view} WHERE {column}::text OPERATOR({schema}.===) 'x'",
    "a domain": "SELECT 1 FROM {view} WHERE {column}::text::{schema}.told IS NOT NULL",
    "a function over the whole row": "SELECT 1 FROM {view} AS v WHERE {schema}.peek(v::text)",
    "a join's condition": "SELECT 1 FROM {view} AS v JOIN generate_series(1, 2) ON {schema}.peek(v.{column}::text)",
    "a lateral call": "SELECT 1 FROM {view} AS v, LATERAL (SELECT {schema}.peek(v.{column}::text)) AS l WHERE l.peek",
    "an arm of CASE": "SELECT 1 FROM {view} WHERE CASE WHEN {schema}.peek({column}::text) THEN 1 END > 0",
    "an aggregate": "SELECT {schema}.keep({column}::text) FROM {view}",
    "an aggregate's FILTER": "SELECT count(*) FILTER (WHERE {schema}.peek({column}::text)) FROM {view}",
    "ORDER BY and HAVING": "SELECT {column} FROM {view} GROUP BY 1 HAVING {schema}.peek({column}::text) ORDER BY 1",
}
#: What of these also runs early in a naive view: the rest run after the rows are chosen, there as well.
EARLY = ("a function", "an operator", "a domain", "a function over the whole row", "a join's condition")

BUILT_IN = [
    "SELECT 1 FROM {view} WHERE {column}::text::int > 0",
    "SELECT 1 FROM {view} WHERE ('\"' || {column}::text)::jsonb IS NOT NULL",
    "SELECT 1 FROM {view}"
    " WHERE set_config('stolen.it', concat(current_setting('stolen.it', true), {column}::text), false) = ''",
    "SELECT 1 FROM {view} WHERE to_date({column}::text, 'YYYY') IS NOT NULL",
]
VIEWS = ("agent.customer", "agent.policy", "clerk.customer", "analyst.customer")
COLUMNS = {
    "agent.customer": ("health", "income", "name", "mobile", "tag"),
    "agent.policy": ("product", "premium", "account"),
}


@pytest.fixture
def armed(maker: Attacker) -> Attacker:
    """E1, who serves nobody, with leaky objects in two schemas; all of it is undone when the connection closes."""
    maker.must("BEGIN")
    for schema in ("evil", "pg_temp"):
        maker.must(PEEK.format(schema=schema), CAST.format(schema=schema))
    maker.must("SAVEPOINT armed")
    return maker


@pytest.mark.parametrize("way", WAYS)
def test_a_leaky_object_of_ones_own_is_shown_no_row_that_the_view_hides(armed: Attacker, way: str) -> None:
    for schema in ("evil", "pg_temp"):
        _peek(armed, way, schema)


def _peek(armed: Attacker, way: str, schema: str) -> None:
    if way in EARLY:
        control = WAYS[way].format(view="naive.mine", column="health", schema=schema)
        assert len(armed.gains(control)) > 100, "the control"
    for view, columns in COLUMNS.items():
        for column in columns:
            attack = WAYS[way].format(view=view, column=column, schema=schema)
            assert armed.gains(f"ROLLBACK TO armed; {attack}") == set(), attack


def test_a_leaky_cast_of_ones_own_is_shown_no_row_that_the_view_hides(armed: Attacker) -> None:
    attack = "SELECT 1 FROM {} WHERE ({}::text::evil.box) IS NOT NULL"
    assert len(armed.gains(attack.format("naive.mine", "health"))) > 100, "the control"
    for view, columns in COLUMNS.items():
        assert armed.gains(*(attack.format(view, column) for column in columns)) == set()


@pytest.mark.parametrize("attack", BUILT_IN)
def test_a_leaky_function_of_the_servers_own_is_shown_no_hidden_row(maker: Attacker, attack: str) -> None:
    """E1 again, who serves nobody, so that the first row to fail is a hidden one; no object is made."""
    loot = "SELECT current_setting('stolen.it', true)"
    assert maker.gains(attack.format(view="naive.mine", column="health"), loot), "the control"
    maker.must("SELECT set_config('stolen.it', '', false)")
    for view, columns in COLUMNS.items():
        # Not the tag of prospects in the pool, which E1 may see: an error message cuts it off, to another's.
        hidden = [column for column in columns if column != "tag"]
        assert maker.gains(*(attack.format(view=view, column=column) for column in hidden), loot) == set()


def test_a_condition_on_tier_1_is_shown_the_stars_alone(attacker: Attacker) -> None:
    for column in ("mobile", "id_card", "photo"):
        attacker.must(f"SELECT 1 FROM agent.customer WHERE set_config('stolen.it', {column}::text, false) = ''")
        assert attacker.send("SELECT current_setting('stolen.it', true)").value in ("***", "")


def test_rows_hidden_within_the_view_stay_hidden_when_the_leaky_condition_is_the_cheapest(armed: Attacker) -> None:
    """The inner view of tier 2 is a barrier as well: a clerk's colleagues' customers show no tier 2."""
    armed.must("ROLLBACK TO armed", "SET enable_seqscan = off", "SET cpu_tuple_cost = 1000")
    for view in VIEWS[:2]:
        assert armed.gains(f"SELECT 1 FROM {view} AS v WHERE evil.peek(v::text)") == set()
