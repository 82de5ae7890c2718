"""How questions move on among those who handle them, up to their end (domain-terms section 5)."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import msgspec
import strawberry

from connectors.ports import QuestionDesk, TodoDesk
from connectors.records.effect import EffectKind
from connectors.records.question import Question as QuestionRecord
from connectors.records.question import QuestionStatus
from connectors.records.question_writes import QuestionMove
from connectors.viewer import Ask, Role, Scope, Viewer
from schema.acts import Act, Body, Follow, Given, InputError
from schema.declarations import Requirement
from schema.fields import CHINESE, described, mutation, needed, optional, value
from schema.guards import may_close, may_reopen
from schema.mutations.about_questions import (
    ASSIGNED,
    REOPENED,
    RETURNED,
    TODOS_DONE,
    changed,
    key_of,
    last_author,
    question_named,
    question_subject,
    question_topics,
    to_do,
)
from schema.mutations.naming import keys_in
from schema.mutations.payload import WritePayload, idempotency_key
from schema.mutations.texts import optional_text
from schema.question import Question

MOST_NOTE, MOST_MEMBERS = 500, 20
_REASON = re.compile(r"[A-Z_]{1,40}")
_S = QuestionStatus
_NOTE = ("说明，至多 500 字", "Why, at most 500 characters.")


@strawberry.input(description="A question that is to move on.")
class MoveQuestionInput:
    """See ``connectors.records.question_writes.QuestionMove``."""

    question_id: strawberry.ID = needed("提问的全局标识", "Global id of the question.")
    note: str | None = optional(*_NOTE)
    idempotency_key: str | None = idempotency_key()


@strawberry.input(description="A question that is not taken up.")
class RejectQuestionInput:
    """See ``connectors.records.question_writes.QuestionMove``."""

    question_id: strawberry.ID = needed("提问的全局标识", "Global id of the question.")
    reason_code: str = needed("原因代码，如 OUT_OF_SCOPE", "Why, as a code of capital letters: `OUT_OF_SCOPE`.")
    note: str | None = optional(*_NOTE)
    idempotency_key: str | None = idempotency_key()


@strawberry.input(description="A question that is handed to members of its studio.")
class TransferQuestionInput:
    """See ``connectors.records.question_writes.QuestionMove``."""

    question_id: strawberry.ID = needed("提问的全局标识", "Global id of the question.")
    member_ids: list[strawberry.ID] = needed(
        "接办委员的全局标识，须属于该工作室，1 至 20 位",
        "Global ids of the members who take it, 1 to 20 of its studio.",
    )
    note: str | None = optional(*_NOTE)
    idempotency_key: str | None = idempotency_key()


setattr(MoveQuestionInput, CHINESE, "要办理的提问")
setattr(RejectQuestionInput, CHINESE, "不予受理的提问")
setattr(TransferQuestionInput, CHINESE, "转交工作室委员办理的提问")


@described(zh="办理的结果", en="What came of moving a question on.")
class MoveQuestionPayload(WritePayload):
    """Read from ``schema.acts.Payload``."""

    question: Question | None = value("entity", zh="提问", en="The question; null while it is on its way.")


async def as_entitled(method: Callable[..., Awaitable[Any]], request: Any, write_id: str, ask: Ask) -> Any:
    """Let somebody act as no more than the token says: as the asker, or as who handles questions, or both."""
    viewer, handles = ask.viewer, ask.viewer.holds(Scope.DUTY_WRITE)
    entitled = replace(
        viewer,
        accounts=viewer.accounts if viewer.holds(Scope.QUESTION_WRITE) else {},
        member_key=viewer.member_key if handles else None,
        employee_code=viewer.employee_code if handles else None,
    )
    return await method(request, write_id, msgspec.structs.replace(ask, viewer=entitled))


def _move(name: str, to: QuestionStatus, *follows: Follow) -> Act:
    def made(given: Given, _: Viewer) -> QuestionMove:
        return QuestionMove(
            key=question_named(given),
            to=to,
            note=optional_text(given.get("note"), "note", MOST_NOTE),
            member_keys=_members(given) if to is _S.ASSIGNED else (),
            reason_code=_reason(given) if to is _S.REJECTED else None,
        )

    return Act(
        name,
        EffectKind.QUESTION_MOVE,
        QuestionDesk.move_question,
        QuestionMove,
        made,
        subject=lambda request, _: question_subject(request.key),
        call=as_entitled,
        follows=follows,
        changes=_changes,
        tells=lambda request, _: question_topics(request.key),
    )


def _changes(request: QuestionMove, question: QuestionRecord, viewer: Viewer) -> tuple[str, ...]:
    assigned = (f"member:{key}" for key in request.member_keys)
    return (*changed(request, question, viewer), *assigned)


def _members(given: Given) -> tuple[str, ...]:
    keys = keys_in(given, "memberIds", "Member", MOST_MEMBERS)
    if not keys:
        raise InputError("PART_MISSING", "memberIds")
    return keys


def _reason(given: Given) -> str:
    code: str = given["reasonCode"]
    if not _REASON.fullmatch(code):
        raise InputError("BAD_REASON_CODE", "reasonCode")
    return code


def _for_assigned(request: QuestionMove, question: QuestionRecord, _: Viewer) -> tuple[Body, ...]:
    return tuple(to_do(question, ASSIGNED, key) for key in request.member_keys)


def _for_convener(_: QuestionMove, question: QuestionRecord, _viewer: Viewer) -> Body:
    return to_do(question, RETURNED, None)


def _for_author(_: QuestionMove, question: QuestionRecord, _viewer: Viewer) -> Body:
    return to_do(question, REOPENED, last_author(question) or key_of(question.addressee))


def _todo(body: Callable[[Any, Any, Viewer], Any]) -> Follow:
    return Follow(EffectKind.TODO, TodoDesk.create_todo, body)


ACCEPT = _move("acceptQuestion", _S.ACCEPTED)
REJECT = _move("rejectQuestion", _S.REJECTED, TODOS_DONE)
TRANSFER = _move("transferQuestion", _S.ASSIGNED, TODOS_DONE, _todo(_for_assigned))
BEGIN = _move("beginQuestion", _S.IN_PROGRESS)
RETURN = _move("returnQuestion", _S.RETURNED, TODOS_DONE, _todo(_for_convener))
CLOSE = _move("closeQuestion", _S.CLOSED, TODOS_DONE)
REOPEN = _move("reopenQuestion", _S.REOPENED, _todo(_for_author))

HANDLERS = Requirement(Scope.DUTY_WRITE, roles=frozenset({Role.MEMBER, Role.STAFF}))
_MEMBERS = Requirement(Scope.DUTY_WRITE, roles=frozenset({Role.MEMBER}))


def _moving(act: Act, zh: str, en: str, requires: Requirement, asked: type = MoveQuestionInput) -> Any:
    return mutation(act, asked, requires=requires, zh=zh, en=en)


@described(zh="提问的流转", en="How questions move on.")
class QuestionMoveMutations:
    """Part of ``Mutation``."""

    accept_question: MoveQuestionPayload | None = _moving(ACCEPT, "受理提问", "Take a question up.", HANDLERS)
    reject_question: MoveQuestionPayload | None = _moving(
        REJECT, "不予受理提问，说明原因", "Do not take a question up, and say why.", HANDLERS, RejectQuestionInput
    )
    transfer_question: MoveQuestionPayload | None = _moving(
        TRANSFER,
        "将提问转交工作室的一位或多位委员：各得一条待办，此前的待办办结",
        "Hand a question to one or more members of its studio: each gets a to-do, those before are done.",
        HANDLERS,
        TransferQuestionInput,
    )
    begin_question: MoveQuestionPayload | None = _moving(
        BEGIN, "委员开始办理提问", "Say, as a member, that one is at work on it.", _MEMBERS
    )
    return_question: MoveQuestionPayload | None = _moving(
        RETURN,
        "委员退回转交的提问，召集人收到待办",
        "Give a question back, as a member; the studio's convener gets a to-do.",
        _MEMBERS,
    )
    close_question: MoveQuestionPayload | None = _moving(
        CLOSE,
        "办结提问：提问人、工作室委员或工作人员",
        "Bring a question to its end: its asker, the studio's members, staff.",
        Requirement(sees=may_close),
    )
    reopen_question: MoveQuestionPayload | None = _moving(
        REOPEN,
        "要求重办：提问人或工作人员；答复的委员收到待办",
        "Have a question taken up again: its asker, staff; who answered it gets a to-do.",
        Requirement(sees=may_reopen),
    )
