"""A sealed database dumped in parts and restored: the same rows, the same answers, nothing left to apply."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from pgcustsec.db import connect
from pgcustsec.migrate import apply_matrix, plan_matrix
from pgcustsec.vault import replay, status
from tests import cluster
from tests.cluster import Candidate, Server
from tests.conftest import candidates
from tests.upgrade.broker import (
    SealedBroker,
    Shell,
    block,
    is_as_the_matrix_says,
    remove,
    sealed_broker,
    seen,
    stored,
    true_values,
)

HERE = [one for one in candidates() if one.bindir]
#: Each version to itself, and the oldest to the newest.
PAIRS = [*((one, one) for one in HERE), *([(HERE[0], HERE[-1])] if HERE[0] != HERE[-1] else [])]


@pytest.fixture(scope="module")
def _brokers() -> Iterator[dict[Candidate, SealedBroker]]:
    """The sealed brokers of this module, one a version, made when first asked for."""
    made: dict[Candidate, SealedBroker] = {}
    yield made
    for broker in made.values():
        broker.server.stop()


@pytest.fixture
def broker(request: pytest.FixtureRequest, _brokers: dict[Candidate, SealedBroker]) -> SealedBroker:
    """The sealed broker on the server of the parameter, the same for all tests."""
    if request.param not in _brokers:
        _brokers[request.param] = sealed_broker(cluster.start(request.param))
    return _brokers[request.param]


@pytest.fixture
def target(request: pytest.FixtureRequest) -> Iterator[Server]:
    """An empty cluster, of the version of the parameter."""
    server = cluster.start(request.param)
    yield server
    server.stop()


def to(*pairs: tuple[Candidate, Candidate]) -> pytest.MarkDecorator:
    names = [f"{source.name}-{target.name}" for source, target in pairs]
    return pytest.mark.parametrize(("broker", "target"), pairs, ids=names, indirect=True)


on_each = to(*PAIRS[: len(HERE)])


def back_up(broker: SealedBroker, target: Server, folder: Path) -> Shell:
    """Dump with the programs of *target*, as PostgreSQL advises for an upgrade."""
    shell = Shell(folder, broker.matrix_text, target)
    shell.run(broker.server, block("backup"))
    return shell


def restore(shell: Shell, broker: SealedBroker, target: Server) -> None:
    commands = block("restore")
    if broker.server.major < 16 <= target.major:
        first = commands.splitlines(keepends=True)[0]
        commands = commands.replace(first, first + block("upgrade")) + block("upgrade, apply")
    shell.run(target, commands)


@to(*PAIRS)
def test_what_is_restored_in_parts_has_every_value_and_shows_it_to_the_same_people(
    broker: SealedBroker, target: Server, tmp_path: Path
) -> None:
    rows, answers = stored(broker.server), seen(broker.server)
    assert all(rows.values()) or not rows["pgcustsec_internal.change_confirmation"]
    assert len(answers) >= 7
    assert all(len(found) for (_, table), found in answers.items() if table == "customer")

    shell = back_up(broker, target, tmp_path)
    restore(shell, broker, target)
    told = shell.run(target, block("after"))
    assert "nothing to do: database crm has pgcustsec" in told, "--create brings the database's privileges too"
    assert is_as_the_matrix_says(target, broker)
    with connect(target.conninfo("crm", "dba")) as connection:
        assert status(connection, broker.matrix).is_sealed
        done = replay(connection, broker.matrix, dry_run=True)
        assert (done.tables, done.lost, done.wrong_hashes, done.has_key) == ((), (), (), True)
    assert stored(target) == rows
    assert seen(target) == answers


@to(*[(old, new) for old, new in PAIRS if old != new])
def test_after_a_move_to_a_newer_server_only_memberships_are_left_to_do(
    broker: SealedBroker, target: Server, tmp_path: Path
) -> None:
    """From 16 on they have options of their own. Views and policies, which are printed in another way, stay."""
    shell = back_up(broker, target, tmp_path)
    commands = block("restore")
    first = commands.splitlines(keepends=True)[0]
    shell.run(target, commands.replace(first, first + block("upgrade")))
    with connect(target.conninfo("crm", "dba")) as connection:
        left = plan_matrix(connection, broker.matrix).statements
        assert left and {statement.object.split()[0] for statement in left} == {"membership"}
        with connect(target.conninfo("crm")) as superuser:  # who granted what the dump brought
            apply_matrix(superuser, broker.matrix)
        assert plan_matrix(connection, broker.matrix).statements == ()


@on_each
def test_on_the_restored_side_policies_checks_and_refusals_hold(
    broker: SealedBroker, target: Server, tmp_path: Path
) -> None:
    restore(back_up(broker, target, tmp_path), broker, target)
    with target.connect("crm", "wutong_li_na") as agent:
        for query in ("SELECT * FROM crm.customer", 'SELECT * FROM pgcustsec_vault."crm.customer"'):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                agent.execute(query.encode())
        [(count,)] = agent.execute("SELECT count(*) FROM customer").fetchall()
    with target.connect("crm") as connection:
        assert connection.execute("SELECT count(*) > %s FROM crm.customer", [count]).fetchone() == (True,)
        with pytest.raises(psycopg.errors.CheckViolation):
            connection.execute("INSERT INTO crm.customer (name) VALUES ('王小明')")
        connection.execute("DELETE FROM crm.customer WHERE customer_id = (SELECT max(customer_id) FROM crm.customer)")
    orphans = (
        'SELECT count(*) FROM pgcustsec_vault."crm.customer" WHERE customer_id NOT IN (SELECT customer_id FROM {})'
    )
    with target.connect("crm") as connection:
        assert connection.execute(orphans.format("crm.customer").encode()).fetchone() == (0,)


@on_each
def test_who_dumps_what(broker: SealedBroker, target: Server, tmp_path: Path) -> None:
    shell = Shell(tmp_path, broker.matrix_text, broker.server)
    true = true_values(broker.server)

    def cells(user: str, options: str) -> set[str]:
        text = shell.run(broker.server, f"pg_dump -d crm {options}", user=user)
        return {cell for line in text.splitlines() for cell in line.split("\t")}

    assert cells("dba", "-n crm --role=crm_owner") & true == set()
    assert true <= cells("dba", "-n pgcustsec_vault --role=pgcustsec_owner")
    with connect(broker.server.conninfo("crm")) as connection:
        staff = {row[0] for row in connection.execute("SELECT full_name FROM pgcustsec_internal.staff")}
    assert cells("postgres", "-N pgcustsec_vault -N pgcustsec_keys") & (true - staff) == set()
    assert "COPY pgcustsec_keys" in shell.run(
        broker.server, "pg_dump -d crm -n pgcustsec_keys --role=pgcustsec_owner", user="dba"
    )
    shell.run(broker.server, "pg_dumpall --roles-only --no-role-passwords", user="dba")
    denied = "permission denied for schema crm"
    for user, options in (
        ("dba", "-n crm"),
        ("wutong_li_na", "-n crm"),
        ("wutong_li_na", "--enable-row-security -n crm"),
    ):
        assert denied in shell.run(broker.server, f"pg_dump -d crm {options}", user=user, check=False)


@on_each
def test_the_tables_alone_restore_without_pgcustsec_and_hold_masks_only(
    broker: SealedBroker, target: Server, tmp_path: Path
) -> None:
    shell = Shell(tmp_path, broker.matrix_text, target)
    dump, rest = block("base alone").split("pg_restore -l", 1)
    shell.run(broker.server, dump)
    shell.run(target, f"pg_restore -l{rest}")
    with target.connect("report") as connection:
        rows = connection.execute("SELECT name, mobile, id_card FROM crm.customer").fetchall()
        with pytest.raises(psycopg.errors.CheckViolation):
            connection.execute("INSERT INTO crm.customer (mobile) VALUES ('13812345678')")
    assert len(rows) == len(stored(broker.server)["crm.customer"])
    assert {value for row in rows for value in row} & true_values(broker.server) == set()


@on_each
def test_rows_alone_come_back_into_a_database_that_has_the_matrix_applied(
    broker: SealedBroker, target: Server, tmp_path: Path
) -> None:
    restore(back_up(broker, target, tmp_path), broker, target)
    rows, answers = stored(target), seen(target)
    (tmp_path / "again").mkdir()
    Shell(tmp_path / "again", broker.matrix_text, target).run(target, block("rows alone"))
    again = stored(target)
    # The tables were emptied before: terms are to be worked out anew, and are what they were.
    assert again.pop("pgcustsec_internal.restamping") != rows.pop("pgcustsec_internal.restamping")
    assert again == rows
    assert seen(target) == answers
    assert is_as_the_matrix_says(target, broker)


@on_each
def test_newer_evidence_over_an_older_backup_destroys_again_what_was_destroyed(
    broker: SealedBroker, target: Server, tmp_path: Path
) -> None:
    shell = back_up(broker, target, tmp_path)
    number = remove(broker)
    with broker.server.connect("crm", "wutong_zhao_hongmei") as supervisor:
        supervisor.execute("SELECT pgcustsec.suspend('person', 'S1005', 'list passed on')")
    shell.run(broker.server, block("evidence"))
    restore(shell, broker, target)
    kept = f"SELECT count(*) FROM crm.customer WHERE customer_id = {number}"
    with target.connect("crm") as connection:
        assert connection.execute(kept.encode()).fetchone() == (1,), "the control: the backup brings the row back"
    assert f"crm.customer: 1 removed rows are here again (keys {number}); 1 removed" in shell.run(
        target, block("evidence back")
    )
    now, then = stored(target), stored(broker.server)
    history = "pgcustsec_internal.change"
    assert len(now[history]) == len(then[history]) + 1, "nothing twice, and the line of the replay"
    assert {**now, history: []} == {**then, history: []}
    with connect(target.conninfo("crm", "wutong_li_na")) as agent:
        agent.execute("UPDATE sales_agent.customer SET note = 'again' WHERE owner_staff_id = 'S1001'")
