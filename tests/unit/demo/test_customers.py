"""What the demo's data is like, over some thousands of generated rows."""

import hashlib
import json
from collections import Counter
from datetime import date, datetime
from functools import cache

import pytest

from pgcustsec.demo.customers import COLUMNS, make_blocks
from pgcustsec.demo.people import make_people
from pgcustsec.looks.digits import identity_check, luhn_check

AS_OF = date(2026, 11, 24)
CUSTOMERS = 6_000
Row = dict[str, str | None]


@cache
def rows() -> dict[str, list[Row]]:
    tables: dict[str, list[Row]] = {table: [] for table in COLUMNS}
    for block in make_blocks(CUSTOMERS, 7, AS_OF):
        for line in block.text.decode().splitlines():
            values = [None if value == "\\N" else value for value in line.split("\t")]
            tables[block.table].append(dict(zip(COLUMNS[block.table], values, strict=True)))
    return tables


def digest(seed: int) -> str:
    found = hashlib.sha256()
    for block in make_blocks(4_000, seed, AS_OF):
        found.update(block.table.encode() + block.text)
    return found.hexdigest()


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert digest(1) == digest(1)


def test_another_seed_gives_other_bytes() -> None:
    assert digest(1) != digest(2)


def test_an_identity_number_agrees_with_birthday_and_sex_and_has_its_check_digit() -> None:
    numbers = [row for row in rows()["customer"] if row["id_card"] and len(row["id_card"]) == 18]
    assert len(numbers) > 2_000
    for row in numbers:
        number, birthday = str(row["id_card"]), str(row["birth_date"])
        assert number[6:14] == birthday.replace("-", "")
        assert row["gender"] == ("男" if int(number[16]) % 2 else "女")
        assert number[17] == identity_check(number[:17])


def test_an_old_identity_number_agrees_with_birthday_and_sex() -> None:
    numbers = [row for row in rows()["customer"] if row["id_card"] and len(row["id_card"]) == 15]
    assert numbers
    for row in numbers:
        number, birthday = str(row["id_card"]), str(row["birth_date"])
        assert birthday.startswith("19")
        assert number[6:12] == birthday.replace("-", "")[2:]
        assert row["gender"] == ("男" if int(number[14]) % 2 else "女")


def test_some_people_have_a_passport() -> None:
    passports = [row["id_card"] for row in rows()["customer"] if row["id_card"] and row["id_card"].startswith("E")]
    assert passports
    assert all(len(number) == 9 and number[1:].isdigit() for number in passports if number)


def test_no_document_belongs_to_two_people() -> None:
    documents = [row["id_card"] for row in rows()["customer"] if row["id_card"]]
    assert len(documents) == len(set(documents))


def test_age_is_counted_from_the_birthday() -> None:
    for row in rows()["customer"]:
        if row["birth_date"]:
            born, age = date.fromisoformat(row["birth_date"]), int(row["age"] or "-1")
            assert age == AS_OF.year - born.year - ((AS_OF.month, AS_OF.day) < (born.month, born.day))


@pytest.mark.parametrize(("table", "column"), [("customer", "bank_account"), ("policy", "payer_account")])
def test_bank_cards_pass_the_luhn_test(table: str, column: str) -> None:
    cards = [row[column] for row in rows()[table] if row[column]]
    assert len(cards) > 1_000
    assert [card for card in cards if card and luhn_check(card[:-1]) != card[-1]] == []


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("customer", set(COLUMNS["customer"]) - {"customer_id", "status", "created_at"}),
        ("policy", {"premium", "payer_account", "ends_on"}),
        ("claim", {"diagnosis", "amount"}),
        ("assignment", {"ends_at"}),
    ],
)
def test_every_nullable_column_is_null_in_some_rows_and_not_in_others(table: str, columns: set[str]) -> None:
    for column in columns:
        assert {row[column] is None for row in rows()[table]} == {True, False}, column
    for column in set(COLUMNS[table]) - columns:
        assert all(row[column] is not None for row in rows()[table]), column


def test_every_kind_of_customer_occurs_in_its_share() -> None:
    kinds = Counter((row["status"], row["owner_staff_id"] is None) for row in rows()["customer"])
    assert set(kinds) == {(status, free) for status in ("prospect", "customer", "lost") for free in (True, False)}
    assert kinds["prospect", True] > CUSTOMERS // 5
    assert kinds["customer", False] > CUSTOMERS // 4


def test_who_bought_has_about_two_policies_and_nobody_else_has_any() -> None:
    status = {row["customer_id"]: row["status"] for row in rows()["customer"]}
    holders = Counter(row["customer_id"] for row in rows()["policy"])
    bought = [one for one, state in status.items() if state == "customer"]
    assert {status[one] for one in holders} == {"customer"}
    assert 1.8 < len(rows()["policy"]) / len(bought) < 2.2


def test_every_reference_points_at_a_row() -> None:
    customers = {row["customer_id"] for row in rows()["customer"]}
    policies = {row["policy_id"] for row in rows()["policy"]}
    for table in ("policy", "attachment", "assignment"):
        assert rows()[table]
        assert {row["customer_id"] for row in rows()[table]} <= customers
    assert rows()["claim"]
    assert {row["policy_id"] for row in rows()["claim"]} <= policies


def test_keys_count_up_from_one_without_a_gap() -> None:
    for table, columns in COLUMNS.items():
        assert [row[columns[0]] for row in rows()[table]] == [str(n + 1) for n in range(len(rows()[table]))]


def test_owners_sell_in_the_customers_branch_and_some_have_left() -> None:
    people = {one.staff_id: one for one in make_people(CUSTOMERS, 7)}
    owned = [(people[row["owner_staff_id"]], row["branch_code"]) for row in rows()["customer"] if row["owner_staff_id"]]
    assert all("sales_agent" in owner.roles for owner, _ in owned)
    assert all(branch in (owner.branch, None) for owner, branch in owned)
    assert {owner.active for owner, _ in owned} == {True, False}


def test_assignments_run_have_ended_and_run_to_a_day_by_service_and_second_agents() -> None:
    people = {one.staff_id: one for one in make_people(CUSTOMERS, 7)}
    found = set()
    for row in rows()["assignment"]:
        ends = row["ends_at"]
        term = "open" if ends is None else "set" if datetime.fromisoformat(ends).date() > AS_OF else "ended"
        found.add((people[str(row["staff_id"])].department, term))
        assert ends is None or str(row["starts_at"]) < ends
    assert found == {(who, term) for who in ("sales", "customer_service") for term in ("open", "set", "ended")}


def test_nothing_has_happened_after_the_day_of_the_data() -> None:
    for row in rows()["customer"]:
        moments = [str(row[name]) for name in ("created_at", "claimed_at", "last_contact_at") if row[name]]
        assert moments == sorted(moments)
        assert moments[-1] < AS_OF.isoformat()


def test_compound_surnames_and_dotted_and_latin_names_occur() -> None:
    names = [row["name"] for row in rows()["customer"] if row["name"]]
    assert any(name.startswith(("欧阳", "司马", "诸葛")) for name in names)
    assert any("·" in name for name in names)
    assert any(name.isascii() for name in names)
    assert Counter(name[0] for name in names).most_common(3)[0][0] in "王李张"


def test_family_is_json_and_content_is_the_type_it_says() -> None:
    families = [json.loads(row["family"]) for row in rows()["customer"] if row["family"]]
    assert any("emergency" in family for family in families)
    contents = [row for row in rows()["attachment"] if row["content"]]
    pictures = [row["content"] for row in contents if row["media_type"] == "image/png"]
    assert pictures
    assert all(content and content.startswith("\\\\x89504e47") for content in pictures)
