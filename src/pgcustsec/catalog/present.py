"""What of ours is in the database now, as the same objects that a matrix compiles to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pgcustsec.catalog.queries import ask
from pgcustsec.db import Connection
from pgcustsec.objects import (
    EXTRACT_SCHEMA,
    INNER_SCHEMA,
    INTERNAL_SCHEMA,
    KEYS_SCHEMA,
    OWNER,
    PUBLIC,
    RETAIN_UNTIL,
    VAULT_SCHEMA,
    WATCH_SCHEMA,
    BlindIndex,
    Check,
    DatabaseRole,
    DefaultPrivileges,
    Function,
    Grant,
    Hook,
    Key,
    Membership,
    Object,
    Policy,
    ReferenceRow,
    RowSecurity,
    Schema,
    Setting,
    TermColumn,
    Trigger,
    Unique,
    VaultTable,
    View,
    digest,
    is_inner,
)
from pgcustsec.shape import Relation, Site

OUR_SCHEMAS = ("pgcustsec", INTERNAL_SCHEMA, INNER_SCHEMA, EXTRACT_SCHEMA, VAULT_SCHEMA, KEYS_SCHEMA)
ALTERED = ""
#: PostgreSQL's own roles that reach every table: never a person's (5.3).
_READ_EVERYTHING = ("pg_read_all_data", "pg_write_all_data")


@dataclass(frozen=True, slots=True)
class Present:
    """
    `objects` by key; `unmanaged`: what touches protected tables but is none of the matrix's, one line each; `recorded`:
    keys of what an earlier apply made; `moved`: another major version of the server wrote that down.
    """

    objects: Mapping[Key, Object]
    unmanaged: tuple[str, ...]
    recorded: frozenset[Key]
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Territory:
    """Names that are ours to compare: those that the matrix wants and those that an earlier apply made."""

    roles: list[str]
    logins: list[str]
    schemas: list[str]
    functions: list[str]
    relations: list[Relation]
    creators: list[str]
    owners: list[str]


def inspect(
    connection: Connection, site: Site, wanted: Iterable[Object], reprinted: Mapping[Key, str] | None = None
) -> Present:
    """
    Return what is there: of the wanted objects, of those of earlier applies, and what is in their way.

    *reprinted*: how this server prints each body when it is made of what is wanted, as digests; needed only where
    another major version recorded how it prints them.
    """
    applied = {tuple(json.loads(row[0])): tuple(row[1:]) for row in ask(connection, "applied_objects")}
    things = list(wanted)
    wanted_vaults = {thing.name: thing for thing in things if isinstance(thing, VaultTable)}
    ours = territory(site, [thing.key for thing in things], list(applied))
    oids = _relation_oids(connection, ours.relations)
    bodies = _bodies(connection, ours, oids)
    sources = _sources(_printed(bodies), applied, site.server_major, reprinted or {})
    policies, foreign = _policies(bodies, ours, sources)
    objects: list[Object] = [
        *_rows(connection),
        *_roles(connection, ours),
        *_memberships(connection, ours, site.server_major),
        *_settings(connection, ours),
        *_schemas(connection, ours),
        *_functions(bodies, sources),
        *_views(bodies, sources),
        *_row_security(connection, oids),
        *_checks(bodies, sources),
        *_uniques(site),
        *_terms(connection, oids),
        *_triggers(bodies, sources),
        *_hooks(connection),
        *_vault_tables(connection, wanted_vaults),
        *policies,
        *_grants(connection, site, ours, oids),
        *_defaults(connection, ours),
    ]
    keys = {thing.key for thing in things}
    stay = [
        f"check {thing.name} on {thing.schema}.{thing.table}: its column stays masked until it is unsealed"
        for thing in objects
        if isinstance(thing, Check) and thing.key not in keys
    ]
    unmanaged = (*foreign, *stay, *_foreign_grants(connection, ours, oids))
    moved = any(major != site.server_major for _, _, major in applied.values())
    return Present({thing.key: thing for thing in objects}, unmanaged, frozenset(applied), moved)


def printed_bodies(connection: Connection, site: Site, wanted: Iterable[Object]) -> dict[Key, str]:
    """Return the digest of what this server prints now of each body of *wanted*."""
    ours = territory(site, [thing.key for thing in wanted], [])
    return _printed(_bodies(connection, ours, _relation_oids(connection, ours.relations)))


#: The rows of each question about what has a body.
Bodies = Mapping[str, list[tuple[Any, ...]]]


def _bodies(connection: Connection, ours: Territory, oids: list[int]) -> Bodies:
    return {
        "functions": ask(connection, "functions", functions=ours.functions),
        "checks": ask(connection, "checks", relations=oids),
        "triggers": ask(connection, "triggers", relations=oids),
        "views": ask(connection, "views", schemas=ours.schemas),
        "policies": ask(connection, "policies", relations=oids, roles=[*ours.roles, OWNER]),
    }


def _printed(bodies: Bodies) -> dict[Key, str]:
    printed: dict[Key, str] = {}
    for schema, name, arguments, definition, *_ in bodies["functions"]:
        printed["function", schema, name, arguments] = digest(definition)
    for schema, table, name, definition, _ in bodies["checks"]:
        printed["check", schema, table, name] = digest(definition)
    for schema, table, name, definition, *_ in bodies["triggers"]:
        printed["trigger", schema, table, name] = digest(definition)
    for schema, name, _, definition, *_ in bodies["views"]:
        printed["view", schema, name] = digest(definition)
    for schema, table, name, _, _, _, using, check, *_ in bodies["policies"]:
        printed["policy", schema, table, name] = digest(f"{using}|{check}")
    return printed


def _sources(
    printed: Mapping[Key, str], applied: Mapping[Key, tuple[Any, ...]], major: int, reprinted: Mapping[Key, str]
) -> dict[Key, str]:
    """
    Digest of the source of every body that the server prints as it did when applied; the rest were altered.

    Another major version prints other bodies: what it would print of the source decides. Not so a CHECK: it has nothing
    but built-in functions in it, which are printed alike.
    """
    return {
        key: applied[key][0]
        for key, now in printed.items()
        if key in applied
        and (
            now == reprinted.get(key) or (applied[key][1] == now and (applied[key][2] == major or key[0] == Check.kind))
        )
    }


def territory(site: Site, wanted: list[Key], applied: list[Key]) -> Territory:
    """Return the names to look at for *wanted* keys and those that were *applied* before."""

    def named(kind: str, part: int = 1) -> list[str]:
        return sorted({key[part] for key in (*wanted, *applied) if key[0] == kind})

    relations = [r for shape in site.tables.values() for r in (shape.relation, *shape.below)]
    protected = {(key[1], key[2]) for key in wanted if key[0] == "row security"}
    return Territory(
        roles=named("role"),
        logins=sorted({login.name for login in site.logins} | set(named("setting"))),
        schemas=sorted({*named("schema"), INNER_SCHEMA}),
        functions=named("function", 2),
        relations=[r for r in relations if r in protected],
        creators=named("default privileges"),
        owners=sorted({o for shape in site.tables.values() for o in (shape.owner, *shape.below.values())}),
    )


def _relation_oids(connection: Connection, relations: list[Relation]) -> list[int]:
    rows = ask(connection, "tables", schemas=[r[0] for r in relations], names=[r[1] for r in relations])
    return [row[1] for row in rows]


def _rows(connection: Connection) -> list[ReferenceRow]:
    return [
        ReferenceRow(table, code, tuple(zip(values[::2], values[1::2], strict=True)))
        for table, code, values in ask(connection, "reference_rows")
    ]


def _roles(connection: Connection, ours: Territory) -> list[DatabaseRole]:
    rows = ask(connection, "roles", roles=ours.roles)
    return [DatabaseRole(name, comment, frozenset(attributes)) for name, attributes, comment in rows]


def _memberships(connection: Connection, ours: Territory, major: int) -> list[Membership]:
    modern = major >= 16
    above = [*ours.owners, OWNER, *_READ_EVERYTHING]
    rows = ask(connection, "memberships", roles=ours.roles, above=above, logins=ours.logins)
    return [
        Membership(role, member, admin, inherit or not modern, set_, major, tuple(grantors))
        for role, member, admin, inherit, set_, grantors in rows
    ]


def _settings(connection: Connection, ours: Territory) -> list[Setting]:
    settings = []
    for role, database, entry in ask(connection, "settings", logins=ours.logins):
        name, _, value = entry.partition("=")
        if name == "search_path":
            parts = [part.strip().strip('"') for part in value.split(",")]
            settings.append(Setting(role, database, name, ", ".join(f'"{part}"' for part in parts)))
    return settings


def _schemas(connection: Connection, ours: Territory) -> list[Schema]:
    rows = ask(connection, "schemas", schemas=[s for s in ours.schemas if s != INNER_SCHEMA])
    return [Schema(name, owner, comment, database_owner) for name, owner, comment, database_owner in rows]


def _functions(bodies: Bodies, sources: Mapping[Key, str]) -> list[Function]:
    functions = []
    for schema, name, arguments, _, owner, comment, returns in bodies["functions"]:
        source = sources.get(("function", schema, name, arguments), ALTERED)
        found = Function(schema, name, arguments, source, owner, comment, sql="", returns=tuple(map(tuple, returns)))
        functions.append(found)
    return functions


def _views(bodies: Bodies, sources: Mapping[Key, str]) -> list[View]:
    views = []
    for schema, name, owner, _, options, comment, columns, schema_owner in bodies["views"]:
        named = tuple((column, text) for column, text in columns if not is_inner(schema, owner))
        source = sources.get(("view", schema, name), ALTERED)
        views.append(
            View(schema, name, owner, source, frozenset(options), comment, named, sql="", schema_owner=schema_owner)
        )
    return views


def _row_security(connection: Connection, oids: list[int]) -> list[RowSecurity]:
    return [RowSecurity(*row) for row in ask(connection, "row_security", relations=oids)]


def _checks(bodies: Bodies, sources: Mapping[Key, str]) -> list[Check]:
    return [
        Check(schema, table, name, sources.get(("check", schema, table, name), ALTERED), owner)
        for schema, table, name, _, owner in bodies["checks"]
    ]


def _uniques(site: Site) -> list[Unique]:
    return [Unique(*unique) for shape in site.tables.values() for unique in shape.masked_uniques]


def _terms(connection: Connection, oids: list[int]) -> list[TermColumn]:
    rows = ask(connection, "terms", relations=oids, column=RETAIN_UNTIL)
    return [TermColumn(*row) for row in rows]


def _triggers(bodies: Bodies, sources: Mapping[Key, str]) -> list[Trigger]:
    return [
        Trigger(schema, table, name, sources.get(("trigger", schema, table, name), ALTERED), comment, owner)
        for schema, table, name, _, comment, owner in bodies["triggers"]
    ]


def _hooks(connection: Connection) -> list[Hook]:
    return [
        Hook(*row) for row in ask(connection, "hooks", schemas=list(OUR_SCHEMAS), vaults=[VAULT_SCHEMA, KEYS_SCHEMA])
    ]


def _vault_tables(connection: Connection, wanted: Mapping[str, VaultTable]) -> list[VaultTable]:
    """The vault's tables, without the columns of values that nothing wants any more: those stay as they are."""
    found = []
    for schema, name, owner, comment, columns, blind, base, key in ask(connection, "vault_tables"):
        new = wanted.get(name)
        if new is None:
            continue
        order = [column for column, _ in new.columns]
        kept = sorted(((c, t) for c, t in columns if c in order), key=lambda pair: order.index(pair[0]))
        hashes = tuple(BlindIndex(column, unique == "true", recipe) for column, unique, recipe in blind)
        tied = base is not None and tuple(base) == new.base
        found.append(VaultTable(schema, name, new.base, tuple(key), tuple(kept), hashes, owner, comment, tied))
    return found


def _policies(bodies: Bodies, ours: Territory, sources: Mapping[Key, str]) -> tuple[list[Policy], list[str]]:
    mine: list[Policy] = []
    foreign: list[str] = []
    known = {*ours.roles, OWNER}
    for row in bodies["policies"]:
        schema, table, name, roles, command, permissive, _, _, comment, owner = row
        source = sources.get(("policy", schema, table, name), ALTERED)
        policy = Policy(schema, table, name, frozenset(roles), command, permissive, source, comment, owner)
        if known & policy.roles or (permissive and PUBLIC in policy.roles):
            mine.append(policy)
        else:
            foreign.append(f"policy {name} on {schema}.{table}, to {', '.join(sorted(policy.roles))}")
    return mine, foreign


def _grants(connection: Connection, site: Site, ours: Territory, oids: list[int]) -> list[Grant]:
    rows = ask(
        connection,
        "grants",
        roles=[*ours.roles, *ours.logins, *ours.owners, OWNER],
        schemas=[*ours.schemas, *OUR_SCHEMAS],
        relations=oids,
    )
    grants = [
        Grant(on, tuple(target), grantee, grantor, frozenset(privileges), frozenset(grantable))
        for on, target, grantee, grantor, privileges, grantable in rows
    ]
    return [grant for grant in grants if _is_ours(grant, site, ours)]


def _is_ours(grant: Grant, site: Site, ours: Territory) -> bool:
    """
    A person's login, the tables' owners and pgcustsec_owner may have rights elsewhere that are none of the matrix's;
    only what they have on protected tables, and on what was made for roles, is compared. pgcustsec_owner reads no table
    but where the matrix needs it: an assignment table need not be protected itself.
    """
    if grant.grantee == OWNER and grant.target[0] == WATCH_SCHEMA:
        return False
    if grant.grantee not in {*ours.logins, *ours.owners, OWNER}:
        return True
    if grant.on in ("table", "column"):
        mine = grant.target[0] in (*ours.schemas, *OUR_SCHEMAS)
        return mine or grant.grantee == OWNER or tuple(grant.target[:2]) in ours.relations
    if grant.on == "schema":
        schemas = {shape.relation[0] for shape in site.tables.values()} if grant.grantee == OWNER else set()
        return grant.target[0] in {*ours.schemas, *OUR_SCHEMAS, *schemas}
    if grant.on == "database":
        # That somebody may connect without their group is no harm; TEMP is: temporary objects have captured values.
        return grant.grantee in ours.logins and grant.privileges != {"CONNECT"}
    if grant.on == "sequence":
        return grant.grantee == OWNER
    return grant.on == "function" and grant.target[0] in OUR_SCHEMAS


def _defaults(connection: Connection, ours: Territory) -> list[DefaultPrivileges]:
    rows: list[tuple[Any, ...]] = ask(connection, "default_privileges", creators=ours.creators)
    return [DefaultPrivileges(creator, on, public) for creator, on, public in rows]


def _foreign_grants(connection: Connection, ours: Territory, oids: list[int]) -> list[str]:
    known = [*ours.roles, *ours.logins, OWNER]
    rows = ask(connection, "foreign_grants", relations=oids, roles=known)
    return [f"{privilege} on {relation}, to {grantee}" for relation, grantee, privilege in rows]
