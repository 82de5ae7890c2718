"""Figures of a recording: times, shares, and since when all was well again."""

import math
from collections.abc import Iterable, Sequence

from gateway.cli.drilling.recording import FAILED, MISSING, Look, Recording, Sample


def quantile(samples: Iterable[Sample], share: float) -> float | None:
    """The time within which that share of them was answered, in milliseconds; nothing where there are none."""
    times = sorted(one.ms for one in samples)
    return times[min(math.ceil(share * len(times)) - 1, len(times) - 1)] if times else None


def hit(recording: Recording, samples: Iterable[Sample]) -> list[Sample]:
    """Those of questions that need a platform that fell ill."""
    return [one for one in samples if set(recording.needs[one.question]) & set(recording.platforms)]


def not_hit(recording: Recording, samples: Sequence[Sample]) -> list[Sample]:
    """Those of questions that need none of them."""
    needed = {id(one) for one in hit(recording, samples)}
    return [one for one in samples if id(one) not in needed]


def noticed_after(recording: Recording, platform: str) -> float | None:
    """Seconds from the first fault of a platform until ``/ops`` showed that it is not well; nothing: never."""
    begun = min((one.begins for one in recording.faults if one.platform == platform), default=0.0)
    shown = (look.at for look in _outage(recording) if look.at >= begun and _shows(look, platform))
    first = next(shown, None)
    return None if first is None else round(first - begun, 1)


def clock_seen_after(recording: Recording, platform: str, seconds: float) -> float | None:
    """Seconds until ``/ops`` showed that the platform's clock is that far off."""
    ahead = ((look.at, look.platforms[platform].ahead) for look in _outage(recording) if platform in look.platforms)
    return next((round(at, 1) for at, by in ahead if abs(by) >= seconds), None)


def causes_of(recording: Recording, platform: str) -> list[str]:
    """The causes ``/ops`` named for it in the outage, the most frequent first."""
    seen = [look.platforms[platform].cause for look in _outage(recording) if platform in look.platforms]
    named = [kind for kind in seen if kind is not None]
    return sorted(set(named), key=lambda kind: (-named.count(kind), kind))


def users_well_after(recording: Recording) -> float | None:
    """Seconds from the end until nobody misses anything any more; nothing: it did not come to that."""
    after = sorted((one for one in recording.samples if one.at >= recording.seconds), key=lambda one: one.at)
    bad = [one.at for one in after if one.outcome in {MISSING, FAILED}]
    well = [one.at for one in after if one.at > (bad[-1] if bad else -math.inf)]
    if not well:
        return None
    return round(well[0] - recording.seconds, 1) if bad else 0.0


def gateway_well_after(recording: Recording) -> float | None:
    """Seconds from the end until ``/ops`` shows every platform of the drill as well, and it stays so."""
    after = [look for look in recording.looks if look.at >= recording.seconds]
    bad = [look.at for look in after if any(_shows(look, name) for name in recording.platforms)]
    well = [look.at for look in after if look.at > (bad[-1] if bad else -math.inf)]
    return round(well[0] - recording.seconds, 1) if well else None


def repeated(recording: Recording, platform: str) -> tuple[int, int]:
    """Calls made once more, and calls in all, over the window of the look at which the former were most."""
    seen = [look.platforms[platform] for look in recording.looks if platform in look.platforms]
    worst = max(seen, key=lambda one: one.retries, default=None)
    return (0, 0) if worst is None else (worst.retries, worst.requests)


def called_per_question(recording: Recording, phase: str, platform: str) -> float | None:
    """Calls to a platform for each question that needs it."""
    samples = recording.during() if phase == "outage" else recording.before()
    asked = sum(platform in recording.needs[one.question] for one in samples)
    calls = recording.calls.get(phase, {}).get(platform)
    return None if not asked or calls is None else round(calls / asked, 2)


def _outage(recording: Recording) -> list[Look]:
    return [look for look in recording.looks if 0 <= look.at < recording.seconds]


def _shows(look: Look, platform: str) -> bool:
    seen = look.platforms.get(platform)
    return seen is not None and seen.status != "UP"
