"""
How a row stands to somebody who is asked about: what `explain_access` goes by (5.2.4).

Views and policies answer for who asks. Here somebody asks about another, so the same scopes are worked out once more,
for the person named, by functions that run as pgcustsec_owner. The oracle holds both against the same reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pgcustsec.compile.assignments import running
from pgcustsec.compile.opening import definer, is_key
from pgcustsec.compile.policies import relations_of
from pgcustsec.compile.quote import fitting, ident, literal
from pgcustsec.compile.reading import joined_top, parent_joins
from pgcustsec.compile.scopes import top_of
from pgcustsec.compile.terms.when import not_due
from pgcustsec.compile.vault.sealed import record_key
from pgcustsec.matrix.model import Matrix, ServedByColumn, ServedByTable, Table
from pgcustsec.matrix.predicate import columns_of, render
from pgcustsec.objects import INTERNAL_SCHEMA, OWNER, RETAIN_UNTIL, Function, Grant, Policy, digest
from pgcustsec.shape import Site

POLICY = "pgcustsec_explains"
#: How a row stands to somebody: in which of the scopes, and the keys by which it, and its customer, are opened.
_REACH = (
    ("serving", "boolean"),
    ("pool", "boolean"),
    ("branch", "boolean"),
    ("department", "boolean"),
    ("record_key", "text"),
    ("customer_key", "text"),
)
#: Key, whom the person serves by the matrix's word on managers, their department, their branch.
_ARGUMENTS = "text, text[], text, text"


def reach_functions(matrix: Matrix, site: Site) -> Iterator[Function]:
    """Yield a function for each table, and the one that leads to them."""
    arms = ""
    for table in matrix.tables.values():
        yield _reach(matrix, site, table)
        serves = {"none": "$3", "direct": "$4", "chain": "$5"}[top_of(matrix, table).managers]
        arms += f"""
    WHEN {literal(table.qualified)} THEN
        RETURN QUERY SELECT r.* FROM {INTERNAL_SCHEMA}.{ident(_name(table))}($2, {serves}, $6, $7) AS r;"""
    yield definer(
        INTERNAL_SCHEMA,
        "reach",
        "text, text, text[], text[], text[], text, text",
        _REACH,
        OWNER,
        f"BEGIN\n    CASE $1{arms}\n    ELSE\n        RETURN;\n    END CASE;\nEND;",
        "How the row of a table with a key stands to a person (5.2.2); for explain_access() alone.",
    )


def reach_rights(matrix: Matrix, site: Site) -> Iterator[Grant | Policy]:
    """pgcustsec_owner reads what scopes look at: keys, who serves, branch, department, what the pool goes by."""
    for table in matrix.tables.values():
        shape = site.tables[table.qualified]
        yield Grant("schema", (table.schema,), OWNER, shape.schema_owner, frozenset({"USAGE"}))
        for column in sorted(_looked_at(table)):
            yield Grant("column", (*shape.relation, column), OWNER, shape.owner, frozenset({"SELECT"}))
        for relation, owner in relations_of(shape):
            yield Policy(
                schema=relation[0],
                table=relation[1],
                name=POLICY,
                roles=frozenset({OWNER}),
                command="SELECT",
                permissive=True,
                source=digest("true"),
                comment="pgcustsec tells supervisors why a cell shows or does not (5.2.4).",
                owner=owner,
                using="true",
            )


def _looked_at(table: Table) -> set[str]:
    columns = {*table.key, *(table.parent.by if table.parent else ())}
    columns |= {served.column for served in table.served_by if isinstance(served, ServedByColumn)}
    columns |= {column for column in (table.branch, table.department_column) if column}
    columns |= {RETAIN_UNTIL} if table.retention else set()
    return columns | (columns_of(table.pool.when) if table.pool else set())


def _name(table: Table) -> str:
    return fitting(f"reach {table.qualified}")


def _reach(matrix: Matrix, site: Site, table: Table) -> Function:
    top, shape = top_of(matrix, table), site.tables[table.qualified]
    alias = joined_top(matrix, table)
    joins = "".join(f"\n    {line}" for line in parent_joins(matrix, table, "t"))
    serving = [*by_column(top, alias, "ANY ($2)"), *by_assignment(top, site, alias, "ANY ($2)")]
    within = not_due(top, alias)
    term = f" AND {within}" if within else ""
    pool = f"({render(top.pool.when, alias)}) IS TRUE" if top.pool else "false"
    branch = f"{ident(alias, top.branch)} = $4" if top.branch else "false"
    body = f"""\
BEGIN
    RETURN QUERY
        SELECT
            COALESCE({_any(serving)}, false),
            {pool},
            COALESCE({branch}, false),
            COALESCE({_department(top, site, alias)}, false),
            {record_key(table, shape, "t")},
            {record_key(top, site.tables[top.qualified], alias)}
        FROM {ident(*shape.relation)} AS t{joins}
        WHERE {is_key(table, shape)}{term}
        LIMIT 1;
EXCEPTION WHEN data_exception THEN
    -- What is no key of this table is the key of no row.
    RETURN;
END;"""
    comment = f"How the row of {table.qualified} with a key stands to a person (5.2.2); for explain_access() alone."
    return definer(INTERNAL_SCHEMA, _name(table), _ARGUMENTS, _REACH, OWNER, body, comment)


def _department(top: Table, site: Site, alias: str) -> str:
    if top.department_column:
        return f"{ident(alias, top.department_column)} = $3"
    if not top.department_of_server:
        return "false"
    colleagues = f"ANY (ARRAY(SELECT c.staff_id FROM {INTERNAL_SCHEMA}.staff AS c WHERE c.department_code = $3))"
    return _any([*by_column(top, alias, colleagues), *by_assignment(top, site, alias, colleagues)])


def _any(conditions: Sequence[str]) -> str:
    return " OR ".join(conditions) or "false"


def by_column(top: Table, alias: str, staff: str) -> list[str]:
    """That one who serves by a column of *top* is *staff*, an SQL comparison: `ANY (...)`."""
    return [f"{ident(alias, s.column)} = {staff}" for s in top.served_by if isinstance(s, ServedByColumn)]


def by_assignment(top: Table, site: Site, alias: str, staff: str) -> list[str]:
    """That one to whom the row is assigned, and still is, is *staff*."""
    return [_assigned(served, top, site, alias, staff) for served in top.served_by_tables]


def _assigned(served: ServedByTable, top: Table, site: Site, alias: str, staff: str) -> str:
    shape = site.tables[served.table]
    pairs = zip(served.subject, top.key, strict=True)
    conditions = [f"{ident('a', column)} = {ident(alias, key)}" for column, key in pairs]
    conditions += [f"{ident('a', served.staff)} = {staff}", *running(served, shape, "a")]
    return f"EXISTS (SELECT FROM {ident(*shape.relation)} AS a WHERE {' AND '.join(conditions)})"
