"""Drift as text: what opens something first, with to whom."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.plan.drift import Drifted


def drift_lines(found: Drifted) -> Iterator[str]:
    """Yield *found* line by line."""
    if not found.drifts:
        yield f"Database {found.database} is as the matrix says."
    else:
        yield f"Database {found.database} is not as the matrix says:"
    if found.matrix_changed:
        yield "The matrix is not the one that was applied: what it newly says is among these."
    for one in found.drifts:
        yield f"  {one.how} {one.object}"
        if one.opens:
            yield f"      + {one.opens}"
        if one.changed:
            yield f"      changed last by {one.changed.login} at {one.changed.at[:19]} UTC ({one.changed.command})"
        if one.by_hand:
            yield f"      by hand: {one.by_hand}"
    if found.unmanaged:
        yield "Left alone, none of the matrix's:"
        yield from (f"  {line}" for line in found.unmanaged)
