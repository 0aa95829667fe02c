"""
Fifty agents at once over four connections of a PgBouncer in transaction mode: each is themselves alone (2.3, 5.2.2).

Every agent opens their own customer's record and looks again and again, taking turns with the others in between; none
may find another's tier 2 or tier 1, and each finds their own. That connections are really shared is looked at as well.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.ext.asyncio import create_async_engine

from pgcustsec.client import Speaker, speak, speaking, speaking_async
from tests.integration.applications.pooler import Pooled
from tests.integration.applications.world import AGENTS, tier1_in, tier2_in
from tests.work import WORK

ROUNDS = 6
OPEN = (
    "SELECT pgcustsec.open_record('customer', (SELECT min(customer_id)::text FROM customer"
    " WHERE owner_staff_id IS NOT NULL), 'they call')"
)
LOOK = "SELECT pg_backend_pid(), c.* FROM customer AS c"

Seen = dict[str, list[list[tuple[Any, ...]]]]


def speakers(pooled: Pooled) -> list[Speaker]:
    key = pooled.office.key()
    return [Speaker(key, staff=agent, role="sales_agent", purpose=WORK) for agent in AGENTS]


def judge(seen: Seen) -> None:
    """Each saw their own tier 2 and 1 in every round, and nobody else's; the four connections served them all."""
    for agent in AGENTS:
        assert len(seen[agent]) == ROUNDS
        for rows in seen[agent]:
            assert (tier2_in(rows), tier1_in(rows)) == ({agent}, {agent})
    connections = defaultdict(set)
    for agent, rounds in seen.items():
        for rows in rounds:
            connections[rows[0][0]].add(agent)
    assert 1 <= len(connections) <= 4
    # Not each of them: on a busy machine one may come when the others have served all but one.
    assert any(len(served) > 1 for served in connections.values())


def as_threads(work: Any, people: list[Speaker]) -> Seen:
    with ThreadPoolExecutor(len(people)) as pool:
        return dict(zip(AGENTS, pool.map(work, people), strict=True))


def test_threads_with_psycopg(pooled: Pooled) -> None:
    def work(person: Speaker) -> list[list[tuple[Any, ...]]]:
        with pooled.connect() as connection:
            with speaking(connection, person):
                connection.execute(OPEN)
            rounds = []
            for _ in range(ROUNDS):
                with speaking(connection, person):
                    rounds.append(connection.execute(LOOK).fetchall())
            return rounds

    judge(as_threads(work, speakers(pooled)))


def test_tasks_with_psycopg(pooled: Pooled) -> None:
    async def work(person: Speaker) -> list[list[tuple[Any, ...]]]:
        async with await pooled.connect_async() as connection:
            async with speaking_async(connection, person):
                await connection.execute(OPEN)
            rounds = []
            for _ in range(ROUNDS):
                async with speaking_async(connection, person):
                    rounds.append(await (await connection.execute(LOOK)).fetchall())
            return rounds

    async def everybody() -> Seen:
        people = speakers(pooled)
        return dict(zip(AGENTS, await asyncio.gather(*map(work, people)), strict=True))

    judge(asyncio.run(everybody()))


def test_threads_with_sqlalchemy(pooled: Pooled) -> None:
    current: ContextVar[Speaker | None] = ContextVar("current", default=None)
    # Its own pool is small too: every transaction takes whichever connection is free.
    engine = create_engine(pooled.url, pool_size=3, max_overflow=0, connect_args={"prepare_threshold": None})
    speak(engine, current.get)

    def work(person: Speaker) -> list[list[tuple[Any, ...]]]:
        current.set(person)
        with engine.begin() as connection:
            connection.execute(text(OPEN))
        rounds = []
        for _ in range(ROUNDS):
            with engine.begin() as connection:
                rounds.append([tuple(row) for row in connection.execute(text(LOOK))])
        return rounds

    try:
        judge(as_threads(work, speakers(pooled)))
    finally:
        engine.dispose()


def test_tasks_with_sqlalchemy(pooled: Pooled) -> None:
    current: ContextVar[Speaker | None] = ContextVar("current", default=None)

    async def work(person: Speaker, engine: Any) -> list[list[tuple[Any, ...]]]:
        current.set(person)
        async with engine.begin() as connection:
            await connection.execute(text(OPEN))
        rounds = []
        for _ in range(ROUNDS):
            async with engine.begin() as connection:
                rounds.append([tuple(row) for row in await connection.execute(text(LOOK))])
        return rounds

    async def everybody() -> Seen:
        engine = create_async_engine(pooled.url, pool_size=3, max_overflow=0, connect_args={"prepare_threshold": None})
        speak(engine, current.get)
        found = await asyncio.gather(*(work(person, engine) for person in speakers(pooled)))
        await engine.dispose()
        return dict(zip(AGENTS, found, strict=True))

    judge(asyncio.run(everybody()))


def test_one_connection_hands_everybody_on_and_keeps_nobody(pooled: Pooled) -> None:
    """People take turns over one client connection, in transactions that commit and fail; in between it is nobody."""
    first, second = speakers(pooled)[:2]
    with pooled.connect() as connection:
        for person in (first, second, first):
            with speaking(connection, person):
                assert tier2_in(connection.execute(LOOK).fetchall()) == {person.staff}
            assert connection.execute("SELECT * FROM sales_agent.customer").fetchall() == []
            assert connection.execute("SELECT current_setting('pgcustsec.token', true)").fetchone() in ((None,), ("",))
            with pytest.raises(ZeroDivisionError), speaking(connection, person):
                connection.execute(LOOK)
                _ = 1 / 0
            assert connection.execute("SELECT * FROM sales_agent.customer").fetchall() == []


def test_a_token_set_for_the_connection_is_the_next_ones_unless_the_client_clears_it(pooled: Pooled) -> None:
    """The control for all of this: set wrongly, one person is found by others. `speak` lets nobody find them."""
    careless = speakers(pooled)[0]
    current: ContextVar[Speaker | None] = ContextVar("current", default=None)
    engine = create_engine(pooled.url, connect_args={"prepare_threshold": None})
    speak(engine, current.get)
    look = "SELECT * FROM sales_agent.customer"
    with pooled.connect() as first, pooled.connect() as next_one:
        with speaking(first, careless):
            pass
        for _ in range(8):
            first.execute("SELECT set_config('pgcustsec.token', %s, false)", [careless.token()])
        found = [tier2_in(next_one.execute(look).fetchall()) for _ in range(8)]
        assert {careless.staff} in found, "the control"
        for _ in range(8):
            with engine.connect() as connection:
                assert connection.execute(text(look)).fetchall() == []
        with speaking(first, careless):
            first.execute("SELECT pgcustsec.end_session()")
        assert next_one.execute(look).fetchall() == [], "and once their session has ended, nobody does"
    engine.dispose()
