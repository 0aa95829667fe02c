"""After a restore: what the history says was removed goes again, with what hangs on it, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pgcustsec.cli.vault import command
from pgcustsec.errors import NotAllowed, Refused
from pgcustsec.migrate import apply_matrix
from pgcustsec.vault import rekey, replay
from pgcustsec.vault.replay import REASON
from tests.cluster import Server
from tests.integration.writes.world import CLAIM, CODE, CUSTOMER, POLICY, VISIT, Broker, built, copy

TABLES = (CUSTOMER, POLICY, CLAIM, VISIT, CODE)


@pytest.fixture(scope="module")
def _sealed(server: Server) -> Iterator[Broker]:
    with built(server) as world:
        yield world


@pytest.fixture
def broker(_sealed: Broker) -> Iterator[Broker]:
    with copy(_sealed) as world:
        yield world


def removed(broker: Broker, relation: str, *keys: str, operation: str = "removed") -> None:
    """Write the history as a newer backup of it holds it: the rows are here, so they come from an older one."""
    with broker.database.connect() as connection:
        for key in keys:
            connection.execute(
                "INSERT INTO pgcustsec_internal.change (relation, record_key, operation) VALUES (%s, %s, %s)",
                [relation, key, operation],
            )


def stored(broker: Broker) -> dict[str, int]:
    """How many rows each table and its part of the vault have."""
    names = [*TABLES, *(f'pgcustsec_vault."{table}"' for table in TABLES)]
    return {name: broker.row(f"SELECT count(*) FROM {name}")[0] for name in names}


def run(broker: Broker, *arguments: str, **options: Any) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pgcustsec.matrix.load.load", lambda path: broker.matrix)
        arguments = ("replay", *arguments, "-d", broker.database.conninfo(broker.admin))
        return CliRunner().invoke(command, arguments, standalone_mode=False, **options)


def test_a_row_that_was_removed_through_a_view_and_restored_is_removed_again(broker: Broker) -> None:
    with broker.database.connect() as connection:
        kept = connection.execute("SELECT * FROM crm.code").fetchone()
        secret = connection.execute('SELECT * FROM pgcustsec_vault."crm.code"').fetchone()
        assert kept and secret
    with broker.person("li") as li:
        assert li.execute("DELETE FROM agent.code").rowcount == 1
    before = stored(broker)
    with broker.database.connect() as connection:
        for table, row in (("crm.code", kept), ('pgcustsec_vault."crm.code"', secret)):
            places = ", ".join(["%s"] * len(row))
            connection.execute(f"INSERT INTO {table} VALUES ({places})".encode(), row)
    assert stored(broker) != before
    with broker.connect(broker.admin) as connection:
        [code] = replay(connection, broker.matrix).tables
    assert (code.table, code.found, code.hanging, code.removed) == (CODE, 1, 0, 1)
    assert stored(broker) == before


def test_children_go_before_their_parents_and_everybody_else_stays(broker: Broker) -> None:
    before = stored(broker)
    removed(broker, CUSTOMER, "1")
    with broker.connect(broker.admin) as connection:
        done = replay(connection, broker.matrix)
        told = {one.table: (one.found, one.hanging, one.removed) for one in done.tables}
        assert told == {CUSTOMER: (1, 0, 1), POLICY: (0, 1, 1), CLAIM: (0, 1, 1), VISIT: (0, 1, 1), CODE: (0, 1, 1)}
        assert (done.lost, done.wrong_hashes, done.has_key) == ((), (), True)
        assert replay(connection, broker.matrix).tables == ()
    after = stored(broker)
    assert all(after[name] == count - 1 for name, count in before.items() if count), after
    broker.assert_in_step()


def test_each_row_that_goes_leaves_a_line_in_the_history(broker: Broker) -> None:
    removed(broker, VISIT, '[1, "2025-05-05"]')
    with broker.connect(broker.admin) as connection:
        replay(connection, broker.matrix)
    lines = broker.rows(
        "SELECT record_key, operation, reason, login::text FROM pgcustsec_internal.change ORDER BY 1, 3"
    )
    key = '[1, "2025-05-05"]'
    assert lines == [(key, "removed", REASON, broker.admin), (key, "removed", None, "postgres")]


def test_a_record_that_was_made_again_after_it_was_removed_stays(broker: Broker) -> None:
    removed(broker, CUSTOMER, "5")
    removed(broker, CUSTOMER, "5", operation="made")
    removed(broker, CUSTOMER, "5", operation="changed")
    with broker.connect(broker.admin) as connection:
        assert replay(connection, broker.matrix).tables == ()
        removed(broker, CUSTOMER, "5")
        assert [one.removed for one in replay(connection, broker.matrix).tables] == [1]


def test_a_dry_run_says_what_would_go_and_changes_nothing(broker: Broker) -> None:
    removed(broker, CUSTOMER, "1")
    before, history = stored(broker), broker.history()
    done = run(broker, "--dry-run")
    assert "crm.customer: 1 removed rows are here again (keys 1)" in done.stdout
    assert "crm.policy: 0 removed rows are here again, and 1 that hang on removed ones (keys 1)" in done.stdout
    assert (stored(broker), broker.history()) == (before, history)
    run(broker, "--yes")
    assert stored(broker) != before, "the control"


def test_it_asks_first_and_tells_programs_in_json(broker: Broker) -> None:
    removed(broker, CUSTOMER, "5")
    before = stored(broker)
    assert run(broker, input="n\n").exception is not None
    assert stored(broker) == before
    told = json.loads(run(broker, "--yes", "--format", "json").stdout)
    assert told["tables"] == [{"table": CUSTOMER, "found": 1, "erased": 0, "hanging": 0, "removed": 1, "keys": ["5"]}]
    again = run(broker, "--yes")
    assert (again.return_value or 0, again.stdout) == (0, "nothing that was removed is here again\n")


def test_an_ordinary_login_is_refused_with_exit_code_3(broker: Broker) -> None:
    removed(broker, CUSTOMER, "5")
    with broker.connect(broker.login("li")) as connection, pytest.raises(NotAllowed) as refused:
        replay(connection, broker.matrix)
    assert refused.value.exit_code == 3
    assert broker.row("SELECT count(*) FROM crm.customer WHERE customer_id = 5") == (1,)


def test_a_batch_that_fails_takes_its_deletions_and_its_history_back(broker: Broker) -> None:
    """The third row cannot go: the batches before it stay done, and the next run goes on."""
    broker.execute(
        "CREATE TABLE public.elsewhere (customer_id bigint REFERENCES crm.customer)",
        "INSERT INTO public.elsewhere VALUES (5)",
    )
    removed(broker, CUSTOMER, "2", "3", "5")
    with broker.connect(broker.admin) as connection:
        with pytest.raises(Refused, match="rows of elsewhere refer to rows") as refused:
            replay(connection, broker.matrix, batch=2)
        assert "(5)" not in refused.value.message
        assert broker.rows("SELECT customer_id FROM crm.customer ORDER BY 1") == [(1,), (4,), (5,)]
        replayed = f"SELECT record_key FROM pgcustsec_internal.change WHERE relation = %s AND reason = '{REASON}'"
        assert sorted(broker.rows(replayed, CUSTOMER)) == [("2",), ("3",)]
        broker.execute("DROP TABLE public.elsewhere")
        assert [(one.table, one.removed) for one in replay(connection, broker.matrix).tables] == [(CUSTOMER, 1)]
    assert sorted(broker.rows(replayed, CUSTOMER)) == [("2",), ("3",), ("5",)]


def test_a_deletion_that_is_not_recorded_does_not_happen(broker: Broker) -> None:
    """As when the process is killed between the two: they are one transaction."""
    broker.execute("ALTER TABLE pgcustsec_internal.change ADD CHECK (reason IS NULL) NOT VALID")
    removed(broker, CUSTOMER, "5")
    with broker.connect(broker.admin) as connection, pytest.raises(Exception, match="change"):
        replay(connection, broker.matrix)
    assert broker.row("SELECT count(*) FROM crm.customer WHERE customer_id = 5") == (1,)
    assert broker.row('SELECT count(*) FROM pgcustsec_vault."crm.customer" WHERE customer_id = 5') == (1,)


def test_a_vault_that_is_older_than_its_table_is_reported_and_left_as_it_is(broker: Broker) -> None:
    with broker.connect(broker.admin) as connection:
        assert replay(connection, broker.matrix).lost == ()
        broker.execute('DELETE FROM pgcustsec_vault."crm.customer" WHERE customer_id IN (1, 2)')
        [lost] = replay(connection, broker.matrix).lost
        assert (lost.table, lost.rows) == (CUSTOMER, 2)
    assert "the vault has nothing of 2 masked rows" in run(broker, "--dry-run").stderr
    assert broker.row("SELECT count(*) FROM crm.customer") == (5,)


def test_keys_of_another_backup_are_reported_until_a_new_key_is_made(broker: Broker) -> None:
    with broker.connect(broker.admin) as connection:
        broker.execute("UPDATE pgcustsec_keys.blind_index_key SET inner_block = outer_block, outer_block = inner_block")
        wrong = {one.table: one.rows for one in replay(connection, broker.matrix).wrong_hashes}
        assert wrong == {CUSTOMER: 3}, "rows that have a hash at all"
        assert "pgcustsec vault rekey" in run(broker, "--dry-run").stderr
        apply_matrix(connection, broker.matrix)  # a copy of the world leaves the logins' settings behind
        rekey(connection, broker.matrix)
        assert replay(connection, broker.matrix).wrong_hashes == ()


def test_without_a_key_it_still_removes_and_says_that_there_is_none(broker: Broker) -> None:
    removed(broker, CUSTOMER, "5")
    broker.execute("DELETE FROM pgcustsec_keys.blind_index_key")
    done = run(broker, "--yes")
    assert "crm.customer: 1 removed rows are here again (keys 5); 1 removed" in done.stdout
    assert "no key: restore schema pgcustsec_keys" in done.stderr


def test_a_history_whose_numbers_would_be_given_again_is_refused_with_the_remedy(broker: Broker) -> None:
    removed(broker, CUSTOMER, "2", "5")
    sequence = "pgcustsec_internal.change_change_id_seq"
    broker.execute(f"SELECT setval('{sequence}', 1)")
    with broker.connect(broker.admin) as connection:
        with pytest.raises(Refused, match="numbers that its sequence would give again") as refused:
            replay(connection, broker.matrix)
        remedy = (refused.value.hint or "").partition(": ")[2]
        broker.execute(remedy)
        assert replay(connection, broker.matrix).tables


def test_without_the_vault_it_waits_for_it(broker: Broker) -> None:
    broker.execute('DROP TABLE pgcustsec_vault."crm.visit"')
    removed(broker, CUSTOMER, "5")
    with (
        broker.connect(broker.admin) as connection,
        pytest.raises(Refused, match=r"crm\.visit has no table in the vault"),
    ):
        replay(connection, broker.matrix)
    assert broker.row("SELECT count(*) FROM crm.customer") == (5,)
