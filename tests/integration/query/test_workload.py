"""What was run, against the present matrix and a proposed one (5.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from pgcustsec.errors import NotAllowed
from pgcustsec.matrix.load import loads
from pgcustsec.matrix.model import Write
from pgcustsec.query import Checker
from pgcustsec.query.taking import take_statements
from pgcustsec.query.workload import Recorded, Workload, read_log, weigh
from tests.cluster import candidates, start
from tests.integration.clients.world import Broker, built, demo_matrix_text

RUN = (
    Recorded("SELECT customer_id, name, note FROM customer WHERE customer_id = $1", ("sales_agent",), 900),
    Recorded("SELECT mobile FROM customer WHERE customer_id = $1", ("sales_agent",), 40),
    Recorded("UPDATE customer SET note = $1 WHERE customer_id = $2", ("sales_agent",), 12),
    Recorded("SELECT gender, count(*) FROM customer GROUP BY gender", ("data_analyst",), 3),
    Recorded("SELECT customer_id FROM crm.customer", ("sales_agent",), 1),
)
TEXT = demo_matrix_text("w_")


def weighed(text: str | None = None, run: tuple[Recorded, ...] = RUN) -> Workload:
    present = loads(TEXT, "present")
    proposed = Checker(loads(text, "proposed")) if text else None
    return weigh(run, Checker(present), proposed, present)


def replaced(old: str, new: str) -> str:
    assert TEXT.count(old) >= 1
    return TEXT.replace(old, new, 1)


def test_what_is_refused_today_is_told_and_why() -> None:
    found = weighed()
    assert found.statements == 5
    assert [(one.recorded.text, one.how) for one in found.refused] == [
        ("SELECT customer_id FROM crm.customer", "refused")
    ]
    assert "no role may read the table crm.customer itself" in found.refused[0].said[0]
    assert found.changes == ()


def test_a_column_that_leaves_a_roles_view_breaks_what_reads_it() -> None:
    present = loads(TEXT, "present")
    agent = present.roles["sales_agent"]
    access = replace(agent.tables["crm.customer"], tier1="absent", write=Write())
    narrower = replace(agent, tables={**agent.tables, "crm.customer": access})
    proposed = replace(present, roles={**present.roles, "sales_agent": narrower})
    found = weigh(RUN[:2], Checker(present), Checker(proposed), present)
    assert [(one.recorded.calls, one.how) for one in found.changes] == [(40, "breaks")]
    assert found.changes[0].said == ("no column mobile",)


def test_a_tier_that_is_lowered_reveals_more_in_what_is_run() -> None:
    found = weighed(replaced("mobile:         {tier: 1, kind: phone, find: true}", "mobile:         {tier: 2}"))
    assert [(one.recorded.calls, one.how, one.said) for one in found.changes] == [
        (40, "reveals", ("mobile: masked -> revealed (tier 2)",))
    ]


def test_the_same_matrix_changes_nothing() -> None:
    assert weighed(TEXT).changes == ()


def test_rights_that_no_statement_used_are_told_view_by_view() -> None:
    unused = {(one.role, one.view, one.right): one.columns for one in weighed().unused}
    assert unused["sales_agent", "sales_agent.policy", "read"] == (), "nothing of it was read"
    read = unused["sales_agent", "sales_agent.customer", "read"]
    assert "health" in read and not {"name", "note", "mobile"} & set(read)
    assert "note" not in unused["sales_agent", "sales_agent.customer", "update"]
    assert unused["service_agent", "service_agent.customer", "read"] == ()


def test_who_holds_several_roles_meant_the_one_whose_views_are_named() -> None:
    both = (Recorded("SELECT name FROM sales_manager.customer", ("sales_agent", "sales_manager")),)
    assert weighed(run=both).refused == ()


def test_a_log_gives_its_statements_whichever_of_two_formats_it_has() -> None:
    lines = (
        '2026-11-30 00:00:00 UTC,"w_li","crm",1,"[local]",x.1,1,"SELECT",2026-11-30,3/1,0,LOG,00000,'
        '"statement: SELECT name\nFROM customer",,,,,,,,,"psql","client backend",,0\n'
        '2026-11-30 00:00:00 UTC,"w_li","crm",1,"[local]",x.1,1,"SELECT",2026-11-30,3/1,0,LOG,00000,'
        '"duration: 0.1 ms  execute <unnamed>: SELECT 1",,,,,,,,,"psql","client backend",,0\n'
        '2026-11-30 00:00:00 UTC,"w_li","crm",1,"[local]",x.1,1,"",2026-11-30,3/1,0,LOG,00000,'
        '"connection authorized: user=w_li",,,,,,,,,"psql","client backend",,0\n'
    )
    assert list(read_log(lines)) == [("w_li", "SELECT name\nFROM customer"), ("w_li", "SELECT 1")]
    json_lines = '{"user": "w_li", "message": "statement: SELECT 2"}\n{"message": "checkpoint starting"}\nno json\n'
    assert list(read_log(json_lines)) == [("w_li", "SELECT 2")]


@pytest.fixture(scope="module", params=candidates(), ids=lambda one: one.name)
def counting(request: pytest.FixtureRequest) -> Iterator[Broker]:
    server = start(request.param, shared_preload_libraries="pg_stat_statements")
    try:
        with built(server) as broker:
            yield broker
    finally:
        server.stop()


def test_what_pg_stat_statements_counted_is_taken_of_those_who_hold_roles(counting: Broker) -> None:
    with counting.connect() as connection, pytest.raises(NotAllowed, match="no pg_stat_statements"):
        take_statements(connection, counting.matrix)
    counting.execute("CREATE SCHEMA stats", "CREATE EXTENSION pg_stat_statements SCHEMA stats")
    counting.read("li", "SELECT name FROM customer WHERE customer_id = 1")
    counting.read("li", "SELECT name FROM customer WHERE customer_id = 3")
    counting.execute("SELECT 'somebody else'")
    with counting.connect() as connection:
        found = take_statements(connection, counting.matrix)
    [read] = [one for one in found if "FROM customer" in one.text]
    assert (read.roles, read.calls) == (("sales_agent",), 2)
    assert "customer_id = $1" in read.text
    assert not any("somebody else" in one.text for one in found)
    for more in ("SELECT 1", f"GRANT USAGE ON SCHEMA stats TO {counting.admin}"):
        counting.execute(more)
        with (
            counting.connect(counting.admin) as connection,
            pytest.raises(NotAllowed, match="not shown to this login"),
        ):
            take_statements(connection, counting.matrix)
    counting.execute(f"GRANT pg_read_all_stats TO {counting.admin}")
    with counting.connect(counting.admin) as connection:
        assert read.text in [one.text for one in take_statements(connection, counting.matrix)]
