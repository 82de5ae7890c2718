"""The outages that can be rehearsed: which faults, when, and what the gateway has to make of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from connectors.causes import CauseKind
from connectors.errors import RefusedSignatureError, UnreachableError
from connectors.sandbox.faults import FaultKind


@dataclass(frozen=True, slots=True)
class Part:
    """A fault from ``begins`` to ``ends``, as shares of the outage; ``of`` 0 is the chosen platform, 1 another."""

    fault: FaultKind
    ms: int = 300
    begins: float = 0.0
    ends: float = 1.0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Scenario:
    """One outage. ``kinds``: what ``/ops`` may name as the cause; none where it only has to show the clocks."""

    zh: str
    en: str
    parts: tuple[Part, ...]
    kinds: frozenset[CauseKind]
    codes: frozenset[str] = frozenset({UnreachableError.code})

    @property
    def platforms(self) -> int:
        """How many fall ill."""
        return 1 + max(part.of for part in self.parts)

    def moments(self, seconds: float) -> list[tuple[float, Part, bool]]:
        """When which fault begins (True) or, before the outage is over, ends."""
        begun = [(part.begins * seconds, part, True) for part in self.parts]
        ended = [(part.ends * seconds, part, False) for part in self.parts if part.ends < 1]
        return sorted(begun + ended, key=lambda moment: moment[0])


_BROKEN = frozenset({CauseKind.CONNECT, CauseKind.RESET})
_SLOW = frozenset({CauseKind.SLOW})
_GARBAGE = frozenset({CauseKind.GARBAGE})
_CUT = FaultKind.REFUSE

SCENARIOS: Mapping[str, Scenario] = {
    "platform-hangs": Scenario(
        "平台接受连接，但始终不应答",
        "it takes connections and never answers",
        (Part(FaultKind.HANG),),
        _SLOW,
    ),
    "platform-refuses": Scenario("平台断开每个连接", "it cuts every connection", (Part(_CUT),), _BROKEN),
    "platform-fails": Scenario(
        "平台对所有请求返回 HTTP 500",
        "it answers HTTP 500 to everything",
        (Part(FaultKind.HTTP500),),
        frozenset({CauseKind.HTTP5XX}),
    ),
    "answers-garbage": Scenario(
        "平台返回无法解读的内容", "it answers what nobody can read", (Part(FaultKind.GARBAGE),), _GARBAGE
    ),
    "schema-drift": Scenario(
        "平台更改了字段名称与类型，未作通知",
        "its fields have other names and types since today",
        (Part(FaultKind.SCHEMA_DRIFT),),
        _GARBAGE,
    ),
    "tokens-expire": Scenario(
        "平台不再接受任何令牌",
        "it takes no token any more",
        (Part(FaultKind.EXPIRED_TOKEN),),
        frozenset({CauseKind.AUTH, CauseKind.CLOCK}),
        frozenset({RefusedSignatureError.code, UnreachableError.code}),
    ),
    "clock-off": Scenario(
        "平台时钟快两分钟",
        "its clock runs two minutes ahead",
        (Part(FaultKind.CLOCK, ms=120_000),),
        frozenset(),
    ),
    "slow-drip": Scenario(
        "应答每次只到几个字节",
        "its answers come a few bytes at a time",
        (Part(FaultKind.DRIP, ms=300),),
        _SLOW,
    ),
    "hangs-up": Scenario(
        "平台在应答中途断开连接", "it hangs up in the middle of its answers", (Part(FaultKind.RESET),), _BROKEN
    ),
    "two-at-once": Scenario(
        "一个平台不应答，另一个平台断开每个连接",
        "it never answers, and another one cuts every connection",
        (Part(FaultKind.HANG), Part(_CUT, of=1)),
        _SLOW | _BROKEN,
    ),
    "recovers-and-falls-again": Scenario(
        "平台不应答，恢复片刻后再次不应答",
        "it never answers, is well for a while, and falls again",
        (Part(FaultKind.HANG, ends=0.4), Part(FaultKind.HANG, begins=0.7)),
        _SLOW,
    ),
}
"""By name, which are hyphened as people type them."""
