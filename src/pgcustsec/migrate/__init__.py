"""Bringing a database in line with a matrix, and keeping the record of it."""

from __future__ import annotations

from pgcustsec.migrate.apply import apply_matrix, plan_matrix

__all__ = ["apply_matrix", "plan_matrix"]
