"""Staff: what is added, moved and ended, what follows for the login, and every refusal. All as a mere administrator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from pgcustsec.db import connect
from pgcustsec.errors import NotAllowed, PgcustsecError, Refused, UsageError
from pgcustsec.people import add_staff, leave_staff, list_staff, move_staff
from tests.cluster import Database
from tests.integration.people.office import PASSWORD, Office


def add(office: Office, number: str, **more: Any) -> Any:
    with office.connect() as connection:
        return add_staff(connection, number, **({"name": "李娜", "department": "sales", "branch": "BJ"} | more))


def move(office: Office, number: str, **what: Any) -> Any:
    with office.connect() as connection:
        return move_staff(connection, number, **what)


def refusal(error: type[PgcustsecError], office: Office, attempt: Callable[[], Any]) -> PgcustsecError:
    """Return how *attempt* was refused, having seen that it changed nothing."""
    before = office.everything()
    with pytest.raises(error) as caught:
        attempt()
    assert office.everything() == before
    return caught.value


def test_a_new_person_is_listed_as_given(office: Office) -> None:
    add(office, "M1", name="王建国", roles=["boss"])
    add(office, "S1", name="李娜", manager="M1", branch="SH", roles=["boss", "seller"])
    with office.connect() as connection:
        boss, seller = list_staff(connection)
    assert (boss.staff, boss.name, boss.manager, boss.login, boss.active) == ("M1", "王建国", None, None, True)
    assert (seller.department, seller.branch, seller.manager) == ("sales", "SH", "M1")
    assert seller.roles == ("seller", "boss"), "in matrix order"


def test_the_record_says_which_administrator_gave_a_role(office: Office) -> None:
    add(office, "S1", roles=["seller"])
    assert office.ask("SELECT granted_by FROM pgcustsec_internal.staff_role") == [(office.administrator,)]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"department": "service"}, ["C1"]),
        ({"branch": "SH"}, ["S2"]),
        ({"role": "seller"}, ["S1", "S2"]),
        ({"left": True}, ["C1", "L1", "S1", "S2"]),
        ({}, ["C1", "S1", "S2"]),
    ],
)
def test_a_list_has_whom_its_filters_name(office: Office, asked: dict[str, Any], found: list[str]) -> None:
    office.add("C1", "agent", department="service")
    office.add("S1", "seller")
    office.add("S2", "seller", branch="SH")
    office.add("L1")
    with office.connect() as connection:
        leave_staff(connection, "L1")
        assert [one.staff for one in list_staff(connection, **asked)] == found


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ({"department": "salse"}, "'sales'"),
        ({"department": "销售部"}, "'sales'"),
        ({"branch": "bj"}, "'BJ'"),
        ({"roles": ["selller"]}, "'seller'"),
        ({"manager": "M11"}, "'M1'"),
    ],
)
def test_a_wrong_word_is_refused_with_the_nearest_right_one(office: Office, wrong: dict[str, Any], right: str) -> None:
    office.add("M1")
    error = refusal(UsageError, office, lambda: add(office, "S1", **wrong))
    assert f"did you mean {right}?" in error.message


def test_a_misspelled_filter_is_refused_instead_of_finding_nobody(office: Office) -> None:
    with office.connect() as connection, pytest.raises(UsageError, match="no department 'salse'"):
        list_staff(connection, department="salse")


def test_a_number_is_never_given_twice(office: Office) -> None:
    office.add("S1")
    assert "name S1" in refusal(UsageError, office, lambda: add(office, "S1")).message
    with office.connect() as connection:
        leave_staff(connection, "S1")
    assert "has left" in refusal(UsageError, office, lambda: add(office, "S1")).message


@pytest.mark.parametrize("number", ["", " S1", "S\n1"])
def test_a_number_is_printable(office: Office, number: str) -> None:
    refusal(UsageError, office, lambda: add(office, number))


def test_a_circle_of_managers_is_refused_with_its_members(office: Office) -> None:
    office.add("A")
    office.add("B", manager="A")
    office.add("C", manager="B")
    error = refusal(UsageError, office, lambda: move(office, "A", manager="C"))
    assert "A -> C -> B -> A" in error.message
    refusal(UsageError, office, lambda: move(office, "A", manager="A"))


def test_who_left_manages_nobody_new_and_is_not_moved(office: Office) -> None:
    office.add("A")
    office.add("B")
    with office.connect() as connection:
        leave_staff(connection, "A")
    assert "has left" in refusal(UsageError, office, lambda: move(office, "B", manager="A")).message
    assert "has left" in refusal(UsageError, office, lambda: move(office, "A", branch="SH")).message


def test_a_move_changes_what_it_names_and_nothing_else(office: Office) -> None:
    office.add("M1")
    office.add("S1", "seller", manager="M1")
    outcome = move(office, "S1", branch="SH", roles=["boss"], drop_roles=["seller"])
    moved = outcome.subject
    assert (moved.department, moved.branch, moved.manager, moved.roles) == ("sales", "SH", "M1", ("boss",))
    assert outcome.done == ("branch BJ -> SH", "role boss given", "role seller taken")
    assert move(office, "S1", no_manager=True).subject.manager is None


@pytest.mark.parametrize(
    "what",
    [
        {},
        {"drop_roles": ["boss"]},
        {"roles": ["boss"], "drop_roles": ["boss"]},
        {"manager": "M1", "no_manager": True},
        {"roles": ["boss"], "branch": "XX"},
    ],
)
def test_a_move_that_makes_no_sense_changes_nothing(office: Office, what: dict[str, Any]) -> None:
    office.add("M1")
    office.add("S1", "seller", manager="M1")
    refusal(UsageError, office, lambda: move(office, "S1", **what))


def test_an_unknown_person_is_refused_with_the_nearest_number(office: Office) -> None:
    office.add("S1001")
    assert "did you mean 'S1001'?" in refusal(UsageError, office, lambda: move(office, "S1010", branch="SH")).message


def test_a_role_of_another_department_is_given_with_a_notice(office: Office) -> None:
    outcome = add(office, "S1", roles=["agent", "seller"])
    assert outcome.subject.roles == ("seller", "agent")
    assert len(outcome.notices) == 1
    assert "role agent" in outcome.notices[0]
    assert "service" in outcome.notices[0]


def test_the_login_follows_the_roles_of_its_person(office: Office) -> None:
    office.add("S1", "boss", "seller")
    office.give_login("S1", "li")
    assert office.groups_of("li") == {"seller", "boss"}
    assert office.search_path_of("li") == "search_path=seller, boss"
    move(office, "S1", drop_roles=["seller"])
    assert office.groups_of("li") == {"boss"}
    assert office.search_path_of("li") == "search_path=boss"
    move(office, "S1", drop_roles=["boss"])
    assert office.groups_of("li") == set()
    assert office.search_path_of("li") is None


def test_a_login_inherits_its_roles_and_hands_nothing_on(office: Office) -> None:
    office.add("S1", "seller")
    office.give_login("S1", "li")
    with office.database.connect(office.login("li")) as connection:
        has = connection.execute("SELECT pg_has_role(%s, 'USAGE')", [office.login("seller")]).fetchone()
        assert has == (True,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(f"GRANT {office.login('seller')} TO {office.administrator}")
        if office.database.server.major >= 16:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"SET ROLE {office.login('seller')}")


def test_a_login_that_exists_already_is_taken_over(office: Office) -> None:
    with office.connect() as connection:
        connection.execute(f"CREATE ROLE {office.login('li')} LOGIN VALID UNTIL '2030-01-01'")
    add(office, "S1", roles=["seller"], login=office.login("li"))
    assert office.groups_of("li") == {"seller"}


def test_a_login_that_does_not_exist_yet_is_noted(office: Office) -> None:
    outcome = add(office, "S1", roles=["seller"], login=office.login("li"))
    assert "not there yet" in outcome.notices[0]
    office.give_login("S1", "li")
    assert office.groups_of("li") == {"seller"}


def test_a_login_of_somebody_else_is_refused(office: Office) -> None:
    office.add("S1")
    office.give_login("S1", "li")
    error = refusal(UsageError, office, lambda: add(office, "S2", login=office.login("li")))
    assert "S1" in error.message
    with office.connect() as connection:
        leave_staff(connection, "S1")
    refusal(UsageError, office, lambda: add(office, "S2", login=office.login("li")))


def test_the_login_of_an_application_is_refused(office: Office) -> None:
    office.database.execute(f"CREATE ROLE {office.login('web')} LOGIN IN ROLE {office.login('seller')}")
    assert "application" in refusal(UsageError, office, lambda: add(office, "S1", login=office.login("web"))).message


@pytest.mark.parametrize(
    ("makes", "says"),
    [
        (["CREATE ROLE {0} LOGIN SUPERUSER"], "SUPERUSER"),
        (["CREATE ROLE {0} LOGIN BYPASSRLS"], "BYPASSRLS"),
        (["CREATE ROLE {0} LOGIN CREATEROLE"], "CREATEROLE"),
        (["CREATE ROLE {0} LOGIN REPLICATION"], "REPLICATION"),
        (["CREATE ROLE {0} LOGIN", "GRANT pgcustsec_owner TO {0}"], "member of pgcustsec_owner"),
        (["CREATE ROLE {0} LOGIN", "GRANT pg_read_all_data TO {0}"], "member of pg_read_all_data"),
        (
            [
                "CREATE ROLE {0} LOGIN",
                "CREATE TABLE public.customer ()",
                "ALTER TABLE public.customer ENABLE ROW LEVEL SECURITY",
                "ALTER TABLE public.customer OWNER TO {0}",
            ],
            "owns table public.customer",
        ),
        (
            [
                "CREATE ROLE {0} LOGIN",
                "CREATE ROLE {0}_group",
                "CREATE TABLE public.customer ()",
                "ALTER TABLE public.customer ENABLE ROW LEVEL SECURITY",
                "ALTER TABLE public.customer OWNER TO {0}_group",
                "GRANT {0}_group TO {0}",
            ],
            "_group",
        ),
        (["CREATE ROLE {0} LOGIN", "CREATE ROLE {0}_other LOGIN", "GRANT {0} TO {0}_other"], "can act as it"),
    ],
)
def test_a_login_that_could_do_more_than_its_person_is_refused(office: Office, makes: list[str], says: str) -> None:
    login = office.login("li")
    office.database.execute(*(statement.format(login) for statement in makes))
    assert says in refusal(Refused, office, lambda: add(office, "S1", roles=["seller"], login=login)).message


@pytest.mark.parametrize("name", ["seller", "seller_viewer"])
def test_a_name_of_the_matrix_itself_is_no_login(office: Office, name: str) -> None:
    refusal(Refused, office, lambda: add(office, "S1", login=office.login(name)))


def test_who_leaves_is_nobody_and_cannot_connect(office: Office) -> None:
    office.add("M1", "boss", "seller")
    office.add("S1", "seller", manager="M1")
    office.give_login("M1", "wang")
    with office.connect() as connection:
        outcome = leave_staff(connection, "M1")
    assert (outcome.subject.active, outcome.subject.roles) == (False, ())
    assert office.groups_of("wang") == set()
    assert office.search_path_of("wang") is None
    assert any("S1" in notice for notice in outcome.notices), "says whom they managed"
    for password in (None, PASSWORD):
        with pytest.raises(psycopg.OperationalError, match="not permitted to log in"):
            office.database.connect(office.login("wang"), password)


def test_leaving_ends_the_connections_and_leaves_the_administrator_no_membership(office: Office) -> None:
    office.add("S1", "seller")
    office.give_login("S1", "li")
    at_work = office.database.connect(office.login("li"))
    with office.connect() as connection:
        outcome = leave_staff(connection, "S1")
    assert f"1 connection of login {office.login('li')} ended" in outcome.done
    with pytest.raises(psycopg.OperationalError):
        at_work.execute("SELECT 1")
    acts_as = office.ask(
        "SELECT coalesce((to_jsonb(m) ->> 'set_option')::boolean, true)"
        " OR coalesce((to_jsonb(m) ->> 'inherit_option')::boolean, true)"
        " FROM pg_auth_members AS m WHERE m.roleid = (SELECT oid FROM pg_roles WHERE rolname = %s)",
        office.login("li"),
    )
    assert not any(row[0] for row in acts_as)


def test_nobody_leaves_twice(office: Office) -> None:
    office.add("S1")
    with office.connect() as connection:
        leave_staff(connection, "S1")
        refusal(UsageError, office, lambda: leave_staff(connection, "S1"))


def test_a_membership_that_only_a_superuser_can_take_stops_the_whole_command(office: Office) -> None:
    """PostgreSQL 15 lets any CREATEROLE take it; from 16 on the REVOKE would only warn."""
    office.add("S1", "boss")
    office.give_login("S1", "li")
    office.database.execute(f"GRANT {office.login('agent')} TO {office.login('li')}")
    if office.database.server.major < 16:
        move(office, "S1", roles=["seller"])
        assert office.groups_of("li") == {"seller", "boss"}
    else:
        refusal(NotAllowed, office, lambda: move(office, "S1", roles=["seller"]))


def test_a_superuser_may_do_all_of_it_too(office: Office) -> None:
    with connect(office.database.conninfo()) as connection:
        add_staff(connection, "S1", name="李娜", department="sales", branch="BJ", roles=["seller"])
        move_staff(connection, "S1", roles=["boss"])
        leave_staff(connection, "S1")
        assert [one.active for one in list_staff(connection, left=True)] == [False]


def test_who_is_no_administrator_may_do_nothing(office: Office) -> None:
    office.add("S1", "seller")
    office.give_login("S1", "li")
    with connect(office.database.conninfo(office.login("li"))) as connection:
        refusal(NotAllowed, office, lambda: move_staff(connection, "S1", roles=["boss"]))
        with pytest.raises(NotAllowed, match="may not act as pgcustsec_owner"):
            list_staff(connection)


def test_a_database_without_pgcustsec_is_named(database: Database) -> None:
    with connect(database.conninfo()) as connection, pytest.raises(NotAllowed, match="has no pgcustsec"):
        list_staff(connection)


def test_a_database_without_a_matrix_says_so(installed: Database) -> None:
    with connect(installed.conninfo()) as connection, pytest.raises(UsageError, match="no matrix has been applied"):
        add_staff(connection, "S1", name="李娜", department="sales", branch="BJ")


def test_people_are_not_changed_while_a_matrix_is_applied(office: Office) -> None:
    from pgcustsec.db import PLAN_LOCK

    with office.database.connect() as other:
        other.execute(f"BEGIN; LOCK TABLE {PLAN_LOCK} IN EXCLUSIVE MODE")
        refusal(Refused, office, lambda: add(office, "S1"))
