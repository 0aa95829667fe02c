"""SELECT: plain, grouped, set operations, DISTINCT, windows by name, WITH and WITH RECURSIVE."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.oracle.query.generator.maker import TYPES, Entry, Field, Level, Maker, Type
from tests.oracle.query.generator.sources import sources


@dataclass
class Query:
    """A query as text and the columns that it gives."""

    text: str
    fields: list[Field]


def query(
    maker: Maker, depth: int, types: Sequence[Type] | None, *, named: bool = False, rows: int | None = None
) -> Query:
    """
    Return a query whose columns have *types*, or any; *named*: each under a name of its own; *rows* at most.

    It may look at what is in scope around it.
    """
    known = len(maker.ctes)
    with_ = ""
    if depth >= 1 and maker.chance(0.25):
        with_ = _with(maker, depth)
    shape = maker.random.random()
    if shape < 0.15 and depth >= 1:
        made = _set_operation(maker, depth, types, named)
    elif shape < 0.32:
        made = _grouped(maker, depth, types)
    elif shape < 0.36:
        made = _only_values(maker, types)
    else:
        made = _plain(maker, depth, types, named, top=types is None)
    del maker.ctes[known:]
    limit = f" LIMIT {rows}" if rows else ""
    return Query(f"{with_}{made.text}{limit}", made.fields)


def _some_types(maker: Maker, types: Sequence[Type] | None) -> list[Type]:
    return (
        list(types) if types else [maker.one_of(("text", "text", *TYPES)) for _ in range(maker.random.randrange(1, 4))]
    )


def _plain(maker: Maker, depth: int, types: Sequence[Type] | None, named: bool, *, top: bool) -> Query:
    text, level = sources(maker, depth)
    with maker.level(level):
        star = _star(maker, level) if top else None
        if star and maker.chance(0.3):
            targets, fields = star
        else:
            targets, fields = _targets(maker, depth, _some_types(maker, types), named or not top)
            if star and not named and maker.chance(0.15):
                targets, fields = f"{targets}, {star[0]}", [*fields, *star[1]]
        distinct, order = _distinct_and_order(maker, fields, named or not top)
        where = _where(maker, depth)
    return Query(f"SELECT {distinct}{targets} FROM {text}{where}{order}", fields)


def _where(maker: Maker, depth: int) -> str:
    if maker.chance(0.65):
        return ""
    with maker.barred("window"):
        return f" WHERE {maker.expression('yesno', depth)}"


def _star(maker: Maker, level: Level) -> tuple[str, list[Field]] | None:
    """A star of some kind whose columns have names of their own each; None where these would clash."""
    ways = [("*", level.star())]
    for entry in level.entries:
        if entry.whole and entry.fields:
            ways += [(f"{entry.alias}.*", entry.fields), (f"({entry.alias}).*", entry.fields)]
    text, fields = maker.one_of(ways)
    if not fields or len({one.name for one in fields}) < len(fields):
        return None
    if any(entry.view is None and not entry.fields for entry in level.entries) and text == "*":
        return None
    maker.use({"*": "star", "(": "(c).*"}.get(text[0], "c.*"))
    return text, fields


def _targets(maker: Maker, depth: int, types: list[Type], named: bool) -> tuple[str, list[Field]]:
    texts, fields = [], []
    for kind in types:
        expression = maker.expression(kind, depth)
        if named or maker.chance(0.4):
            name = maker.new("o")
            texts.append(f"{expression} AS {name}")
        else:
            name = "?"
            texts.append(expression)
        fields.append(Field(name, kind))
    return ", ".join(texts), fields


def _distinct_and_order(maker: Maker, fields: list[Field], named: bool) -> tuple[str, str]:
    dice = maker.random.random()
    if dice < 0.08:
        maker.use("DISTINCT")
        return "DISTINCT ", ""
    if dice < 0.16 and fields[0].type != "json":
        maker.use("DISTINCT ON")
        return "DISTINCT ON (1) ", " ORDER BY 1"
    if dice < 0.26:
        maker.use("ORDER BY position")
        return "", f" ORDER BY {len(fields)} DESC NULLS LAST"
    if dice < 0.34 and fields[0].name != "?":
        maker.use("ORDER BY name")
        return "", f" ORDER BY {fields[0].name}"
    if dice < 0.42:
        maker.use("ORDER BY expression")
        with maker.barred("window", "subquery"):
            return "", f" ORDER BY coalesce({maker.expression('text', 1)}, '') FETCH FIRST 50 ROWS ONLY"
    return "", ""


# --- grouping -------------------------------------------------------------------------------------------------------

#: Aggregates by the type of their result; `distinct` ones take no order of their own.
AGGREGATES: dict[Type, list[tuple[str, int]]] = {
    "text": [
        ("max({text})", 15),
        ("min({text})", 15),
        ("string_agg({text}, ',' ORDER BY {number})", 15),
        ("string_agg(DISTINCT {text}, ',')", 15),
        ("array_agg({text})::text", 15),
        ("array_agg({row})::text", 15),
        ("(array_agg({text} ORDER BY {number}))[1]", 15),
        ("mode() WITHIN GROUP (ORDER BY {text})", 15),
        ("percentile_disc(0.5) WITHIN GROUP (ORDER BY {text})", 15),
        ("xmlagg(xmlelement(name e, {text}))::text", 15),
        ("string_agg(({row})::text, ' ')", 15),
        ("any_value({text})", 16),
    ],
    "number": [
        ("count(*)", 15),
        ("count({text})", 15),
        ("count(DISTINCT {text})", 15),
        ("max({number})", 15),
        ("sum({number})", 15),
        ("round(avg({number}), 2)", 15),
        ("percentile_cont(0.5) WITHIN GROUP (ORDER BY {number}::float8)::bigint", 15),
    ],
    "date": [("max({date})", 15), ("min({date})", 15), ("mode() WITHIN GROUP (ORDER BY {date})", 15)],
    "json": [
        ("jsonb_agg({text})", 15),
        ("jsonb_agg({row})", 15),
        ("json_agg({row})::jsonb", 15),
        ("jsonb_object_agg(coalesce({text}, '-'), {number})", 15),
        ("to_jsonb(array_agg({row}))", 15),
        ("JSON_ARRAYAGG({text} RETURNING jsonb)", 16),
        ("JSON_OBJECTAGG(coalesce({text}, '-'): {date} RETURNING jsonb)", 16),
    ],
    "yesno": [("bool_or({yesno})", 15), ("every({yesno})", 15)],
}


def _aggregate(maker: Maker, kind: Type, depth: int) -> str:
    maker.use("aggregate")
    text = maker.one_of(
        [text for text, since in AGGREGATES[kind] if since <= maker.major and (maker.xml or "xml" not in text)]
    )
    if "{row}" in text and maker.row() is None:
        text = "max({text})" if kind == "text" else "jsonb_agg({text})"
    found = maker.fill(kind, text, depth)
    # A cast or an index comes after the whole of it.
    if maker.chance(0.2) and "::" not in text and "[" not in text and not text.startswith("to_jsonb"):
        maker.use("FILTER")
        found = f"{found} FILTER (WHERE {maker.expression('yesno', 1)})"
    for word, construct in (
        ("JSON_", "SQL/JSON aggregate"),
        ("WITHIN", "WITHIN GROUP"),
        ("{row}", "aggregate of rows"),
    ):
        if word in text:
            maker.use(construct)
    return f"({found})"


def _grouped(maker: Maker, depth: int, types: Sequence[Type] | None) -> Query:
    """Keys are columns or simple expressions; everything else is in an aggregate."""
    maker.use("GROUP BY")
    text, level = sources(maker, depth)
    targets, keys, fields = [], [], []
    with maker.level(level), maker.only(maker.levels[-1:]), maker.barred("subquery", "window"):
        for kind in _some_types(maker, types):
            name = maker.new("o")
            fields.append(Field(name, kind))
            if kind != "json" and maker.chance(0.4) and (column := maker.column(kind)):
                keys.append(maker.one_of((column, str(len(targets) + 1), name)))
                targets.append(f"{column} AS {name}")
            else:
                targets.append(f"{_aggregate(maker, kind, min(depth, 1))} AS {name}")
        having = f" HAVING {_having(maker)}" if maker.chance(0.2) else ""
    return Query(f"SELECT {', '.join(targets)} FROM {text}{_group_by(maker, keys)}{having}", fields)


def _having(maker: Maker) -> str:
    maker.use("HAVING")
    return maker.one_of(
        ("count(*) > 0", maker.fill("yesno", "max({text}) IS NOT NULL", 0), maker.fill("yesno", "count({date}) < 9", 0))
    )


def _group_by(maker: Maker, keys: list[str]) -> str:
    if not keys:
        return " GROUP BY ()" if maker.chance(0.2) else ""
    way = maker.random.random()
    if way < 0.35:
        maker.use("GROUPING SETS")
        sets = [f"GROUPING SETS (({', '.join(keys)}), ())", f"ROLLUP ({', '.join(keys)})", f"CUBE ({', '.join(keys)})"]
        return f" GROUP BY {maker.one_of(sets)}"
    return f" GROUP BY {', '.join(keys)}"


# --- sets, values, WITH -----------------------------------------------------------------------------------------------


def _set_operation(maker: Maker, depth: int, types: Sequence[Type] | None, named: bool) -> Query:
    maker.use("set operation")
    kinds = _some_types(maker, types)
    left = query(maker, depth - 1, kinds, named=named)
    right = query(maker, depth - 1, kinds)
    operator = maker.one_of(("UNION ALL", "UNION", "INTERSECT", "EXCEPT", "EXCEPT ALL", "UNION ALL"))
    fields = left.fields if all(one.name != "?" for one in left.fields) else [Field("?", kind) for kind in kinds]
    order = " ORDER BY 1" if maker.chance(0.2) else ""
    return Query(f"({left.text}) {operator} ({right.text}){order}", fields)


def _only_values(maker: Maker, types: Sequence[Type] | None) -> Query:
    maker.use("VALUES")
    kinds = _some_types(maker, types)
    with maker.barred("window"):
        rows = [", ".join(maker.expression(kind, 1) for kind in kinds) for _ in range(2)]
    fields = [Field(f"column{place}", kind) for place, kind in enumerate(kinds, start=1)]
    return Query(f"VALUES ({rows[0]}), ({rows[1]})", fields)


def _with(maker: Maker, depth: int) -> str:
    """One or two common table expressions, the second over the first."""
    if maker.chance(0.25):
        return _with_recursive(maker, depth)
    parts = []
    for _ in range(maker.random.randrange(1, 3)):
        maker.use("WITH")
        made = query(maker, depth - 1, None, named=True)
        name = maker.new("w")
        how = maker.one_of(("", "MATERIALIZED ", "NOT MATERIALIZED "))
        parts.append(f"{name} AS {how}({made.text})")
        maker.ctes.append(Entry(name, made.fields))
    return f"WITH {', '.join(parts)} "


def _with_recursive(maker: Maker, depth: int) -> str:
    """Columns change places from round to round, so that what one reaches is known only after some."""
    maker.use("WITH RECURSIVE")
    text, level = sources(maker, 0)
    name, number, one, other = (maker.new(stem) for stem in "wnto")
    with maker.level(level), maker.barred("window", "subquery"):
        first = [f'(({maker.expression("text", 1)}) COLLATE "default")::text' for _ in range(2)]
    changed = maker.one_of((f"{name}.{other}, {name}.{one}", f"left({name}.{one}, 60), {name}.{one}"))
    again = ", ".join(f"({part})::text" for part in changed.split(", ")) if "left" not in changed else changed
    maker.ctes.append(Entry(name, [Field(number, "number"), Field(one, "text"), Field(other, "text")]))
    return (
        f"WITH RECURSIVE {name} ({number}, {one}, {other}) AS"
        f" (SELECT 1, {', '.join(first)} FROM {text}"
        f" UNION ALL SELECT {name}.{number} + 1, {again} FROM {name} WHERE {name}.{number} < 3) "
    )
