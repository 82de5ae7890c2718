"""Which media type the caller can read (RFC 9110 section 12.5.1)."""

import enum

from gateway.http.headers import weighted
from gateway.http.remembering import remembered


class MediaType(enum.StrEnum):
    """The forms of an answer (GraphQL over HTTP, "Media Types")."""

    GRAPHQL = "application/graphql-response+json"
    JSON = "application/json"


_HTML = "text/html"
_EVENTS = "text/event-stream"
_EXACT = 3


@remembered
def media_type_for(accept: str | None) -> MediaType | None:
    """The form to answer in; None when the caller takes neither.

    Whoever names no type or only wildcards gets ``application/json``, which every client reads. Between two named
    with the same weight the newer one wins.
    """
    if not accept:
        return MediaType.JSON
    ranges = weighted(accept)
    best: tuple[float, int, bool] = (0.0, 0, False)
    chosen: MediaType | None = None
    for offered in MediaType:
        quality, exactness = _match(offered, ranges)
        rank = (quality, exactness, (offered is MediaType.GRAPHQL) == (exactness == _EXACT))
        if quality > 0 and rank > best:
            best, chosen = rank, offered
    return chosen


@remembered
def prefers_events(accept: str | None) -> bool:
    """Whether server-sent events are the first choice: of the types with most weight the first, as clients mean it.

    urql names ``text/event-stream`` with every query, behind JSON.
    """
    if not accept or _EVENTS not in accept.lower():
        return False
    ranges = weighted(accept)
    best = max((quality for _, quality in ranges), default=0.0)
    return best > 0 and next((name for name, quality in ranges if quality == best), "") == _EVENTS


@remembered
def prefers_html(accept: str | None) -> bool:
    """Whether a browser asks: it names ``text/html`` before what a GraphQL client would."""
    if not accept or _HTML not in accept.lower():
        return False
    ranges = weighted(accept)
    html, exactness = _match(_HTML, ranges)
    return exactness == _EXACT and html > 0 and all(html >= _named(offered, ranges) for offered in MediaType)


def _match(media_type: str, ranges: list[tuple[str, float]]) -> tuple[float, int]:
    """Weight and exactness of the most exact range that covers the type; (0, 0) when none does."""
    forms = {media_type: _EXACT, media_type.split("/", maxsplit=1)[0] + "/*": 2, "*/*": 1}
    found = [(forms[name], quality) for name, quality in ranges if name in forms]
    exactness, quality = max(found, default=(0, 0.0))
    return quality, exactness


def _named(media_type: str, ranges: list[tuple[str, float]]) -> float:
    return max((quality for name, quality in ranges if name == media_type), default=0.0)
