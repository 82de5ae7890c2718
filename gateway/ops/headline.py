"""The one sentence at the top: what is wrong, once, however many platforms it hits.

What all platforms suffer from at once is ours: a resolver, the way out, the clock, a store. Only where no such thing
explains it, platforms are named.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from connectors.causes import NETWORK, CauseKind
from connectors.records.health import ConnectorStatus
from gateway.health.brief import Brief
from gateway.health.credentials import ILL_DAYS, WARN_DAYS
from gateway.health.examining import NOTICED_SECONDS
from gateway.ops.cause_words import (
    BY_HAND,
    DATABASE,
    REDIS,
    SHARED_CLOCK,
    SHARED_DNS,
    SHARED_NETWORK,
    WORDS,
    runbook,
)
from gateway.ops.diagnosis import Cause
from gateway.ops.shapes import Headline

FEWEST = 2
"""One platform's failure says nothing of the others."""
_SAME_CLOCK_SECONDS = 10.0
OK, WARN, ILL = "ok", "warn", "ill"


@dataclass(frozen=True, slots=True)
class Seen:
    """One platform with its cause; ``zh`` and ``en`` are its names."""

    health: Brief
    cause: Cause | None
    zh: str
    en: str


def shared_cause(seen: Sequence[Seen]) -> str | None:
    """What makes every platform that is set up fail at once; None where they fail for reasons of their own."""
    asked = [one for one in seen if one.health.configured]
    if len(asked) < FEWEST:
        return None
    kinds = {None if one.cause is None else one.cause.kind for one in asked}
    if kinds == {CauseKind.DNS.value}:
        return SHARED_DNS
    if kinds <= {kind.value for kind in NETWORK - {CauseKind.TLS}}:
        return SHARED_NETWORK
    return SHARED_CLOCK if _our_clock(asked) else None


def headline(seen: Sequence[Seen], *, database: bool, redis: bool) -> Headline:
    """The sentence; ``database`` and ``redis`` say whether our own stores are there, or not used."""
    worst = _ours(seen, database=database) or _theirs(seen) or _minor(seen, redis=redis)
    return worst or Headline(OK, "一切正常。", "All is well.", None)


def _ours(seen: Sequence[Seen], *, database: bool) -> Headline | None:
    """What hits everything."""
    if not database:
        return _of(DATABASE, ILL)
    shared = shared_cause(seen)
    if shared is None:
        return None
    down = any(one.health.status is ConnectorStatus.DOWN for one in seen)
    return _of(shared, ILL if down or shared != SHARED_CLOCK else WARN)


def _theirs(seen: Sequence[Seen]) -> Headline | None:
    ill = [one for one in seen if one.cause is not None and one.health.configured]
    return _of_platforms(ill) if ill else None


def _minor(seen: Sequence[Seen], *, redis: bool) -> Headline | None:
    """What nobody notices yet."""
    if not redis:
        return _of(REDIS, WARN)
    ending = [one for one in seen if any(left.days_left < WARN_DAYS for left in one.health.credentials)]
    if ending:
        return _ending(ending)
    missing = [one for one in seen if not one.health.configured]
    return _listed(missing, WARN, runbook(CauseKind.NOT_CONFIGURED.value)) if missing else None


def sentence(kind: str, zh: str = "", en: str = "") -> tuple[str, str]:
    """A cause's words for a platform of these names; one that begins with "the" begins a sentence here."""
    words = WORDS[kind]
    told = words.en.format(title=en)
    return words.zh.format(title=zh), told[:1].upper() + told[1:]


def _our_clock(asked: Sequence[Seen]) -> bool:
    ahead = [one.health.clock_difference_seconds for one in asked]
    return min(map(abs, ahead)) > NOTICED_SECONDS and max(ahead) - min(ahead) < _SAME_CLOCK_SECONDS


def _of(kind: str, level: str) -> Headline:
    zh, en = sentence(kind)
    return Headline(level, zh, en, runbook(kind))


def _of_platforms(ill: Sequence[Seen]) -> Headline:
    worst = ILL if any(one.health.status is ConnectorStatus.DOWN for one in ill) else WARN
    causes = [one.cause for one in ill if one.cause is not None]
    if all(cause.kind == BY_HAND for cause in causes):
        worst = WARN
    return _listed(ill, worst, runbook(causes[0].kind))


def _ending(ending: Sequence[Seen]) -> Headline:
    """What ends first."""
    days, one = min(((one.health.credentials[0].days_left, one) for one in ending), key=lambda pair: pair[0])
    if days < 0:
        zh, en = f"{one.zh}的证书或密钥已到期。", f"A certificate or secret of {one.en} has ended."
    else:
        zh = f"{one.zh}的证书或密钥将在 {days} 天后到期。"
        en = f"A certificate or secret of {one.en} ends in {days} days."
    return Headline(ILL if days < ILL_DAYS else WARN, zh, en, runbook("credentials"))


def _listed(ill: Sequence[Seen], level: str, page: str) -> Headline:
    told = [sentence(one.cause.kind, one.zh, one.en) for one in ill if one.cause is not None]
    if len(told) == 1:
        return Headline(level, *told[0], page)
    zh = f"{len(told)} 个平台异常：" + "".join(words for words, _ in told)
    en = f"{len(told)} platforms are not well. " + " ".join(words for _, words in told)
    return Headline(level, zh, en, page)
