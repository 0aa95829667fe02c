"""What of a snapshot stands in the way when tables are altered: what reads them, and what reads that."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from pgcustsec.compile.quote import ident
from pgcustsec.objects import (
    SEALED_CHECK,
    Check,
    Function,
    Grant,
    Key,
    Object,
    Policy,
    RowSecurity,
    TermColumn,
    Trigger,
    VaultTable,
    View,
)
from pgcustsec.revisions.snapshot import Snapshot


def without(snapshot: Snapshot, tables: Collection[str], dropped: Collection[tuple[str, str | None]]) -> Snapshot:
    """
    Return *snapshot* as it is once nothing of ours depends on the columns of *tables* any more.

    Views, functions, policies and triggers go that name one of the tables, or what goes itself; grants on columns go,
    which would go with their column; and what goes with the *dropped*: columns, each with its table, and, by None,
    whole tables.
    """
    relations = {relation for name in tables for relation in _relations(snapshot, name)}
    names = {ident(*relation) for relation in relations}
    things = snapshot.objects.values()
    gone: set[Key] = {thing.key for thing in things if _is_on(thing, relations) or _goes_along(thing, dropped)}
    while more := {t.key: t for t in things if t.key not in gone and any(name in _text(t) for name in names)}:
        gone |= set(more)
        names = {name for thing in more.values() if (name := _called(thing))}
    objects = {key: thing for key, thing in snapshot.objects.items() if key not in gone and not _on_gone(thing, gone)}
    return replace(snapshot, objects=objects)


def _relations(snapshot: Snapshot, name: str) -> list[tuple[str, str]]:
    shape = snapshot.site.tables[name]
    return [shape.relation, *shape.below]


def _is_on(thing: Object, relations: Collection[tuple[str, str]]) -> bool:
    match thing:
        case Policy() | Trigger():
            return (thing.schema, thing.table) in relations
        case Grant(on="column" | "table"):
            return thing.target[:2] in relations
        case _:
            return False


def _goes_along(thing: Object, dropped: Collection[tuple[str, str | None]]) -> bool:
    """Whether *thing* goes with one of the *dropped*."""
    match thing:
        case RowSecurity():
            return (f"{thing.schema}.{thing.name}", None) in dropped
        case Check():
            table = f"{thing.schema}.{thing.table}"
            return (table, None) in dropped or (table, thing.name.removeprefix(SEALED_CHECK)) in dropped
        case TermColumn():
            return (f"{thing.schema}.{thing.table}", None) in dropped
        case VaultTable():
            return (".".join(thing.base), None) in dropped
        case _:
            return False


def _text(thing: Object) -> str:
    match thing:
        case View() | Function() | Trigger():
            return thing.sql
        case Policy():
            return thing.using
        case _:
            return ""


def _called(thing: Object) -> str | None:
    """How the text of others names *thing*."""
    match thing:
        case View():
            return ident(thing.schema, thing.name)
        case Function():
            return f"{ident(thing.name)}("
        case _:
            return None


def _on_gone(thing: Object, gone: Collection[Key]) -> bool:
    """A grant on what goes goes with it."""
    kinds = {"table": "view", "function": "function"}
    return isinstance(thing, Grant) and (kinds.get(thing.on, thing.on), *thing.target) in gone
