"""Transactions that speak for somebody, by psycopg and SQLAlchemy: whole, nested, failed, repeated, handed on (2.3)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DatabaseError, DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import Session

from pgcustsec.client import Speaker, speak, speaking, speaking_async
from pgcustsec.errors import UsageError
from tests.integration.applications.world import Office, tier2_in

LOOK = "SELECT owner_staff_id, health FROM sales_agent.customer WHERE starts_with(owner_staff_id, 'A')"


@pytest.fixture
def two(office: Office) -> tuple[Speaker, Speaker]:
    key = office.key()
    return office.speaker("A01", key=key), office.speaker("A02", key=key)


def seen(connection: psycopg.Connection[Any]) -> set[str]:
    return tier2_in(connection.execute(LOOK).fetchall())


# --- psycopg ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("autocommit", [True, False])
def test_the_block_is_the_persons_and_what_comes_after_is_nobodys(
    office: Office, two: tuple[Speaker, Speaker], autocommit: bool
) -> None:
    with office.web(autocommit=autocommit) as web:
        for person in (*two, *two):
            with speaking(web, person):
                assert seen(web) == {person.staff}
                assert web.execute("SELECT count(*) FROM customer").fetchone() == (2,), "the bare name is the view"
            assert seen(web) == set()
            web.rollback()


def test_a_connection_in_a_transaction_is_refused_and_so_is_a_block_within_another(
    office: Office, two: tuple[Speaker, Speaker]
) -> None:
    with office.web(autocommit=False) as web:
        web.execute("SELECT 1")
        with pytest.raises(UsageError, match="in a transaction already"), speaking(web, two[0]):
            pass
        web.rollback()
        with speaking(web, two[0]):
            with pytest.raises(UsageError), speaking(web, two[1]):
                pass
            assert seen(web) == {"A01"}


def test_savepoints_keep_the_person_and_a_failed_block_can_be_run_again(
    office: Office, two: tuple[Speaker, Speaker]
) -> None:
    with office.web() as web:
        with speaking(web, two[0]):
            with pytest.raises(psycopg.errors.DivisionByZero), web.transaction():
                web.execute("SELECT 1 / 0")
            assert seen(web) == {"A01"}
            with web.transaction():
                assert seen(web) == {"A01"}
        for _ in range(2):
            with pytest.raises(psycopg.errors.DivisionByZero), speaking(web, two[0]):
                web.execute("SELECT 1 / 0")
            assert seen(web) == set()
        with speaking(web, two[0]):
            assert seen(web) == {"A01"}


def test_a_commit_within_the_block_leaves_nobody(office: Office, two: tuple[Speaker, Speaker]) -> None:
    with office.web() as web, speaking(web, two[0]):
        with pytest.raises(psycopg.ProgrammingError):
            web.commit()
        web.execute("COMMIT")
        assert seen(web) == set()
        web.execute("BEGIN")


def test_what_is_refused_while_beginning_leaves_a_connection_that_works(
    office: Office, two: tuple[Speaker, Speaker]
) -> None:
    wrong = office.speaker("A01", role="service_agent", key=two[0].key)
    with office.web() as web:
        for _ in range(2):
            with pytest.raises(psycopg.Error) as caught, speaking(web, wrong):
                pass
            assert caught.value.sqlstate == "CS002"
        assert not wrong.registered
        with speaking(web, two[0]):
            assert seen(web) == {"A01"}


@pytest.mark.parametrize("how", ["REPEATABLE READ", "SERIALIZABLE", "READ ONLY"])
def test_a_session_begins_whatever_transactions_the_connection_is_set_to(
    office: Office, two: tuple[Speaker, Speaker], how: str
) -> None:
    setting = "default_transaction_read_only=on" if how == "READ ONLY" else f"default_transaction_isolation={how}"
    with office.web(options="-c " + setting.replace(" ", "\\ ")) as web:
        if how == "READ ONLY":
            with speaking(web, two[0]):
                assert seen(web) == {"A01"}
        else:
            with pytest.raises(psycopg.Error) as caught, speaking(web, two[0]):
                seen(web)
            assert caught.value.sqlstate == "CS107", "tier 2 shows in no older snapshot; the session began"
            assert two[0].registered
    with office.web() as web, speaking(web, two[0]):
        assert seen(web) == {"A01"}


def test_tasks_of_psycopg_speak_for_their_own_person(office: Office, two: tuple[Speaker, Speaker]) -> None:
    async def look(person: Speaker) -> set[str]:
        conninfo = office.database.conninfo(office.login("web"))
        async with await psycopg.AsyncConnection.connect(conninfo) as web:
            async with speaking_async(web, person):
                with pytest.raises(UsageError):
                    await speaking_async(web, person).__aenter__()
                rows = await (await web.execute(LOOK)).fetchall()
            assert await (await web.execute(LOOK)).fetchall() == []
            return tier2_in(rows)

    async def both() -> list[set[str]]:
        return await asyncio.gather(*map(look, two))

    assert asyncio.run(both()) == [{"A01"}, {"A02"}]


# --- SQLAlchemy ---------------------------------------------------------------------------------------------------

current: ContextVar[Speaker | None] = ContextVar("current", default=None)


def url(office: Office) -> str:
    with office.web() as web:
        info = web.info
        return f"postgresql+psycopg://{info.user}@/{info.dbname}?host={info.host}&port={info.port}"


@contextmanager
def one_connection(office: Office, **how: Any) -> Iterator[Engine]:
    """An engine with a pool of a single connection, so that everybody is handed the same one."""
    engine = create_engine(url(office), pool_size=1, max_overflow=0, pool_timeout=2, **how)
    speak(engine, current.get)
    try:
        yield engine
    finally:
        current.set(None)
        engine.dispose()


def looked(connection: Connection | Session) -> set[str]:
    return tier2_in([tuple(row) for row in connection.execute(text(LOOK))])


def test_every_transaction_of_an_engine_is_the_current_persons_and_none_is_nobodys(
    office: Office, two: tuple[Speaker, Speaker]
) -> None:
    """One connection, also for a session's beginning: no pool is too small for it."""
    with one_connection(office) as engine:
        pids = set()
        for person in (two[0], two[1], None, two[0], None):
            current.set(person)
            with engine.connect() as connection:
                assert looked(connection) == ({person.staff} if person else set())
                pids |= set(connection.scalars(text("SELECT pg_backend_pid()")))
            with Session(engine) as session:
                assert looked(session) == ({person.staff} if person else set())
        assert len(pids) == 1


def test_an_earlier_person_is_not_found_whatever_was_left_on_the_connection(
    office: Office, two: tuple[Speaker, Speaker]
) -> None:
    """Somebody sets the token for the whole connection. The control: a plain connection is that person from then on."""
    with office.web() as web:
        web.execute("SELECT set_config('pgcustsec.token', %s, false)", [two[0].token()])
        assert web.execute("SELECT staff_id FROM pgcustsec.whoami()").fetchone() == ("A01",)
    with one_connection(office) as engine:
        current.set(two[0])
        with engine.begin() as connection:
            assert looked(connection) == {"A01"}
            connection.execute(text("SELECT set_config('pgcustsec.token', :token, false)"), {"token": two[0].token()})
        for person, sees in ((None, set()), (two[1], {"A02"}), (None, set())):
            current.set(person)
            with engine.connect() as connection:
                assert looked(connection) == sees
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                assert looked(connection) == set()


def test_autocommit_is_nobody(office: Office, two: tuple[Speaker, Speaker]) -> None:
    with one_connection(office) as engine:
        current.set(two[0])
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            assert looked(connection) == set()
            assert connection.scalar(text("SELECT staff_id FROM pgcustsec.whoami()")) is None
        assert not two[0].registered
        with engine.connect() as connection:
            assert looked(connection) == {"A01"}


def test_a_session_begins_whatever_level_the_engine_has(office: Office, two: tuple[Speaker, Speaker]) -> None:
    with one_connection(office, isolation_level="REPEATABLE READ") as engine:
        current.set(two[0])
        with engine.connect() as connection:
            assert connection.scalar(text("SELECT staff_id FROM pgcustsec.whoami()")) == "A01"
        assert two[0].registered
    assert office.rows("SELECT staff_id FROM pgcustsec_internal.session") == [("A01",)]


def test_savepoints_failures_and_repetitions_of_a_session_keep_the_person(
    office: Office, two: tuple[Speaker, Speaker]
) -> None:
    with one_connection(office) as engine, Session(engine) as session:
        current.set(two[0])
        with session.begin():
            with pytest.raises(DBAPIError), session.begin_nested():
                session.execute(text("SELECT 1 / 0"))
            assert looked(session) == {"A01"}
        for _ in range(2):
            with pytest.raises(DBAPIError), session.begin():
                session.execute(text("SELECT 1 / 0"))
            current.set(two[1])
            with session.begin():
                assert looked(session) == {"A02"}
            session.rollback()
            current.set(two[0])


def test_a_person_who_changes_within_a_transaction_counts_from_the_next(
    office: Office, two: tuple[Speaker, Speaker]
) -> None:
    with one_connection(office) as engine, engine.connect() as connection:
        current.set(two[0])
        assert looked(connection) == {"A01"}
        current.set(two[1])
        assert looked(connection) == {"A01"}
        connection.commit()
        assert looked(connection) == {"A02"}


def test_what_the_server_refuses_comes_with_its_sqlstate_and_the_connection_goes_on(
    office: Office, two: tuple[Speaker, Speaker]
) -> None:
    with one_connection(office) as engine:
        current.set(two[0])
        with engine.begin() as connection:
            connection.execute(text("SELECT pgcustsec.end_session()"))
        with engine.connect() as connection:
            for _ in range(2):
                with pytest.raises(DatabaseError) as caught:
                    connection.begin()
                assert isinstance(caught.value.orig, psycopg.Error)
                assert caught.value.orig.sqlstate == "CS006"
                connection.rollback()
            current.set(two[1])
            with connection.begin():
                assert looked(connection) == {"A02"}
            current.set(two[0])
            with pytest.raises(DatabaseError):
                connection.execute(text(LOOK))
            current.set(None)
            assert looked(connection) == set(), "what is sent after a refusal is nobody's"


def test_tasks_of_sqlalchemy_speak_for_their_own_person(office: Office, two: tuple[Speaker, Speaker]) -> None:
    async def look(person: Speaker | None, engine: Any) -> set[str]:
        current.set(person)
        found = set()
        for _ in range(3):
            async with AsyncSession(engine) as session, session.begin():
                found |= tier2_in([tuple(row) for row in await session.execute(text(LOOK))])
        return found

    async def everybody() -> list[set[str]]:
        engine = create_async_engine(url(office), pool_size=1, max_overflow=0)
        speak(engine, current.get)
        found = await asyncio.gather(*(look(person, engine) for person in (*two, None, *two)))
        await engine.dispose()
        return found

    assert asyncio.run(everybody()) == [{"A01"}, {"A02"}, set(), {"A01"}, {"A02"}]


def test_an_engine_of_another_driver_is_refused() -> None:
    with pytest.raises(UsageError, match="sqlite"):
        speak(create_engine("sqlite://"), lambda: None)
