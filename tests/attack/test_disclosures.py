"""
Getting at the material of a disclosure by any login but its custodian's (hardening 5, 11, 13, 19; 3.3, 5.1).

A1 is the custodian of sales, A3 that of legal, A2 and E1 merely hold the role, D1 approves, I1 supervises. Holders of
the role see every row, with tier 1 hidden. The naive way beside it keeps who has a part in a disclosure, and forgets to
ask again.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from dataclasses import replace

import pytest

from pgcustsec.client import mint
from pgcustsec.matrix.model import Access, Approval, Department, Matrix, RequestKind
from pgcustsec.migrate import apply_matrix
from tests.attack.opened_world import opened_matrix, true_in
from tests.attack.test_full_and_extracts import blocked_by
from tests.attack.world import Attacker, World, connected
from tests.signing import make_key

#: Whoever filed, holds the role, decides or supervises has a part in it; nobody asks what has become of that.
NAIVE = """
CREATE TABLE naive.disclosure (number integer, filed_by text, state text DEFAULT 'approved');
CREATE FUNCTION naive.material(n integer) RETURNS SETOF text LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    RETURN QUERY
        SELECT c.mobile FROM naive.customer AS c JOIN naive.disclosure AS d ON d.number = n
        WHERE c.customer_id < 4 AND (d.filed_by = naive.me() OR EXISTS (
            SELECT FROM pgcustsec_internal.staff_role AS h
            WHERE h.staff_id = naive.me() AND h.role_code IN ('agent', 'clerk', 'inspector')));
END $$;
GRANT EXECUTE ON FUNCTION naive.material(integer) TO PUBLIC;
GRANT INSERT, SELECT, UPDATE ON naive.disclosure TO PUBLIC
"""
MATERIAL = {1, 2, 3}
READS = (
    "TABLE agent.customer",
    'TABLE pgcustsec_extracts."agent.customer"',
    "SELECT string_agg(mobile, ' ') FROM agent.customer",
    "SELECT string_agg(mobile, ' ') FROM pgcustsec_extracts.\"agent.customer\"",
)
LISTS = tuple(f"TABLE pgcustsec.{view}" for view in ("requests", "request_events", "extracts", "disclosures"))


def court(prefix: str) -> Matrix:
    """The matrix of record access, in which agents see all rows with hidden tier 1, and one a department discloses."""
    matrix = opened_matrix(prefix)
    agent = matrix.roles["agent"]
    everything = Access("crm.customer", ("all",), "none", "hidden")
    return replace(
        matrix,
        roles={**matrix.roles, "agent": replace(agent, tables={**agent.tables, "crm.customer": everything})},
        departments={**matrix.departments, "legal": Department("legal", "legal")},
        requests={
            **matrix.requests,
            "court": RequestKind(
                "court", "Court", (Approval(role="clerk"),), 5, custodian="agent", max_rows=3, canaries=False
            ),
        },
    )


@pytest.fixture(scope="module")
def _court(sealed_world: World) -> Iterator[World]:
    with sealed_world.copy() as copy:
        with connected(copy.database) as connection:
            apply_matrix(connection, court(copy.prefix))
        copy.execute(NAIVE)
        yield copy


@pytest.fixture
def world(_court: World) -> World:
    """Nothing filed yet; people as said above."""
    _court.execute(
        *(f"UPDATE pgcustsec_internal.staff SET login = NULL WHERE staff_id = '{p}'" for p in ("A1", "A2", "A3")),
        *(
            f"UPDATE pgcustsec_internal.staff SET active = true, login = '{{p}}{person.lower()}',"
            f" department_code = '{department}' WHERE staff_id = '{person}'"
            for person, department in (("A1", "sales"), ("A2", "sales"), ("A3", "legal"))
        ),
        *(f"ALTER TABLE pgcustsec_internal.{table} DISABLE TRIGGER refuse_rewriting" for table in EVIDENCE),
        *(f"DELETE FROM pgcustsec_internal.{table}" for table in EVIDENCE if table not in ("custodian", "suspension")),
        *(f"ALTER TABLE pgcustsec_internal.{table} ENABLE ALWAYS TRIGGER refuse_rewriting" for table in EVIDENCE),
        "DELETE FROM naive.disclosure",
    )
    for department, person in (("sales", "A1"), ("legal", "A3")):
        names(_court, department, person)
    return _court


EVIDENCE = ("extract_event", "extract", "disclosure", "request_event")


def names(world: World, department: str, person: str | None) -> None:
    with world.attacker("I1", at_work=False) as supervisor:
        loot = supervisor.send("SELECT pgcustsec.name_custodian(%s, %s)", [department, person])
        assert not loot.error, loot.error


@pytest.fixture
def custodian(world: World) -> Iterator[Attacker]:
    with world.attacker("A1", options="-c statement_timeout=20s") as attacker:
        yield attacker


FILE = (
    "SELECT pgcustsec.file_disclosure('court', 'work', 'crm.customer', '{mobile}', NULL, '{1,2,3}', 3,"
    " 'court', 'law', 'C-118')"
)


def ready(world: World, custodian: Attacker) -> int:
    """A disclosure that was filed and approved, its extract begun and record 1 open; also in the naive way."""
    number = int(custodian.send(FILE).value)
    with world.attacker("D1", at_work=False) as approver:
        approver.must(f"SELECT pgcustsec.decide_request({number}, 'approve', 'verified')")
    custodian.must(
        f"INSERT INTO naive.disclosure VALUES ({number}, naive.me())",
        f"SELECT pgcustsec.open_full({number}, '1')",
        f"SELECT pgcustsec.begin_extract({number}, 'plain')",
    )
    return number


def takes(attacker: Attacker, *statements: str) -> set[int]:
    """Whose true tier 1 comes back; of an error too."""
    return {number for one in statements or (*READS, *LISTS) for number in true_in(attacker.send(one).text)}


def naively(attacker: Attacker, number: int) -> set[int]:
    return takes(attacker, f"SELECT naive.material({number})")


def uses(number: int) -> tuple[str, ...]:
    return (
        f"SELECT pgcustsec.open_full({number}, '1')",
        f"SELECT pgcustsec.begin_extract({number}, 'plain')",
        f"SELECT pgcustsec.hand_over({number}, 'to me')",
    )


def test_the_control_the_custodian_gets_exactly_what_was_approved(world: World, custodian: Attacker) -> None:
    assert takes(custodian) == set()
    number = ready(world, custodian)
    assert takes(custodian, "TABLE agent.customer") == {1}
    assert takes(custodian) == naively(custodian, number) == MATERIAL
    assert takes(custodian, *LISTS) == set()


@pytest.mark.parametrize("person", ["A2", "E1", "A3", "D1", "I1"])
def test_no_other_login_gets_at_it(world: World, custodian: Attacker, person: str) -> None:
    """Another of the role, one who makes objects, the custodian of another department, the approver, a supervisor."""
    number = ready(world, custodian)
    with world.attacker(person) as other:
        assert naively(other, number) == MATERIAL, "the control"
        for attempt in range(2):
            assert takes(other) == takes(other, *(read.replace("agent.", "clerk.") for read in READS)) == set(), attempt
            for statement in (
                *uses(number),
                f"SELECT pgcustsec.amend_request({number}, '{{mobile}}', NULL, '{{1}}', 3)",
                f"SELECT pgcustsec.withdraw_request({number})",
                f"SELECT pgcustsec.extract_finished(x, repeat('ab', 32), 1) FROM generate_series(1, {number * 3}) AS x",
                f"SELECT pgcustsec.extract_destroyed(x, 'shred') FROM generate_series(1, {number * 3}) AS x",
            ):
                assert other.send(statement).sqlstate in ("CS301", "42501"), statement
    assert takes(custodian) == MATERIAL, "and nothing of it was disturbed"


@pytest.mark.parametrize("person", ["A2", "E1", "D1"])
def test_who_merely_holds_the_role_files_nothing(world: World, custodian: Attacker, person: str) -> None:
    plain = "SELECT pgcustsec.file_request('{}', 'work', 'crm.customer', '{{mobile}}', NULL, '{{1}}', 3)"
    with world.attacker(person) as other:
        assert not other.send(plain.format("special")).error, "the control: the role files"
        assert other.send(FILE).sqlstate == "CS312"
        assert other.send(plain.format("court")).sqlstate == "CS312"
        draft = plain.format("court").replace("3)", "3, NULL, true)")
        assert other.send(draft).sqlstate == "CS312"
    assert custodian.send(plain.format("court")).sqlstate == "CS206", "nor does the custodian, without an authority"
    assert not custodian.send(FILE).error, "the control"


def test_a_supervisor_makes_nobody_of_themselves(world: World, custodian: Attacker) -> None:
    """The control is another naming, which goes through. Even with the role it takes a second supervisor."""
    number = ready(world, custodian)
    world.execute("INSERT INTO pgcustsec_internal.staff_role VALUES ('I1', 'agent')")
    try:
        with world.attacker("I1", at_work=False) as supervisor:
            supervisor.must("SELECT pgcustsec.name_custodian('sales', 'A2')")
            assert supervisor.send("SELECT pgcustsec.name_custodian('sales', 'I1')").sqlstate == "CS603"
            for way in (
                "INSERT INTO pgcustsec_internal.custodian (department_code, staff_id, login, named_by)"
                " VALUES ('sales', 'I1', session_user, 'I1')",
                f"UPDATE pgcustsec_internal.request SET requester = 'I1' WHERE request_id = {number}",
                "TABLE pgcustsec_internal.disclosure",
                f"SELECT * FROM pgcustsec_internal.disclosure_seen({number})",
            ):
                assert supervisor.send(way).refused, way
            assert takes(supervisor) == set() and naively(supervisor, number) == MATERIAL
    finally:
        world.execute("DELETE FROM pgcustsec_internal.staff_role WHERE staff_id = 'I1' AND role_code = 'agent'")


MOVES = {
    "the custodian's row gets the other's login": (
        "UPDATE pgcustsec_internal.staff SET login = NULL WHERE staff_id = 'A2'",
        "UPDATE pgcustsec_internal.staff SET login = '{p}a2' WHERE staff_id = 'A1'",
    ),
    "logins are swapped": (
        "UPDATE pgcustsec_internal.staff SET login = NULL WHERE staff_id IN ('A1', 'A2')",
        "UPDATE pgcustsec_internal.staff SET login = '{p}a2' WHERE staff_id = 'A1'",
        "UPDATE pgcustsec_internal.staff SET login = '{p}a1' WHERE staff_id = 'A2'",
    ),
    "the custodian is moved away": (
        "UPDATE pgcustsec_internal.staff SET department_code = 'legal' WHERE staff_id = 'A1'",
    ),
    "the custodian leaves": ("UPDATE pgcustsec_internal.staff SET active = false WHERE staff_id = 'A1'",),
    "the custodian of legal is moved here": (
        "UPDATE pgcustsec_internal.staff SET department_code = 'legal' WHERE staff_id = 'A1'",
        "UPDATE pgcustsec_internal.staff SET department_code = 'sales' WHERE staff_id = 'A3'",
    ),
}  # fmt: skip


@pytest.mark.parametrize("move", MOVES)
def test_moving_people_moves_no_custody(world: World, custodian: Attacker, move: str) -> None:
    """Who administers people writes the list of staff, and gives nobody a disclosure by it."""
    number = ready(world, custodian)
    assert takes(custodian) == MATERIAL, "the control"
    world.execute(*MOVES[move])
    with world.attacker("A2") as other, world.attacker("A3") as third:
        for person in (custodian, other, third):
            assert takes(person) == set()
            for use in (*uses(number), *((FILE,) if person is not third else ())):
                assert person.send(use).sqlstate.startswith("CS"), use
        assert naively(other, number) == MATERIAL, "the control"


def test_a_department_given_to_the_same_person_later_is_another_custody(world: World, custodian: Attacker) -> None:
    number = ready(world, custodian)
    world.execute("UPDATE pgcustsec_internal.staff SET department_code = 'legal' WHERE staff_id = 'A1'")
    names(world, "legal", "A1")
    # What they hold of the custody of before is due first.
    assert custodian.send(FILE).sqlstate == "CS308"
    custodian.must("SELECT pgcustsec.extract_destroyed(e.extract_id, 'shredded') FROM pgcustsec.extracts AS e")
    assert not custodian.send(FILE).error, "the control: the custodian of legal now"
    assert takes(custodian) == set()
    assert {custodian.send(use).sqlstate for use in uses(number)} == {"CS312"}


PREPARED = (
    "SET plan_cache_mode = force_generic_plan",
    "PREPARE one AS TABLE agent.customer",
    'PREPARE bulk AS TABLE pgcustsec_extracts."agent.customer"',
)


def test_an_open_session_and_prepared_statements_end_with_the_naming(world: World, custodian: Attacker) -> None:
    number = ready(world, custodian)
    custodian.must(*PREPARED, f"PREPARE again AS {uses(number)[0]}", "EXECUTE again")
    assert takes(custodian, "EXECUTE one", "EXECUTE bulk") == MATERIAL, "the control"
    custodian.must("BEGIN")
    names(world, "sales", "A2")
    assert takes(custodian, "EXECUTE one", "EXECUTE bulk") == set(), "in a transaction that was open before, too"
    custodian.must("ROLLBACK")
    assert custodian.send("EXECUTE again").sqlstate == "CS312"
    assert takes(custodian) == set() and naively(custodian, number) == MATERIAL
    assert {custodian.send(use).sqlstate for use in uses(number)} == {"CS312"}
    with world.attacker("A2") as heir:
        assert takes(heir) == set(), "nor does it pass to the next"
        assert {heir.send(use).sqlstate for use in uses(number)} == {"CS301"}


def test_a_naming_that_is_not_committed_names_nobody(world: World, custodian: Attacker) -> None:
    number = ready(world, custodian)
    with world.attacker("I1", at_work=False) as supervisor, world.attacker("A2") as other:
        supervisor.must("BEGIN", "SELECT pgcustsec.name_custodian('sales', 'A2')")
        assert other.send(FILE).sqlstate == "CS312" and takes(custodian) == MATERIAL
        supervisor.must("ROLLBACK")
        assert other.send(FILE).sqlstate == "CS312" and takes(custodian) == MATERIAL
        supervisor.must("BEGIN", "SAVEPOINT s", "SELECT pgcustsec.name_custodian('sales', 'A2')")
        supervisor.must("ROLLBACK TO s", "COMMIT")
        assert other.send(FILE).sqlstate == "CS312" and takes(custodian) == MATERIAL
        supervisor.must("SELECT pgcustsec.name_custodian('sales', 'A2')")
        assert not other.send(FILE).error and takes(custodian) == set(), "the control"
        assert naively(custodian, number) == MATERIAL


def test_two_namings_at_once_come_one_after_the_other(world: World) -> None:
    with world.attacker("I1", at_work=False) as one, world.attacker("I1", at_work=False) as two:
        one.must("BEGIN", "SELECT pgcustsec.name_custodian('sales', 'A2')")
        done: list[str] = []
        thread = threading.Thread(
            target=lambda: done.append(two.send("SELECT pgcustsec.name_custodian('sales', 'A1')").error)
        )
        thread.start()
        thread.join(0.3)
        assert thread.is_alive(), "it waits"
        one.must("COMMIT")
        thread.join()
        assert done == [""]
        last = one.send(
            "SELECT staff_id FROM pgcustsec.custodians WHERE department_code = 'sales' AND ended_at IS NULL"
        )
        assert last.value == "A1"


def test_after_the_handing_over_the_custodian_has_nothing_either(world: World, custodian: Attacker) -> None:
    number = ready(world, custodian)
    custodian.must(*PREPARED)
    assert takes(custodian, "EXECUTE one", "EXECUTE bulk") == MATERIAL, "the control"
    custodian.must(f"SELECT pgcustsec.hand_over({number}, 'judge Zhao, 118')")
    assert takes(custodian, "EXECUTE one", "EXECUTE bulk") == takes(custodian) == set()
    assert naively(custodian, number) == MATERIAL, "the control"
    assert {custodian.send(use).sqlstate for use in uses(number)} == {"CS313"}
    with world.attacker("A1") as again:
        assert takes(again) == set()
        assert {again.send(use).sqlstate for use in uses(number)} == {"CS313"}
    for back in (
        f"SELECT pgcustsec.amend_request({number}, '{{mobile}}', NULL, '{{1}}', 3)",
        f"SELECT pgcustsec.withdraw_request({number})",
        f"SELECT pgcustsec.submit_request({number})",
        "SELECT pgcustsec.file_disclosure('court', 'work', 'crm.customer', '{mobile}', NULL, '{1}', 3, 'c', 'l', 'd')",
        f"DELETE FROM pgcustsec_internal.request_event WHERE request_id = {number}",
    ):
        assert custodian.send(back).sqlstate in ("CS313", "CS308", "42501"), back
    names(world, "sales", "A1")
    assert takes(custodian) == set(), "and being named anew opens nothing again"


def test_a_handing_over_and_a_beginning_come_one_after_the_other(world: World, custodian: Attacker) -> None:
    number = ready(world, custodian)
    results: list[str] = []
    with blocked_by(world, f"SELECT pgcustsec.hand_over({number}, 'judge Zhao, 118')") as other:
        begin = uses(number)[1]
        thread = threading.Thread(target=lambda: results.append(custodian.send(begin).sqlstate))
        thread.start()
        thread.join(0.3)
        assert thread.is_alive(), "it waits for the handing over"
        other.commit()
        thread.join()
    assert results == ["CS313"] and takes(custodian) == set()


def test_no_digest_comes_after_the_handing_over(world: World, custodian: Attacker) -> None:
    """Else the register would tell of another file than the one that was handed over."""
    number = ready(world, custodian)
    extract = custodian.send("SELECT max(extract_id) FROM pgcustsec.extracts").value
    finish = f"SELECT pgcustsec.extract_finished({extract}, repeat('ab', 32), 1)"
    results: list[str] = []
    with blocked_by(world, f"SELECT pgcustsec.hand_over({number}, 'judge Zhao, 118')") as other:
        thread = threading.Thread(target=lambda: results.append(custodian.send(finish).sqlstate))
        thread.start()
        thread.join(0.3)
        assert thread.is_alive(), "it waits for the handing over"
        other.commit()
        thread.join()
    assert results == ["CS313"]
    assert custodian.send(f"SELECT sha256 FROM pgcustsec.disclosures WHERE request_id = {number}").value is None


def test_an_application_does_not_speak_for_the_custodian(world: World, custodian: Attacker) -> None:
    """The control is a plain request of the same person's, which it does use."""
    number = ready(world, custodian)
    key = make_key(world.database, world.role("web"))
    with world.attacker("web", at_work=False) as web:
        token = mint(key, staff="A1", role="agent", purpose="work", session=uuid.uuid4())
        web.must(f"SELECT pgcustsec.register_session('{token}')")

        def sent(statement: str) -> str:
            web.must("BEGIN", f"SET LOCAL pgcustsec.token = '{token}'")
            loot = web.send(statement)
            assert true_in(loot.text) == set()
            web.send("COMMIT")
            return loot.sqlstate

        for statement in (*READS, *LISTS):
            assert sent(statement) == "", statement
        assert [sent(use) for use in uses(number)] == ["CS312", "CS312", "CS003"]
        assert sent(FILE) == "CS003"
        plain = "SELECT pgcustsec.file_request('{}', 'work', 'crm.customer', '{{mobile}}', NULL, '{{1}}', 3)"
        assert sent(plain.format("special")) == "" and sent(plain.format("court")) == "CS312"
    custodian.must("BEGIN", f"SET LOCAL pgcustsec.token = '{token}'")
    assert takes(custodian) == MATERIAL, "over one's own login another's token is nothing"
    custodian.must("ROLLBACK")


@pytest.mark.parametrize("isolation", ["REPEATABLE READ", "SERIALIZABLE"])
def test_an_older_snapshot_outlives_no_naming(world: World, custodian: Attacker, isolation: str) -> None:
    number = ready(world, custodian)
    for statement in (FILE, *uses(number), *READS):
        custodian.must(f"BEGIN ISOLATION LEVEL {isolation}")
        loot = custodian.send(statement)
        assert loot.sqlstate == "CS107" and true_in(loot.text) == set(), statement
        custodian.must("ROLLBACK")
    with world.attacker("I1", at_work=False) as supervisor:
        supervisor.must(f"BEGIN ISOLATION LEVEL {isolation}")
        assert supervisor.send("SELECT pgcustsec.name_custodian('sales', 'A2')").sqlstate == "CS107"


LEAKS = (
    "SELECT * FROM pgcustsec.disclosures WHERE evil.told({c})",
    "SELECT count(*) FROM pgcustsec.disclosures GROUP BY {c} HAVING evil.told({c})",
    "SELECT * FROM pgcustsec.disclosures WHERE ({c}::text)::integer > 0",
    "EXPLAIN ANALYZE SELECT * FROM pgcustsec.disclosures WHERE evil.told({c})",
)


def test_the_register_of_others_is_not_read_by_a_leaky_function_or_counted_by_a_plan(
    world: World, custodian: Attacker
) -> None:
    ready(world, custodian)
    assert "C-118" in custodian.send("TABLE pgcustsec.disclosures").text, "the control"
    with world.attacker("E1") as maker:
        maker.must(
            "CREATE OR REPLACE FUNCTION evil.told(anyelement) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS"
            " $$ BEGIN RAISE NOTICE 'LEAKED %', $1; RETURN true; END $$"
        )
        assert maker.send("SELECT * FROM naive.disclosure WHERE evil.told(filed_by)").text.count("LEAKED"), (
            "the control"
        )
        for column in ("document_number", "authority", "custodian"):
            for leak in LEAKS:
                loot = maker.send(leak.format(c=column))
                assert "C-118" not in loot.text and "LEAKED" not in loot.text and loot.sqlstate == "", leak
        counted = [
            maker.send(
                "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF, BUFFERS OFF)"
                f" SELECT * FROM pgcustsec.disclosures WHERE document_number = '{value}'"
            ).text.replace("nothing", "C-118")
            for value in ("C-118", "nothing")
        ]
        assert counted[0] == counted[1]


@pytest.mark.parametrize("table", ["custodian", "disclosure"])
def test_who_was_custodian_and_what_was_disclosed_is_rewritten_by_nobody(
    world: World, custodian: Attacker, table: str
) -> None:
    ready(world, custodian)
    for role in ("pgcustsec_owner", "postgres"):
        for rewrite in ("UPDATE {t} SET department_code = 'x'", "DELETE FROM {t}", "TRUNCATE {t} CASCADE"):
            with world.database.connect(autocommit=False) as connection:
                connection.execute(f"SET LOCAL session_replication_role = replica; SET LOCAL ROLE {role}".encode())
                with pytest.raises(Exception) as raised:
                    connection.execute(rewrite.format(t=f"pgcustsec_internal.{table}").encode())
                assert getattr(raised.value, "sqlstate", "") == "CS604", rewrite
                connection.rollback()
    for reach in (f"TABLE pgcustsec_internal.{table}", f"INSERT INTO pgcustsec_internal.{table} DEFAULT VALUES"):
        assert custodian.send(reach).refused


INTERNAL = (
    "disclosure_seen(1)",
    "_custodian('sales', 'agent')",
    "_in_custody(1, 'x')",
    "_refuse_unusable(1)",
    "_refuse_others('A1', 'agent', true)",
    "_file_request('court', 'work', 'crm.customer', '{mobile}', NULL, '{1}', 3, 3, true, NULL)",
)


def test_functions_beneath_are_nobodys_to_call(world: World, custodian: Attacker) -> None:
    """With USAGE, by somebody's mistake, the one that the view calls answers by its caller; others stay nobody's."""
    number = ready(world, custodian)
    for call in INTERNAL:
        assert custodian.send(f"SELECT pgcustsec_internal.{call}").refused, call
    world.execute("GRANT USAGE ON SCHEMA pgcustsec_internal TO PUBLIC")
    try:
        with world.attacker("A2") as other:
            for call in INTERNAL[1:]:
                assert other.send(f"SELECT pgcustsec_internal.{call}").refused, call
            assert other.send(f"SELECT * FROM pgcustsec_internal.disclosure_seen({number})").rows == []
        assert len(custodian.send(f"SELECT * FROM pgcustsec_internal.disclosure_seen({number})").rows) == 1
    finally:
        world.execute("REVOKE USAGE ON SCHEMA pgcustsec_internal FROM PUBLIC")
