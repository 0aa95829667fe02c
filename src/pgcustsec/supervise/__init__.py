"""What those see who supervise: evidence, not customers (5.1)."""

from pgcustsec.supervise.audit import KINDS, Entry, Ledger, ledger, search_audit

__all__ = ["KINDS", "Entry", "Ledger", "ledger", "search_audit"]
