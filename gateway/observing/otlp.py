"""OTLP over HTTP, by OpenTelemetry's exporter: our spans in its form. Imported only where traces are sent."""

import secrets
from collections.abc import Sequence
from importlib.metadata import version

import requests
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExportResult
from opentelemetry.sdk.util.instrumentation import InstrumentationScope
from opentelemetry.trace import Link, SpanContext, SpanKind, Status, StatusCode, TraceFlags

from connectors.tracing import Cause, Span
from gateway.observing.settings import TraceSettings, headers_in

_SECONDS = 5.0
"""How long one batch may take, tried again within it."""
_SAMPLED = TraceFlags(TraceFlags.SAMPLED)
_SCOPE = InstrumentationScope("tongxin", version("tongxin"))
_KINDS = {kind.value: kind for kind in SpanKind}
_WELL, _FAILED = Status(StatusCode.UNSET), Status(StatusCode.ERROR)


class Otlp:
    """``sending.Collector``. Neither proxies nor anything else is taken from the environment."""

    def __init__(self, settings: TraceSettings) -> None:
        session = requests.Session()
        session.trust_env = False
        session.max_redirects = 0  # a collector that sends us elsewhere is not the one that was set
        self._exporter = OTLPSpanExporter(
            settings.endpoint, headers=headers_in(settings.headers), timeout=_SECONDS, session=session
        )
        self._resource = Resource(
            {
                **settings.resource,
                "service.name": settings.service_name,
                "service.version": version("tongxin"),
                "service.instance.id": secrets.token_hex(8),
                "telemetry.sdk.language": "python",
                "telemetry.sdk.name": "opentelemetry",
                "telemetry.sdk.version": version("opentelemetry-sdk"),
            }
        )

    def send(self, spans: Sequence[Span]) -> bool:
        """See ``Collector``."""
        try:
            return self._exporter.export([self._told(span) for span in spans]) is SpanExportResult.SUCCESS
        except Exception:  # noqa: BLE001 - whatever the library makes of it, they were not taken
            return False

    def close(self) -> None:
        """See ``Collector``."""
        self._exporter.shutdown()  # type: ignore[no-untyped-call]  # the library's own

    def _told(self, span: Span) -> ReadableSpan:
        trace_id = span.trace.trace_id
        return ReadableSpan(
            span.name,
            _context(trace_id, span.span_id),
            parent=None if span.parent_id is None else _context(trace_id, span.parent_id),
            resource=self._resource,
            attributes=span.attributes,
            links=[_link(cause) for cause in span.links],
            kind=_KINDS[span.kind],
            status=_FAILED if span.failed else _WELL,
            start_time=span.began,
            end_time=span.ended,
            instrumentation_scope=_SCOPE,
        )


def _context(trace_id: str, span_id: int) -> SpanContext:
    return SpanContext(int(trace_id, 16), span_id, is_remote=False, trace_flags=_SAMPLED)


def _link(cause: Cause) -> Link:
    return Link(_context(cause.trace_id, cause.span_id))
