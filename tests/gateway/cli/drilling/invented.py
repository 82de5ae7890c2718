"""Recordings nobody played: what a good drill sees, to be changed by one thing at a time."""

from collections.abc import Sequence
from typing import Any

import msgspec

from gateway.cli.drilling.recording import MISSING, WHOLE, FaultShown, Look, PlatformSeen, Recording, Sample

ILL, WELL = "duty", "zheliban"
NEEDS = {"workbench": (ILL,), "knowledge": (WELL,)}
UNAVAILABLE = "PLATFORM_UNAVAILABLE"
_UP = PlatformSeen("UP", "CLOSED", 0.0, 100, 0)
_DOWN = PlatformSeen("DOWN", "OPEN", 0.0, 100, 5, "slow", "them", "不应答。", "does not answer.")


def sample(at: float, question: str = "workbench", outcome: str = WHOLE, **more: Any) -> Sample:
    """One answer; one that lacks something says so as the gateway does."""
    if outcome == MISSING:
        more = {"codes": (UNAVAILABLE,), "blamed": (ILL,)} | more
    return Sample(at, question, more.pop("ms", 10.0), outcome, **more)


def look(at: float, *, ill: bool, **changed: Any) -> Look:
    """``/ops`` at that moment."""
    seen = msgspec.structs.replace(_DOWN if ill else _UP, **changed)
    level, words = ("warn", "does not answer.") if ill else ("ok", "All is well.")
    return Look(at, level, "不应答。" if ill else "一切正常。", words, {ILL: seen, WELL: _UP})


def recording(
    samples: Sequence[Sample] = (), looks: Sequence[Look] = (), scenario: str = "platform-hangs", **more: Any
) -> Recording:
    """Twenty seconds of an outage that is noticed after two, and over two after its end; with these beside."""
    usual = [sample(at / 4, "knowledge") for at in range(-40, 100)]
    usual += [sample(at + 0.5, outcome=MISSING if 0 <= at < 21 else WHOLE) for at in range(-10, 26)]
    looked = [look(float(at), ill=2 <= at < 22) for at in range(-10, 26)]
    facts: dict[str, Any] = {
        "platforms": (ILL,),
        "seconds": 20.0,
        "calm": 10.0,
        "deadline_ms": 5500.0,
        "probe_s": 15.0,
        "needs": NEEDS,
        "faults": [FaultShown(ILL, "hang", 0.0, 20.0)],
        "calls": {"calm": {ILL: 10, WELL: 4}, "outage": {ILL: 6, WELL: 8}},
    }
    return Recording(scenario, samples=[*usual, *samples], looks=list(looks) or looked, **(facts | more))
