"""
Being another person by a token (hardening 5, 10, 11, 13, 14, 15; 2.3): made up, changed, old, another's, left behind.

The attacker has an application's connection and sends what they like; they may have a token that was made, and no key.
Nobody serves customers 1 to 10 but A1; A2 serves most others.

The controls are in schema `naive`: rows by a plain setting `app.person`, and by a token that is read without a look at
its signature, its login, its term, and whether its session has ended.
"""

from __future__ import annotations

import os
import subprocess
import time
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from pgcustsec.client import SigningKey, mint
from tests.attack.test_plans import PARALLEL
from tests.attack.world import Attacker, Mark, World
from tests.signing import make_key, say
from tests.work import WORK

ROWS = "SELECT * FROM agent.customer"
NAIVE = """
CREATE VIEW naive.by_setting AS SELECT c.* FROM naive.customer AS c
    WHERE c.owner_staff_id = current_setting('app.person', true);
CREATE FUNCTION naive.cached() RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT current_setting('app.person', true) $$;
CREATE VIEW naive.by_cache AS SELECT c.* FROM naive.customer AS c WHERE c.owner_staff_id = naive.cached();
CREATE VIEW naive.by_uuid AS SELECT c.* FROM naive.customer AS c WHERE current_setting('app.person')::uuid IS NOT NULL;
CREATE FUNCTION naive.signed(token text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT convert_from(decode(split_part(token, '.', 6), 'hex'), 'UTF8')
    FROM pgcustsec_keys.token_key AS k WHERE k.key_id = split_part(token, '.', 2) $$;
CREATE VIEW naive.by_token AS SELECT c.* FROM naive.customer AS c
    WHERE c.owner_staff_id = naive.signed(current_setting('pgcustsec.token', true));
GRANT SELECT ON ALL TABLES IN SCHEMA naive TO {p}web, {p}kiosk;
REVOKE ALL ON naive.customer FROM {p}web, {p}kiosk;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA naive TO {p}web, {p}kiosk;
"""


@pytest.fixture(scope="module")
def served(world: World) -> Iterator[World]:
    """A copy with a second application, `kiosk`, and the naive views."""
    with world.copy() as copy:
        copy.execute(
            "CREATE ROLE {p}kiosk LOGIN",
            "GRANT {p}agent TO {p}kiosk",
            "INSERT INTO pgcustsec_internal.application SELECT 'kiosk', '{p}kiosk', roles, role_hexes, token_minutes,"
            " anonymous FROM pgcustsec_internal.application WHERE application_code = 'web'",
            *NAIVE.split(";\n")[:-1],
        )
        yield copy
    with world.server.connect() as connection:
        connection.execute(f"DROP ROLE {world.role('kiosk')}".encode())


@pytest.fixture(scope="module")
def key(served: World) -> SigningKey:
    return make_key(served.database, served.role("web"))


@pytest.fixture
def web(served: World) -> Iterator[Attacker]:
    with served.attacker("web", at_work=False) as attacker:
        yield attacker


def token_of(key: SigningKey, staff: str = "A1", **otherwise: Any) -> str:
    words: dict[str, Any] = {"role": "agent", "purpose": WORK, "session": uuid.uuid4()}
    return mint(key, staff=staff, **(words | otherwise))


def registered(attacker: Attacker, token: str) -> str:
    assert not attacker.send("SELECT pgcustsec.register_session(%s)", [token]).error
    return token


def seen(attacker: Attacker, token: str | None, statement: str = ROWS) -> set[Mark]:
    """Set *token* in a transaction and return the marks of what *statement* gives; it must give no error."""
    attacker.must("BEGIN")
    loot = attacker.send("SELECT set_config('pgcustsec.token', %s, true)", [token])
    assert not loot.error, loot.error
    loot = attacker.send(statement)
    attacker.must("ROLLBACK")
    assert not loot.error, loot.error
    return loot.marks


def refusal(attacker: Attacker, token: str | None) -> str:
    """Register *token*, which must be refused, without it or a part of it in the words; return the SQLSTATE."""
    loot = attacker.send("SELECT pgcustsec.register_session(%s)", [token])
    assert loot.rows == []
    assert not any(len(part) > 12 and part in loot.error for part in (token or "").split(".") if "-" not in part)
    return loot.sqlstate


def owners(marks: set[Mark]) -> set[str]:
    """Whose customers' tier 2 is among *marks*: A1's alone, or somebody else's alone."""
    numbers = {number for kind, number in marks if kind == "t2"} - {1, 11, 121}
    return {"A1" if number <= 10 else "other" for number in numbers}


# --- forging ------------------------------------------------------------------------------------------------------


def test_no_setting_without_a_signature_is_anybody(served: World, web: Attacker) -> None:
    """The control: a view that believes a plain setting."""
    web.must("SET app.person = 'A2'")
    assert owners(web.send("SELECT * FROM naive.by_setting").marks) == {"other"}, "the control"
    for value in ("A1", "A2", served.role("a1"), "postgres", "", "*", "pgcustsec1", "agent.A1", "{}", "null", "true"):
        for setting in ("pgcustsec.token", "pgcustsec.staff", "pgcustsec.staff_id", "pgcustsec.session", "app.person"):
            web.must(f"SET {setting} = '{value}'")
            assert web.send(ROWS).marks == set()
        assert refusal(web, value) == "CS003"
    standing = "rpad('token ', 64, '.') || encode('agent', 'hex') || '.' || encode('A1', 'hex')"
    for words in (standing, f"{standing} || '.{uuid.uuid4()}.{WORK.encode().hex()}'"):
        web.must(f"SELECT set_config('pgcustsec.token', {words}, false)")
        assert web.send(ROWS).marks == set()


def test_a_token_signed_with_another_key_is_nobodys(served: World, key: SigningKey, web: Attacker) -> None:
    """The control: a token whose signature nobody compares. And no word tells which keys there are."""
    registered(web, token_of(key))
    secrets = (b"", b"\0" * 32, b"\xff" * 32, key.secret[:-1], key.secret + b"\1", key.secret[::-1])
    told = set()
    for secret in secrets:
        for key_id in (key.key_id, "00000000", "ffffffff"):
            token = token_of(SigningKey(key.login, key_id, secret))
            if key_id == key.key_id:
                assert owners(seen(web, token, "SELECT * FROM naive.by_token")) == {"A1"}, "the control"
            assert seen(web, token) == set()
            assert refusal(web, token) == "CS003"
            told.add(web.send("SELECT pgcustsec.register_session(%s)", [token]).error)
    assert len(told) == 1


def test_what_tokens_are_checked_with_is_nobodys_to_read_or_to_ask(web: Attacker) -> None:
    for statement in (
        "SELECT * FROM pgcustsec_keys.token_key",
        "SELECT * FROM pgcustsec_internal.application",
        "SELECT pgcustsec_internal.bearer('x', true)",
        "SELECT pgcustsec_internal._refuse_token('x')",
        "SELECT pgcustsec_internal.token_standing('x', 'y')",
        "SELECT pgcustsec_internal._hmac_block('x', 54)",
        "SELECT pgcustsec_internal.hmac_sha256('x', 'y')",
        "SELECT pgcustsec_internal._begin_session(gen_random_uuid(), 'A1', 'x', '{agent}', 'work')",
        "INSERT INTO pgcustsec_keys.token_key SELECT '00000000', session_user, 'x', 'x'",
        "DELETE FROM pgcustsec_internal.session_end",
    ):
        assert web.send(statement).refused, statement


# --- changed ------------------------------------------------------------------------------------------------------

_ANY = st.text(alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=40)
_LIKE_IT = st.text(alphabet="0123456789abcdef.-AFgz \n", max_size=70)


@st.composite
def changes(draw: st.DrawFn) -> tuple[str, int, int, str]:
    """How to change a token: what is done, where (a part, or a place), how far, and by what."""
    how = draw(st.sampled_from(["part", "place", "cut", "insert", "swap", "double"]))
    return how, draw(st.integers(0, 400)), draw(st.integers(0, 8)), draw(st.one_of(_ANY, _LIKE_IT))


def changed(token: str, how: str, where: int, far: int, text: str) -> str:
    parts = token.split(".")
    at = where % len(parts)
    place = where % len(token)
    if how == "part":
        return ".".join([*parts[:at], text, *parts[at + 1 :]])
    if how == "swap":
        parts[at], parts[far % 8] = parts[far % 8], parts[at]
        return ".".join(parts)
    if how == "double":
        return ".".join([*parts[:at], parts[at], *parts[at:]])
    if how == "cut":
        return token[:place] + token[place + 1 + far :]
    if how == "insert":
        return token[:place] + text + token[place:]
    return token[:place] + text[:1] + token[place + 1 :]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(change=changes())
@example(change=("part", 0, 0, "pgcustsec2"))
@example(change=("part", 2, 0, "9999999999"))
@example(change=("part", 5, 0, b"A2".hex()))
@example(change=("part", 7, 0, ""))
@example(change=("insert", 0, 0, " "))
@example(change=("cut", 0, 400, ""))
def test_no_change_to_a_token_leaves_it_one(
    served: World, key: SigningKey, web: Attacker, change: tuple[str, int, int, str]
) -> None:
    """Nobody's, without an error and without a word of it. The control: as it was, it is A1's."""
    token = token_of(key)
    other = changed(token, *change)
    assume(other != token)
    assert seen(web, other) == set()
    assert refusal(web, other) == "CS003"
    assert owners(seen(web, token)) == set()
    assert seen(web, token), "the control"


@pytest.mark.parametrize("size", [4_000, 4_001, 2_000_000])
def test_a_huge_token_is_nobodys_and_no_error(web: Attacker, size: int) -> None:
    for token in ("." * size, "pgcustsec1." + "a" * size, "pgcustsec1.0.0.0.0.0.0." + "f" * size, "字" * size):
        for statement in (ROWS, "SELECT * FROM pgcustsec.whoami()", "SELECT * FROM pgcustsec.sessions"):
            assert seen(web, token, statement) == set()
        assert refusal(web, token) == "CS003"


def test_no_token_and_an_empty_one_are_nobodys(web: Attacker) -> None:
    """The control: a naive cast of the setting, which fails and says what was in it."""
    loot = web.send("SET app.person = 't1-1-mobile'; SELECT * FROM naive.by_uuid")
    assert ("t1", 1) in loot.marks, "the control"
    for token in (None, "", " ", "."):
        assert seen(web, token) == set()
        assert refusal(web, token) == "CS003"
        web.must("BEGIN")
        web.send("SELECT set_config('pgcustsec.token', %s, true)", [token])
        loot = web.send("SELECT pgcustsec.open_record('customer', '1', 'x')")
        assert (loot.sqlstate, loot.rows) == ("CS001", [])
        web.must("ROLLBACK")


HEX = {name: name.encode().hex() for name in ("agent", "A1", "A2", WORK)}
GOOD = ["pgcustsec1", "", "", "", HEX["agent"], HEX["A1"], HEX[WORK]]
ODD = {
    0: ["", "pgcustsec", "PGCUSTSEC1"],
    1: ["", "x"],
    2: [
        "",
        "NaN",
        "Infinity",
        "-Infinity",
        "1e9",
        "1e400",
        "0x7fffffff",
        "-1",
        "0",
        "abc",
        "abcdefghij",
        "-000000001",
        "99999999999",
        "999999999",
    ],
    3: [
        "",
        "x",
        "0" * 32,
        "0" * 36,
        "-" * 36,
        "{session}",
        "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f",
        "g" * 36,
        "gggggggg-gggg-gggg-gggg-gggggggggggg",
        "0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0",
    ],
    4: ["", "zz", "f", "ff", HEX["agent"].upper(), HEX["A1"]],
    5: ["", "zz", "f", "ff", "00", "f0288cbc", "61-62"],
    6: ["", "zz", "f", "ff", "00"],
}


@pytest.mark.parametrize(("place", "odd"), [(place, odd) for place, all_ in ODD.items() for odd in all_])
def test_what_a_key_signed_that_makes_no_sense_is_nobodys_and_no_error(
    served: World, key: SigningKey, web: Attacker, place: int, odd: str
) -> None:
    """An application's own mistake, or whoever has its key. A purpose that is none leaves the person, in no session."""
    words = [*GOOD]
    words[1:4] = [key.key_id, str(int(time.time()) + 60), str(uuid.uuid4())]
    assert seen(web, say(key, *words)), "the control"
    words[place] = odd
    token = say(key, *words)
    marks = seen(web, token)
    assert owners(marks) == set()
    assert bool(marks) == (place == 6)
    assert refusal(web, token).startswith("CS00")


# --- old, and another's -------------------------------------------------------------------------------------------


def test_a_token_is_nobodys_once_it_is_past_its_term_or_for_longer_than_allowed(
    served: World, key: SigningKey, web: Attacker
) -> None:
    """The control: a token that has no term."""
    for seconds in (0, -1, -(10**6), 15 * 60 + 100, 10**8):
        token = token_of(key, seconds=seconds)
        assert owners(seen(web, token, "SELECT * FROM naive.by_token")) == {"A1"}, "the control"
        assert seen(web, token) == set()
        assert refusal(web, token) == "CS004"
    token = registered(web, token_of(key, seconds=2))
    web.must("BEGIN")
    web.send("SELECT set_config('pgcustsec.token', %s, true)", [token])
    assert owners(web.send(ROWS).marks) == {"A1"}, "the control"
    time.sleep(2.1)
    assert web.send(ROWS).marks == set(), "within the transaction that began in time"
    web.must("ROLLBACK")


ENDINGS = {
    "the person": "",
    "an administrator": "SELECT pgcustsec_internal._end_session('{session}', 'A1', 'revoked')",
    "leaving": "UPDATE pgcustsec_internal.staff SET active = false WHERE staff_id = 'A1'",
}


@pytest.mark.parametrize("by", ENDINGS)
def test_a_token_is_nobodys_once_its_session_has_ended(served: World, key: SigningKey, web: Attacker, by: str) -> None:
    """Whoever kept it, in whatever connection. The control: a token that is signed and nothing else."""
    session = uuid.uuid4()
    token = registered(web, token_of(key, session=session))
    again = token_of(key, session=session)
    assert owners(seen(web, token)) == {"A1"}, "the control"
    try:
        if by == "the person":
            seen(web, token, "SELECT pgcustsec.end_session(); COMMIT; BEGIN")
        else:
            served.execute(ENDINGS[by].replace("{session}", str(session)))
        assert owners(seen(web, token, "SELECT * FROM naive.by_token")) == {"A1"}, "the control"
        with served.attacker("web", at_work=False) as elsewhere:
            for attacker in (web, elsewhere):
                for kept in (token, again):
                    assert seen(attacker, kept) == set()
                    assert refusal(attacker, kept) == "CS006"
    finally:
        served.execute("UPDATE pgcustsec_internal.staff SET active = true WHERE staff_id = 'A1'")
    assert seen(web, token) == set(), "also when the person is back"


def test_a_key_that_is_retired_signs_nothing_more(served: World, web: Attacker) -> None:
    key = make_key(served.database, served.role("web"))
    token = registered(web, token_of(key))
    assert owners(seen(web, token)) == {"A1"}, "the control"
    served.execute(f"UPDATE pgcustsec_keys.token_key SET ends_at = clock_timestamp() WHERE key_id = '{key.key_id}'")
    for kept in (token, token_of(key)):
        assert seen(web, kept) == set()
        assert refusal(web, kept) == "CS004"


def test_a_token_that_is_stolen_into_another_login_is_worth_nothing_there(
    served: World, key: SigningKey, web: Attacker
) -> None:
    """The control: a signature that does not say for whom it was made."""
    token = registered(web, token_of(key, "A2"))
    assert owners(seen(web, token)) == {"other"}, "the control"
    with served.attacker("kiosk", at_work=False) as kiosk, served.attacker("E1") as maker:
        assert owners(seen(kiosk, token, "SELECT * FROM naive.by_token")) == {"other"}, "the control"
        assert seen(kiosk, token) == set()
        assert refusal(kiosk, token) == "CS003"
        assert seen(maker, token) - maker.may_see == set()
        assert refusal(maker, token) == "CS003"
        assert owners(seen(kiosk, registered(kiosk, token_of(make_key(served.database, kiosk.login))))) == {"A1"}
        for login in (kiosk.login, "x", ""):
            forged = token_of(SigningKey(login, key.key_id, key.secret), "A2")
            assert seen(kiosk, forged) == set(), "the key is of its login, whatever it is said to be"
            assert seen(web, forged) == set()


@pytest.mark.parametrize("change", ["SET ROLE {p}agent", "SET SESSION ROLE {p}agent", "SET LOCAL ROLE {p}agent"])
def test_set_role_changes_nobody(served: World, key: SigningKey, web: Attacker, change: str) -> None:
    token = registered(web, token_of(key))
    before = seen(web, token)
    web.must("BEGIN")
    web.send(change.replace("{p}", served.prefix))
    web.must("ROLLBACK")
    assert seen(web, token) == before


# --- changing it in the midst -------------------------------------------------------------------------------------

#: How one statement changes the setting while it runs; {} is another token.
MIDST = {
    "in what is selected": "SELECT set_config('pgcustsec.token', {}, true), c.* FROM agent.customer AS c",
    "in a condition": "SELECT * FROM agent.customer WHERE set_config('pgcustsec.token', {}, true) IS NOT NULL",
    "before it": "WITH w AS MATERIALIZED (SELECT set_config('pgcustsec.token', {}, true))"
    " SELECT c.* FROM w, agent.customer AS c",
    "again and again": "SELECT c.* FROM (VALUES (current_setting('pgcustsec.token', true)), ({}), ('')) AS v (u),"
    " LATERAL (SELECT set_config('pgcustsec.token', u, true)) AS w (x),"
    " LATERAL (SELECT * FROM agent.customer WHERE x IS NOT NULL OFFSET 0) AS c",
    "between two looks": "SELECT * FROM agent.customer AS a, LATERAL (SELECT set_config('pgcustsec.token', {}, true),"
    " a.customer_id OFFSET 0) AS w, agent.policy AS p",
    "as it is sorted": "SELECT * FROM agent.customer ORDER BY set_config('pgcustsec.token', {}, true), customer_id",
    "after it": "SELECT * FROM agent.customer UNION ALL SELECT c.* FROM agent.customer AS c, (SELECT"
    " set_config('pgcustsec.token', {}, true) OFFSET 0) AS w UNION ALL SELECT * FROM agent.customer",
}


@pytest.mark.parametrize("way", MIDST)
def test_a_setting_that_changes_within_a_statement_gains_nothing(
    served: World, key: SigningKey, web: Attacker, way: str
) -> None:
    """
    To a token that is nobody's it gains nothing beyond A1's rows; to A2's, nothing that the two do not give alone.
    The control: a view that reads a setting for each row, in which one statement finds the rows of both.
    """
    mine = registered(web, token_of(key, "A1"))
    theirs = registered(web, token_of(key, "A2"))
    elsewhere = token_of(key, "A2")
    may_see = web.world.may_see
    tier3 = {mark for mark in may_see["A2"] if mark[0] == "t3"}
    control = (
        "SELECT c.* FROM (VALUES ('A1'), ('A2')) AS v (u), LATERAL (SELECT set_config('app.person', u, true)) AS w (x),"
        " LATERAL (SELECT * FROM naive.by_setting WHERE x IS NOT NULL OFFSET 0) AS c"
    )
    assert owners(seen(web, None, control)) == {"A1", "other"}, "the control"
    forged = token_of(SigningKey(key.login, key.key_id, b"x" * 32), "A2")
    for other, allowed in (
        ("''", may_see["A1"]),
        (f"'{forged}'", may_see["A1"]),
        ("'A2'", may_see["A1"]),
        (f"'{token_of(key, 'A2', seconds=-5)}'", may_see["A1"]),
        (f"'{theirs}'", may_see["A1"] | may_see["A2"]),
        (f"'{elsewhere}'", may_see["A1"] | tier3),
    ):
        assert seen(web, mine, MIDST[way].format(other)) <= allowed
        assert seen(web, elsewhere, MIDST[way].format(f"'{mine}'")) <= may_see["A1"] | tier3, "A2 is in no session"
        alone = {f"'{theirs}'": may_see["A2"], f"'{elsewhere}'": tier3}.get(other, set())
        assert seen(web, None, MIDST[way].format(other)) <= alone


@pytest.mark.parametrize("mode", ["auto", "force_generic_plan", "force_custom_plan"])
def test_the_next_statement_is_the_next_persons_whatever_plan_it_has(
    served: World, key: SigningKey, web: Attacker, mode: str
) -> None:
    """The control: a setting read by a function that somebody declared immutable, kept in the plan."""
    tokens = {person: registered(web, token_of(key, person)) for person in ("A1", "A2")}
    web.must(f"SET plan_cache_mode = {mode}", "PREPARE q AS SELECT * FROM agent.customer", "SET app.person = 'A1'")
    web.must("PREPARE naive AS SELECT * FROM naive.by_cache")
    for _ in range(7):
        web.send("EXECUTE naive")
    if mode != "force_custom_plan":
        web.must("SET app.person = 'A2'")
        assert owners(web.send("EXECUTE naive").marks) == {"A1"}, "the control"
    web.must("BEGIN")
    for _ in range(7):
        for person, token in tokens.items():
            web.send("SELECT set_config('pgcustsec.token', %s, true)", [token])
            for statement in ("EXECUTE q", ROWS):
                marks = web.send(statement).marks
                assert ("t2", 1 if person == "A1" else 20) in marks
                assert marks <= web.world.may_see[person]
        web.must("SET LOCAL pgcustsec.token = ''")
        assert web.send("EXECUTE q").marks == set()
    web.must("ROLLBACK")


def test_a_cursor_keeps_to_the_person_it_began_with(served: World, key: SigningKey, web: Attacker) -> None:
    """The control: a setting that is read for each row."""
    tokens = {person: registered(web, token_of(key, person)) for person in ("A1", "A2")}
    web.must("BEGIN", "SET LOCAL app.person = 'A1'", "DECLARE n CURSOR FOR SELECT * FROM naive.by_setting")
    first = web.send("FETCH 5 FROM n").marks
    web.must("SET LOCAL app.person = 'A2'")
    assert owners(first | web.send("FETCH ALL FROM n").marks) == {"A1", "other"}, "the control"
    web.must("ROLLBACK")
    for switch in (tokens["A2"], "", "A2"):
        web.must("BEGIN")
        web.send("SELECT set_config('pgcustsec.token', %s, true)", [tokens["A1"]])
        web.must(f"DECLARE mine CURSOR FOR {ROWS}")
        found = web.send("FETCH 3 FROM mine").marks
        web.send("SELECT set_config('pgcustsec.token', %s, true)", [switch])
        found |= web.send("FETCH ALL FROM mine").marks
        assert found <= web.world.may_see["A1"] | (web.world.may_see["A2"] if switch == tokens["A2"] else set())
        assert web.send(ROWS).marks <= (web.world.may_see["A2"] if switch == tokens["A2"] else set())
        web.must("ROLLBACK")


def test_parallel_workers_ask_by_the_same_token(served: World, key: SigningKey, web: Attacker) -> None:
    token = registered(web, token_of(key))
    alone = seen(web, token)
    web.must(*(f"SET {setting}" for setting in PARALLEL))
    web.must("SET debug_parallel_query = on" if served.server.major >= 16 else "SET force_parallel_mode = on")
    web.must("BEGIN")
    web.send("SELECT set_config('pgcustsec.token', %s, true)", [token])
    assert "Gather" in web.send(f"EXPLAIN {ROWS}").text, "the control: it does run in workers"
    web.must("ROLLBACK")
    assert seen(web, token) == alone
    assert seen(web, token[:-1]) == set()


# --- left behind --------------------------------------------------------------------------------------------------


def test_a_token_that_is_left_on_a_pooled_connection_dies_by_itself(
    served: World, key: SigningKey, web: Attacker
) -> None:
    """
    Whoever sets it for the connection and not for the transaction leaves it to the next one: stated, and so tokens are
    short-lived. The control: a plain setting, which is there for good.
    """
    token = registered(web, token_of(key, seconds=2))
    web.must("SET app.person = 'A1'")
    web.send("SELECT set_config('pgcustsec.token', %s, false)", [token])
    assert owners(web.send(ROWS).marks) == {"A1"}, "what is stated"
    other = registered(web, token_of(key, "A2"))
    assert owners(seen(web, other)) == {"other"}, "the next one's own token counts, and nothing of the one before"
    time.sleep(2.1)
    assert web.send(ROWS).marks == set()
    assert owners(web.send("SELECT * FROM naive.by_setting").marks) == {"A1"}, "the control"


@pytest.mark.parametrize(
    "reset", ["DISCARD ALL", "RESET ALL", "RESET pgcustsec.token", "SET pgcustsec.token TO DEFAULT"]
)
def test_what_poolers_send_between_people_leaves_nobody(
    served: World, key: SigningKey, web: Attacker, reset: str
) -> None:
    token = registered(web, token_of(key))
    web.send("SELECT set_config('pgcustsec.token', %s, false)", [token])
    assert owners(web.send(ROWS).marks) == {"A1"}, "the control"
    web.must(reset)
    assert web.send(ROWS).marks == set()
    assert web.send("SELECT staff_id FROM pgcustsec.whoami()").value is None


@pytest.mark.parametrize("end", ["COMMIT", "ROLLBACK", "ROLLBACK TO s", "SELECT 1/0; ROLLBACK"])
def test_a_token_of_a_transaction_or_savepoint_ends_with_it(
    served: World, key: SigningKey, web: Attacker, end: str
) -> None:
    token = registered(web, token_of(key))
    web.must("BEGIN", "SAVEPOINT s")
    web.send("SELECT set_config('pgcustsec.token', %s, true)", [token])
    assert owners(web.send(ROWS).marks) == {"A1"}, "the control"
    for statement in end.split("; "):
        web.send(statement)
    assert web.send(ROWS).marks == set()
    web.send("ROLLBACK")


def test_a_token_is_not_kept_with_a_function_a_login_or_a_database(served: World, key: SigningKey) -> None:
    """The server itself refuses it for settings that no module has declared; others would act under it."""
    token = token_of(key, "A2")
    with served.attacker("E1") as maker:
        maker.must("SET pgcustsec.token = 'x'")
        for statement in (
            "CREATE FUNCTION evil.look() RETURNS SETOF text LANGUAGE sql SET pgcustsec.token = '{}' AS 'SELECT NULL'",
            "ALTER ROLE CURRENT_USER SET pgcustsec.token = '{}'",
            f"ALTER DATABASE {served.database.name} SET pgcustsec.token = '{{}}'",
        ):
            assert maker.send(statement.format(token)).refused, statement
        assert maker.gains(ROWS) == set()


@pytest.mark.parametrize("odd", [b"\xff", b"\xe4\xb8", b"\xc3", b"\\x41", b"\\"])
def test_bytes_that_are_no_text_are_nobody_and_no_error(served: World, odd: bytes) -> None:
    """A connection's own options are not checked for their encoding, as a statement's text is."""
    if served.server.bindir is None:
        pytest.skip("psql of one's own server is not known")
    for token in (
        b"pgcustsec1.k.9999999999.s.r.p.%s.aa" % odd,
        b"pgcustsec1.k.9999999999.s.r.p.x.%s" % odd,
        odd,
    ):
        env = {**os.environb, b"PGOPTIONS": b"-c pgcustsec.token=" + token.replace(b"\\", b"\\\\")}
        command = [served.server.bindir / "psql", "-X", "-A", "-t", "-d", served.database.conninfo(served.role("web"))]
        statements = ("-c", "SELECT count(*) FROM agent.customer", "-c", "SELECT staff_id FROM pgcustsec.whoami()")
        ran = subprocess.run([*command, *statements], capture_output=True, check=False, env=env)
        assert (ran.returncode, ran.stdout.split()) == (0, [b"0"]), ran.stderr
