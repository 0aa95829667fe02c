"""The README's statement that compares a number, and its fix: on the server the one finds nothing, the other finds."""

from __future__ import annotations

import re

from tests.docs.generated import ASKED
from tests.docs.markdown import README
from tests.integration.clients.world import Broker


def test_the_fix_finds_whom_the_statement_that_compares_a_number_does_not(broker: Broker) -> None:
    [fix] = re.findall(r'query check --role sales_agent - <<< "(.*?)"', README.read_text(encoding="utf-8"), re.DOTALL)
    with broker.person("li") as li:
        assert li.execute(ASKED.encode()).fetchall() == []
        [(name, _)] = li.execute(fix.replace(":'mobile'", "%s").encode(), ["13812345678"]).fetchall()
        assert name == "王**"
    assert broker.rows("SELECT record_key FROM pgcustsec_internal.audit WHERE kind = 'searched'") == [("1",)]
