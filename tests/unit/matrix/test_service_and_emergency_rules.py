"""Roles of unattended services, standing requests and emergencies: what a matrix may say of them (5.2.1, 5.3)."""

from __future__ import annotations

import pytest

from pgcustsec.matrix.load import loads
from tests.unit.matrix.stories import assert_problems, changed, pairs, problems_of

LAWYER = "  lawyer: {department: legal, supervises: true}\n"
DIALLER = "  dialler: {department: sales, service: true, tables: {s.person: {rows: all, tier1: hidden}}}\n"
COURT = "  court: {title: Court,"
DIALLING = (
    "  dialling: {title: Dialling, filed_by: [counter], approvals: [{role: lawyer}], max_days: 30, max_rows: 500,"
    " standing: true}\n"
)
URGENT = (
    "  urgent: {title: Urgent, filed_by: [agent], approvals: [{manager_of: requester}], max_days: 3, max_rows: 50,"
    " emergency_hours: 72}\n"
)

#: The right matrix with a service, its kind of request and an emergency.
WITH = ((LAWYER, LAWYER + DIALLER), (COURT, DIALLING + URGENT + COURT))


def told(*edits: tuple[str, str]) -> str:
    """That matrix with each first text, which must stand there once, replaced by the second."""
    text = changed(*WITH)
    for old, new in edits:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    return text


def test_a_service_its_requests_and_an_emergency_are_what_they_say() -> None:
    matrix = loads(told())
    assert [name for name, role in matrix.roles.items() if role.service] == ["dialler"]
    assert matrix.requests["dialling"].standing and matrix.requests["dialling"].max_rows == 500
    assert (matrix.requests["urgent"].emergency_hours, matrix.requests["urgent"].standing) == (72, False)
    assert matrix.requests["special"].emergency_hours is None


def test_silence_is_no_service_and_no_emergency() -> None:
    text = told(
        ("emergency_hours: 72", "canaries: false"),
        ("standing: true", "standing: false"),
        ("service: true", "service: false"),
    )
    matrix = loads(text)
    assert not any(role.service for role in matrix.roles.values())
    assert not any(kind.standing or kind.emergency_hours for kind in matrix.requests.values())


def test_who_uses_which_kind() -> None:
    matrix = loads(told())
    used = {name: [kind.name for kind in matrix.requests_used_by(role)] for name, role in matrix.roles.items()}
    assert used == {"agent": ["special", "urgent"], "counter": [], "lawyer": ["court"], "dialler": ["dialling"]}


@pytest.mark.parametrize("tier1", ["hidden", "absent"])
def test_a_service_hides_tier_1_or_has_no_column_of_it(tier1: str) -> None:
    matrix = loads(told(("tier1: hidden}}}", f"tier1: {tier1}}}}}}}")))
    assert matrix.roles["dialler"].tables["s.person"].tier1 == tier1


KIND = "filed_by: [counter], approvals: [{role: lawyer}], max_days: 30, max_rows: 500,"
URGENCY = "filed_by: [agent], approvals: [{manager_of: requester}], max_days: 3, max_rows: 50,"

#: What is replaced, by what (with ▸ before the mistake), perhaps more such pairs; what the message says.
STORIES: dict[str, tuple[str, ...]] = {
    "a service that supervises": ("service: true", "supervises: true, ▸service: true", "that is for people"),
    "tier 2 of a service": ("{s.person: {rows: all,", "{▸s.person: {rows: all, tier2: serving,", "serve nobody"),
    "masked tier 1 of a service": ("{s.person: {rows: all, tier1: hidden", "{▸s.person: {rows: all, tier1: masked",
                                   "by standing request alone"),
    "a service that writes": ("{s.person: {rows: all,", "{▸s.person: {rows: all, write: {update: [status]},",
                              "write nothing"),
    "a service that deletes": ("{s.person: {rows: all,", "{▸s.person: {rows: all, write: {delete: true},",
                               "write nothing"),
    "a service that files": (KIND, KIND.replace("[counter]", "[dialler]"), "service: true", "▸service: true",
                             "people file and decide"),
    "a service among those who file": (URGENCY, URGENCY.replace("[agent]", "[agent, dialler]"), "service: true",
                                       "▸service: true", "people file and decide"),
    "a service that approves": (URGENCY, URGENCY.replace("manager_of: requester", "role: dialler"), "service: true",
                                "▸service: true", "people file and decide"),
    "a service that is a custodian": ("custodian: lawyer", "custodian: dialler", "service: true", "▸service: true",
                                      "people file and decide"),
    "a service without a standing kind": ("standing: true", "canaries: false", "service: true", "▸service: true",
                                          "it could do nothing"),
    "a standing kind of no limit": ("max_rows: 500, standing: true", "▸standing: true", "no max_rows"),
    "an emergency of no limit": ("max_rows: 50, emergency_hours: 72", "▸emergency_hours: 72", "no max_rows"),
    "an emergency in bulk": ("max_rows: 50, ", "▸max_rows: 51, ", "50 at most"),
    "an emergency of canaries": ("emergency_hours: 72", "emergency_hours: 72, ▸canaries: true", "no extracts"),
    "a standing kind of canaries": ("standing: true", "standing: true, ▸canaries: true", "no extracts"),
    "an emergency before an authority": (URGENCY, URGENCY.replace("filed_by: [agent]", "custodian: lawyer"),
                                         "emergency_hours: 72", "▸emergency_hours: 72", "approved first (3.3)"),
    "a standing disclosure": (KIND, KIND.replace("filed_by: [counter]", "custodian: lawyer"), "standing: true",
                              "▸standing: true", "approved first (3.3)"),
    "a standing emergency": ("max_rows: 500, standing: true", "max_rows: 50, ▸standing: true, emergency_hours: 4",
                             "two kinds"),
    "no hours": ("emergency_hours: 72", "emergency_hours: ▸0", "1 to 72"),
    "hours below none": ("emergency_hours: 72", "emergency_hours: ▸-1", "1 to 72"),
    "more hours than three days have": ("emergency_hours: 72", "emergency_hours: ▸73", "1 to 72"),
    "hours in words": ("emergency_hours: 72", "emergency_hours: ▸soon", "whole number"),
    "half an hour": ("emergency_hours: 72", "emergency_hours: ▸0.5", "whole number"),
    "a yes for a truth": ("service: true", "service: ▸yes", "true or false"),
    "a misspelt word": ("emergency_hours: 72", "▸emergency_hour: 72", "emergency_hours"),
    "nobody who approves an emergency": (URGENCY, URGENCY.replace("[{manager_of: requester}]", "▸[]"), ""),
}  # fmt: skip


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES.keys())
def test_each_contradiction_has_its_place_and_a_reason(story: tuple[str, ...]) -> None:
    *edits, fragment = story
    assert_problems(told(*pairs(list(edits))), fragment)


def test_a_broken_limit_is_one_mistake_and_not_a_missing_one_as_well() -> None:
    assert_problems(told(("max_rows: 50, ", "max_rows: ▸many, ")), "whole number")


def test_fifty_records_and_one_hour_are_allowed() -> None:
    matrix = loads(told(("emergency_hours: 72", "emergency_hours: 1")))
    assert (matrix.requests["urgent"].max_rows, matrix.requests["urgent"].emergency_hours) == (50, 1)


def test_every_mistake_of_a_service_is_told_at_once() -> None:
    text = told(
        ("{s.person: {rows: all, tier1: hidden", "{s.person: {rows: all, tier2: serving, tier1: masked"),
        (KIND, KIND.replace("[counter]", "[counter, dialler]")),
        ("max_rows: 50, ", "max_rows: 500, "),
    )
    said = sorted(problem.message for problem in problems_of(text))
    assert [any(words in one for one in said) for words in ("tier2 of", "tier1 of", "people file", "50 at most")] == [
        True
    ] * 4
    assert len(said) == 4
