"""The words of causes: what it is, whose it is, in one sentence that fits behind a platform's name."""

import enum
from collections.abc import Mapping
from typing import NamedTuple

from connectors.causes import CauseKind


class Where(enum.StrEnum):
    """Who has to mend it."""

    THEM = "them"
    US = "us"
    BETWEEN = "between"


class CauseWords(NamedTuple):
    """Both languages; ``{title}`` is the platform's name. ``told``: what everybody may know."""

    where: Where
    zh: str
    en: str


SHARED_NETWORK = "network"
SHARED_DNS = "dns_all"
SHARED_CLOCK = "our_clock"
DATABASE = "database"
REDIS = "redis"
BY_HAND = "by_hand"
UNKNOWN = "unknown"

WORDS: Mapping[str, CauseWords] = {
    CauseKind.DNS: CauseWords(
        Where.BETWEEN,
        "{title}的域名无法解析，请求尚未发出。",
        "The host name of {title} is not found, so nothing is sent at all.",
    ),
    CauseKind.CONNECT: CauseWords(
        Where.BETWEEN,
        "无法与{title}建立连接：对方未监听，或网络不通。",
        "No connection to {title}: nobody listens there, or there is no way.",
    ),
    CauseKind.TLS: CauseWords(
        Where.THEM,
        "{title}的 TLS 证书不被信任，或没有共同的版本。",
        "The certificate of {title} is not trusted, or there is no common TLS version.",
    ),
    CauseKind.RESET: CauseWords(
        Where.BETWEEN,
        "{title}在应答完整之前断开连接。",
        "{title} hangs up before its answer is whole.",
    ),
    CauseKind.AUTH: CauseWords(
        Where.US,
        "{title}不接受网关的凭证：密钥、密文或令牌有误或已失效。",
        "{title} does not take the gateway's credentials: key, secret or token is wrong or has ended.",
    ),
    CauseKind.CLOCK: CauseWords(
        Where.US,
        "{title}拒绝网关的签名，且两边时钟不一致。",
        "{title} refuses the gateway's signature, and the clocks differ.",
    ),
    CauseKind.SLOW: CauseWords(
        Where.THEM,
        "{title}可以连接，但没有按时应答。",
        "{title} can be reached, but does not answer in time.",
    ),
    CauseKind.HTTP5XX: CauseWords(
        Where.THEM,
        "{title}返回自身的错误（HTTP 5xx）。",
        "{title} answers with errors of its own (HTTP 5xx).",
    ),
    CauseKind.GARBAGE: CauseWords(
        Where.THEM,
        "{title}的应答不是约定的形式：接口可能变更，或被代理替换。",
        "{title} answers in no form we know: its interface changed, or a proxy answers in its place.",
    ),
    CauseKind.QUOTA: CauseWords(
        Where.US,
        "{title}提示调用过于频繁，额度已用尽。",
        "{title} says that we call too often: the quota is used up.",
    ),
    CauseKind.NOT_CONFIGURED: CauseWords(
        Where.US,
        "{title}尚未配置，不会被调用。",
        "{title} is not set up, so it is not asked.",
    ),
    UNKNOWN: CauseWords(
        Where.THEM,
        "{title}的调用失败，原因尚不明确。",
        "Calls to {title} fail; the reason is not clear yet.",
    ),
    BY_HAND: CauseWords(
        Where.US,
        "运维人员已暂停对{title}的调用。",
        "An operator has stopped the calls to {title}.",
    ),
    SHARED_DNS: CauseWords(
        Where.US,
        "本机无法解析域名，所有平台均受影响。请检查 DNS 服务器。",
        "Names are not resolved on this machine; all platforms are hit. Check the DNS servers.",
    ),
    SHARED_NETWORK: CauseWords(
        Where.US,
        "本机的网络出口中断，所有平台均无法连接。",
        "The way out of this machine is cut: no platform can be reached.",
    ),
    SHARED_CLOCK: CauseWords(
        Where.US,
        "本机时钟与各平台不一致，请用 NTP 校准。",
        "This machine's clock differs from all platforms'; set it by NTP.",
    ),
    DATABASE: CauseWords(
        Where.US,
        "网关的数据库无法访问：登录和写入暂停，持有效令牌的读取继续。",
        "The gateway's database is away: no sign-in and no writes; reads with valid tokens go on.",
    ),
    REDIS: CauseWords(
        Where.US,
        "Redis 无法访问：各副本改用自身内存，继续服务。",
        "Redis is away: each replica goes on with its own memory.",
    ),
}


_PAGES = {
    SHARED_CLOCK: CauseKind.CLOCK.value,
    SHARED_DNS: "all-platforms",
    SHARED_NETWORK: "all-platforms",
    UNKNOWN: "platform-down",
}
"""The pages that are not named like the kind."""


def runbook(kind: str) -> str:
    """Which page says what to do; each has a Chinese twin, ``….zh-CN.md``."""
    return f"docs/ops/runbook/{_PAGES.get(kind, kind).replace('_', '-')}.md"
