"""Who was erased stays erased: an older backup brings them back, and the evidence has them removed again (4.3)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pgcustsec.vault import replay
from pgcustsec.vault.replay import REASON
from tests.integration.clients.world import Broker, copy
from tests.integration.retention.world import left_of_anybody, orphans, there
from tests.integration.subject.wishes import certificates, erase, granted
from tests.upgrade.broker import Shell, block

VALUES = (
    "SELECT count(*) FROM pgcustsec_internal.change WHERE relation = 'crm.customer' AND record_key = %s"
    " AND num_nonnulls(old_value, new_value, old_blind, new_blind) > 0"
)


def assert_gone(broker: Broker, *customers: int) -> None:
    """Nothing of *customers* is in any table, and of their rows nothing but that they were removed once more."""
    assert not set(customers) & (set(there(broker)) | left_of_anybody(broker))
    said = broker.rows(
        "SELECT change_id FROM pgcustsec_internal.change WHERE relation = 'crm.customer' AND reason = %s", REASON
    )
    assert set(orphans(broker)) == {("history", number) for (number,) in said}


@pytest.fixture
def restored(broker: Broker, tmp_path: Path) -> Iterator[Broker]:
    """A copy from before 1001 and 1002 were erased, over which the evidence of afterwards was restored."""
    with broker.person("chen") as chen:
        for customer in (1001, 1002, 1003):
            chen.execute("SELECT pgcustsec.open_record('customer', %s, 'a new number')", [str(customer)])
            chen.execute("UPDATE customer SET mobile = '13900001111' WHERE customer_id = %s", [customer])
    with copy(broker) as older:
        with broker.person("chen") as chen:
            assert erase(chen, granted(broker, chen, 1001, 1002)) == "erased"
        server = broker.database.server
        shell = Shell(tmp_path, "", server)
        shell.run(
            server, block("evidence").replace("-U dba --role=pgcustsec_owner -d crm", f"-d {broker.database.name}")
        )
        shell.run(server, f"psql -X -q -v ON_ERROR_STOP=1 -d {older.database.name} -f evidence.sql")
        yield older


def test_whom_a_request_erased_after_the_backup_is_gone_again_with_all_that_hangs_on_them(restored: Broker) -> None:
    assert {1001, 1002, 1003} <= set(there(restored)) & left_of_anybody(restored), "the control: they are back"
    assert restored.rows(VALUES, "1001") != [(0,)], "and what is known of them beside"
    certified = certificates(restored)
    with restored.connect(restored.admin) as connection:
        done = {one.table: one for one in replay(connection, restored.matrix).tables}
        customers, claims = done["crm.customer"], done["crm.claim"]
        assert (customers.found, customers.erased, customers.hanging, customers.removed) == (2, 2, 0, 2)
        assert (claims.found, claims.erased, claims.hanging, claims.removed) == (0, 0, 6, 6)
        assert replay(connection, restored.matrix).tables == ()
    assert_gone(restored, 1001, 1002)
    assert restored.rows(VALUES, "1001") == restored.rows(VALUES, "1002") == [(0,)]
    assert certificates(restored) == certified, "what was certified once is so still"


def test_everybody_else_stays_with_their_history(restored: Broker) -> None:
    before = set(there(restored))
    values = restored.rows(VALUES, "1003")
    with restored.connect(restored.admin) as connection:
        replay(connection, restored.matrix)
    assert set(there(restored)) == before - {1001, 1002}
    assert restored.rows(VALUES, "1003") == values != [(0,)]


def test_who_came_again_after_they_were_erased_stays(restored: Broker) -> None:
    """Their number is another customer's by then, or theirs by their own wish: a new record was made under it."""
    restored.execute(
        "INSERT INTO pgcustsec_internal.change (relation, record_key, operation)"
        " VALUES ('crm.customer', '1002', 'made')"
    )
    with restored.connect(restored.admin) as connection:
        replay(connection, restored.matrix)
    assert_gone(restored, 1001)
    assert 1002 in there(restored)
    assert restored.rows(VALUES, "1002") != [(0,)]


def test_a_wish_that_was_not_fulfilled_takes_nobody(broker: Broker) -> None:
    with broker.person("chen") as chen:
        granted(broker, chen, 1004)
    with broker.connect(broker.admin) as connection:
        assert replay(connection, broker.matrix).tables == ()
    assert 1004 in there(broker)
