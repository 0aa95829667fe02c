"""Expressions by type. Each line is a construct; `{text}` and the like are expressions in turn."""

from __future__ import annotations

from tests.oracle.query.generator.maker import Entry, Level, Maker, Type, makes, patterns

patterns(
    "text",
    "string functions",
    "lower({text})",
    "upper({text})",
    "initcap({text})",
    "reverse({text})",
    "btrim({text}, ' #')",
    "ltrim({text})",
    "trim(both '#' from {text})",
    "left({text}, 30)",
    "right({text}, 30)",
    "substring({text} from 1 for 30)",
    "substr({text}, 1)",
    "overlay({text} placing '#' from 40)",
    "replace({text}, '#', '!')",
    "translate({text}, '#', '!')",
    "repeat({text}, 2)",
    "lpad({text}, 50, '.')",
    "split_part({text}, '#', 1)",
    "regexp_replace({text}, '#+', '', 'g')",
    "quote_literal({text})",
    "quote_nullable({text})",
    "substring({text} from '.+')",
    "normalize({text})",
)
patterns(
    "text", "bytes", "encode(convert_to({text}, 'UTF8'), 'hex')", "convert_from(convert_to({text}, 'UTF8'), 'UTF8')"
)
patterns("text", "concatenation", "({text} || {text})", "concat({text}, {number})", "concat_ws('/', {text}, {date})")
patterns("text", "format", "format('%s %s', {text}, {number})", "format('%2$s', {text}, {text})")
patterns("text", "digest", "md5({text})", "encode(sha256(convert_to({text}, 'UTF8')), 'hex')")
patterns(
    "text",
    "cast",
    "{text}::varchar(80)",
    "CAST({text} AS char(60))::text",
    "{number}::text",
    "CAST({date} AS text)",
    "{json}::text",
    "{yesno}::text",
    "pg_typeof({text})::text",
)
patterns("text", "to_char", "to_char({number}, 'FM999999999999')", "to_char({date}, 'YYYY-MM-DD')")
patterns("text", "collate", '({text} COLLATE "C")')
patterns(
    "text",
    "array",
    "(ARRAY[{text}, {text}])[2]",
    "array_to_string(ARRAY[{text}, {text}], '-')",
    "(string_to_array({text}, '#'))[1]",
    "ARRAY[{text}]::text",
    "(ARRAY[{number}, {number}])[1]::text",
    "array_cat(ARRAY[{text}], ARRAY[{text}])::text",
)
patterns(
    "text",
    "json to text",
    "({json} ->> 'note')",
    "({json} #>> '{}')",
    "jsonb_pretty({json})",
    "jsonb_path_query_first({json}, '$.*')::text",
)
patterns("text", "JSON_VALUE", "JSON_VALUE({json}, '$.note')", since=17)


# Within CASE x WHEN it crashes version 18.6, whoever sends it: a bug of PostgreSQL's, which is not what is looked for.
@makes("text", "JSON_SERIALIZE", since=17, needs="JSON_SERIALIZE")
def _serialized(maker: Maker, depth: int) -> str:
    return maker.fill("text", "JSON_SERIALIZE(({json})::json)", depth)


patterns("text", "xml", "xmlelement(name e, {text})::text", "xmlserialize(content xmlforest({text} AS f) AS text)")
patterns(
    "text",
    "row to text",
    "{row}::text",
    "({row}.*)::text",
    "ROW({row}.*)::text",
    "format('%s', {row})",
    "concat({row})",
    "CAST({row} AS text)",
    "textin(record_out({row}))",
    "ROW({row}, {number})::text",
    "ARRAY[{row}]::text",
    "quote_literal({row})",
    "coalesce({row}, NULL)::text",
    "(SELECT {row})::text",
)
patterns("text", "c.row_to_json", "{row}.row_to_json::text", "({row}).to_jsonb::text", "{row}.to_json::text")
patterns("number", "length", "length({text})", "octet_length({text})", "char_length({text})", "strpos({text}, '1')")
patterns("number", "position", "position('1' in {text})", "cardinality(ARRAY[{text}])", "num_nulls({text}, {date})")
patterns(
    "number",
    "extract",
    "extract(year from {date})",
    "date_part('year', {date})::numeric",
    "date_part('day', now())::int",
)
patterns(
    "number",
    "arithmetic",
    "({number} + 1)",
    "({number} * 1)",
    "abs({number})",
    "(- {number})",
    "round({number}::numeric, 1)",
)
patterns("number", "digits", r"nullif(left(regexp_replace({text}, '\D', '', 'g'), 30), '')::numeric")
patterns(
    "number",
    "bits",
    "(floor({number})::bigint << 0)",
    "(~ (~ floor({number})::bigint))",
    "(floor({number})::bigint | 0)",
)
patterns("number", "hash", "hashtext({text})", "ascii({text})")
patterns("number", "yes or no as number", "({yesno})::int")
patterns("date", "date arithmetic", "({date} + 1)", "({date} - 1)", "({date} + interval '1 day')::date")
patterns(
    "date",
    "date functions",
    "date_trunc('year', {date})::date",
    "make_date(2000, 1, 1)",
    "to_date(to_char({date}, 'YYYYMMDD'), 'YYYYMMDD')",
)
patterns(
    "json",
    "row to json",
    "to_jsonb({row})",
    "row_to_json({row})::jsonb",
    "to_json({row})::jsonb",
    "jsonb_build_array({row})",
    "jsonb_build_object('row', {row})",
    "to_jsonb(ARRAY[{row}])",
    "jsonb_strip_nulls(to_jsonb({row}))",
    "(to_jsonb({row}) - 'customer_id')",
    "(to_jsonb({row}) -> 'note')",
    "row_to_json(ROW({row}.*))::jsonb",
    "to_jsonb((SELECT {row}))",
)
patterns("json", "c.row_to_json", "{row}.to_jsonb", "({row}).row_to_json::jsonb")
patterns(
    "json",
    "json built",
    "to_jsonb({text})",
    "jsonb_build_object('k', {text}, 'n', {number})",
    "jsonb_build_array({text}, {date})",
)
patterns(
    "json",
    "json operators",
    "({json} || {json})",
    "({json} -> 'k')",
    "({json} #> ARRAY['k', 'v'])",
    "jsonb_path_query_array({json}, '$.*')",
)
patterns(
    "json",
    "SQL/JSON constructor",
    "JSON_OBJECT('k': {text}, 'd': {date} RETURNING jsonb)",
    "JSON_ARRAY({text}, {number} RETURNING jsonb)",
    since=16,
)
patterns("json", "JSON_QUERY", "JSON_QUERY({json}, '$.*' WITH WRAPPER)", "JSON_SCALAR({text})::jsonb", since=17)
patterns(
    "yesno",
    "comparison",
    "({text} = 'S1')",
    "({number} > 3)",
    "({date} < date '2000-01-01')",
    "({text} <> {text})",
    "({json} @> '{\"k\": 1}')",
)
# Customers' values of the one world are on one side of these, those of the other world on the other.
patterns("yesno", "order", "({text} < 'xqh')", "({date} < date '1840-01-01')", "({text} || '' >= 'xqh')")
patterns("yesno", "size", "(length({text}) > 16)", "({number} > 61850000)", "(floor({number})::bigint % 2 = 0)")
patterns(
    "yesno",
    "null test",
    "({text} IS NULL)",
    "({date} IS NOT NULL)",
    "({row} IS NOT NULL)",
    "({text} IS DISTINCT FROM {text})",
)
patterns(
    "yesno",
    "like",
    "({text} LIKE '%1%')",
    "({text} ~ '^x')",
    "({text} ILIKE 'X%')",
    "starts_with({text}, 'x')",
    "({text} SIMILAR TO '%q%')",
)
patterns(
    "yesno",
    "between and in",
    "({number} BETWEEN 2 AND 5)",
    "({text} IN ('S1', {text}))",
    "({number} = ANY (ARRAY[1, {number}]))",
)
patterns("yesno", "boolean", "({yesno} AND {yesno})", "({yesno} OR {yesno})", "(NOT {yesno})", "(({yesno}) IS TRUE)")
patterns("yesno", "row comparison", "(({text}, {number}) = ('S1', 2))", "(ROW({number}, {text}) < ROW(4, 'x'))")
patterns("yesno", "json test", "({json} ? 'note')", "jsonb_path_exists({json}, '$.note')")
patterns("yesno", "IS JSON", "({text} IS JSON)", since=16)
patterns("yesno", "JSON_EXISTS", "JSON_EXISTS({json}, '$.note')", since=17)


def _for_all(kind: Type) -> None:
    if kind != "json":
        patterns(kind, "greatest and least", f"greatest({{{kind}}}, {{{kind}}})", f"least({{{kind}}}, {{{kind}}})")
    patterns(kind, "nullif", f"nullif({{{kind}}}, {{{kind}}})")
    patterns(kind, "coalesce", f"coalesce({{{kind}}}, {{{kind}}})")

    @makes(kind, "case")
    def case(maker: Maker, depth: int) -> str:
        text = maker.one_of(
            (
                f"CASE WHEN {{yesno}} THEN {{{kind}}} ELSE {{{kind}}} END",
                f"CASE {{number}} WHEN 2 THEN {{{kind}}} WHEN {{number}} THEN {{{kind}}} END",
                f"CASE {{text}} WHEN 'S1' THEN {{{kind}}} ELSE {{{kind}}} END",
            )
        )
        with maker.barred("JSON_SERIALIZE"):
            return maker.fill(kind, text, depth)

    @makes(kind, "scalar subquery", needs="subquery")
    def scalar(maker: Maker, depth: int) -> str:
        from tests.oracle.query.generator.selects import query

        return f"({query(maker, depth - 1, [kind], rows=1).text})"

    @makes(kind, "window", needs="window")
    def over(maker: Maker, depth: int) -> str:
        function = maker.one_of(
            ("first_value", "lag", "last_value", "max" if kind not in ("json", "yesno") else "lead")
        )
        with maker.barred("window", "subquery"):
            inner, parted = maker.expression(kind, depth - 1), maker.expression("text", 0)
            ordered = maker.expression("number", 0)
        clause = maker.one_of(
            ("", f"PARTITION BY {parted}", f"ORDER BY {ordered} + 0", f"PARTITION BY {parted} ORDER BY {ordered} + 0")
        )
        return f"({function}({inner}) OVER ({clause}))"


_KINDS: tuple[Type, ...] = ("text", "number", "date", "json", "yesno")
for _kind in _KINDS:
    _for_all(_kind)


@makes("number", "window", needs="window")
def _ranked(maker: Maker, depth: int) -> str:
    with maker.barred("window", "subquery"):
        ordered = maker.expression("text", depth - 1)
        filtered = maker.expression("yesno", 1)
    return maker.one_of(
        (
            f"(row_number() OVER (ORDER BY lower({ordered})))",
            f"(rank() OVER (ORDER BY {ordered} || '' DESC))",
            f"(count(*) FILTER (WHERE {filtered}) OVER ())",
        )
    )


@makes("number", "scalar subquery", needs="subquery")
def _counted(maker: Maker, depth: int) -> str:
    from tests.oracle.query.generator.selects import query

    return f"(SELECT count(*) FROM ({query(maker, depth - 1, ['text']).text}) AS {maker.new('q')})"


@makes("text", "ARRAY subquery", needs="subquery")
def _array(maker: Maker, depth: int) -> str:
    from tests.oracle.query.generator.selects import query

    return f"ARRAY({query(maker, depth - 1, ['text']).text})::text"


@makes("json", "row of a subquery", needs="subquery")
def _row_of(maker: Maker, depth: int) -> str:
    from tests.oracle.query.generator.selects import query

    name = maker.new("q")
    inside = query(maker, depth - 1, ["text", "number"]).text
    return f"(SELECT {maker.one_of(('jsonb_agg', 'json_agg'))}({name}) FROM ({inside}) AS {name})::jsonb"


@makes("yesno", "EXISTS", needs="subquery")
def _exists(maker: Maker, depth: int) -> str:
    from tests.oracle.query.generator.selects import query

    if maker.chance(0.5):
        alias, own = maker.new("a"), maker.one_of(list(maker.views()))
        with maker.level(Level([Entry(alias, maker.views()[own])])):
            return f"EXISTS (SELECT FROM {own} AS {alias} WHERE {maker.expression('yesno', depth - 1)})"
    return f"EXISTS ({query(maker, depth - 1, ['text']).text})"


@makes("yesno", "IN subquery", needs="subquery")
def _in(maker: Maker, depth: int) -> str:
    from tests.oracle.query.generator.selects import query

    inside = query(maker, depth - 1, ["number"]).text
    number = maker.expression("number", 1)
    return maker.one_of((f"({number} IN ({inside}))", f"({number} = ANY ({inside}))", f"({number} < ALL ({inside}))"))
