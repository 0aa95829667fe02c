"""What a customer may wish: to know what is held on them, to have it corrected, to be erased (3.1, 4.3)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from psycopg import errors, sql

from pgcustsec.db import Connection, policy_errors
from pgcustsec.errors import NotAllowed, Refused, UsageError


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row is in the caller's own view; `guarded` are its columns of tier 1 and names."""

    table: str
    key: str
    view: str
    condition: str
    guarded: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Corrected:
    """
    What a correction left: the columns written, and the `changes` of tier 1 and 2 in the history, by their numbers.

    `confirmed` says that the customer's word stands beside these.
    """

    table: str
    key: str
    columns: list[str]
    changes: list[int]
    confirmed: bool


def show_subject(connection: Connection, relation: str, key: str) -> dict[str, Any]:
    """
    Return everything held on the customer *key* of *relation*, as the caller's own views show it now.

    `held`: a table each, with the tiers of its columns and its rows; `facts`: the term and what keeps them longer, who
    opened their record, extracts; None for who does not serve them. That it was asked is recorded.

    Raises `NotAllowed` where the database refuses: a customer out of scope is as one who is not there.
    """
    with policy_errors(connection, "see what is held on a customer"), connection.transaction():
        [(told,)] = connection.execute("SELECT pgcustsec.show_subject(%s, %s)::text", [relation, key]).fetchall()
    # Amounts as they are kept: 1000.00 is not 1000.0.
    found: dict[str, Any] = json.loads(told, parse_float=Decimal)
    return found


def find_place(connection: Connection, relation: str, key: str) -> Place:
    """Return where the row *key* of *relation* is in the caller's own view. Raises `NotAllowed`, as said above."""
    with policy_errors(connection, "write records"):
        [(view, condition, table, known, guarded)] = connection.execute(
            "SELECT p.view, p.condition, p.known_as, p.record_key, p.guarded FROM pgcustsec.row_place(%s, %s) AS p",
            [relation, key],
        ).fetchall()
    return Place(table, known, view, condition, tuple(guarded))


def correct(
    connection: Connection, place: Place, values: Mapping[str, str | None], reason: str, *, word: str | None = None
) -> Corrected:
    """
    Write *values* to the row at *place*, through the caller's own view, with the *reason* in the history of changes.

    *word* says how the customer gave them, and stands beside each change. A value of None clears.

    Raises `UsageError` for a value that its column cannot hold, `Refused` when others write the row, `NotAllowed` where
    the database refuses, with the roles that may write these columns instead.
    """
    assigned = sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(column)) for column in values)
    # View and condition are text that the database has made of the caller's own view; `%` in it is no placeholder.
    view, condition = (sql.SQL(text.replace("%", "%%")) for text in (place.view, place.condition))
    statement = sql.Composed([sql.SQL("UPDATE "), view, sql.SQL(" AS t SET "), assigned, sql.SQL(" WHERE "), condition])
    with _refusals(connection, place, list(values)), connection.transaction():
        connection.execute("SELECT pg_catalog.set_config('pgcustsec.change_reason', %s, true)", [reason])
        cleared = ", ".join(column for column, value in values.items() if value is None)
        connection.execute("SELECT pg_catalog.set_config('pgcustsec.clear', %s, true)", [cleared])
        before = _changes(connection, place)
        if connection.execute(statement, list(values.values())).rowcount != 1:
            raise NotAllowed(f"{place.table} {place.key} is out of reach by now", hint="look it up again")
        made = [number for number in _changes(connection, place) if number not in before]
        if word is not None:
            for number in made:
                connection.execute("SELECT pgcustsec.confirm_change(%s, %s)", [number, word])
    return Corrected(place.table, place.key, list(values), sorted(made), word is not None and bool(made))


def file_erasure(connection: Connection, relation: str, keys: Sequence[str], reason: str) -> int:
    """
    File the wish of customers to be erased, for who serves them, and return the number of the request.

    One that is on its way already is returned again. Raises `NotAllowed` where the database refuses.
    """
    with policy_errors(connection, "file wishes to be erased"), connection.transaction():
        [(number,)] = connection.execute(
            "SELECT pgcustsec.file_erasure(%s, %s::text[], %s)", [relation, list(keys), reason]
        ).fetchall()
    return int(number)


def erase(connection: Connection, request: int) -> int:
    """
    Destroy the customers of an approved request of the caller's, and return the number of the certificate.

    Raises `NotAllowed` with every legal hold and every date to come that keeps one of them, `Refused` when somebody
    else is at work on them.
    """
    try:
        with policy_errors(connection, "erase customers"), connection.transaction():
            [(certificate,)] = connection.execute("SELECT pgcustsec.erase(%s)", [request]).fetchall()
    except errors.LockNotAvailable as error:
        raise Refused(error.diag.message_primary or str(error), hint=error.diag.message_hint) from error
    return int(certificate)


#: What PostgreSQL says of a view that no trigger writes for.
_UNWRITABLE = (errors.FeatureNotSupported, errors.ObjectNotInPrerequisiteState)


def _changes(connection: Connection, place: Place) -> set[int]:
    rows = connection.execute(
        "SELECT c.change_id FROM pgcustsec.my_changes() AS c WHERE c.relation = %s AND c.record_key = %s",
        [place.table, place.key],
    )
    return {number for (number,) in rows}


@contextmanager
def _refusals(connection: Connection, place: Place, columns: list[str]) -> Iterator[None]:
    """What a write is refused for, in words without its values; of what the role may not write, who may."""
    try:
        with policy_errors(connection, f"write {', '.join(columns)} of {place.table}"):
            yield
    except (NotAllowed, *_UNWRITABLE) as refused:
        cause = refused.__cause__ if isinstance(refused, NotAllowed) else refused
        if not isinstance(cause, (errors.InsufficientPrivilege, *_UNWRITABLE)) and _state(cause) != "CS406":
            raise
        [(roles,)] = connection.execute("SELECT pgcustsec.who_corrects(%s, %s)", [place.table, columns]).fetchall()
        named = ", ".join(columns)
        message = refused.message if isinstance(refused, NotAllowed) else f"your role may not write {place.table}"
        hint = f"roles that may write {named} of {place.table}: {', '.join(roles) or 'none'}"
        raise NotAllowed(message, hint=hint) from refused
    except errors.UndefinedColumn as error:
        raise UsageError(f"your view of {place.table} has no such column", hint=_named(columns)) from error
    except (errors.DataError, errors.IntegrityError) as error:
        raise UsageError(f"{place.table} takes no such value", hint=_named(columns)) from error
    except (errors.SerializationFailure, errors.LockNotAvailable) as error:
        raise Refused(f"others write {place.table} {place.key} at this moment", hint="try again") from error


def _state(cause: BaseException | None) -> str | None:
    return cause.sqlstate if isinstance(cause, errors.Error) else None


def _named(columns: list[str]) -> str:
    return f"look at what was given for {', '.join(columns)}"
