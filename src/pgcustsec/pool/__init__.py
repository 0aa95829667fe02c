"""
The shared pool (共享池) of unsold prospects: claiming, giving back, recycling, how full it is (4.2, 4.3).

Each is a function of the database, which decides who may.
"""

from __future__ import annotations

from pgcustsec.pool.status import Share, overdue, pool_state
from pgcustsec.pool.steps import BATCH, claim, recycle, release

__all__ = ["BATCH", "Share", "claim", "overdue", "pool_state", "recycle", "release"]
