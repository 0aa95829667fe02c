"""Which functions and views of schema pgcustsec a role may use: those that its work is about, and no other (5.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pgcustsec.compile.pool import claims
from pgcustsec.compile.reading import Reading
from pgcustsec.compile.vault.sealed import sealed_columns
from pgcustsec.matrix.model import Matrix, Role, Write
from pgcustsec.objects import OWNER, Grant

#: What everybody has who holds a role.
EVERYBODY = (
    ("whoami", ""),
    ("start_session", "text"),
    ("end_session", ""),
    ("register_session", "text"),
    ("my_agreements", ""),
    ("sign_agreement", "text, text"),
    ("rectify", "bigint, text"),
    ("decide_request", "bigint, text, text"),
    ("extract_destroyed", "bigint, text"),
    ("explain_access", "text, text, text, name"),
    ("name_deputy", "text, timestamp with time zone, timestamp with time zone"),
    ("end_deputy", "bigint"),
)
#: What the views of schema pgcustsec call, which ask it of their reader; without USAGE of its schema nobody names it.
CALLED_BY_VIEWS = (
    ("request_seen", "bigint"),
    ("extract_seen", "bigint"),
    ("disclosure_seen", "bigint"),
)
CALLED_BY_EVIDENCE = (("agreements_of", "text"), ("pool_seen", ""))
#: What an unattended service has in place of that.
SERVING = (
    ("whoami", ""),
    ("start_session", "text"),
    ("end_session", ""),
    ("register_session", "text"),
    ("close_record", "text"),
    ("open_full", "bigint, text"),
)
REQUESTING = (
    ("file_request", "text, text, text, text[], jsonb, text[], integer, integer, boolean"),
    ("amend_request", "bigint, text[], jsonb, text[], integer, integer"),
    ("submit_request", "bigint"),
    ("withdraw_request", "bigint"),
)
#: For whom requests show something.
TAKING = (
    ("open_full", "bigint, text"),
    ("begin_extract", "bigint, text, text"),
    ("extract_finished", "bigint, text, bigint"),
)
#: For who has customers erased who wish it.
ERASING = (("file_erasure", "text, text[], text"), ("erase", "bigint"))
#: For who asks that the matrix be widened.
WIDENING = (("file_widening", "text, text, text, integer"),)
#: For who answers for a service.
STANDING = (("file_standing_request", "text, text, text, text, text[], jsonb, text[], integer, integer"),)
#: For the role of a kind's custodian; which of its holders is the custodian, the database asks (3.3).
DISCLOSING = (
    ("file_disclosure", "text, text, text, text[], jsonb, text[], integer, text, text, text, integer"),
    ("hand_over", "bigint, text"),
)
OPENING = (
    ("open_record", "text, text, text"),
    ("open_record", "regclass, text, text"),
    ("close_record", "text"),
    ("close_record", "regclass"),
    ("open_place", "text"),
    ("show_record", "text, text, text, text"),
)
SEARCHING = (("find", "text, name, text"), ("find", "regclass, name, text"))
SPENDING = (("my_budget", ""),)
#: For roles that see the shared pool (共享池): its prospects are theirs to take (4.2).
CLAIMING = (("claim", "text, text"), ("release", "text, text"))
WRITING = (
    ("my_changes", ""),
    ("confirm_change", "bigint, text"),
    ("row_place", "text, text"),
    ("who_corrects", "text, text[]"),
)
#: For roles that see customers: what a customer may know of what is held on them.
TELLING = (("show_subject", "text, text"), ("subject_facts", "text, text"))
#: Evidence, for who supervises (5.1), and what they do.
EVIDENCE = (
    *("change_history", "access_log", "access_ledger", "agreements", "suspensions", "custodians"),
    *("holds", "certificates", "pool_checks", "job_runs", "job_schedules"),
)
SUPERVISING = (
    ("publish_agreement", "text, text, timestamp with time zone"),
    ("suspend", "text, text, text, text"),
    ("end_connections", "bigint"),
    ("reinstate", "bigint, text"),
    ("name_custodian", "text, text"),
    ("who_may_see", "text, name"),
    ("approve_deputy", "bigint"),
    ("canaries", ""),
    ("place_hold", "text, text[], jsonb, text, text, timestamp with time zone"),
    ("release_hold", "bigint, text"),
    ("retention_status", "integer"),
)


def api_grants(matrix: Matrix, role: Role, group: str, readings: Sequence[Reading]) -> Iterator[Grant]:
    """What the holders of *role* have of schema pgcustsec; *readings* are the role's own."""
    for view in ("sessions", "requests", "request_events", "extracts", "deputies", "disclosures"):
        yield Grant("table", ("pgcustsec", view), group, OWNER, frozenset({"SELECT"}))
    for name, arguments in (*CALLED_BY_VIEWS, *(CALLED_BY_EVIDENCE if role.supervises else ())):
        yield Grant("function", ("pgcustsec_internal", name, arguments), group, OWNER, frozenset({"EXECUTE"}))
    if role.supervises:
        for view in EVIDENCE:
            yield Grant("table", ("pgcustsec", view), group, OWNER, frozenset({"SELECT"}))
    if role.service:
        for name, arguments in SERVING:
            yield Grant("function", ("pgcustsec", name, arguments), group, OWNER, frozenset({"EXECUTE"}))
        return
    kinds = [kind for kind in matrix.requests.values() if role.name in (*kind.filed_by, kind.custodian)]
    takes = any(not kind.erases and not kind.widens for kind in kinds)
    stands = any(role.name in kind.filed_by and kind.standing for kind in matrix.requests.values())
    discloses = any(role.name == kind.custodian for kind in matrix.requests.values())
    more = (
        *(SUPERVISING if role.supervises else ()),
        *(REQUESTING if kinds else ()),
        *(TAKING if takes else ()),
        *(ERASING if matrix.erasures_by(role) else ()),
        *(WIDENING if any(kind.widens for kind in kinds) else ()),
        *(STANDING if stands else ()),
        *(DISCLOSING if discloses else ()),
    )
    for name, arguments in (*_functions(readings), *more):
        yield Grant("function", ("pgcustsec", name, arguments), group, OWNER, frozenset({"EXECUTE"}))


def _functions(readings: Sequence[Reading]) -> Iterator[tuple[str, str]]:
    yield from EVERYBODY
    opens = any(reading.opens for reading in readings)
    searches = any(
        one.column.find
        for reading in readings
        if reading.access.tier1 != "absent"
        for one in sealed_columns(reading.table, reading.shape)
    )
    if opens:
        yield from OPENING
    if searches:
        yield from SEARCHING
    claiming = any(claims(reading) for reading in readings)
    if opens or searches or claiming:
        yield from SPENDING
    if claiming:
        yield from CLAIMING
    if any(reading.table.parent is None for reading in readings):
        yield from TELLING
    if any(reading.access.write != Write() for reading in readings):
        yield from WRITING
