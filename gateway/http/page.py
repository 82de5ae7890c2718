"""What a browser sees that opens the endpoint without a query: where it is and how to ask it."""

import base64
import hashlib
import html
from urllib.parse import urlencode

from starlette.types import Receive, Scope, Send

from gateway.execution.operation import Language
from gateway.http.headers import Headers
from gateway.http.language import language_of

EXAMPLE = "{ studios(first: 3) { edges { node { id name } } } }"

_STYLE = (
    "body{font:1rem/1.6 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem}pre{white-space:pre-wrap}"
)
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

_PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><style>{style}</style></head>
<body><h1>{title}</h1><p>{lead}</p><pre>POST {path}
content-type: application/json

{body}</pre>{run}<p>{more}</p><p>{ide}</p></body></html>
"""
_RUN = '<p><a href="{link}">{ask}</a></p>'

_WORDS = {
    Language.EN: {
        "lang": "en",
        "title": "Tongxin Gateway: GraphQL",
        "lead": "This address answers GraphQL by POST, and queries by GET as well.",
        "ask": "Run this query now",
        "more": "What belongs to a person needs an access token in the header Authorization: Bearer.",
        "ide": "For an IDE in this place, run make ide and start the gateway again.",
        "trusted": "Only documents that were registered before are run here, by their id.",
    },
    Language.ZH: {
        "lang": "zh",
        "title": "同心网关：GraphQL",
        "lead": "此地址以 POST 接受 GraphQL 请求，查询也可以用 GET。",
        "ask": "立即执行此查询",
        "more": "涉及个人的内容需要在请求头 Authorization: Bearer 中携带访问令牌。",
        "ide": "执行 make ide 并重新启动网关后，此处即为图形化查询界面。",
        "trusted": "此处只执行事先登记的查询，请以其编号调用。",
    },
}


class HelpPage:
    """A page without scripts, in the browser's language; ``only_trusted``: nothing else than trusted documents runs."""

    def __init__(self, *, only_trusted: bool = False) -> None:
        self._only_trusted = only_trusted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI's form
        """Serve as ASGI."""
        words = dict(_WORDS[language_of(Headers(scope["headers"]).joined("accept-language"))])
        link = html.escape("?" + urlencode({"query": EXAMPLE}))
        run, example = _RUN.format(link=link, ask=words["ask"]), '{"query": "' + EXAMPLE + '"}'
        if self._only_trusted:
            run, example, words["ide"] = "", '{"documentId": "…"}', words["trusted"]
        body = _PAGE.format(
            style=_STYLE, path=html.escape(scope["path"]), run=run, body=html.escape(example), **words
        ).encode("utf-8", "replace")
        headers = [
            (b"content-type", b"text/html; charset=utf-8"),
            (b"content-length", b"%d" % len(body)),
            (b"content-security-policy", _POLICY.encode()),
            (b"referrer-policy", b"no-referrer"),
            (b"x-content-type-options", b"nosniff"),
            (b"cache-control", b"no-store"),
            (b"vary", b"Accept, Accept-Language"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})
