"""Scripts of psql: what is sent to the server is read, with its places; what psql does itself is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pgcustsec.query.parse import parse
from pgcustsec.query.reading import Lines, Passage, Reading, read


def passage(text: str) -> Passage:
    [only] = read("a.sql", text).passages
    return only


def statements(text: str) -> list[str]:
    """What is read of *text*, each statement in one line."""
    return [" ".join(one.text.split()) for one in parse(passage(text).text)]


def errors(text: str) -> list[str | None]:
    return [one.error for one in parse(passage(text).text)]


def notes(reading: Reading) -> list[str]:
    return [f"{note.level}: {note.message}" for note in reading.notes]


def test_what_is_no_psql_is_read_as_it_stands() -> None:
    text = "SELECT '李娜', a::text, x[1:2], $$ :y \\q ; $$ -- :z \\i f\n FROM t /* \\! rm */ WHERE e = E'\\'; :b';\n"
    assert passage(text).text == text
    assert read("a.sql", text).notes == []


def test_a_variable_in_quotes_is_one_value_and_a_bare_one_where_only_a_value_can_stand() -> None:
    text = "SELECT name FROM customer WHERE branch_code = :'branch' AND customer_id = :id LIMIT :n;"
    assert statements(text) == ["SELECT name FROM customer WHERE branch_code = 'branch' AND customer_id = $1 LIMIT $1"]
    assert notes(read("a.sql", text)) == [
        "skipped: :id is taken for one value; :'id' can be nothing else",
        "skipped: :n is taken for one value; :'n' can be nothing else",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT :columns FROM customer",
        "SELECT 1 FROM :relation",
        'SELECT 1 FROM :"relation"',
        "SELECT 1 FROM customer WHERE :condition",
        "SELECT 1 FROM customer WHERE customer_id = 1 :more",
        "SELECT JSON_OBJECT('a' :b) FROM customer",
        "SELECT a[1:mobile] FROM customer",
        ":statement",
    ],
)
def test_a_variable_that_may_be_more_than_a_value_makes_dynamic_sql_which_is_refused(text: str) -> None:
    [error] = errors(f"{text};")
    assert error is not None
    [refusal] = passage(text).refusals
    assert "psql puts the text of its variable" in refusal.message
    assert "write :'" in refusal.hint


def test_both_ends_of_between_are_values() -> None:
    text = "SELECT 1 FROM policy WHERE starts_on BETWEEN :first AND :last;"
    assert statements(text) == ["SELECT 1 FROM policy WHERE starts_on BETWEEN $1 AND $1"]
    assert passage("SELECT 1 FROM policy WHERE true AND :more").refusals


def test_one_refused_statement_leaves_those_beside_it_readable() -> None:
    assert [error is None for error in errors("SELECT 1; SELECT :a; SELECT 2;")] == [True, False, True]


def test_whether_a_variable_is_set_is_a_yes_or_no() -> None:
    assert statements("SELECT :{?branch};") == ["SELECT TRUE"]


def test_meta_commands_are_skipped_and_told() -> None:
    text = "\\set ON_ERROR_STOP on\n\\echo 'a; SELECT mobile FROM customer'\nSELECT 1;\n\\if :x\nSELECT 2;\n\\endif\n"
    assert statements(text) == ["SELECT 1", "SELECT 2"]
    assert notes(read("a.sql", text)) == [
        "skipped: \\set is psql's own",
        "skipped: \\echo is psql's own",
        "skipped: \\if is psql's own: all branches are looked at",
        "skipped: \\endif is psql's own: all branches are looked at",
    ]


def test_what_runs_elsewhere_is_told_as_not_read() -> None:
    reading = read("a.sql", "\\i more.sql\n\\ir /x.sql\n\\! psql -c 'SELECT 1'\n\\c crm boss\n")
    assert [note.level for note in reading.notes] == ["unread"] * 4


@pytest.mark.parametrize(
    "command", ["\\g", "\\gx", "\\g out.txt", "\\gset c_", "\\gdesc", "\\watch 2", "\\crosstabview"]
)
def test_a_meta_command_that_sends_a_statement_ends_it(command: str) -> None:
    assert statements(f"SELECT name FROM customer {command}\nSELECT 2;") == ["SELECT name FROM customer", "SELECT 2"]


def test_a_backslash_and_a_semicolon_separate_statements_that_are_sent_together() -> None:
    assert statements("SELECT mobile FROM customer \\; SELECT 2;") == ["SELECT mobile FROM customer", "SELECT 2"]


@pytest.mark.parametrize("more", ["\\\\ SELECT ';", "\\\\ COPY t FROM STDIN;", "\\; COPY t FROM STDIN;"])
def test_sql_behind_a_meta_command_on_its_line_is_refused_for_it_is_left_out_where_that_fails(more: str) -> None:
    text = f"\\echo a {more}\nSELECT mobile FROM customer; --'\n"
    assert passage(text).refusals[0].message == "where the meta-command fails, psql leaves this out"
    assert errors(text)[0] is not None


def test_gexec_runs_what_nobody_can_read_and_is_refused() -> None:
    text = "SELECT 1;\nSELECT format('SELECT %I FROM customer', note) FROM customer \\gexec\nSELECT 2;"
    assert [error is None for error in errors(text)] == [True, False, True]
    assert [refusal.message for refusal in passage(text).refusals] == ["\\gexec runs whatever the query gives"]


def test_a_copy_of_psql_is_copy_of_the_server_to_who_asks() -> None:
    assert statements("\\copy (SELECT ')', name FROM customer) to 'out.csv' csv header\nSELECT 1;") == [
        "COPY (SELECT ')', name FROM customer) TO STDOUT",
        "SELECT 1",
    ]
    assert statements("\\copy policy (product) to program 'gzip'\n") == ["COPY policy (product) TO STDOUT"]
    assert statements("\\copy customer (name) from 'in.csv'\nSELECT 1;") == [
        "COPY customer (name) FROM STDIN",
        "SELECT 1",
    ]


def test_a_copy_that_is_not_understood_is_refused() -> None:
    [error, fine] = errors("\\copy (SELECT name FROM customer to 'x'\nSELECT 1;")
    assert error is not None
    assert fine is None


@pytest.mark.parametrize(
    "copy", ["COPY customer (name, mobile) FROM STDIN;", "\\copy customer (name, mobile) from stdin"]
)
def test_lines_of_data_are_no_statements(copy: str) -> None:
    text = f"{copy}\n李娜\t138; SELECT '\n--\t\\N\n\\.\nSELECT 1;"
    assert statements(text) == ["COPY customer (name, mobile) FROM STDIN", "SELECT 1"]
    assert notes(read("a.sql", text)) == ["skipped: lines of data for COPY"]


def test_what_stands_on_the_line_of_copy_is_no_data() -> None:
    text = "COPY customer (name) FROM STDIN; SELECT mobile FROM customer;\n李娜\n\\.\n"
    assert statements(text) == ["COPY customer (name) FROM STDIN", "SELECT mobile FROM customer"]


def test_whether_lines_are_data_within_a_branch_is_not_to_be_said_so_they_are_not_skipped() -> None:
    text = "\\if :x\nCOPY customer (name) FROM STDIN;\n\\else\nSELECT mobile FROM customer;\n\\endif\n\\.\n"
    assert "SELECT mobile FROM customer" in statements(text)
    assert "whether lines of data follow" in passage(text).refusals[0].message


@pytest.mark.parametrize("copy", ["SELECT 1 \\gset 1\nCOPY t FROM STDIN;", "\\echo 'a' \\copy t from stdin"])
def test_where_a_meta_command_may_have_failed_before_it_copy_is_refused_and_no_line_is_skipped(copy: str) -> None:
    text = f"{copy}\nSELECT mobile FROM customer;\n\\.\n"
    assert "SELECT mobile FROM customer" in statements(text)
    assert "whether lines of data follow" in passage(text).refusals[-1].message


def test_a_meta_command_between_statements_is_no_doubt() -> None:
    text = "SET a = 1;\n\\echo loading\n\\set b 'c\nCOPY t FROM STDIN;\nSELECT mobile FROM customer;\n\\.\nSELECT 2;"
    assert statements(text) == ["SET a = 1", "COPY t FROM STDIN", "SELECT 2"]


def test_arguments_of_meta_commands_end_where_psql_ends_them() -> None:
    assert statements("\\echo 'a \\\\ SELECT 1;'\nSELECT 2;") == ["SELECT 2"]
    assert statements("\\echo 'not closed \\\\ SELECT 1;\nSELECT 2;") == ["SELECT 2"]
    assert statements("\\! echo \\\\ COPY t FROM STDIN;\nSELECT 2;") == ["SELECT 2"]
    assert statements("SELECT 1 \\g |cat \\\\ SELECT 3;\nSELECT 2;") == ["SELECT 1", "SELECT 2"]


def test_the_options_of_a_copy_are_for_the_grammar_to_judge() -> None:
    assert statements("\\copy customer (name) from 'my file.csv' csv header\n") == [
        "COPY customer (name) FROM STDIN csv header"
    ]
    assert errors("\\copy customer (name) from stdin no such option\n") != [None]


def test_a_comment_or_string_about_copy_from_stdin_hides_nothing() -> None:
    text = "/* COPY t FROM STDIN */ SELECT 1;\nSELECT mobile FROM customer;\n"
    assert len(statements(text)) == 2
    assert len(statements("SELECT 'COPY t FROM STDIN';\nSELECT mobile FROM customer;\n")) == 2


@pytest.mark.parametrize("opening", ["'", '"', "$$", "$a$", "/*", "/* /* */", "E'\\'", "/*" * 12 + "*/" * 12])
def test_behind_what_is_not_closed_or_too_deep_nothing_is_left_out(opening: str) -> None:
    text = f"SELECT 1; SELECT {opening} \\x, mobile FROM customer :y \\i z"
    assert passage(text).text == text


def test_places_lead_back_into_the_file_in_characters() -> None:
    text = "\\set branch 北京\nSELECT '上海分公司' AS 公司,\n  :'branch', mobile FROM customer;\n"
    read_ = passage(text)
    byte = read_.text.encode().index(b"mobile")
    assert Lines(text).place(read_.place(byte)) == (3, text.splitlines()[2].index("mobile") + 1)


_WORDS = "SELECT 客户 ; ' \" $$ $a$ -- /* */ :x :'x' :: = ( ) E'\\' \\ \\copy \\g \\. \\\\ \\; \\gexec"
_PIECES = st.sampled_from([*_WORDS.split(), "\n", "COPY t FROM STDIN"])


@given(st.lists(_PIECES, max_size=25).map(" ".join))
def test_whatever_a_script_is_it_is_read_and_its_places_are_in_it(text: str) -> None:
    read_ = passage(text)
    assert len(read_.origin) == len(read_.text)
    assert all(0 <= at < len(text) for at in read_.origin)
    assert list(read_.origin) == sorted(read_.origin)


@pytest.mark.parametrize(
    "command",
    [
        "\\set SINGLELINE on",
        "\\set SINGLE'LINE' on",
        "\\set :name on",
        "\\prompt 'on? ' SINGLELINE",
        "\\getenv SINGLELINE X",
    ],
)
def test_where_statements_might_end_with_their_lines_it_is_refused(command: str) -> None:
    """Then psql sends the second line by itself, which shows more than a plan."""
    text = f"{command}\nEXPLAIN\nSELECT note FROM customer\n;"
    [refusal] = passage(text).refusals
    assert refusal.at == 0
    assert "SINGLELINE" in refusal.message


def test_other_variables_are_set_as_they_like() -> None:
    text = "\\set\n\\set x 'a b'\n\\set ON_ERROR_STOP on\n\\prompt 'from? ' x\n\\getenv x HOME\nSELECT 1;"
    assert passage(text).refusals == []
