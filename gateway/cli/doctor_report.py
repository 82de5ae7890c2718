"""What ``tongxin doctor`` found, as JSON and as text. No address and no credential stands in either."""

import unicodedata
from collections.abc import Sequence
from typing import Any

from connectors.metering import outcome_of
from connectors.platform import Platform
from gateway.cli.doctor_advice import CLOCK, Words, advice, step_words
from gateway.execution.operation import Language
from gateway.health.examining import Ending, Examination, Finding

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


def row_of(platform: Platform, examined: Examination, language: Language) -> Row:
    """One platform."""
    return {
        "platform": platform.name,
        "title": platform.title_zh if language is Language.ZH else platform.title_en,
        "ok": examined.well,
        "clockDifferenceSeconds": examined.ahead,
        "clockMend": CLOCK.within(language) if examined.clock_is_off else None,
        "steps": [_step(platform, finding, language) for finding in examined.findings],
    }


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
        if row["clockMend"]:
            ahead = said("ahead", language, seconds=row["clockDifferenceSeconds"])
            lines += [f"  {said(Ending.FAILED, language)}  {ahead}", _mending(row["clockMend"], language)]
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
