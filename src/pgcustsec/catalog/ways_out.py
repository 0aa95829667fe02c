"""What carries values of protected tables past the views and is none of the matrix's: whoever made it, it is told."""

from __future__ import annotations

from collections.abc import Iterable

from pgcustsec.catalog.present import OUR_SCHEMAS
from pgcustsec.catalog.queries import ask
from pgcustsec.db import Connection
from pgcustsec.objects import RowSecurity
from pgcustsec.shape import WayOut


def ways_out(connection: Connection, protected: Iterable[RowSecurity]) -> tuple[WayOut, ...]:
    """Return the ways past the views of the *protected* tables and of pgcustsec's own, the vault's among them."""
    tables = list(protected)
    rows = ask(
        connection,
        "ways_out",
        schemas=list(OUR_SCHEMAS),
        table_schemas=[table.schema for table in tables],
        tables=[table.name for table in tables],
    )
    return tuple(
        WayOut(kind, name, tuple(table) if table else None, tuple(columns or ()), tuple(who), made_of)
        for kind, name, table, columns, who, made_of in rows
    )
