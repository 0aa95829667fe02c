"""Who still reaches tables past their views since a running system was taken in (5.3)."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.catalog.queries import ask
from pgcustsec.db import Connection
from pgcustsec.doctor.finding import Finding


def check(connection: Connection) -> Iterator[Finding]:
    for table, role in ask(connection, "adopted_anywhere"):
        yield Finding(f"{role} reaches it past its views", table, "5.3", f"pgcustsec adopt end {role}")
