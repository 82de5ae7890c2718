"""What the span of a request says."""

from connectors.tracing import Kind, Span, Trace
from gateway.http.access import AccessEntry
from gateway.observing.requests import tell

SCOPE = {"method": "POST", "scheme": "https", "path": "/graphql"}
ENTRY = AccessEntry("1" * 32, operation="StudioPage", document="d" * 64)


def told(entry: AccessEntry = ENTRY, *, method: str = "POST", status: int = 200, trusted: bool = False) -> Span:
    """A span of a request that ended so."""
    span = Span(Trace(entry.trace_id, lambda _: None), method, Kind.SERVER, None)
    tell(span, SCOPE | {"method": method}, entry, "/graphql", status, is_trusted=lambda _: trusted)
    return span


def test_a_name_is_told_of_trusted_documents_only() -> None:
    """Of others the hash: anybody may put a person's name where a name may be."""
    assert told(trusted=True).attributes["graphql.operation.name"] == "StudioPage"
    assert "graphql.operation.name" not in told().attributes
    assert told().attributes["tongxin.document.hash"] == "d" * 64


def test_only_our_own_failures_fail_it() -> None:
    """A request that was refused is a good answer; a 5xx is not (semantic conventions for HTTP servers)."""
    assert not told(status=404).failed
    assert told(status=503).failed
    assert told(status=503).attributes["error.type"] == "503"


def test_a_method_somebody_made_up_is_not_told() -> None:
    """OpenTelemetry's word stands for it, in the span's name too."""
    span = told(method="X13912345678")

    assert (span.name, span.attributes["http.request.method"]) == ("_OTHER /graphql", "_OTHER")


def test_codes_are_told_once_and_not_without_end() -> None:
    """Each code once, ten at most."""
    entry = AccessEntry("1" * 32, document="d" * 64, errors=[f"CODE_{at:02}" for at in range(30)] * 2)

    codes = told(entry).attributes["tongxin.error.codes"]

    assert codes == tuple(f"CODE_{at:02}" for at in range(10))
