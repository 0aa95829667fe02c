"""Looking for drift: what somebody changed by hand since the matrix was applied (5.2.5)."""

from __future__ import annotations

from dataclasses import replace

from pgcustsec.catalog.changes import last_changes
from pgcustsec.compile.exposure import compare, exposure, from_rows
from pgcustsec.db import Connection
from pgcustsec.matrix.model import Matrix
from pgcustsec.migrate.comparing import DEFAULT_LOCK_TIMEOUT, as_owner, compare_catalog, reading_catalog
from pgcustsec.plan.drift import Drifted, drifts


def find_drift(connection: Connection, matrix: Matrix, *, lock_timeout: str = DEFAULT_LOCK_TIMEOUT) -> Drifted:
    """
    Return what of the connected database is not as *matrix* says, and who could see more by it. Changes nothing.

    Raises what `plan_matrix` raises.
    """
    with reading_catalog(connection, lock_timeout):
        found = compare_catalog(connection, matrix)
        different = drifts(found.present, found.wanted, matrix, found.ways_out)
        with as_owner(connection):
            last = last_changes(connection, [place for one in different for place in one.places])
    changes = compare(from_rows(found.applied.get("exposure", [])), exposure(matrix))
    told = tuple(
        replace(one, changed=max((last[place] for place in one.places if place in last), default=None))
        for one in different
    )
    return Drifted(found.site.database, told, found.left_alone, matrix_changed=bool(changes))
