"""The generated parts of the documentation are what the program says now."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.docs.generated import PARTS
from tests.docs.markdown import section


@pytest.mark.parametrize(("page", "name", "make"), PARTS, ids=[name for _, name, _ in PARTS])
def test_a_generated_part_is_up_to_date(page: Path, name: str, make: Callable[[], str]) -> None:
    assert section(page, name) == make(), f"{page.name} is behind: run python -m tests.docs"
