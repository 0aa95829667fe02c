"""Matrix -> wanted objects. Pure: what it knows of the database comes in as a `Site`."""

from __future__ import annotations

from pgcustsec.compile.wanted import compile_matrix

__all__ = ["compile_matrix"]
