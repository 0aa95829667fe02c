"""CQ49: a call of pgcustsec's own functions that the matrix refuses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pgcustsec.matrix.model import Mark
from pgcustsec.query.report import Report
from pgcustsec.query.resolve.walk import called
from pgcustsec.query.rules.looking import Fields, matrix_table, text
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity

Said = tuple[str, str, Mark | None]


def _check(report: Report, context: Context) -> Iterator[Found]:
    for fields in (*report.nodes.get("FuncCall", ()), *report.nodes.get("funccall", ())):
        schema, name = called(fields)
        if schema == "pgcustsec" and name in CALLS:
            names, said = CALLS[name]
            for message, instead, mark in said(_given(fields, names), context):
                yield Found(f"{name}(): {message}", instead, fields.get("location", -1), mark)


def _given(fields: Fields, names: Sequence[str]) -> list[str | None]:
    """What a call gives for the arguments *names*, by place or by name; None where it is a parameter, or not there."""
    given: dict[str, str | None] = dict.fromkeys(names)
    for name, argument in zip(names, fields.get("args", ()), strict=False):
        given[argument.get("NamedArgExpr", {}).get("name", name)] = text(argument)
    return [given[name] for name in names]


def _start_session(given: list[str | None], context: Context) -> Iterator[Said]:
    purpose = given[0]
    mine = [one.code for one in context.matrix.purposes.values() if context.role.name in one.roles]
    if purpose is not None and purpose not in mine:
        yield f"no such purpose for {context.role.name}", f"one of: {', '.join(mine) or 'none'}", context.role.mark


def _open_record(given: list[str | None], context: Context) -> Iterator[Said]:
    yield from _table(given[0], context)
    if given[2] is not None and not given[2].strip():
        yield "a record is opened for a stated reason", "the reason, in words", None


def _find(given: list[str | None], context: Context) -> Iterator[Said]:
    refused = list(_table(given[0], context))
    yield from refused
    table = matrix_table(context, *_parts(given[0]))
    if table and given[1] is not None and not refused:
        found = [column.name for column in table.columns.values() if column.find]
        if given[1] not in found:
            yield "the column is not searched by value", f"one of: {', '.join(found) or 'none'}", table.mark


def _table(name: str | None, context: Context) -> Iterator[Said]:
    if name is not None:
        table = matrix_table(context, *_parts(name))
        if table is None or table.qualified not in context.role.tables:
            mine = ", ".join(context.matrix.tables[one].name for one in context.role.tables)
            yield f"no such table for {context.role.name}", f"one of: {mine or 'none'}", context.role.mark


def _parts(name: str | None) -> tuple[str | None, str]:
    schema, _, table = (name or "").rpartition(".")
    return schema or None, table


_RECORD = ("relation", "key", "reason")
#: The functions that are looked at: their arguments, and what is said of those.
CALLS: dict[str, tuple[Sequence[str], Callable[[list[str | None], Context], Iterator[Said]]]] = {
    "start_session": (("purpose",), _start_session),
    "open_record": (_RECORD, _open_record),
    "show_record": (_RECORD, _open_record),
    "find": (("relation", "column_name", "value"), _find),
}

RULE = Rule(
    code="CQ49",
    name="call_refused",
    title="A call that the matrix refuses",
    severity=Severity.ERROR,
    article="5.2.4",
    why=(
        "A session has a purpose of the matrix's closed list, an opening a reason and a table of the role's, a search "
        "a column that the matrix lets be searched. What is written out in the call can be told before it fails."
    ),
    bad="SELECT pgcustsec.start_session('advertising')",
    good="SELECT pgcustsec.start_session('selling')",
    check=_check,
)
