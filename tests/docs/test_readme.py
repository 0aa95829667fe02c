"""What the README tells to type works, in the order in which it stands, and prints what it says."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import psycopg

from tests.cluster import Server
from tests.docs.markdown import README, ROOT, Block, blocks, section

MARK = "=== "
PASSWORD = "three blue parrots"


def test_the_walk_through_the_readme_works(spare_server: Server, tmp_path: Path) -> None:
    marked = [block for block in blocks(README) if block.mark.startswith("run") and block.is_for(spare_server.major)]
    assert len(marked) > 8
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", "\n".join(map(_script, marked))],
        env=_environment(spare_server, tmp_path),
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    printed = dict(zip(*[iter(re.split(rf"^{MARK}(.*)\n", done.stdout, flags=re.MULTILINE)[1:])] * 2, strict=True))
    applied = next(text for text in printed.values() if "applied: " in text)
    assert applied.endswith("Database crm is as the matrix says.\n"), "no drift"
    seen = next(text for block, text in zip(marked, printed.values(), strict=True) if block.login == ("li_na", "crm"))
    assert "S1001" in seen


def _script(block: Block) -> str:
    """*block* as a piece of a shell script; SQL goes to psql, and what is to fail must."""
    head = f"echo {shlex.quote(MARK + block.place)}\n"
    if block.language == "sh":
        return head + block.text
    assert block.language == "sql" and block.login is not None, block.place
    login, database = block.login
    psql = f"psql -X -v ON_ERROR_STOP=1 -U {login} -d {database} <<'END_OF_BLOCK'\n{block.text}END_OF_BLOCK\n"
    return head + (f"! {psql}" if block.fails else psql)


def _environment(server: Server, folder: Path) -> dict[str, str]:
    """A shell at the root of a checkout, as far as the README's commands go, with the program and psql on the path."""
    (folder / "src").symlink_to(ROOT / "src")
    programs = folder / "bin"
    programs.mkdir()
    (programs / "pgcustsec").write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m pgcustsec "$@"\n')
    (programs / "pgcustsec").chmod(0o755)
    there = psycopg.conninfo.conninfo_to_dict(server.conninfo())
    return {
        "PATH": f"{programs}:{server.bindir}:{os.environ['PATH']}",
        "HOME": str(folder),
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONUTF8": "1",
        "LC_ALL": "C.UTF-8",
        "PGHOST": str(there["host"]),
        "PGPORT": str(there["port"]),
        "PGCUSTSEC_NEW_PASSWORD": PASSWORD,
    }


def test_what_the_demo_prints_is_what_the_readme_shows() -> None:
    command = [sys.executable, "-m", "pgcustsec", "demo", "--customers", "500"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONUTF8": "1"})
    assert ran.returncode == 0, ran.stderr
    [shown] = re.findall(r"<!-- demo -->\n```text\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    heading = re.compile(r"^\d+\. .*?(?=  \(|$)", re.MULTILINE)
    assert heading.findall(shown) == heading.findall(ran.stdout)
    people = [line for line in shown.splitlines() if line.startswith(("   wutong_", "   login "))]
    assert len(people) == 5
    assert [line for line in people if line not in ran.stdout.splitlines()] == []


def test_every_make_target_that_a_page_names_is_one() -> None:
    targets = set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    text = README.read_text(encoding="utf-8")
    named = set(re.findall(r"(?:`|^)make ([a-z]+)", text, re.MULTILINE))
    assert {"demo", "test"} <= named <= targets


def test_the_readme_is_short_without_its_generated_parts() -> None:
    generated = sum(section(README, name).count("\n") for name in ("commands", "exit codes"))
    assert README.read_text(encoding="utf-8").count("\n") - generated <= 260
