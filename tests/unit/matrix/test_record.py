"""A matrix survives being recorded, in a column that forgets the order of keys."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pgcustsec.errors import MatrixError
from pgcustsec.matrix.load import loads
from pgcustsec.matrix.record import from_json, to_json
from tests.unit.matrix.demo_text import DEMO
from tests.unit.matrix.stories import RIGHT


def recorded(text: str) -> Any:
    """As jsonb gives it back: keys in an order of its own."""
    return json.loads(json.dumps(to_json(loads(text)), sort_keys=True))


@pytest.mark.parametrize("text", [DEMO, RIGHT], ids=["demo", "small"])
def test_what_was_recorded_is_the_matrix_again_in_its_order(text: str) -> None:
    matrix = loads(text)
    again = from_json(recorded(text))
    assert again == matrix
    assert list(again.tables) == list(matrix.tables)
    assert [list(t.columns) for t in again.tables.values()] == [list(t.columns) for t in matrix.tables.values()]


def test_a_record_has_no_places_of_a_file() -> None:
    assert '"mark"' not in json.dumps(recorded(DEMO))


@pytest.mark.parametrize("name", ["role_prefix", "tables", "roles"])
def test_a_record_that_lacks_something_is_refused(name: str) -> None:
    value = recorded(RIGHT)
    del value[name]
    with pytest.raises(MatrixError):
        from_json(value)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("role_prefix", 1), ("tables", {}), ("unheard_of", 1), ("deviations", [1]), ("roles", [{"name": "a"}])],
)
def test_a_record_of_another_shape_is_refused(name: str, wrong: Any) -> None:
    with pytest.raises(MatrixError):
        from_json({**recorded(RIGHT), name: wrong})
