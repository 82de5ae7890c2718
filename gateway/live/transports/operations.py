"""Runs one operation for either transport, and says what came of it."""

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from connectors.deadline import Deadline
from connectors.viewer import Ask, Viewer
from gateway.errors.wording import Wording
from gateway.execution.operation import Caller, Language, Outcome
from gateway.http.access import AccessEntry
from gateway.http.answer import Answer
from gateway.http.negotiation import MediaType
from gateway.http.parameters import Asked
from gateway.http.reply import Reply
from gateway.http.settings import EdgeSettings
from gateway.limits.rates import Rates
from gateway.live.access import Access
from gateway.live.streams import Stream
from gateway.live.subscriptions import Subscriptions
from gateway.observing.tracing import Tracing
from gateway.persisted.finding import Persisted


class Said(NamedTuple):
    """How a request came: in which language, whether it may write, what it repeats, behind which event it goes on."""

    language: Language
    entry: AccessEntry
    may_write: bool = True
    idempotency_key: str | None = None
    last_event_id: str | None = None


Opened = Stream | tuple[Outcome, Answer]
"""What goes on, or what was answered at once."""


class Operations:
    """One per process."""

    def __init__(
        self,
        subscriptions: Subscriptions,
        persisted: Persisted,
        wording: Wording,
        edge: EdgeSettings,
        *,
        most_cost: int | None = None,
        rates: Rates | None = None,
        tracing: Tracing | None = None,
    ) -> None:
        self.edge = edge
        self.tracing = tracing or Tracing()
        self._rates = rates
        self._subscriptions = subscriptions
        self._persisted = persisted
        self._wording = wording
        self._most_cost = most_cost

    def reply(self, language: Language, entry: AccessEntry) -> Reply:
        """Gives answers their words."""
        return Reply(self._wording, MediaType.JSON, language, entry, most_cost=self._most_cost)

    def words(self, code: str, language: Language, facts: Mapping[str, str | int]) -> str:
        """The sentence of a code."""
        return self._wording.sentence(code, language, facts)

    def count(self, viewer: Viewer, address: str) -> None:
        """One more operation on a connection that is open already. Raises ``TooOftenError``."""
        if self._rates is None:
            return
        if viewer.client_id is None:
            self._rates.anonymous(address)
        else:
            self._rates.request(viewer)

    @property
    def patience(self) -> float:
        """For how many seconds an answer, or the beginning of a stream, is waited for."""
        return (self.edge.request_timeout_ms + self.edge.grace_ms) / 1000

    async def open(self, asked: Asked, access: Access, said: Said) -> Opened:
        """Begin. Raises ``RequestRefusedError``, and what ``operation.Execute`` raises."""
        request, digest = self._persisted.found(asked)
        said.entry.of(request)
        deadline = Deadline.after(self.edge.request_timeout_ms / 1000)
        caller = Caller(
            Ask(access.viewer, deadline),
            said.language,
            said.entry.trace_id,
            said.may_write,
            idempotency_key=said.idempotency_key,
        )
        opened = await self._subscriptions.open(request, caller, access, said.last_event_id)
        if digest is not None and (isinstance(opened, Stream) or opened.executed):
            self._persisted.keep(digest, request.query)
        return opened if isinstance(opened, Stream) else (opened, self.reply(said.language, said.entry).outcome(opened))


class _Errors(msgspec.Struct, gc=False):
    errors: msgspec.Raw


_decode = msgspec.json.Decoder(_Errors).decode


def errors_in(body: bytes) -> bytes:
    """The list of errors of an answer that refuses a request, as JSON."""
    return bytes(_decode(body).errors)
