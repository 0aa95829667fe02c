# ruff: noqa: E501 - a row of a file reads best on its line
"""One bad row of many: nothing is loaded, and what is told names line, column and shape, never a value (5.2.1)."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pgcustsec.errors import Finding
from pgcustsec.loading import PROBLEM_COLUMN
from pgcustsec.loading.load import TOLD
from tests.cluster import Server
from tests.integration.loading.world import CLAIM, CUSTOMER, POLICY, TARIFF, VISIT, Log, Shop, csv_of

NAME, MOBILE, CARD = "独孤求败", "13998877665", "110101199003077784"
HEALTH, ACCOUNT = "宫外孕-canary", "6217001234567890128"
CANARIES = (NAME, MOBILE, CARD, HEALTH, ACCOUNT, "9137462855", "canary")
WORDS = ("Failing row", "DETAIL:  Key", "COPY rows, line")
HEADER = "badge,name,mobile,id_card,health,visits,code,letter,flags,score,grade,email,birth_date,mood,family,tags,photo,made_on,papers"

#: Column, value, what is told of it.
BAD: list[tuple[str, str, str]] = [
    ("mobile", "139988776651", "mobile: expected 11 digits, or area code and number"),
    ("mobile", "139****7665", "mobile: is a masked form, not a true value"),
    ("name", "独**", "name: is a masked form, not a true value"),
    ("name", NAME + MOBILE, "name: expected "),
    ("id_card", CARD + "1", "id_card: expected 18 characters at most"),
    ("id_card", "11****************", "id_card: is a masked form, not a true value"),
    ("id_card", "110101199003070019", "id_card: another record, or an earlier row, has this value already"),
    ("visits", "", "visits: expected a value"),
    ("visits", "9137462855", "visits: expected a whole number"),
    ("visits", "1.0", "visits: expected a whole number"),
    ("visits", "-9137462", "constraint customer_visits_check refuses it"),
    ("badge", "B1", "constraint customer_badge_key: another row, or an earlier one, has the same"),
    ("code", "canary1", "code: expected 6 characters at most"),
    ("code", "kanary ", "code: expected 6 characters at most"),
    ("letter", "canary", "letter: expected 3 characters at most"),
    ("flags", "101", "PostgreSQL, or a trigger of the table, refuses it (22026)"),
    ("flags", "10101", "PostgreSQL, or a trigger of the table, refuses it (22026)"),
    ("score", "99999999999.99", "score: expected a number, without commas, as numeric(12,2) holds it"),
    ("score", "1,000.5", "score: expected a number, without commas, as numeric(12,2) holds it"),
    ("grade", "6", "grade: expected crm.grade"),
    ("email", "canary-canary-canary@canary.example", "constraint email_check refuses it"),
    ("birth_date", "31.02.2026", "birth_date: expected a date, as 2026-01-31"),
    ("mood", "canary", "mood: expected crm.mood"),
    ("family", "{canary}", "family: expected JSON"),
    ("tags", "{canary", "tags: expected text[]"),
    ("photo", "\\xcanary", "photo: expected bytea"),
    ("made_on", "canary", "made_on: expected a time, as 2026-01-31 09:30:00+08"),
    ("papers", "{canary}", "papers: expected json[]"),
]  # fmt: skip


def good(number: int) -> list[Any]:
    return [
        f"G{number}",
        NAME,
        MOBILE,
        f"E{number:08d}",
        HEALTH,
        1,
        "abc",
        "x",
        "0101",
        "1.5",
        3,
        "a@b.cn",
        "2000-01-01",
        "good",
        "{}",
        "{}",
        "\\x00",
        "2026-01-01",
        "",
    ]


def file_with(*changes: tuple[str, str]) -> str:
    """A file of forty rows; the 20th, at line 23 behind a field with two newlines, has *changes* in it."""
    rows = [good(number) for number in range(40)]
    rows[3][4] = f"{HEALTH}\n\n"
    for column, value in changes:
        rows[19][HEADER.split(",").index(column)] = value
    return csv_of(HEADER, *rows)


@pytest.fixture
def log(server: Server) -> Log:
    if server.bindir is None:
        pytest.skip("the log of a server of one's own is not at hand")
    return Log(server)


def assert_silent(text: str) -> None:
    assert not [canary for canary in (*CANARIES, *WORDS) if canary in text], text


def test_each_bad_value_is_told_by_line_column_and_shape_and_nowhere_by_itself(
    shop: Shop, log: Log, tmp_path: Path
) -> None:
    rows = [good(number) for number in range(len(BAD) * 2)]
    for number, (column, value, _) in enumerate(BAD):
        rows[number * 2][HEADER.split(",").index(column)] = value
    done = shop.load(CUSTOMER, csv_of(HEADER, *rows), rejects=tmp_path / "rejected")
    assert (done.rows, done.rejected) == (len(BAD), len(BAD))
    told = [row[PROBLEM_COLUMN] for row in csv.DictReader((tmp_path / "rejected").open(newline=""))]
    for (column, value, words), said in zip(BAD, told, strict=True):
        assert said.startswith(words), f"{column} {value}: {said}"
        assert_silent(said)
    assert_silent(log.read())
    shop.assert_in_step()


@pytest.mark.parametrize("place", [0, 10])
def test_one_bad_row_of_many_is_told_by_its_line_and_nothing_is_loaded(shop: Shop, log: Log, place: int) -> None:
    column, value, words = BAD[place]
    [told] = shop.refused(CUSTOMER, file_with((column, value)))
    assert told.startswith("  line 23") and words in told
    assert_silent(told + log.read())


def test_the_log_of_the_server_has_the_values_that_a_plain_copy_brings(shop: Shop, log: Log) -> None:
    """The control of all that is silent here."""
    with pytest.raises(Exception, match="violates check constraint"), shop.connect() as connection:
        copy = f"COPY crm.customer ({HEADER}) FROM STDIN (FORMAT csv, HEADER)"
        with connection.cursor().copy(copy.encode()) as stream:
            stream.write(file_with(("visits", "-1")))
    assert MOBILE in log.read()
    assert "Failing row" in log.read()


def test_several_problems_of_a_row_are_told_together_in_the_order_of_the_file(shop: Shop) -> None:
    told = shop.refused(CUSTOMER, file_with(("mobile", "1"), ("visits", "x"), ("code", "abcdefg"), ("name", "张*")))
    assert [line.split(":")[0] for line in told] == [
        f"  line 23, {name}" for name in ("name", "mobile", "visits", "code")
    ]


def test_a_value_twice_within_the_file_is_refused_where_it_comes_again(
    shop: Shop, pieces_of: Callable[[int], None]
) -> None:
    text = csv_of("id_card,name", [CARD, ""], ["E12345678", ""], [f"１{CARD[1:]}", ""], ["e12345678", ""])
    for piece in (100, 3, 1):
        pieces_of(piece)
        told = shop.refused(CUSTOMER, text)
        assert [line[:8] for line in told] == ["  line 4", "  line 5"], piece
        assert all("id_card: another record, or an earlier row, has this value already" in line for line in told)


def test_a_key_that_is_taken_or_comes_twice_is_refused(shop: Shop) -> None:
    assert shop.refused(CUSTOMER, csv_of("customer_id", [1], [10], [11], [10])) == [
        "  line 2: constraint customer_pkey: another row, or an earlier one, has the same",
        "  line 5: constraint customer_pkey: another row, or an earlier one, has the same",
    ]
    assert shop.refused(TARIFF, "tariff\na\na\n") == [
        "  line 3: constraint tariff_pkey: another row, or an earlier one, has the same"]  # fmt: skip


def test_a_missing_parent_is_refused_and_one_of_the_same_file_is_found_at_its_end(shop: Shop) -> None:
    assert shop.refused(POLICY, csv_of("customer_id,account", [1, ACCOUNT], [9137, ACCOUNT])) == [
        "  line 3: constraint known_customer: what it refers to is not there"]  # fmt: skip
    shop.load(CUSTOMER, csv_of("customer_id,referrer", [10, 11], [11, 10]))
    with pytest.raises(Finding) as caught:
        shop.load(CUSTOMER, csv_of("customer_id,referrer", [12, 913746]))
    assert "constraint known_referrer: what it refers to is not there, at the end of all" in caught.value.message
    assert "913746" not in caught.value.message
    assert shop.row("SELECT count(*) FROM crm.customer") == (4,)


def test_a_row_without_a_partition_is_refused(shop: Shop, log: Log) -> None:
    [told] = shop.refused(
        VISIT, csv_of("seen_on,customer_id,phone", ["2026-01-01", 1, MOBILE], ["2019-01-01", 1, MOBILE])
    )
    assert told == "  line 3: PostgreSQL, or a trigger of the table, refuses it (23514)"
    assert "2019" not in log.read()


def test_rows_that_cannot_be_read_are_told_beside_those_that_can(shop: Shop) -> None:
    told = shop.refused(
        CUSTOMER,
        f'{{"name": "{NAME}", "mobile": null}}\n{{"mobile": {MOBILE}\n\n["{MOBILE}"]\n{{"badge": 1}}\n{{"mobile": "\\u0000"}}\n{{"name": 1, "name": 2}}\n',
    )
    assert told == [
        "  line 2: is no JSON",
        "  line 4: is no JSON object",
        "  line 5: has a name, its number 1, not in the first line: name it there, with null",
        "  line 6: has a character of code 0 in it, which PostgreSQL does not store",
        "  line 7: has a name twice",
    ]
    assert shop.refused(CUSTOMER, f"name,mobile\n{NAME}\n{NAME},{MOBILE},\n") == [
        "  line 2: has 1 fields, and the header 2", "  line 3: has 3 fields, and the header 2"]  # fmt: skip


def test_twenty_problems_are_told_and_that_there_may_be_more(shop: Shop) -> None:
    told = shop.refused(CLAIM, csv_of("policy_id,plate", *([1, "x"] for _ in range(300))))
    assert len(told) == TOLD
    told = shop.refused(POLICY, csv_of("customer_id", *([9000 + n] for n in range(300))))
    assert len(told) == TOLD
    assert [int(re.findall(r"line (\d+)", line)[0]) for line in told] == list(range(2, 2 + TOLD))


def test_the_command_says_it_on_stderr_and_exits_with_1(shop: Shop, tmp_path: Path, log: Log) -> None:
    for column, value, words in (BAD[0], BAD[10]):
        (tmp_path / "客户.csv").write_text(file_with((column, value)))
        done = shop.run(CUSTOMER, str(tmp_path / "客户.csv"))
        assert (done.code, done.stdout) == (1, "")
        assert "line 23" in done.stderr and words in done.stderr
        assert "--rejects" in done.stderr
        assert_silent(done.stderr)
    assert_silent(log.read())
    assert shop.history() == []
    assert shop.leftovers() == []
