"""
Who serves through a table (an assignment) rather than a column: functions that list the customers' keys.

A policy must not read a child of its own table: the child's policy reads the parent, and PostgreSQL refuses the circle.
So one function per customer table reads the assignments as pgcustsec_owner and answers for the caller alone.
"""

from __future__ import annotations

from pgcustsec.compile.quote import ident
from pgcustsec.compile.scopes import COLLEAGUE, INTERNAL, SERVES, asking, assigned_name
from pgcustsec.matrix.model import Matrix, ServedByTable, Table
from pgcustsec.objects import OWNER, Function, digest
from pgcustsec.shape import Site, TableShape

#: When an assignment still runs, by the type of its end. A date holds through its day, in UTC whatever the TimeZone.
_RUNNING = {
    "timestamp with time zone": "{0} > pg_catalog.clock_timestamp()",
    "timestamp without time zone": "{0} > (pg_catalog.clock_timestamp() AT TIME ZONE 'UTC')",
    "date": "{0} >= ((pg_catalog.clock_timestamp() AT TIME ZONE 'UTC')::pg_catalog.date)",
}


def assignment_functions(matrix: Matrix, site: Site, used: set[tuple[str, str]]) -> list[Function]:
    """Return the functions for *used*: pairs of customer table and scope, `serving` or `department`."""
    return [_function(matrix.tables[table], site, scope) for table, scope in sorted(used)]


def _function(top: Table, site: Site, scope: str) -> Function:
    name = assigned_name(top, scope)
    types = site.tables[top.qualified].columns
    key = tuple((column, types[column].plain_type) for column in top.key)
    serving = asking(f"a.{SERVES[top.managers]}", "$1")
    staff = f"({serving})" if scope == "serving" else f"ARRAY({asking('a.staff_id', '$1', COLLEAGUE)})"
    reads = "\n        UNION ALL\n".join(_read(served, site, top) for served in top.served_by_tables)
    meaning = "this login's person serves" if scope == "serving" else "this login's person's department serves"
    comment = f"Keys of {top.qualified} rows that {meaning} by assignment, in the given role (5.2.2)."
    if len(key) == 1:
        # One array is a plain expression: unlike a set, it costs next to nothing where no row asks for it.
        returns: tuple[tuple[str, str], ...] = (("", f"{key[0][1]}[]"),)
        result, answer = returns[0][1], f"RETURN ARRAY(\n{reads})"
    else:
        returns = key
        result = f"TABLE ({', '.join(f'{ident(column)} {type_}' for column, type_ in key)})\n    ROWS 100"
        answer = f"RETURN QUERY\n{reads}"
    source = f"""\
CREATE OR REPLACE FUNCTION {INTERNAL}.{ident(name)}(text)
    RETURNS {result}
    LANGUAGE plpgsql
    STABLE
    PARALLEL SAFE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_column
DECLARE
    served_staff text[] := {staff};
BEGIN
    -- Nobody serves nothing: comparing with a NULL array matches no row.
    {answer};
END;
$function$;
REVOKE ALL ON FUNCTION {INTERNAL}.{ident(name)}(text) FROM PUBLIC"""
    return Function(
        schema=INTERNAL,
        name=name,
        arguments="text",
        source=digest(source),
        owner=OWNER,
        comment=comment,
        sql=source,
        returns=returns,
    )


def _unmeasured(type_: str) -> str:
    """*type_* for a cast: `character` by itself would cut to one."""
    return "pg_catalog.bpchar" if type_ == "character" else type_


def _read(served: ServedByTable, site: Site, top: Table) -> str:
    shape = site.tables[served.table]
    types = site.tables[top.qualified].columns
    # PL/pgSQL wants each column to be of exactly the type declared, not of one that would do.
    columns = ", ".join(
        f"{ident('a', column)}::{_unmeasured(types[key].plain_type)}"
        for column, key in zip(served.subject, top.key, strict=True)
    )
    lines = [
        f"        SELECT {columns}",
        f"        FROM {ident(*shape.relation)} AS a",
        f"        WHERE {ident('a', served.staff)} = ANY (served_staff)",
    ]
    lines += [f"            AND {condition}" for condition in running(served, shape, "a")]
    return "\n".join(lines)


def running(served: ServedByTable, shape: TableShape, alias: str) -> list[str]:
    """Return the condition that the assignment *alias* still runs; none where assignments have no end (4.3)."""
    if served.until is None:
        return []
    end = ident(alias, served.until)
    return [f"({end} IS NULL OR {_RUNNING[shape.columns[served.until].plain_type].format(end)})"]
