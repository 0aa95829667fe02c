"""The life of a token and of a key: what the server takes, what it shows then, what it says of the others (2.3)."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from pgcustsec.access import end_session, retire_key, rotate_key
from pgcustsec.client import SigningKey, Speaker, mint, speaking
from pgcustsec.db import connect
from tests.integration.applications.world import Office
from tests.work import WORK

NOBODY = (None, False)
WORKING = [("S1", "sales_agent"), ("S2", "sales_agent"), ("S2", "service_agent"), ("S4", "service_agent")]
EVIDENCE = (
    "SELECT kind, staff_id, session_id, login::text, record_key, purpose FROM pgcustsec_internal.audit"
    " ORDER BY audit_id"
)


def who(connection: psycopg.Connection[Any], token: str | None) -> tuple[str | None, bool]:
    """Who the application is by *token*: staff number, and whether they see tier 2 of any customer."""
    with connection.transaction():
        connection.execute("SELECT set_config('pgcustsec.token', %s, true)", [token])
        [(staff,)] = connection.execute("SELECT staff_id FROM pgcustsec.whoami()").fetchall()
        rows = connection.execute("SELECT health FROM sales_agent.customer").fetchall()
        return staff, any(health for (health,) in rows)


def register(connection: psycopg.Connection[Any], token: str | None) -> str | None:
    """Register *token*'s session and return the SQLSTATE of the refusal, None if there was none."""
    try:
        connection.execute("SELECT pgcustsec.register_session(%s)", [token])
    except psycopg.Error as error:
        said = f"{error} {error.diag.message_detail} {error.diag.context}"
        assert not token or token not in said
        assert error.diag.message_hint, "an error says the next step"
        return error.sqlstate
    return None


def said_of(key: SigningKey, **otherwise: Any) -> str:
    words: dict[str, Any] = {"staff": "S1", "role": "sales_agent", "purpose": WORK, "session": uuid.uuid4()}
    return mint(key, **(words | otherwise))


def test_from_signing_to_the_end_of_the_session(office: Office) -> None:
    key, session = office.key(), uuid.uuid4()
    with office.web() as web:
        token = said_of(key, session=session)
        assert who(web, None) == NOBODY
        assert who(web, token) == ("S1", False), "the person by itself shows tier 3"
        assert register(web, token) is None
        assert who(web, token) == ("S1", True)
        assert who(web, said_of(key, session=session)) == ("S1", True), "a fresh one, in the same session"
        assert who(web, said_of(key)) == ("S1", False), "another session, which nobody registered"
        with web.transaction():
            web.execute("SELECT set_config('pgcustsec.token', %s, true)", [token])
            assert web.execute("SELECT pgcustsec.end_session()").fetchone() == (True,)
        assert who(web, token) == NOBODY
        assert register(web, token) == "CS006"
        assert who(web, said_of(key, session=session)) == NOBODY


def test_a_session_counts_once_it_is_committed(office: Office) -> None:
    token = said_of(office.key())
    with office.web() as web:
        web.execute("BEGIN")
        web.execute("SELECT pgcustsec.register_session(%s), set_config('pgcustsec.token', %s, true)", [token, token])
        assert web.execute("SELECT DISTINCT health FROM sales_agent.customer").fetchall() == [(None,)]
        web.execute("ROLLBACK")
        assert who(web, token) == ("S1", False)
        assert register(web, token) is None
        assert who(web, token) == ("S1", True)


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_no_session_begins_in_an_older_snapshot_but_one_that_goes_on_is_found_there(office: Office, level: str) -> None:
    token = said_of(office.key())
    with office.web() as web:
        for state in ("CS107", None):
            web.execute(f"BEGIN ISOLATION LEVEL {level}".encode())
            assert register(web, token) == state
            web.execute("ROLLBACK")
            assert register(web, token) is None


@pytest.mark.parametrize("end", ["administrator", "leaving", "role", "purpose", "term", "taken"])
def test_what_ends_a_session_makes_the_next_transaction_say_so(office: Office, end: str) -> None:
    person = office.speaker()
    ends = {
        "leaving": "UPDATE pgcustsec_internal.staff SET active = false WHERE staff_id = 'S1'",
        "role": "DELETE FROM pgcustsec_internal.staff_role WHERE staff_id = 'S1'",
        "purpose": "UPDATE pgcustsec_internal.purpose SET roles = '{analyst}'",
        "taken": "DELETE FROM pgcustsec_internal.session_access",
        "term": "SET session_replication_role = replica;"
        " ALTER TABLE pgcustsec_internal.session DISABLE TRIGGER ALL;"
        " UPDATE pgcustsec_internal.session SET ends_at = clock_timestamp();"
        " UPDATE pgcustsec_internal.session_access SET ends_at = clock_timestamp()",
    }
    state = "CS002" if end == "role" else "CS006"
    with office.web() as web:
        with speaking(web, person):
            assert web.execute("SELECT count(health) FROM customer").fetchone() == (2,)
        if end == "administrator":
            with office.connect(office.admin) as admin:
                end_session(admin, person.session)
        else:
            office.execute(*ends[end].split("; "))
        for _ in range(2):
            with pytest.raises(psycopg.Error) as caught, speaking(web, person):
                pytest.fail("the block of somebody who is nobody was run")
            assert caught.value.sqlstate == state
            assert caught.value.diag.message_hint
        staff, sees = who(web, person.token())
        assert not sees
        assert staff == ("S1" if end in ("term", "taken") else None)


def test_what_a_purpose_lost_and_got_again_is_not_the_sessions_any_more(office: Office) -> None:
    person = office.speaker()
    with office.web() as web:
        with speaking(web, person):
            pass
        office.execute("UPDATE pgcustsec_internal.purpose SET roles = '{analyst}'")
        office.execute("UPDATE pgcustsec_internal.purpose SET roles = '{sales_agent}'")
        assert who(web, person.token()) == NOBODY
        with pytest.raises(psycopg.Error) as caught, speaking(web, person):
            pass
        assert caught.value.sqlstate == "CS006"


def test_keys_are_replaced_while_the_old_one_goes_on_and_then_ends(office: Office) -> None:
    with office.connect(office.admin) as admin, office.web() as web:
        first, _ = rotate_key(admin, "web")
        person = office.speaker(key=first)
        with speaking(web, person):
            pass
        second, _ = rotate_key(admin, "web")
        assert first.key_id != second.key_id
        again = office.speaker(key=second, session=person.session)
        for speaker in (person, again):
            assert who(web, speaker.token()) == ("S1", True), "the session is the same, whichever key says so"
        retire_key(admin, first.key_id)
        assert who(web, person.token()) == NOBODY
        assert register(web, person.token()) == "CS004"
        assert who(web, again.token()) == ("S1", True)


def test_a_key_ends_by_itself_when_its_overlap_is_over(office: Office) -> None:
    key = office.key(ends_in="1 hour")
    token = said_of(key)
    with office.web() as web:
        assert register(web, token) is None
        assert who(web, token) == ("S1", True)
        office.execute("UPDATE pgcustsec_keys.token_key SET ends_at = clock_timestamp()")
        assert who(web, token) == NOBODY


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ({"seconds": 0}, "CS004"),
        ({"seconds": -1}, "CS004"),
        ({"seconds": 15 * 60 + 120}, "CS004"),
        ({"seconds": 10**12}, "CS004"),
        ({"role": "sales_manager"}, "CS004"),
        ({"role": "service_agent"}, "CS002"),
        ({"role": "inspector"}, "CS004"),
        ({"staff": "S9"}, "CS002"),
        ({"staff": "S5"}, "CS002"),
        ({"staff": "S3"}, "CS002"),
        ({"staff": ""}, "CS002"),
        ({"staff": "S1 "}, "CS002"),
        ({"staff": "s1"}, "CS002"),
    ],
    ids=str,
)
def test_a_token_that_says_too_much_is_nobodys_and_the_reason_is_told(
    office: Office, said: dict[str, Any], state: str
) -> None:
    token = said_of(office.key(), **said)
    with office.web() as web:
        assert register(web, token) == state
        assert who(web, token) == NOBODY
        assert office.rows("SELECT count(*) FROM pgcustsec_internal.session") == [(0,)]


def test_a_clock_may_be_a_minute_before_the_servers(office: Office) -> None:
    with office.web() as web:
        assert register(web, said_of(office.key(), seconds=15 * 60 + 45)) is None


@pytest.mark.parametrize("purpose", ["stealing", "", "work ", "Work"])
def test_a_purpose_that_is_not_the_roles_begins_no_session(office: Office, purpose: str) -> None:
    token = said_of(office.key(), purpose=purpose)
    with office.web() as web:
        assert register(web, token) == "CS007"
        assert who(web, token) == ("S1", False)


def test_a_session_has_one_person_role_and_purpose(office: Office) -> None:
    """Also a token of the session that says another purpose works in none: what it is for is on record."""
    office.execute("INSERT INTO pgcustsec_internal.purpose VALUES ('care', 'Care', '{sales_agent}')")
    key, session = office.key(), uuid.uuid4()
    others = [{"staff": "S2"}, {"staff": "S2", "role": "service_agent"}, {"purpose": "care"}]
    with office.web() as web:
        assert register(web, said_of(key, session=session)) is None
        for other in others:
            token = said_of(key, session=session, **other)
            assert register(web, token) == "CS003"
            assert who(web, token) in [("S1", False), ("S2", False)]
        assert who(web, said_of(key, session=session)) == ("S1", True)


def test_a_session_of_one_application_is_not_another_ones(office: Office) -> None:
    session = uuid.uuid4()
    with office.web() as web, office.web("kiosk") as kiosk:
        assert register(web, said_of(office.key("web"), session=session)) is None
        assert register(kiosk, said_of(office.key("kiosk"), session=session, seconds=30)) == "CS003"


def test_the_persons_own_membership_decides_in_each_roles_schema(office: Office) -> None:
    """The login is in both groups; S1 holds one role, S2 both, and a token speaks in one."""
    key = office.key()
    seen = {}
    with office.web() as web:
        for staff, role in (
            ("S1", "sales_agent"),
            ("S2", "sales_agent"),
            ("S2", "service_agent"),
            ("S4", "service_agent"),
        ):
            with speaking(web, office.speaker(staff, role, key=key)):
                for schema in ("sales_agent", "service_agent"):
                    rows = web.execute(f"SELECT count(*), count(health) FROM {schema}.customer".encode()).fetchall()
                    seen[staff, role, schema] = rows[0]
    shown = {who for who, (rows, _) in seen.items() if rows}
    assert shown == {(staff, role, role) for staff, role, _ in seen}
    assert seen["S1", "sales_agent", "sales_agent"] == (3, 2)
    for schema in ("sales_manager", "analyst"):
        with office.web() as web, pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute(f"SELECT * FROM {schema}.customer".encode())


def test_without_a_token_an_application_sees_tier_3_of_what_is_anybodys_if_the_matrix_says_so(office: Office) -> None:
    look = "SELECT customer_id, status, name, mobile, health FROM sales_agent.customer"
    with office.web() as web, office.web("kiosk") as kiosk:
        assert web.execute(look).fetchall() == []
        pool = [(3, "prospect", None, "***", None)]
        assert kiosk.execute(look).fetchall() == pool
        bad = said_of(office.key("web"), seconds=30)
        with kiosk.transaction():
            kiosk.execute("SELECT set_config('pgcustsec.token', %s, true)", [bad])
            assert kiosk.execute(look).fetchall() == pool, "a token of another login is none"
        person = office.speaker(key=office.key("kiosk"), seconds=30)
        with speaking(kiosk, person):
            assert len(kiosk.execute(look).fetchall()) == 3
        assert kiosk.execute(look).fetchall() == pool
        for call in ("start_session('work')", "open_record('customer', '3', 'x')", "end_session()"):
            with pytest.raises(psycopg.Error) as caught:
                kiosk.execute(f"SELECT pgcustsec.{call}".encode())
            assert caught.value.sqlstate == "CS001"


def test_a_persons_own_login_stays_that_person_whatever_token_it_sets(office: Office) -> None:
    key = office.key()
    with office.database.connect(user=office.login("li")) as li:
        for token in ("", "no-token", said_of(key, staff="S2"), said_of(key, staff="S1")):
            assert who(li, token) == ("S1", False)
            assert register(li, token) == "CS003"


def test_a_login_that_speaks_for_others_starts_no_session_of_its_own(office: Office) -> None:
    with office.web() as web:
        with pytest.raises(psycopg.Error) as caught:
            web.execute("SELECT pgcustsec.start_session(%s)", [WORK])
        assert caught.value.sqlstate == "CS001"
        with pytest.raises(psycopg.Error) as caught, speaking(web, office.speaker()):
            web.execute("SELECT pgcustsec.start_session(%s)", [WORK])
        assert caught.value.sqlstate == "CS005"


def test_connections_that_register_a_session_at_the_same_moment_all_do(office: Office) -> None:
    """And it is begun once. The second one waits for the first, whose transaction is open."""
    token = said_of(office.key())
    with office.web() as first, office.web() as second, ThreadPoolExecutor(1) as pool:
        first.execute("BEGIN")
        first.execute("SELECT pgcustsec.register_session(%s)", [token])
        waiting = pool.submit(register, second, token)
        waits = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        while not waiting.done() and office.rows(waits) == [(0,)]:
            pass
        assert not waiting.done()
        first.execute("COMMIT")
        assert waiting.result(10) is None
        assert who(second, token) == ("S1", True)
    assert office.rows("SELECT kind FROM pgcustsec_internal.audit") == [("session_started",)]
    assert office.rows("SELECT count(*) FROM pgcustsec_internal.session") == [(1,)]


def test_many_first_requests_of_one_person_and_of_many_all_begin(office: Office) -> None:
    key = office.key()
    people = [Speaker(key, "S1", "sales_agent", WORK) for _ in range(2)]
    people += [Speaker(key, "S1", "sales_agent", WORK, session=people[0].session) for _ in range(6)]

    def work(person: Speaker) -> object:
        with connect(office.database.conninfo(office.login("web"))) as web, speaking(web, person):
            return web.execute("SELECT count(health) FROM customer").fetchone()

    with ThreadPoolExecutor(len(people)) as pool:
        assert list(pool.map(work, people)) == [(2,)] * len(people)
    assert office.rows("SELECT count(*) FROM pgcustsec_internal.session") == [(2,)]


def test_the_evidence_names_the_person_the_session_and_the_applications_login(office: Office) -> None:
    person = office.speaker()
    with office.web(application_name="crm frontend") as web, speaking(web, person):
        web.execute("SELECT pgcustsec.open_record('customer', '1', 'they call')")
    assert office.rows(EVIDENCE) == [
        ("session_started", "S1", person.session, office.login("web"), None, WORK),
        ("record_opened", "S1", person.session, office.login("web"), "1", WORK),
    ]
    assert office.rows("SELECT staff_id, roles, application_name FROM pgcustsec_internal.session") == [
        ("S1", ["sales_agent"], "crm frontend")
    ]
