"""Taking prospects out of the shared pool, giving them back, and recycling what nobody works on (4.2, 4.3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from pgcustsec.db import Connection, policy_errors
from pgcustsec.errors import UsageError
from pgcustsec.people.transaction import as_owner, reading
from pgcustsec.pool.status import check_relation, pools
from pgcustsec.supervise.runs import Doing, recorded

#: Rows that go back in one transaction.
BATCH = 1000
#: Hears of a table and how many of its rows have gone back.
Progress = Callable[[str, int], None]


def claim(connection: Connection, relation: str, key: str) -> datetime:
    """
    Take the prospect with *key* out of the pool for the login's person; return when it goes back without progress.

    Raises `NotAllowed` where the database refuses.
    """
    with policy_errors(connection, "claim prospects"), connection.transaction():
        [(until,)] = connection.execute("SELECT pgcustsec.claim(%s, %s)", [relation, key]).fetchall()
    returned: datetime = until
    return returned


def release(connection: Connection, relation: str, key: str) -> None:
    """Give the prospect with *key* back, which the login's person holds. Raises `NotAllowed` where it is refused."""
    with policy_errors(connection, "give prospects back"), connection.transaction():
        connection.execute("SELECT pgcustsec.release(%s, %s)", [relation, key])


def recycle(
    connection: Connection,
    relation: str | None = None,
    *,
    limit: int | None = None,
    batch: int = BATCH,
    progress: Progress | None = None,
) -> dict[str, int]:
    """
    Give prospects without progress back to their pools, or to that of *relation*; return how many, by table.

    At most *limit* of each table, in transactions of *batch* rows: stopped at any point, the next call goes on. The run
    is written down. For administrators. Raises `UsageError` for a table without a pool, `NotAllowed`.
    """
    if batch < 1 or (limit is not None and limit < 1):
        raise UsageError("a limit or batch of no rows recycles nothing", hint="give 1 or more")
    with reading(connection):
        if relation is not None:
            check_relation(connection, relation)
        chosen = pools(connection) if relation is None else [relation]
    with recorded(connection, "pool") as run:
        done = {one: _recycle(connection, run, one, limit, batch, progress) for one in chosen}
        run.complete = relation is None and limit is None
    return done


def _recycle(
    connection: Connection, run: Doing, relation: str, limit: int | None, batch: int, progress: Progress | None
) -> int:
    done = 0
    while limit is None or done < limit:
        size = batch if limit is None else min(batch, limit - done)
        with policy_errors(connection, "recycle prospects"), connection.transaction(), as_owner(connection):
            [(returned,)] = connection.execute("SELECT pgcustsec.recycle(%s, %s)", [relation, size]).fetchall()
        done += int(returned)
        run.done[relation] = {"recycled": done}
        if progress:
            progress(relation, done)
        if returned < size:
            break
    return done
