"""Who may write what: commands by grant, columns by trigger (5.3)."""

from __future__ import annotations

import pytest

from tests.integration.writes.world import Broker, refusal, words


@pytest.mark.parametrize(
    "login, statement",
    [
        ("sun", "DELETE FROM clerk.customer"),
        ("qian", "INSERT INTO reviser.customer (branch_code) VALUES ('BJ')"),
        ("qian", "DELETE FROM reviser.customer"),
        ("rita", "INSERT INTO reader.customer (status) VALUES ('x')"),
        ("rita", "UPDATE reader.customer SET status = 'x'"),
        ("rita", "DELETE FROM reader.visit"),
        ("rita", "UPDATE agent.customer SET status = 'x'"),
        ("li", "UPDATE crm.customer SET status = 'x'"),
        ("li", "INSERT INTO crm.customer (status) VALUES ('x')"),
        ("li", "DELETE FROM crm.customer"),
        ("li", "INSERT INTO crm.visit_2025 (visit_id, customer_id, seen_on) VALUES (8, 1, '2025-01-01')"),
        ("li", "SELECT nextval('crm.policy_policy_id_seq')"),
    ],
)
def test_a_command_that_the_matrix_does_not_give_is_refused(broker: Broker, login: str, statement: str) -> None:
    with broker.person(login) as connection:
        assert refusal(connection, statement).sqlstate == "42501"


@pytest.mark.parametrize(
    "login, statement, state",
    [
        ("qian", "INSERT INTO reviser.policy (customer_id) VALUES (5)", "55000"),
        ("li", "TRUNCATE agent.customer", "42809"),
    ],
)
def test_what_a_view_cannot_take_is_refused_before_rights_are_asked(
    broker: Broker, login: str, statement: str, state: str
) -> None:
    with broker.person(login) as connection:
        assert refusal(connection, statement).sqlstate == state


@pytest.mark.parametrize(
    "login, statement, column",
    [
        ("sun", "INSERT INTO clerk.customer (branch_code, visits) VALUES ('BJ', 3)", "visits"),
        ("sun", "INSERT INTO clerk.customer (branch_code, company) VALUES ('BJ', '东风行')", "company"),
        ("sun", "INSERT INTO clerk.customer (branch_code, owner_staff_id) VALUES ('BJ', 'S1')", "owner_staff_id"),
        ("sun", "UPDATE clerk.customer SET branch_code = 'SH' WHERE customer_id = 1", "branch_code"),
        ("sun", "UPDATE clerk.customer SET id_card = '110101199003070435' WHERE customer_id = 1", "id_card"),
        ("qian", "UPDATE reviser.customer SET status = 'x' WHERE customer_id = 5", "status"),
        ("qian", "UPDATE reviser.customer SET company = '东风行' WHERE customer_id = 5", "company"),
        ("qian", "UPDATE reviser.customer SET company = '东风行' WHERE customer_id = 1", "company"),
        ("li", "UPDATE agent.customer SET customer_id = 77 WHERE customer_id = 1", "customer_id"),
        ("li", "UPDATE agent.customer SET twice = 77 WHERE customer_id = 1", "twice"),
        ("li", "UPDATE agent.policy SET customer_id = 3 WHERE customer_id = 1", "customer_id"),
    ],
)
def test_a_column_that_the_role_may_not_write_is_refused(
    broker: Broker, login: str, statement: str, column: str
) -> None:
    before = broker.rows("SELECT c FROM crm.customer AS c ORDER BY customer_id")
    with broker.person(login) as connection:
        error = refusal(connection, statement)
    assert error.sqlstate == "CS406"
    assert f".{column}" in words(error)
    assert broker.rows("SELECT c FROM crm.customer AS c ORDER BY customer_id") == before


def test_a_column_of_no_right_may_be_written_back_as_it_was_read(broker: Broker) -> None:
    with broker.person("qian") as qian:
        done = qian.execute(
            "UPDATE reviser.customer SET status = status, company = company, id_card = id_card, photo = photo,"
            " customer_id = customer_id, twice = twice, health = 'x' WHERE branch_code = 'BJ' AND health IS NOT NULL"
        )
        assert done.rowcount == 1
    assert broker.row("SELECT health FROM crm.customer WHERE customer_id = 5") == ("x",)
    broker.assert_in_step()


def test_a_column_unknown_to_the_matrix_is_in_no_view(broker: Broker) -> None:
    with broker.person("li") as li:
        assert refusal(li, "UPDATE agent.customer SET internal = 'x'").sqlstate == "42703"
        assert refusal(li, "INSERT INTO agent.customer (internal) VALUES ('x')").sqlstate == "42703"


def test_a_column_that_the_table_fills_by_itself_is_no_hindrance_where_the_matrix_names_it(broker: Broker) -> None:
    """Keepers may update "every column", the identity and the generated one among them."""
    with broker.person("chen") as chen:
        assert chen.execute("UPDATE keeper.customer SET visits = 8 WHERE customer_id = 4").rowcount == 1
        assert refusal(chen, "UPDATE keeper.customer SET twice = 8 WHERE customer_id = 4").sqlstate == "CS406"
        assert refusal(chen, "UPDATE keeper.customer SET customer_id = 8 WHERE customer_id = 4").sqlstate == "CS406"
    assert broker.row("SELECT visits, twice FROM crm.customer WHERE customer_id = 4") == (8, 16)


@pytest.mark.parametrize("end", ["active = false", "login = NULL"])
def test_who_has_left_writes_nothing(broker: Broker, end: str) -> None:
    with broker.person("li") as li:
        broker.execute(f"UPDATE pgcustsec_internal.staff SET {end} WHERE staff_id = 'S1'")
        assert li.execute("UPDATE agent.customer SET status = 'x'").rowcount == 0
        assert refusal(li, "INSERT INTO agent.customer (owner_staff_id) VALUES ('S1')").sqlstate == "42501"


def test_who_holds_the_login_but_not_the_role_writes_nothing(broker: Broker) -> None:
    broker.execute("DELETE FROM pgcustsec_internal.staff_role WHERE staff_id = 'S1'")
    with broker.person("li") as li:
        assert li.execute("UPDATE agent.customer SET status = 'x'").rowcount == 0
        assert li.execute("DELETE FROM agent.visit").rowcount == 0
        assert refusal(li, "INSERT INTO agent.customer (owner_staff_id) VALUES ('S1')").sqlstate == "42501"
