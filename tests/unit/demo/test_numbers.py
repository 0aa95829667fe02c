"""Identity, card and phone numbers of the demo's people are such as could exist."""

import random
from datetime import date

import pytest

from pgcustsec.demo.numbers import Birthdays, Cards, Identities, Phones, stream
from pgcustsec.looks.digits import identity_check, luhn_check


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_the_check_digit_is_that_of_the_standards_own_examples(number: str) -> None:
    assert identity_check(number[:17]) == number[17]


@pytest.mark.parametrize("number", ["79927398713", "4111111111111111", "378282246310005"])
def test_the_luhn_digit_is_that_of_published_test_numbers(number: str) -> None:
    assert luhn_check(number[:-1]) == number[-1]


def test_every_card_passes_the_luhn_test_and_every_length_occurs() -> None:
    rng = random.Random(1)
    cards = Cards(rng).draw(3_000, rng)
    assert [card for card in cards if luhn_check(card[:-1]) != card[-1]] == []
    assert {len(card) for card in cards} == {16, 17, 18, 19}
    assert all(card.startswith("62") for card in cards)


def test_identity_numbers_of_a_million_people_never_repeat() -> None:
    rng = stream(3, "test")
    customers = 1_000_000
    identities = Identities(customers, Birthdays(date(2026, 11, 24)), rng)
    # A thousand neighbours of one pair of area and sequence number are the people who could meet.
    pairs = 500 * 56
    meeting = [first + round_ * pairs for first in range(40) for round_ in range(customers // pairs)]
    birthdays = identities.birthdays(meeting, rng)
    assert len({identities.number(one, day, 1) for one, day in zip(meeting, birthdays, strict=True)}) == len(meeting)


def test_who_was_born_after_1999_has_no_number_of_15_digits() -> None:
    birthdays = Birthdays(date(2026, 11, 24))
    identities = Identities(10, birthdays, random.Random(1))
    lengths = {
        len(identities.old_number(1, day, 0)) for day, compact in enumerate(birthdays.compact) if compact >= "2000"
    }
    assert lengths == {18}


@pytest.mark.parametrize("as_of", [date(2026, 11, 24), date(2028, 2, 29), date(2027, 1, 1)])
def test_everybody_is_an_adult_of_the_age_that_the_calendar_says(as_of: date) -> None:
    birthdays = Birthdays(as_of)
    for iso, age in zip(birthdays.iso, birthdays.age, strict=True):
        born, years = date.fromisoformat(iso), int(age)
        assert 18 <= years <= 85
        had_birthday = (born.month, born.day) <= (as_of.month, as_of.day)
        assert born.year + years + (not had_birthday) == as_of.year


def test_phones_come_as_mobiles_with_and_without_country_code_and_as_landlines() -> None:
    phones = Phones().draw(5_000, random.Random(1))
    kinds = {
        "plain": [one for one in phones if len(one) == 11 and one.isdigit()],
        "country": [one for one in phones if one.startswith(("+86", "86"))],
        "landline": [one for one in phones if one.startswith("0")],
    }
    assert all(kinds.values())
    assert sum(map(len, kinds.values())) == len(phones)
    assert max(map(len, phones)) <= 20
