"""A collector of traces for tests: a real OTLP receiver on loopback, which decodes what it is sent."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


@dataclass
class Told:
    """A span as it arrived."""

    name: str
    kind: int
    trace_id: str
    span_id: str
    parent_id: str
    attributes: dict[str, Any]
    links: list[tuple[str, str]]
    failed: bool


@dataclass
class Collector:
    """What came; ``raw`` are the bodies to the byte."""

    address: str = ""
    status: int = 200
    raw: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    resource: dict[str, Any] = field(default_factory=dict)
    spans: list[Told] = field(default_factory=list)

    def named(self, name: str) -> list[Told]:
        """The spans of that name."""
        return [span for span in self.spans if span.name == name]

    def of(self, kind: int) -> list[Told]:
        """The spans of that kind, in OTLP's numbers: 1 internal, 2 server, 3 client, 5 consumer."""
        return [span for span in self.spans if span.kind == kind]

    def take(self, body: bytes, headers: dict[str, str]) -> None:
        """Decode one request."""
        self.raw.append(body)
        self.headers.append(headers)
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            self.resource = _values(resource.resource.attributes)
            self.spans += [_told(span) for scope in resource.scope_spans for span in scope.spans]


@contextmanager
def collecting() -> Iterator[Collector]:
    """A collector, for as long as the block runs."""
    collector = Collector()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            if collector.status == 200:
                collector.take(body, dict(self.headers))
            self.send_response(collector.status)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    collector.address = f"http://127.0.0.1:{server.server_port}/v1/traces"
    try:
        yield collector
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def _told(span: Any) -> Told:
    return Told(
        span.name,
        span.kind,
        span.trace_id.hex(),
        span.span_id.hex(),
        span.parent_span_id.hex(),
        _values(span.attributes),
        [(link.trace_id.hex(), link.span_id.hex()) for link in span.links],
        span.status.code == 2,
    )


def _values(attributes: Any) -> dict[str, Any]:
    found = {}
    for one in attributes:
        value = getattr(one.value, one.value.WhichOneof("value"))
        found[one.key] = [each.string_value for each in value.values] if hasattr(value, "values") else value
    return found
