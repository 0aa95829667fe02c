"""What was run and what becomes of it, in lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pgcustsec.query.workload import Change, Unused, Workload
from pgcustsec.report.width import visible, wrapped


def workload_lines(found: Workload) -> Iterator[str]:
    """Yield what *found* says: first what changes, then what is refused already, then rights that lay idle."""
    yield f"{found.statements} statements of who holds roles of the matrix"
    yield from _changes("Broken by the proposed matrix:", [one for one in found.changes if one.how == "breaks"])
    yield from _changes("Newly revealed by it:", [one for one in found.changes if one.how == "reveals"])
    yield from _changes("Refused already:", found.refused)
    if found.unused:
        yield "Rights that no statement used:"
        yield from (line for one in found.unused for line in _unused(one))


def _changes(title: str, changes: Sequence[Change]) -> Iterator[str]:
    if not changes:
        return
    yield title
    for one in sorted(changes, key=lambda change: -change.recorded.calls):
        # Anybody may have run it: what would steer a terminal is told.
        text = visible(" ".join(one.recorded.text.split()))
        yield from wrapped(f"{one.recorded.calls} x {', '.join(one.recorded.roles)}: {text}", 2)
        for said in one.said:
            yield from wrapped(visible(said), 6)


def _unused(one: Unused) -> Iterator[str]:
    columns = f": {', '.join(one.columns)}" if one.columns else ""
    return wrapped(f"{one.right} {one.view}{columns}", 2)
