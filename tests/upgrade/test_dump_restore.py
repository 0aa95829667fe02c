"""What pg_dump takes and pg_restore brings back: everything, with the same owners, in an empty cluster."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from pgcustsec.db import connect
from pgcustsec.extension import Delivery, install
from tests import cluster
from tests.cluster import Database, Server
from tests.delivered import contents, settled_catalog
from tests.stocked import stocked_server

ADMIN = "crm_admin"

#: At least a row in each table, and what breaks most easily: a manager after their staff, a moved sequence, quotes.
ROWS = (
    "INSERT INTO pgcustsec_internal.branch VALUES ('SH', '上海''s \\ \"分公司\"')",
    "INSERT INTO pgcustsec_internal.department VALUES ('sales', '销售部', '{secrecy}')",
    "INSERT INTO pgcustsec_internal.role (role_code, group_role, department_code, supervises, place)"
    " VALUES ('agent', 'w_agent', 'sales', false, 1)",
    "INSERT INTO pgcustsec_internal.purpose VALUES ('work', 'Work', '{agent}')",
    "INSERT INTO pgcustsec_internal.application VALUES ('web', 'w_web', '{agent}', '{6167656e74}', 15, true)",
    "INSERT INTO pgcustsec_internal.access VALUES"
    " ('agent crm.customer', 'agent', 'crm', 'customer', '{id}', true, true, '{}', '{}', '{\"rows\": []}')",
    "INSERT INTO pgcustsec_internal.staff VALUES ('1', '李', 'li', 'sales', 'SH', NULL)",
    "INSERT INTO pgcustsec_internal.staff VALUES ('2', '王', NULL, 'sales', 'SH', '1')",
    "UPDATE pgcustsec_internal.staff SET manager_id = '2' WHERE staff_id = '1'",
    "INSERT INTO pgcustsec_internal.staff_role (staff_id, role_code) VALUES ('1', 'agent')",
    "INSERT INTO pgcustsec_internal.applied_matrix (matrix) VALUES ('{}'), ('{\"a\": [1]}')",
    "INSERT INTO pgcustsec_internal.applied_object VALUES ('[\"view\"]', 'a', 'b', 18)",
    "INSERT INTO pgcustsec_internal.change (relation, record_key, operation, column_name, old_value, old_blind)"
    " VALUES ('crm.customer', '7', 'changed', 'name', '王*', '\\x00ff'),"
    " ('crm.customer', '8', 'made', NULL, NULL, NULL)",
    "SELECT pgcustsec_internal._begin_session(gen_random_uuid(), '1', 'li', '{agent}', 'work')",
    "SELECT pgcustsec_internal._spend('1', (SELECT openings FROM pgcustsec_internal.budget), 5)",
    "INSERT INTO pgcustsec_internal.session_end (session_id, why) VALUES (gen_random_uuid(), 'ended')",
    "INSERT INTO pgcustsec_internal.change_confirmation (change_id, staff_id, word) VALUES (1, '1', '电话确认')",
    "INSERT INTO pgcustsec_internal.agreement VALUES ('secrecy', '保密协议', 365, false)",
    "INSERT INTO pgcustsec_internal.agreement_text VALUES ('secrecy', 1, '保密', 'ab', now())",
    "INSERT INTO pgcustsec_internal.agreement_signature (staff_id, agreement_code, version, digest, valid_until)"
    " VALUES ('1', 'secrecy', 1, 'ab', now() + '1 year')",
    "INSERT INTO pgcustsec_internal.suspension (kind, code, reason, suspended_by, in_flight)"
    " VALUES ('person', '2', '外传', '1', '{}')",
    "INSERT INTO pgcustsec_internal.rectification (suspension_id, rectified_by, what) VALUES (1, '2', '培训')",
    "INSERT INTO pgcustsec_internal.reinstatement (suspension_id, reinstated_by, comment) VALUES (1, '1', '已整改')",
    "INSERT INTO pgcustsec_internal.request_kind VALUES"
    " ('special', '专项', '{agent}', '', '[{\"manager_of\": \"requester\"}]', 30, 0, false, 0, false, false, false)",
    "INSERT INTO pgcustsec_internal.classification"
    " VALUES ('crm.customer mobile', 'crm.customer', 'mobile', 1, 'phone')",
    "INSERT INTO pgcustsec_internal.request"
    " (kind_code, requester, used_by, role_code, purpose, relation, columns, keys, days, max_rows)"
    " VALUES ('special', '1', '1', 'agent', 'work', 'crm.customer', '{mobile}', '{7}', 3, 1)",
    "INSERT INTO pgcustsec_internal.request_event (request_id, kind, staff_id, terms) VALUES (1, 'filed', '1', 'ab')",
    "INSERT INTO pgcustsec_internal.extract"
    " (request_id, staff_id, role_code, department_code, relation, columns, row_count, integers, protection, ends_at,"
    " session_id) VALUES (1, '1', 'agent', 'sales', 'crm.customer', '{mobile}', 1, '{7}', 'plain', now(),"
    " gen_random_uuid())",
    'INSERT INTO pgcustsec_internal.extract_canary VALUES (1, 1, \'{"mobile": "13812345678"}\')',
    "INSERT INTO pgcustsec_internal.extract_event (extract_id, kind, staff_id) VALUES (1, 'finished', '1')",
    "INSERT INTO pgcustsec_internal.custodian (department_code, staff_id, login, named_by)"
    " VALUES ('sales', '1', 'li', '2')",
    "INSERT INTO pgcustsec_internal.disclosure VALUES (1, 1, 'sales', '法院', '民事诉讼法', '(2026)118')",
    "INSERT INTO pgcustsec_internal.deputy (staff_id, deputy, starts_at, ends_at)"
    " VALUES ('1', '2', now(), now() + '1 day')",
    "INSERT INTO pgcustsec_internal.emergency_end (suspension_id, how, by_staff) VALUES (1, 'refused', '2')",
    "INSERT INTO pgcustsec_internal.emergency VALUES ('2', 1, '2099-01-01 00:00:00+00')",
    "INSERT INTO pgcustsec_internal.retention_rule VALUES"
    " ('crm.customer lost', 'crm.customer', 'lost', 1, 730, '', true, 'ab')",
    "INSERT INTO pgcustsec_internal.restamping VALUES ('crm.customer', 'ab', '{7}', NULL)",
    "INSERT INTO pgcustsec_internal.hold (relation, reason, review_at, placed_by)"
    " VALUES ('crm.customer', '诉讼', now(), '2')",
    "INSERT INTO pgcustsec_internal.hold_subject (hold_id, relation, record_key) VALUES (1, 'crm.customer', '7')",
    "INSERT INTO pgcustsec_internal.hold_release (hold_id, reason, released_by) VALUES (1, '已结案', '2')",
    "INSERT INTO pgcustsec_internal.certificate"
    " (relation, rule, action, subjects, counts, keys_digest, due_until, extracts)"
    " VALUES ('crm.customer', 'lost', 'destroyed', 1, '{}', 'ab', now(), '{}')",
    "INSERT INTO pgcustsec_internal.anonymised VALUES ('crm.customer', '[1]', 5)",
    "INSERT INTO pgcustsec_internal.deputy_event (deputy_id, kind, staff_id) VALUES (1, 'approved', '2')",
    "INSERT INTO pgcustsec_internal.pool VALUES ('crm.customer', 'crm', 'customer', '{agent}', 30, 200, 7)",
    "INSERT INTO pgcustsec_internal.pool_claim (staff_id, relation, record_key, claimed_at)"
    " VALUES ('1', 'crm.customer', '7', now()), ('2', 'crm.customer', '8', NULL)",
    "INSERT INTO pgcustsec_internal.pool_claim_end VALUES (2, now(), 'recycled')",
    "INSERT INTO pgcustsec_internal.job_schedule (job, run_by, line) VALUES ('pool', 'system', '18:00')",
    "SELECT pgcustsec_internal._end_run(pgcustsec_internal._begin_run('retention', 'command'), true, '{}',"
    ' \'{"crm.customer": "55P03"}\')',
)


@pytest.fixture(scope="module")
def source(server: Server) -> Iterator[Server]:
    """The cluster that is dumped."""
    if server.bindir is None:
        pytest.skip("the server of one's own cannot be started twice")
    with stocked_server(server) as started:
        yield started


@pytest.fixture
def target(source: Server) -> Iterator[Server]:
    """An empty cluster that has the extension's files."""
    with stocked_server(source) as started:
        yield started


@pytest.fixture(scope="module")
def admin(source: Server) -> str:
    """An administrator of the source cluster who is no superuser."""
    with source.connect() as connection:
        connection.execute("CREATE ROLE pgcustsec_owner NOLOGIN")
        connection.execute(f"CREATE ROLE {ADMIN} LOGIN CREATEROLE")
        connection.execute(f"GRANT pgcustsec_owner TO {ADMIN}")
    return ADMIN


def filled(source: Server, delivery: Delivery, user: str) -> Database:
    """A database that *user* owns and installed to, with a row in every table."""
    database = source.create_database(cluster.unique("dumped_"))
    database.execute(f"ALTER DATABASE {database.name} OWNER TO {user}")
    with connect(database.conninfo(user)) as connection:
        install(connection, delivery)
    database.execute(*ROWS)
    return database


def restored(database: Database, target: Server, folder: Path, *options: str) -> Database:
    """Dump the roles and *database* and restore both to *target*."""
    assert database.server.bindir is not None
    roles, dump = folder / "roles.sql", folder / "database.dump"
    programs = database.server.bindir
    run(programs / "pg_dumpall", "--roles-only", "-d", database.server.conninfo(), "-f", roles)
    run(programs / "pg_dump", "-Fc", "-d", database.conninfo(), "-f", dump)
    run(programs / "psql", "-X", "-q", "-d", target.conninfo(), "-f", roles)
    there = target.create_database(database.name)
    run(programs / "pg_restore", "--exit-on-error", *options, "-d", there.conninfo(), dump)
    return there


def run(*command: str | Path) -> None:
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("delivery", ["extension", "sql"])
@pytest.mark.parametrize("user", ["postgres", ADMIN])
def test_a_dump_restored_to_an_empty_cluster_is_the_same_again(
    source: Server, admin: str, target: Server, tmp_path: Path, delivery: Delivery, user: str
) -> None:
    database = filled(source, delivery, user)
    with database.connect() as connection:
        objects, rows = settled_catalog(connection), contents(connection)
    # `supervising` is a lock, and has none.
    assert {name for name, found in rows.items() if not found} == {"pgcustsec_internal.supervising"}, (
        "a table without a row: add one to ROWS, or the test says nothing about it"
    )

    there = restored(database, target, tmp_path)
    there.execute(f"ALTER DATABASE {there.name} OWNER TO {user}")
    with connect(there.conninfo()) as connection:
        assert contents(connection) == rows
        found = settled_catalog(connection)
        # Dumps do not carry the database's own privileges: installing once more closes it again.
        privileges = ("database", "privileges")
        assert found.pop(privileges) != objects[privileges]
        assert found == {key: facts for key, facts in objects.items() if key != privileges}
        assert any("on database" in sentence for sentence in install(connection).done)
        assert settled_catalog(connection) == objects
        assert install(connection).done == ()


def test_an_extension_restored_before_its_role_exists_makes_the_role(
    source: Server, admin: str, target: Server, tmp_path: Path
) -> None:
    database = filled(source, "extension", "postgres")
    assert source.bindir is not None
    run(source.bindir / "pg_dump", "-Fc", "-d", database.conninfo(), "-f", tmp_path / "database.dump")
    there = target.create_database(database.name)
    run(source.bindir / "pg_restore", "--exit-on-error", "-d", there.conninfo(), tmp_path / "database.dump")
    with there.connect() as connection:
        owners = connection.execute(
            "SELECT DISTINCT pg_get_userbyid(relowner) FROM pg_class"
            " WHERE relnamespace = 'pgcustsec_internal'::regnamespace"
        ).fetchall()
    assert owners == [("pgcustsec_owner",)]


def test_what_a_restore_without_privileges_opened_is_closed_again(
    source: Server, admin: str, target: Server, tmp_path: Path
) -> None:
    database = filled(source, "sql", "postgres")
    with database.connect() as connection:
        objects = settled_catalog(connection)
    there = restored(database, target, tmp_path, "--no-privileges")
    with connect(there.conninfo()) as connection:
        assert settled_catalog(connection) != objects
        assert any("pgcustsec.whoami()" in sentence for sentence in install(connection).done)
        assert settled_catalog(connection) == objects


def test_who_changed_what_by_hand_is_restored_and_goes_on_being_recorded(
    source: Server, admin: str, target: Server, tmp_path: Path
) -> None:
    database = filled(source, "sql", "postgres")
    with connect(database.conninfo()) as connection:
        install(connection, event_trigger=True)
    database.execute("CREATE TABLE by_hand (x integer)", "GRANT SELECT ON by_hand TO PUBLIC")
    query = "SELECT ddl_id, at, login, xact::text, command, kind, names FROM pgcustsec_watch.ddl ORDER BY ddl_id"
    with database.connect() as connection:
        rows = connection.execute(query.encode()).fetchall()
    assert [row[4:] for row in rows[-2:]] == [
        ("CREATE TABLE", "table", ["public", "by_hand"]),
        ("GRANT", "table", ["public", "by_hand"]),
    ]

    there = restored(database, target, tmp_path)
    there.execute("ALTER TABLE by_hand ADD COLUMN y integer")
    with connect(there.conninfo()) as connection:
        now = connection.execute(query.encode()).fetchall()
        assert now[: len(rows)] == rows
        assert [row[4:] for row in now[len(rows) :]] == [("ALTER TABLE", "table", ["public", "by_hand"])]
        install(connection)
        assert install(connection, event_trigger=True).done == ()
        for statement in ("DELETE FROM pgcustsec_watch.ddl", "UPDATE pgcustsec_watch.ddl SET command = ''"):
            with pytest.raises(psycopg.Error, match="is evidence"):
                connection.execute(statement.encode())
