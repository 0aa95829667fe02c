"""Every mask hides what the policy asks (5.2.1, 5.2.2), whatever it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from pgcustsec.compile.forms import is_masked
from pgcustsec.db import Connection
from tests.cluster import Database
from tests.integration.masks.minima import (
    CITIZEN,
    KINDS,
    MOST_SHOWN,
    NOTHING,
    VALID,
    digits,
    enough_hidden,
    middle_four,
    shown,
    spoilt,
    values,
)

# Values come in lists and go to the server in one query: 15 lists are some hundred values of each kind.
thorough = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])


class Masked(NamedTuple):
    """A value, its masked form, that masked again, and whether the first and the second count as masked forms."""

    value: str
    masked: str
    twice: str
    was_masked: bool
    is_masked: bool

    def __str__(self) -> str:
        return f"{self.value!r} as {self.masked}"


@pytest.fixture
def connection(installed: Database) -> Iterator[Connection]:
    with installed.connect() as opened:
        yield opened


def mask(connection: Connection, kind: str, values_of_kind: Iterable[str]) -> list[Masked]:
    """Mask values as *kind*, in their order."""
    query = f"""
        SELECT value, masked, pgcustsec_internal.mask_{kind}(masked),
               {is_masked(kind, "value")}, {is_masked(kind, "masked")}
        FROM (SELECT value, pgcustsec_internal.mask_{kind}(value) AS masked, place
              FROM unnest(%s::text[]) WITH ORDINALITY AS v (value, place)) AS v
        ORDER BY place
    """
    return [Masked(*row) for row in connection.execute(query, [list(values_of_kind)])]


def check_every_kind(
    connection: Connection,
    check: Callable[[str, Masked], None],
    of_kind: Callable[[str], SearchStrategy[str]] = values,
) -> None:
    """Mask what *of_kind* makes for each kind, and *check* each kind and outcome."""

    def holds(kind: str, made: list[str]) -> None:
        for outcome in mask(connection, kind, made):
            check(kind, outcome)

    for kind in KINDS:
        thorough(given(st.just(kind), a_list(of_kind(kind)))(holds))()


def a_list(of: SearchStrategy[str]) -> SearchStrategy[list[str]]:
    return st.lists(of, min_size=10, max_size=40)


def test_a_mask_hides_at_least_what_the_policy_asks_of_any_value(connection: Connection) -> None:
    def check(kind: str, outcome: Masked) -> None:
        if outcome.masked == NOTHING or "*" in outcome.value:  # what carries a star hides already what it hides
            return
        seen = shown(kind, outcome.value, outcome.masked)
        assert enough_hidden(kind, seen), outcome
        assert len(seen.head) + len(seen.tail) <= MOST_SHOWN[kind], outcome

    check_every_kind(connection, check)


def test_a_mask_gives_back_as_it_was_only_what_counts_as_masked(connection: Connection) -> None:
    def check(kind: str, outcome: Masked) -> None:
        assert (outcome.masked == outcome.value) == outcome.was_masked, outcome
        assert "*" in outcome.masked, outcome

    check_every_kind(connection, check)


def test_masking_twice_is_masking_once_and_gives_a_masked_form(connection: Connection) -> None:
    def check(kind: str, outcome: Masked) -> None:
        assert outcome.twice == outcome.masked, outcome
        assert outcome.is_masked, outcome

    check_every_kind(connection, check)


def test_a_mask_fits_where_the_value_did(connection: Connection) -> None:
    def check(kind: str, outcome: Masked) -> None:
        assert len(outcome.masked) <= max(len(outcome.value), len(NOTHING)), outcome

    check_every_kind(connection, check)


def test_a_value_with_an_odd_character_or_space_around_it_shows_nothing(connection: Connection) -> None:
    def check(kind: str, outcome: Masked) -> None:
        assert outcome.masked == NOTHING, outcome

    check_every_kind(connection, check, spoilt)


def test_a_value_as_it_should_be_is_not_hidden_altogether(connection: Connection) -> None:
    def check(kind: str, outcome: Masked) -> None:
        assert (outcome.masked == NOTHING) == (MOST_SHOWN[kind] == 0), outcome

    check_every_kind(connection, check, VALID.__getitem__)


def test_a_landline_hides_the_middle_of_the_local_number_too(connection: Connection) -> None:
    landline = st.tuples(st.sampled_from(["010", "021", "0755", "0991"]), st.from_regex("[0-9]{7,8}", fullmatch=True))

    @thorough
    @given(st.lists(landline, min_size=10, max_size=40))
    def holds(lines: list[tuple[str, str]]) -> None:
        for (area, local), outcome in zip(lines, mask(connection, "phone", map("-".join, lines)), strict=True):
            seen = shown("phone", area + local, outcome.masked)
            middles = middle_four(range(len(area), len(area) + len(local)))
            assert any(set(middle) <= set(seen.hidden) for middle in middles), outcome

    holds()


def test_an_identity_number_shows_no_digit_of_the_birth_date(connection: Connection) -> None:
    @thorough
    @given(a_list(CITIZEN))
    def holds(numbers: list[str]) -> None:
        for outcome in mask(connection, "id_document", numbers):
            birth = range(6, 14 if len(outcome.value) == 18 else 12)
            assert set(birth) <= set(shown("id_document", outcome.value, outcome.masked).hidden), outcome

    holds()


def test_a_mobile_number_is_masked_to_the_same_form_however_it_is_written(connection: Connection) -> None:
    written = ["{}", "86{}", "+86{}", "0086{}", "+86 {}", "+86-{}", "0086-{}"]
    number = "13912345678"
    assert digits("+86 139 1234 5678") == number
    outcomes = mask(connection, "phone", [form.format(number) for form in written])
    assert {outcome.masked for outcome in outcomes} == {"139****5678"}


def test_null_stays_null(connection: Connection) -> None:
    for kind in KINDS:
        query = f"SELECT pgcustsec_internal.mask_{kind}(NULL), {is_masked(kind, 'NULL::text')}"
        assert connection.execute(query).fetchone() == (None, None)


def test_a_very_long_value_shows_nothing_and_raises_nothing(connection: Connection) -> None:
    long = ["1" * 1_000_000, "张" * 300_000, "a" * 500_000 + "@qq.com", "*" * 1_000_000]
    for kind in KINDS:
        assert {outcome.masked for outcome in mask(connection, kind, long)} == {NOTHING}
