"""What stopped a request on its way, as a refusal with the headers its status asks for."""

import structlog

from auth.dpop.proofs import BadProofError
from auth.store import StoreUnavailableError
from auth.tokens import InvalidTokenError
from connectors.refusals import RefusedError
from gateway.errors.requests import INTERNAL_ERROR
from gateway.execution.operation import NotAllowedByMethodError
from gateway.http.access import AccessEntry
from gateway.http.bearer import refused_token
from gateway.http.headers import Headers
from gateway.http.rate_headers import too_often
from gateway.http.refusal import RequestRefusedError
from gateway.limits.rates import TooOftenError

DPOP = "dpop"
_REFUSED: tuple[tuple[type[Exception], str, tuple[tuple[bytes, bytes], ...]], ...] = (
    (StoreUnavailableError, "SIGN_ON_UNAVAILABLE", ((b"retry-after", b"2"),)),
    (NotAllowedByMethodError, "ONLY_QUERIES_BY_GET", ((b"allow", b"POST"),)),
    (TimeoutError, "DEADLINE_EXCEEDED", ()),
    (RecursionError, "DOCUMENT_TOO_DEEP", ()),
)
"""What may stop a request: the exception, its code, headers of its answer."""


def refusal_of(error: Exception, entry: AccessEntry, headers: Headers) -> RefusedError:
    """The refusal; what nobody planned for goes to the log and is told without its words."""
    if isinstance(error, TooOftenError):
        return too_often(error)
    if isinstance(error, RefusedError):
        return error
    if isinstance(error, (InvalidTokenError, BadProofError)):
        return refused_token(error, bound=headers.joined(DPOP) is not None)
    for kind, code, told in _REFUSED:
        if isinstance(error, kind):
            return RequestRefusedError(code, told)
    structlog.get_logger().error("unplanned failure", trace_id=entry.trace_id, fault=error)
    return RequestRefusedError(INTERNAL_ERROR)
