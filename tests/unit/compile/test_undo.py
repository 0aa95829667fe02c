"""What a statement keeps to take itself back."""

from __future__ import annotations

from pgcustsec.compile import render
from pgcustsec.objects import Grant, Policy

SELECT = Grant("table", ("crm", "customer"), "bi", "crm_owner", frozenset({"SELECT"}))
BOTH = Grant("table", ("crm", "customer"), "bi", "crm_owner", frozenset({"SELECT", "UPDATE"}))


def test_a_revoke_is_undone_by_the_grant() -> None:
    assert render.drop(SELECT).undo == render.create(SELECT).sql
    assert render.create(SELECT).undo == render.drop(SELECT).sql


def test_a_change_is_undone_by_the_change_back() -> None:
    assert render.change(BOTH, SELECT).undo == render.change(SELECT, BOTH).sql


def test_a_body_whose_text_was_not_read_has_no_undo() -> None:
    found = Policy("crm", "customer", "p", frozenset({"v"}), "SELECT", True, "", "", "crm_owner")
    assert render.drop(found).undo is None
