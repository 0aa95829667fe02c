"""What people are described with and how a password must be: rules that need no database."""

from __future__ import annotations

import pytest

from pgcustsec.errors import Refused, UsageError
from pgcustsec.people.ending import Ended
from pgcustsec.people.passwords import check_days, check_password
from pgcustsec.people.standing import Standing, check_name, check_standing
from pgcustsec.people.words import RoleWord, Words

WORDS = Words(
    branches={"BJ": "北京分公司", "SH": "上海分公司"},
    departments={"sales": "销售部", "quality": "品质管理部"},
    roles={
        "seller": RoleWord("seller", "x_seller", "sales"),
        "auditor": RoleWord("auditor", "x_auditor", "quality"),
    },
)


@pytest.mark.parametrize("password", ["twelve chars", "一二三四五六七八九十十一", "ab" * 6])
def test_a_password_of_twelve_characters_will_do(password: str) -> None:
    check_password(password, "li_na")


@pytest.mark.parametrize("password", ["eleven char", "twelve\0chars", "new\nline inside", "xxLI_NAxxxxxx", "z" * 40])
def test_a_short_or_odd_or_telling_password_will_not(password: str) -> None:
    with pytest.raises(UsageError) as caught:
        check_password(password, "li_na")
    assert password not in caught.value.message


@pytest.mark.parametrize(("days", "maximum"), [(0, 182), (183, 182), (91, 90), (183, 400)])
def test_a_term_is_bounded_by_the_matrix_and_by_half_a_year(days: int, maximum: int) -> None:
    with pytest.raises(UsageError):
        check_days(days, maximum)


def test_roles_come_in_matrix_order_whatever_order_they_are_asked_in() -> None:
    assert WORDS.held(["auditor", "seller"]) == [("seller", "x_seller"), ("auditor", "x_auditor")]


@pytest.mark.parametrize("wrong", ["sell", "SELLER", "x_seller"])
def test_the_nearest_word_is_found_by_looks_by_case_and_by_title(wrong: str) -> None:
    with pytest.raises(UsageError, match="did you mean 'seller'"):
        WORDS.role(wrong)


def test_a_word_like_no_other_gets_the_whole_choice() -> None:
    with pytest.raises(UsageError) as caught:
        WORDS.branch("Guangzhou")
    assert caught.value.hint is not None
    assert caught.value.hint.endswith("BJ, SH")


@pytest.mark.parametrize("name", ["x_seller", "x_seller_viewer", "pgcustsec_owner", "public"])
def test_names_of_roles_that_nobody_logs_in_as_are_refused(name: str) -> None:
    with pytest.raises(Refused):
        check_name(name, WORDS)


@pytest.mark.parametrize("name", ["", "pg_li", "li ", "l\x7fi", "长" * 22])
def test_names_that_postgresql_or_a_reader_would_stumble_on_are_refused(name: str) -> None:
    with pytest.raises(UsageError):
        check_name(name, WORDS)


def test_a_noinherit_login_is_refused_where_membership_gives_it_nothing() -> None:
    plain = Standing(True, False, None, False, (), (), (), ())
    check_standing("li", plain, 16)
    with pytest.raises(Refused, match="NOINHERIT"):
        check_standing("li", plain, 15)


def test_connections_that_stay_are_told_by_process() -> None:
    [notice] = Ended(1, (4711, 4712)).notices("li")
    assert "2 connections of li" in notice
    assert "4711, 4712" in notice
    assert Ended(0).notices("li") == Ended(0).done("li") == ()
