"""One thing that a check found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

#: How much later than promised a run may begin: an hour of a changed clock, and one of a server that was down.
GRACE = timedelta(hours=2)
#: The article that a job serves.
ARTICLES = {"retention": "4.3", "pool": "4.2"}


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, `where`, against which article of the policy, and the step that mends it. Never a value."""

    what: str
    where: str
    article: str
    next_step: str
