"""
Planning and applying: read, compile, compare; then one writer, one transaction, all or nothing.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from pgcustsec.compile.exposure import compare, exposure, from_rows
from pgcustsec.compile.terms.outcomes import compare_outcomes, outcomes, outcomes_from_rows
from pgcustsec.db import Connection, take_plan_lock
from pgcustsec.errors import Locked, Refused
from pgcustsec.matrix.model import Matrix
from pgcustsec.migrate.comparing import (
    DEFAULT_LOCK_TIMEOUT,
    Compared,
    compare_catalog,
    reading_catalog,
    set_lock_timeout,
    translated,
)
from pgcustsec.migrate.locks import check_room
from pgcustsec.migrate.record import matrix_record, record_sql
from pgcustsec.migrate.rights import check_installed, check_rights
from pgcustsec.migrate.running import run_statements
from pgcustsec.migrate.widening import spend_widening, widening_digest
from pgcustsec.objects import name_of
from pgcustsec.plan import Plan, make_plan, refuse_widening
from pgcustsec.statement import Statement


def plan_matrix(connection: Connection, matrix: Matrix, *, lock_timeout: str = DEFAULT_LOCK_TIMEOUT) -> Plan:
    """
    Return what would bring the connected database in line with *matrix*. Changes nothing.

    Raises `SchemaMismatch` when the tables are not as the matrix says, `NotAllowed` when pgcustsec is not installed or
    the connected role cannot see it, `Refused` when a role or schema that it needs is somebody else's, or a table is
    locked for longer than *lock_timeout*: printing a view reads its tables.
    """
    with reading_catalog(connection, lock_timeout):
        plan, _ = _plan(connection, matrix)
    return plan


def plan_within(connection: Connection, matrix: Matrix) -> Plan:
    """As `plan_matrix`, of the state that the open transaction sees."""
    plan, _ = _plan(connection, matrix)
    return plan


def apply_matrix(
    connection: Connection,
    matrix: Matrix,
    *,
    plan: Plan | None = None,
    deny_widening: bool = False,
    lock_timeout: str = DEFAULT_LOCK_TIMEOUT,
    attempts: int = 1,
    progress: Callable[[Statement], None] | None = None,
) -> Plan:
    """
    Bring the connected database in line with *matrix* in one transaction, and return the plan that did it.

    With *plan*, exactly that plan runs, and only if the database is still in the state that it was made for. With
    *deny_widening*, nothing that lets anybody see more than before, whatever *plan* says of that.
    *lock_timeout* is how long a statement may wait for a lock, in PostgreSQL's notation: as long as others wait behind
    it. Where one is not to be had in that time, all is taken back and tried again, *attempts* times in all, a second
    apart. *progress* hears of each statement before it runs.

    Raises `Refused` when another apply runs, access widens without the approved request that the matrix asks for, the
    state has moved, or a lock is not to be had; `NotAllowed` when the connected role lacks a right; what `plan_matrix`
    raises. In every case nothing is changed.
    """
    for _ in range(attempts - 1):
        try:
            return _apply(connection, matrix, plan, deny_widening, lock_timeout, progress)
        except Locked:
            time.sleep(_PAUSE)
    return _apply(connection, matrix, plan, deny_widening, lock_timeout, progress)


#: Seconds, in which those who waited behind a lock come to their turn.
_PAUSE = 1.0


def _apply(
    connection: Connection,
    matrix: Matrix,
    plan: Plan | None,
    deny_widening: bool,
    lock_timeout: str,
    progress: Callable[[Statement], None] | None,
) -> Plan:
    with _writing(connection, lock_timeout):
        fresh, found = _plan(connection, matrix)
        if plan is not None and plan.fingerprint != fresh.fingerprint:
            raise Refused(
                f"the database has moved since the plan was made: {fresh.fingerprint} now, {plan.fingerprint} then",
                hint="make the plan again, read it, and apply that one",
            )
        if plan is not None and plan.database != fresh.database:
            raise Refused(
                f"the plan is for database {plan.database}, this is {fresh.database}",
                hint="connect to the plan's database, or make a plan for this one",
            )
        if deny_widening:
            refuse_widening(fresh)
        spend_widening(connection, fresh)
        run = fresh if plan is None else plan
        check_rights(connection, matrix, run, found.wanted)
        check_room(connection, run.statements)
        run_statements(connection, run.statements, progress)
        record = matrix_record(matrix, found.site)
        if run or found.moved or not _is_as_recorded(record, found.applied):
            record_all = record_sql(record, found.site, found.wanted.values())
            run_statements(connection, [Statement("record what was applied", record_all, None, "record")])
        _verify(connection, matrix)
    return run


@contextmanager
def _writing(connection: Connection, lock_timeout: str) -> Iterator[None]:
    with connection.transaction(), translated():
        set_lock_timeout(connection, lock_timeout)
        check_installed(connection)
        take_plan_lock(connection)
        yield


def _plan(connection: Connection, matrix: Matrix) -> tuple[Plan, Compared]:
    found = compare_catalog(connection, matrix)
    plan = make_plan(
        found.site.database,
        found.present,
        found.wanted,
        access=compare(from_rows(found.applied.get("exposure", [])), exposure(matrix)),
        unmanaged=found.unmanaged,
        outcomes=compare_outcomes(outcomes_from_rows(found.applied.get("outcomes", [])), outcomes(matrix, found.site)),
    )
    names = {statement.object for statement in plan.statements}
    made = {key for key in found.wanted if name_of(key) in names}
    record = matrix_record(matrix, found.site)
    if plan or not _is_as_recorded(record, found.applied):
        plan = replace(plan, record=record_sql(record, found.site, found.wanted.values(), made))
    return replace(plan, widening=widening_digest(found, matrix, plan.access)), found


def _is_as_recorded(record: Mapping[str, Any], recorded: Mapping[str, Any]) -> bool:
    """Whether what was written down, read from JSON, is *record*."""
    return bool(recorded) and recorded == json.loads(json.dumps(record))


def _verify(connection: Connection, matrix: Matrix) -> None:
    """Compare once more before the commit: what was applied must be what was wanted."""
    left, _ = _plan(connection, matrix)
    if left:
        raise Refused(
            f"{len(left.statements)} would be left to do, first: {left.statements[0].what}; nothing was changed",
            hint="something changes this database at the same time, or this is a fault of ours: report the plan",
        )
