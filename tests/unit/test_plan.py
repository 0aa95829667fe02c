"""Two states in, ordered statements out."""

from __future__ import annotations

from dataclasses import replace

from pgcustsec.objects import Function, Grant, Key, Membership, Object, Policy, RowSecurity, View
from pgcustsec.plan import fingerprint, make_plan

OWNER, VIEWER, GROUP = "owner", "agent_viewer", "agent"


def by_key(*things: Object) -> dict[Key, Object]:
    return {thing.key: thing for thing in things}


def table_grant(grantee: str, *privileges: str, grantor: str = OWNER, grantable: bool = False) -> Grant:
    given = frozenset(privileges or ("SELECT",))
    return Grant("table", ("crm", "customer"), grantee, grantor, given, given if grantable else frozenset())


def column_grant(column: str, grantee: str = VIEWER) -> Grant:
    return Grant("column", ("crm", "customer", column), grantee, OWNER, frozenset({"SELECT"}))


def policy(source: str = "1") -> Policy:
    return Policy("crm", "customer", VIEWER, frozenset({VIEWER}), "SELECT", True, source, "", OWNER, using="true")


def view(name: str, source: str = "1", above: tuple[str, str] | None = None, sql: str = "") -> View:
    schema = "pgcustsec_views" if above else "agent"
    return View(schema, name, VIEWER, source, frozenset(), "", (), sql=sql, above=above)


def steps(present: dict[Key, Object], wanted: dict[Key, Object]) -> list[str]:
    return [step.what for step in make_plan("d", present, wanted).statements]


def test_equal_states_need_no_statement() -> None:
    state = by_key(table_grant(VIEWER), policy(), view("customer"))
    assert steps(state, state) == []


def test_what_narrows_comes_before_what_widens() -> None:
    found = steps(by_key(table_grant("PUBLIC")), by_key(column_grant("status"), policy()))
    assert found == [
        "drop grant table.crm.customer.PUBLIC.owner",
        "create policy crm.customer.agent_viewer",
        "create grant column.crm.customer.status.agent_viewer.owner",
    ]


def test_a_view_is_gone_before_its_policy_changes_and_back_after_it() -> None:
    opened = Grant("table", ("agent", "customer"), GROUP, VIEWER, frozenset({"SELECT"}))
    found = steps(by_key(view("customer"), policy(), opened), by_key(view("customer", "2"), policy("2"), opened))
    assert found == [
        "drop view agent.customer",
        "change policy crm.customer.agent_viewer",
        "create view agent.customer",
        "create grant table.agent.customer.agent.agent_viewer",
    ]


def test_an_inner_view_goes_after_its_reader_and_comes_before_it() -> None:
    outer, inner = view("customer"), view("agent.customer", above=("agent", "customer"))
    found = steps(by_key(outer, inner), by_key(outer, replace(inner, source="2")))
    assert found == [
        "drop view agent.customer",
        "drop view pgcustsec_views.agent.customer",
        "create view pgcustsec_views.agent.customer",
        "create view agent.customer",
    ]


def test_a_revoke_on_a_table_brings_back_the_columns_that_it_takes_along() -> None:
    wanted = by_key(column_grant("status"), column_grant("name", "other"))
    assert steps({**wanted, **by_key(table_grant(VIEWER))}, wanted) == [
        "drop grant table.crm.customer.agent_viewer.owner",
        "create grant column.crm.customer.status.agent_viewer.owner",
    ]


def test_a_revoke_of_another_privilege_leaves_the_columns_alone() -> None:
    wanted = by_key(column_grant("status"))
    found = steps({**wanted, **by_key(table_grant(VIEWER, "UPDATE"))}, wanted)
    assert found == ["drop grant table.crm.customer.agent_viewer.owner"]


def test_what_was_handed_on_goes_with_the_grant_that_it_came_from() -> None:
    chain = by_key(
        table_grant(GROUP, grantable=True),
        table_grant("second", grantor=GROUP, grantable=True),
        table_grant("PUBLIC", grantor="second"),
    )
    assert steps(chain, {}) == ["drop grant table.crm.customer.agent.owner"]


def test_a_privilege_handed_on_without_losing_its_source_is_revoked_by_itself() -> None:
    kept = table_grant(GROUP)
    assert steps(by_key(kept, table_grant("PUBLIC", grantor=GROUP)), by_key(kept)) == [
        "drop grant table.crm.customer.PUBLIC.agent"
    ]


def function(owner: str = "pgcustsec_owner", source: str = "1", returns: str = "bigint[]") -> Function:
    return Function(
        "pgcustsec_internal", "serving crm.customer", "text", source, owner, "", sql="", returns=(("", returns),)
    )


def test_a_functions_body_is_replaced_in_place() -> None:
    calling = replace(policy(), using="(SELECT pgcustsec_internal.\"serving crm.customer\"('agent'))")
    found = steps(by_key(function(source="2"), calling), by_key(function(), calling))
    assert found == ["change function pgcustsec_internal.serving crm.customer.text"]


def test_a_function_that_cannot_be_replaced_in_place_takes_its_callers_along() -> None:
    call = "pgcustsec_internal.\"serving crm.customer\"('agent')"
    calling = by_key(replace(policy(), using=call), view("customer", sql=call), view("visit", sql="SELECT 1"))
    for wrong in (function(owner="other"), function(returns="integer[]")):
        found = steps({**by_key(wrong), **calling}, {**by_key(function()), **calling})
        assert found == [
            "drop view agent.customer",
            "drop policy crm.customer.agent_viewer",
            "drop function pgcustsec_internal.serving crm.customer.text",
            "create function pgcustsec_internal.serving crm.customer.text",
            "create policy crm.customer.agent_viewer",
            "create view agent.customer",
        ]


def membership(member: str, *, admin: bool = False, by: tuple[str, ...] = ("dba",), major: int = 18) -> Membership:
    return Membership(GROUP, member, admin, True, False, major, by)


def test_what_an_administrator_granted_is_granted_anew_when_they_go() -> None:
    present = by_key(membership("dba", admin=True, by=("postgres",)), membership("li"))
    assert steps(present, by_key(membership("li"))) == ["drop membership agent.dba", "create membership agent.li"]


def test_before_16_members_stay_when_their_administrator_goes() -> None:
    present = by_key(membership("dba", admin=True, by=("postgres",), major=15), membership("li", major=15))
    assert steps(present, by_key(membership("li", major=15))) == ["drop membership agent.dba"]


def test_a_membership_that_only_lacks_an_option_is_granted_it_and_keeps_what_hangs_on_it() -> None:
    lacking = replace(membership("dba", admin=True, by=("postgres",)), inherit=False)
    wanted = by_key(replace(lacking, set=True), membership("li"))
    assert steps(by_key(lacking, membership("li")), wanted) == ["change membership agent.dba"]
    [change] = make_plan("d", by_key(lacking), by_key(replace(lacking, set=True))).statements
    assert "REVOKE" not in change.sql


def test_row_security_is_never_turned_off() -> None:
    assert steps(by_key(RowSecurity("crm", "customer", True, OWNER)), {}) == []


def test_the_fingerprint_tells_what_is_compared_and_nothing_else() -> None:
    state = by_key(policy(), table_grant(VIEWER, "SELECT", "INSERT"))
    assert fingerprint(state) == fingerprint(dict(reversed(state.items())))
    assert fingerprint(state) == fingerprint(
        by_key(replace(policy(), using="x"), table_grant(VIEWER, "INSERT", "SELECT"))
    )
    assert fingerprint(state) != fingerprint(by_key(policy("2"), table_grant(VIEWER, "SELECT", "INSERT")))
    assert fingerprint(state) != fingerprint(by_key(policy()))


def test_a_line_break_in_a_name_stays_inside_the_scripts_comment() -> None:
    bad = replace(policy(), name="x\nDROP TABLE t; --")
    script = make_plan("d\nDROP DATABASE d; --", by_key(bad), {}).sql
    comments = [line for line in script.splitlines() if line.startswith("-- ")]
    assert len(comments) == 2, "the database, the policy"
    assert "\nDROP DATABASE" not in script
    assert script.count("\nDROP TABLE") == 1  # within the quotes of its name
