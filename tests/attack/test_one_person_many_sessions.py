"""
One person over their own login and over an application at once (hardening 5, 19, 20; 2.3, 5.2.1).

Budgets and the one open record of a table are the person's, in however many sessions they are at work; a session that
is over is nobody's, whoever still holds its token.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from pgcustsec.access import keys
from pgcustsec.client import SigningKey, mint
from tests.attack.opened_world import OPENINGS, opens, recorded, shown, shown_in
from tests.attack.world import Attacker, Loot, World


@dataclass
class Spoken:
    """The application's connection speaking for one person in one session, a transaction for each statement."""

    attacker: Attacker
    key: SigningKey
    staff: str
    session: uuid.UUID = field(default_factory=uuid.uuid4)

    @property
    def token(self) -> str:
        return mint(self.key, staff=self.staff, role="agent", purpose="work", session=self.session)

    def begin(self) -> None:
        self.attacker.must("BEGIN", f"SET LOCAL pgcustsec.token = '{self.token}'")

    def send(self, statement: str) -> Loot:
        self.begin()
        loot = self.attacker.send(statement)
        self.attacker.send("COMMIT")
        return loot

    def must(self, statement: str) -> None:
        loot = self.send(statement)
        assert not loot.error, loot.error

    def shown(self) -> set[int]:
        return shown_in(self.send("TABLE agent.customer").text)


@pytest.fixture
def web(opened: World) -> Iterator[tuple[Attacker, SigningKey]]:
    with opened.database.connect() as connection:
        key, _ = keys.rotate_key(connection, "web")
    connection = opened.database.connect(user=opened.role("web"), options="-c statement_timeout=20s")
    yield Attacker(opened, connection, set()), key
    connection.close()


def spoken(web: tuple[Attacker, SigningKey], staff: str = "A1") -> Spoken:
    one = Spoken(*web, staff)
    web[0].must(f"SELECT pgcustsec.register_session('{one.token}')")
    return one


def test_a_person_has_one_record_of_a_table_open_over_all_their_sessions(
    opened: World, agent: Attacker, web: tuple[Attacker, SigningKey]
) -> None:
    """The control: each of them alone shows what it opened."""
    first, second = spoken(web), spoken(web)
    agent.must(opens(1))
    assert (shown(agent), first.shown(), second.shown()) == ({1}, set(), set())
    first.must(opens(2))
    assert (shown(agent), first.shown(), second.shown()) == (set(), {2}, set())
    second.must(opens(3))
    assert (shown(agent), first.shown(), second.shown()) == (set(), set(), {3})
    agent.must(opens(4))
    assert (shown(agent), first.shown(), second.shown()) == ({4}, set(), set())
    assert recorded(opened) == ["1", "2", "3", "4"]


def test_a_budget_is_the_persons_over_all_their_sessions(
    opened: World, agent: Attacker, web: tuple[Attacker, SigningKey]
) -> None:
    for number in range(OPENINGS):
        if number % 2:
            agent.must(opens(1))
        else:
            spoken(web).must(opens(1))
    assert agent.send(opens(1)).sqlstate == spoken(web).send(opens(1)).sqlstate == "CS204"
    spoken(web, "A2").must(opens(21))


def test_what_an_application_opens_and_takes_back_shows_nothing_in_between(
    opened: World, web: tuple[Attacker, SigningKey]
) -> None:
    one, other = spoken(web), spoken(web, "A2")
    for back in ("ROLLBACK", "ROLLBACK TO s"):
        one.begin()
        one.attacker.must("SAVEPOINT s", opens(1))
        assert shown(one.attacker) == set()
        # The next person on the same connection, in the same transaction.
        one.attacker.must(f"SET LOCAL pgcustsec.token = '{other.token}'")
        assert shown(one.attacker) == set()
        one.attacker.must(back)
        one.attacker.send("COMMIT")
        assert one.shown() == other.shown() == set()
    assert recorded(opened) == []
    one.must(opens(1))
    assert one.shown() == {1} and other.shown() == set()
    assert shown(one.attacker) == set(), "without a token the connection is nobody"


@pytest.mark.parametrize("how", ["ended", "left", "left and back"])
def test_a_token_of_a_session_that_is_over_opens_and_finds_nothing(
    opened: World, web: tuple[Attacker, SigningKey], how: str
) -> None:
    one = spoken(web)
    one.must(opens(1))
    assert one.shown() == {1}, "the control"
    try:
        if how == "ended":
            one.must("SELECT pgcustsec.end_session()")
        else:
            opened.execute("UPDATE pgcustsec_internal.staff SET active = false WHERE staff_id = 'A1'")
        if how == "left and back":
            opened.execute("UPDATE pgcustsec_internal.staff SET active = true WHERE staff_id = 'A1'")
        assert one.shown() == set()
        for statement in (opens(2), "SELECT * FROM pgcustsec.find('crm.customer', 'mobile', '13800000001')"):
            loot = one.send(statement)
            assert loot.sqlstate in ("CS001", "CS003", "CS004", "CS006") and loot.rows == [], loot.text
        loot = one.attacker.send(f"SELECT pgcustsec.register_session('{one.token}')")
        assert loot.error and loot.rows == []
        assert one.shown() == set()
    finally:
        opened.execute("UPDATE pgcustsec_internal.staff SET active = true WHERE staff_id = 'A1'")
