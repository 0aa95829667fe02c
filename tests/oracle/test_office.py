"""The oracle's model of work against days short enough to know from the policy what each step must do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pgcustsec.matrix.model import Purpose, RecordAccess, Table
from tests.oracle.model import AWAY, AtWork, Model
from tests.oracle.office import DONE, Office
from tests.oracle.test_found import a_named_world
from tests.oracle.tier1 import masked_tier1, spellings

HEALTHY = RecordAccess(openings_per_day=3, customers_per_day=1)


def an_office(rule: RecordAccess = HEALTHY, *, tier1: str = "masked", days: int = 9) -> Office:
    """Li is an agent, who works; there is another purpose, for nobody of Li's roles."""
    world = a_named_world(tier1, days, sealed=True, children=rule.children)
    other = Purpose("other", "Other", ())
    matrix = replace(world.matrix, record_access=rule, purposes={**world.matrix.purposes, "other": other})
    return Office(Model(replace(world, matrix=matrix)))


def done(office: Office, *steps: tuple[str, ...]) -> set[str]:
    """Take *steps*, each committed; what the last was refused for."""
    refused: set[str] = set()
    for what, *given in steps:
        office.begin("li")
        refused = set(_taken(office, what, *given))
        if refused:
            office.rollback("li")
        else:
            office.commit("li")
    return refused


def _taken(office: Office, what: str, *given: str) -> frozenset[str]:
    if what == "start":
        return office.start("li", given[0])
    if what == "end":
        return office.end("li")[0]
    table = office.matrix.tables["crm.policy" if given[0] in ("10", "20") else "crm.customer"]
    if what == "close":
        return office.close("li", "agent", table)[0]
    return office.open("li", "agent", table, (int(given[0]),), given[1] if len(given) > 1 else "why")


WORK = ("start", "work")


@pytest.mark.parametrize(
    ("steps", "refused"),
    [
        ([("open", "1")], {"CS005"}),
        ([WORK, ("open", "1")], set()),
        ([WORK, ("end",), ("open", "1")], {"CS005"}),
        ([WORK, ("open", "3")], {"CS201"}),
        ([WORK, ("open", "1", " ")], {"CS206"}),
        ([("start", "other")], {"CS007"}),
        ([("start", "leisure")], {"CS007"}),
        ([WORK, ("open", "1"), ("open", "2")], {"CS205"}),
        ([WORK, ("open", "1"), ("open", "10"), ("open", "1")], set()),
        ([WORK, ("open", "1"), ("open", "2"), ("open", "1"), ("open", "1")], {"CS204"}),
    ],
)
def test_a_step_is_refused_for_the_reason_that_the_policy_has(steps: list[tuple[str, ...]], refused: set[str]) -> None:
    assert done(an_office(), *steps) == refused


def test_a_role_without_masked_tier_1_may_not_even_ask() -> None:
    assert done(an_office(tier1="hidden"), WORK, ("open", "1")) == {"42501"}


def test_what_is_not_committed_does_not_count_and_is_spent_all_the_same() -> None:
    office = an_office()
    done(office, WORK)
    office.begin("li")
    office.open("li", "agent", customers(office), (1,), "why")
    assert office.at_work("li") == AtWork(frozenset({"agent"}))
    office.rollback("li")
    assert office.spent == {("li", "openings"): 1, ("li", "customers"): 1}
    assert [entry[0] for entry in office.evidence] == ["session_started"]
    assert done(office, ("open", "1")) == {"CS205"}


def customers(office: Office) -> Table:
    return office.matrix.tables["crm.customer"]


@pytest.mark.parametrize(
    "over", ["lapse_records", "close", "another", "end", "start", "lapse_session"], ids=lambda over: f"after {over}"
)
def test_a_record_that_is_open_no_longer_shows_nothing(over: str) -> None:
    office = an_office(RecordAccess())
    done(office, WORK, ("open", "1"))
    assert office.at_work("li").opened == {("agent", "crm.customer"): (1,)}
    if over.startswith("lapse"):
        getattr(office, over)("li")
    else:
        done(office, {"close": ("close", "1"), "another": ("open", "2"), "end": ("end",), "start": WORK}[over])
    assert office.at_work("li").opened.get(("agent", "crm.customer")) in (None, (2,))
    assert (office.at_work("li") == AWAY) == (over in ("end", "lapse_session"))


def test_a_record_that_is_open_shows_its_tier_1_masked_and_its_name_and_no_other_does() -> None:
    office = an_office()
    done(office, WORK, ("open", "1"))
    [first, second] = office.model.answer("li", "agent", customers(office), office.at_work("li")).rows
    assert (first["name"].shown, first["phone"].shown) == ("王小明", "138****5671")
    assert (second["name"].shown, second["phone"].shown) == (None, "***")


def test_a_name_is_masked_again_once_its_deviation_has_ended() -> None:
    office = an_office(days=-1)
    done(office, WORK, ("open", "1"))
    [first, _] = office.model.answer("li", "agent", customers(office), office.at_work("li")).rows
    assert (first["name"].shown, first["phone"].shown) == ("王**", "138****5671")


@pytest.mark.parametrize("children", [(), ("crm.policy",)], ids=["not listed", "listed"])
def test_a_child_shows_with_its_customer_where_the_matrix_lists_it(children: tuple[str, ...]) -> None:
    office = an_office(RecordAccess(children=children))
    done(office, WORK, ("open", "1"))
    rows = office.model.answer("li", "agent", office.matrix.tables["crm.policy"], office.at_work("li")).rows
    assert [row["phone"].shown for row in rows] == ["138****5673" if children else "***", "***"]


def test_a_search_finds_every_spelling_within_scope() -> None:
    office = an_office()
    table = customers(office)
    phone = replace(table.columns["phone"], find=True)
    found = replace(table, columns={**table.columns, "phone": phone})
    matrix = replace(office.matrix, tables={**office.matrix.tables, table.qualified: found})
    office = Office(Model(replace(office.model.world, matrix=matrix)))
    done(office, WORK)
    office.begin("li")
    assert office.find("li", "agent", found, "phone", "+86 138 1234 5671") == (DONE, ["1"])
    assert office.find("li", "agent", found, "phone", "138****5671") == (DONE, [])
    assert office.find("li", "agent", found, "name", "王小明")[0] == {"CS207"}


@pytest.mark.parametrize(
    ("kind", "value", "masked"),
    [
        ("phone", "13812345678", "138****5678"),
        ("phone", "+86 138 1234 5678", "138****5678"),
        ("phone", "0755-12345678", "0755-****78"),
        ("phone", "+1 202 555 0143", "***"),
        ("id_document", "110101199003078515", "11****************"),
        ("id_document", "E12345678", "E********"),
        ("id_document", "e12345678", "***"),
        ("bank_account", "6222021234567890123", "********0123"),
        ("bank_account", "6222 0212 3456 7890", "***"),
        ("email", "zhangsan@qq.com", "z***@***"),
        ("address", "广东省深圳市南山区科技园1号", "广东省******"),
        ("address", "朝阳区建国路88号3单元502室", "***"),
        ("messenger", "wxid_zhangsan", "***"),
    ],
)
def test_tier_1_is_masked_by_kind(kind: str, value: str, masked: str) -> None:
    assert masked_tier1(kind, value) == masked


def test_the_values_of_a_kind_are_spelt_in_ways_that_a_column_of_20_holds() -> None:
    kinds = ("phone", "id_document", "bank_account", "email", "address", "messenger")
    assert all(len(value) <= 20 for kind in kinds for n in range(60) for value in spellings(kind, n))
