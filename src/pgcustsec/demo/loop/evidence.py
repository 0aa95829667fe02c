"""What the supervisors read of the loop: who asked, who approved, who took what, who was suspended and why (5.2.4)."""

from __future__ import annotations

from datetime import datetime

from rich.console import RenderableType

from pgcustsec.demo import show
from pgcustsec.demo.due import hold
from pgcustsec.demo.loop.office import Office
from pgcustsec.supervise import search_audit


def what_is_recorded(office: Office, since: datetime) -> list[RenderableType]:
    """Everything but sessions that is on record *since* then, oldest first, if it is what is due. Raises `Finding`."""
    with office.broker.at_prompt(office.officer) as connection:
        found = search_audit(connection, since=since, limit=200)
    found = [entry for entry in reversed(found) if not entry.kind.startswith("session_")]
    hold("the record of access", [(entry.kind, entry.staff) for entry in found], office.due)
    title = (
        f"{office.officer.full_name} {office.officer.staff_id}: pgcustsec audit search, from the special application on"
    )
    return [
        show.line(f"{title}, sessions left out", "bold"),
        show.evidence(found),
        show.line(f"{len(found)} entries for what was done above, and none besides"),
    ]
