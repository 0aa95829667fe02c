"""Who takes part in the loop, how a request of theirs comes to be approved, and what is due on record of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from pgcustsec.db import Connection
from pgcustsec.demo.broker import Broker
from pgcustsec.demo.due import hold
from pgcustsec.demo.people import StaffMember
from pgcustsec.demo.reasons import TABLE
from pgcustsec.requests import decide_request, find_request

KIND, PURPOSE = "special", "selling"

#: Who sent what over their own login, and what the database answered.
Deed = tuple[StaffMember, str, str]


@dataclass(frozen=True, slots=True)
class Office:
    """An agent who asks for more, their manager, the legal officer, who supervises as well, and a supervisor."""

    broker: Broker
    agent: StaffMember
    manager: StaffMember
    officer: StaffMember
    supervisor: StaffMember
    #: What is due in the record of access, by kind and staff number, in order.
    due: list[tuple[str, str]] = field(default_factory=list)

    def on_record(self, person: StaffMember, *kinds: str) -> None:
        """Note that *person* did what leaves entries of these *kinds*."""
        self.due.extend((kind, person.staff_id) for kind in kinds)

    def filed(self, connection: Connection, number: int, asked: str) -> Deed:
        """The agent has filed request *number*; return that, with who is to decide first."""
        request = find_request(connection, number)
        hold(f"request {number}", (request.state, request.deciders), ("filed", [self.manager.staff_id]))
        self.on_record(self.agent, "request_filed")
        sent = f"pgcustsec request file {KIND} {TABLE} --purpose {PURPOSE} {asked}"
        return (self.agent, sent, f"request {number}, {request.state}; {self.manager.staff_id} decides")

    def approved(self, number: int, comment: str) -> list[Deed]:
        """Have request *number* approved by the whole chain of the matrix: the agent's manager, the legal officer."""
        done = []
        for person, due in ((self.manager, "in approval"), (self.officer, "approved")):
            with self.broker.at_prompt(person) as connection:
                state = decide_request(connection, number, "approve", comment).state
            hold(f"request {number}", state, due)
            self.on_record(person, "request_approved")
            done.append((person, f"pgcustsec request approve {number} --comment '{comment}'", state))
        return done
