"""The page on the pool: what it tells to type works, in its order, over the logins that it says (4.2)."""

from __future__ import annotations

from tests.docs.markdown import DOCS, blocks
from tests.integration.clients.world import Broker
from tests.integration.requests.test_page import _run

PAGE = DOCS / "pool.md"


def test_what_the_page_tells_to_type_works(broker: Broker) -> None:
    marked = [block for block in blocks(PAGE) if block.mark.startswith("run")]
    assert len(marked) == 6
    with broker.person("li"), broker.person("qin"):
        pass  # they have signed what they sign
    for block in marked:
        _run(broker, block)
    assert broker.rows("SELECT count(*) FROM pgcustsec_internal.pool_claim_end WHERE how = 'released'") == [(2,)]
