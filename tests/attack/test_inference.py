"""
Learning a hidden value without seeing it: by order, groups, extremes, whole rows, system columns (hardening 9 and 18;
5.2.1).
"""

from __future__ import annotations

import pytest

from tests.attack.world import Attacker, World

TIER_1 = ("mobile", "id_card", "photo")
#: Of a column whose cells are all alike, every one of these has one and the same answer.
QUESTIONS = [
    "SELECT count(DISTINCT {c}::text) FROM {v}",
    "SELECT count(*) FROM (SELECT {c}::text FROM {v} GROUP BY 1) AS g",
    "SELECT (max({c}::text) = min({c}::text))::int FROM {v}",
    "SELECT count(DISTINCT md5({c}::text)) FROM {v}",
    "SELECT max(rank) FROM (SELECT dense_rank() OVER (ORDER BY {c}::text) AS rank FROM {v}) AS r",
    "SELECT count(DISTINCT length({c}::text)) FROM {v}",
    "SELECT count(DISTINCT hashtext({c}::text)) FROM {v}",
]
COMPARISONS = [
    "SELECT count(*) FROM {v} WHERE {c}::text LIKE 't1-1%%'",
    "SELECT count(*) FROM {v} WHERE {c}::text ~ '1'",
    "SELECT count(*) FROM {v} WHERE {c}::text BETWEEN 't1-1' AND 't1-2'",
    "SELECT count(*) FROM {v} WHERE {c}::text IN (SELECT 't1-' || i || '-mobile' FROM generate_series(1, 200) AS i)",
    "SELECT count(*) FROM {v} AS a JOIN {v} AS b ON a.{c}::text = b.{c}::text AND a.customer_id <> b.customer_id"
    " WHERE a.{c}::text <> '***'",
    "SELECT count(*) FROM {v} WHERE position('1' IN {c}::text) > 0",
    "SELECT count(*) FROM {v} WHERE sha256({c}::text::bytea) = sha256('t1-1-mobile')",
]


@pytest.mark.parametrize("column", TIER_1)
def test_no_order_group_or_extreme_tells_one_tier_1_value_from_another(attacker: Attacker, column: str) -> None:
    for question in QUESTIONS:
        assert attacker.send(question.format(c=column, v="agent.customer")).value in (1, 0, None), question
        assert attacker.send(question.format(c=column, v="naive.mine")).value != 1 or "length" in question, (
            "the control"
        )


@pytest.mark.parametrize("column", TIER_1)
def test_no_comparison_finds_a_tier_1_value(attacker: Attacker, column: str) -> None:
    for comparison in COMPARISONS:
        assert attacker.send(comparison.format(c=column, v="agent.customer")).value == 0, comparison


def test_comparisons_find_raw_values_where_the_column_is_raw(world: World) -> None:
    """The control of the test above: it is not that the questions are wrong."""
    with world.database.connect() as connection:
        superuser = Attacker(world, connection, set())
        for comparison in COMPARISONS[:4] + COMPARISONS[5:]:
            assert superuser.send(comparison.format(c="mobile", v="naive.customer")).value > 0


def test_order_by_tier_2_does_not_rank_rows_that_others_serve(world: World) -> None:
    """A clerk sees the branch's rows; sorted, grouped or filtered by health or income they are all alike."""
    with world.attacker("C1") as clerk:
        for column in ("health", "income", "birth_date", "name"):
            assert clerk.send(f"SELECT count(DISTINCT {column}), count({column}) FROM clerk.customer").rows == [(0, 0)]
            assert clerk.send(f"SELECT count(*) FROM clerk.customer WHERE {column}::text > ''").value == 0
            assert clerk.send(f"SELECT count(*) FROM clerk.customer WHERE {column} IS NOT NULL").value == 0


WHOLE_ROWS = [
    "SELECT c FROM {v} AS c",
    "SELECT row_to_json(c) FROM {v} AS c",
    "SELECT to_jsonb(c) FROM {v} AS c",
    "SELECT json_agg(c) FROM {v} AS c",
    "SELECT array_agg(c) FROM {v} AS c",
    "SELECT (c).* FROM {v} AS c",
    "SELECT jsonb_each_text(to_jsonb(c)) FROM {v} AS c",
    "SELECT jsonb_populate_record(c, to_jsonb(c)) FROM {v} AS c",
    "SELECT c::text::{v} FROM {v} AS c",
    'SELECT jsonb_populate_record(NULL::{v}, \'{{"mobile": "x"}}\')',
    "SELECT hash_record(c) FROM {v} AS c",
    "SELECT count(*) FROM {v} AS a, {v} AS b WHERE a = b",
    "SELECT c.secret FROM {v} AS c",
    "SELECT secret(c) FROM {v} AS c",
    "SELECT (to_jsonb(c) -> 'secret') FROM {v} AS c",
    "SELECT query_to_xml('SELECT * FROM {v}', true, true, '')",
    "SELECT cursor_to_xml('c', 10, true, true, '')",
    "SELECT ts_stat.word FROM ts_stat('SELECT to_tsvector(c::text) FROM {v} AS c') AS ts_stat",
]


@pytest.mark.parametrize("view", ["agent.customer", "agent.policy"])
def test_a_whole_row_holds_what_its_cells_show_and_no_more(attacker: Attacker, view: str) -> None:
    """`secret` is in the table and not in the matrix; tier 1 and names are in no form of the row."""
    for attack in WHOLE_ROWS:
        assert attacker.gains(attack.format(v=view)) == set(), attack


def test_a_view_that_masks_by_a_function_of_the_row_gives_the_row_away(world: World) -> None:
    """The control: the way `SELECT masked(c), c.*` is written when columns are many."""
    world.execute(
        "CREATE VIEW naive.masked WITH (security_barrier) AS"
        " SELECT '***' AS mobile, c AS whole FROM naive.customer AS c",
        "GRANT SELECT ON naive.masked TO PUBLIC",
    )
    with world.attacker("A1") as attacker:
        assert ("t1", 20) in attacker.gains("SELECT * FROM naive.masked")


SYSTEM = ["ctid", "xmin", "xmax", "cmin", "tableoid", "oid"]


def test_a_view_has_no_system_columns(attacker: Attacker) -> None:
    """They tell where and when rows were written, one's own and by the gaps the others'."""
    for column in SYSTEM:
        assert attacker.send(f"SELECT {column} FROM agent.customer").sqlstate == "42703", column


def test_no_function_reads_a_row_by_its_place(attacker: Attacker) -> None:
    for attack in (
        "SELECT currtid2('agent.customer', '(0,1)')",
        "SELECT currtid2('crm.customer', '(0,1)')",
        "SELECT * FROM agent.customer TABLESAMPLE SYSTEM (100)",
        "SELECT * FROM agent.customer TABLESAMPLE BERNOULLI (100) REPEATABLE (1)",
        "SELECT * FROM ONLY agent.customer WHERE CURRENT OF c",
        "SELECT pg_column_size(mobile) - pg_column_size('***'::text) FROM agent.customer WHERE customer_id = 1",
        "SELECT pg_column_compression(health) FROM agent.customer",
    ):
        loot = attacker.send(attack)
        assert loot.error or loot.rows in ([(0,)], []) or {row[0] for row in loot.rows} == {None}, attack
        assert loot.marks == set()


def test_small_groups_tell_no_more_than_the_rows_that_one_may_see(world: World) -> None:
    """The analyst sees tier 3 of everybody, so counting is right there; tier 2 cannot be counted by at all."""
    with world.attacker("N1") as analyst:
        assert analyst.send("SELECT count(*) FROM analyst.customer").value == 124, "the control"
        assert analyst.send("SELECT count(health), count(income), count(name) FROM analyst.customer").rows == [
            (0, 0, 0)
        ]
        assert analyst.send("SELECT mobile FROM analyst.customer").sqlstate == "42703"
