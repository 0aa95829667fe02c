"""
A `Matrix` as JSON and back: how what was applied is recorded.

What has a name in the matrix stands in a list, each with its name inside: `jsonb` forgets the order of keys, and the
order of columns is the order of the views. Marks and the file's name are not part of what was applied.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from typing import Any, Literal, Union, get_args, get_origin

from pgcustsec.errors import MatrixError, Problem
from pgcustsec.matrix.model import Access, Matrix, Table

LEFT_OUT = frozenset(("mark", "source"))


def to_json(matrix: Matrix) -> dict[str, Any]:
    """Return *matrix* as a value that `json.dumps` takes and that `from_json` turns into an equal matrix."""
    written: dict[str, Any] = _write(matrix)
    return written


def from_json(recorded: Mapping[str, Any]) -> Matrix:
    """Return the matrix that `to_json` wrote. Raises `MatrixError` when *recorded* is not such a value."""
    try:
        matrix: Matrix = _read(Matrix, recorded)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        message = f"not a recorded matrix: {type(error).__name__} at {error}"
        raise MatrixError("the recorded matrix", [Problem(0, 0, message)]) from error
    return matrix


def _write(value: Any) -> Any:
    if is_dataclass(value):
        return {f.name: _write(getattr(value, f.name)) for f in fields(value) if f.name not in LEFT_OUT}
    if isinstance(value, Mapping):
        return [_write(one) for one in value.values()]
    if isinstance(value, tuple):
        return [_write(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _read(form: Any, value: Any) -> Any:
    """Return *value* as the type *form*, one of those that the model's fields have."""
    origin, inner = get_origin(form), get_args(form)
    if origin in (Union, types.UnionType):
        return None if value is None else _read(_fitting([one for one in inner if one is not type(None)], value), value)
    if origin is Literal:
        if value not in inner:
            raise ValueError(f"{value!r}")
        return value
    if origin is tuple:
        return tuple(_read(inner[0], one) for one in _checked(list, value))
    if origin is not None and issubclass(origin, Mapping):
        return {_name_of(one): one for one in (_read(inner[1], each) for each in _checked(list, value))}
    if is_dataclass(form):
        return _read_dataclass(form, _checked(Mapping, value))
    return date.fromisoformat(value) if form is date else _checked(form, value)


def _read_dataclass(form: Any, value: Mapping[str, Any]) -> Any:
    hints = typing.get_type_hints(form)
    known = {f.name: f for f in fields(form) if f.name not in LEFT_OUT}
    if unknown := set(value) - set(known):
        raise KeyError(f"{form.__name__}.{min(unknown)}")
    given = {name: _read(hints[name], value[name]) for name in known if name in value}
    missing = [n for n, f in known.items() if n not in given and f.default is MISSING and f.default_factory is MISSING]
    if missing:
        raise KeyError(f"{form.__name__}.{missing[0]}")
    return form(**given)


def _fitting(forms: list[Any], value: Any) -> Any:
    """The one of *forms* that has all keys of *value*: only dataclasses come in more than one form."""
    if len(forms) == 1:
        return forms[0]
    for form in forms:
        if set(value) <= {f.name for f in fields(form)}:
            return form
    raise KeyError(", ".join(value))


def _checked(form: Any, value: Any) -> Any:
    if not isinstance(value, form) or (form is int and isinstance(value, bool)):
        raise TypeError(f"{value!r}")
    return value


def _name_of(value: Any) -> str:
    """The name under which the model keeps *value*."""
    if isinstance(value, Table):
        return value.qualified
    if isinstance(value, Access):
        return value.table
    name: str = value.name if hasattr(value, "name") else value.code
    return name
