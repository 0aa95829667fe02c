"""What the custodian does with disclosures: each is a function of the database, which refuses everybody else (3.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from psycopg.types.json import Jsonb

from pgcustsec.db import Connection, policy_errors


def file_disclosure(
    connection: Connection,
    kind: str,
    purpose: str,
    relation: str,
    columns: Sequence[str],
    *,
    days: int,
    authority: str,
    legal_basis: str,
    document_number: str,
    where: Sequence[Mapping[str, Any]] | None = None,
    keys: Sequence[str] | None = None,
    max_rows: int | None = None,
) -> int:
    """
    File a disclosure of *columns* of the rows of *relation* that meet *where*, or that have *keys*; return its number.

    *kind* is one of the matrix that has a custodian. *authority* asks by *legal_basis*, in the document of that number.
    *days* is its term of use (使用期限), from its approval on (4.3).

    Raises `NotAllowed` where the database refuses: anybody but the named custodian of their department.
    """
    with policy_errors(connection, "file disclosures"), connection.transaction():
        [(number,)] = connection.execute(
            "SELECT pgcustsec.file_disclosure("
            "%s, %s, %s, %s::text[], %s, %s::text[], %s::integer, %s, %s, %s, %s::integer)",
            [
                kind,
                purpose,
                relation,
                list(columns),
                None if where is None else Jsonb(list(where)),
                None if keys is None else list(keys),
                days,
                authority,
                legal_basis,
                document_number,
                max_rows,
            ],
        ).fetchall()
    return int(number)


def hand_over(connection: Connection, number: int, receipt: str) -> None:
    """
    Record that the custodian's disclosure *number* was handed over; *receipt* says to whom, and what shows it.

    From then on nothing of it shows, and its extracts are due for destruction at once. Raises `NotAllowed` where the
    database refuses.
    """
    with policy_errors(connection, "hand disclosures over"), connection.transaction():
        connection.execute("SELECT pgcustsec.hand_over(%s, %s)", [number, receipt])
