"""What the span of a read says."""

from collections.abc import Callable, Sequence
from typing import Any

from connectors.provenance import CacheState, Provenance
from connectors.tracing import Span

_LEAST_FRESH = (CacheState.STALE, CacheState.FETCHED, CacheState.KEPT)


def tell_read(span: Span, source: Callable[..., Any], told: Sequence[Provenance], answers: Sequence[Any]) -> None:
    """Note whose method was asked, for how many keys, how many of them failed, and how fresh the oldest is."""
    span.name = f"read {source.__qualname__}"
    span.attributes["tongxin.read.keys"] = len(answers)
    span.attributes["tongxin.read.failed"] = sum(isinstance(answer, Exception) for answer in answers)
    if told:
        states = {one.state for one in told}
        span.attributes["tongxin.cache.state"] = next(state for state in _LEAST_FRESH if state in states).value
