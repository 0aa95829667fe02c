"""The tour's own check: a cell that shows what the matrix does not say is found."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest

from pgcustsec.demo.people import StaffMember
from pgcustsec.demo.reasons import TABLE, Answer, Reasons, Subject
from pgcustsec.matrix.load import loads

MATRIX = loads(files("pgcustsec.demo").joinpath("matrix.yaml").read_text(encoding="utf-8"))
COLUMNS = tuple(MATRIX.tables[TABLE].columns)
MANAGER = StaffMember("M1", "王", "wang", "sales", "BJ", None, ("sales_manager",))
AGENT = StaffMember("S1", "李", "li", "sales", "BJ", "M1", ("sales_agent",))
OTHER = StaffMember("S2", "赵", None, "sales", "BJ", "M1", ("sales_agent",))
OWN = Subject(1, (AGENT,), "BJ", pooled=False)
FOREIGN = Subject(2, (OTHER,), "BJ", pooled=False)
STORED: dict[int, dict[str, Any]] = {key: {name: f"{name} {key}" for name in COLUMNS} for key in (1, 2)}


def as_due() -> dict[str, Any]:
    """The agent's own customer as the policy has it: tier 1 stars, the name masked, the rest plain."""
    tiers = MATRIX.tables[TABLE].columns
    return {name: "***" if tiers[name].tier == 1 else STORED[1][name] for name in COLUMNS} | {"name": "n*"}


def found(rows: dict[int, dict[str, Any]]) -> list[str]:
    reasons = Reasons(MATRIX, [MANAGER, AGENT, OTHER], [OWN, FOREIGN], STORED)
    return reasons.differences(Answer(AGENT, "sales_agent", COLUMNS, rows))


def test_an_answer_as_the_policy_has_it_is_no_finding() -> None:
    assert found({1: as_due()}) == []


@pytest.mark.parametrize("column", ["mobile", "name"])
def test_a_true_value_that_should_be_masked_is_found_and_not_repeated(column: str) -> None:
    [sentence] = found({1: as_due() | {column: STORED[1][column]}})
    assert column in sentence
    assert STORED[1][column] not in sentence


def test_a_row_of_somebody_elses_customer_is_found() -> None:
    assert len(found({1: as_due(), 2: STORED[2]})) == len(COLUMNS)


def test_a_value_that_should_show_and_does_not_is_found() -> None:
    assert len(found({1: as_due() | {"health": None}})) == 1
