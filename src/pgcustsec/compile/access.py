"""What the database itself has to know of a role's access to a table, as a row of `access`."""

from __future__ import annotations

import json

from pgcustsec.compile.clearance import access_code
from pgcustsec.compile.opening import find_function
from pgcustsec.compile.quote import array_text
from pgcustsec.compile.reading import Reading, writes
from pgcustsec.compile.scopes import ORDER, Scope, Union, end_of
from pgcustsec.compile.vault.sealed import sealed_columns
from pgcustsec.objects import ReferenceRow


def access_row(reading: Reading) -> ReferenceRow:
    """What the database itself has to know of a role's access to a table."""
    found = []
    if reading.access.tier1 != "absent" and not reading.role.service:
        found = [
            one for one in sealed_columns(reading.table, reading.shape) if one.column.find and one.column.tier == 1
        ]
    values = (
        ("role_code", reading.role.name),
        ("schema_name", reading.table.schema),
        ("table_name", reading.table.name),
        ("key_columns", array_text(reading.table.key)),
        ("opens", "true" if reading.opens else "false"),
        ("lifts", "true" if reading.lifted else "false"),
        ("find_columns", array_text(one.name for one in found)),
        ("find_functions", array_text(find_function(one, reading.table.qualified) for one in found)),
        ("rule", access_rule(reading)),
    )
    return ReferenceRow("access", access_code(reading.role, reading.table), values)


def access_rule(reading: Reading) -> str:
    """
    A role's access to a table, as JSON.

    `rows`: unions of scopes that must all hold; `tier2`: the union in which tier 2 shows; `session`: whether rows are
    seen in a session alone; `subject`: whether a record is open while its customer's is; `columns`: those of the view;
    `updates`: columns that the role writes.
    """
    columns = {}
    for column in reading.columns:
        said: dict[str, object] = {"tier": column.tier}
        if column.is_name:
            said["name"] = True
        if column in reading.opened:
            said["opens"] = True
        if column in reading.lifted:
            said["lifts"] = True
        if column in reading.named:
            said["named_until"] = reading.names_until.isoformat()
        columns[column.name] = said
    return json.dumps(
        {
            "top": reading.top.qualified,
            "rows": [_scopes(union) for union in reading.visible],
            "tier2": _scopes(reading.tier2),
            "session": reading.cleared_everywhere,
            "subject": reading.opens_with_subject,
            "columns": columns,
            "updates": list(reading.access.write.update) if "UPDATE" in writes(reading) else [],
        },
        ensure_ascii=False,
    )


def _scopes(union: Union) -> list[dict[str, str]]:
    def place(scope: Scope) -> tuple[int, str]:
        return ORDER.index(scope.rows), str(scope.until)

    return [
        {"scope": scope.rows} | ({"until": end_of(scope.until).isoformat()} if scope.until else {})
        for scope in sorted(union, key=place)
    ]
