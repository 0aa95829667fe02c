"""What a matrix gives to people, cell by cell, in words: what a plan compares to say who gains and who loses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pgcustsec.matrix.model import Access, Column, Matrix, Role

Place = tuple[str, str, str]  # role, table, column


@dataclass(frozen=True, slots=True)
class Exposure:
    """How a role sees a column: in which rows, and how there."""

    tier: int
    rows: tuple[str, ...]
    shows: str

    @property
    def text(self) -> str:
        return f"{self.shows}, rows: {' + '.join(self.rows)}"


@dataclass(frozen=True, slots=True)
class AccessChange:
    """A role's access to one column before and after; None where there is none."""

    role: str
    table: str
    column: str
    tier: int
    before: str | None
    after: str | None
    widens: bool


def exposure(matrix: Matrix) -> dict[Place, Exposure]:
    """Return how each role of *matrix* sees each column that it sees at all."""
    return {
        (role.name, table, column.name): Exposure(column.tier, _rows(access), shows)
        for role in matrix.roles.values()
        for table, access in role.tables.items()
        if _rows(access)
        for column in matrix.tables[table].columns.values()
        if (shows := _shows(matrix, role, access, column))
    }


def _rows(access: Access) -> tuple[str, ...]:
    rows = tuple(sorted(set(access.rows) - {"none"}))
    return ("all",) if "all" in rows else rows


def _shows(matrix: Matrix, role: Role, access: Access, column: Column) -> str | None:
    if column.tier == 3:
        return "value"
    if column.tier == 1:
        return None if access.tier1 == "absent" else f"*** ({access.tier1})"
    if access.tier2 == "none":
        return "nothing (NULL)"
    form = "masked" if column.is_name else "value"
    return f"{form} where {access.tier2}"


#: From least to most. Rows are compared as sets, with `all` above everything.
_FORMS = ("nothing (NULL)", "*** (hidden)", "*** (masked)", "masked where serving", "value where serving")


def _widens(before: Exposure | None, after: Exposure | None) -> bool:
    """Whether *after* may show anyone anything that *before* did not. In doubt it does."""
    if after is None:
        return False
    if before is None:
        return after.shows != _FORMS[0] or after.tier == 3
    more_rows = "all" not in before.rows and not set(after.rows) <= set(before.rows)
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
                before=old.text if old else None,
                after=new.text if new else None,
                widens=_widens(old, new),
            )
        )
    return changes


def to_rows(exposures: Mapping[Place, Exposure]) -> list[list[object]]:
    """*exposures* as a JSON-able list, which `from_rows` reads."""
    return [[*place, e.tier, list(e.rows), e.shows] for place, e in sorted(exposures.items())]


def from_rows(rows: Iterable[list[object]]) -> dict[Place, Exposure]:
    """The reverse of `to_rows`."""
    result: dict[Place, Exposure] = {}
    for role, table, column, tier, scopes, shows in rows:
        assert isinstance(scopes, list) and isinstance(tier, int)
        result[str(role), str(table), str(column)] = Exposure(tier, tuple(map(str, scopes)), str(shows))
    return result
