"""Calls to the duty platform: three kinds, whatever the subject. Which path and what it answers is the subject's.

Owns what a call's end means: refusals become errors, a token that is not taken is renewed once, a write without an
answer is ``OutcomeUnknownError``. Leaves the proof to ``proving.py``, bodies to ``connectors/contracted``. Every
method raises ``PlatformError``: ``NotConfiguredError`` without a call where nobody set it up.
"""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, TypeVar

import msgspec

from connectors.clock import by_its_clock
from connectors.contracted.problems import error_from
from connectors.deadline import Deadline
from connectors.duty.proving import DutyCall, IrsProof, OAuthProof, Proof
from connectors.duty.settings import DutySettings
from connectors.errors import (
    NotConfiguredError,
    OutcomeUnknownError,
    PlatformError,
    TooSlowError,
    UnexpectedAnswerError,
    UnreachableError,
)
from connectors.transport import Answer, Call, Transport, never_sent

T = TypeVar("T")
_DONE = frozenset({HTTPStatus.OK, HTTPStatus.CREATED})


class DutyClient:
    """Lives as long as its connection. ``proof`` is how its calls prove themselves, as the settings say."""

    def __init__(self, settings: DutySettings, transport: Transport) -> None:
        self.settings = settings
        self.platform = transport.platform
        self._transport = transport
        self.proof: Proof = (IrsProof if settings.auth == "irs" else OAuthProof)(settings, transport)

    async def read(
        self, operation: str, path: str, query: Mapping[str, str], how: Callable[[Answer], T], deadline: Deadline
    ) -> T:
        """``GET /api/v1<path>?<query>``, and what ``how`` makes of the answer."""
        return await self._call(DutyCall(operation, "GET", path, tuple(query.items())), how, deadline)

    async def post_read(
        self, operation: str, path: str, body: Any, how: Callable[[Answer], T], deadline: Deadline
    ) -> T:
        """``POST /api/v1<path>`` that changes nothing: what it asks for must stand in no address."""
        return await self._call(DutyCall(operation, "POST", path, body=msgspec.json.encode(body)), how, deadline)

    async def write(self, operation: str, path: str, body: Any, deadline: Deadline) -> Answer:
        """``POST /api/v1<path>`` that changes something; ``body`` carries its ``writeId``.

        Raises:
            OutcomeUnknownError: it was sent and no answer came that tells: asking for the ``writeId``, or sending
                the same body again, does.
            ForbiddenMoveError: its state does not allow that.
            WriteIdReusedError: that id stands for another write.
            PlatformError: any other refusal; nothing was done.
        """
        call = DutyCall(operation, "POST", path, body=msgspec.json.encode(body), write=True)
        return await self._call(call, _as_it_is, deadline)

    async def probe(self, deadline: Deadline) -> None:
        """Ask for a studio that does not exist: a proved read that tells nothing and changes nothing."""
        await self.read("studios", "/studios", {"ids": "probe"}, _as_it_is, deadline)

    async def _call(self, call: DutyCall, how: Callable[[Answer], T], deadline: Deadline) -> T:
        if not self.settings.connected:
            raise NotConfiguredError(self.platform, call.operation)

        async def made() -> T:
            answer, request = await self._sent(call, deadline)
            if answer.status == HTTPStatus.UNAUTHORIZED and self.proof.refused(request):
                self._transport.meter.retried(call.operation)
                answer, request = await self._sent(call, deadline)
                if answer.status == HTTPStatus.UNAUTHORIZED:
                    self.proof.refused(request)
            if answer.status not in _DONE:
                error = error_from(answer)
                raise self._unknown(error) if call.write and isinstance(error, UnexpectedAnswerError) else error
            return how(answer)

        with self._transport.guard.call(call.operation):
            return await (by_its_clock(self._transport.clock, made) if self.proof.timed else made())

    async def _sent(self, call: DutyCall, deadline: Deadline) -> tuple[Answer, Call]:
        request = await self.proof.proved(call, deadline)
        try:
            return await self._transport.call(call.operation, request, deadline), request
        except (UnreachableError, TooSlowError, UnexpectedAnswerError) as error:
            if call.write and not never_sent(error):
                raise self._unknown(error) from error
            raise

    def _unknown(self, error: PlatformError) -> OutcomeUnknownError:
        """What a write's end is that does not tell what became of it."""
        return OutcomeUnknownError(
            self.platform, error.operation, type(error).__name__, upstream_code=error.upstream_code
        )


def _as_it_is(answer: Answer) -> Answer:
    return answer
