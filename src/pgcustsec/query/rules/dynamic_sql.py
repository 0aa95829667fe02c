"""CQ15: dynamic SQL."""

from __future__ import annotations

from collections.abc import Iterator

from pglast import parser
from pglast.parser import ParseError

from pgcustsec.query.report import Report
from pgcustsec.query.resolve.walk import location, strings
from pgcustsec.query.rules.looking import Fields
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity


def _check(report: Report, context: Context) -> Iterator[Found]:
    for fields in report.nodes.get("DoStmt", ()):
        yield Found("a DO block is not looked into", "its statements as statements", location(fields))
    if report.nodes.get("ExecuteStmt") and any(column.reach.opaque for column in report.columns):
        yield Found("EXECUTE of a statement that is not in this script", "the statement itself", report.at)
    for fields in report.nodes.get("CreateFunctionStmt", ()):
        if any(_executes(body) for body in _bodies(fields)):
            yield Found(
                "a function that runs a text as a statement",
                "statements as they are; a name that varies by format() with %I, values by USING",
                report.at,
            )


def _bodies(fields: Fields) -> Iterator[str]:
    """The text of a function that is PL/pgSQL's; of one in SQL, EXECUTE is no statement."""
    options = {option["DefElem"]["defname"]: option["DefElem"]["arg"] for option in fields.get("options", ())}
    if "plpgsql" in strings([options.get("language", {})]) and "as" in options:
        yield from strings(options["as"]["List"]["items"])


def _executes(body: str) -> bool:
    """Whether EXECUTE stands in *body* as a statement: not in a comment or a text, in a grant or a trigger."""
    try:
        words = [token.name for token in parser.scan(body) if not token.name.endswith("COMMENT")]
    except ParseError:
        return True
    return any(
        word == "EXECUTE" and after not in ("ON", "FUNCTION", "PROCEDURE", "ASCII_44")
        for word, after in zip(words, [*words[1:], ""], strict=True)
    )


RULE = Rule(
    code="CQ15",
    name="dynamic_sql",
    title="Dynamic SQL",
    severity=Severity.ERROR,
    article="5.2.5",
    why=(
        "What is put together while it runs nobody can look at beforehand. What cannot be looked at is refused, "
        "never passed."
    ),
    bad="DO 'BEGIN EXECUTE ''SELECT 1''; END'",
    good="SELECT customer_id FROM customer WHERE status = $1",
    check=_check,
)
