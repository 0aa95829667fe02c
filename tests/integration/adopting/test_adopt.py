# ruff: noqa: E501 - a statement of SQL reads best on its line
"""
A system that runs: tables, their schema and the database are its own login's, others read by grants. It is taken in
step by step, and after each step does its day's work again: nobody loses anything until they are let go (5.3).
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import pytest
from psycopg import errors

from tests.cluster import Server, unique
from tests.conftest import _installed_template
from tests.docs.markdown import DOCS, blocks
from tests.integration.clients.world import ROWS, STAFF, Broker, demo_matrix, demo_matrix_text
from tests.work import publish_all
from tests.worlds import _make_people

#: What the portal has beside the matrix's tables: a unique index over tier 1, a table of its own that refers to a
#: protected one, a view and a materialized view over it, a function with its rights, and columns that sequences fill.
BESIDE = """
CREATE UNIQUE INDEX customer_id_card ON crm.customer (id_card);
CREATE TABLE crm.call (call_id serial PRIMARY KEY, customer_id bigint REFERENCES crm.customer ON DELETE CASCADE, said text);
CREATE VIEW crm.mine AS SELECT customer_id, name, mobile FROM crm.customer;
CREATE MATERIALIZED VIEW crm.counted AS SELECT status, count(*) FROM crm.customer GROUP BY status;
CREATE FUNCTION crm.find(text) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = '' AS
    'SELECT c.customer_id FROM crm.customer AS c WHERE c.mobile = $1';
ALTER TABLE crm.claim ADD COLUMN number bigserial;
"""

PAGE = [block for block in blocks(DOCS / "adopt.md") if block.mark]

DAY = (
    "INSERT INTO crm.customer (status, owner_staff_id, branch_code, name, mobile, id_card) VALUES ('customer', 'S1', 'BJ', '赵六', '13611112222', '110101198001010010')"
    " ON CONFLICT (id_card) DO UPDATE SET mobile = excluded.mobile",
    "UPDATE crm.customer SET address = '北京市东城区' WHERE mobile = '13611112222'",
    "INSERT INTO crm.call (customer_id, said) SELECT customer_id, 'hello' FROM crm.customer WHERE id_card = '110101198001010010'",
    "INSERT INTO crm.policy (customer_id, product, starts_on, payer_account) SELECT customer_id, 'life', '2026-01-01', '6222021234567890128' FROM crm.customer WHERE id_card = '110101198001010010'",
    "INSERT INTO crm.claim (policy_id, filed_on) SELECT max(policy_id), '2026-02-02' FROM crm.policy",
    "REFRESH MATERIALIZED VIEW crm.counted",
    "CREATE TEMPORARY TABLE todays AS SELECT * FROM crm.mine",
    "CREATE TABLE crm.scratch (n integer)",
    "DROP TABLE crm.scratch",
    "DELETE FROM crm.claim WHERE filed_on = '2026-02-02'",
    "DELETE FROM crm.policy WHERE product = 'life' AND customer_id = (SELECT crm.find('13611112222'))",
    "DELETE FROM crm.customer WHERE id_card = '110101198001010010'",
)


@dataclass
class Running(Broker):
    """The system, and who works on it."""

    folder: Path = Path()

    def pgcustsec(self, user: str | None, *arguments: str, code: int = 0) -> str:
        """Run the command over *user*'s login, the superuser's if None; return what it said."""
        matrix = self.folder / "matrix.yaml"
        matrix.write_text(demo_matrix_text(self.prefix), encoding="utf-8")
        command = [sys.executable, "-m", "pgcustsec", *arguments]
        if arguments[0] not in ("install", "doctor"):
            command += ["-m", str(matrix)]
        done = subprocess.run(
            [*command, "-d", self.database.conninfo(user)],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONUTF8": "1"},
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def page(self, number: int) -> str:
        """Run what the page on adoption tells to type in its block *number*; return what was said."""
        block = PAGE[number]
        user = self.admin if block.mark == "run as dba" else None
        told = ""
        for line in block.text.splitlines():
            words = shlex.split(line, comments=True)
            assert words[0] == "pgcustsec"
            told += self.pgcustsec(
                user, *(self.login(w) if w in ("portal", "report", "readers") else w for w in words[1:])
            )
        return told

    def state(self) -> dict[str, object]:
        told = self.pgcustsec(None, "adopt", "status", "--format", "json")
        found: dict[str, object] = json.loads(told)
        return found

    def a_day_of_work(self) -> None:
        """What the portal, a report and a group's reader do all day goes on, with true values."""
        with self.database.connect(self.login("portal")) as portal:
            for statement in DAY:
                done = portal.execute(statement.encode())
                assert (
                    not statement.startswith(("INSERT", "UPDATE", "DELETE FROM crm.customer")) or done.rowcount == 1
                ), statement
            mobiles = portal.execute("SELECT mobile FROM crm.mine WHERE mobile IS NOT NULL ORDER BY 1").fetchall()
            assert mobiles == [("13712345678",), ("13812345678",), ("13912345678",)]
        with self.database.connect(self.login("report")) as report:
            assert report.execute("SELECT count(mobile) FROM crm.customer").fetchall() == [(3,)]
        with self.database.connect(self.login("reader")) as reader:
            assert reader.execute("SELECT count(product) FROM crm.policy").fetchall() == [(3,)]
            with pytest.raises(errors.InsufficientPrivilege):
                reader.execute("SELECT payer_account FROM crm.policy")


@pytest.fixture
def running(server: Server, tmp_path: Path) -> Iterator[Running]:
    _installed_template(server)  # the cluster knows pgcustsec already
    prefix = unique("w") + "_"
    portal, report, readers = f"{prefix}portal", f"{prefix}report", f"{prefix}readers"
    with server.connect() as connection:
        for statement in (
            f"CREATE ROLE {portal} LOGIN",
            f"CREATE ROLE {report} LOGIN",
            f"CREATE ROLE {readers} NOLOGIN",
            f"CREATE ROLE {prefix}reader LOGIN IN ROLE {readers}",
            f"CREATE ROLE {prefix}dba LOGIN CREATEROLE",
        ):
            connection.execute(statement.encode())
    database = server.create_database(unique("running_"))
    made = Running(database, prefix, demo_matrix(prefix), tmp_path)
    try:
        made.execute(f"ALTER DATABASE {database.name} OWNER TO {portal}")
        schema, indexes = (
            files("pgcustsec.demo").joinpath(name).read_text(encoding="utf-8") for name in ("schema.sql", "indexes.sql")
        )
        with database.connect(portal) as connection:
            connection.execute("CREATE SCHEMA crm")
            connection.execute("\n".join((schema, ROWS, indexes, BESIDE)).encode())
            connection.execute(f"GRANT USAGE ON SCHEMA crm TO {report}, {readers}".encode())
            connection.execute(f"GRANT SELECT ON crm.customer TO {report}".encode())
            connection.execute(f"GRANT SELECT (policy_id, product) ON crm.policy TO {readers}".encode())
        yield made
    finally:
        server.drop_database(database.name)
        server.drop_roles(prefix)


def let_dba_install(running: Running) -> None:
    """As the README has it where the cluster knows pgcustsec already."""
    option = " WITH INHERIT FALSE, SET TRUE" if running.modern else ""
    running.execute(f"GRANT pgcustsec_owner TO {running.admin}{option}")


def test_a_running_system_is_taken_in_step_by_step_and_loses_nothing_on_the_way(running: Running) -> None:
    portal, readers = running.login("portal"), running.login("readers")
    running.a_day_of_work()
    assert running.state()["next"] == "add"

    # 1. add only
    told = running.page(0)
    assert f"{portal} goes on reaching crm.customer" in told
    assert f"{readers} goes on reaching crm.policy" in told
    assert running.state()["next"] == "take"
    running.a_day_of_work()

    # 2. adopt
    told = running.page(1)
    assert f"table crm.customer goes from {portal} to {running.owner}" in told
    assert running.state()["next"] == "apply"
    running.a_day_of_work()
    let_dba_install(running)
    told = running.page(2)
    assert f"policy pgcustsec_adopted {portal} on crm.customer, to {portal}" in told
    _make_people(running, STAFF)
    running.pgcustsec(running.admin, "apply", "--yes")
    with running.database.connect() as connection:
        publish_all(connection)
    running.a_day_of_work()
    assert "nothing to do" in running.pgcustsec(running.admin, "plan", "--check")
    assert "crm.counted" in running.pgcustsec(running.admin, "drift", code=1), "a copy of rows, which nothing binds"

    # Beside it the views are there: their agent sees their customers, and tier 1 not even masked unless opened.
    with running.person("li") as agent:
        assert agent.execute("SELECT customer_id, mobile FROM customer ORDER BY 1").fetchall() == [
            (1, "***"),
            (2, "***"),
            (4, "***"),
            (5, "***"),
        ]
        with pytest.raises(errors.InsufficientPrivilege):
            agent.execute("SELECT FROM crm.customer")

    # Until they go, true values stay in the tables.
    assert "is reached past its views" in running.pgcustsec(running.admin, "vault", "seal", code=4)

    # 3. authoritative
    assert running.state()["next"] == "end"
    running.page(3)
    assert running.state()["next"] == "done"
    for login, query in (
        ("portal", "SELECT FROM crm.customer"),
        ("portal", "SELECT FROM crm.mine"),
        ("portal", "SELECT nextval('crm.claim_number_seq')"),
        ("portal", "INSERT INTO crm.policy (customer_id, product) VALUES (1, 'x')"),
        ("report", "SELECT FROM crm.customer"),
        ("reader", "SELECT product FROM crm.policy"),
    ):
        with running.database.connect(running.login(login)) as connection, pytest.raises(errors.InsufficientPrivilege):
            connection.execute(query.encode())
    assert "customer_id_card" in running.page(4), "the unique index moves to the vault"
    assert running.rows("SELECT mobile FROM crm.customer WHERE customer_id = 1") == [("138****5678",)]
    running.execute("DROP MATERIALIZED VIEW crm.counted")
    running.pgcustsec(running.admin, "drift")
    assert "nothing to do" in running.pgcustsec(running.admin, "plan", "--check")


# --- what is refused ------------------------------------------------------------------------------------------------


def snapshot(running: Running) -> list[tuple[object, ...]]:
    """Owners, grants and policies."""
    return running.rows(
        "SELECT c.oid::regclass::text, pg_get_userbyid(c.relowner), c.relacl::text, c.relrowsecurity,"
        " ARRAY(SELECT p.polname::text FROM pg_policy AS p WHERE p.polrelid = c.oid ORDER BY 1)"
        " FROM pg_class AS c WHERE c.relnamespace = 'crm'::regnamespace ORDER BY 1"
    )


def test_each_step_waits_for_the_one_before_and_changes_nothing_when_it_is_refused(running: Running) -> None:
    portal = running.login("portal")
    before = snapshot(running)
    assert "first: pgcustsec adopt add" in " ".join(running.pgcustsec(None, "adopt", "take", "--yes", code=4).split())
    assert "was not adopted" in running.pgcustsec(None, "adopt", "end", portal, "--yes", code=4)
    running.pgcustsec(running.login("report"), "adopt", "add", "--yes", code=3)
    assert snapshot(running) == before

    running.execute("GRANT SELECT ON crm.claim TO PUBLIC")
    before = snapshot(running)
    assert "everybody (PUBLIC) reaches crm.claim" in running.pgcustsec(None, "adopt", "add", "--yes", code=4)
    assert snapshot(running) == before
    running.execute("REVOKE SELECT ON crm.claim FROM PUBLIC")

    running.execute(
        f"CREATE ROLE {running.login('crm_web')} LOGIN", f"GRANT SELECT ON crm.claim TO {running.login('crm_web')}"
    )
    assert "is an application of the matrix" in running.pgcustsec(None, "adopt", "add", "--yes", code=4)
    running.execute(f"REVOKE SELECT ON crm.claim FROM {running.login('crm_web')}")

    running.pgcustsec(None, "adopt", "add", "--yes")
    assert "owns crm.assignment" in running.pgcustsec(None, "adopt", "end", portal, "--yes", code=4)


def test_what_somebody_else_granted_keeps_a_role_from_being_let_go_until_it_is_revoked(running: Running) -> None:
    report, lender = running.login("report"), running.login("lender")
    running.execute(f"CREATE ROLE {lender}", f"GRANT USAGE ON SCHEMA crm TO {lender}")
    running.execute(f"GRANT TRUNCATE ON crm.claim TO {lender} WITH GRANT OPTION")
    running.execute(f"GRANT SELECT ON crm.claim TO {report}")
    running.execute(f"SET ROLE {lender}; GRANT TRUNCATE ON crm.claim TO {report}")
    running.pgcustsec(None, "adopt", "add", "--yes")
    running.pgcustsec(None, "adopt", "take", "--yes")
    before = snapshot(running)
    told = running.pgcustsec(None, "adopt", "end", report, "--yes", code=4)
    assert f"has SELECT, TRUNCATE on crm.claim from {lender}, not from its owner" in told
    assert snapshot(running) == before
    running.execute(f"SET ROLE {lender}; REVOKE TRUNCATE ON crm.claim FROM {report}")
    running.pgcustsec(None, "adopt", "end", report, "--yes")
    with running.database.connect(report) as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute("TRUNCATE crm.claim")


def test_psql_runs_what_sql_prints_and_gives_the_same(running: Running) -> None:
    printed = running.pgcustsec(None, "adopt", "add", "--sql")
    assert running.state()["next"] == "add", "printed, not run"
    running.execute(printed)
    assert running.state()["next"] == "take"
    assert "nothing to do" in running.pgcustsec(None, "adopt", "add")


def test_whom_no_policy_binds_is_told(running: Running) -> None:
    running.execute(f"ALTER ROLE {running.login('report')} BYPASSRLS")
    assert f"no policy binds {running.login('report')}" in running.pgcustsec(None, "adopt", "status")


def test_what_reaches_a_protected_table_later_is_not_taken_in(running: Running) -> None:
    running.pgcustsec(None, "adopt", "add", "--yes")
    running.pgcustsec(None, "adopt", "take", "--yes")
    let_dba_install(running)
    running.pgcustsec(running.admin, "install", "--as", "sql")
    running.pgcustsec(running.admin, "apply", "--yes")
    late = running.login("late")
    running.execute(f"CREATE ROLE {late} LOGIN", f"GRANT CONNECT ON DATABASE {running.database.name} TO {late}")
    running.execute(f"GRANT USAGE ON SCHEMA crm TO {late}", f"GRANT SELECT ON crm.customer TO {late}")
    assert "nothing to do" in running.pgcustsec(None, "adopt", "add")
    with running.database.connect(late) as connection:
        assert connection.execute("SELECT count(*) FROM crm.customer").fetchall() == [(0,)]
    told = running.pgcustsec(running.admin, "doctor", code=1)
    assert "adopt end" in told and running.login("portal") in told


OWNERS_ONLY = (
    "ALTER TABLE crm.customer DISABLE ROW LEVEL SECURITY",
    'DROP POLICY "{prefix}sales_agent_viewer" ON crm.customer',
    "CREATE POLICY everybody ON crm.customer USING (true)",
    "ALTER TABLE crm.customer OWNER TO {prefix}portal",
    "CREATE TRIGGER spy BEFORE INSERT ON crm.customer FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "DROP TABLE crm.claim",
    "DROP SCHEMA crm CASCADE",
    "ALTER SCHEMA crm RENAME TO ours",
    "SET ROLE {prefix}owner",
    "ALTER TABLE crm.customer ADD COLUMN copy text",
    "ALTER SEQUENCE crm.claim_number_seq RESTART",
)


def test_who_had_the_tables_can_no_longer_do_what_an_owner_can(running: Running) -> None:
    running.pgcustsec(None, "adopt", "add", "--yes")
    portal = running.login("portal")
    control = [s for s in OWNERS_ONLY if 'POLICY "' not in s and "SET ROLE" not in s]
    for statement in control:
        with running.database.connect(portal) as connection, connection.transaction(force_rollback=True):
            connection.execute(statement.format(prefix=running.prefix).encode())  # as its owner it could
    running.pgcustsec(None, "adopt", "take", "--yes")
    let_dba_install(running)
    running.pgcustsec(running.admin, "install", "--as", "sql")
    running.pgcustsec(running.admin, "apply", "--yes")
    for statement in OWNERS_ONLY:
        with (
            running.database.connect(portal) as connection,
            connection.transaction(force_rollback=True),
            pytest.raises(errors.InsufficientPrivilege),
        ):
            connection.execute(statement.format(prefix=running.prefix).encode())
            pytest.fail(statement)
    before = snapshot(running)
    with running.database.connect(portal) as connection:  # PostgreSQL warns, and grants nothing
        connection.execute(f"GRANT SELECT ON crm.customer TO {running.login('reader')}".encode())
    assert snapshot(running) == before
