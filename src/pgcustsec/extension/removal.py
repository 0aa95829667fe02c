"""`uninstall`: everything that install and apply made goes; the data stays, and nobody gains a way to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from psycopg import errors, sql

from pgcustsec.db import Connection
from pgcustsec.errors import NotAllowed, Refused
from pgcustsec.extension.deliver import DEFAULT_LOCK_TIMEOUT, Installed, delivered
from pgcustsec.extension.session import OWNER, SCHEMAS, Standing, as_role, ask, first_line, standing, writing
from pgcustsec.extension.watching import what_stays


@dataclass(frozen=True, slots=True)
class Made:
    """An object that apply made: its `name` as SQL writes it, the table it is `on` if any, and its `owner`."""

    kind: str
    name: str
    on: str
    owner: str


@dataclass(frozen=True, slots=True)
class Loss:
    """What goes with pgcustsec. `tables` stay under row security without a policy of ours: their owners read them."""

    database: str
    delivery: str
    objects: tuple[Made, ...]
    logins: tuple[str, ...]
    people: int
    true_values: int
    scheduled: tuple[str, ...]

    def of(self, kind: str) -> list[Made]:
        """Return what apply made of *kind*."""
        return [made for made in self.objects if made.kind == kind]

    @property
    def tables(self) -> list[str]:
        return sorted({made.on for made in self.of("policy")})


def loss(connection: Connection) -> Loss | None:
    """
    Return what `uninstall` would take from the connected database, None where pgcustsec is not. Changes nothing.

    Raises `NotAllowed` and `Refused` as `uninstall` does.
    """
    with writing(connection, DEFAULT_LOCK_TIMEOUT):
        who = standing(connection)
        present = delivered(connection, who)
        return _loss(connection, who, present) if present else None


def uninstall(
    connection: Connection, agreed: Loss | None = None, *, lock_timeout: str = DEFAULT_LOCK_TIMEOUT
) -> tuple[str, ...]:
    """
    Take pgcustsec out of the connected database in one transaction; return a sentence for each thing done or kept.

    Base tables keep their data, but for the terms that we kept beside it, and stay under row security, so that
    without a policy only their owners (and
    superusers) read them; every privilege of the matrix's roles and of PUBLIC on them goes. The roles go unless
    something else depends on them. pgcustsec_owner stays: other databases of the cluster may need it.

    With *agreed*, exactly that may be lost. Raises `Refused` when it has changed since, or when something that is not
    ours depends on what goes; `NotAllowed` when a right is missing. Nothing is changed then.
    """
    with writing(connection, lock_timeout):
        who = standing(connection)
        present = delivered(connection, who)
        if present is None:
            return ()
        gone = _loss(connection, who, present)
        if agreed is not None and agreed != gone:
            raise Refused("the database has moved since the question was asked", hint="run uninstall again")
        return tuple(_remove(connection, who, present, gone))


def _loss(connection: Connection, who: Standing, present: Installed) -> Loss:
    if not who.superuser and not (who.owns_database and who.is_member):
        raise NotAllowed(
            f"{who.person} may not uninstall: that takes the owner of database {who.database}, member of {OWNER}",
            hint=f"connect as {who.database_owner} or as a superuser",
        )
    with as_role(connection):
        objects = tuple(Made(*row) for row in ask(connection, "protection"))
        [(people,)] = connection.execute("SELECT count(*) FROM pgcustsec_internal.staff").fetchall()
        logins = tuple(row[0] for row in ask(connection, "members"))
        scheduled = tuple(row[0] for row in ask(connection, "scheduled"))
        true_values = sum(row[0] for table in ask(connection, "vault_contents") for row in _count(connection, table[0]))
    return Loss(who.database, present.delivery, objects, logins, people, true_values, scheduled)


def _count(connection: Connection, table: str) -> list[tuple[int]]:
    return connection.execute(sql.SQL(f"SELECT count(*) FROM {table}")).fetchall()


def _remove(connection: Connection, who: Standing, present: Installed, gone: Loss) -> list[str]:
    roles = [made.name for made in gone.of("role")]
    paths = _logins_with_paths(connection, gone)
    for kind in ("policy", "trigger", "column"):
        _drop_from_tables(connection, kind, gone.of(kind))
    for kind in ("view", "function", "schema"):
        _drop_by_owner(connection, kind, gone.of(kind))
    _drop_delivered(connection, who, present)
    if not gone.true_values:
        _drop_empty_vault(connection)
    _revoke_leftovers(connection, [*roles, OWNER], gone.tables)
    for role in [*roles, OWNER]:
        _restore_defaults(connection, role)
    for login in paths:
        statement = sql.SQL("ALTER ROLE {} IN DATABASE {} RESET search_path")
        connection.execute(statement.format(sql.Identifier(login), sql.Identifier(who.database)))
    return [
        *_told(gone),
        *(_drop_role(connection, role) for role in roles),
        *_what_stays(gone),
        *what_stays(connection),
    ]


def _drop_from_tables(connection: Connection, kind: str, objects: Iterable[Made]) -> None:
    for made in objects:
        drop = f"DROP {kind.upper()} {made.name}"
        with as_role(connection, made.owner):
            whole = f"ALTER TABLE {made.on} {drop}" if kind == "column" else f"{drop} ON {made.on}"
            connection.execute(sql.SQL(whole))


def _drop_by_owner(connection: Connection, kind: str, objects: Iterable[Made]) -> None:
    """One DROP for all of an owner's, since views read each other; without CASCADE, so that others' things stop it."""
    names: dict[str, list[str]] = defaultdict(list)
    for made in objects:
        names[made.owner].append(made.name)
    # Views of the viewers read views of pgcustsec_owner's, never the other way round.
    for owner, of_owner in sorted(names.items(), key=lambda pair: pair[0] == OWNER):
        with as_role(connection, owner):
            connection.execute(sql.SQL(f"DROP {kind.upper()} {', '.join(of_owner)}"))


def _drop_delivered(connection: Connection, who: Standing, present: Installed) -> None:
    with as_role(connection):
        for (sequence,) in ask(connection, "budget_sequences", schemas=list(SCHEMAS)):
            connection.execute(sql.SQL(f"DROP SEQUENCE {sequence}"))
        # Alembic made it in our schema, if revisions were ever run here.
        connection.execute("DROP TABLE IF EXISTS pgcustsec_internal.revision")
    if present.delivery == "sql":
        with as_role(connection):
            for kind, names in ask(connection, "own_objects", schemas=list(SCHEMAS)):
                connection.execute(sql.SQL(f"DROP {kind} {names}"))
        return
    [(owner, may)] = connection.execute(
        "SELECT pg_get_userbyid(extowner)::text, pg_has_role(extowner, 'MEMBER')"
        " FROM pg_extension WHERE extname = 'pgcustsec'"
    ).fetchall()
    if not may:
        raise NotAllowed(
            f"extension pgcustsec belongs to {owner}, who restored it here, and PostgreSQL lets nobody give it away",
            hint=f"uninstall as {owner} or as a superuser",
        )
    with as_role(connection, owner):
        connection.execute("DROP EXTENSION pgcustsec")


def _drop_empty_vault(connection: Connection) -> None:
    """Nothing is in it: it goes, and with it the CHECKs that would keep true values out of the tables."""
    for table, name, owner in ask(connection, "sealed_checks"):
        with as_role(connection, owner):
            connection.execute(sql.SQL(f"ALTER TABLE {table} DROP CONSTRAINT {name}"))
    with as_role(connection):
        tables = [row[0] for row in ask(connection, "vault_contents")]
        for table in (*tables, "pgcustsec_keys.blind_index_key", "pgcustsec_keys.token_key"):
            connection.execute(sql.SQL(f"DROP TABLE {table}"))
        connection.execute("DROP SCHEMA pgcustsec_vault, pgcustsec_keys")


def _revoke_leftovers(connection: Connection, roles: list[str], tables: list[str]) -> None:
    for statement, grantor in ask(connection, "leftover_grants", roles=roles, tables=tables):
        with as_role(connection, grantor):
            connection.execute(sql.SQL(statement))
    left = ask(connection, "leftover_grants", roles=roles, tables=tables)
    if left:
        raise Refused(f"{left[0][0]} did nothing; nothing was changed", hint=f"revoke it as {left[0][1]}, then again")


def _restore_defaults(connection: Connection, role: str) -> None:
    """Default privileges that differ would keep the role from being dropped. It makes nothing here any more."""
    [(differ,)] = connection.execute(
        "SELECT EXISTS (SELECT FROM pg_default_acl WHERE pg_get_userbyid(defaclrole) = %s)", [role]
    ).fetchall()
    if differ:
        with as_role(connection, role):
            connection.execute("ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC")
            connection.execute("ALTER DEFAULT PRIVILEGES GRANT USAGE ON TYPES TO PUBLIC")


def _logins_with_paths(connection: Connection, gone: Loss) -> list[str]:
    schemas = [form for made in gone.of("schema") for form in {made.name, f'"{made.name}"'}]
    return [row[0] for row in ask(connection, "login_paths", schemas=schemas)]


def _drop_role(connection: Connection, role: str) -> str:
    try:
        with connection.transaction():
            connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))
    except (errors.DependentObjectsStillExist, errors.InsufficientPrivilege) as error:
        detail = (error.diag.message_detail or first_line(error)).splitlines()[0]
        return f"kept role {role}: {detail}"
    return f"dropped role {role}"


def _told(gone: Loss) -> list[str]:
    counts = ((made, len(gone.of(made))) for made in ("view", "policy", "function", "schema"))
    words = {"view": "views", "policy": "policies", "function": "functions", "schema": "schemas"}
    done = [f"dropped {count} {kind if count == 1 else words[kind]} that apply made" for kind, count in counts if count]
    how = "extension pgcustsec" if gone.delivery == "extension" else "everything that install made"
    return [*done, f"dropped {how} from database {gone.database}"]


def _what_stays(gone: Loss) -> list[str]:
    tables = [f"{table} keeps its rows, under row security with no policy of ours" for table in gone.tables]
    vault = (
        [
            f"pgcustsec_vault keeps the true values of {gone.true_values} rows, pgcustsec_keys the key of their hashes;"
            " the tables keep masked forms. To bring the values back: install, apply, vault unseal",
        ]
        if gone.true_values
        else []
    )
    return [
        *tables,
        *vault,
        *gone.scheduled,
        f"database {gone.database} and schema public stay closed to PUBLIC",
        f"role {OWNER} stays for other databases; where none needs it: DROP ROLE {OWNER}",
    ]
