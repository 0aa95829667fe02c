"""What a value looks like: made values are found in every spelling, random digits and other words are not."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pgcustsec.demo.numbers import Birthdays, Cards, Identities, Phones
from pgcustsec.inspecting.tally import Tally
from pgcustsec.looks.values import look

BIRTHDAYS = Birthdays(date(2026, 1, 1))
IDENTITIES = Identities(5_000, BIRTHDAYS, random.Random(1))
CARDS = Cards(random.Random(2)).draw(2_000, random.Random(3))
PHONES = Phones().draw(2_000, random.Random(4))

identities = st.builds(
    IDENTITIES.number, st.integers(0, 4_999), st.integers(0, len(BIRTHDAYS.iso) - 1), st.integers(0, 1)
)
#: What people write before and after a number.
before_it = st.sampled_from(["", " ", "号码：", "电话:", "，", "（", "\n", "联系方式 ", "tel: ", "; "])
after_it = st.sampled_from(["", " ", "，", "）。", "\n", "; ", "是", "/"])


def is_one(value: str, sign: str) -> bool:
    return sign in look(value).whole


@given(identities)
def test_an_identity_number_is_found_whatever_its_spelling(number: str) -> None:
    full_width = number.translate(str.maketrans("0123456789X", "０１２３４５６７８９Ｘ"))
    for spelt in (number, number.lower(), full_width, f"{number[:6]} {number[6:14]} {number[14:]}", f" {number}\t"):
        assert is_one(spelt, "identity"), "a spelling of an identity number is not found"
        assert "card" not in look(spelt).inside


@given(identities, before_it, after_it)
def test_an_identity_number_within_a_text_is_found(number: str, before: str, after: str) -> None:
    assert "identity" in look(f"客户{before}{number}{after}已核对").inside


@given(identities, st.integers(1, 9))
def test_an_identity_number_with_a_wrong_check_digit_is_none(number: str, off: int) -> None:
    digits = "0123456789X"
    wrong = digits[(digits.index(number[17]) + off) % 11]
    assert "identity" not in look(number[:17] + wrong).inside


@given(st.sampled_from(PHONES), before_it, after_it)
def test_a_phone_is_found_alone_and_within_a_text(phone: str, before: str, after: str) -> None:
    assert look(phone).whole & {"mobile", "landline"}
    assert look(f"请致电{before}{phone}{after}张先生").inside & {"mobile", "landline"}


@pytest.mark.parametrize(
    "phone",
    [
        "138 1234 5678",
        "138-1234-5678",
        "+86 138-1234-5678",
        "(+86)13812345678",
        "0086 13812345678",
        "１３８１２３４５６７８",
        "138\u200b12345678",
    ],
)
def test_a_mobile_number_is_found_as_people_write_it(phone: str) -> None:
    assert is_one(phone, "mobile")


@pytest.mark.parametrize(
    "phone", ["010-61234567", "(021) 61234567", "0755 2123 4567", "02061234567", "010-61234567-12"]
)
def test_a_landline_is_found_as_people_write_it(phone: str) -> None:
    assert is_one(phone, "landline")


@given(st.sampled_from(CARDS))
def test_a_bank_card_is_found_and_with_a_digit_changed_it_is_not(card: str) -> None:
    assert is_one(card, "card")
    assert is_one(" ".join(card[n : n + 4] for n in range(0, len(card), 4)), "card")
    assert "card" not in look(card[:-1] + str((int(card[-1]) + 1) % 10)).inside


@pytest.mark.parametrize("name", ["王伟", "李小明", "欧阳锋", "诸葛孔明", "司马懿", "張三豐", "单雪"])
def test_a_chinese_name_is_one(name: str) -> None:
    assert is_one(name, "name")


@pytest.mark.parametrize("word", ["北京", "已投保", "重疾险", "男", "上海分公司", "意外伤害综合保险", "prospect"])
def test_another_word_is_no_name(word: str) -> None:
    assert not is_one(word, "name")


def test_a_name_in_a_text_is_found_behind_a_word_that_says_so() -> None:
    assert "name" in look("投保人：欧阳修，续保").inside
    assert "name" not in look("高血压二级，控制良好").inside


@pytest.mark.parametrize("text", ["a@b.cn", "li.na+crm@mail.example.com.cn", "写信到 li@example.cn 即可"])
def test_an_email_is_found(text: str) -> None:
    assert "email" in look(text).inside


@pytest.mark.parametrize(
    "text",
    [
        "550e8400-e29b-41d4-a716-446655440000",
        "2026-01-15 13:45:12.138123",
        "1.13812345678",
        "20260115-13812345678-01",
        "SN13812345678",
        "138123456789",
        "user@localhost",
        "3.14159265358979",
        "1760000000000",
    ],
)
def test_what_only_has_digits_like_it_is_nothing(text: str) -> None:
    assert look(text).inside == frozenset()


@given(st.text(max_size=300))
@settings(max_examples=300)
def test_any_text_can_be_looked_at(text: str) -> None:
    seen = look(text)
    assert seen.whole <= seen.inside <= seen.shaped


@pytest.mark.parametrize("digits", range(8, 25))
def test_a_column_of_random_numbers_is_no_column_of_anything(digits: int) -> None:
    rng = random.Random(digits)
    tally = Tally()
    for _ in range(3_000):
        tally.add(str(rng.randrange(10 ** (digits - 1), 10**digits)))
    assert tally.evidence() == []


@pytest.mark.parametrize("prefix", ["2026011", "62022026", "4000000000", "13", "11010119900101"])
def test_a_column_of_order_numbers_is_no_column_of_anything(prefix: str) -> None:
    """Eighteen digits that count up, also those that begin as a card's or an identity number's do."""
    tally = Tally()
    for number in range(2_000):
        tally.add(prefix + str(number * 7).zfill(18 - len(prefix)))
    assert [one.sign for one in tally.evidence() if one.sign != "identity"] == []
    # With a province and a birthday in front, one in eleven has the right check digit: those are identity numbers.
    assert bool(tally.evidence()) == prefix.startswith("110101")


def test_the_demos_numbers_are_told_apart() -> None:
    rng = random.Random(5)
    numbers = [IDENTITIES.number(n, rng.randrange(len(BIRTHDAYS.iso)), n % 2) for n in range(1_000)]
    for values, sign in ((numbers, "identity"), (CARDS, "card")):
        counted = Counter(one for value in values for one in look(value).whole)
        assert counted == {sign: len(values)}
