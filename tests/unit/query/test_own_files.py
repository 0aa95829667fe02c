"""A check of this project's own files: whatever is in them has a verdict, at a place that is in the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from pgcustsec.query.files import check_files
from pgcustsec.query.verdict import Verdict
from tests.unit.query.stories import MATRIX

ROOT = Path(__file__).parents[3]
FILES = sorted(
    [
        *(ROOT / "src" / "pgcustsec" / "demo").rglob("*.py"),
        *(ROOT / "src" / "pgcustsec" / "demo").rglob("*.sql"),
        *(ROOT / "src" / "pgcustsec" / "access").rglob("*.sql"),
        *(ROOT / "tests" / "attack").glob("*.py"),
    ]
)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_every_statement_of_a_file_of_ours_has_a_verdict_at_a_place_of_it(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    lines = text.split("\n")
    for statement in check_files(MATRIX, "matrix.yaml", ["sales_agent"], [(file.name, text)]).statements:
        assert statement.verdict is not Verdict.REFUSED or statement.told, "what is refused says why"
        for place in (statement.place, *(one.place for one in (*statement.seen, *statement.told))):
            assert place.line <= len(lines)
            assert place.column <= len(lines[place.line - 1]) + 1


def test_what_the_demos_people_run_at_their_records_is_not_refused() -> None:
    file = ROOT / "src" / "pgcustsec" / "demo" / "opening.py"
    checked = check_files(MATRIX, "matrix.yaml", ["sales_agent"], [(file.name, file.read_text(encoding="utf-8"))])
    assert checked.statements
    assert Verdict.REFUSED not in [one.verdict for one in checked.statements]
