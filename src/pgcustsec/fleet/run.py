"""
Working through a fleet: wave after wave, some at a time, until one fails.

Threads, not processes: the work is the servers' and the waiting ours. Measured: docs/fleet.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Literal

import psycopg
from psycopg.conninfo import conninfo_to_dict

from pgcustsec.db import Connection, connect
from pgcustsec.errors import EXIT_DATABASE, PgcustsecError, Refused
from pgcustsec.fleet.targets import Fleet, Target

EXIT_CRASH = 70
EXIT_INTERRUPT = 130
#: The worst first.
WORST = (EXIT_CRASH, 3, 4, 2, 1, 0)
#: How long a server may take to answer, in seconds, where a conninfo does not say.
CONNECT_TIMEOUT = "10"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one target's work: its exit code (0 or 1, a finding), in words, and what a program may read."""

    code: int
    said: str
    result: object = None


@dataclass(frozen=True, slots=True)
class Result:
    """
    What became of one target. `state`: done; failed, and so unchanged; interrupted, and so unchanged; not begun.

    `code` is the exit code that it would have had alone, None where it was not begun.
    """

    target: str
    wave: int
    state: Literal["done", "failed", "interrupted", "not begun"]
    code: int | None
    said: str
    hint: str | None = None
    result: object = None


@dataclass
class Connections:
    """The connections that are open now: what an interrupt cancels."""

    _lock: Lock = field(default_factory=Lock)
    _open: set[Connection] = field(default_factory=set)
    stopped: bool = False

    @contextmanager
    def to(self, target: Target) -> Iterator[Connection]:
        """Connect to *target* as long as the block runs. Raises `Unreachable`."""
        given = conninfo_to_dict(target.conninfo)
        timeout = given.get("connect_timeout", CONNECT_TIMEOUT)
        with connect(target.conninfo, connect_timeout=timeout) as connection:
            with self._lock:
                self._open.add(connection)
            self.check()
            try:
                yield connection
            finally:
                with self._lock:
                    self._open.discard(connection)

    def check(self) -> None:
        """Raise `Refused` after an interrupt: a cancel reaches what runs, not what is about to."""
        if self.stopped:
            raise Refused("interrupted; nothing was changed")

    def stop(self) -> None:
        """Cancel what runs on every open connection: each takes its transaction back."""
        with self._lock:
            self.stopped = True
            for connection in self._open:
                connection.cancel()


Work = Callable[[Target, Connections], Outcome]


def run_fleet(fleet: Fleet, work: Work, *, tell: Callable[[str], None]) -> list[Result]:
    """
    Do *work* on each target of *fleet*, and return what became of each, in the order of the file.

    A wave begins when the one before is done. After a failure (any code but 0 and 1) nothing more is begun; what runs
    goes on to its end. An interrupt (ctrl-C) cancels what runs. *tell* hears of each beginning and end. Raises nothing
    that is one target's.
    """
    connections, results = Connections(), dict[str, Result]()
    for wave in fleet.waves:
        if connections.stopped or any(_failed(result) for result in results.values()):
            break
        _run_wave(wave, fleet.parallel, work, connections, results, tell)
    missing = {t.name: Result(t.name, t.wave, "not begun", None, "not begun") for t in fleet.targets}
    return [results.get(name, one) for name, one in missing.items()]


def exit_code(results: list[Result]) -> int:
    """Return the worst code of *results*; 130 where they were interrupted."""
    if any(result.state == "interrupted" for result in results):
        return EXIT_INTERRUPT
    codes = {result.code for result in results}
    return next((code for code in WORST if code in codes), EXIT_CRASH)


def _run_wave(
    wave: tuple[Target, ...],
    parallel: int,
    work: Work,
    connections: Connections,
    results: dict[str, Result],
    tell: Callable[[str], None],
) -> None:
    waiting, running = list(wave), dict[Future[Result], Target]()
    with ThreadPoolExecutor(parallel, thread_name_prefix="pgcustsec") as pool:
        while running or waiting:
            try:
                while waiting and len(running) < parallel and not connections.stopped:
                    target = waiting.pop(0)
                    tell(f"{target.name}: begun")
                    running[pool.submit(_result, target, work, connections)] = target
                done, _ = wait(running, timeout=0.5, return_when=FIRST_COMPLETED)
            except KeyboardInterrupt:
                tell("interrupted: what runs is taken back")
                waiting.clear()
                connections.stop()
                continue
            for future in done:
                target = running.pop(future)
                # A fault of ours on one target must not leave the others without a word.
                fault = future.exception()
                said = f"a fault of ours: {type(fault).__name__}"
                crash = _failure(target, connections, EXIT_CRASH, said, "run it alone") if fault else None
                result = crash or future.result()
                results[result.target] = result
                tell(f"{result.target}: {result.said}")
                if _failed(result):
                    waiting.clear()


def _failed(result: Result) -> bool:
    return result.state in ("failed", "interrupted")


def _result(target: Target, work: Work, connections: Connections) -> Result:
    """Whatever happens to one target is its result, and no other's."""
    try:
        outcome = work(target, connections)
    except PgcustsecError as error:
        return _failure(target, connections, error.exit_code, error.message, error.hint)
    except psycopg.OperationalError as error:
        said = str(error).strip().splitlines()[0]
        return _failure(target, connections, EXIT_DATABASE, f"the connection was lost: {said}", "look at the server")
    return Result(target.name, target.wave, "done", outcome.code, outcome.said, None, outcome.result)


def _failure(target: Target, connections: Connections, code: int, said: str, hint: str | None) -> Result:
    if connections.stopped and not said.startswith("applied"):
        return Result(target.name, target.wave, "interrupted", EXIT_INTERRUPT, "interrupted; nothing was changed")
    return Result(target.name, target.wave, "failed", code, said, hint)
