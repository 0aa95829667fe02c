"""Filing a request: for whom, for what, for how long; and everything that is refused (4.3, 5.2.1, 5.2.5)."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import psycopg
import pytest

from tests.integration.clients.world import Broker
from tests.integration.disclosures.custody import disclosed, name_custodian
from tests.integration.requests.office import (
    BJ,
    amend,
    apply,
    audited,
    deciders,
    file,
    filed,
    later,
    login,
    seen,
    special,
    state,
    step,
    submit,
    withdraw,
)

LONG = "x" * 64


def test_what_was_filed_is_read_back_and_is_on_record(broker: Broker) -> None:
    number = filed(broker, where=BJ, max_rows=5)
    [row] = seen(
        broker, "li", "kind_code, requester, role_code, purpose, relation, columns, predicate, keys, days, max_rows"
    )
    assert row == ("special", "S1", "sales_agent", "selling", "crm.customer", ["name", "mobile"], BJ, None, 3, 5)
    assert seen(broker, "li", "state, step, awaits, deciders, mine_to_decide, ends_at") == [
        ("filed", 1, {"manager_of": "requester"}, ["M1"], False, None)
    ]
    assert audited(broker, number) == [("request_filed", "S1", None)]


def test_what_is_not_said_is_what_the_kind_may(broker: Broker) -> None:
    filed(broker)
    assert seen(broker, "li", "max_rows, keys") == [(50000, ["1"])]


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ({"days": None}, "CS306"),
        ({"days": 0}, "CS306"),
        ({"days": -1}, "CS306"),
        ({"days": 31}, "CS307"),
        ({"days": 2**31 - 1}, "CS307"),
        ({"max_rows": 0}, "CS309"),
        ({"max_rows": -1}, "CS309"),
        ({"max_rows": 50001}, "CS309"),
        ({"max_rows": 2**31 - 1}, "CS309"),
        ({"keys": ["1", "2"], "max_rows": 1}, "CS309"),
        ({"keys": []}, "CS309"),
        ({"keys": ["1", None]}, "CS309"),
        ({"keys": [["1"], ["2"]]}, "CS309"),
        ({"keys": ["one"]}, "CS309"),
        ({"keys": ["9" * 400]}, "CS309"),
        ({"keys": ["1"], "where": BJ}, "CS309"),
        ({"columns": None}, "CS209"),
        ({"columns": []}, "CS209"),
        ({"columns": [None]}, "CS209"),
        ({"columns": ["mobile", None]}, "CS209"),
        ({"columns": ["mobile", "mobile"]}, "CS209"),
        ({"columns": [["mobile"], ["name"]]}, "CS209"),
        ({"columns": ["secret"]}, "CS209"),
        ({"columns": ["MOBILE"]}, "CS209"),
        ({"columns": ['"mobile"']}, "CS209"),
        ({"columns": ["mobile, name"]}, "CS209"),
        ({"columns": ["*"]}, "CS209"),
        ({"columns": ["ctid"]}, "CS209"),
        ({"columns": [LONG]}, "CS209"),
        ({"kind": None}, "CS202"),
        ({"kind": "nonsense"}, "CS202"),
        ({"kind": "disclosure"}, "CS202"),
        ({"kind": "inspection"}, "CS202"),
        ({"relation": None}, "CS202"),
        ({"relation": "crm.nothing"}, "CS202"),
        ({"relation": "crm.assignment"}, "CS202"),
        ({"relation": "pg_authid"}, "CS202"),
        ({"relation": 'crm."customer'}, "CS202"),
        ({"relation": "crm.customer; DROP TABLE x"}, "CS202"),
        ({"purpose": None}, "CS007"),
        ({"purpose": "analysis"}, "CS007"),
        ({"purpose": "marketing"}, "CS007"),
    ],
    ids=str,
)
def test_a_request_beyond_the_matrix_is_refused(broker: Broker, terms: dict[str, Any], code: str) -> None:
    with login(broker, "li") as li:
        assert file(li, **terms) == code
    assert broker.rows("SELECT count(*) FROM pgcustsec_internal.request") == [(0,)]


@pytest.mark.parametrize("terms", [{"days": 30}, {"max_rows": 50000}, {"keys": ["1", "2"], "max_rows": 2}], ids=str)
def test_the_limits_themselves_are_allowed(broker: Broker, terms: dict[str, Any]) -> None:
    filed(broker, **terms)


@pytest.mark.parametrize("relation", ["customer", "crm.customer", "sales_agent.customer", "CRM.Customer"])
def test_a_table_is_named_as_in_queries_or_as_in_the_matrix(broker: Broker, relation: str) -> None:
    filed(broker, relation=relation)
    assert seen(broker, "li", "relation") == [("crm.customer",)]


def term(column: object = "branch_code", is_: object = "=", **more: object) -> dict[str, object]:
    return {"column": column, "is": is_, **more}


@pytest.mark.parametrize(
    "where",
    [
        "null",
        "{}",
        "[]",
        "5",
        '"branch_code = 1"',
        "[5]",
        "[null]",
        "[[]]",
        [BJ],
        [{}],
        [{"column": "branch_code"}],
        [{"is": "null"}],
        [term()],
        [term(value=None)],
        [term(value={})],
        [term(value=[1])],
        [term(value="BJ", more=1)],
        [term(is_=None, value="BJ")],
        [term(is_="like", value="B%")],
        [term(is_="IN", value=["BJ"])],
        [term(is_="= 1 OR true --", value="BJ")],
        [term(is_="in", value=[])],
        [term(is_="in", value="BJ")],
        [term(is_="in", value=["BJ", None])],
        [term(is_="in", value=[["BJ"]])],
        [term(is_="null", value="x")],
        [term(is_="not  null")],
        [term(None, value="BJ")],
        [term("secret", value="x")],
        [term("mobile", value="13812345678")],
        [term("mobile", "null")],
        [term("id_card", "in", value=["1"])],
        [term("name", value="王小明")],
        [term("name", "not null")],
        [term("BRANCH_CODE", value="BJ")],
        [term("branch_code = branch_code OR branch_code", value="BJ")],
        [term('branch_code"', value="BJ")],
        [term("family", value="{}")],
        [term("birth_date", ">", value="soon")],
        [term("birth_date", ">", value="2026-13-45")],
        [term("annual_income", ">", value="1" + "0" * 200_000)],
        [term("annual_income", ">", value="1; DROP TABLE crm.customer")],
        [term("age", ">", value=1.5)],
        [term("age", ">", value=10**40)],
        [term("age", "in", value=[1, "two"])],
        [*BJ, term("mobile", value="13812345678")],
        BJ * 21,
    ],
    ids=lambda where: str(where)[:60],
)
def test_a_predicate_is_a_list_of_plain_conditions_and_no_tier_1_or_name_among_them(broker: Broker, where: Any) -> None:
    with login(broker, "li") as li:
        assert file(li, where=where) == "CS309"
    assert broker.rows("SELECT count(*) FROM pgcustsec_internal.request") == [(0,)]


@pytest.mark.parametrize(
    "where",
    [
        [term(is_=sign, value="BJ") for sign in ("=", "<>", "<", "<=", ">", ">=")],
        [term(is_="in", value=["BJ", "' OR true --"])],
        [term("health", "null"), term("note", "not null")],
        [term("birth_date", ">=", value="1990-01-01"), term("age", "<", value=40)],
        [term("annual_income", ">", value="1e3")],
        BJ * 20,
    ],
    ids=str,
)
def test_conditions_on_tier_2_and_3_are_taken(broker: Broker, where: Any) -> None:
    filed(broker, where=where)
    assert seen(broker, "li", "predicate") == [(where,)]


def test_who_files_what_is_for_the_matrix_to_say(broker: Broker) -> None:
    for name, terms, code in (
        ("zhao", {}, "42501"),
        ("luo", {}, "42501"),
        ("ouyang", {"purpose": "disclosure"}, "CS202"),
        ("qin", {"kind": "inspection", "purpose": "oversight"}, "CS202"),
        ("sun", {"purpose": "analysis", "relation": "crm.policy"}, "CS202"),
    ):
        with login(broker, name) as person:
            found = file(person, **terms)  # type: ignore[arg-type]  # wrong on purpose
            assert found == code, name
    for name, terms in (
        ("chen", {"purpose": "servicing", "relation": "crm.claim", "columns": ["diagnosis"]}),
        ("sun", {"purpose": "analysis"}),
    ):
        filed(broker, name, **terms)


def test_a_kind_without_a_limit_of_rows_covers_any_number(broker: Broker) -> None:
    name_custodian(broker, "legal", "U1")
    with login(broker, "ouyang") as custodian:
        assert isinstance(disclosed(custodian, days=10, max_rows=10**6), int)
        number = disclosed(custodian, where=BJ)
    assert seen(broker, "ouyang", "max_rows, deciders", number) == [(0, ["L1"])]


def test_a_person_of_two_roles_files_in_the_first_that_may(broker: Broker) -> None:
    """Roles of the database stay as they are: it is the matrix's role, by the list of who holds which, that files."""
    broker.execute("INSERT INTO pgcustsec_internal.staff_role VALUES ('U1', 'service_agent')")
    with login(broker, "ouyang") as both:
        assert file(both, purpose="disclosure") == "CS007", "the purpose is another role's"
        assert isinstance(file(both, purpose="servicing"), int)
    assert seen(broker, "ouyang", "role_code") == [("service_agent",)]


def test_a_draft_is_its_authors_alone_until_it_is_submitted(broker: Broker) -> None:
    number = filed(broker, draft=True)
    assert state(broker, number) == "drafted"
    for name in ("zhao", "luo", "qin", "wang"):
        assert seen(broker, name) == []
    for name, code in (("wang", "CS301"), ("zhao", "42501")):
        assert submit(broker, name, number) == code
    assert step(broker, "zhao", number) == "CS301", "nobody else is told that there is one"
    assert amend(broker, "li", number, days=5) is None
    assert state(broker, number) == "drafted"
    assert submit(broker, "li", number) is None
    assert submit(broker, "li", number) == "CS304"
    assert seen(broker, "zhao") == [(number, "filed")]
    assert [kind for kind, _, _ in audited(broker, number)] == ["request_drafted", "request_amended", "request_filed"]


def test_a_draft_can_be_thrown_away(broker: Broker) -> None:
    number = filed(broker, draft=True)
    assert withdraw(broker, "li", number) is None
    assert (state(broker, number), submit(broker, "li", number)) == ("withdrawn", "CS310")
    assert seen(broker, "zhao") == [(number, "withdrawn")], "no draft any more"


def test_a_draft_waits_as_long_as_it_likes(broker: Broker) -> None:
    number = filed(broker, draft=True)
    later(broker, "100 days")
    assert submit(broker, "li", number) is None
    assert state(broker, number) == "filed"


def test_a_draft_is_filed_by_the_matrix_of_the_day_it_is_filed(broker: Broker) -> None:
    long, many, kind, purpose = (
        filed(broker, draft=True, **terms) for terms in ({"days": 20}, {"where": BJ}, {}, {"purpose": "selling"})
    )
    apply(broker, special(broker, max_days=10))
    assert submit(broker, "li", long) == "CS307"
    apply(broker, special(broker, max_rows=10))
    assert submit(broker, "li", many) == "CS309"
    apply(broker, special(broker, filed_by=("service_agent", "data_analyst")))
    assert submit(broker, "li", kind) == "42501", "the role files nothing, so has no right to the function"
    selling = replace(broker.matrix.purposes["selling"], roles=("sales_manager",))
    apply(broker, replace(broker.matrix, purposes={**broker.matrix.purposes, "selling": selling}))
    assert submit(broker, "li", purpose) == "CS007"
    apply(broker, broker.matrix)
    assert [submit(broker, "li", number) for number in (long, many, kind, purpose)] == [None] * 4


def test_who_is_suspended_or_holds_the_role_no_more_asks_for_nothing(broker: Broker) -> None:
    draft, open_ = filed(broker, draft=True), filed(broker)
    broker.execute(
        "INSERT INTO pgcustsec_internal.suspension (kind, code, reason, suspended_by, in_flight)"
        " VALUES ('person', 'S1', 'leak', 'Q1', '{}')"
    )
    with login(broker, "li") as li:
        assert file(li) == "CS104"
    assert submit(broker, "li", draft) == "CS104"
    assert amend(broker, "li", open_, keys=["1", "4"]) == "CS104", "as good as filing another"
    assert withdraw(broker, "li", open_) is None, "less is always allowed"


def test_who_lost_the_role_does_not_go_on_with_what_was_drafted_in_it(broker: Broker) -> None:
    draft, open_ = filed(broker, draft=True), filed(broker)
    broker.execute(
        "DELETE FROM pgcustsec_internal.staff_role WHERE staff_id = 'S1'",
        "INSERT INTO pgcustsec_internal.staff_role VALUES ('S1', 'service_agent')",
    )
    assert submit(broker, "li", draft) == "CS202"
    assert amend(broker, "li", open_) == "CS202"


def test_who_left_is_nobody(broker: Broker) -> None:
    number = filed(broker, draft=True)
    broker.execute("UPDATE pgcustsec_internal.staff SET active = false WHERE staff_id = 'S1'")
    with login(broker, "li") as li:
        assert file(li) == "CS001"
    assert submit(broker, "li", number) == amend(broker, "li", number) == withdraw(broker, "li", number) == "CS001"
    assert seen(broker, "li") == []


@pytest.mark.parametrize("isolation", ["REPEATABLE READ", "SERIALIZABLE"])
def test_nothing_is_filed_or_changed_in_an_older_snapshot(broker: Broker, isolation: str) -> None:
    number, draft = filed(broker), filed(broker, draft=True)
    with login(broker, "li") as li:
        li.execute(f"SET default_transaction_isolation = '{isolation.lower()}'".encode())
        assert file(li) == "CS107"
        for query in (
            f"SELECT pgcustsec.withdraw_request({number})",
            f"SELECT pgcustsec.submit_request({draft})",
            f"SELECT pgcustsec.amend_request({number}, '{{name}}', NULL, '{{1}}', 3)",
        ):
            with pytest.raises(Exception, match="READ COMMITTED") as caught:
                li.execute(query.encode())
            assert getattr(caught.value, "sqlstate", None) == "CS107"


def test_who_has_no_manager_is_told_that_nobody_can_decide_and_it_lapses(broker: Broker) -> None:
    """Nobody may skip the step: neither who would decide the next one, nor an administrator."""
    number = filed(broker, "chen", purpose="servicing")
    assert seen(broker, "chen", "awaits, deciders") == [({"manager_of": "requester"}, [])]
    assert seen(broker, "luo", "state, mine_to_decide") == [("filed", False)]
    later(broker, "30 days")
    assert state(broker, number, "chen") == "lapsed"


def test_who_gets_a_manager_meanwhile_is_decided_on_by_them(broker: Broker) -> None:
    number = filed(broker, "chen", purpose="servicing")
    broker.execute("UPDATE pgcustsec_internal.staff SET manager_id = 'M1' WHERE staff_id = 'C1'")
    assert deciders(broker, number, "chen") == ["M1"]


def test_errors_name_kinds_and_columns_and_no_value(broker: Broker) -> None:
    with login(broker, "li") as li:
        for terms in (
            {"where": [term("mobile", value="13812345678")]},
            {"where": [term("birth_date", value="13812345678")]},
            {"keys": ["13812345678x"]},
        ):
            with pytest.raises(psycopg.Error) as caught:
                li.execute(
                    "SELECT pgcustsec.file_request('special', 'selling', 'crm.customer', '{name}', %s, %s, 3)",
                    [json.dumps(terms["where"]) if "where" in terms else None, terms.get("keys")],
                )
            diag = caught.value.diag
            said = [diag.message_primary, diag.message_detail, diag.message_hint]
            assert "13812345678" not in str(said)
