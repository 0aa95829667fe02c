"""Which functions and views of schema pgcustsec a role may use: those that its work is about, and no other (5.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pgcustsec.compile.vault.sealed import sealed_columns
from pgcustsec.compile.views import Reading
from pgcustsec.matrix.model import Role, Write
from pgcustsec.objects import OWNER, Grant

#: What everybody has who holds a role.
EVERYBODY = (("whoami", ""), ("start_session", "text"), ("end_session", ""), ("register_session", "text"))
OPENING = (
    ("open_record", "text, text, text"),
    ("open_record", "regclass, text, text"),
    ("close_record", "text"),
    ("close_record", "regclass"),
    ("open_place", "text"),
    ("show_record", "text, text, text, text"),
)
SEARCHING = (("find", "text, name, text"), ("find", "regclass, name, text"))
SPENDING = (("my_budget", ""),)
WRITING = (("my_changes", ""), ("confirm_change", "bigint, text"))
#: Evidence, for who supervises (5.1).
EVIDENCE = ("change_history", "access_log", "access_ledger")


def api_grants(role: Role, group: str, readings: Sequence[Reading]) -> Iterator[Grant]:
    """What the holders of *role* have of schema pgcustsec; *readings* are the role's own."""
    yield Grant("table", ("pgcustsec", "sessions"), group, OWNER, frozenset({"SELECT"}))
    if role.supervises:
        for view in EVIDENCE:
            yield Grant("table", ("pgcustsec", view), group, OWNER, frozenset({"SELECT"}))
    for name, arguments in _functions(readings):
        yield Grant("function", ("pgcustsec", name, arguments), group, OWNER, frozenset({"EXECUTE"}))


def _functions(readings: Sequence[Reading]) -> Iterator[tuple[str, str]]:
    yield from EVERYBODY
    opens = any(reading.opens for reading in readings)
    searches = any(
        one.column.find
        for reading in readings
        if reading.access.tier1 != "absent"
        for one in sealed_columns(reading.table, reading.shape)
    )
    if opens:
        yield from OPENING
    if searches:
        yield from SEARCHING
    if opens or searches:
        yield from SPENDING
    if any(reading.access.write != Write() for reading in readings):
        yield from WRITING
