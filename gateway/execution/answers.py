"""Whole answers, shared and kept: stands in front of the engine and is called like it.

Only for callers without a token, and only for queries: the viewer is nobody, so nothing of a person decides the answer,
and its words (errors, their language) are found later, for each caller apart. Whoever has a token passes through; so do
explained answers, which tell of a run of their own, and texts too long to be remembered as documents. Owns what may be
kept and what drops it; leaves the memory to ``keeping.py`` and joining a run to ``sharing.py``.

What limits a caller (rates, points an hour) has to stand in front of this; what limits an operation stands behind it.
"""

import re
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass

import msgspec

from connectors.provenance import CacheState
from connectors.tracing import is_recorded, note_of_request
from connectors.viewer import ANYONE
from gateway.execution.documents import LONGEST_KEPT
from gateway.execution.keeping import KeptAnswers, Key
from gateway.execution.operation import Caller, Execute, GraphQLRequest, Language, Outcome, ReadAt, Spoiled
from gateway.execution.settings import AnswersSettings
from gateway.execution.sharing import Runs

IsPublic = Callable[[GraphQLRequest], bool]
"""Whether a request is a valid query, which the same answer fits whoever asks without a token. Cheap; never raises."""

_INTROSPECTS = re.compile(r"__(?:schema|type)\b").search
_key = msgspec.json.Encoder(order="deterministic").encode
_json = msgspec.json.Encoder().encode


@dataclass(slots=True)
class AnswerCounts:
    """Where the answers to public queries came from, since the start."""

    kept: int = 0
    shared: int = 0
    run: int = 0


class Answers:
    """One per process.

    Args:
        execute: the engine.
        is_public: asked where nothing is kept or under way for a request.
        settings: whether to share, how long and how much to keep.
        clock: monotonic, in seconds; the one ``Provenance.fresh_until`` is told by.
    """

    def __init__(
        self,
        execute: Execute,
        is_public: IsPublic,
        settings: AnswersSettings,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._execute = execute
        self._is_public = is_public
        self._share = settings.share_in_flight
        self._longest = settings.keep_answers_s
        self._clock = clock
        self._runs = Runs()
        self._drops = 0
        self.kept = KeptAnswers(settings.keep_answers_mb * 1024 * 1024, clock)
        self.counts = AnswerCounts()
        self.on_spoiled: Callable[[tuple[Spoiled, ...]], None] = lambda _: None
        """Told of what was spoiled in an answer that somebody joined; the run itself the engine tells."""

    async def __call__(self, request: GraphQLRequest, caller: Caller) -> Outcome:
        """Run one request; see ``operation.Execute``. Outcomes may be others' too: nothing in them may be changed."""
        if caller.ask.viewer is not ANYONE or caller.explain or len(request.query) > LONGEST_KEPT:
            return await self._execute(request, caller)
        key = key_of(request, caller.language)
        kept = self.kept.get(key)
        if kept is not None:
            self.counts.kept += 1
            _note("kept")
            return kept
        deadline = caller.ask.deadline
        run = self._runs.under_way(key, deadline)
        if run is not None:
            self.counts.shared += 1
            _note("shared")
            shared = await run.outcome()
            if shared.spoiled:
                self.on_spoiled(shared.spoiled)
            return shared
        if not self._is_public(request):
            return await self._execute(request, caller)
        self.counts.run += 1
        work = self._run(key, request, caller)
        return await (self._runs.begin(key, deadline, work).outcome() if self._share else work)

    def drop(self, tags: Collection[str] = ()) -> None:  # noqa: ARG002 - a listener of the read caches' drops
        """Forget every answer, because entries with these tags were dropped: an answer is made of many reads.

        What is under way may have read before the change: it answers those who wait, nobody joins it, it is not kept.
        """
        self._drops += 1
        self.kept.clear()
        self._runs.forget()

    async def aclose(self) -> None:
        """End the runs that are under way."""
        await self._runs.aclose()

    async def _run(self, key: Key, request: GraphQLRequest, caller: Caller) -> Outcome:
        drops = self._drops
        outcome = await self._execute(request, caller)
        now = self._clock()
        until = min(fresh_until(outcome), now + self._longest)
        if until <= now or drops != self._drops:
            return outcome
        data = outcome.data.copy() if isinstance(outcome.data, msgspec.Raw) else msgspec.Raw(_json(outcome.data))
        # without the reads: they say how this run was answered, not how those were who find it kept
        self.kept.put(
            key, Outcome(executed=True, data=data, cost=outcome.cost, deprecated=outcome.deprecated), data, until
        )
        return Outcome(executed=True, data=data, reads=outcome.reads, cost=outcome.cost, deprecated=outcome.deprecated)


def _note(how: str) -> None:
    """Tell the trace of a query that was answered without a run of its own."""
    if is_recorded():
        note_of_request("tongxin.answer", value=how)
        note_of_request("graphql.operation.type", value="query")


def key_of(request: GraphQLRequest, language: Language) -> Key:
    """What decides the answer to a public query."""
    values = request.variables
    told = language if _INTROSPECTS(request.query) else None  # descriptions have a language
    if request.extensions or told:  # no extension changes an answer by now; one that comes shall not be forgotten here
        return (request.query, request.operation_name, _key([values, request.extensions, told]))
    return (request.query, request.operation_name, _key(values) if values else b"")


def fresh_until(outcome: Outcome) -> float:
    """How long an answer may be kept, on the monotonic clock; 0 for not at all.

    That is as long as each of its reads is fresh, none of them is anybody's own and nothing failed. An answer without
    any read is not kept: whether it is constant (``{ __typename }``) or made of something that tells nothing of itself
    cannot be seen from it. Nor is one with extensions, which speak of a single run.
    """
    if not outcome.executed or outcome.errors or outcome.extensions or not outcome.reads:
        return 0.0
    return min(map(_fresh, outcome.reads))


def _fresh(read: ReadAt) -> float:
    told = read.provenance
    return 0.0 if told.private or told.state is CacheState.STALE else told.fresh_until
