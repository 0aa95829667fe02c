"""
Sealing: the true values of a table's rows move to the vault, and its CHECKs are validated (5.2.1, 5.2.2).

Rows move in batches, in key order. Each batch is one statement in one transaction, and commits only when as many rows
were kept as were found and each kept value is the one that was found. So a process that is killed leaves every value
on one side or the other, and the next run finds what is left by looking at the rows: no list of what was done is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from psycopg import errors

from pgcustsec.compile.quote import ident
from pgcustsec.compile.vault import Sealed, Vault, record_key, seal_statement, unsealed, vaults
from pgcustsec.db import Connection
from pgcustsec.errors import Finding, Refused, UsageError
from pgcustsec.matrix.model import Matrix
from pgcustsec.migrate import apply_matrix
from pgcustsec.vault.ready import require_applied, require_key
from pgcustsec.vault.tables import Key, after_key, check_names, count_checks, find_site, find_vault, run
from pgcustsec.vault.transaction import (
    DEFAULT_LOCK_TIMEOUT,
    changing,
    insistently,
    reading,
    require_idle,
)

#: Hears of a table, its rows that have moved, and how many there are to move.
Progress = Callable[[str, int, int], None]

BATCH = 5000
#: Passes over one table; more than one only where rows come in that the CHECKs should have kept out.
PASSES = 10
PAIRS = 10
#: Tables up to this size are counted for the progress bar, larger ones estimated.
COUNTED = 1_000_000


@dataclass(frozen=True, slots=True)
class SealedTable:
    """A table that keeps masked forms only: its sealed columns, and how many rows moved just now."""

    table: str
    columns: tuple[str, ...]
    rows: int


def seal(
    connection: Connection,
    matrix: Matrix,
    table: str | None = None,
    *,
    batch: int = BATCH,
    lock_timeout: str = DEFAULT_LOCK_TIMEOUT,
    progress: Progress | None = None,
) -> list[SealedTable]:
    """
    Move the true values of *table*, or of every table of *matrix* that has any, to the vault.

    The matrix must be applied. *lock_timeout* is how long a batch may wait for rows that others hold. Stopped at any
    point, the next call goes on.

    Raises `Refused` when a plan would not be empty, the key is missing, a batch did not arrive as it left, or others
    hold rows for too long; `Finding` with keys when two rows have one value in a unique column.
    """
    require_idle(connection)
    if batch < 1:
        raise UsageError(f"a batch of {batch} rows moves nothing", hint="give --batch 1 or more")
    site = find_site(connection, matrix, "sealing")
    chosen = [find_vault(matrix, site, table)] if table else vaults(matrix, site)
    _refuse_adopted(chosen)
    require_applied(connection, matrix, "seal")
    require_key(connection, "sealing")
    return [_Sealing(connection, matrix, vault, batch, lock_timeout, progress).run() for vault in chosen]


def _refuse_adopted(chosen: Iterable[Vault]) -> None:
    """Who reaches a table as before would read masked forms in it, and write true values to it."""
    for vault in chosen:
        if vault.shape.adopted:
            raise Refused(
                f"{vault.table.qualified} is reached past its views by {', '.join(sorted(vault.shape.adopted))}",
                hint="let them go first: pgcustsec adopt end ROLE, then apply",
            )


class _Sealing:
    """One table on its way."""

    def __init__(
        self,
        connection: Connection,
        matrix: Matrix,
        vault: Vault,
        batch: int,
        lock_timeout: str,
        progress: Progress | None,
    ) -> None:
        self._connection = connection
        self._matrix = matrix
        self._vault = vault
        self._batch = batch
        self._lock_timeout = lock_timeout
        self._progress = progress
        self._total = 0
        self._moved = 0

    @property
    def _what(self) -> str:
        return f"sealing {self._vault.table.qualified}, {self._moved} rows moved"

    def run(self) -> SealedTable:
        names = tuple(one.name for one in self._vault.sealed)
        if not set(names) <= self._vault.shape.sealed:
            self._total = self._count() if self._progress else 0
            self._move_all()
        return SealedTable(self._vault.table.qualified, names, self._moved)

    def _count(self) -> int:
        """Rows to move, for the progress bar; of a large table an estimate of all its rows."""
        relation = ident(*self._vault.shape.relation)
        with reading(self._connection, self._what):
            [(estimate,)] = self._connection.execute(
                "SELECT COALESCE(pg_catalog.sum(c.reltuples), 0)::bigint"
                " FROM pg_catalog.pg_partition_tree(%s::pg_catalog.regclass) AS p"
                " JOIN pg_catalog.pg_class AS c ON c.oid = p.relid WHERE p.isleaf AND c.reltuples > 0",
                [relation],
            ).fetchall()
            if estimate > COUNTED:
                return int(estimate)
            query = f"SELECT pg_catalog.count(*) FROM {relation} AS t WHERE {unsealed(self._vault)}"
            return int(run(self._connection, query)[0])

    def _move_all(self) -> None:
        for _ in range(PASSES):
            before = self._moved
            self._pass()
            if insistently(self._what, self._validate):
                return
            if self._moved == before:
                raise Refused(
                    f"{self._what}: there are rows that pgcustsec_owner does not see and that hold true values",
                    hint="a restrictive row policy of others hides them: drop it, or let pgcustsec_owner pass",
                )
        raise Refused(f"{self._what}: true values keep coming in", hint="see who writes the table past its CHECKs")

    def _pass(self) -> None:
        """Once through the table in key order."""
        after: Key | None = None
        while True:
            found, after = insistently(self._what, partial(self._move, after))
            self._moved += found
            if self._progress:
                self._progress(self._vault.table.qualified, self._moved, max(self._total, self._moved))
            if found < self._batch:
                return

    def _move(self, after: Key | None) -> tuple[int, Key | None]:
        """Move one batch of the rows that come after the key *after*; return how many and the last one's key."""
        where = "true" if after is None else after_key(self._vault, "t")
        statement = seal_statement(self._vault, where, limit=f" LIMIT {self._batch}", with_last_key=True)
        try:
            with changing(self._connection, self._what, self._lock_timeout):
                if count_checks(self._connection, self._vault) < len(self._vault.sealed):
                    raise Refused(
                        f"{self._what}: its CHECKs are gone, somebody unseals it",
                        hint="run: pgcustsec apply, then seal again",
                    )
                found, kept, masked, agree, last = run(self._connection, statement, after)
                if not (found == kept == masked and agree):
                    raise Refused(
                        f"{self._what}: of the next {found} rows {kept} were kept and {masked} masked"
                        f"{'' if agree else ', and not as they were'}; nothing of that batch was moved",
                        hint="a trigger or rule on the table changes what is written: take it off for the time",
                    )
        except errors.UniqueViolation as error:
            raise self._collision(error) from None
        except errors.CheckViolation as error:
            raise Refused(
                f"{self._what}: a masked form meets constraint {error.diag.constraint_name}, which refuses it",
                hint="a constraint of others, or of a domain, or a trigger that writes true values back: take it off",
            ) from None
        return found, last

    def _collision(self, error: errors.UniqueViolation) -> Exception:
        """What to say of two rows that have one value, by their keys."""
        for one in self._vault.sealed:
            pairs = self._pairs(one) if one.column.unique else []
            if pairs:
                listed = "; ".join(" and ".join(keys) for keys in pairs)
                return Finding(
                    f"{self._vault.table.qualified}.{one.name} is unique, but rows have the same value, differently"
                    f" written or not: keys {listed}{' ...' if len(pairs) == PAIRS else ''}",
                    hint=f"{self._moved} rows moved, the batch with these did not; correct or merge the rows, then seal"
                    " again: it goes on",
                )
        return Refused(
            f"{self._what}: {error.diag.constraint_name} refuses a masked form as not unique",
            hint="drop that constraint or index: a column that is stored masked is kept unique in the vault",
        )

    def _pairs(self, one: Sealed) -> list[list[str]]:
        """Keys of up to ten groups of rows that have one value in the column *one*."""
        vault, name = self._vault, ident(one.blind_name)
        same_key = " AND ".join(f"{ident('t', key)} = {ident('v', key)}" for key in vault.table.key)
        true_value = f"NOT ({one.is_masked(ident('t', one.name))})"
        query = f"""
            SELECT ARRAY(SELECT e.keys FROM (
                SELECT pg_catalog.array_to_json((pg_catalog.array_agg(a.key ORDER BY a.key))[1:4]) AS keys
                FROM (
                    SELECT {record_key(vault.table, vault.shape, "t")} AS key,
                        {one.blind(ident("t", one.name), "k")} AS blind
                    FROM {ident(*vault.shape.relation)} AS t CROSS JOIN pgcustsec_internal.blind_key() AS k
                    WHERE {true_value}
                    UNION ALL
                    SELECT {record_key(vault.table, vault.shape, "v")}, v.{name}
                    FROM {vault.name} AS v
                    WHERE NOT EXISTS (
                        SELECT FROM {ident(*vault.shape.relation)} AS t WHERE {same_key} AND {true_value})
                ) AS a
                WHERE a.blind IS NOT NULL
                GROUP BY a.blind HAVING pg_catalog.count(*) > 1
                ORDER BY pg_catalog.min(a.key) LIMIT {PAIRS}
            ) AS e)"""
        with reading(self._connection, self._what):
            return list(run(self._connection, query)[0])

    def _validate(self) -> bool:
        """
        Validate the CHECKs, and bring the views in line with that, in one transaction.

        In one, so that no run that is killed leaves a plan to apply between two seals. False when a row fails.
        """
        relation = ident(*self._vault.shape.relation)
        try:
            with changing(self._connection, self._what, self._lock_timeout, alone=True, role=self._vault.shape.owner):
                for name in check_names(self._vault):
                    statement = f"ALTER TABLE {relation} VALIDATE CONSTRAINT {ident(name)}"
                    self._connection.execute(statement.encode())
                self._connection.execute("RESET ROLE")
                apply_matrix(self._connection, self._matrix, lock_timeout=self._lock_timeout)
        except errors.CheckViolation:
            return False
        return True
