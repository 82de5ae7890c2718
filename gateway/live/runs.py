"""Answers one event for one audience: a run of the compiled plan, and its answer as bytes."""

import asyncio
from dataclasses import dataclass

import msgspec
from graphql import GraphQLError

from connectors.deadline import Deadline
from connectors.refusals import RefusedError
from connectors.tracing import cause, note
from connectors.viewer import Ask, Viewer
from gateway.errors.wording import Wording
from gateway.execution.engine import Engine
from gateway.execution.lives import Happened
from gateway.execution.operation import Caller, Language, Outcome
from gateway.http.access import AccessEntry
from gateway.http.answer import encoded
from gateway.http.negotiation import MediaType
from gateway.http.reply import Reply
from gateway.http.trace import new_trace_id
from gateway.live.listening import Listening
from gateway.live.settings import LiveSettings
from gateway.live.someone import Someone
from gateway.live.streams import End
from gateway.observing.tracing import Tracing

_GRACE_SECONDS = 0.5


@dataclass(slots=True)
class LiveCounts:
    """Since the start: events that somebody listened for, runs, messages put before readers, streams opened and ended.

    ``slow``: whose readers were; ``behind``: for which more happened than could be read.
    """

    events: int = 0
    runs: int = 0
    messages: int = 0
    opened: int = 0
    slow: int = 0
    tokens_ended: int = 0
    behind: int = 0


class NamedAskerError(Exception):
    """The answer depends on who exactly asks: it cannot be shared."""


class LiveRuns:
    """One per process; not more runs at once than the settings allow."""

    def __init__(self, engine: Engine, wording: Wording, settings: LiveSettings, tracing: Tracing) -> None:
        self.counts = LiveCounts()
        self._engine = engine
        self._wording = wording
        self._tracing = tracing
        self._seconds = settings.deadline_ms / 1000
        self._room = asyncio.Semaphore(settings.runs)

    async def payload(self, listening: Listening, viewer: Viewer, language: Language, key: str) -> bytes | None:
        """The answer, None where there is nothing to tell: the asker does not see it, or it is not there.

        Raises ``NamedAskerError`` where ``viewer`` is someone of many.
        """
        async with self._room:
            self.counts.runs += 1
            trace_id = new_trace_id()
            caller = Caller(Ask(viewer, Deadline.after(self._seconds)), language, trace_id, may_write=False)
            with self._tracing.apart("subscription event", cause(), trace_id=trace_id):
                note("graphql.operation.type", value="subscription")
                note("tongxin.live.topic", value=listening.live.topic)
                outcome = await self._outcome(listening, caller, key)
        if isinstance(viewer, Someone) and viewer.named:
            listening.ready.compiled.names_asker = True
            raise NamedAskerError
        if outcome.errors:
            told = msgspec.structs.replace(outcome, reads=(), deprecated=(), cost=None)
            reply = Reply(self._wording, MediaType.JSON, language, AccessEntry(trace_id))
            return reply.outcome(told).body
        data = outcome.data if isinstance(outcome.data, msgspec.Raw) else msgspec.json.encode(outcome.data)
        return None if bytes(data) == listening.nothing else encoded(data=msgspec.Raw(data))

    def end(self, code: str, language: Language, **facts: str | int) -> End:
        """The end of a stream, with its words."""
        error = self._wording.plain(code, language, new_trace_id(), facts)
        return End(code, msgspec.json.encode([error]))

    async def _outcome(self, listening: Listening, caller: Caller, key: str) -> Outcome:
        try:
            async with asyncio.timeout(self._seconds + _GRACE_SECONDS):
                return await self._engine.run(listening.ready, caller, Happened(key))
        except TimeoutError:
            error: Exception = RefusedError("DEADLINE_EXCEEDED")
        except Exception as fault:  # noqa: BLE001 - one event's failure is told in its place
            error = fault
        told = GraphQLError("failed", path=list(listening.lived.keys), original_error=error)
        return Outcome(executed=True, data=msgspec.Raw(listening.nothing), errors=(told,))
