"""Writing a revision: from the last snapshot to what a matrix wants, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from textwrap import indent

from alembic.script import ScriptDirectory
from alembic.util import rev_id

from pgcustsec.catalog.site import refuse, table_problems
from pgcustsec.compile import render
from pgcustsec.compile.exposure import access_lines, compare, exposure
from pgcustsec.compile.quote import ident
from pgcustsec.compile.sealing import sealing_problems
from pgcustsec.compile.terms import term_problems
from pgcustsec.db import Connection
from pgcustsec.errors import Refused, UsageError
from pgcustsec.matrix.model import Matrix
from pgcustsec.migrate.comparing import DEFAULT_LOCK_TIMEOUT, Compared, compare_catalog, reading_catalog
from pgcustsec.objects import Grant, Key, Object, Policy, ReferenceRow, Unique
from pgcustsec.plan import Plan, make_plan
from pgcustsec.revisions.altering import alter
from pgcustsec.revisions.change import SNAPSHOTS
from pgcustsec.revisions.history import configure, last_snapshot, said_by_alembic
from pgcustsec.revisions.operation import ChangeAccessOp, change_text, withdrawal_text
from pgcustsec.revisions.run import current_heads
from pgcustsec.revisions.snapshot import DATABASE, Snapshot, portable
from pgcustsec.revisions.step import Step
from pgcustsec.statement import Statement


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision that was written: its file, and the plans that it runs forwards and back."""

    file: Path
    forwards: Plan
    back: Plan


@dataclass(frozen=True, slots=True)
class TableChange:
    """Statements of the tables' owner that are part of a revision, and those of its way back, if there are any."""

    sql: str
    back: str | None


def write_revision(
    folder: Path, matrix: Matrix, message: str, connection: Connection | None, tables: TableChange | None = None
) -> Revision | None:
    """
    Write the revision that leads from the last one's snapshot to *matrix*, and return it; None: nothing differs.

    The tables are those of the connected database, as *tables* would leave them; without one, those of the snapshot.
    Changes no database.

    Raises `Refused` when the database is not at the history's end, `UsageError` when there is neither a database nor a
    snapshot, what `plan_matrix` raises.
    """
    with said_by_alembic():
        script = ScriptDirectory.from_config(configure(folder))
        last = last_snapshot(script)
        name, before = last or (None, None)
        if connection is not None:
            _check_current(script, connection)
        if tables:
            return _with_tables(script, message, last, matrix, connection, tables)
        surplus: Mapping[Key, Object] = {}
        if connection is None:
            after = _offline(matrix, before)
        else:
            after, surplus = _online(matrix, before, connection)
        forwards, back = ways(before, after, surplus)
        if not forwards and before and before.matrix == matrix:
            return None
        there = change_text(ChangeAccessOp(after.name, steps(forwards), notes=access_lines(forwards.access)))
        file = _generate(script, message, after, there, change_text(ChangeAccessOp(name, steps(back))))
    return Revision(file, forwards, back)


def _with_tables(
    script: ScriptDirectory,
    message: str,
    last: tuple[str, Snapshot] | None,
    matrix: Matrix,
    connection: Connection | None,
    tables: TableChange,
) -> Revision:
    if connection is None or last is None:
        raise UsageError(
            "what a change makes of the tables is asked of a database at a history's end",
            hint="write the first revision without one, run it, then: pgcustsec migrate revision -d DB --tables FILE",
        )
    name, before = last
    change = alter(connection, before, matrix, tables.sql, tables.back)
    after = Snapshot.compiled(matrix, portable(change.found.site))
    forwards, back = ways(change.leaves, after, dict(in_the_way(change.found, after, before)))
    there = [
        withdrawal_text(change.steps),
        change_text(ChangeAccessOp(after.name, steps(forwards), notes=access_lines(forwards.access))),
    ]
    # What the revision says when it is asked for a way back that nobody gave: `said_by_alembic` makes an error of it.
    back_text = 'raise NotImplementedError("no way back was given for the tables")'
    if change.steps_back is not None:
        first = withdrawal_text([*steps(back), *change.steps_back])
        back_text = "\n".join([first, change_text(ChangeAccessOp(name, named(change.brings)))])
    return Revision(_generate(script, message, after, "\n".join(there), back_text), forwards, back)


def _generate(script: ScriptDirectory, message: str, after: Snapshot, forwards: str, back: str) -> Path:
    """Write the file of a revision, and the snapshot that it leads to."""
    revision = rev_id()
    script.generate_revision(
        revision, message, head="head", imports="", upgrades=_body(forwards), downgrades=_body(back)
    )
    after.write(Path(script.dir) / SNAPSHOTS)
    file = ScriptDirectory.from_config(configure(Path(script.dir))).get_revision(revision)
    assert file is not None
    return Path(file.path)


def ways(before: Snapshot | None, after: Snapshot, surplus: Mapping[Key, Object]) -> tuple[Plan, Plan]:
    """Return the plans from *before*, and *surplus* that is in the way beside it, to *after*, and back."""
    base = {**surplus, **(before.objects if before else {})}
    changes = compare(exposure(before.matrix) if before else {}, exposure(after.matrix))
    forwards = make_plan(DATABASE, base, after.objects, access=changes)
    comes_back = {key: thing for key, thing in base.items() if _comes_back(thing)}
    back = make_plan(DATABASE, after.objects, comes_back if before else {**_stays(after), **comes_back})
    return forwards, back


def _check_current(script: ScriptDirectory, connection: Connection) -> None:
    there, heads = current_heads(Path(script.dir), connection), tuple(script.get_heads())
    if sorted(there) != sorted(heads):
        raise Refused(
            f"the database is at {', '.join(there) or 'no revision'}, the history ends at {', '.join(heads) or 'none'}",
            hint="upgrade the database first, or compare with the last snapshot alone: --offline",
        )


def _offline(matrix: Matrix, before: Snapshot | None) -> Snapshot:
    if before is None:
        raise UsageError(
            "there is no snapshot yet that could say what the tables look like",
            hint="write the first revision against a database: -d DB",
        )
    site = before.site
    problems = [p for table in matrix.tables.values() for p in table_problems(matrix, table, dict(site.tables))]
    refuse(matrix, problems)
    refuse(matrix, [*sealing_problems(matrix, site), *term_problems(matrix, site)])
    return Snapshot.compiled(matrix, site)


def _online(matrix: Matrix, before: Snapshot | None, connection: Connection) -> tuple[Snapshot, dict[Key, Object]]:
    with reading_catalog(connection, DEFAULT_LOCK_TIMEOUT):
        found = compare_catalog(connection, matrix)
    after = Snapshot.compiled(matrix, portable(found.site))
    return after, dict(in_the_way(found, after, before))


def in_the_way(found: Compared, after: Snapshot, before: Snapshot | None) -> Iterator[tuple[Key, Object]]:
    """
    What is on tables that the history did not know yet, and none of the matrix's: it has to go wherever this runs.

    On tables that it knew, that is drift of this one database, and no matter of a history.
    """
    new_tables = _relations(after) - (_relations(before) if before else set())
    for thing in found.present.values():
        match thing:
            case Grant(on="table" | "column" | "database"):
                thing = replace(thing, target=(DATABASE,)) if thing.on == "database" else thing
                new = before is None if thing.on == "database" else thing.target[:2] in new_tables
            case Policy() | Unique():
                new = (thing.schema, thing.table) in new_tables
            case _:
                continue
        if new and thing.key not in after.objects and thing.key not in found.recorded:
            yield thing.key, thing


def _comes_back(thing: Object) -> bool:
    """Whether the way back makes *thing* again: no unique constraint, whose values may lie in the vault by now."""
    return not isinstance(thing, Unique) and render.can_make(thing)


def _stays(first: Snapshot) -> dict[Key, Object]:
    """What stays when even the first revision is taken back: branches and departments, which staff belong to."""
    return {
        key: thing
        for key, thing in first.objects.items()
        if isinstance(thing, ReferenceRow) and thing.table in ("branch", "department")
    }


def _relations(snapshot: Snapshot) -> set[tuple[str, ...]]:
    return {relation for shape in snapshot.site.tables.values() for relation in (shape.relation, *shape.below)}


def _body(text: str) -> str:
    return indent(text, "    ").lstrip()


def steps(plan: Plan) -> Iterator[Step]:
    """Yield the statements of *plan* as steps of an operation, with the database's name left open."""
    return named(plan.statements)


def named(statements: Iterable[Statement]) -> Iterator[Step]:
    """Yield *statements* as steps of an operation, with the database's name left open."""
    here = ident(DATABASE)
    for statement in statements:
        yield statement.what, statement.sql.replace(f"DATABASE {here}", f"DATABASE {DATABASE}")
