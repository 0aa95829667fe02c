"""What is done on one target: the same as `pgcustsec plan`, `apply` and `drift` do on one database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from pgcustsec.errors import PgcustsecError
from pgcustsec.fleet.run import Connections, Outcome
from pgcustsec.fleet.targets import Target
from pgcustsec.migrate import apply_matrix, find_drift, plan_matrix
from pgcustsec.plan import Plan, refuse_widening
from pgcustsec.retention import restamp


def plan_target(
    target: Target, connections: Connections, *, check: bool = False, deny_widening: bool = False
) -> Outcome:
    """
    Plan *target*: with *check*, anything to do is a finding; the plan is in the outcome.

    Raises what `plan_matrix` raises, and `Refused` for what widens with *deny_widening*.
    """
    with connections.to(target) as connection:
        plan = plan_matrix(connection, target.matrix)
    if deny_widening:
        refuse_widening(plan)
    return Outcome(1 if check and plan else 0, _planned(plan), plan)


def apply_target(
    target: Target,
    connections: Connections,
    *,
    plans: Mapping[str, Plan] | None = None,
    deny_widening: bool = False,
    lock_timeout: str = "10s",
    attempts: int = 1,
) -> Outcome:
    """
    Apply *target*'s matrix, or exactly the plan of *plans* under its name, in one transaction; then work out terms.

    Raises what `apply_matrix` raises.
    """
    plan = plans[target.name] if plans else None
    with connections.to(target) as connection:
        done = apply_matrix(
            connection,
            target.matrix,
            plan=plan,
            deny_widening=deny_widening,
            lock_timeout=lock_timeout,
            attempts=attempts,
            progress=lambda _: connections.check(),
        )
        try:
            terms = sum(restamp(connection, lock_timeout=lock_timeout).values())
        except PgcustsecError as error:
            error.message = f"applied, but terms are not all worked out: {error.message}"
            raise
    said = (
        f"applied: {len(done.statements)} statement{'' if len(done.statements) == 1 else 's'}"
        if done
        else "nothing to do"
    )
    return Outcome(0, said + (f"; {terms} rows are kept until another moment" if terms else ""), done)


def drift_target(target: Target, connections: Connections) -> Outcome:
    """Look for drift on *target*: any is a finding. Raises what `find_drift` raises."""
    with connections.to(target) as connection:
        found = find_drift(connection, target.matrix)
    opening = sum(1 for one in found.drifts if one.opens)
    count = f"{len(found.drifts)} difference{'' if len(found.drifts) == 1 else 's'}"
    said = f"{count}, by {opening} of which somebody could see or do more" if found.drifts else "as the matrix says"
    return Outcome(1 if found.drifts else 0, said, asdict(found))


def _planned(plan: Plan) -> str:
    if not plan:
        return "as the matrix says: nothing to do"
    wider = sum(1 for change in plan.access if change.widens)
    return f"{len(plan.statements)} statements to run" + (f", access to {wider} columns widens" if wider else "")
