"""The words of a timeline's lines."""

from datetime import datetime, timedelta

from connectors.guarding.guard import Moved
from connectors.records.health import BreakerState, ConnectorStatus
from gateway.ops.incidents.episode import Line, Trouble

_STATUS = {
    ConnectorStatus.UP: ("恢复正常。", "It is up."),
    ConnectorStatus.DEGRADED: ("部分调用失败。", "Part of its calls fail."),
    ConnectorStatus.DOWN: ("不可用。", "It is down."),
}
_BREAKER = {
    BreakerState.OPEN: ("网关暂停调用{zh}。", "The gateway stopped calling {en}."),
    BreakerState.HALF_OPEN: ("网关试探{zh}。", "The gateway tries {en}."),
    BreakerState.CLOSED: ("网关恢复调用{zh}。", "The gateway calls {en} again."),
}
_ACTS = {
    "breaker.open": ("暂停调用，{minutes} 分钟。", "Stopped the calls for {minutes} minutes."),
    "breaker.close": ("恢复调用，{minutes} 分钟内不再自动暂停。", "Let calls through for {minutes} minutes."),
    "breaker.release": ("交还熔断器的自动控制。", "Left the breaker to itself again."),
    "stale.extend": ("延长旧数据的使用 {minutes} 分钟。", "Let old data stand in for {minutes} minutes more."),
    "stale.release": ("取消延长旧数据的使用。", "Old data stands in as usual again."),
    "outbox.retry": ("重试待办写入。", "Had waiting writes tried again."),
    "probe.now": ("手动探测。", "Probed by hand."),
}


def cause_line(trouble: Trouble, at: datetime) -> Line:
    """Why it is not well, at the begin and whenever that changes."""
    return Line(at, "cause", trouble.kind, trouble.zh, trouble.en)


def status_line(status: ConnectorStatus, at: datetime) -> Line:
    """How it is from then on."""
    return Line(at, "status", status.value, *_STATUS[status])


def breaker_line(moved: Moved, at: datetime) -> Line:
    """A breaker moved by itself."""
    zh, en = _BREAKER[moved.state]
    named = moved.operation or ("该平台", "the platform")
    told = (f"操作 {named} ", named) if isinstance(named, str) else named
    return Line(at, "breaker", f"{moved.operation}:{moved.state.value}", zh.format(zh=told[0]), en.format(en=told[1]))


def act_line(act: str, minutes: int | None, at: datetime, by: str) -> Line:
    """Somebody did something."""
    zh, en = _ACTS[act]
    told = {"minutes": minutes or 0}
    return Line(at, "act", f"{act} {at.isoformat()}", zh.format(**told), en.format(**told), by)


def again_line(at: datetime) -> Line:
    """It came back soon after its end."""
    return Line(at, "again", at.isoformat(), "再次出现，并入同一事件。", "It came back and is the same incident.")


def wider_line(at: datetime) -> Line:
    """From here on it is part of something that hits all platforms."""
    return Line(
        at,
        "wider",
        at.isoformat(),
        "所有平台同时受影响，另见共同事件。",
        "All platforms are hit at once: see their incident.",
    )


def ended_line(began: datetime, at: datetime) -> Line:
    """It is well again."""
    minutes = max(round((at - began) / timedelta(minutes=1)), 1)
    return Line(at, "ended", at.isoformat(), f"结束，持续约 {minutes} 分钟。", f"It ended after about {minutes} min.")
