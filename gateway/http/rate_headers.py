"""The headers RateLimit and RateLimit-Policy (draft-ietf-httpapi-ratelimit-headers-10), and Retry-After."""

from connectors.viewer import Viewer
from gateway.http.refusal import RequestRefusedError
from gateway.http.security import Header
from gateway.limits.rates import Rates, TooOftenError

_POLICY, _LEFT = b"ratelimit-policy", b"ratelimit"


def told_to(viewer: Viewer, rates: Rates) -> tuple[Header, ...]:
    """What a caller with a token may use up, and how much of it is left."""
    told = rates.told(viewer)
    return () if told is None else ((_POLICY, told[0].encode()), (_LEFT, told[1].encode()))


def too_often(error: TooOftenError) -> RequestRefusedError:
    """The refusal as HTTP has it: the one limit that was met, and when to come again."""
    policy, left = error.told
    headers = ((b"retry-after", b"%d" % error.seconds), (_POLICY, policy.encode()), (_LEFT, left.encode()))
    return RequestRefusedError(error.code, headers, **error.facts)
