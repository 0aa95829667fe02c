"""The page on requests: what it tells to type works, in its order, over the logins that it says (5.2.1)."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys

import psycopg

from tests.docs.markdown import DOCS, Block, blocks
from tests.integration.clients.world import Broker
from tests.integration.requests.office import filed, state

PAGE = DOCS / "requests.md"


def test_what_the_page_tells_to_type_works(broker: Broker) -> None:
    marked = [block for block in blocks(PAGE) if block.mark.startswith("run")]
    assert len(marked) > 6
    for block in marked:
        if "decide_request(4" in block.text:
            assert filed(broker) == 4
        _run(broker, block)
    assert [state(broker, number) for number in (1, 2, 3, 4)] == ["refused", "withdrawn", "drafted", "in approval"]


def _run(broker: Broker, block: Block) -> None:
    assert block.login is not None, block.place
    login = broker.login(block.login[0])
    if block.language == "sql":
        with broker.database.connect(user=login) as connection:
            connection.execute(block.text.encode())
        return
    there = psycopg.conninfo.conninfo_to_dict(broker.database.conninfo(login))
    text = re.sub(r"^pgcustsec ", f"{shlex.quote(sys.executable)} -m pgcustsec ", block.text, flags=re.MULTILINE)
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", text],
        env={
            **os.environ,
            **{f"PG{name.upper()}": str(there[name]) for name in ("host", "port", "user")},
            "PGDATABASE": str(there["dbname"]),
            "PYTHONUTF8": "1",
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{block.place}: {done.stdout}{done.stderr}"
