"""
Random statements over a role's views, the same for the same seed, nearly all of which PostgreSQL accepts.

    made = statement("sales_agent", 17, matrix, major=18, xml=False)
    made.text, made.used        # the SQL, and which constructs are in it
"""

from tests.oracle.query.generator.statements import Made, statement

__all__ = ["Made", "statement"]
