"""What the gateway did by itself for a platform that is not well: told so that nobody does it again by hand."""

from connectors.records.health import BreakerState
from gateway.ops.shapes import BreakerTold, Done, WindowTold

_STOPPED = ("网关已暂停对该平台的调用，到时自行试探。", "The gateway stopped calling it, and tries again by itself.")
_TRYING = ("网关正在试探该平台。", "The gateway is trying whether it is well again.")
_PARTLY = ("已暂停部分操作的调用：{names}。", "Calls of some operations are stopped: {names}.")
_STALE = (
    "五分钟内有 {count} 项内容以旧数据回答，并已标注。",
    "Answered with old data, marked as such, within five minutes: {count}.",
)
_RETRIED = ("五分钟内重试了 {count} 次调用。", "Calls made once more within five minutes: {count}.")
_CLOCK = (
    "两边时钟相差 {seconds:+.0f} 秒，网关按该平台的时钟签名。",
    "The clocks differ by {seconds:+.0f} s; the gateway signs by the platform's.",
)


def done_for(breaker: BreakerTold, window: WindowTold, ahead: float) -> list[Done]:
    """The latest first where it is known when; ``ahead`` is how far the platform's clock is before ours."""
    done: list[Done] = []
    if breaker.order is None and breaker.state != BreakerState.CLOSED:
        stopped = breaker.state == BreakerState.OPEN
        zh, en = _STOPPED if stopped else _TRYING
        done.append(Done(breaker.opened_at if stopped else None, zh, en))
    if breaker.operations:
        zh, en = _PARTLY
        names = ", ".join(one.name for one in breaker.operations)
        done.append(Done(breaker.operations[0].opened_at, zh.format(names=names), en.format(names=names)))
    for (zh, en), count in ((_STALE, window.stale_served), (_RETRIED, window.retries)):
        if count:
            done.append(Done(None, zh.format(count=count), en.format(count=count)))
    if ahead:
        zh, en = _CLOCK
        done.append(Done(None, zh.format(seconds=ahead), en.format(seconds=ahead)))
    return done
