"""Writing a revision: from the last snapshot to what a matrix wants, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

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
from pgcustsec.migrate.revisions.history import configure, last_snapshot, said_by_alembic
from pgcustsec.migrate.revisions.operation import SNAPSHOTS, call_lines
from pgcustsec.migrate.revisions.run import current_heads
from pgcustsec.migrate.revisions.snapshot import DATABASE, Snapshot, portable
from pgcustsec.objects import Grant, Key, Object, Policy, ReferenceRow, Unique
from pgcustsec.plan import Plan, make_plan
from pgcustsec.statement import Statement


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision that was written: its file, and the plans that it runs forwards and back."""

    file: Path
    forwards: Plan
    back: Plan


def write_revision(folder: Path, matrix: Matrix, message: str, connection: Connection | None) -> Revision | None:
    """
    Write the revision that leads from the last one's snapshot to *matrix*, and return it; None: nothing differs.

    The tables are those of the connected database; without one, those of the snapshot. Changes no database.

    Raises `Refused` when the database is not at the history's end, `UsageError` when there is neither a database nor a
    snapshot, what `plan_matrix` raises.
    """
    base: dict[Key, Object] = {}
    with said_by_alembic():
        script = ScriptDirectory.from_config(configure(folder))
        last = last_snapshot(script)
        name, before = last or (None, None)
        if connection is None:
            after = _offline(matrix, before)
        else:
            _check_current(script, connection)
            after, base = _online(matrix, before, connection)
        base |= before.objects if before else {}
        comes_back = {key: thing for key, thing in base.items() if _comes_back(thing)}
        changes = compare(exposure(before.matrix) if before else {}, exposure(matrix))
        forwards = make_plan(DATABASE, base, after.objects, access=changes)
        if not forwards and before and before.matrix == matrix:
            return None
        back = make_plan(DATABASE, after.objects, comes_back if before else {**_stays(after), **comes_back})
        written = script.generate_revision(
            rev_id(),
            message,
            head="head",
            imports="",
            upgrades=_body(after.write(_snapshots(script)), forwards),
            downgrades=_body(name, back),
        )
        assert written is not None
    return Revision(Path(written.path), forwards, back)


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
    return after, dict(_in_the_way(found, after, before))


def _in_the_way(found: Compared, after: Snapshot, before: Snapshot | None) -> Iterator[tuple[Key, Object]]:
    """
    What is on tables that the history did not know yet, and none of the matrix's: it has to go wherever this runs.

    On tables that it knew, that is drift of this one database, and no matter of a history.
    """
    known = set(before.site.tables) if before else set()
    for thing in found.present.values():
        match thing:
            case Grant(on="table" | "column" | "database"):
                thing = replace(thing, target=(DATABASE,)) if thing.on == "database" else thing
                new = not known if thing.on == "database" else _name(thing.target) not in known
            case Policy() | Unique():
                new = _name((thing.schema, thing.table)) not in known
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


def _name(target: tuple[str, ...]) -> str:
    return ".".join(target[:2])


def _snapshots(script: ScriptDirectory) -> Path:
    folder = Path(script.dir) / SNAPSHOTS
    folder.mkdir(exist_ok=True)
    return folder


def _body(access: str | None, plan: Plan) -> str:
    """The text of `upgrade` or `downgrade`; what it does to people stands first."""
    comments = [f"# {' '.join(line.split())}" for line in access_lines(plan.access)]
    lines = [*comments, *call_lines(access, _statements(plan.statements))]
    return "\n".join([lines[0], *_indented(lines[1:])])


def _indented(lines: Iterable[str]) -> Iterator[str]:
    """Indent what begins a line of Python; the lines of a string stay as they are."""
    for line in lines:
        first, *rest = line.split("\n")
        yield "\n".join([f"    {first}", *rest])


def _statements(statements: Iterable[Statement]) -> Iterator[tuple[str, str]]:
    here = ident(DATABASE)
    for statement in statements:
        yield statement.what, statement.sql.replace(f"DATABASE {here}", f"DATABASE {DATABASE}")
