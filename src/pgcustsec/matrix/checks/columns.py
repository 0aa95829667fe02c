"""Classification of columns: tiers and kinds agree with the policy (3.2)."""

from __future__ import annotations

from pgcustsec.matrix.checks.sight import plain_column
from pgcustsec.matrix.kinds import KINDS, WITH_NORMAL_FORM
from pgcustsec.matrix.tree import Notes, Part, Word


def check_columns(tree: Part, notes: Notes) -> None:
    """Note columns whose tier, kind and lookups do not go together, and keys that are no plain columns."""
    for table, part in tree.named("tables"):
        for name, column in part.named("columns"):
            _check_tier(name, column, notes)
            _check_lookups(name, column, notes)
        for name in part.items_of("key"):
            plain_column(part, name, notes, table, "a key")


def _check_tier(name: Word, column: Part, notes: Notes) -> None:
    tier, kind = column.get("tier"), column.get("kind")
    if tier == 1 and not column.has("kind"):
        kinds = ", ".join(known for known, about in KINDS.items() if 1 in about.tiers)
        notes.add(column.at["tier"], f"column {str(name)!r} is tier 1 and has no kind, which decides its mask", kinds)
    elif tier is not None and kind is not None and tier not in KINDS[kind].tiers:
        about = KINDS[kind]
        meant = " or ".join(str(known) for known in about.tiers)
        message = f"column {str(name)!r} is tier {tier}, but {kind}, {about.title}, is tier {meant} ({about.article})"
        notes.add(column.at["tier"], message)


def _check_lookups(name: Word, column: Part, notes: Notes) -> None:
    tier, kind = column.get("tier"), column.get("kind")
    if "tier" in column.spoiled or "kind" in column.spoiled:
        return
    for use in ("find", "unique"):
        if column.get(use) and (tier != 1 or kind not in WITH_NORMAL_FORM):
            message = f"{use} on column {str(name)!r}: only tier-1 columns of a kind with a normal form have it"
            notes.add(column.named_at[use], message, "such kinds are " + ", ".join(WITH_NORMAL_FORM))
