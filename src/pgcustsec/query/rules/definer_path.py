"""CQ20: SECURITY DEFINER without a pinned search_path."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.rules.looking import Fields, text
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity

INSTEAD = "SET search_path = pg_catalog, pg_temp: with pg_temp at its end, and every other name with its schema"


def _check(report: Report, context: Context) -> Iterator[Found]:
    for fields in (*report.nodes.get("CreateFunctionStmt", ()), *report.nodes.get("AlterFunctionStmt", ())):
        options = [option["DefElem"] for option in fields.get("options") or fields.get("actions", ())]
        if _is_definer(options) and (wrong := _wrong_path(options)):
            yield Found(f"SECURITY DEFINER {wrong}", INSTEAD, report.at)


def _is_definer(options: list[Fields]) -> bool:
    return any(one["defname"] == "security" and one["arg"]["Boolean"].get("boolval") for one in options)


def _wrong_path(options: list[Fields]) -> str | None:
    """What is wrong with the path that is pinned; None where it is right."""
    for one in options:
        setting = one["arg"].get("VariableSetStmt", {}) if one["defname"] == "set" else {}
        if setting.get("name", "").lower() == "search_path" and setting.get("kind") == "VAR_SET_VALUE":
            schemas = [text(argument) or "" for argument in setting.get("args", ())]
            if "$user" in schemas:
                return "with a path that each caller may have a schema of their own in"
            # Where it is nowhere in the path it comes first.
            last = "pg_temp" in schemas and schemas.index("pg_temp") == len(schemas) - 1 > 0
            return None if last else "with a path that lets a temporary object come first"
    return "without a search_path of its own"


RULE = Rule(
    code="CQ20",
    name="definer_path",
    title="SECURITY DEFINER without a pinned search_path",
    severity=Severity.ERROR,
    article="5.3",
    why=(
        "It runs with its owner's rights over whatever the caller's search_path, or temporary schema, puts before "
        "what was meant: the caller gets the owner's rights."
    ),
    bad="CREATE FUNCTION crm.f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
    good=(
        "CREATE FUNCTION crm.f() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp "
        "AS 'SELECT 1'"
    ),
    check=_check,
)
