"""A folder of migrations as alembic has it, and the snapshot that each revision of ours leads to."""

from __future__ import annotations

import ast
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.script import Script, ScriptDirectory
from alembic.util import CommandError

from pgcustsec.errors import PgcustsecError, UsageError
from pgcustsec.revisions.change import SNAPSHOTS
from pgcustsec.revisions.snapshot import Snapshot, read_snapshot


def configure(folder: Path, **attributes: Any) -> Config:
    """
    Return alembic's configuration for the migrations in *folder*; *attributes* are for its `env.py`.

    Raises `UsageError` when *folder* holds no migrations.
    """
    if not (folder / "env.py").is_file():
        raise UsageError(
            f"no migrations in {folder}", hint="make a project with: pgcustsec init DIR, or give --directory"
        )
    config = Config()
    config.set_main_option("script_location", str(folder.absolute()).replace("%", "%%"))
    config.attributes.update(attributes)
    config.cmd_opts = Namespace(quiet=True)  # what was written is ours to say
    return config


@contextmanager
def said_by_alembic() -> Iterator[None]:
    """Raise what alembic refuses as an error of ours."""
    try:
        yield
    except NotImplementedError as error:  # what a revision without a way back raises
        raise UsageError(f"{error}; nothing was changed", hint="write the way back into the revision") from error
    except CommandError as error:
        if isinstance(error.__cause__, PgcustsecError):
            raise error.__cause__ from error
        raise UsageError(
            str(error), hint="look at: pgcustsec migrate history, and: pgcustsec migrate current"
        ) from error


def last_snapshot(script: ScriptDirectory) -> tuple[str, Snapshot] | None:
    """
    Return the newest snapshot of the history, with its file's name; None where no revision changes access.

    Raises `UsageError` when the history has more than one head.
    """
    heads = script.get_heads()
    if len(heads) > 1:
        raise UsageError(
            f"the history has {len(heads)} heads: {', '.join(heads)}", hint="merge them first: alembic merge heads"
        )
    for revision in script.walk_revisions():
        if name := snapshot_name(revision):
            return name, read_snapshot(Path(script.dir) / SNAPSHOTS / name)
    return None


def snapshot_name(revision: Script) -> str | None:
    """Return the name of the snapshot that *revision* leads to, read from its text; None if it changes no access."""
    tree = ast.parse(Path(revision.path).read_text(encoding="utf-8"))
    ways = (node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "upgrade")
    names = [
        call.args[0].value
        for way in ways
        for call in ast.walk(way)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "change_access"
        and call.args
        and isinstance(call.args[0], ast.Constant)
    ]
    return next((name for name in reversed(names) if isinstance(name, str)), None)
