"""Which requests are recorded, and which of what follows from them.

Of requests without ``traceparent`` a share, by their trace id, so that to leave one out costs a comparison. Who sends
one chose its id, which therefore decides nothing: its flag does (a parent that is not sampled has no children that
are), so many times a minute, so that no stranger can have everything recorded.
"""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from starlette.types import Scope

from connectors.tracing import CURRENT, Cause, Kind, Span, Trace
from gateway.http.access import AccessEntry
from gateway.http.headers import headers_of
from gateway.http.trace import Parent, new_trace_id, state_of
from gateway.observing.requests import tell, tell_operation
from gateway.observing.settings import TraceSettings

Record = Callable[[Span], None]
_ALL = 1 << 64
_QUIET = ("/health/", "/metrics")  # asked all day by machines, and told by metrics


class Tracing:
    """One per process; without ``record`` nothing is recorded, and a trace is no more than its id.

    ``is_trusted`` says of a document's hash whether the document is one of ours, whose names may be told. ``recorded``
    counts traces by why they are: ``share``, ``caller``, ``cause``.
    """

    def __init__(
        self,
        settings: TraceSettings | None = None,
        record: Record | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        settings = settings or TraceSettings()
        self._record = record
        self._bound = 0 if record is None else round(settings.share * _ALL)
        self._hands_on = settings.to_platforms
        self.is_trusted: Callable[[str], bool] = lambda _: False
        self._most_asked = settings.callers_a_minute
        self._asked = float(settings.callers_a_minute)
        self._asked_at = clock()
        self._clock = clock
        self.recorded: Counter[str] = Counter()

    def of_request(self, scope: Scope, entry: AccessEntry) -> Trace | Span:
        """The trace of a request that begins; its outermost span where it is recorded. ``end`` has to follow."""
        trace_id, parent = entry.trace_id, entry.parent
        if self._record is None and not self._hands_on:
            return Trace(trace_id)
        record = None
        if self._record is not None and (
            int(trace_id[16:], 16) < self._bound if parent is None else self._is_asked(parent)
        ):
            record = None if scope["path"].startswith(_QUIET) else self._record
        state = state_of(headers_of(scope)) if self._hands_on and parent is not None else None
        trace = Trace(trace_id, record, hands_on=self._hands_on, state=state)
        if record is None:
            return trace
        self.recorded["share" if parent is None or not parent.sampled else "caller"] += 1
        span = Span(trace, scope["method"], Kind.SERVER, None if parent is None else parent.span_id)
        entry.span_id = span.span_id
        return span

    def end(self, at: Trace | Span, scope: Scope, entry: AccessEntry, route: str | None, status: int) -> None:
        """The request was answered."""
        if type(at) is Span:
            tell(at, scope, entry, route, status, is_trusted=self.is_trusted)
            at.end()
            at.trace.end()
        elif type(at) is Trace:
            at.end()

    @contextmanager
    def operation(self, entry: AccessEntry) -> Iterator[None]:
        """An operation that is no request of its own, but comes on a connection with others."""
        with self.apart("graphql", trace_id=entry.trace_id, kind=Kind.SERVER) as span:
            try:
                yield
            finally:
                if span is not None:
                    entry.span_id = span.span_id
                    tell_operation(span, entry, is_trusted=self.is_trusted)

    @contextmanager
    def apart(
        self, name: str, cause: Cause | None = None, *, trace_id: str | None = None, kind: Kind = Kind.CONSUMER
    ) -> Iterator[Span | None]:
        """A trace of its own for what is done inside; recorded if its cause was, of the rest a share."""
        trace_id = trace_id or new_trace_id()
        recorded = self._record is not None and (cause is not None or int(trace_id[16:], 16) < self._bound)
        trace = Trace(trace_id, self._record if recorded else None, hands_on=self._hands_on)
        try:
            if recorded:
                self.recorded["share" if cause is None else "cause"] += 1
                with Span(trace, name, kind, None, () if cause is None else (cause,)) as span:
                    try:
                        yield span
                    finally:
                        span.attributes |= trace.facts
                return
            before = CURRENT.set(trace)
            try:
                yield None
            finally:
                CURRENT.reset(before)
        finally:
            trace.end()

    def _is_asked(self, parent: Parent) -> bool:
        """Whether a request is recorded that is part of a caller's trace."""
        if self._most_asked and not parent.sampled:
            return False
        return self._may_be_asked() or random.getrandbits(64) < self._bound

    def _may_be_asked(self) -> bool:
        now = self._clock()
        self._asked = min(self._most_asked, self._asked + (now - self._asked_at) * self._most_asked / 60)
        self._asked_at = now
        if self._asked < 1:
            return False
        self._asked -= 1
        return True
