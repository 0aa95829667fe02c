"""Canaries: customers who are nobody, made for one extract, so that a file that leaked names it (4.2, 4.3)."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from pgcustsec.migrate import apply_matrix
from tests.integration.clients.world import Broker
from tests.integration.extracts.approved import BJ, approved
from tests.integration.extracts.test_extract_commands import shell

COLUMNS = "customer_id name mobile id_card email gender"


@pytest.fixture
def marked(broker: Broker) -> Broker:
    """The broker, whose kind `special` has `canaries: true`."""
    special = replace(broker.matrix.requests["special"], canaries=True)
    with broker.connect(broker.admin) as administrator:
        apply_matrix(administrator, replace(broker.matrix, requests={**broker.matrix.requests, "special": special}))
    return broker


def taken(broker: Broker, file: Path, login: str = "li", **options: Any) -> list[list[str]]:
    """The rows of a CSV that *login* takes of branch BJ's customers."""
    with broker.database.connect(user=broker.login(login)) as person:
        number = approved(broker, person, COLUMNS, of=login, **{"where": BJ, **options})
    done = shell(broker, login, "run", str(number), "-o", str(file), "--plain")
    assert done.returncode == 0, done.stderr
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.reader(text))[1:]


def known(broker: Broker) -> set[str]:
    return {row[0] for row in broker.rows('SELECT mobile FROM pgcustsec_vault."crm.customer" WHERE mobile IS NOT NULL')}


def canaries(broker: Broker) -> list[tuple[Any, ...]]:
    with broker.database.connect(user=broker.login("qin")) as supervisor:
        return supervisor.execute("SELECT extract_id, place, value FROM pgcustsec.canaries()").fetchall()


def traced(broker: Broker, file: Path) -> list[dict[str, Any]]:
    done = shell(broker, "qin", "trace", str(file), "--format", "json")
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_an_extract_has_three_customers_who_are_nobody_beside_its_rows(marked: Broker, tmp_path: Path) -> None:
    rows = taken(marked, tmp_path / "leads.csv")
    assert len(rows) == 4 + 3
    made = [row for row in rows if row[2] and row[2] not in known(marked)]
    assert len(made) == 3
    assert {value for _, _, value in canaries(marked)} == {value for row in made for value in row[2:5]}
    keys = [int(row[0]) for row in rows]
    assert len(set(keys)) == 7
    for _, name, mobile, document, email, gender in made:
        assert 2 <= len(name) <= 3 and len(mobile) == 11 and email.endswith("@163.com") and gender == ""
        weighed = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(document[:17]))
        assert document[17] == "10X98765432"[weighed % 11], "the check digit of ISO 7064 MOD 11-2"
    [listed] = json.loads(shell(marked, "li", "list", "--format", "json").stdout)
    assert (listed["rows"], listed["canaries"]) == (4, 3)


def test_a_file_that_turned_up_names_its_extract_and_no_other(marked: Broker, tmp_path: Path) -> None:
    mine, theirs = tmp_path / "mine.csv", tmp_path / "theirs.csv"
    rows = taken(marked, mine)
    taken(marked, theirs, "wang", where=({"column": "branch_code", "is": "=", "value": "SH"},))
    [one] = traced(marked, mine)
    assert (one["extract"]["number"], one["extract"]["staff"], one["found"], one["of"]) == (1, "S1", 3, 3)
    [other] = traced(marked, theirs)
    assert other["extract"]["staff"] == "S2"
    made = next(row for row in rows if row[2] and row[2] not in known(marked))
    part = tmp_path / "part.txt"
    part.write_text(f"call {made[2]}; and others\n" * 3, encoding="utf-8")
    assert [(t["extract"]["number"], t["found"]) for t in traced(marked, part)] == [(1, 1)]
    clean = tmp_path / "clean.csv"
    clean.write_text("13812345678,13712345678,9" + made[2] + "9\n", encoding="utf-8")
    assert traced(marked, clean) == []
    assert "no canary" in shell(marked, "qin", "trace", str(clean)).stdout


def test_a_value_is_found_across_the_pieces_a_long_file_is_read_in(marked: Broker, tmp_path: Path) -> None:
    mobile = next(row[2] for row in taken(marked, tmp_path / "x.csv") if row[2] and row[2] not in known(marked))
    long = tmp_path / "long.txt"
    long.write_bytes(b" " * (4 * 1024 * 1024 - 5) + mobile.encode() + b" " * 100)
    assert [t["found"] for t in traced(marked, long)] == [1]
    run_on = tmp_path / "run_on.txt"
    run_on.write_bytes(b"7" * (9 * 1024 * 1024))
    assert traced(marked, run_on) == []


def test_in_sql_and_in_every_form_they_come_with_the_rows(marked: Broker, tmp_path: Path) -> None:
    with marked.person("li") as li:
        number = approved(marked, li, COLUMNS, where=BJ)
        li.execute("SELECT pgcustsec.begin_extract(%s, 'plain')", [number])
        query = 'SELECT count(*), count(DISTINCT customer_id) FROM pgcustsec_extracts."sales_agent.customer"'
        assert li.execute(query.encode()).fetchall() == [(7, 7)]
        li.execute("SELECT pgcustsec.end_session()")
        assert li.execute(query.encode()).fetchall() == [(0, 0)]
    for form in ("jsonl", "parquet"):
        if form == "parquet":
            pytest.importorskip("pyarrow", reason="pyarrow is not installed")
        with marked.database.connect(user=marked.login("li")) as li:
            number = approved(marked, li, COLUMNS, where=BJ)
        file = tmp_path / f"leads.{form}"
        done = shell(marked, "li", "run", str(number), "-o", str(file), "--plain", "--format", form)
        assert done.returncode == 0, done.stderr
        assert [t["found"] for t in traced(marked, file)] == [3], form


def test_a_run_that_was_broken_off_has_its_own(marked: Broker) -> None:
    with marked.person("li") as li:
        number = approved(marked, li, COLUMNS, where=BJ)
        li.execute(
            "SELECT pgcustsec.begin_extract(%s, 'plain'), pgcustsec.begin_extract(%s, 'plain')", [number, number]
        )
    values = [(extract, value) for extract, _, value in canaries(marked)]
    assert {extract for extract, _ in values} == {1, 2}
    assert len({value for _, value in values}) == len(values)


def test_without_the_matrixs_word_there_are_none_and_who_takes_a_file_does_not_learn_which(
    broker: Broker, tmp_path: Path
) -> None:
    assert len(taken(broker, tmp_path / "leads.csv")) == 4
    assert canaries(broker) == []
    with broker.database.connect(user=broker.login("li")) as li:
        for statement in ("SELECT * FROM pgcustsec.canaries()", "TABLE pgcustsec_internal.extract_canary"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                li.execute(statement.encode())
    sealed = tmp_path / "leads.csv.age"
    sealed.write_bytes(b"age-encryption.org/v1\n-> X25519")
    assert "decrypt" in shell(broker, "qin", "trace", str(sealed)).stderr
    assert shell(broker, "qin", "trace", str(tmp_path / "none")).returncode == 2
    assert "may not trace" in shell(broker, "li", "trace", str(sealed)).stderr
