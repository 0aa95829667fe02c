"""Logins: real connections with right, wrong and expired passwords; what the server gets to see of them; refusals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import psycopg
import pytest

from pgcustsec.db import connect
from pgcustsec.errors import NotAllowed, PgcustsecError, Refused, UsageError
from pgcustsec.matrix.model import Accounts, Administrators, Application, Matrix
from pgcustsec.people import (
    Login,
    Outcome,
    create_application_login,
    disable_login,
    enable_login,
    leave_staff,
    list_logins,
)
from tests.integration.people.office import PASSWORD, Office


def refusal(error: type[PgcustsecError], office: Office, attempt: Callable[[], Any]) -> PgcustsecError:
    """Return how *attempt* was refused, having seen that it changed nothing."""
    before = office.everything()
    with pytest.raises(error) as caught:
        attempt()
    assert office.everything() == before
    return caught.value


@pytest.fixture
def li(office: Office) -> str:
    """The login of S1, who is a seller."""
    office.add("S1", "seller")
    office.give_login("S1", "li")
    return office.login("li")


def test_a_new_login_connects_with_its_password_and_no_other(office: Office, li: str) -> None:
    with office.database.connect(li, PASSWORD) as connection:
        assert connection.execute("SELECT session_user::text").fetchone() == (li,)
    for wrong in (PASSWORD + " ", PASSWORD.upper(), "wrong but long enough"):
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            office.database.connect(li, wrong)


@pytest.mark.parametrize(
    "password",
    ["密码密码密码密码密码密码", "with 'quotes' and \\ and %s", "e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301"],
)
def test_any_printable_password_works(office: Office, password: str) -> None:
    office.add("S1", "seller")
    office.give_login("S1", "li", password)
    office.database.connect(office.login("li"), password).close()


def test_an_expired_password_does_not_connect(office: Office, li: str) -> None:
    office.database.execute(f"ALTER ROLE {li} VALID UNTIL '{datetime.now(UTC) - timedelta(minutes=1)}'")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        office.database.connect(li, PASSWORD)
    with office.connect() as connection:
        assert [one.state for one in list_logins(connection)] == ["expired"]
        assert "expired" in enable_login(connection, li).notices[0]


def test_the_server_keeps_a_scram_verifier(office: Office, li: str) -> None:
    [(kept,)] = office.ask("SELECT rolpassword FROM pg_authid WHERE rolname = %s", li)
    assert kept.startswith("SCRAM-SHA-256$4096:")


def test_the_password_is_nowhere_in_the_log_of_every_statement(office: Office) -> None:
    log = next(iter(office.database.server.folder.glob("*.log")), None)
    if log is None:
        pytest.skip("the log of one's own server is elsewhere")
    office.database.execute(f"ALTER DATABASE {office.database.name} SET log_statement = 'all'")
    begin = log.stat().st_size
    office.add("S1", "seller")
    office.give_login("S1", "li", "never-to-be-logged-8461")
    office.database.connect(office.login("li"), "never-to-be-logged-8461").close()
    with log.open("rb") as file:
        file.seek(begin)
        logged = file.read().decode()
    assert f'CREATE ROLE "{office.login("li")}"' in logged, "the control: statements were logged"
    assert "never-to-be-logged" not in logged


def test_a_login_is_a_plain_role_with_a_term_and_a_limit(office: Office) -> None:
    office.add("S1", "seller")
    before = datetime.now(UTC)
    outcome = office.give_login("S1", "li", days=30)
    [role] = office.ask(
        "SELECT rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication, rolbypassrls,"
        " rolconnlimit FROM pg_roles WHERE rolname = %s",
        office.login("li"),
    )
    assert role == (False, True, False, False, True, False, False, 10)
    [(until,)] = office.ask("SELECT rolvaliduntil FROM pg_roles WHERE rolname = %s", office.login("li"))
    assert abs(until - (before + timedelta(days=30))) < timedelta(minutes=1)
    assert outcome.subject.valid_until == until


def test_a_term_is_half_a_year_unless_it_is_shorter(office: Office, li: str) -> None:
    [(until,)] = office.ask("SELECT rolvaliduntil FROM pg_roles WHERE rolname = %s", li)
    assert abs(until - (datetime.now(UTC) + timedelta(days=182))) < timedelta(minutes=1)


@pytest.mark.parametrize("days", [-1, 0, 183])
def test_a_term_beyond_half_a_year_or_none_is_refused(office: Office, days: int) -> None:
    office.add("S1")
    assert "182" in (refusal(UsageError, office, lambda: office.give_login("S1", "li", days=days)).hint or "")


@pytest.mark.parametrize("password", ["short", "elevenchars", "aaaaaaaaaaaaaaaa", "tab\tinside it all", ""])
def test_a_poor_password_is_refused_with_the_rule(office: Office, password: str) -> None:
    office.add("S1")
    error = refusal(UsageError, office, lambda: office.give_login("S1", "li", password))
    assert "12 characters" in (error.hint or "")
    assert not password or password not in error.message


def test_a_password_with_the_login_in_it_is_refused(office: Office) -> None:
    office.add("S1")
    refusal(UsageError, office, lambda: office.give_login("S1", "li", f"my-{office.login('LI').upper()}-2026"))


@pytest.mark.parametrize("name", ["", " li", "l\ni", "长" * 30])
def test_a_name_that_is_none_is_refused(office: Office, name: str) -> None:
    from pgcustsec.people import create_login

    office.add("S1")
    with office.connect() as connection:
        refusal(UsageError, office, lambda: create_login(connection, name, staff="S1", password=PASSWORD))


def test_a_name_with_quotes_is_only_a_name(office: Office) -> None:
    office.add("S1", "seller")
    office.give_login("S1", "o'li\"; DROP")
    assert office.groups_of("o'li\"; DROP") == {"seller"}


def test_a_person_has_one_login(office: Office, li: str) -> None:
    error = refusal(UsageError, office, lambda: office.give_login("S1", "li2"))
    assert li in error.message


def test_another_persons_login_a_known_role_and_a_group_are_no_names_for_a_new_login(office: Office, li: str) -> None:
    office.add("S2", "seller")
    refusal(UsageError, office, lambda: office.give_login("S2", "li"))
    office.database.execute(f"CREATE ROLE {office.login('there')} LOGIN")
    assert "already" in refusal(UsageError, office, lambda: office.give_login("S2", "there")).message
    refusal(Refused, office, lambda: office.give_login("S2", "seller"))
    refusal(Refused, office, lambda: office.give_login("S2", "dba"))


def test_an_unknown_person_and_one_who_left_get_no_login(office: Office) -> None:
    office.add("S1")
    with office.connect() as connection:
        leave_staff(connection, "S1")
    refusal(UsageError, office, lambda: office.give_login("S1", "li"))
    refusal(UsageError, office, lambda: office.give_login("S9", "li"))


def test_a_login_without_roles_says_that_it_sees_nothing(office: Office) -> None:
    office.add("S1")
    assert "sees nothing" in office.give_login("S1", "li").notices[0]
    assert office.groups_of("li") == set()


def test_a_disabled_login_cannot_connect_and_loses_its_connections_until_enabled(office: Office, li: str) -> None:
    at_work = office.database.connect(li, PASSWORD)
    with office.connect() as connection:
        outcome = disable_login(connection, li)
        assert outcome.subject.state == "disabled"
        assert f"1 connection of login {li} ended" in outcome.done
        with pytest.raises(psycopg.OperationalError):
            at_work.execute("SELECT 1")
        with pytest.raises(psycopg.OperationalError, match="not permitted to log in"):
            office.database.connect(li, PASSWORD)
        assert office.groups_of("li") == {"seller"}, "its person keeps their roles"
        assert enable_login(connection, li).subject.state == "enabled"
    office.database.connect(li, PASSWORD).close()


def test_the_login_of_who_left_is_not_enabled(office: Office, li: str) -> None:
    with office.connect() as connection:
        leave_staff(connection, "S1")
        assert "has left" in refusal(UsageError, office, lambda: enable_login(connection, li)).message


def test_only_logins_of_people_and_applications_are_enabled_and_disabled(office: Office, li: str) -> None:
    with office.connect() as connection:
        for other in (office.administrator, "postgres", office.login("seller")):
            refusal(UsageError, office, partial(disable_login, connection, other))
        error = refusal(UsageError, office, lambda: disable_login(connection, li + "i"))
        assert f"did you mean {li!r}?" in error.message


def test_a_login_that_became_superuser_is_not_enabled(office: Office, li: str) -> None:
    office.database.execute(f"ALTER ROLE {li} SUPERUSER NOLOGIN")
    with office.connect() as connection:
        assert "SUPERUSER" in refusal(Refused, office, lambda: enable_login(connection, li)).message


def test_from_16_on_another_administrator_is_told_that_the_login_is_not_theirs(office: Office, li: str) -> None:
    other = office.login("other_dba")
    office.database.execute(
        f"CREATE ROLE {other} LOGIN CREATEROLE NOINHERIT",
        f"GRANT pgcustsec_owner TO {other}",
        f"GRANT CONNECT ON DATABASE {office.database.name} TO {other}",
    )
    with connect(office.database.conninfo(other)) as connection:
        if office.database.server.major < 16:
            assert disable_login(connection, li).subject.state == "disabled"
        else:
            error = refusal(NotAllowed, office, lambda: disable_login(connection, li))
            assert "ADMIN OPTION" in (error.hint or "")


def test_the_list_tells_whose_each_login_is_and_what_state_it_is_in(office: Office, li: str) -> None:
    office.add("S2", login=office.login("absent"))
    office.add("S3", "boss", "seller")
    office.give_login("S3", "zhou")
    with office.connect() as connection:
        disable_login(connection, office.login("zhou"))
        logins = {one.login.removeprefix(office.prefix): one for one in list_logins(connection)}
    assert set(logins) == {"absent", "li", "zhou"}, "the administrator, who hands groups out, is none"
    assert [logins[name].state for name in ("absent", "li", "zhou")] == ["missing", "enabled", "disabled"]
    assert [logins[name].staff for name in ("absent", "li", "zhou")] == ["S2", "S1", "S3"]
    assert logins["zhou"].roles == ("seller", "boss")


def matrix(office: Office, *roles: str) -> Matrix:
    return Matrix(
        organisation="test",
        role_prefix=office.prefix,
        tables={},
        roles={},
        administrators=Administrators(),
        applications={"web": Application("web", roles)},
        accounts=Accounts(password_days=90),
    )


def test_an_application_gets_its_groups_and_is_nobody(office: Office) -> None:
    with office.connect() as connection:
        outcome = create_application_login(connection, matrix(office, "boss", "seller"), "web", password=PASSWORD)
        assert [(one.login, one.staff) for one in list_logins(connection)] == [(office.login("web"), None)]
    assert office.groups_of("web") == {"seller", "boss"}
    assert office.search_path_of("web") == "search_path=seller, boss"
    assert office.ask("SELECT FROM pgcustsec_internal.staff") == []
    assert "nobody" in outcome.notices[0]
    office.database.connect(office.login("web"), PASSWORD).close()


def test_an_application_of_another_matrix_or_name_or_term_is_refused(office: Office) -> None:
    right = matrix(office, "seller")
    wrongs: list[tuple[Matrix, str, int | None, type[PgcustsecError]]] = [
        (right, "wed", None, UsageError),
        (right, "web", 91, UsageError),
        (matrix(office, "nobody"), "web", None, UsageError),
        (replace(right, role_prefix=office.prefix + "x_"), "web", None, Refused),
    ]
    with office.connect() as connection:
        for wrong, application, days, error in wrongs:

            def attempt(
                wrong: Matrix = wrong, application: str = application, days: int | None = days
            ) -> Outcome[Login]:
                return create_application_login(connection, wrong, application, password=PASSWORD, days=days)

            refusal(error, office, attempt)
