"""Start and stop server processes: no root for PostgreSQL, no orphans, no leftovers."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

#: Unix socket paths hold at most 107 bytes on Linux; the longest name we put in is 30 bytes.
MAX_SOCKET_DIRECTORY = 76


class EmbeddedServerError(RuntimeError):
    """An embedded server cannot be started; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Runner:
    """How a server is run: a command in front of it, and the user it becomes, if any."""

    prefix: tuple[str, ...] = ()
    uid: int | None = None
    gid: int | None = None

    @classmethod
    def unprivileged(cls) -> Runner:
        """A runner that is not root.

        PostgreSQL refuses uid 0. Root first tries a user namespace (files stay root's own);
        where that is refused (containers, chroot) the server becomes `nobody`.
        """
        if os.geteuid() != 0:
            return cls()
        nobody = pwd.getpwnam("nobody")
        prefix = (
            "unshare",
            "--user",
            f"--map-user={nobody.pw_uid}",
            f"--map-group={nobody.pw_gid}",
            "--",
        )
        if shutil.which("unshare") and _succeeds([*prefix, "true"]):
            return cls(prefix=prefix)
        return cls(uid=nobody.pw_uid, gid=nobody.pw_gid)

    @property
    def owner(self) -> tuple[int, int]:
        """The (uid, gid) that must own the files which the server writes."""
        return (
            os.geteuid() if self.uid is None else self.uid,
            os.getegid() if self.gid is None else self.gid,
        )

    def can_execute(self, program: Path) -> bool:
        """Whether the program may be run, directories above it included."""
        return _succeeds([*self.prefix, "test", "-x", str(program)], user=self.uid, group=self.gid)

    def can_enter(self, directory: Path) -> bool:
        """Whether the server may go into the directory."""
        return self.can_execute(directory)

    def run(
        self, command: Sequence[str | Path], env: Mapping[str, str]
    ) -> subprocess.CompletedProcess[str]:
        """Run a short command as the server's user, and wait for it.

        Raises:
            EmbeddedServerError: with the command's own last words, if it fails.
        """
        done = subprocess.run(  # noqa: S603 -- words of our own
            [*self.prefix, *map(str, command)],
            check=False,
            capture_output=True,
            text=True,
            env=dict(env),
            cwd="/",
            user=self.uid,
            group=self.gid,
            extra_groups=None if self.uid is None else [],
        )
        if done.returncode != 0:
            name = Path(str(command[0])).name
            raise EmbeddedServerError(f"{name} failed: {(done.stderr or done.stdout)[-2000:]}")
        return done

    def own(self, directory: Path) -> None:
        """Give the directory and what lies in it to the server's user (root only)."""
        if os.geteuid() != 0 or not directory.exists():
            return
        uid, gid = self.owner
        if directory.stat().st_uid == uid:
            return
        for folder, _, names in os.walk(directory):
            os.chown(folder, uid, gid)
            for name in names:
                os.chown(Path(folder) / name, uid, gid, follow_symlinks=False)


@dataclass(slots=True)
class ServerProcess:
    """One server process, with its log file."""

    name: str
    log: Path
    runner: Runner = field(default_factory=Runner)
    death_signal: str = "TERM"
    process: subprocess.Popen[bytes] | None = None
    log_start: int = 0

    def spawn(self, command: Sequence[str | Path], env: Mapping[str, str]) -> None:
        """Start the server; it dies with the calling *thread*, also if that one is killed."""
        guard = ["setpriv", "--pdeathsig", self.death_signal, "--"]
        words = [*self.runner.prefix, *(guard if shutil.which("setpriv") else [])]
        with self.log.open("ab") as log:
            self.log_start = log.tell()
            self.process = subprocess.Popen(  # noqa: S603 -- words of our own
                [*words, *map(str, command)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=dict(env),
                cwd="/",
                start_new_session=True,
                user=self.runner.uid,
                group=self.runner.gid,
                extra_groups=None if self.runner.uid is None else [],
            )

    def alive(self) -> bool:
        """Whether the process runs."""
        return self.process is not None and self.process.poll() is None

    def words(self) -> str:
        """What this start of the server has written to its log."""
        with self.log.open("rb") as log:
            log.seek(self.log_start)
            return log.read().decode("utf-8", "replace")

    def wait_until(self, ready: Callable[[], bool], timeout: float) -> None:
        """Wait until the server answers.

        Args:
            ready: the question to the server.
            timeout: seconds.

        Raises:
            EmbeddedServerError: the server has ended, or is not ready in time.
        """
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            if not self.alive():
                raise EmbeddedServerError(f"{self.name} ended at once:\n{self.words()[-2000:]}")
            if ready():
                return
            time.sleep(0.005)
        raise EmbeddedServerError(f"{self.name} is not ready after {timeout:.0f} s; see {self.log}")

    def stop(self, gentle: signal.Signals, hard: signal.Signals, timeout: float) -> None:
        """Ask the server to end, then make it."""
        process = self.process
        self.process = None
        if process is None or process.poll() is not None:
            return
        process.send_signal(gentle)
        try:
            process.wait(timeout)
        except subprocess.TimeoutExpired:
            process.send_signal(hard)
            process.wait(timeout)


def _succeeds(command: list[str], user: int | None = None, group: int | None = None) -> bool:
    try:
        done = subprocess.run(  # noqa: S603 -- words of our own
            command,
            check=False,
            capture_output=True,
            cwd="/",
            user=user,
            group=group,
            extra_groups=None if user is None else [],
        )
    except OSError:
        return False
    return done.returncode == 0
