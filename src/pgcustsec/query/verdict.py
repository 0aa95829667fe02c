"""The six verdicts, and which of them what flows somewhere comes to."""

from __future__ import annotations

from enum import StrEnum

from pgcustsec.query.sources import Flow, Reach


class Verdict(StrEnum):
    """
    What a column or a predicate is to the role that runs the statement, the worst first.

    refused: the database refuses it, or nobody can tell what it is; opaque: what it shows is not to be said beforehand;
    revealed: a value as it is; masked: a masked form; inferred: not shown, but it has a say in what is; hidden: `***`
    and NULL alone, or nothing of a customer's.
    """

    REFUSED = "refused"
    OPAQUE = "opaque"
    REVEALED = "revealed"
    MASKED = "masked"
    INFERRED = "inferred"
    HIDDEN = "hidden"


def of_output(reach: Reach) -> tuple[Verdict, int | None]:
    """Return the verdict on an output column that reaches *reach*, and the tier that it is about (None: no column)."""
    if reach.opaque:
        return Verdict.OPAQUE, None
    full = [flow.source.tier for flow in reach.values if flow.source.shown == "full"]
    if full and min(full) < 3:
        return Verdict.REVEALED, min(full)
    if masked := [flow.source.tier for flow in reach.values if flow.source.shown == "masked"]:
        return Verdict.MASKED, min(masked)
    if hinted := _customers(reach):
        return Verdict.INFERRED, min(hinted)
    if full:
        return Verdict.REVEALED, 3
    tiers = [flow.source.tier for flow in (*reach.values, *reach.hints)]
    return Verdict.HIDDEN, min(tiers, default=None)


def of_use(reach: Reach) -> tuple[Verdict, int | None]:
    """Return the verdict on a predicate, ordering, grouping or join that looks at *reach*."""
    if reach.opaque:
        return Verdict.OPAQUE, None
    flows = (*reach.values, *reach.hints)
    if tiers := [flow.source.tier for flow in flows if flow.source.is_customers]:
        return Verdict.INFERRED, min(tiers)
    if any(flow.source.shown == "full" for flow in flows):
        return Verdict.REVEALED, 3
    return Verdict.HIDDEN, min((flow.source.tier for flow in flows), default=None)


def _customers(reach: Reach) -> list[int]:
    flows: tuple[Flow, ...] = (*reach.values, *reach.hints)
    return [flow.source.tier for flow in flows if flow.source.is_customers]
