"""
What somebody who leaves served, and who serves it from then on (5.3).

Where the matrix finds who serves: columns of customer tables, and assignments while they run. The functions run as
pgcustsec_owner, which may write these columns, by a policy of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.compile.assignments import running
from pgcustsec.compile.opening import definer
from pgcustsec.compile.policies import relations_of
from pgcustsec.compile.pool import as_column, pool_of, prospect_of
from pgcustsec.compile.quote import fitting, ident, literal
from pgcustsec.compile.vault.sealed import key_text, record_key
from pgcustsec.matrix.model import Matrix, ServedByColumn, ServedByTable, Table
from pgcustsec.objects import INTERNAL_SCHEMA, OWNER, Function, Grant, Policy, digest
from pgcustsec.shape import Site, TableShape

POLICY = "pgcustsec_leavers"
_TIMESTAMPTZ = "timestamp with time zone"
_MOVED = (("record_key", "text"), ("was_prospect", "boolean"))
#: An assignment that is over at a moment; a date holds through its day.
_OVER = {
    _TIMESTAMPTZ: "$3",
    "timestamp without time zone": "($3 AT TIME ZONE 'UTC')",
    "date": "(($3 AT TIME ZONE 'UTC')::pg_catalog.date - 1)",
}


def handover_functions(matrix: Matrix, site: Site) -> Iterator[Function]:
    """Yield what moves a leaver's customers and what counts them, for each customer table, and what leads there."""
    tables = _tables(matrix, site)
    moves, counts = "", ""
    for table in tables:
        yield _hand_over(matrix, site, table)
        yield _served(site, table)
        name = literal(table.qualified)
        moves += f"""
    RETURN QUERY
        SELECT {name}, r.* FROM {INTERNAL_SCHEMA}.{ident(_name("hand over", table))}($1, $2, $3) AS r;"""
        counts += f"""
    RETURN QUERY
        SELECT {name}, {INTERNAL_SCHEMA}.{ident(_name("served", table))}($1);"""
    yield definer(
        INTERNAL_SCHEMA,
        "hand_over",
        f"text, text, {_TIMESTAMPTZ}",
        (("relation", "text"), *_MOVED),
        OWNER,
        f"BEGIN{moves}\n    RETURN;\nEND;",
        "Moves what a leaver served to somebody else, NULL: prospects to their pool; what moved (5.3).",
        volatile=True,
    )
    yield definer(
        INTERNAL_SCHEMA,
        "customers_served",
        "text",
        (("relation", "text"), ("customers", "bigint")),
        OWNER,
        f"BEGIN{counts}\n    RETURN;\nEND;",
        "How many customers name somebody as who serves them directly (5.2.2, 5.3).",
    )


def handover_rights(matrix: Matrix, site: Site) -> Iterator[Grant | Policy]:
    """pgcustsec_owner writes who serves, in every row: the columns that say so, and no other."""
    written: dict[str, set[str]] = {}
    for table in _tables(matrix, site):
        for served in table.served_by:
            if isinstance(served, ServedByColumn):
                written.setdefault(table.qualified, set()).add(served.column)
            elif not site.tables[served.table].has_heirs:
                ends = {served.until} if served.until else set()
                written.setdefault(served.table, set()).update({served.staff} | ends)
    for name, columns in written.items():
        shape = site.tables[name]
        for column in sorted(columns):
            yield Grant("column", (*shape.relation, column), OWNER, shape.owner, frozenset({"SELECT", "UPDATE"}))
        for relation, owner in relations_of(shape):
            yield Policy(
                schema=relation[0],
                table=relation[1],
                name=POLICY,
                roles=frozenset({OWNER}),
                command="UPDATE",
                permissive=True,
                source=digest("true"),
                comment="pgcustsec hands over the customers of who leaves (5.3).",
                owner=owner,
                using="true",
            )


def _tables(matrix: Matrix, site: Site) -> list[Table]:
    return [t for t in matrix.tables.values() if t.served_by and not site.tables[t.qualified].has_heirs]


def _name(what: str, table: Table) -> str:
    return fitting(f"{what} {table.qualified}")


def _hand_over(matrix: Matrix, site: Site, table: Table) -> Function:
    shape = site.tables[table.qualified]
    steps, pooled = [], ["RETURN;"]
    for served in table.served_by:
        if isinstance(served, ServedByColumn):
            steps.append(_by_column(table, shape, served.column, "$2", None))
            pool = pool_of(table, shape)
            if pool and pool.holder == served.column:
                pooled.insert(0, _by_column(table, shape, served.column, "NULL", prospect_of(pool, "t")))
        elif served.table in matrix.tables and not site.tables[served.table].has_heirs:
            steps += _by_assignment(table, shape, served, matrix.tables[served.table], site.tables[served.table])
    to_pool, to_heir = ("\n".join(part).replace("\n", "\n        ") for part in (pooled, steps))
    body = f"""\
BEGIN
    -- Rows that somebody has locked stay: who leaves could else keep their leaving from being recorded.
    IF $2 IS NULL THEN
        {to_pool}
    ELSE
        {to_heir}
    END IF;
    RETURN;
END;"""
    comment = f"Moves what a leaver serves of {table.qualified} (5.3)."
    arguments = f"text, text, {_TIMESTAMPTZ}"
    return definer(INTERNAL_SCHEMA, _name("hand over", table), arguments, _MOVED, OWNER, body, comment, volatile=True)


def _by_column(table: Table, shape: TableShape, column: str, heir: str, condition: str | None) -> str:
    pool = pool_of(table, shape)
    prospect, claimed = "false", ""
    if pool and pool.holder == column:
        prospect = prospect_of(pool, "t")
        moment = "NULL" if heir == "NULL" else as_column(shape, pool.claimed_at, "$3")
        at = ident(pool.claimed_at)
        claimed = f", {at} = CASE WHEN d.is_prospect THEN {moment} ELSE u.{at} END"
    where = f"{ident('t', column)} = $1" + (f" AND {condition}" if condition else "")
    return f"""\
RETURN QUERY
    WITH mine AS MATERIALIZED (
        SELECT {_picked(table)}, {prospect} AS is_prospect
        FROM {ident(*shape.relation)} AS t
        WHERE {where}
        FOR NO KEY UPDATE SKIP LOCKED)
    UPDATE {ident(*shape.relation)} AS u
    SET {ident(column)} = {heir}{claimed}
    FROM mine AS d
    WHERE {_matched(table)}
    RETURNING {record_key(table, shape, "u")}, d.is_prospect;"""


def _by_assignment(
    top: Table, top_shape: TableShape, served: ServedByTable, table: Table, shape: TableShape
) -> Iterator[str]:
    """Running assignments name the heir; where the heir has one already, the leaver's ends."""
    relation, staff = ident(*shape.relation), served.staff
    mine = " AND ".join([f"{ident('t', staff)} = $1", *running(served, shape, "t")])
    same = [f"{ident('h', column)} = {ident('t', column)}" for column in served.subject]
    theirs = " AND ".join([*same, f"{ident('h', staff)} = $2", *running(served, shape, "h")])
    customer = key_text(top, top_shape, [ident("u", column) for column in served.subject])

    def update(set_to: str, among: str) -> str:
        return f"""\
RETURN QUERY
    WITH mine AS MATERIALIZED (
        SELECT {_picked(table)}
        FROM {relation} AS t
        WHERE {mine} AND {among}EXISTS (SELECT FROM {relation} AS h WHERE {theirs})
        FOR NO KEY UPDATE SKIP LOCKED)
    UPDATE {relation} AS u
    SET {set_to}
    FROM mine AS d
    WHERE {_matched(table)}
    RETURNING {customer}, false;"""

    if served.until:
        over = _OVER[shape.columns[served.until].plain_type]
        yield update(f"{ident(served.until)} = {over}", "")
    yield update(f"{ident(staff)} = $2", "NOT ")


def _picked(table: Table) -> str:
    return ", ".join(f"{ident('t', name)} AS key_{place}" for place, name in enumerate(table.key))


def _matched(table: Table) -> str:
    return " AND ".join(f"{ident('u', name)} = d.key_{place}" for place, name in enumerate(table.key))


def _served(site: Site, table: Table) -> Function:
    shape = site.tables[table.qualified]
    conditions = []
    for served in table.served_by:
        if isinstance(served, ServedByColumn):
            conditions.append(f"{ident('t', served.column)} = $1")
            continue
        there = site.tables[served.table]
        pairs = zip(served.subject, table.key, strict=True)
        match = [f"{ident('a', column)} = {ident('t', key)}" for column, key in pairs]
        match += [f"{ident('a', served.staff)} = $1", *running(served, there, "a")]
        conditions.append(f"EXISTS (SELECT FROM {ident(*there.relation)} AS a WHERE {' AND '.join(match)})")
    body = f"""\
BEGIN
    RETURN (
        SELECT pg_catalog.count(*)
        FROM {ident(*shape.relation)} AS t
        WHERE {" OR ".join(conditions)});
END;"""
    comment = f"How many rows of {table.qualified} name somebody as who serves them (5.2.2, 5.3)."
    return definer(INTERNAL_SCHEMA, _name("served", table), "text", (("", "bigint"),), OWNER, body, comment)
