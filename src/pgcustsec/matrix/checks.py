"""What a matrix must be beyond its form."""

from __future__ import annotations

from pgcustsec.matrix.tree import Notes, Part


def check(tree: Part, notes: Notes) -> None:
    """Note everything in *tree* that the policy or sense forbids."""
