"""The SQLSTATEs of class CS: one per rule, and the database raises no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pgcustsec.errors import SQLSTATES, SqlState

SOURCES = Path(__file__).parents[2] / "sql" / "src"
ARTICLES = re.compile(r"[1-5]\.\d(\.\d)?")


@pytest.mark.parametrize("state", SQLSTATES, ids=lambda state: state.code)
def test_a_sqlstate_is_five_characters_of_class_cs(state: SqlState) -> None:
    assert re.fullmatch(r"CS[0-9A-Z]{3}", state.code)
    assert not state.code.endswith("000"), "that would be the class, which no handler can tell from its members"


@pytest.mark.parametrize("state", SQLSTATES, ids=lambda state: state.code)
def test_a_sqlstate_says_its_name_article_meaning_and_next_step(state: SqlState) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", state.name)
    assert ARTICLES.fullmatch(state.article)
    assert state.meaning
    assert state.next_step


def test_no_sqlstate_and_no_name_is_given_twice() -> None:
    assert len({state.code for state in SQLSTATES}) == len(SQLSTATES)
    assert len({state.name for state in SQLSTATES}) == len(SQLSTATES)


def test_the_list_is_in_the_order_of_its_codes() -> None:
    assert [state.code for state in SQLSTATES] == sorted(state.code for state in SQLSTATES)


def test_the_extension_raises_only_what_is_listed() -> None:
    raised = {
        code for file in SOURCES.rglob("*.sql") for code in re.findall(r"'(CS[0-9A-Z]{3})'", file.read_text("utf-8"))
    }
    assert raised <= {state.code for state in SQLSTATES}
