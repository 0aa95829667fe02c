# ruff: noqa: E501 - a row of a file reads best on its line
"""--rejects: the bad rows in a file of their own, the good ones loaded, and every row in exactly one place."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pgcustsec.errors import NotAllowed, PgcustsecError, Refused, UsageError
from pgcustsec.loading import PROBLEM_COLUMN
from tests.integration.loading.world import CUSTOMER, POLICY, Shop, csv_of, jsonl_of

GOOD, NAME, CARD = "13998877665", "张三丰", "110101199003077784"
HEADER = "badge,name,mobile,id_card,visits,health"

Pieces = Callable[[int], None]


@pytest.fixture
def rejects(tmp_path: Path) -> Path:
    return tmp_path / "rejected"


def rejected(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode(), newline="")))


def badges(shop: Shop) -> list[str]:
    return [badge for (badge,) in shop.rows("SELECT badge FROM crm.customer WHERE customer_id > 2 ORDER BY badge")]


def test_bad_rows_are_in_the_file_as_they_came_and_good_ones_are_loaded(shop: Shop, rejects: Path) -> None:
    rows = [["a", NAME, GOOD, "", 1, "x"], ["b", "张*", "12", "", "y", 'say "no"\r\n, '], ["c", NAME, GOOD, CARD, 2, ""],
            ["d", "", "", CARD, 0, ""], ["e", "", "", "", -1, ""], ["B1", "", "", "", 1, ""]]  # fmt: skip
    done = shop.load(CUSTOMER, csv_of(HEADER, *rows), rejects=rejects)
    assert (done.rows, done.rejected) == (2, 4)
    assert badges(shop) == ["a", "c"]
    assert stat.S_IMODE(rejects.stat().st_mode) == 0o600
    found = rejected(rejects)
    assert [list(row.values())[:-1] for row in found] == [[str(value) for value in rows[n]] for n in (1, 3, 4, 5)]
    first = found[0][PROBLEM_COLUMN]
    assert [part.split(":")[0] for part in first.split("; ") if ": " in part] == ["name", "mobile", "visits"]
    assert found[1][PROBLEM_COLUMN] == "id_card: another record, or an earlier row, has this value already"
    assert found[2][PROBLEM_COLUMN] == "constraint customer_visits_check refuses it"
    assert not any(value in row[PROBLEM_COLUMN] for row in found for value in ("张*", CARD, "B1"))
    shop.assert_in_step()


def test_a_corrected_file_of_rejects_loads_as_it_is_also_the_second_time(shop: Shop, tmp_path: Path) -> None:
    shop.load(CUSTOMER, csv_of(HEADER, ["a", "", "1", "", 1, ""], ["b", "", GOOD, "", -1, ""]), rejects=tmp_path / "1")
    once = (tmp_path / "1").read_text()
    done = shop.load(CUSTOMER, once.replace(",-1,", ",1,"), "csv", rejects=tmp_path / "2")
    assert (done.rows, done.rejected) == (1, 1)
    twice = (tmp_path / "2").read_text()
    assert twice.splitlines()[0] == f"{HEADER},{PROBLEM_COLUMN}"
    assert twice.count("expected 11 digits") == 1
    assert shop.load(CUSTOMER, twice.replace(",1,,1,", f",{GOOD},,1,"), "csv").rows == 1
    assert badges(shop) == ["a", "b"]


def test_rows_of_another_width_keep_every_field_and_stay_refused_until_corrected(shop: Shop, tmp_path: Path) -> None:
    done = shop.load(CUSTOMER, "badge,name,health\na,张三\nb,张三,x,y\nc,张三,z\n", rejects=tmp_path / "1")
    assert (done.rows, done.rejected) == (1, 2)
    done = shop.load(CUSTOMER, (tmp_path / "1").read_text(), "csv", rejects=tmp_path / "2")
    assert (done.rows, done.rejected) == (0, 2)
    lines = (tmp_path / "2").read_text().splitlines()
    assert [line.split(",")[:-1][:4] for line in lines[1:]][1] == ["b", "张三", "x", "y"]
    assert lines[1].startswith("a,张三,")


def test_rejects_of_json_lines_keep_every_digit_and_every_line_that_is_no_json(shop: Shop, rejects: Path) -> None:
    text = (
        '{"policy_id": 10, "customer_id": 1, "premium": 1, "account": null}\n'
        '{"policy_id": 11, "premium": 12345678901234567890.10}\n'
        f'{{"policy_id": 12, "customer_id": 1, "account": "{GOOD}"\n'
        '["policy_id"]\n'
        '{"policy_id": 13, "customer_id": 9999, "account": "6222021234567890"}\n'
        '{"policy_id": 14, "policy_id": 15}\n'
        '{"policy_id": 16, "customer_id": 1, "policy": 1e400}\n'
    )
    done = shop.load(POLICY, text, rejects=rejects)
    assert (done.rows, done.rejected) == (1, 6)
    lines = rejects.read_text().splitlines()
    assert lines[3:] == [line for line in text.splitlines() if line.endswith(f'{GOOD}"') or "]" in line or "14" in line]
    first = json.loads(lines[0])
    assert list(first) == ["policy_id", "customer_id", "premium", "account", PROBLEM_COLUMN]
    assert first[PROBLEM_COLUMN] == "customer_id: expected a value"
    assert '"premium": 12345678901234567890.10' in lines[0]
    assert '"policy": 1e400' in lines[2]
    corrected = [lines[0].replace('"customer_id": null', '"customer_id": 2'), lines[1].replace("9999", "1"),
                 lines[2].replace('"policy": 1e400, ', ""), lines[3] + "}", lines[5].replace("policy_id", "customer_id", 1).replace("14", "1")]  # fmt: skip
    assert shop.load(POLICY, "\n".join(corrected).replace(GOOD, "6222021234567891")).rows == 5
    assert shop.row("SELECT premium::text FROM crm.policy WHERE policy_id = 11") == ("12345678901234567890.10",)
    shop.assert_in_step()


def test_where_no_row_is_bad_the_file_is_empty(shop: Shop, rejects: Path) -> None:
    assert shop.load(CUSTOMER, "name\n张三\n", rejects=rejects).rejected == 0
    assert rejects.read_text() == ""


def test_a_file_that_is_there_is_never_written_to(shop: Shop, rejects: Path, tmp_path: Path) -> None:
    rejects.write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    for path in (rejects, tmp_path / "link"):
        with pytest.raises(Refused, match="is there already"):
            shop.load(CUSTOMER, "mobile\n1\n", rejects=path)
    assert rejects.read_text() == "mine"
    assert not (tmp_path / "elsewhere").exists()
    with pytest.raises(NotAllowed, match="No such file or directory"):
        shop.load(CUSTOMER, "mobile\n1\n", rejects=tmp_path / "no" / "where")
    assert shop.history() == []


def test_a_load_that_fails_leaves_no_file_of_rejects(
    shop: Shop, rejects: Path, pieces_of: Pieces, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces_of(1)
    bad = "mobile,referrer\n1,\n"
    with pytest.raises(UsageError):
        shop.load(CUSTOMER, bad + '"x,\n', rejects=rejects)
    assert not rejects.exists()
    with pytest.raises(PgcustsecError, match="at the end of all"):
        shop.load(CUSTOMER, bad + ",99999\n", rejects=rejects)
    assert not rejects.exists()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotAllowed, match="No space left on device; nothing was loaded"):
        shop.load(CUSTOMER, bad + ",\n", rejects=rejects)
    assert not rejects.exists()
    assert shop.history() == []
    assert shop.leftovers() == []


def test_three_hundred_bad_rows_are_found_each(shop: Shop, rejects: Path) -> None:
    rows = [[1000 + n, 9999 + n, "6222021234567890"] for n in range(300)]
    done = shop.load(POLICY, csv_of("policy_id,customer_id,account", *rows), rejects=rejects)
    assert (done.rows, done.rejected) == (0, 300)
    assert len(rejected(rejects)) == 300


FAULTS: list[tuple[str, Any]] = [
    ("mobile", "12"), ("name", "张*"), ("id_card", CARD), ("visits", ""), ("visits", "x"), ("visits", -1), ("badge", "B1"),
    ("mobile", "1" * 30), ("name", "***"),
]  # fmt: skip


ROWS = 40


@pytest.mark.parametrize("seed", range(4))
def test_every_row_of_any_mix_is_in_exactly_one_place(shop: Shop, rejects: Path, seed: int, pieces_of: Pieces) -> None:
    dice = random.Random(seed)
    pieces_of([7, 2, 20, 1][seed])
    names = HEADER.split(",")
    rows, bad = [], set()
    taken = False
    for number in range(ROWS):
        row = [
            f"r{number:02d}",
            dice.choice(["", NAME]),
            dice.choice(["", GOOD]),
            "",
            dice.randrange(9),
            f"line\n{number}",
        ]
        if dice.random() < dice.choice([0.05, 0.9]):
            column, value = dice.choice(FAULTS)
            row[names.index(column)] = value
            # The first with this number is good.
            if column != "id_card" or taken:
                bad.add(number)
            taken = taken or column == "id_card"
        rows.append(row)
    text = (
        csv_of(HEADER, *rows)
        if seed % 2
        else jsonl_of(
            *(
                dict(zip(names, row, strict=True))
                | {
                    "visits": row[4] if row[4] != "" else None,
                    "name": row[1] or None,
                    "mobile": row[2] or None,
                    "id_card": row[3] or None,
                }
                for row in rows
            )
        )
    )
    done = shop.load(CUSTOMER, text, rejects=rejects)
    found = rejected(rejects) if seed % 2 else [json.loads(line) for line in rejects.read_text().splitlines()]
    assert [row["health"] for row in found] == [f"line\n{number}" for number in sorted(bad)]
    loaded = shop.rows("SELECT health FROM crm.customer WHERE customer_id > 2 ORDER BY customer_id")
    assert loaded == [(f"line\n{number}",) for number in range(ROWS) if number not in bad]
    assert (done.rows, done.rejected) == (ROWS - len(bad), len(bad))
    assert len(shop.history()) == done.rows
    shop.assert_in_step()
