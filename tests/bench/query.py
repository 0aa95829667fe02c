"""
Query check over a corpus of 2,000 statements of mixed size, offline, on one core, for one role.

Beside it, over the same statements in the same run: `pglast.parse_sql` alone, and sqlglot's lineage of all output
columns, which knows neither roles nor predicates.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from importlib.resources import files

import sqlglot
from pglast import parse_sql
from sqlglot.lineage import lineage

from pgcustsec.matrix.load import loads
from pgcustsec.matrix.model import Matrix
from pgcustsec.query import Checker
from pgcustsec.query.rules import Context, find_all
from tests.bench.measure import Measured, milliseconds

STATEMENTS = 2000
ROLE = "sales_manager"

SMALL = (
    "SELECT {columns} FROM customer WHERE {condition}",
    "SELECT c.{one}, p.{policy} FROM customer c JOIN policy p ON p.customer_id = c.customer_id WHERE p.policy_id = {n}",
    "SELECT {one}, count(*) AS many FROM customer GROUP BY {one} HAVING count(*) > {n} ORDER BY 2 DESC LIMIT {n}",
    "SELECT {columns} FROM customer c WHERE EXISTS (SELECT 1 FROM policy p WHERE p.customer_id = c.customer_id)",
    "SELECT upper({one}) AS loud, coalesce({two}, 'none') AS said FROM customer ORDER BY {two} LIMIT {n}",
)
MIDDLE = (
    "WITH a AS (SELECT c.customer_id, c.{one}, p.{policy} FROM customer c JOIN policy p USING (customer_id) WHERE"
    " {condition}), b AS (SELECT customer_id, count(*) AS n FROM a GROUP BY 1) SELECT a.{one}, b.n, CASE WHEN b.n > {n}"
    " THEN 'many' ELSE a.{one} END AS how, row_number() OVER (PARTITION BY a.{one} ORDER BY b.n DESC) AS place"
    " FROM a JOIN b ON b.customer_id = a.customer_id ORDER BY b.n DESC LIMIT {n}",
    "SELECT {columns}, (SELECT max(p.{policy}) FROM policy p WHERE p.customer_id = customer.customer_id) AS last"
    " FROM customer WHERE {condition} AND {two} IN (SELECT {two} FROM customer WHERE customer_id < {n})",
    "SELECT x.{one}, x.kind FROM (SELECT {one}, 'a' AS kind FROM customer WHERE {condition} UNION ALL"
    " SELECT {two}, 'b' FROM customer) AS x WHERE x.kind = 'a' ORDER BY x.{one}",
)
LARGE = ("WITH {ctes} SELECT {outputs} FROM s0 {joins} WHERE s0.n > {n} ORDER BY s0.n DESC LIMIT {n}",)
COLUMNS = ("customer_id", "name", "status", "branch_code", "gender", "note", "address", "mobile", "email", "age")
TEXTS = ("name", "status", "branch_code", "gender", "note", "address", "mobile", "email")
POLICY = ("product", "premium", "starts_on", "payer_account")


def corpus(statements: int) -> list[str]:
    """Return so many statements, the same ones every time: half of them small, a seventh of them of a page."""
    chance = random.Random(8)
    return [_statement(chance) for _ in range(statements)]


def _statement(chance: random.Random) -> str:
    size = chance.random()
    template = chance.choice(SMALL if size < 0.5 else MIDDLE if size < 0.85 else LARGE)
    parts = 6 + chance.randrange(5)
    return template.format(
        columns=", ".join(chance.sample(COLUMNS, 1 + chance.randrange(6))),
        one=chance.choice(TEXTS),
        two=chance.choice(TEXTS),
        policy=chance.choice(POLICY),
        condition=f"{chance.choice(TEXTS)} LIKE '{chance.randrange(999)}%' AND age > {chance.randrange(99)}",
        n=1 + chance.randrange(90),
        ctes=", ".join(
            f"s{place} AS (SELECT c.customer_id, c.{chance.choice(TEXTS)} AS v, count(p.policy_id) AS n, "
            f"lower(max(c.{chance.choice(TEXTS)})) AS m FROM customer c LEFT JOIN policy p USING (customer_id)"
            f" WHERE c.{chance.choice(TEXTS)} <> 'x{place}' GROUP BY 1, 2)"
            for place in range(parts)
        ),
        outputs=", ".join(f"s{place}.v AS v{place}, s{place}.m AS m{place}" for place in range(parts)),
        joins=" ".join(f"JOIN s{place} ON s{place}.customer_id = s0.customer_id" for place in range(1, parts)),
    )


def run(rounds: int) -> Iterator[Measured]:
    """Yield statements a second, and how many times faster than sqlglot's lineage; parsing alone among the figures."""
    matrix = loads(files("pgcustsec.demo").joinpath("matrix.yaml").read_text(encoding="utf-8"), "demo")
    statements = corpus(STATEMENTS)
    checker, context = Checker(matrix), Context(matrix, matrix.roles[ROLE])

    def checked() -> int:
        """As `query check` does: verdicts, and how many places break a rule."""
        return sum(sum(1 for _ in find_all(checker.check(text, ROLE), context)) for text in statements)

    checked()
    ours = [milliseconds(checked) for _ in range(rounds)]
    parsed = [milliseconds(lambda: [parse_sql(text) for text in statements]) for _ in range(rounds)]
    schema = _schema(matrix)
    theirs = milliseconds(lambda: [_lineage(text, schema) for text in statements])
    mean = sorted(ours)[len(ours) // 2]
    rates = [round(STATEMENTS / took * 1000, 1) for took in ours]
    name = f"query check, {STATEMENTS} statements, a second"
    yield Measured(name, round(STATEMENTS / mean * 1000), 1000, "at least", "tps", {"view": rates})
    figures = {
        "raw": [round(theirs, 1)],
        "view": [round(took, 1) for took in ours],
        "parse_sql alone": [round(took, 1) for took in parsed],
    }
    yield Measured(
        "query check, times as fast as sqlglot's lineage", round(theirs / mean, 1), 10, "at least", "ms", figures
    )


def _schema(matrix: Matrix) -> dict[str, dict[str, str]]:
    tables = [matrix.tables[name] for name in matrix.roles[ROLE].tables]
    return {table.name: dict.fromkeys(table.columns, "text") for table in tables}


def _lineage(text: str, schema: dict[str, dict[str, str]]) -> int:
    """Where each output column comes from, as sqlglot says; parsed once a statement."""
    tree = sqlglot.parse_one(text, dialect="postgres")
    names = [column.alias_or_name for column in tree.selects if column.alias_or_name]
    return len([lineage(name, tree, schema=schema, dialect="postgres") for name in names])
