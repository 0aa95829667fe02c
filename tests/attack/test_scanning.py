# ruff: noqa: E501 - a statement of SQL reads best on its line
"""
A scan and an inspection run nobody's code and tell no value, whatever tables, types and names others made.

They run as an administrator or a superuser: whoever may create a cast, a policy or a table name would get their rights,
and a sampled value would lie in a log (hardening 13, 21, 23).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pgcustsec.db import connect
from pgcustsec.inspecting.scanning import scan
from pgcustsec.matrix.load import loads
from tests import canaries
from tests.cluster import Database, Server
from tests.integration.inspecting.running import MATRIX, run

#: A type whose cast to text is somebody's function.
TRAP = """
CREATE SCHEMA crm;
CREATE TABLE public.closed (who text);
CREATE TYPE public.pair AS (phone text, mail text);
CREATE FUNCTION public.trap(value public.pair) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'ran as %', current_user;
END $$;
CREATE CAST (public.pair AS text) WITH FUNCTION public.trap(public.pair) AS IMPLICIT;
CREATE TABLE crm.customer (id integer PRIMARY KEY, contact public.pair, mobile text);
INSERT INTO crm.customer SELECT n, format('(138%s,)', lpad(n::text, 8, '0'))::public.pair, '138' || lpad(n::text, 8, '0') FROM generate_series(1, 50) AS n;
"""


def test_a_cast_of_somebodys_does_not_run(database: Database) -> None:
    database.execute(TRAP)
    with database.connect() as connection, pytest.raises(Exception, match="ran as postgres"):
        connection.execute("SELECT contact::text FROM crm.customer")
    with connect(database.conninfo()) as connection:
        found = scan(connection, loads(MATRIX), 1_000)
    assert ({one.column for one in found.holdings}, found.unread) == ({"contact"}, ())


def test_a_policy_of_somebodys_does_not_run_and_what_it_hides_is_not_clean(database: Database, prefix: str) -> None:
    database.execute(
        TRAP,
        "CREATE FUNCTION public.peek() RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'ran as %', current_user; END $$",
        "CREATE POLICY peek ON crm.customer USING (public.peek())",
        "ALTER TABLE crm.customer ENABLE ROW LEVEL SECURITY",
        f"CREATE ROLE {prefix}auditor LOGIN",
        f"GRANT USAGE ON SCHEMA crm TO {prefix}auditor",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA crm, public TO {prefix}auditor",
    )
    with database.connect(user=f"{prefix}auditor") as connection, pytest.raises(Exception, match="ran as"):
        connection.execute("SELECT mobile FROM crm.customer")
    with connect(database.conninfo(f"{prefix}auditor")) as connection:
        found = scan(connection, loads(MATRIX), 1_000)
    assert (found.holdings, found.clean) == ((), False)
    assert found.unread == (("crm.customer", "row security or missing rights keep rows from this login"),)


def test_a_table_without_rights_is_told_and_read_as_its_owner_where_the_login_may_act_so(
    database: Database, prefix: str
) -> None:
    owner, login = f"{prefix}owner", f"{prefix}dba"
    option = " WITH INHERIT FALSE, SET TRUE" if database.server.major >= 16 else ""
    database.execute(
        TRAP,
        f"CREATE ROLE {owner} NOLOGIN",
        f"CREATE ROLE {login} LOGIN NOINHERIT",
        f"ALTER SCHEMA crm OWNER TO {owner}",
        f"ALTER TABLE crm.customer OWNER TO {owner}",
    )
    with connect(database.conninfo(login)) as connection:
        assert ("crm.customer", f"no right to SELECT, and none to act as {owner}") in scan(
            connection, loads(MATRIX), 100
        ).unread
    database.execute(f"GRANT {owner} TO {login}{option}")
    with connect(database.conninfo(login)) as connection:
        found = scan(connection, loads(MATRIX), 100)
    assert {one.column for one in found.holdings} == {"contact"}
    assert [table for table, _ in found.unread] == ["public.closed"]


def test_a_locked_table_is_told_and_keeps_nobody_waiting(database: Database) -> None:
    database.execute(TRAP)
    with database.connect(autocommit=False) as holder, connect(database.conninfo()) as connection:
        holder.execute("LOCK TABLE crm.customer IN ACCESS EXCLUSIVE MODE")
        found = scan(connection, loads(MATRIX), 1_000)
        holder.rollback()
    assert found.unread == (("crm.customer", "it is locked, for longer than 2s"),)


VALUES = {
    "name": "独孤求败",
    "mobile": "13998877665",
    "landline": "010-87654321",
    "id_card": "110101199003077758",
    "account": "6217001234567890126",
    "email": "dugu.canary@example.cn",
    "note": "canary-4711",
}

CANARY_TABLES = """
CREATE SCHEMA crm;
CREATE TABLE crm.customer (id integer PRIMARY KEY, name text, mobile text, landline text, id_card text, account text, email text, note text,
    about jsonb, file bytea, born date);
CREATE TABLE crm.broken (id integer, note text, mobile text);
"""


@pytest.fixture
def talkative(spare_server: Server) -> Server:
    """A server that logs every statement and everything else that it can."""
    with spare_server.connect() as connection:
        for name, value in (
            ("log_statement", "all"),
            ("log_min_messages", "debug1"),
            ("log_min_error_statement", "debug1"),
            ("log_parameter_max_length", "-1"),
            ("log_parameter_max_length_on_error", "-1"),
        ):
            connection.execute(f"ALTER SYSTEM SET {name} = '{value}'".encode())
        connection.execute("SELECT pg_reload_conf()")
    return spare_server


def _filled(server: Server) -> Database:
    """A database whose every row has the canaries: as values, in texts, as keys of documents, in files."""
    database = server.create_database("canaries")
    database.execute(CANARY_TABLES)
    columns = ", ".join(VALUES)
    with database.connect() as connection:
        # Through COPY, which no log shows: what is looked for there can only come from the command.
        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY crm.customer (id, {columns}) FROM STDIN".encode()) as copy,
        ):
            for n in range(40):
                copy.write_row((n, *VALUES.values()))
        connection.execute(
            "UPDATE crm.customer SET about = jsonb_build_object(mobile, name, name, mobile, 'deep', jsonb_build_array(id_card)),"
            " file = convert_to(name || mobile, 'UTF8'), born = 'infinity'"
        )
        connection.execute("INSERT INTO crm.broken SELECT id, note || mobile, mobile FROM crm.customer")
    return database


COMMANDS: dict[str, Callable[[Path], list[str]]] = {
    "scan": lambda matrix: ["scan", "-m", str(matrix)],
    "scan json": lambda matrix: ["scan", "-m", str(matrix), "--format", "json"],
    "inspect": lambda matrix: ["inspect"],
    "inspect json": lambda matrix: ["inspect", "--format", "json"],
}


def test_no_value_is_told_or_logged(talkative: Server, tmp_path: Path) -> None:
    database = _filled(talkative)
    matrix = tmp_path / "matrix.yaml"
    matrix.write_text(MATRIX, encoding="utf-8")
    before = canaries.log(talkative)
    assert not [value for value in VALUES.values() if value in before]
    for name, arguments in COMMANDS.items():
        done = run(database, *arguments(matrix), PGCUSTSEC_DEBUG="1")
        assert done.returncode == 0, done.stderr
        assert "crm" in done.stdout, f"{name} told nothing"
        told = done.stdout + done.stderr
        assert not [value for value in VALUES.values() if value in told or value.encode().hex() in told], name
    logged = canaries.log(talkative)
    assert "pgcustsec_sample" in logged, "the control: statements are in the log"
    assert not [value for value in VALUES.values() if value in logged or value.encode().hex() in logged]


def test_no_value_is_told_when_reading_breaks_off(talkative: Server, tmp_path: Path) -> None:
    """Bytes that are no text in the encoding of the database, as old imports left them."""
    with talkative.connect() as connection:
        connection.execute("CREATE DATABASE ascii TEMPLATE template0 ENCODING 'SQL_ASCII'")
    database = Database(talkative, "ascii")
    database.execute(CANARY_TABLES)
    with (
        database.connect(client_encoding="SQL_ASCII") as connection,
        connection.cursor() as cursor,
        cursor.copy("COPY crm.broken (id, note, mobile) FROM STDIN") as copy,
    ):
        copy.write(f"1\t{VALUES['note']}".encode() + b"\xd5\xc5\t" + f"{VALUES['mobile']}\n".encode())
    matrix = tmp_path / "matrix.yaml"
    matrix.write_text(MATRIX, encoding="utf-8")
    done = run(database, "scan", "-m", str(matrix), "--fail", PGCUSTSEC_DEBUG="1")
    assert done.returncode == 1
    assert "crm.broken was not read" in done.stderr
    told = done.stdout + done.stderr + canaries.log(talkative)
    assert not [value for value in VALUES.values() if value in told]
