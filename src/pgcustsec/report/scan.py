"""What a scan found, as text: where, what the matrix says of it, what is there. Names of others are made harmless."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.inspecting.scanning import Holding, Scanned
from pgcustsec.report.width import visible


def said_of(one: Holding) -> str:
    """What the matrix says of the column: its tier and kind, or nothing."""
    if one.tier is None:
        return "unclassified"
    return f"tier {one.tier}" + (f", {one.kind}" if one.kind else "")


def scan_rows(found: Scanned) -> Iterator[tuple[str, str, str, str]]:
    """Yield table and column, what the matrix says, what was found, and the article, one row each."""
    for one in found.holdings:
        yield visible(f"{one.table}.{one.column}"), said_of(one), visible(one.said), one.article
