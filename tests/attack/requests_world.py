"""
The world that requests are attacked in: the one of record access, with a chain of two steps.

Beside it `naive`: a table of requests with a state, which functions and people write, as one would who does not know
better. An attack counts only if it works there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from tests.attack.world import Attacker, Loot, World

#: People write their own rows, a decision counts up, a predicate is text that runs, a view has no barrier.
NAIVE = """
CREATE TABLE naive.request (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, requester text, purpose text,
    columns text DEFAULT 'customer_id', predicate text DEFAULT 'false', approvals integer DEFAULT 0,
    state text DEFAULT 'filed');
CREATE TABLE naive.staff (staff_id text PRIMARY KEY, role text, manager_id text);
INSERT INTO naive.staff VALUES ('A1', 'agent', 'I1'), ('A2', 'agent', 'I1'), ('I1', 'inspector', NULL);
CREATE FUNCTION naive.visible(requester text) RETURNS boolean LANGUAGE plpgsql STABLE AS
    $$ BEGIN RETURN requester = naive.me(); END $$;
CREATE FUNCTION naive.decide(number integer) RETURNS text LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    person text := naive.me();
    found text := (SELECT r.state FROM naive.request AS r WHERE r.id = number);
BEGIN
    IF found <> 'filed' OR NOT EXISTS (
        SELECT FROM naive.request AS r JOIN naive.staff AS s ON s.staff_id = r.requester
        WHERE r.id = number AND (s.manager_id = person
            OR EXISTS (SELECT FROM naive.staff AS p WHERE p.staff_id = person AND p.role = 'inspector')))
    THEN
        RETURN 'no';
    END IF;
    UPDATE naive.request AS r
        SET approvals = r.approvals + 1, state = CASE WHEN r.approvals < 1 THEN 'filed' ELSE 'approved' END
        WHERE r.id = number;
    RETURN (SELECT r.state FROM naive.request AS r WHERE r.id = number);
END $$;
CREATE FUNCTION naive.withdraw(number integer) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS
    $$ BEGIN UPDATE naive.request SET state = 'withdrawn' WHERE id = number; END $$;
CREATE FUNCTION naive.run(number integer) RETURNS SETOF text LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE r naive.request;
BEGIN
    SELECT * INTO r FROM naive.request AS q WHERE q.id = number;
    RETURN QUERY EXECUTE 'SELECT (' || r.columns || ')::text FROM naive.customer WHERE ' || r.predicate;
END $$;
CREATE VIEW naive.requests AS SELECT * FROM naive.request WHERE naive.visible(requester);
GRANT SELECT, INSERT, UPDATE ON naive.request, naive.staff TO PUBLIC;
CREATE FUNCTION naive.whose(requester text) RETURNS SETOF text LANGUAGE plpgsql STABLE AS
    $$ BEGIN RETURN QUERY SELECT requester WHERE requester = naive.me(); END $$;
CREATE VIEW naive.barred WITH (security_barrier) AS
    SELECT r.* FROM naive.request AS r CROSS JOIN LATERAL naive.whose(r.requester) AS w;
GRANT SELECT ON naive.requests, naive.barred TO PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA naive TO PUBLIC
"""


@contextmanager
def equipped(sealed: World) -> Iterator[World]:
    """A copy in which A1 and A2 have D1 for a manager, and a request goes to the manager, then to an inspector."""
    with sealed.copy() as copy:
        with copy.database.connect() as superuser:
            superuser.execute(NAIVE.encode())
        chain(copy, {"manager_of": "requester"}, {"role": "inspector"})
        copy.execute("UPDATE pgcustsec_internal.staff SET manager_id = 'D1' WHERE staff_id IN ('A1', 'A2')")
        yield copy


def chain(world: World, *steps: dict[str, str]) -> None:
    with world.database.connect() as superuser:
        superuser.execute(
            "UPDATE pgcustsec_internal.request_kind SET approvals = %s::jsonb", [psycopg.types.json.Jsonb(list(steps))]
        )


def file(agent: Attacker, columns: str = "{mobile}", where: str | None = None, keys: str | None = "{1}") -> Loot:
    return agent.send(
        "SELECT pgcustsec.file_request('special', 'work', 'crm.customer', %s::text[], %s::jsonb, %s::text[], 3)",
        [columns, where, keys if where is None else None],
    )


def decide(number: object, decision: str = "approve") -> str:
    return f"SELECT pgcustsec.decide_request({number}, '{decision}', 'attack')"


def state(world: World, number: int) -> str:
    """As the database has it, whoever may read it."""
    with world.database.connect() as superuser:
        [(found,)] = superuser.execute("SELECT state FROM pgcustsec_internal._request_state(%s)", [number]).fetchall()
        return str(found)


def naive_request(agent: Attacker, **more: str) -> int:
    names = ", ".join(["requester", "purpose", *more])
    values = ", ".join(["'A1'", "'work'", *(f"'{value}'" for value in more.values())])
    return int(agent.send(f"INSERT INTO naive.request ({names}) VALUES ({values}) RETURNING id").value)


def approve(world: World, number: int) -> None:
    for person in ("D1", "I1"):
        with world.attacker(person, at_work=False) as approver:
            approver.must(decide(number))
