"""The rules of `pgcustsec query check`: one file each, with its code, a bad and a good example, and why."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.rules import base_table
from pgcustsec.query.rules.rule import Context, Finding, Found, Rule, Severity

__all__ = ["RULES", "Context", "Finding", "Found", "Rule", "Severity", "find"]

#: In the order of their codes.
RULES: tuple[Rule, ...] = (base_table.RULE,)


def find(report: Report, context: Context) -> Iterator[Finding]:
    """Yield where the statement of *report* breaks a rule."""
    for rule in RULES:
        yield from (Finding(rule, found) for found in rule.check(report, context))
