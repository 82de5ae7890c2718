"""What the outermost span of a request says, by OpenTelemetry's conventions for HTTP and GraphQL.

Not the path, which may hold a secret, nor the host, the address or the text; the operation's name only where the
document is one of ours, since anybody may write anything there. So is its type, which the engine notes.
"""

from collections.abc import Callable

from starlette.types import Scope

from connectors.tracing import Span
from gateway.http.access import AccessEntry

_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
_OTHER = "_OTHER"
_SERVER_ERROR = 500
_MOST_CODES = 10


def tell(
    span: Span,
    scope: Scope,
    entry: AccessEntry,
    route: str | None,
    status: int,
    *,
    is_trusted: Callable[[str], bool],
) -> None:
    """Note how a request ended; ``route`` is the pattern, None where none fits."""
    method = scope["method"] if scope["method"] in _METHODS else _OTHER
    span.name = method if route is None else f"{method} {route}"
    facts = span.attributes
    facts |= span.trace.facts
    facts["http.request.method"] = method
    facts["http.response.status_code"] = status
    facts["url.scheme"] = "https" if scope.get("scheme") == "https" else "http"
    if route is not None:
        facts["http.route"] = route
    tell_operation(span, entry, is_trusted=is_trusted)
    if status >= _SERVER_ERROR:
        span.fail(str(status))


def tell_operation(span: Span, entry: AccessEntry, *, is_trusted: Callable[[str], bool]) -> None:
    """Note which operation it was and the codes of its errors."""
    if entry.document is not None:
        span.attributes["tongxin.document.hash"] = entry.document
        if entry.operation is not None and is_trusted(entry.document):
            span.attributes["graphql.operation.name"] = entry.operation
    if entry.errors:
        span.attributes["tongxin.error.codes"] = tuple(sorted(set(entry.errors))[:_MOST_CODES])
