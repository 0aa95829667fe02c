"""For one test each: `shop`, a sealed copy of the broker whose files are loaded, and `unsealed`, one not sealed yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

import pytest

from tests.cluster import Server
from tests.integration.loading.world import Shop, built, copy


@pytest.fixture(scope="session")
def _sealed(server: Server) -> Iterator[Shop]:
    with built(server) as world:
        yield world


@pytest.fixture(scope="session")
def _raw(server: Server) -> Iterator[Shop]:
    with built(server, sealed=False) as world:
        yield world


@pytest.fixture
def shop(_sealed: Shop) -> Iterator[Shop]:
    with copy(_sealed) as world:
        yield world


@pytest.fixture
def unsealed(_raw: Shop) -> Iterator[Shop]:
    with copy(_raw) as world:
        yield world


@pytest.fixture
def pieces_of(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Return what sets how many rows a piece has. By its module: the function `load` has the module's name."""
    module = import_module("pgcustsec.loading.load")
    return lambda rows: monkeypatch.setattr(module, "PIECE", rows)
