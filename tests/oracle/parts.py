"""
Partitions and children by inheritance, read by themselves.

The role's views go through the root, so a partition without row security, or without its policy, would show in none of
them. Here a view of the viewer's is put on each part, in a transaction that is rolled back, and must show exactly the
part's share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from psycopg import sql

from pgcustsec.db import Connection
from pgcustsec.matrix.model import Table
from tests.oracle.ledger import Disagreement
from tests.oracle.model import AtWork, Model, World

PARTS = """
    WITH RECURSIVE part AS (
        SELECT i.inhrelid FROM pg_inherits AS i WHERE i.inhparent = %s::regclass
        UNION ALL
        SELECT i.inhrelid FROM part JOIN pg_inherits AS i ON i.inhparent = part.inhrelid)
    SELECT n.nspname, c.relname
    FROM part
    JOIN pg_class AS c ON c.oid = part.inhrelid
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    ORDER BY 1, 2
"""


def compare_parts(connection: Connection, world: World, model: Model, at_work: Callable[[str], AtWork]) -> int:
    """
    Compare each part for one holder of each role, as superuser *connection*; return how many were compared.

    *at_work* says what of somebody's work is committed: the connection is another than theirs.
    """
    parts = [(table, part) for table in world.matrix.tables.values() for part in _parts(connection, table)]
    for role, login in _holders(world, model):
        for table, part in parts:
            if table.qualified in world.matrix.roles[role].tables:
                _compare_part(connection, model, table, part, (role, login, at_work(login)))
    return len(parts)


def _parts(connection: Connection, table: Table) -> list[sql.Identifier]:
    root = sql.Identifier(table.schema, table.name).as_string(connection)
    return [sql.Identifier(*row) for row in connection.execute(PARTS, [root])]


def _holders(world: World, model: Model) -> Iterator[tuple[str, str]]:
    """For each role, one login whose person holds it, if there is one."""
    for role in world.matrix.roles:
        holding = [one.name for one in world.logins if role in one.groups and model.somebody(one.name, role)]
        if holding:
            yield role, holding[0]


def _compare_part(
    connection: Connection, model: Model, table: Table, part: sql.Identifier, asking: tuple[str, str, AtWork]
) -> None:
    role, login, at = asking
    keys = sql.SQL("SELECT {} FROM {}").format(sql.SQL(", ").join(map(sql.Identifier, table.key)), part)
    stored = set(connection.execute(keys).fetchall())
    found = _through_a_view(connection, model.world, part, keys, role, login)
    visible = {tuple(row[c] for c in table.key) for row in model.answer(login, role, table, at).visible}
    if found != stored & visible:
        name = part.as_string(connection)
        raise Disagreement(f"{login} as {role} finds {found} in {name}, should find {stored & visible}")


def _through_a_view(
    connection: Connection, world: World, part: sql.Identifier, keys: sql.Composed, role: str, login: str
) -> set[tuple[Any, ...]]:
    """The keys that *login* finds in a view on *part* such as the role has on the root: the viewer's own."""
    names = {
        "view": sql.Identifier(role, "one part"),
        "viewer": sql.Identifier(world.matrix.viewer_role(role)),
        "login": sql.Identifier(login),
        "part": part,
        "keys": keys,
    }
    try:
        connection.execute("BEGIN")
        for statement in (
            "CREATE VIEW {view} WITH (security_barrier) AS {keys}",
            "ALTER VIEW {view} OWNER TO {viewer}",
            "GRANT SELECT ON {part} TO {viewer}",
            "GRANT SELECT ON {view} TO {login}",
            "SET LOCAL SESSION AUTHORIZATION {login}",
        ):
            connection.execute(sql.SQL(statement).format(**names))
        return set(connection.execute(sql.SQL("SELECT * FROM {view}").format(**names)).fetchall())
    finally:
        connection.execute("ROLLBACK")
