"""The demo's staff."""

from collections import Counter

import pytest

from pgcustsec.demo.people import BRANCHES, StaffMember, agents_per_branch, make_people


def by_id(customers: int = 20_000) -> dict[str, StaffMember]:
    return {one.staff_id: one for one in make_people(customers, 1)}


def test_the_same_seed_gives_the_same_people_and_another_gives_other_names() -> None:
    assert make_people(20_000, 1) == make_people(20_000, 1)
    assert make_people(20_000, 1) != make_people(20_000, 2)


def test_staff_numbers_do_not_depend_on_the_seed() -> None:
    assert [one.staff_id for one in make_people(20_000, 1)] == [one.staff_id for one in make_people(20_000, 2)]


def test_no_two_people_share_a_number_or_a_login() -> None:
    people = make_people(1_000_000, 1)
    assert max(Counter(one.staff_id for one in people).values()) == 1
    assert max(Counter(one.login for one in people if one.login).values()) == 1


@pytest.mark.parametrize(("customers", "low", "high"), [(100, 8, 8), (20_000, 8, 15), (1_000_000, 150, 170)])
def test_the_number_of_agents_grows_with_the_customers(customers: int, low: int, high: int) -> None:
    assert low <= agents_per_branch(customers) <= high


def test_managers_come_before_those_who_report_to_them() -> None:
    seen: set[str] = set()
    for one in make_people(1_000_000, 1):
        assert one.manager_id is None or one.manager_id in seen
        seen.add(one.staff_id)


@pytest.mark.parametrize("branch", BRANCHES)
def test_every_agent_has_a_sales_manager_and_every_sales_manager_the_head_of_sales(branch: str) -> None:
    people = by_id()
    agents = [one for one in people.values() if one.branch == branch and one.roles == ("sales_agent",)]
    assert len(agents) >= 8
    assert all("sales_manager" in people[str(one.manager_id)].roles for one in agents)
    managers = [one for one in people.values() if one.branch == branch and one.roles == ("sales_manager",)]
    assert {one.manager_id for one in managers} - {None} == {"M0001"}


def test_every_role_of_the_matrix_has_a_holder_in_its_department() -> None:
    held = {(role, one.department) for one in by_id().values() for role in one.roles}
    assert held == {
        ("sales_agent", "sales"),
        ("sales_manager", "sales"),
        ("service_agent", "customer_service"),
        ("data_analyst", "data_centre"),
        ("data_controller", "data_centre"),
        ("quality_inspector", "quality"),
        ("legal_officer", "legal"),
        ("custodian", "legal"),
    }


def test_somebody_holds_two_roles_of_one_department_and_manages_people() -> None:
    people = by_id()
    double = [one for one in people.values() if set(one.roles) == {"sales_agent", "sales_manager"}]
    assert len(double) == 1
    assert [one for one in people.values() if one.manager_id == double[0].staff_id]


def test_one_agent_of_every_branch_has_left() -> None:
    assert Counter(one.branch for one in by_id().values() if not one.active) == dict.fromkeys(BRANCHES, 1)


def test_logins_of_the_named_people_begin_with_the_prefix() -> None:
    logins = {one.staff_id: one.login for one in make_people(20_000, 1, prefix="other_") if one.login}
    assert 4 <= len(logins) <= 8
    assert logins["S1001"] == "other_li_na"
    assert all(login.startswith("other_") and login == login.lower() for login in logins.values() if login)
