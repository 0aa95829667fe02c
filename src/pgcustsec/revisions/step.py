"""A step of a revision, as it is written in its file."""

from __future__ import annotations

#: What a statement does in words, and its SQL.
Step = tuple[str, str]
