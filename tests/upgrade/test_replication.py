"""A sealed database replicated to a second server: masks arrive, and nobody is shown more than on the first."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from pgcustsec.db import connect
from tests import cluster
from tests.cluster import Candidate, Server
from tests.conftest import candidates
from tests.upgrade.broker import (
    AGENT,
    TABLES,
    SealedBroker,
    Shell,
    block,
    is_as_the_matrix_says,
    sealed_broker,
    seen,
    stored,
    true_values,
    work,
)

HERE = [one for one in candidates() if one.bindir]
LOGICAL = {"wal_level": "logical", "max_wal_senders": "8"}


@dataclass
class Pair:
    """The first server with the broker, and the second that follows it; `shell` works on either."""

    broker: SealedBroker
    second: Server
    shell: Shell

    def subscribe(self, name: str) -> None:
        there = conninfo_to_dict(self.broker.server.conninfo())
        self.shell.run(
            self.second, block(name).replace("host=first.example", f"host={there['host']} port={there['port']}")
        )

    def give(self, owner: str) -> None:
        """Make *owner* the owner of the tables' subscription; 15 takes superusers only, at that moment."""
        modern = self.second.major >= 16
        with self.second.connect("crm") as connection:
            for statement in (
                "ALTER SUBSCRIPTION crm_tables DISABLE",
                f"GRANT USAGE ON SCHEMA crm, pgcustsec_internal TO {owner}",
                "GRANT CREATE ON DATABASE crm TO dba",
                "GRANT pg_create_subscription TO dba" if modern else "ALTER ROLE dba SUPERUSER",
                "ALTER SUBSCRIPTION crm_tables SET (password_required = false)" if modern else "SELECT",
                f"ALTER SUBSCRIPTION crm_tables OWNER TO {owner}",
                "ALTER ROLE dba NOSUPERUSER",
                "ALTER SUBSCRIPTION crm_tables ENABLE",
            ):
                connection.execute(statement.encode())

    def both(self, name: str) -> bool:
        """Whether both servers have the same rows of the tables whose name begins with *name*."""
        first, second = stored(self.broker.server), stored(self.second)
        return all(second[table] == rows for table, rows in first.items() if table.startswith(name))


@pytest.fixture(scope="module", params=HERE, ids=[one.name for one in HERE])
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """The tables are replicated; the vault's tables are there and empty."""
    candidate: Candidate = request.param
    first, second = cluster.start(candidate, **LOGICAL), cluster.start(candidate, **LOGICAL)
    broker = sealed_broker(first)
    shell = Shell(tmp_path_factory.mktemp("replica"), broker.matrix_text, first)
    shell.run(first, block("publish"))
    shell.run(second, block("restore"))
    made = Pair(broker, second, shell)
    made.subscribe("subscribe")
    until(lambda: made.both("crm.") and made.both("pgcustsec_internal.staff"))
    yield made
    second.stop()
    first.stop()


def until(holds: Callable[[], bool], seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not arrive"
        time.sleep(0.2)


def test_each_login_is_shown_the_same_and_nothing_is_left_to_apply(pair: Pair) -> None:
    answers = seen(pair.broker.server)
    assert all(rows for (_, table), rows in answers.items() if table == "customer")
    assert seen(pair.second) == answers
    assert is_as_the_matrix_says(pair.second, pair.broker)


def test_masks_are_all_that_arrives(pair: Pair) -> None:
    """The control: the first server's vault has them."""
    true = true_values(pair.broker.server)
    assert len(true) > 500
    with connect(pair.second.conninfo("crm")) as connection:
        staff = {row[0] for row in connection.execute("SELECT full_name FROM pgcustsec_internal.staff")}
    dumped = pair.shell.run(pair.second, "pg_dump -d crm")
    cells = {cell for line in dumped.splitlines() for cell in line.split("\t")}
    assert cells & (true - staff) == set()
    assert len(stored(pair.second)["crm.customer"]) >= 300


def test_no_login_reads_a_base_table_there(pair: Pair) -> None:
    with pair.second.connect("crm", AGENT) as agent:
        for table in (
            *(f"crm.{name}" for name in TABLES),
            'pgcustsec_vault."crm.customer"',
            "pgcustsec_internal.staff",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                agent.execute(f"SELECT * FROM {table}".encode())
        assert agent.execute("SELECT FROM customer").rowcount > 0


def test_what_is_made_changed_and_removed_through_views_arrives(pair: Pair) -> None:
    before = stored(pair.second)["crm.customer"]
    work(pair.broker)
    until(lambda: pair.both("crm."))
    assert stored(pair.second)["crm.customer"] != before
    assert seen(pair.second) == seen(pair.broker.server)


def test_who_leaves_here_is_shown_nothing_there(pair: Pair) -> None:
    def shown() -> int:
        with pair.second.connect("crm", "wutong_zhang_min") as person:
            return person.execute("SELECT FROM service_agent.customer").rowcount

    assert shown() > 0
    with connect(pair.broker.server.conninfo("crm")) as connection:
        connection.execute("UPDATE pgcustsec_internal.staff SET active = false WHERE login = 'wutong_zhang_min'")
    until(lambda: shown() == 0)


def test_a_subscription_of_the_administrators_writes_as_the_tables_owner_from_16_on(pair: Pair) -> None:
    """On 15 it would write as itself, which may not: so there it stays a superuser's."""

    def errors() -> int:
        with pair.second.connect("crm") as connection:
            query = "SELECT apply_error_count FROM pg_stat_subscription_stats WHERE subname = 'crm_tables'"
            [(count,)] = connection.execute(query.encode()).fetchall()
            return int(count)

    pair.give("dba")
    try:
        before = errors()
        work(pair.broker)
        if pair.second.major >= 16:
            until(lambda: pair.both("crm."))
        else:
            until(lambda: errors() > before)
            assert not pair.both("crm.")
    finally:
        pair.give("postgres")
    until(lambda: pair.both("crm."))


def test_the_vault_follows_by_a_subscription_of_its_own(pair: Pair) -> None:
    """Last here: from now on the second server has true values, which still nobody is shown."""
    pair.subscribe("subscribe vault")
    until(lambda: pair.both("pgcustsec_vault."))
    with pair.second.connect("crm") as connection:
        connection.execute("ALTER SUBSCRIPTION crm_tables DISABLE")
        work(pair.broker)
        until(lambda: pair.both("pgcustsec_vault."))
        assert not pair.both("crm."), "the vault came first, for all its foreign keys"
        connection.execute("ALTER SUBSCRIPTION crm_tables ENABLE")
    until(lambda: pair.both("pgcustsec_vault.") and pair.both("crm."))
    assert seen(pair.second) == seen(pair.broker.server)
    with pair.second.connect("crm", AGENT) as agent, pytest.raises(psycopg.errors.InsufficientPrivilege):
        agent.execute('SELECT * FROM pgcustsec_vault."crm.customer"')
