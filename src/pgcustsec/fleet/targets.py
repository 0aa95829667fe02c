"""The file that names the databases: waves of targets, each with how to reach it and its matrix, and no password."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from pgcustsec.errors import MatrixError, Problem, UsageError
from pgcustsec.matrix.load import load
from pgcustsec.matrix.model import NOWHERE, Mark, Matrix
from pgcustsec.matrix.read import read
from pgcustsec.matrix.shapes import Key, Keys, Many, Named, Text, Whole
from pgcustsec.matrix.source import parse
from pgcustsec.matrix.tree import Part

#: How many databases are worked on at the same time where the file does not say.
PARALLEL = 4
WHAT = "the file of targets"
SECRETS = ("password", "sslpassword")

_NAME = Text("name", r"[\w.-]+", "letters, digits, . _ -", 40)
_TARGET = Keys(
    "target",
    {
        "conninfo": Key(
            Text("conninfo", r"[^\x00-\x1f\x7f]+", "a libpq conninfo or URI", 1000), "how to reach it", True
        ),
        "matrix": Key(Text("file", r"[^\x00-\x1f\x7f]+", "a file name", 1000), "its matrix, beside this file"),
    },
)
_WAVE = Keys("wave", {"targets": Key(Named("targets", _NAME, _TARGET), "its databases, by name", True)})
FORM = Keys(
    "targets",
    {
        "parallel": Key(Whole(1, 64), "how many at the same time"),
        "waves": Key(Many(_WAVE), "what goes first", True),
    },
)


@dataclass(frozen=True, slots=True)
class Target:
    """A database: its name in the file, how to reach it, the number of its wave from 1 on, and its matrix."""

    name: str
    conninfo: str
    wave: int
    matrix: Matrix


@dataclass(frozen=True, slots=True)
class Fleet:
    """All targets, wave after wave in the order of the file, and how many are worked on at the same time."""

    parallel: int
    waves: tuple[tuple[Target, ...], ...]

    @property
    def targets(self) -> tuple[Target, ...]:
        return tuple(target for wave in self.waves for target in wave)


def read_targets(file: Path, matrix: Path) -> Fleet:
    """
    Return the fleet that *file* names; targets that say nothing else have the matrix of the file *matrix*.

    Every matrix is read before anything is done anywhere. Raises `MatrixError` with everything that is wrong in the
    file, or in a matrix, and `UsageError` where a file is not to be read. A password in it is refused.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read {WHAT} {file}: {type(error).__name__}", hint="give --targets FILE") from error
    node, problems = parse(text)
    if node is None:
        raise MatrixError(str(file), problems or [Problem(1, 1, "no waves")], what=WHAT)
    tree, notes = read(node, FORM, WHAT)
    found = [part for part in tree.items_of("waves") if isinstance(part, Part)]
    problems += [*notes.problems, *_wrong(found)]
    if not problems and not any(wave.part("targets") for wave in found):
        problems.append(Problem(tree.mark.line, tree.mark.column, "there are no targets", "name at least one"))
    if problems:
        raise MatrixError(str(file), sorted(problems, key=lambda one: (one.line, one.column)), what=WHAT)
    return Fleet(tree.get("parallel", PARALLEL), _waves(found, file, matrix))


def _wrong(waves: list[Part]) -> list[Problem]:
    problems = []
    seen: set[str] = set()
    for wave in waves:
        for name, target in wave.named("targets"):
            if name in seen:
                problems.append(Problem(name.mark.line, name.mark.column, f"target {str(name)!r} stands there twice"))
            seen.add(name)
            if "conninfo" in target:
                problems += _wrong_conninfo(target["conninfo"], target.at.get("conninfo", NOWHERE))
    return problems


def _wrong_conninfo(conninfo: str, mark: Mark) -> list[Problem]:
    """A conninfo is never shown: it may hold a password."""
    try:
        given = conninfo_to_dict(conninfo)
    except ProgrammingError:
        return [Problem(mark.line, mark.column, "this is no conninfo", "write: host=... dbname=..., or a URI")]
    secret = next((name for name in SECRETS if given.get(name)), None)
    if secret is None:
        return []
    hint = "leave it out: a passfile (.pgpass), PGSERVICE or a certificate"
    return [Problem(mark.line, mark.column, f"a {secret} stands in the file", hint)]


def _waves(waves: list[Part], file: Path, matrix: Path) -> tuple[tuple[Target, ...], ...]:
    loaded: dict[Path, Matrix] = {}

    def of(path: Path) -> Matrix:
        if path not in loaded:
            loaded[path] = load(path)
        return loaded[path]

    return tuple(
        tuple(
            Target(
                str(name),
                str(part["conninfo"]),
                number,
                of(file.parent / str(part["matrix"]) if "matrix" in part else matrix),
            )
            for name, part in wave.named("targets")
        )
        for number, wave in enumerate(waves, 1)
    )
