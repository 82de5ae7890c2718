"""What the seeded questions went through and what came with them: made when somebody reads it."""

from collections.abc import Iterator, Sequence

from connectors.records.attachment import AttachmentKind
from connectors.records.question import QuestionStatus
from connectors.zheliban.sandbox.studios.asked import AskedQuestion, GivenFile, Step

ASKER, OFFICE = "提问人", "工作室"
_S = QuestionStatus
_BEFORE: dict[QuestionStatus, tuple[QuestionStatus, ...]] = {
    _S.SUBMITTED: (),
    _S.REJECTED: (_S.REJECTED,),
    _S.ACCEPTED: (_S.ACCEPTED,),
    _S.ASSIGNED: (_S.ACCEPTED, _S.ASSIGNED),
    _S.IN_PROGRESS: (_S.ACCEPTED, _S.ASSIGNED, _S.IN_PROGRESS),
    _S.RETURNED: (_S.ACCEPTED, _S.ASSIGNED, _S.RETURNED),
    _S.TRANSFERRED: (_S.ACCEPTED, _S.TRANSFERRED),
    _S.CLOSED: (_S.ACCEPTED, _S.ASSIGNED, _S.RETURNED, _S.CLOSED),
}
_TO_THE_ANSWER = (_S.ACCEPTED, _S.ASSIGNED, _S.ANSWERED)
_NOTES = {
    _S.RETURNED: "不属于本人专业，请另行指派",
    _S.TRANSFERRED: "已转12345热线办理",
    _S.REOPENED: "还有疑问，请再解答",
    _S.REJECTED: "不属于工作室受理范围",
}
_EVERY_IMAGE, _EVERY_AUDIO = 6, 10


def steps_of(question: AskedQuestion) -> tuple[Step, ...]:
    """A question's history: what was written down, or what its state tells."""
    if question.steps is None:
        return tuple(_made(question))
    return question.steps


def files_of(question: AskedQuestion) -> tuple[GivenFile, ...]:
    """A question's attachments."""
    if question.files is not None:
        return question.files
    number = int(question.id[1:])
    image = GivenFile(f"{question.id}-1", AttachmentKind.IMAGE, "现场照片.png")
    audio = GivenFile(f"{question.id}-2", AttachmentKind.AUDIO, "语音提问.wav")
    return (image,) * (number % _EVERY_IMAGE == 0) + (audio,) * (number % _EVERY_AUDIO == 0)


def _made(question: AskedQuestion) -> Iterator[Step]:
    yield Step(_S.SUBMITTED, question.asked, ASKER)
    if not question.replies:
        yield from _spread(question, _BEFORE[question.status], question.asked, question.changed)
        return
    yield from _spread(question, _TO_THE_ANSWER, question.asked, question.replies[0].at)
    after = ((_S.RATED,) if question.rating else ()) + (
        (question.status,) if question.status in (_S.REOPENED, _S.CLOSED) else ()
    )
    yield from _spread(question, after, question.replies[-1].at, question.changed)


def _spread(question: AskedQuestion, states: Sequence[QuestionStatus], start: float, end: float) -> Iterator[Step]:
    """The states in even steps, the last of them at the end."""
    for number, state in enumerate(states, 1):
        at = start + (end - start) * number / len(states)
        yield Step(state, at, _by(question, state), _NOTES.get(state))


def _by(question: AskedQuestion, state: QuestionStatus) -> str:
    if state in (_S.RATED, _S.REOPENED):
        return ASKER
    if state in (_S.IN_PROGRESS, _S.RETURNED, _S.ANSWERED):
        member = question.replies[0].author if question.replies else question.addressee or question.studio.members[0]
        return member.person.name
    return OFFICE
