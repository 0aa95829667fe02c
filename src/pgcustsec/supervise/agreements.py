"""Agreements (保密协议): what they say, who has signed, who has not (3.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pgcustsec.catalog.queries import ask
from pgcustsec.db import Connection, policy_errors
from pgcustsec.errors import UsageError


@dataclass(frozen=True, slots=True)
class Signature:
    """An agreement that a person signs: in its latest version, and until when their signature holds."""

    staff: str
    name: str
    department: str
    agreement: str
    title: str
    version: int | None
    in_force_from: datetime | None
    signed_at: datetime | None
    signed_until: datetime | None
    missing: bool


@dataclass(frozen=True, slots=True)
class Text:
    """An agreement that the login's person signs, in its latest words; no version: none was published yet."""

    agreement: str
    title: str
    version: int | None
    digest: str | None
    body: str | None
    signed_until: datetime | None
    missing: bool


def publish_agreement(
    connection: Connection, name: str, body: str, *, in_force_from: datetime | None = None
) -> tuple[int, datetime]:
    """
    Publish *body* as the next version of agreement *name*; return its number and from when on it is needed.

    That is at once, unless *in_force_from* is later. From then on who has signed an earlier version sees tier 3 only.
    Raises `NotAllowed` where the database refuses: a login that does not supervise, a name that the matrix has not.
    """
    with policy_errors(connection, "publish an agreement"), connection.transaction():
        [(version,)] = connection.execute(
            "SELECT pgcustsec.publish_agreement(%s, %s, %s)", [name, body, in_force_from]
        ).fetchall()
        [(begins,)] = connection.execute(
            "SELECT max(a.in_force_from) FROM pgcustsec.agreements AS a WHERE a.agreement_code = %s", [name]
        ).fetchall()
    return version, begins


def own_agreements(connection: Connection) -> list[Text]:
    """Return what the login's person signs, each in its latest words. Raises `NotAllowed` for a login of nobody."""
    with policy_errors(connection, "sign agreements"):
        rows = connection.execute(
            "SELECT agreement, title, version, digest, body, signed_until, missing FROM pgcustsec.my_agreements()"
        )
        return [Text(*row) for row in rows]


def sign_agreement(connection: Connection, text: Text) -> datetime:
    """
    Sign *text* for the login's person; return until when that holds.

    Raises `NotAllowed` where the database refuses, as when another version was published since *text* was read, and
    `UsageError` where there are no words yet.
    """
    if text.digest is None:
        raise UsageError(
            f"agreement {text.agreement} has no text yet", hint="a supervisor: pgcustsec agreement publish"
        )
    with policy_errors(connection, "sign agreements"), connection.transaction():
        [(until,)] = connection.execute(
            "SELECT pgcustsec.sign_agreement(%s, %s)", [text.agreement, text.digest]
        ).fetchall()
    signed: datetime = until
    return signed


def list_agreements(connection: Connection, *, missing: bool = False, staff: str | None = None) -> list[Signature]:
    """
    Return what every active person signs, by number; only what is *missing* or lapsed, only *staff*'s.

    Raises `NotAllowed` for a login that does not supervise.
    """
    with policy_errors(connection, "read who has signed"):
        return [Signature(*row) for row in ask(connection, "agreements", missing=missing, staff=staff)]
