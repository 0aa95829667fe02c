# ruff: noqa: E501 - a statement of SQL reads best on its line
"""Every statement that writes: either it is refused or table, vault and history agree afterwards (3.1, 5.2.1)."""

from __future__ import annotations

import psycopg
import pytest

from tests.integration.writes.world import Broker, refusal

VISIT = "INSERT INTO agent.visit (visit_id, customer_id, seen_on, phone) "


def test_copy_into_a_view_writes_ten_thousand_rows(broker: Broker) -> None:
    with broker.person("li") as li:
        with li.cursor().copy("COPY agent.customer (owner_staff_id, name, mobile, health) FROM STDIN") as copy:
            for i in range(10_000):
                copy.write_row(["S1", "张三丰", str(13_700_000_000 + i), None if i % 2 else "x"])
        assert li.execute("SELECT count(*) FROM agent.customer").fetchall() == [(10_002,)]
    kept = broker.row(
        'SELECT count(DISTINCT mobile), min(mobile), max(mobile) FROM pgcustsec_vault."crm.customer" WHERE customer_id > 5'
    )
    assert kept == (10_000, "13700000000", "13700009999")
    assert len(broker.history()) == 10_000
    broker.assert_in_step()


def test_one_bad_line_stops_a_copy_whole(broker: Broker) -> None:
    with broker.person("li") as li:
        copied = li.cursor().copy("COPY agent.customer (owner_staff_id, mobile) FROM STDIN")
        with pytest.raises(psycopg.Error, match="has not the shape") as caught, copied as copy:
            copy.write_row(["S1", "13711112222"])
            copy.write_row(["S1", "13711112"])
    assert "13711112" not in (caught.value.diag.message_primary or "")
    assert broker.history() == []
    broker.assert_in_step()


@pytest.mark.parametrize(
    "statement, rows",
    [
        ("UPDATE agent.customer AS c SET health = p.product FROM agent.policy AS p WHERE p.customer_id = c.customer_id", 2),
        (
            "WITH made AS (INSERT INTO agent.policy (customer_id, account) VALUES (1, '6222021234567891') RETURNING"
            " policy_id) INSERT INTO agent.claim (policy_id, plate) SELECT policy_id, '京B54321' FROM made",
            1,
        ),
        (
            "WITH gone AS (DELETE FROM agent.claim RETURNING policy_id, diagnosis) INSERT INTO agent.claim (policy_id,"
            " diagnosis, plate) SELECT policy_id, diagnosis, '京C11111' FROM gone",
            1,
        ),
        (VISIT + "SELECT 100 + i, 1, date '2025-12-30' + i, '1371111222' || i FROM generate_series(0, 5) AS i", 6),
        ("WITH u AS (UPDATE agent.visit SET remark = 'y' WHERE customer_id = 1 RETURNING *) UPDATE agent.customer AS c"
         " SET health = u.remark FROM u WHERE c.customer_id = u.customer_id", 1),
        ("DELETE FROM agent.claim USING agent.policy AS p WHERE p.policy_id = claim.policy_id", 1),
        ("UPDATE agent.visit SET seen_on = seen_on + 366 WHERE customer_id = 1", 1),
        ("INSERT INTO agent.code SELECT 'N' || code, customer_id, expires_on FROM agent.code", 1),
    ],
)  # fmt: skip
def test_a_statement_over_several_tables_leaves_all_in_step(broker: Broker, statement: str, rows: int) -> None:
    with broker.person("li") as li:
        assert li.execute(statement.encode()).rowcount == rows
    broker.assert_in_step()


def test_a_row_copied_from_its_view_brings_no_stars_along(broker: Broker) -> None:
    with broker.person("li") as li:
        error = refusal(
            li, "INSERT INTO agent.visit SELECT visit_id + 90, customer_id, seen_on, remark, phone FROM agent.visit"
        )
    assert error.sqlstate == "CS401"
    broker.assert_in_step()


def test_on_conflict_is_refused_or_does_as_an_insert_does(broker: Broker) -> None:
    """A view has no unique index: without a target the insert goes on and meets the table's key itself."""
    with broker.person("li") as li:
        new, taken = (
            VISIT + "VALUES (50, 1, '2026-01-01', '13711112222') ",
            VISIT + "VALUES (1, 1, '2025-05-05', NULL) ",
        )
        assert li.execute((new + "ON CONFLICT DO NOTHING").encode()).rowcount == 1
        assert refusal(li, taken + "ON CONFLICT DO NOTHING").sqlstate == "23505"
        for action in ("DO NOTHING", "DO UPDATE SET remark = 'x'", "DO UPDATE SET phone = EXCLUDED.phone"):
            assert refusal(li, taken + f"ON CONFLICT (visit_id, seen_on) {action}").sqlstate == "42P10"
    assert broker.row("SELECT remark, phone FROM crm.visit WHERE visit_id = 1") == ("friendly", "138****5678")
    broker.assert_in_step()


MERGE = (
    "MERGE INTO agent.visit AS v USING (VALUES (1, date '2025-05-05', 'met'), (60, date '2026-01-02', 'new')) AS s (i, d, r)"
    " ON v.visit_id = s.i AND v.seen_on = s.d WHEN MATCHED THEN UPDATE SET remark = s.r"
    " WHEN NOT MATCHED THEN INSERT (visit_id, customer_id, seen_on, remark, phone) VALUES (s.i, 1, s.d, s.r, '13711112222')"
)


def test_merge_is_refused_before_17_and_leaves_all_in_step_after(broker: Broker) -> None:
    with broker.person("li") as li:
        if broker.database.server.major < 17:
            assert refusal(li, MERGE).sqlstate in ("0A000", "42809")
        else:
            assert li.execute(MERGE.encode()).rowcount == 2
            assert [change[:3] for change in broker.history("crm.visit")] == [
                ("changed", '[1, "2025-05-05"]', "remark"),
                ("made", '[60, "2026-01-02"]', None),
            ]
            gone = (
                "MERGE INTO agent.visit AS v USING (SELECT 60 AS i) AS s ON v.visit_id = s.i WHEN MATCHED THEN DELETE"
            )
            assert li.execute(gone.encode()).rowcount == 1
            masked = MERGE.replace("'13711112222'", "'138****5678'").replace("60", "61")
            assert refusal(li, masked).sqlstate == "CS401"
    broker.assert_in_step()


def test_merge_does_not_reach_rows_out_of_scope(broker: Broker) -> None:
    if broker.database.server.major < 17:
        pytest.skip("MERGE into a view begins with 17")
    with broker.person("li") as li:
        taken = MERGE.replace("(1, date '2025-05-05', 'met')", "(2, date '2026-05-05', 'met')")
        assert refusal(li, taken).sqlstate == "23505"
    assert broker.row("SELECT remark FROM crm.visit WHERE visit_id = 2") == ("busy",)


def test_a_savepoint_taken_back_takes_the_vault_back(broker: Broker) -> None:
    with broker.person("li") as li, li.transaction():
        li.execute(VISIT + "VALUES (70, 1, '2026-01-01', '13711112222')")
        with li.transaction(force_rollback=True):
            li.execute("UPDATE agent.customer SET name = '张三' WHERE customer_id = 1")
            li.execute("DELETE FROM agent.visit WHERE visit_id = 70")
    assert broker.row('SELECT phone FROM pgcustsec_vault."crm.visit" WHERE visit_id = 70') == ("13711112222",)
    assert broker.row('SELECT name FROM pgcustsec_vault."crm.customer" WHERE customer_id = 1') == ("王小明",)
    broker.assert_in_step()


def test_the_plan_is_empty_after_all_of_it(broker: Broker) -> None:
    from pgcustsec.migrate import plan_matrix

    with broker.connect() as connection:
        planned = plan_matrix(connection, broker.matrix).statements
    # A copy of a database is without its logins' settings.
    assert {statement.object.split()[0] for statement in planned} <= {"setting"}
