"""
Requests in the hands of a whole office, at random: after every step the database says what the model says (5.2.1).

A seeded walk of people who file, amend, decide and withdraw, in and out of turn, while days pass, managers and roles
change, people leave, come back and are suspended, and the matrix gets other terms.
"""

from __future__ import annotations

import json
from collections import Counter
from contextlib import ExitStack
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from pgcustsec.db import Connection
from pgcustsec.matrix.model import Approval
from tests.integration.clients.world import STAFF, Broker
from tests.integration.requests.model import Asked, Kind, Office, Person, Refused
from tests.integration.requests.office import AMEND, FILE, apply, call, later, special

WORLDS, STEPS, REQUESTS = 60, 70, 8

LOGINS = {number: login for number, login, *_ in STAFF if login}
#: Those whose role in the database may call the functions of who files; the others have no right to them at all.
FILING = {"S1", "S2", "C1", "D1", "U1", "Q1"}
CHAINS: tuple[tuple[str | None, ...], ...] = (
    (None, "legal_officer"),
    ("legal_officer", None),
    ("legal_officer", "legal_officer"),
    (None,),
    ("legal_officer", None, "quality_inspector"),
)
PURPOSES = {"selling": {"sales_agent", "sales_manager"}, "servicing": {"service_agent"}, "analysis": {"data_analyst"}}


def office() -> Office:
    """The office as it is at the start of each world: the demo's."""
    people = {number: Person(set(roles), manager) for number, _, _, _, manager, _, roles in STAFF}
    agents = frozenset({"sales_agent", "service_agent", "data_analyst"})
    return Office(
        people=people,
        kinds={"special": Kind(agents, (None, "legal_officer"), 30, 50000)},
        purposes=dict(PURPOSES),
        tiers={"mobile": 1, "name": 2, "age": 3},
        roles=["sales_agent", "sales_manager", "service_agent", "data_analyst", "custodian"],
        supervising={"quality_inspector", "legal_officer", "data_controller"},
    )


class Walk:
    """One world: the model and the database, and whoever does something in both."""

    def __init__(self, broker: Broker, superuser: Connection, people: dict[str, Connection], random: Random) -> None:
        self.broker, self.superuser, self.people, self.random = broker, superuser, people, random
        self.office = office()
        self.numbers: list[int] = []
        self.seen: Counter[str] = Counter()
        self.log: list[str] = []

    def start(self) -> None:
        """Put the database where the model starts, whatever the world before left."""
        evidence = ("request_event", "reinstatement", "suspension")
        for table in evidence:
            self.say(f"ALTER TABLE pgcustsec_internal.{table} DISABLE TRIGGER refuse_rewriting")
        for table in ("request_event", "request", "reinstatement", "suspension"):
            self.say(f"DELETE FROM pgcustsec_internal.{table}")
        for table in evidence:
            self.say(f"ALTER TABLE pgcustsec_internal.{table} ENABLE ALWAYS TRIGGER refuse_rewriting")
        self.restore_people()
        self.terms()

    def restore_people(self) -> None:
        for number, person in office().people.items():
            self.say(
                "UPDATE pgcustsec_internal.staff SET active = true, manager_id = %s WHERE staff_id = %s",
                person.manager,
                number,
            )
            self.office.people[number] = replace(person, suspended=self.office.people[number].suspended)
        self.say("DELETE FROM pgcustsec_internal.staff_role")
        for number, person in office().people.items():
            for role in person.roles:
                self.say("INSERT INTO pgcustsec_internal.staff_role VALUES (%s, %s)", number, role)

    def say(self, query: str, *parameters: Any) -> None:
        self.superuser.execute(query.encode(), parameters or None)

    def terms(self) -> None:
        """Write the kind of the model where apply writes it."""
        kind = self.office.kinds["special"]
        chain = [{"role": role} if role else {"manager_of": "requester"} for role in kind.chain]
        self.say(
            "UPDATE pgcustsec_internal.request_kind SET approvals = %s, max_days = %s, max_rows = %s"
            " WHERE kind_code = 'special'",
            json.dumps(chain),
            kind.max_days,
            kind.max_rows,
        )
        for column, tier in self.office.tiers.items():
            self.say(
                "UPDATE pgcustsec_internal.classification SET tier = %s"
                " WHERE relation = 'crm.customer' AND column_name = %s AND tier <> %s",
                tier,
                column,
                tier,
            )

    # --- steps

    def asked(self) -> Asked:
        random = self.random
        return Asked(
            columns=random.choice([("mobile",), ("mobile", "name"), ("mobile",), ("name",), (), ("secret",)])
            if random.random() < 0.3
            else ("mobile",),
            keys=random.choice([("1",), ("1", "4"), ("1", "2", "4"), ()] if random.random() < 0.3 else [("1",)]),
            days=random.choice([0, 1, 2, 5, 20, 30, 31] if random.random() < 0.3 else [2, 5]),
            max_rows=random.choice([None, 0, 1, 2, 100, 60000] if random.random() < 0.2 else [None, 5]),
        )

    def number(self) -> int:
        return self.random.choice(self.numbers) if self.numbers and self.random.random() < 0.97 else 10**6

    def act(self, what: str) -> None:
        """Somebody does *what*, in the model and in the database: with the same result, or the same refusal."""
        random = self.random
        number = self.number()
        request = self.office.requests.get(number)
        who = random.choice(list(LOGINS))
        if request is not None and random.random() < 0.75:
            who = request.requester
            if what in ("approve", "refuse"):
                who = random.choice(self.office.deciders(request) or list(LOGINS))
        asked, purpose = self.asked(), random.choice(list(PURPOSES))
        draft = random.random() < 0.3
        if what == "file":
            who = random.choice(["S1", "S1", "S2", "C1", "D1", who])
            purpose = random.choice([purpose, {"C1": "servicing", "D1": "analysis"}.get(who, "selling")])
            number = -1
        expected = self.expect(what, who, number, purpose, asked, draft)
        found = self.do(what, who, number, purpose, asked, draft)
        self.log.append(f"{who} {what} {number} {asked if what in ('file', 'amend') else ''}: {found}")
        if what == "file" and isinstance(found, int):
            self.office.requests[found] = self.office.requests.pop(-1)
            self.numbers.append(found)
            found = None
        assert found == expected, f"{who} {what} {number}: the model says {expected}, the database {found}"
        self.seen[f"{what}: {found if isinstance(found, str) and found[:2] in ('CS', '42') else 'done'}"] += 1

    def expect(self, what: str, who: str, number: int, purpose: str, asked: Asked, draft: bool) -> str | None:
        if what not in ("approve", "refuse") and who not in FILING:
            return "42501"
        try:
            if what == "file":
                self.office.file(number, who, "special", purpose, asked, draft=draft)
            elif what == "amend":
                self.office.amend(number, who, asked)
            elif what == "submit":
                self.office.submit(number, who)
            elif what == "withdraw":
                self.office.withdraw(number, who)
            else:
                return self.office.decide(number, who, approve=what == "approve")
        except Refused as refusal:
            return str(refusal)
        return None

    def do(self, what: str, who: str, number: int, purpose: str, asked: Asked, draft: bool) -> Any:
        person = self.people[who]
        columns, keys = list(asked.columns), list(asked.keys)
        if what == "file":
            terms = (columns, None, keys, asked.days, asked.max_rows, draft)
            return call(person, FILE, "special", purpose, "crm.customer", *terms)
        if what == "amend":
            return call(person, AMEND, number, columns, None, keys, asked.days, asked.max_rows) or None
        if what in ("approve", "refuse"):
            return call(person, "SELECT pgcustsec.decide_request(%s, %s, 'because')", number, what)
        return call(person, f"SELECT pgcustsec.{what}_request(%s)", number) or None

    def happen(self, what: str) -> None:
        """Something that nobody asked for."""
        random, people = self.random, self.office.people
        who = random.choice(list(LOGINS))
        person = people[who]
        if what == "days pass":
            days = random.choice([1, 1, 2, 4, 9])
            self.office.day += days
            later(self.broker, f"{days} days")
        elif what == "manager":
            person.manager = random.choice([None, *(name for name in people if name != who)])
            self.say("UPDATE pgcustsec_internal.staff SET manager_id = %s WHERE staff_id = %s", person.manager, who)
        elif what == "leave or return":
            person.here = not person.here
            self.say("UPDATE pgcustsec_internal.staff SET active = %s WHERE staff_id = %s", person.here, who)
        elif what == "role":
            self._toggle_role(
                who, random.choice(["legal_officer", "legal_officer", "sales_agent", "quality_inspector"])
            )
        elif what == "suspension":
            self._toggle_suspension(who)
        elif what == "terms":
            kind = self.office.kinds["special"]
            changes: dict[str, Any] = random.choice(
                [
                    {"chain": random.choice(CHAINS)},
                    {"max_days": random.choice([3, 5, 30])},
                    {"max_rows": random.choice([0, 2, 50000])},
                    {},
                ]
            )
            self.office.kinds["special"] = replace(kind, **changes)
            if not changes:
                self.office.tiers["age"] = 5 - self.office.tiers["age"]
            self.terms()
        elif what == "apply":
            self._apply()
        self.log.append(f"{what} {who}")

    def _toggle_role(self, who: str, role: str) -> None:
        roles = self.office.people[who].roles
        if role in roles:
            self.say("DELETE FROM pgcustsec_internal.staff_role WHERE staff_id = %s AND role_code = %s", who, role)
        else:
            self.say("INSERT INTO pgcustsec_internal.staff_role VALUES (%s, %s)", who, role)
        roles ^= {role}

    def _toggle_suspension(self, who: str) -> None:
        person = self.office.people[who]
        if person.suspended:
            self.say(
                "INSERT INTO pgcustsec_internal.reinstatement (suspension_id, reinstated_by, comment)"
                " SELECT max(p.suspension_id), 'Q1', 'ok' FROM pgcustsec_internal.suspension AS p WHERE p.code = %s",
                who,
            )
        else:
            self.say(
                "INSERT INTO pgcustsec_internal.suspension (kind, code, reason, suspended_by, in_flight)"
                " VALUES ('person', %s, 'leak', 'Q1', '{}')",
                who,
            )
        person.suspended = not person.suspended

    def _apply(self) -> None:
        """Another matrix by the program itself. Roles are the cluster's: apply finds people as they were."""
        self.restore_people()
        kind = replace(
            self.office.kinds["special"], chain=self.random.choice(CHAINS), max_days=self.random.choice([5, 30])
        )
        self.office.kinds["special"] = kind
        self.office.tiers["age"] = 3
        steps = tuple(Approval(role=role) if role else Approval(manager_of="requester") for role in kind.chain)
        apply(
            self.broker, special(self.broker, approvals=steps, max_days=kind.max_days, max_rows=kind.max_rows or None)
        )

    # --- looks

    def look(self, who: str) -> None:
        """What *who* reads is what the model says that they see, and of each request the same."""
        rows = self.people[who].execute(
            "SELECT request_id, state, step, deciders, mine_to_decide FROM pgcustsec.requests ORDER BY request_id"
        )
        expected = []
        for number, request in sorted(self.office.requests.items()):
            if self.office.sees(request, who):
                now, deciders = self.office.standing(request), self.office.deciders(request)
                expected.append((number, now.state, now.step, deciders, who in (deciders or ())))
                self.seen[now.state] += 1
        assert rows.fetchall() == expected, f"as {who} reads them"


ACTS = [*["submit"] * 3, *["amend"] * 2, "withdraw", "refuse", *["approve"] * 8]
HAPPENINGS = ["days pass", "days pass", "manager", "leave or return", "role", "role", "suspension", "terms", "terms"]


def test_every_step_of_requests_is_what_the_model_says(broker: Broker) -> None:
    seen: Counter[str] = Counter()
    with ExitStack() as stack:
        superuser = stack.enter_context(broker.database.connect())
        people = {
            number: stack.enter_context(broker.database.connect(user=broker.login(login)))
            for number, login in LOGINS.items()
        }
        try:
            for world in range(WORLDS):
                walk = Walk(broker, superuser, people, Random(world))
                try:
                    _walk(walk, world)
                except AssertionError as error:
                    error.add_note(f"in world {world}:\n" + "\n".join(walk.log))
                    raise
                seen += walk.seen
        finally:
            Walk(broker, superuser, people, Random(0)).start()
            apply(broker, broker.matrix)
    _everything_happened(seen)


def _walk(walk: Walk, world: int) -> None:
    walk.start()
    for step in range(STEPS):
        random = walk.random
        if step == STEPS // 2 and world % 9 == 0:
            walk.happen("apply")
        elif random.random() < 0.2:
            walk.happen(random.choice(HAPPENINGS))
        else:
            new = len(walk.numbers) < REQUESTS and random.random() < 0.2
            walk.act("file" if new or not walk.numbers else random.choice(ACTS))
        walk.look(random.choice(list(LOGINS)))
        if walk.numbers:
            walk.look(walk.office.requests[random.choice(walk.numbers)].requester)


def _everything_happened(seen: Counter[str]) -> None:
    """The walk means something: every state was seen, everything was done, every refusal was met."""
    for state in ("drafted", "filed", "in approval", "approved", "refused", "withdrawn", "lapsed", "closed"):
        assert seen[state] > 20, (state, seen)
    for what in ("file", "submit", "amend", "withdraw", "approve", "refuse"):
        assert seen[f"{what}: done"] > 10, (what, seen)
    refusals = {key.partition(": ")[2] for key in seen if ": CS" in key}
    assert refusals >= {
        *("CS001", "CS007", "CS104", "CS202", "CS209"),
        *("CS301", "CS303", "CS304", "CS305", "CS306", "CS307", "CS308", "CS309", "CS310"),
    }, seen


FAULTS = {
    "an approval counts whatever was amended since": ("_request_state", " AND e.event_id > events.changed", ""),
    "an approval counts under any matrix": ("_request_state", " AND e.terms = terms", ""),
    "one person takes two steps": ("_decides_as", "e.kind = 'approved'", "e.kind = 'never'"),
    "one's own": ("_decides_as", "r.requester NOT IN (staff, a.staff_id)", "true"),
    "it never lapses": ("_request_state", "days => rule.max_days", "days => 9999"),
    "a suspended person decides": ("decide_request", "_refuse_suspended(person", "_suspensions_of(person"),
    "the limits of the day it was filed": ("decide_request", "IF decision = 'approve' THEN", "IF false THEN"),
}  # fmt: skip


@pytest.mark.one_server
@pytest.mark.parametrize("fault", FAULTS)
def test_the_walk_disagrees_when(broker: Broker, fault: str) -> None:
    name, correct, wrong = FAULTS[fault]
    with broker.database.connect() as superuser:
        [(definition,)] = superuser.execute(
            "SELECT pg_get_functiondef(p.oid) FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace"
            " WHERE p.proname = %s AND n.nspname LIKE 'pgcustsec%%'",
            [name],
        ).fetchall()
        assert definition.count(correct) == 1
        superuser.execute(definition.replace(correct, wrong).encode())
    with ExitStack() as stack:
        superuser = stack.enter_context(broker.database.connect())
        people = {
            number: stack.enter_context(broker.database.connect(user=broker.login(login)))
            for number, login in LOGINS.items()
        }
        with pytest.raises(AssertionError):
            for world in range(1, WORLDS):
                _walk(Walk(broker, superuser, people, Random(world)), 1)
