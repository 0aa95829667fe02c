"""
Prospects that one may not have: claims beyond pool, limit and cool-down (hardening 3, 10, 13, 19, 20, 21; 4.2).

The demo's broker: customers 2 and 5 are in the pool, li (S1) serves 1 and 4, wang (S2) serves 3. Beside it `naive`: a
pool as one would write it who does not know better, over a copy of the table.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, cast

import psycopg
import pytest
from psycopg import sql

from pgcustsec.migrate import apply_matrix
from tests.attack.world import Attacker, Loot
from tests.cluster import Server
from tests.integration.clients.world import Broker, built, copy
from tests.work import sign_all

NAIVE = """
CREATE SCHEMA naive;
CREATE TABLE naive.customer AS SELECT customer_id, status, owner_staff_id, health FROM crm.customer;
CREATE FUNCTION naive.me() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
    RETURN (SELECT s.staff_id FROM pgcustsec_internal.staff AS s WHERE s.login = session_user);
CREATE FUNCTION naive.claim(key bigint, at_most integer DEFAULT 200) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF (SELECT count(*) FROM naive.customer WHERE owner_staff_id = naive.me() AND status = 'prospect') >= at_most THEN
        RAISE EXCEPTION 'limit';
    END IF;
    PERFORM pg_sleep(0.1);
    UPDATE naive.customer SET owner_staff_id = naive.me() WHERE customer_id = key;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no customer %', key;
    END IF;
END $$;
CREATE FUNCTION naive.release(key bigint) RETURNS void LANGUAGE sql SECURITY DEFINER
    AS 'UPDATE naive.customer SET owner_staff_id = NULL WHERE customer_id = key';
CREATE VIEW naive.mine WITH (security_barrier) AS
    SELECT customer_id, health FROM naive.customer WHERE owner_staff_id = naive.me();
GRANT USAGE ON SCHEMA naive TO PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA naive TO PUBLIC;
GRANT SELECT ON naive.mine TO PUBLIC;
"""
#: How many more prospects there are, so that a limit is worth passing.
MORE = 12


@pytest.fixture(scope="module")
def made(server: Server) -> Iterator[Broker]:
    with built(server) as world:
        world.execute(
            "INSERT INTO crm.customer (status, branch_code, health) SELECT 'prospect', 'BJ', 'ill-' || i"
            f" FROM generate_series(6, {5 + MORE}) AS i",
            NAIVE,
        )
        yield world


@pytest.fixture
def broker(made: Broker) -> Iterator[Broker]:
    with copy(made) as world:
        yield world


@contextmanager
def attacker(broker: Broker, login: str = "li") -> Iterator[Attacker]:
    connection = broker.person(login, options="-c statement_timeout=10s")
    try:
        # Of its world an Attacker only remembers it; the broker is no attack.World.
        yield Attacker(cast(Any, broker), connection, set())
    finally:
        connection.close()


@pytest.fixture
def li(broker: Broker) -> Iterator[Attacker]:
    with attacker(broker) as li:
        yield li


def claims(key: object) -> str:
    return f"SELECT pgcustsec.claim('customer', '{key}') IS NOT NULL"


def held(broker: Broker, person: str = "S1") -> int:
    query = "SELECT count(*) FROM crm.customer WHERE owner_staff_id = %s AND status = 'prospect'"
    [(count,)] = broker.rows(query, person)
    return int(count)


def limited(broker: Broker, most: int) -> None:
    broker.execute(f"UPDATE pgcustsec_internal.pool SET claim_limit = {most}")


def answer(loot: Loot) -> tuple[str, str]:
    """What the attacker can tell refusals apart by."""
    return loot.sqlstate, loot.text


@pytest.mark.parametrize("key", [1, 3, 4])
def test_what_has_bought_or_is_somebodys_is_not_claimed(broker: Broker, li: Attacker, key: int) -> None:
    li.must(f"SELECT naive.claim({key})")
    assert (key,) in li.send("SELECT customer_id FROM naive.mine").rows, "the control"
    before = broker.snapshot()
    assert li.send(claims(key)).sqlstate == "CS502"
    assert broker.snapshot() == before


def test_a_refusal_does_not_tell_whether_a_customer_is_there(broker: Broker, li: Attacker) -> None:
    """Another's customer, another's prospect, none, no key: the same words."""
    assert li.send("SELECT naive.claim(99)").error and not li.send("SELECT naive.claim(3)").error, "the control"
    with attacker(broker, "wang") as wang:
        wang.must(claims(2))
    told = {answer(li.send(claims(key))) for key in (2, 3, 99, "x", "", "9" * 30)}
    assert len(told) == 1
    assert len({answer(li.send(f"SELECT pgcustsec.release('customer', '{key}')")) for key in (2, 3, 99, "x")}) == 1


def test_what_the_role_does_not_see_is_not_claimed(broker: Broker, li: Attacker) -> None:
    """The pool of the matrix is wider than what a role sees where its policy was narrowed: the policy decides."""
    policy = f"{broker.prefix}sales_agent_viewer"
    with broker.database.connect() as connection:
        connection.execute(
            sql.SQL("CREATE POLICY hidden ON crm.customer AS RESTRICTIVE TO {} USING (customer_id <> 2)").format(
                sql.Identifier(policy)
            )
        )
    assert answer(li.send(claims(2))) == answer(li.send(claims(99)))
    li.must(claims(5))


def test_of_two_who_claim_at_once_one_wins_and_nobody_waits(broker: Broker, li: Attacker) -> None:
    with attacker(broker, "wang") as wang:
        li.must("BEGIN", claims(2))
        wang.must("SET statement_timeout = '2s'")
        assert wang.send(claims(2)).sqlstate == "CS502"
        wang.must(claims(5))
        li.must("COMMIT")
        assert wang.send(claims(2)).sqlstate == "CS502"
    assert (held(broker), held(broker, "S2")) == (1, 1)


def test_many_who_claim_the_same_at_the_same_moment_get_it_once(broker: Broker) -> None:
    start = threading.Barrier(6)

    def take(login: str) -> str:
        with attacker(broker, login) as one:
            start.wait()
            return one.send(claims(2)).sqlstate

    with ThreadPoolExecutor(6) as threads:
        states = list(threads.map(take, ["li", "wang"] * 3))
    assert states.count("") == 1 and set(states) <= {"", "CS502", "CS504"}
    assert held(broker) + held(broker, "S2") == 1


def test_the_limit_is_not_passed_by_several_connections_at_once(broker: Broker, li: Attacker) -> None:
    """The control counts first and takes then: each connection is the last that is allowed."""
    limited(broker, 2)
    start = threading.Barrier(6)

    def take(key: int) -> tuple[str, str]:
        with attacker(broker) as one:
            start.wait()
            naive = one.send(f"SELECT naive.claim({key}, 2)").error
            start.wait()
            return naive, one.send(claims(key)).sqlstate

    with ThreadPoolExecutor(6) as threads:
        told = list(threads.map(take, range(6, 12)))
    assert [naive for naive, _ in told].count("") > 2, "the control"
    assert sorted(state for _, state in told) == ["", "", "CS503", "CS503", "CS503", "CS503"]
    assert held(broker) == 2


def test_a_claim_that_waits_for_the_same_persons_other_one_counts_it(broker: Broker, li: Attacker) -> None:
    limited(broker, 1)
    with attacker(broker) as other, ThreadPoolExecutor(1) as thread:
        li.must("BEGIN", claims(2))
        waiting = thread.submit(other.send, claims(5))
        _until_waiting(broker)
        li.must("COMMIT")
        assert waiting.result().sqlstate == "CS503"
    assert held(broker) == 1


def _until_waiting(broker: Broker) -> None:
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'"
    for _ in range(200):
        if broker.rows(query, broker.database.name) != [(0,)]:
            return
        threading.Event().wait(0.02)
    raise AssertionError("nobody waits")


@pytest.mark.parametrize("back", ["ROLLBACK", "ROLLBACK TO s; COMMIT"])
def test_prospects_are_not_read_one_after_the_other_by_taking_each_claim_back(
    broker: Broker, li: Attacker, back: str
) -> None:
    """What the claim shows was seen, so each costs an opening, whatever becomes of it; the log has it as well."""
    broker.execute("UPDATE pgcustsec_internal.role SET openings_per_day = 4 WHERE role_code = 'sales_agent'")
    read: dict[str, int] = {}
    for how in ("naive", "ours"):
        read[how] = 0
        for key in range(6, 6 + MORE):
            li.must("BEGIN", "SAVEPOINT s")
            view = "naive.mine" if how == "naive" else "customer"
            li.send(f"SELECT naive.claim({key})" if how == "naive" else claims(key))
            read[how] += f"ill-{key}" in li.send(f"SELECT health FROM {view} WHERE customer_id = {key}").text
            for statement in back.split("; "):
                li.send(statement)
    assert read == {"naive": MORE, "ours": 4}
    assert li.send(claims(2)).sqlstate == "CS204"
    assert held(broker) == 0
    assert li.send("SELECT spent FROM pgcustsec.my_budget() WHERE what = 'openings'").value == 4


def test_the_limit_is_not_passed_in_one_statement_or_one_transaction(broker: Broker, li: Attacker) -> None:
    limited(broker, 3)
    everything = "SELECT pgcustsec.claim('customer', customer_id::text) FROM customer WHERE owner_staff_id IS NULL"
    assert li.send(everything).sqlstate == "CS503"
    assert held(broker) == 0
    li.must("BEGIN", *(f"{claims(key)}" for key in (6, 7, 8)))
    assert li.send(claims(9)).sqlstate == "CS503"
    li.must("ROLLBACK")
    li.must(
        f"DO $$ BEGIN FOR i IN 6..{5 + MORE} LOOP BEGIN PERFORM pgcustsec.claim('customer', i::text);"
        " EXCEPTION WHEN OTHERS THEN NULL; END; END LOOP; END $$"
    )
    assert held(broker) == 3


DODGES = [
    "SET pgcustsec.token = 'pgcustsec1.a.b.c.d.e.f.g'",
    "SET ROLE NONE",
    "SELECT pgcustsec.end_session(); SELECT pgcustsec.start_session('selling')",
    "SET TimeZone = 'Pacific/Kiritimati'",
    "SET TimeZone = 'Etc/GMT+12'",
    "DISCARD ALL",
    "SET search_path = pg_temp",
    "SET session_replication_role = replica",
    "SET row_security = off",
]


def test_who_had_a_prospect_does_not_have_it_again_by_any_detour(broker: Broker, li: Attacker) -> None:
    li.must("SELECT naive.claim(2)", "SELECT naive.release(2)", "SELECT naive.claim(2)")
    li.must(claims(2), "SELECT pgcustsec.release('customer', '2')")
    for dodge in DODGES:
        for statement in dodge.split("; "):
            li.send(statement)
        for relation in ("customer", "crm.customer", "sales_agent.customer"):
            for key in ("2", " 2", "02", "2 "):
                loot = li.send("SELECT pgcustsec.claim(%s, %s)", [relation, key])
                wanted = ("42501",) if "row_security" in dodge else ("CS504",)
                assert loot.sqlstate in wanted, (dodge, relation, key, loot.error)
        li.send("RESET ALL")
    assert held(broker) == 0


def test_the_cool_down_goes_by_the_person_not_by_role_or_login(broker: Broker, li: Attacker) -> None:
    """Another role of theirs with a pool, another login of theirs: the same person."""
    li.must(claims(2), "SELECT pgcustsec.release('customer', '2')")
    broker.execute(
        "UPDATE pgcustsec_internal.pool SET roles = '{sales_agent,service_agent}'",
        "INSERT INTO pgcustsec_internal.staff_role (staff_id, role_code) VALUES ('S1', 'service_agent')",
    )
    sign_all(li.connection)
    li.must("SELECT pgcustsec.start_session('servicing')")
    for relation in ("customer", "service_agent.customer", "sales_agent.customer"):
        assert li.send(f"SELECT pgcustsec.claim('{relation}', '2')").sqlstate in ("CS504", "CS005"), relation
    chen = broker.login("chen")
    broker.execute(
        "UPDATE pgcustsec_internal.staff SET login = NULL WHERE staff_id = 'C1'",
        f"UPDATE pgcustsec_internal.staff SET login = '{chen}' WHERE staff_id = 'S1'",
        f"GRANT {broker.prefix}sales_agent TO {chen}",
    )
    with attacker(broker, "chen") as again:
        assert again.send(claims(2)).sqlstate == "CS504"
    broker.execute(f"REVOKE {broker.prefix}sales_agent FROM {chen}")


def test_a_limit_is_not_dodged_by_writing_oneself_into_rows(broker: Broker, li: Attacker) -> None:
    """A prospect that one writes oneself into counts like a claimed one; whose a row is, is not writable after."""
    limited(broker, 1)
    li.must("INSERT INTO customer (status, owner_staff_id, branch_code) VALUES ('prospect', 'S1', 'BJ')")
    assert li.send(claims(2)).sqlstate == "CS503"
    for write in (
        "UPDATE customer SET owner_staff_id = 'S1' WHERE customer_id = 2",
        "UPDATE customer SET owner_staff_id = NULL WHERE customer_id = 1",
        "UPDATE customer SET claimed_at = now() WHERE customer_id = 1",
        "UPDATE crm.customer SET owner_staff_id = 'S1' WHERE customer_id = 2",
    ):
        assert li.send(write).sqlstate in ("42501", "CS406"), write


def test_where_a_role_may_write_the_holder_its_claims_are_counted_and_cool_down_all_the_same(broker: Broker) -> None:
    """
    Stated in the page: writing the holder passes the limit by, as the matrix says so. What it does not do: hold more
    and claim on; free a claimed prospect and have it again with a new term.
    """
    limited(broker, 1)
    with attacker(broker) as li, broker.database.connect() as owner:
        li.must(claims(2))
        owner.execute("UPDATE crm.customer SET owner_staff_id = 'S1' WHERE customer_id = 5")
        assert held(broker) == 2, "past the limit"
        assert li.send(claims(6)).sqlstate == "CS503"
        owner.execute("UPDATE crm.customer SET owner_staff_id = NULL WHERE customer_id IN (2, 5)")
        assert li.send(claims(2)).sqlstate == "CS504"


REACHES = [
    "SELECT pgcustsec.recycle('crm.customer')",
    "SELECT pgcustsec_internal.pool_turn('crm.customer', '3', 'S2', 'S1', now())",
    "SELECT * FROM pgcustsec_internal.pool_held('crm.customer', '{1,2,3}')",
    "SELECT * FROM pgcustsec_internal.pool_state('crm.customer', now(), now())",
    "SELECT * FROM pgcustsec_internal.pool_recycle('crm.customer', now(), now(), 10)",
    "SELECT pgcustsec_internal.pool_count('crm.customer', 'S2', 10)",
    "SELECT * FROM pgcustsec_internal._pool_state()",
    "SELECT * FROM pgcustsec_internal.pool_seen()",
    "SELECT * FROM pgcustsec_internal.hand_over('S2', 'S1', now())",
    "SELECT * FROM pgcustsec_internal._hand_over('S2', 'S1')",
    "SELECT pgcustsec_internal._end_claims('crm.customer', '2', 'S1', 'released', now() - interval '1 year')",
    "UPDATE pgcustsec_internal.pool SET claim_limit = 1000",
    "TABLE pgcustsec_internal.pool_claim",
    "DELETE FROM pgcustsec_internal.pool_claim",
    "INSERT INTO pgcustsec_internal.pool_claim_end VALUES (1, now() - interval '1 year', 'released')",
    "TABLE pgcustsec.pool_checks",
    "SET ROLE pgcustsec_owner",
]


@pytest.mark.parametrize("login", ["li", "qin"])
def test_what_the_pool_is_made_of_is_out_of_reach(broker: Broker, login: str) -> None:
    with attacker(broker, login) as one:
        for reach in REACHES:
            if login == "qin" and "pool_checks" in reach:
                continue
            assert one.send(reach).refused, reach


@pytest.mark.parametrize("mode", ["origin", "replica", "local"])
@pytest.mark.parametrize("table", ["pool_claim", "pool_claim_end"])
def test_claims_are_rewritten_by_nobody(broker: Broker, li: Attacker, table: str, mode: str) -> None:
    li.must(claims(2), "SELECT pgcustsec.release('customer', '2')")
    written = "staff_id = 'S2'" if table == "pool_claim" else "how = 'bought'"
    with broker.database.connect() as connection:
        for role in ("pgcustsec_owner", "postgres"):
            connection.execute(f"RESET ROLE; SET session_replication_role = {mode}; SET ROLE {role}".encode())
            for rewrite in (
                f"UPDATE pgcustsec_internal.{table} SET {written}",
                f"DELETE FROM pgcustsec_internal.{table}",
                f"TRUNCATE pgcustsec_internal.{table} CASCADE",
            ):
                with pytest.raises(psycopg.Error) as raised:
                    connection.execute(rewrite.encode())
                assert raised.value.sqlstate == "CS604", rewrite


def test_what_pgcustsec_may_write_of_customers_is_who_has_them(broker: Broker) -> None:
    """
    Its policies for leavers and for sealing are wide, so its columns are few; by the pool's, prospects alone. Where
    rules of retention anonymise it writes more, so here are none. It deletes whom an approved request names: nobody.
    """
    kept = {name: replace(table, retention=()) for name, table in broker.matrix.tables.items()}
    with broker.connect(broker.admin) as connection:
        apply_matrix(connection, replace(broker.matrix, tables=kept))
    with broker.database.connect() as connection:
        connection.execute("SET ROLE pgcustsec_owner")
        for column in ("status", "branch_code", "health", "note", "last_contact_at"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"UPDATE crm.customer SET {column} = NULL".encode())
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("INSERT INTO crm.customer (status) VALUES ('prospect')")
        assert connection.execute("DELETE FROM crm.customer").rowcount == 0
        connection.execute("RESET ROLE")
        wider = connection.execute(
            "SELECT policyname FROM pg_policies WHERE tablename = 'customer' AND cmd IN ('UPDATE', 'ALL')"
            " AND roles = '{pgcustsec_owner}' AND policyname <> 'pgcustsec_pool'"
        ).fetchall()
        for (name,) in wider:
            connection.execute(sql.SQL("DROP POLICY {} ON crm.customer").format(sql.Identifier(name)))
        connection.execute("SET ROLE pgcustsec_owner")
        written = connection.execute("UPDATE crm.customer SET claimed_at = NULL RETURNING customer_id").fetchall()
    assert sorted(key for (key,) in written) == [2, 5, *range(6, 6 + MORE)]


def test_evidence_of_claims_has_keys_and_no_values(broker: Broker, li: Attacker) -> None:
    li.must(claims(2), "SELECT pgcustsec.release('customer', '2')")
    for query in (
        "SELECT a::text FROM pgcustsec_internal.audit AS a WHERE kind LIKE 'prospect%'",
        "SELECT c::text FROM pgcustsec_internal.pool_claim AS c",
    ):
        text = str(broker.rows(query))
        assert "'" in text, query
        assert not any(value in text for value in ("韩", "1371234", "137****", "unknown", "pool note")), query
