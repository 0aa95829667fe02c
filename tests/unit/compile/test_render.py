"""Objects as statements: every name quoted, every statement as the role that owns what it touches."""

from __future__ import annotations

import pytest

from pgcustsec.compile.quote import ident, literal
from pgcustsec.compile.render import change, create, drop
from pgcustsec.objects import DatabaseRole, Grant, Membership, Policy, ReferenceRow, Schema, View

NASTY = 'a"; DROP TABLE x; --'


def test_a_name_is_quoted_whatever_it_holds() -> None:
    assert ident(NASTY) == '"a""; DROP TABLE x; --"'
    assert ident("s", "Order By") == '"s"."Order By"'


@pytest.mark.parametrize("value", ["it's", "back\\slash", "line\nbreak", "'; DROP TABLE x; --"])
def test_a_value_is_a_constant_whatever_it_holds(value: str) -> None:
    text = literal(value)
    assert text.startswith(("'", "E'", " E'")) and text.endswith("'")
    assert ("\\" in value) == text.lstrip().startswith("E")


@pytest.mark.parametrize(
    "thing",
    [
        View("agent", NASTY, "v", "", frozenset(), "", (), sql="CREATE VIEW x AS SELECT 1"),
        Policy("crm", "customer", NASTY, frozenset({"v"}), "SELECT", True, "", "", "o", using="true"),
        Schema(NASTY, "v", "", "dba"),
        Grant("table", ("crm", NASTY), "PUBLIC", "o", frozenset({"SELECT"})),
    ],
    ids=lambda thing: type(thing).__name__,
)
def test_a_statement_runs_as_the_owner_and_ends_as_who_began(thing: View | Policy | Schema | Grant) -> None:
    for statement in (create(thing), drop(thing)):
        assert statement.sql.startswith('SET ROLE "') or ";\nSET ROLE" in statement.sql
        assert statement.sql.endswith("RESET ROLE")
    assert '"a""; DROP TABLE x; --"' in drop(thing).sql


def test_a_role_is_made_without_any_attribute_and_loses_only_what_it_has() -> None:
    plain = DatabaseRole("r", "c")
    for word in ("NOLOGIN", "NOSUPERUSER", "NOBYPASSRLS", "NOCREATEROLE", "NOCREATEDB", "NOREPLICATION"):
        assert word in create(plain).sql
    altered = change(DatabaseRole("r", "c", frozenset({"LOGIN"})), plain).sql
    assert "NOLOGIN" in altered and "SUPERUSER" not in altered


def test_a_membership_says_each_option_where_the_version_has_them() -> None:
    new = Membership("g", "m", admin=False, inherit=True, set=False, server_major=16)
    assert create(new).sql == 'GRANT "g" TO "m" WITH ADMIN FALSE, INHERIT TRUE, SET FALSE'
    assert create(Membership("g", "m", True, True, True, 15)).sql == 'GRANT "g" TO "m" WITH ADMIN OPTION'
    theirs = Membership("g", "m", False, True, False, 16, grantors=("x", "y"))
    assert drop(theirs).sql == 'REVOKE "g" FROM "m" GRANTED BY "x";\nREVOKE "g" FROM "m" GRANTED BY "y"'


def test_a_role_row_that_ends_takes_who_held_it_along() -> None:
    assert "staff_role" in drop(ReferenceRow("role", "agent", (("group_role", "g"),))).sql
    assert "staff_role" not in drop(ReferenceRow("branch", "BJ", (("title", "t"),))).sql
