"""A systemd timer and a line of a crontab, on servers without pg_cron: what is printed works as it is (4.2, 4.3)."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

import psycopg
import pytest

from pgcustsec.db import connect
from pgcustsec.errors import UsageError
from pgcustsec.retention.schedule import units
from pgcustsec.retention.schedule.cron import cron_line
from tests.cluster import unique
from tests.integration.clients.world import Broker
from tests.integration.retention.world import more, there
from tests.integration.schedule.world import pgcustsec, runs, told

pytestmark = pytest.mark.one_server
INSTALL = ("schedule", "install", "--by", "system", "--yes")
#: Whatever a shell, cron or systemd would take for something of theirs.
ODD = "we\"ird $HOME %d 'x' \\ `id`"


def promises(broker: Broker) -> list[tuple[object, ...]]:
    return broker.rows("SELECT job, run_by, line, place FROM pgcustsec_internal.job_schedule ORDER BY schedule_id")


def as_cron_runs(line: str) -> subprocess.CompletedProcess[str]:
    """Run the command of a crontab's line as cron does: a bare environment, sh, an escaped % undone."""
    command = line.split(" ", 5)[5].replace(r"\%", "%")
    return subprocess.run(
        ["/bin/sh", "-c", command],
        env={"HOME": "/", "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh"},
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )


def as_systemd_reads(text: str) -> list[str]:
    """The words of ExecStart=, its quotes and escapes undone."""
    [line] = re.findall(r"^ExecStart=(.*)$", text, re.MULTILINE)
    words = re.findall(r'"((?:[^"\\]|\\.)*)"', line)
    return [re.sub(r"\\(.)", r"\1", word).replace("%%", "%").replace("$$", "$") for word in words]


def test_what_is_printed_is_a_promise_once_and_no_secret(broker: Broker) -> None:
    first = pgcustsec(broker, *INSTALL, "--at", "19:30")
    assert "job retention: every day at 19:30 UTC, by a timer or crontab" in first.stderr
    assert promises(broker) == [("retention", "system", "19:30", None), ("pool", "system", "19:30", None)]
    again = pgcustsec(broker, *INSTALL, "--at", "19:30")
    assert again.stdout == first.stdout and "it is so already" in again.stderr
    assert len(promises(broker)) == 2
    pgcustsec(broker, *INSTALL, "pool", "--at", "20:00")
    assert promises(broker)[2:] == [("pool", "system", "20:00", None)]


def test_without_yes_and_without_a_terminal_nothing_is_promised(broker: Broker) -> None:
    pgcustsec(broker, "schedule", "install", "--by", "system", code=130)
    assert promises(broker) == []


def test_without_pg_cron_the_operating_system_is_what_runs_it(broker: Broker) -> None:
    assert [one["run_by"] for one in told(broker, "schedule", "install", "--yes")] == ["system", "system"]
    assert "pg_cron" in pgcustsec(broker, "schedule", "install", "--by", "pg_cron", "--yes", code=4).stderr


def test_the_line_of_a_crontab_run_as_cron_does_destroys_and_leaves_its_record(broker: Broker) -> None:
    more(broker, 1001, 1003)
    made = {one["job"]: one for one in told(broker, *INSTALL)}
    for job in ("retention", "pool"):
        done = as_cron_runs(made[job]["crontab"])
        assert done.returncode == 0, done.stderr
    assert 1001 not in there(broker)
    assert [(job, how, complete) for job, how, complete, _, _ in runs(broker)] == [
        ("retention", "command", True),
        ("pool", "command", True),
    ]
    assert broker.rows("SELECT sum(subjects) FROM pgcustsec_internal.certificate") == [(3,)]


def test_the_lines_hour_is_that_of_the_computers_clock(broker: Broker) -> None:
    [one] = told(broker, *INSTALL, "retention", "--at", "19:30")
    minute, hour = map(int, one["crontab"].split()[:2])
    meant = datetime.now(UTC).replace(hour=19, minute=30).astimezone()
    assert (hour, minute) == (meant.hour, meant.minute)
    [timer] = [text for name, text in one["files"].items() if name.endswith(".timer")]
    assert "OnCalendar=*-*-* 19:30:00 UTC" in timer


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze here")
def test_systemd_finds_nothing_wrong_with_the_units(broker: Broker, tmp_path: Path) -> None:
    for one in told(broker, *INSTALL):
        for name, text in one["files"].items():
            (tmp_path / name).write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", *map(str, sorted(tmp_path.iterdir()))],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert [line for line in done.stderr.splitlines() if "pgcustsec" in line] == []
    broken = tmp_path / "broken.service"
    broken.write_text("[Service]\nType=oneshot\nExecStart=pgcustsec-that-is-nowhere\n")
    control = subprocess.run(["systemd-analyze", "verify", str(broken)], capture_output=True, text=True, check=False)
    assert control.returncode != 0 or "broken.service" in control.stderr


def test_a_database_with_the_oddest_name_is_reached_by_both(broker: Broker) -> None:
    more(broker, 1001, 1002)
    name = unique(ODD)
    odd = broker.database.server.create_database(name, broker.database.name)
    try:
        strange = replace(broker, database=odd)
        with connect(odd.conninfo(broker.admin)) as connection:
            made = units(connection, "retention", time(18, 0))
        assert as_cron_runs(made.crontab).returncode == 0
        assert 1001 not in there(strange) and 1001 in there(broker)
        [service] = [text for file, text in made.files.items() if file.endswith(".service")]
        words = as_systemd_reads(service)
        assert psycopg.conninfo.conninfo_to_dict(words[-1])["dbname"] == name
        assert words[1:4] == ["retention", "run", "-d"] and Path(words[0]).is_absolute()
        assert subprocess.run(words, capture_output=True, check=False).returncode == 0
        assert all(re.fullmatch(r"[A-Za-z0-9_.-]+", file) for file in made.files)
    finally:
        broker.database.server.drop_database(name)


def test_a_name_that_would_end_the_line_is_refused(broker: Broker) -> None:
    name = unique("two\nlines")
    odd = broker.database.server.create_database(name, broker.database.name)
    try:
        with connect(odd.conninfo(broker.admin)) as connection, pytest.raises(UsageError, match="control character"):
            units(connection, "retention", time(18, 0))
    finally:
        broker.database.server.drop_database(name)


def test_no_password_gets_into_what_is_printed(broker: Broker) -> None:
    broker.execute(f"ALTER ROLE {broker.admin} PASSWORD 'three blue parrots'")
    with connect(broker.database.conninfo(broker.admin, "three blue parrots")) as connection:
        made = units(connection, "retention", time(18, 0))
    printed = made.crontab + "".join(made.files.values())
    assert "parrots" not in printed and "password" not in printed
    assert f"user={broker.admin}" in printed and "host=127.0.0.1" in printed, "the control: the rest is there"


@pytest.mark.parametrize(
    ("zone", "line"),
    [
        ("GMT", "5 18 * * *"),
        ("Asia/Shanghai", "5 2 * * *"),
        ("Asia/Kolkata", "35 23 * * *"),
        ("<+03>-3", "5 21 * * *"),
        ("PRC", "5 2 * * *"),
    ],
)
def test_a_time_is_turned_into_pg_crons_time_zone_as_the_server_knows_it(broker: Broker, zone: str, line: str) -> None:
    with connect(broker.database.conninfo()) as connection:
        assert cron_line(connection, time(18, 5), zone) == line


@pytest.mark.parametrize(
    ("login", "arguments", "code"),
    [
        ("li", "schedule install --by system --yes", 3),
        ("qin", "schedule install --by system --yes", 3),
        ("li", "schedule list", 3),
        ("li", "schedule remove --yes", 3),
        ("dba", "schedule install sweeping --yes", 2),
        ("dba", "schedule install --at 25:00 --yes", 2),
        ("dba", "schedule install --by cron --yes", 2),
        ("li", "doctor", 3),
        ("qin", "doctor", 3),
    ],
)
def test_who_may_not_is_told_and_so_is_what_is_none(broker: Broker, login: str, arguments: str, code: int) -> None:
    assert pgcustsec(broker, *arguments.split(), login=login, code=code).stderr
    assert promises(broker) == []


def test_what_is_taken_back_is_promised_no_more(broker: Broker) -> None:
    pgcustsec(broker, *INSTALL)
    assert "2 of 2 jobs" in pgcustsec(broker, "schedule", "list").stderr
    assert "take its timer or crontab line away" in pgcustsec(broker, "schedule", "remove", "pool", "--yes").stdout
    assert told(broker, "schedule", "remove", "pool", "--yes") == {"done": ["job pool had no schedule"]}
    listed = {one["job"]: one for one in told(broker, "schedule", "list")}
    assert listed["pool"]["promise"] is None and listed["retention"]["promise"]["login"] == broker.admin
    assert promises(broker)[-1] == ("pool", "nobody", None, None)


def test_every_line_of_the_list_fits_the_page(broker: Broker) -> None:
    pgcustsec(broker, *INSTALL)
    pgcustsec(broker, "retention", "run")
    listed = pgcustsec(broker, "schedule", "list").stdout
    assert "came to its end" in re.sub(r"\s+", " ", listed)
    assert max(map(len, listed.splitlines())) <= 100
