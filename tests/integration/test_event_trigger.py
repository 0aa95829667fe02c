"""`pgcustsec install --event-trigger`: who changes objects by hand is written down as it happens; drift tells it."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator

import psycopg
import pytest
from click.testing import CliRunner
from psycopg.conninfo import conninfo_to_dict

from pgcustsec.cli import main
from pgcustsec.errors import NotAllowed, Refused
from pgcustsec.extension import install, uninstall
from pgcustsec.migrate import apply_matrix, find_drift
from tests.cluster import Server
from tests.docs.markdown import DOCS, blocks
from tests.worlds import World, crm_world


@pytest.fixture
def world(server: Server) -> Iterator[World]:
    """A world of the test's own, with the matrix applied and changes by hand recorded."""
    with crm_world(server) as made:
        with made.connect(made.admin) as connection:
            apply_matrix(connection, made.matrix)
        switch(made, on=True)
        yield made


def switch(world: World, *, on: bool, user: str | None = None) -> tuple[str, ...]:
    with world.connect(user) as connection:
        return install(connection, event_trigger=on).done


def recorded(world: World) -> list[tuple[str, str, str, str]]:
    """Login, command, kind and name of what is written down, oldest first."""
    with world.database.connect() as connection:
        rows = connection.execute(
            "SELECT login, command, kind, array_to_string(names, '.') FROM pgcustsec_watch.ddl ORDER BY ddl_id"
        ).fetchall()
    return [(str(login).removeprefix(world.prefix), *rest) for login, *rest in rows]


def by_hand(world: World, user: str | None, *statements: str) -> None:
    with world.database.connect(user=user) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def test_each_change_is_recorded_with_who_did_it_and_no_text_of_it(world: World) -> None:
    owner = f"SET ROLE {world.owner}"
    by_hand(
        world,
        world.admin,
        owner,
        "ALTER TABLE crm.customer DISABLE ROW LEVEL SECURITY",
        "GRANT SELECT (health) ON crm.customer TO PUBLIC",
        "ALTER TABLE crm.customer ALTER COLUMN health SET DEFAULT '13812345678'",
        "CREATE POLICY everyone ON crm.policy USING (product = '13812345678')",
        "DROP POLICY everyone ON crm.policy",
    )
    assert recorded(world) == [
        ("dba", "ALTER TABLE", "table", "crm.customer"),
        ("dba", "GRANT", "table", "crm.customer"),
        ("dba", "ALTER TABLE", "table", "crm.customer"),
        ("dba", "CREATE POLICY", "policy", "crm.policy.everyone"),
        ("dba", "DROP POLICY", "policy", "crm.policy.everyone"),
    ]
    with world.database.connect() as connection:
        [(text,)] = connection.execute("SELECT string_agg(d::text, ' ') FROM pgcustsec_watch.ddl AS d").fetchall()
    assert "13812345678" not in text


def test_a_grant_inside_a_savepoint_is_recorded_as_well(world: World) -> None:
    with world.database.connect(user=world.admin) as connection, connection.transaction():
        connection.execute(f"SET ROLE {world.owner}".encode())
        with connection.transaction():
            connection.execute("GRANT SELECT ON crm.claim TO PUBLIC")
    assert recorded(world) == [("dba", "GRANT", "table", "crm.claim")]


def test_drift_tells_when_and_by_whom_an_object_was_changed_last(world: World) -> None:
    by_hand(world, world.admin, f"SET ROLE {world.owner}", "GRANT SELECT ON crm.claim TO PUBLIC")
    by_hand(
        world, None, "ALTER TABLE crm.visit DISABLE ROW LEVEL SECURITY", "CREATE PUBLICATION p FOR TABLE crm.policy"
    )
    with world.connect(world.admin) as connection:
        told = {one.object: one.changed for one in find_drift(connection, world.matrix).drifts}
    by = {name: (change.login, change.command) for name, change in told.items() if change}
    assert by == {
        f"grant table.crm.claim.PUBLIC.{world.owner}": (world.admin, "GRANT"),
        "row security crm.visit": ("postgres", "ALTER TABLE"),
        "publication p, crm.policy": ("postgres", "CREATE PUBLICATION"),
    }


def test_an_apply_leaves_one_row_and_none_of_its_objects(world: World) -> None:
    by_hand(world, world.admin, f"SET ROLE {world.owner}", "GRANT SELECT ON crm.claim TO PUBLIC")
    with world.connect(world.admin) as connection:
        assert apply_matrix(connection, world.matrix)
        assert find_drift(connection, world.matrix).drifts == ()
    assert recorded(world) == [("dba", "GRANT", "table", "crm.claim"), ("dba", "REVOKE", "plan lock", "")]


def test_who_takes_the_lock_of_an_apply_by_hand_is_written_down_all_the_same(world: World) -> None:
    with world.database.connect(user=world.admin) as connection, connection.transaction():
        connection.execute("SET LOCAL ROLE pgcustsec_owner")
        connection.execute("LOCK TABLE pgcustsec_internal.applied_matrix IN EXCLUSIVE MODE")
        connection.execute(f"SET LOCAL ROLE {world.owner}".encode())
        connection.execute("ALTER TABLE crm.customer DISABLE ROW LEVEL SECURITY")
    assert recorded(world) == [("dba", "ALTER TABLE", "plan lock", "")]


#: Ways to change objects without being written down, for who is no superuser.
EVASIONS = {
    "the trigger switched off": "ALTER EVENT TRIGGER pgcustsec_ddl DISABLE",
    "the trigger dropped": "DROP EVENT TRIGGER pgcustsec_drop",
    "a session that says that it replicates": "SET session_replication_role = replica",
    "another function in its place": "CREATE OR REPLACE FUNCTION pgcustsec_watch.record_ddl() RETURNS event_trigger"
    " LANGUAGE plpgsql AS 'BEGIN END'",
    "its schema dropped": "DROP SCHEMA pgcustsec_watch CASCADE",
    "a row taken out": "DELETE FROM pgcustsec_watch.ddl",
    "a row put in": "INSERT INTO pgcustsec_watch.ddl (command, kind, names) VALUES ('x', 'x', '{}')",
    "the table locked": "DO 'BEGIN LOCK TABLE pgcustsec_watch.ddl IN EXCLUSIVE MODE; END'",
}


def test_nobody_but_a_superuser_is_skipped(world: World) -> None:
    for acting in ("pgcustsec_owner", world.owner, world.admin):
        for name, statement in EVASIONS.items():
            with world.database.connect(user=world.admin) as connection:
                connection.execute(f"SET ROLE {acting}".encode())
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(statement.encode())
                    pytest.fail(f"{acting}: {name}")


def test_evidence_stays_as_it_was_written_for_a_superuser_too(world: World) -> None:
    for statement in ("DELETE FROM pgcustsec_watch.ddl", "UPDATE pgcustsec_watch.ddl SET login = 'li'"):
        with world.database.connect() as connection, pytest.raises(psycopg.Error) as refused:
            connection.execute(statement.encode())
        assert refused.value.sqlstate == "CS604"


@pytest.mark.parametrize("broken", ["DROP TABLE pgcustsec_watch.ddl", "LOCK TABLE pgcustsec_watch.ddl"])
def test_nobodys_work_waits_for_a_record_that_fails(world: World, broken: str) -> None:
    holder = world.database.connect()
    try:
        with holder.transaction(force_rollback=broken.startswith("LOCK")):
            holder.execute(broken.encode())
            if broken.startswith("DROP"):
                holder.execute("COMMIT; BEGIN")
            by_hand(world, world.admin, f"SET ROLE {world.owner}", "GRANT SELECT ON crm.claim TO PUBLIC")
    finally:
        holder.close()
    # What was changed is found whether or not it was written down who did it.
    with world.connect(world.admin) as connection:
        [told] = find_drift(connection, world.matrix).drifts
    assert told.object.startswith("grant table.crm.claim.PUBLIC")
    assert told.changed is None


def test_switching_it_takes_a_superuser_and_keeps_what_was_recorded(world: World) -> None:
    by_hand(world, world.admin, f"SET ROLE {world.owner}", "GRANT SELECT ON crm.claim TO PUBLIC")
    with pytest.raises(NotAllowed) as refused:
        switch(world, on=False, user=world.admin)
    assert "as a superuser" in (refused.value.hint or "")
    assert switch(world, on=True, user=world.admin) == ()
    [told] = switch(world, on=False)
    assert "recorded no more" in told
    by_hand(world, world.admin, f"SET ROLE {world.owner}", "GRANT SELECT ON crm.visit TO PUBLIC")
    assert recorded(world) == [("dba", "GRANT", "table", "crm.claim")]
    assert len(switch(world, on=True)) == 1
    by_hand(world, world.admin, f"SET ROLE {world.owner}", "GRANT SELECT ON crm.policy TO PUBLIC")
    assert [row[-1] for row in recorded(world) if row[0] == "dba"] == ["crm.claim", "crm.policy"]


def test_an_uninstall_says_what_stays_and_how_it_ends(world: World) -> None:
    with world.connect() as connection:
        done = uninstall(connection)
    [told] = [sentence for sentence in done if "pgcustsec_watch" in sentence]
    by_hand(world, None, *told.partition("superuser: ")[2].split("; "))
    by_hand(world, None, "DROP SCHEMA pgcustsec_watch CASCADE", "CREATE TABLE crm.plain (x int)")


def test_a_schema_that_somebody_else_made_first_is_not_taken_over(server: Server) -> None:
    with crm_world(server) as world:
        by_hand(world, world.admin, "CREATE SCHEMA pgcustsec_watch")
        with pytest.raises(Refused, match="no superuser"):
            switch(world, on=True)


def test_what_temporary_objects_and_people_do_is_no_change(world: World) -> None:
    by_hand(world, None, "CREATE TEMP TABLE t (x int)", "DROP TABLE t", "UPDATE crm.claim SET filed_on = filed_on")
    assert recorded(world) == []


def test_the_json_of_drift_has_the_change(world: World) -> None:
    from dataclasses import asdict

    by_hand(world, None, "ALTER TABLE crm.visit DISABLE ROW LEVEL SECURITY")
    with world.connect(world.admin) as connection:
        told = json.loads(json.dumps(asdict(find_drift(connection, world.matrix))))
    [one] = told["drifts"]
    assert one["changed"][1:] == ["postgres", "ALTER TABLE"]


def test_what_the_page_tells_to_type_works_and_drift_says_who(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    switch(world, on=False)
    server = conninfo_to_dict(world.database.conninfo())
    for name, value in (("PGHOST", server["host"]), ("PGPORT", server["port"]), ("PGDATABASE", world.database.name)):
        monkeypatch.setenv(name, str(value))
    monkeypatch.setenv("PGUSER", world.admin)
    monkeypatch.setattr("pgcustsec.matrix.load.load", lambda _: world.matrix)
    marked = [block for block in blocks(DOCS / "drift.md") if block.mark.startswith("run")]
    assert len(marked) == 2
    for block in reversed(marked):
        for line in block.text.splitlines():
            done = CliRunner().invoke(main, shlex.split(line, comments=True)[1:], catch_exceptions=False)
            assert done.exit_code == 0, done.output
    by_hand(world, world.admin, f"SET ROLE {world.owner}", "GRANT SELECT ON crm.claim TO PUBLIC")
    done = CliRunner().invoke(main, ["drift"], standalone_mode=False)
    assert done.return_value == 1
    assert f"changed last by {world.admin} at 20" in done.output
    assert "UTC (GRANT)" in done.output
