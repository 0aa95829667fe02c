"""A matrix file -> `Matrix`, or every problem of it at once."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from pgcustsec.errors import MatrixError, Problem, UsageError
from pgcustsec.matrix.build import build
from pgcustsec.matrix.checks import check
from pgcustsec.matrix.model import Matrix
from pgcustsec.matrix.read import read
from pgcustsec.matrix.source import LARGEST_BYTES, parse


def load(path: str | PathLike[str]) -> Matrix:
    """
    Return the role matrix of the file *path* (UTF-8 YAML 1.2).

    Raises `MatrixError` with everything wrong in it, in file order, and `UsageError` when there is no such file.
    """
    return loads(read_text(path), str(path))


def read_text(path: str | PathLike[str]) -> str:
    """Return the text of the matrix file *path*; raises as `load` does."""
    source = str(path)
    try:
        with Path(path).open("rb") as file:
            raw = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError(f"cannot read the matrix {source}: {reason}", hint="name the file with -m FILE") from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        raise MatrixError(source, [Problem(line, column, "not UTF-8 from here", "save the file as UTF-8")]) from error


def loads(text: str, source: str = "matrix.yaml") -> Matrix:
    """Return the role matrix that *text* says; *source* names it in errors. Raises `MatrixError`."""
    node, problems = parse(text)
    if node is None:
        raise MatrixError(source, problems or [Problem(1, 1, "the matrix is empty", "start from the demo's")])
    tree, notes = read(node)
    check(tree, notes)
    problems += notes.problems
    if problems:
        raise MatrixError(source, sorted(problems, key=lambda p: (p.line, p.column, p.message)))
    return build(tree, source)
