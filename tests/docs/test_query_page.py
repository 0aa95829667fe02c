"""The page on queries: what it tells to type works, without any server, and what it lists is all that there is."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from pgcustsec.query.verdict import Verdict
from tests.docs.markdown import DOCS, ROOT, blocks

PAGE = DOCS / "query.md"
TEXT = PAGE.read_text(encoding="utf-8")
#: The page's checks may find something, and exit with 1; nothing else may go wrong.
PROGRAM = f'pgcustsec() {{ {shlex.quote(sys.executable)} -m pgcustsec "$@" || [ $? = 1 ]; }}\n'


def typed(folder: Path) -> None:
    """Type what the page tells to type, in *folder*, where the demo's matrix is."""
    (folder / "matrix.yaml").write_bytes((ROOT / "src" / "pgcustsec" / "demo" / "matrix.yaml").read_bytes())
    script = PROGRAM + "".join(block.text for block in blocks(PAGE) if block.mark == "run")
    command = ["bash", "-euo", "pipefail", "-c", script]
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_the_page_tells_to_type_works_and_json_has_the_keys_that_it_names(tmp_path: Path) -> None:
    typed(tmp_path)
    assert (tmp_path / "orders.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert json.loads((tmp_path / "orders.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    values = json.loads((tmp_path / "orders.json").read_text(encoding="utf-8"))
    [row] = re.findall(r"^\| `json` \|(.*)\|$", TEXT, re.MULTILINE)
    assert keys(values) - {"note", "warning", "error"} - ORIGIN <= set(re.findall(r"`(\w+)`", row))


#: Of what a value comes from; the page says it in words.
ORIGIN = {"shown", "path"}


def keys(values: Any) -> set[str]:
    if isinstance(values, dict):
        return set(values).union(*map(keys, values.values()))
    return set().union(*map(keys, values)) if isinstance(values, list) else set()


def test_the_page_has_every_verdict_the_worst_first() -> None:
    part = TEXT[TEXT.index("## Verdicts") : TEXT.index("## Findings")]
    assert re.findall(r"^\| (\w+) \|", part, re.MULTILINE)[1:] == [verdict.value for verdict in Verdict]


def test_the_test_that_the_page_shows_passes(tmp_path: Path) -> None:
    typed(tmp_path)
    [example] = [block.text for block in blocks(PAGE) if block.language == "python"]
    (tmp_path / "test_list.py").write_text(example)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_list.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_hook_that_the_page_configures_is_the_one_that_is_there() -> None:
    yaml = YAML(typ="safe", pure=True)
    [configured] = [yaml.load(block.text) for block in blocks(PAGE) if block.language == "yaml"]
    hooks = yaml.load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    [[used]] = [repository["hooks"] for repository in configured["repos"]]
    assert used["id"] in {hook["id"] for hook in hooks}
