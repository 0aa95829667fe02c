"""What a role may do to its views, and what that takes of its viewer on tables and of our functions (5.3)."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.compile.writes.writing import Writing
from pgcustsec.matrix.kinds import WITH_NORMAL_FORM
from pgcustsec.objects import INTERNAL_SCHEMA, OWNER, Grant

#: What the fits_ functions call.
_SHAPE_HELPERS = {
    ("_visible", "text, text"),
    ("_has_letter", "text"),
    ("_has_control", "text"),
    ("_says_nothing", "text"),
    ("_normal_odd_phone", "text"),
    *((f"normal_{kind}", "text") for kind in WITH_NORMAL_FORM),
}


def write_grants(writing: Writing) -> Iterator[Grant]:
    """What the group may do to the view, and what that takes of its viewer on the table and of our functions."""
    reading, shape = writing.reading, writing.shape
    group, viewer = reading.matrix.group_role(reading.role.name), reading.matrix.viewer_role(reading.role.name)
    if writing.refused:
        yield Grant("function", (INTERNAL_SCHEMA, "refuse_command", ""), viewer, OWNER, frozenset({"EXECUTE"}))
    if not writing.commands:
        return
    # By table, not by column: an ORM writes back every column that it read. The triggers know the columns.
    yield Grant("table", (reading.role.name, writing.table.name), group, viewer, frozenset(writing.commands))
    for command, columns in (("INSERT", writing.write.insert), ("UPDATE", writing.write.update)):
        for name in columns:
            yield Grant("column", (*shape.relation, name), viewer, shape.owner, frozenset({command}))
    if writing.write.delete:
        yield Grant("table", shape.relation, viewer, shape.owner, frozenset({"DELETE"}))
    if writing.write.insert:
        for name, column in shape.columns.items():
            if column.sequence and (column.made_by == "serial" or name in writing.write.insert):
                yield Grant("sequence", column.sequence, viewer, shape.owner, frozenset({"USAGE"}))
    for name, arguments in sorted(_called(writing)):
        yield Grant("function", (INTERNAL_SCHEMA, name, arguments), viewer, OWNER, frozenset({"EXECUTE"}))


def _called(writing: Writing) -> set[tuple[str, str]]:
    """Functions of ours, with their arguments' types, that the trigger functions call as the viewer."""
    record = "text, text, text, text, text, text, bytea, bytea, integer"
    called = {("record_change", record), ("refuse_write", "text, text, text[]"), ("clearing", "")}
    written = {*writing.write.insert, *writing.write.update} & writing.sealed.keys()
    called |= _SHAPE_HELPERS if written else set()
    for name in written:
        if form := writing.sealed[name].form:
            called |= {(f"mask_{form}", "text"), (f"fits_{form}", "text")}
    if vault := writing.vault:
        values = ", ".join([*vault.key_arguments, *vault.value_arguments])
        changed = ", ".join([*vault.key_arguments, "text[]", *vault.value_arguments])
        called |= {(vault.keep_name, values), (vault.change_name, changed)}
        called.add((vault.seal_name, ", ".join(vault.key_arguments)))
    return called
