"""Calls to 浙政钉: signs, sends, opens the envelope (wire-formats A2 to A4).

Owns how a call is made and counted, the application's token, and what becomes of a write nobody answered. Leaves what
is called to the subjects (``signin.py``, ``directory/``, …), which use ``call``, ``read`` and ``write``.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeVar

import httpx
from msgspec.json import Decoder

from connectors.app_token import AppToken, IssuedToken
from connectors.clock import by_its_clock
from connectors.deadline import Deadline
from connectors.errors import (
    NotConfiguredError,
    OutcomeUnknownError,
    TooSlowError,
    UnexpectedAnswerError,
    UnreachableError,
)
from connectors.transport import Answer, Call, Transport, never_sent
from connectors.zhezhengding.envelope import Held, held_in
from connectors.zhezhengding.paths import operation_of
from connectors.zhezhengding.payloads import AppTokenPayload
from connectors.zhezhengding.proof import Application, Signer
from connectors.zhezhengding.refusing import AppTokenEndedError
from connectors.zhezhengding.settings import ZhezhengdingSettings
from connectors.zhezhengding.signing import CHINA, Params

T = TypeVar("T")

_APP_TOKEN = Decoder(AppTokenPayload, strict=False)
_NO_ANSWER = (TooSlowError, UnreachableError, UnexpectedAnswerError)


class ZhezhengdingClient:
    """Calls for one key pair; lives as long as the connection. ``clock`` tells our time.

    Every method raises ``PlatformError``: what ``Transport.call`` and ``envelope.held_in`` raise, and
    ``NotConfiguredError`` without any call when no credentials are set. ``operation`` is the call's name in health and
    counters; without one it is the last part of the path. ``token_in`` names a parameter that carries the
    application's token: the call is then made once more where the token is not taken.
    """

    def __init__(
        self,
        settings: ZhezhengdingSettings,
        transport: Transport,
        clock: Callable[[], datetime] = lambda: datetime.now(CHINA),
        *,
        application: Application | None = None,
    ) -> None:
        self.platform = transport.platform
        self._transport = transport
        self._clock = clock
        self._application = application or Application.main(settings)
        self.signer = Signer(settings, self._application)
        self._gettoken = settings.gettoken
        self._configured = bool(settings.connected and self._application.appkey and self._application.secret)
        self._token = AppToken(transport.platform, self._fetch_token, timeout=settings.timeout)

    async def call(  # noqa: PLR0917 - all that one call is
        self,
        method: str,
        path: str,
        params: Params,
        shape: Decoder[T],
        deadline: Deadline,
        operation: str | None = None,
        *,
        token_in: str | None = None,
    ) -> T:
        """Read: make a signed call and answer its data in that shape; ``null`` where it has none."""
        name = operation or operation_of(path)
        return await self.with_token(
            token_in, params, deadline, lambda whole: self._exchange(method, path, whole, _in(shape), deadline, name)
        )

    async def read(
        self, path: str, params: Params, how: Callable[[Held], T], deadline: Deadline, operation: str | None = None
    ) -> T:
        """POST what reads, and answer what ``how`` makes of it, which may be lenient (``rows.py``)."""
        return await self._exchange("POST", path, params, how, deadline, operation or operation_of(path))

    async def write(
        self,
        path: str,
        params: Params,
        shape: Decoder[T],
        deadline: Deadline,
        operation: str | None = None,
        *,
        token_in: str | None = None,
    ) -> T:
        """POST what changes something, and answer its data in that shape; raises what ``written`` does."""
        return await self.written(path, params, _in(shape), deadline, operation, token_in=token_in)

    async def written(
        self,
        path: str,
        params: Params,
        how: Callable[[Held], T],
        deadline: Deadline,
        operation: str | None = None,
        *,
        token_in: str | None = None,
    ) -> T:
        """POST what changes something; it is sent once, or again only where it was refused unread.

        Raises:
            OutcomeUnknownError: it was sent, and no answer told what became of it: none came, ``how`` cannot read it,
                or the platform's gateway says that it failed.
            PlatformError: else: nothing has changed.
        """
        name = operation or operation_of(path)

        async def send(whole: Params) -> T:
            try:
                return await self._exchange("POST", path, whole, how, deadline, name, write=True)
            except AppTokenEndedError:
                raise
            except _NO_ANSWER as error:
                if never_sent(error):
                    raise
                code = error.upstream_code
                raise OutcomeUnknownError(self.platform, name, type(error).__name__, upstream_code=code) from error

        return await self.with_token(token_in, params, deadline, send)

    async def token(self, deadline: Deadline) -> str:
        """The application's token (A4.1), kept until shortly before its end."""
        return await self._token.current(deadline)

    async def exchange(
        self,
        build: Callable[[datetime], Call | httpx.Request],
        read: Callable[[Answer], T],
        deadline: Deadline,
        operation: str,
    ) -> T:
        """Send what ``build`` makes of the signing time, and answer what ``read`` makes of the answer: files."""
        if not self._configured:
            raise NotConfiguredError(self.platform, operation)

        async def send() -> T:
            built = build(self._now())
            if isinstance(built, Call):
                return read(await self._transport.call(operation, built, deadline))
            return read(await self._transport.send(operation, built, deadline))

        with self._transport.guard.call(operation):
            return await by_its_clock(self._transport.clock, send)

    async def with_token(
        self, token_in: str | None, params: Params, deadline: Deadline, send: Callable[[Params], Awaitable[T]]
    ) -> T:
        """Send with the token in its parameter, and once more with a new one where it is not taken."""
        if token_in is None:
            return await send(params)
        token = await self._token.current(deadline)
        try:
            return await send({**params, token_in: token})
        except AppTokenEndedError as error:
            self._token.refuse(token)
            self._transport.meter.retried(error.operation)
        try:
            return await send({**params, token_in: await self._token.current(deadline)})
        except AppTokenEndedError as error:  # a platform that refuses its own new token is ill
            ill = UnexpectedAnswerError(self.platform, error.operation, error.detail, upstream_code=error.upstream_code)
            self._transport.guard.blame(ill)
            raise ill from error

    async def _exchange(  # noqa: PLR0917 - all that one call is
        self,
        method: str,
        path: str,
        params: Params,
        how: Callable[[Held], T],
        deadline: Deadline,
        operation: str,
        *,
        write: bool = False,
    ) -> T:
        def build(moment: datetime) -> Call:
            return self.signer.request(method, path, params, moment, idempotent=not write)

        return await self.exchange(build, lambda answer: how(held_in(answer)), deadline, operation)

    def _now(self) -> datetime:
        """The signing time, by the platform's clock."""
        return self._clock() + timedelta(seconds=self._transport.clock.difference)

    async def _fetch_token(self, deadline: Deadline) -> IssuedToken:
        """Ask for the token (A4.1); the platform gives the same one while it holds, and extends it."""
        how, pair = self._gettoken, self._application
        params: Params = {"appkey": pair.appkey, "appsecret": pair.secret} if how.send_params else {}
        payload = await self.call(how.method, "/gettoken.json", params, _APP_TOKEN, deadline)
        return IssuedToken(payload.accessToken, payload.expiresIn)


def _in(shape: Decoder[T]) -> Callable[[Held], T]:
    return lambda held: held.decoded(shape)
