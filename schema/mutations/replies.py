"""What members answer."""

from datetime import datetime
from typing import Any

import strawberry

from connectors.ports import DutyRecordDesk, QuestionDesk, TodoDesk, WorkNotifier
from connectors.records.effect import EffectKind
from connectors.records.question import Reply as ReplyRecord
from connectors.records.question_writes import Answered, NewReply, OfflineReply
from connectors.viewer import Role, Scope, Viewer
from schema.acts import Act, Body, Follow, Given, InputError
from schema.declarations import Requirement
from schema.fields import CHINESE, described, mutation, needed, optional, value
from schema.identifiers import key_named
from schema.mutations.about_questions import (
    changes_of_question,
    key_of,
    nothing_to_do,
    question_named,
    question_subject,
    question_topics,
)
from schema.mutations.payload import WritePayload, idempotency_key
from schema.mutations.texts import text
from schema.question import Reply

MOST_WORDS = 5_000


@strawberry.input(description="A member's answer to a question.")
class ReplyToQuestionInput:
    """See ``connectors.records.question_writes.NewReply``."""

    question_id: strawberry.ID = needed("提问的全局标识", "Global id of the question.")
    body: str = needed("答复，至多 5000 字", "The answer, at most 5,000 characters.")
    idempotency_key: str | None = idempotency_key()


@strawberry.input(description="An answer that a member gave off line: in the studio, by phone, at a visit.")
class RecordOfflineAnswerInput:
    """See ``connectors.records.question_writes.OfflineReply``."""

    question_id: strawberry.ID = needed("提问的全局标识", "Global id of the question.")
    member_id: strawberry.ID | None = optional(
        "答复的委员；委员本人记录时不填", "Who answered; members who record their own leave it out."
    )
    body: str = needed("答复的内容，至多 5000 字", "What the answer was, at most 5,000 characters.")
    given_at: datetime = needed(
        "答复的时间，不早于提问、不晚于现在", "When it was given: after the question, before now."
    )
    idempotency_key: str | None = idempotency_key()


setattr(ReplyToQuestionInput, CHINESE, "委员对提问的答复")
setattr(RecordOfflineAnswerInput, CHINESE, "委员线下给出的答复：在工作室、电话或走访中")


@described(zh="答复的结果", en="What came of a reply.")
class ReplyToQuestionPayload(WritePayload):
    """Read from ``schema.acts.Payload``."""

    reply: Reply | None = value("entity", zh="答复", en="The reply; null while it is on its way.")


@described(zh="记录线下答复的结果", en="What came of recording an answer.")
class RecordOfflineAnswerPayload(WritePayload):
    """Read from ``schema.acts.Payload``."""

    reply: Reply | None = value("entity", zh="答复", en="The reply; null while it is on its way.")


def _reply_of(given: Given, _: Viewer) -> NewReply:
    return NewReply(question_key=question_named(given), body=text(given["body"], "body", MOST_WORDS))


def _offline_reply_of(given: Given, viewer: Viewer) -> OfflineReply:
    member = key_named(given.get("memberId"), "Member") or viewer.member_key
    if member is None:
        raise InputError("PART_MISSING", "memberId")
    return OfflineReply(
        question_key=question_named(given),
        member_key=member,
        body=text(given["body"], "body", MOST_WORDS),
        given_at=given["givenAt"],
    )


def _replied(answered: Answered, _: Any) -> ReplyRecord | None:
    return next((one for one in answered.question.replies if one.key == answered.reply_key), None)


def _duty_record(request: Any, answered: Answered, _: Viewer) -> Body | None:
    reply = _replied(answered, request)
    member = None if reply is None else key_of(reply.author)
    if reply is None or member is None:
        return None
    return {
        "member": member,
        "kind": "PUBLIC_CONTACT",
        "title": answered.question.title,
        "at": reply.replied_at.isoformat(),
        "source": "STUDIO_REPLY",
        "reference": reply.key,
    }


def _todo_done(request: Any, answered: Answered, viewer: Viewer) -> Body:
    return nothing_to_do(request, answered.question, viewer)


def _office(request: Any, answered: Answered, _: Viewer) -> Body | None:
    reply = _replied(answered, request)
    member = None if reply is None else key_of(reply.author)
    return None if member is None else {"office_of": member}


def _changes(_: Any, answered: Answered, viewer: Viewer) -> tuple[str, ...]:
    told = changes_of_question(answered.question, viewer.member_key)
    return (*told, *(f"{tag}:duty" for tag in told if tag.startswith("member:")))


_FOLLOWS = (
    Follow(EffectKind.DUTY_RECORD, DutyRecordDesk.add_duty_record, _duty_record),
    Follow(EffectKind.TODO_DONE, TodoDesk.finish_todo, _todo_done),
    Follow(EffectKind.WORK_NOTIFICATION, WorkNotifier.notify, _office),
)
REPLY_TO_QUESTION = Act(
    "replyToQuestion",
    EffectKind.REPLY,
    QuestionDesk.answer_question,
    NewReply,
    _reply_of,
    subject=lambda request, _: question_subject(request.question_key),
    entity=_replied,
    follows=_FOLLOWS,
    changes=_changes,
    tells=lambda request, _: question_topics(request.question_key),
)
RECORD_OFFLINE_ANSWER = Act(
    "recordOfflineAnswer",
    EffectKind.REPLY,
    QuestionDesk.record_answer,
    OfflineReply,
    _offline_reply_of,
    subject=lambda request, _: question_subject(request.question_key),
    entity=_replied,
    follows=_FOLLOWS,
    changes=_changes,
    tells=lambda request, _: question_topics(request.question_key),
)


@described(zh="对提问的答复", en="What members answer.")
class ReplyMutations:
    """Part of ``Mutation``."""

    reply_to_question: ReplyToQuestionPayload | None = mutation(
        REPLY_TO_QUESTION,
        ReplyToQuestionInput,
        requires=Requirement(Scope.DUTY_WRITE, roles=frozenset({Role.MEMBER})),
        zh="委员答复提问：群众在浙里办看到，计入履职，办结待办，告知机关",
        en="A member answers: the asker sees it on the citizen app, it counts as duty, the to-do is done, the office "
        "is told.",
    )
    record_offline_answer: RecordOfflineAnswerPayload | None = mutation(
        RECORD_OFFLINE_ANSWER,
        RecordOfflineAnswerInput,
        requires=Requirement(Scope.DUTY_WRITE, roles=frozenset({Role.MEMBER, Role.STAFF})),
        zh="记录委员线下给出的答复，效果与线上答复相同；委员记录本人的，工作人员可代为记录",
        en="Record an answer that a member gave off line, with all that follows from one on line; members record their "
        "own, staff anybody's of the studio.",
    )
