"""
Disclosures to authorities (监管司法调取): filing, handing over, and the register (登记簿) of them (3.3).

    from pgcustsec.disclosures import file_disclosure, hand_over
    number = file_disclosure(connection, "disclosure", "disclosure", "crm.customer", ["name", "mobile"], keys=["1017"],
                             days=5, authority="...", legal_basis="...", document_number="...")
    hand_over(connection, number, "to officer Zhao, receipt 2026-118")

A disclosure is a request that the named custodian of a department alone handles. Approving it, opening its records and
its extract are those of any request: `pgcustsec.requests`, `pgcustsec.extracts`.
"""

from pgcustsec.disclosures.custodians import Custodian, list_custodians, name_custodian
from pgcustsec.disclosures.register import Disclosure, find_disclosure, list_disclosures
from pgcustsec.disclosures.steps import file_disclosure, hand_over

__all__ = [
    "Custodian",
    "Disclosure",
    "file_disclosure",
    "find_disclosure",
    "hand_over",
    "list_custodians",
    "list_disclosures",
    "name_custodian",
]
