"""The page around the IDE: which files it loads, how it starts, and what it may do."""

import json
import secrets
from pathlib import Path
from string import Template
from typing import Any

from starlette.types import Receive, Scope, Send

from gateway.execution.operation import Language
from gateway.http.headers import Headers
from gateway.http.language import language_of

_TEMPLATE = Template((Path(__file__).parent / "page.html").read_text("utf-8"))

# The IDE (Altair) forces two things. Its styles are made while it runs, so they carry a nonce, and what it writes into
# style attributes needs 'unsafe-inline' there. It needs no eval. Its scripts around a request, its plugins and its cloud
# accounts would load from other hosts: no frame and no other host is allowed, so those parts stay without effect.
_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self' 'nonce-{nonce}'",
        "style-src 'self' 'nonce-{nonce}'",
        "style-src-attr 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "base-uri 'self'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
)


class IdePage:
    """In the browser's language, with a nonce of its own for every request."""

    def __init__(self, base: str, example: str) -> None:
        self._base = base
        self._example = example

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI's form
        """Serve as ASGI."""
        language = language_of(Headers(scope["headers"]).joined("accept-language"))
        nonce = secrets.token_urlsafe(18)
        body = self._body(language, nonce)
        headers = [
            (b"content-type", b"text/html; charset=utf-8"),
            (b"content-length", b"%d" % len(body)),
            (b"content-security-policy", _POLICY.format(nonce=nonce).encode()),
            (b"referrer-policy", b"no-referrer"),
            (b"x-content-type-options", b"nosniff"),
            (b"cache-control", b"no-store"),
            (b"vary", b"Accept, Accept-Language"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def _body(self, language: Language, nonce: str) -> bytes:
        options = json.dumps(_options(language, self._example, nonce)).replace("<", "\\u003c")
        return _TEMPLATE.substitute(base=self._base, nonce=nonce, options=options, **_WORDS[language]).encode()


_WORDS = {
    Language.EN: {"lang": "en", "noscript": "The IDE needs JavaScript."},
    Language.ZH: {"lang": "zh-CN", "noscript": "此页面需要启用 JavaScript。"},
}


def _options(language: Language, example: str, nonce: str) -> dict[str, Any]:
    return {
        "endpointURL": "/graphql",
        "initialQuery": example,
        "initialHeaders": {"Authorization": ""},
        "initialSettings": {"language": "zh-CN" if language is Language.ZH else "en-US"},
        "disableAccount": True,
        "cspNonce": nonce,
    }
