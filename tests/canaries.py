"""Where a true value must not be found: a dump of everything but the vault, and the server's log."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.cluster import Database, Server


def dump(database: Database, *, vault: bool = False) -> str:
    """What pg_dump gives of *database*, the vault and its keys left out unless *vault*."""
    if database.server.bindir is None:
        pytest.skip("the dump program of a server of one's own is not at hand")
    left_out = [] if vault else ["-N", "pgcustsec_vault", "-N", "pgcustsec_keys"]
    command = [database.server.bindir / "pg_dump", *left_out, "-d", database.conninfo()]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def log(server: Server) -> str:
    """All that *server* has logged since it started."""
    files = (path for path in Path(server.folder).rglob("*.log") if path.is_file())
    return "".join(path.read_text(encoding="utf-8", errors="replace") for path in files)
