"""
Resolving a statement: each name to what it is, each expression to the columns that it reaches, as PostgreSQL would.

Trees are libpg_query's JSON, which is read ten times as fast as it is turned into objects. What a tree has that is not
known here counts as passing on everything below it; a kind of statement that is not known is refused.
"""

from pgcustsec.query.resolve import expressions, modifying, selects, tables, utility  # noqa: F401 - they register
from pgcustsec.query.resolve.walk import resolve

__all__ = ["resolve"]
