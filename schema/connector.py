"""The platforms as operators see them: which is ill, since when, and how its calls went."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import strawberry

from connectors.ports import ConnectorHealthSource
from connectors.records.health import BreakerState, ConnectorStatus
from connectors.refusals import RefusedError
from connectors.viewer import Role, Scope
from schema.declarations import Many, Requirement
from schema.fields import CHINESE, argument, declared, described, link, value

LEAST_SECONDS, MOST_SECONDS = 10, 300

for _enum, _zh, _en in (
    (ConnectorStatus, "平台能否使用", "Whether a platform can be used."),
    (BreakerState, "熔断器的状态", "Whether calls to a platform are let through."),
):
    strawberry.enum(_enum, description=_en)
    setattr(_enum, CHINESE, _zh)


def _seconds(arguments: Mapping[str, Any]) -> tuple[int]:
    """How far to look back. Raises ``RefusedError`` (BAD_INPUT)."""
    seconds = arguments["seconds"]
    if not LEAST_SECONDS <= seconds <= MOST_SECONDS:
        raise RefusedError("BAD_INPUT", field="seconds")
    return (seconds,)


@described(zh="熔断器", en="What stops calls to a platform that failed too often.")
class ConnectorBreaker:
    """Read from ``connectors.records.health.Breaker``."""

    state: BreakerState = value("state", zh="状态", en="Whether calls are let through.")
    opened_at: datetime | None = value("opened_at", zh="断开的时间", en="Since when they are not; null while they are.")
    retry_at: datetime | None = value("retry_at", zh="下次试探的时间", en="When it is tried again.")


@described(zh="探测所经的一步", en="One part of the way to a platform, looked at where a probe failed.")
class ConnectorProbeStep:
    """Read from ``connectors.records.health.ProbeStep``."""

    step: str = value(
        "step",
        zh="步骤：dns、connect、tls、auth 或 application",
        en="Which part: dns, connect, tls, auth or application.",
    )
    ok: bool | None = value("ok", zh="是否正常；未走到则为空", en="Whether it is well; null where it was not come to.")
    ms: float | None = value("ms", zh="用时，毫秒", en="How long it took, in milliseconds.")
    error: str | None = value("error", zh="错误的种类", en="What kind of error, in a word.")


@described(zh="一次探测", en="One harmless signed read, made to see whether the platform is well.")
class ConnectorProbe:
    """Read from ``connectors.records.health.Probe``."""

    at: datetime = value("at", zh="时间", en="When it began.")
    ok: bool = value("ok", zh="是否正常", en="Whether the platform answered as it should.")
    duration_ms: int = value("duration_ms", zh="用时，毫秒", en="How long it took, in milliseconds.")
    error: str | None = value("error", zh="错误码；正常为空", en="The error's code (docs/errors.md); null when ok.")
    kind: str | None = value(
        "kind",
        zh="错误的种类，如 unreachable、too_slow；正常为空",
        en="What kind of error, such as unreachable or too_slow; null when ok.",
    )
    steps: list[ConnectorProbeStep] = value(
        "steps",
        zh="逐步查看的结果；正常时为空列表",
        en="How far one got, part by part; empty when ok.",
    )


@described(zh="最近一次失败", en="The latest call that failed because the platform was ill.")
class ConnectorFailure:
    """Read from ``connectors.records.health.Failure``."""

    at: datetime = value("at", zh="时间", en="When it ended.")
    operation: str = value("operation", zh="平台的操作", en="The platform's operation.")
    error: str = value("error", zh="错误码", en="The error's code (docs/errors.md).")
    kind: str = value(
        "kind", zh="错误的种类，如 unreachable、too_slow", en="What kind of error, such as unreachable or too_slow."
    )


@described(
    zh="一段时间内的调用", en="A platform's calls over the last seconds, probes included; to five seconds exact."
)
class ConnectorWindow:
    """Read from ``connectors.records.health.ConnectorWindow``."""

    requests: int = value("requests", zh="调用次数", en="How many calls were made.")
    errors: int = value(
        "errors", zh="因平台故障而失败的次数", en="How many failed because the platform was ill; refusals do not count."
    )
    error_rate: float | None = value(
        "error_rate", zh="失败的比例，0 到 1；无调用为空", en="Share of calls that failed, 0 to 1; null without calls."
    )
    p50_ms: float | None = value(
        "p50_ms", zh="用时的中位数，毫秒；无调用为空", en="Half of the calls took at most that, in milliseconds."
    )
    p95_ms: float | None = value(
        "p95_ms", zh="95% 的调用不超过的用时，毫秒", en="95 % of the calls took at most that, in milliseconds."
    )
    p99_ms: float | None = value(
        "p99_ms", zh="99% 的调用不超过的用时，毫秒", en="99 % of the calls took at most that, in milliseconds."
    )
    timeouts: int = value("timeouts", zh="超时的次数", en="How many had no answer in time.")
    retries: int = value("retries", zh="重试的次数", en="How many were made once more.")
    cache_hits: int = value("cache_hits", zh="由缓存回答的键数", en="How many keys the cache answered instead.")
    stale_served: int = value(
        "stale_served",
        zh="其中因平台故障而给出过期内容的键数",
        en="Of these, past their time as the platform failed.",
    )


@described(zh="平台给的调用额度", en="How many calls the platform still allows.")
class ConnectorQuota:
    """Read from ``connectors.records.health.Quota``."""

    limit: int = value("limit", zh="额度", en="How many in all.")
    remaining: int = value("remaining", zh="剩余", en="How many are left.")
    resets_at: datetime | None = value("resets_at", zh="何时恢复", en="When it begins anew; null when it is not told.")


@described(zh="有期限的凭证", en="Something that ends: a certificate of the platform's, or the gateway's secret there.")
class ConnectorCredential:
    """Read from ``connectors.records.health.Credential``."""

    what: str = value(
        "what",
        zh="种类：certificate（TLS 证书）或 secret（网关的密钥）",
        en="Which kind: certificate (TLS), or secret (the gateway's own).",
    )
    ends: datetime = value("ends", zh="到期时间", en="When it ends.")
    days_left: int = value("days_left", zh="剩余天数；已到期为负数", en="Whole days left; negative once it has ended.")


@described(zh="平台的一个操作在最近五分钟的调用", en="One of a platform's operations over the last five minutes.")
class ConnectorOperation:
    """Read from ``connectors.records.health.OperationHealth``."""

    name: str = value("name", zh="操作的名称", en="What the operation is called in logs and metrics.")
    requests: int = value("requests", zh="调用次数", en="How many calls were made.")
    error_rate: float | None = value(
        "error_rate", zh="失败的比例，0 到 1；无调用为空", en="Share of calls that failed, 0 to 1; null without calls."
    )
    p95_ms: float | None = value(
        "p95_ms", zh="95% 的调用不超过的用时，毫秒", en="95 % of the calls took at most that, in milliseconds."
    )


@described(zh="网关所接的一个平台", en="A platform this gateway stands in front of, as the gateway sees it.")
class Connector:
    """Read from ``connectors.records.health.ConnectorHealth``; no platform is asked."""

    name: str = value("name", zh="平台的名称，如浙里办", en="What people call the platform.")
    platform: str = value("key", zh="平台的代号，如 zheliban", en="What it is called in errors, logs and metrics.")
    configured: bool = value(
        "configured",
        zh="是否已配置；未配置的平台不被调用，状态为 DOWN",
        en="Whether it is set up; else it is DOWN and never asked.",
    )
    status: ConnectorStatus = value("status", zh="状态", en="Whether it can be used.")
    since: datetime = value("since", zh="该状态从何时起", en="Since when it is so.")
    last_good_answer_at: datetime | None = value(
        "last_good_answer_at", zh="最近一次正常回应的时间", en="When it last answered as it should; null before that."
    )
    last_failure: ConnectorFailure | None = value(
        "last_failure", zh="最近一次因平台故障的失败；没有则为空", en="The latest failure; null when there was none."
    )
    last_probe: ConnectorProbe | None = value(
        "last_probe",
        zh="最近一次探测；探测关闭时为空",
        en="The latest probe; null before the first.",
    )
    clock_difference_seconds: float = value(
        "clock_difference_seconds",
        zh="平台时钟比网关快多少秒；5 秒以内记为 0",
        en="How far its clock is ahead of the gateway's, in seconds; 0 within five.",
    )
    breaker: ConnectorBreaker | None = value(
        "breaker",
        zh="熔断器",
        en="What stops calls while it fails.",
    )
    quota: ConnectorQuota | None = value(
        "quota", zh="调用额度；平台未告知则为空", en="What it still allows; null where the platform does not tell."
    )
    credentials: list[ConnectorCredential] = value(
        "credentials", zh="有期限的凭证，先到期的在前", en="What ends some day, the first to end first."
    )
    window: ConnectorWindow | None = link(
        ConnectorHealthSource.load_connector_windows,
        taken=_seconds,
        arguments=(
            argument(
                "seconds",
                int,
                zh=f"往回多少秒，{LEAST_SECONDS} 到 {MOST_SECONDS}",
                en=f"How far back, in seconds, {LEAST_SECONDS} to {MOST_SECONDS}.",
                default=MOST_SECONDS,
            ),
        ),
        zh="最近一段时间的调用",
        en="How its calls went lately.",
    )
    operations: list[ConnectorOperation] = value(
        "operations", zh="最近五分钟用过的操作，按名称", en="Its operations used in the last five minutes, by name."
    )


CONNECTORS = declared(
    Many(ConnectorHealthSource.list_connectors, owner=lambda *_: ""),
    requires=Requirement(Scope.OPS_READ, roles=frozenset({Role.OPS})),
    zh="网关所接的各平台及其状况",
    en="The platforms behind the gateway, and how they are.",
)
"""The root field; no platform is asked for it."""
