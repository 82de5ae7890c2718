"""What moderators decide: which question, and which statement, is published."""

from collections.abc import Awaitable, Callable
from typing import Any

import strawberry

from connectors.ports import QuestionDesk, StatementDesk
from connectors.records.effect import EffectKind
from connectors.records.question_writes import ModerationVerdict
from connectors.records.statement import Statement as StatementRecord
from connectors.records.statement import StatementVerdict
from connectors.viewer import Ask, Role, Scope, Viewer
from schema.acts import Act, Given
from schema.declarations import Requirement
from schema.fields import CHINESE, described, mutation, needed, optional, value
from schema.mutations.about_questions import changed, question_named, question_subject, question_topics
from schema.mutations.naming import key_in
from schema.mutations.payload import WritePayload, idempotency_key
from schema.mutations.statements import changes_of_statement, told_of_statement
from schema.mutations.texts import optional_text
from schema.question import Question
from schema.statement import Statement

MOST_NOTE = 500
MODERATORS = Requirement(Scope.DUTY_WRITE, roles=frozenset({Role.MODERATOR}))


@strawberry.input(description="Whether a question is published.")
class ModerateQuestionInput:
    """See ``connectors.records.question_writes.ModerationVerdict``."""

    question_id: strawberry.ID = needed("提问的全局标识", "Global id of the question.")
    publish: bool = needed("是否公开", "Whether it is published, with the replies to it.")
    note: str | None = optional("说明，至多 500 字", "Why, at most 500 characters.")
    idempotency_key: str | None = idempotency_key()


@strawberry.input(description="Whether a statement is published.")
class ModerateStatementInput:
    """See ``connectors.records.statement.StatementVerdict``."""

    statement_id: strawberry.ID = needed("发言的全局标识", "Global id of the statement.")
    publish: bool = needed("是否公开；已公开的可撤下", "Whether it is published; one that is can be taken down.")
    idempotency_key: str | None = idempotency_key()


setattr(ModerateQuestionInput, CHINESE, "对提问公开与否的审核")
setattr(ModerateStatementInput, CHINESE, "对发言公开与否的审核")


@described(zh="审核提问的结果", en="What came of moderating a question.")
class ModerateQuestionPayload(WritePayload):
    """Read from ``schema.acts.Payload``."""

    question: Question | None = value("entity", zh="提问", en="The question; null while it is on its way.")


@described(zh="审核发言的结果", en="What came of moderating a statement.")
class ModerateStatementPayload(WritePayload):
    """Read from ``schema.acts.Payload``."""

    statement: Statement | None = value("entity", zh="发言", en="The statement; null while it is on its way.")


def _verdict_of(given: Given, _: Viewer) -> ModerationVerdict:
    note = optional_text(given.get("note"), "note", MOST_NOTE)
    return ModerationVerdict(key=question_named(given), publish=given["publish"], note=note)


def _statement_verdict_of(given: Given, _: Viewer) -> StatementVerdict:
    return StatementVerdict(key=key_in(given, "statementId", "Statement"), publish=given["publish"])


async def _moderated(
    method: Callable[..., Awaitable[Any]], verdict: StatementVerdict, write_id: str, ask: Ask
) -> StatementRecord:
    answer: StatementRecord = await method(verdict.key, write_id, ask, publish=verdict.publish)
    return answer


MODERATE_QUESTION = Act(
    "moderateQuestion",
    EffectKind.MODERATION,
    QuestionDesk.moderate_question,
    ModerationVerdict,
    _verdict_of,
    subject=lambda verdict, _: question_subject(verdict.key),
    changes=lambda verdict, question, viewer: (*changed(verdict, question, viewer), "voices"),
    tells=lambda verdict, _: question_topics(verdict.key),
)
MODERATE_STATEMENT = Act(
    "moderateStatement",
    EffectKind.MODERATION,
    StatementDesk.moderate_statement,
    StatementVerdict,
    _statement_verdict_of,
    subject=lambda verdict, _: f"Statement:{verdict.key}",
    call=_moderated,
    changes=changes_of_statement,
    tells=told_of_statement,
)


@described(zh="公开内容的审核", en="What moderators decide.")
class ModerationMutations:
    """Part of ``Mutation``."""

    moderate_question: ModerateQuestionPayload | None = mutation(
        MODERATE_QUESTION,
        ModerateQuestionInput,
        requires=MODERATORS,
        zh="审核提问及其答复是否公开；提问人未同意公开的不审核",
        en="Publish a question and the replies to it, or refuse to; only where its asker agreed to that.",
    )
    moderate_statement: ModerateStatementPayload | None = mutation(
        MODERATE_STATEMENT,
        ModerateStatementInput,
        requires=MODERATORS,
        zh="审核群众的发言是否公开，或撤下已公开的发言",
        en="Publish a citizen's statement, refuse it, or take a published one down.",
    )
