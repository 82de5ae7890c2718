"""Holds a recording against what is promised to users and operators while a platform is ill."""

from collections import Counter
from collections.abc import Callable

import msgspec

from gateway.cli.drilling.figures import (
    causes_of,
    clock_seen_after,
    gateway_well_after,
    hit,
    not_hit,
    noticed_after,
    quantile,
    repeated,
    users_well_after,
)
from gateway.cli.drilling.recording import COMPLETE, FAILED, Recording
from gateway.cli.drilling.scenarios import SCENARIOS, Scenario

NOTICED_SECONDS = 5.0
"""By how much noticing and recovering may take longer than one probe interval: the longest call, and a look."""
_EXTRA_SHARE, _EXTRA_SAVED = 0.1, 10
"""What retries may add, and what the budget saves up at most (``connectors/guarding/budget.py``)."""
_GROWN, _GROWN_MS = 1.2, 100.0
_FEWEST = 20
"""Fewer answers have no 99th percentile."""
_CLOCK_SECONDS = 60.0


class Promise(msgspec.Struct, frozen=True):
    """One of them; ``held`` is None where it could not be told. ``zh`` and ``en`` say what was measured."""

    name: str
    held: bool | None
    zh: str
    en: str


def judged(recording: Recording) -> list[Promise]:
    """Every promise, in the order in which users would care."""
    return [judge(recording) for judge in _JUDGES]


def kept_all(promises: list[Promise]) -> bool:
    """Whether none was broken."""
    return all(promise.held is not False for promise in promises)


def _answered(recording: Recording) -> Promise:
    failed = [one for one in recording.samples if one.outcome == FAILED]
    slowest = max((one.ms for one in recording.samples), default=0.0)
    count, bad = len(recording.samples), len(failed)
    return Promise(
        "answered",
        bool(count) and not bad,
        f"{count} 次请求，{bad} 次无应答，最慢 {slowest:.0f} 毫秒",
        f"{count} requests, {bad} without an answer, the slowest took {slowest:.0f} ms",
    )


def _whole(recording: Recording) -> Promise:
    ill = set(recording.platforms)
    wrong = [one for one in recording.samples if one.holes or set(one.blamed) - ill]
    aside = not_hit(recording, recording.during())
    spoiled = [one for one in aside if one.outcome not in COMPLETE]
    return Promise(
        "others_whole",
        not wrong and not spoiled,
        f"{len(aside)} 次与故障平台无关的请求中 {len(spoiled)} 次不完整；{len(wrong)} 次缺失未说明或归咎他处",
        f"of {len(aside)} that need no ill platform {len(spoiled)} were not whole; "
        f"{len(wrong)} lacked something unsaid or blamed another platform",
    )


def _codes(recording: Recording) -> Promise:
    allowed = _scenario(recording).codes
    counted = Counter(code for one in recording.samples for code in one.codes)
    told = ", ".join(f"{code} × {count}" for code, count in counted.most_common())
    return Promise("codes", set(counted) <= allowed, told or "无错误", told or "no errors")


def _noticed(recording: Recording) -> Promise:
    limit = recording.probe_s + NOTICED_SECONDS
    after = {name: _seen_after(recording, name) for name in recording.platforms}
    late = [name for name, seconds in after.items() if seconds is None or seconds > limit]
    shown = ", ".join(f"{name} {'–' if seconds is None else f'{seconds} s'}" for name, seconds in after.items())
    held = not late or (None if _untouched(recording) else False)
    return Promise("noticed", held, f"{shown}（限 {limit:.0f} 秒）", f"{shown} (within {limit:.0f} s)")


def _cause(recording: Recording) -> Promise:
    kinds = {kind.value for kind in _scenario(recording).kinds}
    named = {name: causes_of(recording, name)[:1] for name in recording.platforms}
    told = ", ".join(f"{name}: {''.join(found) or '–'}" for name, found in named.items())
    wrong = any(found and found[0] not in kinds for found in named.values())
    missing = kinds and any(not found for found in named.values())
    held = not wrong and not missing
    return Promise("cause", held if held or wrong or not _untouched(recording) else None, told, told)


def _recovered(recording: Recording) -> Promise:
    limit = recording.probe_s + NOTICED_SECONDS
    users, gateway = users_well_after(recording), gateway_well_after(recording)
    zh = f"用户 {_seconds(users)}，/ops {_seconds(gateway)}（限 {limit:.0f} 秒）"
    en = f"users {_seconds(users)}, /ops {_seconds(gateway)} (within {limit:.0f} s)"
    if recording.interrupted:
        return Promise("recovered", None, zh, en)
    return Promise("recovered", users is not None and gateway is not None and max(users, gateway) <= limit, zh, en)


def _calls(recording: Recording) -> Promise:
    told = {name: repeated(recording, name) for name in recording.platforms}
    held = all(again <= _EXTRA_SHARE * calls + _EXTRA_SAVED for again, calls in told.values())
    zh = "；".join(f"{name} {calls} 次调用中重试 {again} 次" for name, (again, calls) in told.items())
    en = "; ".join(f"{name}: {again} of {calls} calls were made once more" for name, (again, calls) in told.items())
    return Promise("extra_calls", held, zh, en)


def _fast(recording: Recording) -> Promise:
    calm, outage = not_hit(recording, recording.before()), not_hit(recording, recording.during())
    usual, then = quantile(calm, 0.99), quantile(outage, 0.99)
    if usual is None or then is None:
        return Promise("others_fast", None, "没有与故障平台无关的请求", "no question is without the ill platform")
    zh = f"无关请求的 p99：{usual:.0f} → {then:.0f} 毫秒"
    en = f"p99 of what needs no ill platform: {usual:.0f} → {then:.0f} ms"
    few = min(len(calm), len(outage)) < _FEWEST
    return Promise("others_fast", None if few else then <= _GROWN * usual + _GROWN_MS, zh, en)


_JUDGES: tuple[Callable[[Recording], Promise], ...] = (
    _answered,
    _whole,
    _codes,
    _fast,
    _noticed,
    _cause,
    _recovered,
    _calls,
)


def _scenario(recording: Recording) -> Scenario:
    return SCENARIOS[recording.scenario]


def _seen_after(recording: Recording, platform: str) -> float | None:
    if _scenario(recording).kinds:
        return noticed_after(recording, platform)
    return clock_seen_after(recording, platform, _CLOCK_SECONDS)


def _untouched(recording: Recording) -> bool:
    """Whether nobody missed anything: then there was nothing to notice."""
    return all(one.outcome in COMPLETE for one in hit(recording, recording.during()))


def _seconds(value: float | None) -> str:
    return "–" if value is None else f"{value} s"
