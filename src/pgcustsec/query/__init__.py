"""
What a statement would reveal to a role: per output column, and per predicate, ordering, grouping and join.

    checker = Checker(matrix)
    for report in checker.check("SELECT name, mobile FROM customer", "sales_agent"):
        print(report.verdict, [(column.name, column.verdict) for column in report.columns])

Offline: the matrix says what a view shows, PostgreSQL's own grammar what the statement is, and nothing is connected to.
What does not parse, and what nobody can say beforehand, is refused or opaque, never passed. The database stays the
enforcement (5.2.1, 5.2.2).
"""

from pgcustsec.query.check import Checker
from pgcustsec.query.report import Column, Report, Use
from pgcustsec.query.verdict import Verdict

__all__ = ["Checker", "Column", "Report", "Use", "Verdict"]
