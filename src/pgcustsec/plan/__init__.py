"""
present + wanted -> an ordered Plan. Pure.

Order is what keeps every step safe: what narrows comes first; where more than one body of a role changes, its views are
closed before and opened again last, so no state in between shows more than before and after together.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path

from pgcustsec.compile import render
from pgcustsec.compile.exposure import AccessChange
from pgcustsec.compile.quote import ident, literal
from pgcustsec.compile.terms.outcomes import OutcomeChange, outcome_lines
from pgcustsec.errors import Refused, UsageError
from pgcustsec.objects import (
    OWNER,
    Check,
    DefaultPrivileges,
    Function,
    Grant,
    Key,
    Membership,
    Object,
    Policy,
    RowSecurity,
    Schema,
    TermColumn,
    VaultTable,
    View,
)
from pgcustsec.plan.phases import Phase, change_phase, drop_phase, make_phase
from pgcustsec.statement import Statement

Objects = Mapping[Key, Object]
_Step = tuple[Phase, Statement]


@dataclass(frozen=True, slots=True)
class Plan:
    """
    What brings a database in line with a matrix.

    `fingerprint` is of the state that the plan was made for; `access` says what it does to people; `outcomes` what
    anonymising leaves of a row from then on; `unmanaged` what touches protected tables and is left alone; `record` the
    SQL with which a script writes down afterwards what it applied.
    """

    database: str
    fingerprint: str
    statements: tuple[Statement, ...]
    access: tuple[AccessChange, ...] = ()
    unmanaged: tuple[str, ...] = ()
    outcomes: tuple[OutcomeChange, ...] = ()
    record: str = field(default="", compare=False)
    #: The digest that a request to widen names; None: nothing is widened, or no request is asked for.
    widening: str | None = None

    def __bool__(self) -> bool:
        return bool(self.statements)

    @property
    def sql(self) -> str:
        """The plan as a script for psql: one transaction, stopped by the first error."""
        lines = [
            f"-- pgcustsec plan for database {' '.join(self.database.splitlines())}, state {self.fingerprint}",
            # A name may hold a line break, after which a comment would be a command.
            *(f"-- {' '.join(line.splitlines())}" for line in outcome_lines(self.outcomes)),
            r"\set ON_ERROR_STOP on",
            "BEGIN;",
            # How the server prints what is recorded depends on it.
            "SET LOCAL search_path = '';",
        ]
        if self.widening:
            lines.append(f"-- widening takes an approved request\n{_spend(self.widening)};")
        lines += [f"-- {' '.join(s.what.splitlines())}\n{s.sql};" for s in self.statements]
        if self.record:
            lines.append(f"-- record what was applied\n{self.record};")
        return "\n".join([*lines, "COMMIT;", ""])

    def to_json(self) -> dict[str, object]:
        """The plan as JSON-able values; `statements` is what apply runs of a plan file."""
        return {
            "database": self.database,
            "fingerprint": self.fingerprint,
            "widening": self.widening,
            "access": [asdict(change) for change in self.access],
            "outcomes": [asdict(change) for change in self.outcomes],
            "statements": [asdict(statement) for statement in self.statements],
            "unmanaged": list(self.unmanaged),
        }


def _spend(digest: str) -> str:
    """The SQL that spends the approved request for the widening of *digest*, and fails where there is none (5.2.5)."""
    refusal = "the plan widens access, which takes an approved request by somebody else: it is %"
    spend = f"SELECT w.became INTO found FROM pgcustsec_internal._spend_widening({literal(digest)}) AS w;"
    check = f"IF found <> 'spent' THEN RAISE EXCEPTION {literal(refusal)}, found; END IF;"
    return render.as_role(OWNER, f"DO {literal(f'DECLARE found text; BEGIN {spend} {check} END')}")


def read_plan(file: Path) -> Plan:
    """
    Return the plan that `Plan.to_json` wrote to *file*.

    Raises `UsageError` when the file is no plan.
    """
    try:
        given = json.loads(file.read_text(encoding="utf-8"))
        return Plan(
            database=given["database"],
            fingerprint=given["fingerprint"],
            statements=tuple(Statement(**statement) for statement in given["statements"]),
            access=tuple(AccessChange(**change) for change in given["access"]),
            unmanaged=tuple(given["unmanaged"]),
            outcomes=tuple(OutcomeChange(**change) for change in given["outcomes"]),
            widening=given.get("widening"),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"{file} is no plan of pgcustsec", hint="write one with: pgcustsec plan --format json -o FILE"
        ) from error


def refuse_widening(plan: Plan) -> None:
    """Raise `Refused` where *plan* gives anybody more than they had (5.2.5): for who may only apply what narrows."""
    wider = [change for change in plan.access if change.widens]
    if wider:
        first = wider[0]
        raise Refused(
            f"the plan widens access to {len(wider)} column{'' if len(wider) == 1 else 's'} of a role, first:"
            f" {first.role}, {first.table}.{first.column}, tier {first.tier}; nothing was changed",
            hint="have it approved, and apply without --deny-widening",
        )


@dataclass(frozen=True, slots=True)
class Differences:
    """Objects to make, to change (old and new) and to drop."""

    missing: tuple[Object, ...]
    altered: tuple[tuple[Object, Object], ...]
    surplus: tuple[Object, ...]


def make_plan(
    database: str,
    present: Objects,
    wanted: Objects,
    *,
    access: Iterable[AccessChange] = (),
    unmanaged: Iterable[str] = (),
    outcomes: Iterable[OutcomeChange] = (),
) -> Plan:
    """Return the statements that turn *present* into *wanted*, in a safe order; without any there are no outcomes."""
    closing, rest = _close(present, wanted)
    found = differences(rest, wanted)
    early = frozenset(thing.owner for thing in wanted.values() if isinstance(thing, Schema))
    steps = closing + [(drop_phase(thing), render.drop(thing)) for thing in found.surplus]
    steps += [(make_phase(thing, early), render.create(thing)) for thing in found.missing]
    steps += [(change_phase(old, new, early), render.change(old, new)) for old, new in found.altered]
    ordered = [step for _, step in sorted(steps, key=lambda pair: pair[0])]
    ends = tuple(outcomes) if ordered else ()
    return Plan(database, fingerprint(present), tuple(ordered), tuple(access), tuple(unmanaged), ends)


def differences(present: Objects, wanted: Objects) -> Differences:
    """Return what of *wanted* is missing or altered in *present*, and what is there that is not wanted."""
    surplus = [thing for key, thing in present.items() if key not in wanted]
    ends = frozenset(thing.key for thing in surplus)
    return Differences(
        missing=tuple(thing for key, thing in wanted.items() if key not in present),
        altered=tuple((present[key], new) for key, new in wanted.items() if key in present and present[key] != new),
        surplus=tuple(thing for thing in surplus if _must_go(thing, ends)),
    )


def _must_go(thing: Object, ends: frozenset[Key]) -> bool:
    """Whether a surplus object needs a statement: not when it goes with another one, and not when it protects."""
    match thing:
        case RowSecurity() | VaultTable() | Check() | TermColumn():
            # A table that left the matrix is read by nobody, rather than by everybody; true values stay where they are.
            return False
        case DefaultPrivileges():
            return ("role", thing.creator) in ends
        case Membership():
            return not ends & {("role", thing.role), ("role", thing.member)}
        case Grant():
            return not ends & {("view", *thing.target), ("schema", *thing.target), ("function", *thing.target)}
        case _:
            return True


def fingerprint(objects: Objects) -> str:
    """A digest of the state of *objects*: equal when nothing that is compared has moved."""
    lines = sorted(repr((type(thing).__name__, *_facts(thing))) for thing in objects.values())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def _facts(thing: Object) -> list[object]:
    values = [getattr(thing, one.name) for one in fields(thing) if one.compare]
    return [sorted(value) if isinstance(value, frozenset) else value for value in values]


def _close(present: Objects, wanted: Objects) -> tuple[list[_Step], dict[Key, Object]]:
    """
    Return the statements that close what would be half changed meanwhile, and *present* as they leave it.

    A view that differs, and the view that reads it, go and come back at the end. A role whose views and policies differ
    in more than one place has its other views closed until all of them are right.
    """
    rest = dict(present)
    functions = _functions_anew(present, wanted)
    dropped = [view for key in _views_anew(present, wanted, functions) if isinstance(view := rest.pop(key), View)]
    steps = [(Phase.CLOSE, render.drop(view)) for view in dropped]
    _take_grants(rest, {(view.schema, view.name) for view in dropped})
    steps += _without(rest, wanted, functions)
    _sweep(rest, wanted)
    _sweep_memberships(rest, wanted)
    for viewer in _unsettled(rest, wanted):
        open_views = {(v.schema, v.name) for v in rest.values() if isinstance(v, View) and v.owner == viewer}
        steps += [(Phase.CLOSE, render.drop(grant)) for grant in _take_grants(rest, open_views)]
    return steps, rest


def _functions_anew(present: Objects, wanted: Objects) -> list[Function]:
    """Functions that CREATE OR REPLACE cannot put right: of another owner, or with another result."""
    pairs = ((present.get(key), new) for key, new in wanted.items())
    both = ((old, new) for old, new in pairs if isinstance(old, Function) and isinstance(new, Function))
    return [old for old, new in both if (old.owner, old.returns) != (new.owner, new.returns)]


def _calls(text: str, functions: Iterable[Function]) -> bool:
    return any(f"{ident(function.name)}(" in text for function in functions)


def _without(rest: dict[Key, Object], wanted: Objects, functions: list[Function]) -> list[_Step]:
    """Drop *functions* and, before, every policy that may call one; both come back. Their views are gone already."""
    if not functions:
        return []
    policies = [p for p in rest.values() if isinstance(p, Policy) and _may_call(p, wanted.get(p.key), functions)]
    _take_grants(rest, {(f.schema, f.name, f.arguments) for f in functions}, "function")
    for key in [*(policy.key for policy in policies), *(function.key for function in functions)]:
        del rest[key]
    steps = [(Phase.CLOSE, render.drop(policy)) for policy in policies]
    return steps + [(Phase.REPLACE_FUNCTION, render.drop(function)) for function in functions]


def _may_call(old: Policy, new: Object | None, functions: list[Function]) -> bool:
    return isinstance(new, Policy) and (old != new or _calls(new.using, functions))


def _views_anew(present: Objects, wanted: Objects, functions: list[Function]) -> list[Key]:
    """Views to drop and make again: readers before what they read."""
    differ = [
        new
        for key, new in wanted.items()
        if isinstance(new, View) and key in present and (present[key] != new or _calls(new.sql, functions))
    ]
    readers = [("view", *view.above) for view in differ if view.above]
    keys = dict.fromkeys([*(key for key in readers if key in present), *(view.key for view in differ)])
    return sorted(keys, key=lambda key: isinstance(view := present[key], View) and view.is_inner)


def _unsettled(present: Objects, wanted: Objects) -> set[str]:
    """Viewers with more than one view or policy missing, altered or surplus; an inner view is part of its reader."""
    found = differences(present, wanted)
    changed: dict[str, set[Key]] = {}
    for thing in (*found.missing, *(new for _, new in found.altered), *found.surplus):
        if isinstance(thing, View):
            changed.setdefault(thing.owner, set()).add(("view", *(thing.above or (thing.schema, thing.name))))
        elif isinstance(thing, Policy):
            for viewer in thing.roles:
                changed.setdefault(viewer, set()).add(thing.key)
    return {viewer for viewer, things in changed.items() if len(things) > 1}


def _take_grants(objects: dict[Key, Object], targets: Collection[tuple[str, ...]], on: str = "table") -> list[Grant]:
    grants = [g for g in objects.values() if isinstance(g, Grant) and g.on == on and g.target in targets]
    for grant in grants:
        del objects[grant.key]
    return grants


def _sweep(rest: dict[Key, Object], wanted: Objects) -> None:
    """
    Take out of *rest* what a REVOKE takes along: what its grantee has handed on, and, under a table's, the columns'.

    Nothing need be revoked twice (the second would only warn), and a column that is wanted is granted again.
    """
    losing = [g for g in rest.values() if isinstance(g, Grant) and g != wanted.get(g.key)]
    while losing:
        old = losing.pop()
        new = wanted.get(old.key)
        lost = old.privileges - (new.privileges if isinstance(new, Grant) else frozenset())
        for other in [g for g in rest.values() if isinstance(g, Grant)]:
            if (other.on, other.target, other.grantor) == (old.on, old.target, old.grantee):
                if _take_privileges(rest, other, old.grantable):
                    losing.append(other)
            elif old.on == "table" and _column_of(other, old):
                _take_privileges(rest, other, lost)


def _sweep_memberships(rest: dict[Key, Object], wanted: Objects) -> None:
    """Take out of *rest* the memberships that end with their grantor's: from 16 on, what an administrator granted."""
    losing = [m for m in rest.values() if isinstance(m, Membership) and m.admin and _is_revoked(m, wanted.get(m.key))]
    while losing:
        ended = losing.pop()
        for other in [m for m in rest.values() if isinstance(m, Membership)]:
            if other.role != ended.role or ended.member not in other.grantors or ended.server_major < 16:
                continue
            left = tuple(grantor for grantor in other.grantors if grantor != ended.member)
            if left:
                rest[other.key] = replace(other, grantors=left)
            else:
                del rest[other.key]
                losing += [other] if other.admin else []


def _is_revoked(old: Membership, new: Object | None) -> bool:
    return not isinstance(new, Membership) or old.exceeds(new)


def _column_of(grant: Grant, table: Grant) -> bool:
    """Whether *grant* gives the same grantee, from the same grantor, a column of what *table* gives."""
    same = (grant.target[:2], grant.grantee, grant.grantor) == (table.target, table.grantee, table.grantor)
    return grant.on == "column" and same


def _take_privileges(objects: dict[Key, Object], grant: Grant, lost: frozenset[str]) -> bool:
    """Take *lost* from *grant* in *objects*; return whether that took anything."""
    left = grant.privileges - lost
    if left == grant.privileges:
        return False
    if left:
        objects[grant.key] = replace(grant, privileges=left, grantable=grant.grantable & left)
    else:
        del objects[grant.key]
    return True
