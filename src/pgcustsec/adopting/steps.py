"""The steps of an adoption as statements: add only, adopt, let go; and which is the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from pgcustsec.adopting.reach import PUBLIC, Reach, ReachedTable, Right
from pgcustsec.compile.quote import fitting, ident, literal
from pgcustsec.compile.render.dispatch import as_role
from pgcustsec.db import Connection
from pgcustsec.errors import Refused, UsageError
from pgcustsec.matrix.model import Matrix
from pgcustsec.migrate.comparing import set_lock_timeout, translated
from pgcustsec.migrate.running import run_statements
from pgcustsec.statement import Statement

#: The major version from which on a membership has options of its own.
_OPTIONS_FROM = 16

Step = Literal["add", "take", "apply", "end", "done"]

#: What an owner may do with its table that a login goes on doing. Not TRIGGER: its function runs as whoever writes.
_CARRIED = {
    "table": frozenset({"SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES"}),
    "sequence": frozenset({"SELECT", "USAGE", "UPDATE"}),
    "schema": frozenset({"USAGE", "CREATE"}),
    "database": frozenset({"CONNECT", "TEMPORARY", "CREATE"}),
}


def next_step(reach: Reach) -> Step:
    """Return which step comes next; `apply` is to install and apply, `done` that nobody is left to let go."""
    if any(table.to_add for table in reach.tables):
        return "add"
    if any(table.misowned for table in reach.tables):
        return "take"
    if not all(table.bound for table in reach.tables if table.protected):
        return "apply"
    return "end" if reach.adopted else "done"


def add_only(reach: Reach, matrix: Matrix, owner: str | None = None) -> list[Statement]:
    """
    Return step 1: what has to be there before tables change hands. It takes nothing from anybody.

    That is the *owner* to be (the matrix's only one, if None) with its administrators as members, a policy for each
    role on each table that it reaches, and a grant of its own where it came in through PUBLIC, from whom `install`
    takes that. Raises `Refused` where something stands in the way, and `UsageError` where *owner* has to be chosen.
    """
    _refuse_what_stands_in_the_way(reach, matrix)
    statements = list(_owner(reach, matrix, chosen_owner(matrix, owner)))
    statements += [_keep(table, role) for table in reach.tables for role in sorted(table.to_add)]
    for role in sorted({role for table in reach.tables for role in table.to_add}):
        statements += _instead_of_public(reach, role)
    return statements


def adopt(reach: Reach, matrix: Matrix, owner: str | None = None) -> list[Statement]:
    """
    Return step 2: tables, their schemas and the database change hands; who had them keeps what a login does with rows.

    What goes with an owner alone, such as ALTER and DROP, is the administrators' from then on. Raises `Refused` before
    step 1, and as `add_only` does.
    """
    _refuse_what_stands_in_the_way(reach, matrix)
    new = chosen_owner(matrix, owner)
    if new not in reach.attributes or any(table.to_add for table in reach.tables):
        raise Refused("not everybody who reaches the tables would go on doing so", hint="first: pgcustsec adopt add")
    statements = []
    for schema, (old, logs_in) in reach.schema_owners.items():
        if logs_in:
            change = f"ALTER SCHEMA {ident(schema)} OWNER TO {ident(new)}"
            statements.append(_handed_over(reach, f"schema {schema}", change, "schema", (schema,), old, new))
    for table in reach.tables:
        if table.misowned:
            change = f"ALTER TABLE {ident(*table.relation)} OWNER TO {ident(new)}"
            statements.append(
                _handed_over(reach, f"table {table.name}", change, "table", table.relation, table.owner, new)
            )
            statements += _sequences(reach, table, new)
    administrator = matrix.administrators.roles[0]
    if reach.database_owner not in matrix.administrators.roles:
        change = f"ALTER DATABASE {ident(reach.database)} OWNER TO {ident(administrator)}"
        what = f"database {reach.database}"
        database = (reach.database,)
        statements.append(_handed_over(reach, what, change, "database", database, reach.database_owner, administrator))
    return statements


def let_go(reach: Reach, role: str) -> list[Statement]:
    """
    Return step 3 for *role*: it reaches no table of the matrix any more but through views.

    Raises `Refused` where it was not adopted, or owns a table still.
    """
    held = [table for table in reach.tables if role in table.adopted]
    if not held:
        names = ", ".join(sorted(reach.adopted)) or "nobody"
        raise Refused(f"{role} was not adopted", hint=f"adopted: {names}")
    if owned := [table.name for table in reach.tables if table.owner == role]:
        raise Refused(f"{role} owns {', '.join(owned)}: no policy binds it", hint="first: pgcustsec adopt take")
    _refuse_what_others_granted(reach, held, role)
    statements = []
    for table in held:
        relation, to = ident(*table.relation), ident(role)
        sequences = [right.target for right in reach.of("sequence", role) if _fills(reach, table, right)]
        revoked = [f"REVOKE ALL ON SEQUENCE {ident(*sequence)} FROM {to}" for sequence in sequences]
        sql = as_role(
            table.owner,
            f"REVOKE ALL ON TABLE {relation} FROM {to}",
            *revoked,
            f"DROP POLICY {ident(table.adopted[role])} ON {relation}",
        )
        statements.append(Statement(f"{role} reaches {table.name} no more", sql, None, f"adopted {table.name}"))
    return statements


def _refuse_what_others_granted(reach: Reach, held: list[ReachedTable], role: str) -> None:
    """What somebody else than the owner granted, only they revoke; TRUNCATE among it, which no policy binds."""
    for table in held:
        for right in (*reach.of("table", role), *reach.of("column", role)):
            if right.target[:2] == table.relation and (others := sorted(right.grantors - {table.owner})):
                what = ", ".join(sorted(right.privileges))
                hint = f"as {others[0]}: REVOKE ALL ON {ident(*table.relation)} FROM {ident(role)}"
                raise Refused(f"{role} has {what} on {table.name} from {others[0]}, not from its owner", hint=hint)


def run_step(connection: Connection, statements: Iterable[Statement], *, lock_timeout: str) -> None:
    """
    Run the *statements* of a step in one transaction: all or nothing.

    Raises `NotAllowed` where the login may not, `Locked` where a lock is not to be had in *lock_timeout*.
    """
    with connection.transaction(), translated():
        set_lock_timeout(connection, lock_timeout)
        run_statements(connection, statements)


def chosen_owner(matrix: Matrix, owner: str | None) -> str:
    """Return the owner to be: *owner*, or the only one that the matrix names."""
    owners = matrix.administrators.owners
    if owner is None and len(owners) == 1:
        return owners[0]
    if owner not in owners:
        asked = f"{owner} is none of administrators.owners" if owner else "the matrix names several owners"
        raise UsageError(asked, hint=f"give --owner with one of: {', '.join(owners)}")
    return owner


def _refuse_what_stands_in_the_way(reach: Reach, matrix: Matrix) -> None:
    reached = {role for table in reach.tables if table.protected for role in table.reached_by}
    if missing := sorted(set(matrix.tables) - {table.name for table in reach.tables}):
        raise Refused(f"not in this database: {', '.join(missing)}", hint="correct the matrix: pgcustsec validate")
    if absent := [name for name in matrix.administrators.roles if name not in reach.attributes]:
        raise Refused(f"no role of this cluster: {', '.join(absent)}", hint=f"CREATE ROLE {absent[0]} LOGIN CREATEROLE")
    if login := [name for name in matrix.administrators.owners if "LOGIN" in reach.attributes.get(name, ())]:
        raise Refused(f"{login[0]} is to own the tables and can log in", hint=f"ALTER ROLE {ident(login[0])} NOLOGIN")
    if PUBLIC in reached:
        tables = ", ".join(table.name for table in reach.tables if PUBLIC in table.reached_by)
        hint = "grant it to the roles that use it, then REVOKE ALL ON ... FROM PUBLIC"
        raise Refused(f"everybody (PUBLIC) reaches {tables}: a policy for everybody would open it to all", hint=hint)
    for application in matrix.applications:
        if (name := matrix.role_prefix + application) in reached:
            hint = "let the application go on by its old login, and give the matrix's another name"
            raise Refused(f"{name} is an application of the matrix: apply takes its grants on tables", hint=hint)


def _owner(reach: Reach, matrix: Matrix, owner: str) -> Iterator[Statement]:
    members = reach.no_members.get(owner, frozenset())
    if owner not in reach.attributes:
        members = frozenset(matrix.administrators.roles)
        sql = f"CREATE ROLE {ident(owner)} NOLOGIN"
        yield Statement(f"role {owner}, which nobody logs in as, is made", sql, None, f"role {owner}")
    for member in sorted(members):
        options = " WITH INHERIT FALSE, SET TRUE" if reach.server_major >= _OPTIONS_FROM else ""
        sql = f"GRANT {ident(owner)} TO {ident(member)}{options}"
        yield Statement(f"{member} may act as {owner}", sql, None, f"membership {owner}.{member}")


def _keep(table: ReachedTable, role: str) -> Statement:
    relation, policy = ident(*table.relation), ident(fitting(f"pgcustsec_adopted {role}"))
    comment = literal(f"{role} reads and writes as before, until it is let go (5.3).")
    sql = as_role(
        table.owner,
        f"CREATE POLICY {policy} ON {relation} TO {ident(role)} USING (true) WITH CHECK (true)",
        f"COMMENT ON POLICY {policy} ON {relation} IS {comment}",
    )
    return Statement(f"{role} goes on reaching {table.name}", sql, None, f"adopted {table.name}")


def _instead_of_public(reach: Reach, role: str) -> Iterator[Statement]:
    """What `install` takes from PUBLIC and *role* has from nobody else."""
    for on in ("database", "schema"):
        own = {right.target: right.privileges for right in reach.of(on, role)}
        for right in reach.of(on, PUBLIC):
            missing = (right.privileges & _CARRIED[on]) - own.get(right.target, frozenset())
            if missing:
                sql = f"GRANT {', '.join(sorted(missing))} ON {on.upper()} {ident(*right.target)} TO {ident(role)}"
                what = f"{role} keeps {', '.join(sorted(missing))} on {on} {'.'.join(right.target)}"
                yield Statement(what, sql, None, f"{on} {'.'.join(right.target)}")


def _handed_over(
    reach: Reach, what: str, change: str, on: str, target: tuple[str, ...], old: str, new: str
) -> Statement:
    """*change* of an owner, after which the *old* one has what it had, by a grant of the *new* one's."""
    sql = [change]
    if kept := _kept(reach, on, target, old):
        sql.append(as_role(new, f"GRANT {', '.join(sorted(kept))} ON {on.upper()} {ident(*target)} TO {ident(old)}"))
    return Statement(f"{what} goes from {old} to {new}", ";\n".join(sql), None, what)


def _sequences(reach: Reach, table: ReachedTable, new: str) -> Iterator[Statement]:
    """Sequences change hands with the tables whose columns they fill."""
    for right in reach.of("sequence", table.owner):
        if right.owns and _fills(reach, table, right):
            name = ".".join(right.target)
            kept = ", ".join(sorted(right.privileges & _CARRIED["sequence"]))
            sql = as_role(new, f"GRANT {kept} ON SEQUENCE {ident(*right.target)} TO {ident(table.owner)}")
            yield Statement(f"{table.owner} keeps {kept} on sequence {name}", sql, None, f"sequence {name}")


def _kept(reach: Reach, on: str, target: tuple[str, ...], role: str) -> frozenset[str]:
    if "SUPERUSER" in reach.attributes.get(role, ()):
        return frozenset()
    had = [right.privileges for right in reach.of(on, role) if right.target == target]
    return frozenset().union(*had) & _CARRIED[on]


def _fills(reach: Reach, table: ReachedTable, right: Right) -> bool:
    return right.filled == table.relation
