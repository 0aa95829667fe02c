# ruff: noqa: E501 - a statement of SQL reads best on its line
"""What a scan finds in a database, and where it looks: columns that hold more than the matrix says (3.2, 4.2)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pgcustsec.db import connect
from pgcustsec.inspecting.scanning import Holding, Scanned, scan
from pgcustsec.matrix.load import loads
from tests.cluster import Database
from tests.integration.inspecting.running import MATRIX, run

#: Numbers of nobody: the identity numbers have their right check digit, worked out here in SQL.
TABLES = """
CREATE SCHEMA crm;
CREATE FUNCTION public.identity(n integer) RETURNS text LANGUAGE sql AS $$
    SELECT b.digits || substr('10X98765432', (1 + sum(w.weight * substr(b.digits, w.place::int, 1)::int) % 11)::int, 1)
    FROM (SELECT '110101' || to_char(date '1960-01-01' + n * 7, 'YYYYMMDD') || lpad((n % 1000)::text, 3, '0') AS digits) AS b,
        unnest('{7,9,10,5,8,4,2,1,6,3,7,9,10,5,8,4,2}'::int[]) WITH ORDINALITY AS w (weight, place)
    GROUP BY b.digits $$;
CREATE TABLE crm.customer (id integer PRIMARY KEY, name text, mobile text, status text, note text, about jsonb, order_no text,
    unnamed text, called_at timestamptz);
INSERT INTO crm.customer SELECT n, 'x', '138' || lpad(n::text, 8, '0'), 'prospect', CASE WHEN n % 12 = 0
        THEN '请改打 139' || lpad(n::text, 8, '0') || '，下午' ELSE '已寄送计划书' END,
    jsonb_build_object('married', true, 'family', jsonb_build_array(jsonb_build_object('id_card', public.identity(n)))),
    '2026' || lpad(n::text, 14, '0'), NULL, now()
FROM generate_series(1, 1000) AS n;
"""


@pytest.fixture
def shop(database: Database) -> Database:
    database.execute(TABLES)
    return database


def scanned(database: Database, user: str | None = None, rows: int = 1_000) -> Scanned:
    with connect(database.conninfo(user)) as connection:
        return scan(connection, loads(MATRIX), rows)


def found(database: Database, user: str | None = None, rows: int = 1_000) -> set[tuple[str, str, str]]:
    return {(f"{one.table}.{one.column}", one.sign, one.path) for one in scanned(database, user, rows).holdings}


#: What the matrix gives tier 2 and holds tier 1.
LOWER = {("crm.customer.note", "mobile", ""), ("crm.customer.about", "identity", "$.family[*].id_card")}


def test_columns_that_are_classified_lower_than_their_values_are_found_and_others_are_not(shop: Database) -> None:
    assert found(shop) == LOWER


def test_a_finding_says_how_often_and_by_which_article(shop: Database) -> None:
    note = next(one for one in scanned(shop).holdings if one.column == "note")
    assert note == Holding(
        "crm.customer", "note", 2, None, "mobile", 83, 1000, "", "mobile phone in 83 of 1,000 sampled rows", "3.2.1"
    )


def test_a_column_of_names_is_found_where_it_is_not_of_kind_name(shop: Database) -> None:
    shop.execute("""
        CREATE VIEW people AS SELECT n, (string_to_array('王李张刘陈', NULL))[1 + n % 5] || (string_to_array('伟芳娜敏静丽强磊', NULL))[1 + n % 8] || (string_to_array('军洋艳勇杰涛明', NULL))[1 + n % 7] AS name FROM generate_series(1, 1000) AS n;
        UPDATE crm.customer SET name = p.name, status = p.name FROM people AS p WHERE p.n = id
    """)
    assert found(shop) == LOWER | {("crm.customer.status", "name", "")}


def test_tables_that_the_matrix_does_not_name_are_looked_at_in_every_schema(shop: Database) -> None:
    shop.execute(
        'CREATE SCHEMA "Alt ""Daten"""',
        '''CREATE TABLE "Alt ""Daten"""."Kunde 'A'" ("Tel. Nr" text, "身份证 %s" text, "e-mail\n" text, amount numeric, tel bigint)''',
        '''INSERT INTO "Alt ""Daten"""."Kunde 'A'" SELECT '010-6123' || lpad(n::text, 4, '0'), public.identity(n), n || '@example.cn', n, 13800000000 + n FROM generate_series(1, 50) AS n''',
        "CREATE MATERIALIZED VIEW public.old AS SELECT mobile FROM crm.customer",
    )
    place = """Alt "Daten".Kunde 'A'."""
    assert found(shop) == LOWER | {
        (f"{place}Tel. Nr", "landline", ""),
        (f"{place}身份证 %s", "identity", ""),
        (f"{place}e-mail\n", "email", ""),
        (f"{place}tel", "mobile", ""),
        ("public.old.mobile", "mobile", ""),
    }


def test_a_name_of_others_is_told_without_its_control_characters(shop: Database) -> None:
    shop.execute(
        'CREATE TABLE public."a\n\x1b[31mb" (tel text)',
        """INSERT INTO public."a\n\x1b[31mb" SELECT mobile FROM crm.customer""",
    )
    done = run(shop, "scan", "-m", str(_matrix(shop)))
    assert "public.a\\x0a\\x1b[31mb.tel" in done.stdout.replace("\n", "").replace(" ", "")
    assert "\x1b" not in done.stdout


def _matrix(database: Database) -> Path:
    file = Path(database.server.folder) / f"{database.name}.yaml"
    file.write_text(MATRIX, encoding="utf-8")
    return file


def test_partitions_are_looked_at_by_their_root_and_children_for_what_is_their_own(shop: Database) -> None:
    shop.execute(
        "CREATE TABLE public.call (id integer, tel text) PARTITION BY RANGE (id)",
        "CREATE TABLE public.call_1 PARTITION OF public.call FOR VALUES FROM (0) TO (100) PARTITION BY RANGE (id)",
        "CREATE TABLE public.call_1a PARTITION OF public.call_1 FOR VALUES FROM (0) TO (100)",
        "CREATE TABLE public.call_2 PARTITION OF public.call DEFAULT",
        "INSERT INTO public.call SELECT id, mobile FROM crm.customer WHERE id < 200",
        "CREATE TABLE crm.vip (assistant text) INHERITS (crm.customer)",
        "INSERT INTO crm.vip (id, mobile, assistant) SELECT id, mobile, mobile FROM crm.customer WHERE id <= 100",
    )
    assert found(shop, rows=5_000) == LOWER | {("public.call.tel", "mobile", ""), ("crm.vip.assistant", "mobile", "")}


def test_what_an_extension_or_pgcustsec_keeps_is_left_out(shop: Database) -> None:
    shop.execute(
        "CREATE TABLE public.of_extension AS SELECT mobile FROM crm.customer",
        "ALTER EXTENSION plpgsql ADD TABLE public.of_extension",
        "CREATE SCHEMA pgcustsec_vault",
        "CREATE TABLE pgcustsec_vault.customer AS SELECT mobile FROM crm.customer",
    )
    assert found(shop) == LOWER


def test_a_file_that_is_text_is_searched_and_a_picture_is_not(shop: Database) -> None:
    shop.execute(
        "CREATE TABLE public.file (text bytea, picture bytea, old bytea)",
        """INSERT INTO public.file SELECT convert_to('客户名单;' || mobile || ';备注', 'UTF8'),
            '\\x89504e470d0a1a0a00'::bytea || convert_to(mobile, 'UTF8'), convert_to('联系电话 ' || mobile, 'GB18030') FROM crm.customer""",
    )
    assert found(shop) == LOWER | {("public.file.text", "mobile", ""), ("public.file.old", "mobile", "")}


def test_a_long_text_is_searched_to_its_sixteen_thousandth_character(shop: Database) -> None:
    shop.execute(
        "CREATE TABLE public.letter AS SELECT repeat('已阅 ', 5000) || mobile AS near_end, '' AS nothing FROM crm.customer LIMIT 20",
        "CREATE TABLE public.letter_2 AS SELECT repeat('已阅 ', 6000) || mobile AS past_end FROM crm.customer LIMIT 20",
    )
    assert found(shop) == LOWER | {("public.letter.near_end", "mobile", "")}


def test_a_large_table_is_looked_at_from_all_over_and_within_bounds(shop: Database) -> None:
    shop.execute(
        "CREATE TABLE public.log AS SELECT n, CASE WHEN n > 200000 THEN '138' || lpad(n::text, 8, '0') ELSE 'x' END AS line FROM generate_series(1, 400000) AS n",
        "ANALYZE public.log",
    )
    [log] = [one for one in scanned(shop).holdings if one.table == "public.log"]
    assert 100 < log.rows <= 1_000
    assert 0.2 < log.hits / log.rows < 0.8, "only the oldest rows were looked at, or only the newest"


def test_a_middling_table_that_was_never_analysed_is_looked_at_too(shop: Database) -> None:
    shop.execute(
        "CREATE TABLE public.log AS SELECT n, '138' || lpad(n::text, 8, '0') AS line FROM generate_series(1, 30000) AS n"
    )
    [log] = [one for one in scanned(shop, rows=200).holdings if one.table == "public.log"]
    assert 50 < log.rows <= 200


def test_one_number_in_ten_thousand_rows_is_no_finding(shop: Database) -> None:
    shop.execute(
        "CREATE TABLE public.log AS SELECT CASE n WHEN 1 THEN '13812345678' ELSE 'x' END AS line FROM generate_series(1, 10000) AS n"
    )
    assert found(shop, rows=10_000) == LOWER


def test_findings_end_with_1_only_where_that_is_asked_for(shop: Database) -> None:
    matrix = str(_matrix(shop))
    told = run(shop, "scan", "-m", matrix)
    assert (told.returncode, run(shop, "scan", "-m", matrix, "--fail").returncode) == (0, 1)
    assert "mobile phone in 83 of 1,000 sampled rows" in told.stdout
    assert max(map(len, told.stdout.splitlines())) <= 100
    shop.execute("UPDATE crm.customer SET note = NULL, about = NULL")
    clean = run(shop, "scan", "-m", matrix, "--fail")
    assert (clean.returncode, clean.stdout) == (0, "")
    assert "nothing found in 1 tables, 1,000 sampled rows" in clean.stderr


def test_programs_are_told_in_json(shop: Database) -> None:
    done = json.loads(run(shop, "scan", "-m", str(_matrix(shop)), "--format", "json").stdout)
    assert (done["clean"], done["tables"], done["unread"]) == (False, 1, [])
    assert {one["column"]: (one["sign"], one["hits"], one["path"]) for one in done["holdings"]} == {
        "note": ("mobile", 83, ""),
        "about": ("identity", 1000, "$.family[*].id_card"),
    }


def test_a_sample_of_no_rows_is_refused(shop: Database) -> None:
    done = run(shop, "scan", "-m", str(_matrix(shop)), "--sample", "0")
    assert (done.returncode, done.stdout) == (2, "")
