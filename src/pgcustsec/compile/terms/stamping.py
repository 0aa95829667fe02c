"""What keeps `retain_until` up to date: a trigger on the table, and one on each table below that rules count from."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.compile.opening import definer
from pgcustsec.compile.quote import fitting, ident, literal
from pgcustsec.compile.reading import parent_joins
from pgcustsec.compile.terms.when import dates_below, own_columns, until_sql
from pgcustsec.matrix.model import Matrix, Table
from pgcustsec.objects import INTERNAL_SCHEMA, OWNER, RETAIN_UNTIL, Function, Grant, Trigger, digest
from pgcustsec.shape import Site

#: The last of a row's triggers in the order of their names: what an application's own write counts.
STAMP = "zz_pgcustsec_term"


def stamping(matrix: Matrix, site: Site, table: Table) -> Iterator[Function | Trigger | Grant]:
    """Yield the triggers that stamp *table*, their functions, and the right to name those in a trigger."""
    yield from _on_table(matrix, site, table)
    for where, columns in sorted(_followed(matrix, table).items()):
        yield from _on_child(matrix, site, table, matrix.tables[where], columns)


def _followed(matrix: Matrix, table: Table) -> dict[str, set[str]]:
    """The tables below whose changes may change a term: those with dates, and those by which they hang on the row."""
    found: dict[str, set[str]] = {}
    for where, columns in dates_below(table).items():
        child = matrix.tables[where]
        found.setdefault(where, set()).update(columns)
        while child.parent is not None:
            found.setdefault(child.qualified, set()).update(child.parent.by)
            if child.parent.table == table.qualified:
                break
            child = matrix.tables[child.parent.table]
    return found


def stamp_function(table: Table) -> str:
    """The name of the trigger function that stamps a row of *table*."""
    return fitting(f"stamp {table.qualified}")


def _on_table(matrix: Matrix, site: Site, table: Table) -> Iterator[Function | Trigger | Grant]:
    shape = site.tables[table.qualified]
    until = until_sql(matrix, site, table, "t")
    body = f"""\
BEGIN
    -- Whatever is written there: nobody says by hand until when a row is kept.
    SELECT {until}
    INTO NEW.{ident(RETAIN_UNTIL)}
    FROM (SELECT NEW.*) AS t;
    RETURN NEW;
END;"""
    yield _trigger_function(stamp_function(table), body, f"Until when a row of {table.qualified} is kept (4.3).")
    columns = sorted({*own_columns(table), *table.key})
    moved = " OR ".join(f"OLD.{ident(name)} IS DISTINCT FROM NEW.{ident(name)}" for name in columns)
    # Not `OF` those columns: a trigger of the application's may write one that the statement does not name.
    for name, events, when in (
        (STAMP, "BEFORE INSERT", ""),
        (f"{STAMP}_moved", "BEFORE UPDATE", f" WHEN ({moved})"),
        (f"{STAMP}_kept", f"BEFORE UPDATE OF {ident(RETAIN_UNTIL)}", ""),
    ):
        comment = "Says until when the row is kept (4.3)."
        yield _trigger(site, table, name, events, stamp_function(table), comment, when)
    yield _may_name(stamp_function(table), shape.owner)


def _on_child(
    matrix: Matrix, site: Site, top: Table, child: Table, columns: set[str]
) -> Iterator[Function | Trigger | Grant]:
    """A change of a date below changes the customer's term, if it changes it: else the customer's row is left alone."""
    assert child.parent is not None
    name = fitting(f"follow {child.qualified} {top.qualified}")
    depth = len(parent_joins(matrix, child, "c"))
    joins = "".join(f"\n        {join.strip()}" for join in parent_joins(matrix, child, "c"))
    up = f"up{depth}"
    keys = ", ".join(ident(up, key) for key in top.key)
    same = " AND ".join(f"{ident('t', key)} = ({ident('k', f'key{n}')})" for n, key in enumerate(top.key))
    named = ", ".join(f"key{n}" for n in range(len(top.key)))
    relation = ident(top.schema, top.name)
    kept, until = ident("t", RETAIN_UNTIL), until_sql(matrix, site, top, "t")
    steps = []
    for row, when in (("OLD", "TG_OP <> 'INSERT'"), ("NEW", "TG_OP <> 'DELETE'")):
        customer = f"(SELECT {keys} FROM (SELECT {row}.*) AS c{joins}) AS k ({named})"
        steps.append(f"""\
    IF {when} THEN
        -- Locked before it is worked out: of two at once the second counts what the first has written.
        PERFORM FROM {relation} AS t WHERE EXISTS (SELECT FROM {customer} WHERE {same}) FOR NO KEY UPDATE;
        UPDATE {relation} AS t SET {ident(RETAIN_UNTIL)} = {ident(RETAIN_UNTIL)}
        FROM {customer}
        -- An older snapshot may miss what others have sold meanwhile: it makes no term shorter.
        WHERE {same} AND CASE current_setting('transaction_isolation')
            WHEN 'read committed' THEN {kept} <> {until}
            ELSE {kept} < {until}
        END;
    END IF;""")
    body = "BEGIN\n" + "\n".join(steps) + "\n    RETURN NULL;\nEND;"
    yield _trigger_function(name, body, f"A date of {child.qualified} may change the term of its customer (4.3).")
    listed = ", ".join(map(ident, sorted(columns)))
    events = f"AFTER INSERT OR DELETE OR UPDATE OF {listed}"
    follows = f"The term of {top.qualified} follows (4.3)."
    yield _trigger(site, child, STAMP, events, name, follows)
    # Whose rows went nobody can say then: the next run works out all anew.
    anew = f"{ident(INTERNAL_SCHEMA, '_terms_anew')}({literal(top.qualified)})"
    relation = ident(*site.tables[child.qualified].relation)
    emptied = (
        f"CREATE TRIGGER {ident(STAMP + '_emptied')} AFTER TRUNCATE ON {relation} FOR EACH STATEMENT"
        f" EXECUTE FUNCTION {anew}"
    )
    shape = site.tables[child.qualified]
    yield Trigger(*shape.relation, f"{STAMP}_emptied", digest(emptied), follows, shape.owner, emptied)
    yield _may_name("_terms_anew", shape.owner)
    yield _may_name(name, site.tables[child.qualified].owner)


def _trigger_function(name: str, body: str, comment: str) -> Function:
    return definer(INTERNAL_SCHEMA, name, "", (("", "trigger"),), OWNER, body, comment, volatile=True)


def _trigger(site: Site, table: Table, name: str, events: str, function: str, comment: str, when: str = "") -> Trigger:
    shape = site.tables[table.qualified]
    relation = ident(*shape.relation)
    sql = (
        f"CREATE TRIGGER {ident(name)} {events} ON {relation} FOR EACH ROW{when}"
        f" EXECUTE FUNCTION {ident(INTERNAL_SCHEMA, function)}()"
    )
    return Trigger(*shape.relation, name, digest(sql), comment, shape.owner, sql)


def _may_name(function: str, owner: str) -> Grant:
    """Who makes a trigger must be able to run its function; it is refused to whoever calls it as one."""
    return Grant("function", (INTERNAL_SCHEMA, function, ""), owner, OWNER, frozenset({"EXECUTE"}))
