"""
The JSON Schema of the matrix file, for editors: what `form` describes, nothing else.

It knows keys, types and closed lists. What refers to something else in the file only `load` can check.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pgcustsec.matrix.form import MATRIX
from pgcustsec.matrix.kinds import KINDS
from pgcustsec.matrix.shapes import (
    Choice,
    Day,
    Either,
    Flag,
    Keys,
    Many,
    Named,
    Network,
    Predicate,
    Ref,
    Shape,
    Text,
    Whole,
)

Schema = dict[str, Any]


def json_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of the matrix file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "pgcustsec role matrix (岗位权限矩阵)",
        "description": "Who may see and do what with customer information. Beyond what is written, nothing is granted.",
        **_schema(MATRIX),
    }


def _schema(shape: Shape) -> Schema:
    return _WRITERS[type(shape)](shape)


def _text(shape: Text) -> Schema:
    # A byte has at least one character's share: the length in characters is an upper bound that editors can count.
    return {"type": "string", "pattern": f"^(?:{shape.pattern})$", "minLength": 1, "maxLength": shape.longest}


def _reference(shape: Ref) -> Schema:
    return {"type": "string", "minLength": 1, "description": f"name of a {shape.to} of this matrix"}


def _choice(shape: Choice) -> Schema:
    schema: Schema = {"enum": list(shape.options)}
    if shape.what == "kind":
        schema["description"] = "; ".join(f"{name}: {kind.title}" for name, kind in KINDS.items())
    return schema


def _many(shape: Many) -> Schema:
    one = _schema(shape.item)
    several: Schema = {"type": "array", "items": one, "minItems": 1, "uniqueItems": True}
    return {"anyOf": [one, several]} if shape.bare else several


def _keys(shape: Keys) -> Schema:
    properties = {name: {**_schema(key.shape), "description": key.means} for name, key in shape.keys.items()}
    required = [name for name, key in shape.keys.items() if key.required]
    schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False, "minProperties": 1}
    return {**schema, "required": required} if required else schema


def _named(shape: Named) -> Schema:
    return {
        "type": "object",
        "propertyNames": _schema(shape.name),
        "additionalProperties": _schema(shape.value),
        "minProperties": 1,
    }


def _either(shape: Either) -> Schema:
    words = [_schema(shape.word)] if shape.word else []
    return {"anyOf": [*words, *(_schema(form) for form in shape.forms)]}


_WRITERS: dict[type, Callable[[Any], Schema]] = {
    Text: _text,
    Ref: _reference,
    Whole: lambda shape: {"type": "integer", "minimum": shape.least, "maximum": shape.most},
    Flag: lambda shape: {"type": "boolean"},
    Day: lambda shape: {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    Network: lambda shape: {"type": "string", "pattern": "^[0-9a-fA-F.:]+/[0-9]{1,3}$"},
    Predicate: lambda shape: {"type": "string", "minLength": 1},
    Choice: _choice,
    Many: _many,
    Keys: _keys,
    Named: _named,
    Either: _either,
}
