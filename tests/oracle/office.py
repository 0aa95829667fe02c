"""
What each step of people's work must do: sessions, records, searches, budgets, and the evidence of them (5.2.1, 5.2.4).

An `Office` is what has been done so far. A step returns the SQLSTATEs that may refuse it, none when it must succeed;
where more than one rule forbids a step, any of them may say so. What is done in a transaction counts for others, and
shows anything to its own person, once that is committed; what is spent is spent at once and stays so.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from pgcustsec.matrix.model import Access, RecordAccess, Table
from tests.oracle.model import AWAY, Asker, AtWork, Key, Model, Person, Row, is_text, key_of
from tests.oracle.tier1 import SEARCHED

Refusals = frozenset[str]
#: kind, person, role, table, record, customer, column, purpose, reason
Entry = tuple[str, str, str | None, str | None, str | None, str | None, str | None, str | None, str | None]

DONE: Refusals = frozenset()


@dataclass
class Session:
    """A session at work."""

    purpose: str
    roles: frozenset[str]
    committed: bool = False
    lapsed: bool = False


@dataclass
class Opened:
    """A record that is open in one role."""

    role: str
    key: Key
    committed: bool = False
    lapsed: bool = False
    named: frozenset[str] = frozenset()  # the columns of the request by which it was opened


@dataclass
class Desk:
    """One person's work: the session, the record of each table that is open, today's customers, new evidence."""

    session: Session | None = None
    opened: dict[str, Opened] = field(default_factory=dict)
    customers: set[str] = field(default_factory=set)
    written: list[Entry] = field(default_factory=list)


class Office:
    """Everybody's work so far, by login; a person has one."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.matrix = model.matrix
        self.desks = {login.name: Desk() for login in model.world.logins}
        self.within: dict[str, Desk] = {}
        self.spent: Counter[tuple[str, str]] = Counter()
        self.evidence: Counter[Entry] = Counter()

    # --- transactions -------------------------------------------------------------------------------------------

    def begin(self, login: str) -> None:
        self.within[login] = deepcopy(self.desks[login])

    def commit(self, login: str) -> None:
        desk = self.desks[login] = self.within.pop(login)
        if desk.session:
            desk.session.committed = True
        for opened in desk.opened.values():
            opened.committed = True
        self.evidence.update(desk.written)
        desk.written = []

    def rollback(self, login: str) -> None:
        """Nothing of it was done; what it spent is spent."""
        del self.within[login]

    def desk(self, login: str) -> Desk:
        """A person's work as they see it in the transaction that they have open, or as it is committed."""
        return self.within.get(login, self.desks[login])

    def at_work(self, login: str) -> AtWork:
        """What of it counts: what is committed and neither over nor lapsed."""
        return counting(self.desk(login))

    def committed_work(self, login: str) -> AtWork:
        """The same for another connection, which sees nothing of the transaction that is open."""
        return counting(self.desks[login])

    # --- sessions -----------------------------------------------------------------------------------------------

    def person(self, login: str) -> Person | None:
        """Who is behind a login, with a role or without."""
        return next((p for p in self.model.world.staff.values() if p.login == login and p.active), None)

    def start(self, login: str, purpose: str) -> Refusals:
        """4.3: for a purpose of the list that a role of theirs works for. The session before ends."""
        person = self.person(login)
        if person is None:
            return frozenset({"CS001"})
        known = self.matrix.purposes.get(purpose)
        roles = frozenset(known.roles if known else ()) & frozenset(person.roles)
        if not roles:
            return frozenset({"CS007"} if person.roles else {"CS007", "CS002"})
        desk = self.desk(login)
        if self.is_live(login):
            desk.written.append(_entry("session_ended", person, reason="superseded"))
        desk.written.append(_entry("session_started", person, purpose=purpose))
        desk.session, desk.opened = Session(purpose, roles), {}
        return DONE

    def end(self, login: str) -> tuple[Refusals, bool]:
        """The session that is live ends, if one is; and nothing of it is open any longer."""
        person = self.person(login)
        if person is None:
            return frozenset({"CS001"}), False
        if not self.is_live(login):
            return DONE, False
        desk = self.desk(login)
        desk.written.append(_entry("session_ended", person, reason="ended"))
        desk.session, desk.opened = None, {}
        return DONE, True

    def is_live(self, login: str) -> bool:
        """Whether there is a session before its term, committed or not."""
        session = self.desk(login).session
        return session is not None and not session.lapsed

    def lapse_session(self, login: str) -> None:
        """Its term passes, and that of what is open in it."""
        session = self.desks[login].session
        if session is not None:
            session.lapsed = True
        self.lapse_records(login)

    def lapse_records(self, login: str) -> None:
        """The term of what is open passes."""
        for opened in self.desks[login].opened.values():
            opened.lapsed = True

    def _without_session(self, login: str, role: str) -> Refusals:
        """5.2.4: no committed, live session in which *role* works."""
        session = self.desk(login).session
        if session is None or role not in session.roles or not session.committed:
            return frozenset({"CS005"})
        return frozenset({"CS006"}) if session.lapsed else DONE

    # --- records ------------------------------------------------------------------------------------------------

    def open(self, login: str, role: str, table: Table, key: Key, reason: str) -> Refusals:
        """5.2.1: one record of those that the role sees, for a reason, within the day's budgets."""
        refused = self._nobody(login, role, table, opening=True)
        person = self.person(login)
        if refused or person is None:
            return refused
        if not self.opens(role, table):
            refused |= {"CS202"}
        if reason.strip() in ("", "***"):
            refused |= {"CS206"}
        refused |= self._without_session(login, role)
        row = self._row(Asker(person, role, self.at_work(login)), table, key)
        if row is None:
            refused |= {"CS201"}
        if refused or row is None:
            return refused
        customer = self._customer(table, row)
        return self._spend(login, role, customer) or self._opened(login, person, role, table, row, reason)

    def files(self, login: str, role: str, table: Table) -> bool:
        """Whether a login's person files requests for a table in that role."""
        person = self.model.somebody(login, role)
        may = any(role in kind.filed_by for kind in self.matrix.requests.values())
        return person is not None and may and not has_heirs(self.model, table)

    def file(self, login: str) -> Refusals:
        """Filed, and approved by who approves everything."""
        person = self.person(login)
        assert person is not None
        self.desk(login).written.append(_entry("request_filed", person))
        return DONE

    def open_in_full(self, login: str, role: str, table: Table, key: Key, named: frozenset[str]) -> Refusals:
        """5.2.1: one that the role sees, by a request that names columns, within its own limit or the day's budgets."""
        person = self.model.somebody(login, role)
        assert person is not None
        refused = self._without_session(login, role)
        access = self.matrix.roles[role].tables[table.qualified]
        if access.tier1 == "absent" or all(column.tier == 3 for column in table.columns.values()):
            refused |= {"CS202"}
        row = self._row(Asker(person, role, self.at_work(login)), table, key)
        if row is None:
            refused |= {"CS201"}
        if refused or row is None:
            return refused
        if self.matrix.requests["special"].max_rows is None:
            refused = self._spend(login, role, self._customer(table, row))
        return refused or self._opened(login, person, role, table, row, None, named)

    def _spend(self, login: str, role: str, customer: str) -> Refusals:
        rule = self._rule(role)
        if self.spent[login, "openings"] >= rule.openings_per_day:
            return frozenset({"CS204"})
        self.spent[login, "openings"] += 1
        if customer in self.desk(login).customers:
            return DONE
        if self.spent[login, "customers"] >= rule.customers_per_day:
            return frozenset({"CS205"})
        self.spent[login, "customers"] += 1
        return DONE

    def _opened(
        self,
        login: str,
        person: Person,
        role: str,
        table: Table,
        row: Row,
        reason: str | None,
        named: frozenset[str] = frozenset(),
    ) -> Refusals:
        """One record a person and table: it takes the place of any other, in whichever role that was."""
        desk, key, customer = self.desk(login), key_of(table, row), self._customer(table, row)
        assert desk.session is not None
        desk.opened[table.qualified] = Opened(role, key, named=named)
        desk.customers.add(customer)
        about = {"purpose": desk.session.purpose, "reason": reason, "customer": customer}
        desk.written.append(_entry("record_opened", person, role, table, key_text(key), **about))
        return DONE

    def close(self, login: str, role: str, table: Table) -> tuple[Refusals, bool]:
        """What is open of the table in that role is so no longer; false: nothing was."""
        refused = self._nobody(login, role, table, opening=True)
        person, desk = self.person(login), self.desk(login)
        opened = desk.opened.get(table.qualified)
        if refused or person is None or opened is None or opened.role != role or opened.lapsed:
            return refused, False
        assert desk.session is not None
        del desk.opened[table.qualified]
        purpose = desk.session.purpose
        desk.written.append(_entry("record_closed", person, role, table, key_text(opened.key), purpose=purpose))
        return DONE, True

    # --- searches -----------------------------------------------------------------------------------------------

    def find(self, login: str, role: str, table: Table, column: str, value: str) -> tuple[Refusals, list[str]]:
        """5.2.1: keys, of the rows in the role's scope, of exactly this value, however it is spelt."""
        refused = self._nobody(login, role, table, opening=False)
        person = self.person(login)
        if refused or person is None:
            return refused, []
        if column not in self.searched(role, table):
            refused |= {"CS207"}
        refused |= self._without_session(login, role)
        if not refused and self.spent[login, "openings"] >= self._rule(role).openings_per_day:
            refused |= {"CS204"}
        if refused:
            return refused, []
        self.spent[login, "openings"] += 1
        asker, desk = Asker(person, role, self.at_work(login)), self.desk(login)
        found = [row for row in self._matching(table, column, value) if self.model.row_shows(asker, table, row)]
        assert desk.session is not None
        rows: list[Row | None] = [*found] or [None]
        for row in rows:
            key = None if row is None else key_text(key_of(table, row))
            customer = None if row is None else self._customer(table, row)
            about = {"column": column, "purpose": desk.session.purpose, "customer": customer}
            desk.written.append(_entry("searched", person, role, table, key, **about))
        return DONE, sorted(key_text(key_of(table, row)) for row in found)

    def _matching(self, table: Table, column: str, value: str) -> list[Row]:
        """Only where true values lie in the vault is there anything to search."""
        if table.qualified not in self.model.world.sealed:
            return []
        kind = table.columns[column].kind or ""
        rows = self.model.world.tables[table.qualified].rows
        return [r for r in rows if r[column] is not None and normal(kind, r[column]) == normal(kind, value)]

    # --- what roles have ----------------------------------------------------------------------------------------

    def opens(self, role: str, table: Table) -> bool:
        """Tier 1 is masked, not hidden or absent, and something in a record would show."""
        access = self.matrix.roles[role].tables.get(table.qualified)
        return access is not None and access.tier1 == "masked" and self._shows_something(access, table)

    def _shows_something(self, access: Access, table: Table) -> bool:
        types = self.model.world.tables[table.qualified].types
        named = access.names == "value" and access.tier2 != "none"
        return any((c.tier == 1 and is_text(types[c.name])) or (c.is_name and named) for c in table.columns.values())

    def searched(self, role: str, table: Table) -> list[str]:
        """Columns that the role may search; of children by inheritance nothing lies in the vault."""
        access = self.matrix.roles[role].tables.get(table.qualified)
        if access is None or access.tier1 == "absent" or has_heirs(self.model, table):
            return []
        return [c.name for c in table.columns.values() if c.find and c.kind in SEARCHED]

    def _nobody(self, login: str, role: str, table: Table, *, opening: bool) -> Refusals:
        """The login may not ask at all, or its person has nothing of the table in that role."""
        one = next(one for one in self.model.world.logins if one.name == login)
        may = self.opens if opening else self.searched
        if not any(may(group, t) for group in one.groups for t in self.matrix.tables.values()):
            return frozenset({"42501"})
        person = self.person(login)
        if person is None:
            return frozenset({"CS001"})
        has = role in person.roles and table.qualified in self.matrix.roles[role].tables
        return DONE if has else frozenset({"CS208"})

    def _rule(self, role: str) -> RecordAccess:
        return self.matrix.roles[role].record_access or self.matrix.record_access

    def _row(self, asker: Asker, table: Table, key: Key) -> Row | None:
        """The row of a key, if the asker sees it."""
        row = self.model.row_of(table, key)
        return row if row is not None and self.model.row_shows(asker, table, row) else None

    def _customer(self, table: Table, row: Row) -> str:
        customer = self.model.customer_of(table, row)
        assert customer is not None
        return f"{customer[0].qualified} {key_text(key_of(*customer))}"


def counting(desk: Desk) -> AtWork:
    """What of a desk counts."""
    session = desk.session
    if session is None or session.lapsed or not session.committed:
        return AWAY
    counts = {(o.role, table): o for table, o in desk.opened.items() if o.committed and not o.lapsed}
    return AtWork(session.roles, {p: o.key for p, o in counts.items()}, {p: o.named for p, o in counts.items()})


def has_heirs(model: Model, table: Table) -> bool:
    """Whether rows lie in children by inheritance, which are never sealed."""
    return any(" INHERITS (" in statement for statement in model.world.tables[table.qualified].ddl)


def key_text(key: Key) -> str:
    """A key as people hand it over: as it is, or a JSON array of its parts."""
    return str(key[0]) if len(key) == 1 else json.dumps(list(key), ensure_ascii=False)


def normal(kind: str, value: str) -> str:
    """The one spelling of a value, of those that the worlds hold."""
    bare = re.sub(r"[ -]", "", value)
    return {"phone": bare.removeprefix("+86"), "email": value.strip().lower()}.get(kind, bare.upper())


def _entry(
    kind: str,
    person: Person,
    role: str | None = None,
    table: Table | None = None,
    key: str | None = None,
    **about: Any,
) -> Entry:
    relation = None if table is None else table.qualified
    said: Mapping[str, Any] = about
    words = (said.get(word) for word in ("customer", "column", "purpose", "reason"))
    customer, column, purpose, reason = words
    return kind, person.staff_id, role, relation, key, customer, column, purpose, reason
