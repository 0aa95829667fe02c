"""
What the reader of scripts takes for statements is what psql sends: psql itself is asked.

Each statement of interest writes down what it was sent as. A variable is set to its own name, so that psql puts in what
the reader does.
"""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

import pytest
from pglast import prettify

from pgcustsec.query.parse import parse
from pgcustsec.query.reading import read
from tests.cluster import Database

#: `@` in the scripts: a statement that writes down the text that was sent.
NOTED = "INSERT INTO sent (statement) SELECT current_query()"

SCRIPTS = {
    "strings, names and comments hide what is in them": r"""
@ WHERE ';' <> 'it''s \q' AND E'\';' <> '' AND $$ ; :v \q $$ <> $a$ $$ ; @ $a$;
@ /* ; \q :v /* @; */ ' */ WHERE 1 = 1; -- ' \i nothing ; @
@ RETURNING 1 AS "x; \q";
""",
    "what looks like a meta-command is within a string that goes on, a deep comment, a quote of a Chinese comma": r"""
@ WHERE E'a'
'\' \x ' <> 'b' AND '2' = '2'; --
' <> '';
@ /* /* /* /* */ */ */ \x */ WHERE '3' = '3'; --*/
@ WHERE $，$ \x $，$ <> $a$ \x $a$ AND '4' = '4'; --$，$
""",
    "a table named stdin is a table": r"""
CREATE TEMP TABLE stdin AS SELECT 1 AS a;
COPY (SELECT a FROM STDIN) TO STDOUT;
@ WHERE '5' = '5';
""",
    "meta-commands send, separate and end": r"""
@ WHERE 1 = 1 \g
@ RETURNING 1 AS a \gset b_
@ WHERE 2 = 2 \gx
\set x 1
@;
\echo '; @'
@ WHERE 4 = 4 \; @ WHERE 3 = 3;
""",
    "variables": r"""
\set v v
@ WHERE :'v' = 'v' AND 'v'::text = :'v' AND '{1,2}'::int[] IS NOT NULL;
@ WHERE ':v' = ':' || :'v' AND (ARRAY[1,2])[1:2] IS NOT NULL;
""",
    "lines of data": r"""
CREATE TEMP TABLE t (a text);
COPY t FROM STDIN; @ WHERE 4 = 4;
@;
' -- $$
\.
@ WHERE 5 = 5;
\copy t from stdin
@ WHERE 6 = 6;
\.
@ WHERE 7 = 7;
""",
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_what_is_read_is_what_psql_sends(database: Database, tmp_path: Path, script: str) -> None:
    database.execute("CREATE TABLE sent (statement text)")
    file = tmp_path / "script.sql"
    file.write_text(script.replace("@", NOTED), encoding="utf-8")
    psql(database, file)
    with database.connect() as connection:
        sent = [text for (text,) in connection.execute("SELECT statement FROM sent").fetchall()]
    [passage] = read(file.name, file.read_text(encoding="utf-8")).passages
    assert sent
    assert in_one_form([passage.text]) == in_one_form(sent)


def test_a_branch_that_psql_does_not_take_is_read_as_well(database: Database, tmp_path: Path) -> None:
    database.execute("CREATE TABLE sent (statement text)")
    file = tmp_path / "script.sql"
    file.write_text(f"\\if false\n{NOTED} WHERE 1 = 1;\n\\else\n{NOTED} WHERE 2 = 2;\n\\endif\n", encoding="utf-8")
    psql(database, file)
    with database.connect() as connection:
        sent = [text for (text,) in connection.execute("SELECT statement FROM sent").fetchall()]
    [passage] = read(file.name, file.read_text(encoding="utf-8")).passages
    assert in_one_form(sent) < in_one_form([passage.text])


def test_where_singleline_is_set_psql_ends_statements_with_their_lines_and_it_is_refused(
    database: Database, tmp_path: Path
) -> None:
    database.execute("CREATE TABLE sent (statement text)")
    file = tmp_path / "script.sql"
    file.write_text(f"\\set SINGLE'LINE' on\nVALUES (1)\n{NOTED}\n", encoding="utf-8")
    psql(database, file)
    with database.connect() as connection:
        # Of both lines as one statement nothing would have been written down.
        assert connection.execute("SELECT count(*) FROM sent").fetchone() == (1,)
    [passage] = read(file.name, file.read_text(encoding="utf-8")).passages
    assert [refusal.at for refusal in passage.refusals] == [0]


#: What may stand within a string, a quote, a comment, an argument; much of it looks like something else.
WITHIN = [
    "\\x",
    "\\g",
    ";",
    "''",
    "--",
    "/*",
    "*/",
    "$a$",
    "$$",
    '"',
    ":'v'",
    ":v",
    "\n",
    "客",
    "\\",
    "\\\\",
    "\\;",
    "'",
]
WITHIN += ["\\'", "COPY t FROM STDIN;", "\\.", "1", " ", "a"]
QUOTES = [
    "'%s'",
    "E'%s'",
    "$$%s$$",
    "$a$%s$a$",
    "$，$%s$，$",
    "'a' /*%s*/",
    "'a' --%s\n",
    "'a'\n'%s'",
    "U&'%s'",
    ":'v'",
]
ENDS = [";", ";\n", " \\g\n", " \\gset p_\n", " \\; ", " \\echo a\\\\ ;", "\n\\.\n", "\n\\echo %s\n;", ";\\echo %s\n"]
ENDS += ["\n\\copy t from stdin\n", "\n\\if false\n", "\n\\else\n", "\n\\endif\n", " \\g |cat %s\n", "\n\\! true %s\n"]
BETWEEN = ["COPY t FROM STDIN", "COPY (SELECT a FROM stdin) TO STDOUT", 'SELECT 1 AS "%sx"', "/*%s*/ SELECT 1"]


def made_up(by: random.Random) -> str:
    """A script of a few statements that write themselves down, with all kinds of things in and between them."""

    def filled(pattern: str) -> str:
        return pattern.replace("%s", by.choice(("", " ")).join(by.choices(WITHIN, k=by.randint(0, 4))))

    def one(number: int) -> str:
        if by.random() < 0.3:
            return filled(by.choice(BETWEEN))
        quotes = " AND 'x' || {} <> {}".format(*(filled(by.choice(QUOTES)) for _ in range(2)))
        return f"{NOTED} WHERE 'n{number}' = 'n{number}'{by.choice(('', quotes))}"

    return "\\set v v\n" + "".join(one(number) + filled(by.choice(ENDS)) for number in range(by.randint(1, 5)))


@pytest.mark.one_server
def test_whatever_psql_sends_of_a_made_up_script_was_read_or_something_of_it_refused(
    database: Database, tmp_path: Path
) -> None:
    database.execute("CREATE TABLE sent (statement text)", "CREATE TABLE t (a text)", "CREATE TABLE stdin (a text)")
    by, file, wholly_read = random.Random(7), tmp_path / "script.sql", 0
    with database.connect() as connection:
        for _ in range(200):
            text = made_up(by)
            file.write_text(text, encoding="utf-8")
            connection.execute("TRUNCATE sent")
            psql(database, file, stop=False)
            sent = in_one_form([text for (text,) in connection.execute("SELECT statement FROM sent").fetchall()])
            [passage] = read(file.name, text).passages
            if all(one.error is None for one in parse(passage.text)):
                assert sent <= in_one_form([passage.text]), text
                wholly_read += bool(sent)
    assert wholly_read > 20, "most are refused, which shows nothing"


def psql(database: Database, script: Path, *, stop: bool = True) -> None:
    bindir = database.server.bindir
    program = "psql" if bindir is None else str(bindir / "psql")
    command = [program, "-X", "-q", "-v", f"ON_ERROR_STOP={int(stop)}", "-d", database.conninfo(), "-f", str(script)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert done.returncode == 0 or not stop, done.stderr


def in_one_form(texts: list[str]) -> set[str]:
    """The statements of *texts* that write themselves down, without what makes no difference to the server."""
    return {prettify(one.text) for text in texts for one in parse(text) if one.kind == "InsertStmt"}
