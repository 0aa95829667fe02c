"""
What can go wrong, one class per failure, each with the exit code the command line ends with.

A message says what was asked and which object or matrix line it concerns; ``hint`` says the next step.
Neither ever carries a customer's value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

EXIT_DONE = 0
EXIT_FINDING = 1
EXIT_USAGE = 2
EXIT_DATABASE = 3
EXIT_REFUSED = 4


class PgcustsecError(Exception):
    """The base of every error of ours; ``exit_code`` is what a command ends with."""

    exit_code = EXIT_USAGE

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a matrix file: where (1-based; 0 when unknown), what, and what to write instead."""

    line: int
    column: int
    message: str
    hint: str | None = None


class MatrixError(PgcustsecError):
    """The role matrix cannot be used; ``problems`` holds everything wrong with it, in file order."""

    def __init__(self, source: str, problems: Sequence[Problem]) -> None:
        self.source = source
        self.problems = tuple(problems)
        count = len(self.problems)
        super().__init__(f"{source}: {count} problem{'' if count == 1 else 's'} in the role matrix")


class UsageError(PgcustsecError):
    """What was asked does not make sense as asked."""


class SchemaMismatch(PgcustsecError):
    """The matrix names a table, column or key that the database does not have as described."""


class Unreachable(PgcustsecError):
    """No connection to the database, or to no database that can serve."""

    exit_code = EXIT_DATABASE


class NotAllowed(PgcustsecError):
    """The connected role lacks a right that the work needs."""

    exit_code = EXIT_DATABASE


class Refused(PgcustsecError):
    """A safety guard stopped the work: stale plan, lock timeout, another plan running."""

    exit_code = EXIT_REFUSED


class Finding(PgcustsecError):
    """The work was done and what it looked for was found: drift, a widening, a denied access."""

    exit_code = EXIT_FINDING
