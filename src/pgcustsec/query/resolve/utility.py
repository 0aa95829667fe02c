"""Statements that are no query: COPY, EXPLAIN, cursors, SET, DO, DDL. Each kind has its verdict; no other passes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from pgcustsec.query.relations import Columns, Kept, Relation
from pgcustsec.query.resolve.expressions import UNLISTED
from pgcustsec.query.resolve.scope import Item, Scope
from pgcustsec.query.resolve.tables import find
from pgcustsec.query.resolve.walk import STATEMENTS, Fields, Walk, called, statement, strings
from pgcustsec.query.sources import NOTHING, Reach, together

#: They show nothing of anybody's and change nothing but the session's own.
HARMLESS = frozenset(
    "TransactionStmt VariableShowStmt DiscardStmt ListenStmt UnlistenStmt ConstraintsSetStmt CheckPointStmt"
    " DeallocateStmt ClosePortalStmt".split()
)
#: They need rights that no role of a matrix has. What they would do is for `plan` and `drift` to say.
OWNERS_ONLY = frozenset(
    "AlterCollationStmt AlterDatabaseRefreshCollStmt AlterDatabaseSetStmt AlterDatabaseStmt"
    " AlterDefaultPrivilegesStmt AlterDomainStmt AlterEnumStmt AlterEventTrigStmt AlterExtensionContentsStmt"
    " AlterExtensionStmt AlterFdwStmt AlterForeignServerStmt AlterFunctionStmt AlterObjectDependsStmt"
    " AlterObjectSchemaStmt AlterOpFamilyStmt AlterOperatorStmt AlterOwnerStmt AlterPolicyStmt AlterPublicationStmt"
    " AlterRoleSetStmt AlterRoleStmt AlterSeqStmt AlterStatsStmt AlterSubscriptionStmt AlterSystemStmt"
    " AlterTSConfigurationStmt AlterTSDictionaryStmt AlterTableMoveAllStmt AlterTableSpaceOptionsStmt AlterTableStmt"
    " AlterTypeStmt AlterUserMappingStmt ClusterStmt CommentStmt CompositeTypeStmt CreateAmStmt CreateCastStmt"
    " CreateConversionStmt CreateDomainStmt CreateEnumStmt CreateEventTrigStmt CreateExtensionStmt CreateFdwStmt"
    " CreateForeignServerStmt CreateForeignTableStmt CreateFunctionStmt CreateOpClassStmt CreateOpFamilyStmt"
    " CreatePLangStmt CreatePolicyStmt CreatePublicationStmt CreateRangeStmt CreateRoleStmt CreateSchemaStmt"
    " CreateSeqStmt CreateStatsStmt CreateSubscriptionStmt CreateTableSpaceStmt CreateTransformStmt CreateTrigStmt"
    " CreateUserMappingStmt CreatedbStmt DefineStmt DropOwnedStmt DropRoleStmt DropStmt DropSubscriptionStmt"
    " DropTableSpaceStmt DropUserMappingStmt DropdbStmt GrantRoleStmt GrantStmt ImportForeignSchemaStmt IndexStmt"
    " LoadStmt ReassignOwnedStmt RefreshMatViewStmt ReindexStmt RenameStmt ReplicaIdentityStmt RuleStmt SecLabelStmt"
    " TruncateStmt VacuumStmt".split()
)
#: Parts of others; at the top of a statement they mean nothing.
PARTS = frozenset("RawStmt ReturnStmt PLAssignStmt SetOperationStmt".split())


def _harmless(walk: Walk, fields: Fields, scope: Scope) -> Columns:
    return []


def _owners_only(kind: str) -> Callable[[Walk, Fields, Scope], Columns]:
    def look(walk: Walk, fields: Fields, scope: Scope) -> Columns:
        what = kind.removesuffix("Stmt")
        walk.fault(f"{what} is for owners and administrators", "leave it to a migration: pgcustsec migrate", fields)
        return []

    return look


def _part(kind: str) -> Callable[[Walk, Fields, Scope], Columns]:
    def look(walk: Walk, fields: Fields, scope: Scope) -> Columns:
        walk.fault(f"{kind} is no statement by itself", "give the whole statement", fields)
        return []

    return look


STATEMENTS.update(dict.fromkeys(HARMLESS, _harmless))
STATEMENTS.update({kind: _owners_only(kind) for kind in OWNERS_ONLY})
STATEMENTS.update({kind: _part(kind) for kind in PARTS})


@statement("CopyStmt")
def _copy(walk: Walk, fields: Fields, scope: Scope) -> Columns:
    """COPY (query) TO and COPY relation TO give columns; to a file or a program of the server no role may."""
    if fields.get("is_from"):
        return _copied_in(walk, fields)
    if query := fields.get("query"):
        columns = walk.query(query, scope)
    else:
        found = find(walk, fields["relation"], "read")
        columns = _listed(found, strings(fields.get("attlist"))) if found else []
        if found and found.what == "view":
            walk.fault(f"COPY reads no view: {found.name}", f"COPY (SELECT ... FROM {found.name}) TO STDOUT", fields)
    where = fields.get("filename")
    place = f"program {where}" if fields.get("is_program") else where
    walk.report.destination = place or "the client"
    if where is not None:
        walk.fault("COPY to a file or a program of the server is for its administrators", "COPY ... TO STDOUT", fields)
    return columns


def _copied_in(walk: Walk, fields: Fields) -> Columns:
    found = find(walk, fields["relation"], "insert")
    if found and found.access and not found.access.write.insert:
        walk.fault(f"{walk.relations.role.name} may not insert {found.name}", "see `write` in the matrix", fields)
    if found:
        for name in strings(fields.get("attlist")) or list(found.columns):
            walk.write(found.name, name, NOTHING, fields)
    if found and (where := fields.get("whereClause")):
        walk.use("where", walk.expr(where, _scope_of(found)), where)
    return []


def _scope_of(relation: Relation) -> Scope:
    """Where the columns of *relation* have a name, and nothing else."""
    scope = Scope()
    scope.visible.add(Item(relation.name.rpartition(".")[2], list(relation.columns.items()), relation.others))
    return scope


def _listed(relation: Relation, names: list[str]) -> Columns:
    if names:
        return [(name, relation.columns.get(name, relation.others or NOTHING)) for name in names]
    columns: Columns = list(relation.columns.items())
    return columns if relation.others is None else [*columns, None]


@statement("ExplainStmt")
def _explain(walk: Walk, fields: Fields, scope: Scope) -> Columns:
    """
    A plan shows no row; its estimates and, with ANALYZE, numbers of rows depend on all that the query looks at.

    What is worked out before it is planned shows: what EXECUTE is given, a function that says it never changes.
    """
    columns = walk.query(fields["query"], scope)
    hints = together([one[1] for one in columns if one] or [NOTHING])
    given = walk.all(fields["query"].get("ExecuteStmt", {}).get("params"), scope)
    return [("QUERY PLAN", together([hints.hinted(), walk.folded, given]))]


@statement("DeclareCursorStmt", "PrepareStmt")
def _kept(walk: Walk, fields: Fields, scope: Scope) -> Columns:
    """
    A query that is kept under a name: it is judged here, and FETCH and EXECUTE of that name are known then.

    Where one of that name is there already, the database keeps that one; which of both, is not in the script. Nor is
    whether CLOSE or DEALLOCATE was run before.
    """
    key = _key(fields)
    columns = walk.query(fields["query"], scope)
    before = walk.relations.kept.get(key) or Kept((), columns, walk.relations.names)
    either = _either(before.columns, columns)
    walk.relations.kept[key] = Kept((*before.queries, fields["query"]), either, walk.relations.names)
    return columns


def _either(before: Columns, columns: Columns) -> Columns:
    """The columns of one or the other, each of which may be any of both."""
    if before == columns:
        return columns
    everything = together([NOTHING, *(one[1] for one in (*before, *columns) if one)])
    longer = max(columns, before, key=len)
    return [one and (one[0], everything) for one in longer]


def _key(fields: Fields) -> tuple[str, str]:
    return ("portal", fields["portalname"]) if "portalname" in fields else ("plan", fields.get("name", ""))


@statement("FetchStmt", "ExecuteStmt")
def _run_kept(walk: Walk, fields: Fields, scope: Scope) -> Columns:
    key = _key(fields)
    given = walk.all(fields.get("params"), scope)
    kept = walk.relations.kept.get(key)
    if kept is None:
        return [(key[1], Reach(opaque=frozenset({f"what {key[1]} stands for is not in this script"})))]
    columns = kept.columns
    if key[0] == "plan" and kept.names != walk.relations.names:
        # PostgreSQL looks its names up anew, and what is in a temporary table is what was put there since.
        for query in kept.queries:
            columns = _either(columns, walk.query(query, Scope()))
    return [one and (one[0], one[1].also(given)) for one in columns]


@statement("DoStmt")
def _do(walk: Walk, fields: Fields, scope: Scope) -> Columns:
    walk.fault("what a DO block runs is not to be said beforehand", "write its statements as statements", fields)
    return []


@statement("CallStmt")
def _call(walk: Walk, fields: Fields, scope: Scope) -> Columns:
    return [(called(fields["funccall"])[1], walk.expr({"FuncCall": fields["funccall"]}, scope))]


_UTF8 = frozenset({"utf8", "utf-8", "unicode"})


@statement("VariableSetStmt")
def _set(walk: Walk, fields: Fields, scope: Scope) -> Columns:
    """
    SET search_path is followed, as what may be taken back later.

    SET ROLE makes another of whoever asks, which the views do not believe.
    """
    # As SET "SEARCH_PATH" has it: settings are known by their name in any case.
    name = fields.get("name", "").lower()
    given = [argument.get("A_Const", {}).get("sval", {}).get("sval") for argument in fields.get("args", ())]
    if name in ("role", "session_authorization"):
        # RESET ROLE, and SET ROLE NONE, make one oneself again.
        if fields["kind"] == "VAR_SET_VALUE" and given != ["none"]:
            hint = "connect as the login that is meant"
            walk.fault(f"SET {name.upper()} makes nobody another person", hint, fields)
    elif name == "standard_conforming_strings":
        walk.fault("with this setting, strings end where no check can see", "leave it on, and write E'...'", fields)
    elif name == "client_encoding" and not _UTF8.issuperset(str(one).lower() for one in given):
        walk.fault("in another encoding the same bytes are other letters", "write it in UTF-8", fields)
    elif name == "search_path":
        path = tuple(one for one in given if one) or (walk.relations.role.name,)
        walk.relations.paths = tuple(dict.fromkeys((*walk.relations.paths, path)))
    return []


@statement("LockStmt")
def _lock(walk: Walk, fields: Fields, scope: Scope) -> Columns:
    for node in fields.get("relations", ()):
        find(walk, node["RangeVar"], "locked")
    return []


@statement("NotifyStmt")
def _notify(walk: Walk, fields: Fields, scope: Scope) -> Columns:
    return []


@statement("CreateStmt")
def _create(walk: Walk, fields: Fields, scope: Scope) -> Columns:
    """A temporary table is the session's own, if it may make one; any other is an owner's."""
    relation = fields["relation"]
    if relation.get("relpersistence") != "t":
        walk.fault("CREATE TABLE is for owners and administrators", "leave it to a migration", fields)
    if not fields.keys().isdisjoint(_MORE_THAN_ITS_OWN):
        walk.fault("a table that has more than its own columns and rows is not followed", "list its columns", fields)
    made = Relation(relation["relname"], {}, "temporary")
    for node in fields.get("tableElts", ()):
        made = _with_columns(walk, made, node)
    for column, constraint in _constraints(fields):
        made = _with_constraint(walk, made, column, constraint)
    walk.relations.make(made)
    return []


#: Of CREATE TABLE: INHERITS and PARTITION OF, OF a type, PARTITION BY.
_MORE_THAN_ITS_OWN = frozenset({"inhRelations", "ofTypename", "partspec", "partbound"})


def _with_columns(walk: Walk, made: Relation, node: Fields) -> Relation:
    """*made* with the column, or those of another relation (LIKE), that an element of CREATE TABLE is."""
    if "ColumnDef" in node:
        return replace(made, columns={**made.columns, node["ColumnDef"]["colname"]: NOTHING})
    if "TableLikeClause" not in node or (found := find(walk, node["TableLikeClause"]["relation"], "read")) is None:
        return made
    # Of a table of the script's own its defaults may come along, and what they reach.
    columns = found.columns if found.what == "temporary" else dict.fromkeys(found.columns, NOTHING)
    return replace(made, columns={**made.columns, **columns}, others=made.others if found.others is None else UNLISTED)


def _constraints(fields: Fields) -> Iterator[tuple[str | None, Fields]]:
    """Each constraint of CREATE TABLE, with the column that it is of."""
    for node in fields.get("tableElts", ()):
        if "Constraint" in node:
            yield None, node["Constraint"]
        for below in node.get("ColumnDef", {}).get("constraints", ()):
            yield node["ColumnDef"]["colname"], below["Constraint"]


def _with_constraint(walk: Walk, made: Relation, column: str | None, constraint: Fields) -> Relation:
    """*made* with what a DEFAULT puts into *column*; what a CHECK looks at has a say in what can be written."""
    reach = walk.below(constraint, _scope_of(made))
    if constraint["contype"] == "CONSTR_GENERATED":
        walk.fault("a generated column of a table of one's own is not followed", "work it out in the query", constraint)
    if constraint["contype"] == "CONSTR_DEFAULT" and column is not None:
        return replace(made, columns={**made.columns, column: reach})
    walk.use("where", reach, constraint)
    return made


@statement("CreateTableAsStmt")
def _create_as(walk: Walk, fields: Fields, scope: Scope) -> Columns:
    columns = walk.query(fields["query"], scope)
    walk.copied_into(fields["into"], columns)
    return columns


@statement("ViewStmt")
def _view(walk: Walk, fields: Fields, scope: Scope) -> Columns:
    columns = walk.query(fields["query"], scope)
    walk.fault("CREATE VIEW is for owners and administrators", "leave it to a migration", fields["view"])
    return columns
