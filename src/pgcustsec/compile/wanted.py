"""Everything that a matrix wants in a database, as one mapping from key to object."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pgcustsec.compile.access import access_row
from pgcustsec.compile.api import api_grants
from pgcustsec.compile.assignments import assignment_functions
from pgcustsec.compile.explain import reach_functions, reach_rights
from pgcustsec.compile.handover import handover_functions, handover_rights
from pgcustsec.compile.logins import login_objects
from pgcustsec.compile.opening import opening_functions, opening_grants
from pgcustsec.compile.policies import assignment_policies, policies, row_security
from pgcustsec.compile.pool import pool_functions, pool_rights, pool_rows
from pgcustsec.compile.quote import array_text
from pgcustsec.compile.reading import Reading
from pgcustsec.compile.requests.extracts import extract_grants, extract_schema, extract_views
from pgcustsec.compile.requests.full import full_functions
from pgcustsec.compile.requests.keys import keys_functions, keys_grants
from pgcustsec.compile.requests.rows import request_rows
from pgcustsec.compile.scopes import ASKER, AT_WORK, COLLEAGUE, Condition, tier2_union, top_of, uses_assignments
from pgcustsec.compile.terms import term_objects
from pgcustsec.compile.vault import vault_objects
from pgcustsec.compile.views import views
from pgcustsec.compile.writes import Writing, triggers_sql, write_functions, write_grants
from pgcustsec.matrix.model import Application, Matrix, RecordAccess, Role, ServedByColumn, Table
from pgcustsec.matrix.predicate import columns_of
from pgcustsec.objects import (
    EXTRACT_SCHEMA,
    INNER_SCHEMA,
    OWNER,
    RETAIN_UNTIL,
    DatabaseRole,
    DefaultPrivileges,
    Function,
    Grant,
    Key,
    Membership,
    Object,
    Policy,
    ReferenceRow,
    Schema,
    Setting,
    View,
    digest,
)
from pgcustsec.shape import Site

SELECT = frozenset({"SELECT"})
USAGE = frozenset({"USAGE"})
EXECUTE = frozenset({"EXECUTE"})


def compile_matrix(matrix: Matrix, site: Site) -> dict[Key, Object]:
    """Return all that *matrix* wants in the database that *site* describes, by key. Says nothing of what is there."""
    readings = [
        Reading(matrix, site, role, matrix.tables[name], access)
        for role in matrix.roles.values()
        for name, access in role.tables.items()
    ]
    writings = [Writing(reading) for reading in readings]
    objects: list[Object] = [
        *_reference_rows(matrix),
        *(access_row(reading) for reading in readings),
        *request_rows(matrix),
        *pool_rows(matrix, site, readings),
        *_roles(matrix, site),
        *_tables(matrix, site),
        *(_writable(view, writing) for writing in writings for view in views(writing.reading)),
        extract_schema(site),
        *(view for reading in readings for view in extract_views(reading)),
        *(function for writing in writings for function in write_functions(writing)),
        *vault_objects(matrix, site),
        *opening_functions(matrix, site, readings),
        *full_functions(readings),
        *keys_functions(readings),
        *reach_functions(matrix, site),
        *reach_rights(matrix, site),
        *term_objects(matrix, site),
        *pool_functions(matrix, site),
        *pool_rights(matrix, site),
        *handover_functions(matrix, site),
        *handover_rights(matrix, site),
        *(policy for reading in readings for policy in policies(reading)),
        *assignment_functions(matrix, site, _assignments_used(readings)),
        *_defaults(matrix, site),
    ]
    objects += _viewer_grants(matrix, site, readings)
    objects += _assignment_grants(matrix, site)
    objects += [grant for writing in writings for grant in write_grants(writing)]
    objects += [grant for reading in readings for grant in opening_grants(reading)]
    objects += [grant for reading in readings for grant in (*keys_grants(reading), *extract_grants(reading))]
    objects += _group_grants(matrix, site, objects, readings)
    objects += [o for login in site.logins for o in _login(matrix, site, login.name, login.roles)]
    return {thing.key: thing for thing in _united(objects)}


def _writable(view: View, writing: Writing) -> View:
    """*view* with what makes it writable, if it is the one that people read."""
    triggers = triggers_sql(writing) if view.schema == writing.reading.role.name else ""
    return replace(view, sql=view.sql + triggers, source=digest(view.sql + triggers)) if triggers else view


def _reference_rows(matrix: Matrix) -> Iterator[ReferenceRow]:
    for branch in matrix.branches.values():
        yield ReferenceRow("branch", branch.code, (("title", branch.title),))
    for agreement in matrix.agreements.values():
        everyone = "true" if agreement.required_of_everyone else "false"
        terms = (("title", agreement.title), ("valid_days", str(agreement.valid_days)), ("everyone", everyone))
        yield ReferenceRow("agreement", agreement.code, terms)
    for department in matrix.departments.values():
        agreements = array_text(sorted(department.agreements))
        yield ReferenceRow("department", department.code, (("title", department.title), ("agreements", agreements)))
    for place, role in enumerate(matrix.roles.values(), start=1):
        values = (
            ("group_role", matrix.group_role(role.name)),
            ("department_code", role.department),
            ("supervises", "true" if role.supervises else "false"),
            ("service", "true" if role.service else "false"),
            ("place", str(place)),
            ("session_hours", str(matrix.session_max_hours)),
            *_record_access(role.record_access or matrix.record_access),
        )
        yield ReferenceRow("role", role.name, values)
    for purpose in matrix.purposes.values():
        roles = array_text(sorted(purpose.roles))
        yield ReferenceRow("purpose", purpose.code, (("title", purpose.title), ("roles", roles)))
    for application in matrix.applications.values():
        yield ReferenceRow("application", application.name, _application(matrix, application))


def _record_access(rule: RecordAccess) -> list[tuple[str, str]]:
    return [
        ("record_minutes", str(rule.minutes)),
        ("openings_per_day", str(rule.openings_per_day)),
        ("customers_per_day", str(rule.customers_per_day)),
    ]


def _application(matrix: Matrix, application: Application) -> tuple[tuple[str, str], ...]:
    roles = sorted(application.roles)
    return (
        ("login", matrix.role_prefix + application.name),
        ("roles", array_text(roles)),
        ("role_hexes", array_text(role.encode().hex() for role in roles)),
        ("token_minutes", str(application.token_minutes)),
        ("anonymous", "true" if application.anonymous == "tier3" else "false"),
    )


def _roles(matrix: Matrix, site: Site) -> Iterator[Object]:
    for role in matrix.roles.values():
        group, viewer = matrix.group_role(role.name), matrix.viewer_role(role.name)
        yield DatabaseRole(group, f"{matrix.organisation}: holders of role {role.name} (5.3).")
        yield DatabaseRole(viewer, f"{matrix.organisation}: owns the views of role {role.name}; nobody logs in as it.")
        yield Schema(
            role.name,
            owner=viewer,
            comment=f"What role {role.name} sees.",
            database_owner=site.database_owner,
        )
        yield from _administration(matrix, site, group, viewer)


def _administration(matrix: Matrix, site: Site, group: str, viewer: str) -> Iterator[Membership]:
    """Administrators act as the viewer and hand out the group; neither's rights come to them by themselves."""
    modern = site.server_major >= 16
    for admin in matrix.administrators.roles:
        if admin in site.superusers:
            continue
        made = admin == site.applier if site.applier else None
        yield Membership(viewer, admin, modern, not modern, True, site.server_major, admin_by_making=made)
        if modern:
            yield Membership(group, admin, True, False, False, site.server_major, admin_by_making=made)


def _tables(matrix: Matrix, site: Site) -> Iterator[Object]:
    for table in matrix.tables.values():
        yield from row_security(site.tables[table.qualified])
    for name in sorted({s.table for t in matrix.tables.values() for s in t.served_by_tables}):
        if name in matrix.tables:
            yield from assignment_policies(site.tables[name])


def _assignments_used(readings: Iterable[Reading]) -> set[tuple[str, str]]:
    used: set[tuple[str, str]] = set()
    for reading in readings:
        condition: Condition = (*reading.visible, reading.tier2)
        used |= {(reading.top.qualified, scope) for scope in uses_assignments(reading.top, condition)}
    return used


def _defaults(matrix: Matrix, site: Site) -> Iterator[DefaultPrivileges]:
    """Nothing that these roles make is PUBLIC's from now on. In the global form: the one by schema takes nothing."""
    viewers = {matrix.viewer_role(role) for role in matrix.roles}
    owners = {shape.owner for shape in site.tables.values()}
    admins = set(matrix.administrators.roles) - site.superusers
    for creator in sorted(viewers | owners | admins | {OWNER}):
        yield DefaultPrivileges(creator, "functions")
        yield DefaultPrivileges(creator, "types")


def _viewer_grants(matrix: Matrix, site: Site, readings: Iterable[Reading]) -> Iterator[Grant]:
    """
    SELECT for the viewer: what its views print and what its row scopes look at, nothing more.

    Column by column, unless that is every column: PostgreSQL looks up each of them in each statement (4 us of a point
    read's 29, with twenty). A column that joins the table is read by no view, and by no viewer from the next plan on.
    """
    for reading in readings:
        viewer = matrix.viewer_role(reading.role.name)
        shape = site.tables[reading.table.qualified]
        yield Grant("schema", (reading.table.schema,), viewer, shape.schema_owner, USAGE)
        read = _read_columns(matrix, reading.role, reading)
        if read >= set(shape.columns):
            yield Grant("table", shape.relation, viewer, shape.owner, SELECT)
        else:
            yield from (Grant("column", (*shape.relation, name), viewer, shape.owner, SELECT) for name in sorted(read))
        for schema, schema_owner in sorted(_cast_to(reading)):
            yield Grant("schema", (schema,), viewer, schema_owner, USAGE)
    for owner in sorted({shape.owner for shape in site.tables.values()} | _owners_below(site)):
        # The owner writes the policies, which name our functions; it may run none of them.
        yield Grant("schema", ("pgcustsec_internal",), owner, OWNER, USAGE)
    for role in matrix.roles.values():
        viewer = matrix.viewer_role(role.name)
        yield Grant("schema", (INNER_SCHEMA,), viewer, OWNER, USAGE | {"CREATE"})
        # Also while the role takes no extracts: its views there are closed, and go, by the viewer.
        yield Grant("schema", (EXTRACT_SCHEMA,), viewer, OWNER, USAGE | {"CREATE"})
        yield Grant("schema", ("pgcustsec_internal",), viewer, OWNER, USAGE)
        for view in (ASKER, COLLEAGUE, AT_WORK):
            yield Grant("table", ("pgcustsec_internal", view), viewer, OWNER, SELECT)


def _cast_to(reading: Reading) -> set[tuple[str, str]]:
    """Schemas, with their owners, of the types that the view names: those of cells that are not the plain value."""
    shapes = reading.site.tables[reading.table.qualified].columns
    cast = [c for c in reading.columns if c.tier == 1 or c.is_name or (c.tier == 2 and not reading.tier2)]
    return {home for c in cast if (home := shapes[c.name].type_schema)}


def _owners_below(site: Site) -> set[str]:
    return {owner for shape in site.tables.values() for owner in shape.below.values()}


def _read_columns(matrix: Matrix, role: Role, reading: Reading) -> set[str]:
    table = reading.table
    printed = {c.name for c in reading.columns if c.tier == 3 or (c.tier == 2 and reading.tier2) or c in reading.opened}
    if reading.uses_requests:
        # What an approved request shows, and what its predicate judges.
        printed |= {name for name in table.columns if name not in reading.shape.sealed}
    columns = printed | set(table.key) | set(table.parent.by if table.parent else ())
    if table.parent is None:
        columns |= _scope_columns(table, _scopes_below(matrix, role, table))
        columns |= {RETAIN_UNTIL} if table.retention else set()
    return columns


def _scopes_below(matrix: Matrix, role: Role, top: Table) -> set[str]:
    """Every row scope that *role*'s access to *top* or to a table below it refers to."""
    scopes: set[str] = set()
    for name, access in role.tables.items():
        if top_of(matrix, matrix.tables[name]) is top:
            scopes |= {*access.rows, *(scope.rows for scope in tier2_union(matrix, role, access))}
    return scopes


def _scope_columns(top: Table, scopes: set[str]) -> set[str]:
    columns: set[str] = set()
    served = {s.column for s in top.served_by if isinstance(s, ServedByColumn)}
    if "serving" in scopes or (top.department_of_server and "department" in scopes):
        columns |= served
    if "branch" in scopes and top.branch:
        columns.add(top.branch)
    if "department" in scopes and top.department_column:
        columns.add(top.department_column)
    if "pool" in scopes and top.pool:
        columns |= columns_of(top.pool.when)
    return columns


def _assignment_grants(matrix: Matrix, site: Site) -> Iterator[Grant]:
    for table in matrix.tables.values():
        for served in table.served_by_tables:
            shape = site.tables[served.table]
            yield Grant("schema", (shape.relation[0],), OWNER, shape.schema_owner, USAGE)
            for column in {*served.subject, served.staff, *([served.until] if served.until else [])}:
                yield Grant("column", (*shape.relation, column), OWNER, shape.owner, SELECT)


#: A call of one of our functions in text that we compiled.
_CALL = re.compile(r'pgcustsec_internal\.(?:"((?:[^"]|"")+)"|([a-z_0-9]+))\(')
#: What the views call that say who asks, and what judges a session: the caller is checked, whoever's the view is.
_TAKES = {"extract_has": "text, name"}
_ASKER_CALLS = {("bearer", "text, boolean"), ("is_committed", "xid8"), ("refuse_old_snapshot", "")}


def _group_grants(matrix: Matrix, site: Site, objects: list[Object], readings: list[Reading]) -> list[Grant]:
    """What a holder of a role may touch: the role's schema and views, and the functions that those call."""
    arguments = {o.name: o.arguments for o in objects if isinstance(o, Function)}
    all_views = [o for o in objects if isinstance(o, View)]
    all_policies = [o for o in objects if isinstance(o, Policy)]
    asker = {name for name, _ in _ASKER_CALLS}
    grants: list[Grant] = []
    for role in matrix.roles.values():
        group, viewer = matrix.group_role(role.name), matrix.viewer_role(role.name)
        grants.append(Grant("database", (site.database,), group, site.database_owner, frozenset({"CONNECT"})))
        grants.append(Grant("schema", (role.name,), group, viewer, USAGE))
        grants.append(Grant("schema", ("pgcustsec",), group, OWNER, USAGE))
        grants += api_grants(matrix, role, group, [reading for reading in readings if reading.role is role])
        mine = [view for view in all_views if view.owner == viewer]
        read = {(view.schema, view.name) for view in mine}
        below = [view for view in all_views if view.owner == OWNER and view.above in read]
        grants += [Grant("table", (v.schema, v.name), group, viewer, SELECT) for v in mine if v.schema == role.name]
        judged = [policy.using for policy in all_policies if viewer in policy.roles]
        texts = [v.sql for v in (*mine, *below)] + judged
        names = {a.replace('""', '"') or b for text in texts for a, b in _CALL.findall(text)}
        called = {(name, arguments.get(name) or _TAKES.get(name, "text")) for name in names - asker}
        called |= _ASKER_CALLS
        # What looks a row up for openings, and what writes through the role's views, runs as the viewer.
        callers = (group, viewer) if mine else (group,)
        for name, taken in sorted(called):
            target = ("pgcustsec_internal", name, taken)
            grants += [Grant("function", target, caller, OWNER, EXECUTE) for caller in callers]
    return grants


def _login(matrix: Matrix, site: Site, login: str, held: frozenset[str]) -> list[Membership | Setting]:
    roles = [(role, matrix.group_role(role)) for role in matrix.roles if role in held]
    administrators = [admin for admin in matrix.administrators.roles if admin not in site.superusers]
    things = login_objects(login, roles, site.database, site.server_major)
    if site.server_major < 16 or site.applier not in site.superusers or not administrators:
        return things
    return [
        replace(thing, granted_by=administrators[0]) if isinstance(thing, Membership) else thing for thing in things
    ]


def _united(objects: Iterable[Object]) -> Iterator[Object]:
    """The same grant wanted for two reasons is one grant of both reasons' privileges."""
    grants: dict[Key, Grant] = {}
    for thing in objects:
        if not isinstance(thing, Grant):
            yield thing
        elif thing.key in grants:
            both = grants[thing.key].privileges | thing.privileges
            grants[thing.key] = Grant(thing.on, thing.target, thing.grantee, thing.grantor, both)
        else:
            grants[thing.key] = thing
    yield from grants.values()
