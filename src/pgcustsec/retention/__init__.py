"""
Terms of keeping (4.3): destroying what is past its term, what is due and what was destroyed, legal holds; and what a
customer wishes: to know what is held, to have it corrected, to be erased.

    from pgcustsec.retention import retention_status, sweep
    done = sweep(connection)
    for rule in retention_status(connection): ...

Each batch is one function of the database, `pgcustsec.sweep(relation, batch)`, and one transaction.
"""

from pgcustsec.retention.holds import Hold, list_holds, place_hold, release_hold
from pgcustsec.retention.status import Certificate, RuleStatus, list_certificates, retention_status
from pgcustsec.retention.subject import Corrected, Place, correct, erase, file_erasure, find_place, show_subject
from pgcustsec.retention.sweep import Swept, restamp, sweep

__all__ = [
    "Certificate",
    "Corrected",
    "Hold",
    "Place",
    "RuleStatus",
    "Swept",
    "correct",
    "erase",
    "file_erasure",
    "find_place",
    "list_certificates",
    "list_holds",
    "place_hold",
    "release_hold",
    "restamp",
    "retention_status",
    "show_subject",
    "sweep",
]
