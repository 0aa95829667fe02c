"""Special applications (专项事务申请) and disclosures (3.3, 5.2.1): who may ask, who decides."""

from __future__ import annotations

from pgcustsec.matrix.tree import Notes, Part, Word

#: The most records of an emergency: what is more has the time to be approved first (5.2.1).
EMERGENCY_RECORDS = 50


def check_requests(tree: Part, notes: Notes) -> None:
    """Note kinds of request that nobody could file, or that two rules give to different people."""
    for name, request in tree.named("requests"):
        _check_filing(name, request, notes)
        if request.has("custodian") and request.get("canaries"):
            message = f"request {str(name)!r} has a custodian, and canaries: no false row goes to an authority (3.3)"
            notes.add(request.named_at.get("canaries", request.mark), message)
        for key in ("emergency_hours", "standing"):
            if request.get(key):
                _check_without_bulk(name, request, key, notes)
        if request.get("emergency_hours") and request.get("standing"):
            message = f"request {str(name)!r} is standing, and an emergency: those are two kinds"
            notes.add(request.named_at["standing"], message)
        if request.get("erases"):
            _check_erasing(tree, name, request, notes)
        if request.get("widens"):
            _check_widening(name, request, notes)
    wide = [request for _, request in tree.named("requests") if request.get("widens")]
    for more in wide[1:]:
        notes.add(more.named_at["widens"], "a second kind of request widens: one says who approves what is widened")
    for name, role in tree.named("roles"):
        if role.get("service"):
            _check_service(tree, name, role, notes)


def _check_filing(name: Word, request: Part, notes: Notes) -> None:
    if request.has("filed_by") and request.has("custodian"):
        message = f"request {str(name)!r} has a custodian and others who file it: nobody else may touch it (3.3)"
        notes.add(request.named_at.get("filed_by", request.mark), message)
    elif not request.has("filed_by") and not request.has("custodian"):
        notes.add(name.mark, f"request {str(name)!r} has neither filed_by nor custodian: nobody could file it")


def _check_without_bulk(name: Word, request: Part, key: str, notes: Notes) -> None:
    """Emergencies and standing requests open records one by one: what is about extracts is none of theirs."""
    mark = request.named_at.get(key, request.mark)
    most = request.get("max_rows")
    if request.has("custodian"):
        notes.add(mark, f"request {str(name)!r} has a custodian, and {key}: a disclosure is approved first (3.3)")
    if request.get("canaries"):
        notes.add(request.named_at["canaries"], f"request {str(name)!r} has {key}: it makes no extracts for canaries")
    if most is None and "max_rows" not in request.spoiled:
        notes.add(mark, f"request {str(name)!r} has {key}, and no max_rows: say how many records", "add max_rows")
    elif key == "emergency_hours" and isinstance(most, int) and most > EMERGENCY_RECORDS:
        message = f"emergency {str(name)!r} is for {most} records: {EMERGENCY_RECORDS} at most open unapproved (5.2.1)"
        notes.add(request.named_at["max_rows"], message)


def _check_erasing(tree: Part, name: Word, request: Part, notes: Notes) -> None:
    """A wish to be erased shows nothing: what is about values shown is none of it. Who files it sees customers."""
    for key, why in (
        ("custodian", "what an authority asks for is not destroyed by it (3.3)"),
        ("canaries", "it makes no extracts for canaries"),
        ("emergency_hours", "nothing is destroyed unapproved"),
        ("standing", "no service destroys customers"),
    ):
        if request.get(key):
            notes.add(request.named_at.get(key, request.mark), f"request {str(name)!r} erases, and has {key}: {why}")
    for role in request.items_of("filed_by"):
        tables = tree.part("roles").part(str(role)).named("tables")
        if not any(_serves(tree, table, access) for table, access in tables):
            message = (
                f"request {str(name)!r} erases customers, and {str(role)!r} sees tier 2 of none: it could not file it"
            )
            notes.add(role.mark, message, "wishes are filed by who serves the customer (5.2.2)")


def _check_widening(name: Word, request: Part, notes: Notes) -> None:
    """A request to widen is of the matrix, not of customers: what is about values and rows is none of it."""
    for key in ("custodian", "canaries", "emergency_hours", "standing", "erases", "max_rows"):
        if request.get(key):
            message = f"request {str(name)!r} widens, and has {key}: it is of the matrix, and shows nothing"
            notes.add(request.named_at.get(key, request.mark), message)


def _serves(tree: Part, table: Word, access: Part) -> bool:
    return tree.part("tables").part(str(table)).get("subject") == "self" and access.get("tier2", "none") != "none"


def _check_service(tree: Part, name: Word, role: Part, notes: Notes) -> None:
    """A service sees nothing of tier 1 and 2 but by standing requests, and decides nothing (5.2.1, 5.3)."""
    mark = role.named_at.get("service", role.mark)
    if role.get("supervises"):
        notes.add(mark, f"role {str(name)!r} is of services, and supervises: that is for people (5.1)")
    for table, access in role.named("tables"):
        if access.get("tier2", "none") != "none":
            message = f"role {str(name)!r} is of services, which serve nobody: tier2 of {table} is none (5.2.2)"
            notes.add(table.mark, message)
        if access.get("tier1", "absent") == "masked":
            message = f"role {str(name)!r} is of services: tier1 of {table} shows by standing request alone (5.2.1)"
            notes.add(table.mark, message)
        if access.has("write"):
            notes.add(table.mark, f"role {str(name)!r} is of services, which write nothing")
    for kind, request in tree.named("requests"):
        steps = (step.get("role") for step in request.items_of("approvals") if isinstance(step, Part))
        if name in (*request.items_of("filed_by"), request.get("custodian"), *steps):
            message = f"role {str(name)!r} is of services, and request {str(kind)!r} names it: people file and decide"
            notes.add(mark, message)
    if not any(request.get("standing") for _, request in tree.named("requests")):
        notes.add(mark, f"role {str(name)!r} is of services, and no kind of request is standing: it could do nothing")
