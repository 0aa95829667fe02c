"""Running the two commands as people do, and a matrix for tables of a test's own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.cluster import Database

ROOT = Path(__file__).parents[3]

MATRIX = """
version: 1
organisation: shop
role_prefix: shop_
departments: {sales: {title: 销售部}}
tables:
  crm.customer:
    key: [id]
    subject: self
    columns:
      id: {tier: 3}
      name: {tier: 2, kind: name}
      mobile: {tier: 1, kind: phone}
      status: {tier: 3}
      note: {tier: 2}
      about: {tier: 2}
      order_no: {tier: 3}
roles:
  seller: {department: sales}
administrators: {roles: [dba], owners: [crm_owner]}
"""


def run(
    database: Database, *arguments: str, user: str | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run pgcustsec on *database* as *user* (the superuser if None)."""
    return subprocess.run(
        [sys.executable, "-m", "pgcustsec", *arguments, "-d", database.conninfo(user)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", **environment},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
