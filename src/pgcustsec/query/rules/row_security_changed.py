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
            relation = fields["relation"]
            yield relation.get("schemaname"), relation["relname"], location(fields)
    for kind in ("CreatePolicyStmt", "AlterPolicyStmt"):
        for fields in report.nodes.get(kind, ()):
            relation = fields["table"]
            yield relation.get("schemaname"), relation["relname"], location(fields)
    for fields in report.nodes.get("DropStmt", ()):
        if fields.get("removeType") in ("OBJECT_POLICY", "OBJECT_TRIGGER"):
            for names in (strings(one["List"]["items"]) for one in fields["objects"]):
                yield (names[-3] if len(names) > 2 else None), names[-2], location(fields)


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
