"""Putting right what a suspension is for, and who comes and goes meanwhile (4.2, 5.1)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pgcustsec.people import add_staff
from tests.integration.clients.world import Broker
from tests.integration.extracts.approved import approved
from tests.integration.supervision.office import (
    STANDING,
    apply,
    login,
    looks,
    rectify,
    refusal,
    reinstate,
    shell,
    shows,
    suspend,
    value,
    why,
    work,
)


def test_it_is_lifted_after_rectification_by_another_supervisor_alone(broker: Broker) -> None:
    accept, put_right = "SELECT pgcustsec.reinstate(%s, %s)", "SELECT pgcustsec.rectify(%s, %s)"
    number = suspend(broker, "person", "S1")
    with (
        login(broker, "luo") as luo,
        login(broker, "qin") as qin,
        login(broker, "li") as li,
        login(broker, "han") as han,
    ):
        assert refusal(luo, accept, number, "fine") == "CS602"
        assert refusal(li, put_right, number, " ") == "CS206"
        with login(broker, "wang") as wang:
            assert refusal(wang, put_right, number, "not mine") == "CS208"
        li.execute(put_right, [number, "copies shredded"])
        assert refusal(li, accept, number, "fine") == "42501"
        assert refusal(qin, accept, number, "fine") == "CS603", "who suspended"
        han.execute(put_right, [number, "training held"])
        assert refusal(han, accept, number, "fine") == "CS603", "who rectified"
        for comment in ("", " ", None):
            assert refusal(luo, accept, number, comment) == "CS206"
        assert shows(li) == "nothing", "nothing is lifted by what was refused"
        luo.execute(accept, [number, "fine"])
        assert shows(li) == "tier 3"
        for statement in (put_right, accept):
            assert refusal(luo, statement, number, "again") == refusal(luo, statement, 10**9, "x") == "CS208"


def test_a_supervisor_whom_it_concerns_does_not_lift_it(broker: Broker) -> None:
    """luo supervises as legal officer, and is an agent besides."""
    broker.execute("INSERT INTO pgcustsec_internal.staff_role VALUES ('L1', 'sales_agent')")
    number = suspend(broker, "role", "sales_agent")
    rectify(broker, number, by="li")
    with login(broker, "luo") as luo:
        assert refusal(luo, "SELECT pgcustsec.reinstate(%s, 'fine')", number) == "CS603"
    reinstate(broker, number, by="han")


def test_after_reinstatement_everything_is_as_it_was(broker: Broker) -> None:
    with broker.person("li") as li:
        request = approved(broker, li, "mobile", keys=["1"])
        before = broker.rows(STANDING)
        for kind, code in (("person", "S1"), ("role", "sales_agent"), ("department", "sales")):
            number = suspend(broker, kind, code)
            assert broker.rows(STANDING) != before
            rectify(broker, number, by="li")
            reinstate(broker, number)
            assert broker.rows(STANDING) == before
        work(li)
        assert shows(li) == "tier 2" and why(li) == ("", "")
        li.execute("SELECT pgcustsec.open_full(%s, '1')", [request])
        assert value(li, "SELECT mobile FROM customer WHERE customer_id = 1") == "13812345678"


def test_sessions_are_started_anew_as_the_command_says(broker: Broker) -> None:
    with broker.person("li") as li:
        li.execute("SELECT pgcustsec.open_record('customer', '1', 'call')")
        number = suspend(broker, "person", "S1")
        rectify(broker, number, by="li")
        assert "sessions are started anew" in shell(broker, "luo", "reinstate", str(number), "--comment", "fine").out
        assert shows(li) == "tier 3"


def test_of_two_suspensions_one_that_is_lifted_leaves_the_other(broker: Broker) -> None:
    for first, second in (
        (("person", "S1"), ("department", "sales")),
        (("department", "sales"), ("role", "sales_agent")),
    ):
        numbers = [suspend(broker, *first), suspend(broker, *second)]
        with login(broker, "li") as li:
            for number in numbers:
                rectify(broker, number, by="li")
            reinstate(broker, numbers[0])
            assert shows(li) == "nothing"
            assert f"suspension {numbers[1]} " in why(li)[0]
            reinstate(broker, numbers[1])
            assert shows(li) == "tier 3"


# --- people who come and go -------------------------------------------------------------------------------------------


def test_who_is_new_in_a_suspended_department_sees_nothing(broker: Broker) -> None:
    suspend(broker, "department", "sales")
    with broker.connect(broker.admin) as administrator:
        add_staff(administrator, "S3", name="新", department="sales", branch="BJ", roles=["sales_agent"])
    broker.execute(
        "UPDATE pgcustsec_internal.staff SET login = NULL WHERE staff_id = 'S2'",
        f"UPDATE pgcustsec_internal.staff SET login = '{broker.login('wang')}' WHERE staff_id = 'S3'",
    )
    with login(broker, "wang") as new:
        assert value(new, "SELECT count(*) FROM customer") == 0
        assert "department sales is suspended" in why(new)[0]


def test_who_moves_takes_the_suspension_of_a_department_with_its_roles_and_leaves_it_with_both(broker: Broker) -> None:
    count = "SELECT count(*) FROM service_agent.customer"
    suspend(broker, "department", "sales")
    with login(broker, "chen") as chen:
        assert value(chen, count) == 4
        broker.execute("UPDATE pgcustsec_internal.staff SET department_code = 'sales' WHERE staff_id = 'C1'")
        assert value(chen, count) == 0, "into it"
        broker.execute("UPDATE pgcustsec_internal.staff SET department_code = 'customer_service' WHERE staff_id = 'C1'")
        assert value(chen, count) == 4, "and out of it"
    with login(broker, "li") as li:
        broker.execute("UPDATE pgcustsec_internal.staff SET department_code = 'customer_service' WHERE staff_id = 'S1'")
        assert shows(li) == "nothing", "the role is of sales yet"


STAFF, HELD = "pgcustsec_internal.staff", "pgcustsec_internal.staff_role"
CHANGES = {
    "moved": [f"UPDATE {STAFF} SET branch_code = 'SH', manager_id = NULL WHERE staff_id = 'S1'"],
    "left and back": [f"UPDATE {STAFF} SET active = {is_} WHERE staff_id = 'S1'" for is_ in ("false", "true")],
    "role taken and given": [
        f"DELETE FROM {HELD} WHERE staff_id = 'S1'",
        f"INSERT INTO {HELD} VALUES ('S1', 'sales_agent')",
    ],
    "login taken and given": [
        f"UPDATE {STAFF} SET login = {login_} WHERE staff_id = 'S1'" for login_ in ("NULL", "'{li}'")
    ],
    "as a replica": [f"SET session_replication_role = replica; UPDATE {STAFF} SET branch_code = 'SH'"],
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_suspended_person_stays_so_whatever_becomes_of_their_rows(broker: Broker, change: str) -> None:
    suspend(broker, "person", "S1")
    broker.execute(*(statement.format(li=broker.login("li")) for statement in CHANGES[change]))
    assert looks(broker, "li") == {"li": "nothing"}


@pytest.mark.one_server
def test_a_role_that_the_matrix_moves_into_a_suspended_department_is_suspended(copied: Broker) -> None:
    analyst = replace(copied.matrix.roles["data_analyst"], department="customer_service")
    suspend(copied, "department", "customer_service")
    apply(copied, replace(copied.matrix, roles={**copied.matrix.roles, "data_analyst": analyst}))
    with login(copied, "sun") as sun:
        assert "department customer_service is suspended" in why(sun)[0]
        assert value(sun, "SELECT count(*) FROM customer") == 0
