"""Which buttons make sense for a platform just now, the one to press first in front."""

from connectors.causes import CauseKind
from connectors.records.health import BreakerState, ConnectorStatus
from gateway.ops.headline import Seen
from gateway.ops.shapes import BreakerTold, Press

PROBE, OPEN, CLOSE, RELEASE = "probe.now", "breaker.open", "breaker.close", "breaker.release"
STALE, STALE_RELEASE, OUTBOX = "stale.extend", "stale.release", "outbox.retry"
ACTS = (PROBE, OPEN, CLOSE, RELEASE, STALE, STALE_RELEASE, OUTBOX)

_WORDS = {
    PROBE: ("立即探测", "Probe now", True),
    OPEN: ("暂停调用（断开熔断器）", "Stop calls (open the breaker)", False),
    CLOSE: ("恢复调用（闭合熔断器）", "Let calls through (close the breaker)", False),
    RELEASE: ("交还自动控制", "Let the breaker act by itself again", True),
    STALE: ("延长旧数据的使用", "Serve old data for longer", True),
    STALE_RELEASE: ("不再延长旧数据", "Stop serving old data for longer", True),
    OUTBOX: ("重试待办写入", "Try waiting writes again", True),
}


def press_for(seen: Seen, breaker: BreakerTold, *, stale_extended: bool, outbox: int) -> list[Press]:
    """The buttons; ``outbox`` is how many writes to this platform wait or failed."""
    if seen.cause is not None and seen.cause.kind == CauseKind.NOT_CONFIGURED:
        return []
    acts = [PROBE]
    well = seen.health.status is ConnectorStatus.UP
    held = breaker.order is not None
    if held:
        acts.append(RELEASE)
    elif not well:
        acts.append(CLOSE if breaker.state == BreakerState.OPEN else OPEN)
    if stale_extended:
        acts.append(STALE_RELEASE)
    elif not well:
        acts.append(STALE)
    if outbox and well:
        acts.append(OUTBOX)
    return [Press(act, *_WORDS[act]) for act in acts]
