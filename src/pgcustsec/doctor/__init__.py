"""
Checks of an installation: what is not as it was promised, where, by which article, and what to do next.

    from pgcustsec.doctor import examine
    for finding in examine(connection): ...

A check is a file here with a function `check(connection)` that yields findings, and a line in `CHECKS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pgcustsec.db import Connection
from pgcustsec.doctor import adopted, cron_jobs, missed_runs, overdue
from pgcustsec.doctor.finding import Finding

__all__ = ["CHECKS", "Finding", "examine"]

#: In the order in which findings are told: causes first.
CHECKS: dict[str, Callable[[Connection], Iterator[Finding]]] = {
    "pg_cron": cron_jobs.check,
    "runs": missed_runs.check,
    "overdue": overdue.check,
    "adopted": adopted.check,
}


def examine(connection: Connection) -> list[Finding]:
    """
    Return what every check finds, without changing anything. For administrators.

    Raises `NotAllowed` where the login may not act as pgcustsec_owner, or pgcustsec is not in this database.
    """
    return [finding for check in CHECKS.values() for finding in check(connection)]
