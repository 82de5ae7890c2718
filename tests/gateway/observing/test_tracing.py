"""Which requests are traced."""

from typing import Any

import pytest

from connectors.tracing import CURRENT, Cause, Span, cause, spanned
from gateway.http.access import entry_of
from gateway.observing.settings import TraceSettings
from gateway.observing.tracing import Tracing

CALLER, PARENT = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
COLLECTOR = "http://127.0.0.1:4318/v1/traces"


def request(traceparent: str = "", path: str = "/graphql") -> dict[str, Any]:
    """A request as ASGI has it."""
    headers = [(b"traceparent", traceparent.encode())] if traceparent else []
    return {"type": "http", "method": "POST", "path": path, "headers": headers}


def is_traced(tracing: Tracing, scope: dict[str, Any]) -> bool:
    """Whether that request is."""
    return isinstance(tracing.of_request(scope, entry_of(scope)), Span)


def test_about_the_share_is_traced() -> None:
    """Of new traces the share, of which nothing but the id decides."""
    spans: list[Span] = []
    tracing = Tracing(TraceSettings(endpoint=COLLECTOR, share=0.25), spans.append)

    found = [is_traced(tracing, request()) for _ in range(4000)]

    assert 700 < sum(found) < 1300
    assert tracing.recorded["share"] == sum(found)


def test_callers_have_an_allowance_that_comes_again() -> None:
    """Sampled parents are followed so many times a minute, and again as time goes on."""
    now = [0.0]
    settings = TraceSettings(endpoint=COLLECTOR, share=0, callers_a_minute=2)
    tracing = Tracing(settings, lambda _: None, clock=lambda: now[0])
    asking = f"00-{CALLER}-{PARENT}-01"

    first = [is_traced(tracing, request(asking)) for _ in range(4)]
    now[0] = 30.0
    later = [is_traced(tracing, request(asking)) for _ in range(4)]

    assert first == [True, True, False, False]
    assert later == [True, False, False, False]
    assert tracing.recorded["caller"] == 3


@pytest.mark.parametrize("path", ["/health/live", "/health/ready", "/metrics"])
def test_what_machines_ask_all_day_is_not(path: str) -> None:
    """Probes of balancers and scrapes would be most of all traces."""
    assert not is_traced(Tracing(TraceSettings(share=1), lambda _: None), request(path=path))


def test_without_a_collector_there_is_only_the_id() -> None:
    """Nothing is recorded, and what is done inside learns so."""
    scope = request()
    tracing = Tracing(TraceSettings(share=1))
    at = tracing.of_request(scope, entry_of(scope))
    before = CURRENT.set(at)
    with spanned("read") as span:
        caused = cause()
    CURRENT.reset(before)

    assert (span, caused) == (None, None)


def test_what_follows_is_traced_as_its_cause_was() -> None:
    """A trace of its own, linked; without a cause it is one of the share, here none."""
    spans: list[Span] = []
    tracing = Tracing(TraceSettings(endpoint=COLLECTOR, share=0), spans.append)

    with tracing.apart("effect", Cause(CALLER, 7)), spanned("read"):
        pass
    with tracing.apart("effect"), spanned("read"):
        pass

    inner, outer = spans
    assert (outer.links, outer.parent_id, inner.parent_id) == ((Cause(CALLER, 7),), None, outer.span_id)
    assert outer.trace.trace_id != CALLER


def test_a_trace_is_not_without_end() -> None:
    """However much is done inside, so many spans are recorded."""
    spans: list[Span] = []
    with Tracing(TraceSettings(share=1), spans.append).apart("effect"):
        for _ in range(2000):
            with spanned("read"):
                pass

    assert len(spans) == 501


@pytest.mark.parametrize("headers", ["a", "a b=c", "a=\n", "=b"])
def test_headers_that_cannot_be_sent_stop_the_start(headers: str) -> None:
    """They are told as a wrong setting, not at the first trace."""
    with pytest.raises(ValueError, match="name=value"):
        TraceSettings.model_validate({"headers": headers})
