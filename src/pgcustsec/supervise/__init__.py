"""What those see and do who supervise: evidence, agreements, suspensions; not customers (5.1)."""

from pgcustsec.supervise.agreements import (
    Signature,
    Text,
    list_agreements,
    own_agreements,
    publish_agreement,
    sign_agreement,
)
from pgcustsec.supervise.audit import KINDS, Entry, Ledger, ledger, search_audit
from pgcustsec.supervise.suspensions import Suspended, Suspension, list_suspensions, rectify, reinstate, suspend

__all__ = [
    "KINDS",
    "Entry",
    "Ledger",
    "Signature",
    "Suspended",
    "Suspension",
    "Text",
    "ledger",
    "list_agreements",
    "list_suspensions",
    "own_agreements",
    "publish_agreement",
    "rectify",
    "reinstate",
    "search_audit",
    "sign_agreement",
    "suspend",
]
