"""`pgcustsec server`: the bundled PostgreSQL as a person meets it, as root and as an ordinary user."""

from __future__ import annotations

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from pgcustsec import embedded
from pgcustsec.embedded import BundledServer
from pgcustsec.errors import Refused


def server_command(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pgcustsec", "server", *arguments], capture_output=True, text=True, check=False
    )


def wait_until(happened: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, f"not within {seconds} s"
        time.sleep(0.01)


def permissions(path: Path) -> str:
    return stat.filemode(path.stat().st_mode)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder of ours that the server's user gets through (pytest's own are closed to it when we are root)."""
    made = Path(tempfile.mkdtemp(prefix="pgcustsec-test-", dir="/tmp"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def server_of_ours(folder: Path) -> Iterator[BundledServer]:
    """A bundled server that runs, in a folder of its own."""
    bundled = BundledServer(folder / "server")
    bundled.start()
    yield bundled
    bundled.stop()


@pytest.fixture(scope="module")
def shared() -> Iterator[BundledServer]:
    """A bundled server for the tests that only look."""
    with embedded.temporary() as bundled:
        with psycopg.connect(bundled.conninfo(), autocommit=True) as connection:
            connection.execute("CREATE ROLE li LOGIN PASSWORD 'right'")
        yield bundled


def test_starting_a_running_server_changes_nothing(server_of_ours: BundledServer) -> None:
    before = server_of_ours.status()
    again = server_command("start", "--directory", server_of_ours.home)
    assert again.returncode == 0
    assert "already running" in again.stderr
    assert server_of_ours.status() == before


def test_start_status_psql_and_stop_work_from_the_command_line(folder: Path) -> None:
    home = folder / "server"
    assert server_command("status", "-D", home).returncode == 1
    started = server_command("start", "-D", home)
    try:
        assert started.returncode == 0, started.stderr
        status = server_command("status", "-D", home, "--format", "json")
        assert status.returncode == 0
        answer = json.loads(status.stdout)
        with psycopg.connect(answer["conninfo"]) as connection:
            assert connection.info.server_version // 10000 == int(answer["version"])
        asked = server_command("psql", "-D", home, "--", "-XAtc", "SELECT 6 * 7")
        assert (asked.returncode, asked.stdout.strip()) == (0, "42")
    finally:
        stopped = server_command("stop", "-D", home)
    assert stopped.returncode == 0
    assert server_command("status", "-D", home).returncode == 1
    assert server_command("stop", "-D", home).returncode == 0


def test_a_failure_of_psql_is_the_exit_code(shared: BundledServer) -> None:
    failed = server_command("psql", "-D", shared.home, "--", "-X", "-v", "ON_ERROR_STOP=1", "-c", "SELECT 1/0")
    assert failed.returncode == 1


def test_psql_without_a_server_says_how_to_start_one(folder: Path) -> None:
    refused = server_command("psql", "-D", folder / "server")
    assert refused.returncode == 3
    assert "pgcustsec server start" in refused.stderr


def test_a_killed_server_starts_again_with_its_data(server_of_ours: BundledServer) -> None:
    with psycopg.connect(server_of_ours.conninfo(), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    pid = server_of_ours.status().pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not server_of_ours.status().running)  # a signal is delivered, not obeyed, when kill returns
    assert server_of_ours.start()
    with psycopg.connect(server_of_ours.conninfo()) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_the_owner_is_the_superuser_without_a_password(shared: BundledServer) -> None:
    with psycopg.connect(shared.conninfo()) as connection:
        row = connection.execute("SELECT usesuper FROM pg_user WHERE usename = session_user").fetchone()
    assert row == (True,)


def test_a_login_comes_in_with_its_password_only(shared: BundledServer) -> None:
    psycopg.connect(shared.conninfo(user="li"), password="right").close()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(shared.conninfo(user="li"), password="wrong")
    with pytest.raises(psycopg.OperationalError, match="no password supplied"):
        psycopg.connect(shared.conninfo(user="li"))


def test_there_is_no_tcp_and_no_prepared_transaction(shared: BundledServer) -> None:
    with psycopg.connect(shared.conninfo()) as connection:
        row = connection.execute(
            "SELECT current_setting('listen_addresses'), current_setting('max_prepared_transactions')"
        ).fetchone()
    assert row == ("", "0")


def test_data_and_socket_are_the_owners_alone(shared: BundledServer) -> None:
    assert {permissions(path) for path in (shared.home, shared.data, shared.socket)} == {"drwx------"}


def test_what_a_failing_statement_holds_is_not_in_the_log(shared: BundledServer) -> None:
    with psycopg.connect(shared.conninfo(), autocommit=True) as connection:
        connection.execute("CREATE TEMP TABLE phone (mobile text UNIQUE)")
        connection.execute("INSERT INTO phone VALUES ('13812345678')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO phone VALUES ('13812345678')")
    log = shared.log.read_text()
    assert "duplicate key" in log
    assert "13812345678" not in log


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts a server as somebody else")
def test_started_by_root_it_runs_as_an_unprivileged_user_and_no_folder_above_is_touched(folder: Path) -> None:
    folder.chmod(0o751)
    bundled = BundledServer(folder / "server")
    bundled.start()
    try:
        pid = bundled.status().pid
        assert Path(f"/proc/{pid}").stat().st_uid not in {0}
        assert (permissions(folder), folder.stat().st_uid) == ("drwxr-x--x", 0)
    finally:
        bundled.stop()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts a server as somebody else")
def test_a_folder_that_the_servers_user_cannot_reach_is_said_and_not_opened(folder: Path) -> None:
    folder.chmod(0o700)
    refused = server_command("start", "-D", folder / "server")
    assert refused.returncode == 3
    assert "cannot reach" in refused.stderr
    assert permissions(folder) == "drwx------"
    assert not (folder / "server").exists()


def test_a_folder_with_other_files_is_not_taken_over(folder: Path) -> None:
    (folder / "letters.txt").write_text("mine")
    with pytest.raises(Refused, match="other files"):
        BundledServer(folder).start()
    assert [path.name for path in folder.iterdir()] == ["letters.txt"]


def test_data_of_another_version_is_refused(server_of_ours: BundledServer) -> None:
    server_of_ours.stop()
    (server_of_ours.data / "PG_VERSION").write_text("14\n")
    with pytest.raises(Refused, match="of PostgreSQL 14"):
        server_of_ours.start()


def test_a_home_too_deep_for_a_socket_has_it_elsewhere(folder: Path) -> None:
    deep = folder / ("d" * 60) / ("e" * 60)
    deep.mkdir(parents=True)
    bundled = BundledServer(deep / "server")
    bundled.start()
    try:
        psycopg.connect(bundled.conninfo()).close()
        assert permissions(bundled.socket) == "drwx------"
    finally:
        bundled.stop()
        shutil.rmtree(bundled.socket)


def test_a_temporary_server_leaves_nothing() -> None:
    with embedded.temporary({"work_mem": "5MB"}) as bundled:
        with psycopg.connect(bundled.conninfo()) as connection:
            assert connection.execute("SHOW work_mem").fetchone() == ("5MB",)
        pid = bundled.status().pid
        assert pid is not None
    assert not bundled.home.parent.exists()
    assert not bundled.status().running
