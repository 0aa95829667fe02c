"""One bundled server: its folder, starting, stopping, looking."""

from __future__ import annotations

import fcntl
import hashlib
import os
import pwd
import shlex
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import platformdirs
from psycopg.conninfo import make_conninfo

from pgcustsec.embedded.leftovers import clear_stale_pid_file, runs
from pgcustsec.embedded.programs import SYSTEM_FOLDER, binaries, make_readable_folder, run, server_user
from pgcustsec.errors import NotAllowed, Refused, Unreachable

SUPERUSER = "postgres"
PORT = 5432
#: PostgreSQL allows 107 bytes for a socket's path.
LONGEST_SOCKET_PATH = 100

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "max_prepared_transactions": "0",
    # A failing statement's text and an error's detail can hold customers' values.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}

PG_HBA = f"""\
# The owner of this server by the operating system's word, everybody else by password. No TCP, no replication.
local all {SUPERUSER} peer map=owner
local all all scram-sha-256
"""


@dataclass(frozen=True, slots=True)
class Status:
    """What is known of a bundled server; what only a running one has is None when it is not running."""

    running: bool
    home: Path
    version: str | None
    pid: int | None = None
    since: datetime | None = None
    socket: Path | None = None
    port: int | None = None


def default_home() -> Path:
    """Return where a server lives when nobody says where: the user's data directory, for root `SYSTEM_FOLDER`."""
    if os.geteuid() == 0:
        return SYSTEM_FOLDER / "server"
    return platformdirs.user_data_path("pgcustsec") / "server"


@dataclass(frozen=True, slots=True)
class BundledServer:
    """One bundled server, running or not, known by its home."""

    home: Path

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "server.log"

    @property
    def socket(self) -> Path:
        """The folder of the socket: in the home, or in /tmp where the home's path is too long for a socket."""
        inside = self.home / "run"
        if len(os.fsencode(inside / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH:
            return inside
        # Anybody can make this name first: `_make_socket_folder` refuses a folder that is not the owner's alone.
        return Path("/tmp") / f"pgcustsec-{hashlib.sha256(os.fsencode(self.home)).hexdigest()[:12]}"  # noqa: S108

    def conninfo(self, dbname: str = "postgres", user: str = SUPERUSER) -> str:
        """Return how libpq reaches *dbname* as *user*; a password, where one is needed, is not in it."""
        return make_conninfo("", host=str(self.socket), port=PORT, dbname=dbname, user=user)

    def status(self) -> Status:
        """Return what is running in the home. Raises `NotAllowed` when it belongs to somebody else."""
        try:
            version = (self.data / "PG_VERSION").read_text().strip() if self.home.exists() else None
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            pid, since, port = int(lines[0]), int(lines[2]), int(lines[3])
        except FileNotFoundError:
            return Status(False, self.home, version if (self.data / "PG_VERSION").exists() else None)
        except (IndexError, ValueError):  # being written right now, or cut short by a crash
            return Status(False, self.home, version)
        except PermissionError as error:
            raise self._not_ours() from error
        if not runs(pid):
            return Status(False, self.home, version)
        return Status(True, self.home, version, pid, datetime.fromtimestamp(since, UTC), Path(lines[4]), port)

    def start(self, settings: Mapping[str, str] | None = None) -> bool:
        """
        Start the server, making its cluster at the first time; return whether it had to be started.

        *settings* hold for this start only. Left-overs of a killed server are cleared away by PostgreSQL itself.
        Raises `NotAllowed` for a home we cannot use, `Refused` for a cluster of another version, `Unreachable`
        when the server does not come up.
        """
        programs = binaries()
        user = self._prepare_home()
        with self._alone():
            if self.status().running:
                return False
            if not (self.data / "PG_VERSION").exists():
                self._initialise(programs, user)
            self._check_version(programs)
            clear_stale_pid_file(self.data)
            self._launch(programs, user, settings or {})
        return True

    def stop(self) -> bool:
        """Stop the server and wait for it; return whether it was running. Raises `Unreachable` when it will not."""
        if not self.status().running:
            return False
        with self._alone():
            command: list[str | Path] = [binaries() / "pg_ctl", "stop", "-D", self.data, "-m", "fast", "-w", "-t", "60"]
            result = run(command, self._owner())
            if result.returncode and self.status().running:
                raise Unreachable(
                    f"the server in {self.home} does not stop: {result.stderr.strip()}", hint=self._look()
                )
        return True

    def _owner(self) -> pwd.struct_passwd | None:
        """Return whom the server's programs run as: the home's owner if we are root, else ourselves (None)."""
        if os.geteuid() != 0:
            return None
        return pwd.getpwuid(self.home.stat().st_uid)

    def _prepare_home(self) -> pwd.struct_passwd | None:
        """Make the home, or see that it is one of ours; return whom the server runs as (None: ourselves)."""
        user = server_user()
        try:
            if user:
                make_readable_folder(self.home.parent)
            else:
                self.home.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            fresh = not self.home.exists()
            self.home.mkdir(mode=0o700, exist_ok=True)
            self._refuse_foreign_content()
            if user and self.home.stat().st_uid == 0:
                os.chown(self.home, user.pw_uid, user.pw_gid, follow_symlinks=False)
            elif not user and self.home.stat().st_uid != os.geteuid():
                raise self._not_ours()
        except OSError as error:
            raise NotAllowed(
                f"no server can live in {self.home}: {error.strerror}", hint="name another folder with --directory"
            ) from error
        self._see_that_owner_reaches_it(fresh)
        return self._owner()

    def _see_that_owner_reaches_it(self, fresh: bool) -> None:
        owner = self._owner()
        if owner is None or run(["test", "-x", self.home], owner).returncode == 0:
            return
        if fresh:
            self.home.rmdir()
        raise NotAllowed(
            f"{owner.pw_name}, whom the server runs as, cannot reach {self.home}",
            hint=f"name a folder that it can reach with --directory, or leave it out: {SYSTEM_FOLDER}",
        )

    def _refuse_foreign_content(self) -> None:
        """Raise `Refused` when the home holds anything but a server: we would take its folder over."""
        names = {path.name for path in self.home.iterdir()}
        if names and "lock" not in names:
            raise Refused(f"{self.home} holds other files, no server", hint="name an empty or a new folder")

    def _not_ours(self) -> NotAllowed:
        return NotAllowed(f"the server in {self.home} belongs to somebody else", hint="run as its owner or as root")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the home's lock: two starts at once would make the cluster twice."""
        # The folder is the server user's: root must not be led elsewhere by a link in it.
        lock = os.open(self.home / "lock", os.O_RDONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def _initialise(self, programs: Path, user: pwd.struct_passwd | None) -> None:
        """Make the cluster beside its place and move it there when complete, so that half a cluster is never used."""
        building = self.home / "data.new"
        if building.exists():
            shutil.rmtree(building)
        command: list[str | Path] = [programs / "initdb", "-D", building, "-U", SUPERUSER, "-E", "UTF8"]
        command += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        command += ["--auth-local=peer", "--auth-host=reject"]
        command += [argument for name, value in SETTINGS.items() for argument in ("--set", f"{name}={value}")]
        result = run(command, user)
        if result.returncode:
            raise Unreachable(
                f"initdb failed in {self.home}: {result.stderr.strip()}", hint="mend that, then start again"
            )
        owners = ["root"] if user else ["root", pwd.getpwuid(os.geteuid()).pw_name]
        ident = "".join(f'owner "{name}" {SUPERUSER}\n' for name in dict.fromkeys(owners))
        for name, text in (("pg_hba.conf", PG_HBA), ("pg_ident.conf", ident)):
            run(["tee", building / name], user, text).check_returncode()  # as the server's user, for the same reason
        building.rename(self.data)

    def _check_version(self, programs: Path) -> None:
        have = (self.data / "PG_VERSION").read_text().strip()
        bundled = run([programs / "postgres", "--version"], None).stdout.split()[-1]
        if have != bundled.split(".")[0]:
            raise Refused(
                f"the data in {self.home} is of PostgreSQL {have}, the bundled server is {bundled}",
                hint=f"dump it with PostgreSQL {have} and load it into a new folder",
            )

    def _launch(self, programs: Path, user: pwd.struct_passwd | None, settings: Mapping[str, str]) -> None:
        self._make_socket_folder(user)
        options = ["-p", str(PORT), "-k", str(self.socket)]
        options += [argument for name, value in settings.items() for argument in ("-c", f"{name}={value}")]
        command: list[str | Path] = [programs / "pg_ctl", "start", "-D", self.data, "-l", self.log, "-w", "-t", "60"]
        command += ["-o", shlex.join(options)]
        size = self.log.stat().st_size if self.log.exists() else 0
        for _ in range(5):
            if run(command, user).returncode == 0:
                return
            said = self.log.read_text(errors="replace")[size:] if self.log.exists() else ""
            if "pre-existing shared memory block" not in said:
                break
            time.sleep(1)  # the children of a killed server are about to notice
        lines = said.strip().splitlines() or ["it says nothing"]
        reason = next((line for line in lines if "FATAL" in line or "PANIC" in line), lines[-1])
        raise Unreachable(f"the server in {self.home} does not start: {reason}", hint=self._look())

    def _make_socket_folder(self, user: pwd.struct_passwd | None) -> None:
        """Make the socket's folder. Raises `Refused` when a stranger made it first."""
        uid = user.pw_uid if user else os.geteuid()
        try:
            self.socket.mkdir(mode=0o700)
            if user:
                os.chown(self.socket, user.pw_uid, user.pw_gid)
        except FileExistsError:
            found = self.socket.lstat()
            if found.st_uid != uid or found.st_mode & 0o170777 != 0o040700:
                raise Refused(
                    f"{self.socket} is not a private folder of the server's owner", hint="see whose it is; remove it"
                ) from None

    def _look(self) -> str:
        return f"read {self.log}"


@contextmanager
def temporary(settings: Mapping[str, str] | None = None) -> Iterator[BundledServer]:
    """
    Run a server in a folder of its own for as long as the `with` lasts; nothing of it stays.

    *settings* are PostgreSQL's, such as `{"fsync": "off"}`. Raises what `BundledServer.start` raises.
    """
    # Root's TMPDIR may be closed to the server's user; mkdtemp makes a new folder of mode 0700 wherever it is.
    home = Path(tempfile.mkdtemp(prefix="pgcustsec-", dir="/tmp" if os.geteuid() == 0 else None))  # noqa: S108
    server = BundledServer(home / "server")
    try:
        if server_user():
            home.chmod(0o711)  # still root's, but the server's user gets through to its own folder
        server.start(settings)
        yield server
    finally:
        if server.home.exists():
            server.stop()
        shutil.rmtree(server.socket, ignore_errors=True)  # it can lie outside
        shutil.rmtree(home)
