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
    left = [*ask(connection, "open_surroundings"), *ask(connection, "open_objects", schemas=list(SCHEMAS))]
    if left:
        what = "; ".join(" ".join(map(str, reversed(row))) for row in left)
        raise NotAllowed(
            f"PUBLIC keeps in database {who.database}: {what}. Nothing was changed",
            hint="whoever granted it must revoke it: connect as that role or as a superuser",
        )
    return done


def _close_surroundings(connection: Connection, database: str) -> list[str]:
    still_open = dict(ask(connection, "open_surroundings"))
    done = []
    if held := still_open.get("database"):
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(database)))
        done.append(f"took {held} on database {database} from PUBLIC: from now on a login connects by a grant")
    if held := still_open.get("schema public"):
        connection.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        done.append(f"took {held} on schema public from PUBLIC")
    for kind, privilege in (("functions", "EXECUTE"), ("types", "USAGE")):
        if kind in still_open:
            with as_role(connection):
                statement = sql.SQL("ALTER DEFAULT PRIVILEGES REVOKE {} ON {} FROM PUBLIC")
                connection.execute(statement.format(sql.SQL(privilege), sql.SQL(kind.upper())))
            done.append(f"took {privilege} on {kind} that {OWNER} will make from PUBLIC")
    return done


def _close_objects(connection: Connection) -> list[str]:
    done = []
    for kind, name, held in ask(connection, "open_objects", schemas=list(SCHEMAS)):
        with as_role(connection):
            statement = sql.SQL("REVOKE ALL ON {} {} FROM PUBLIC")
            connection.execute(statement.format(sql.SQL(kind), sql.SQL(name)))
        done.append(f"took {held} on {kind.lower()} {name} from PUBLIC")
    return done
