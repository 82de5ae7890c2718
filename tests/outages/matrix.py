"""One cell of the fault matrix: a platform with a fault, caches cold or warm, all operations that read."""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from connectors.platform import Platform
from connectors.sandbox.faults import Fault, FaultKind
from gateway.platforms import PLATFORMS
from tests.outages.asking import OPERATIONS, tokens_of
from tests.outages.comparing import unsaid
from tests.outages.names import Names, named
from tests.stack import DEADLINE_MS, PATIENT_MS, SLOWEST_CALL_MS, Gateway, OpenGateway, Sandbox, desk_at, operation

DNS = "dns"
FAULTS = (
    FaultKind.REFUSE,
    FaultKind.HANG,
    FaultKind.HTTP500,
    FaultKind.GARBAGE,
    FaultKind.DRIP,
    FaultKind.SCHEMA_DRIFT,
    FaultKind.EXPIRED_TOKEN,
    FaultKind.CLOCK,
    FaultKind.RESET,
    DNS,
)
_MS = {FaultKind.CLOCK: 120_000, FaultKind.DRIP: 50}
AGED_SECONDS = 35.0
"""How long before the outage what is warm was read: some of it is fresh still, some only stands in, some is gone."""
_GRACE_MS = 1500


@dataclass
class Cell:
    """What came of it."""

    whole: int = 0
    """Operations that answered as if nothing were wrong."""
    stale: int = 0
    """Operations with something marked stale, and no error."""
    codes: Counter[str] = field(default_factory=Counter)
    """Operations by the codes of their errors."""
    wrong: list[str] = field(default_factory=list)
    """What must not be, in words."""


async def asked(
    kind: FaultKind | str,
    platform: str,
    sandbox: Sandbox,
    open_gateway: OpenGateway,
    names: Names,
    *,
    warm: bool,
    numbers: Sequence[str] = tuple(OPERATIONS),
) -> Cell:
    """Ask all while the platform has that fault, and look at each answer."""
    sandbox.reset()
    by_name = {one.prefix: _section(sandbox, one, platform) for one in PLATFORMS} if kind == DNS else {}
    async with open_gateway(hurried=platform, answers={"keep_answers_s": 0}, **by_name) as gateway:
        tokens = await tokens_of(sandbox, gateway, await desk_at(sandbox, gateway))
        async with open_gateway() as other:
            healthy = await _answers(other, sandbox, tokens, numbers)
        assert [number for number, (body, _) in healthy.items() if "errors" in body] == []
        if warm:
            await _answers(gateway, sandbox, tokens, numbers)
            _age(gateway)
        await _begin(kind, platform, sandbox, names)
        found = await _answers(gateway, sandbox, tokens, numbers)
    sandbox.reset()
    return _judged(platform, healthy, found, drifts=kind is FaultKind.SCHEMA_DRIFT)


def _section(sandbox: Sandbox, platform: Platform, hurried: str) -> dict[str, Any]:
    ms = SLOWEST_CALL_MS if platform.name == hurried else PATIENT_MS
    return {"base_url": named(sandbox.addresses[platform.name]), "timeout_ms": ms}


def _judged(platform: str, healthy: "Answers", found: "Answers", *, drifts: bool) -> Cell:
    cell = Cell()
    for number, (body, ms) in found.items():
        errors, stale = body.get("errors", []), body.get("extensions", {}).get("stale", [])
        if ms > DEADLINE_MS + _GRACE_MS:
            cell.wrong.append(f"{number} took {ms:.0f} ms")
        lacking = unsaid(healthy[number][0], body, platform)
        if drifts:  # a key that may be absent looks absent where it was renamed
            lacking = [(place, value) for place, value in lacking if value is not None]
        if lacking and number != "20":  # the search names who did not answer in ``unavailable``
            cell.wrong.append(f"{number} differs at {[place for place, _ in lacking[:3]]}")
        others = {error["extensions"].get("platform") for error in errors} - {platform}
        if others:
            cell.wrong.append(f"{number} blames {others}")
        for code in {error["extensions"]["code"] for error in errors}:
            cell.codes[code] += 1
        cell.stale += bool(stale) and not errors
        cell.whole += not errors and not stale
    return cell


Answers = dict[str, tuple[dict[str, Any], float]]


async def _answers(
    gateway: Gateway, sandbox: Sandbox, tokens: dict[str, str | None], numbers: Sequence[str]
) -> Answers:
    async def one(number: str) -> tuple[dict[str, Any], float]:
        began = time.monotonic()
        body = await gateway.query(operation(number), OPERATIONS[number].values(sandbox.world), tokens[number])
        return body, (time.monotonic() - began) * 1000

    return dict(zip(numbers, await asyncio.gather(*map(one, numbers)), strict=True))


async def _begin(kind: FaultKind | str, platform: str, sandbox: Sandbox, names: Names) -> None:
    if isinstance(kind, FaultKind):
        sandbox.apps[platform].faults.put(Fault(kind, None, _MS.get(kind, 300)))
    else:
        await names.lose(platform)


def _age(gateway: Gateway) -> None:
    cache = gateway.parts.cache
    cache._clock = cache._flights._clock = lambda: time.monotonic() + AGED_SECONDS
