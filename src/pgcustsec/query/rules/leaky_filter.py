"""CQ23: a filter that cannot use its index."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.resolve.walk import called, strings
from pgcustsec.query.rules.looking import Fields, comparison, references
from pgcustsec.query.rules.records import conditions, kept_to_records
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity
from pgcustsec.query.rules.telling_cast import TEXTS
from pgcustsec.query.sources import Reach
from pgcustsec.query.telling import of_name

#: The operators that give a yes or no and are leakproof for no type, of PostgreSQL 15 to 18.
LEAKY = frozenset(
    "!~ !~* !~~ !~~* && &< &<| &> *< *<= *<> *= *> *>= -|- << <<= <<| <@ <^ >> >>= >^ ? ?# ?& ?- ?-| ?| ?|| @> @? @@"
    " @@@ |&> |>> ~ ~* ~= ~~ ~~*".split()
)
#: Of what is called around a column, these are leakproof.
LEAKPROOF = frozenset("md5 sha224 sha256 sha384 sha512".split())


def _check(report: Report, context: Context) -> Iterator[Found]:
    for node, _ in conditions(report):
        if "A_Expr" not in node:
            continue
        one = comparison(report, node["A_Expr"])
        why = _leak(report, one.operator, node)
        if not why or not one.one_sided:
            continue
        at = (one.left or one.right)[0]
        sources = [flow.source for flow in report.reads.get(at, Reach()).values if len(flow.path) == 1]
        if sources and sources[0].tier == 3 and sources[0].table not in kept_to_records(report, context):
            yield Found(
                f"{why} is not leakproof: no index on {sources[0].name} serves it",
                "=, <, > or ^@ on the column itself, beside it or in its place",
                at,
                sources[0].mark,
            )


def _leak(report: Report, operator: str, node: Fields) -> str | None:
    """What in a condition may tell of the rows that it is about; None where all of it is leakproof."""
    if operator in LEAKY:
        return f"operator {operator}"
    around = (
        _around(kind, fields)
        for kind, fields in report.below(node)[1:]
        if references(report, fields.get("args", fields))
    )
    return next((what for what in around if what), None)


def _around(kind: str, fields: Fields) -> str | None:
    """What is called around a column, if it is not leakproof. A cast to a text may be none at all: varchar is text."""
    if kind == "FuncCall" and (name := called(fields)[1]) not in LEAKPROOF:
        return f"function {name}()"
    if kind == "A_Expr" and strings(fields.get("name"))[-1:] in (
        ["+"],
        ["-"],
        ["*"],
        ["/"],
        ["%"],
        ["||"],
        ["->>"],
        ["->"],
    ):
        return f"operator {strings(fields['name'])[-1]}"
    if kind == "TypeCast" and (target := strings(fields["typeName"].get("names"))[-1]) not in TEXTS:
        return of_name("a cast to", target)
    return None


RULE = Rule(
    code="CQ23",
    name="leaky_filter",
    title="A filter that cannot use its index",
    severity=Severity.NOTE,
    article="5.2.2",
    why=(
        "Views are security barriers: a condition goes beneath row security, and to an index, only if its "
        "operator is leakproof, since another may tell values of rows that do not show in its errors. It is "
        "right, and slow."
    ),
    bad="SELECT customer_id FROM customer WHERE status LIKE 'pro%'",
    good="SELECT customer_id FROM customer WHERE status = 'prospect'",
    check=_check,
)
