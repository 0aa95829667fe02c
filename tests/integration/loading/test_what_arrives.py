# ruff: noqa: E501 - a row of a file reads best on its line
"""Files of every make: what the table, the vault and the history then hold (5.2.1, 3.1)."""

from __future__ import annotations

import io
import json
import uuid
from datetime import date
from decimal import Decimal

import pytest

from pgcustsec.cli.load import _text
from pgcustsec.loading import load
from pgcustsec.vault import seal
from tests.integration.loading.world import (
    CLAIM,
    CUSTOMER,
    INJECTION,
    ODDEST,
    POLICY,
    TARIFF,
    VISIT,
    Shop,
    csv_of,
    jsonl_of,
)

NAME, MOBILE, CARD, PLATE, EMAIL = "张三丰", "13711112222", "110101199003070435", "京A12345", "zhang@example.cn"
LAST = "(SELECT max(customer_id) FROM crm.customer)"


def test_the_table_has_masks_and_the_vault_what_the_file_has(shop: Shop) -> None:
    header = "name,mobile,id_card,plate,email,photo,dossier,health,badge"
    done = shop.load(
        CUSTOMER, csv_of(header, [NAME, MOBILE, CARD, PLATE, EMAIL, "\\x00ff27", '{"a": [1, null]}', "gout", "B7"])
    )
    assert (done.rows, done.rejected) == (1, 0)
    listed = "name, mobile, id_card, plate, email, photo, dossier"
    assert shop.row(f"SELECT {listed}, health, badge FROM crm.customer WHERE customer_id = 3") == (
        "张**", "137****2222", "11****************", "京A*****", "z***@***", None, None, "gout", "B7")  # fmt: skip
    assert shop.row(f'SELECT {listed} FROM pgcustsec_vault."crm.customer" WHERE customer_id = 3') == (
        NAME, MOBILE, CARD, PLATE, EMAIL, b"\x00\xff\x27", {"a": [1, None]})  # fmt: skip
    shop.assert_in_step()
    assert shop.leftovers() == []


def test_what_the_file_does_not_name_keeps_its_default(shop: Shop) -> None:
    done = shop.load(CUSTOMER, "health,name\nwell,李四\n")
    assert shop.row(
        f"SELECT status, visits, twice, internal, ticket, made_on IS NOT NULL, mobile FROM crm.customer WHERE customer_id = {LAST}"
    ) == ("prospect", 0, 0, "house", 3, True, None)
    assert done.columns == ("health", "name")
    assert {"status", "twice", "customer_id"} < set(done.defaulted)


def test_the_history_of_changes_tells_who_loaded_each_row_and_why(shop: Shop) -> None:
    done = shop.load(CUSTOMER, csv_of("name", ["李四"], ["张三"]), name="leads.csv")
    query = "SELECT record_key, operation::text, login, reason, application_name FROM pgcustsec.change_history"
    with shop.person("rita") as rita:
        told = rita.execute(query + " WHERE relation = 'crm.customer' ORDER BY 1").fetchall()
    assert told == [(key, "made", shop.admin, done.reason, "pgcustsec") for key in ("3", "4")]
    assert done.reason.startswith("load leads.csv ")


SPELLINGS = ["13711112222", "137 1111 2222", "+86 137-1111-2222", "１３７１１１１２２２２", "010-12345678"]


def test_blind_indexes_are_those_that_a_write_through_a_view_makes(shop: Shop) -> None:
    with shop.person("li") as li:
        for number, spelling in enumerate(SPELLINGS):
            li.execute(
                "INSERT INTO agent.customer (owner_staff_id, badge, mobile, name) VALUES ('S1', %s, %s, '张三')",
                [f"v{number}", spelling],
            )
        li.execute("INSERT INTO agent.customer (owner_staff_id, badge, id_card) VALUES ('S1', 'v', %s)", [CARD])
    blinds = 'SELECT "mobile blind" FROM pgcustsec_vault."crm.customer" AS v JOIN crm.customer AS c USING (customer_id) WHERE badge LIKE %s ORDER BY badge'
    shop.load(
        CUSTOMER, csv_of("badge,mobile", *([f"l{number}", spelling] for number, spelling in enumerate(SPELLINGS)))
    )
    by_view = shop.rows(blinds, "v_")
    assert len(by_view) == len(SPELLINGS) and all(row[0] for row in by_view)
    assert shop.rows(blinds, "l_") == by_view
    card = 'SELECT "id_card blind" FROM pgcustsec_vault."crm.customer" WHERE id_card = %s'
    before = shop.rows(card, CARD)
    assert before
    shop.execute("DELETE FROM crm.customer WHERE badge = 'v'")
    shop.load(CUSTOMER, csv_of("id_card", ["１１０１０１１９９００３０７０４３５"]))
    assert shop.rows('SELECT "id_card blind" FROM pgcustsec_vault."crm.customer" WHERE customer_id = ' + LAST) == before


GOOD = f"name,health,mobile\r\n{NAME},gout,{MOBILE}\r\n"


WRITTEN = [
    (GOOD.encode(), "utf-8"),
    (b"\xef\xbb\xbf" + GOOD.encode(), "utf-8"),
    (b"\xef\xbb\xbf" + GOOD.encode(), "UTF_8"),
    (GOOD.encode("gb18030"), "gb18030"),
    (("\ufeff" + GOOD).encode("gb18030"), "gb18030"),
    (GOOD.encode("utf-16"), "utf-16"),
    (GOOD.replace("\r\n", "\n").encode(), "utf-8"),
    (GOOD.replace("\r\n", "\r").encode(), "utf-8"),
    (("\r\n\n" + GOOD.replace("\r\n", "\r\n\r\n\n")).encode(), "utf-8"),
    (GOOD.rstrip().encode(), "utf-8"),
]


def test_encodings_byte_order_marks_line_ends_and_blank_lines(shop: Shop) -> None:
    for written, encoding in WRITTEN:
        with shop.connect(shop.admin) as connection:
            file = _text(io.BytesIO(written), encoding)
            assert load(connection, shop.matrix, CUSTOMER, file, "file", "csv").rows == 1, (written, encoding)
    assert {row[1:] for row in shop.vault(CUSTOMER, "customer_id, name, mobile")[2:]} == {(NAME, MOBILE)}
    assert shop.rows("SELECT health FROM crm.customer WHERE customer_id > 2") == [("gout",)] * len(WRITTEN)
    done = shop.run(CUSTOMER, "-", "--format", "csv", "--encoding", "gb18030", stdin=GOOD.encode("gb18030"))
    assert done.code == 0, done.stderr
    assert shop.vault(CUSTOMER, "customer_id, name, mobile")[-1][1:] == (NAME, MOBILE)


def test_quoted_fields_keep_newlines_quotes_commas_and_blanks(shop: Shop) -> None:
    told = ['say ""yes"", then\r\nno\n\n', " blank ", "\\N", "NULL", "\\.", "a\tb\\n", "{}%s%%"]
    text = "badge,health\n" + "".join(f'{n},"{value}"\n' for n, value in enumerate(told))
    shop.load(CUSTOMER, text)
    rows = shop.rows("SELECT health FROM crm.customer WHERE customer_id > 2 ORDER BY customer_id")
    assert [row[0] for row in rows] == [value.replace('""', '"') for value in told]


def test_an_empty_field_of_csv_is_null_and_json_tells_null_from_empty(shop: Shop) -> None:
    shop.load(CUSTOMER, 'badge,health,name\n1,,\n2,"",""\n')
    shop.load(
        CUSTOMER, jsonl_of({"badge": "3", "health": None, "name": None}, {"badge": "4", "health": ""}, {"badge": "5"})
    )
    assert shop.rows("SELECT badge, health, name FROM crm.customer WHERE customer_id > 2 ORDER BY 1") == [
        ("1", None, None), ("2", None, None), ("3", None, None), ("4", "", None), ("5", None, None)]  # fmt: skip


def test_no_digit_of_a_number_is_lost(shop: Shop) -> None:
    digits = [
        "0.10",
        "12345678901234567890.123456789012345678",
        "1e30",
        "-0.0000000000000000000000000001",
        "9007199254740993",
    ]
    text = "".join(
        f'{{"policy_id": {n}, "customer_id": 1, "premium": {number}, "account": 6222021234567890123}}\n'
        for n, number in enumerate(digits, 10)
    )
    shop.load(POLICY, text)
    found = shop.rows("SELECT premium FROM crm.policy WHERE policy_id >= 10 ORDER BY policy_id")
    assert [row[0] for row in found] == [Decimal(number) for number in digits]
    assert shop.vault(POLICY, "policy_id, account")[1:] == [(n, "6222021234567890123") for n in range(10, 15)]
    nested = '{"badge": "n", "family": {"x": [1.10, 12345678901234567890.5, 1E+400, true, null, "\\u0041\\"\\\\"]}}\n'
    shop.load(CUSTOMER, nested)
    assert shop.row("SELECT family::text = %s::jsonb::text FROM crm.customer WHERE badge = 'n'",
                    '{"x": [1.10, 12345678901234567890.5, 1E+400, true, null, "A\\"\\\\"]}') == (True,)  # fmt: skip


def test_json_lists_and_objects_go_into_arrays_and_into_jsonb(shop: Shop) -> None:
    tags = ["a", 'q"\\,{}', "NULL", None, "", "客户", " "]
    papers = [{"k": [1, "x'"]}, ["a", 1.50], "text", 2, None, True]
    shop.load(CUSTOMER, jsonl_of({"badge": "1", "tags": tags, "family": [1, {"a": []}], "papers": papers, "dossier": {"深": 1}},
                                 {"badge": "2", "tags": "{x,y}", "family": '{"z": 0}', "dossier": [1]},
                                 {"badge": "3", "tags": [], "papers": []}))  # fmt: skip
    found = shop.rows("SELECT tags, family, papers FROM crm.customer WHERE badge IN ('1', '2', '3') ORDER BY badge")
    assert found == [(tags, [1, {"a": []}], papers), (["x", "y"], {"z": 0}, None), ([], None, [])]
    assert shop.vault(CUSTOMER, "customer_id, dossier")[2:] == [(3, {"深": 1}), (4, [1]), (5, None)]


def test_columns_come_in_any_order(shop: Shop) -> None:
    shop.load(CUSTOMER, csv_of("visits, health ,id_card,name", [3, "gout", CARD, NAME]))
    assert shop.row("SELECT visits, twice, health, name FROM crm.customer WHERE customer_id = 3") == (
        3,
        6,
        "gout",
        "张**",
    )


def test_every_type_is_read_as_postgresql_reads_it(shop: Shop) -> None:
    header = "mood,birth_date,score,flags,code,letter,grade,tags,family,made_on,ticket"
    shop.load(CUSTOMER, csv_of(header, ["good", "1990-03-07", "9999999999.99", "0101", "abcdef", "xy", "5", '{"a,b"}', "[1]", "2026-01-31 09:30:00+08", 77],
                               ["bad", "20260131", "1.005", "1111", "", "xyz", "1", "", "", "2026-01-31T01:30:00Z", "78"]))  # fmt: skip
    rows = shop.rows(
        "SELECT mood::text, birth_date, score, flags::text, code, letter, grade, tags, family, extract(epoch FROM made_on)::bigint, ticket"
        " FROM crm.customer WHERE customer_id > 2 ORDER BY 1 DESC"
    )
    assert rows == [
        ("good", date(1990, 3, 7), Decimal("9999999999.99"), "0101", "abcdef", "xy ", 5, ["a,b"], [1], 1769823000, 77),
        ("bad", date(2026, 1, 31), Decimal("1.01"), "1111", None, "xyz", 1, None, None, 1769823000, 78),
    ]


def test_a_given_identity_or_serial_is_kept_and_a_missing_one_is_made(shop: Shop) -> None:
    shop.load(CUSTOMER, csv_of("customer_id,name,ticket", [1000, NAME, 5000]))
    shop.load(CUSTOMER, csv_of("name", ["李四"]))
    shop.load(POLICY, csv_of("customer_id,account,policy_id", [1000, "6222021234567890", 500]))
    shop.load(POLICY, csv_of("customer_id,account", [3, "6222021234567890"]))
    assert shop.rows("SELECT customer_id, ticket FROM crm.customer WHERE customer_id > 2 ORDER BY 1") == [
        (3, 3),
        (1000, 5000),
    ]
    assert shop.rows("SELECT policy_id FROM crm.policy ORDER BY 1") == [(1,), (2,), (500,)]
    assert [row[1] for row in shop.history(POLICY)] == ["500", "2"]
    shop.assert_in_step()


def test_uuid_keys_are_made_or_given(shop: Shop) -> None:
    given = uuid.uuid4()
    shop.load(CLAIM, csv_of("policy_id,plate", [1, "京A11111"], [1, "京A22222"]))
    shop.load(CLAIM, csv_of("claim_id,policy_id,plate", ["{" + str(given).upper() + "}", 1, "京A33333"]))
    assert len(set(shop.rows("SELECT claim_id FROM crm.claim"))) == 3
    assert shop.row('SELECT claim_id FROM pgcustsec_vault."crm.claim" WHERE plate = %s', "京A33333") == (given,)
    assert shop.history(CLAIM)[-1][1] == str(given)
    shop.assert_in_step()


def test_keys_of_several_columns_given_and_made_over_partitions(shop: Shop) -> None:
    shop.load(VISIT, csv_of("seen_on,customer_id,phone", ["2025-05-05", 1, MOBILE], ["2026-05-05", 1, ""]))
    shop.load(
        VISIT, csv_of("branch,visit_no,seen_on,customer_id,phone", ["SH", "007", "2026-06-06", 2, "010-12345678"])
    )
    assert shop.rows("SELECT tableoid::regclass::text, branch, visit_no, phone FROM crm.visit ORDER BY seen_on") == [
        ("crm.visit_2025", "BJ  ", 1, "137****2222"),
        ("crm.visit_2026", "BJ  ", 2, None),
        ("crm.visit_2026", "SH  ", 7, "010-****78"),
    ]
    shop.assert_in_step()


def test_the_history_knows_a_loaded_key_by_the_text_that_a_write_through_a_view_gives_it(shop: Shop) -> None:
    shop.load(VISIT, csv_of("branch,visit_no,seen_on,customer_id", ["SH", "007", "20260606", 1]))
    with shop.person("li") as li:
        li.execute("INSERT INTO agent.visit (branch, visit_no, seen_on, customer_id) VALUES ('SH', 8, '2026-06-06', 1)")
    loaded, written = (row[1] for row in shop.history(VISIT))
    assert loaded.replace("7", "8") == written


def test_a_table_without_sealed_columns_is_loaded_and_in_the_history(shop: Shop) -> None:
    done = shop.load(
        TARIFF, jsonl_of({"tariff": "A", "customer_id": 1, "rate": 1.5, "terms": {"b": [1]}}, {"tariff": "B"})
    )
    assert done.rows == 2
    assert shop.rows("SELECT tariff, rate, terms FROM crm.tariff ORDER BY 1") == [
        ("A", Decimal("1.500"), {"b": [1]}),
        ("B", None, None),
    ]
    assert [row[:2] for row in shop.history(TARIFF)] == [("made", "A"), ("made", "B")]


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_names_with_quotes_percent_signs_backslashes_sql_and_chinese(shop: Shop, form: str) -> None:
    row = {"Nr%s": "7", "Name %": NAME, "电话\\": MOBILE, INJECTION: "深水', E'\\", 'it\'s "so"': "2026-01-31"}
    quoted = ",".join('"' + name.replace('"', '""') + '"' for name in row)
    text = csv_of(quoted, list(row.values())) if form == "csv" else json.dumps(row)
    shop.load(ODDEST, text)
    assert shop.rows('SELECT * FROM "Kunden ""Daten"""."Kunde 100% \'A\\客户"') == [
        (7, "张**", "137****2222", "***", date(2026, 1, 31), None)]  # fmt: skip
    assert shop.rows(f'SELECT * FROM pgcustsec_vault."{ODDEST.replace(chr(34), chr(34) * 2)}"') == [
        (7, NAME, MOBILE, "深水', E'\\")]  # fmt: skip
    told = shop.refused(ODDEST, text)
    assert told == [
        "  line "
        + ("2" if form == "csv" else "1")
        + ": constraint Kunde 100% 'A\\客户_pkey: another row, or an earlier one, has the same"
    ]
    wrong = csv_of(quoted, ["x", "张*", "1", "***", "so"])
    assert [line.partition(": ")[0].split(", ", 1)[1] for line in shop.refused(ODDEST, wrong)] == list(row)


def test_a_table_that_is_not_sealed_yet_takes_a_file_as_masks_and_vault_rows(unsealed: Shop) -> None:
    unsealed.load(CUSTOMER, csv_of("name,mobile", [NAME, MOBILE]))
    assert unsealed.rows("SELECT name, mobile FROM crm.customer ORDER BY customer_id") == [
        ("王小明", "13812345678"), ("李雷", "13912345678"), ("张**", "137****2222")]  # fmt: skip
    assert unsealed.vault(CUSTOMER, "customer_id, name, mobile") == [(3, NAME, MOBILE)]
    with unsealed.connect(unsealed.admin) as connection:
        seal(connection, unsealed.matrix)
    assert len(unsealed.vault(CUSTOMER, "customer_id, name")) == 3
    unsealed.assert_in_step()


def test_a_header_alone_loads_nothing_and_says_so(shop: Shop) -> None:
    assert shop.load(CUSTOMER, "name,mobile\n").rows == 0
    assert shop.history() == []
