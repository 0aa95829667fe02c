"""
Writing through a role's view: one trigger function for each command that the matrix allows (3.1, 5.3).

A trigger function runs as the role's viewer: row security judges what it writes, the viewer's rights bound it. It
compares what came in with what the view showed: what is as it was shown stays as it is stored, so nobody writes a
mask over a true value or empties a cell that they never saw.
"""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.compile.quote import ident
from pgcustsec.compile.writes.insert import insert
from pgcustsec.compile.writes.rights import write_grants
from pgcustsec.compile.writes.update import delete, update
from pgcustsec.compile.writes.writing import Writing
from pgcustsec.objects import INNER_SCHEMA, INTERNAL_SCHEMA, Function, digest

__all__ = ["Writing", "triggers_sql", "write_functions", "write_grants"]

_BODIES = {"INSERT": insert, "UPDATE": update, "DELETE": delete}


def write_functions(writing: Writing) -> Iterator[Function]:
    """The trigger functions of the role's view, one for each command that the matrix allows."""
    for command in writing.commands:
        yield _function(writing, command, _BODIES[command](writing))


def _function(writing: Writing, command: str, body: str) -> Function:
    name = writing.function_name(command)
    qualified = ident(INNER_SCHEMA, name)
    source = f"""\
CREATE OR REPLACE FUNCTION {qualified}()
    RETURNS trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
{body}
$function$;
REVOKE ALL ON FUNCTION {qualified}() FROM PUBLIC"""
    role, table = writing.reading.role.name, writing.table.qualified
    return Function(
        schema=INNER_SCHEMA,
        name=name,
        arguments="",
        source=digest(source),
        owner=writing.reading.matrix.viewer_role(role),
        comment=f"{command} on {table} through the view of {role}: rights by column, masks, the vault (3.1, 5.3).",
        sql=source,
        returns=(("", "trigger"),),
    )


def triggers_sql(writing: Writing) -> str:
    """What makes the view writable: its columns' defaults, a trigger for each command, and for what is refused."""
    view = ident(writing.reading.role.name, writing.table.name)
    statements = [
        f"ALTER VIEW {view} ALTER COLUMN {ident(c.name)} SET DEFAULT {shape.default}"
        for c in writing.viewed
        if c.name in writing.write.insert and (shape := writing.column(c.name)).default and not shape.made_by
    ]
    functions = {command: ident(INNER_SCHEMA, writing.function_name(command)) for command in writing.commands}
    functions |= dict.fromkeys(writing.refused, ident(INTERNAL_SCHEMA, "refuse_command"))
    statements += [
        f"CREATE TRIGGER {ident(f'pgcustsec_{command.lower()}')} INSTEAD OF {command} ON {view}"
        f" FOR EACH ROW EXECUTE FUNCTION {function}()"
        for command, function in functions.items()
    ]
    return "".join(f";\n{statement}" for statement in statements)
