"""Comments that leave a finding as it is: with a reason, beside its statement, and only as long as it is there."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pgcustsec.matrix.load import loads
from pgcustsec.query import Checker
from pgcustsec.query.rules import Context, Finding, find_all, suppression
from pgcustsec.query.suppress import suppress

MATRIX = loads(files("pgcustsec.demo").joinpath("matrix.yaml").read_text(encoding="utf-8"), "demo/matrix.yaml")
CHECKER = Checker(MATRIX)
BULK = "SELECT customer_id, mobile FROM customer"
RIGHT = "SELECT customer_id FROM customer"
BECAUSE = "because request 17 is made by it"


def checked(text: str, *roles: str) -> list[Finding]:
    """Return what is left of the findings in *text* for each of *roles*, a sales agent's if there is none."""
    reports, found = [], []
    for role in roles or ("sales_agent",):
        of_role = CHECKER.check(text, role)
        reports += of_role
        found += find_all(of_role, Context(MATRIX, MATRIX.roles[role]))
    return suppress(text, reports, found)


def left(text: str, *roles: str) -> list[str]:
    return [one.rule.code for one in checked(text, *roles)]


def test_a_script_without_comments_keeps_its_findings() -> None:
    assert left(f"{BULK};\n{RIGHT}") == ["CQ01"]


@pytest.mark.parametrize(
    "text",
    [
        f"-- pgcustsec: allow CQ01 {BECAUSE}\n{BULK};",
        f"{BULK} -- pgcustsec: allow CQ01 {BECAUSE}",
        f"{BULK}; -- pgcustsec: allow CQ01 {BECAUSE}\n{RIGHT};",
        f"SELECT customer_id, -- pgcustsec: allow CQ01 {BECAUSE}\n  mobile\nFROM customer",
        f"SELECT customer_id,\n  -- pgcustsec: allow CQ01 {BECAUSE}\n  mobile\nFROM customer",
        f"{RIGHT};\n\n-- why it is there\n  -- pgcustsec: allow CQ01 {BECAUSE}\n-- and more\n\n{BULK};",
        f"-- PGCUSTSEC:  Allow cq01 {BECAUSE}\n{BULK}",
        f"---pgcustsec: allow CQ01 {BECAUSE}\n{BULK}",
        f"SELECT '客户 🙂'; {BULK}; -- pgcustsec: allow CQ01 {BECAUSE}",
        f"SELECT '客户 🙂';\n-- 🙂\n-- pgcustsec: allow CQ01 {BECAUSE}\n{BULK}; SELECT 1",
        f"-- pgcustsec: allow CQ46 {BECAUSE}\nSELEC;\n-- pgcustsec: allow CQ01 {BECAUSE}\n{BULK};",
    ],
)
def test_a_comment_beside_its_statement_takes_the_finding_away(text: str) -> None:
    assert checked(text) == []


@pytest.mark.parametrize(
    "text",
    [
        f"-- pgcustsec: allow CQ01 {BECAUSE}\n{RIGHT};\n{BULK};",
        f"{BULK};\n-- pgcustsec: allow CQ01 {BECAUSE}\n{RIGHT};",
        f"{BULK}; {RIGHT}; -- pgcustsec: allow CQ01 {BECAUSE}",
    ],
)
def test_a_comment_beside_another_statement_takes_nothing_away_and_is_told(text: str) -> None:
    assert sorted(left(text)) == ["CQ01", "CQ90"]


def test_several_codes_stand_in_one_comment() -> None:
    query = "SELECT * FROM customer"
    assert left(query) == ["CQ01", "CQ08", "CQ24"]
    assert left(f"{query} -- pgcustsec: allow CQ01, CQ08 CQ24 {BECAUSE}") == []
    assert left(f"{query} -- pgcustsec: allow CQ01, CQ24 {BECAUSE}") == ["CQ08"]
    both = f"-- pgcustsec: allow CQ01 {BECAUSE}\n{query} -- pgcustsec: allow CQ08, CQ24 {BECAUSE}"
    assert left(both) == []


def test_a_code_takes_away_every_finding_of_its_rule_in_the_statement() -> None:
    query = "SELECT customer_id FROM customer WHERE mobile LIKE '1%' OR email LIKE 'a%'"
    assert left(query) == ["CQ02", "CQ02"]
    assert left(f"{query} -- pgcustsec: allow CQ02 {BECAUSE}") == []


@pytest.mark.parametrize("reason", ["", " because", " because  ", " because .", " for the extract"])
def test_without_a_reason_nothing_is_taken_away(reason: str) -> None:
    found = checked(f"-- pgcustsec: allow CQ01{reason}\n{BULK}")
    assert [one.rule.code for one in found] == ["CQ90", "CQ01"]


def test_what_is_wrong_with_a_comment_is_said_at_the_comment_with_its_statement() -> None:
    text = f"SELECT '客户';\n-- pgcustsec: allow CQ01\n{BULK}"
    reason, bulk = checked(text)
    assert text.encode()[reason.found.at :].startswith(b"-- pgcustsec: allow")
    assert reason.report is bulk.report
    assert reason.found.message == "CQ01 is allowed without a reason, and so is not"
    assert "because" in reason.found.instead


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        (f"-- pgcustsec: allow CQ99 {BECAUSE}", "CQ99 is no rule that can be suppressed"),
        (f"-- pgcustsec: allow CQ90 {BECAUSE}", "CQ90 is no rule that can be suppressed"),
        (f"-- pgcustsec: allow CQ05 {BECAUSE}", "CQ05 is allowed, but nothing breaks it here"),
        (f"-- pgcustsec: ignore CQ01 {BECAUSE}", "a comment to pgcustsec that says nothing"),
        ("-- pgcustsec: allow everything", "a comment to pgcustsec that says nothing"),
        ("-- pgcustsec:", "a comment to pgcustsec that says nothing"),
    ],
)
def test_a_comment_that_is_not_in_order_is_a_finding(comment: str, said: str) -> None:
    [one] = checked(f"{comment}\n{RIGHT}")
    assert (one.rule.code, one.found.message) == ("CQ90", said)


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT '-- pgcustsec: allow CQ05 {BECAUSE}'",
        f"SELECT $$\n-- pgcustsec: allow CQ05 {BECAUSE}\n$$",
        f"/* -- pgcustsec: allow CQ05 {BECAUSE} */ {RIGHT}",
        f"-- as pgcustsec: allow CQ05 says\n{RIGHT}",
        'SELECT customer_id AS "-- pgcustsec: allow CQ05" FROM customer',
    ],
)
def test_what_only_looks_like_a_comment_is_none(text: str) -> None:
    assert checked(text) == []


def test_a_quote_that_is_not_closed_suppresses_nothing() -> None:
    assert left(f"-- pgcustsec: allow CQ46 {BECAUSE}\nSELECT 'open") == ["CQ46"]


def test_a_text_without_a_statement_has_nothing_to_suppress() -> None:
    [one] = checked(f"-- pgcustsec: allow CQ01 {BECAUSE}\n")
    assert one.found.message == "CQ01 is allowed, but nothing breaks it here"
    assert one.found.at == 0


def test_a_comment_behind_the_last_statement_is_for_that_one() -> None:
    assert left(f"{BULK};\n\n-- pgcustsec: allow CQ01 {BECAUSE}\n") == []


def test_for_several_roles_a_comment_is_of_use_if_it_is_for_one() -> None:
    text = f"-- pgcustsec: allow CQ01 {BECAUSE}\nSELECT policy_id, payer_account FROM policy"
    assert left(text, "sales_agent") == ["CQ90", "CQ25"]
    assert left(text, "sales_agent", "service_agent") == ["CQ25"]


def test_what_is_taken_away_does_not_change_what_the_statement_reveals() -> None:
    [plain] = CHECKER.check(BULK, "sales_agent")
    [allowed] = CHECKER.check(f"{BULK} -- pgcustsec: allow CQ01 {BECAUSE}", "sales_agent")
    assert plain.verdict == allowed.verdict


def test_the_rules_bad_example_suppresses_nothing_and_its_good_one_does() -> None:
    assert left(suppression.RULE.bad) == [suppression.RULE.code]
    assert left(suppression.RULE.good) == []


PIECES = (
    BULK,
    RIGHT,
    ";",
    "\n",
    " ",
    "SELEC",
    "'",
    "/*",
    "*/",
    "客户",
    "-- pgcustsec: allow CQ01",
    f"-- pgcustsec: allow CQ01 {BECAUSE}",
    f"-- pgcustsec: allow CQ90, CQ77 {BECAUSE}",
    "-- another\n",
)


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_no_text_makes_it_fail_and_no_comment_without_a_reason_takes_away(text: str) -> None:
    reports = CHECKER.check(text, "sales_agent")
    found = list(find_all(reports, Context(MATRIX, MATRIX.roles["sales_agent"])))
    kept = [one for one in suppress(text, reports, found) if one.rule.code != "CQ90"]
    assert [one for one in found if one.rule.code != "CQ01"] == [one for one in kept if one.rule.code != "CQ01"]
    if BECAUSE not in text:
        assert sorted(kept, key=id) == sorted(found, key=id)
