"""Taking from PUBLIC what PostgreSQL gives it: on the database, on schema public, and on whatever is ours."""

from __future__ import annotations

from psycopg import sql

from pgcustsec.db import Connection
from pgcustsec.errors import NotAllowed
from pgcustsec.extension.session import OWNER, SCHEMAS, Standing, as_role, ask


def close_public(connection: Connection, who: Standing) -> list[str]:
    """
    Take every privilege of PUBLIC that lets a stranger in, and return a sentence for each thing done.

    A restored dump brings some of them back, so this runs at every install. What is closed already is left alone.
    Raises `NotAllowed` when PUBLIC still has one of them afterwards: a REVOKE of what another role granted only warns.
    """
    done = [*_close_surroundings(connection, who.database), *_close_objects(connection)]
    left = [f"{held} on {kind}" for kind, held, _ in ask(connection, "open_surroundings")]
    left += [f"{held} on {name}" for _, name, held in ask(connection, "open_objects", schemas=list(SCHEMAS))]
    if left:
        what = "; ".join(left)
        raise NotAllowed(
            f"PUBLIC keeps in database {who.database}: {what}. Nothing was changed",
            hint="whoever granted it must revoke it: connect as that role or as a superuser",
        )
    return done


def _close_surroundings(connection: Connection, database: str) -> list[str]:
    ways: dict[str, tuple[sql.SQL | sql.Composed, str]] = {
        "database": (
            sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(database)),
            f"took {{}} on database {database} from PUBLIC: from now on a login connects by a grant",
        ),
        "schema public": (sql.SQL("REVOKE ALL ON SCHEMA public FROM PUBLIC"), "took {} on schema public from PUBLIC"),
        "functions": (
            sql.SQL("ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC"),
            f"took {{}} on functions that {OWNER} will make from PUBLIC",
        ),
        "types": (
            sql.SQL("ALTER DEFAULT PRIVILEGES REVOKE USAGE ON TYPES FROM PUBLIC"),
            f"took {{}} on types that {OWNER} will make from PUBLIC",
        ),
    }
    still_open = {kind: (held, owner) for kind, held, owner in ask(connection, "open_surroundings")}
    done = []
    for kind, (statement, sentence) in ways.items():
        if kind in still_open:
            held, owner = still_open[kind]
            # As its owner, not only with the owner's rights: before 16 NOINHERIT keeps those of pg_database_owner away.
            with as_role(connection, owner):
                connection.execute(statement)
            done.append(sentence.replace("{}", held))
    return done


def _close_objects(connection: Connection) -> list[str]:
    done = []
    for kind, name, held in ask(connection, "open_objects", schemas=list(SCHEMAS)):
        with as_role(connection):
            statement = sql.SQL("REVOKE ALL ON {} {} FROM PUBLIC")
            connection.execute(statement.format(sql.SQL(kind), sql.SQL(name)))
        done.append(f"took {held} on {kind.lower()} {name} from PUBLIC")
    return done
