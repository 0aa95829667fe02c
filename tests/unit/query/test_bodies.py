# ruff: noqa: E501 - a statement of SQL reads best on its line
"""Functions of a snapshot are followed into every statement of theirs, whatever it does with what it reads."""

from __future__ import annotations

import pytest

from pgcustsec.query import Checker, Report
from pgcustsec.query.snapshot import KnownRoutine, Snapshot
from tests.integration.clients.world import demo_matrix
from tests.unit.query.statements import ROLE, values

NOTE = "(SELECT note FROM crm.customer LIMIT 1)"


def routine(
    body: str, language: str = "plpgsql", returns: str = "text", name: str = "f", more: str = ""
) -> KnownRoutine:
    """A function with its owner's rights, as PostgreSQL would write it down."""
    source = (
        f"CREATE FUNCTION app.{name}(n integer) RETURNS {returns} LANGUAGE {language} {more} AS $body$ {body} $body$"
    )
    return KnownRoutine("app", name, language, body, source, definer=True, callers=(ROLE,))


def checked(statement: str, *routines: KnownRoutine) -> Report:
    return Checker(demo_matrix("any_"), Snapshot("broker", 15, routines=routines)).check(statement, ROLE)[-1]


@pytest.mark.parametrize(
    "body",
    [
        f"BEGIN RETURN {NOTE}; END",
        f"DECLARE v text := {NOTE}; BEGIN RETURN v; END",
        f"DECLARE v text; BEGIN v := {NOTE}; RETURN v; END",
        f"DECLARE v text; BEGIN v = {NOTE}; RETURN v; END",
        f"DECLARE v text[]; BEGIN v[n = 1] = {NOTE}; RETURN v[1]; END",
        "DECLARE v text; BEGIN v = note FROM crm.customer LIMIT 1; RETURN v; END",
        "DECLARE v text; BEGIN SELECT c.note INTO v FROM crm.customer AS c WHERE c.customer_id = n; RETURN v; END",
        "DECLARE c CURSOR FOR SELECT note FROM crm.customer; v text; BEGIN OPEN c; FETCH c INTO v; RETURN v; END",
        "DECLARE c refcursor; v text; BEGIN OPEN c FOR SELECT note FROM crm.customer; FETCH c INTO v; RETURN v; END",
        f"DECLARE c CURSOR (k text) FOR SELECT k; v text; BEGIN OPEN c({NOTE}); FETCH c INTO v; RETURN v; END",
        "DECLARE v text; BEGIN FOR v IN SELECT note FROM crm.customer LOOP RETURN v; END LOOP; END",
        "DECLARE v text; BEGIN FOREACH v IN ARRAY (SELECT array_agg(note) FROM crm.customer) LOOP RETURN v; END LOOP; END",
        f"BEGIN RAISE EXCEPTION USING MESSAGE = {NOTE}; EXCEPTION WHEN others THEN RETURN sqlerrm; END",
        f"BEGIN BEGIN RAISE EXCEPTION '%', {NOTE}; END; EXCEPTION WHEN others THEN RETURN sqlerrm; END",
        f"BEGIN ASSERT false, {NOTE}; END",
    ],
)
def test_what_a_function_reads_it_may_give_back(body: str) -> None:
    assert values(checked("SELECT app.f(1)", routine(body)).columns[0].reach) == {"customer.note"}


@pytest.mark.parametrize(
    "body",
    [
        "BEGIN IF EXISTS (SELECT FROM crm.customer WHERE note = 'x') THEN RETURN 1; END IF; RETURN 0; END",
        "DECLARE r bigint; BEGIN PERFORM 1 FROM crm.customer WHERE note = 'x'; GET DIAGNOSTICS r = ROW_COUNT; RETURN r; END",
        "BEGIN PERFORM 1 FROM crm.customer WHERE note = 'x'; RETURN found; END",
        "DECLARE r int := 0; v int; BEGIN FOR v IN SELECT 1 FROM crm.customer WHERE note = 'x' LOOP r := r + 1; END LOOP;"
        " RETURN r; END",
        "BEGIN LOOP EXIT WHEN (SELECT count(*) FROM crm.customer WHERE note = 'x') > n; n := n + 1; END LOOP; RETURN n; END",
    ],
)
def test_what_a_function_looks_at_has_a_say_in_what_it_gives(body: str) -> None:
    column = checked("SELECT app.f(1)", routine(body)).columns[0]
    assert (column.verdict, column.tier) == ("inferred", 2)


@pytest.mark.parametrize(
    "body",
    [
        "BEGIN RETURN QUERY EXECUTE 'SELECT note FROM crm.customer'; END",
        "DECLARE c refcursor; BEGIN OPEN c FOR EXECUTE 'SELECT note FROM crm.customer'; RETURN NEXT 'x'; END",
        "DECLARE r text; BEGIN EXECUTE 'SELECT note FROM crm.customer' INTO r; RETURN NEXT r; END",
        "DECLARE r text; BEGIN FOR r IN EXECUTE 'SELECT note FROM crm.customer' LOOP RETURN NEXT r; END LOOP; END",
    ],
)
def test_what_a_function_runs_by_execute_is_opaque(body: str) -> None:
    assert checked("SELECT app.f(1)", routine(body, returns="SETOF text")).verdict == "opaque"


def test_how_many_rows_a_function_gives_depends_on_what_it_looks_at_and_is_given() -> None:
    sick = routine("SELECT 1 FROM crm.customer AS c WHERE c.health = 'ill'", "sql", "SETOF integer")
    uses = checked("SELECT count(*) FROM app.f(1)", sick).uses
    assert [(use.where, str(use.verdict)) for use in uses] == [("rows", "inferred")]
    one = routine("SELECT n", "sql", "integer")
    assert checked("SELECT count(app.f(age)) FROM customer", one).uses == []
    series = routine("SELECT generate_series(1, n)", "sql", "TABLE (k integer)")
    statement = "SELECT count(*) FROM customer, app.f(length(note))"
    assert checked(statement, series).uses[-1].verdict == "inferred"


def test_called_by_what_has_the_owners_rights_a_function_has_them_too() -> None:
    """As its caller's it would read the role's view, whose mobile is masked; as its caller's caller's, any other."""
    inner = KnownRoutine("app", "inner", "sql", "SELECT note FROM crm.customer", "", definer=False, callers=(ROLE,))
    outer = routine("SELECT app.inner()", "sql", name="outer_one")
    assert checked("SELECT app.inner()", inner, outer).verdict == "opaque"
    assert values(checked("SELECT app.outer_one(1)", inner, outer).columns[0].reach) == {"customer.note"}
    bare = KnownRoutine("app", "inner", "sql", "SELECT mobile FROM customer", "", definer=False, callers=(ROLE,))
    assert checked("SELECT app.inner()", bare, outer).columns[0].verdict == "masked"
    assert checked("SELECT app.outer_one(1)", bare, outer).columns[0].verdict == "opaque"


def test_a_plan_shows_what_was_worked_out_before_it() -> None:
    body = "SELECT note FROM crm.customer LIMIT 1"
    same, any_ = routine(body, "sql", more="IMMUTABLE"), routine(body, "sql", name="g")
    assert checked("EXPLAIN VERBOSE SELECT app.f(1)", same, any_).columns[0].verdict == "revealed"
    assert checked("EXPLAIN VERBOSE SELECT app.g(1)", same, any_).columns[0].verdict == "inferred"
    script = "PREPARE p (text) AS SELECT $1; EXPLAIN VERBOSE EXECUTE p(app.g(1))"
    assert checked(script, same, any_).columns[0].verdict == "revealed"


def test_a_function_with_the_name_of_one_that_makes_json_is_not_that_one() -> None:
    other = routine("SELECT note FROM crm.customer LIMIT 1", "sql", name="to_jsonb")
    statement = "SELECT app.to_jsonb(c) ->> 'gender' FROM customer AS c"
    assert "customer.note" in values(checked(statement, other).columns[0].reach)
