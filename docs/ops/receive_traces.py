"""A small collector, to look at traces without one: prints a line a span, those below others moved in.

.venv/bin/python docs/ops/receive_traces.py [PORT]
"""

import sys
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


class Receiver(BaseHTTPRequestHandler):
    """Takes OTLP over HTTP at any path."""

    def do_POST(self) -> None:
        told = ExportTraceServiceRequest.FromString(self.rfile.read(int(self.headers["content-length"])))
        spans = [span for resource in told.resource_spans for scope in resource.scope_spans for span in scope.spans]
        ids = {span.span_id for span in spans}
        for root in (span for span in spans if span.parent_span_id not in ids):
            print(f"trace {root.trace_id.hex()}")
            show(root, spans, 1)
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Nothing beside the spans."""


def show(span: Any, spans: Sequence[Any], depth: int) -> None:
    facts = " ".join(f"{one.key}={value(one.value)}" for one in span.attributes)
    linked = " ".join(f"caused by {link.trace_id.hex()}" for link in span.links)
    ms = (span.end_time_unix_nano - span.start_time_unix_nano) / 1e6
    print(f"{'  ' * depth}{span.name}  {ms:.1f} ms  {facts} {linked}".rstrip(), flush=True)
    for below in sorted(spans, key=lambda one: one.start_time_unix_nano):
        if below.parent_span_id == span.span_id:
            show(below, spans, depth + 1)


def value(told: Any) -> Any:
    found = getattr(told, told.WhichOneof("value"))
    return [one.string_value for one in found.values] if hasattr(found, "values") else found


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 4318), Receiver).serve_forever()
