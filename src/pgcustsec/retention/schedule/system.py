"""A systemd service and timer, and a line of a crontab, that run our commands on some machine."""

from __future__ import annotations

import getpass
import re
import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path

from psycopg.conninfo import make_conninfo
from psycopg.pq import Conninfo

from pgcustsec.db import Connection
from pgcustsec.errors import UsageError

COMMANDS = {"retention": ("retention", "run"), "pool": ("pool", "recycle")}
#: What a job's own connection says by itself.
_OURS = {"application_name", "client_encoding", "fallback_application_name"}


@dataclass(frozen=True, slots=True)
class Units:
    """One job, twice: a service and a timer by file name, for /etc/systemd/system, or a line of a crontab."""

    job: str
    files: dict[str, str]
    crontab: str


def units(connection: Connection, job: str, at: time) -> Units:
    """
    Return what runs *job* at *at*, of UTC, over the connection's login, with no password in it: a passfile has that.

    Raises `UsageError` where a name has control characters.
    """
    arguments = [*_program(), *COMMANDS[job], "-d", _conninfo(connection)]
    if any(ord(letter) < 32 or ord(letter) == 127 for word in arguments for letter in word):
        raise UsageError("a control character is in what the job would be run with", hint="connect with other names")
    database = connection.info.dbname
    name = f"pgcustsec-{job}-" + re.sub(r"[^A-Za-z0-9_.-]", lambda found: f"_{ord(found[0]):x}_", database)
    said = f"pgcustsec {' '.join(COMMANDS[job])}, database {database}".replace("%", "%%")
    return Units(
        job,
        {f"{name}.service": _service(said, arguments), f"{name}.timer": _timer(said, at)},
        _crontab(arguments, at),
    )


def _service(said: str, arguments: Sequence[str]) -> str:
    return f"""\
[Unit]
Description={said}
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
User={getpass.getuser()}
ExecStart={" ".join(map(_quoted, arguments))}
"""


def _timer(said: str, at: time) -> str:
    return f"""\
[Unit]
Description=Every day: {said}

[Timer]
OnCalendar=*-*-* {at:%H:%M}:00 UTC
Persistent=true

[Install]
WantedBy=timers.target
"""


def _crontab(arguments: Sequence[str], at: time) -> str:
    """By the clock of this computer, which is cron's; to it a bare % would end the line."""
    here = datetime.now(UTC).replace(hour=at.hour, minute=at.minute).astimezone()
    return f"{here.minute} {here.hour} * * * {shlex.join(arguments)}".replace("%", r"\%")


def _quoted(word: str) -> str:
    """*word* for ExecStart=, where systemd expands % and $, and backslashes escape."""
    for special, meant in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%"), ("$", "$$")):
        word = word.replace(special, meant)
    return f'"{word}"'


def _program() -> list[str]:
    """This program by its absolute path: timers and crontabs have a path of their own."""
    script = Path(sys.executable).with_name("pgcustsec")
    return [str(script)] if script.exists() else [sys.executable, "-m", "pgcustsec"]


def _conninfo(connection: Connection) -> str:
    """How to connect as *connection* did, but for what libpq calls secret."""
    secret = {one.keyword.decode() for one in Conninfo.get_defaults() if one.dispchar == b"*"}
    info = connection.info
    given = {name: value for name, value in info.get_parameters().items() if name not in secret | _OURS}
    usual = {"host": info.host, "port": str(info.port), "user": info.user, "dbname": info.dbname}
    return make_conninfo("", **{**usual, **given})
