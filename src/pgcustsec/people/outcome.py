"""What a command on people did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

Subject = TypeVar("Subject")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Subject]):
    """`subject` as it is now, what was `done` to get there, and `notices` of what somebody should look at."""

    subject: Subject
    done: tuple[str, ...]
    notices: tuple[str, ...] = ()
