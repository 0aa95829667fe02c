"""`install`: the role that owns everything, the objects by either delivery, and PUBLIC shut out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from psycopg import sql

from pgcustsec.db import MINIMUM_VERSION, Connection
from pgcustsec.errors import NotAllowed, Refused, Unreachable, UsageError
from pgcustsec.extension import script
from pgcustsec.extension.closing import close_public
from pgcustsec.extension.session import (
    OWNER,
    RIGHTS,
    SCHEMAS,
    VAULT_SCHEMAS,
    Standing,
    as_role,
    ask,
    query,
    standing,
    writing,
)
from pgcustsec.extension.watching import set_watch

Delivery = Literal["extension", "sql"]

#: The first server that a superuser's session can show a folder of extension files to.
CONTROL_PATH_VERSION = 180000
DEFAULT_LOCK_TIMEOUT = "10s"


@dataclass(frozen=True, slots=True)
class Installed:
    """What a database has after an install: `delivery`, `version`, and a sentence for each thing that was done now."""

    database: str
    delivery: Delivery
    version: str
    done: tuple[str, ...]


def install(
    connection: Connection,
    delivery: Delivery | None = None,
    *,
    event_trigger: bool | None = None,
    lock_timeout: str = DEFAULT_LOCK_TIMEOUT,
) -> Installed:
    """
    Bring pgcustsec into the connected database and close it to PUBLIC, in one transaction.

    *delivery* None takes what is there already, else the extension. A second run closes again what a restore
    opened, and else has nothing to do. Works as a superuser and as a database owner with CREATEROLE. *event_trigger*
    switches the record of changes by hand on or off, which takes a superuser; None leaves it as it is.

    Raises `Unreachable` for a server too old, `NotAllowed` when a right is missing, `Refused` when something is there
    under our names that is not ours, is another version, or came by the other delivery, and `UsageError` when the
    server has no files of the extension. Nothing is changed then.
    """
    if connection.info.server_version < MINIMUM_VERSION:
        raise Unreachable(
            f"server is PostgreSQL {connection.info.server_version // 10000}, pgcustsec needs 15 or later",
            hint="upgrade the server",
        )
    with writing(connection, lock_timeout):
        who = standing(connection)
        present = delivered(connection, who)
        if present is not None:
            _check_same(present, delivery)
        _check_rights(who)
        kind, done = (present.delivery, []) if present else _deliver(connection, who, delivery)
        done = [*done, *_make_vault(connection), *close_public(connection, who)]
        if event_trigger is not None:
            done += set_watch(connection, who, on=event_trigger)
    return Installed(who.database, kind, script.VERSION, tuple(done))


def delivered(connection: Connection, who: Standing) -> Installed | None:
    """
    Return what is installed in the connected database, None if nothing is.

    Raises `Refused` when there is something under our names that is not ours.
    """
    [(schemas, extension_version, tells_version)] = ask(connection, "delivered", schemas=list(SCHEMAS))
    if not schemas and extension_version is None:
        return None
    strangers = [f"{name} (owner {owner})" for name, owner in schemas if owner != OWNER]
    if strangers or len(schemas) < len(SCHEMAS) or not tells_version:
        what = ", ".join(strangers or [name for name, _ in schemas] or ["the extension without its schemas"])
        raise Refused(
            f"database {who.database} has something under pgcustsec's names that is not as pgcustsec makes it: {what}",
            hint="look whose it is; drop or rename it, or restore the dump again with its owners",
        )
    if extension_version is not None:
        return Installed(who.database, "extension", extension_version, ())
    if not (who.superuser or who.is_member):
        raise NotAllowed(f"{who.person} may not act as {OWNER} and so cannot see what is installed", hint=RIGHTS)
    with as_role(connection):
        [(version,)] = connection.execute("SELECT pgcustsec.version()").fetchall()
    return Installed(who.database, "sql", version, ())


def _check_same(present: Installed, delivery: Delivery | None) -> None:
    if present.version != script.VERSION:
        raise Refused(
            f"database {present.database} has pgcustsec {present.version}, this is {script.VERSION}",
            hint="use the program of the database's version",
        )
    if delivery not in (None, present.delivery):
        raise Refused(
            f"database {present.database} has pgcustsec as {_WORDS[present.delivery]}, not as {_WORDS[delivery]}",
            hint="leave out --as to keep what is there; to change it, uninstall first",
        )


_WORDS = {"extension": "an extension", "sql": "plain SQL", None: "anything"}


def _check_rights(who: Standing) -> None:
    """Raise `NotAllowed` beforehand, with the statement that would help, rather than in the middle."""
    if who.superuser:
        return
    if not who.owns_database:
        raise NotAllowed(
            f"{who.person} cannot close database {who.database} to PUBLIC: its owner is {who.database_owner}",
            hint=RIGHTS,
        )
    if not who.owner_exists and not who.createrole:
        raise NotAllowed(
            f"{who.person} may not create role {OWNER}",
            hint=f"a superuser makes it, and makes {who.person} a member (on 16 and later WITH INHERIT FALSE), or: "
            f"ALTER ROLE {who.person} CREATEROLE",
        )
    if who.owner_exists and not (who.is_member or who.may_join):
        raise NotAllowed(
            f"{who.person} is no member of {OWNER}, which exists already, and may not make itself one",
            hint=f"whoever made it, or a superuser: GRANT {OWNER} TO {who.person}, on 16 and later WITH INHERIT FALSE",
        )


def _deliver(connection: Connection, who: Standing, delivery: Delivery | None) -> tuple[Delivery, list[str]]:
    done = _make_owner(connection, who)
    if delivery == "sql":
        run_script(connection, script.plain_script())
        where = "as plain SQL"
        kind: Delivery = "sql"
    else:
        with _extension_files(connection, who) as source:
            _create_extension(connection, who)
        where = f"as an extension, {source}"
        kind = "extension"
    done.append(f"delivered pgcustsec {script.VERSION} to database {who.database} {where}; {OWNER} owns all of it")
    return kind, done


def _make_vault(connection: Connection) -> list[str]:
    """Make the vault and its key where there is none. What is there is kept: it may hold every true value there is."""
    there = dict(ask(connection, "vault_schemas", schemas=list(VAULT_SCHEMAS)))
    strangers = [f"{name} (owner {owner})" for name, owner in there.items() if owner != OWNER]
    if strangers or len(there) == 1:
        what = ", ".join(strangers) or f"{next(iter(there))} without the other"
        raise Refused(
            f"the vault is not as pgcustsec makes it: {what}",
            hint="restore both schemas, pgcustsec_vault and pgcustsec_keys, with their owner, then install again",
        )
    if there:
        return []
    run_script(connection, query("vault").as_string(connection))
    return ["made the vault, pgcustsec_vault, and the key of its hashes, pgcustsec_keys; both closed to everybody"]


def run_script(connection: Connection, text: str) -> None:
    """Run *text*, a script of ours, and go back to the role from before it."""
    before = connection.execute("SELECT current_setting('role')").fetchone()
    connection.execute(sql.SQL(text))
    connection.execute("SELECT pg_catalog.set_config('role', %s, true)", before)


def _make_owner(connection: Connection, who: Standing) -> list[str]:
    """The script's own first part: the role, its attributes checked, and our membership of it where we need one."""
    run_script(connection, script.parts()[script.OWNER_PART])
    done = [] if who.owner_exists else [f"created role {OWNER}, which nobody logs in as"]
    if not (who.superuser or who.is_member):
        done.append(f"made {who.person} a member of {OWNER}, to act as it")
    return done


@contextmanager
def _extension_files(connection: Connection, who: Standing) -> Iterator[str]:
    """
    Make sure that the server can read the extension's files while the block runs; the value says where from.

    Raises `UsageError` when it cannot.
    """
    if _is_offered(connection):
        yield "from the files that the server has"
        return
    if who.superuser and connection.info.server_version >= CONTROL_PATH_VERSION:
        with script.lent_files() as folder:
            before = connection.execute("SELECT pg_catalog.current_setting('extension_control_path')").fetchall()[0][0]
            _set_control_path(connection, folder)
            if _is_offered(connection):
                yield "from files lent to the server for this (a server that restores a dump needs them: make install)"
                _set_control_path(connection, before)
                return
    raise UsageError(
        f"this server has no files of extension pgcustsec {script.VERSION}; nothing was changed",
        hint="on the server's machine: make install PG_CONFIG=/path/to/pg_config; where that is not yours: --as sql",
    )


def _set_control_path(connection: Connection, path: str) -> None:
    connection.execute("SELECT pg_catalog.set_config('extension_control_path', %s, true)", [path])


def _is_offered(connection: Connection) -> bool:
    row = connection.execute(
        "SELECT EXISTS (SELECT FROM pg_catalog.pg_available_extension_versions WHERE name = %s AND version = %s)",
        [script.NAME, script.VERSION],
    ).fetchone()
    return row == (True,)


def _create_extension(connection: Connection, who: Standing) -> None:
    """
    Run CREATE EXTENSION as the owner, so that the extension is the owner's too: there is no changing it afterwards.

    Its nominal schema is pg_catalog, as that of plpgsql: public may be dropped.
    """
    names = {"database": sql.Identifier(who.database), "owner": sql.Identifier(OWNER)}
    with as_role(connection, who.database_owner):
        connection.execute(sql.SQL("GRANT CREATE ON DATABASE {database} TO {owner}").format(**names))
    with as_role(connection):
        statement = sql.SQL("CREATE EXTENSION pgcustsec SCHEMA pg_catalog VERSION {}")
        connection.execute(statement.format(sql.Literal(script.VERSION)))
    with as_role(connection, who.database_owner):
        connection.execute(sql.SQL("REVOKE CREATE ON DATABASE {database} FROM {owner}").format(**names))
