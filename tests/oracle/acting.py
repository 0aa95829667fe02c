"""People at work in a world's database, step by step, each step held against the office's word for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from random import Random
from typing import Any

import psycopg

from pgcustsec.db import Connection
from pgcustsec.matrix.model import Table
from tests.cluster import Database
from tests.oracle.ledger import Disagreement
from tests.oracle.model import Asker, AtWork, Key, Model, Row, key_of
from tests.oracle.office import Entry, Office, Refusals, key_text
from tests.oracle.people import approver_login
from tests.oracle.strategies import APPROVER
from tests.oracle.tables import quoted
from tests.oracle.tier1 import spellings

REASON = "call back"

# A record or a session is over when the clock passes these, which views, policies and functions compare with it; the
# rows of `session` and `audit`, which nobody can change, are evidence and no view reads them. So moving these into the
# past is what waiting does, and only a superuser can.
LAPSE_SESSION = """
    UPDATE pgcustsec_internal.session_access
    SET ends_at = clock_timestamp() - interval '1 second',
        lapses_at = lapses_at - (ends_at - clock_timestamp()) - interval '1 hour'
    WHERE known_as = %s
"""
LAPSE_RECORDS = """
    UPDATE pgcustsec_internal.session_access SET lapses_at = clock_timestamp() - interval '1 second'
    WHERE known_as = %s AND record_key IS NOT NULL
"""
EVIDENCE = """
    SELECT kind, staff_id, role_code, relation, record_key, customer_key, column_name::text, purpose, reason
    FROM pgcustsec_internal.audit
"""
FILE = "SELECT NULL FROM pgcustsec.file_request('special', 'work', %s, %s, NULL, %s, 1)"
APPROVE = """
    SELECT r.request_id FROM pgcustsec.requests AS r
    CROSS JOIN LATERAL pgcustsec.decide_request(r.request_id, 'approve', 'approved') AS d
    WHERE r.mine_to_decide
"""
SPENT = """
    SELECT s.login, pgcustsec_internal._spent(b.openings), pgcustsec_internal._spent(b.customers)
    FROM pgcustsec_internal.budget AS b JOIN pgcustsec_internal.staff AS s ON s.staff_id = b.staff_id
"""


class Acting:
    """
    Everybody's connections to one world, and what they do over them.

    Each step runs in the transaction that its person has open, or in one of its own; a step that is refused ends it.
    """

    def __init__(self, database: Database, model: Model, random: Random) -> None:
        self.database = database
        self.model = model
        self.random = random
        self.office = Office(model)
        self.connections: dict[str, Connection] = {}
        self.spent_out = 0
        self._closing = ExitStack()

    def __enter__(self) -> Acting:
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.close()

    def connection(self, login: str) -> Connection:
        """The one connection of *login*, opened at its first use."""
        if login not in self.connections:
            options = f"-c TimeZone={self.model.world.time_zone}"
            opened = self.database.connect(user=login, options=options)
            self.connections[login] = self._closing.enter_context(opened)
        return self.connections[login]

    # --- steps --------------------------------------------------------------------------------------------------

    def begin(self, login: str) -> None:
        self.office.begin(login)
        self.connection(login).execute("BEGIN")

    def commit(self, login: str) -> None:
        self.office.commit(login)
        self.connection(login).execute("COMMIT")

    def rollback(self, login: str) -> None:
        self.office.rollback(login)
        self.connection(login).execute("ROLLBACK")

    def start(self, login: str, purpose: str) -> bool:
        return self._step(
            login, lambda: (self.office.start(login, purpose), None), "SELECT pgcustsec.start_session(%s)", [purpose]
        )

    def end(self, login: str) -> bool:
        return self._step(login, lambda: self.office.end(login), "SELECT pgcustsec.end_session()", [])

    def open(self, login: str, role: str, table: Table, key: Key, reason: str = REASON) -> bool:
        return self._step(
            login,
            lambda: (self.office.open(login, role, table, key, reason), None),
            "SELECT pgcustsec.open_record(%s, %s, %s)",
            [_relation(role, table), key_text(key), reason],
        )

    def open_in_full(self, login: str, role: str, table: Table, key: Key, named: list[str]) -> bool:
        """File a request for columns of one record, have it approved, and open the record by it."""
        if not self.office.files(login, role, table):
            return False
        values = [_relation(role, table), named, [key_text(key)]]
        self._step(login, lambda: (self.office.file(login), None), FILE, values)
        with self.database.connect(user=approver_login(self.model.world)) as approver:
            (request,) = approver.execute(APPROVE).fetchone() or (None,)
        self.office.evidence[("request_approved", APPROVER, *(None,) * 6, "approved")] += 1
        return self._step(
            login,
            lambda: (self.office.open_in_full(login, role, table, key, frozenset(named)), None),
            "SELECT pgcustsec.open_full(%s, %s)",
            [request, key_text(key)],
        )

    def close(self, login: str, role: str, table: Table) -> bool:
        return self._step(
            login,
            lambda: self.office.close(login, role, table),
            "SELECT pgcustsec.close_record(%s)",
            [_relation(role, table)],
        )

    def find(self, login: str, role: str, table: Table, column: str, value: str) -> bool:
        return self._step(
            login,
            lambda: self.office.find(login, role, table, column, value),
            'SELECT array(SELECT f FROM pgcustsec.find(%s, %s, %s) AS f ORDER BY f COLLATE "C")',
            [_relation(role, table), column, value],
        )

    def lapse_session(self, login: str) -> None:
        self.office.lapse_session(login)
        self._as_superuser(LAPSE_SESSION, login)

    def lapse_records(self, login: str) -> None:
        self.office.lapse_records(login)
        self._as_superuser(LAPSE_RECORDS, login)

    def _as_superuser(self, statement: str, login: str) -> None:
        with self.database.connect() as connection:
            connection.execute(statement, [login])

    def _step(self, login: str, predict: Callable[[], tuple[Refusals, Any]], statement: str, values: list[Any]) -> bool:
        """Take one step; it must be refused, or give what is foretold."""
        alone = login not in self.office.within
        if alone:
            self.begin(login)
        refusals, expected = predict()
        told = f"{login}: {statement} {values}"
        try:
            row = self.connection(login).execute(statement, values).fetchone()
        except psycopg.Error as error:
            if error.sqlstate not in refusals:
                raise Disagreement(
                    f"{told} fails, {error.sqlstate} {error}; foretold: {refusals or expected}"
                ) from error
            self.spent_out += error.sqlstate in ("CS204", "CS205")
            self.rollback(login)
            return False
        if refusals:
            raise Disagreement(f"{told} is done, should be refused: {set(refusals)}")
        if expected is not None and row is not None and row[0] != expected:
            raise Disagreement(f"{told} gives {row[0]}, should give {expected}")
        if alone:
            self.commit(login)
        return True

    # --- evidence -----------------------------------------------------------------------------------------------

    def compare_evidence(self) -> None:
        """What was committed is written down, once and no more; what was spent is spent, committed or not."""
        with self.database.connect() as connection:
            found: Counter[Entry] = Counter(connection.execute(EVIDENCE).fetchall())
            spent = {(login, what): n for login, *both in connection.execute(SPENT) for what, n in _named(both)}
        if found != self.office.evidence:
            more, fewer = found - self.office.evidence, self.office.evidence - found
            raise Disagreement(f"evidence that should not be: {dict(more)}; that is missing: {dict(fewer)}")
        for login in self.office.desks:
            for what in ("openings", "customers"):
                if spent.get((login, what), 0) != self.office.spent[login, what]:
                    raise Disagreement(f"{login} spent {spent} {what}, should have {dict(self.office.spent)}")

    # --- what there is to do ------------------------------------------------------------------------------------

    def records(self, login: str, role: str, table: Table) -> tuple[list[Row], list[Row]]:
        """Rows that the login's person sees in a role at work there, those they serve first, and those they do not."""
        person = self.model.somebody(login, role)
        rows = list(self.model.world.tables[table.qualified].rows)
        if person is None or table.qualified not in self.model.matrix.roles[role].tables:
            return [], rows
        asker = Asker(person, role, AtWork(frozenset({role})))
        seen = [row for row in rows if self.model.row_shows(asker, table, row)]
        return seen, [row for row in rows if not any(row is other for other in seen)]

    def served(self, login: str, role: str, table: Table) -> list[Row]:
        """Of the rows that they see, those whose name shows; those that show tier 2; all of them if none does."""
        seen, _ = self.records(login, role, table)
        person = self.model.somebody(login, role)
        if person is None or not seen:
            return seen
        asker, access = Asker(person, role), self.model.matrix.roles[role].tables[table.qualified]
        customers = [(row, self.model.customer_of(table, row)) for row in seen]
        shown = [row for row, c in customers if c and self.model.tier2_in_scope(asker, access, c)]
        names = [c.name for c in table.columns.values() if c.is_name]
        return [row for row in shown if any(row[name] for name in names)] or shown or seen

    def accesses(self, login: str) -> list[tuple[str, Table]]:
        """What the login's groups have of tables."""
        groups = next(one.groups for one in self.model.world.logins if one.name == login)
        return [(role, self.model.matrix.tables[t]) for role in groups for t in self.model.matrix.roles[role].tables]

    # --- a person's day -----------------------------------------------------------------------------------------

    def settle(self, login: str) -> None:
        """Bring one person to some point of their work; a transaction of theirs may stay open."""
        state = self.random.choice(_STATES)
        if state == "away":
            return
        self.start(login, self.purpose())
        if state == "uncommitted":
            self.begin(login)
            self.start(login, self.purpose())
            return
        self.open_some(login)
        if state == "superseded":
            self.start(login, self.purpose())
        elif state == "ended":
            self.end(login)
        elif state == "lapsed":
            self.lapse_session(login)
        elif self.random.random() < 0.25:
            self.begin(login)
            self.open_some(login, few=True)

    def purpose(self) -> str:
        """One of the matrix' purposes, now and then another."""
        return self.random.choice([*self.model.matrix.purposes] * 4 + ["work"] * 12 + ["other use"])

    def open_some(self, login: str, *, few: bool = False) -> None:
        """Open a record of most tables, one after the other, and let it lapse, close it, roll it back, or leave it."""
        accesses = self.accesses(login)
        if few:
            at = self.office.at_work(login)
            accesses = [(r, t) for r, t in accesses if at.in_session(r) and self.office.opens(r, t)]
        self.random.shuffle(accesses)
        for role, table in accesses[: 2 if few else None]:
            seen = (
                self.served(login, role, table) if self.random.random() < 0.8 else self.records(login, role, table)[0]
            )
            if not seen or not (self.office.opens(role, table) or self.random.random() < 0.1):
                continue
            row = self.random.choice(seen)
            if few:
                if not self.open(login, role, table, key_of(table, row)):
                    self.begin(login)
            else:
                self._open_one(login, role, table, row, seen)
        # The last that lapses takes the others with it: none does where a transaction is open.
        if not few and self.random.random() < 0.12:
            self.lapse_records(login)

    def _open_one(self, login: str, role: str, table: Table, row: Row, seen: list[Row]) -> None:
        fate = self.random.choice(_FATES)
        if fate == "rolled back":
            self.begin(login)
            if self.open(login, role, table, key_of(table, row)):
                self.rollback(login)
            return
        self.open(login, role, table, key_of(table, row))
        if fate == "closed":
            self.close(login, role, table)
        elif fate == "another":
            self.open(login, role, table, key_of(table, self.random.choice(seen)))

    def search(self, login: str) -> None:
        """Search one table for a value that it has, that it does not have, or that is only like one."""
        accesses = [(r, t) for r, t in self.accesses(login) if any(c.find for c in t.columns.values())]
        if not accesses:
            return
        sealed = [(role, table) for role, table in accesses if table.qualified in self.model.world.sealed]
        role, table = self.random.choice(sealed if sealed and self.random.random() < 0.8 else accesses)
        column = self.random.choice([c for c in table.columns.values() if c.find])
        number = self.random.randrange(12)
        value = self.random.choice(spellings(column.kind or "", number))
        self.find(login, role, table, column.name, self.random.choice([value, value, value, value[:-1]]))


_STATES = ("live",) * 14 + ("away", "away", "uncommitted", "superseded", "ended", "lapsed")
_FATES = ("kept",) * 8 + ("rolled back", "closed", "another")


def _named(both: list[int]) -> list[tuple[str, int]]:
    return list(zip(("openings", "customers"), both, strict=True))


def _relation(role: str, table: Table) -> str:
    """A table as the role's queries name it, so that it is plain which role is meant."""
    return f"{quoted(role)}.{quoted(table.name)}"
