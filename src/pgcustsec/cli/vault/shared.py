"""What the vault's commands have in common."""

from __future__ import annotations

import json
from datetime import UTC

import click

WIDTH = 100

lock_timeout_option = click.option(
    "--lock-timeout", default="10s", show_default=True, help="how long a batch may wait for rows that others hold"
)
batch_option = click.option(
    "--batch", type=click.IntRange(min=1), default=5000, show_default=True, metavar="ROWS", help="rows a transaction"
)


def show_json(value: object) -> None:
    click.echo(
        json.dumps(value, indent=2, ensure_ascii=False, default=lambda moment: moment.astimezone(UTC).isoformat())
    )


class Progress:
    """A progress bar a table on stderr, where that is a terminal."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import Progress, TaskID

        console = Console(stderr=True)
        self._bar = Progress(console=console, disable=not console.is_terminal, transient=True)
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Progress:
        self._bar.start()
        return self

    def __call__(self, table: str, done: int, total: int) -> None:
        if table not in self._tasks:
            self._tasks[table] = self._bar.add_task(table, total=total)
        self._bar.update(self._tasks[table], completed=done, total=total)

    def stop(self) -> None:
        """End the bars, so that a question can be asked."""
        self._bar.stop()

    def __exit__(self, *error: object) -> None:
        self._bar.stop()
