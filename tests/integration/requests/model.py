"""
What becomes of a request, in plain Python: written from the policy (4.2, 4.3, 5.2.1), and not from the SQL.

A request goes through the steps of its kind, in order. Each is decided by whom the matrix names: the requester's
manager, or a holder of a role; never by the requester, never twice by the same person. What was approved is the
request as it stood and the matrix as it stood: with another of either nobody has approved anything yet. A refusal ends
it. What waits longer than the kind's longest term lapses, and so does an approved one at the end of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

#: A step: the name of a role, or None for the requester's manager.
Chain = tuple[str | None, ...]

OVER = {"refused": "CS304", "closed": "CS304", "approved": "CS304", "withdrawn": "CS310", "lapsed": "CS308"}


@dataclass(frozen=True)
class Kind:
    filed_by: frozenset[str]
    chain: Chain
    max_days: int
    max_rows: int


@dataclass
class Person:
    roles: set[str]
    manager: str | None = None
    here: bool = True
    suspended: bool = False


@dataclass(frozen=True)
class Asked:
    """What a request asks for; `columns` and `keys` are as good as any but for how many they are."""

    columns: tuple[str, ...]
    keys: tuple[str, ...]
    days: int
    max_rows: int | None


@dataclass(frozen=True)
class Event:
    kind: str
    by: str
    day: int
    #: Request and matrix as they stood.
    stood: object


@dataclass
class Request:
    requester: str
    role: str
    purpose: str
    kind: str
    asked: Asked
    events: list[Event] = field(default_factory=list)


@dataclass(frozen=True)
class Standing:
    state: str
    step: int | None = None


class Refused(Exception):
    """With the SQLSTATE of the rule."""


@dataclass
class Office:
    people: dict[str, Person]
    kinds: dict[str, Kind]
    #: Purpose -> the roles that work for it.
    purposes: dict[str, set[str]]
    #: Column of the table -> tier.
    tiers: dict[str, int]
    #: Roles that see the table, first the one that a person of several files in.
    roles: list[str]
    supervising: set[str]
    day: int = 0
    requests: dict[int, Request] = field(default_factory=dict)

    # --- what has come of it

    def standing(self, request: Request) -> Standing:
        happened = [event.kind for event in request.events]
        for end in ("refused", "withdrawn", "closed"):
            if end in happened:
                return Standing(end)
        if "filed" not in happened:
            return Standing("drafted")
        kind = self.kinds[request.kind]
        approvals = self.approvals(request)
        if len(approvals) == len(kind.chain):
            over = self.day >= approvals[-1].day + request.asked.days
            return Standing("lapsed" if over else "approved")
        if self.day >= self.since_change(request)[0].day + kind.max_days:
            return Standing("lapsed")
        return Standing("in approval" if approvals else "filed", len(approvals) + 1)

    def since_change(self, request: Request) -> list[Event]:
        """What happened from its last filing or amendment on, that first; nothing of one that was never filed."""
        changes = [place for place, event in enumerate(request.events) if event.kind in ("filed", "amended")]
        return request.events[changes[-1] :] if changes else []

    def stands(self, request: Request) -> object:
        return (request.asked, self.kinds[request.kind], tuple(sorted(self.tiers.items())))

    def approvals(self, request: Request) -> list[Event]:
        """Those that count: of what it asks for, under the matrix of now."""
        stands = self.stands(request)
        return [one for one in self.since_change(request) if one.kind == "approved" and one.stood == stands]

    # --- who decides, who sees

    def is_asked(self, request: Request, step: int, who: str) -> bool:
        """Whether step *step* is for *who*, whether or not they can at the moment."""
        by = self.kinds[request.kind].chain[step - 1]
        named = self.people[request.requester].manager == who if by is None else by in self.people[who].roles
        return named and who != request.requester and who not in {event.by for event in self.approvals(request)}

    def deciders(self, request: Request) -> list[str] | None:
        step = self.standing(request).step
        if step is None:
            return None
        able = [name for name, person in self.people.items() if person.here and not person.suspended]
        return sorted(who for who in able if self.is_asked(request, step, who))

    def is_concerned(self, request: Request, who: str) -> bool:
        """Whether *who* is asked at any step, or did something about it."""
        steps = range(1, len(self.kinds[request.kind].chain) + 1)
        return any(self.is_asked(request, n, who) for n in steps) or who in {event.by for event in request.events}

    def sees_filed(self, request: Request, who: str) -> bool:
        """Whether *who* has to do with it, and it is no draft, of which nobody else is told."""
        return self.standing(request).state != "drafted" and self.is_concerned(request, who)

    def sees(self, request: Request, who: str) -> bool:
        person = self.people[who]
        if not person.here or request.requester == who:
            return person.here
        if self.standing(request).state == "drafted":
            return False
        supervises = not person.suspended and bool(person.roles & self.supervising)
        return supervises or self.is_concerned(request, who)

    # --- what people do; each raises Refused

    def file(self, number: int, who: str, kind: str, purpose: str, asked: Asked, *, draft: bool) -> None:
        self._somebody(who)
        self._not_suspended(who)
        filing = [role for role in self.roles if role in self.people[who].roles & self.kinds[kind].filed_by]
        if not filing:
            raise Refused("CS202")
        self._purpose(purpose, filing[0])
        asked = self._within(kind, asked)
        request = Request(who, filing[0], purpose, kind, asked)
        self._happen(request, "drafted" if draft else "filed", who)
        self.requests[number] = request

    def submit(self, number: int, who: str) -> None:
        self._somebody(who)
        self._not_suspended(who)
        request = self._own(number, who)
        state = self.standing(request).state
        if state != "drafted":
            raise Refused("CS310" if state == "withdrawn" else "CS304")
        self._requester(request)
        self._within(request.kind, request.asked)
        self._happen(request, "filed", who)

    def amend(self, number: int, who: str, asked: Asked) -> None:
        self._somebody(who)
        self._not_suspended(who)
        request = self._own(number, who)
        self._going(request)
        self._requester(request)
        request.asked = self._within(request.kind, asked)
        self._happen(request, "amended", who)

    def withdraw(self, number: int, who: str) -> None:
        self._somebody(who)
        request = self._own(number, who)
        self._going(request)
        approved = self.standing(request).state == "approved"
        self._happen(request, "closed" if approved else "withdrawn", who)

    def decide(self, number: int, who: str, *, approve: bool) -> str:
        self._somebody(who)
        self._not_suspended(who)
        request = self.requests.get(number)
        if request is not None and request.requester == who:
            raise Refused("CS303")
        if request is None or not self.sees_filed(request, who):
            raise Refused("CS301")
        now = self.standing(request)
        if now.step is None:
            raise Refused(OVER[now.state])
        if not self.is_asked(request, now.step, who):
            raise Refused("CS304" if who in {event.by for event in self.approvals(request)} else "CS305")
        if approve:
            self._requester(request)
            self._within(request.kind, request.asked)
        self._happen(request, "approved" if approve else "refused", who)
        return self.standing(request).state

    # --- the rules that several of these have

    def _happen(self, request: Request, kind: str, who: str) -> None:
        request.events.append(Event(kind, who, self.day, self.stands(request)))

    def _somebody(self, who: str) -> None:
        if not self.people[who].here:
            raise Refused("CS001")

    def _not_suspended(self, who: str) -> None:
        if self.people[who].suspended:
            raise Refused("CS104")

    def _own(self, number: int, who: str) -> Request:
        request = self.requests.get(number)
        if request is None or request.requester != who:
            raise Refused("CS301")
        return request

    def _going(self, request: Request) -> None:
        state = self.standing(request).state
        if state not in ("drafted", "filed", "in approval", "approved"):
            raise Refused(OVER[state])

    def _requester(self, request: Request) -> None:
        """Who asks could ask for it today."""
        person = self.people[request.requester]
        if not person.here or request.role not in person.roles & self.kinds[request.kind].filed_by:
            raise Refused("CS202")
        self._purpose(request.purpose, request.role)

    def _purpose(self, purpose: str, role: str) -> None:
        if role not in self.purposes.get(purpose, set()):
            raise Refused("CS007")

    def _within(self, kind_name: str, asked: Asked) -> Asked:
        kind = self.kinds[kind_name]
        max_rows = kind.max_rows if asked.max_rows is None else asked.max_rows
        if asked.days < 1:
            raise Refused("CS306")
        if asked.days > kind.max_days:
            raise Refused("CS307")
        if (kind.max_rows and not 1 <= max_rows <= kind.max_rows) or len(asked.keys) > max_rows > 0:
            raise Refused("CS309")
        if not asked.keys:
            raise Refused("CS309")
        if not asked.columns or not set(asked.columns) <= set(self.tiers):
            raise Refused("CS209")
        return replace(asked, max_rows=max_rows)
