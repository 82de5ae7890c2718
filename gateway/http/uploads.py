"""``POST /uploads``: files for questions and work orders, as multipart/form-data; plain ASGI.

Owns the way of one upload from its first byte to its answer. Leaves what a file is and what is kept of it to
``gateway/uploads``. Against cross-site request forgery nothing more is needed than at ``/graphql``: a form of a foreign
page carries no Authorization, and nobody is known by a cookie.
"""

from collections.abc import Awaitable, Callable
from contextlib import closing
from typing import Any

from starlette.types import Receive, Scope, Send

from auth.dpop.resource import BoundTokens
from connectors.deadline import Deadline
from connectors.errors import PlatformError
from connectors.refusals import RefusedError
from connectors.viewer import Ask, Viewer
from connectors.viewer import Scope as Granted
from gateway.errors.wording import Wording
from gateway.http.access import entry_of
from gateway.http.answer import Answer, Heads
from gateway.http.bearer import token_of
from gateway.http.body import ClientGoneError
from gateway.http.cors import Cors
from gateway.http.headers import Headers, headers_of
from gateway.http.language import language_of
from gateway.http.refusal import RequestRefusedError
from gateway.http.running import while_awaited
from gateway.http.stopping import DPOP, refusal_of
from gateway.http.streaming import BodyStream
from gateway.http.turnstile import Turnstile
from gateway.http.upload_reply import UploadReply
from gateway.uploads.keeping import Keeping
from gateway.uploads.parts import Form
from gateway.uploads.settings import UploadSettings
from gateway.uploads.slots import Slots

IDEMPOTENCY_KEY = "idempotency-key"
_FORM = "multipart/form-data"
_GRACE_S = 0.5  # a platform that is too slow is told as such
_NEEDED = (Granted.QUESTION_WRITE, Granted.WORKORDER_WRITE)


class Uploads:
    """One per process.

    Args:
        keeping: cleans files and hands them over.
        authenticate: says who holds an access token.
        bound: says so of tokens that are bound to a key.
        settings: the limits.
        wording: the words of errors.
        cors: which pages may read answers.
        turnstile: counts requests.
    """

    def __init__(
        self,
        keeping: Keeping,
        authenticate: Callable[[str], Awaitable[Viewer]],
        bound: BoundTokens,
        settings: UploadSettings,
        wording: Wording,
        *,
        cors: Cors | None = None,
        turnstile: Turnstile | None = None,
    ) -> None:
        self._keeping = keeping
        self._authenticate = authenticate
        self._bound = bound
        self._settings = settings
        self._wording = wording
        self._cors = cors or Cors()
        self._turnstile = turnstile or Turnstile()
        self._heads = Heads(())  # the front adds what guards every answer
        self._slots = Slots(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve as ASGI."""
        headers, entry = headers_of(scope), entry_of(scope)
        if scope["method"] == "OPTIONS" and await self._cors.preflight(headers, send):
            return
        body = BodyStream(headers, receive)
        reply = UploadReply(self._wording, language_of(headers.joined("accept-language")), entry)
        try:
            answer = await self._answer(scope, headers, body, receive, reply)
            answer.headers += body.abandoned()
        except ClientGoneError:
            return
        if headers.joined(DPOP) is not None:
            answer.headers += ((b"dpop-nonce", self._bound.nonce.encode()),)
        answer.headers += await self._cors.headers(headers.sole("origin"), reply.viewer.client_id)
        await answer.send(send, self._heads, entry.trace_id)

    async def _answer(
        self, scope: Scope, headers: Headers, body: BodyStream, receive: Receive, reply: UploadReply
    ) -> Answer:
        try:
            reply.viewer = await self._sender(scope["method"], headers)
            self._turnstile.somebody(reply.viewer, reply.entry)
            self._turnstile.rates.upload(reply.viewer)
            return reply.kept(await self._kept(headers, body, receive, reply.viewer))
        except PlatformError as error:
            return reply.failed(error)
        except ClientGoneError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the sender gets an answer without it
            return reply.refused(refusal_of(self._turnstile.stopped(error, scope, reply.entry), reply.entry, headers))

    async def _sender(self, method: str, headers: Headers) -> Viewer:
        """Who sends, before a byte of the body is read."""
        if method != "POST":
            raise RequestRefusedError("UPLOAD_BY_POST_ONLY", ((b"allow", b"POST"),))
        shown = token_of(headers)
        if shown is None:
            raise RefusedError("SIGN_IN_REQUIRED")
        if shown.bound:
            viewer = await self._bound.viewer_of(shown.token, headers.all(DPOP), method)
        else:
            viewer = await self._authenticate(shown.token)
        if not any(viewer.holds(scope) for scope in _NEEDED):
            raise RefusedError("FORBIDDEN", scope=_NEEDED[0].value)
        return viewer

    async def _kept(self, headers: Headers, body: BodyStream, receive: Receive, viewer: Viewer) -> list[dict[str, Any]]:
        """Take the files in, and hand them over."""
        settings = self._settings
        with (
            self._slots.taken(viewer.person_id or viewer.client_id or ""),
            closing(Form(_form_type(headers), settings)) as form,
        ):
            await body.feed(form.take, most=settings.max_bytes, seconds=settings.read_timeout_ms / 1000)
            form.finish()
            deadline = Deadline.after(settings.request_timeout_ms / 1000)
            work = self._keeping.keep(form.files, headers.joined(IDEMPOTENCY_KEY), Ask(viewer, deadline))
            return await while_awaited(work, receive, deadline.remaining() + _GRACE_S)


def _form_type(headers: Headers) -> str:
    """What the request says of its body, where that is a form."""
    content_type = headers.sole("content-type") or ""
    coded = any(coding.lower() not in ("", "identity") for coding in headers.all("content-encoding"))
    if coded or content_type.partition(";")[0].strip().lower() != _FORM:
        raise RequestRefusedError("UPLOAD_NOT_MULTIPART", ((b"accept-post", _FORM.encode()),))
    return content_type
