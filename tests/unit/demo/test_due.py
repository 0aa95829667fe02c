"""What the tour's claims end in where the database answers otherwise: a finding, which repeats no value."""

from __future__ import annotations

import psycopg
import pytest

from pgcustsec.demo.due import hold, refused
from pgcustsec.errors import Finding, NotAllowed


class OwnRequest(psycopg.DatabaseError):
    sqlstate = "CS303"


def refuse() -> None:
    try:
        raise OwnRequest
    except OwnRequest as error:
        raise NotAllowed("nobody decides on their own request") from error


def refuse_plainly() -> None:
    raise OwnRequest


def test_what_is_due_is_no_finding() -> None:
    hold("the mobile of customer 7", "13800001111", "13800001111")


def test_what_is_not_due_is_a_finding_that_repeats_neither_value() -> None:
    with pytest.raises(Finding) as found:
        hold("the mobile of customer 7", "13800001111", "***")
    assert "the mobile of customer 7" in found.value.message
    assert "1380000" not in found.value.message


def test_the_refusal_that_is_due_is_what_comes_back_of_a_command_and_of_sql() -> None:
    assert refused("approving", refuse, "CS303") == "CS303"
    assert refused("approving", refuse_plainly, "CS303") == "CS303"


def test_another_refusal_is_a_finding() -> None:
    with pytest.raises(Finding, match="refusal CS305 was due"):
        refused("approving", refuse, "CS305")


def test_no_refusal_is_a_finding() -> None:
    with pytest.raises(Finding, match="let it pass"):
        refused("approving", lambda: None, "CS303")
