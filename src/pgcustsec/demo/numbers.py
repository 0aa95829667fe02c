"""
Numbers with check digits, made quickly: identity numbers (GB 11643), bank cards (Luhn), phones, passports.

A maker keeps the weighted sums of the parts that a number is put together from, so that a number costs two
additions and a look-up instead of a loop over its digits.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta

from pgcustsec.demo import words
from pgcustsec.looks.digits import CHECKS, WEIGHTS, luhn_sum

_FOUR = tuple(f"{number:04d}" for number in range(10_000))
_YOUNGEST, _OLDEST = 18, 85
_STEP = 7919  # a prime that divides no number of pairs: one round visits each pair once


def stream(seed: int, name: str) -> random.Random:
    """Return the generator of one stream of *seed*: what one table draws does not move another's."""
    return random.Random(f"{seed}/{name}")  # noqa: S311  invented people, not secrets


class Birthdays:
    """Every birthday of an adult on the day *as_of*, oldest first, with what rows and identity numbers need of it."""

    def __init__(self, as_of: date) -> None:
        first = date(as_of.year - _OLDEST, 1, 1)
        last = date(as_of.year - _YOUNGEST - 1, 12, 31)
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        self.iso = [day.isoformat() for day in days]
        self.compact = [iso.replace("-", "") for iso in self.iso]
        self.age = [str(as_of.year - day.year - ((as_of.month, as_of.day) < (day.month, day.day))) for day in days]
        self.weight = [_weighted(compact, 6) for compact in self.compact]


def _weighted(digits: str, start: int) -> int:
    return sum(WEIGHTS[start + n] * int(digit) for n, digit in enumerate(digits))


class Identities:
    """
    Makes identity numbers, no two of them alike among *customers* people, without remembering any.

    Person number n gets the (n * step)th pair of area and sequence number; once all pairs are used, the next
    round takes birthdays of another remainder, so the triple never repeats.
    """

    def __init__(self, customers: int, birthdays: Birthdays, rng: random.Random) -> None:
        self._birthdays = birthdays
        self._areas = [(code, branch) for branch, codes in words.AREAS.items() for code in codes]
        self._area_weight = [_weighted(code, 0) for code, _ in self._areas]
        self._sequence = [(f"{n:03d}", _weighted(f"{n:03d}", 14)) for n in range(1000)]
        self._pairs = 500 * len(self._areas)
        self._start = rng.randrange(self._pairs)
        self._rounds = customers // self._pairs + 2
        self._passport_start = rng.randrange(10**8)
        # Ages are bell-shaped: the mean of three draws, kept to the birthdays that a round may use.
        slots = len(birthdays.iso) // self._rounds
        self._slots = [int(slots * (rng.random() + rng.random() + rng.random()) / 3) for _ in range(20_011)]

    def homes(self, persons: Sequence[int]) -> list[str]:
        """Return for each person the branch that their birthplace belongs to."""
        areas, start, pairs = self._areas, self._start, self._pairs
        return [areas[(person + start) * _STEP % pairs % len(areas)][1] for person in persons]

    def birthdays(self, persons: Sequence[int], rng: random.Random) -> list[int]:
        """Draw a birthday (an index into `Birthdays`) for each person."""
        rounds, pairs, start = self._rounds, self._pairs, self._start
        slots = rng.choices(self._slots, k=len(persons))
        return [slot * rounds + (person + start) // pairs % rounds for slot, person in zip(slots, persons, strict=True)]

    def number(self, person: int, birthday: int, male: int) -> str:
        """Return the 18-digit identity number of *person*."""
        index, area, digits, weight = self._parts(person, male)
        total = self._area_weight[index] + self._birthdays.weight[birthday] + weight
        return f"{area}{self._birthdays.compact[birthday]}{digits}{CHECKS[total % 11]}"

    def old_number(self, person: int, birthday: int, male: int) -> str:
        """Return the 15-digit number of *person*; who was born after 1999 never had one and gets the 18-digit one."""
        compact = self._birthdays.compact[birthday]
        if compact >= "2000":
            return self.number(person, birthday, male)
        _, area, digits, _ = self._parts(person, male)
        return f"{area}{compact[2:]}{digits}"

    def passport(self, person: int) -> str:
        """Return the passport number of *person*: E and eight digits."""
        return f"E{(person * _STEP + self._passport_start) % 10**8:08d}"

    def _parts(self, person: int, male: int) -> tuple[int, str, str, int]:
        pair, area = divmod((person + self._start) * _STEP % self._pairs, len(self._areas))
        digits, weight = self._sequence[2 * pair + male]  # odd: male
        return area, self._areas[area][0], digits, weight


class Cards:
    """Makes bank card numbers of 16 to 19 digits that pass the Luhn test."""

    def __init__(self, rng: random.Random) -> None:
        self._heads = []
        for issuer, length in rng.choices(words.CARD_ISSUERS, k=4_001):
            head = issuer + f"{rng.randrange(10_000):04d}"[: length - 15]
            # Eight digits follow the head, an even number, so its own digits count as if they came last.
            self._heads.append((head, luhn_sum(head)))
        self._fours = [(four, luhn_sum(four)) for four in _FOUR]

    def draw(self, count: int, rng: random.Random) -> list[str]:
        """Draw *count* card numbers."""
        fours = self._fours
        return [
            f"{head}{a}{b}{-(x + y + z) % 10}"
            for (head, x), (a, y), (b, z) in zip(
                rng.choices(self._heads, k=count), rng.choices(fours, k=count), rng.choices(fours, k=count), strict=True
            )
        ]


class Phones:
    """Makes phone numbers: mobiles, some with the country code in one of its spellings, and a few landlines."""

    def __init__(self) -> None:
        plain = [prefix for prefix in words.MOBILE_PREFIXES for _ in range(20)]
        abroad = [code + prefix for code in ("+86", "+86 ", "+86-", "86") for prefix in words.MOBILE_PREFIXES[::4]]
        self._heads = plain + abroad
        self._lines = [
            f"{code}-{number}"
            for code in words.LANDLINE_CODES.values()
            for number in (*range(6100, 7000), *range(8100, 9000))
        ]

    def draw(self, count: int, rng: random.Random) -> list[str]:
        """Draw *count* numbers, three in a hundred of them landlines."""
        random_ = rng.random
        return [
            f"{head}{a}{b}" if random_() < 0.97 else f"{line}{b}"
            for head, line, a, b in zip(
                rng.choices(self._heads, k=count),
                rng.choices(self._lines, k=count),
                rng.choices(_FOUR, k=count),
                rng.choices(_FOUR, k=count),
                strict=True,
            )
        ]
