"""What a matrix gives to people, cell by cell, in words: what a plan compares to say who gains and who loses."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from pgcustsec.compile.scopes import deviations, top_of
from pgcustsec.matrix.model import Access, Column, Matrix, RequestKind, Role, ServedByColumn, Table

Place = tuple[str, str, str]  # role, table, column


@dataclass(frozen=True, slots=True)
class Exposure:
    """
    How a role sees a column: in which rows, and how there.

    `means` says what the scopes rest on: more of it is more access. `only_where` says what narrows them.
    """

    tier: int
    rows: tuple[str, ...]
    shows: str
    means: tuple[str, ...] = ()
    only_where: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return f"{self.shows}, rows: {' + '.join(self.rows)}"

    @property
    def full_text(self) -> str:
        return f"{self.text} ({'; '.join((*self.means, *self.only_where))})"


@dataclass(frozen=True, slots=True)
class AccessChange:
    """
    A role's access to one column before and after; None where there is none.

    `rows` says in which rows, where these are others: `serving -> branch`.
    """

    role: str
    table: str
    column: str
    tier: int
    before: str | None
    after: str | None
    widens: bool
    rows: str | None = None


def exposure(matrix: Matrix) -> dict[Place, Exposure]:
    """Return how each role of *matrix* sees each column that it sees at all."""
    seen = {
        (role.name, table, column.name): Exposure(
            column.tier, _rows(access), shows, *_grounds(matrix, role, access, column)
        )
        for role in matrix.roles.values()
        for table, access in role.tables.items()
        if _rows(access)
        for column in matrix.tables[table].columns.values()
        if (shows := _shows(matrix, role, access, column))
    }
    return seen | _erasures(matrix) | _gate(matrix) | _administration(matrix)


def _erasures(matrix: Matrix) -> dict[Place, Exposure]:
    """Who may have customers erased who wish it, in which rows; it stands beside the columns, as the whole row's."""
    return {
        (role.name, table, ERASURE): Exposure(
            1, (access.tier2,), "erased with all that hangs on it", tuple(sorted(map(_erased_by_request, kinds)))
        )
        for role in matrix.roles.values()
        if (kinds := matrix.erasures_by(role))
        for table, access in role.tables.items()
        if matrix.tables[table].parent is None and access.tier2 != "none" and _rows(access)
    }


def _gate(matrix: Matrix) -> dict[Place, Exposure]:
    """What keeps an administrator from widening the matrix alone (5.2.5): it stands beside what people see."""
    kind = next((kind for kind in matrix.requests.values() if kind.widens), None)
    if kind is None:
        return {}
    said = _by_request(kind).removeprefix("in full ")
    return {GATE: Exposure(3, ("all",), f"widened {said}, filed by {', '.join(kind.filed_by)}, and not else")}


def _administration(matrix: Matrix) -> dict[Place, Exposure]:
    """Who may act as the tables' owner: more than any role sees, so one more of them is wider (5.2.5)."""
    acting = Exposure(1, ("all",), "acts as the tables' owner, and applies the matrix")
    return {(GATE[0], ALL_TABLES, name): acting for name in matrix.administrators.roles}


def _rows(access: Access) -> tuple[str, ...]:
    rows = tuple(sorted(set(access.rows) - {"none"}))
    return ("all",) if "all" in rows else rows


def _shows(matrix: Matrix, role: Role, access: Access, column: Column) -> str | None:
    if column.tier == 3:
        return "value"
    if column.tier == 1:
        if access.tier1 == "absent":
            return _BY_REQUEST if matrix.requests_used_by(role) and not role.service else None
        return f"*** ({access.tier1})"
    if access.tier2 == "none":
        return "nothing (NULL)"
    form = "masked" if column.is_name else "value"
    if column.is_name and access.names == "value" and deviations(matrix, role, access, "names"):
        form = _NAMED
    return f"{form} where {access.tier2}"


def _grounds(matrix: Matrix, role: Role, access: Access, column: Column) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the scopes that let a cell of *column* show rest on, and what narrows them."""
    table = matrix.tables[access.table]
    top = top_of(matrix, table)
    means = _means(top, set(_rows(access)))
    if (column.tier == 2 or table.exists_is_tier2) and access.tier2 != "none":
        means |= {_CELLS + ground for ground in _means(top, {access.tier2, "serving"})}
    means |= {f"until {d.until}" for d in deviations(matrix, role, access, "tier2") if column.tier == 2}
    if column.is_name and access.names == "value":
        means |= {f"in full until {d.until}" for d in deviations(matrix, role, access, "names")}
    rule = role.record_access or matrix.record_access
    if column.tier == 1 and access.tier1 == "masked" and table.qualified in rule.children:
        means.add(f"opens with its {top.name}")
    if column.tier < 3:
        means |= {_by_request(kind) for kind in matrix.requests_used_by(role)}
    only_where = (f"only where tier 2 shows: {access.tier2}",) if table.exists_is_tier2 else ()
    if top.retention:
        only_where = (*only_where, "within its term")
    return tuple(sorted(means)), only_where


def _erased_by_request(kind: RequestKind) -> str:
    return _ERASED + _by_request(kind).removeprefix(_IN_FULL)


def _by_request(kind: RequestKind) -> str:
    """What a kind of special application gives (5.2.1), its limits in numbers that `_covers` compares."""
    chain = ", ".join(step.role or f"manager of {step.manager_of}" for step in kind.approvals)
    approved = f"approved by {chain}" + (f" within {kind.emergency_hours} hours" if kind.emergency_hours else "")
    rows = f"{kind.max_rows} rows" if kind.max_rows else "any rows"
    return f"{_IN_FULL}{kind.name}, {kind.max_days} days, {rows}{' a day' if kind.standing else ''}, {approved}"


def _covers(before: str, after: str) -> bool:
    """Whether ground *after* is *before*, or the same request with no higher limits."""
    if not any(before.startswith(one) and after.startswith(one) for one in (_IN_FULL, _ERASED)):
        return before == after
    (said, limits), (asked, wanted) = (_limits(before), _limits(after))
    return said == asked and all(new <= old for new, old in zip(wanted, limits, strict=True))


def _limits(ground: str) -> tuple[str, list[float]]:
    """*ground* without its numbers, and those: days, rows, hours to be approved in."""
    words = re.sub(r"\bany rows\b", "inf rows", ground)
    found = re.compile(r"\b(\d+|inf)(?= (?:days|rows|hours)\b)")
    return found.sub("", words), [float(one) for one in found.findall(words)]


def _means(top: Table, scopes: set[str]) -> set[str]:
    means: set[str] = set()
    if "serving" in scopes or ("department" in scopes and top.department_of_server):
        means |= {f"served by {s.column if isinstance(s, ServedByColumn) else s.table}" for s in top.served_by}
    if "serving" in scopes and top.managers != "none":
        means |= {"managers serve"} | ({"managers of managers serve"} if top.managers == "chain" else set())
    if "department" in scopes and top.department_column:
        means.add(f"department is {top.department_column}")
    if "branch" in scopes:
        means.add(f"branch is {top.branch}")
    if "pool" in scopes and top.pool:
        means.add(f"pool is {top.pool.when}")
    return means


#: What a ground of tier-2 cells, and not of rows, begins with; and one of full values.
_CELLS = "tier 2: "
_IN_FULL = "in full by request "
_ERASED = "by request "

#: Where it stands that what lets anybody see more is applied by an approved request alone.
GATE: Place = ("(administrators)", "(matrix)", "(widening)")
#: What stands in a table's place where all of them are meant.
ALL_TABLES = "(tables)"
#: What stands in a column's place where the whole row is meant.
ERASURE = "(erasure)"

#: From least to most. Rows are compared as sets, with `all` above everything.
_NAMED = "masked, in full once opened,"
_BY_REQUEST = "no column, by request alone"
_FORMS = (
    _BY_REQUEST,
    "nothing (NULL)",
    "*** (hidden)",
    "*** (masked)",
    "masked where serving",
    f"{_NAMED} where serving",
    "value where serving",
)


def _widens(before: Exposure | None, after: Exposure | None) -> bool:
    """Whether *after* may show anyone anything that *before* did not. In doubt it does."""
    if after is None:
        return False
    if before is None:
        return True
    more_rows = "all" not in before.rows and not set(after.rows) <= set(before.rows)
    # The same words on other grounds are other rows, or cells; in doubt more of them.
    grounds = {new for new in after.means if not any(_covers(old, new) for old in before.means)}
    if "all" in before.rows:
        grounds = {ground for ground in grounds if ground.startswith((_CELLS, _IN_FULL, _ERASED))}
    if before.shows == after.shows and (grounds or not set(before.only_where) <= set(after.only_where)):
        return True
    return more_rows or _rank(after.shows) > _rank(before.shows)


def _rank(shows: str) -> int:
    return _FORMS.index(shows) if shows in _FORMS else len(_FORMS)


def compare(before: Mapping[Place, Exposure], after: Mapping[Place, Exposure]) -> list[AccessChange]:
    """Return what changes for each role and column, in order of role, table and column."""
    changes = []
    for place in sorted(before.keys() | after.keys()):
        old, new = before.get(place), after.get(place)
        if old == new:
            continue
        known = new or old
        assert known is not None
        changes.append(
            AccessChange(
                *place,
                tier=known.tier,
                before=_said(old, new),
                after=_said(new, old),
                # What keeps others from more is wider the other way round: gone, or kept by others than before.
                widens=old is not None if place == GATE else _widens(old, new),
                rows=_other_rows(old, new),
            )
        )
    return changes


def _other_rows(old: Exposure | None, new: Exposure | None) -> str | None:
    if old is None or new is None or old.rows == new.rows:
        return None
    return f"{' + '.join(old.rows)} -> {' + '.join(new.rows)}"


def _said(one: Exposure | None, other: Exposure | None) -> str | None:
    """*one* in words: with what it rests on only where nothing else tells it from *other*."""
    if one is None:
        return None
    return one.full_text if other and other.text == one.text else one.text


def to_rows(exposures: Mapping[Place, Exposure]) -> list[list[object]]:
    """*exposures* as a JSON-able list, which `from_rows` reads."""
    return [
        [*place, e.tier, list(e.rows), e.shows, list(e.means), list(e.only_where)]
        for place, e in sorted(exposures.items())
    ]


def from_rows(rows: Iterable[list[object]]) -> dict[Place, Exposure]:
    """The reverse of `to_rows`."""
    result: dict[Place, Exposure] = {}
    for role, table, column, tier, scopes, shows, means, only_where in rows:
        assert isinstance(scopes, list) and isinstance(tier, int)
        assert isinstance(means, list) and isinstance(only_where, list)
        known = Exposure(tier, tuple(map(str, scopes)), str(shows), tuple(map(str, means)), tuple(map(str, only_where)))
        result[str(role), str(table), str(column)] = known
    return result


def access_lines(
    changes: Iterable[AccessChange], more: Callable[[AccessChange], Iterable[str]] = lambda change: ()
) -> Iterator[str]:
    """
    Yield what *changes* give to and take from people; columns of a table that change alike share a line.

    *more* gives lines that stand below a change.
    """
    alike: dict[AccessChange, list[str]] = defaultdict(list)
    for change in changes:
        alike[replace(change, column="")].append(change.column)
    for title, widening in (("Access gained or changed for more:", True), ("Access lost or changed for less:", False)):
        lines = [
            line
            for change, columns in alike.items()
            if change.widens is widening
            for line in (*_access_lines(change, columns), *more(change))
        ]
        if lines:
            yield title
            yield from lines


def _access_lines(change: AccessChange, columns: list[str]) -> Iterator[str]:
    sign = "+" if change.widens else "-"
    yield f"  {sign} {change.role}, {change.table}, tier {change.tier}: {', '.join(columns)}"
    yield f"      before: {change.before or 'no access'}"
    yield f"      after:  {change.after or 'no access'}"
    if change.rows:
        yield f"      rows:   {change.rows}"
