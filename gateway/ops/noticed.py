"""What users notice of a platform's illness: which fields came without data or with old data, in how many requests.

Counted only for answers that were spoiled; over five minutes, in slots of ten seconds, and bounded: fields beyond
``MOST_FIELDS`` a slot are counted as one.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from gateway.execution.operation import Spoiled
from gateway.ops.shapes import FieldNoticed, NoticedTold

SLOT_SECONDS = 10
KEPT_SECONDS = 300
MOST_FIELDS = 200
OTHERS = "other"
_MOST_TOLD = 20


@dataclass(slots=True)
class _Count:
    requests: int = 0
    nulls: int = 0
    stale: int = 0

    def add(self, other: "_Count") -> None:
        self.requests += other.requests
        self.nulls += other.nulls
        self.stale += other.stale


@dataclass(slots=True)
class _Slot:
    number: int
    platforms: dict[str, _Count] = field(default_factory=dict)
    fields: dict[tuple[str, str], _Count] = field(default_factory=dict)


class Noticed:
    """One per process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._slots: deque[_Slot] = deque()
        self.totals: dict[tuple[str, str], int] = {}
        """Requests since the start by platform and ``null`` or ``stale``, for the metrics."""

    def count(self, spoiled: Iterable[Spoiled]) -> None:
        """Count one request's answer: every place of it that a platform spoiled."""
        slot = self._slot()
        hit: set[str] = set()
        for one in spoiled:
            where = (one.platform, one.field)
            if where not in slot.fields and len(slot.fields) >= MOST_FIELDS:
                where = (one.platform, OTHERS)
            counted = _Count(1, 0 if one.stale else one.times, one.times if one.stale else 0)
            slot.fields.setdefault(where, _Count()).add(counted)
            counted.requests = one.platform not in hit
            hit.add(one.platform)
            slot.platforms.setdefault(one.platform, _Count()).add(counted)
            key = (one.platform, "stale" if one.stale else "null")
            self.totals[key] = self.totals.get(key, 0) + 1

    def told(self, platform: str, requests: int) -> NoticedTold:
        """What was noticed of one platform; ``requests``: how many there were in all over that time."""
        oldest = self._clock() // SLOT_SECONDS - KEPT_SECONDS // SLOT_SECONDS
        total, fields = _Count(), dict[str, _Count]()
        for slot in self._slots:
            if slot.number > oldest and platform in slot.platforms:
                total.add(slot.platforms[platform])
                for (owner, name), count in slot.fields.items():
                    if owner == platform:
                        fields.setdefault(name, _Count()).add(count)
        share = round(min(total.requests / requests, 1.0), 4) if requests else float(total.requests > 0)
        listed = sorted(fields.items(), key=lambda one: (-one[1].requests, one[0]))[:_MOST_TOLD]
        zh, en = _words(total, share)
        rows = [FieldNoticed(name, one.requests, one.nulls, one.stale) for name, one in listed]
        return NoticedTold(total.requests, share, total.nulls, total.stale, rows, zh, en)

    def _slot(self) -> _Slot:
        number = int(self._clock() // SLOT_SECONDS)
        if not self._slots or self._slots[-1].number != number:
            self._slots.append(_Slot(number))
            while self._slots[0].number <= number - KEPT_SECONDS // SLOT_SECONDS:
                self._slots.popleft()
        return self._slots[-1]


def _words(total: _Count, share: float) -> tuple[str, str]:
    if not total.requests:
        return "五分钟内用户没有察觉异常。", "Users noticed nothing in the last five minutes."
    percent = f"{share * 100:.1f}".rstrip("0").rstrip(".")
    zh = f"五分钟内 {total.requests} 个请求受影响（占 {percent}%）：{total.nulls} 处为空，{total.stale} 处为旧数据。"
    en = (
        f"{total.requests} requests of the last five minutes ({percent} %): {total.nulls} places came empty, "
        f"{total.stale} with old data."
    )
    return zh, en
