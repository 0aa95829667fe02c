# ruff: noqa: E501 - a statement of SQL reads best on its line
"""Who changed what, when and why: kept with every write, and only ever added to (3.1, 5.2.4)."""

from __future__ import annotations

import pytest

from tests.integration.writes.world import Broker, refusal

NAMES = ("王小明", "诸葛亮", "13812345678", "110101199003070019", "红星机械厂")


def test_a_change_tells_who_when_how_and_why(broker: Broker) -> None:
    with broker.person("li", application_name="crm-web") as li:
        li.execute("SET pgcustsec.change_reason = '客户来电更正'")
        [(begin,)] = li.execute("SELECT clock_timestamp()").fetchall()
        li.execute("UPDATE agent.customer SET health = 'well' WHERE customer_id = 1")
        [(end,)] = li.execute("SELECT clock_timestamp()").fetchall()
    row = broker.row(
        "SELECT relation, record_key, operation, column_name::text, old_value, new_value, staff_id, login::text,"
        " application_name, reason, old_blind, new_blind FROM pgcustsec_internal.change"
    )
    assert row == (
        "crm.customer", "1", "changed", "health", "asthma", "well", "S1", broker.login("li"), "crm-web", "客户来电更正",
        None, None,
    )  # fmt: skip
    [(when,)] = broker.rows("SELECT changed_at FROM pgcustsec_internal.change")
    assert begin <= when <= end


def test_a_name_is_told_by_its_masks_and_blind_indexes(broker: Broker) -> None:
    with broker.person("li") as li:
        li.execute("UPDATE agent.customer SET name = '诸葛亮' WHERE customer_id = 1")
        li.execute("UPDATE agent.customer SET name = '诸葛明' WHERE customer_id = 1")
        li.execute("UPDATE agent.customer SET company = '诸葛亮' WHERE customer_id = 1")
    assert broker.history()[0] == ("changed", "1", "name", "王**", "诸葛*")
    blinds = broker.rows("SELECT old_blind, new_blind, key_id FROM pgcustsec_internal.change ORDER BY change_id")
    assert blinds[0][1] == blinds[1][0] == blinds[2][1]
    assert len({blinds[0][0], blinds[0][1], blinds[1][1]}) == 3
    assert all(len(one) == 32 for row in blinds for one in row[:2])
    assert {row[2] for row in blinds} == {1}
    assert not _told(broker)


def _told(broker: Broker) -> set[str]:
    text = str(broker.rows("SELECT c::text FROM pgcustsec_internal.change AS c"))
    hexed = {name: name.encode().hex() for name in NAMES}
    return {name for name in NAMES if name in text or hexed[name] in text}


def test_no_true_value_of_tier_1_and_no_name_is_in_it_whatever_is_written(broker: Broker) -> None:
    with broker.person("li") as li:
        li.execute(
            "INSERT INTO agent.customer (owner_staff_id, name, mobile, id_card) VALUES ('S1', '诸葛亮', '13812345678',"
            " '110101199003070435')"
        )
        li.execute("UPDATE agent.customer SET name = '王小明', status = 'x' WHERE name = '诸葛*'")
        with li.transaction():
            li.execute("SET LOCAL pgcustsec.clear = 'name'")
            li.execute("UPDATE agent.customer SET name = NULL WHERE customer_id = 6")
        li.execute("DELETE FROM agent.customer WHERE customer_id = 6")
    assert [change[0] for change in broker.history()] == ["made", "changed", "changed", "removed"]
    assert broker.history()[2][2:] == ("name", "王**", None)
    assert not _told(broker)


def test_tier_3_leaves_no_trace(broker: Broker) -> None:
    with broker.person("li") as li:
        li.execute("UPDATE agent.customer SET status = 'x', visits = 7, score = 1 WHERE customer_id = 1")
    assert broker.history() == []


def test_each_changed_column_is_one_row_of_it(broker: Broker) -> None:
    with broker.person("li") as li:
        li.execute(
            "UPDATE agent.customer SET name = '张三', health = 'x', family = '[1, 2]', tags = '{\"a b\",NULL}', mood = 'bad',"
            " birth_date = '1990-12-01' WHERE customer_id = 1"
        )
    assert sorted((c[2], c[3], c[4]) for c in broker.history()) == [
        ("birth_date", "1990-03-07", "1990-12-01"),
        ("family", '{"children": 2}', "[1, 2]"),
        ("health", "asthma", "x"),
        ("mood", "good", "bad"),
        ("name", "王**", "张*"),
        ("tags", "{a,b}", '{"a b",NULL}'),
    ]


@pytest.mark.parametrize("style", ["German, DMY", "SQL, MDY", "Postgres, DMY"])
def test_a_date_is_kept_in_one_form_however_the_client_writes_dates(broker: Broker, style: str) -> None:
    """12.07.1990 could be July or December: hardening 12."""
    with broker.person("li") as li:
        li.execute(f"SET DateStyle = '{style}'".encode())
        li.execute("SET TimeZone = 'America/New_York'")
        li.execute("UPDATE agent.customer SET birth_date = DATE '1990-12-07' WHERE customer_id = 1")
        li.execute("UPDATE agent.visit SET remark = 'x' WHERE visit_id = 1")
    assert broker.history()[0][3:] == ("1990-03-07", "1990-12-07")
    assert broker.history("crm.visit")[0][1] == '[1, "2025-05-05"]'


def test_without_a_reason_there_is_none(broker: Broker) -> None:
    with broker.person("li") as li:
        with li.transaction():
            li.execute("SET LOCAL pgcustsec.change_reason = 'moved'")
            li.execute("UPDATE agent.customer SET health = 'a' WHERE customer_id = 1")
        li.execute("UPDATE agent.customer SET health = 'b' WHERE customer_id = 1")
    reasons = broker.rows("SELECT reason FROM pgcustsec_internal.change ORDER BY change_id")
    assert reasons == [("moved",), (None,)]


def test_a_write_that_is_taken_back_takes_its_history_back(broker: Broker) -> None:
    with broker.person("li") as li:
        with li.transaction(force_rollback=True):
            li.execute("UPDATE agent.customer SET health = 'a' WHERE customer_id = 1")
        refusal(li, "UPDATE agent.customer SET health = 'a', visits = -1 WHERE customer_id = 1")
    assert broker.history() == []


@pytest.mark.parametrize("role", ["postgres", "pgcustsec_owner"])
@pytest.mark.parametrize("mode", ["origin", "replica", "local"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE pgcustsec_internal.change SET reason = 'x'",
        "DELETE FROM pgcustsec_internal.change",
        "TRUNCATE pgcustsec_internal.change CASCADE",
        "UPDATE pgcustsec_internal.change SET staff_id = 'x', reason = NULL",
        "MERGE INTO pgcustsec_internal.change AS c USING (SELECT 1) AS s ON true WHEN MATCHED THEN DELETE",
        "INSERT INTO pgcustsec_internal.change (change_id, relation, record_key, operation) OVERRIDING SYSTEM VALUE"
        " VALUES (1, 'a', 'b', 'made') ON CONFLICT (change_id) DO UPDATE SET reason = 'x'",
    ],
)
def test_what_is_written_there_stays(broker: Broker, role: str, mode: str, statement: str) -> None:
    with broker.person("li") as li:
        li.execute("UPDATE agent.customer SET health = 'a' WHERE customer_id = 1")
    with broker.connect() as connection:
        connection.execute(f"SET session_replication_role = {mode}".encode())
        connection.execute(f"SET ROLE {role}".encode())
        assert refusal(connection, statement).sqlstate == "CS604"
    assert len(broker.history()) == 1
