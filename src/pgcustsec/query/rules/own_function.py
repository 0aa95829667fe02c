"""CQ18: a function of one's own over protected columns."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.functions import DYNAMIC, builtins
from pgcustsec.query.report import Report
from pgcustsec.query.resolve.walk import location, strings
from pgcustsec.query.rules.looking import HASHING, listed, references, shown
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity
from pgcustsec.query.sources import Reach, Source
from pgcustsec.query.telling import of_name


def _check(report: Report, context: Context) -> Iterator[Found]:
    for fields in report.nodes.get("A_Expr", ()):
        names = strings(fields.get("name"))
        if len(names) > 1 and names[0] != "pg_catalog":
            given = [shown(report.reads.get(at, Reach()), 1, 2) for at in references(report, fields)]
            if sources := [source for one in given for source in one]:
                yield _found(f"operator {'.'.join(names)}", sources, location(fields))
    for call in report.calls:
        if call.schema == "pgcustsec" or call.name in DYNAMIC or call.name in HASHING:
            continue
        if call.schema in (None, "pg_catalog") and call.name in builtins():
            continue
        if sources := shown(call.arguments, 1, 2):
            full = f"{call.schema}.{call.name}" if call.schema else call.name
            yield _found(of_name("function", full), sources, call.at)


def _found(what: str, sources: list[Source], at: int) -> Found:
    return Found(
        f"{what} is given tier 1 or 2, and is not known to be leakproof: {listed(sources)}",
        "functions and operators of PostgreSQL's own; those of others over tier 3 and keys",
        at,
        sources[0].mark,
    )


RULE = Rule(
    code="CQ18",
    name="own_function",
    title="A function of one's own over protected columns",
    severity=Severity.WARNING,
    article="5.2.1",
    why=(
        "Whoever wrote the function gets every value that it is given and may keep it, pass it on, or tell it in "
        "an error: it is not leakproof, and nothing is known of what it does."
    ),
    bad="SELECT scoring.rate(annual_income) FROM customer WHERE customer_id = $1",
    good="SELECT round(annual_income) FROM customer WHERE customer_id = $1",
    check=_check,
)
