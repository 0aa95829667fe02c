"""Terms of keeping (4.3): when a row is due, what keeps that up to date, and what destroys it."""

from pgcustsec.compile.terms.objects import term_objects, term_problems
from pgcustsec.compile.terms.when import not_due, retained_tables

__all__ = ["not_due", "retained_tables", "term_objects", "term_problems"]
