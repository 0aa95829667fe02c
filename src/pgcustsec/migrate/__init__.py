"""Bringing a database in line with a matrix, and keeping the record of it."""

from __future__ import annotations

from pgcustsec.migrate.apply import apply_matrix, plan_matrix
from pgcustsec.migrate.drift import find_drift
from pgcustsec.migrate.live import live_counts

__all__ = ["apply_matrix", "find_drift", "live_counts", "plan_matrix"]
