"""CQ27: a literal that looks like a customer's."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.looks.values import SIGNS, look
from pgcustsec.query.report import Report
from pgcustsec.query.resolve.walk import location
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity

#: What is told from chance by its check digit or its form, within a longer text too.
TOLD = frozenset({"identity", "mobile", "card", "email"})


def _check(report: Report, context: Context) -> Iterator[Found]:
    for literal, at in _literals(report):
        if signs := look(literal).inside & TOLD:
            called = " and ".join(SIGNS[sign].called for sign in sorted(signs))
            article = "an" if called[0] in "aeiou" else "a"
            yield Found(f"a literal looks like {article} {called}", "a parameter: $1, %s, :name", at)


def _literals(report: Report) -> Iterator[tuple[str, int]]:
    for fields in report.nodes.get("A_Const", ()):
        if "sval" in fields or "fval" in fields:
            yield str(fields.get("sval", {}).get("sval") or fields.get("fval", {}).get("fval") or ""), location(fields)
    for kind, key in (("CommentStmt", "comment"), ("NotifyStmt", "payload")):
        for fields in report.nodes.get(kind, ()):
            yield fields.get(key, ""), location(fields)
    for kind in ("DoStmt", "CreateFunctionStmt"):
        for fields in report.nodes.get(kind, ()):
            for body in (below for kind_, below in report.below(fields) if kind_ == "String"):
                yield body.get("sval", ""), location(fields)


RULE = Rule(
    code="CQ27",
    name="literal_value",
    title="A literal that looks like a customer's",
    severity=Severity.WARNING,
    article="5.2.1",
    why=(
        "The text of a statement is in logs, pg_stat_activity, pg_stat_statements, shell histories and repositories. A "
        "parameter's value is in none of them, but for a log whose log_parameter_max_length lets it in."
    ),
    bad="SELECT pgcustsec.find('customer', 'mobile', '13800138000')",
    good="SELECT pgcustsec.find('customer', 'mobile', $1)",
    check=_check,
)
