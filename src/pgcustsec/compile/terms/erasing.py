"""
A customer's own wish: what keeps them whatever they wish, what hangs on them, and what erases them (3.3, 4.3).

What ends a row is what a sweep calls; here it is found, locked, and looked at once more: who sells something at that
moment and who erases come one after the other, by the row of the customer; who holds, by the request.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from pgcustsec.compile.opening import definer, is_key
from pgcustsec.compile.quote import fitting, ident, literal
from pgcustsec.compile.reading import joined_top, parent_joins
from pgcustsec.compile.terms.destroying import end_name
from pgcustsec.compile.terms.holding import among
from pgcustsec.compile.terms.when import descendants, pairs_below, rule_sql, running_sql
from pgcustsec.compile.vault.sealed import record_key
from pgcustsec.matrix.model import Matrix, Table
from pgcustsec.objects import INTERNAL_SCHEMA, OWNER, RETAIN_UNTIL, Function
from pgcustsec.shape import Site

_KEPT = (
    ("record_key", "text"),
    ("rule", "text"),
    ("retain_until", "timestamp with time zone"),
    ("source", "text"),
    ("until", "timestamp with time zone"),
)
_NOTHING = (("", "void"),)
_HANGING = (("relation_name", "text"), ("keys", "text[]"))


def erased_tables(matrix: Matrix, site: Site) -> list[Table]:
    """The tables of customers who are erased as they wish; none whose rows lie in children by inheritance."""
    if not any(kind.erases for kind in matrix.requests.values()):
        return []
    return [t for t in matrix.tables.values() if t.parent is None and not site.tables[t.qualified].has_heirs]


def erasing_functions(matrix: Matrix, site: Site) -> Iterator[Function]:
    """Yield what tells of customers, what erases them, table by table, and what leads to each."""
    customers = [table for table in matrix.tables.values() if table.parent is None]
    retained = [table for table in customers if table.retention]
    erased = erased_tables(matrix, site)
    for table in customers:
        yield _hanging(matrix, site, table)
    for table in retained:
        yield _kept(matrix, site, table)
    for table in erased:
        yield _erase(matrix, site, table)
    query, done = "RETURN QUERY SELECT s.* FROM {} AS s;", "PERFORM {};"
    said = "What hangs on a customer, the keys of each table's rows (4.1, 4.3)."
    yield _leading("hanging_rows", "text, text", _HANGING, _named(_hanging_name, customers, "$2"), query, said)
    said = "Until when rows are kept, by which rule, and which dates below keep them longer (4.3)."
    yield _leading("kept_rows", "text, text[]", _KEPT, _named(_kept_name, retained, "$2"), query, said)
    said = "Erases the customers of a request, with all that hangs on them (4.3); for erase() alone."
    yield _leading("erase_rows", "text, bigint, text[]", _NOTHING, _named(_erase_name, erased, "$2, $3"), done, said)
    listed = ", ".join(literal(table.qualified) for table in erased)
    body = f"BEGIN\n    RETURN {f'$1 IN ({listed})' if listed else 'false'};\nEND;"
    said = "Whether rows of a table are customers who are erased as they wish (4.3)."
    yield definer(INTERNAL_SCHEMA, "erasable", "text", (("", "boolean"),), OWNER, body, said)


def _hanging_name(table: Table) -> str:
    return fitting(f"hanging {table.qualified}")


def _kept_name(table: Table) -> str:
    return fitting(f"kept {table.qualified}")


def _erase_name(table: Table) -> str:
    return fitting(f"erase {table.qualified}")


def _named(name: Callable[[Table], str], tables: list[Table], passed: str) -> dict[str, str]:
    return {table.qualified: f"{INTERNAL_SCHEMA}.{ident(name(table))}({passed})" for table in tables}


def _leading(
    name: str, arguments: str, returns: tuple[tuple[str, str], ...], calls: Mapping[str, str], how: str, comment: str
) -> Function:
    """The function that calls the one of a table, by the table's name; of any other it finds nothing."""
    arms = "".join(f"\n    WHEN {literal(table)} THEN\n        {how.format(call)}" for table, call in calls.items())
    body = f"BEGIN\n    CASE $1{arms}\n    ELSE\n        RETURN;\n    END CASE;\nEND;" if arms else "BEGIN\nEND;"
    return definer(INTERNAL_SCHEMA, name, arguments, returns, OWNER, body, comment, volatile=True)


def _hanging(matrix: Matrix, site: Site, table: Table) -> Function:
    shape = site.tables[table.qualified]
    selects = []
    for below in descendants(matrix, table):
        up = joined_top(matrix, below)
        joins = "".join(f"\n        {line.strip()}" for line in parent_joins(matrix, below, "t"))
        key = record_key(below, site.tables[below.qualified], "t")
        selects.append(f"""\
    RETURN QUERY
        SELECT {literal(below.qualified)}, COALESCE(array_agg({key} ORDER BY {key}), '{{}}')
        FROM {ident(below.schema, below.name)} AS t{joins}
        WHERE {is_key(table, shape, alias=up)};""")
    body = "BEGIN\n" + "\n".join([*selects, "    RETURN;"]) + "\nEND;"
    comment = f"What hangs on a row of {table.qualified}, the keys of each table's rows (4.1, 4.3)."
    return definer(INTERNAL_SCHEMA, _hanging_name(table), "text", _HANGING, OWNER, body, comment, volatile=True)


def _kept(matrix: Matrix, site: Site, table: Table) -> Function:
    shape = site.tables[table.qualified]
    key = record_key(table, shape, "t")
    dates = "".join(
        f", ({literal(f'{where}.{column}')}, {running_sql(matrix, site, table, where, column, 't')})"
        for where, column in pairs_below(table)
    )
    body = f"""\
BEGIN
    RETURN QUERY
        SELECT {key}, {rule_sql(matrix, site, table, "t")}, {ident("t", RETAIN_UNTIL)}, d.source, d.until
        FROM {ident(*shape.relation)} AS t
        CROSS JOIN LATERAL (VALUES (NULL::text, NULL::timestamptz){dates}) AS d (source, until)
        WHERE {among(table, shape, key, "$1")};
END;"""
    comment = f"Until when rows of {table.qualified} are kept, and the latest of each date below (4.3)."
    return definer(INTERNAL_SCHEMA, _kept_name(table), "text[]", _KEPT, OWNER, body, comment, volatile=True)


def _erase(matrix: Matrix, site: Site, table: Table) -> Function:
    shape = site.tables[table.qualified]
    key = record_key(table, shape, "t")
    parts = list(enumerate(table.key))
    # Names that no column of the table has: in these queries a column would go before a variable.
    declared = "".join(f"\n    pgcustsec_key{n} {shape.columns[name].plain_type}[];" for n, name in parts)
    into = ", ".join(f"pgcustsec_key{n}" for n, _ in parts)
    chosen = ", ".join(f"array_agg({ident('c', name)})" for _, name in parts)
    listed = ", ".join(ident("t", name) for name in table.key)
    # Rows without a term are under no hold, and no date keeps them; deleting locks them.
    lock = " FOR UPDATE OF t" if table.retention else ""
    body = f"""\
DECLARE
    went text[];{declared}
BEGIN
    SELECT array_agg(c.key), {chosen} INTO went, {into}
    FROM (SELECT {key} AS key, {listed} FROM {ident(*shape.relation)} AS t WHERE {among(table, shape, key)}{lock}) AS c;
    IF cardinality(went) IS DISTINCT FROM cardinality($2) THEN
        RAISE EXCEPTION 'a customer of request % is there no more: nothing was erased (4.3)', $1
            USING ERRCODE = 'CS201', HINT = 'Somebody was faster; file another for those who are left.';
    END IF;
    PERFORM {INTERNAL_SCHEMA}._refuse_kept({literal(table.qualified)}, went);
    PERFORM {INTERNAL_SCHEMA}.{ident(end_name(table))}(NULL, $1, went, NULL, {into});
END;"""
    comment = f"Erases rows of {table.qualified} that a request names, with all that hangs on them (4.3)."
    return definer(INTERNAL_SCHEMA, _erase_name(table), "bigint, text[]", _NOTHING, OWNER, body, comment, volatile=True)
