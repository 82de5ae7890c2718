"""Answers that may wait."""

from datetime import date

import strawberry

from connectors.ports import QuestionDesk
from connectors.records.effect import EffectKind
from connectors.records.question_writes import QuestionExtension
from connectors.viewer import Viewer
from schema.acts import Act, Given
from schema.fields import CHINESE, described, mutation, needed, optional
from schema.mutations.about_questions import changed, question_named, question_subject, question_topics
from schema.mutations.payload import idempotency_key
from schema.mutations.question_moves import HANDLERS, MOST_NOTE, MoveQuestionPayload, as_entitled
from schema.mutations.texts import optional_text


@strawberry.input(description="A question whose answer may wait.")
class ExtendQuestionInput:
    """See ``connectors.records.question_writes.QuestionExtension``."""

    question_id: strawberry.ID = needed("提问的全局标识", "Global id of the question.")
    until: date = needed("延期至，须在今天之后", "The day to which it may wait, after today.")
    note: str | None = optional("说明，至多 500 字", "Why, at most 500 characters.")
    idempotency_key: str | None = idempotency_key()


setattr(ExtendQuestionInput, CHINESE, "要延期答复的提问")


def _extension_of(given: Given, _: Viewer) -> QuestionExtension:
    note = optional_text(given.get("note"), "note", MOST_NOTE)
    return QuestionExtension(key=question_named(given), until=given["until"], note=note)


EXTEND = Act(
    "extendQuestion",
    EffectKind.EXTENSION,
    QuestionDesk.extend_question,
    QuestionExtension,
    _extension_of,
    subject=lambda request, _: question_subject(request.key),
    call=as_entitled,
    changes=changed,
    tells=lambda request, _: question_topics(request.key),
)


@described(zh="提问的延期", en="Answers that may wait.")
class ExtensionMutations:
    """Part of ``Mutation``."""

    extend_question: MoveQuestionPayload | None = mutation(
        EXTEND,
        ExtendQuestionInput,
        requires=HANDLERS,
        zh="延期答复：待办理期间，由工作室委员或工作人员提出",
        en="Let an answer wait until a later day, while it waits: the studio's members, staff.",
    )
