"""Headers by which browsers guard every answer; a page brings the policy it needs itself."""

from collections.abc import Iterable, Sequence

Header = tuple[bytes, bytes]

_ALWAYS: tuple[Header, ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),  # addresses may hold a ticket or a seal
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cross-origin-resource-policy", b"same-origin"),  # no other site embeds an answer; reading by CORS is apart
)


def guarding(public_url: str, hsts_s: int) -> tuple[Header, ...]:
    """The headers of every answer; where callers come by https, browsers are told to keep to it for so long."""
    if not hsts_s or not public_url.startswith("https://"):
        return _ALWAYS
    return (*_ALWAYS, (b"strict-transport-security", b"max-age=%d" % hsts_s))


def guarded(headers: Iterable[Header], always: Sequence[Header]) -> list[Header]:
    """An answer's headers with those of ``always`` that it does not set itself."""
    guarded = list(headers)
    given = {name.lower() for name, _ in guarded}
    guarded.extend(header for header in always if header[0] not in given)
    return guarded
