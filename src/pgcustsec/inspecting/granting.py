"""The roles of a matrix, from who may do what with tables today. What is beyond the policy's letter is not proposed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pgcustsec.catalog.contents import ClusterRole, Contents, Granted
from pgcustsec.inspecting.words import parts
from pgcustsec.matrix.checks.names import LONGEST, VIEWER
from pgcustsec.matrix.form import DATABASE_ROLE
from pgcustsec.matrix.model import Access, Administrators, Role, ServedByColumn, Table, Write

DEPARTMENT = "unassigned"
NOBODY = "nobody"
APPLIER = "dba"


@dataclass(frozen=True, slots=True)
class ProposedRole:
    """A role of the matrix, and what to know of it."""

    role: Role
    remarks: tuple[str, ...]


def role_prefix(contents: Contents) -> str:
    """A prefix that no role of the cluster begins with: made of the database's name."""
    stem = "_".join(parts(contents.database))[:40].strip("_") or "matrix"
    stem = stem if stem[0].isalpha() and not stem.startswith(("pg", "public")) else f"db_{stem}"[:40]
    names = [role.name for role in contents.roles]
    tries = (f"{stem}_" if n == 1 else f"{stem}{n}_" for n in range(1, 1_000))
    return next(prefix for prefix in tries if not any(name.startswith(prefix) for name in names))


def holders(contents: Contents, role: str) -> list[str]:
    """The logins that are members of *role*, directly or through other roles."""
    within = {role}
    while more := {one.name for one in contents.roles if set(one.member_of) & within} - within:
        within |= more
    return sorted(one.name for one in contents.roles if one.name in within and one.logs_in)


def proposed_roles(
    contents: Contents,
    tables: Mapping[int, Table],
    prefix: str,
    taken: Collection[str],
    writable: Mapping[str, Collection[str]],
) -> list[ProposedRole]:
    """
    Return a role for each group role with people in it that may read or write one of *tables* (by oid).

    *taken* are names that are not free; *writable*: columns that can be written through a view, by table.
    """
    ours = _ours(contents, prefix)
    groups = [
        role
        for role in contents.roles
        if not role.logs_in and not role.superuser and role.name not in ours and holders(contents, role.name)
    ]
    owners = {table.owner for table in contents.tables}
    made: list[ProposedRole] = []
    names = set(taken)
    for group in groups:
        grants = [g for g in contents.grants if g.grantee in _above(contents, group) and g.table in tables]
        if group.name in owners or not grants:
            continue
        name = _name(group.name, prefix, names)
        names.add(name)
        made.append(_role(name, group, grants, tables, writable, holders(contents, group.name)))
    return made


def _ours(contents: Contents, prefix: str) -> set[str]:
    """Roles that a matrix of ours made: they are what comes out of it."""
    return {role.name for role in contents.roles if role.name.startswith((prefix, "pgcustsec"))}


def _above(contents: Contents, role: ClusterRole) -> set[str]:
    """*role* and every role whose rights it has by being a member."""
    by_name = {one.name: one for one in contents.roles}
    reached, todo = {role.name}, [role]
    while todo:
        for name in todo.pop().member_of:
            if name in by_name and name not in reached:
                reached.add(name)
                todo.append(by_name[name])
    return reached


def _name(group: str, prefix: str, taken: Collection[str]) -> str:
    """A name for the matrix role and its schema, which a matrix can have and nothing else has."""
    stem = "_".join(parts(group)) or "role"
    stem = stem if re.fullmatch(r"[a-z_].*", stem) else f"role_{stem}"
    if stem.startswith(("pg_", "pgcustsec")) or stem in ("public", "information_schema") or stem.endswith(VIEWER):
        stem = f"role_{stem.removesuffix(VIEWER)}"
    stem = stem[: LONGEST - len(prefix) - len(VIEWER) - 4]
    tries = (stem, f"{stem}_role", *(f"{stem}_{n}" for n in range(2, 100)))
    return next(name for name in tries if name not in taken)


def _role(
    name: str,
    group: ClusterRole,
    grants: Sequence[Granted],
    tables: Mapping[int, Table],
    writable: Mapping[str, Collection[str]],
    people: Sequence[str],
) -> ProposedRole:
    readable = {g.table for g in grants if g.privilege == "SELECT"}
    seen = {table.qualified for oid, table in tables.items() if oid in readable}
    # A child's rows are found through its parent's, up to the customer: without those there is nothing to see.
    within = [
        (oid, table) for oid, table in tables.items() if oid in readable and _has_parents(table, tables.values(), seen)
    ]
    accesses = [
        _access(table, [g for g in grants if g.table == oid], writable.get(table.qualified, ()), tables.values())
        for oid, table in within
    ]
    left = sorted(seen - {table.qualified for _, table in within})
    unseen = sorted({tables[g.table].qualified for g in grants} - seen)
    remarks = [
        f"group {group.name} today; in it: {', '.join(people[:8])}{', ...' if len(people) > 8 else ''}",
        "it reads every row of these tables today: say which it needs, rows: serving or branch",
        *(f"it reads {one} today, but not the tables through which its rows are found: left out" for one in left),
        *(f"it writes {one} today without reading it: left out" for one in unseen),
    ]
    return ProposedRole(Role(name, DEPARTMENT, {access.table: access for access in accesses}), tuple(remarks))


def _has_parents(table: Table, tables: Collection[Table], seen: Collection[str]) -> bool:
    by_name = {one.qualified: one for one in tables}
    while table.parent:
        if table.parent.table not in seen:
            return False
        table = by_name[table.parent.table]
    return True


def _access(table: Table, grants: Sequence[Granted], writable: Collection[str], tables: Collection[Table]) -> Access:
    """Every row, as today; tier 2 where served, if that is known; tier 1 hidden where it is read today."""
    serving = bool(_customer(table, tables).served_by)
    sees = _columns(table, grants, "SELECT")
    hidden = any(table.columns[name].tier == 1 for name in sees)
    write = _write(table, grants, writable, hidden=hidden, serving=serving) if writable else Write()
    return Access(
        table.qualified,
        ("all",),
        tier2="serving" if serving else "none",
        tier1="hidden" if hidden else "absent",
        write=write,
    )


def _customer(table: Table, tables: Collection[Table]) -> Table:
    by_name = {one.qualified: one for one in tables}
    while table.parent:
        table = by_name[table.parent.table]
    return table


def _columns(table: Table, grants: Sequence[Granted], privilege: str) -> list[str]:
    given = {g.column for g in grants if g.privilege == privilege}
    return [name for name in table.columns if None in given or name in given]


def _write(table: Table, grants: Sequence[Granted], writable: Collection[str], *, hidden: bool, serving: bool) -> Write:
    """As today, but for cells that the role does not see (3.1), and for what says whose row it is and who serves it."""
    leading = {*table.key, *(table.parent.by if table.parent else ())}
    leading |= {one.column for one in table.served_by if isinstance(one, ServedByColumn)}

    def there(name: str) -> bool:
        return name in writable and (table.columns[name].tier != 1 or hidden)

    def seen(name: str) -> bool:
        return there(name) and (table.columns[name].tier != 2 or serving) and name not in leading

    return Write(
        insert=tuple(filter(there, _columns(table, grants, "INSERT"))),
        update=tuple(filter(seen, _columns(table, grants, "UPDATE"))),
        delete=any(g.privilege == "DELETE" for g in grants),
    )


def administrators(contents: Contents, owners: Sequence[str]) -> tuple[Administrators, list[str]]:
    """Who could apply the matrix: logins that may act as an owner, else the database's owner; and what is amiss."""
    by_name = {role.name: role for role in contents.roles}
    remarks = [
        f"{owner} owns tables and can log in: row security does not bind an owner; give them to a NOLOGIN role"
        for owner in owners
        if owner in by_name and by_name[owner].logs_in
    ]
    able = [
        role.name
        for role in contents.roles
        if role.logs_in
        and not role.superuser
        and role.name not in owners
        and set(role.member_of) & set(owners)
        and re.fullmatch(DATABASE_ROLE.pattern, role.name)
    ]
    database_owner = by_name.get(contents.database_owner)
    if not able and database_owner and database_owner.logs_in and database_owner.name not in owners:
        able = [database_owner.name]
        if database_owner.superuser:
            remarks.append(
                f"{database_owner.name} is a superuser: make an administrator that is none, a member of the owners"
            )
    if not able:
        able = [APPLIER if APPLIER not in owners else f"{APPLIER}_2"]
        if able[0] not in by_name:
            remarks.append(f"nobody may act as an owner: CREATE ROLE {able[0]} LOGIN CREATEROLE, and make it a member")
    return Administrators(tuple(sorted(able)), tuple(owners)), remarks


def others_remarks(contents: Contents, tables: Mapping[int, Table], prefix: str) -> Iterator[str]:
    """Say which logins, and whether everybody, have rights on *tables* without a group: no role can say so."""
    ours = _ours(contents, prefix)
    by_name = {role.name: role for role in contents.roles}
    held: dict[str, set[str]] = {}
    for grant in contents.grants:
        if grant.table in tables:
            held.setdefault("PUBLIC" if grant.public else grant.grantee, set()).add(tables[grant.table].qualified)
    for grantee, names in sorted(held.items()):
        role = by_name.get(grantee)
        listed = ", ".join(sorted(names)[:6]) + (", ..." if len(names) > 6 else "")
        if grantee == "PUBLIC":
            yield f"everybody (PUBLIC) has rights on {listed}: apply takes them back"
        elif role and role.logs_in and grantee not in ours:
            yield f"login {grantee} has rights of its own on {listed}: register its person with the role that they need"
        elif role and grantee not in ours and not holders(contents, grantee):
            yield f"role {grantee} has rights on {listed}, and nobody is in it"
