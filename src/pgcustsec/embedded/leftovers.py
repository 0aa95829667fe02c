"""What a killed server leaves behind, where PostgreSQL's own check would take it for a live one."""

from __future__ import annotations

import os
import time
from pathlib import Path


def runs(pid: int) -> bool:
    """
    Whether *pid* is a PostgreSQL at work.

    A dead one can stay as a zombie (in a container whose first process does not reap), and after a crash its number
    can be another program's. Where the system has no /proc, any living process counts.
    """
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    try:
        name, _, rest = Path(f"/proc/{pid}/stat").read_text().rpartition(")")
    except FileNotFoundError:
        return not Path("/proc/self").exists()
    return "(postgres" in name and rest.split()[0] not in "ZX"


def clear_stale_pid_file(data: Path, patience: float = 5.0) -> None:
    """
    Remove the `postmaster.pid` of *data*, and its socket's lock, when the server is certainly gone but PostgreSQL
    would not believe it.

    PostgreSQL only asks whether a process of that number exists. We also ask what it is, and remove the file only
    when nobody is attached to the old server's shared memory any more: a second server beside living children of
    the first would destroy the data. In doubt nothing is done and PostgreSQL decides.
    """
    file = data / "postmaster.pid"
    try:
        lines = file.read_text().splitlines()
        pid, segment = int(lines[0]), int(lines[6].split()[1])
    except (FileNotFoundError, IndexError, ValueError):
        return
    end = time.monotonic() + patience
    while not runs(pid) and time.monotonic() < end:
        attached = _attached(segment)
        if attached is None:
            return
        if attached == 0:
            Path(lines[4], f".s.PGSQL.{lines[3]}.lock").unlink(missing_ok=True)
            file.unlink(missing_ok=True)
            return
        time.sleep(0.1)


def _attached(segment: int) -> int | None:
    """Return how many processes use the System V shared memory *segment*; None where the system does not tell."""
    try:
        rows = [line.split() for line in Path("/proc/sysvipc/shm").read_text().splitlines()[1:]]
    except OSError:
        return None
    return next((int(row[6]) for row in rows if int(row[1]) == segment), 0)
