"""The forms of a check: each has what its readers need, and nothing of a file's breaks out of it."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from pgcustsec.query.results import Checked
from pgcustsec.report.query.explain import explain_lines
from pgcustsec.report.query.github import check_commands
from pgcustsec.report.query.junit import check_junit
from pgcustsec.report.query.page import explain_page
from pgcustsec.report.query.sarif import check_sarif
from pgcustsec.report.query.text import check_lines
from pgcustsec.report.query.values import check_values
from pgcustsec.report.width import columns, cut, wrapped
from tests.unit.query.stories import FILE, TEXT, checked

#: A statement with everything that is markup or a command somewhere.
NASTY = (
    "SELECT age AS \"<script>alert(1)</script>&\u0001\n::error file=x::y%0A\" FROM customer WHERE '</pre>' = note;\n"
)
WIDE = "SELECT 'x' AS " + "客户" * 40 + ", * FROM customer -- " + "很长的注释" * 40


def told(found: Checked) -> list[tuple[str, int, int]]:
    return [(one.rule, *one.place) for statement in found.statements for one in statement.told]


@pytest.mark.parametrize("text", [TEXT, NASTY, WIDE], ids=["story", "nasty", "wide"])
def test_text_fits_a_hundred_columns_of_which_chinese_takes_two(text: str) -> None:
    lines = [*check_lines(checked(text)), *explain_lines(checked(text), {FILE: text})]
    assert [line for line in lines if columns(line) > 100] == []


def test_columns_count_chinese_twice_and_combining_marks_not_at_all() -> None:
    assert (columns("李娜 a"), columns("e\u0301"), columns("ａ")) == (6, 1, 2)
    # A joiner, a sign that chooses a form, and a circle around a letter take none either.
    assert (columns("a\u200db"), columns("☎\ufe0f"), columns("a\u20dd")) == (2, 1, 1)
    assert cut("客户信息安全", 9) == "客户信..."
    assert list(wrapped("客户 信息安全管理办法", 2, 10)) == ["  客户", "  信息安全", "  管理办法"]


def test_text_names_place_verdict_tier_way_and_what_to_write_instead() -> None:
    text = "\n".join(check_lines(checked()))
    assert f"{FILE}:2:1  sales_agent  masked" in text
    assert re.search(
        r"2:\d+ +mobile +masked +tier 1 +\(5\.2\.1\)\n +crm\.customer\.mobile \(matrix\.yaml:\d+\), by", text
    )
    assert re.search(r"2:\d+ +WHERE +inferred +tier 2", text)
    assert re.search(r"error CQ07 at 3:17: .*\n +instead: sales_agent\.customer", text)
    assert f"{FILE}:4:1 not read: \\i: another file" in text


def test_paint_gets_what_each_word_is_about() -> None:
    painted = "\n".join(check_lines(checked(), lambda text, about: f"<{about}>{text}</>"))
    assert "<masked>masked  </>" in painted
    assert "<error>error CQ07 at 3:17</>" in painted
    assert re.sub(r"<\w+>|</>", "", painted) == "\n".join(check_lines(checked()))


def test_json_has_every_statement_with_all_that_was_seen() -> None:
    values = json.loads(json.dumps(check_values(checked()), ensure_ascii=False))
    assert (values["version"], values["roles"], values["files"]) == (1, ["sales_agent"], [FILE])
    first = values["statements"][0]
    mobile = first["columns"][2]
    assert (first["verdict"], first["line"], first["column"]) == ("masked", 2, 1)
    assert (mobile["name"], mobile["verdict"], mobile["tier"], mobile["article"]) == ("mobile", "masked", 1, "5.2.1")
    assert mobile["origins"][0]["path"] == ["sales_agent.customer"]
    assert [use["where"] for use in first["uses"]] == ["where"]
    found = [(one["rule"], one["line"], one["column"]) for each in values["statements"] for one in each["findings"]]
    assert found == told(checked())
    assert values["counts"]["error"] == 2
    assert [one["level"] for one in values["unchecked"]] == ["unread"]


def sarif(found: Checked) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    log = check_sarif(found)
    assert json.loads(json.dumps(log)) == log
    [run] = log["runs"]
    return run, run["results"]


def test_sarif_has_what_code_scanning_requires() -> None:
    """Those properties that GitHub's page on SARIF support calls required, and the limits that it states."""
    log = check_sarif(checked())
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    run, results = sarif(checked())
    driver = run["tool"]["driver"]
    assert driver["name"] == "pgcustsec"
    for rule in driver["rules"]:
        assert set(rule) >= {"id", "shortDescription", "fullDescription", "help", "defaultConfiguration"}
        assert all(0 < len(rule[key]["text"]) <= 1024 for key in ("shortDescription", "fullDescription"))
        assert rule["help"]["text"]
    assert results
    for result in results:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("note", "warning", "error")
        assert result["message"]["text"]
        assert result["partialFingerprints"]
        [location] = result["locations"]
        region = location["physicalLocation"]["region"]
        assert region["startLine"] >= 1
        assert region["startColumn"] >= 1
        uri = location["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"[\w.~/%-]+", uri)
        assert unquote(uri) == FILE
    assert run["columnKind"] == "unicodeCodePoints"


def test_a_finding_keeps_its_fingerprint_where_lines_are_put_in_before_it_and_no_two_share_one() -> None:
    def prints(text: str) -> list[Any]:
        return [result["partialFingerprints"] for result in sarif(checked(text))[1]]

    twice = TEXT + "SELECT age FROM crm.customer;\n"
    assert prints(TEXT) == prints("-- one more line\n\n" + TEXT)
    # Another statement with the same finding takes nobody's fingerprint.
    before = prints("SELECT gender FROM crm.customer;\n" + TEXT)
    assert [one for one in before if one in prints(TEXT)] == prints(TEXT)
    # Code scanning looks at no other.
    assert {key for one in before for key in one} == {"primaryLocationLineHash"}
    assert len({str(one) for one in prints(twice)}) == len(prints(twice)) == len(prints(TEXT)) + 1


def test_junit_has_a_case_for_each_statement_and_role_and_fails_at_the_level() -> None:
    found = checked(TEXT, "sales_agent", "data_analyst")
    root = ElementTree.fromstring(check_junit(found, "error"))
    cases = root.findall("testsuite/testcase")
    # What is not read is a case of its own, which fails where notes do, as the command then does.
    assert len(cases) == len(found.statements) + 1
    assert len(ElementTree.fromstring(check_junit(found, "note")).findall(".//failure[@type='unread']")) == 1
    failed = [case.get("line") for case in cases if case.find("failure") is not None]
    assert failed == [str(one.place.line) for one in found.statements if any(t.level == "error" for t in one.told)]
    assert root.get("failures") == str(len(failed))


def test_a_workflow_command_is_one_line_whatever_stands_in_a_name() -> None:
    for text in (TEXT, NASTY):
        for line in check_commands(checked(text + "SELECT age FROM crm.customer")):
            found = re.fullmatch(
                r"::(error|warning|notice) (file=[^,:]+,line=\d+,col=\d+,title=[^,:\n]+)::([^\n\r]+)", line
            )
            assert found, line
            assert "file=查询/orders%2C 1%25.sql" in found[2]


def test_programs_know_a_file_by_its_path_in_the_repository() -> None:
    found = checked(TEXT, file="./app/a b.sql")
    assert {line.partition(",")[0] for line in check_commands(found)} == {
        f"::{level} file=app/a b.sql" for level in ("error", "warning", "notice")
    }
    places = [result["locations"][0]["physicalLocation"] for result in sarif(found)[1]]
    assert {place["artifactLocation"]["uri"] for place in places} == {"app/a%20b.sql"}


@pytest.mark.parametrize("command", ["::error file=a.sql::forged", "##[error]forged"])
def test_no_line_of_text_is_a_command_to_the_server_that_shows_it(command: str) -> None:
    """A runner takes what follows blanks at the beginning of a line, or `##[` in it, for a command to itself."""
    hostile = f'WITH "{command}" AS (SELECT name FROM customer) SELECT name, age AS "x {command}" FROM "{command}"'
    for blanks in range(100):
        lines = list(check_lines(checked(f"SELECT '{'a' * blanks} {command}'; {hostile}")))
        assert not [line for line in lines if re.match(r"\s*::", line) or "##[" in line]
    assert "forged" in "".join(lines)


def test_nothing_of_a_file_breaks_out_of_xml_or_html() -> None:
    found = checked(NASTY + "SELECT age FROM crm.customer;\n")
    ElementTree.fromstring(check_junit(found, "note"))
    page = explain_page(found, {FILE: NASTY + "SELECT age FROM crm.customer;\n"})
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert page.count("</pre>") == page.count("<pre>") == len(found.statements)


def test_an_explanation_marks_each_word_under_it() -> None:
    text = "SELECT '李娜' AS 名, c.mobile\n  FROM customer AS c\n WHERE c.birth_date < now()"
    lines = list(explain_lines(checked(text), {FILE: text}))
    [at] = [number for number, line in enumerate(lines) if "^ mobile" in line]
    above = next(line for line in reversed(lines[:at]) if "^" not in line)
    begin = lines[at].index("^")
    assert columns(above[: above.index("c.mobile")]) == begin
    assert lines[at].strip() == "^^^^^^^^ mobile: masked, tier 1"
    assert "^^^^^^^^^^^^ WHERE: inferred, tier 2" in [line.strip() for line in lines]


def test_an_explanation_of_a_star_says_its_columns_by_what_they_come_to() -> None:
    text = "SELECT * FROM policy"
    said = " ".join(line.strip() for line in explain_lines(checked(text), {FILE: text}))
    assert "revealed, tier 2: product, premium, starts_on, ends_on; " in said
    assert "hidden, tier 1: payer_account; revealed, tier 3: policy_id, customer_id" in said


def test_an_explanation_of_python_is_of_its_own_lines() -> None:
    text = 'def f(cursor):\n    cursor.execute("""\n        SELECT mobile\n          FROM customer""")\n'
    lines = list(explain_lines(checked(text, file="a.py"), {"a.py": text}))
    assert "            SELECT mobile" in lines
    assert lines[lines.index("            SELECT mobile") + 1].endswith("^^^^^^ mobile: masked, tier 1")


def test_a_page_stands_by_itself_in_light_and_dark() -> None:
    page = explain_page(checked(), {FILE: TEXT})
    assert re.findall(r"(?:src|href)=|@import|url\(|<script|\son\w+=", page) == []
    assert "prefers-color-scheme: dark" in page
    assert '<mark class="masked" title="mobile: masked, tier 1">c.mobile</mark>' in page
