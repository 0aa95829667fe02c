# ruff: noqa: E501 - a statement of SQL reads best on its line
"""INSERT through a view: what the table keeps, what the vault keeps, what comes back (3.1, 5.2.1, 5.3)."""

from __future__ import annotations

import pytest

from tests.integration.writes.world import Broker, refusal, words

MOBILE, ID_CARD, NAME = "13711112222", "110101199003070435", "张三丰"
INSERT = (
    "INSERT INTO agent.customer (owner_staff_id, branch_code, name, company, mobile, id_card, photo, health, family, tags,"
    " mood, birth_date, score, visits) VALUES ('S1', 'BJ', %s, '东风贸易行', %s, %s, '\\x00ff', 'well', '{\"a\": [1]}',"
    " '{x,NULL}', 'bad', '1990-03-07', 7.5, 4) RETURNING *"
)


def test_the_vault_has_the_true_values_and_the_table_their_masks(broker: Broker) -> None:
    broker.person("li").execute(INSERT, [NAME, MOBILE, ID_CARD])
    base = broker.row("SELECT name, company, mobile, id_card, photo FROM crm.customer WHERE customer_id = 6")
    assert base == ("张**", "东**", "137****2222", "11****************", None)
    kept = broker.row(
        'SELECT name, company, mobile, id_card, photo FROM pgcustsec_vault."crm.customer" WHERE customer_id = 6'
    )
    assert kept == (NAME, "东风贸易行", MOBILE, ID_CARD, b"\x00\xff")
    broker.assert_in_step()


def test_what_comes_back_is_what_the_view_then_shows(broker: Broker) -> None:
    with broker.person("li") as li:
        returned = li.execute(INSERT, [NAME, MOBILE, ID_CARD]).fetchall()
        assert returned == li.execute("SELECT * FROM agent.customer WHERE customer_id = 6").fetchall()


def test_a_row_put_into_the_pool_comes_back_as_hidden_as_it_is_from_then_on(broker: Broker) -> None:
    with broker.person("li") as li:
        returned = li.execute(
            "INSERT INTO agent.customer (branch_code, name, health) VALUES ('SH', '张三', 'well') RETURNING *"
        ).fetchall()
        assert returned == li.execute("SELECT * FROM agent.customer WHERE customer_id = 6").fetchall()
        assert li.execute("SELECT name, health FROM agent.customer WHERE customer_id = 6").fetchone() == (None, None)
    assert broker.row("SELECT name, health FROM crm.customer WHERE customer_id = 6") == ("张*", "well")


def test_who_sees_no_tier_2_may_still_write_it_down(broker: Broker) -> None:
    with broker.person("sun") as sun:
        returned = sun.execute(
            "INSERT INTO clerk.customer (branch_code, name, mobile, health) VALUES ('BJ', '张三', %s, 'well') RETURNING *",
            [MOBILE],
        ).fetchall()
        assert returned == sun.execute("SELECT * FROM clerk.customer WHERE customer_id = 6").fetchall()
    assert broker.row("SELECT name, mobile, health FROM crm.customer WHERE customer_id = 6") == (
        "张*",
        "137****2222",
        "well",
    )
    broker.assert_in_step()


def test_defaults_are_the_tables_own(broker: Broker) -> None:
    with broker.person("li") as li:
        made = li.execute(
            "INSERT INTO agent.customer (owner_staff_id) VALUES ('S1') RETURNING status, visits, twice, made_on"
        )
        [row] = made.fetchall()
    assert row[:3] == ("prospect", 0, 0)
    assert row[3] is not None
    assert broker.row("SELECT internal FROM crm.customer WHERE customer_id = 6") == ("house",)


def test_a_default_that_a_role_may_not_write_is_the_tables_all_the_same(broker: Broker) -> None:
    with broker.person("sun") as sun:
        [row] = sun.execute(
            "INSERT INTO clerk.customer (branch_code) VALUES ('BJ') RETURNING visits, made_on"
        ).fetchall()
    assert row[0] == 0
    assert row[1] is not None


def test_null_where_a_default_would_stand_is_null(broker: Broker) -> None:
    with broker.person("li") as li:
        [row] = li.execute(
            "INSERT INTO agent.customer (owner_staff_id, made_on) VALUES ('S1', NULL) RETURNING made_on"
        ).fetchall()
    assert row == (None,)


def test_each_kind_of_key_is_made(broker: Broker) -> None:
    with broker.person("li") as li:
        policy = li.execute("INSERT INTO agent.policy (customer_id) VALUES (1), (1) RETURNING policy_id").fetchall()
        claim = li.execute(
            "INSERT INTO agent.claim (policy_id, plate) VALUES (1, '京B54321') RETURNING claim_id"
        ).fetchall()
        visit = li.execute(
            "INSERT INTO agent.visit (visit_id, customer_id, seen_on, phone) VALUES (9, 1, '2026-01-01', %s)"
            " RETURNING visit_id, seen_on::text",
            [MOBILE],
        ).fetchall()
        code = li.execute(
            "INSERT INTO agent.code (customer_id, phone) VALUES (1, %s) RETURNING code", [MOBILE]
        ).fetchall()
    assert policy == [(4,), (5,)]
    assert broker.row('SELECT plate FROM pgcustsec_vault."crm.claim" WHERE claim_id = %s', claim[0][0]) == ("京B54321",)
    assert visit == [(9, "2026-01-01")]
    assert code == [("C2",)], "the default, and not the bare number of its sequence"
    broker.assert_in_step()


def test_a_key_given_by_hand_is_kept_where_the_table_takes_one(broker: Broker) -> None:
    with broker.person("li") as li:
        assert li.execute(
            "INSERT INTO agent.policy (policy_id, customer_id) VALUES (77, 1) RETURNING policy_id"
        ).fetchall() == [(77,)]
        assert (
            refusal(li, "INSERT INTO agent.customer (customer_id, owner_staff_id) VALUES (77, 'S1')").sqlstate
            == "CS406"
        )
        assert refusal(li, "INSERT INTO agent.customer (twice, owner_staff_id) VALUES (7, 'S1')").sqlstate == "CS406"


def test_who_sees_tier_2_everywhere_gets_it_back(broker: Broker) -> None:
    with broker.person("chen") as chen:
        [row] = chen.execute(
            "INSERT INTO keeper.customer (owner_staff_id, name, mobile, health, id_card) VALUES ('S4', '张三', %s, 'h', %s)"
            " RETURNING name, mobile, health, id_card",
            [MOBILE, ID_CARD],
        ).fetchall()
        assert row == ("张*", "***", "h", "***" + " " * 15)
        shown = chen.execute(
            "SELECT name, mobile, health, id_card FROM keeper.customer WHERE customer_id = 6"
        ).fetchall()
        assert shown == [row]
    broker.assert_in_step()


@pytest.mark.parametrize(
    "column, value, state",
    [
        ("mobile", "138****5678", "CS401"),
        ("mobile", "***", "CS401"),
        ("mobile", "12", "CS405"),
        ("mobile", "", "CS405"),
        ("mobile", "138＊＊＊＊5678", "CS405"),
        ("mobile", "1381234\u200b5678", "CS405"),
        ("name", "张*", "CS401"),
        ("name", "张＊", "CS405"),
        ("name", " ", "CS405"),
        ("name", "张\u202e三", "CS405"),
        ("id_card", "11****************", "CS401"),
        ("id_card", "q!", "CS405"),
        ("company", "***", "CS401"),
    ],
)
def test_a_mask_is_no_true_value_and_neither_is_what_has_no_shape(
    broker: Broker, column: str, value: str, state: str
) -> None:
    with broker.person("li") as li:
        error = refusal(li, f"INSERT INTO agent.customer (owner_staff_id, {column}) VALUES ('S1', %s)", [value])
    assert error.sqlstate == state
    assert f"crm.customer.{column}" in words(error)
    assert not value.strip() or value not in words(error)
    assert broker.row("SELECT count(*) FROM crm.customer") == (5,)


def test_a_row_is_made_within_ones_scope_only(broker: Broker) -> None:
    with broker.person("li") as li:
        for statement in (
            "INSERT INTO agent.customer (owner_staff_id, name) VALUES ('S2', '张三')",
            "INSERT INTO agent.policy (customer_id, account) VALUES (2, '6222021234567890')",
            "INSERT INTO agent.claim (policy_id, plate) VALUES (2, '京B54321')",
            "INSERT INTO agent.visit (visit_id, customer_id, seen_on) VALUES (9, 2, '2026-01-01')",
        ):
            assert refusal(li, statement).sqlstate == "42501", statement
    broker.assert_in_step()


def test_each_inserted_record_is_in_the_history_without_its_values(broker: Broker) -> None:
    with broker.person("li") as li:
        li.execute(INSERT, [NAME, MOBILE, ID_CARD])
        li.execute("INSERT INTO agent.visit (visit_id, customer_id, seen_on) VALUES (9, 1, '2026-01-01')")
    assert broker.history() == [("made", "6", None, None, None)]
    assert broker.history("crm.visit") == [("made", '[9, "2026-01-01"]', None, None, None)]
