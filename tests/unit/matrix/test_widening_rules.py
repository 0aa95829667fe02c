"""The kind of request by which a matrix is widened: what a matrix may say of it (5.2.5)."""

from __future__ import annotations

import pytest

from pgcustsec.matrix.load import loads
from tests.unit.matrix.stories import assert_problems, changed, pairs

COURT = "  court: {title: Court,"
WIDENING = (
    "  widening: {title: More, filed_by: [agent], approvals: [{manager_of: requester}], max_days: 30, widens: true}\n"
)


def told(*edits: tuple[str, str]) -> str:
    """The right matrix with such a kind, each first text replaced by the second."""
    text = changed((COURT, WIDENING + COURT))
    for old, new in edits:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    return text


def test_such_a_kind_shows_nothing_to_who_files_it() -> None:
    matrix = loads(told())
    assert matrix.requests["widening"].widens and not matrix.requests["special"].widens
    assert "widening" not in [kind.name for kind in matrix.requests_used_by(matrix.roles["agent"])]


SECOND = WIDENING.replace("  widening:", "  second:").replace("widens: true", "▸widens: true")
#: What is replaced, by what (with ▸ before the mistake); what the message says.
STORIES: dict[str, tuple[str, ...]] = {
    "canaries": ("widens: true", "widens: true, ▸canaries: true", "of the matrix, and shows nothing"),
    "an erasure": ("widens: true", "widens: true, ▸erases: true", "of the matrix, and shows nothing"),
    "rows": ("widens: true", "widens: true, ▸max_rows: 5", "of the matrix, and shows nothing"),
    "a second one": ("  court:", SECOND + "  court:", "a second kind of request widens"),
    "a yes for a truth": ("widens: true", "widens: ▸yes", "true or false"),
}


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES.keys())
def test_each_contradiction_has_its_place_and_a_reason(story: tuple[str, ...]) -> None:
    *edits, fragment = story
    assert_problems(told(*pairs(list(edits))), fragment)
