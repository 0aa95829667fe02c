"""
Getting approved what nobody approved as it stands (hardening 21; 5.2.1).

Beside it `naive`: a table of requests with a state, which functions and people write, as one would who does not know
better. An attack counts only if it works there.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from pgcustsec.client import mint
from tests import cluster
from tests.attack.opened_world import opened_world, true_in
from tests.attack.requests_world import approve, chain, decide, equipped, file, naive_request, state
from tests.attack.world import Attacker, Loot, World
from tests.cluster import Candidate, Server
from tests.signing import make_key


@pytest.fixture(scope="module")
def asked(sealed_world: World) -> Iterator[World]:
    with equipped(sealed_world) as copy:
        yield copy


@pytest.fixture
def agent(asked: World) -> Iterator[Attacker]:
    with asked.attacker("A1", options="-c statement_timeout=20s") as attacker:
        yield attacker


# --- approving one's own --------------------------------------------------------------------------------------------


def test_ones_own_is_not_approved_by_a_second_role(asked: World) -> None:
    with asked.copy() as copy:
        copy.execute(
            "INSERT INTO pgcustsec_internal.staff_role VALUES ('A1', 'inspector'), ('I1', 'agent')",
            'UPDATE pgcustsec_internal.request_kind SET approvals = \'[{"role": "inspector"}]\'',
        )
        with copy.attacker("A1") as both:
            number = file(both).value
            for words in ("", "SET ROLE {p}agent", "SET search_path = evil"):
                both.send(words.replace("{p}", copy.prefix))
                assert both.send(decide(number)).sqlstate == "CS303"
            assert state(copy, number) == "filed"
        with copy.attacker("I1", at_work=False) as inspector:
            assert inspector.send(decide(number)).value == "approved", "the control: it is for an inspector"


def test_ones_own_is_not_approved_as_ones_own_manager(asked: World, agent: Attacker) -> None:
    """Where people write what says who manages them, they do."""
    number = naive_request(agent)
    agent.must("UPDATE naive.staff SET manager_id = 'A1' WHERE staff_id = 'A1'")
    agent.must(f"SELECT naive.decide({number})")
    assert agent.send(f"SELECT naive.decide({number})").value == "approved", "the control"
    number = file(agent).value
    for attack in (
        "UPDATE pgcustsec_internal.staff SET manager_id = 'A1' WHERE staff_id = 'A1'",
        "UPDATE pgcustsec_internal.staff SET manager_id = 'A1' WHERE staff_id = 'A2'",
        "UPDATE pgcustsec_internal.staff SET login = session_user WHERE staff_id = 'I1'",
        "INSERT INTO pgcustsec_internal.staff_role VALUES ('A1', 'inspector')",
        "DELETE FROM pgcustsec_internal.request_event",
        "UPDATE pgcustsec_internal.request SET requester = 'A2'",
        "UPDATE pgcustsec.requests SET requester = 'A2'",
        'UPDATE pgcustsec_internal.request_kind SET approvals = \'[{"role": "agent"}]\'',
        "INSERT INTO pgcustsec_internal.standing SELECT * FROM pgcustsec_internal.standing",
        "ALTER TABLE pgcustsec_internal.staff OWNER TO CURRENT_USER",
        "SET SESSION AUTHORIZATION {p}i1",
        "SET ROLE {p}inspector",
    ):
        loot = agent.send(attack.replace("{p}", asked.prefix))
        # What joins and counts rows is no view that could be written, whoever tries.
        assert loot.refused or loot.sqlstate == "55000", f"{attack}: {loot.text}"
    assert agent.send(decide(number)).sqlstate == "CS303"
    assert state(asked, number) == "filed"


def test_another_login_is_another_person_or_nobody(asked: World, agent: Attacker) -> None:
    """One login a person: a second one of theirs is registered to nobody, and has no right to decide anyway."""
    number = file(agent).value
    with pytest.raises(psycopg.errors.UniqueViolation):
        asked.execute("UPDATE pgcustsec_internal.staff SET login = '{p}a1' WHERE staff_id = 'A3'")
    with asked.copy() as copy:
        copy.execute(
            "GRANT CONNECT ON DATABASE " + copy.database.name + " TO {p}stranger",
            "GRANT USAGE ON SCHEMA pgcustsec TO {p}stranger",
            "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA pgcustsec TO {p}stranger",
            "GRANT SELECT ON pgcustsec.requests, pgcustsec.request_events TO {p}stranger",
            "GRANT EXECUTE ON FUNCTION pgcustsec_internal.request_seen(bigint) TO {p}stranger",
        )
        with copy.attacker("stranger", at_work=False) as stranger:
            for call in (
                decide(number),
                f"SELECT pgcustsec.withdraw_request({number})",
                f"SELECT pgcustsec.submit_request({number})",
                f"SELECT pgcustsec.amend_request({number}, '{{name}}', NULL, '{{1}}', 3)",
                "SELECT pgcustsec.file_request('special', 'work', 'crm.customer', '{name}', NULL, '{1}', 3)",
            ):
                assert stranger.send(call).sqlstate == "CS001", call
            assert stranger.send("TABLE pgcustsec.requests").rows == []
            assert stranger.send("TABLE pgcustsec.request_events").rows == []


def test_a_decision_is_not_made_through_an_application_whatever_token_it_shows(asked: World) -> None:
    """Who has an application's connection has all tokens that pass through it, so none decides."""
    with asked.copy() as copy:
        copy.execute('UPDATE pgcustsec_internal.request_kind SET approvals = \'[{"role": "agent"}]\'')
        with copy.attacker("A1") as agent:
            number = file(agent).value
        key = make_key(copy.database, copy.role("web"))
        with copy.attacker("web", at_work=False) as web:
            for staff, role, codes in (
                ("A2", "agent", {"CS003"}),
                ("A1", "agent", {"CS003"}),
                ("I1", "inspector", {"CS001"}),
            ):
                token = mint(key, staff=staff, role=role, purpose="work", session=uuid.uuid4())
                web.must(f"SELECT set_config('pgcustsec.token', '{token}', false)")
                assert web.send(decide(number)).sqlstate in codes, staff
            web.must("RESET pgcustsec.token")
            assert web.send(decide(number)).sqlstate == "CS001"
        assert state(copy, number) == "filed"
        with copy.attacker("A2", at_work=False) as other:
            other.must(f"SELECT set_config('pgcustsec.token', '{token}', false)")
            assert other.send(decide(number)).value == "approved", "the control: it is an agent's, as themselves"


def test_one_person_is_not_two_steps(asked: World) -> None:
    with equipped(asked) as copy, copy.attacker("A1") as agent, copy.attacker("I1", at_work=False) as inspector:
        number = naive_request(agent)
        inspector.must(f"SELECT naive.decide({number})")
        assert inspector.send(f"SELECT naive.decide({number})").value == "approved", "the control"
        chain(copy, {"role": "inspector"}, {"role": "inspector"})
        number = file(agent).value
        assert inspector.send(decide(number)).value == "in approval"
        for attack in (decide(number), decide(number, "refuse"), f"BEGIN; {decide(number)}; COMMIT"):
            assert inspector.send(attack).sqlstate == "CS304", attack
            inspector.send("ROLLBACK")
        assert inspector.send(f"SELECT count(*) FROM (SELECT ({decide(number)}) FROM generate_series(1, 2)) AS x").error
        assert state(copy, number) == "in approval"


# --- another request than was approved -------------------------------------------------------------------------------


def test_what_was_approved_is_not_swapped_for_something_else(asked: World, agent: Attacker) -> None:
    number = naive_request(agent, state="approved")
    agent.must(f"UPDATE naive.request SET columns = 'mobile', predicate = 'true' WHERE id = {number}")
    assert true_in(agent.send(f"SELECT naive.run({number})").text), "the control"
    number = file(agent).value
    approve(asked, number)
    assert state(asked, number) == "approved"
    for attack in (
        f"UPDATE pgcustsec_internal.request SET keys = '{{1,2,3}}' WHERE request_id = {number}",
        f"UPDATE pgcustsec.requests SET keys = '{{1,2,3}}' WHERE request_id = {number}",
        f"INSERT INTO pgcustsec.request_events (request_id, kind) VALUES ({number}, 'approved')",
    ):
        assert agent.send(attack).error, attack
    assert state(asked, number) == "approved"
    agent.must(f"SELECT pgcustsec.amend_request({number}, '{{mobile}}', NULL, '{{1,2,3}}', 3)")
    assert state(asked, number) == "filed"
    agent.must(f"SELECT pgcustsec.amend_request({number}, '{{mobile}}', NULL, '{{1}}', 3)")
    assert state(asked, number) == "filed", "and back is no way back"


@pytest.mark.parametrize("end", ["ROLLBACK", "ROLLBACK TO s; COMMIT", "SELECT 1 / 0; COMMIT"])
def test_an_amendment_taken_back_leaves_what_was_approved_and_nothing_else(
    asked: World, agent: Attacker, end: str
) -> None:
    number = file(agent).value
    approve(asked, number)
    agent.must("BEGIN; SAVEPOINT s", f"SELECT pgcustsec.amend_request({number}, '{{mobile}}', NULL, '{{2}}', 3)")
    assert agent.send(f"SELECT state FROM pgcustsec.requests WHERE request_id = {number}").value == "filed"
    assert agent.send(f"SELECT pgcustsec.open_full({number}, '2')").sqlstate == "CS302"
    agent.send("ROLLBACK TO s")
    for statement in end.split("; "):
        agent.send(statement)
    agent.send("ROLLBACK")
    assert agent.send(f"SELECT keys FROM pgcustsec.requests WHERE request_id = {number}").value == ["1"]
    assert state(asked, number) == "approved"


def test_a_decision_taken_back_is_none(asked: World, agent: Attacker) -> None:
    number = file(agent).value
    with asked.attacker("D1", at_work=False) as approver:
        approver.must("BEGIN; SAVEPOINT s", decide(number))
        approver.must("ROLLBACK TO s", "COMMIT")
        assert state(asked, number) == "filed"
        approver.must(
            f"DO $$ BEGIN BEGIN PERFORM pgcustsec.decide_request({number}, 'approve', 'x'); RAISE 'back';"
            " EXCEPTION WHEN raise_exception THEN NULL; END; END $$"
        )
        assert state(asked, number) == "filed"
        approver.must("BEGIN", decide(number), "COMMIT")
        assert state(asked, number) == "in approval", "the control"


# --- at the same time -------------------------------------------------------------------------------------------------


@contextmanager
def holding(world: World, person: str, statement: str) -> Iterator[Attacker]:
    """*person*, who has run *statement* in a transaction that is still open."""
    with world.attacker(person, at_work=False) as holder:
        holder.must("BEGIN", statement)
        yield holder


def after(world: World, person: str, statement: str, release: Callable[[], Any]) -> Loot:
    """What *person* gets for *statement*, which waits until *release*."""
    results: list[Loot] = []
    with world.attacker(person, at_work=False, options="-c statement_timeout=20s") as second:
        thread = threading.Thread(target=lambda: results.append(second.send(statement)))
        thread.start()
        thread.join(0.3)
        assert thread.is_alive(), f"it waits: {results}"
        release()
        thread.join()
    return results[0]


def test_the_control_of_races_a_state_read_before_a_lock_is_old(asked: World, agent: Attacker) -> None:
    number = naive_request(agent)
    with holding(asked, "A1", f"SELECT naive.withdraw({number})") as holder:
        loot = after(asked, "I1", f"SELECT naive.decide({number})", lambda: holder.must("COMMIT"))
    assert loot.value == "filed", "what was withdrawn is filed again"


WITHDRAW = "SELECT pgcustsec.withdraw_request({n})"
AMEND = "SELECT pgcustsec.amend_request({n}, '{{mobile}}', NULL, '{{2}}', 3)"
APPROVE, REFUSE = decide("{n}"), decide("{n}", "refuse")
#: Who does what first, who what second, what the second gets, and what it has come to.
RACES = {
    "withdrawn, then approved": ("A1", WITHDRAW, "D1", APPROVE, "CS310", "withdrawn"),
    "approved, then withdrawn": ("D1", APPROVE, "A1", WITHDRAW, "", "withdrawn"),
    "approved twice": ("D1", APPROVE, "D1", APPROVE, "CS304", "in approval"),
    "refused, then approved": ("D1", REFUSE, "D1", APPROVE, "CS304", "refused"),
    "refused, then withdrawn": ("D1", REFUSE, "A1", WITHDRAW, "CS304", "refused"),
    "both steps at once": ("D1", APPROVE, "I1", APPROVE, "", "approved"),
    "approved, then amended": ("D1", APPROVE, "A1", AMEND, "", "filed"),
    "refused, then amended": ("D1", REFUSE, "A1", AMEND, "CS304", "refused"),
}


@pytest.mark.parametrize("race", RACES)
@pytest.mark.parametrize("commits", [True, False])
def test_steps_come_one_after_the_other(asked: World, agent: Attacker, race: str, commits: bool) -> None:
    first, statement, second, following, code, end = RACES[race]
    number = file(agent).value
    with holding(asked, first, statement.format(n=number)) as holder:
        loot = after(
            asked, second, following.format(n=number), lambda: holder.must("COMMIT" if commits else "ROLLBACK")
        )
    if commits:
        assert (loot.sqlstate, state(asked, number)) == (code, end)
    elif race == "both steps at once":
        assert loot.sqlstate == "CS305", "the first step was taken back, so the second is not its turn"
    else:
        assert loot.sqlstate == "", loot.text


def test_who_approves_approves_what_it_says_by_then_and_can_see_it_before_committing(
    asked: World, agent: Attacker
) -> None:
    """An amendment that comes first is what is approved. So who decides reads it once more, while it cannot change."""
    number = file(agent).value
    amendment = f"SELECT pgcustsec.amend_request({number}, '{{mobile}}', NULL, '{{1,2}}', 3)"
    with asked.attacker("D1", at_work=False) as approver, holding(asked, "A1", amendment) as holder:
        read = f"SELECT keys FROM pgcustsec.requests WHERE request_id = {number}"
        assert approver.send(read).value == ["1"]
        approver.must("BEGIN")
        thread = threading.Thread(target=lambda: approver.must(decide(number)))
        thread.start()
        thread.join(0.3)
        holder.must("COMMIT")
        thread.join()
        assert approver.send(read).value == ["1", "2"], "not what was read"
        after(asked, "A1", amendment.replace("1,2", "3"), lambda: approver.must("ROLLBACK"))
    assert state(asked, number) == "filed"


@pytest.mark.parametrize("isolation", ["REPEATABLE READ", "SERIALIZABLE"])
def test_nothing_is_done_in_a_snapshot_from_before(asked: World, agent: Attacker, isolation: str) -> None:
    asked.execute("CREATE TABLE IF NOT EXISTS naive.event (id integer, what text)")
    asked.execute("GRANT SELECT, INSERT ON naive.event TO PUBLIC")
    number = file(agent).value
    steps = {
        "D1": [decide(number), decide(number, "refuse")],
        "A1": [
            f"SELECT pgcustsec.withdraw_request({number})",
            f"SELECT pgcustsec.submit_request({number})",
            f"SELECT pgcustsec.amend_request({number}, '{{mobile}}', NULL, '{{2}}', 3)",
            "SELECT pgcustsec.file_request('special', 'work', 'crm.customer', '{name}', NULL, '{1}', 3)",
        ],
    }
    naive = (
        f"INSERT INTO naive.event SELECT {number}, 'approved'"
        f" WHERE NOT EXISTS (SELECT FROM naive.event WHERE id = {number})"
    )
    for person, statements in steps.items():
        for statement in statements:
            with asked.attacker(person, at_work=False) as late:
                late.must(f"BEGIN ISOLATION LEVEL {isolation}", "SELECT count(*) FROM pgcustsec.requests")
                assert late.send(statement).sqlstate == "CS107", statement
    with asked.attacker("D1", at_work=False) as late:
        late.must(f"BEGIN ISOLATION LEVEL {isolation}", "SELECT count(*) FROM naive.event")
        agent.must(f"INSERT INTO naive.event VALUES ({number}, 'withdrawn')")
        late.must(naive, "COMMIT")
        found = late.send(f"SELECT what FROM naive.event WHERE id = {number}").rows
        assert ("approved",) in found, "the control: after it was withdrawn"


@pytest.fixture(scope="module")
def preparing(server: Server) -> Iterator[World]:
    """The world on a server where transactions can be prepared."""
    if server.bindir is None:
        pytest.skip("the server of one's own cannot be started twice")
    other = cluster.start(Candidate(server.name, server.version, bindir=server.bindir), max_prepared_transactions="5")
    try:
        with opened_world(other) as world, world.copy() as copy:
            yield copy
    finally:
        other.stop()


def test_no_step_is_prepared_and_left(preparing: World) -> None:
    """Each tells who listens, which PostgreSQL does not prepare; the control is an opening, which tells nobody."""
    with preparing.attacker("A1") as agent, preparing.attacker("I1", at_work=False) as inspector:
        number = file(agent).value
        agent.must("BEGIN", "SELECT pgcustsec.open_record('customer', '1', 'x')", "PREPARE TRANSACTION 'control'")
        agent.must("ROLLBACK PREPARED 'control'")
        for person, statement in (
            (agent, f"SELECT pgcustsec.withdraw_request({number})"),
            (agent, f"SELECT pgcustsec.amend_request({number}, '{{name}}', NULL, '{{1}}', 3)"),
            (inspector, decide(number)),
            (inspector, decide(number, "refuse")),
        ):
            person.must("BEGIN", statement)
            assert person.send("PREPARE TRANSACTION 'left'").sqlstate == "0A000", statement
            person.send("ROLLBACK")
        assert state(preparing, number) == "filed"
