"""What ``tongxin doctor`` found, as JSON and as text. No address and no credential stands in either."""

import unicodedata
from collections.abc import Sequence
from typing import Any

from connectors.guarding.settings import GuardSettings
from connectors.metering import outcome_of
from connectors.platform import Platform, PlatformSettings
from connectors.records.health import Credential
from gateway.cli.doctor_advice import CLOCK, Words, advice, step_words
from gateway.execution.operation import Language
from gateway.health.credentials import ILL_DAYS, WARN_DAYS, credentials_of
from gateway.health.examining import Ending, Examination, Finding
from gateway.health.watch import wall_clock

Row = dict[str, Any]
"""A platform, or one of its steps, as JSON."""

_WORDS = {
    "settings": Words("settings", "设置"),
    "sandbox": Words("What is not set of a platform is taken from the sandbox.", "平台未设置的内容取自沙箱。"),
    Ending.OK: Words("ok", "正常"),
    Ending.FAILED: Words("FAILED", "失败"),
    Ending.SKIPPED: Words("skipped", "未做"),
    "mend": Words("to mend", "处理办法"),
    "ahead": Words("the platform's clock is {seconds:+.0f} s ahead of ours", "平台时钟比本机快 {seconds:+.0f} 秒"),
    "bounds": Words(
        "a call ends after {timeout} ms; {calls} of one kind at once; made once more: {share:.0%} of calls; {breaker}",
        "每次调用至多 {timeout} 毫秒；同类调用至多 {calls} 个并发；重试至多占调用的 {share:.0%}；{breaker}",
    ),
    "breaker": Words(
        "refused for {pause:g} s when {share:.0%} of {fewest} or more in {window:g} s fail",
        "{window:g} 秒内 {fewest} 次以上调用有 {share:.0%} 失败时熔断 {pause:g} 秒",
    ),
    "no breaker": Words("never refused", "不熔断"),
    "other bounds": Words("others for {names}", "{names} 另有设置"),
    "certificate ends": Words(
        "a TLS certificate ends in {days} days ({ends})", "TLS 证书将在 {days} 天后到期（{ends}）"
    ),
    "certificate ended": Words("a TLS certificate has ended ({ends})", "TLS 证书已到期（{ends}）"),
    "secret ends": Words(
        "the secret here ends in {days} days ({ends}): ask the platform for a new one",
        "密钥将在 {days} 天后到期（{ends}），请向平台申请新的密钥",
    ),
    "secret ended": Words("the secret here has ended ({ends})", "密钥已到期（{ends}）"),
    "well": Words("All is well.", "一切正常。"),
    "ill": Words("There is something to mend, see above.", "有需要处理的问题，见上。"),
    "issuer": Words(
        "The gateway listens on {host}, but auth.issuer is not set: set it to the https address under which callers "
        "reach the gateway.",
        "网关监听 {host}，但未设置 auth.issuer：请设为调用方访问网关所用的 https 地址。",
    ),
}


def said(what: str, language: Language, **facts: Any) -> str:
    """One of the report's own sentences."""
    return _WORDS[what].within(language).format(**facts)


def row_of(platform: Platform, settings: PlatformSettings, examined: Examination, language: Language) -> Row:
    """One platform."""
    credentials = credentials_of(examined.certificates, settings.credentials_end, wall_clock())
    return {
        "platform": platform.name,
        "title": platform.title_zh if language is Language.ZH else platform.title_en,
        "ok": examined.well and all(one.days_left >= ILL_DAYS for one in credentials),
        "clockDifferenceSeconds": examined.ahead,
        "clockMend": CLOCK.within(language) if examined.clock_is_off else None,
        "steps": [_step(platform, finding, language) for finding in examined.findings],
        "credentials": [
            {"what": one.what, "ends": one.ends.isoformat(), "daysLeft": one.days_left} for one in credentials
        ],
        "ending": [_ending(one, language) for one in credentials if one.days_left < WARN_DAYS],
        "bounds": {
            "timeoutMs": settings.timeout_ms,
            "connectTimeoutMs": settings.connect_timeout_ms,
            "mostConnections": settings.most_connections,
            "guard": settings.guard.model_dump(mode="json"),
        },
        "bounded": _bounds_told(settings, settings.guard, language),
    }


def _ending(one: Credential, language: Language) -> str:
    """Something that ends soon, or has."""
    days = one.days_left
    return said(
        f"{one.what} {'ends' if days >= 0 else 'ended'}", language, days=days, ends=f"{one.ends:%Y-%m-%d %H:%M}"
    )


def _bounds_told(settings: PlatformSettings, guard: GuardSettings, language: Language) -> str:
    """How much is risked on the platform, in a line."""
    opens = said(
        "breaker" if guard.breaker else "no breaker",
        language,
        pause=guard.open_for_s,
        share=guard.open_share,
        fewest=guard.open_after,
        window=guard.window_s,
    )
    told = said(
        "bounds",
        language,
        timeout=settings.timeout_ms,
        calls=guard.most_calls,
        share=guard.retry_share,
        breaker=opens,
    )
    return f"{told}; {said('other bounds', language, names=', '.join(guard.operations))}" if guard.operations else told


def _step(platform: Platform, finding: Finding, language: Language) -> Row:
    error = finding.error
    row: Row = {
        "step": finding.step.value,
        "title": step_words(finding.step, language),
        "status": finding.ending.value,
        "found": finding.found,
        "ms": None if finding.seconds is None else round(finding.seconds * 1000),
    }
    if error is not None:
        page = f"docs/platforms/{platform.name}.md"
        upstream = "" if (error.upstream_code or "") in error.detail else error.upstream_code
        row |= {
            "found": " ".join(part for part in (error.detail, upstream) if part),
            "error": error.code,
            "kind": outcome_of(error),
            "mend": advice(finding.step, error, language, section=platform.prefix, page=page),
        }
    return row


def lines_of(wrong: str | None, rows: Sequence[Row], language: Language) -> list[str]:
    """The text; ``wrong`` is what the gateway's own settings lack."""
    settings = said(Ending.FAILED if wrong else Ending.OK, language)
    lines = [f"{said('settings', language)}: {settings}", *([f"    {wrong}"] if wrong else []), ""]
    for row in rows:
        lines.append(f"{row['title']} ({row['platform']})")
        for step in row["steps"]:
            lines += _step_lines(step, language)
        lines.append(f"  {row['bounded']}")
        if row["clockMend"]:
            ahead = said("ahead", language, seconds=row["clockDifferenceSeconds"])
            lines += [f"  {said(Ending.FAILED, language)}  {ahead}", _mending(row["clockMend"], language)]
        for words in row["ending"]:
            lines += [f"  {said(Ending.FAILED, language)}  {words}"]
        lines.append("")
    return lines


def _step_lines(step: Row, language: Language) -> list[str]:
    took = "" if step["ms"] is None else f"{step['ms']} ms"
    what = " ".join(part for part in (step.get("kind"), step["found"]) if part)
    ending = said(Ending(step["status"]), language)
    line = f"  {_wide(ending, 8)} {_wide(step['title'], 17)} {took:>8}  {what}".rstrip()
    return [line, *([_mending(step["mend"], language)] if "mend" in step else [])]


def _mending(words: str, language: Language) -> str:
    return f"    {said('mend', language)}: {words}"


def _wide(text: str, columns: int) -> str:
    """Filled up to so many columns; a Chinese character takes two."""
    taken = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
    return text + " " * (columns - taken)
