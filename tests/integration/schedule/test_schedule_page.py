"""The page on schedules: what it tells to type works, in its order, over the logins that it says (4.2, 4.3)."""

from __future__ import annotations

import pytest

from tests.docs.markdown import DOCS, blocks
from tests.integration.clients.world import Broker
from tests.integration.requests.test_page import _run
from tests.integration.retention.world import more, there
from tests.integration.schedule.world import runs

pytestmark = pytest.mark.one_server


def test_what_the_page_tells_to_type_works(broker: Broker) -> None:
    more(broker, 1001, 1003)
    marked = [block for block in blocks(DOCS / "schedule.md") if block.mark.startswith("run")]
    assert len(marked) == 3
    for block in marked:
        _run(broker, block)
    assert [(job, how, complete) for job, how, complete, _, _ in runs(broker)] == [("retention", "procedure", True)]
    assert 1001 not in there(broker)
    assert broker.rows("SELECT job, line FROM pgcustsec_internal.job_schedule ORDER BY schedule_id") == [
        ("retention", "18:00"),
        ("pool", "18:00"),
        ("retention", "19:30"),
    ]
