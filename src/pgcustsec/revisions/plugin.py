"""
What alembic finds of pgcustsec in anybody's environment: its operation, and a comparison for autogenerate.

Alembic loads this whenever it starts, so it imports nothing that only a comparison needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic.util import DispatchPriority, PriorityDispatchResult

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext
    from alembic.operations.ops import UpgradeOps
    from alembic.runtime.plugins import Plugin


def setup(plugin: Plugin) -> None:
    """Register the operation, and the comparison as the last: what tables a revision makes is known by then."""
    from pgcustsec.revisions import operation  # noqa: F401 - it registers itself

    plugin.add_autogenerate_comparator(_compare, "autogenerate", priority=DispatchPriority.LAST)


def _compare(context: AutogenContext, operations: UpgradeOps) -> PriorityDispatchResult:
    """Compare access too, where `env.py` names a matrix: `context.configure(..., pgcustsec_matrix="matrix.yaml")`."""
    if context.opts.get("pgcustsec_matrix"):
        from pgcustsec.revisions.autogenerate import compare_access

        compare_access(context, operations)
    return PriorityDispatchResult.CONTINUE
