"""Plays a drill against a running gateway: people ask, an operator looks, faults come and go.

Questions go out at their moment, whether or not earlier ones were answered, as people's do.
"""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import httpx

from gateway.cli.drilling.answers import blamed_by, codes_of, holes_in, outcome_of
from gateway.cli.drilling.looking import LOOKS_SECONDS, look_on
from gateway.cli.drilling.people import People
from gateway.cli.drilling.questions import DIRECTORY, QUESTIONS, STUDIOS, Question, asked_in_turn
from gateway.cli.drilling.recording import COMPLETE, FAILED, FaultShown, Recording, Sample
from gateway.cli.drilling.sandbox import Led, NoSandboxError
from gateway.cli.drilling.scenarios import SCENARIOS, Part

_SETTLED_SECONDS = 3.0
"""For how long all has to be well before a drill ends."""
_PATIENCE_MS = 1500.0
"""What a client waits beyond the gateway's own deadline."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How long it is calm first, how long the outage is, how many questions a second, how long recovery may take."""

    calm: float
    seconds: float
    rate: float
    recovery: float


@dataclass(slots=True)
class _Kept:
    """An answer with what it answers to, until the whole one is known."""

    sample: Sample
    key: str
    body: dict[str, Any] | None = field(repr=False)


class Play:
    """One drill; lives as long as it takes. ``recording`` holds what was seen so far, also where it is broken off."""

    def __init__(self, gateway: str, people: People, led: Led, recording: Recording, pace: Pace) -> None:
        self.recording = recording
        self._gateway, self._people, self._led = gateway, people, led
        self._scenario, self._pace = SCENARIOS[recording.scenario], pace
        self._patience = (recording.deadline_ms + _PATIENCE_MS) / 1000
        self._began = 0.0
        self._kept: list[_Kept] = []
        self._asking: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Calm, outage, recovery; ends all faults, also where it is cancelled."""
        async with httpx.AsyncClient(base_url=self._gateway, timeout=self._patience, trust_env=False) as http:
            studios = await self._studios(http)
            for question, values in islice(asked_in_turn(studios, _year()), 3 * len(QUESTIONS)):
                await self._answer(http, question, values)
            self._began = time.monotonic() + self._pace.calm
            looking = asyncio.create_task(
                look_on(self._gateway, self._people.operator, self._now, self.recording.looks)
            )
            asking = asyncio.create_task(self._ask_on(http, studios))
            try:
                await self._through()
            finally:
                self._led.end()
                for task in (looking, asking, *self._asking):
                    task.cancel()
                await asyncio.gather(looking, asking, *self._asking, return_exceptions=True)
            self._fill_holes()

    async def _through(self) -> None:
        """Begin and end faults at their moments, then wait until all is well or it took too long."""
        before = await asyncio.to_thread(self._led.calls)
        await asyncio.sleep(max(-self._now(), 0))
        self._well()
        calm = await asyncio.to_thread(self._led.calls)
        for at, part, begins in self._scenario.moments(self._pace.seconds):
            await asyncio.sleep(max(at - self._now(), 0))
            await asyncio.to_thread(self._turn, part, begins=begins)
        await asyncio.sleep(max(self._pace.seconds - self._now(), 0))
        await asyncio.to_thread(self._led.end)
        after = await asyncio.to_thread(self._led.calls)
        self.recording.calls.update(calm=_more(before, calm), outage=_more(calm, after))
        limit = self._pace.seconds + self._pace.recovery + _SETTLED_SECONDS
        while self._now() < limit and not self._settled():  # noqa: ASYNC110 - a sum of answers and looks, no one event
            await asyncio.sleep(LOOKS_SECONDS)
        if self._asking:
            await asyncio.wait(self._asking, timeout=self._patience)

    def _turn(self, part: Part, *, begins: bool) -> None:
        platform = self.recording.platforms[part.of]
        if begins:
            self._led.begin(platform, part.fault, part.ms)
            ends = part.ends * self._pace.seconds
            self.recording.faults.append(FaultShown(platform, part.fault.value, round(self._now(), 2), ends))
        else:
            self._led.end(platform)

    def _well(self) -> None:
        """Raises ``NoSandboxError`` where something is wrong before the outage: nothing could be told from it."""
        wrong = [one for one in self.recording.before() if one.outcome not in COMPLETE]
        told = {f"{one.question} {' '.join(one.codes)}".strip() for one in wrong}
        seen = self.recording.looks[-1].platforms if self.recording.looks else {}
        told |= {f"{name} is {one.status}" for name, one in seen.items() if one.status != "UP"}
        if told or not seen or not self.recording.samples:
            raise NoSandboxError(f"it is not well before the outage: {', '.join(sorted(told)) or 'nothing is seen'}")

    def _settled(self) -> bool:
        """Whether everything has been well for a while, for users and for the gateway."""
        since = max(self._now() - _SETTLED_SECONDS, self._pace.seconds)
        if self._now() < self._pace.seconds + _SETTLED_SECONDS:
            return False
        lately = [one for one in self.recording.samples if one.at >= since]
        look = self.recording.looks[-1] if self.recording.looks else None
        well = look is not None and all(one.status == "UP" and one.cause is None for one in look.platforms.values())
        return well and bool(lately) and all(one.outcome in COMPLETE for one in lately)

    async def _studios(self, http: httpx.AsyncClient) -> list[str]:
        body = await self._body(http, next(one for one in QUESTIONS if one.name == DIRECTORY), STUDIOS)
        nodes = ((body or {}).get("data") or {}).get("studios") or {"nodes": []}
        if not nodes["nodes"]:
            raise NoSandboxError(f"{self._gateway} shows no studios: {' '.join(codes_of(body)) or 'no answer'}")
        return [row["id"] for row in nodes["nodes"]]

    async def _ask_on(self, http: httpx.AsyncClient, studios: Sequence[str]) -> None:
        due = time.monotonic()
        for question, values in asked_in_turn(studios, _year()):
            task = asyncio.create_task(self._sample(http, question, values))
            self._asking.add(task)
            task.add_done_callback(self._asking.discard)
            due += 1 / self._pace.rate
            await asyncio.sleep(max(due - time.monotonic(), 0))

    async def _sample(self, http: httpx.AsyncClient, question: Question, values: Mapping[str, Any]) -> None:
        at, began = self._now(), time.monotonic()
        body = await self._answer(http, question, values)
        ms = (time.monotonic() - began) * 1000
        late = ms > self.recording.deadline_ms + _PATIENCE_MS
        outcome = FAILED if late else outcome_of(body)
        sample = Sample(round(at, 3), question.name, round(ms, 1), outcome, codes_of(body), blamed_by(body))
        self.recording.samples.append(sample)
        self._kept.append(_Kept(sample, f"{question.name} {sorted(values.items())}", body))

    async def _answer(self, http: httpx.AsyncClient, question: Question, values: Mapping[str, Any]) -> Any:
        try:
            return await self._body(http, question, values)
        except (httpx.TransportError, ValueError):
            return None

    async def _body(self, http: httpx.AsyncClient, question: Question, values: Mapping[str, Any]) -> Any:
        token = self._people.tokens[question.who] if question.who is not None else None
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = await http.post("/graphql", json={"query": question.text, "variables": values}, headers=headers)
        return answer.json()

    def _fill_holes(self) -> None:
        """Compare every answer with a whole one to the same question, from before or after the outage."""
        whole = {one.key: one.body for one in self._kept if one.sample.outcome in COMPLETE}
        for place, one in enumerate(self._kept):
            reference = whole.get(one.key)
            if one.body is not None and reference is not None:
                holes = holes_in(one.body, reference)[:3]
                old = one.sample
                self.recording.samples[place] = Sample(
                    old.at, old.question, old.ms, old.outcome, old.codes, old.blamed, holes
                )

    def _now(self) -> float:
        return time.monotonic() - self._began


def _more(before: Mapping[str, int], after: Mapping[str, int]) -> dict[str, int]:
    return {name: count - before[name] for name, count in after.items()}


def _year() -> int:
    return datetime.now(UTC).year
