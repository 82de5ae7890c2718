"""Starts, kills and starts again a gateway in a process of its own (``tests.mortal.gateway``)."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Self

import httpx

ROOT = Path(__file__).parents[2]
KILLED = -signal.SIGKILL
_SECONDS = 60


class Lives:
    """The lives of one gateway, on one port; ``log`` is where it writes what it has to say."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self.environment = environment
        self.port = int(environment["TONGXIN_PORT"])
        self._log = log.open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.mortal.gateway"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )
        self.child: int | None = None

    def __enter__(self) -> Self:
        self.begin()
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        if self.child is not None:
            with suppress(ProcessLookupError):
                os.kill(self.child, signal.SIGKILL)
        self._process.stdin.close()
        self._process.wait(_SECONDS)
        self._process.stdout.close()
        self._log.close()

    def begin(self) -> None:
        """Start it, and wait until it serves."""
        self._ask("serve")
        until = time.monotonic() + _SECONDS
        while time.monotonic() < until:
            with suppress(httpx.TransportError):
                if httpx.get(f"http://127.0.0.1:{self.port}/health/live", trust_env=False).is_success:
                    return
            time.sleep(0.01)
        raise AssertionError("it does not serve")

    def kill(self) -> None:
        """Kill it, whatever it does just now."""
        assert self.child is not None
        os.kill(self.child, signal.SIGKILL)
        assert self.ended() == KILLED

    def ended(self) -> int:
        """Wait for its end; answers the status."""
        word, status = self._told().split()
        assert word == "ended", word
        self.child = None
        return int(status)

    def run(self, moment: int, *words: str) -> int:
        """Run a command in the place of the gateway, killed at that moment; answers the status."""
        self._ask(f"run {moment} {' '.join(words)}")
        return self.ended()

    def _ask(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        word, child = self._told().split()
        assert word == "began", word
        self.child = int(child)

    def _told(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the process is gone"
        return line
