"""Any text at all gives reports or refusals: check never raises for what a statement is, and passes nothing over."""

from __future__ import annotations

import string

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pglast.parser import scan

from pgcustsec.errors import UsageError
from pgcustsec.query import Report, Verdict
from pgcustsec.query.parse import LONGEST, parse
from pgcustsec.query.rules import RULES, Context, find_all
from tests.unit.query.statements import ROLE, checker
from tests.unit.query.stories import MATRIX

often = settings(max_examples=400, suppress_health_check=[*HealthCheck])

#: Words, names and marks of which texts are made that come close to statements.
WORDS = (
    "SELECT FROM WHERE customer policy mobile note c AS * , ( ) ; . :: 'x' $$ \" -- /* */ 1 NULL AND OR NOT IN EXISTS"
    " WITH RECURSIVE UNION ALL EXCEPT JOIN LATERAL USING ON VALUES INSERT INTO UPDATE SET DELETE RETURNING COPY TO"
    " STDOUT ARRAY [ ] ROW CASE WHEN THEN END GROUP BY ORDER LIMIT OVER WINDOW CREATE FUNCTION BEGIN ATOMIC RULE DO $1"
    " EXPLAIN = || ->> to_jsonb pgcustsec.find customer_id {} \\ é 表 \ufeff"
).split(" ")
texts = st.one_of(
    st.text(max_size=200),
    st.text(alphabet=string.printable, max_size=200),
    st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join),
)
sound = st.sampled_from(
    ["SELECT mobile FROM customer", "SELECT 1", "DELETE FROM claim", "SELECT ';' AS \"a;b\" /* ; */ -- ;\n", "表"]
)
broken = st.sampled_from(["SELECT FROM WHERE", "SELEC 1", "SELECT (1", "SELECT 1)", "表 表", "]"])
endless = st.sampled_from(["", "'", '"', "$$", "/*", "SELECT '表"])


def check(text: str) -> list[Report]:
    return checker().check(text, ROLE)


@often
@given(texts)
@example("")
@example(";")
@example("\x00")
@example("SELECT 1\x00; SELECT mobile FROM customer")
@example("\ud800")
@example("SELECT '\udfff'; SELECT 1")
@example("\ufeffSELECT 1")
@example("SELECT " + "(" * 3000 + "1" + ")" * 3000)
@example("SELECT " + " + ".join(["1"] * 5000))
@example("SELECT 1 " + "UNION ALL SELECT 1 " * 2000)
@example("SELECT * FROM " + "(SELECT * FROM " * 300 + "customer" + ") AS x" * 300)
def test_any_text_gives_reports(text: str) -> None:
    for report in check(text):
        assert report.verdict in Verdict
        assert report.role == ROLE


@often
@given(texts | st.lists(st.sampled_from([rule.bad for rule in RULES] + [*WORDS]), max_size=8).map(" ".join))
def test_rules_look_at_any_text_and_find_things_in_it(text: str) -> None:
    for one in find_all(check(text), Context(MATRIX, MATRIX.roles[ROLE])):
        assert 0 <= one.found.at <= len(text.encode(errors="replace"))


@often
@given(texts)
def test_a_text_with_a_word_in_it_is_not_passed_over(text: str) -> None:
    reports = check(text)
    if not reports:
        # PostgreSQL's own scanner finds nothing in it but semicolons and comments.
        assert {token.name for token in scan(text)} <= {"ASCII_59", "SQL_COMMENT", "C_COMMENT"}


@often
@given(st.lists(st.tuples(sound | broken, st.sampled_from([";", ";;", "; ", ";\n"])), max_size=6), endless)
def test_beside_one_that_does_not_parse_all_others_are_reported_in_their_order(
    parts: list[tuple[str, str]], tail: str
) -> None:
    reports = check("".join(part + end for part, end in parts) + tail)
    alone = [one for part, _ in parts for one in parse(part)]
    assert [report.kind for report in reports] == [one.kind for one in alone] + ([""] if tail else [])
    for report, one in zip(reports, alone, strict=False):
        assert one.error is None or report.verdict is Verdict.REFUSED


def test_those_after_one_that_does_not_parse_are_reported_too() -> None:
    found = check("SELECT note FROM customer; SELEC 1; SELECT mobile FROM customer; SELECT (1; SELECT 2")
    assert [report.kind for report in found] == ["SelectStmt", "", "SelectStmt", "", "SelectStmt"]
    assert [report.verdict for report in found] == ["revealed", "refused", "masked", "refused", "hidden"]


@pytest.mark.parametrize(
    "endless", ["SELECT '; SELECT 1", "/* ; SELECT 1", "SELECT $$ ; SELECT 1", 'SELECT "; SELECT 1']
)
def test_what_a_quote_or_comment_without_end_swallows_is_refused_and_what_stands_before_is_reported(
    endless: str,
) -> None:
    found = check(f"SELECT note, '表' FROM customer; SELECT 1; {endless}")
    assert [report.verdict for report in found] == ["revealed", "hidden", "refused"]
    assert [report.verdict for report in check(endless)] == ["refused"]


@pytest.mark.parametrize("mark", ["\0", "\ud800"])
def test_nothing_after_a_mark_that_ends_the_parser_is_passed_over(mark: str) -> None:
    assert [report.verdict for report in check(f"SELECT 1{mark}; SELECT mobile FROM customer")] == ["refused"]


def test_a_text_that_is_too_long_is_refused() -> None:
    assert [report.verdict for report in check("SELECT 1 -- " + "x" * LONGEST)] == ["refused"]


@pytest.mark.parametrize("text", ["", "SELECT 1"])
def test_a_role_that_the_matrix_does_not_have_is_the_one_thing_that_raises(text: str) -> None:
    with pytest.raises(UsageError, match="no role nobody"):
        checker().check(text, "nobody")


@pytest.mark.parametrize("times", [90, 300, 900, 3000])
@pytest.mark.parametrize(
    "deep", ["lower({})", "(SELECT {})", "NOT {}", "CASE WHEN true THEN {} END", "1 + {}", "ARRAY[{}]"]
)
@pytest.mark.parametrize("beside", ["SELECT note FROM customer", "SELEC 1"])
def test_a_statement_that_is_nested_deeply_is_read_or_refused_and_hides_none_beside_it(
    times: int, deep: str, beside: str
) -> None:
    before, after = deep.split("{}")
    text = f"{beside}; SELECT {before * times}mobile{after * times} FROM customer; SELECT mobile FROM customer"
    verdicts = [str(report.verdict) for report in check(text)]
    assert verdicts[0] == ("refused" if beside == "SELEC 1" else "revealed")
    assert verdicts[1] in ("masked", "refused", "inferred")
    assert verdicts[2] == "masked"


def test_places_are_those_of_the_whole_text_also_beside_a_statement_that_does_not_parse() -> None:
    sound = "SELECT 'é', x FROM customer"
    broken = f"SELEC 'é'; {sound}"
    [alone] = check(sound)
    [_, beside] = check(broken)
    moved = len("SELEC 'é'; ".encode())
    assert [fault.at + moved for fault in alone.faults] == [fault.at for fault in beside.faults]
