"""The pages agree with the program, with each other, and with what is in the repository."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from pgcustsec.matrix.form import ARTICLES
from pgcustsec.matrix.kinds import KINDS
from pgcustsec.matrix.load import loads
from tests.cluster import Database
from tests.docs.generated import anchors
from tests.docs.markdown import DOCS, PAGES, ROOT, Block, blocks

names = [page.name for page in PAGES]


@pytest.mark.parametrize("page", PAGES, ids=names)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    broken = []
    for target in re.findall(r"\]\(([^)]+)\)", text):
        path, _, anchor = target.partition("#")
        there = page.parent / path if path else page
        if not there.exists() or (anchor and anchor not in anchors(there.read_text(encoding="utf-8"))):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=names)
def test_every_path_that_a_page_names_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    paths = re.findall(r"`((?:src|sql|tests)/[\w./-]+?)`", text)
    attacks = [f"tests/attack/{name}" for name in re.findall(r"`(test_\w+\.py)`", text)]
    assert [path for path in (*paths, *attacks) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=names)
def test_no_page_has_a_path_of_somebodys_machine(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"/(?:home|root|tmp|work|Users)/\S*|\.\./\.\.", text) == []


def test_the_policy_page_has_every_article_and_no_other() -> None:
    text = (DOCS / "policy.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| (\d[\d.]*)", text, re.MULTILINE) == list(ARTICLES)


def test_the_rules_page_has_every_rule_in_order() -> None:
    text = (DOCS / "rules.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| (\d+)\. ", text, re.MULTILINE) == [str(number) for number in range(1, 26)]


def test_every_rule_that_is_built_is_attacked_or_tested() -> None:
    text = (DOCS / "rules.md").read_text(encoding="utf-8")
    attacked = set(re.findall(r"^\| (\d+) \|", text, re.MULTILINE))
    bare = [
        number
        for number, rule in re.findall(r"^\| (\d+)\. (.*)$", text, re.MULTILINE)
        if number not in attacked and not re.search(r"[Nn]ot built|No setting|Shown by|plan --check", rule)
    ]
    assert bare == []


def _masked() -> list[tuple[str, str, str]]:
    text = (DOCS / "masks.md").read_text(encoding="utf-8")
    return re.findall(r"^\| `(\w+)` \| `([^`]+)` \| `([^`]+)` \|", text, re.MULTILINE)


def test_every_mask_does_what_its_page_says(installed: Database) -> None:
    examples = _masked()
    with installed.connect() as connection:
        wrong = []
        for kind, value, masked in examples:
            query = f"SELECT pgcustsec_internal.mask_{kind}(%s)"
            [(given,)] = connection.execute(query.encode(), [value]).fetchall()
            if given != masked:
                wrong.append((kind, value, masked, given))
    assert wrong == []


def test_the_page_of_masks_has_every_kind_with_a_masked_form() -> None:
    assert {kind for kind, _, _ in _masked()} == {name for name, kind in KINDS.items() if kind.maskable}


_CHECKED = [block for block in blocks(DOCS / "matrix.md") if block.mark == "check"]


@pytest.mark.parametrize("block", _CHECKED, ids=lambda block: block.place)
def test_an_example_of_the_matrix_page_is_right_when_added_to_the_first(block: Block) -> None:
    whole = _yaml(_CHECKED[0])
    text = json.dumps(_merged(whole, _yaml(block)), ensure_ascii=False, default=str)
    assert loads(text).organisation == "wutong"


def _yaml(block: Block) -> dict[str, Any]:
    read: dict[str, Any] = YAML(typ="safe", pure=True).load(block.text)
    return read


def _merged(whole: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    result = copy.copy(whole)
    for key, value in more.items():
        both = isinstance(value, dict) and isinstance(result.get(key), dict)
        result[key] = _merged(result[key], value) if both else value
    return result
