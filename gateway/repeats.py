"""Keeps lines that are alike from flooding the log: one platform that is down fails a thousand requests a second.

Alike is what tells the same of the same thing, whichever request it was. Of these ten go out in ten seconds; the first
behind them says how many were left out. Lines about requests do not come here: there is one for each.
"""

import time
from collections.abc import Callable, MutableMapping
from typing import Any

import structlog

SECONDS = 10.0
MOST = 10
_MOST_KINDS = 500
_TELLING = ("event", "logger", "platform", "operation", "error", "code", "kind", "area")

Line = MutableMapping[str, Any]


class _Kind:
    __slots__ = ("count", "since")

    def __init__(self, since: float) -> None:
        self.since = since
        self.count = 0


class Repeats:
    """One per process; a processor of structlog. ``left_out`` counts since the start."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.left_out = 0
        self._clock = clock
        self._kinds: dict[tuple[object, ...], _Kind] = {}

    def __call__(self, _logger: object, _method: str, line: Line) -> Line:
        """Let a line pass, or raise ``structlog.DropEvent``."""
        name, now = _name_of(line), self._clock()
        kind = self._kinds.get(name)
        if kind is None:
            if len(self._kinds) >= _MOST_KINDS:
                self._kinds.clear()
            kind = self._kinds[name] = _Kind(now)
        elif now - kind.since >= SECONDS:
            if kind.count > MOST:
                line["left_out"] = kind.count - MOST
            kind.since, kind.count = now, 0
        kind.count += 1
        if kind.count > MOST:
            self.left_out += 1
            raise structlog.DropEvent
        return line


def _name_of(line: Line) -> tuple[object, ...]:
    fault = line.get("fault")
    where = (fault["type"], *fault["at"][-1:]) if isinstance(fault, dict) else ()
    return (*[str(line.get(name)) for name in _TELLING], *where)


repeats = Repeats()
"""The process' own: there is one log."""
