"""
Whatever the database shows and check called hidden is a failure.

Random statements over the demo broker's views are run by people of each role, at work with a record open and not at
work, in two worlds. Every cell of tier 1 and 2 is a canary, and is looked for in every column that comes back; what
check says has nothing of customers' must be the same in the other world, where theirs is all different.

3,000 statements on each server; `--soundness 20000` (or PGCUSTSEC_SOUNDNESS=20000) makes that many, see conftest.py.
"""

from __future__ import annotations

from collections import Counter

import pytest

from pgcustsec.query import Checker
from tests.integration.clients.world import demo_matrix
from tests.oracle.query.conftest import DEFAULT_STATEMENTS
from tests.oracle.query.generator import statement
from tests.oracle.query.generator.maker import CONSTRUCTS
from tests.oracle.query.watching import Watched
from tests.oracle.query.world import PEOPLE

#: Of what PostgreSQL accepts, check may be unable to say as much as this; of what it promises, as much may be refused.
UNSAID = 0.02
IMPRECISE = 0.05
#: In so many statements of 3,000 each construct is, on each server that knows it; those beside expressions by name.
QUOTA = 30
BESIDE = {
    "(c).x", "x(c)", "->>", "correlated", "no alias", "shadowing alias", "column aliases", "cte read", "VALUES",
    "subquery in FROM", "LATERAL", "NATURAL", "USING", "USING alias", "join alias", "comma join", "JOIN", "RIGHT JOIN",
    "LEFT JOIN",
    "FULL JOIN", "unnest", "ROWS FROM", "generate_series", "jsonb_each_text", "record definition", "string_to_table",
    "json_populate_record", "star", "c.*", "(c).*", "DISTINCT", "DISTINCT ON", "ORDER BY position", "ORDER BY name",
    "ORDER BY expression", "GROUP BY", "HAVING", "GROUPING SETS", "aggregate", "aggregate of rows", "FILTER",
    "WITHIN GROUP", "set operation", "WITH", "WITH RECURSIVE", "RETURNING", "WITH that modifies", "forbidden",
}  # fmt: skip
#: What only some servers have: since which version, or with libxml.
NEWER = {"SQL/JSON aggregate": 16, "JSON_TABLE": 17, "MERGE": 17, "old and new": 18}
#: Writes are few, and of three roles.
RARE = {"MERGE": 5, "old and new": 15, "join alias": 15, "WITH that modifies": 15}


@pytest.mark.parametrize("role", PEOPLE)
def test_nothing_shows_that_check_did_not_say(
    watched: Watched, role: str, numbers: range, capsys: pytest.CaptureFixture[str]
) -> None:
    check = Checker(watched.stage.broker.matrix).check
    tally = watched.judged(check, role, watched.watch(role, numbers))
    with capsys.disabled():
        print(f"\n{role} on PostgreSQL {watched.major}, statements {numbers}", *tally.lines(), sep="\n  ")
    assert tally.wrong() == [], "\n".join(tally.wrong()[:5])
    assert len(tally.unsaid) <= UNSAID * tally.accepted, "\n".join(tally.unsaid)
    assert len(tally.imprecise) <= IMPRECISE * tally.promised, "\n".join(tally.imprecise)
    assert tally.timeouts <= tally.statements / 100
    refused = {name: count for name, count in tally.used.items() if count >= 20 and tally.ran[name] < 0.8 * count}
    assert refused.keys() <= {"forbidden", "RETURNING"}, "too few that the server accepts"


@pytest.mark.parametrize(("major", "xml"), [(15, True), (18, False)])
def test_every_construct_is_in_many_of_the_statements(major: int, xml: bool) -> None:
    matrix = demo_matrix("any_")
    each = range(DEFAULT_STATEMENTS // len(PEOPLE))
    used = Counter(
        name for role in PEOPLE for number in each for name in statement(role, number, matrix, major, xml).used
    )
    wanted = {one.name for kind in CONSTRUCTS.values() for one in kind if one.since <= major} | BESIDE
    wanted |= {name for name, since in NEWER.items() if since <= major} | {"XMLTABLE"}
    wanted -= set() if xml else {"xml", "XMLTABLE"}
    assert {name: used[name] for name in wanted if used[name] < RARE.get(name, QUOTA)} == {}


def test_the_same_number_is_the_same_statement() -> None:
    matrix = demo_matrix("any_")
    for role in PEOPLE:
        one, same, other = (statement(role, number, matrix, 18, xml=False).text for number in (7, 7, 8))
        assert one == same
        assert one != other
