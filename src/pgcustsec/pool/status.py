"""How full the pools are, who holds how many prospects, and which are overdue (4.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pgcustsec.catalog.queries import ask
from pgcustsec.db import Connection
from pgcustsec.errors import UsageError
from pgcustsec.people.transaction import reading


@dataclass(frozen=True, slots=True)
class Share:
    """
    Prospects of one table and branch: those in the pool, or those that one person holds.

    `staff` None: nobody's, or held by what is no staff number. `undated`: held, nobody knows since when. `oldest`: the
    longest without progress. `limit`: how many of the table one person may hold, over all branches.
    """

    relation: str
    branch: str | None
    staff: str | None
    name: str | None
    in_pool: int
    held: int
    overdue: int
    undated: int
    oldest: datetime | None
    limit: int


def pool_state(connection: Connection, relation: str | None = None) -> list[Share]:
    """
    Return every pool, or that of *relation*, by branch and holder. For administrators.

    Raises `UsageError` for a table without a pool, `NotAllowed`.
    """
    with reading(connection):
        if relation is not None:
            check_relation(connection, relation)
        shares = [Share(*row) for row in ask(connection, "pool_state")]
    return [share for share in shares if relation in (None, share.relation)]


def overdue(shares: Sequence[Share]) -> dict[str, int]:
    """How many of *shares* are to go back to the pool, by table."""
    counts: dict[str, int] = {}
    for share in shares:
        counts[share.relation] = counts.get(share.relation, 0) + share.overdue
    return counts


def pools(connection: Connection) -> list[str]:
    """The tables with a pool, as the matrix names them, read as pgcustsec_owner within the open transaction."""
    query = "SELECT p.pool_code FROM pgcustsec_internal.pool AS p ORDER BY p.pool_code"
    return [row[0] for row in connection.execute(query)]


def check_relation(connection: Connection, relation: str) -> None:
    """Raise `UsageError` unless *relation* has a pool; as `pools`."""
    known = pools(connection)
    if relation not in known:
        hint = f"those that have one: {', '.join(known)}" if known else "the applied matrix has no pool"
        raise UsageError(f"table {relation} has no shared pool", hint=hint)
