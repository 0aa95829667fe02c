"""The register (登记簿) of disclosures, as far as a login may know of them (3.3, 5.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pgcustsec.catalog.queries import ask
from pgcustsec.db import Connection, policy_errors
from pgcustsec.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class Disclosure:
    """
    One disclosure. `state` is that of its request, or destruction due or destroyed, once it was handed over.

    `custodian` is who filed it as the custodian of `department`, whom supervisor `named_by` had named; while
    `still_custodian` is false, nothing of it shows to anybody. `sha256` has the digests of finished files.
    """

    number: int
    state: str
    department: str
    custodian: str
    name: str | None
    still_custodian: bool
    named_by: str
    authority: str
    legal_basis: str
    document_number: str
    relation: str
    columns: list[str]
    predicate: list[dict[str, Any]] | None
    keys: list[str] | None
    filed_at: datetime
    approved_at: datetime | None
    ends_at: datetime | None
    opened_records: int
    extracted_rows: int | None
    sha256: list[str] | None
    handed_over_at: datetime | None
    receipt: str | None
    destroyed_at: datetime | None
    evidence: list[str] | None


def list_disclosures(
    connection: Connection, *, state: str | None = None, number: int | None = None
) -> list[Disclosure]:
    """
    Return the disclosures that the login may know of, newest first.

    Those are its person's own, those they decide on, and everybody's for who supervises. Raises `NotAllowed` for a
    login that has no role of a matrix.
    """
    with policy_errors(connection, "read the register of disclosures"):
        return [Disclosure(*row) for row in ask(connection, "disclosures", state=state, number=number)]


def find_disclosure(connection: Connection, number: int) -> Disclosure:
    """Return disclosure *number*. Raises `NotAllowed` where there is none that the login may know of."""
    for disclosure in list_disclosures(connection, number=number):
        return disclosure
    raise NotAllowed(f"there is no disclosure {number} for you to see (3.3)", hint="see: pgcustsec disclosure register")
