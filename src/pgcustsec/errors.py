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

    def __init__(self, source: str, problems: Sequence[Problem], *, what: str = "the role matrix") -> None:
        self.source = source
        self.problems = tuple(problems)
        count = len(self.problems)
        super().__init__(f"{source}: {count} problem{'' if count == 1 else 's'} in {what}")


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


class Locked(Refused):
    """Others hold a lock that the work needs, and did not let go of it in time: to be tried again."""


class Finding(PgcustsecError):
    """The work was done and what it looked for was found: drift, a widening, a denied access."""

    exit_code = EXIT_FINDING


@dataclass(frozen=True, slots=True)
class SqlState:
    """
    One rule that the database refuses by: its SQLSTATE, what clients call it, which policy article it serves.

    `meaning` says what was refused, `next_step` what the person can do; the message that the database raises names
    the object besides, never a value.
    """

    code: str
    name: str
    article: str
    meaning: str
    next_step: str


#: Every SQLSTATE that pgcustsec raises: class CS, one per rule. A code is never given another meaning, nor used again.
SQLSTATES: tuple[SqlState, ...] = (
    # CS0: who asks
    SqlState("CS001", "nobody", "2.3", "the login is registered to no active member of staff", "use your own login"),
    SqlState("CS002", "role_not_held", "5.3", "the person does not hold the role", "ask for the role your work needs"),
    SqlState("CS003", "token_invalid", "2.3", "the token is forged, malformed or another's", "mint a new token"),
    SqlState("CS004", "token_expired", "2.3", "the token's term is over", "mint a new token"),
    SqlState("CS005", "session_missing", "5.2.4", "no session is open", "SELECT pgcustsec.start_session(purpose)"),
    SqlState("CS006", "session_over", "5.2.4", "the session has ended", "SELECT pgcustsec.start_session(purpose)"),
    SqlState("CS007", "purpose_unknown", "4.3", "the purpose is not one of the matrix, or not the role's", "name one"),
    SqlState("CS008", "person_left", "5.3", "the person has left", "an administrator registers a person who is back"),
    # CS1: cleared or not
    SqlState("CS101", "not_cleared", "5.2.4", "the person is not cleared for tier 1 and 2", "see pgcustsec.whoami()"),
    SqlState("CS102", "agreement_missing", "3.4", "an agreement is not signed, or no longer in force", "sign it"),
    SqlState("CS103", "password_overdue", "2.4", "the login's password is older than its term", "change the password"),
    SqlState("CS104", "person_suspended", "4.2", "the person is suspended", "rectify the finding"),
    SqlState("CS105", "role_suspended", "4.2", "the role is suspended", "rectify the finding"),
    SqlState("CS106", "department_suspended", "4.2", "the department is suspended", "rectify the finding"),
    SqlState("CS107", "isolation_level", "5.2.4", "the transaction is not READ COMMITTED", "begin it READ COMMITTED"),
    # CS2: opening records
    SqlState("CS201", "not_in_scope", "5.2.2", "no such record, or none that the role sees", "check the key"),
    SqlState("CS202", "tier_not_held", "5.2.1", "the role has no right to open tier 1 here", "file a request"),
    SqlState("CS203", "record_not_open", "5.2.1", "the record is not open", "SELECT pgcustsec.open_record(...)"),
    SqlState(
        "CS204", "openings_spent", "5.2.1", "today's budget of openings is spent", "go on tomorrow, or file a request"
    ),
    SqlState("CS205", "customers_spent", "5.2.1", "today's budget of customers is spent", "go on tomorrow"),
    SqlState("CS206", "reason_missing", "5.2.4", "a record is opened for a stated reason only", "give the reason"),
    SqlState("CS207", "find_not_allowed", "5.2.1", "the column cannot be searched by value", "use a column with find"),
    SqlState("CS208", "relation_unknown", "5.2.5", "the table is not in the matrix", "name a table of the matrix"),
    SqlState("CS209", "column_unknown", "5.2.5", "the column is not in the matrix", "name a column of the matrix"),
    # CS3: requests, extracts, disclosures
    SqlState("CS301", "request_unknown", "5.2.1", "there is no such request, or it is not yours", "check its number"),
    SqlState("CS302", "request_not_approved", "5.2.1", "the request is not approved", "wait for every approval"),
    SqlState("CS303", "own_request", "5.2.1", "nobody decides on their own request", "another approver decides"),
    SqlState("CS304", "already_decided", "5.2.1", "the request was decided, or this step by you", "file a new one"),
    SqlState("CS305", "not_the_approver", "5.2.1", "this step is another's to decide", "see who is asked"),
    SqlState("CS306", "term_missing", "4.3", "a request names its term of use", "give the days"),
    SqlState("CS307", "term_too_long", "4.3", "the term is longer than the matrix allows", "ask for fewer days"),
    SqlState("CS308", "term_over", "4.3", "the term is over", "file a new request"),
    SqlState("CS309", "beyond_request", "5.2.1", "the request does not cover this row or column", "file another"),
    SqlState("CS310", "request_withdrawn", "5.2.1", "the request was withdrawn", "file a new one"),
    SqlState("CS311", "extract_exists", "4.3", "the extract was made already", "destroy it, then file a new request"),
    SqlState(
        "CS312", "not_custodian", "3.3", "only the designated custodian handles a disclosure", "ask the custodian"
    ),
    SqlState("CS313", "handed_over", "3.3", "the disclosure was handed over, its copy destroyed", "nothing is left"),
    SqlState("CS314", "emergency", "5.2.1", "the request is an emergency, not approved yet", "have it decided first"),
    # CS4: writing
    SqlState("CS401", "masked_value", "3.1", "a masked value would overwrite a true one", "write the true value"),
    SqlState(
        "CS402", "hidden_cell", "3.1", "the role does not see this cell, so cannot change it", "leave it as it is"
    ),
    SqlState(
        "CS403", "clearing_unsaid", "3.1", "a value would be cleared unsaid", "SET LOCAL pgcustsec.clear = 'column'"
    ),
    SqlState("CS404", "value_taken", "3.1", "another record has this value already", "look whose it is: find()"),
    SqlState("CS405", "bad_shape", "3.1", "the value does not have the shape of its kind", "check the value"),
    SqlState("CS406", "column_not_writable", "5.3", "the role may not write this column", "leave it out"),
    SqlState(
        "CS407", "write_out_of_scope", "5.2.2", "the row would lie outside the role's scope", "change its owner last"
    ),
    SqlState("CS408", "reference_missing", "3.1", "the row refers to one that is not there", "write that one first"),
    SqlState("CS409", "rule_broken", "3.1", "the row breaks a rule of its table", "see the named constraint"),
    SqlState("CS410", "still_referred_to", "3.1", "other rows refer to this one", "remove those first"),
    SqlState("CS411", "plain_value", "5.2.1", "a base table keeps masked forms only", "write through the role's view"),
    # CS5: term, holds, pool
    SqlState("CS501", "on_hold", "4.3", "a legal hold stops the destruction", "the hold's holder releases it"),
    SqlState("CS502", "not_in_pool", "4.2", "the prospect is not in the shared pool", "choose another"),
    SqlState("CS503", "claim_limit", "4.2", "the person holds as many claims as the matrix allows", "release one"),
    SqlState(
        "CS504", "cool_down", "4.2", "the prospect was this person's a short while ago", "wait, or choose another"
    ),
    SqlState(
        "CS505", "not_the_holder", "4.2", "the prospect is not this person's to release", "its holder releases it"
    ),
    SqlState(
        "CS506", "retention_over", "4.3", "the record's term is over, it awaits destruction", "nothing is left to do"
    ),
    SqlState("CS507", "still_running", "4.3", "a date to come keeps the customer", "erase when it is over"),
    # CS6: supervision
    SqlState("CS601", "not_supervisor", "5.1", "only a supervising role does this", "ask a supervisor"),
    SqlState("CS602", "finding_open", "4.2", "the finding is not rectified", "record the rectification first"),
    SqlState("CS603", "own_finding", "5.1", "nobody closes a finding about themselves", "another supervisor closes it"),
    SqlState("CS604", "evidence_kept", "5.2.4", "evidence is neither changed nor removed", "record a correction"),
    SqlState("CS605", "lockout", "5.1", "this would leave nobody to administer", "name another administrator first"),
    # CS9: how it is set up
    SqlState("CS901", "not_applied", "5.3", "no matrix was applied here", "pgcustsec apply"),
    SqlState("CS902", "key_missing", "5.2.1", "the vault or token key is not there", "pgcustsec vault status"),
)
