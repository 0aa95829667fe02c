"""CQ49: a call of pgcustsec's own functions that the matrix refuses."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pgcustsec.matrix.model import Mark
from pgcustsec.query.report import Report
from pgcustsec.query.resolve.walk import called
from pgcustsec.query.rules.looking import matrix_table, text
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity

Said = tuple[str, str, Mark | None]


def _check(report: Report, context: Context) -> Iterator[Found]:
    for fields in (*report.nodes.get("FuncCall", ()), *report.nodes.get("funccall", ())):
        schema, name = called(fields)
        if schema == "pgcustsec" and name in CALLS:
            # What is a parameter, and not there, is not known.
            given = [text(argument) for argument in fields.get("args", ())]
            for message, instead, mark in CALLS[name]([*given, None, None, None], context):
                yield Found(f"{name}(): {message}", instead, fields.get("location", -1), mark)


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
    yield from _table(given[0], context)
    schema, name = _parts(given[0])
    table = matrix_table(context, schema, name)
    if table and given[1] is not None:
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


CALLS: dict[str, Callable[[list[str | None], Context], Iterator[Said]]] = {
    "start_session": _start_session,
    "open_record": _open_record,
    "show_record": _open_record,
    "find": _find,
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
