"""The page on inspect and scan: what it tells to type works, in its order, as the administrator."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import psycopg

from pgcustsec.matrix.load import load
from tests.cluster import Database
from tests.docs.markdown import DOCS, blocks


def test_what_the_page_tells_to_type_works(grouped: Database, prefix: str, tmp_path: Path) -> None:
    marked = [block for block in blocks(DOCS / "inspect.md") if block.mark.startswith("run")]
    assert [block.login for block in marked] == [("dba", "crm")] * 2
    there = psycopg.conninfo.conninfo_to_dict(grouped.conninfo(f"{prefix}dba"))
    program = f"{shlex.quote(sys.executable)} -m pgcustsec "
    for block in marked:
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", re.sub(r"^pgcustsec ", program, block.text, flags=re.MULTILINE)],
            env={
                **os.environ,
                **{f"PG{name.upper()}": str(there[name]) for name in ("host", "port", "user")},
                "PGDATABASE": str(there["dbname"]),
                "PYTHONUTF8": "1",
            },
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{block.place}: {done.stdout}{done.stderr}"
    assert "crm.customer" in load(tmp_path / "proposed.yaml").tables
