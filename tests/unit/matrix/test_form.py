"""The form of the file: each mistake has its line and column, and the nearest right word."""

from __future__ import annotations

import pytest

from pgcustsec.errors import MatrixError
from pgcustsec.matrix.load import loads
from tests.unit.matrix.stories import RIGHT, assert_problems, changed, pairs, problems_of

#: story -> what is replaced, by what (with ▸ before the mistake), perhaps more such pairs; what message or hint says
MISTAKES: dict[str, tuple[str, ...]] = {
    "unknown section": ("sessions:", "▸sesions:", "did you mean 'sessions'?"),
    "unknown section with references to it": ("agreements: {sec", "▸agrements: {sec", "did you mean 'agreements'?"),
    "unknown key of a table": ("    managers: direct", "    ▸manager: direct", "did you mean 'managers'?"),
    "unknown key of a column": ("id: {tier: 3}\n", "id: {▸teir: 3}\n", "did you mean 'tier'?"),
    "misspelled required key is one problem": (
        "    key: [id]\n    subject: self",
        "    ▸kye: [id]\n    subject: self",
        "'key'",
    ),
    "key of another form": ("{column: agent_no}, ", "{column: agent_no, ▸staff: agent_no}, ", "no key 'staff'"),
    "missing key is named at what lacks it": ("  s.loss:\n    key: [id]\n", "  ▸s.loss:\n", "lacks 'key'"),
    "missing section is named at the start": (
        "version: 1\norganisation: Ginkgo\n",
        "▸version: 1\n",
        "lacks 'organisation'",
    ),
    "duplicate section": ("sessions: {max_hours: 8}", "sessions: {max_hours: 8}\n▸sessions: {max_hours: 8}", "line 10"),
    "duplicate table": (
        "  s.loss:\n",
        "  ▸s.duty:\n",
        "s.loss: {rows: serving, tier2: serving}",
        "s.duty: {rows: serving}",
        "'s.duty' stands twice",
    ),
    "duplicate column": (
        "      id: {tier: 3}\n      agent_no",
        "      id: {tier: 3}\n      ▸id: {tier: 2}\n      agent_no",
        "'id' stands twice in columns",
    ),
    "duplicate in a list": ("[id]\n    subject: self", "[id, ▸id]\n    subject: self", "stands twice in key"),
    "yes is no boolean": ("find: true", "find: ▸yes", "write true"),
    "off is no boolean": ("delete: false", "delete: ▸off", "write false"),
    "a quoted true is no boolean": ("find: true", 'find: ▸"true"', "true or false"),
    "unknown kind": ("kind: address}", "kind: ▸adress}", "did you mean 'address'?"),
    "unknown scope": ("rows: [serving, pool]", "rows: [▸servnig, pool]", "did you mean 'serving'?"),
    "unknown scope alone": ("rows: branch,", "rows: ▸branches,", "did you mean 'branch'?"),
    "unknown display": ("tier1: hidden", "tier1: ▸hiden", "did you mean 'hidden'?"),
    "unknown managers": ("managers: direct", "managers: ▸directly", "did you mean 'direct'?"),
    "unknown subject word": ("subject: self", "subject: ▸itself", "did you mean 'self'?"),
    "unknown article": ("5.2.2, role: agent", "▸5.2.9, role: agent", "no article '5.2.9'"),
    "an article that looks like a number": ("5.2.2, role: agent", "▸5.9, role: agent", "no article '5.9'"),
    "tier out of range": ("income: {tier: 2", "income: {tier: ▸4", "from 1 to 3, not 4"),
    "tier as text": ("income: {tier: 2", 'income: {tier: ▸"2"', "whole number from 1 to 3"),
    "tier as a fraction": ("income: {tier: 2", "income: {tier: ▸2.0", "whole number from 1 to 3"),
    "tier as a boolean": ("income: {tier: 2", "income: {tier: ▸true", "whole number from 1 to 3"),
    "password term past half a year": ("password_days: 90", "password_days: ▸183", "from 1 to 182"),
    "version of another format": ("version: 1", "version: ▸2", "whole number 1, not 2"),
    "text that YAML takes for a number": ("organisation: Ginkgo", "organisation: ▸42", 'in quotes: "42"'),
    "name that YAML takes for a number": ("{N: {title: North}", "{▸010: {title: North}", "quotes"),
    "name that YAML takes for nothing": ("{N: {title: North}", "{▸null: {title: North}", "quotes"),
    "list instead of mapping": ("sessions: {max_hours: 8}", "sessions: ▸[8]", "must be a mapping, not a list"),
    "mapping instead of list": ("keep: [branch]", "keep: ▸{branch: 1}", "must be a list, not a mapping"),
    "word instead of list": ("key: [id]\n    subject: self", "key: ▸id\n    subject: self", "put it in [ ]"),
    "list instead of word": ("holder: agent_no", "holder: ▸[agent_no]", "not a list"),
    "empty section": ("sessions: {max_hours: 8}", "▸sessions:", "sessions is empty"),
    "empty mapping": ("sessions: {max_hours: 8}", "sessions: ▸{}", "sessions is empty"),
    "empty list": ("keep: [branch]", "keep: ▸[]", "keep is empty"),
    "empty text": ("organisation: Ginkgo", 'organisation: ▸""', "organisation"),
    "empty access": ("s.loss: {rows: serving, tier2: serving}", "s.loss: ▸{}", "is empty"),
    "date that is none": ("approved: A-1, until: 2099-12-31", "approved: A-1, until: ▸2099-02-30", "2027-06-30"),
    "date with a time": (
        "approved: A-1, until: 2099-12-31",
        "approved: A-1, until: ▸2099-12-31T00:00:00",
        "2027-06-30",
    ),
    "network with host bits": ("10.0.0.0/8", "▸10.0.0.1/8", "host bits"),
    "address without a mask": ("10.0.0.0/8", "▸10.0.0.1", "10.0.0.1/32"),
    "complex key": ("{N: {title: North}", "{▸[N]: {title: North}", "must be one word"),
    "tag": ("organisation: Ginkgo", "organisation: ▸!!str Ginkgo", "tag"),
    "python tag": ("organisation: Ginkgo", "organisation: ▸!!python/name:os.system Ginkgo", "tag"),
    "anchor": ("organisation: Ginkgo", "organisation: ▸&name Ginkgo", "anchor &name"),
    "newline in a name": ("organisation: Ginkgo", 'organisation: ▸"Gink\\ngo"', "one line of text"),
    "control character in a column": ("home: {tier: 1", '▸"ho\\u001bme": {tier: 1', "control characters"),
    "upper case in a role": (
        "  lawyer: {dep",
        "  ▸Lawyer: {dep",
        "{role: lawyer}], max_days: 30",
        "{role: Lawyer}], max_days: 30",
        "lawyer, approvals: [{role: lawyer}]",
        "Lawyer, approvals: [{role: Lawyer}]",
        "lower-case letters",
    ),
    "quote in a prefix": ("role_prefix: gk_", "role_prefix: ▸'g\"k'", "lower-case letters"),
    "table without schema": (
        "  s.loss:\n",
        "  ▸loss:\n",
        "s.loss: {rows: ser",
        "loss: {rows: ser",
        "schema.table",
    ),
}


@pytest.mark.parametrize("story", MISTAKES.values(), ids=MISTAKES.keys())
def test_each_mistake_of_form_has_its_place_and_a_way_out(story: tuple[str, ...]) -> None:
    *edits, fragment = story
    assert_problems(changed(*pairs(edits)), fragment)


def test_the_right_matrix_of_these_tests_is_right() -> None:
    assert list(loads(RIGHT).tables) == ["s.person", "s.duty", "s.contract", "s.loss"]


def test_every_mistake_is_told_at_once_in_file_order() -> None:
    text = changed(
        ("sessions:", "▸sesions:"),
        ("kind: address}", "kind: ▸adress}"),
        ("find: true", "find: ▸yes"),
        ("roles: [dba]", "roles: ▸[]"),
        ("custodian: lawyer", "custodian: ▸layer"),
        ("holder: agent_no", "holder: ▸agentno"),
    )
    # File order: the phone column stands before the address column, the pool after both.
    assert_problems(text, "sessions", "write true", "'address'", "'agent_no'", "empty", "'lawyer'")


def test_what_is_not_yaml_is_one_problem_with_its_place() -> None:
    problems = problems_of("version: 1\nroles: [a, b\ntables: {}\n")
    assert len(problems) == 1
    assert problems[0].line >= 2
    assert "not readable as YAML" in problems[0].message


@pytest.mark.parametrize("text", ["", "\n# only a comment\n", "---\n...\n", "null\n"])
def test_an_empty_file_is_no_matrix(text: str) -> None:
    assert "empty" in problems_of(text)[0].message


@pytest.mark.parametrize("text", ["[]", "word", "42", "- a\n- b\n"])
def test_a_file_that_is_no_mapping_is_no_matrix(text: str) -> None:
    assert "mapping" in problems_of(text)[0].message


def test_an_alias_is_refused_where_it_stands() -> None:
    text = changed(("organisation: Ginkgo", "organisation: ▸&name Ginkgo"), ("title: North", "title: ▸*name"))
    assert_problems(text, "anchor &name", "alias *name")


def test_a_merge_key_is_an_unknown_key() -> None:
    assert_problems(changed(("id: {tier: 3}\n", "id: {tier: 3, ▸<<: {kind: text}}\n")), "no key '<<'")


def test_a_second_document_is_refused() -> None:
    assert_problems(f"{RIGHT}▸---\nversion: 1\n", "second document")


def test_another_yaml_version_is_refused() -> None:
    assert "directive" in problems_of(f"%YAML 1.1\n---\n{RIGHT}")[0].message


def test_a_bottomless_file_is_refused() -> None:
    assert "nested deeper" in problems_of("a: " + "[" * 5000)[0].message


def test_a_huge_file_is_refused_before_it_is_read() -> None:
    assert "larger than" in problems_of(RIGHT + "#" * 1_000_000)[0].message


def test_an_escape_past_unicode_is_refused() -> None:
    with pytest.raises(MatrixError):
        loads(RIGHT.replace("Ginkgo", r'"\UFFFFFFFF"'))


def test_words_that_older_yaml_takes_for_booleans_are_words_here() -> None:
    assert loads(changed(("organisation: Ginkgo", "organisation: no"))).organisation == "no"


def test_tables_and_columns_may_have_any_name_a_database_has() -> None:
    text = changed(
        ("  s.loss:\n", '  "Schäden 2.年":\n'),
        ("s.loss: {rows: serving, tier2: serving}", '"Schäden 2.年": {rows: serving}'),
    )
    text = text.replace("sum: {tier: 2}", '"Summe €": {tier: 2}')
    table = loads(text).tables["Schäden 2.年"]
    assert (table.schema, table.name, list(table.columns)[-1]) == ("Schäden 2", "年", "Summe €")


def test_a_name_of_more_than_63_bytes_is_refused_whatever_its_letters() -> None:
    assert_problems(changed(("home: {tier: 1", f"▸{'家' * 22}: {{tier: 1")), "longer than 63 bytes")
    loads(changed(("home: {tier: 1", f"{'家' * 21}: {{tier: 1")))
