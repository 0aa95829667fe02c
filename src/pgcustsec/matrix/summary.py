"""What a matrix says, in few numbers: for whoever just checked one."""

from __future__ import annotations

from datetime import date
from typing import Any

from pgcustsec.matrix.model import Deviation, Matrix, Role, Table


def summary(matrix: Matrix, today: date) -> dict[str, Any]:
    """Return tables with their columns by tier, roles with what they see, and deviations with their end."""
    return {
        "organisation": matrix.organisation,
        "role_prefix": matrix.role_prefix,
        "tables": [_table(table) for table in matrix.tables.values()],
        "roles": [_role(role) for role in matrix.roles.values()],
        "deviations": [_deviation(deviation, today) for deviation in matrix.deviations],
    }


def _table(table: Table) -> dict[str, Any]:
    tiers = [column.tier for column in table.columns.values()]
    counts = {f"tier{tier}": tiers.count(tier) for tier in (1, 2, 3)}
    return {"table": table.qualified, "subject": table.parent.table if table.parent else "self", **counts}


def _role(role: Role) -> dict[str, Any]:
    return {
        "role": role.name,
        "department": role.department,
        "supervises": role.supervises,
        "tables": [
            {"table": a.table, "rows": list(a.rows), "tier2": a.tier2, "tier1": a.tier1, "names": a.names}
            for a in role.tables.values()
        ],
    }


def _deviation(deviation: Deviation, today: date) -> dict[str, Any]:
    return {
        "article": deviation.article,
        "role": deviation.role,
        "table": deviation.table,
        "allows": deviation.allows,
        "approved": deviation.approved,
        "until": deviation.until.isoformat(),
        "in_force": deviation.until >= today,
    }
