"""CQ40: row security or triggers changed by hand."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.resolve.walk import location, strings
from pgcustsec.query.rules.looking import Fields, matrix_table
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity

CHANGES = frozenset(
    "AT_DisableRowSecurity AT_NoForceRowSecurity AT_DisableTrig AT_DisableTrigAll AT_DisableTrigUser "
    "AT_EnableReplicaTrig AT_DisableRule AT_ChangeOwner".split()
)


def _check(report: Report, context: Context) -> Iterator[Found]:
    for schema, name, at in _changed(report):
        if table := matrix_table(context, schema, name):
            yield Found(
                f"what guards {table.qualified} is changed by hand",
                "the matrix, and pgcustsec apply; pgcustsec drift says what differs",
                at,
                table.mark,
            )


def _guards(command: Fields) -> bool:
    """Whether a command of ALTER TABLE or ALTER VIEW touches what guards: also whose it is, and a view's barrier."""
    if command["subtype"] in CHANGES:
        return True
    options = command.get("def", {}).get("List", {}).get("items", ())
    return any(one.get("DefElem", {}).get("defname", "").startswith("security_") for one in options)


def _changed(report: Report) -> Iterator[tuple[str | None, str, int]]:
    for fields in report.nodes.get("AlterTableStmt", ()):
        if any(_guards(one["AlterTableCmd"]) for one in fields["cmds"]):
            yield _relation(fields["relation"])
    for kind in ("CreatePolicyStmt", "AlterPolicyStmt"):
        yield from (_relation(fields["table"]) for fields in report.nodes.get(kind, ()))
    # A rule is in place of what is written, or reads beside it; in another schema the matrix has no such table.
    yield from (_relation(fields["relation"]) for fields in report.nodes.get("RuleStmt", ()))
    for fields in (*report.nodes.get("RenameStmt", ()), *report.nodes.get("AlterObjectSchemaStmt", ())):
        if fields.get("renameType", fields.get("objectType")) in (*PARTS, "OBJECT_TABLE", "OBJECT_VIEW"):
            yield _relation(fields["relation"])
    for fields in report.nodes.get("DropStmt", ()):
        for names in (strings(one.get("List", {}).get("items")) for one in fields["objects"]):
            if fields["removeType"] in PARTS:
                yield (names[-3] if len(names) > 2 else None), names[-2], location(fields)
            elif fields["removeType"] == "OBJECT_VIEW":
                yield (names[-2] if len(names) > 1 else None), names[-1], location(fields)


#: Parts of a table that guard it.
PARTS = ("OBJECT_POLICY", "OBJECT_TRIGGER", "OBJECT_RULE")


def _relation(relation: Fields) -> tuple[str | None, str, int]:
    return relation.get("schemaname"), relation["relname"], location(relation)


RULE = Rule(
    code="CQ40",
    name="row_security_changed",
    title="Row security or triggers changed by hand",
    severity=Severity.ERROR,
    article="5.2.2",
    why=(
        "Policies and triggers of a protected table are made from the matrix. Without one of them rows show, or "
        "writes go through, that nobody decided on; until the next plan nobody notices."
    ),
    bad="ALTER TABLE crm.customer DISABLE ROW LEVEL SECURITY",
    good="ALTER TABLE crm.customer ALTER COLUMN status SET DEFAULT 'prospect'",
    check=_check,
)
