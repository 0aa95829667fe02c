"""The reader of files: rows as they stand, lines as people count them, and no value in what it says."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pgcustsec.errors import UsageError
from pgcustsec.loading.records import Record, Records, as_array, as_json

CANARY = "13912345678"


def read(text: str, form: Any = "csv") -> tuple[tuple[str, ...], list[Record]]:
    records = Records(io.StringIO(text, newline=""), "file", form)
    return records.columns, list(records)


def refusal(text: str, form: Any = "csv") -> str:
    with pytest.raises(UsageError) as caught:
        read(text, form)
    assert CANARY not in str(caught.value) + str(caught.value.hint)
    return caught.value.message


# Surrogates and code 0 are no text for PostgreSQL.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
ROWS = st.lists(st.lists(TEXTS, min_size=3, max_size=3), max_size=8)


#: Python before 3.13 leaves a line end unquoted that is not the file's own.
MANNERS = [("\r\n", csv.QUOTE_MINIMAL), *((end, csv.QUOTE_ALL) for end in ("\n", "\r\n", "\r"))]


@given(ROWS, st.sampled_from(MANNERS))
def test_what_csv_writer_writes_is_read_as_it_was(rows: list[list[str]], manner: tuple[str, Any]) -> None:
    end, quoting = manner
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=end, quoting=quoting)
    writer.writerow("abc")
    writer.writerows(rows)
    columns, found = read(out.getvalue())
    assert columns == ("a", "b", "c")
    assert [record.values for record in found] == [tuple(value or None for value in row) for row in rows]
    assert not any(record.fault for record in found)
    assert all(record.fields == tuple(row) for record, row in zip(found, rows, strict=True))


@given(ROWS)
def test_a_row_is_known_by_the_line_where_it_begins(rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    begins = []
    writer.writerow("abc")
    for row in rows:
        begins.append(out.getvalue().replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1)
        writer.writerow(row)
    _, found = read(out.getvalue())
    assert [record.line for record in found] == begins


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=8,
)


@given(st.lists(st.tuples(JSON, JSON), min_size=1, max_size=6), st.booleans())
def test_what_json_writes_is_read_as_it_was(rows: list[tuple[Any, Any]], ascii_only: bool) -> None:
    text = "".join(json.dumps({"a": one, "b": two}, ensure_ascii=ascii_only) + "\n" for one, two in rows)
    columns, found = read(text, "jsonl")
    assert columns == ("a", "b")
    for record, row in zip(found, rows, strict=True):
        if record.fault:
            assert "\0" in json.dumps(row).replace("\\u0000", "\0")
            continue
        for value, wrote in zip(record.values, row, strict=True):
            assert value is None if wrote is None else value is not None
            if isinstance(wrote, str):
                assert value == wrote
            elif value is not None:
                assert json.loads(value) == wrote
        assert json.loads(as_json(record.given)) == {"a": row[0], "b": row[1]}


NUMBERS = ["0.10", "1E+400", "-0", "-0.0", "12345678901234567890.1234567890", "1e99999999999999999999", "9" * 5000]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_is_passed_on_as_it_is_written(number: str) -> None:
    _, [record] = read(f'{{"a": {number}, "b": [{number}]}}', "jsonl")
    assert record.values == (number, f"[{number}]")
    assert as_json(record.given) == f'{{"a": {number}, "b": [{number}]}}'


@pytest.mark.parametrize("text", ["", "\n\r\n\n", " "])
def test_a_file_of_nothing_is_empty(text: str) -> None:
    assert refusal(text, "jsonl") == "file is empty"
    if text != " ":
        assert refusal(text) == "file is empty"


@pytest.mark.parametrize("text", [f"a,{CANARY},b,{CANARY}\n", f"{CANARY},,b\n", f'{CANARY},"\n', f'a\n"x"{CANARY}\n'])
def test_what_is_no_csv_is_refused_without_its_words(text: str) -> None:
    assert refusal(text)


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_byte_order_mark_is_no_part_of_a_name(form: str) -> None:
    assert read("\ufeffa\n" if form == "csv" else '\ufeff{"a": 1}', form)[0] == ("a",)


@pytest.mark.parametrize("row, count", [("1", 1), ("1,2,3", 3), (",", 2), (" ", 1)])
def test_a_row_of_another_width_is_a_fault_of_that_row(row: str, count: int) -> None:
    _, found = read(f"a,b\n{row}\n3,4\n")
    if count != 2:
        assert found[0].fault == f"has {count} fields, and the header 2"
        assert found[0].fields == tuple(row.split(","))
    assert found[1].values == ("3", "4")


@pytest.mark.parametrize(
    "line, fault",
    [
        (f'{{"a": "{CANARY}"', "is no JSON"),
        (f'["{CANARY}"]', "is no JSON object"),
        (CANARY, "is no JSON object"),
        ("null", "is no JSON object"),
        ('{"a": NaN}', "is no JSON"),
        ('{"a": Infinity}', "is no JSON"),
        (f'{{"a": "{CANARY}"}} x', "is no JSON"),
        (f'{{"a": 1, "a": {CANARY}}}', "has a name twice"),
        (
            f'{{"a": 1, "{CANARY}": 2}}',
            "has a name, its number 2, not in the first line: name it there, with null",
        ),
        ('{"a": "\\ud800"}', "has half a character in it"),
        ('{"a": "x\\u0000"}', "has a character of code 0 in it, which PostgreSQL does not store"),
        ("[" * 100_000, "is no JSON"),
        ('{"a":' * 400 + "1" + "}" * 400, "is JSON too deep within itself"),
    ],
)
def test_a_line_that_cannot_be_read_is_a_fault_of_that_row(line: str, fault: str) -> None:
    _, found = read(f'{{"a": 1}}\n\n{line}\n{{"a": 2}}\n', "jsonl")
    assert [record.line for record in found] == [1, 3, 4]
    assert found[1].fault == fault
    assert found[1].text == line or found[1].given
    assert found[2].values == ("2",)


def test_an_object_inside_may_have_a_name_twice() -> None:
    _, [record] = read('{"a": {"b": 1, "b": 2}}', "jsonl")
    assert record.values == ('{"b": 2}',)


def test_a_first_line_that_is_no_object_is_refused() -> None:
    for line in (CANARY, f'["{CANARY}"]', f'{{"{CANARY}": 1, "{CANARY}": 2}}', "{}"[:1]):
        assert refusal(line + "\n", "jsonl").startswith("line 1 of file ")


def test_the_wrong_encoding_is_named_with_the_line_it_was_met_after() -> None:
    raw = io.TextIOWrapper(io.BytesIO(("a\n" * 5000).encode() + "客户\n".encode("gb18030")), "utf-8", newline="")
    with pytest.raises(UsageError, match=r"is not written in utf-8: see what follows line [0-9]{4}"):
        list(Records(raw, "file", "csv"))
    raw = io.TextIOWrapper(io.BytesIO(b"a\n1\n"), "utf-16", newline="")
    with pytest.raises(UsageError, match="is not written in utf-16"):
        list(Records(raw, "file", "csv"))


@pytest.mark.parametrize(
    "value, of_json, written",
    [
        ([], False, "{}"),
        (["a", None, "NULL", 'q"\\'], False, '{"a",NULL,"NULL","q\\"\\\\"}'),
        ([[1, 2], [3, 4]], False, '{{"1","2"},{"3","4"}}'),
        ([[1, 2], "x", True, None], True, '{"[1, 2]","\\"x\\"","true",NULL}'),
        ([True, {"a": "'"}], False, '{"true","{\\"a\\": \\"\'\\"}"}'),
    ],
)
def test_a_list_is_written_as_postgresql_writes_arrays(value: list[Any], of_json: bool, written: str) -> None:
    assert as_array(value, of_json=of_json) == written
