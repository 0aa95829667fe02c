"""
What lets anybody see more than before, applied by an approved request alone where the matrix says so (5.2.5).

Whether it says so is asked of what was applied last, never of the matrix that is to be applied: turning it off widens.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict

from pgcustsec.compile.exposure import GATE, AccessChange, from_rows
from pgcustsec.db import Connection
from pgcustsec.errors import Refused
from pgcustsec.matrix.model import Matrix
from pgcustsec.matrix.record import to_json
from pgcustsec.migrate.comparing import Compared, as_owner, last_matrix
from pgcustsec.objects import ReferenceRow
from pgcustsec.plan import Plan


def widening_digest(found: Compared, matrix: Matrix, access: Iterable[AccessChange]) -> str | None:
    """
    Return the digest of what a request has to name before *matrix* is applied; None: no request is needed.

    It is of every change of access and of the whole matrix: another widening, or another matrix, has another.
    """
    changes = [asdict(change) for change in access]
    if not any(change["widens"] for change in changes) or not _is_gated(found):
        return None
    text = json.dumps([changes, to_json(matrix)], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _is_gated(found: Compared) -> bool:
    """Whether what is there says so: what was written down of the last apply, or the list that the database goes by."""
    kinds = [
        thing for thing in found.present.values() if isinstance(thing, ReferenceRow) and thing.table == "request_kind"
    ]
    listed = any(dict(kind.values).get("widens") == "true" for kind in kinds)
    return listed or GATE in from_rows(found.applied.get("exposure", []))


def is_gate_on(connection: Connection) -> bool:
    """Whether the connected database, as it was applied last, takes an approved request for what widens."""
    with as_owner(connection):
        [(listed,)] = connection.execute(
            "SELECT EXISTS (SELECT FROM pgcustsec_internal.request_kind AS k WHERE k.widens)"
        ).fetchall()
        applied = last_matrix(connection) or {}
    return listed or GATE in from_rows(applied.get("exposure", []))


def spend_widening(connection: Connection, plan: Plan) -> None:
    """
    Spend the approved request for what *plan* widens, in the open transaction; nothing where none is needed.

    Raises `Refused` where there is no such request that is approved, unspent, and approved by somebody else than who
    applies. There is no way around it but by a superuser, or by hand as pgcustsec_owner.
    """
    if plan.widening is None:
        return
    with as_owner(connection):
        [(number, found)] = connection.execute(
            "SELECT w.request, w.became FROM pgcustsec_internal._spend_widening(%s) AS w", [plan.widening]
        ).fetchall()
    if found == "spent":
        return
    raise Refused(
        f"the plan widens access, which takes an approved request, and {_why(number, found)}; nothing was changed",
        hint=f"pgcustsec request file KIND --widening {plan.widening} --purpose PURPOSE --days N;"
        " once it is approved, apply again",
    )


def _why(number: int | None, found: str) -> str:
    if found == "none":
        return "there is none for exactly this"
    if found == "own":
        return f"request {number} was approved by who applies: somebody else does"
    return f"request {number} is {found}"
