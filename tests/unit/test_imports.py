"""Imports go one way, also those inside functions and under TYPE_CHECKING: read from the source, nothing is run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "src" / "pgcustsec"

#: The lowest first. A module imports from lower levels only, never from its own.
LEVELS = (
    {"matrix", "statement", "shape", "client"},
    {"objects"},
    {"catalog", "compile"},
    # What a value looks like: its surnames are those that masks know.
    {"looks"},
    {"query", "plan", "inspecting"},
    {
        "people",
        "requests",
        "extracts",
        "disclosures",
        "supervise",
        "network",
        "report",
        "migrate",
        "extension",
        "embedded",
    },
    # Sealing begins with a plan and ends with an apply; whose key or session it is, people know.
    {"vault", "access", "pool", "revisions", "adopting"},
    # A sweep goes in batches as the vault's are.
    {"loading", "retention"},
    # It looks at everything that is built.
    {"doctor", "fleet"},
    {"demo"},
    {"cli"},
    {"__main__"},
)
LEVEL = {name: level for level, names in enumerate(LEVELS) for name in names}
OPEN_TO_ALL = {"errors", "db", "__version__"}

#: Library -> the only places that may import it, as paths in the package.
KEPT_TO = {"click": ("cli/",), "pglast": ("query/", "matrix/predicate.py"), "alembic": ("revisions/",)}

#: These never touch a connection. Quoting (psycopg.sql) needs none.
OFFLINE = {"matrix", "statement", "shape", "objects", "compile", "plan"}


def sources() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imported(source: str, file: Path) -> Iterator[str]:
    """Yield the full dotted name of everything that *source*, the text of *file*, imports."""
    package = ["pgcustsec", *file.relative_to(PACKAGE).parts[:-1]]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*start, *filter(None, [node.module])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


def objections(source: str, file: Path) -> list[str]:
    """Return what is wrong with the imports of *source*, one sentence each."""
    place = file.relative_to(PACKAGE).as_posix()
    found = []
    for name in imported(source, file):
        library, _, rest = name.partition(".")
        if library == "pgcustsec":
            found += _wrong_arrow(place, rest.partition(".")[0])
        elif library in KEPT_TO and not place.startswith(KEPT_TO[library]):
            found.append(f"{place} imports {name}: {library} is for {' and '.join(KEPT_TO[library])} only")
        if _room(place) in OFFLINE and (name.startswith("pgcustsec.db") or _opens_connections(name)):
            found.append(f"{place} imports {name}, but never touches a connection")
    return found


def _room(place: str) -> str:
    return place.partition("/")[0].removesuffix(".py")


def _opens_connections(name: str) -> bool:
    return name.split(".")[0] == "psycopg" and not name.startswith("psycopg.sql")


def _wrong_arrow(place: str, target: str) -> list[str]:
    room = _room(place)
    if room == "client":
        return [] if target == "errors" else [f"{place} imports {target}: client imports nothing of ours but errors"]
    if target in OPEN_TO_ALL or target == room:
        return []
    if room in {"errors", "db", "__init__"}:
        return [f"{place} imports {target}, but is open to all and so imports none of them"]
    if room not in LEVEL or target not in LEVEL:
        return [f"{place} imports {target}: one of them has no level in tests/unit/test_imports.py"]
    return [] if LEVEL[target] < LEVEL[room] else [f"{place} imports {target}, which is not below it"]


@pytest.mark.parametrize("file", sources(), ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_a_module_imports_only_from_below(file: Path) -> None:
    assert objections(file.read_text(encoding="utf-8"), file) == []


@pytest.mark.parametrize(
    ("place", "source"),
    [
        ("compile/views.py", "from pgcustsec.plan import Plan"),
        ("compile/views.py", "def later():\n    import pgcustsec.cli.options"),
        ("compile/views.py", "from ..cli import run"),
        ("compile/views.py", "from pgcustsec import catalog"),
        ("compile/views.py", "from psycopg import sql, connect"),
        ("plan.py", "from pgcustsec.db import Connection"),
        ("people.py", "from pgcustsec import vault"),
        ("people.py", "import click"),
        ("matrix/load.py", "from pglast import parse_sql"),
        ("client.py", "from pgcustsec.db import connect"),
        ("errors.py", "from pgcustsec.statement import Statement"),
        ("nowhere.py", "import pgcustsec.matrix"),
    ],
)
def test_a_wrong_arrow_is_found(place: str, source: str) -> None:
    assert len(objections(source, PACKAGE / place)) == 1


@pytest.mark.parametrize(
    ("place", "source"),
    [
        ("compile/views.py", "from pgcustsec.matrix.model import Matrix\nfrom psycopg import sql"),
        ("compile/views.py", "from . import masks"),
        ("matrix/predicate.py", "import pglast.ast"),
        ("cli/plan.py", "import click\nfrom pgcustsec import demo, plan, people"),
        ("client.py", "from pgcustsec.errors import Refused"),
    ],
)
def test_a_right_arrow_is_let_through(place: str, source: str) -> None:
    assert objections(source, PACKAGE / place) == []
