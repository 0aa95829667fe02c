"""`query check` finds no error in the SQL that the pages tell people to run, nor in what the demo's people send."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from pgcustsec.matrix.load import loads
from pgcustsec.query import Checker
from pgcustsec.query.parse import parse
from pgcustsec.query.rules import Context, Severity, find_all
from tests.docs.markdown import DOCS, PAGES, ROOT, Block, blocks

MATRIX = loads(files("pgcustsec.demo").joinpath("matrix.yaml").read_text(encoding="utf-8"), "demo/matrix.yaml")
#: Whom the pages and the demo let run it; the demo's customers are the sales agents' and the service agents'.
ROLES = ("sales_agent", "service_agent")
DEMO = ROOT / "src" / "pgcustsec" / "demo"
#: What administrators and owners run, by a login of their own: it is no role's, and rightly refused to roles.
ADMINISTRATORS = re.compile(r"\bas (postgres|dba)@")
OWNERS_FILES = {
    DEMO / "broker.py": "as a superuser it shows what is stored",
    DEMO / "loop" / "terms.py": "as the owner it makes a customer's term end",
}
RULES_PAGE = DOCS / "query-rules.md"
#: Relations that only administrators read.
OWNERS_RELATIONS = ("pgcustsec_watch.",)


def pages() -> list[Block]:
    """The SQL of the pages for people and applications, but for the page of what is wrong."""
    found = [block for page in PAGES for block in blocks(page) if block.language == "sql" and page != RULES_PAGE]
    return [
        block
        for block in found
        if not ADMINISTRATORS.search(block.mark) and not any(name in block.text for name in OWNERS_RELATIONS)
    ]


def sent(file: Path) -> Iterator[str]:
    """Statements among the texts of a Python file, with their parameters; what does not parse is talk about some."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    pieces = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in pieces:
            text = re.sub(r"%s", "$1", node.value)
            if re.match(r"\s*(SELECT|INSERT|UPDATE|DELETE|CALL|WITH|COPY)\s", text) and not parse(text)[0].error:
                yield text


def errors(text: str) -> set[str]:
    """The errors that *text* has for every role that it may be meant for."""
    found = []
    for role in ROLES:
        reports = Checker(MATRIX).check(text, role)
        wrong = find_all(reports, Context(MATRIX, MATRIX.roles[role]))
        found.append({f"{one.rule.code} {one.found.message}" for one in wrong if one.rule.severity is Severity.ERROR})
    return set.intersection(*found)


@pytest.mark.parametrize("block", pages(), ids=lambda block: block.place)
def test_no_page_tells_people_to_run_what_is_an_error(block: Block) -> None:
    assert errors(block.text) == set()


@pytest.mark.parametrize(
    "file",
    [file for file in sorted(DEMO.rglob("*.py")) if file not in OWNERS_FILES and any(sent(file))],
    ids=lambda file: file.name,
)
def test_the_demos_people_send_no_statement_that_is_an_error(file: Path) -> None:
    for text in sent(file):
        assert errors(text) == set(), text


def test_what_owners_send_in_the_demo_is_an_error_for_roles() -> None:
    assert [file.name for file in OWNERS_FILES if not any(errors(text) for text in sent(file))] == []


def test_the_extensions_own_functions_and_views_break_no_rule_that_is_for_them() -> None:
    """Whoever writes rules keeps to them: paths are pinned, nobody is granted what the matrix does not say."""
    kept = {"definer_path", "widening_view", "granted_on", "role_beyond", "password_literal", "another_server"}
    broken = set()
    for file in sorted((ROOT / "sql" / "src").rglob("*.sql")):
        reports = Checker(MATRIX).check(file.read_text(encoding="utf-8"), "sales_agent")
        for one in find_all(reports, Context(MATRIX, MATRIX.roles["sales_agent"])):
            if one.rule.name in kept:
                broken.add(f"{file.name}: {one.rule.code} {one.found.message}")
    assert broken == set()


def test_no_sql_of_the_repository_makes_a_rule_fail() -> None:
    """What the tests and the program send is as odd as anybody's: each finding of it has a place and words."""
    role = MATRIX.roles["service_agent"]
    texts = [file.read_text(encoding="utf-8") for file in (ROOT / "sql" / "src").rglob("*.sql")]
    for folder in ("src", "tests"):
        for file in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    texts += [node.value] if re.match(r"\s*[A-Z]{3,}\s", node.value) else []
    assert len(texts) > 1000
    for text in texts:
        for one in find_all(Checker(MATRIX).check(text, role.name), Context(MATRIX, role)):
            assert one.found.message and one.found.instead, text
            assert 0 <= one.found.at <= len(text.encode(errors="replace")), text
