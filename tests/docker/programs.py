"""Programs that these tests run: where they are, and how one is started and ended."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.servers import require

FOLDER = Path(__file__).parents[2] / "docker"
_SECONDS = 30.0


def program(name: str) -> str:
    """Its path; skips or fails by ``require`` where it is not installed."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/bin")
    require(found, f"{name} is not installed")
    return str(found)


@contextmanager
def started(
    command: list[str | Path], port: int, environment: Mapping[str, str] | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    """Run it until left; ready when it takes connections on that port of this machine."""
    surroundings = {"PATH": f"{os.environ['PATH']}:/usr/sbin"} | dict(environment or {})
    process = subprocess.Popen(
        command, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL
    )
    try:
        _wait_for(port, process)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    ends = time.monotonic() + _SECONDS
    while time.monotonic() < ends:
        assert process.poll() is None, "it ended"
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise TimeoutError(port)
