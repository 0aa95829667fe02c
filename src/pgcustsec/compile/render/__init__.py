"""
Objects -> Statements. Each statement is complete in itself and runs as the role that owns what it touches:
an administrator owns nothing here and inherits nothing, and a superuser must not end up as the owner of a view.
"""

from __future__ import annotations

# What each kind of object is as a statement registers itself with `dispatch`.
from pgcustsec.compile.render import bodies, rights, roles, rows, terms, vault  # noqa: F401
from pgcustsec.compile.render.dispatch import as_role, change_sql, create_sql, drop_sql
from pgcustsec.objects import Check, Function, Hook, Object, Policy, Trigger, VaultTable, View, name_of
from pgcustsec.statement import Statement

__all__ = ["as_role", "can_make", "change", "create", "drop"]


def create(thing: Object) -> Statement:
    """Return the statement that makes *thing* where there is none."""
    return Statement(f"create {name_of(thing.key)}", create_sql(thing), drop_sql(thing), name_of(thing.key))


def drop(thing: Object) -> Statement:
    """Return the statement that takes *thing* away."""
    return Statement(f"drop {name_of(thing.key)}", drop_sql(thing), _making(thing), name_of(thing.key))


def change(old: Object, new: Object) -> Statement:
    """Return the statement that turns *old*, of the same key, into *new*."""
    undo = change_sql(old, new) if _making(old) else None
    return Statement(f"change {name_of(new.key)}", change_sql(new, old), undo, name_of(new.key))


def can_make(thing: Object) -> bool:
    """Whether *thing* is known well enough to make it again: not where only the catalog's print of a body was read."""
    return _making(thing) is not None


def _making(thing: Object) -> str | None:
    """What makes *thing* again; None for a body read from the catalog, of which only a digest is kept."""
    if (isinstance(thing, Function | View) and not thing.sql) or (isinstance(thing, Policy) and not thing.using):
        return None
    if isinstance(thing, VaultTable) and len(thing.hashes) < len(thing.blind):
        return None
    if isinstance(thing, Hook):
        return None
    if isinstance(thing, Trigger) and not thing.sql:
        return None
    if isinstance(thing, Check) and not thing.condition:
        return None
    return create_sql(thing)
