"""The generated parts of the documentation are what the program says now."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.docs.generated import PARTS
from tests.docs.markdown import DOCS, ROOT, section


@pytest.mark.parametrize(("page", "name", "make"), PARTS, ids=[name for _, name, _ in PARTS])
def test_a_generated_part_is_up_to_date(page: Path, name: str, make: Callable[[], str]) -> None:
    assert section(page, name) == make(), f"{page.name} is behind: run python -m tests.docs"


def test_the_page_of_errors_names_the_codes_that_nothing_raises_yet() -> None:
    page = (DOCS / "errors.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| (CS\d{3}) ", page, re.MULTILINE))
    [sentence] = re.findall(r"Not raised yet: ([^.]*)\.", page)
    said: set[str] = set()
    for first, last in re.findall(r"`(CS\d{3})`(?: to `(CS\d{3})`)?", sentence):
        said |= {code for code in listed if first <= code <= (last or first)}
    sources = [*(ROOT / "sql/src").rglob("*.sql"), *(ROOT / "src/pgcustsec/compile").rglob("*.py")]
    raised = {code for source in sources for code in re.findall(r"CS\d{3}", source.read_text(encoding="utf-8"))}
    assert listed - raised == said
