# ruff: noqa: E501 - a statement of SQL reads best on its line
"""What a plan says of anonymising, column by column, is what a sweep then does (4.3)."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pgcustsec.compile.terms.outcomes import OutcomeChange
from pgcustsec.matrix.model import Column, Matrix
from pgcustsec.migrate import apply_matrix, plan_matrix
from pgcustsec.plan import Plan, read_plan
from pgcustsec.report.plan import plan_lines
from tests.integration.clients.world import Broker
from tests.integration.retention.world import CUSTOMER, apply, more, rule, sweep_once, with_rules

pytestmark = pytest.mark.one_server

RARE = "kept, unless fewer than five rows are alike: then "
VAULT = ", its value in the vault destroyed"
#: Columns that break careless code: unknown to the matrix but for `mood`, `grade` and `level`, which are tier 3.
ODD = """
    ADD COLUMN "remark %s" text DEFAULT 'r',
    ADD COLUMN code integer NOT NULL DEFAULT 7,
    ADD COLUMN short varchar(3) NOT NULL DEFAULT 'abc',
    ADD COLUMN facts jsonb NOT NULL DEFAULT '{"a": 1}',
    ADD COLUMN photo bytea NOT NULL DEFAULT 'x',
    ADD COLUMN day date NOT NULL DEFAULT '2001-01-01',
    ADD COLUMN named crm.label NOT NULL DEFAULT 'l',
    ADD COLUMN doubled integer GENERATED ALWAYS AS (age * 2) STORED,
    ADD COLUMN mood uuid NOT NULL DEFAULT '00000000-0000-0000-0000-00000000000a',
    ADD COLUMN grade integer NOT NULL DEFAULT 3 CHECK (grade > 0),
    ADD COLUMN level integer NOT NULL DEFAULT 4
"""


def planned(broker: Broker, matrix: Matrix) -> Plan:
    with broker.connect(broker.admin) as connection:
        return plan_matrix(connection, matrix)


def said(plan: Plan) -> dict[str, str | None]:
    assert {(one.table, one.rule) for one in plan.outcomes} <= {(CUSTOMER, "former_customer")}
    return {one.what: one.after for one in plan.outcomes}


@pytest.fixture
def odd(broker: Broker) -> Broker:
    """The table of customers has odd columns, of which nothing is applied yet."""
    broker.as_owner("CREATE DOMAIN crm.label AS text CHECK (length(VALUE) < 9)")
    broker.as_owner(f"ALTER TABLE crm.customer {ODD}")
    return broker


def odd_matrix(matrix: Matrix) -> Matrix:
    table = matrix.tables[CUSTOMER]
    known = {**table.columns, **{name: Column(name, 3) for name in ("mood", "grade", "level")}}
    kept = replace(rule(matrix, "former_customer"), keep=("gender", "age", "level"))
    changed = replace(table, columns=known, retention=(rule(matrix, "unsold_prospect"), kept))
    return replace(matrix, tables={**matrix.tables, CUSTOMER: changed})


def test_a_new_rule_says_what_becomes_of_every_column_and_of_what_hangs_on_the_row(broker: Broker) -> None:
    apply(broker, with_rules(broker.matrix, rule(broker.matrix, "unsold_prospect")))
    plan = planned(broker, broker.matrix)
    assert all(one.before is None for one in plan.outcomes)
    columns = {
        row[0]
        for row in broker.rows(
            "SELECT attname FROM pg_attribute WHERE attrelid = 'crm.customer'::regclass AND attnum > 0 AND NOT attisdropped"
        )
    }
    below = {"crm.policy", "crm.claim", "crm.attachment", "crm.assignment"} & set(broker.matrix.tables)
    assert set(said(plan)) == columns - {"retain_until"} | below
    expected = {
        "customer_id": "a new key",
        "gender": f"{RARE}emptied (NULL)",
        "mobile": f"emptied (NULL){VAULT}",
        "health": "emptied (NULL)",
        "status": "stays: tier 3, NOT NULL, and has a CHECK or foreign key to meet",
        "crm.claim": "rows destroyed",
    }
    assert {name: said(plan)[name] for name in expected} == expected


def test_what_the_plan_says_of_odd_columns_is_what_the_sweep_does(odd: Broker) -> None:
    matrix = odd_matrix(odd.matrix)
    plan = planned(odd, matrix)
    found = said(plan)
    assert found == {
        "remark %s": "emptied (NULL)",
        "code": "blank: 0::integer",
        "short": "blank: ''::character varying(3)",
        "facts": "blank: '{}'::jsonb",
        "photo": "blank: ''::bytea",
        "day": "blank: '9999-12-31'::date",
        "named": "blank: ''::crm.label",
        "doubled": "made of other columns, of what is left of them",
        "mood": "stays: tier 3, NOT NULL, and its type has no blank",
        "grade": "stays: tier 3, NOT NULL, and has a CHECK or foreign key to meet",
        "level": f"{RARE}blank: 0::integer",
        "branch_code": "emptied (NULL)",
    }
    apply(odd, matrix)
    more(odd, 1001, 1006, status="customer")
    odd.execute("UPDATE crm.customer SET level = 5 WHERE customer_id = 1006")
    assert sweep_once(odd) == (0, 6, 0)
    shown = 'SELECT "remark %%s", code, short, facts::text, photo, day::text, named, doubled, right(mood::text, 1), grade, branch_code FROM crm.customer WHERE customer_id > 5000 AND level = %s'
    rest: tuple[object, ...] = (None, 0, "", "{}", b"", "9999-12-31", "")
    assert odd.rows(shown, 4) == [(*rest, 60, "a", 3, None)] * 5
    assert odd.rows(shown, 0) == [(*rest, None, "a", 3, None)]


@pytest.mark.parametrize("keep", [("gender", "age", "branch_code"), ("status",), ()], ids=["three", "tied", "none"])
def test_every_column_ends_as_the_plan_said(odd: Broker, keep: tuple[str, ...]) -> None:
    """Read back by the words alone, of every column, with rows enough and with too few."""
    apply(odd, with_rules(odd.matrix))
    matrix = odd_matrix(odd.matrix)
    kept = replace(rule(matrix, "former_customer"), keep=keep)
    matrix = with_rules(matrix, kept)
    plan = planned(odd, matrix)
    apply(odd, matrix)
    more(odd, 1001, 1005, status="customer")
    before = columns_of(odd, "customer_id BETWEEN 1001 AND 1005")
    assert sweep_once(odd) == (0, 5, 0)
    many = columns_of(odd, "customer_id > 5000")
    more(odd, 2001, 2001, status="customer")
    odd.execute("UPDATE crm.customer SET gender = '女' WHERE customer_id = 2001")
    alone = {1: columns_of(odd, "customer_id = 2001")}
    odd.execute("DELETE FROM crm.customer WHERE customer_id > 5000")
    assert sweep_once(odd) == (0, 1, 0)
    few = columns_of(odd, "customer_id > 5000")
    for one in (one for one in plan.outcomes if one.what in many):
        assert one.after is not None
        word, _, then = one.after.removesuffix(VAULT).partition(", unless fewer than five rows are alike: then ")
        if word == "kept":
            assert many[one.what] == before[one.what], one
        else:
            assert_ended(odd, word, one, before, many)
        if set(keep) & {"gender"}:
            assert_ended(odd, then or word, one, alone[1], few)


def columns_of(broker: Broker, where: str) -> dict[str, set[str | None]]:
    rows = broker.rows(f"SELECT to_jsonb(c) - 'retain_until' FROM crm.customer AS c WHERE {where}")
    names = rows[0][0]
    return {name: {None if row[0][name] is None else json.dumps(row[0][name]) for row in rows} for name in names}


def assert_ended(
    broker: Broker, word: str, one: OutcomeChange, before: dict[str, set[str | None]], after: dict[str, set[str | None]]
) -> None:
    if word == "a new key":
        assert not after[one.what] & before[one.what], one
    elif word == "emptied (NULL)":
        assert after[one.what] == {None}, one
    elif word.startswith("blank: "):
        [(blank,)] = broker.rows(f"SELECT to_jsonb({word.removeprefix('blank: ')})")
        assert after[one.what] == {json.dumps(blank)}, one
    elif word.startswith("stays: "):
        assert after[one.what] == before[one.what], one
    else:
        assert word.startswith("made of") and one.what == "doubled", one


def test_a_column_that_is_added_is_said_and_then_no_more(broker: Broker) -> None:
    broker.as_owner("ALTER TABLE crm.customer ADD COLUMN late text NOT NULL DEFAULT 'x'")
    plan = planned(broker, broker.matrix)
    assert plan.outcomes == (OutcomeChange(CUSTOMER, "former_customer", "late", None, "blank: ''::text"),)
    apply(broker, broker.matrix)
    empty = planned(broker, broker.matrix)
    assert (empty.statements, empty.outcomes) == ((), ())
    broker.as_owner("ALTER TABLE crm.customer ALTER COLUMN late DROP NOT NULL")
    assert planned(broker, broker.matrix).outcomes == (
        OutcomeChange(CUSTOMER, "former_customer", "late", "blank: ''::text", "emptied (NULL)"),
    )


def test_a_rule_that_anonymises_no_more_says_so_of_all_columns(broker: Broker) -> None:
    plan = planned(broker, with_rules(broker.matrix, rule(broker.matrix, "unsold_prospect")))
    assert plan.outcomes and all(one.after is None for one in plan.outcomes)
    assert any("no longer anonymised by it (before: a new key)" in line for line in plan_lines(plan, verbose=False))


def test_a_plan_that_does_nothing_says_nothing_of_it(broker: Broker) -> None:
    """Not even of what an apply recorded before this was known."""
    broker.execute("UPDATE pgcustsec_internal.applied_matrix SET matrix = matrix - 'outcomes'")
    plan = planned(broker, broker.matrix)
    assert (plan.statements, plan.outcomes) == ((), ())
    apply(broker, broker.matrix)
    [(recorded,)] = broker.rows(
        "SELECT matrix ? 'outcomes' FROM pgcustsec_internal.applied_matrix ORDER BY applied_id DESC LIMIT 1"
    )
    assert recorded, "and from then on it is known"


def test_text_json_and_sql_say_the_same(broker: Broker, tmp_path: Path) -> None:
    """A column's name with a line break in it stays in its comment."""
    name = "x\nDROP TABLE crm.claim; --"
    broker.as_owner(f'ALTER TABLE crm.customer ADD COLUMN "{name}" text')
    plan = planned(broker, broker.matrix)
    text = "\n".join(plan_lines(plan, verbose=False))
    assert "What anonymising leaves of a row (4.3):\n  crm.customer, rule former_customer\n" in text
    assert f"      {name}: emptied (NULL)" in text
    comment = f"-- {' '.join(name.splitlines())}: emptied (NULL)"
    assert any(line.replace("-- " + " " * 4, "-- ") == comment for line in plan.sql.splitlines())
    assert "DROP TABLE crm.claim" not in [line.strip() for line in plan.sql.splitlines()]
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(plan.to_json()), encoding="utf-8")
    assert read_plan(file) == plan
    with broker.connect(broker.admin) as connection:
        apply_matrix(connection, broker.matrix, plan=read_plan(file))
