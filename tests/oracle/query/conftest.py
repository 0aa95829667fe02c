"""
How many statements are made: `--soundness N` or PGCUSTSEC_SOUNDNESS=N, of all roles together, instead of 3,000.

`--soundness-first K` begins at statement K of each role: `--soundness 5 --soundness-first 417` repeats one that failed.
The option is known where a run starts in this folder; everywhere else it is the environment's. Statements are numbered,
and the same number is the same statement, for the same role and version of the server.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.cluster import Server
from tests.oracle.query.watching import Watched, watching
from tests.oracle.query.world import PEOPLE

DEFAULT_STATEMENTS = 3_000


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--soundness", type=int, metavar="N", help=f"statements of all roles, not {DEFAULT_STATEMENTS}")
    parser.addoption("--soundness-first", type=int, metavar="K", help="the first of each role, to repeat one")


@pytest.fixture
def numbers(request: pytest.FixtureRequest) -> range:
    """The numbers of each role's statements."""
    asked = request.config.getoption("--soundness", None) or os.environ.get("PGCUSTSEC_SOUNDNESS")
    first = int(request.config.getoption("--soundness-first", None) or os.environ.get("PGCUSTSEC_SOUNDNESS_FIRST", 0))
    return range(first, first + -(-int(asked or DEFAULT_STATEMENTS) // len(PEOPLE)))


@pytest.fixture(scope="session")
def watched(server: Server) -> Iterator[Watched]:
    with watching(server) as both:
        yield both
