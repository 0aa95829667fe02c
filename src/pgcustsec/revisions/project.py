"""A user's own project: a matrix to begin with, and a folder of migrations that alembic runs."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from pgcustsec.errors import Refused
from pgcustsec.revisions.change import SNAPSHOTS

_FILES = ("matrix.yaml", "alembic.ini", "migrations/env.py", "migrations/script.py.mako")


def make_project(folder: Path) -> list[Path]:
    """
    Write a project into *folder*, which is made if need be, and return its files. What is there stays as it is.

    Raises `Refused`, writing nothing, when one of the files is there already.
    """
    there = [name for name in (*_FILES, "migrations") if (folder / name).exists()]
    if there:
        raise Refused(f"{folder} already has {', '.join(there)}; nothing was written", hint="give another folder")
    for name in ("versions", SNAPSHOTS):
        (folder / "migrations" / name).mkdir(parents=True)
    for name in _FILES:
        (folder / name).write_text(template(name), encoding="utf-8")
    return [folder / name for name in _FILES]


def template(name: str) -> str:
    """Return the text of the template *name*, a path in a project."""
    place: Traversable = files("pgcustsec.revisions")
    for part in ("template", *name.split("/")):
        place = place / part
    return place.read_text(encoding="utf-8")
