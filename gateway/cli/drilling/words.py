"""The words of drills, in Chinese and English."""

from collections.abc import Mapping

from gateway.execution.operation import Language

_WORDS: Mapping[str, tuple[str, str]] = {
    "answered": ("每次请求都按时得到应答", "everybody is answered in time"),
    "others_whole": (
        "健康平台的内容完整，缺失均有说明",
        "what healthy platforms have is whole; what is missing says why",
    ),
    "codes": ("错误码符合约定", "errors have the codes that callers know"),
    "others_fast": ("无关请求的速度不受影响", "what needs no ill platform is as fast as before"),
    "noticed": ("网关及时发现", "the gateway notices in time"),
    "cause": ("/ops 指出的原因正确", "/ops names the right cause"),
    "recovered": ("故障结束后及时恢复", "all is well soon after the end"),
    "extra_calls": ("额外调用不超过一成", "at most a tenth of extra calls"),
    "held": ("达成", "held"),
    "broken": ("未达成", "broken"),
    "untold": ("不适用", "not told"),
    "promise": ("承诺", "promise"),
    "verdict": ("结果", "verdict"),
    "measured": ("实测", "measured"),
    "all_held": ("结论：全部达成。", "Verdict: every promise held."),
    "some_broken": ("结论：有承诺未达成。", "Verdict: not every promise held."),
    "users": ("用户所见", "What users saw"),
    "phase": ("阶段", "phase"),
    "calm": ("故障前", "before"),
    "outage": ("故障中", "outage"),
    "after": ("故障后", "after"),
    "requests": ("请求", "requests"),
    "whole": ("完整", "whole"),
    "stale": ("旧数据", "stale"),
    "missing": ("部分缺失", "parts missing"),
    "failed": ("无应答", "failed"),
    "ops": ("/ops 所示", "What /ops showed"),
    "at": ("时刻（秒）", "second"),
    "headline": ("首行", "headline"),
    "status": ("状态", "status"),
    "cause_word": ("原因", "cause"),
    "codes_word": ("错误码", "codes"),
    "calls": ("对平台的调用（不含探测）", "Calls to platforms, probes left out"),
    "platform": ("平台", "platform"),
    "per_question": ("每次相关请求", "per request that needs it"),
    "seconds": ("逐秒记录", "Second by second"),
    "drill": ("演练", "Drill"),
    "about": ("{platforms}：{what}，{seconds:.0f} 秒。", "{platforms}: {what}, for {seconds:.0f} s."),
    "about_more": (
        "{platforms}：第一个{what}，{seconds:.0f} 秒。",
        "{platforms}: of the first, {what}, for {seconds:.0f} s.",
    ),
    "signing_in": ("正在登录……", "Signing people in…"),
    "playing": (
        "先平静 {calm:.0f} 秒，再故障 {seconds:.0f} 秒，然后等待恢复。Ctrl-C 结束故障并给出已有结果。",
        "{calm:.0f} s of calm, {seconds:.0f} s of outage, then recovery. Ctrl-C ends the fault and tells the rest.",
    ),
    "interrupted": ("演练被中断，故障已结束。", "The drill was broken off; its fault is ended."),
}


def said(word: str, language: Language, **facts: object) -> str:
    """One of them."""
    zh, en = _WORDS[word]
    return (zh if language is Language.ZH else en).format(**facts)
