"""`pgcustsec install`: what it does, says, repeats and refuses."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pgcustsec.db import connect
from pgcustsec.errors import NotAllowed, PgcustsecError, Refused
from pgcustsec.extension import install, script
from tests.cluster import Database, Server

ROOT = Path(__file__).parents[2]


def nothing_was_made(database: Database) -> bool:
    with database.connect() as connection:
        return connection.execute(
            "SELECT count(*) FROM pg_namespace WHERE nspname IN ('pgcustsec_internal', 'pgcustsec_views')"
        ).fetchone() == (0,)


def command(database: Database, *arguments: str, user: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run `pgcustsec` on *database* as people do."""
    return subprocess.run(
        [sys.executable, "-m", "pgcustsec", *arguments, "-d", database.conninfo(user)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
    )


def test_it_says_each_thing_that_it_did(database: Database) -> None:
    database.execute(f"GRANT TEMPORARY ON DATABASE {database.name} TO PUBLIC")
    with connect(database.conninfo()) as connection:
        done = "\n".join(install(connection, "sql").done)
    for part in (
        f"delivered pgcustsec {script.VERSION} to database {database.name} as plain SQL",
        f"took CONNECT, TEMPORARY on database {database.name} from PUBLIC",
        "took USAGE on schema public from PUBLIC",
        "took EXECUTE on functions that pgcustsec_owner will make from PUBLIC",
        "took USAGE on types that pgcustsec_owner will make from PUBLIC",
    ):
        assert part in done


def test_a_second_run_has_nothing_to_do(database: Database) -> None:
    with connect(database.conninfo()) as connection:
        install(connection, "sql")
        assert install(connection).done == ()
        assert install(connection, "sql").done == ()


def test_a_second_run_closes_what_was_opened_since(installed: Database) -> None:
    installed.execute(
        f"GRANT TEMPORARY ON DATABASE {installed.name} TO PUBLIC",
        "GRANT CREATE ON SCHEMA public TO PUBLIC",
        "GRANT EXECUTE ON FUNCTION pgcustsec.whoami() TO PUBLIC",
        "GRANT SELECT ON pgcustsec_internal.staff TO PUBLIC",
        "GRANT USAGE ON SCHEMA pgcustsec_internal TO PUBLIC",
        "ALTER DEFAULT PRIVILEGES FOR ROLE pgcustsec_owner GRANT EXECUTE ON FUNCTIONS TO PUBLIC",
    )
    with connect(installed.conninfo()) as connection:
        assert install(connection).done == (
            f"took TEMPORARY on database {installed.name} from PUBLIC: from now on a login connects by a grant",
            "took CREATE on schema public from PUBLIC",
            "took EXECUTE on functions that pgcustsec_owner will make from PUBLIC",
            "took EXECUTE on routine pgcustsec.whoami() from PUBLIC",
            "took USAGE on schema pgcustsec_internal from PUBLIC",
            "took SELECT on table pgcustsec_internal.staff from PUBLIC",
        )
        assert install(connection).done == ()


def test_what_was_granted_by_name_stays(installed: Database, prefix: str) -> None:
    installed.execute(
        f"CREATE ROLE {prefix}li LOGIN",
        f"GRANT CONNECT ON DATABASE {installed.name} TO {prefix}li",
        f"GRANT USAGE ON SCHEMA public TO {prefix}li",
        f"GRANT TEMPORARY ON DATABASE {installed.name} TO PUBLIC",
    )
    with connect(installed.conninfo()) as connection:
        install(connection)
    with installed.connect(user=f"{prefix}li") as connection:
        assert connection.execute("SELECT has_schema_privilege('public', 'USAGE')").fetchone() == (True,)


def test_the_session_goes_on_as_before(database: Database) -> None:
    asked = "SELECT current_user, current_setting('search_path'), current_setting('lock_timeout')"
    with database.connect() as connection:
        before = connection.execute(asked).fetchone()
        with connection.transaction():
            install(connection, "sql")
            assert connection.execute(asked).fetchone() == before
        assert connection.execute(asked).fetchone() == before


def test_nothing_of_the_callers_search_path_is_used(database: Database) -> None:
    database.execute(
        "CREATE SCHEMA trap",
        "CREATE FUNCTION trap.set_config(text, text, boolean) RETURNS text LANGUAGE sql RETURN 1 / 0",
        "CREATE TABLE trap.pg_roles (rolname name)",
    )
    with database.connect() as connection:
        connection.execute("SET search_path = trap, pg_catalog")
        install(connection, "sql")
        assert install(connection).done == ()


@pytest.mark.parametrize("schema", ["pgcustsec", "pgcustsec_internal", "pgcustsec_views"])
def test_a_schema_that_somebody_else_made_is_refused(database: Database, prefix: str, schema: str) -> None:
    database.execute(f"CREATE ROLE {prefix}mallory", f"CREATE SCHEMA {schema} AUTHORIZATION {prefix}mallory")
    with connect(database.conninfo()) as connection, pytest.raises(Refused, match=f"{schema} .*{prefix}mallory"):
        install(connection, "sql")


def test_half_of_what_there_should_be_is_refused(installed: Database) -> None:
    installed.execute("DROP SCHEMA pgcustsec CASCADE")
    with connect(installed.conninfo()) as connection, pytest.raises(Refused, match="not as pgcustsec makes it"):
        install(connection)


def test_another_delivery_than_that_which_is_there_is_refused(installed: Database) -> None:
    with connect(installed.conninfo()) as connection, pytest.raises(Refused, match="as plain SQL, not as an extension"):
        install(connection, "extension")


def test_another_version_than_that_which_is_there_is_refused(installed: Database) -> None:
    installed.execute("CREATE OR REPLACE FUNCTION pgcustsec.version() RETURNS text LANGUAGE sql RETURN '9.9'")
    with connect(installed.conninfo()) as connection, pytest.raises(Refused, match=r"has pgcustsec 9\.9"):
        install(connection)


def test_an_owner_role_that_is_more_than_an_owner_is_refused(spare_server: Server) -> None:
    database = spare_server.create_database("crm")
    database.execute("CREATE ROLE pgcustsec_owner")
    for attribute in ("LOGIN", "SUPERUSER", "BYPASSRLS", "CREATEROLE", "CREATEDB", "REPLICATION"):
        database.execute(f"ALTER ROLE pgcustsec_owner {attribute}")
        with connect(database.conninfo()) as connection, pytest.raises(Refused, match=attribute) as caught:
            install(connection, "sql")
        assert str(caught.value.hint).startswith("ALTER ROLE pgcustsec_owner")
        assert nothing_was_made(database)
        database.execute(f"ALTER ROLE pgcustsec_owner NO{attribute}")


def test_somebody_who_does_not_own_the_database_is_told_who_does(database: Database, prefix: str) -> None:
    database.execute(f"CREATE ROLE {prefix}admin LOGIN CREATEROLE")
    with (
        connect(database.conninfo(f"{prefix}admin")) as connection,
        pytest.raises(NotAllowed, match="its owner is") as caught,
    ):
        install(connection, "sql")
    assert caught.value.exit_code == 3
    assert nothing_was_made(database)


def test_somebody_who_may_not_create_roles_is_told_so(spare_server: Server) -> None:
    database = spare_server.create_database("crm")
    database.execute("CREATE ROLE admin LOGIN", "ALTER DATABASE crm OWNER TO admin")
    with (
        connect(database.conninfo("admin")) as connection,
        pytest.raises(NotAllowed, match="may not create role pgcustsec_owner") as caught,
    ):
        install(connection, "sql")
    assert "ALTER ROLE admin CREATEROLE" in str(caught.value.hint)


def test_an_administrator_without_the_owner_role_is_told_who_can_give_it(installed: Database, prefix: str) -> None:
    installed.execute(f"CREATE ROLE {prefix}admin LOGIN", f"ALTER DATABASE {installed.name} OWNER TO {prefix}admin")
    with (
        connect(installed.conninfo(f"{prefix}admin")) as connection,
        pytest.raises(NotAllowed, match="pgcustsec_owner") as caught,
    ):
        install(connection, "sql")
    assert caught.value.hint


def test_an_administrator_gets_no_right_of_the_owner_by_membership(spare_server: Server) -> None:
    if spare_server.major < 16:
        pytest.skip("before 16 whether membership inherits is the member's own attribute")
    database = spare_server.create_database("crm")
    database.execute("CREATE ROLE admin LOGIN CREATEROLE", "ALTER DATABASE crm OWNER TO admin")
    with connect(database.conninfo("admin")) as connection:
        install(connection, "sql")
        assert connection.execute(
            "SELECT pg_has_role('pgcustsec_owner', 'USAGE'), pg_has_role('pgcustsec_owner', 'SET')"
        ).fetchone() == (False, True)
        assert connection.execute(
            "SELECT has_table_privilege(oid, 'SELECT') FROM pg_class WHERE relname = 'staff'"
        ).fetchone() == (False,)


def test_an_administrator_runs_it_again_with_nothing_to_do(spare_server: Server) -> None:
    database = spare_server.create_database("crm")
    database.execute("CREATE ROLE admin LOGIN CREATEROLE NOINHERIT", "ALTER DATABASE crm OWNER TO admin")
    with connect(database.conninfo("admin")) as connection:
        assert install(connection, "sql").done[:2] == (
            "created role pgcustsec_owner, which nobody logs in as",
            "made admin a member of pgcustsec_owner, to act as it",
        )
        assert install(connection).done == ()


def test_a_privilege_of_public_that_another_role_granted_is_an_error_and_no_warning(
    database: Database, prefix: str
) -> None:
    database.execute(
        f"CREATE ROLE {prefix}deputy",
        f"GRANT TEMPORARY ON DATABASE {database.name} TO {prefix}deputy WITH GRANT OPTION",
        f"SET ROLE {prefix}deputy; GRANT TEMPORARY ON DATABASE {database.name} TO PUBLIC",
    )
    with connect(database.conninfo()) as connection, pytest.raises(NotAllowed, match=r"PUBLIC keeps .*TEMPORARY"):
        install(connection, "sql")
    assert nothing_was_made(database)


def test_two_databases_of_one_cluster_can_install_at_the_same_time(spare_server: Server) -> None:
    databases = [spare_server.create_database(f"crm{number}") for number in range(4)]

    def deliver(database: Database) -> str:
        with connect(database.conninfo()) as connection:
            return install(connection, "sql").version

    with ThreadPoolExecutor(len(databases)) as pool:
        assert list(pool.map(deliver, databases)) == [script.VERSION] * len(databases)


def test_another_writer_in_the_same_database_is_not_waited_for(database: Database) -> None:
    with connect(database.conninfo()) as first, connect(database.conninfo()) as second, first.transaction():
        install(first, "sql")
        with pytest.raises(Refused, match="another install"):
            install(second, "sql")
    with connect(database.conninfo()) as connection:
        assert install(connection).done == ()


def test_a_read_only_server_is_an_answer_and_not_a_crash(database: Database) -> None:
    with (
        connect(database.conninfo(), options="-c default_transaction_read_only=on") as connection,
        pytest.raises(NotAllowed, match="accepts no changes"),
    ):
        install(connection, "sql")


def test_a_failure_in_the_middle_leaves_nothing_behind(database: Database) -> None:
    database.execute(
        "CREATE FUNCTION stop() RETURNS event_trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE 'no tables on Sundays'; END $$",
        "CREATE EVENT TRIGGER stop ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION stop()",
    )
    with connect(database.conninfo()) as connection, pytest.raises(PgcustsecError, match="no tables on Sundays"):
        install(connection, "sql")
    assert nothing_was_made(database)


def test_the_command_prints_what_was_done_then_that_nothing_is_to_do(database: Database) -> None:
    first = command(database, "install", "--as", "sql")
    assert first.returncode == 0, first.stderr
    assert "as plain SQL" in first.stdout
    second = command(database, "install")
    assert second.returncode == 0
    assert second.stdout.startswith(f"nothing to do: database {database.name} has pgcustsec {script.VERSION}")


def test_the_command_speaks_json(database: Database) -> None:
    answer = json.loads(command(database, "install", "--as", "sql", "--format", "json").stdout)
    assert (answer["database"], answer["delivery"], answer["version"]) == (database.name, "sql", script.VERSION)
    assert all(isinstance(sentence, str) for sentence in answer["done"])


def test_the_command_exits_3_without_the_right_and_names_the_next_step(database: Database, prefix: str) -> None:
    database.execute(f"CREATE ROLE {prefix}li LOGIN")
    answer = command(database, "install", "--as", "sql", user=f"{prefix}li")
    assert answer.returncode == 3
    assert "next:" in answer.stderr
    assert answer.stdout == ""


def test_make_install_puts_the_files_where_the_server_looks(server: Server, tmp_path: Path) -> None:
    if server.bindir is None or not (server.bindir / "pg_config").exists():
        pytest.skip("no pg_config beside this server")
    pg_config = server.bindir / "pg_config"
    checkout = tmp_path / "checkout"  # make writes to its own
    shutil.copytree(ROOT / "sql", checkout / "sql")
    shutil.copy(ROOT / "Makefile", checkout)
    result = subprocess.run(
        ["make", "install", f"PG_CONFIG={pg_config}", f"DESTDIR={tmp_path}/there"],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    share = subprocess.run([pg_config, "--sharedir"], capture_output=True, text=True, check=True).stdout.strip()
    folder = tmp_path / "there" / share.lstrip("/") / "extension"
    assert (folder / script.CONTROL).read_text() == script.control()
    assert (folder / script.SCRIPT).read_text() == script.extension_script()


@pytest.mark.one_server
def test_what_make_builds_is_what_the_program_delivers(server: Server) -> None:
    assert (ROOT / "sql" / script.SCRIPT).read_text() == script.extension_script()
    assert "\\quit" not in script.plain_script()
    assert "pg_extension_config_dump" not in script.plain_script()


def whoami(installed: Database, login: str) -> dict[str, object]:
    installed.execute(
        f"GRANT CONNECT ON DATABASE {installed.name} TO {login}",
        f"GRANT USAGE ON SCHEMA pgcustsec TO {login}",
        f"GRANT EXECUTE ON FUNCTION pgcustsec.whoami() TO {login}",
    )
    with installed.connect(user=login) as connection:
        cursor = connection.execute("SELECT * FROM pgcustsec.whoami()")
        [row] = cursor.fetchall()
        return dict(zip([column.name for column in cursor.description or ()], row, strict=True))


@pytest.fixture
def office(installed: Database, prefix: str) -> Callable[[str], str]:
    """Return a function that makes a login; `li` has two roles, `wang` none, `zhao` has left."""
    installed.execute(
        "INSERT INTO pgcustsec_internal.branch VALUES ('SH', '上海')",
        "INSERT INTO pgcustsec_internal.department VALUES ('sales', '销售部')",
        "INSERT INTO pgcustsec_internal.role (role_code, group_role, department_code, supervises)"
        " VALUES ('sales', 'g1', 'sales', false), ('agent', 'g2', 'sales', false)",
        "INSERT INTO pgcustsec_internal.staff (staff_id, full_name, login, department_code, branch_code, active)"
        f" VALUES ('1', '李四', '{prefix}li', 'sales', 'SH', true), ('2', '王五', '{prefix}wang', 'sales', 'SH', true),"
        f" ('3', '赵六', '{prefix}zhao', 'sales', 'SH', false)",
        "INSERT INTO pgcustsec_internal.staff_role (staff_id, role_code) VALUES ('1', 'sales'), ('1', 'agent')",
    )

    def login(name: str) -> str:
        installed.execute(f"CREATE ROLE {prefix}{name} LOGIN")
        return f"{prefix}{name}"

    return login


def test_whoami_tells_a_person_what_they_are(installed: Database, office: Callable[[str], str]) -> None:
    assert whoami(installed, office("li")) == {
        "staff_id": "1",
        "full_name": "李四",
        "roles": ["agent", "sales"],
        "department": "sales",
        "branch": "SH",
        "session": None,
        "cleared": False,
        "reason": "you are in no session, so tier 1 and 2 do not show (5.2.4)",
        "next_step": "ask an administrator: no purpose of the matrix is for a role of yours",
    }


def test_whoami_tells_how_to_start_a_session(installed: Database, office: Callable[[str], str]) -> None:
    installed.execute("INSERT INTO pgcustsec_internal.purpose VALUES ('selling', 'Selling', '{sales}')")
    answer = whoami(installed, office("li"))
    assert answer["next_step"] == "start one: SELECT pgcustsec.start_session('selling')"


def test_whoami_tells_a_person_without_a_role_what_to_do(installed: Database, office: Callable[[str], str]) -> None:
    answer = whoami(installed, office("wang"))
    assert (answer["staff_id"], answer["roles"], answer["cleared"]) == ("2", [], False)
    assert "no role" in str(answer["reason"])
    assert answer["next_step"]


@pytest.mark.parametrize(("name", "reason"), [("zhao", "has left"), ("stranger", "registered to no member of staff")])
def test_whoami_tells_nobody_why_and_what_to_do(
    installed: Database, office: Callable[[str], str], name: str, reason: str
) -> None:
    answer = whoami(installed, office(name))
    assert (answer["staff_id"], answer["full_name"], answer["roles"], answer["cleared"]) == (None, None, [], False)
    assert reason in str(answer["reason"])
    assert answer["next_step"]


def test_whoami_is_about_the_login_whatever_role_is_set(
    installed: Database, office: Callable[[str], str], prefix: str
) -> None:
    li = office("li")
    whoami(installed, li)
    with installed.connect() as connection:
        connection.execute(f"SET ROLE {li}")
        row = connection.execute("SELECT staff_id FROM pgcustsec.whoami()").fetchone()
    assert row == (None,)


def test_whoami_is_not_public(installed: Database, prefix: str) -> None:
    installed.execute(
        f"CREATE ROLE {prefix}li LOGIN",
        f"GRANT CONNECT ON DATABASE {installed.name} TO {prefix}li",
        f"GRANT USAGE ON SCHEMA pgcustsec TO {prefix}li",
    )
    with installed.connect(user=f"{prefix}li") as connection, pytest.raises(Exception, match="permission denied"):
        connection.execute("SELECT * FROM pgcustsec.whoami()")
