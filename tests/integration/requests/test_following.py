"""Who sees which request, what became of it, and what listeners are told (5.1, 5.2.4)."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from tests.integration.clients.world import Broker
from tests.integration.disclosures.custody import disclosed, name_custodian
from tests.integration.requests.office import (
    amend,
    audited,
    filed,
    heard,
    login,
    seen,
    state,
    step,
)


@pytest.fixture
def number(broker: Broker) -> int:
    """A request of li's: zhao decides first, then luo."""
    return filed(broker)


def test_everybody_reads_their_own_and_what_they_decide_and_supervisors_all(broker: Broker, number: int) -> None:
    """Events go with requests; an approver of a later step sees it from the first on."""
    other = filed(broker, "chen", purpose="servicing")
    name_custodian(broker, "legal", "U1")
    with login(broker, "ouyang") as custodian:
        disclosure = disclosed(custodian)
    expected = {
        "li": {number},
        "chen": {other},
        "wang": set(),
        "sun": set(),
        "zhao": {number},
        "luo": {number, other, disclosure},
        "qin": {number, other, disclosure},
        "ouyang": {disclosure},
    }
    for name, numbers in expected.items():
        assert {row[0] for row in seen(broker, name)} == numbers, name
        with login(broker, name) as person:
            rows = person.execute("SELECT DISTINCT request_id FROM pgcustsec.request_events").fetchall()
        assert {row[0] for row in rows} == numbers, name
    assert seen(broker, "zhao", "mine_to_decide") == [(True,)]
    assert seen(broker, "luo", "mine_to_decide") == [(False,), (False,), (True,)]
    assert seen(broker, "qin", "mine_to_decide") == [(False,)] * 3


def test_who_decided_still_sees_it_when_they_are_the_manager_no_more(broker: Broker, number: int) -> None:
    step(broker, "zhao", number)
    broker.execute("UPDATE pgcustsec_internal.staff SET manager_id = NULL WHERE staff_id = 'S1'")
    assert seen(broker, "zhao") == [(number, "in approval")]


def test_events_say_what_happened_by_whom_and_why(broker: Broker, number: int) -> None:
    amend(broker, "li", number)
    step(broker, "zhao", number, "approve", "for the renewal")
    with login(broker, "luo") as luo:
        rows = luo.execute(
            "SELECT kind, staff_id, full_name, step, comment FROM pgcustsec.request_events WHERE request_id = %s"
            " ORDER BY event_id",
            [number],
        ).fetchall()
    assert rows == [
        ("filed", "S1", "N. S1", None, None),
        ("amended", "S1", "N. S1", None, None),
        ("approved", "M1", "N. M1", 1, "for the renewal"),
    ]


@pytest.fixture
def listener(broker: Broker, application: str) -> Iterator[psycopg.Connection[object]]:
    """An application that speaks for nobody at the moment: it sends mail, say."""
    with broker.database.connect(user=application) as web:
        web.execute("LISTEN pgcustsec_requests")
        yield web


def test_every_step_is_told_by_its_number_and_no_more(
    broker: Broker, number: int, listener: psycopg.Connection[object]
) -> None:
    steps = (
        (lambda: amend(broker, "li", number), "amended"),
        (lambda: step(broker, "zhao", number, "approve", "secret reason"), "approved"),
        (lambda: step(broker, "luo", number, "refuse", "secret reason"), "refused"),
    )
    for do, word in steps:
        assert heard(listener, do) == [("pgcustsec_requests", f"{number} {word}")]
    assert heard(listener, lambda: step(broker, "luo", number)) == [], "what is refused is told to nobody"


def test_what_is_rolled_back_is_told_to_nobody(
    broker: Broker, number: int, listener: psycopg.Connection[object]
) -> None:
    def back() -> None:
        with login(broker, "zhao") as zhao:
            zhao.execute("BEGIN")
            zhao.execute("SELECT pgcustsec.decide_request(%s, 'approve', 'ok')", [number])
            zhao.execute("ROLLBACK")

    assert heard(listener, back) == []
    assert (state(broker, number), audited(broker, number)) == ("filed", [("request_filed", "S1", None)])
