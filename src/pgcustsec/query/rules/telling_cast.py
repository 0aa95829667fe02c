"""CQ19: a conversion that tells the value when it fails."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.resolve.walk import called, strings
from pgcustsec.query.rules.looking import listed, references, shown
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity
from pgcustsec.query.sources import Reach

TEXTS = frozenset({"text", "varchar", "bpchar", "char", "name"})
FUNCTIONS = frozenset({"to_number", "to_date", "to_timestamp"})


def _check(report: Report, context: Context) -> Iterator[Found]:
    for fields in report.nodes.get("TypeCast", ()):
        target = strings(fields["typeName"].get("names"))[-1]
        reference = fields["arg"].get("ColumnRef")
        if reference and target not in TEXTS:
            yield from _found(report, reference["location"], f"a cast to {target}")
    for fields in report.nodes.get("FuncCall", ()):
        name = called(fields)[1]
        if name in FUNCTIONS:
            for at in references(report, fields.get("args")):
                yield from _found(report, at, f"{name}()")


def _found(report: Report, at: int, how: str) -> Iterator[Found]:
    values = shown(report.reads.get(at, Reach()), 1, 2)
    # Of columns that are a text: tier 1 with a masked form, and names.
    if sources := [source for source in values if source.tier == 1 or source.kind == "name"]:
        yield Found(
            f"{how} tells the value when it fails: {listed(sources)}", "the value as it is", at, sources[0].mark
        )


RULE = Rule(
    code="CQ19",
    name="telling_cast",
    title="A conversion that tells the value when it fails",
    severity=Severity.WARNING,
    article="5.2.1",
    why=(
        "invalid input syntax for type bigint, and then the value: the error goes to the log, to monitoring and "
        "to whoever reads the application's own."
    ),
    bad="SELECT mobile::bigint FROM customer WHERE customer_id = $1",
    good="SELECT mobile FROM customer WHERE customer_id = $1",
    check=_check,
)
