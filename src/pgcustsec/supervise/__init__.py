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
from pgcustsec.supervise.runs import JOBS, Run, latest_runs, recorded
from pgcustsec.supervise.suspensions import Suspended, Suspension, list_suspensions, rectify, reinstate, suspend

__all__ = [
    "JOBS",
    "KINDS",
    "Entry",
    "Ledger",
    "Run",
    "Signature",
    "Suspended",
    "Suspension",
    "Text",
    "latest_runs",
    "ledger",
    "list_agreements",
    "list_suspensions",
    "own_agreements",
    "publish_agreement",
    "recorded",
    "rectify",
    "reinstate",
    "search_audit",
    "sign_agreement",
    "suspend",
]
