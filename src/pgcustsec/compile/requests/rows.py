"""What requests go by: their kinds, and how the columns they name are classified (3.2, 5.2.1)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pgcustsec.compile.quote import array_text
from pgcustsec.matrix.model import Approval, Matrix
from pgcustsec.objects import ReferenceRow


def request_rows(matrix: Matrix) -> Iterator[ReferenceRow]:
    """The lists that `file_request` and `decide_request` read."""
    for kind in matrix.requests.values():
        values = (
            ("title", kind.title),
            ("filed_by", array_text(sorted(kind.filed_by))),
            ("custodian", kind.custodian or ""),
            # As PostgreSQL prints jsonb: what is compared is what is read back.
            ("approvals", json.dumps([_step(step) for step in kind.approvals], ensure_ascii=False)),
            ("max_days", str(kind.max_days)),
            ("max_rows", str(kind.max_rows or 0)),
            # A false row has no place before an authority.
            ("canaries", "true" if kind.canaries and not kind.custodian else "false"),
            ("emergency_hours", str(kind.emergency_hours or 0)),
            ("standing", "true" if kind.standing else "false"),
            ("erases", "true" if kind.erases else "false"),
            ("widens", "true" if kind.widens else "false"),
        )
        yield ReferenceRow("request_kind", kind.name, values)
    for table in matrix.tables.values():
        for column in table.columns.values():
            classified = (
                ("relation", table.qualified),
                ("column_name", column.name),
                ("tier", str(column.tier)),
                ("kind", column.kind or ""),
            )
            yield ReferenceRow("classification", f"{table.qualified} {column.name}", classified)


def _step(step: Approval) -> dict[str, str]:
    return {"role": step.role} if step.role else {"manager_of": str(step.manager_of)}
