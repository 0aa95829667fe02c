"""Conditions: a small language, printed anew from its syntax tree."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pgcustsec.matrix.predicate import PredicateError, columns_of, empty_where, render

RENDERED = {
    "owner IS NULL AND status = 'prospect'": """(("t"."owner" IS NULL) AND ("t"."status" = 'prospect'))""",
    "status IN ('a', 'b')": """("t"."status" IN ('a', 'b'))""",
    "status NOT IN ('a')": """("t"."status" NOT IN ('a'))""",
    "active": '"t"."active"',
    "NOT active OR active IS UNKNOWN": """((NOT "t"."active") OR ("t"."active" IS UNKNOWN))""",
    "sum BETWEEN -1 AND 2.5": """("t"."sum" BETWEEN (-1) AND 2.5)""",
    'lower("Na""me") LIKE \'a%\'': """(pg_catalog.lower("t"."Na""me") LIKE 'a%')""",
    "a IS DISTINCT FROM b": """("t"."a" IS DISTINCT FROM "t"."b")""",
    "coalesce(a, 0) + 1 > b * 2": """((COALESCE("t"."a", 0) + 1) > ("t"."b" * 2))""",
    "day < date '2026-01-31'": """("t"."day" < CAST('2026-01-31' AS pg_catalog.date))""",
    "a = 'it''s'": """("t"."a" = 'it''s')""",
    "a -- and a comment": '"t"."a"',
}


@pytest.mark.parametrize(("predicate", "sql"), RENDERED.items())
def test_a_condition_is_printed_with_every_column_under_the_alias(predicate: str, sql: str) -> None:
    assert render(predicate, "t") == sql


@pytest.mark.parametrize("predicate", RENDERED)
def test_what_is_printed_uses_the_columns_that_were_named(predicate: str) -> None:
    alone = render(predicate, "t").replace('"t".', "")
    assert columns_of(alone) == columns_of(predicate)


def test_the_alias_is_quoted() -> None:
    assert render("a = 1", 'x" OR true --') == '("x"" OR true --"."a" = 1)'


def test_a_backslash_reads_the_same_whatever_standard_conforming_strings_is() -> None:
    assert render(r"a = 'b\c'", "t") == r"""("t"."a" = E'b\\c')"""


REFUSED = {
    "nothing": "",
    "a number": "1",
    "a text": "'x'",
    "arithmetic": "a + b",
    "a value function": "lower(a)",
    "a division by a column": "a / b = 1",
    "a division by zero": "a % 0 = 1",
    "a remainder by a column": "mod(a, b) = 1",
    "a division by text": "a / 'x' = 1",
    "a pattern of the row": "a LIKE b",
    "a length in an encoding": "length(a, 'utf8') = 1",
    "two expressions": "a, b",
    "two statements": "a; DROP TABLE x",
    "an unbalanced bracket": "a) OR (b",
    "a broken text": "a = 'b",
    "a clause beside it": "a FROM pg_authid",
    "a target": "a INTO b",
    "a name beside it": "a AS b",
    "a limit": "a LIMIT 1",
    "a union": "a UNION SELECT true",
    "DISTINCT": "DISTINCT a",
    "a subquery": "EXISTS (SELECT 1 FROM s.person)",
    "a comparison with a subquery": "a = (SELECT 1)",
    "another table's column": "person.a = 1",
    "a whole row": "person.*",
    "a parameter": "a = $1",
    "the clock": "day < now()",
    "the clock as a word": "day < current_date",
    "a day that moves": "day < 'today'",
    "a cast day that moves": "day < date 'now'",
    "the caller": "a = current_user",
    "a setting": "a = current_setting('x')",
    "a volatile function": "random() < 0.5",
    "a function of another schema": "public.lower(a) = 'x'",
    "an unknown function": "mine(a) = 'x'",
    "a sleeping function": "pg_sleep(10) IS NULL",
    "an aggregate": "count(*) > 1",
    "a window": "length(a) OVER () > 1",
    "a cast of a column": "a::integer = 1",
    "a cast to a foreign type": "a = 'x'::mine",
    "a cast to a regclass": "a = 'pg_authid'::regclass",
    "a date that depends on DateStyle": "day < date '01/02/2026'",
    "a timestamp that depends on TimeZone": "at < timestamptz '2026-01-02 08:00'",
    "an operator of another schema": "a OPERATOR(public.=) 1",
    "an unusual operator": "a @> b",
    "a concatenation": "a || b = 'x'",
    "a regular expression": "a ~ 'x'",
    "SIMILAR": "a SIMILAR TO 'x'",
    "a collation": "a COLLATE \"C\" = 'x'",
    "an array": "a = ANY (ARRAY['x'])",
    "a part of a value": "(a).b = 1",
    "CASE": "CASE WHEN a THEN b END",
    "a deep nest": "NOT " * 300 + "a",
    "half a character": "a = '\ud800'",
}


@pytest.mark.parametrize("predicate", REFUSED.values(), ids=REFUSED.keys())
def test_what_is_not_of_the_language_is_refused(predicate: str) -> None:
    with pytest.raises(PredicateError):
        columns_of(predicate)
    with pytest.raises(PredicateError):
        render(predicate, "t")


PIECES = "a b AND OR NOT ( ) = < 'x' 1 IS NULL IN , lower( SELECT ; -- /* $1 :: text * . \" '".split()


@given(st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join))
@settings(max_examples=200)
def test_any_text_is_a_condition_or_refused(text: str) -> None:
    try:
        printed = render(text, "t")
    except PredicateError:
        return
    assert columns_of(printed.replace('"t".', "")) == columns_of(text)


@pytest.mark.parametrize(
    ("predicate", "empty"),
    [
        ("owner IS NULL AND status = 'prospect'", {"owner"}),
        ("a IS NULL AND (b IS NULL AND (c IS NULL OR d = 1))", {"a", "b"}),
        ("a IS NULL OR b IS NULL", set()),
        ("NOT (a IS NULL)", set()),
        ("a IS NOT NULL", set()),
        ("lower(a) IS NULL", set()),
    ],
)
def test_columns_that_are_empty_wherever_a_condition_holds(predicate: str, empty: set[str]) -> None:
    assert empty_where(predicate) == empty


def test_a_column_can_be_taken_for_empty() -> None:
    condition = "owner IS NULL AND status = 'prospect' AND lower(owner) <> 'x'"
    assert render(condition, "t", empty="owner") == (
        '((CAST(NULL AS pg_catalog.text) IS NULL) AND ("t"."status" = \'prospect\')'
        " AND (pg_catalog.lower(CAST(NULL AS pg_catalog.text)) <> 'x'))"
    )
    assert render(condition, "t") == render(condition, "t", empty="nothing")
