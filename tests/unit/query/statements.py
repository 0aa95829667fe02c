"""What check says of a statement, in short, for tests that read as sentences."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from pgcustsec.matrix.load import loads
from pgcustsec.query import Checker, Report
from pgcustsec.query.relations import ROWS
from pgcustsec.query.sources import Reach

#: Serves, and sees names; the policy's account masked. The demo's matrix has all that is needed.
ROLE = "service_agent"


@cache
def checker() -> Checker:
    text = files("pgcustsec.demo").joinpath("matrix.yaml").read_text(encoding="utf-8")
    return Checker(loads(text, "demo/matrix.yaml"))


def report(statement: str, role: str = ROLE) -> Report:
    """The report of the one, or the last, statement of a text."""
    return checker().check(statement, role)[-1]


def verdicts(statement: str, role: str = ROLE) -> list[tuple[str, str]]:
    """The columns that a statement gives, each with its verdict; there must be nothing wrong with it."""
    found = report(statement, role)
    assert found.faults == []
    return [(column.name, str(column.verdict)) for column in found.columns]


def shown(statement: str, role: str = ROLE) -> list[set[str]]:
    """Of each column that a statement gives, which columns of tables could be read off it."""
    return [values(column.reach) for column in report(statement, role).columns]


def values(reach: Reach) -> set[str]:
    return {flow.source.name.removeprefix("crm.") for flow in reach.values}


def uses(statement: str, role: str = ROLE) -> list[tuple[str, set[str]]]:
    """Where a statement looks at which columns without showing them; that there are rows at all is `existences`."""
    return [found for found in _uses(statement, role) if not any(name.endswith(ROWS) for name in found[1])]


def existences(statement: str, role: str = ROLE) -> list[str]:
    """The tables of which a statement tells that there is a row, where that is of tier 2."""
    return [name.removesuffix(f".{ROWS}") for _, found in _uses(statement, role) for name in found if ROWS in name]


def _uses(statement: str, role: str) -> list[tuple[str, set[str]]]:
    return [
        (use.where, {flow.source.name.removeprefix("crm.") for flow in (*use.reach.values, *use.reach.hints)})
        for use in report(statement, role).uses
    ]
