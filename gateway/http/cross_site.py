"""Queries by GET that a browser sends for a page of another site, without that page having been allowed to ask.

Nothing can be forged by them: GET runs queries only, and nobody is known here by a cookie. Left is what a page learns
from how long an answer takes or how large it is, and the work it makes others' browsers cause, from inside their
networks. Browsers say where a request comes from (Fetch Metadata); programs say nothing and need no header.
"""

from gateway.http.content import is_json
from gateway.http.headers import Headers
from gateway.http.refusal import RequestRefusedError

_ELSEWHERE = frozenset({"cross-site", "same-site"})
_FORCING = (
    "authorization",
    "x-tongxin-require-preflight",
    "apollo-require-preflight",
    "x-apollo-operation-name",
    "x-tongxin-cost",
    "x-tongxin-explain",
)
"""Headers that a page can send to another origin only after a preflight."""


def check_asked_first(headers: Headers, *, everyone: bool, may_read: bool) -> None:
    """Let a GET pass that is no foreign page's, or that a page was allowed to send.

    ``everyone``: programs too have to send one of the headers, as Apollo Server asks. ``may_read``: the page's origin
    may read the answer anyway. Raises ``RequestRefusedError`` (403).
    """
    if may_read or _was_allowed(headers) or not (everyone or _from_elsewhere(headers)):
        return
    raise RequestRefusedError("CROSS_SITE_REQUEST")


def _was_allowed(headers: Headers) -> bool:
    return is_json(headers.sole("content-type")) or any(headers.all(name) for name in _FORCING)


def _from_elsewhere(headers: Headers) -> bool:
    """A link that a person follows to the answer itself is fine: the page it stood on sees nothing of it."""
    followed = headers.sole("sec-fetch-mode") == "navigate" and headers.sole("sec-fetch-dest") == "document"
    return headers.sole("sec-fetch-site") in _ELSEWHERE and not followed
