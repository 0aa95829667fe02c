"""How often is a finding, and what of a document's keys is told."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pgcustsec.inspecting.tally import Documents, Evidence, Tally

MOBILES = [f"138{n:08d}" for n in range(1_000)]


def counted(values: list[str]) -> list[Evidence]:
    tally = Tally()
    for value in values:
        tally.add(value)
    return tally.evidence()


def found_in(*documents: object) -> dict[str, str]:
    """Sign by path."""
    counting = Documents()
    for document in documents:
        counting.add(document if isinstance(document, str) else json.dumps(document, ensure_ascii=False))
    return {one.path: one.sign for one in counting.evidence()}


def test_one_hit_in_ten_thousand_is_no_finding() -> None:
    assert counted([MOBILES[0], *["called"] * 9_999]) == []


def test_three_hits_in_ten_thousand_are_none_and_ten_are_one() -> None:
    assert counted([*MOBILES[:3], *["called"] * 9_997]) == []
    [one] = counted([*MOBILES[:10], *["called"] * 9_990])
    assert one.said == "mobile phone in 10 of 10,000 sampled rows"


def test_two_hits_are_a_finding_only_where_nothing_else_is() -> None:
    assert counted([*MOBILES[:2], "called"]) == []
    assert [one.hits for one in counted(MOBILES[:2])] == [2]


def test_empty_values_do_not_count() -> None:
    [one] = counted([*MOBILES[:5], *[""] * 500, *["  "] * 500])
    assert (one.hits, one.rows) == (5, 5)


def test_a_list_of_towns_is_no_column_of_names_and_a_column_of_names_is() -> None:
    assert counted(["江苏", "安徽", "云南", "贵州", "成都", "高级"] * 200) == []
    rng = random.Random(1)
    names = [rng.choice("王李张刘陈杨黄赵") + "".join(rng.choices("伟芳娜敏静丽强磊军洋艳勇", k=2)) for _ in range(300)]
    assert [one.sign for one in counted(names)] == ["name"]


def test_numbers_that_pass_the_luhn_test_by_chance_are_no_cards() -> None:
    assert counted([f"62220260{n:010d}" for n in range(1_000)]) == []


def test_a_documents_value_is_found_at_any_depth_with_its_path() -> None:
    assert found_in(*({"a": [{"b": {"电话": one}}]} for one in MOBILES[:10])) == {"$.a[*].b.电话": "mobile"}


def test_a_number_of_a_document_is_a_value_too() -> None:
    assert found_in(*({"tel": int(one)} for one in MOBILES[:10])) == {"$.tel": "mobile"}


def test_a_document_within_a_document_is_searched() -> None:
    assert found_in(*({"raw": json.dumps({"tel": one})} for one in MOBILES[:10])) == {"$.raw": "mobile"}


def test_a_key_that_is_a_value_is_found_and_not_told() -> None:
    assert found_in(*({one: {"n": 1}} for one in MOBILES[:10])) == {"$.*": "mobile"}


def test_keys_that_differ_from_row_to_row_are_not_told() -> None:
    people = ["zhangwei", "lina", "wangfang", "liuyang", "chenjie", "yangmin"]
    assert found_in(*({one: MOBILES[n]} for n, one in enumerate(people))) == {"$.*": "mobile"}


def test_a_key_that_is_a_name_is_not_told_however_often_it_stands() -> None:
    assert found_in(*({"欧阳锋": one} for one in MOBILES[:10])) == {"$.*": "mobile"}


def test_an_array_with_many_numbers_counts_as_one_row() -> None:
    counting = Documents()
    for n in range(4):
        counting.add(json.dumps(MOBILES[n * 10 : n * 10 + 10]))
    [one] = counting.evidence()
    assert (one.hits, one.rows, one.path) == (4, 4, "$[*]")


@pytest.mark.parametrize("depth", [150, 250, 5_000, 200_000])
def test_a_deep_document_is_searched_too(depth: int) -> None:
    texts = ["[" * depth + f'"{one}"' + "]" * depth for one in MOBILES[:5]]
    assert set(found_in(*texts).values()) == {"mobile"}


def test_a_document_that_was_cut_is_searched_as_text() -> None:
    assert found_in(*(f'{{"tel": "{one}", "photo": "aaa' for one in MOBILES[:5])) == {"": "mobile"}


json_values = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=20,
)


@given(st.lists(json_values, max_size=5))
def test_any_documents_can_be_counted(documents: list[object]) -> None:
    found_in(*(json.dumps(one) for one in documents))


@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=3, unique=True), st.sampled_from(MOBILES))
def test_a_key_of_one_row_is_never_told(keys: list[str], mobile: str) -> None:
    paths = found_in(dict.fromkeys(keys, mobile))
    assert set(paths) <= {"$.*"}
