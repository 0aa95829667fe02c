"""
explain_access() and who_may_see(), asked for what they must not tell (hardening 9, 11, 13; 5.2.2, 5.2.4).

They read every row and know every rule. What they say of a row that is not the asker's must be what they say of none.
"""

from __future__ import annotations

import pytest

from tests.attack.opened_world import CUSTOMERS, SERVED
from tests.attack.world import Attacker, World

ASKED = "SELECT e.shown, e.why FROM pgcustsec.explain_access('A1', 'crm.customer', %s, 'mobile') AS e"


def _told_apart(agent: Attacker, statement: str) -> set[int]:
    """Keys of others that the answer tells from keys of nobody's."""
    [nobody] = {tuple(agent.send(statement, [str(key)]).rows) for key in range(CUSTOMERS + 1, CUSTOMERS + 20)}
    others = set(range(1, CUSTOMERS + 1)) - set(SERVED["A1"])
    return {key for key in others if tuple(agent.send(statement, [str(key)]).rows) != nobody}


def test_what_is_said_of_somebody_elses_row_is_what_is_said_of_none(opened: World, agent: Attacker) -> None:
    """The control: an explanation that says which of the two it is, as one would write it to be helpful."""
    opened.execute(
        "CREATE FUNCTION naive.explain(key text) RETURNS text LANGUAGE sql SECURITY DEFINER AS"
        " $$ SELECT CASE WHEN owner_staff_id = naive.me() THEN 'shown' ELSE 'not yours' END"
        "    FROM naive.customer WHERE customer_id = key::int $$"
    )
    assert len(_told_apart(agent, "SELECT naive.explain(%s)")) == CUSTOMERS - len(SERVED["A1"]), "the control"
    assert _told_apart(agent, ASKED) == set()
    assert agent.send(ASKED, ["1"]).rows[0][0] == "hidden", "of one's own it says more"


@pytest.mark.parametrize("staff", ["A2", "I1", "", None, "A1' OR true --"])
def test_nobody_asks_about_another_without_supervising(opened: World, agent: Attacker, staff: str | None) -> None:
    statement = "SELECT e.shown FROM pgcustsec.explain_access(%s, 'crm.customer', '21', 'mobile') AS e"
    with opened.attacker("I1") as inspector:
        assert inspector.send(statement, ["A2"]).rows == [("hidden",)], "the control"
    assert agent.send(statement, [staff]).sqlstate == "CS601"
    assert agent.send("SELECT * FROM pgcustsec.who_may_see('crm.customer', 'mobile')").sqlstate == "42501"


def test_a_supervisor_learns_how_it_shows_and_no_value(opened: World) -> None:
    with opened.attacker("I1") as inspector:
        for column in ("mobile", "name", "health"):
            loot = inspector.send("SELECT * FROM pgcustsec.explain_access('A2', 'crm.customer', '21', %s)", [column])
            assert loot.rows and "0021" not in loot.text and "ill-" not in loot.text and "王" not in loot.text
        assert inspector.send("SELECT * FROM pgcustsec.who_may_see('crm.customer', 'mobile')").rows


def test_what_it_reads_rows_by_is_nobodys_to_call(opened: World, agent: Attacker) -> None:
    call = "pgcustsec_internal.\"reach crm.customer\"('21', '{A2}', 'sales', 'BJ')"
    with opened.database.connect() as superuser:
        assert superuser.execute(f"SELECT r.serving FROM {call} AS r".encode()).fetchall() == [(True,)], "the control"
    for statement in (
        f"SELECT * FROM {call}",
        "SELECT pgcustsec_internal.reach('crm.customer', '21', '{}', '{}', '{}', '', '')",
    ):
        assert agent.send(statement).sqlstate == "42501"
    # The policy that lets pgcustsec_owner read is for that role alone.
    assert agent.send("SET ROLE pgcustsec_owner").sqlstate == "42501"
