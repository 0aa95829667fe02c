"""What makes, takes away and changes an object, by its kind; the kinds' own statements are registered beside it."""

from __future__ import annotations

from functools import singledispatch

from pgcustsec.compile.quote import ident
from pgcustsec.objects import Object


def as_role(role: str, *statements: str) -> str:
    """Return *statements* run as *role*."""
    return ";\n".join((f"SET ROLE {ident(role)}", *statements, "RESET ROLE"))


@singledispatch
def create_sql(thing: Object) -> str:
    """What makes *thing* where there is none."""
    raise TypeError(f"no statement makes a {type(thing).__name__}")


@singledispatch
def drop_sql(thing: Object) -> str:
    """What takes *thing* away."""
    raise TypeError(f"no statement drops a {type(thing).__name__}")


@singledispatch
def change_sql(new: Object, old: Object) -> str:
    """What turns *old* into *new*, of the same key."""
    return f"{drop_sql(old)};\n{create_sql(new)}"
