"""Checking whole files: each statement for each role, what is refused, and where in the file it all is."""

from __future__ import annotations

import pytest

from pgcustsec.query.files import at_least, roles_that_read
from pgcustsec.query.verdict import Verdict
from tests.unit.query.stories import MATRIX, TEXT, checked


def test_places_are_lines_and_columns_of_the_file_in_characters() -> None:
    first = checked().statements[0]
    line = TEXT.splitlines()[1]
    assert first.place == (2, 1)
    assert {one.name: one.place for one in first.seen if one.what == "column"} == {
        "名": (2, line.index("'李娜'") + 1),
        "name": (2, line.index("c.name") + 1),
        "mobile": (2, line.index("c.mobile") + 1),
    }
    [where] = [one for one in first.seen if one.what == "where"]
    assert where.place == (2, line.index("c.birth_date") + 1)


def test_a_column_says_its_tier_its_article_its_matrix_line_and_its_way() -> None:
    [statement] = checked("WITH k AS (SELECT lower(note) AS n FROM customer) SELECT n FROM k").statements
    [column] = statement.seen
    [origin] = column.origins
    assert (column.verdict, column.tier, column.article) == (Verdict.REVEALED, 2, "5.2.2")
    assert (origin.column, origin.path) == ("crm.customer.note", ("k", "lower()", "sales_agent.customer"))
    assert origin.matrix_line == MATRIX.tables["crm.customer"].columns["note"].mark.line


def test_each_statement_is_told_for_each_role_in_turn() -> None:
    text = "SELECT name FROM customer; SELECT 1"
    found = [(one.role, one.seen[0].verdict.value) for one in checked(text, "sales_agent", "data_analyst").statements]
    assert found == [
        ("sales_agent", "masked"),
        ("data_analyst", "hidden"),
        ("sales_agent", "hidden"),
        ("data_analyst", "hidden"),
    ]


def test_what_is_refused_is_an_error_and_is_said_once() -> None:
    _, base_table, wrong = checked().statements
    assert [(told.level, told.place) for told in base_table.told] == [("error", (3, 17))]
    assert [(told.rule, told.level, told.place) for told in wrong.told] == [("CQ46", "error", (5, 1))]


def test_dynamic_sql_of_a_python_file_is_refused_with_its_reason_and_its_line() -> None:
    text = 'def f(cursor, table):\n    cursor.execute(f"SELECT name FROM {table}")\n'
    [statement] = checked(text, file="app.py").statements
    assert statement.verdict is Verdict.REFUSED
    assert "put together at run time" in statement.told[0].message
    assert statement.told[0].place == (2, 20)
    assert statement.text == 'f"SELECT name FROM {table}")'


def test_what_a_migration_defines_is_its_owners_but_what_it_reads_is_checked() -> None:
    text = (
        'from alembic import op\nop.execute("CREATE TABLE crm.a (b int)")\nop.execute("SELECT age FROM crm.customer")'
    )
    [statement] = checked(text, file="1_a.py").statements
    assert statement.place == (3, 13)
    assert statement.verdict is Verdict.REFUSED
    script = "CREATE TABLE crm.a (b int);"
    assert checked(script).statements[0].verdict is Verdict.REFUSED, "outside of migrations it is refused"


def test_a_verdict_is_an_error_where_it_is_asked_for_and_no_better_one_is() -> None:
    def told(verdict: Verdict) -> list[str]:
        found = at_least(checked("SELECT name, note, age FROM customer WHERE birth_date < now()"), verdict)
        return [one.rule for one in found.statements[0].told]

    before = [
        one.rule for one in checked("SELECT name, note, age FROM customer WHERE birth_date < now()").statements[0].told
    ]
    assert told(Verdict.OPAQUE) == before
    assert told(Verdict.REVEALED) == [*before, "revealed"]
    assert told(Verdict.MASKED) == [*before, "masked", "revealed"]
    assert told(Verdict.INFERRED) == [*before, "masked", "revealed", "inferred"]


def test_roles_without_any_table_are_not_among_all_roles() -> None:
    assert roles_that_read(MATRIX) == ("sales_agent", "sales_manager", "service_agent", "data_analyst", "custodian")


def test_a_script_that_changes_where_strings_end_is_refused() -> None:
    """Else `'\\'', mobile FROM customer --'` is one string to the check, and a column to the server."""
    text = "SET standard_conforming_strings = off;\nSELECT '\\'', mobile FROM customer --';\n"
    assert checked(text).statements[0].verdict is Verdict.REFUSED
    assert checked("SET LOCAL standard_conforming_strings TO DEFAULT;").statements[0].verdict is Verdict.REFUSED


@pytest.mark.parametrize(
    "text",
    [
        "SELECT age FROM customer WHERE mobile = '13812345678' '13912345678'",
        "SELECT age FROM customer WHERE mobile = 13812345678abc",
        "SELECT age FROM customer WHERE mobile = '13812345678",
        'SELECT age FROM customer WHERE mobile = "13812345678"',
        'SELECT age FROM customer WHERE name = "王小明"',
        'SELECT age FROM customer WHERE email = "wang@example.com"',
        "SELECT age FROM customer 王小明 李娜",
    ],
)
def test_what_is_told_of_a_mistake_has_no_value_in_it(text: str) -> None:
    [statement] = checked(text).statements
    assert statement.told
    said = " ".join(f"{told.message} {told.instead}" for told in statement.told)
    assert not any(value in said for value in ("1381234", "1391234", "王小明", "李娜", "wang@"))


@pytest.mark.parametrize(
    ("text", "said"), [("SELEC 1", '"SELEC"'), ("SELECT (1", "end of input"), ("SELECT 1)", '")"')]
)
def test_what_is_told_of_a_mistake_names_the_word_or_sign(text: str, said: str) -> None:
    assert said in checked(text).statements[0].told[0].message


@pytest.mark.parametrize(
    "first",
    [
        "SELECT set_config('standard_conforming_strings', 'off', false)",
        "SELECT set_config('Search_Path', 'crm', false)",
        "SELECT set_config($1, 'x', false)",
        "SELECT pg_catalog.set_config('se' || 'arch_path', 'x', false)",
        "UPDATE pg_settings SET setting = 'off' WHERE name = 'standard_conforming_strings'",
    ],
)
def test_what_decides_how_later_statements_are_read_is_changed_where_it_can_be_seen(first: str) -> None:
    assert checked(f"{first}; SELECT 1").statements[0].verdict is Verdict.REFUSED


def test_an_applications_token_is_set_as_it_must_be() -> None:
    assert checked("SELECT set_config('search_path', 'sales_agent', true)").statements[0].verdict is Verdict.HIDDEN
    assert checked("SELECT set_config('pgcustsec.token', $1, true)").statements[0].verdict is Verdict.HIDDEN
