"""Lines of crm.customer as COPY text, block by block; prospects are customers like any other (1.2)."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from pgcustsec.demo import words
from pgcustsec.demo.numbers import Birthdays, Cards, Identities, Phones, stream
from pgcustsec.demo.people import full_names

NULL = "\\N"
_POOLED_VALUES = 5_003  # of each column whose values are drawn from again and again
_NAMES = 20_011

# What a customer row can be, and in how many of a hundred: bought, prospect of an agent, prospect in the pool, lost.
BUYER, LEAD, POOLED, LOST = range(4)
_KINDS = [BUYER] * 37 + [LEAD] * 25 + [POOLED] * 30 + [LOST] * 8
_STATUS = ("customer", "prospect", "prospect", "lost")

# How often a value is known, by kind in the order above.
_KNOWN = {
    "owner": (0.98, 1.0, 0.0, 0.3),
    "branch": (1.0, 1.0, 0.98, 0.99),
    "name": (0.999, 0.99, 0.96, 0.99),
    "email": (0.75, 0.6, 0.35, 0.6),
    "mobile": (0.99, 0.99, 0.97, 0.97),
    "identity": (0.99, 0.55, 0.3, 0.7),
    "account": (0.9, 0.1, 0.02, 0.3),
    "address": (0.97, 0.7, 0.4, 0.7),
    "health": (0.75, 0.3, 0.1, 0.3),
    "family": (0.8, 0.4, 0.15, 0.4),
    "income": (0.7, 0.4, 0.2, 0.4),
    "note": (0.6, 0.7, 0.4, 0.7),
}


@dataclass(frozen=True, slots=True)
class Person:
    """What the other tables need to know of a customer."""

    customer_id: int
    kind: int
    branch: str


def stamp(moment: datetime) -> str:
    """Write a moment as China's clocks show it, in a form that no setting of a session reads otherwise."""
    return f"{moment.isoformat(' ', 'seconds')}+08"


class CustomerLines:
    """Makes the lines of crm.customer; *owners* are the staff numbers that may own customers, by branch."""

    def __init__(self, customers: int, seed: int, as_of: date, owners: Mapping[str, Sequence[str]]) -> None:
        rng = self._rng = stream(seed, "customer")
        self._owners = owners
        self._branches = tuple(owners)
        birthdays = self._birthdays = Birthdays(as_of)
        self._identities = Identities(customers, birthdays, rng)
        self._cards, self._phones = Cards(rng), Phones()
        self._names = [full_names(male, _NAMES, rng) for male in (False, True)]
        # Sex, birthday and age always stand together, so they are one piece of text.
        self._facts = [
            [f"{sex}\t{day}\t{age}" for day, age in zip(birthdays.iso, birthdays.age, strict=True)] for sex in "女男"
        ]
        self._mailboxes = [f"{rng.randrange(1, 9999)}@{rng.choice(words.EMAIL_DOMAINS)}" for _ in range(_POOLED_VALUES)]
        self._streets = {branch: _streets(branch, rng) for branch in self._branches}
        self._rooms = [_room(rng) for _ in range(_POOLED_VALUES)]
        # What depends on nothing else, in the order of the columns.
        self._free = {
            "health": [_health(rng) for _ in range(997)],
            "family": [_family(rng) for _ in range(_POOLED_VALUES)],
            "income": [f"{min(rng.lognormvariate(11.7, 0.6), 9e6):.2f}" for _ in range(_POOLED_VALUES)],
            "note": ["；".join(rng.sample(words.NOTES, k=rng.randint(1, 3))) for _ in range(997)],
        }
        self._times = [_times(kind, as_of, rng) for kind in range(4)]

    def block(self, ids: range, persons: list[Person]) -> list[str]:
        """Return the lines of the customers *ids* and add to *persons* what the other tables need of them."""
        rng, count = self._rng, len(ids)
        kinds = rng.choices(_KINDS, k=count)
        males = rng.choices((0, 1), k=count)
        homes = self._identities.homes(ids)
        branches = [home if rng.random() < 0.92 else rng.choice(self._branches) for home in homes]
        persons.extend(map(Person, ids, kinds, branches))
        names, emails = self._called(males)
        columns = (
            map(str, ids),
            map(_STATUS.__getitem__, kinds),
            self._sparse("owner", kinds, self._owned(branches)),
            self._sparse("branch", kinds, branches),
            self._timed(kinds),
            self._sparse("name", kinds, names),
            self._sparse("email", kinds, emails),
            self._sparse("mobile", kinds, self._phones.draw(count, rng)),
            self._identified(ids, kinds, males),
            self._sparse("account", kinds, self._cards.draw(count, rng)),
            self._sparse("address", kinds, self._addresses(homes)),
            *(self._sparse(what, kinds, rng.choices(values, k=count)) for what, values in self._free.items()),
        )
        return list(map("\t".join, zip(*columns, strict=True)))

    def _sparse(self, what: str, kinds: Sequence[int], values: Sequence[str]) -> list[str]:
        """Return *values*, some of them NULL, as often as the kind of customer says."""
        known, chance = _KNOWN[what], self._rng.random
        return [value if chance() < known[kind] else NULL for value, kind in zip(values, kinds, strict=True)]

    def _owned(self, branches: Sequence[str]) -> list[str]:
        chance, owners = self._rng.random, {branch: (ids, len(ids)) for branch, ids in self._owners.items()}
        return [ids[int(chance() * count)] for ids, count in map(owners.__getitem__, branches)]

    def _timed(self, kinds: Sequence[int]) -> list[str]:
        chance, times = self._rng.random, self._times
        return [times[kind][int(chance() * _POOLED_VALUES)] for kind in kinds]

    def _called(self, males: Sequence[int]) -> tuple[list[str], list[str]]:
        """Draw a name for each person and an e-mail address that goes with it."""
        chance, names = self._rng.random, self._names
        drawn = [names[male][int(chance() * _NAMES)] for male in males]
        tails = self._rng.choices(self._mailboxes, k=len(males))
        return [name for name, _ in drawn], [pinyin + tail for (_, pinyin), tail in zip(drawn, tails, strict=True)]

    def _identified(self, ids: range, kinds: Sequence[int], males: Sequence[int]) -> list[str]:
        """Identity number, sex, birthday and age: all known and in agreement, or no number and less of the rest."""
        chance, known = self._rng.random, _KNOWN["identity"]
        birthdays = self._identities.birthdays(ids, self._rng)
        return [
            f"{self._document(person, birthday, male)}\t{self._facts[male][birthday]}"
            if chance() < known[kind]
            else self._rumoured(birthday, male)
            for person, kind, male, birthday in zip(ids, kinds, males, birthdays, strict=True)
        ]

    def _document(self, person: int, birthday: int, male: int) -> str:
        chance = self._rng.random()
        if chance < 0.94:
            return self._identities.number(person, birthday, male)
        if chance < 0.97:
            return self._identities.old_number(person, birthday, male)
        return self._identities.passport(person)

    def _rumoured(self, birthday: int, male: int) -> str:
        """What is known of somebody who showed no document: perhaps the birthday, perhaps the age only."""
        chance = self._rng.random()
        if chance < 0.4:
            return f"{NULL}\t{self._facts[male][birthday]}"
        sex = NULL if chance > 0.95 else "女男"[male]
        return f"{NULL}\t{sex}\t{NULL}\t{self._birthdays.age[birthday] if chance < 0.7 else NULL}"

    def _addresses(self, branches: Sequence[str]) -> list[str]:
        streets = {branch: (texts, len(texts)) for branch, texts in self._streets.items()}
        chance, rooms = self._rng.random, self._rng.choices(self._rooms, k=len(branches))
        return [
            texts[int(chance() * count)] + room
            for (texts, count), room in zip(map(streets.__getitem__, branches), rooms, strict=True)
        ]


def _streets(branch: str, rng: random.Random) -> list[str]:
    """City, district, street and house number: a city is a few thousand doors."""
    city, districts, streets = words.CITIES[branch]
    return [
        f"{city}{rng.choice(districts)}{rng.choice(streets)}{rng.randrange(1, 900)}号" for _ in range(_POOLED_VALUES)
    ]


def _room(rng: random.Random) -> str:
    estate = rng.choice(words.ESTATES) if rng.random() < 0.7 else ""
    return (
        f"{estate}{rng.randrange(1, 40)}号楼{rng.randrange(1, 7)}单元{rng.randrange(1, 30)}{rng.randrange(1, 9):02d}室"
    )


def _health(rng: random.Random) -> str:
    if rng.random() < 0.4:
        return rng.choice(("健康", "良好", "体检无异常"))
    found = rng.sample(words.CONDITIONS, k=rng.randint(1, 2))
    return "，".join(f"{condition}，{rng.choice(words.HEALTH_ENDINGS)}" for condition in found)


def _family(rng: random.Random) -> str:
    """Marriage, children and an emergency contact, as one JSON text without a backslash."""
    married = rng.random() < 0.7
    children = [{"sex": rng.choice("男女"), "age": rng.randrange(0, 30)} for _ in range(rng.choice((0, 1, 1, 2)))]
    family: dict[str, object] = {"married": married, "children": children}
    if rng.random() < 0.6:
        prefix, tail = rng.choice(words.MOBILE_PREFIXES), rng.randrange(10**8)
        family["emergency"] = {"relation": rng.choice(words.RELATIONS), "mobile": f"{prefix}{tail:08d}"}
    return json.dumps(family, ensure_ascii=False)


def _times(kind: int, as_of: date, rng: random.Random) -> list[str]:
    """Claimed, last contact and created, in that order of columns; agents' prospects were met in the last weeks."""
    end = datetime.combine(as_of, time())
    return [_time(kind, end, rng) for _ in range(_POOLED_VALUES)]


def _time(kind: int, end: datetime, rng: random.Random) -> str:
    # Of those who did not buy a few are past their two years: they show to nobody, and a sweep destroys them.
    days = {LEAD: 120, POOLED: 800, LOST: 800}.get(kind, 2200)
    age = rng.uniform(2, days)
    claimed = rng.uniform(1, age)
    contact = rng.uniform(0.5, min(claimed, 40) if kind in (BUYER, LEAD) else claimed)
    created_at, claimed_at, contact_at = (stamp(end - timedelta(days=ago)) for ago in (age, claimed, contact))
    if kind in (POOLED, LOST):
        claimed_at = NULL
    if rng.random() < (0.4 if kind == POOLED else 0.05):
        contact_at = NULL
    return f"{claimed_at}\t{contact_at}\t{created_at}"
