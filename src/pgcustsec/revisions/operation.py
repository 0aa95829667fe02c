"""
`op.change_access` and `op.withdraw_access`: what a revision does to access, and how alembic writes it into a file.

Alembic loads this whenever it starts, so what runs the operations is imported when they run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from alembic.autogenerate.render import renderers
from alembic.operations import MigrateOperation, Operations

from pgcustsec.revisions.step import Step

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext


@Operations.register_operation("withdraw_access")
class WithdrawAccessOp(MigrateOperation):
    """Statements that take away what stands in the way of a change to tables; `change_access` brings it back."""

    def __init__(self, steps: Iterable[Step], back: MigrateOperation | None = None) -> None:
        self.steps = tuple(steps)
        self.back = back

    @classmethod
    def withdraw_access(cls, operations: Operations, *steps: Step) -> None:
        """
        Run *steps*, each what it does in words and its SQL; a `change_access` has to follow in the same revision.

        Raises alembic's `CommandError`, with our message and next step, for whatever an apply would refuse.
        """
        operations.invoke(cls(steps))

    def reverse(self) -> MigrateOperation:
        """What comes last on the way back."""
        return _known(self.back)

    def to_diff_tuple(self) -> tuple[str, list[str]]:
        """What `alembic check` says there is to do."""
        return ("withdraw_access", [what for what, _ in self.steps])


@Operations.register_operation("change_access")
class ChangeAccessOp(MigrateOperation):
    """
    Statements that lead to the state of a snapshot, in an order in which none shows more than before and after.

    `notes` are lines for who reads the file; `write` puts the snapshot where the operation will look for it.
    """

    def __init__(
        self,
        access: str | None,
        steps: Iterable[Step],
        *,
        back: MigrateOperation | None = None,
        notes: Iterable[str] = (),
        write: Callable[[], object] | None = None,
    ) -> None:
        self.access = access
        self.steps = tuple(steps)
        self.back = back
        self.notes = tuple(notes)
        self.write = write

    @classmethod
    def change_access(cls, operations: Operations, access: str | None, *steps: Step) -> None:
        """
        Run *steps*, each what it does in words and its SQL, and record that they lead to the snapshot *access*.

        None: back to before the first. One change at a time (a lock), all or nothing with the revision.

        Raises alembic's `CommandError`, with our message and next step, for whatever an apply would refuse.
        """
        operations.invoke(cls(access, steps))

    def reverse(self) -> MigrateOperation:
        """What comes first on the way back."""
        return _known(self.back)

    def to_diff_tuple(self) -> tuple[str, list[str]]:
        """What `alembic check` says there is to do."""
        return ("change_access", [what for what, _ in self.steps] or list(self.notes))


def _known(back: MigrateOperation | None) -> MigrateOperation:
    if back is None:
        # How alembic's own operations say that they have no reverse: one that a revision's text made is never asked.
        raise NotImplementedError("what was before is not known")
    return back


@Operations.implementation_for(WithdrawAccessOp)
def _withdraw(operations: Operations, operation: WithdrawAccessOp) -> None:
    from pgcustsec.revisions.change import withdraw

    withdraw(operations.migration_context, operation.steps)


@Operations.implementation_for(ChangeAccessOp)
def _change(operations: Operations, operation: ChangeAccessOp) -> None:
    from pgcustsec.revisions.change import change

    change(operations.migration_context, operation.steps, operation.access)


@renderers.dispatch_for(WithdrawAccessOp)
def _render_withdrawal(context: AutogenContext, operation: WithdrawAccessOp) -> str:
    return withdrawal_text(operation.steps)


def withdrawal_text(steps: Iterable[Step]) -> str:
    """Return the call of `op.withdraw_access` with *steps* as it stands in a revision."""
    return "\n".join(["op.withdraw_access(", *_arguments(steps), ")"])


@renderers.dispatch_for(ChangeAccessOp)
def _render_change(context: AutogenContext, operation: ChangeAccessOp) -> str:
    if operation.write:
        operation.write()
    return change_text(operation)


def change_text(operation: ChangeAccessOp) -> str:
    """Return *operation* as it stands in a revision."""
    notes = [f"# {' '.join(line.split())}" for line in operation.notes]
    first = f"    {operation.access!r},"
    return "\n".join([*notes, "op.change_access(", first, *_arguments(operation.steps), ")"])


def _arguments(steps: Iterable[Step]) -> Iterator[str]:
    for what, sql in steps:
        yield "    ("
        yield f"        {what!r},"
        yield f"        {_text(sql)},"
        yield "    ),"


def _text(sql: str) -> str:
    """
    *sql* as a string of Python: its lines as they are, unless something in them would not stay as it is.

    Alembic indents whatever it writes; what runs it takes from every line what its first was indented by.
    """
    lines = sql.split("\n")
    whole = "\\" not in sql and '"""' not in sql and all(line.isprintable() for line in lines)
    if whole and not lines[0][:1].isspace() and all(line.strip() or not line for line in lines):
        return '"""\n' + sql + '\n"""'
    return repr(sql)
