"""Calls to platforms in a trace: the span each is, and what the platform is told of it."""

from connectors.tracing import CURRENT, Kind, Span, new_span_id

TRACEPARENT = "traceparent"
TRACESTATE = "tracestate"


def call_begun(platform: str, operation: str) -> Span | None:
    """Record a call to a platform; ``call_ended`` has to follow. None where nothing is recorded."""
    at = CURRENT.get()
    if type(at) is not Span or not at.trace.takes_one():
        return None
    span = Span(at.trace, f"{platform}/{operation}", Kind.CLIENT, at.span_id)
    span.attributes["peer.service"] = platform
    span.attributes["tongxin.operation"] = operation
    return span.__enter__()


def call_ended(span: Span, outcome: str, *, failed: bool) -> None:
    """How it ended, in the word that metrics have for it; the status was noted where it came."""
    span.attributes["tongxin.outcome"] = outcome
    if failed:
        span.fail(outcome)
    span.__exit__(None, None, None)


def handed_on() -> dict[str, str] | None:
    """The headers that tell a platform of the trace (W3C Trace Context); None where it is not to be told."""
    at = CURRENT.get()
    trace = at.trace if type(at) is Span else at
    if trace is None or not trace.hands_on or not trace.lives:
        return None
    span_id, flags = (at.span_id, "01") if type(at) is Span else (new_span_id(), "00")
    told = {TRACEPARENT: f"00-{trace.trace_id}-{span_id:016x}-{flags}"}
    return told if trace.state is None else told | {TRACESTATE: trace.state}
