"""Reading what a matrix is compiled for: its tables as they are, the people, the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from pgcustsec.catalog.queries import ask
from pgcustsec.db import Connection
from pgcustsec.errors import NotAllowed, Problem, SchemaMismatch
from pgcustsec.matrix.model import Mark, Matrix, ServedByColumn, Table
from pgcustsec.matrix.predicate import columns_of
from pgcustsec.objects import RETAIN_UNTIL, SEALED_CHECK
from pgcustsec.shape import Bound, ColumnShape, Login, Relation, Site, TableShape, UniqueShape

#: Types that can say until when somebody serves.
END_TYPES = frozenset({"date", "timestamp with time zone", "timestamp without time zone"})
#: Types that PostgreSQL compares with one another.
_FAMILIES = (("bigint", "integer", "smallint", "numeric"), ("text", "character varying", "character"))
_KINDS = {"r": "table", "p": "table", "v": "view", "m": "materialized view", "f": "foreign table", "S": "sequence"}


class TablesDiffer(SchemaMismatch):
    """The matrix and the database's tables do not fit; `problems` says where, with matrix lines."""

    def __init__(self, source: str, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        lines = [f"{source}:{p.line}: {p.message}" if p.line else p.message for p in problems]
        super().__init__(
            "the matrix does not fit the database:\n  " + "\n  ".join(lines),
            hint=next((p.hint for p in problems if p.hint), "correct the matrix, or bring the tables in shape first"),
        )


def read_site(connection: Connection, matrix: Matrix) -> Site:
    """
    Return what the connected database has of *matrix*.

    Raises `TablesDiffer` with every table, column or key that is not as the matrix says, `NotAllowed` when pgcustsec is
    not installed there.
    """
    [(database, owner, installed, superusers, applier)] = ask(connection, "site")
    if not installed:
        raise NotAllowed(f"database {database} has no pgcustsec", hint=f"run: pgcustsec install -d {database}")
    tables = _read_tables(connection, matrix)
    problems = [p for table in matrix.tables.values() for p in table_problems(matrix, table, tables)]
    refuse(
        matrix,
        [*problems, *_administrator_problems(connection, matrix), *_application_problems(connection, matrix)],
    )
    return Site(
        database=database,
        database_owner=owner,
        server_major=connection.info.server_version // 10000,
        tables=tables,
        logins=_read_logins(connection, matrix),
        superusers=frozenset(superusers),
        applier=applier,
    )


def refuse(matrix: Matrix, problems: Sequence[Problem]) -> None:
    """Raise `TablesDiffer` with *problems* in file order, if there are any."""
    if problems:
        raise TablesDiffer(matrix.source, sorted(problems, key=lambda p: (p.line, p.column)))


def _administrator_problems(connection: Connection, matrix: Matrix) -> list[Problem]:
    """Who applies must be there: their memberships are among the first things that a plan makes."""
    there = {name for name, *_ in ask(connection, "roles", roles=list(matrix.administrators.roles))}
    return [
        _problem(
            matrix.administrators.mark,
            f"administrator {name} is no role of this cluster",
            f"CREATE ROLE {name} LOGIN CREATEROLE, or correct administrators.roles",
        )
        for name in matrix.administrators.roles
        if name not in there
    ]


def _application_problems(connection: Connection, matrix: Matrix) -> list[Problem]:
    """An application has a login of its own: one that is a person's would be that person without a token (2.3)."""
    names = [matrix.role_prefix + name for name in matrix.applications]
    query = "SELECT s.login::text FROM pgcustsec_internal.staff AS s WHERE s.login = ANY (%s::name[])"
    people = {row[0] for row in connection.execute(query, [names])}
    return [
        _problem(
            application.mark,
            f"application {application.name}: its login {matrix.role_prefix}{application.name} is a person's",
            "give the application another name, or the person another login",
        )
        for application in matrix.applications.values()
        if matrix.role_prefix + application.name in people
    ]


def _read_logins(connection: Connection, matrix: Matrix) -> tuple[Login, ...]:
    people = [Login(name, frozenset(roles)) for name, roles in ask(connection, "logins")]
    names = {matrix.role_prefix + app.name: app for app in matrix.applications.values()}
    there = ask(connection, "roles", roles=list(names))
    return (*people, *(Login(name, frozenset(names[name].roles)) for name, _, _ in there))


def _named_tables(matrix: Matrix) -> set[str]:
    served = {served.table for table in matrix.tables.values() for served in table.served_by_tables}
    return set(matrix.tables) | served


def _read_tables(connection: Connection, matrix: Matrix) -> dict[str, TableShape]:
    names: list[Relation] = []
    for name in sorted(_named_tables(matrix)):
        schema, _, relation = name.partition(".")
        names.append((schema, relation))
    rows = ask(connection, "tables", schemas=[n[0] for n in names], names=[n[1] for n in names])
    oids = [row[1] for row in rows]
    columns: dict[int, dict[str, ColumnShape]] = {oid: {} for oid in oids}
    for oid, column, declared, plain, is_domain, home, nullable, default, made_by, sequence, longest in ask(
        connection, "columns", oids=oids
    ):
        columns[oid][column] = ColumnShape(
            declared,
            plain,
            is_domain,
            tuple(home) if home else None,
            nullable,
            default,
            made_by,
            tuple(sequence) if sequence else None,
            longest,
        )
    unique: dict[int, set[frozenset[str]]] = {oid: set() for oid in oids}
    for oid, key in ask(connection, "unique_keys", oids=oids):
        unique[oid].add(frozenset(key))
    tied: dict[int, set[str]] = {oid: set() for oid in oids}
    for oid, column in ask(connection, "tied_columns", oids=oids):
        tied[oid].add(column)
    masked = {oid: _masked_columns(matrix, f"{schema}.{relation}") for _, oid, schema, relation, *_ in rows}
    sealed, bound = _read_bounds(connection, oids, masked)
    uniques = _read_uniques(connection, oids, masked)
    adopted: dict[int, set[str]] = {oid: set() for oid in oids}
    for oid, role, _ in ask(connection, "adopted", oids=oids):
        adopted[oid].add(role)
    below: dict[int, dict[Relation, str]] = {oid: {} for oid in oids}
    logins: dict[int, set[str]] = {oid: set() for oid in oids}
    heirs: set[int] = set()
    for oid, schema, relation, owner, can_login, is_partition in ask(connection, "below", oids=oids):
        below[oid][(schema, relation)] = owner
        if not is_partition:
            heirs.add(oid)
        if can_login:
            logins[oid].add(owner)
    return {
        f"{schema}.{relation}": TableShape(
            relation=(schema, relation),
            owner=owner,
            owners_that_log_in=frozenset(logins[oid] | ({owner} if can_login else set())),
            schema_owner=schema_owner,
            columns=_applications_own(matrix, f"{schema}.{relation}", columns[oid]),
            unique=frozenset(unique[oid]),
            below=below[oid],
            kind=_KINDS.get(kind, "relation"),
            row_type=row_type,
            has_heirs=oid in heirs,
            sealed=frozenset(sealed[oid]),
            tied=frozenset(tied[oid]),
            masked_uniques=uniques[oid],
            bound=bound[oid],
            adopted=frozenset(adopted[oid]),
        )
        for _, oid, schema, relation, kind, owner, can_login, schema_owner, row_type in rows
    }


def _applications_own(matrix: Matrix, name: str, columns: dict[str, ColumnShape]) -> dict[str, ColumnShape]:
    """*columns* without the one that pgcustsec keeps in a table whose rows have a term."""
    table = matrix.tables.get(name)
    kept = bool(table and table.retention and RETAIN_UNTIL not in table.columns)
    return {column: shape for column, shape in columns.items() if not kept or column != RETAIN_UNTIL}


def _masked_columns(matrix: Matrix, name: str) -> set[str]:
    """The columns of table *name* that are to be stored masked (5.2.1, 5.2.2)."""
    table = matrix.tables.get(name)
    return {c.name for c in table.columns.values() if c.tier == 1 or c.is_name} if table else set()


def _read_bounds(
    connection: Connection, oids: list[int], masked: dict[int, set[str]]
) -> tuple[dict[int, set[str]], dict[int, tuple[Bound, ...]]]:
    """By relation: the columns whose CHECK of ours is validated, and what others' constraints say of masked columns."""
    sealed: dict[int, set[str]] = {oid: set() for oid in oids}
    bound: dict[int, list[Bound]] = {oid: [] for oid in oids}
    for oid, column, kind, name, validated in ask(connection, "sealing", oids=oids):
        if kind == "check" and name.startswith(SEALED_CHECK) and validated:
            sealed[oid].add(column)
        if column in masked[oid]:
            bound[oid].append(Bound(kind, name, column))
    return sealed, {oid: tuple(found) for oid, found in bound.items()}


def _read_uniques(
    connection: Connection, oids: list[int], masked: dict[int, set[str]]
) -> dict[int, tuple[UniqueShape, ...]]:
    found: dict[int, list[UniqueShape]] = {oid: [] for oid in oids}
    for oid, schema, table, name, is_constraint, owner, columns in ask(connection, "uniques", oids=oids):
        if masked[oid] & set(columns):
            found[oid].append(UniqueShape(schema, table, name, tuple(columns), is_constraint, owner))
    return {oid: tuple(uniques) for oid, uniques in found.items()}


def table_problems(matrix: Matrix, table: Table, tables: dict[str, TableShape]) -> list[Problem]:
    shape = tables.get(table.qualified)
    if shape is None:
        near = _nearest(table.qualified, tables)
        return [_problem(table.mark, f"table {table.qualified} is not in the database{near}")]
    if shape.kind != "table":
        return [_problem(table.mark, f"{table.qualified} is a {shape.kind}; only tables can be protected")]
    problems = _owner_problems(matrix, table, shape)
    for column in table.columns.values():
        if column.name not in shape.columns:
            near = _nearest(column.name, shape.columns)
            problems.append(_problem(column.mark, f"{table.qualified} has no column {column.name}{near}"))
    if frozenset(table.key) not in shape.unique and set(table.key) <= set(shape.columns):
        key = ", ".join(table.key)
        problems.append(
            _problem(
                table.mark,
                f"({key}) is no key of {table.qualified}: no primary key or unique index over NOT NULL columns",
                f"ALTER TABLE {table.qualified} ADD PRIMARY KEY ({key}), or name the columns that are its key",
            )
        )
    problems += _lead_problems(matrix, table, tables) + _server_problems(table, shape, tables)
    return problems + _pool_problems(table, shape)


def _pool_problems(table: Table, shape: TableShape) -> list[Problem]:
    """A pool's holder is a staff number, and its times are times; both are empty while nobody holds the row."""
    if table.pool is None:
        return []
    mark = table.pool.mark
    problems = _column_problems(mark, table.qualified, shape, table.pool.holder)
    for name in (table.pool.claimed_at, table.pool.progress_at):
        column = shape.columns.get(name)
        if column is None:
            near = _nearest(name, shape.columns)
            problems.append(_problem(mark, f"{table.qualified} has no column {name}{near}"))
        elif column.plain_type not in END_TYPES:
            message = f"{table.qualified}.{name} is {column.type}; a pool goes by a date or a timestamp"
            problems.append(_problem(mark, message))
    for name in (table.pool.holder, table.pool.claimed_at):
        if name in shape.columns and not shape.columns[name].nullable:
            message = f"{table.qualified}.{name} is NOT NULL, and is empty while nobody holds the row"
            problems.append(_problem(mark, message, f"ALTER TABLE {table.qualified} ALTER {name} DROP NOT NULL"))
    return problems


def _owner_problems(matrix: Matrix, table: Table, shape: TableShape) -> list[Problem]:
    owners = [(f"{table.qualified}", shape.owner)]
    owners += [(f"{schema}.{name}", owner) for (schema, name), owner in shape.below.items()]
    problems = []
    for name, owner in owners:
        if owner not in matrix.administrators.owners:
            problems.append(
                _problem(
                    table.mark,
                    f"{name} belongs to {owner}, which administrators.owners does not name",
                    "row security does not bind a table's owner: give the table to a NOLOGIN role with "
                    "ALTER TABLE ... OWNER TO and name that role under administrators.owners",
                )
            )
        if owner in shape.owners_that_log_in:
            problems.append(
                _problem(
                    table.mark,
                    f"{name} belongs to {owner}, which can log in: its owner passes row security by",
                    f"ALTER ROLE {owner} NOLOGIN, or give the table to a NOLOGIN role",
                )
            )
    return problems


def _lead_problems(matrix: Matrix, table: Table, tables: dict[str, TableShape]) -> list[Problem]:
    """Columns that say the branch or department, are in the pool's condition, or lead to the parent."""
    shape = tables[table.qualified]
    named = {table.branch, table.department_column} - {None} | (columns_of(table.pool.when) if table.pool else set())
    leading = (*sorted(str(name) for name in named), *(table.parent.by if table.parent else ()))
    problems = [
        _problem(table.mark, f"{table.qualified} has no column {name}{_nearest(name, shape.columns)}")
        for name in leading
        if name not in shape.columns and name not in table.columns
    ]
    if table.parent and table.parent.table in tables:
        parent = matrix.tables[table.parent.table]
        problems += _match_problems(table.parent.mark, table.parent.by, shape, parent, tables[table.parent.table])
    return problems


def _match_problems(
    mark: Mark, columns: Sequence[str], shape: TableShape, top: Table, top_shape: TableShape
) -> list[Problem]:
    """*columns* of one table are compared with the key of *top*: their types must be comparable."""
    problems = []
    for name, key in zip(columns, top.key, strict=False):
        ours, theirs = shape.columns.get(name), top_shape.columns.get(key)
        if ours and theirs and _family(ours.plain_type) != _family(theirs.plain_type):
            where = f"{'.'.join(shape.relation)}.{name} is {ours.type}"
            problems.append(_problem(mark, f"{where}, {top.qualified}.{key} is {theirs.type}: no key of that type"))
    return problems


def _family(type_: str) -> str:
    return next((family[0] for family in _FAMILIES if type_ in family), type_)


def _server_problems(table: Table, shape: TableShape, tables: dict[str, TableShape]) -> list[Problem]:
    problems = []
    for served in table.served_by:
        if isinstance(served, ServedByColumn):
            problems += _column_problems(served.mark, table.qualified, shape, served.column)
            continue
        there = tables.get(served.table)
        if there is None:
            problems.append(_problem(served.mark, f"served_by table {served.table} is not in the database"))
            continue
        problems += _column_problems(served.mark, served.table, there, served.staff)
        problems += _match_problems(served.mark, served.subject, there, table, shape)
        missing = [c for c in (*served.subject, *([served.until] if served.until else [])) if c not in there.columns]
        problems += [_problem(served.mark, f"{served.table} has no column {column}") for column in missing]
        until = there.columns.get(served.until) if served.until else None
        if until and until.plain_type not in END_TYPES:
            problems.append(
                _problem(
                    served.mark, f"{served.table}.{served.until} is {until.type}; until needs a date or a timestamp"
                )
            )
    return problems


def _column_problems(mark: Mark, name: str, shape: TableShape, column: str) -> list[Problem]:
    if column not in shape.columns:
        return [_problem(mark, f"{name} has no column {column}{_nearest(column, shape.columns)}")]
    type_ = shape.columns[column].plain_type
    if type_ in ("text", "character varying"):
        return []
    return [_problem(mark, f"{name}.{column} is {type_}; a staff number is text or varchar")]


def _problem(mark: Mark, message: str, hint: str | None = None) -> Problem:
    return Problem(mark.line, mark.column, message, hint)


def _nearest(word: str, among: Iterable[str]) -> str:
    near = get_close_matches(word, list(among), n=1)
    return f"; did you mean {near[0]}?" if near else ""
