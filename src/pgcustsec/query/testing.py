"""
For tests of applications: what their statements may reveal, asserted.

    from pgcustsec.query.testing import assert_reveals_nothing_above

    def test_the_list_of_customers_is_of_tier_3_alone() -> None:
        assert_reveals_nothing_above(LIST, tier=3, role="sales_agent", matrix="matrix.yaml")
"""

from __future__ import annotations

from collections.abc import Iterator
from os import PathLike

from pgcustsec.matrix.load import load
from pgcustsec.matrix.model import Matrix
from pgcustsec.query.files import check_files
from pgcustsec.query.results import Checked, Seen, Statement
from pgcustsec.query.verdict import Verdict

_NAME = "the text"


def assert_reveals_nothing_above(sql: str, *, role: str, matrix: Matrix | str | PathLike[str], tier: int = 3) -> None:
    """
    Fail where a statement of *sql* would tell who holds *role* anything above *tier*: of tier 1 or 2 for 3 (5.2.2).

    Counts what is revealed, masked or inferred, in a column as in a condition or an order, and what nobody can say
    beforehand. A statement that is refused fails, and so does a text without any. *matrix* is the matrix, or its file.
    Raises `AssertionError`, which names columns and never a value; `UsageError` where the matrix has no such role.
    """
    __tracebackhide__ = True
    source = "matrix" if isinstance(matrix, Matrix) else str(matrix)
    loaded = matrix if isinstance(matrix, Matrix) else load(matrix)
    checked = check_files(loaded, source, [role], [(_NAME, sql)])
    if not checked.statements:
        raise AssertionError("there is no statement in the text")
    if found := list(_above(checked, tier)):
        raise AssertionError("\n".join([f"{role} would see more than tier {tier}:", *found]))


def _above(checked: Checked, tier: int) -> Iterator[str]:
    for statement in checked.statements:
        found = [*_refused(statement), *(_sentence(one, checked) for one in statement.seen if _is_above(one, tier))]
        if found:
            yield f"  {' '.join(statement.text.split())}"
            yield from (f"    {line}" for line in found)


def _refused(statement: Statement) -> Iterator[str]:
    if statement.verdict is Verdict.REFUSED:
        for told in statement.told:
            if told.level == "error":
                yield f"{told.place.line}:{told.place.column} is refused: {told.message}; instead: {told.instead}"


def _is_above(one: Seen, tier: int) -> bool:
    if one.verdict is Verdict.HIDDEN:
        return False
    return one.verdict is Verdict.OPAQUE or (one.tier is not None and one.tier < tier)


def _sentence(one: Seen, checked: Checked) -> str:
    what = f"{'column ' if one.what == 'column' else ''}{one.label}"
    tier = f", tier {one.tier}" if one.tier else ""
    ways = [f"{way.column} ({checked.matrix}:{way.matrix_line}) by {' < '.join(way.path)}" for way in one.origins]
    return f"{one.place.line}:{one.place.column} {what} is {one.verdict.value}{tier}: {'; '.join([*ways, *one.opaque])}"
