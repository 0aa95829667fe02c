"""The page on what customers wish: what it tells to type works, in its order, over the logins that it says (4.3)."""

from __future__ import annotations

import psycopg
import pytest

from tests.docs.markdown import DOCS, blocks
from tests.integration.clients.world import Broker
from tests.integration.requests.test_page import _run

PAGE = DOCS / "subject.md"


def test_what_the_page_tells_to_type_works(broker: Broker) -> None:
    marked = [block for block in blocks(PAGE) if block.mark.startswith("run")]
    assert len(marked) == 7
    broker.person("chen").close()
    for block in marked:
        if block.fails:
            with pytest.raises(psycopg.Error, match=r"4 by crm\.policy\.ends_on, which runs until 2027-02-28"):
                _run(broker, block)
        else:
            _run(broker, block)
    assert broker.rows('SELECT mobile FROM pgcustsec_vault."crm.customer" WHERE customer_id = 1') == [("13812340000",)]
    assert broker.rows("SELECT count(*) FROM crm.customer WHERE customer_id = 4") == [(1,)]
