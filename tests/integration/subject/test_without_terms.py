"""Customers of a matrix that has no rules of retention are told of and erased all the same (4.3)."""

from __future__ import annotations

from dataclasses import replace

from pgcustsec.matrix.model import Approval, RequestKind
from pgcustsec.migrate import apply_matrix
from tests.cluster import Server
from tests.work import begin_work
from tests.worlds import crm_world

LEFT = """
SELECT (SELECT array_agg(customer_id ORDER BY 1) FROM crm.customer), (SELECT array_agg(policy_id) FROM crm.policy),
    (SELECT array_agg(claim_id) FROM crm.claim), (SELECT array_agg(visit_id) FROM crm.visit)
"""


def test_without_rules_of_retention_a_customer_is_told_of_and_erased(server: Server) -> None:
    kind = RequestKind("erasure", "删除申请", (Approval(manager_of="requester"),), 5, ("sales_agent",), erases=True)
    with crm_world(server) as world:
        with world.connect(world.admin) as connection:
            apply_matrix(connection, replace(world.matrix, requests={"erasure": kind}))
        with world.database.connect(user=world.login("li")) as li:
            begin_work(li)
            [(told,)] = li.execute("SELECT pgcustsec.show_subject('crm.customer', '1')").fetchall()
            assert told["facts"]["term"] == {"rule": None, "until": None, "kept_longer": []}
            assert {one["table"]: len(one["rows"]) for one in told["held"]} == {
                "crm.customer": 1, "crm.policy": 1, "crm.visit": 2,
            }  # fmt: skip
            [(number,)] = li.execute("SELECT pgcustsec.file_erasure('crm.customer', '{1}', 'a letter')").fetchall()
            with world.database.connect(user=world.login("zhao")) as zhao:
                zhao.execute("SELECT pgcustsec.decide_request(%s, 'approve', 'their right')", [number])
            li.execute("SELECT pgcustsec.erase(%s)", [number])
        with world.database.connect() as connection:
            assert connection.execute(LEFT).fetchall() == [([2, 3, 4], [20], [200], [3])]
            certificate = "SELECT rule, request_id, action, counts -> 'crm.claim' FROM pgcustsec_internal.certificate"
            assert connection.execute(certificate).fetchall() == [(None, number, "destroyed", 1)]
