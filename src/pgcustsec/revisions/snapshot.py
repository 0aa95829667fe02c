"""
What a revision leaves behind, beside it as JSON: the matrix, the tables that it was compiled for, every object.

Objects are kept as they were compiled, text and all: the next revision's way back must bring these, and not what a
later version of pgcustsec would compile of the same matrix.
"""

from __future__ import annotations

import hashlib
import json
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, Union, get_args, get_origin

from pgcustsec.compile import compile_matrix
from pgcustsec.errors import UsageError
from pgcustsec.matrix.model import Matrix
from pgcustsec.matrix.record import from_json, to_json
from pgcustsec.objects import OWNER, Key, Object, Schema, View
from pgcustsec.shape import Site

#: The name of the database in a history that runs in many; psql puts in the one that it is connected to.
DATABASE = ':"DBNAME"'
_OPTIONS_FROM = 16
_KINDS: Mapping[str, Any] = {form.kind: form for form in get_args(Object)}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A matrix, the `portable` site that it was compiled for, and what that gave, by key."""

    matrix: Matrix
    site: Site
    objects: Mapping[Key, Object]

    @classmethod
    def compiled(cls, matrix: Matrix, site: Site) -> Snapshot:
        """Return the snapshot of *matrix* in *site*."""
        objects = compile_matrix(matrix, site)
        owners = {thing.name: thing.owner for thing in objects.values() if isinstance(thing, Schema)}
        # Who drops a view is its schema's owner, as where it is read from a catalog.
        views = {
            key: replace(thing, schema_owner=owners.get(thing.schema, OWNER))
            for key, thing in objects.items()
            if isinstance(thing, View)
        }
        return cls(matrix, site, {**objects, **views})

    @property
    def text(self) -> str:
        """This as JSON."""
        content = {
            "matrix": to_json(self.matrix),
            "site": _dump(self.site),
            "objects": [{"kind": thing.kind, **_dump(thing)} for thing in self.objects.values()],
        }
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"

    @property
    def name(self) -> str:
        """The name of the file that this is written to: a digest of what is in it."""
        return f"{hashlib.sha256(self.text.encode()).hexdigest()[:12]}.json"

    def write(self, folder: Path) -> None:
        """Write this into *folder*, under its name."""
        folder.mkdir(exist_ok=True)
        (folder / self.name).write_text(self.text, encoding="utf-8")


def read_snapshot(file: Path) -> Snapshot:
    """Return the snapshot in *file*. Raises `UsageError` when it is none."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        things = [_load(_KINDS[given.pop("kind")], given) for given in content["objects"]]
        site: Site = _load(Site, content["site"])
        return Snapshot(from_json(content["matrix"]), site, {thing.key: thing for thing in things})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            f"{file} is no snapshot of a revision: {type(error).__name__}",
            hint="it was written beside the revision that names it: bring it back from version control",
        ) from error


def portable(site: Site) -> Site:
    """
    Return *site* as it is wherever a history runs: without people, without who applies, before anything is sealed.

    Views mask as they read then, which is right whether or not the rows of a database are sealed by now. Memberships
    have the options of 16 and later; their statements leave them out on 15, which knows none.
    """
    tables = {name: replace(shape, sealed=frozenset(), adopted=frozenset()) for name, shape in site.tables.items()}
    return replace(
        site,
        database=DATABASE,
        server_major=_OPTIONS_FROM,
        tables=tables,
        logins=(),
        superusers=frozenset(),
        applier="",
    )


def _dump(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _dump(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return [[_dump(key), _dump(one)] for key, one in value.items()]
    if isinstance(value, frozenset):
        return sorted((_dump(one) for one in value), key=str)
    return [_dump(one) for one in value] if isinstance(value, tuple) else value


def _load(form: Any, value: Any) -> Any:
    """Return *value* as the type *form*, one of those that the fields of objects and sites have."""
    origin, inner = get_origin(form), get_args(form)
    if origin in (Union, types.UnionType):
        return None if value is None else _load(next(one for one in inner if one is not types.NoneType), value)
    if origin is frozenset:
        return frozenset(_load(inner[0], one) for one in value)
    if origin is tuple:
        forms = [inner[0]] * len(value) if inner[-1] is Ellipsis else inner
        return tuple(_load(one, each) for one, each in zip(forms, value, strict=True))
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return {_load(inner[0], key): _load(inner[1], one) for key, one in value}
    if is_dataclass(form):
        hints = _hints(form)
        made: Any = form
        return made(**{name: _load(hints[name], one) for name, one in value.items()})
    if isinstance(form, type) and issubclass(form, tuple):
        return form(*(_load(one, each) for one, each in zip(_hints(form).values(), value, strict=True)))
    return value


def _hints(form: Any) -> dict[str, Any]:
    if form not in _HINTS:
        _HINTS[form] = typing.get_type_hints(form)
    return _HINTS[form]


_HINTS: dict[Any, dict[str, Any]] = {}
