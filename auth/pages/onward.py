"""Where a browser may go on to after a page: only to pages of ours, never to an address somebody wrote for it."""

import re
from urllib.parse import urlsplit

HOME = "/account"
_MOST = 12_000
_PLACES = re.compile(r"/(?:oauth/authorize|account|device|login/factor|consent|logout|ops)(?:[/?][!-~]*)?", re.ASCII)
_STEPS = re.compile(r"(?:^|/)(?:\.|%2e){1,2}(?:/|$)", re.IGNORECASE | re.ASCII)
_HOST = re.compile(r"[a-z0-9._-]+(?::[0-9]{1,5})?", re.IGNORECASE | re.ASCII)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*", re.ASCII)


def onward_of(text: str | None) -> str:
    """Hold an address against the places sign-in may lead to; ``/account`` for every other.

    Only printable ASCII passes, so that nothing ends a header, and no backslash, which browsers read as a slash.
    """
    if text is None or len(text) > _MOST or "\\" in text or "//" in text.partition("?")[0]:
        return HOME
    if not _PLACES.fullmatch(text) or _STEPS.search(text.partition("?")[0]):
        return HOME
    return text


def form_source(address: str) -> str:
    """The source (CSP Level 3, section 2.3.1) that lets a form lead to an address outside.

    Browsers hold every redirect behind a form against ``form-action``, so a page whose form ends at a client's
    redirect URI must name it. An app's own scheme is named as such; so is an IPv6 address', which sources cannot hold.
    """
    parts = urlsplit(address)
    if parts.scheme in {"http", "https"} and _HOST.fullmatch(parts.netloc):
        return f"{parts.scheme}://{parts.netloc}"
    return f"{parts.scheme}:" if _SCHEME.fullmatch(parts.scheme) else ""
