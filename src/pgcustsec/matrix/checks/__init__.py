"""What a matrix must be beyond its form: sense, and the policy. Each check notes problems; none stops another."""

from __future__ import annotations

from datetime import date

from pgcustsec.errors import Problem
from pgcustsec.matrix.checks.access import check_access
from pgcustsec.matrix.checks.columns import check_columns
from pgcustsec.matrix.checks.deviations import check_deviations
from pgcustsec.matrix.checks.names import check_names
from pgcustsec.matrix.checks.requests import check_requests
from pgcustsec.matrix.checks.subjects import check_subjects
from pgcustsec.matrix.checks.terms import check_terms
from pgcustsec.matrix.model import Deviation, Matrix
from pgcustsec.matrix.tree import Notes, Part

CHECKS = (check_names, check_columns, check_subjects, check_terms, check_access, check_deviations, check_requests)


def check(tree: Part, notes: Notes) -> None:
    """Note everything in *tree* that the policy or sense forbids."""
    for one in CHECKS:
        one(tree, notes)


def warnings(matrix: Matrix, today: date) -> list[Problem]:
    """
    Return what in *matrix* is right but no longer has an effect on *today* (UTC): deviations past their end.

    They stay loadable, so that the day a deviation ends is not the day on which nothing can be applied any more.
    """
    return [_ended(deviation) for deviation in matrix.deviations if deviation.until < today]


def _ended(deviation: Deviation) -> Problem:
    off = "names are masked again" if deviation.allows == "names" else "tier 2 shows to who serves only"
    return Problem(
        deviation.mark.line,
        deviation.mark.column,
        f"deviation {deviation.approved} ended on {deviation.until}: for {deviation.role} on {deviation.table} {off}",
        "take it and what it allowed out of the matrix, or have it approved anew (5.2.5)",
    )
