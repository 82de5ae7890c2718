"""Under which trace work is done, and what of it is recorded: spans, as OpenTelemetry means them.

Nothing here knows the library or who sends spans where (``gateway/observing``). Most requests are not recorded: then
whoever asks for a span learns so by looking at ``CURRENT``, and does nothing more. What a span says is names of ours,
codes and counts: never a text somebody wrote, an argument, a host, a person.
"""

import enum
import random
import time
from contextlib import AbstractContextManager, nullcontext
from contextvars import ContextVar, Token
from typing import TYPE_CHECKING, NamedTuple, Self, final

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_SPANS = 500
"""Spans of one trace; a request that reads all it may makes fewer."""
_GRACE_SECONDS = 5.0
"""For how long after its end what a request left behind is told with it: reads that go on. Later it is others' work."""

Value = str | int | bool | tuple[str, ...]


class Kind(enum.IntEnum):
    """A span's part in the exchange, with OpenTelemetry's numbers."""

    INTERNAL = 0
    SERVER = 1
    CLIENT = 2
    CONSUMER = 4


class Cause(NamedTuple):
    """A recorded span that others follow from, in a trace of their own."""

    trace_id: str
    span_id: int


@final
class Trace:
    """One request's, or of what is done by itself; ended by who began it.

    ``record`` takes spans that ended, from any thread; None: nothing is recorded. ``facts`` are its root's attributes.
    ``hands_on``: platforms are told of it; ``state``: of what else the caller would have them told.
    """

    __slots__ = ("_left", "_over_at", "facts", "hands_on", "record", "state", "trace_id")

    def __init__(
        self,
        trace_id: str,
        record: "Callable[[Span], None] | None" = None,
        *,
        hands_on: bool = False,
        state: str | None = None,
    ) -> None:
        self.trace_id = trace_id
        self.record = record
        self.hands_on = hands_on
        self.state = state
        self.facts: dict[str, Value] = {}
        self._left = MOST_SPANS
        self._over_at: float | None = None

    def end(self) -> None:
        """It is over; tasks that were begun under it may live on."""
        self._over_at = time.monotonic()

    @property
    def lives(self) -> bool:
        """Whether what is done under it belongs to it."""
        return self._over_at is None or time.monotonic() - self._over_at < _GRACE_SECONDS

    def takes_one(self) -> bool:
        """Whether one more span may be begun."""
        self._left -= 1
        return self._left >= 0 and self.lives


@final
class Span:
    """One piece of work: a context manager that is the place in the trace while it is open. Times are nanoseconds."""

    __slots__ = (
        "_before",
        "attributes",
        "began",
        "ended",
        "failed",
        "kind",
        "links",
        "name",
        "parent_id",
        "span_id",
        "trace",
    )

    _before: "Token[Trace | Span | None]"

    def __init__(
        self, trace: Trace, name: str, kind: Kind, parent_id: int | None, links: tuple[Cause, ...] = ()
    ) -> None:
        self.trace = trace
        self.name = name
        self.kind = kind
        self.span_id = new_span_id()
        self.parent_id = parent_id
        self.links = links
        self.attributes: dict[str, Value] = {}
        self.failed = False
        self.began = time.time_ns()
        self.ended = 0

    def fail(self, why: str) -> None:
        """Mark as failed, by a word of ours."""
        self.failed = True
        self.attributes["error.type"] = why

    def end(self) -> None:
        """Hand it over; nothing of it may be changed after that."""
        self.ended = time.time_ns()
        if self.trace.record is not None:
            self.trace.record(self)

    def __enter__(self) -> Self:
        self._before = CURRENT.set(self)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        CURRENT.reset(self._before)
        if kind is not None and not self.failed:
            self.fail(kind.__name__)
        self.end()


CURRENT: ContextVar[Trace | Span | None] = ContextVar("trace", default=None)
"""Where we are: a span where the trace is recorded, else the trace; None outside of any."""

_NOTHING: AbstractContextManager[None] = nullcontext()


def new_span_id() -> int:
    """Eight bytes, not all zero."""
    return random.getrandbits(64) or 1


def is_recorded() -> bool:
    """Whether what goes on is part of a trace that is recorded; for who would do more than ask for a span."""
    return type(CURRENT.get()) is Span


def spanned(name: str, kind: Kind = Kind.INTERNAL) -> AbstractContextManager[Span | None]:
    """Record what is done inside, as a part of what goes on; None, and nothing, where that is not recorded."""
    at = CURRENT.get()
    if type(at) is not Span or not at.trace.takes_one():
        return _NOTHING
    return Span(at.trace, name, kind, at.span_id)


def note(name: str, *, value: Value) -> None:
    """Add to the span that is open, where one is: a task may live on after its own."""
    at = CURRENT.get()
    if type(at) is Span and not at.ended:
        at.attributes[name] = value


def note_of_request(name: str, *, value: Value) -> None:
    """Add to the outermost span."""
    at = CURRENT.get()
    if type(at) is Span:
        at.trace.facts[name] = value


def cause() -> Cause | None:
    """What is done now, as the cause of what is done later; None where it is not recorded."""
    at = CURRENT.get()
    return Cause(at.trace.trace_id, at.span_id) if type(at) is Span else None


def trace_now() -> Trace | None:
    """The trace that goes on; None outside of any, and in tasks that live on long after theirs."""
    at = CURRENT.get()
    trace = at.trace if type(at) is Span else at
    return trace if trace is not None and trace.lives else None
