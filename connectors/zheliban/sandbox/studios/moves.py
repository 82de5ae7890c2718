"""Who may bring a question where (domain-terms section 5), and what is written down when it goes."""

from collections.abc import Sequence

from connectors.records.question import NEXT, WAITING, QuestionStatus
from connectors.zheliban.sandbox.answering import MOVE_FORBIDDEN, NOT_ALLOWED, RefusedError
from connectors.zheliban.sandbox.studios.asked import AskedQuestion, Step
from connectors.zheliban.sandbox.studios.history import ASKER, OFFICE, steps_of
from connectors.zheliban.sandbox.studios.store import StudioStore
from connectors.zheliban.sandbox.writes import By

_S = QuestionStatus
_ASKER, _STUDIO, _STAFF = "asker", "studio", "staff"
_MAY: dict[QuestionStatus, frozenset[str]] = {
    _S.ACCEPTED: frozenset({_STUDIO, _STAFF}),
    _S.REJECTED: frozenset({_STUDIO, _STAFF}),
    _S.ASSIGNED: frozenset({_STUDIO, _STAFF}),
    _S.TRANSFERRED: frozenset({_STUDIO, _STAFF}),
    _S.IN_PROGRESS: frozenset({_STUDIO}),
    _S.RETURNED: frozenset({_STUDIO}),
    _S.ANSWERED: frozenset({_STUDIO}),
    _S.RATED: frozenset({_ASKER}),
    _S.REOPENED: frozenset({_ASKER, _STAFF}),
    _S.CLOSED: frozenset({_ASKER, _STUDIO, _STAFF}),
}


def hats_of(store: StudioStore, question: AskedQuestion, by: By) -> frozenset[str]:
    """What somebody is to a question."""
    hats = {
        _ASKER: by.userId is not None and by.userId == question.asker.user_id,
        _STUDIO: by.memberId is not None and store.belongs(by.memberId, question.studio.key),
        _STAFF: by.staff,
    }
    return frozenset(hat for hat, worn in hats.items() if worn)


def next_of(question: AskedQuestion) -> Sequence[QuestionStatus]:
    """Where a question can go; a member of the studio may answer from any waiting state."""
    told = NEXT[question.status]
    answers = question.status in WAITING and _S.ANSWERED not in told
    return (*told, _S.ANSWERED) if answers else told


def checked(store: StudioStore, question: AskedQuestion, by: By, to: QuestionStatus) -> str:
    """Who does it, as the history says; raises ``RefusedError`` where the state or the person does not allow it."""
    hats = hats_of(store, question, by)
    if not hats & _MAY[to]:
        raise RefusedError(NOT_ALLOWED, "无权进行此操作")
    allowed = next_of(question)
    if to not in allowed:
        states = [state.value for state in allowed]
        raise RefusedError(
            MOVE_FORBIDDEN,
            f"当前状态不允许此操作，可转为：{'、'.join(states) or '无'}",
            {"status": question.status.value, "allowed": states},
        )
    return _named(store, by, hats & _MAY[to])


def written(question: AskedQuestion, to: QuestionStatus, at: float, by: str, note: str | None) -> None:
    """Bring a question to a state and write that down."""
    question.steps = (*steps_of(question), Step(to, at, by, note))
    question.status = to
    question.changed = at


def _named(store: StudioStore, by: By, hats: frozenset[str]) -> str:
    """A member's name, which is public; what anybody else is."""
    if _STUDIO in hats:
        return store.members[by.memberId or ""].person.name
    return OFFICE if _STAFF in hats else ASKER
