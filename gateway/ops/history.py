"""A platform's last five minutes in steps, as charts draw them; what is over is added up once."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from connectors.metering import KEPT_SECONDS, SLOT_SECONDS, Meter, Tally
from gateway.ops.shapes import HistoryTold

_STEPS = KEPT_SECONDS // SLOT_SECONDS
_Step = tuple[int, int, float | None, int]
_NOTHING: _Step = (0, 0, None, 0)


class History:
    """One per platform."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter
        self._over: dict[int, _Step] = {}

    def told(self, at: datetime) -> HistoryTold:
        """The steps up to now; ``at`` is the present moment on the wall clock."""
        now = self._meter.now()
        last = int(now // SLOT_SECONDS)
        first = last - _STEPS + 1
        seen = {number: self._step(number, last, tallies.values()) for number, tallies in self._meter.slots()}
        self._over = {number: step for number, step in seen.items() if first <= number < last}
        steps = [seen.get(number, _NOTHING) for number in range(first, last + 1)]
        began = at - timedelta(seconds=now - first * SLOT_SECONDS)
        requests, errors, p95, stale = zip(*steps, strict=True)
        return HistoryTold(
            step=SLOT_SECONDS,
            began=began.replace(microsecond=0),
            requests=list(requests),
            errors=list(errors),
            p95_ms=list(p95),
            stale=list(stale),
        )

    def _step(self, number: int, last: int, tallies: Iterable[Tally]) -> _Step:
        known = self._over.get(number)
        if known is not None and number < last:
            return known
        total = Tally.sum_of(tallies)
        p95 = total.quantile(0.95)
        return total.calls, total.errors, None if p95 is None else round(p95 * 1000, 1), total.stale
