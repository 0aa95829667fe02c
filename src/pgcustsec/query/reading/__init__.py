"""
Files with statements in them: scripts of psql, Python files, migrations.

    reading = read("app/orders.py", text)
    for passage in reading.passages: ...    # texts to check, each knowing where in the file it stands
    for note in reading.notes: ...          # what is not checked

Pure: texts in, values out. What statement is run cannot always be read off a file; then it is refused, never passed.
"""

from __future__ import annotations

from pgcustsec.query.reading import python, script
from pgcustsec.query.reading.passage import UNREADABLE, Lines, Note, Passage, Reading, Refusal

__all__ = ["UNREADABLE", "Lines", "Note", "Passage", "Reading", "Refusal", "read"]


def read(name: str, text: str) -> Reading:
    """Return what the file *name* has to check: Python where it ends so, else a script of psql."""
    return python.read(text) if name.endswith((".py", ".pyi")) else script.read(text)
