"""CQ19: a conversion that tells the value when it fails."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.resolve.walk import called, strings
from pgcustsec.query.rules.looking import Fields, listed, shown
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity
from pgcustsec.query.rules.writing import pieces
from pgcustsec.query.sources import Reach
from pgcustsec.query.telling import of_name

#: A conversion to these never fails, or tells nothing when it does.
TEXTS = frozenset({"text", "varchar", "bpchar", "char", "name", "citext", "bytea"})
FUNCTIONS = frozenset(
    "to_number to_date to_timestamp int2 int4 int8 float4 float8 numeric date timestamp timestamptz".split()
)


def _check(report: Report, context: Context) -> Iterator[Found]:
    told: set[int] = set()
    for how, values in _conversions(report):
        for reference in (piece["ColumnRef"] for value in values for piece in pieces(value) if "ColumnRef" in piece):
            if reference["location"] not in told:
                told.add(reference["location"])
                yield from _found(report, reference["location"], how)


def _conversions(report: Report) -> Iterator[tuple[str, list[Fields]]]:
    """How values are converted, and what is."""
    for fields in report.nodes.get("TypeCast", ()):
        target = strings(fields["typeName"].get("names"))
        if target[-1] not in TEXTS:
            yield f"a cast to {of_name('a type', target[-1]).removeprefix('a type ')}", [fields["arg"]]
    for fields in report.nodes.get("FuncCall", ()):
        if (name := called(fields)[1]) in FUNCTIONS:
            yield f"{name}()", fields.get("args", [])


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
