"""`pgcustsec demo`: the guided tour on a server of its own."""

from __future__ import annotations

import shlex
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from types import FrameType

    from rich.console import RenderableType

WIDTH = 100
#: Of fewer customers there are not some of each kind for everybody.
FEWEST = 500


@click.command(context_settings={"max_content_width": 100})
@click.option("--customers", type=click.IntRange(min=FEWEST), default=20_000, show_default=True, metavar="N")
@click.option(
    "--seed", default=1, show_default=True, help="the same number gives the same customers, whoever makes them"
)
@click.option("--keep", is_flag=True, help="leave the server running, and say how to connect")
@click.option(
    "-D",
    "--directory",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="with --keep: where the server lives  [default: in your data directory; /var/lib/pgcustsec for root]",
)
def command(customers: int, seed: int, keep: bool, directory: Path | None) -> None:
    """
    Run the guided tour on a server of its own.

    A private PostgreSQL gets a broker's CRM with made-up customers, and the demo's role matrix. The same query, sent
    over four logins, comes back with four answers, and the tour says why. A record is opened, a request filed and
    approved, an extract taken and destroyed, a person suspended and reinstated, all over the logins of who does it.
    Then the matrix is edited, planned and applied, and the query asked again. Nothing stays, unless you --keep it.

    \b
    Examples:
      pgcustsec demo
      pgcustsec demo --keep                        go on with psql when the tour is over
      pgcustsec demo --customers 1000000 --seed 7
    """
    from pgcustsec.demo.tour import run_tour

    if directory and not keep:
        raise click.UsageError("--directory is for --keep: without it nothing stays")
    home = (directory.absolute() if directory else _kept_home()) if keep else None
    narrator = _Narrator()
    with _stopping():
        run_tour(narrator, customers=customers, seed=seed, home=home, program=_program())
    narrator.end()


def _kept_home() -> Path:
    from pgcustsec.embedded import default_home

    return default_home().with_name("demo")


def _program() -> str:
    """How the user gets at this very program."""
    found = shutil.which("pgcustsec")
    if found and Path(found).parent == Path(sys.executable).parent:
        return "pgcustsec"
    beside = Path(sys.executable).with_name("pgcustsec")
    return shlex.quote(str(beside)) if beside.exists() else f"{shlex.quote(sys.executable)} -m pgcustsec"


@contextmanager
def _stopping() -> Iterator[None]:
    """Let a termination or a closed terminal end the block as Ctrl-C does, so that the server is stopped."""

    def interrupt(signum: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    heard = [one for one in (signal.SIGTERM, signal.SIGHUP) if signal.getsignal(one) is not signal.SIG_IGN]
    before = {number: signal.signal(number, interrupt) for number in heard}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _Narrator:
    """Prints the tour: steps on standard output with the seconds since the beginning, progress on a terminal only."""

    def __init__(self) -> None:
        import io

        from rich.console import Console

        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="replace")  # a terminal that knows no Chinese gets question marks
        self._began = time.monotonic()
        self._steps = 0
        plain = Console(highlight=False)
        self._console = Console(highlight=False, width=min(WIDTH, plain.width) if plain.is_terminal else WIDTH)

    def step(self, title: str) -> None:
        self._steps += 1
        self._print(f"\n[bold]{self._steps}. {title}[/bold]  [dim]({self._elapsed()})[/dim]")

    def say(self, shown: Sequence[RenderableType]) -> None:
        with self._console.capture() as captured:
            for one in shown:
                self._console.print(one, crop=False)
        for line in captured.get().splitlines():
            click.echo(line.rstrip())  # rich fills lines up with blanks

    @contextmanager
    def loading(self, total: int) -> Iterator[Callable[[int], None]]:
        from rich.console import Console
        from rich.progress import Progress

        console = Console(stderr=True)
        with Progress(console=console, disable=not console.is_terminal, transient=True) as bar:
            task = bar.add_task("customers", total=total)
            yield lambda count: bar.advance(task, count)

    def end(self) -> None:
        self._print(f"\n[bold]Done in {self._elapsed()}.[/bold]")

    def _print(self, text: str) -> None:
        self._console.print(text)
        self._console.file.flush()  # who reads it through a pipe waits too

    def _elapsed(self) -> str:
        return f"{time.monotonic() - self._began:.1f} s"
