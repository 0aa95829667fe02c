"""
Whether tier 1 and 2 show to who asks, and of which record tier 1; read once per statement, like who asks (5.2.1).

A session, or an opening, counts once the transaction that wrote it has committed, and until its term. One look-up
judges both. In a snapshot older than the statement the answer would outlive a closed record: there it is an error.
"""

from __future__ import annotations

from collections.abc import Sequence

from pgcustsec.compile.quote import literal
from pgcustsec.compile.scopes import AT_WORK, INTERNAL
from pgcustsec.matrix.model import Role, Table

#: Key types whose text gives the same value back, whatever the reader's settings; other keys are compared as text.
STEADY = frozenset({"smallint", "integer", "bigint", "uuid", "text", "character varying"})

_OLD_SNAPSHOT = (
    f"pg_catalog.current_setting('transaction_isolation') <> 'read committed' AND {INTERNAL}.refuse_old_snapshot()"
)
_LIVE = f"w.ends_at > pg_catalog.clock_timestamp() AND {INTERNAL}.is_committed(w.begun_by)"
_OPEN = f"w.lapses_at > pg_catalog.clock_timestamp() AND {INTERNAL}.is_committed(w.opened_by)"


def access_code(role: Role, table: Table) -> str:
    """What `access` and `session_access` know a role's access to a table by."""
    return f"{role.name} {table.qualified}"


def cleared_sql(role: Role, table: Table) -> str:
    """True where the asker has a live session for *role*'s work on *table*; else NULL or false."""
    return f"(SELECT CASE WHEN {_OLD_SNAPSHOT} THEN NULL WHEN {_LIVE} THEN true END {_from(role, table)})"


def opened_sql(role: Role, table: Table, key_type: str) -> str:
    """
    An array of *key_type*: with the key of the record that is open, empty if none is, NULL without a live session.

    So that one comparison with it says both whether a row is the open one and whether tier 2 may show.
    """
    return (
        f"(SELECT CASE WHEN {_OLD_SNAPSHOT} THEN NULL WHEN {_OPEN} THEN ARRAY[w.record_key::{key_type}]"
        f" WHEN {_LIVE} THEN '{{}}'::{key_type}[] END {_from(role, table)})"
    )


def is_open(role: Role, table: Table, key_type: str, key: str) -> str:
    """Whether *key* is that of the open record: true, false, or NULL without a live session."""
    # CASE keeps `= ANY (...)` from being read as a comparison with the rows of a sub-select; it is folded away.
    return f"{key} = ANY (CASE WHEN true THEN {opened_sql(role, table, key_type)} END)"


def _from(role: Role, table: Table) -> str:
    return f"FROM {INTERNAL}.{AT_WORK} AS w WHERE w.access_code = {literal(access_code(role, table))}"


def comparable(types: Sequence[str]) -> str | None:
    """The type in which a key with columns of these plain *types* is compared by itself; None: as one text."""
    return types[0] if len(types) == 1 and types[0] in STEADY else None
