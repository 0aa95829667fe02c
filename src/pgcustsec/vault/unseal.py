"""
Unsealing, the way back: true values return from the vault to their table.

The order is what keeps names masked in every view, at every moment. In one transaction: the CHECKs go; the matrix is
applied, which makes them again, not validated, and with that views that mask on the fly; then the CHECKs go again. No
true value can come back before that commits, and from then on the views no longer rely on what is stored. It is apply
that makes the views, so there is one way only in which they are ever made. Then rows move back as they came: batches,
each counted and compared, each deleted from the vault in the transaction that wrote it back.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from psycopg import errors

from pgcustsec.compile.quote import ident
from pgcustsec.compile.vault import Vault, agreement, check_name, last_key
from pgcustsec.db import Connection
from pgcustsec.errors import Refused, UsageError
from pgcustsec.matrix.model import Matrix
from pgcustsec.migrate import apply_matrix, plan_matrix
from pgcustsec.objects import Check, name_of
from pgcustsec.vault.seal import BATCH, PASSES, Progress
from pgcustsec.vault.tables import Key, after_key, check_names, count_checks, find_site, find_vault, run
from pgcustsec.vault.transaction import DEFAULT_LOCK_TIMEOUT, changing, insistently, reading, require_idle


@dataclass(frozen=True, slots=True)
class UnsealedTable:
    """A table with its true values again: how many rows came back; `unique`: columns that nothing keeps unique now."""

    table: str
    rows: int
    unique: tuple[str, ...]


def unseal(
    connection: Connection,
    matrix: Matrix,
    table: str,
    *,
    batch: int = BATCH,
    lock_timeout: str = DEFAULT_LOCK_TIMEOUT,
    progress: Progress | None = None,
) -> UnsealedTable:
    """
    Bring the true values of *table* back from the vault. Its next apply and seal would move them again.

    UNIQUE constraints that apply took off the table are not made again. Where the table holds a true value already,
    written since its CHECKs went, that one stays. Stopped at any point, the next call goes on.

    Raises `Refused` when there is more to apply than this table's CHECKs, when a batch did not arrive as it left, or
    when others hold rows for too long.
    """
    require_idle(connection)
    if batch < 1:
        raise UsageError(f"a batch of {batch} rows moves nothing", hint="give --batch 1 or more")
    vault = find_vault(matrix, find_site(connection, matrix, "unsealing"), table)
    _require_applied(connection, matrix, vault)
    what = f"unsealing {table}"
    insistently(what, lambda: _open(connection, matrix, vault, what, lock_timeout))
    moved = _Return(connection, vault, batch, lock_timeout, progress).run()
    return UnsealedTable(table, moved, tuple(one.name for one in vault.sealed if one.column.unique))


def _require_applied(connection: Connection, matrix: Matrix, vault: Vault) -> None:
    """Refuse where more is to apply than what an unsealing that was stopped leaves: this table's CHECKs to make."""
    schema, relation = vault.shape.relation
    checks = {name_of((Check.kind, schema, relation, check_name(one.name))) for one in vault.sealed}
    left = [s for s in plan_matrix(connection, matrix).statements if s.object not in checks]
    if left:
        raise Refused(
            f"the matrix is not applied: {len(left)} statements are left, first: {left[0].what}",
            hint="run: pgcustsec apply, then unseal",
        )


def _open(connection: Connection, matrix: Matrix, vault: Vault, what: str, lock_timeout: str) -> None:
    with changing(connection, what, lock_timeout, alone=True, role=None):
        _drop_checks(connection, vault)
        apply_matrix(connection, matrix, lock_timeout=lock_timeout)
        _drop_checks(connection, vault)


def _drop_checks(connection: Connection, vault: Vault) -> None:
    connection.execute(f"SET LOCAL ROLE {ident(vault.shape.owner)}".encode())
    drops = ", ".join(f"DROP CONSTRAINT IF EXISTS {ident(name)}" for name in check_names(vault))
    connection.execute(f"ALTER TABLE {ident(*vault.shape.relation)} {drops}".encode())
    connection.execute("RESET ROLE")


class _Return:
    """One table's rows on their way back."""

    def __init__(
        self, connection: Connection, vault: Vault, batch: int, lock_timeout: str, progress: Progress | None
    ) -> None:
        self._connection = connection
        self._vault = vault
        self._batch = batch
        self._lock_timeout = lock_timeout
        self._progress = progress
        self._moved = 0

    @property
    def _what(self) -> str:
        return f"unsealing {self._vault.table.qualified}, {self._moved} rows back"

    def run(self) -> int:
        total = self._left()
        for _ in range(PASSES):
            self._pass(total)
            if not self._left():
                return self._moved
        raise Refused(
            f"{self._what}: true values keep coming into the vault",
            hint="stop the applications that write the table through its views, then unseal again",
        )

    def _left(self) -> int:
        with reading(self._connection, self._what):
            return int(run(self._connection, f"SELECT pg_catalog.count(*) FROM {self._vault.name}")[0])

    def _pass(self, total: int) -> None:
        after: Key | None = None
        while True:
            found, after = insistently(self._what, partial(self._move, after))
            self._moved += found
            if self._progress:
                self._progress(self._vault.table.qualified, self._moved, max(total, self._moved))
            if found < self._batch:
                return

    def _move(self, after: Key | None) -> tuple[int, Key | None]:
        statement = _statement(self._vault, "true" if after is None else after_key(self._vault, "t"), self._batch)
        try:
            with changing(self._connection, self._what, self._lock_timeout):
                if count_checks(self._connection, self._vault):
                    raise Refused(
                        f"{self._what}: its CHECKs are there again, somebody applied the matrix",
                        hint="agree who does what, then unseal again",
                    )
                found, restored, gone, agree, last = run(self._connection, statement, after)
                if not (found == restored == gone and agree):
                    raise Refused(
                        f"{self._what}: of the next {found} rows {restored} were written back and {gone} left the vault"
                        f"{'' if agree else ', and not as they were'}; nothing of that batch was moved",
                        hint="a trigger or rule on the table changes what is written: take it off for the time",
                    )
        except (errors.UniqueViolation, errors.CheckViolation) as error:
            raise Refused(
                f"{self._what}: constraint or index {error.diag.constraint_name} refuses a true value",
                hint="it was made after the table was sealed: drop it, unseal again",
            ) from None
        return found, last


def _statement(vault: Vault, where: str, limit: int) -> str:
    """
    The statement that brings the next rows back. It returns one row: rows found, written back and gone from the vault,
    whether what was written is, value for value, what lay in the vault, and the last key.

    Rows of the table are locked before those of the vault, as the write triggers do.
    """
    key = vault.table.key
    columns = [one.name for one in vault.sealed]

    def same(left: str, right: str) -> str:
        return " AND ".join(f"{ident(left, name)} = {ident(right, name)}" for name in key)

    values = ",\n            ".join(
        f"CASE WHEN {ident('t', one.name)} IS NULL OR {one.is_masked(ident('t', one.name))}"
        f" THEN {ident('v', one.name)} END AS {ident(one.name)}"
        for one in vault.sealed
    )
    sets = ", ".join(
        f"{ident(name)} = CASE WHEN {ident('b', name)} IS NOT NULL THEN {ident('b', name)} ELSE {ident('t', name)} END"
        for name in columns
    )
    relation = ident(*vault.shape.relation)
    return f"""\
    WITH batch AS MATERIALIZED (
        SELECT
            {", ".join(ident("t", name) for name in key)},
            {values}
        FROM {relation} AS t JOIN {vault.name} AS v ON {same("t", "v")}
        WHERE {where}
        ORDER BY {", ".join(ident("t", name) for name in key)} LIMIT {limit}
        FOR UPDATE OF t, v
    ), restored AS (
        UPDATE {relation} AS t SET {sets}
        FROM batch AS b WHERE {same("t", "b")}
        RETURNING {", ".join(ident("t", name) for name in (*key, *columns))}
    ), gone AS (
        DELETE FROM {vault.name} AS v USING batch AS b WHERE {same("v", "b")}
        RETURNING 1
    )
    SELECT
        (SELECT pg_catalog.count(*) FROM batch) AS found,
        (SELECT pg_catalog.count(*) FROM restored) AS restored,
        (SELECT pg_catalog.count(*) FROM gone) AS gone,
        {agreement(vault, "restored")} AS agree\
{last_key(vault)}"""
