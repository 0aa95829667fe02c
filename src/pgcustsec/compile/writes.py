"""
Writing through a role's view: one trigger function for each command that the matrix allows (3.1, 5.3).

A trigger function runs as the role's viewer: row security judges what it writes, the viewer's rights bound it. It
compares what came in with what the view showed: what is as it was shown stays as it is stored, so nobody writes a
mask over a true value or empties a cell that they never saw.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pgcustsec.compile.quote import fitting, ident, literal
from pgcustsec.compile.scopes import shows_sql
from pgcustsec.compile.vault import Sealed, Vault, record_key, sealed_columns
from pgcustsec.compile.views import HIDDEN, Reading, alias_of_top, has_stars, parent_joins, writes
from pgcustsec.matrix.kinds import WITH_NORMAL_FORM
from pgcustsec.matrix.model import Column
from pgcustsec.objects import INNER_SCHEMA, INTERNAL_SCHEMA, OWNER, Function, Grant, digest
from pgcustsec.shape import ColumnShape

#: Columns that the table fills by itself whatever is given: see `ColumnShape.made_by`.
_NEVER_GIVEN = frozenset({"always", "stored", "virtual"})
#: What the fits_ functions call.
_SHAPE_HELPERS = {
    ("_visible", "text, text"),
    ("_has_letter", "text"),
    ("_has_control", "text"),
    ("_says_nothing", "text"),
    ("_normal_odd_phone", "text"),
    *((f"normal_{kind}", "text") for kind in WITH_NORMAL_FORM),
}
#: Types that PostgreSQL cannot compare: their text is.
_NO_EQUALITY = frozenset({"json", "xml", "point", "polygon", "box", "path", "line", "circle", "lseg"})


class Writing:
    """A role's way to write one table: everything that its trigger functions, grants and defaults come from."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.write = reading.access.write
        self.table = reading.table
        self.shape = reading.site.tables[reading.table.qualified]

    @cached_property
    def commands(self) -> list[str]:
        return writes(self.reading)

    @cached_property
    def vault(self) -> Vault | None:
        sealed = sealed_columns(self.table, self.shape)
        return Vault(self.table, self.shape, sealed) if sealed else None

    @cached_property
    def sealed(self) -> dict[str, Sealed]:
        return {one.name: one for one in self.vault.sealed} if self.vault else {}

    @property
    def relation(self) -> str:
        return ident(*self.shape.relation)

    def column(self, name: str) -> ColumnShape:
        return self.shape.columns[name]

    def function_name(self, command: str) -> str:
        return fitting(f"{command.lower()} {self.reading.role.name}.{self.table.name}")

    @cached_property
    def viewed(self) -> list[Column]:
        return self.reading.columns

    @cached_property
    def stored(self) -> list[Column]:
        """The view's columns that show what is stored, where they do: all but tier 1 and what never shows."""
        return [c for c in self.viewed if c.tier == 3 or (c.tier == 2 and self.reading.tier2)]

    @cached_property
    def private(self) -> list[Column]:
        """Those of `stored` that show in some rows only."""
        return [c for c in self.stored if c.tier == 2 and not self.reading.tier2_everywhere]

    def shows(self) -> str | None:
        """The condition that tier 2 of the row `t` shows, read as the viewer; None: it always does."""
        reading = self.reading
        if not reading.tier2 or reading.tier2_everywhere:
            return None
        shown = shows_sql(
            reading.matrix, reading.role, reading.top, alias_of_top(reading), reading.tier2, reading.visible
        )
        if self.table.parent is None:
            return f"COALESCE({shown}, false)"
        first, *more = parent_joins(reading.matrix, self.table, "t")
        _, _, source = first.partition("JOIN ")
        source, _, match = source.partition(" ON ")
        joins = "".join(f" {line.strip()}" for line in more)
        return f"EXISTS (SELECT FROM {source}{joins} WHERE {match} AND ({shown}))"


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
    """What makes the view writable: its columns' defaults, and a trigger for each command."""
    view = ident(writing.reading.role.name, writing.table.name)
    statements = [
        f"ALTER VIEW {view} ALTER COLUMN {ident(c.name)} SET DEFAULT {shape.default}"
        for c in writing.viewed
        if c.name in writing.write.insert and (shape := writing.column(c.name)).default and not shape.made_by
    ]
    for command in writing.commands:
        function = ident(INNER_SCHEMA, writing.function_name(command))
        statements.append(
            f"CREATE TRIGGER {ident(f'pgcustsec_{command.lower()}')} INSTEAD OF {command} ON {view}"
            f" FOR EACH ROW EXECUTE FUNCTION {function}()"
        )
    return "".join(f";\n{statement}" for statement in statements)


# --- rights -------------------------------------------------------------------------------------------------------


def write_grants(writing: Writing) -> Iterator[Grant]:
    """What the group may do to the view, and what that takes of its viewer on the table and of our functions."""
    reading, shape = writing.reading, writing.shape
    group, viewer = reading.matrix.group_role(reading.role.name), reading.matrix.viewer_role(reading.role.name)
    if not writing.commands:
        return
    # By table, not by column: an ORM writes back every column that it read. The triggers know the columns.
    yield Grant("table", (reading.role.name, writing.table.name), group, viewer, frozenset(writing.commands))
    for command, columns in (("INSERT", writing.write.insert), ("UPDATE", writing.write.update)):
        for name in columns:
            yield Grant("column", (*shape.relation, name), viewer, shape.owner, frozenset({command}))
    if writing.write.delete:
        yield Grant("table", shape.relation, viewer, shape.owner, frozenset({"DELETE"}))
    if writing.write.insert:
        for name, column in shape.columns.items():
            if column.sequence and (column.made_by == "serial" or name in writing.write.insert):
                yield Grant("sequence", column.sequence, viewer, shape.owner, frozenset({"USAGE"}))
    for name, arguments in sorted(_called(writing)):
        yield Grant("function", (INTERNAL_SCHEMA, name, arguments), viewer, OWNER, frozenset({"EXECUTE"}))


def _called(writing: Writing) -> set[tuple[str, str]]:
    """Functions of ours, with their arguments' types, that the trigger functions call as the viewer."""
    record = "text, text, text, text[], text[], text[], bytea[], bytea[], integer"
    called = {("record_change", record), ("refuse_write", "text, text, text[]"), ("clearing", "")}
    written = {*writing.write.insert, *writing.write.update} & writing.sealed.keys()
    called |= _SHAPE_HELPERS if written else set()
    for name in written:
        if form := writing.sealed[name].form:
            called |= {(f"mask_{form}", "text"), (f"fits_{form}", "text")}
    if vault := writing.vault:
        values = ", ".join([*vault.key_arguments, *vault.value_arguments])
        changed = ", ".join([*vault.key_arguments, "text[]", *vault.value_arguments])
        called |= {(vault.keep_name, values), (vault.change_name, changed)}
        called.add((vault.seal_name, ", ".join(vault.key_arguments)))
    return called


# --- bodies -------------------------------------------------------------------------------------------------------


def _refuse(writing: Writing, state: str, columns: str) -> str:
    return f"PERFORM {INTERNAL_SCHEMA}.refuse_write({literal(state)}, {literal(writing.table.qualified)}, {columns})"


def _differs(writing: Writing, name: str, one: str, other: str) -> str:
    shape = writing.column(name)
    # Types that are not PostgreSQL's own have their equality, if any, where the search_path here does not lead.
    as_text = shape.type_schema or shape.plain_type.removesuffix("[]") in _NO_EQUALITY
    cast = "::text" if as_text else ""
    return f"{one}.{ident(name)}{cast} IS DISTINCT FROM {other}.{ident(name)}{cast}"


def _is_empty(writing: Writing, name: str, row: str) -> str:
    """Whether a cell holds nothing: NULL, or JSON's own null, which clients write for theirs."""
    value = f"{row}.{ident(name)}"
    if writing.column(name).plain_type in ("json", "jsonb"):
        return f"COALESCE({value}::text, 'null') = 'null'"
    return f"{value} IS NULL"


def _named_if(pairs: list[tuple[str, str]]) -> str:
    """An SQL array of the names whose condition holds."""
    cases = ", ".join(f"CASE WHEN {condition} THEN {literal(name)} END" for name, condition in pairs)
    return f"array_remove(ARRAY[{cases}]::text[], NULL)"


def _refusal(writing: Writing, state: str, pairs: list[tuple[str, str]]) -> str:
    """Refuse with *state* when any of the conditions holds, naming the columns of those that do."""
    if not pairs:
        return ""
    any_ = "\n        OR ".join(condition for _, condition in pairs)
    return f"    IF {any_} THEN\n        {_refuse(writing, state, _named_if(pairs))};\n    END IF;\n"


def _shape_refusals(writing: Writing, names: list[str], changed: str = "") -> str:
    """A masked form is no true value; what has not the shape of its kind is refused as well. Stars tell the first."""
    masked, misshapen = [], []
    for name in names:
        form = writing.sealed[name].form
        if form is None:
            continue
        value = f"NEW.{ident(name)}::text"
        guard = f"{_differs(writing, name, 'NEW', 'OLD')} AND " if changed else ""
        looks = f"{value} = '***'" if form in ("text", "messenger") else f"strpos({value}, '*') > 0"
        masked.append((name, f"{guard}{looks}"))
        misshapen.append((name, f"{guard}NOT {INTERNAL_SCHEMA}.fits_{form}({value})"))
    return _refusal(writing, "CS401", masked) + _refusal(writing, "CS405", misshapen)


def _shown_again(writing: Writing) -> str:
    """NEW as the view shows it, once the table's own values are in it."""
    lines = []
    for column in writing.viewed:
        if column.tier == 1:
            type_ = writing.column(column.name).type
            stars = f"{HIDDEN}::{type_}" if has_stars(writing.reading, column) else f"NULL::{type_}"
            lines.append(f"    NEW.{ident(column.name)} := {stars};\n")
        elif column not in writing.stored:
            lines.append(f"    NEW.{ident(column.name)} := NULL;\n")
    if writing.private:
        hidden = "".join(f"        NEW.{ident(c.name)} := NULL;\n" for c in writing.private)
        lines.append(f"    IF shown IS NOT TRUE THEN\n{hidden}    END IF;\n")
    return "".join(lines)


def _returning(writing: Writing) -> str:
    columns = [ident("t", c.name) for c in writing.stored]
    targets = [f"NEW.{ident(c.name)}" for c in writing.stored]
    shows = writing.shows()
    if writing.private and shows:
        columns.append(shows)
        targets.append("shown")
    if not columns:
        return ""
    return f"\n        RETURNING {', '.join(columns)}\n        INTO {', '.join(targets)}"


def _key_values(row: str, writing: Writing) -> str:
    return ", ".join(f"{row}.{ident(name)}" for name in writing.table.key)


def _insert(writing: Writing) -> str:
    """Insert what the role may, masked; keep the true values; show the row as the view does."""
    mine = [name for name in writing.write.insert if writing.column(name).made_by not in _NEVER_GIVEN]
    others = [c.name for c in writing.viewed if c.name not in mine]
    sealed = [name for name in mine if name in writing.sealed]
    masks = {name: f"masked_{i}" for i, name in enumerate(sealed)}
    declared = "".join(f"    {masks[name]} {writing.column(name).type};\n" for name in sealed)
    assigned = "".join(
        f"    {masks[name]} := {writing.sealed[name].masked(f'NEW.{ident(name)}')};\n" for name in sealed
    )
    kept = "".join(f"    kept_{i} {writing.column(name).type} := NEW.{ident(name)};\n" for i, name in enumerate(sealed))
    columns, values = [], []
    for name in mine:
        shape = writing.column(name)
        value = masks.get(name, f"NEW.{ident(name)}")
        if shape.sequence:
            # A serial's own default: there may be more in it than the sequence's number.
            made = shape.default or f"nextval({literal(ident(*shape.sequence))}::regclass)"
            value = f"COALESCE({value}, {made})"
        columns.append(ident(name))
        values.append(value)
    return f"""\
DECLARE
    shown boolean;
{kept}{declared}BEGIN
{_refusal(writing, "CS406", [(name, f"NEW.{ident(name)} IS NOT NULL") for name in others])}\
{_shape_refusals(writing, sealed)}\
{assigned}\
    INSERT INTO {writing.relation} AS t ({", ".join(columns)})
        VALUES ({", ".join(values)}){_returning(writing)};
{_keep_call(writing, sealed)}\
{_shown_again(writing)}\
    RETURN NEW;
END;"""


def _keep_call(writing: Writing, sealed: list[str]) -> str:
    if not writing.vault:
        key = record_key(writing.table, "NEW")
        return f"    PERFORM {INTERNAL_SCHEMA}.record_change({literal(writing.table.qualified)}, {key}, 'made');\n"
    given = {name: f"kept_{i}" for i, name in enumerate(sealed)}
    values = [given.get(name, f"NULL::{one.shape.plain_type}") for name, one in writing.sealed.items()]
    call = f"{INTERNAL_SCHEMA}.{ident(writing.vault.keep_name)}({', '.join([_key_values('NEW', writing), *values])})"
    # An assignment and not PERFORM: that would be one more statement a row.
    return f"    shown := {call} AND shown;\n" if writing.private else f"    shown := {call};\n"


@dataclass(frozen=True, slots=True)
class _Updated:
    """The columns of an UPDATE by what becomes of them."""

    open: list[str]
    private: list[str]
    names: list[str]
    unseen: list[str]
    others: list[str]


def _sorted_out(writing: Writing) -> _Updated:
    mine = {name for name in writing.write.update if writing.column(name).made_by not in _NEVER_GIVEN}
    stored = {c.name: c for c in writing.stored}
    return _Updated(
        open=[n for n, c in stored.items() if n in mine and c.tier == 3],
        private=[n for n, c in stored.items() if n in mine and c.tier == 2 and n not in writing.sealed],
        names=[n for n, c in stored.items() if n in mine and n in writing.sealed],
        unseen=[c.name for c in writing.viewed if c.name in mine and c.name not in stored],
        others=[c.name for c in writing.viewed if c.name not in mine],
    )


def _update(writing: Writing) -> str:
    """Write what differs from what was shown, where it was shown; the rest stays as it is stored."""
    columns = _sorted_out(writing)
    guarded = [*columns.private, *columns.names]
    changes = [(name, _differs(writing, name, "NEW", "OLD")) for name in (*columns.open, *guarded)]
    if not changes:
        return _update_of_nothing(writing, columns)
    clears = [
        (
            name,
            f"{_is_empty(writing, name, 'NEW')} AND NOT ({_is_empty(writing, name, 'OLD')}) AND {literal(name)} <> ALL"
            f" (COALESCE({INTERNAL_SCHEMA}.clearing(), '{{}}'::text[]))",
        )
        for name in guarded
    ]
    match = " AND ".join(f"{ident('t', name)} = OLD.{ident(name)}" for name in writing.table.key)
    sets = ", ".join(_set(writing, name) for name, _ in changes)
    shows = writing.shows() if guarded and writing.private else None
    condition = f"\n        AND (cardinality(guarded) = 0 OR {shows})" if shows else ""
    condition += "".join(
        f"\n        AND ({literal(name)} <> ALL (changed) OR NOT {_differs(writing, name, 't', 'before')})"
        for name, _ in changes
    )
    hidden = (
        f"        IF cardinality(guarded) > 0 AND EXISTS (SELECT FROM {writing.relation} AS t WHERE {match} AND NOT"
        f" {shows}) THEN\n            {_refuse(writing, 'CS402', 'guarded')};\n        END IF;\n"
        if shows
        else ""
    )
    return f"""\
DECLARE
    shown boolean;
    changed text[] := {_named_if(changes)};
    guarded text[] := {_named_if([pair for pair in changes if pair[0] in guarded])};
    before record := OLD;
    given record := NEW;
BEGIN
{_refusal(writing, "CS406", [(name, _differs(writing, name, "NEW", "OLD")) for name in columns.others])}\
{_refusal(writing, "CS402", [(name, _differs(writing, name, "NEW", "OLD")) for name in columns.unseen])}\
{_refusal(writing, "CS403", clears)}\
{_shape_refusals(writing, columns.names, changed="yes")}\
    IF cardinality(changed) = 0 THEN
        -- OLD: NEW may be equal and look otherwise, as 1.0 and 1.00.
        RETURN OLD;
    END IF;
{_seal_first(writing)}\
    UPDATE {writing.relation} AS t
    SET {sets}
    WHERE {match}{condition}{_returning(writing)};
    IF NOT FOUND THEN
{hidden}\
{_refuse_overtaken(writing, match, "changed")}\
        RETURN NULL;
    END IF;
{_record_update(writing, columns)}\
{_shown_again(writing)}\
    RETURN NEW;
END;"""


def _refuse_overtaken(writing: Writing, match: str, columns: str) -> str:
    """
    Where the row is there after all, others changed it since it was read: what was worked out from it is out of date.

    PostgreSQL's own UPDATE and DELETE would read the row again; a trigger has only what the statement read.
    """
    return f"""\
        IF EXISTS (SELECT FROM {writing.relation} AS t WHERE {match}) THEN
            {_refuse(writing, "40001", columns)};
        END IF;
"""


def _update_of_nothing(writing: Writing, columns: _Updated) -> str:
    return f"""\
BEGIN
{_refusal(writing, "CS406", [(name, _differs(writing, name, "NEW", "OLD")) for name in columns.others])}\
{_refusal(writing, "CS402", [(name, _differs(writing, name, "NEW", "OLD")) for name in columns.unseen])}\
    RETURN NEW;
END;"""


def _set(writing: Writing, name: str) -> str:
    new = f"given.{ident(name)}"
    value = writing.sealed[name].masked(new) if name in writing.sealed else new
    return f"{ident(name)} = CASE WHEN {literal(name)} = ANY (changed) THEN {value} ELSE {ident('t', name)} END"


def _seal_first(writing: Writing) -> str:
    """Until all of the table is sealed, a row may still hold true values, which its CHECKs would stop at."""
    vault = writing.vault
    if not vault or writing.shape.sealed >= writing.sealed.keys():
        return ""
    return f"    PERFORM {INTERNAL_SCHEMA}.{ident(vault.seal_name)}({_key_values('OLD', writing)});\n"


def _record_update(writing: Writing, columns: _Updated) -> str:
    """Who changed what: tier 2 with its values, names by way of the vault; tier 3 leaves no trace (3.1)."""
    table, key = literal(writing.table.qualified), record_key(writing.table, "before")
    lines = ""
    if columns.private:
        rows = ",\n".join(
            f"            ({literal(name)}, {_as_text(writing, name, 'before')}, {_as_text(writing, name, 'given')})"
            for name in columns.private
        )
        lines += f"""\
    IF guarded && {_names(columns.private)} THEN
        PERFORM {INTERNAL_SCHEMA}.record_change(
            {table}, {key}, 'changed', array_agg(c.name), array_agg(c.old), array_agg(c.new))
        FROM (VALUES
{rows}
        ) AS c (name, old, new)
        WHERE c.name = ANY (guarded);
    END IF;
"""
    if columns.names and writing.vault:
        values = [
            f"given.{ident(name)}" if name in columns.names else f"NULL::{one.shape.plain_type}"
            for name, one in writing.sealed.items()
        ]
        named = f"ARRAY(SELECT unnest(guarded) INTERSECT SELECT unnest({_names(columns.names)}))"
        arguments = ", ".join([_key_values("NEW", writing), named, *values])
        lines += f"""\
    IF guarded && {_names(columns.names)} THEN
        PERFORM {INTERNAL_SCHEMA}.{ident(writing.vault.change_name)}({arguments});
    END IF;
"""
    return lines


def _as_text(writing: Writing, name: str, record: str) -> str:
    """The column's value as text; a date in one form, whatever the client's DateStyle is."""
    value = f"{record}.{ident(name)}"
    is_date = writing.column(name).plain_type.startswith(("date", "timestamp"))
    return f"to_jsonb({value}) #>> '{{}}'" if is_date else f"{value}::text"


def _names(names: list[str]) -> str:
    return f"ARRAY[{', '.join(map(literal, names))}]::text[]"


def _delete(writing: Writing) -> str:
    """Delete the row; the vault's goes with it by foreign key."""
    match = " AND ".join(f"{ident('t', name)} = OLD.{ident(name)}" for name in writing.table.key)
    # Not the names: a row that is not sealed yet has others in it than the view showed.
    plain = [c for c in writing.stored if c.name not in writing.sealed]
    same = "".join(
        f"\n        AND {f'(OLD.{ident(c.name)} IS NULL OR ' if c in writing.private else '('}"
        f"NOT {_differs(writing, c.name, 't', 'OLD')})"
        for c in plain
        if c.name not in writing.table.key
    )
    key = record_key(writing.table, "OLD")
    return f"""\
BEGIN
    DELETE FROM {writing.relation} AS t WHERE {match}{same};
    IF NOT FOUND THEN
{_refuse_overtaken(writing, match, _names([c.name for c in plain]))}\
        RETURN NULL;
    END IF;
    PERFORM {INTERNAL_SCHEMA}.record_change({literal(writing.table.qualified)}, {key}, 'removed');
    RETURN OLD;
END;"""


_BODIES = {"INSERT": _insert, "UPDATE": _update, "DELETE": _delete}
