"""FROM: views, CTEs, subqueries, LATERAL, functions, VALUES, XMLTABLE, JSON_TABLE, and the ways of joining them."""

from __future__ import annotations

from collections.abc import Callable

from tests.oracle.query.generator.maker import Entry, Field, Level, Maker, Type

KEYS = ("customer_id", "policy_id")


def sources(maker: Maker, depth: int) -> tuple[str, Level]:
    """Return a FROM list, at least one entry long, and what it makes visible."""
    level = Level()
    maker.forming.append(level.entries)
    text, entry = _first(maker, depth)
    chain = [entry]
    level.entries.append(entry)
    while len(level.entries) < 3 and maker.chance(0.45 if depth > 0 else 0.15):
        text = _one_more(maker, depth, text, level, chain)
    maker.forming.pop()
    return text, level


def _first(maker: Maker, depth: int) -> tuple[str, Entry]:
    if depth > 0 and maker.chance(0.2):
        return subquery(maker, depth)
    if maker.ctes and maker.chance(0.5):
        return _cte(maker)
    if maker.chance(0.06):
        return _values(maker, depth, lateral=False)
    return view(maker)


def view(maker: Maker) -> tuple[str, Entry]:
    """A view, under its own name, an alias, the alias that is another's name, or with columns named anew."""
    views = maker.views()
    name = maker.one_of([*views, *(["customer"] * 2)])
    fields = views[name]
    taken = maker.taken()
    written = maker.one_of((name, f"{maker.role.name}.{name}"))
    way = maker.random.random()
    if way < 0.15 and name not in taken:
        maker.use("no alias")
        return written, Entry(name, fields, view=name)
    if way < 0.3:
        shadow = maker.one_of(("policy", "claim", "mobile", "customer", "note"))
        if shadow not in taken:
            maker.use("shadowing alias")
            # Where a column of the same name is about, the bare alias is that column.
            return f"{written} AS {shadow}", Entry(shadow, fields, whole=shadow not in ("mobile", "note"), view=name)
    alias = maker.new("a")
    if way < 0.4:
        maker.use("column aliases")
        renamed = [Field(maker.new("x"), one.type) for one in fields[: maker.random.randrange(1, 5)]]
        names = ", ".join(one.name for one in renamed)
        return f"{written} AS {alias} ({names})", Entry(alias, [*renamed, *fields[len(renamed) :]], view=name)
    return f"{written} AS {alias}", Entry(alias, fields, view=name)


def _cte(maker: Maker) -> tuple[str, Entry]:
    found = maker.one_of(maker.ctes)
    maker.use("cte read")
    alias = maker.new("a")
    return f"{found.alias} AS {alias}", Entry(alias, found.fields)


def subquery(maker: Maker, depth: int) -> tuple[str, Entry]:
    from tests.oracle.query.generator.selects import query

    maker.use("subquery in FROM")
    made = query(maker, depth - 1, None, named=True)
    alias = maker.new("s")
    return f"({made.text}) AS {alias}", Entry(alias, made.fields)


def _values(maker: Maker, depth: int, lateral: bool) -> tuple[str, Entry]:
    maker.use("VALUES")
    alias, text, number = maker.new("v"), maker.new("t"), maker.new("n")
    with maker.barred("window", "subquery"):
        rows = [
            f"({maker.expression('text', depth if lateral else 0)}, {maker.expression('number', 0)})" for _ in range(2)
        ]
    sideways = "LATERAL " if lateral else ""
    entry = Entry(alias, [Field(text, "text"), Field(number, "number")])
    return f"{sideways}(VALUES {', '.join(rows)}) AS {alias} ({text}, {number})", entry


# --- joining ----------------------------------------------------------------------------------------------------------


def _one_more(maker: Maker, depth: int, text: str, level: Level, chain: list[Entry]) -> str:
    """Join another entry to *text*, in one way of many."""
    if maker.chance(0.35):
        with maker.level(level):
            made, entry = maker.one_of(SIDEWAYS)(maker, depth)
        level.entries.append(entry)
        chain.append(entry)
        return maker.one_of((f"{text} CROSS JOIN {made}", f"{text} LEFT JOIN {made} ON true"))
    made, entry = _first(maker, depth - 1)
    shared = _shared(chain[0], entry) if len(chain) == 1 else []
    key = next((name for name in shared if name in KEYS), None)
    how = maker.one_of(("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"))
    if key and maker.chance(0.4):
        return _using(maker, text, made, entry, level, chain, how, key)
    if shared and maker.chance(0.3) and all(chain[0].view and one in KEYS for one in shared):
        maker.use("NATURAL")
        level.entries.append(entry)
        level.merged += shared
        chain.append(entry)
        return f"{text} NATURAL {how} {made}"
    level.entries.append(entry)
    if maker.chance(0.2):
        maker.use("comma join")
        chain[:] = [entry]
        return f"{text}, {made}"
    chain.append(entry)
    maker.use(how)
    if how == "FULL JOIN":
        return f"{text} {how} {made} ON {_merge_condition(maker, chain)}"
    with maker.level(Level([*chain])), maker.barred("window", "subquery"):
        condition = maker.expression("yesno", 1)
    if key:
        condition = f"{chain[0].alias}.{key} = {entry.alias}.{key}"
    return f"{text} {how} {made} ON {condition}"


def _merge_condition(maker: Maker, chain: list[Entry]) -> str:
    """FULL JOIN takes conditions only that it can merge or hash by."""
    for entry in chain[:-1]:
        for one in entry.fields:
            for other in chain[-1].fields:
                if one.type == other.type == "text":
                    return f"{entry.alias}.{one.name} = {chain[-1].alias}.{other.name}"
    return "true"


def _using(
    maker: Maker, text: str, made: str, entry: Entry, level: Level, chain: list[Entry], how: str, key: str
) -> str:
    maker.use("USING")
    before = chain[0]
    if maker.chance(0.5) and len(level.entries) == 1 and len(_shared(before, entry)) == 1:
        maker.use("join alias")
        alias = maker.new("j")
        both = Level([before, entry], [key])
        level.entries[:] = [Entry(alias, both.star(), whole=True)]
        chain[:] = level.entries
        return f"({text} {how} {made} USING ({key})) AS {alias}"
    level.entries.append(entry)
    level.merged.append(key)
    chain.append(entry)
    if maker.chance(0.3):
        maker.use("USING alias")
        alias = maker.new("u")
        # A row of the merged columns alone; it hides none, so it is no entry of which a bare name could be.
        level.entries.append(Entry(alias, [], whole=True))
        return f"{text} {how} {made} USING ({key}) AS {alias}"
    return f"{text} {how} {made} USING ({key})"


def _shared(one: Entry, other: Entry) -> list[str]:
    names = [found.name for found in other.fields]
    return [found.name for found in one.fields if found.name in names]


# --- what looks sideways ----------------------------------------------------------------------------------------------


def _lateral(maker: Maker, depth: int) -> tuple[str, Entry]:
    maker.use("LATERAL")
    text, entry = subquery(maker, max(depth, 1))
    return f"LATERAL {text}", entry


def _lateral_values(maker: Maker, depth: int) -> tuple[str, Entry]:
    return _values(maker, 1, lateral=True)


def _of_function(construct: str, text: str, *columns: tuple[str, Type]) -> Callable[[Maker, int], tuple[str, Entry]]:
    """A function in FROM; `{c0}` and so on are new names of *columns*, `{alias}` its own."""

    def make(maker: Maker, depth: int) -> tuple[str, Entry]:
        maker.use(construct)
        alias = maker.new("f")
        fields = [Field(maker.new(stem), kind) for stem, kind in columns]
        written = text.replace("{alias}", alias)
        for place, one in enumerate(fields):
            written = written.replace(f"{{c{place}}}", one.name)
        with maker.barred("window", "subquery"):
            if "{row}" in written and maker.row() is None:
                written = written.replace("to_jsonb({row})", "'{}'::jsonb")
            return maker.fill("text", written, 1), Entry(alias, fields, whole=False)

    return make


def _populated(maker: Maker, depth: int) -> tuple[str, Entry]:
    """A row of a view's type, filled from the JSON of another."""
    row = next((one for one in maker.levels[-1].entries if one.view == "customer"), None)
    views = maker.views()
    if row is None or "customer" not in views:
        return _lateral_values(maker, depth)
    maker.use("json_populate_record")
    alias = maker.new("f")
    text = maker.one_of(
        (
            f"jsonb_populate_record(NULL::customer, to_jsonb({row.alias}))",
            f"json_populate_record(NULL::customer, row_to_json({row.alias}))",
            f"jsonb_populate_recordset(NULL::{maker.role.name}.customer, jsonb_build_array({row.alias}))",
        )
    )
    return f"{text} AS {alias}", Entry(alias, views["customer"])


def _json_table(maker: Maker, depth: int) -> tuple[str, Entry]:
    if maker.major < 17:
        return _xml_table(maker, depth)
    maker.use("JSON_TABLE")
    alias, one, other = maker.new("f"), maker.new("t"), maker.new("n")
    row = maker.row()
    with maker.barred("window", "subquery"):
        json = f"to_jsonb({row.alias})" if row and maker.chance(0.6) else maker.expression("json", 1)
    if maker.chance(0.5):
        text = f"JSON_TABLE({json}, '$.*' COLUMNS ({one} text PATH '$', {other} FOR ORDINALITY)) AS {alias}"
        return text, Entry(alias, [Field(one, "text"), Field(other, "number")])
    nested = f"NESTED PATH '$.family' COLUMNS ({one}y text PATH '$.spouse')"
    columns = f"{one} text PATH '$.note', {other} FOR ORDINALITY, {nested}"
    text = f"JSON_TABLE({json}, '$' COLUMNS ({columns})) AS {alias}"
    return text, Entry(alias, [Field(one, "text"), Field(other, "number"), Field(f"{one}y", "text")])


def _xml_table(maker: Maker, depth: int) -> tuple[str, Entry]:
    if not maker.xml:
        return _lateral_values(maker, depth)
    maker.use("XMLTABLE")
    alias, one = maker.new("f"), maker.new("t")
    with maker.barred("window", "subquery"):
        value = maker.expression("text", 1)
    text = f"XMLTABLE('/r' PASSING xmlelement(name r, {value}) COLUMNS {one} text PATH '.') AS {alias}"
    return text, Entry(alias, [Field(one, "text")])


SIDEWAYS: list[Callable[[Maker, int], tuple[str, Entry]]] = [
    _lateral,
    _lateral,
    _lateral_values,
    _populated,
    _populated,
    _json_table,
    _json_table,
    _xml_table,
    _of_function("unnest", "unnest(ARRAY[{text}, {text}]) AS {alias} ({c0})", ("t", "text")),
    _of_function(
        "unnest", "unnest(ARRAY[{text}]) WITH ORDINALITY AS {alias} ({c0}, {c1})", ("t", "text"), ("n", "number")
    ),
    _of_function(
        "ROWS FROM",
        "ROWS FROM (unnest(ARRAY[{text}]), generate_series(1, 2)) AS {alias} ({c0}, {c1})",
        ("t", "text"),
        ("n", "number"),
    ),
    _of_function(
        "generate_series", "generate_series(1, least(length({text}), 30) / 5) AS {alias} ({c0})", ("n", "number")
    ),
    _of_function(
        "jsonb_each_text", "jsonb_each_text(to_jsonb({row})) AS {alias} ({c0}, {c1})", ("k", "text"), ("t", "text")
    ),
    _of_function(
        "record definition",
        "jsonb_to_record(to_jsonb({row})) AS {alias} (note text, mobile text, {c0} text)",
        ("t", "text"),
    ),
    _of_function("string_to_table", "string_to_table({text}, '#') AS {alias} ({c0})", ("t", "text")),
    _of_function("string_to_table", "regexp_split_to_table({text}, 'xq') AS {alias} ({c0})", ("t", "text")),
]
