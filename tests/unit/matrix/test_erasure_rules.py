"""Kinds of request by which customers are erased: what a matrix may say of them (4.3, 5.2.2)."""

from __future__ import annotations

import pytest

from pgcustsec.matrix.load import loads
from tests.unit.matrix.stories import assert_problems, changed, pairs

COURT = "  court: {title: Court,"
ERASURE = (
    "  erasure: {title: Erasure, filed_by: [agent], approvals: [{manager_of: requester}], max_days: 30, erases: true}\n"
)


def told(*edits: tuple[str, str]) -> str:
    """The right matrix with such a kind, each first text replaced by the second."""
    text = changed((COURT, ERASURE + COURT))
    for old, new in edits:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    return text


def test_such_a_kind_shows_nothing_to_who_files_it() -> None:
    matrix = loads(told())
    agent = matrix.roles["agent"]
    assert matrix.requests["erasure"].erases and not matrix.requests["special"].erases
    assert [kind.name for kind in matrix.erasures_by(agent)] == ["erasure"]
    assert "erasure" not in [kind.name for kind in matrix.requests_used_by(agent)]


#: What is replaced, by what (with ▸ before the mistake); what the message says.
STORIES: dict[str, tuple[str, ...]] = {
    "canaries": ("erases: true", "erases: true, ▸canaries: true", "no extracts"),
    "an emergency": ("max_days: 30, erases: true", "max_days: 30, max_rows: 3, ▸emergency_hours: 4, erases: true",
                     "nothing is destroyed unapproved"),
    "a standing kind": ("max_days: 30, erases: true", "max_days: 30, max_rows: 3, ▸standing: true, erases: true",
                        "no service destroys"),
    "an authority's": ("title: Erasure, filed_by: [agent],", "title: Erasure, ▸custodian: lawyer,",
                       "not destroyed by it"),
    "a role that serves nobody": ("title: Erasure, filed_by: [agent],", "title: Erasure, filed_by: [▸lawyer],",
                                  "sees tier 2 of none"),
    "a yes for a truth": ("erases: true", "erases: ▸yes", "true or false"),
    "a misspelt word": ("erases: true", "▸erase: true", "erases"),
}  # fmt: skip


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES.keys())
def test_each_contradiction_has_its_place_and_a_reason(story: tuple[str, ...]) -> None:
    *edits, fragment = story
    assert_problems(told(*pairs(list(edits))), fragment)
