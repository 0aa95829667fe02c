"""Who may speak for whom, who is at work, and how much of their day's budget is spent (2.3, 5.2.1, 5.2.4)."""

from pgcustsec.access.budgets import Budget, list_budgets
from pgcustsec.access.explain import Verdict, Way, explain_access, who_may_see
from pgcustsec.access.keys import TokenKey, list_keys, retire_key, rotate_key
from pgcustsec.access.sessions import Session, end_session, list_sessions

__all__ = [
    "Budget",
    "Session",
    "TokenKey",
    "Verdict",
    "Way",
    "end_session",
    "explain_access",
    "list_budgets",
    "list_keys",
    "list_sessions",
    "retire_key",
    "rotate_key",
    "who_may_see",
]
