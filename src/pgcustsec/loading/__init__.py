"""Bringing files of customers in: each value to where it belongs, masked form and true value together (5.2.1)."""

from __future__ import annotations

from pgcustsec.loading.load import Loaded, load
from pgcustsec.loading.problems import PROBLEM_COLUMN, RowProblem

__all__ = ["PROBLEM_COLUMN", "Loaded", "RowProblem", "load"]
