"""What the tour tells is compared with what is due before it is told: anything else ends it as a finding."""

from __future__ import annotations

from collections.abc import Callable

import psycopg

from pgcustsec.errors import Finding, NotAllowed

HINT = "a fault of ours: report it, please"


def hold(what: str, found: object, due: object) -> None:
    """Raise `Finding` unless *found* is what is *due*; *what* names it in words, since values stay out of errors."""
    if found != due:
        raise Finding(f"{what}: not as the policy says", hint=HINT)


def refused(what: str, act: Callable[[], object], sqlstate: str) -> str:
    """Do *act*, which the database must refuse with *sqlstate*; return what it says. Raises `Finding` otherwise."""
    try:
        act()
    except (NotAllowed, psycopg.Error) as error:
        said = error.__cause__ if isinstance(error, NotAllowed) else error
        if isinstance(said, psycopg.Error) and said.sqlstate == sqlstate:
            return said.diag.message_primary or sqlstate
        raise Finding(f"{what}: refusal {sqlstate} was due, and the database said: {error}", hint=HINT) from error
    raise Finding(f"{what}: refusal {sqlstate} was due, and the database let it pass", hint=HINT)
