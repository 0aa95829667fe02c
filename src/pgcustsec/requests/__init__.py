"""
Special applications (专项事务申请): filing, deciding, and what became of them (3.3, 4.3, 5.2.1).

    from pgcustsec.requests import file_request, parse_conditions
    number = file_request(connection, "special", "selling", "crm.customer", ["name", "mobile"],
                          where=parse_conditions(["branch_code=BJ"]), days=7)

Everything is a function of the database, called with the login's own rights: who decides, and what is refused, it says.
"""

from pgcustsec.requests.conditions import Condition, parse_conditions
from pgcustsec.requests.deputies import Deputy, approve_deputy, end_deputy, list_deputies, name_deputy
from pgcustsec.requests.listing import Event, Request, events_of, find_request, list_requests
from pgcustsec.requests.steps import (
    amend_request,
    decide_request,
    file_request,
    file_widening,
    submit_request,
    withdraw_request,
)

__all__ = [
    "Condition",
    "Deputy",
    "Event",
    "Request",
    "amend_request",
    "approve_deputy",
    "decide_request",
    "end_deputy",
    "events_of",
    "file_request",
    "file_widening",
    "find_request",
    "list_deputies",
    "list_requests",
    "name_deputy",
    "parse_conditions",
    "submit_request",
    "withdraw_request",
]
