"""Servers in processes of their own: where they run, and the CPU time and memory they use."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, LOAD_CORE = CORES[0], CORES[-1]
"""What is measured runs on one core, what loads it and what answers it on another; on a single core all share it."""

_SLOWEST_START = 60.0
_IDLE_SECONDS = 0.003
_LOOKED = 0.06
_TOLD = 1000


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@contextmanager
def running(
    arguments: list[str], environment: Mapping[str, str], ready: Callable[[], bool], log: Path, core: int = SERVER_CORE
) -> Iterator[int]:
    """Run a Python program on a core while the block runs, once it is ready; gives its process id.

    What it writes goes to ``log``: the access log is part of what is measured.
    """
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            env=environment,
            stdout=written,
            stderr=subprocess.STDOUT,
            preexec_fn=lambda: os.sched_setaffinity(0, {core}),  # noqa: PLW1509 - no thread runs here
        )
    try:
        if not _came(ready, process):
            raise SystemExit(f"{' '.join(arguments)} did not start: {log.read_text()[-_TOLD:]}")
        yield process.pid
    finally:
        process.terminate()
        process.wait(15)


def listening(port: int) -> Callable[[], bool]:
    """Whether somebody listens on the port, asked whenever called."""

    def asked() -> bool:
        with socket.socket() as sock:
            return sock.connect_ex(("127.0.0.1", port)) == 0

    return asked


def _came(ready: Callable[[], bool], process: subprocess.Popen[bytes]) -> bool:
    ends = time.monotonic() + _SLOWEST_START
    while not ready():
        if process.poll() is not None or time.monotonic() > ends:
            return False
        time.sleep(0.01)
    return True


def move_children(pid: int, core: int) -> None:
    """Put what a process started on another core: the sandbox, whose gateway started it."""
    for child in children(pid):
        for task in Path(f"/proc/{child}/task").iterdir():
            os.sched_setaffinity(int(task.name), {core})


def children(pid: int) -> list[int]:
    """The processes that one started."""
    return list(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))


def cpu_seconds(pid: int) -> float:
    """CPU time of a process, all threads, ended ones too, user and kernel; in nanoseconds' steps.

    The clock's number is made of the process' as ``clock_getcpuclockid`` does it (Linux).
    """
    return time.clock_gettime((~pid << 3) | 2)


def rss_mb(pid: int) -> float:
    """Memory a process holds, in megabytes."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def wait_idle(pid: int) -> None:
    """Wait until a process has done what the last load left it with."""
    for _ in range(150):
        before = cpu_seconds(pid)
        time.sleep(_LOOKED)
        if cpu_seconds(pid) - before < _IDLE_SECONDS:
            return


def share_core(core: int) -> None:
    """Move this process, which loads, to a core."""
    os.sched_setaffinity(0, {core})
