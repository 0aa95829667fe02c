"""The JSON Schema that editors use says the same as the loader, because both are read off one description."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML

from pgcustsec.matrix.form import MATRIX
from pgcustsec.matrix.kinds import KINDS
from pgcustsec.matrix.schema import json_schema
from pgcustsec.matrix.shapes import Choice, Either, Keys, Many, Named, Shape
from tests.unit.matrix.demo_text import DEMO
from tests.unit.matrix.stories import RIGHT, changed


def as_editors_read(text: str) -> Any:
    """The file as plain values. Editors keep a date as the text that stands there."""
    yaml = YAML(typ="safe", pure=True)
    yaml.constructor.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: node.value)
    return yaml.load(text)


def shapes(shape: Shape) -> Iterator[Shape]:
    yield shape
    match shape:
        case Keys(keys=keys):
            inner: list[Shape] = [key.shape for key in keys.values()]
        case Named(value=value):
            inner = [value]
        case Many(item=item):
            inner = [item]
        case Either(forms=forms, word=word):
            inner = [*forms, *([word] if word else [])]
        case _:
            inner = []
    for one in inner:
        yield from shapes(one)


def schemas(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        for value in schema.values():
            yield from schemas(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from schemas(value)


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize("text", [DEMO, RIGHT], ids=["demo", "small"])
def test_a_right_matrix_is_right_by_the_schema(text: str) -> None:
    jsonschema.Draft202012Validator(json_schema()).validate(as_editors_read(text))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("managers: direct", "manager: direct"),
        ("kind: address", "kind: adress"),
        ("sum: {tier: 2}", "sum: {tier: 4}"),
        ("find: true", "find: 1"),
        ("rows: [serving, pool]", "rows: []"),
        ("role_prefix: gk_", "role_prefix: GK"),
        ("password_days: 90", "password_days: 200"),
        ("organisation: Ginkgo\n", ""),
    ],
)
def test_a_wrong_matrix_is_wrong_by_the_schema(old: str, new: str) -> None:
    value = as_editors_read(changed((old, new)))
    assert not jsonschema.Draft202012Validator(json_schema()).is_valid(value)


def test_every_key_that_the_loader_takes_is_in_the_schema_with_its_meaning() -> None:
    taken = {
        (name, key.means) for shape in shapes(MATRIX) if isinstance(shape, Keys) for name, key in shape.keys.items()
    }
    written = {
        (name, about["description"]) for schema in schemas(json_schema()) for name, about in _properties(schema).items()
    }
    assert taken == written


def _properties(schema: dict[str, Any]) -> dict[str, Any]:
    found = schema.get("properties")
    return found if isinstance(found, dict) and schema.get("type") == "object" else {}


def test_every_word_that_the_loader_takes_is_in_the_schema() -> None:
    taken = {shape.options for shape in shapes(MATRIX) if isinstance(shape, Choice)}
    assert taken == {tuple(schema["enum"]) for schema in schemas(json_schema()) if "enum" in schema}
    assert tuple(KINDS) in taken
