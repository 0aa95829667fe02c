"""Which extracts there are, what became of them, and that one is destroyed (4.1 to 4.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pgcustsec.catalog.queries import ask
from pgcustsec.db import Connection, policy_errors


@dataclass(frozen=True, slots=True)
class Extract:
    """
    One extract; `state` is partial (begun, not finished), kept, overdue or destroyed.

    Beside its `rows` it has `canaries`, customers who are nobody, by which a file that leaked names it.
    """

    number: int
    request: int
    state: str
    staff: str
    name: str | None
    department: str
    role: str
    relation: str
    columns: list[str]
    rows: int
    canaries: int
    protection: str
    begun_at: datetime
    ends_at: datetime
    login: str
    client: str | None
    host: str | None
    finished_at: datetime | None
    sha256: str | None
    bytes: int | None
    destroyed_at: datetime | None
    evidence: str | None


def list_extracts(connection: Connection, *, state: str | None = None, number: int | None = None) -> list[Extract]:
    """
    Return the extracts that the login may know of, newest first: its person's own, everybody's for who supervises.

    Raises `NotAllowed` for a login that has no role of a matrix.
    """
    with policy_errors(connection, "read the list of extracts"):
        return [Extract(*row) for row in ask(connection, "extracts", state=state, number=number)]


def record_destruction(connection: Connection, number: int, evidence: str) -> None:
    """
    Record that no copy of the login's person's extract *number* is left; *evidence* says how, and what shows it.

    Raises `NotAllowed` where the database refuses: another's extract, one that is destroyed already, no evidence.
    """
    with policy_errors(connection, "record what became of an extract"), connection.transaction():
        connection.execute("SELECT pgcustsec.extract_destroyed(%s, %s)", [number, evidence])
