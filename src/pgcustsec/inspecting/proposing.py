"""A matrix for a database that has none, from its catalog and a sample of its values (3.2, 5.2.5)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pgcustsec.catalog.contents import Applied, Contents, HeldTable, read_applied, read_contents
from pgcustsec.compile.quote import fitting
from pgcustsec.db import Connection
from pgcustsec.errors import UsageError
from pgcustsec.inspecting import granting, leading
from pgcustsec.inspecting.guessing import Guess, guess
from pgcustsec.inspecting.leading import Lead, Place
from pgcustsec.inspecting.reading import Read, look_through
from pgcustsec.inspecting.words import named
from pgcustsec.matrix.form import COLUMN, DATABASE_ROLE
from pgcustsec.matrix.load import loads
from pgcustsec.matrix.model import Access, Column, Department, Matrix, Parent, Role, ServedByColumn, Table
from pgcustsec.matrix.write import write
from pgcustsec.objects import RETAIN_UNTIL

#: Types of a staff number, and of numbers that are no key since two of them may print alike.
_STAFF_TYPES = frozenset({"text", "character varying"})
_INEXACT = frozenset({"real", "double precision"})


@dataclass(frozen=True, slots=True)
class Proposal:
    """
    A matrix with what is said of its parts; `guesses` by table and column, `left_out` tables with the reason, `unread`
    those that are told by names alone, `remarks` on roles, owners and logins. No value of a customer is in it.
    """

    database: str
    matrix: Matrix
    places: Mapping[str, Place]
    guesses: Mapping[str, Mapping[str, Guess]]
    left_out: tuple[tuple[str, str], ...]
    unread: Mapping[str, str]
    role_remarks: Mapping[str, tuple[str, ...]]
    remarks: tuple[str, ...]

    @property
    def text(self) -> str:
        """The matrix file, with comments."""
        return write(self.matrix, _comments(self))


def propose(connection: Connection, schemas: Sequence[str], rows: int) -> Proposal:
    """
    Return a matrix for the connected database, from samples of at most *rows* rows a table. Changes nothing.

    Only tables of *schemas* where some are named. Raises `UsageError` where no table leads to a customer or could be
    one, or a schema is not there; `NotAllowed` where a matrix is applied and the login may not read which.
    """
    contents = read_contents(connection, schemas)
    if missing := sorted(set(schemas) - contents.schemas):
        raise UsageError(f"database {contents.database} has no schema {', '.join(missing)}", hint="check its spelling")
    applied = read_applied(connection) if contents.installed else None
    left_out = {table.qualified: reason for table in contents.tables if (reason := _unfit(table))}
    tables = [table for table in contents.tables if table.qualified not in left_out]
    known = leading.leads(contents)
    reads = {table.oid: _looked(connection, table, rows, applied) for table in tables}
    guesses = {table.oid: _guesses(table, reads[table.oid], known, applied) for table in tables}
    keys = {table.oid: key for table in tables if (key := _key(table, guesses[table.oid], known))}
    left_out |= {table.qualified: _keyless(table) for table in tables if table.oid not in keys}
    found = leading.places([table for table in tables if table.oid in keys], keys, known, guesses)
    placed = {place.table.oid for place in found}
    left_out |= {
        table.qualified: _aside(table, guesses[table.oid])
        for table in tables
        if table.oid in keys and table.oid not in placed
    }
    if not found:
        raise UsageError(
            f"database {contents.database} has no table of customers, and none that leads to one",
            hint="name the schema with --schema; a table needs a key and a column that identifies somebody",
        )
    unread = {read.table.qualified: read.unread for read in reads.values() if read.unread}
    return _proposal(contents, applied, found, guesses, left_out, unread)


def _unfit(table: HeldTable) -> str:
    """Why a matrix cannot name *table*; "": it can."""
    if table.heir_of is not None:
        return "it inherits from another table, and is protected with that"
    if table.kind != "table":
        return f"a {table.kind} cannot be protected: nobody but its owner should read it"
    if not all(re.fullmatch(COLUMN.pattern, part) for part in table.relation):
        return "a matrix cannot name it: its name has a dot or a control character"
    if not re.fullmatch(DATABASE_ROLE.pattern, table.owner):
        return "a matrix cannot name its owner, whose name has a dot or a control character"
    return ""


def _looked(connection: Connection, table: HeldTable, rows: int, applied: Applied | None) -> Read:
    """Columns that a matrix classifies are not looked at again: they may be masked by now."""
    if applied and all((table.qualified, name) in applied.classified for name in table.columns):
        return Read(table)
    return look_through(connection, table, rows)


def _guesses(table: HeldTable, read: Read, known: Sequence[Lead], applied: Applied | None) -> dict[str, Guess]:
    pointing = {name for lead in known if lead.of == table.oid for name in lead.columns}
    pointing |= set(table.keys[0]) if table.keys else set()
    person = _is_of_people(table)
    found = {}
    for name, column in table.columns.items():
        if applied and (table.qualified, name) in applied.classified:
            found[name] = _as_applied(table, name, applied)
        elif re.fullmatch(COLUMN.pattern, name) and not (applied and name == RETAIN_UNTIL):
            found[name] = guess(column, read.found.get(name, []), table, points=name in pointing, of_person=person)
    return found


def _as_applied(table: HeldTable, name: str, applied: Applied) -> Guess:
    tier, kind = applied.classified[table.qualified, name]
    unique = applied.lookups.get((table.qualified, fitting(f"{name} blind")))
    # Tier and kind come from the database as any int and text: an apply wrote them down, of a matrix that had them.
    column = Column(name, tier, kind or None, find=unique is False, unique=bool(unique))  # type: ignore[arg-type]
    return Guess(column, 1.0, "as the matrix that is applied here says")


def _is_of_people(table: HeldTable) -> bool:
    said = [words.kind for name in table.columns if (words := named(name, of_person=False))]
    return leading.is_customers(table) or bool({"id_document", "phone", "email"} & set(said))


def _key(table: HeldTable, guessed: Mapping[str, Guess], known: Sequence[Lead]) -> tuple[str, ...] | None:
    """The key that other tables lead to, else the primary key, else a unique one; of columns stored as they are."""
    usable = [
        key
        for key in table.keys
        if all(
            name in guessed
            and guessed[name].column.tier != 1
            and not guessed[name].column.is_name
            and table.columns[name].plain_type not in _INEXACT
            for name in key
        )
    ]
    led = {key: sum(lead.declared and lead.to == table.oid and set(lead.referred) == set(key) for lead in known)
           for key in usable}  # fmt: skip
    return max(usable, key=lambda key: led[key], default=None)


def _keyless(table: HeldTable) -> str:
    if not table.keys:
        return "it has no key: no primary key, and no unique index over NOT NULL columns; give it one"
    return (
        "its key is of tier 1, a name or an inexact number, and a key is stored as it is; give it a number of its own"
    )


def _aside(table: HeldTable, guessed: Mapping[str, Guess]) -> str:
    held = sorted(guess.column.name for guess in guessed.values() if guess.told and guess.column.tier == 1)
    names = f"; but {', '.join(held)} identify somebody: close it by other means" if held else ""
    who = "it is of staff, who are no customers" if leading.is_staff(table) else "nothing leads from it to a customer"
    return who + names


def _proposal(
    contents: Contents,
    applied: Applied | None,
    found: Sequence[Place],
    guesses: Mapping[int, Mapping[str, Guess]],
    left_out: Mapping[str, str],
    unread: Mapping[str, str],
) -> Proposal:
    keys = {place.table.oid: place.key for place in found}
    names = {place.table.oid: place.table.qualified for place in found}
    tables = {place.table.oid: _table(place, guesses[place.table.oid], keys, names) for place in found}
    prefix = applied.role_prefix if applied else granting.role_prefix(contents)
    taken = (contents.schemas - (applied.roles if applied else frozenset())) | {
        table.schema for table in tables.values()
    }
    parents = {table.heir_of for table in contents.tables if table.heir_of}
    # An identity or generated column is written by nobody, nor a table with inheritance children.
    writable = {
        place.table.qualified: {column.name for column in place.table.columns.values() if not column.generated}
        for place in found
        if place.table.oid not in parents
    }
    roles = granting.proposed_roles(contents, tables, prefix, taken, writable)
    if not roles:
        nobody = Role(granting.NOBODY, granting.DEPARTMENT)
        roles = [
            granting.ProposedRole(nobody, ("no group with people in it reads these tables: this role sees nothing",))
        ]
    owners = sorted({place.table.owner for place in found})
    administrators, amiss = granting.administrators(contents, owners)
    matrix = Matrix(
        organisation=applied.organisation if applied else re.sub(r"[^ \w-]", "_", contents.database),
        role_prefix=prefix,
        tables={table.qualified: table for table in tables.values()},
        roles={one.role.name: one.role for one in roles},
        administrators=administrators,
        departments={granting.DEPARTMENT: Department(granting.DEPARTMENT, "未分配")},
    )
    proposal = Proposal(
        database=contents.database,
        matrix=matrix,
        places={names[place.table.oid]: place for place in found},
        guesses={names[oid]: guesses[oid] for oid in tables},
        left_out=tuple(sorted(left_out.items())),
        unread={name: reason for name, reason in unread.items() if name in names.values()},
        role_remarks={one.role.name: one.remarks for one in roles},
        remarks=(*amiss, *granting.others_remarks(contents, tables, prefix)),
    )
    # What is proposed is right by the format and the policy, or nothing is.
    loads(proposal.text, "the proposed matrix")
    return proposal


def _table(
    place: Place, guessed: Mapping[str, Guess], keys: Mapping[int, tuple[str, ...]], names: Mapping[int, str]
) -> Table:
    lead = place.lead
    parent = Parent(names[lead.to], leading.by_key(lead, keys[lead.to])) if lead else None
    columns = {name: one.column for name, one in guessed.items()}
    return Table(
        *place.table.relation,
        key=place.key,
        columns=columns,
        parent=parent,
        served_by=() if parent else _served_by(place.table, guessed),
        # That something private is there is itself private.
        exists_is_tier2=parent is not None and any(column.tier < 3 for column in columns.values()),
    )


def _served_by(table: HeldTable, guessed: Mapping[str, Guess]) -> tuple[ServedByColumn, ...]:
    """The column that holds a staff number: by its name, a text, of tier 3."""
    fitting = [
        name
        for name, one in guessed.items()
        if one.column.tier == 3 and table.columns[name].plain_type in _STAFF_TYPES and _is_server(name)
    ]
    return tuple(ServedByColumn(name) for name in fitting[:1])


def _is_server(name: str) -> bool:
    return bool(
        re.search(r"staff|agent|salesman|betreuer|业务员|工号|客户经理", name, re.IGNORECASE)
    ) or name.lower() in (
        "gh",
        "ywy",
        "ywygh",
    )


def _comments(proposal: Proposal) -> dict[tuple[str, ...], list[str]]:
    untold = sum(not one.told for columns in proposal.guesses.values() for one in columns.values())
    comments: dict[tuple[str, ...], list[str]] = {
        (): [
            f"Proposed by pgcustsec inspect from database {proposal.database}: guesses, to read before they are used.",
            "Behind each column stands how sure the guess is, from 0 to 1, and why. No value of a customer is in here.",
            f"Columns that nothing tells of: {untold}. They are tier 1 until somebody says less; 2 where 1 cannot be.",
            "Purposes, agreements, requests, branches and terms are for people to decide. Without a purpose nobody",
            "sees tier 1 or 2.",
        ],
        ("departments",): ["Each role is of a department: put yours here."],
        ("tables",): [f"{name} is left out: {why}" for name, why in proposal.left_out],
        ("roles",): ["From the rights of groups with people in them; nothing beyond the policy's letter."],
        ("administrators",): list(proposal.remarks),
    }
    for name, place in proposal.places.items():
        comments["tables", name] = [f"{place.confidence:.2f}: {place.why}"]
        if name in proposal.unread:
            comments["tables", name].append(f"told by names alone, its values were not read: {proposal.unread[name]}")
        served = proposal.matrix.tables[name].served_by
        if served:
            comments["tables", name, "served_by"] = ["0.60: by its name it holds the number of the staff who serve"]
        for column, one in proposal.guesses[name].items():
            comments["tables", name, "columns", column] = [one.remark]
    for role, remarks in proposal.role_remarks.items():
        comments["roles", role] = list(remarks)
    return comments


def as_values(proposal: Proposal) -> dict[str, Any]:
    """Return *proposal* as values for programs: tables with how each column was guessed, roles, what was left out."""
    return {
        "database": proposal.database,
        "tables": {
            name: {
                "key": list(table.key),
                "subject": {"table": table.parent.table, "by": list(table.parent.by)} if table.parent else "self",
                "confidence": proposal.places[name].confidence,
                "why": proposal.places[name].why,
                "columns": {
                    column: {
                        "tier": one.column.tier,
                        "kind": one.column.kind,
                        "confidence": one.confidence,
                        "told": one.told,
                        "why": one.why,
                    }
                    for column, one in proposal.guesses[name].items()
                },
            }
            for name, table in proposal.matrix.tables.items()
        },
        "left_out": dict(proposal.left_out),
        "unread": dict(proposal.unread),
        "roles": {
            name: {
                "tables": {access.table: _rights(access) for access in role.tables.values()},
                "remarks": list(proposal.role_remarks[name]),
            }
            for name, role in proposal.matrix.roles.items()
        },
        "administrators": asdict(proposal.matrix.administrators),
        "remarks": list(proposal.remarks),
        "matrix": proposal.text,
    }


def _rights(access: Access) -> dict[str, Any]:
    write = {"insert": list(access.write.insert), "update": list(access.write.update), "delete": access.write.delete}
    return {"rows": list(access.rows), "tier2": access.tier2, "tier1": access.tier1, "write": write}
