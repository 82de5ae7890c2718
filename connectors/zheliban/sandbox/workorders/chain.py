"""The ways orders take through the hotline's chain, each a plan from the moment an order is accepted."""

from collections.abc import Callable, Iterator
from enum import Enum
from typing import TypeVar

from connectors.records.question import QuestionKind
from connectors.zheliban.sandbox.workorders.orders import DAY, HOTLINE, HOUR, OWNER, S, Step, Verdict, due_after

T = TypeVar("T")
LIMITS = {
    QuestionKind.CONSULTATION: 3,
    QuestionKind.HELP: 3,
    QuestionKind.SUGGESTION: 5,
    QuestionKind.COMPLAINT: 13,
    QuestionKind.REPORT: 13,
}
"""Working days (domain-terms section 6 has those of one local rule)."""


class Way(Enum):
    """How an order goes."""

    DIRECT = "DIRECT"  # answered at once
    USUAL = "USUAL"
    LATE = "LATE"  # supervised after it was due
    RETURNED = "RETURNED"  # the first unit sends it back
    EXTENDED = "EXTENDED"
    REFUSED = "REFUSED"  # no matter for the hotline


def plan_of(way: Way, accepted: float, due: float, unit: str, pace: float) -> tuple[Step, ...]:
    """The states to come; ``pace`` is 0 for quick to 1 for slow."""
    return tuple(_steps(way, accepted, due, unit, pace))


def _steps(way: Way, accepted: float, due: float, unit: str, pace: float) -> Iterator[Step]:
    yield Step(S.ACCEPTED, accepted, HOTLINE, "诉求已受理")
    at = accepted + HOUR * (0.2 + pace)
    if way is Way.REFUSED:
        yield Step(S.TRANSFER_REFUSED, at, HOTLINE, "属于政协、人大等职责事项，请通过相应渠道反映")
        return
    if way is Way.DIRECT:
        yield Step(S.ANSWERED_DIRECTLY, at, HOTLINE, "已电话答复")
        yield from _ending(at + DAY)
        return
    yield Step(S.DISPATCHED, at, HOTLINE, f"派单至{unit}")
    if way is Way.RETURNED:
        yield Step(S.RETURNED, at + 3 * HOUR, unit, "职责不清，请重新确认")
        yield Step(S.DISPATCHED, at + 5 * HOUR, HOTLINE, f"经核实，仍由{unit}办理")
        at += 5 * HOUR
    yield Step(S.SIGNED_FOR, at + 3 * HOUR, unit)
    yield Step(S.IN_PROGRESS, at + 5 * HOUR, unit, "已联系诉求人，正在办理")
    yield from _working(way, at + 5 * HOUR, due, unit, pace)


def _working(way: Way, began: float, due: float, unit: str, pace: float) -> Iterator[Step]:
    if way is Way.EXTENDED:
        asked = began + (due - began) * 0.3
        yield Step(S.EXTENSION_REQUESTED, asked, unit, "情况复杂，申请延期五个工作日")
        yield Step(S.IN_PROGRESS, asked + 4 * HOUR, HOTLINE, "同意延期")
    if way is Way.LATE:
        yield Step(S.SUPERVISED, due + 3 * HOUR, HOTLINE, "超期未办结，已督办")
        yield from _ending(due + DAY * (1 + 3 * pace))
        return
    yield from _ending(began + (due - began) * (0.45 + 0.5 * pace))


def _ending(at: float) -> Iterator[Step]:
    yield Step(S.CALLBACK, at, HOTLINE, "办理完毕，等待回访")
    yield Step(S.CLOSED, at + DAY, HOTLINE, "办结归档")


def reopened(plan: tuple[Step, ...], at: float, unit: str) -> tuple[Step, ...]:
    """The plan after somebody was not content: what was to come is off, the unit works again."""
    again = (
        Step(S.REOPENED, at, OWNER, "对办理结果不满意"),
        Step(S.IN_PROGRESS, at + 4 * HOUR, unit, "重新办理"),
        *_ending(at + 4 * DAY),
    )
    return (*(step for step in plan if step.at <= at), *again)


def closed(plan: tuple[Step, ...], at: float) -> tuple[Step, ...]:
    """The plan after somebody was content before it was closed."""
    past = tuple(step for step in plan if step.at <= at)
    return past if past[-1].status is S.CLOSED else (*past, Step(S.CLOSED, at, HOTLINE, "回访满意，办结归档"))


def verdict_of(plan: tuple[Step, ...], chance: Callable[[], float]) -> tuple[tuple[Step, ...], Verdict | None]:
    """What the seeded owners say: two in three something, one in six of these not content, which reopens it."""
    end = next((step.at for step in plan if step.status is S.CALLBACK), None)
    if end is None or chance() > 0.67:  # noqa: PLR2004 - see above
        return plan, None
    at = end + 12 * HOUR
    if chance() < 1 / 6:
        unit = next((step.by for step in plan if step.status is S.IN_PROGRESS), HOTLINE)
        return reopened(plan, at, unit), Verdict(satisfied=False, comment="问题没有真正解决", at=at)
    return plan, Verdict(satisfied=True, comment="办理及时，谢谢" if chance() < 0.5 else None, at=at)  # noqa: PLR2004 - half


def due_of(kind: QuestionKind, way: Way, accepted: float) -> float:
    """When it must be done; an extension counts."""
    return due_after(accepted, LIMITS[kind] + (5 if way is Way.EXTENDED else 0))
