"""The page around the IDE: which files it loads, how it starts, and what it may do."""

import base64
import hashlib
import json
from pathlib import Path
from string import Template

from starlette.types import Receive, Scope, Send

from gateway.execution.operation import Language
from gateway.http.headers import Headers
from gateway.http.language import language_of
from gateway.ide.client import CLIENT_ID, SCOPES, address_in
from gateway.ide.example import examples_in

_TEMPLATE = Template((Path(__file__).parent / "page.html").read_text("utf-8"))
_SIGN_IN = (Path(__file__).parent / "sign_in.js").read_text("utf-8")

_WORDS = {
    Language.EN: {
        "lang": "en-US",
        "noscript": "The IDE at this address needs JavaScript.",
        "in": "Sign in",
        "out": "Sign out",
    },
    Language.ZH: {
        "lang": "zh-CN",
        "noscript": "此页面需要启用 JavaScript。",
        "in": "登录",
        "out": "退出登录",
    },
}

# No other host, no eval: a library inside asks once whether eval is allowed, and lives with the answer. What the IDE
# forces: 'unsafe-inline' for styles, as three libraries inside write <style> elements and cannot be given a nonce.
# Its plugins and accounts would come from other hosts; they stay without effect.
_POLICY = (
    "default-src 'none'; script-src 'self' '{start}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'self'; form-action 'none'; "
    "frame-ancestors 'none'"
)

_START = """
const signIn = %s;
%s
const options = %s;
const endpoint = {
  endpointURL: location.origin + "/graphql",  // it takes no relative one
  subscriptionsEndpoint: location.origin.replace(/^http/, "ws") + "/graphql",
  initialSubscriptionRequestHandlerId: "graphql-ws",
};
Object.assign(options, endpoint);
for (const one of options.initialWindows) Object.assign(one, endpoint);
AltairGraphQL.init(options);
"""


class IdePage:
    """In the browser's language; made once, the same for everybody.

    Args:
        base: the path the IDE's files are served under, with a slash at its end.
        public_url: where callers reach the gateway, to which browsers come back signed in.
    """

    def __init__(self, base: str, public_url: str) -> None:
        self._answers = {language: _answer(language, base, public_url) for language in Language}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI's form
        """Serve as ASGI."""
        headers, body = self._answers[language_of(Headers(scope["headers"]).joined("accept-language"))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def _answer(language: Language, base: str, public_url: str) -> tuple[list[tuple[bytes, bytes]], bytes]:
    words = _WORDS[language]
    start = _start(language, public_url)
    digest = base64.b64encode(hashlib.sha256(start.encode()).digest()).decode()
    body = _TEMPLATE.substitute(base=base, start=start, lang=words["lang"], noscript=words["noscript"]).encode()
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", b"%d" % len(body)),
        (b"content-security-policy", _POLICY.format(start=f"sha256-{digest}").encode()),
        (b"referrer-policy", b"no-referrer"),
        (b"x-content-type-options", b"nosniff"),
        (b"cache-control", b"no-store"),
        (b"vary", b"Accept, Accept-Language"),
    ]
    return headers, body


def _start(language: Language, public_url: str) -> str:
    """The script that starts the IDE; ``<`` is escaped, so that no text in it can end it.

    What a person wrote is kept in the browser; all of this only fills a browser that has nothing yet. Scripts around a
    request are interpreted (``newScript`` off): the IDE's newer way is eval, or a frame from another host.
    """
    words = _WORDS[language]
    windows = [
        {"initialName": name, "initialQuery": query, "initialHeaders": {"Authorization": ""}}
        for name, query in examples_in(language)
    ]
    options = {
        "initialWindows": windows,
        "initialSettings": {
            "language": words["lang"],
            "schema.reloadOnStart": True,
            "banners.disable": True,
            "beta.disable.newScript": True,
        },
        "instanceStorageNamespace": "tongxin_",
        "disableAccount": True,
    }
    sign_in = {
        "clientId": CLIENT_ID,
        "redirectUri": address_in(public_url),
        "scope": " ".join(SCOPES),
        "words": {"in": words["in"], "out": words["out"]},
    }
    return _START % (_json(sign_in), _SIGN_IN, _json(options))


def _json(value: object) -> str:
    return json.dumps(value).replace("<", "\\u003c")
