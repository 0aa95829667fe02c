"""A server that has the extension's files, without touching the one that the system has."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pgcustsec.extension import script
from tests import cluster
from tests.cluster import Candidate, Server


@contextmanager
def stocked_server(server: Server) -> Iterator[Server]:
    """
    Start an empty cluster of *server*'s version in which `CREATE EXTENSION pgcustsec` finds its files.

    PostgreSQL looks for its files relative to its program. So: a tree of links to the installed one, with a copy of
    the program and a folder `extension` of our own.
    """
    assert server.bindir is not None
    with tempfile.TemporaryDirectory(prefix="pgcustsec-stocked-") as folder:
        root = Path(folder)
        root.chmod(0o755)
        bindir = _link_tree(server.bindir, root)
        started = cluster.start(Candidate(f"{server.name}-stocked", server.version, bindir=bindir))
        try:
            yield started
        finally:
            started.stop()


def _link_tree(bindir: Path, root: Path) -> Path:
    places = {name: Path(_pg_config(bindir, name)) for name in ("bindir", "sharedir", "pkglibdir")}
    top = os.path.commonpath(places.values())
    inside = {name: root / place.relative_to(top) for name, place in places.items()}
    inside["pkglibdir"].parent.mkdir(parents=True, exist_ok=True)
    inside["pkglibdir"].symlink_to(places["pkglibdir"])
    _link_each(places["bindir"], inside["bindir"])
    (inside["bindir"] / "postgres").unlink()
    shutil.copy(places["bindir"] / "postgres", inside["bindir"] / "postgres")
    _link_each(places["sharedir"], inside["sharedir"])
    (inside["sharedir"] / "extension").unlink()
    _link_each(places["sharedir"] / "extension", inside["sharedir"] / "extension")
    stock(inside["sharedir"] / "extension")
    return inside["bindir"]


def stock(folder: Path) -> None:
    """Write the extension's files as they stand in this checkout into *folder*."""
    (folder / script.CONTROL).write_text(script.control(), encoding="utf-8")
    (folder / script.SCRIPT).write_text(script.extension_script(), encoding="utf-8")


def _link_each(source: Path, target: Path) -> None:
    target.mkdir(parents=True)
    for entry in source.iterdir():
        (target / entry.name).symlink_to(entry)


def _pg_config(bindir: Path, name: str) -> str:
    command = [bindir / "pg_config", f"--{name}"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
