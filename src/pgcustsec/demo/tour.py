"""
The guided tour: one query, four logins, four answers, why they differ; tier 1 record by record, and the whole loop of
what goes beyond that; then an edit of the matrix, its plan, the apply and the new answer. Whatever it tells was read
from the database or worked out from the matrix a moment before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from importlib.resources import files
from pathlib import Path
from typing import Protocol

from rich.console import RenderableType

from pgcustsec.demo import loop, opening, show
from pgcustsec.demo.broker import ADMINISTRATOR, OWNER, Broker, demo_server
from pgcustsec.demo.people import StaffMember
from pgcustsec.demo.reasons import TABLE, Answer, Reasons, Stored, Subject
from pgcustsec.demo.signing import sign_first
from pgcustsec.errors import Finding, UsageError
from pgcustsec.matrix.model import Matrix

#: An agent, the manager of that agent, a service agent and an analyst.
CAST = ("S1001", "M1001", "C1001", "D0001")
#: Who approves beside that manager, and supervises too; and who supervises first.
OFFICER, SUPERVISOR = "L0001", "Q0001"

#: What the tour edits in the matrix: agents see rows of their branch as well, analysts those of their branch only.
EDITS = (
    ("rows: [serving, pool]        ", "rows: [serving, pool, branch]"),
    ("{rows: all, tier2: none, tier1: absent}", "{rows: branch, tier2: none, tier1: absent}"),
)


class Narrator(Protocol):
    """Who tells the tour: a command line, or a test."""

    def step(self, title: str) -> None:
        """Begin the next step."""

    def say(self, shown: Sequence[RenderableType]) -> None:
        """Show what a step has to show."""

    def loading(self, total: int) -> AbstractContextManager[Callable[[int], None]]:
        """Return what hears of customers as they come in, *total* of them."""


def run_tour(narrator: Narrator, *, customers: int, seed: int, home: Path | None, program: str) -> None:
    """
    Run the tour to its end on a server of its own; with *home* the server lives there and goes on running.

    *program* is how the user calls us, for the commands that the tour names. Raises `Finding` when a cell shows what
    the matrix does not say, and what making the server, the database and the plan raise.
    """
    narrator.step("Start a PostgreSQL of its own")
    with demo_server(home) as server:
        status = server.status()
        narrator.say([show.line(f"PostgreSQL {status.version}, process {status.pid}, in {server.home}, no TCP")])
        broker = Broker(server, customers, seed)
        _build(narrator, broker)
        _Tour(narrator, broker).run()
        if home is not None:
            narrator.step("The server goes on running")
            narrator.say(show.how_to_connect(broker, program))


def _build(narrator: Narrator, broker: Broker) -> None:
    """Make everything that the tour walks through."""
    narrator.step("Make the broker's CRM, as its vendor left it")
    broker.make_database()
    with narrator.loading(broker.customers) as progress:
        counts = broker.load_customers(progress)
    narrator.say(
        [
            show.line(
                f"{counts.customer:,} customers ({counts.pool:,} prospects in the pool), {counts.policy:,} policies, "
                f"{counts.claim:,} claims, {counts.attachment:,} attachments, {counts.assignment:,} assignments"
            ),
            show.line(f"tables of {OWNER}, who cannot log in; {ADMINISTRATOR} (no superuser) does all that follows"),
        ]
    )
    narrator.step("Install pgcustsec")
    narrator.say([show.line(sentence) for sentence in broker.install().done])
    narrator.step(f"Apply the role matrix, {broker.matrix.source}")
    applied = broker.apply(broker.matrix)
    places = {(change.role, change.table) for change in applied.access}
    narrator.say(
        [
            show.line(
                f"{len(applied.statements)} statements in one transaction: {len({role for role, _ in places})} roles"
                f" get views of {len({table for _, table in places})} tables"
            ),
            show.line(f"a plan right after: {len(broker.plan(broker.matrix).statements)} statements"),
        ]
    )
    narrator.step("Seal: true values of tier 1 and names move to the vault")
    sealed = broker.seal()
    narrator.say([show.line(f"{one.table}: {one.rows:,} rows; masked now: {', '.join(one.columns)}") for one in sealed])
    narrator.step("Register the staff, make their logins, sign the agreements")
    broker.admit_people()
    left = sum(not person.active for person in broker.people)
    narrator.say(
        [
            show.line(
                f"{len(broker.people)} people, {left} of them have left; {len(broker.accounts)} personal logins, SCRAM"
                f" passwords; a plan right after: {len(broker.plan(broker.matrix).statements)} statements"
            )
        ]
    )


class _Tour:
    """The walk through a database that is ready."""

    def __init__(self, narrator: Narrator, broker: Broker) -> None:
        self._narrator = narrator
        self._broker = broker
        self._staff = {person.staff_id: person for person in broker.people}
        self._subjects = find_subjects(broker, self._staff)
        keys = [subject.customer_id for subject in self._subjects]
        self._true: Stored = broker.true_values(keys)
        self._masked: Stored = broker.stored(keys)
        listed = ", ".join(map(str, keys))
        self._query = f"SELECT * FROM customer WHERE customer_id IN ({listed}) ORDER BY customer_id"

    def run(self) -> None:
        """Sign, ask, explain, open records, the loop, edit, plan, apply, ask again, end terms. Raises `Finding`."""
        self._sign_first()
        before = self._first_answers()
        keys = self._one_record_at_a_time()
        self._beyond_one_record(keys)
        edited, matrix = self._edit()
        plan = self._broker.plan(matrix)
        self._narrator.say(show.plan(plan))
        self._narrator.step(f"Apply it as {ADMINISTRATOR}, and ask again")
        self._broker.apply(matrix, plan)
        self._broker.matrix_text, self._broker.matrix = edited, matrix
        left = len(self._broker.plan(matrix).statements)
        self._narrator.say([show.line(f"applied in one transaction; a plan right after: {left} statements")])
        self._second_answers(before, matrix)
        self._narrator.step("The end of a term: vanished, destroyed, certified; and one that is held")
        self._narrator.say(loop.end_of_terms(self._office()))

    def _office(self) -> loop.Office:
        agent, manager = (self._staff[number] for number in CAST[:2])
        return loop.Office(self._broker, agent, manager, self._staff[OFFICER], self._staff[SUPERVISOR])

    def _sign_first(self) -> None:
        agent = self._staff[CAST[0]]
        [own, *_] = [subject.customer_id for subject in self._subjects if agent in subject.servers]
        self._narrator.say(sign_first(self._broker, agent, own))

    def _first_answers(self) -> tuple[list[Answer], Reasons]:
        reasons = self._reasons(self._broker.matrix)
        people = [self._staff[staff_id] for staff_id in CAST]
        self._narrator.step("One query, sent over four logins")
        self._narrator.say(
            [
                show.cast((one, reasons.access(one.roles[0])) for one in people),
                show.line(self._query, "bold"),
            ]
        )
        answers = [self._ask(person) for person in people]
        titled = [(answer.person.full_name, answer, reasons) for answer in answers]
        self._narrator.say(show.answers(self._subjects, self._masked, titled))
        self._narrator.step("Why the answers differ")
        self._explain(answers, reasons, self._subjects)
        return answers, reasons

    def _one_record_at_a_time(self) -> list[int]:
        self._narrator.step("Tier 1, one record at a time")
        keys, shown = opening.open_records(self._broker, self._staff[CAST[0]])
        self._narrator.say(shown)
        return keys

    def _beyond_one_record(self, keys: list[int]) -> None:
        office = self._office()
        since = self._broker.now()
        self._narrator.step("A special application: one column of one record, in full")
        request, shown = loop.open_in_full(office, keys)
        self._narrator.say(shown)
        self._narrator.step("A bulk extract, on record before its first row")
        self._narrator.say(loop.take_extract(office))
        self._narrator.step("Suspended, until what was wrong is put right")
        self._narrator.say(loop.suspend_and_reinstate(office))
        self._narrator.step("Who opened my record? What supervisors read of all that")
        self._narrator.say(opening.who_opened(self._broker, office.supervisor, keys[0], request))
        self._narrator.say(loop.what_is_recorded(office, since))

    def _second_answers(self, before: tuple[list[Answer], Reasons], matrix: Matrix) -> None:
        old_answers, old_reasons = before
        reasons = self._reasons(matrix)
        pairs = [(old, self._ask(old.person)) for old in old_answers]
        changed = [(old, new) for old, new in pairs if old != new]
        moved = [
            subject
            for subject in self._subjects
            if any(old.rows.get(subject.customer_id) != new.rows.get(subject.customer_id) for old, new in changed)
        ]
        titled = []
        for old, new in changed:
            titled.append((f"{old.person.full_name} before", old, old_reasons))
            titled.append((f"{new.person.full_name} now", new, reasons))
        same = [old.person.full_name for old, new in pairs if old == new]
        self._narrator.say(
            [
                show.line(self._query, "bold"),
                *show.answers(moved, self._masked, titled),
                show.line(f"the same answer as before: {', '.join(same) or 'nobody'}"),
            ]
        )
        self._explain([new for _, new in pairs], reasons, moved)

    def _reasons(self, matrix: Matrix) -> Reasons:
        return Reasons(matrix, self._staff.values(), self._subjects, self._true)

    def _ask(self, person: StaffMember) -> Answer:
        """Send the query as *person*; which view `customer` is, the login's search path says."""
        with self._broker.at_work(person) as connection:
            cursor = connection.execute(self._query.encode())
            columns = tuple(column.name for column in cursor.description or ())
            rows = [dict(zip(columns, row, strict=True)) for row in cursor]
        return Answer(person, person.roles[0], columns, {row["customer_id"]: row for row in rows})

    def _explain(self, answers: Sequence[Answer], reasons: Reasons, subjects: Sequence[Subject]) -> None:
        """Hold *answers* against the matrix and say why those of *subjects* are so. Raises `Finding`."""
        wrong = [sentence for answer in answers for sentence in reasons.differences(answer)]
        if wrong:
            raise Finding(
                f"{len(wrong)} cells are not as the matrix says: {wrong[0]}", hint="a fault of ours: report it, please"
            )
        cells = len(answers) * len(self._subjects) * len(self._broker.matrix.tables[TABLE].columns)
        self._narrator.say(
            [
                show.why(reasons.explain(answers, subjects, show.COLUMNS)),
                show.line(f"{cells} cells compared with what the matrix says of each person and customer: all agree"),
            ]
        )

    def _edit(self) -> tuple[str, Matrix]:
        """Show the edited matrix beside the applied one; return its text and what it says."""
        self._narrator.step("Edit the matrix, and read what that would do: the plan")
        text = self._broker.matrix_text
        for old, new in EDITS:
            if text.count(old) != 1:
                raise UsageError(
                    f"{self._broker.matrix.source} has {text.count(old)} times {old!r}, the tour edits one"
                )
            text = text.replace(old, new)
        self._narrator.say(show.edit(self._broker.matrix_text, text))
        return text, self._broker.read_matrix(text)


def find_subjects(broker: Broker, staff: dict[str, StaffMember]) -> list[Subject]:
    """Return the customers that the tour asks about: as many of six kinds as there are, by number."""
    agent, service = staff[CAST[0]], staff[CAST[2]]
    colleagues = [one for one in staff.values() if one.manager_id == agent.manager_id and one.active and one != agent]
    parameters = {
        "agent": agent.staff_id,
        "service": service.staff_id,
        "branch": agent.branch,
        "colleagues": [one.staff_id for one in colleagues],
        "elsewhere": [one.staff_id for one in staff.values() if one.branch != agent.branch and one.active],
        "left": [one.staff_id for one in staff.values() if not one.active],
    }
    query = files("pgcustsec.demo").joinpath("subjects.sql").read_bytes()
    with broker.as_administrator(OWNER) as connection:
        rows = connection.execute(query, parameters).fetchall()
    subjects = []
    for customer_id, owner, others, branch, status in rows:
        servers = [staff[number] for number in dict.fromkeys([owner, *others]) if number]
        pooled = owner is None and status == "prospect"
        subjects.append(Subject(customer_id, tuple(servers), branch, pooled))
    return sorted(subjects, key=lambda subject: subject.customer_id)
