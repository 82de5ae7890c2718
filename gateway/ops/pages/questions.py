"""What is asked before an act: what will happen, to whom, and for how long. No I/O."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gateway.ops.pressing import CLOSE, OPEN, OUTBOX, PROBE, RELEASE, STALE, STALE_RELEASE


@dataclass(frozen=True, slots=True)
class Question:
    """Heading, consequence and what is said afterwards, in Chinese and English; ``minutes`` to choose from, or none."""

    zh: str
    en: str
    tells_zh: str
    tells_en: str
    done_zh: str
    done_en: str
    minutes: Sequence[int] = ()
    usual: int = 0
    grave: bool = False


QUESTIONS: Mapping[str, Question] = {
    PROBE: Question(
        "立即探测{platform}？",
        "Probe {platform} now?",
        "网关立即发出一个无害的签名读请求并显示结果。用户不受影响。",
        "The gateway sends one harmless signed read and shows how it went. Users notice nothing.",
        "立即探测。",
        "probed now.",
    ),
    OPEN: Question(
        "暂停对{platform}的调用？",
        "Stop calls to {platform}?",
        "在所选时间内，所有实例都不再向它发送用户请求：页面其余部分照常，这一部分显示旧数据或留空。到时自动恢复，也可随时撤销。",
        (
            "For that long, no replica sends it users' requests: the rest of every page stays as it is, this part "
            "shows old data or stays empty. It ends by itself, and can be taken back at any time."
        ),
        "暂停调用。",
        "calls stopped.",
        (5, 15, 30, 60, 240),
        15,
        grave=True,
    ),
    CLOSE: Question(
        "强制恢复对{platform}的调用？",
        "Let calls to {platform} through?",
        "在所选时间内，即使它仍有故障，请求也照常发送：用户可能要等到超时，对方的负担也会加重。到时交还自动控制。",
        (
            "For that long, requests go out even while it fails: users may wait until the time is up, and its load "
            "grows. Then the breaker acts by itself again."
        ),
        "恢复调用。",
        "calls let through.",
        (5, 15, 30, 60),
        5,
        grave=True,
    ),
    RELEASE: Question(
        "将{platform}交还自动控制？",
        "Let the breaker of {platform} act by itself?",
        "手动指令立即失效，由熔断器按调用结果自行判断。",
        "The order by hand ends now; the breaker judges by the calls again.",
        "交还自动控制。",
        "the breaker acts by itself.",
    ),
    STALE: Question(
        "延长{platform}旧数据的使用？",
        "Serve old data of {platform} for longer?",
        "在所选时间内，它没有应答时继续显示最近一次的数据，并注明时间。它一应答，即恢复新数据。",
        (
            "For that long, where it does not answer, people keep seeing the latest data there was, with its time. "
            "As soon as it answers they see new data."
        ),
        "延长旧数据的使用。",
        "old data is served for longer.",
        (30, 60, 240, 720),
        60,
    ),
    STALE_RELEASE: Question(
        "不再延长{platform}的旧数据？",
        "Stop serving old data of {platform} for longer?",
        "过期内容按平常的时限停止使用；它没有应答时，这一部分会留空。",
        "Old data ends as it usually does; where it does not answer, this part stays empty.",
        "不再延长旧数据。",
        "old data is no longer served for longer.",
    ),
    OUTBOX: Question(
        "重试{platform}的待办写入？",
        "Try the waiting writes to {platform} again?",
        "等待中和失败的写入立即再试一次。对方凭同一编号识别，不会重复执行。",
        "Writes that wait or failed are tried at once. Each keeps its number, by which none is done twice.",
        "重试待办写入。",
        "waiting writes tried again.",
    ),
}
"""By act; an act without one has no button here."""
