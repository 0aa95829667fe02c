"""A plan as text: what it does to people first, then to the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from pgcustsec.compile.exposure import AccessChange, access_lines
from pgcustsec.compile.terms.outcomes import outcome_lines
from pgcustsec.plan import Plan
from pgcustsec.plan.live import Live
from pgcustsec.statement import Statement


def plan_lines(plan: Plan, *, verbose: bool, live: Sequence[Live] = ()) -> Iterator[str]:
    """
    Yield *plan* line by line; *verbose* shows every statement's SQL, else statements are counted by kind.

    *live* says how many people and rows each change is about; *verbose* names the people.
    """
    if not plan:
        yield f"Database {plan.database} is as the matrix says: nothing to do."
    counted = {(one.role, one.table): one for one in live}
    yield from access_lines(plan.access, lambda change: _live_lines(change, counted, verbose))
    if plan.widening:
        yield "It widens access, and the matrix wants that approved before it is applied (5.2.5):"
        yield f"  pgcustsec request file KIND --widening {plan.widening} --purpose PURPOSE --days N"
    if plan.outcomes:
        yield "What anonymising leaves of a row (4.3):"
        yield from (f"  {line}" for line in outcome_lines(plan.outcomes))
    if plan:
        yield f"{len(plan.statements)} statements for database {plan.database} (state {plan.fingerprint}):"
        yield from _statements(plan.statements, verbose=verbose)
    if plan.unmanaged:
        yield "Left alone, none of the matrix's:"
        yield from (f"  {line}" for line in plan.unmanaged)


def _live_lines(change: AccessChange, live: Mapping[tuple[str, str], Live], verbose: bool) -> Iterator[str]:
    one = live.get((change.role, change.table))
    if one is None:
        return
    before, after = change.before, change.after
    more = ("see more of" if change.widens else "see less of") if before and after else "newly see" if after else "lose"
    yield f"      live:   {len(one.staff)} staff {more} this, {_rows_counted(one, before, after)}"
    if verbose:
        yield from (f"          {staff} {name}" for staff, name in one.staff)


def _rows_counted(one: Live, before: str | None, after: str | None) -> str:
    if one.before is None or one.after is None:
        return f"rows not counted: {one.why}"
    if before is None:
        return f"in {one.after:,} rows"
    if one.before == one.after:
        return f"in {one.after:,} rows, as many as before"
    return f"in {one.before:,} rows" if after is None else f"in {one.before:,} -> {one.after:,} rows"


def _statements(statements: tuple[Statement, ...], *, verbose: bool) -> Iterator[str]:
    if verbose:
        for statement in statements:
            yield f"  {statement.what}"
            yield from (f"      {line}" for line in statement.sql.splitlines())
        return
    kinds = Counter(_kind(statement) for statement in statements)
    for (word, kind), count in sorted(kinds.items()):
        names = [s.object.removeprefix(f"{kind} ") for s in statements if _kind(s) == (word, kind)]
        shown = ", ".join(names[:3]) + (f", and {count - 3} more" if count > 3 else "")
        yield f"  {word} {kind} x{count}: {shown}"


#: The kinds of object whose name is more than one word.
_TWO_WORDS = ("row security", "default privileges", "foreign rule", "foreign trigger")


def _kind(statement: Statement) -> tuple[str, str]:
    word = statement.what.partition(" ")[0]
    two = next((kind for kind in _TWO_WORDS if statement.object.startswith(kind)), None)
    return word, two or statement.object.partition(" ")[0]
