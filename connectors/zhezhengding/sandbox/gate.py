"""The door of the sandbox: every request is verified before it is answered (wire-formats A2, E, F 3 and 4)."""

from collections.abc import Awaitable, Callable, Mapping
from inspect import isawaitable

from starlette.requests import Request
from starlette.responses import Response

from connectors.sandbox.app import Handler, Operation
from connectors.sandbox.faults import platform_time, tokens_ended
from connectors.zhezhengding.paths import operation_of
from connectors.zhezhengding.sandbox.envelopes import (
    FailedError,
    Refusal,
    as_older,
    failed,
    refused,
    with_data_as_string,
)
from connectors.zhezhengding.sandbox.parameters import Parameters, pairs_of
from connectors.zhezhengding.sandbox.verifying import SYSTEM_FAILED, Asked, Verifier
from connectors.zhezhengding.settings import ZhezhengdingSettings


class Call(Parameters):
    """A verified request: its parameters, and what some operations need besides.

    ``appkey`` is the key pair that signed it; ``now`` the platform's time, in seconds since 1970; under
    ``tokens_ended`` no token counts (fault ``expired_token``).
    """

    def __init__(self, request: Request, pairs: list[tuple[str, str]], now: float) -> None:
        super().__init__(pairs)
        self.request = request
        self.appkey = request.headers["apiKey"]
        self.now = now
        self.tokens_ended = tokens_ended(request)


Work = Callable[[Call], Response | Awaitable[Response]]
"""What answers a call; raises ``FailedError`` for an E1 failure. One that needs the parameters only may say so."""


class Gate:
    """Makes operations out of what answers them; ``clock`` is the platform's, in seconds since 1970."""

    def __init__(self, settings: ZhezhengdingSettings, verifier: Verifier, clock: Callable[[], float]) -> None:
        self._status = settings.sandbox.refusal_status
        self._older = settings.sandbox.older_answers
        self._as_string = settings.sandbox.data_as_string
        self._verifier = verifier
        self._clock = clock

    def post(self, path: str, work: Work, name: str | None = None) -> Operation:
        """An operation that is called by POST; ``name`` where the path's last part does not tell it apart."""
        return self.signed(path, {"POST": work}, name)

    def signed(self, path: str, works: Mapping[str, Work], name: str | None = None) -> Operation:
        """An operation that answers each of these methods in its own way."""
        return Operation(name or operation_of(path), tuple(works), path, self._verified(path, works))

    async def failure(self, _: Request) -> Response:
        """The platform's own way to say that it failed: E3 of its gateway."""
        return refused(Refusal(SYSTEM_FAILED, "ServiceUnavailable"), self._status)

    def _verified(self, path: str, works: Mapping[str, Work]) -> Handler:
        async def handle(request: Request) -> Response:
            try:
                return await answer(request)
            finally:
                await request.close()  # files of a form, which lie on the disk where they are large

        async def answer(request: Request) -> Response:
            now = platform_time(request, self._clock)
            pairs = await pairs_of(request)
            refusal = self._verifier.refusal(Asked(request.method, path, request.headers, pairs), now)
            if refusal is not None:
                return refused(refusal, self._status)
            work = works.get(request.method)
            if work is None:  # HEAD, which Starlette adds to GET
                return Response(status_code=405, headers={"Allow": ", ".join(works)})
            try:
                answered = work(Call(request, pairs, now))
                response = await answered if isawaitable(answered) else answered
            except FailedError as error:
                return failed(error)
            return self._dressed(response)

        return handle

    def _dressed(self, response: Response) -> Response:
        if response.media_type is None:  # a file, which is in no envelope
            return response
        response = as_older(response) if self._older else response
        return with_data_as_string(response) if self._as_string else response
