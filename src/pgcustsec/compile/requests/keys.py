"""
Which rows a request covers, a function for each role and table that runs as the role's viewer, under its policies.

A predicate is data: conditions as JSON. What runs is put together from the matrix's own columns and a closed list of
comparisons; every value of the request travels as a parameter (5.2.1).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pgcustsec.compile.clearance import access_code
from pgcustsec.compile.opening import definer
from pgcustsec.compile.quote import fitting, ident, literal
from pgcustsec.compile.reading import Reading
from pgcustsec.compile.vault.sealed import record_key
from pgcustsec.matrix.model import Table
from pgcustsec.objects import INNER_SCHEMA, INTERNAL_SCHEMA, OWNER, Function, Grant
from pgcustsec.shape import TableShape

#: Key types kept as they are: an array of a million of them is made, kept and read in a fraction of a second.
FAMILY = {"smallint": "bigint", "integer": "bigint", "bigint": "bigint", "uuid": "uuid"}
#: The array of each family, in the functions that hand keys on.
PLACES = {"bigint": "integers", "uuid": "uuids", "text": "texts"}
_KEYS = tuple((place, f"{family}[]") for family, place in PLACES.items())
#: Types in which a value of a request is compared.
_COMPARED = frozenset({
    "smallint", "integer", "bigint", "numeric", "real", "double precision", "boolean", "uuid", "date", "text",
    "character varying", "character", "timestamp without time zone", "timestamp with time zone",
})  # fmt: skip
#: Values are read alike whoever asks, and whenever.
STEADY = ("DateStyle = 'ISO, YMD'", "TimeZone = 'UTC'")
_ARGUMENTS = "jsonb, text[], text, integer"


def judged_types(table: Table, shape: TableShape) -> dict[str, str]:
    """The columns that a predicate may judge, with their types: tier 2 and 3, and no name."""
    judged = [c.name for c in table.columns.values() if c.tier > 1 and not c.is_name]
    return {name: shape.columns[name].plain_type for name in judged if shape.columns[name].plain_type in _COMPARED}


def judging(table: Table, shape: TableShape) -> str:
    """
    The part of a function that adds to its variable `query` the conditions of the predicate `$1`, on a row read as `t`.

    It ends the declarations and begins the body. In the query `$1` is the predicate as well.
    """
    types = judged_types(table, shape)
    columns = "".join(f"\n            WHEN {literal(name)} THEN {literal(ident('t', name))}" for name in types)
    named = "".join(f"\n            WHEN {literal(name)} THEN {literal(type_)}" for name, type_ in types.items())
    return f"""\
    term jsonb;
    place integer := 0;
    judged text;
    type text;
BEGIN
    FOR term IN SELECT e.value FROM jsonb_array_elements($1) WITH ORDINALITY AS e (value, place) ORDER BY e.place LOOP
        judged := CASE term ->> 'column'{columns}
        END;
        type := CASE term ->> 'column'{named}
        END;
        IF judged IS NULL THEN
            RAISE EXCEPTION 'no condition on that column of % can be judged (5.2.1)', {literal(table.qualified)}
                USING ERRCODE = 'CS309', HINT = 'Columns of tier 2 and 3 are, where they hold text, numbers or dates.';
        ELSIF type IN ('date', 'timestamp without time zone', 'timestamp with time zone') AND jsonb_path_exists(
            term, '$.value[*] ? (@ like_regex "^\\s*(now|today|tomorrow|yesterday)" flag "i")')
        THEN
            RAISE EXCEPTION 'a condition on % says a day that is another tomorrow (5.2.1)', term ->> 'column'
                USING ERRCODE = 'CS309', HINT = 'Write dates as 2026-11-25.';
        END IF;
        query := query || ' AND ' || judged || CASE
            WHEN term ->> 'is' IN ('null', 'not null') THEN format(' IS %s', upper(term ->> 'is'))
            WHEN term ->> 'is' = 'in' THEN
                format(' IN (SELECT v.value::%s FROM jsonb_array_elements_text($1 -> %s -> ''value'') AS v (value))',
                    type, place)
            ELSE format(' %s ($1 -> %s ->> ''value'')::%s',
                (SELECT o.name FROM unnest('{{=,<>,<,<=,>,>=}}'::text[]) AS o (name) WHERE o.name = term ->> 'is'),
                place, type)
        END;
        -- Every value is read as its column's type, whether a row is there to compare or not.
        EXECUTE format('SELECT count(v.value::%s) FROM jsonb_array_elements_text($1) AS v (value)', type)
            USING CASE jsonb_typeof(term -> 'value') WHEN 'array' THEN term -> 'value'
                ELSE jsonb_build_array(term -> 'value') END;
        place := place + 1;
    END LOOP;"""


def key_family(reading: Reading) -> str:
    """The type in which the table's keys are handed on."""
    key = reading.table.key
    return FAMILY.get(reading.shape.columns[key[0]].plain_type, "text") if len(key) == 1 else "text"


def handed_key(reading: Reading, alias: str) -> str:
    """The key of the row *alias* in that type."""
    if key_family(reading) == "text":
        return record_key(reading.table, reading.shape, alias)
    return f"{ident(alias, reading.table.key[0])}::{key_family(reading)}"


def keys_functions(readings: Sequence[Reading]) -> Iterator[Function]:
    """Yield a function for each role and table that requests are filed for, and the one that leads to them."""
    asked = [reading for reading in readings if reading.uses_requests]
    yield from map(_keys, asked)
    arms = "".join(
        f"""
    WHEN {literal(access_code(reading.role, reading.table))} THEN
        RETURN QUERY SELECT k.* FROM {ident(INNER_SCHEMA, _name(reading))}($2, $3, $4, $5) AS k;"""
        for reading in asked
    )
    yield definer(
        INTERNAL_SCHEMA,
        "keys_of_request",
        f"text, {_ARGUMENTS}",
        _KEYS,
        OWNER,
        f"BEGIN\n    CASE $1{arms}\n    ELSE\n        RETURN;\n    END CASE;\nEND;" if asked else "BEGIN\nEND;",
        "Keys within a request's predicate or list that the caller sees by an access, the first so many (5.2.1).",
    )


def keys_grants(reading: Reading) -> Iterator[Grant]:
    """pgcustsec_owner asks; the function runs as the viewer."""
    if reading.uses_requests:
        viewer = reading.matrix.viewer_role(reading.role.name)
        target = (INNER_SCHEMA, _name(reading), _ARGUMENTS)
        yield Grant("function", target, OWNER, viewer, frozenset({"EXECUTE"}))


def _name(reading: Reading) -> str:
    return fitting(f"request {reading.role.name}.{reading.table.name}")


def _keys(reading: Reading) -> Function:
    family = key_family(reading)
    relation = ident(reading.table.schema, reading.table.name)
    query = (
        f"SELECT array_agg(k.key) FROM (SELECT {handed_key(reading, 't')} AS key FROM {relation} AS t"
        f" WHERE ($2 IS NULL OR {handed_key(reading, 't')} = ANY ($2::{family}[]))"
        f" AND ($3 IS NULL OR {handed_key(reading, 't')} = $3::{family})"
    )
    place = PLACES[family]
    name = literal(reading.table.qualified)
    body = f"""\
DECLARE
    query text := {literal(query)};
{judging(reading.table, reading.shape)}
    EXECUTE query || ' ORDER BY 1 LIMIT $4) AS k' INTO {place} USING $1, $2, $3, $4;
    RETURN NEXT;
EXCEPTION WHEN data_exception THEN
    RAISE EXCEPTION 'a key or a value of the request is none of its column of % (5.2.1)', {name}
        USING ERRCODE = 'CS309', HINT = 'Write dates as 2026-11-25, and keys as the view shows them.';
END;"""
    return definer(
        INNER_SCHEMA,
        _name(reading),
        _ARGUMENTS,
        _KEYS,
        reading.matrix.viewer_role(reading.role.name),
        body,
        f"Keys of {reading.table.qualified} within a request that {reading.role.name} sees (5.2.1).",
    )
