"""
How many worlds the oracle makes: `--oracle-worlds N` or PGCUSTSEC_ORACLE_WORLDS=N, from world `--oracle-first K` on.

Worlds are numbered; a number is a hypothesis seed, so a world that failed comes back by its number.
"""

from __future__ import annotations

import os
import secrets

import pytest

DEFAULT_WORLDS = 72


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add both options; the environment does for runs that do not start in this folder."""
    parser.addoption("--oracle-worlds", type=int, metavar="N", help=f"worlds for the oracle, not the {DEFAULT_WORLDS}")
    parser.addoption("--oracle-first", type=int, metavar="K", help="number of the first of these worlds, to repeat one")


@pytest.fixture
def world_numbers(request: pytest.FixtureRequest) -> range:
    """The same few every time; as many others, chosen at random, when a number was asked for."""
    asked = request.config.getoption("--oracle-worlds", None) or os.environ.get("PGCUSTSEC_ORACLE_WORLDS")
    first = request.config.getoption("--oracle-first", None) or os.environ.get("PGCUSTSEC_ORACLE_FIRST")
    if asked is None and first is None:
        return range(DEFAULT_WORLDS)
    start = secrets.randbelow(2**31) if first is None else int(first)
    return range(start, start + int(asked or 1))
