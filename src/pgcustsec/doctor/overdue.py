"""Whether rows wait for a job longer than its schedule explains (4.2, 4.3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC

from pgcustsec.db import Connection
from pgcustsec.doctor.finding import ARTICLES, GRACE, Finding
from pgcustsec.people.transaction import reading
from pgcustsec.retention.schedule import promises

_WORDS = {
    "retention": ("past their term and not destroyed", "pgcustsec retention run, which names what keeps them"),
    "pool": ("without progress and not back in the pool", "pgcustsec pool recycle"),
}


def check(connection: Connection) -> Iterator[Finding]:
    promised = promises(connection)
    with reading(connection):
        waiting = connection.execute(
            "SELECT o.job, o.relation, o.rows, o.since, pg_catalog.clock_timestamp()"
            " FROM pgcustsec_internal._overdue() AS o"
        ).fetchall()
    for job, relation, rows, since, now in waiting:
        promise = promised.get(job)
        # Without a promise nothing explains it, which another check says. A new one has had no time for what was old.
        if promise and now - max(since, promise.since) > promise.every + GRACE:
            what, next_step = _WORDS[job]
            first = f"{since.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
            many = f"{rows} row{'' if rows == 1 else 's'} {what}, the first since {first}"
            yield Finding(many, relation, ARTICLES[job], next_step)
