"""Python files: which texts they run, what is refused of them, and that places lead back into them."""

from __future__ import annotations

from textwrap import dedent

import pytest

from pgcustsec.query.reading import Lines, Reading, read


def reading(text: str) -> Reading:
    return read("app.py", dedent(text))


def texts(text: str) -> list[str]:
    return [passage.text for passage in reading(text).passages]


def refused(text: str) -> list[tuple[int, str]]:
    """The lines on which something is refused, and why."""
    lines = Lines(dedent(text))
    found = [refusal for passage in reading(text).passages for refusal in passage.refusals]
    return [(lines.place(one.at)[0], one.message) for one in found]


def test_what_is_streamed_is_run_where_the_file_imports_psycopg() -> None:
    text = "for row in cursor.stream('SELECT 1'):\n    pass\n"
    assert [passage.text for passage in read("a.py", "import psycopg\n" + text).passages] == ["SELECT 1"]
    assert read("a.py", text).passages == []


def test_an_execute_that_is_handed_on_is_told() -> None:
    for text in (
        "run = cursor.execute\nrun('SELECT 1')",
        "asyncio.to_thread(cursor.execute, 'SELECT 1')",
        "cursor.execute(**{'query': 'SELECT 1'})",
        "from sqlalchemy import text as q\nconnection.scalar(q('SELECT 1'))",
    ):
        assert unread(text) == [1], text
    for text in ("cursor.execute('SELECT 1')", "mock.execute = 1", "job.execute()", "job.execute(retries=3)"):
        assert unread(text) == [], text


def unread(text: str) -> list[int]:
    """The lines on which something is run that is not in the file."""
    lines = Lines(dedent(text))
    return [lines.place(note.at)[0] for note in reading(text).notes]


def test_what_cursors_and_connections_run_is_read_with_a_parameter_for_each_placeholder() -> None:
    assert texts(
        """
        cursor.execute("SELECT name FROM customer WHERE customer_id = %s AND note LIKE '100%%' AND age %% 2 = 0", (1,))
        await connection.execute('SELECT %(a)s', {"a": 1})
        cursor.executemany(query="UPDATE customer SET note = %s", params=rows)
        connection.execute(b"SELECT 1")
        """
    ) == [
        "SELECT name FROM customer WHERE customer_id = $1 AND note LIKE '100%%' AND age % 2 = 0",
        "SELECT $1",
        "UPDATE customer SET note = $1",
        "SELECT 1",
    ]


def test_text_is_a_statement_where_sqlalchemy_is_and_only_there() -> None:
    call = 'text("SELECT name::text FROM customer WHERE customer_id = :id")'
    assert texts(f"from sqlalchemy import text\n{call}") == ["SELECT name::text FROM customer WHERE customer_id = $1"]
    assert texts(f"from rich import text\n{call}") == []
    assert texts(f"from sqlalchemy import text\nsession.execute({call})") == texts(f"import sqlalchemy\n{call}")


def test_copy_is_one_where_it_is_copy() -> None:
    assert texts('cursor.copy("COPY customer (name) FROM STDIN")\nshutil.copy("a", "b")\nnames.copy()') == [
        "COPY customer (name) FROM STDIN"
    ]


def test_a_text_of_several_literals_is_one_statement() -> None:
    assert texts('execute("SELECT name "\n  r"FROM customer" + " WHERE age > 3")') == [
        "SELECT name FROM customer WHERE age > 3"
    ]


def test_a_name_is_followed_to_what_it_is_given_in_its_function_or_its_module() -> None:
    found = texts(
        """
        BY_KEY = "SELECT 1"
        def one(cursor):
            cursor.execute(BY_KEY)
        def two(cursor):
            query = "SELECT 2" if cursor else "SELECT 3"
            cursor.execute(query)
        """
    )
    assert found == ["SELECT 1", "SELECT 2", "SELECT 3"]


def test_a_parameter_is_not_what_another_function_calls_by_the_same_name() -> None:
    text = """
        def run(cursor, query):
            cursor.execute(query)
        def two(cursor):
            query = "SELECT 2"
        """
    assert texts(text) == []
    assert unread(text) == [3]


@pytest.mark.parametrize(
    "argument",
    [
        'f"SELECT {columns} FROM customer"',
        '"SELECT name FROM " + table',
        'columns + " FROM customer"',
        '"SELECT %s FROM customer" % columns',
        '"SELECT {} FROM customer".format(columns)',
        'sql.SQL("SELECT {} FROM customer").format(columns)',
        '", ".join(columns)',
        '"SELECT name" f" FROM {table}"',
    ],
)
def test_a_statement_of_unknown_parts_is_dynamic_and_refused(argument: str) -> None:
    [(line, message)] = refused(f"cursor.execute({argument})")
    assert line == 1
    assert "put together at run time" in message


def test_a_name_that_is_added_to_is_dynamic_even_where_it_is_a_parameter_too() -> None:
    text = """
        def run(cursor, query):
            query += " LIMIT 1"
            cursor.execute(query)
        """
    assert [line for line, _ in refused(text)] == [4]


@pytest.mark.parametrize(
    "text",
    [
        "from elsewhere import QUERY\nQUERY = 'SELECT 1'\ncursor.execute(QUERY)",
        "QUERY = 'SELECT 1'\ndef set(text):\n    global QUERY\n    QUERY = text\ncursor.execute(QUERY)",
        "from elsewhere import Q\nclass A:\n    Q = 'SELECT 1'\n    def run(self, cursor):\n        cursor.execute(Q)",
        "QUERY = 'SELECT 1'\nfor QUERY in given:\n    cursor.execute(QUERY)",
        "QUERY = 'SELECT 1'\nwith given() as QUERY:\n    cursor.execute(QUERY)",
        "(QUERY, other) = given\ncursor.execute(QUERY)",
    ],
)
def test_a_name_that_may_be_something_else_is_told_whatever_else_it_is(text: str) -> None:
    assert len(unread(text)) == 1


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ('cursor.execute("SELECT 10 %(annual_income)s FROM customer")', "SELECT 10 %(annual_income)s FROM customer"),
        ("cursor.execute(\"SELECT 10 %(x)s FROM customer\", {'x': 1})", "SELECT 10 $1 FROM customer"),
        ("cursor.execute(\"SELECT JSON_OBJECT('k' :mobile)\", [1])", "SELECT JSON_OBJECT('k' :mobile)"),
        ("session.execute(text(\"SELECT :a, 5 %(age)s\"), {'a': 1})", "SELECT $1, 5 %(age)s"),
        ("q = text(\"SELECT :a, 5 %(age)s\")\nsession.execute(q, {'a': 1})", "SELECT $1, 5 %(age)s"),
    ],
)
def test_a_placeholder_is_one_only_where_it_would_be_replaced(call: str, said: str) -> None:
    assert texts(f"from sqlalchemy import text\n{call}") == [said]


def test_what_is_no_text_of_the_file_is_told() -> None:
    text = """
        session.execute(select(customer))
        cursor.execute(QUERIES["one"])
        cursor.execute(self.query)
        for query in queries:
            cursor.execute(query)
        """
    assert texts(text) == []
    assert unread(text) == [2, 3, 4, 6]


@pytest.mark.parametrize(
    "text",
    [
        'QUERY = "SELECT 1"  # pgcustsec: sql',
        '# pgcustsec: sql\nQUERY = "SELECT 1"',
        'QUERY = """SELECT 1"""  # pgcustsec: sql',
        'run(when, "SELECT 1")  # pgcustsec: sql',
    ],
)
def test_a_marked_text_is_a_statement_wherever_it_goes(text: str) -> None:
    assert texts(text) == ["SELECT 1"]


def test_a_mark_behind_the_last_line_of_a_text_marks_it() -> None:
    assert texts('QUERY = """\nSELECT 1\n"""  # pgcustsec: sql') == ["\nSELECT 1\n"]


def test_a_marked_text_that_is_dynamic_is_refused_and_a_mark_of_nothing_is_told() -> None:
    assert [line for line, _ in refused('query = f"SELECT {a}"  # pgcustsec: sql')] == [1]
    assert unread("number = 1  # pgcustsec: sql") == [1]


def test_what_a_comment_allows_goes_with_the_statement_as_a_comment_of_its_own() -> None:
    found = texts('cursor.execute("SELECT 1")  # pgcustsec: allow CQ07 because 夜间批处理')
    assert found == ["-- pgcustsec: allow CQ07 because 夜间批处理\nSELECT 1"]


def test_a_migration_is_known_by_its_op() -> None:
    [passage] = read("1.py", 'from alembic import op\nop.execute("CREATE TABLE a (b int)")').passages
    assert passage.by_owner
    [passage] = read("1.py", 'op.execute("CREATE TABLE a (b int)")').passages
    assert not passage.by_owner


def test_places_lead_back_into_the_literal_past_chinese_escapes_and_concatenation() -> None:
    text = dedent(
        """
        客户 = 1
        cursor.execute("SELECT '李\\u5a1c\\n', "   # 备注
                       r'mobile FROM customer')
        """
    )
    [passage] = read("app.py", text).passages
    byte = passage.text.encode().index(b"mobile")
    line = next(number for number, line in enumerate(text.splitlines(), start=1) if "mobile" in line)
    assert passage.text == "SELECT '李娜\n', mobile FROM customer"
    assert Lines(text).place(passage.place(byte)) == (line, text.splitlines()[line - 1].index("mobile") + 1)


@pytest.mark.parametrize("text", ["def (", "x = '", "\0", "print 'a'"])
def test_what_is_not_python_is_refused(text: str) -> None:
    [passage] = read("app.py", text).passages
    assert passage.refusals[0].message == "it is not Python that can be read"
