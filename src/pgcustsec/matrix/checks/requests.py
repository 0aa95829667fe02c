"""Special applications (专项事务申请) and disclosures (3.3, 5.2.1): who may ask, who decides."""

from __future__ import annotations

from pgcustsec.matrix.tree import Notes, Part


def check_requests(tree: Part, notes: Notes) -> None:
    """Note kinds of request that nobody could file, or that two rules give to different people."""
    for name, request in tree.named("requests"):
        if request.has("filed_by") and request.has("custodian"):
            message = f"request {str(name)!r} has a custodian and others who file it: nobody else may touch it (3.3)"
            notes.add(request.named_at.get("filed_by", request.mark), message)
        elif not request.has("filed_by") and not request.has("custodian"):
            notes.add(name.mark, f"request {str(name)!r} has neither filed_by nor custodian: nobody could file it")
        if request.has("custodian") and request.get("canaries"):
            message = f"request {str(name)!r} has a custodian, and canaries: no false row goes to an authority (3.3)"
            notes.add(request.named_at.get("canaries", request.mark), message)
