"""The tour on the whole loop: what goes beyond one masked record is asked for, decided on, recorded, supervised."""

from pgcustsec.demo.loop.evidence import what_is_recorded
from pgcustsec.demo.loop.extract import take_extract
from pgcustsec.demo.loop.full import open_in_full
from pgcustsec.demo.loop.office import Office
from pgcustsec.demo.loop.suspension import suspend_and_reinstate
from pgcustsec.demo.loop.terms import end_of_terms

__all__ = [
    "Office",
    "end_of_terms",
    "open_in_full",
    "suspend_and_reinstate",
    "take_extract",
    "what_is_recorded",
]
