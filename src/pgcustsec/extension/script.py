"""The extension's script and control file: where they are, and the parts that the plain-SQL delivery leaves out."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from pathlib import Path
from tempfile import TemporaryDirectory

from pgcustsec import __version__

NAME = "pgcustsec"
VERSION = ".".join(__version__.split(".")[:2])
SCRIPT = f"{NAME}--{VERSION}.sql"
CONTROL = f"{NAME}.control"

OWNER_PART = "05_owner.sql"
#: psql's guard, and calls that fail outside an extension.
EXTENSION_ONLY = ("00_guard.sql", "90_dump.sql")

PACKAGED = Path(__file__).parents[1] / "_sql"
CHECKOUT = Path(__file__).parents[3] / "sql"

_PART = re.compile(r"^-- sql/src/(\S+\.sql)\n", re.MULTILINE)


def control() -> str:
    """Return the text of the control file."""
    return (_folder() / CONTROL).read_text(encoding="utf-8")


def extension_script() -> str:
    """
    Return the whole script that CREATE EXTENSION runs.

    In a checkout it is put together from `sql/src`, as `make build` does it, so that a change is tried as it stands;
    from a wheel it is the built file.
    """
    sources = CHECKOUT / "src"
    if PACKAGED.is_dir() or not sources.is_dir():
        return (_folder() / SCRIPT).read_text(encoding="utf-8")
    scripts = (file for file in sources.rglob("*.sql") if file.relative_to(sources).parts[0][0].isdigit())
    files = sorted(scripts, key=lambda file: file.as_posix().encode())
    return "".join(
        f"-- sql/src/{file.relative_to(sources).as_posix()}\n{file.read_text(encoding='utf-8')}\n" for file in files
    )


def parts() -> dict[str, str]:
    """Return the script's source files, path under `sql/src` to text, in the order in which they run."""
    pieces = _PART.split(extension_script())
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def plain_script() -> str:
    """Return what the plain-SQL delivery runs: the same text without what only an extension may do."""
    return "".join(text for name, text in parts().items() if name not in EXTENSION_ONLY)


def lent_files() -> AbstractContextManager[str]:
    """
    Return a context whose value is a folder as `extension_control_path` wants it, gone when the context ends.

    Only a server on this machine that may read our temporary files can use it.
    """
    return _Lent()


class _Lent(AbstractContextManager[str]):
    def __enter__(self) -> str:
        self._folder = TemporaryDirectory(prefix="pgcustsec-")
        top = Path(self._folder.name)
        files = top / "extension"
        files.mkdir()
        (files / CONTROL).write_text(control(), encoding="utf-8")
        (files / SCRIPT).write_text(extension_script(), encoding="utf-8")
        # The server is another user. Nothing in the files is secret.
        for path, mode in ((top, 0o755), (files, 0o755), (files / CONTROL, 0o644), (files / SCRIPT, 0o644)):
            path.chmod(mode)
        return str(top)

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()


def _folder() -> Path:
    return PACKAGED if PACKAGED.is_dir() else CHECKOUT
