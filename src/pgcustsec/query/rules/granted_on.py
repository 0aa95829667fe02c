"""CQ39: rights handed on."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.matrix.model import NOWHERE, Mark
from pgcustsec.query.report import Report
from pgcustsec.query.resolve.walk import location, strings
from pgcustsec.query.rules.looking import Fields, matrix_table, memberships
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity


def _check(report: Report, context: Context) -> Iterator[Found]:
    for fields in report.nodes.get("GrantStmt", ()):
        if fields.get("is_grant"):
            for what, mark in _protected(fields, context):
                yield Found(f"a right on {what} is granted by hand", INSTEAD, location(fields), mark)
    for fields in report.nodes.get("AlterDefaultPrivilegesStmt", ()):
        if fields["action"].get("is_grant") and (schemas := _schemas(fields, context)):
            yield Found(f"rights on what is made later in {schemas} are granted by hand", INSTEAD, report.at)
    administrators = set(context.matrix.administrators.roles)
    for name, at, who in memberships(report):
        # An administrator of the matrix is a member of the owners, which is how they act as them.
        to_administrators = name in OWNERS | set(context.matrix.administrators.owners) and who <= administrators
        if name in _roles(context) and not to_administrators:
            yield Found(f"membership of {name} is granted by hand", MEMBER, at)


OWNERS = {"pgcustsec_owner"}
INSTEAD = "a role in the matrix, and pgcustsec apply"
MEMBER = "pgcustsec staff move --role for a person; owners and viewers have no other members"


def _protected(fields: Fields, context: Context) -> Iterator[tuple[str, Mark]]:
    for node in fields.get("objects", ()):
        if relation := node.get("RangeVar"):
            schema, name = relation.get("schemaname"), relation["relname"]
            if table := matrix_table(context, schema, name):
                yield f"{schema}.{name}" if schema else name, table.mark
            elif schema and _is_ours(schema):
                yield f"a relation of {schema}", NOWHERE
        elif function := node.get("ObjectWithArgs"):
            if (names := strings(function["objname"])) and _is_ours(names[0]):
                yield f"a function of {names[0]}", NOWHERE
        elif name := node.get("String", {}).get("sval"):
            schemas = {table.schema for table in context.matrix.tables.values()}
            tables = fields.get("targtype") == "ACL_TARGET_ALL_IN_SCHEMA"
            if name in context.matrix.roles or _is_ours(name) or (tables and name in schemas):
                yield f"schema {name}", NOWHERE


def _is_ours(schema: str) -> bool:
    return schema.partition("_")[0] == "pgcustsec"


def _schemas(fields: Fields, context: Context) -> str:
    """The protected schemas that default privileges are for; of all schemas, where they name none."""
    named = [strings(one["DefElem"]["arg"]["List"]["items"]) for one in fields.get("options", ()) if _is_list(one)]
    protected = {table.schema for table in context.matrix.tables.values()} | set(context.matrix.roles)
    return ", ".join(name for names in named for name in names if name in protected) if named else "every schema"


def _is_list(option: Fields) -> bool:
    return bool(option["DefElem"]["defname"] == "schemas")


def _roles(context: Context) -> set[str]:
    matrix = context.matrix
    groups = {matrix.group_role(role) for role in matrix.roles} | {matrix.viewer_role(role) for role in matrix.roles}
    return groups | set(matrix.administrators.owners) | OWNERS


RULE = Rule(
    code="CQ39",
    name="granted_on",
    title="Rights handed on",
    severity=Severity.ERROR,
    article="5.3",
    why=(
        "Who may see what is in the matrix and nowhere else: a grant beside it is nobody's decision, and the next "
        "plan takes it back. Nobody hands their rights to another."
    ),
    bad="GRANT SELECT ON sales_agent.customer TO reporting",
    good="REVOKE SELECT ON sales_agent.customer FROM reporting",
    check=_check,
)
