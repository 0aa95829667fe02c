"""
Staff, what they hold, and their logins (2.2 to 2.4, 5.3).

Who a person is and which roles they hold stands in `pgcustsec_internal`; what their login may touch follows from it in
the same transaction.
"""

from __future__ import annotations

from pgcustsec.people.ending import Ended, end_connections
from pgcustsec.people.logins import (
    PERSON_CONNECTIONS,
    UNLIMITED,
    Login,
    application_login,
    create_application_login,
    create_login,
    disable_login,
    enable_login,
    list_logins,
)
from pgcustsec.people.members import Member
from pgcustsec.people.outcome import Outcome
from pgcustsec.people.passwords import MAXIMUM_DAYS, PASSWORD_RULE
from pgcustsec.people.staff import add_staff, find_staff, leave_staff, list_staff, move_staff, reports_of

__all__ = [
    "MAXIMUM_DAYS",
    "PASSWORD_RULE",
    "PERSON_CONNECTIONS",
    "UNLIMITED",
    "Ended",
    "Login",
    "Member",
    "Outcome",
    "add_staff",
    "application_login",
    "create_application_login",
    "create_login",
    "disable_login",
    "enable_login",
    "end_connections",
    "find_staff",
    "leave_staff",
    "list_logins",
    "list_staff",
    "move_staff",
    "reports_of",
]
