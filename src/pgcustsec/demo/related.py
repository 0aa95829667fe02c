"""Lines of the tables about customers: policies, claims, attachments and assignments, as COPY text."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from pgcustsec.demo import words
from pgcustsec.demo.dossiers import BUYER, LEAD, NULL, Person, stamp
from pgcustsec.demo.numbers import Cards, stream

_POOLED_VALUES = 2_003
_POLICIES = (0, 1, 1, 2, 2, 2, 2, 3, 3, 4)  # of one customer: two on average, and some have none any more
_CLAIMED, _PICTURED = 0.12, 0.02


class RelatedLines:
    """
    Makes lines for one block of customers after the other; numbers go on from block to block.

    *agents* and *service* are the staff numbers that may serve customers, by branch.
    """

    def __init__(
        self, seed: int, as_of: date, agents: Mapping[str, Sequence[str]], service: Mapping[str, Sequence[str]]
    ) -> None:
        rng = self._rng = stream(seed, "related")
        self._agents, self._service = agents, service
        self._cards = Cards(rng)
        self._covers = [_cover(as_of, rng) for _ in range(_POOLED_VALUES)]
        self._premiums = [_premium(rng) for _ in range(_POOLED_VALUES)]
        self._claims = [_claim(as_of, rng) for _ in range(_POOLED_VALUES)]
        self._files = [_file(rng) for _ in range(499)]
        self._running = [_term(as_of, rng, ended=False) for _ in range(_POOLED_VALUES)]
        self._ended = [_term(as_of, rng, ended=True) for _ in range(_POOLED_VALUES)]
        self._policy_id, self._claim_id, self._attachment_id, self._assignment_id = (
            itertools.count(1) for _ in range(4)
        )
        self._claimable = itertools.count(1)

    def policies(self, persons: Sequence[Person]) -> list[str]:
        """Return the policies of those of *persons* who bought, all first policies before all second ones."""
        rng = self._rng
        buyers = [person.customer_id for person in persons if person.kind == BUYER]
        numbers = rng.choices(_POLICIES, k=len(buyers))
        # People come back years later: a customer's policies do not lie side by side in the table.
        holders = [
            buyer
            for nth in range(max(_POLICIES))
            for buyer, number in zip(buyers, numbers, strict=True)
            if number > nth
        ]
        count = len(holders)
        payers = [card if rng.random() < 0.95 else NULL for card in self._cards.draw(count, rng)]
        columns = (holders, rng.choices(self._covers, k=count), rng.choices(self._premiums, k=count), payers)
        return [
            f"{number}\t{holder}\t{cover}\t{premium}\t{payer}"
            for holder, cover, premium, payer, number in zip(*columns, self._policy_id, strict=False)
        ]

    def claims(self, policies: int) -> list[str]:
        """Return the claims under the next *policies* policies."""
        chance = self._rng.random
        claimed = [policy for policy in itertools.islice(self._claimable, policies) if chance() < _CLAIMED]
        drawn = self._rng.choices(self._claims, k=len(claimed))
        return [f"{next(self._claim_id)}\t{policy}\t{claim}" for policy, claim in zip(claimed, drawn, strict=True)]

    def attachments(self, persons: Sequence[Person]) -> list[str]:
        """Return a few small files about those of *persons* who bought."""
        rng = self._rng
        return [
            f"{next(self._attachment_id)}\t{person.customer_id}\t{rng.choice(self._files)}"
            for person in persons
            if person.kind == BUYER and rng.random() < _PICTURED
        ]

    def assignments(self, persons: Sequence[Person]) -> list[str]:
        """Return who else serves *persons* or did: service agents, and second sales agents of some."""
        lines: list[str] = []
        for person in persons:
            if person.kind == BUYER:
                self._assign(lines, person, self._service, self._running, 0.6)
                self._assign(lines, person, self._service, self._ended, 0.1)
                self._assign(lines, person, self._agents, self._running, 0.06)
                self._assign(lines, person, self._agents, self._ended, 0.06)
            elif person.kind == LEAD:
                self._assign(lines, person, self._agents, self._running, 0.03)
        return lines

    def _assign(
        self,
        lines: list[str],
        person: Person,
        staff: Mapping[str, Sequence[str]],
        terms: Sequence[str],
        share: float,
    ) -> None:
        chance = self._rng.random()
        if chance < share:
            who = staff[person.branch][int(chance / share * len(staff[person.branch]))]
            term = terms[int(self._rng.random() * len(terms))]
            lines.append(f"{next(self._assignment_id)}\t{person.customer_id}\t{who}\t{term}")


def _cover(as_of: date, rng: random.Random) -> str:
    """Product, first and last day: some for life, some over, some to begin soon."""
    product = rng.choice(words.PRODUCTS)
    starts = as_of - timedelta(days=rng.randrange(-20, 3000))
    ends = starts + timedelta(days=365 * rng.choice((1, 1, 1, 5, 10, 20)) - 1)
    return f"{product}\t{starts}\t{NULL if product in words.PRODUCTS_FOR_LIFE else ends}"


def _premium(rng: random.Random) -> str:
    return NULL if rng.random() < 0.03 else f"{rng.lognormvariate(8.2, 0.8):.2f}"


def _claim(as_of: date, rng: random.Random) -> str:
    """Diagnosis, amount and day; a claim not decided yet has no amount and perhaps no diagnosis."""
    decided = rng.random() < 0.9
    diagnosis = rng.choice(words.DIAGNOSES) if decided or rng.random() < 0.5 else NULL
    amount = f"{rng.lognormvariate(9.5, 1.0):.2f}" if decided else NULL
    return f"{diagnosis}\t{amount}\t{as_of - timedelta(days=rng.randrange(900 if decided else 30))}"


def _file(rng: random.Random) -> str:
    """Media type, a small file with that type's first bytes, and a caption."""
    media_type, head = rng.choice(words.MEDIA_TYPES)
    content = NULL if rng.random() < 0.05 else "\\\\x" + (head + rng.randbytes(rng.randrange(60, 400))).hex()
    caption = NULL if rng.random() < 0.2 else rng.choice(words.CAPTIONS)
    return f"{media_type}\t{content}\t{caption}"


def _term(as_of: date, rng: random.Random, *, ended: bool) -> str:
    """Begin and end of an assignment: over, or running on, in a tenth of the cases to a day that is set."""
    today = datetime.combine(as_of, time())
    begun = rng.uniform(10, 1000)
    begin = today - timedelta(days=begun)
    if ended:
        return f"{stamp(begin)}\t{stamp(today - timedelta(days=rng.uniform(2, begun - 5)))}"
    return f"{stamp(begin)}\t{stamp(today + timedelta(days=rng.uniform(30, 400))) if rng.random() < 0.1 else NULL}"
