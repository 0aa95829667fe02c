"""What people do with requests: each is a function of the database, which refuses what is not theirs (4.3, 5.2.1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from psycopg.types.json import Jsonb

from pgcustsec.db import Connection, policy_errors
from pgcustsec.errors import Refused, UsageError
from pgcustsec.requests.conditions import Condition
from pgcustsec.requests.listing import Request, find_request


def file_request(
    connection: Connection,
    kind: str,
    purpose: str,
    relation: str,
    columns: Sequence[str],
    *,
    days: int,
    where: Sequence[Condition] | None = None,
    keys: Sequence[str] | None = None,
    max_rows: int | None = None,
    draft: bool = False,
    service: str | None = None,
) -> int:
    """
    File a request for *columns* of the rows of *relation* that meet *where*, or that have *keys*; return its number.

    *days* is its term of use (使用期限), from its approval on (4.3). Without *max_rows* it covers as many as its kind
    may. A *draft* is seen by nobody else, and filed by `submit_request`. A standing one is for *service*, a staff
    number that the person answers for; *max_rows* then is records a day.

    Raises `UsageError` for a draft of a standing one, `NotAllowed` where the database refuses.
    """
    if service is not None:
        if draft:
            raise UsageError("a standing request has no draft", hint="file it, or leave --service out")
        return _file_standing(connection, kind, service, purpose, relation, columns, days, where, keys, max_rows)
    with policy_errors(connection, "file requests"), connection.transaction():
        [(number,)] = connection.execute(
            "SELECT pgcustsec.file_request(%s, %s, %s, %s::text[], %s, %s::text[], %s::integer, %s::integer, %s)",
            [kind, purpose, relation, list(columns), _predicate(where), _keys(keys), days, max_rows, draft],
        ).fetchall()
    return int(number)


def file_widening(connection: Connection, kind: str, purpose: str, digest: str, *, days: int) -> int:
    """
    File a request that the plan with *digest* be applied, which lets somebody see more (5.2.5); return its number.

    *days* is how long it may be applied, from its approval on. Raises `NotAllowed` where the database refuses.
    """
    with policy_errors(connection, "ask that the matrix be widened"), connection.transaction():
        [(number,)] = connection.execute(
            "SELECT pgcustsec.file_widening(%s, %s, %s, %s::integer)", [kind, purpose, digest, days]
        ).fetchall()
    return int(number)


def _file_standing(
    connection: Connection,
    kind: str,
    service: str,
    purpose: str,
    relation: str,
    columns: Sequence[str],
    days: int,
    where: Sequence[Condition] | None,
    keys: Sequence[str] | None,
    records_a_day: int | None,
) -> int:
    with policy_errors(connection, "file standing requests"), connection.transaction():
        [(number,)] = connection.execute(
            "SELECT pgcustsec.file_standing_request("
            "%s, %s, %s, %s, %s::text[], %s, %s::text[], %s::integer, %s::integer)",
            [kind, service, purpose, relation, list(columns), _predicate(where), _keys(keys), days, records_a_day],
        ).fetchall()
    return int(number)


def amend_request(
    connection: Connection,
    number: int,
    *,
    columns: Sequence[str] | None = None,
    where: Sequence[Condition] | None = None,
    keys: Sequence[str] | None = None,
    days: int | None = None,
    max_rows: int | None = None,
) -> None:
    """
    Change what the person's own request *number* asks for; what is None stays. Approvals of what it was are void.

    Raises `UsageError` when nothing changes, `NotAllowed` where the database refuses.
    """
    if columns is None and where is None and keys is None and days is None and max_rows is None:
        raise UsageError(f"request {number} stays as it is: nothing was given to change", hint="name what changes")
    with policy_errors(connection, "amend requests"), connection.transaction():
        request = find_request(connection, number)
        if where is None and keys is None:
            where, keys = request.predicate, request.keys
        connection.execute(
            "SELECT pgcustsec.amend_request(%s, %s::text[], %s, %s::text[], %s::integer, %s::integer)",
            [
                number,
                list(request.columns if columns is None else columns),
                _predicate(where),
                _keys(keys),
                request.days if days is None else days,
                request.max_rows if max_rows is None else max_rows,
            ],
        )


def submit_request(connection: Connection, number: int) -> None:
    """File the person's own draft *number*. Raises `NotAllowed` where the database refuses."""
    with policy_errors(connection, "file requests"), connection.transaction():
        connection.execute("SELECT pgcustsec.submit_request(%s)", [number])


def withdraw_request(connection: Connection, number: int) -> None:
    """Take back the person's own request *number*; an approved one is closed. Raises `NotAllowed` as said above."""
    with policy_errors(connection, "withdraw requests"), connection.transaction():
        connection.execute("SELECT pgcustsec.withdraw_request(%s)", [number])


def decide_request(
    connection: Connection,
    number: int,
    decision: Literal["approve", "refuse"],
    comment: str,
    *,
    seen: Request | None = None,
) -> Request:
    """
    Decide the next step of request *number*, and return what it has come to.

    *seen* is the request as who decides has read it: it is compared once the decision keeps its requester from changing
    it. Raises `Refused` when it asks for something else by then, and `NotAllowed` where the database refuses: nobody
    decides on their own, out of turn, twice, or through an application.
    """
    with policy_errors(connection, "decide on requests"), connection.transaction():
        connection.execute("SELECT pgcustsec.decide_request(%s, %s, %s)", [number, decision, comment])
        decided = find_request(connection, number)
        if seen is not None and decided.asked != seen.asked:
            raise Refused(
                f"request {number} was amended after you read it; nothing was decided",
                hint=f"read it again: pgcustsec request show {number}",
            )
    return decided


def _predicate(where: Sequence[Condition] | None) -> Jsonb | None:
    return None if where is None else Jsonb(list(where))


def _keys(keys: Sequence[str] | None) -> list[str] | None:
    return None if keys is None else list(keys)
