"""What must stand before true values move: the matrix as applied, and a key for their blind indexes."""

from __future__ import annotations

from pgcustsec.db import Connection
from pgcustsec.errors import Refused
from pgcustsec.matrix.model import Matrix
from pgcustsec.migrate import plan_matrix
from pgcustsec.vault.transaction import key_missing, reading


def require_applied(connection: Connection, matrix: Matrix, then: str) -> None:
    """Raise `Refused` when a plan would not be empty; *then* is what to do once the matrix is applied."""
    plan = plan_matrix(connection, matrix)
    if plan:
        raise Refused(
            f"the matrix is not applied: {len(plan.statements)} statements are left, first: {plan.statements[0].what}",
            hint=f"run: pgcustsec apply, then {then}",
        )


def require_key(connection: Connection, what: str) -> None:
    """Raise `Refused` when no key is in use. *what* is being done."""
    with reading(connection, what):
        [(there,)] = connection.execute(
            "SELECT EXISTS (SELECT FROM pgcustsec_keys.blind_index_key AS k WHERE k.retired_at IS NULL)"
        ).fetchall()
    if not there:
        raise key_missing()
