"""A Redis that tests start for themselves."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.servers import free_port, require

_NAMES = ("redis-server", "valkey-server")
_SECONDS = 20.0


class RedisServer:
    """Listens on loopback; keeps nothing on disk."""

    def __init__(self, port: int, command: list[str]) -> None:
        self.url = f"redis://127.0.0.1:{port}/0"
        self._port = port
        self._command = command
        self.start()

    def start(self) -> None:
        """Start it, with nothing in it."""
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)
        try:
            _wait_for(self._port)
        except TimeoutError:
            self.stop()
            raise

    @property
    def pid(self) -> int:
        """Its process."""
        return self._process.pid

    def stop(self) -> None:
        """End it, and all that is in it; again does nothing."""
        self._process.kill()
        self._process.wait()

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """It takes calls and answers none while the block runs."""
        os.kill(self._process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self._process.pid, signal.SIGCONT)


@contextmanager
def redis_server() -> Iterator[RedisServer]:
    """Start one; skips or fails by ``require`` where there is none to start."""
    binary = next((path for name in _NAMES if (path := shutil.which(name))), None)
    require(binary, "Redis is not installed (redis-server not found)")
    folder = Path(tempfile.mkdtemp(prefix="tongxin-redis-"))
    port = free_port()
    command = [str(binary), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    try:
        server = RedisServer(port, command)
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(port: int) -> None:
    ends = time.monotonic() + _SECONDS
    while time.monotonic() < ends:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    raise TimeoutError(port)
