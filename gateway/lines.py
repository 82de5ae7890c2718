"""Where log lines go: at once, or gathered for a moment and then written together, always in the order they came.

A write is a system call, which costs more than making the line. So lines about what went well wait for each other, at
most 100 ms; any line that does not wait takes those before it along, so that the log's order is the order of things.
"""

import asyncio
import atexit
import sys
from collections.abc import Callable
from typing import BinaryIO

SECONDS = 0.1
_MOST_BYTES = 64 * 1024


class Lines:
    """A stream of lines, each with its line break; lives as long as the stream.

    Has what structlog asks of a file: ``write`` and ``flush``. ``form`` rewrites lines just before they go out.
    """

    def __init__(
        self, stream: BinaryIO | None = None, *, access: bool = True, form: Callable[[bytes], bytes] | None = None
    ) -> None:
        self.access = access  # whether lines about requests are wanted
        self._stream = stream
        self._form = form
        self._waiting: list[bytes] = []
        self._bytes = 0
        self._loop: asyncio.AbstractEventLoop | None = None

    def gather(self, line: bytes) -> None:
        """Write a line within 100 ms; for the event loop's thread only."""
        loop = asyncio.get_running_loop()
        if not self._waiting or self._loop is not loop:
            self._loop = loop
            loop.call_later(SECONDS, self.flush)
        self._waiting.append(line)
        self._bytes += len(line)
        if self._bytes > _MOST_BYTES:
            self.flush()

    def write(self, line: bytes) -> None:
        """Write a line now, behind those that wait; from any thread."""
        waiting, self._waiting, self._bytes = self._waiting, [], 0
        text = b"".join(waiting) + line
        self._target.write(text if self._form is None else self._form(text))

    def flush(self) -> None:
        """Write what waits, and let it out of this process."""
        if self._waiting:
            self.write(b"")
        self._target.flush()

    @property
    def _target(self) -> BinaryIO:
        """Standard error is looked up each time: who takes its place meanwhile gets the lines."""
        return self._stream or sys.stderr.buffer


class _Current:
    lines = Lines(access=False)  # nobody has said yet where they go


def current() -> Lines:
    """Where lines go now."""
    return _Current.lines


def write_to(lines: Lines) -> None:
    """Send all further lines there; what waits elsewhere is written first."""
    _Current.lines.flush()
    _Current.lines = lines


@atexit.register
def _flush() -> None:
    try:
        current().flush()
    except ValueError:
        return  # the stream was closed before us
