"""`explain_access`, `who_may_see`: why a cell shows what it shows, and who could see a column at all (5.1, 5.2.4)."""

from __future__ import annotations

import json
from typing import Any

import psycopg
import pytest

from tests.integration.access.test_commands import run
from tests.integration.clients.world import Broker
from tests.integration.extracts.approved import BJ, approved

EXPLAIN = "SELECT role, shown, why, rule, article FROM pgcustsec.explain_access(%s, %s, %s, %s)"
SUPERVISOR = "qin"


def explained(broker: Broker, login: str, staff: str, relation: str, key: str, column: str) -> list[tuple[Any, ...]]:
    """Ask as *login*, without a session of one's own."""
    with broker.database.connect(user=broker.login(login)) as connection:
        return connection.execute(EXPLAIN, [staff, relation, key, column]).fetchall()


def verdict(broker: Broker, staff: str, key: str, column: str, relation: str = "crm.customer") -> str:
    [(_, shown, *_)] = explained(broker, SUPERVISOR, staff, relation, key, column)
    return str(shown)


def test_each_tier_shows_by_its_own_rule(broker: Broker) -> None:
    with broker.person("li"):
        role, table = "sales_agent", ["roles", "sales_agent", "tables", "crm.customer"]
        asked = {
            column: explained(broker, SUPERVISOR, "S1", "crm.customer", "1", column)
            for column in ("gender", "health", "name", "mobile")
        }
    [(_, shown, _, rule, article)] = asked["gender"]
    assert (shown, rule, article) == ("shown", ["tables", "crm.customer", "columns", "gender"], "5.2.3")
    assert asked["health"] == [(role, "shown", "tier 2 shows in: serving", [*table, "tier2"], "5.2.2")]
    [(_, shown, why, rule, _)] = asked["name"]
    assert (shown, rule) == ("masked", [*table, "tier2"])
    assert "a name is masked even then" in why
    assert asked["mobile"] == [(role, "hidden", "the record is not open", [*table, "tier1"], "5.2.1")]


def test_a_record_that_is_opened_shows_masked_and_by_a_request_in_full(broker: Broker) -> None:
    with broker.person("li") as li:
        li.execute("SELECT pgcustsec.open_record('crm.customer', '1', 'call')")
        assert verdict(broker, "S1", "1", "mobile") == "masked"
        assert verdict(broker, "S1", "4", "mobile") == "hidden"
        number = approved(broker, li, "mobile", keys=["1"])
        assert verdict(broker, "S1", "1", "mobile") == "masked", "approved, and not opened by it"
        li.execute("SELECT pgcustsec.open_full(%s, '1')", [number])
        [(_, shown, why, rule, _)] = explained(broker, SUPERVISOR, "S1", "crm.customer", "1", "mobile")
        assert (shown, rule) == ("shown", ["requests", "special"])
        assert f"request {number}" in why
        assert verdict(broker, "S1", "1", "id_card") == "masked", "a column that the request does not name"
        li.execute("SELECT pgcustsec.end_session()")
    assert verdict(broker, "S1", "1", "mobile") == "hidden"


def test_what_keeps_somebody_from_it_is_said(broker: Broker) -> None:
    [(_, shown, why, _, article)] = explained(broker, SUPERVISOR, "S1", "crm.customer", "1", "health")
    assert (shown, why, article) == ("hidden", "in no session under a purpose of the role", "5.2.4")
    with broker.database.connect(user=broker.login(SUPERVISOR)) as supervisor:
        supervisor.execute("SELECT pgcustsec.publish_agreement('confidentiality', '新的文本')")
    [(_, shown, why, *_)] = explained(broker, SUPERVISOR, "S1", "crm.customer", "1", "health")
    assert shown == "hidden"
    assert "agreement" in why
    assert explained(broker, SUPERVISOR, "D1", "crm.customer", "1", "mobile")[0][1] == "no column"
    [(_, shown, why, *_)] = explained(broker, SUPERVISOR, "Q1", "crm.customer", "1", "gender")
    assert (shown, why) == ("no row", "the role has nothing of the table")
    with broker.database.connect(user=broker.login(SUPERVISOR)) as supervisor:
        supervisor.execute("SELECT pgcustsec.suspend('person', 'S1', 'list passed on')")
    [(_, shown, why, _, article)] = explained(broker, SUPERVISOR, "S1", "crm.customer", "1", "gender")
    assert (shown, article) == ("no row", "4.2")
    assert "suspension 1" in why
    broker.database.execute("UPDATE pgcustsec_internal.staff SET active = false WHERE staff_id = 'S2'")
    assert explained(broker, SUPERVISOR, "S2", "crm.customer", "3", "gender")[0][1:3] == (
        "no row",
        "the person has left",
    )
    assert explained(broker, SUPERVISOR, "NOBODY", "crm.customer", "1", "gender")[0][:2] == (None, "no row")


def test_of_a_row_that_is_not_theirs_nobody_learns_whether_there_is_one(broker: Broker) -> None:
    with broker.person("li"):
        for column in ("gender", "health", "mobile"):
            theirs, none, odd = (
                explained(broker, "li", "S1", "crm.customer", key, column) for key in ("3", "4711", "'; --")
            )
            assert theirs == none == odd
            assert theirs[0][1] == "no row"
    assert verdict(broker, "S2", "3", "gender") == "shown", "the control: that row is somebody's"


def test_one_asks_about_oneself_and_who_supervises_about_anybody(broker: Broker) -> None:
    assert explained(broker, "li", "S1", "customer", "1", "gender")[0][1] == "shown"
    for login, staff, relation, column, state in (
        ("li", "S2", "crm.customer", "gender", "CS601"),
        ("zhao", "S1", "crm.customer", "gender", "CS601"),
        ("li", None, "crm.customer", "gender", "CS601"),
        ("li", "S1", "pg_catalog.pg_authid", "rolname", "CS208"),
        ("li", "S1", "crm.customer", "xmin", "CS209"),
    ):
        with pytest.raises(psycopg.Error) as refused:
            explained(broker, login, staff, relation, "1", column)  # type: ignore[arg-type]  # wrong on purpose
        assert refused.value.sqlstate == state, (login, staff, relation, column)


def ways(broker: Broker, column: str) -> list[tuple[str, str, str]]:
    with broker.database.connect(user=broker.login(SUPERVISOR)) as supervisor:
        return supervisor.execute(
            "SELECT staff, shown, through FROM pgcustsec.who_may_see('crm.customer', %s)", [column]
        ).fetchall()


def test_everybody_who_could_see_a_column_is_listed_with_how_and_through_what(broker: Broker) -> None:
    masked = "masked while the record is open"
    by_matrix = [(staff, masked, "the matrix") for staff in ("S1", "S2", "M1", "C1")]
    assert sorted(ways(broker, "mobile")) == sorted(by_matrix)
    with broker.person("li") as li:
        number = approved(broker, li, "customer_id mobile", where=BJ)
        [by_request] = [way for way in ways(broker, "mobile") if way not in by_matrix]
        assert by_request == ("S1", "shown, one record at a time", f"request {number}, approved by L1, M1")
        li.execute("SELECT pgcustsec.begin_extract(%s, 'plain')", [number])
        assert ("S1", "shown, in a file", f"extract 1 of request {number}, partial") in ways(broker, "mobile")
        assert not any(through.startswith("extract") for *_, through in ways(broker, "id_card"))
    assert ("D1", "shown", "the matrix") in ways(broker, "gender")
    with pytest.raises(psycopg.Error) as refused, broker.database.connect(user=broker.login("zhao")) as manager:
        manager.execute("SELECT * FROM pgcustsec.who_may_see('crm.customer', 'mobile')")
    assert refused.value.sqlstate in ("CS601", "42501")


def test_the_commands_name_the_line_of_the_matrix(broker: Broker, tmp_path: Any) -> None:
    from importlib.resources import files

    matrix = tmp_path / "matrix.yaml"
    matrix.write_text(files("pgcustsec.demo").joinpath("matrix.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    lines = matrix.read_text(encoding="utf-8").splitlines()
    supervisor = broker.login(SUPERVISOR)
    with broker.person("li"):
        arguments = ("access", "why", "S1", "crm.customer", "1", "mobile", "-m", str(matrix))
        [said] = json.loads(run(broker, *arguments, "--format", "json", user=supervisor).stdout)
        text = run(broker, *arguments, user=supervisor).stdout
    assert said["rule"] == ["roles", "sales_agent", "tables", "crm.customer", "tier1"]
    assert "tier1" in lines[said["line"] - 1]
    assert f"(line {said['line']})" in " ".join(text.split())
    who = run(broker, "access", "who", "crm.customer.mobile", user=supervisor).stdout
    assert "S1 李娜" in who or "S1" in who
    assert max(map(len, who.splitlines())) <= 100
    assert run(broker, "access", "who", "mobile", user=supervisor, code=2).stderr
    assert (
        "may not ask who sees what"
        in run(broker, "access", "who", "crm.customer.mobile", user=broker.login("li"), code=3).stderr
    )
