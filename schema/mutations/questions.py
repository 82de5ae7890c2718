"""What citizens do to questions: ask, and say what they make of the answer."""

import hashlib

import strawberry

from connectors.ports import QuestionDesk, TodoDesk
from connectors.records.effect import EffectKind
from connectors.records.question import Question as QuestionRecord
from connectors.records.question import Visibility
from connectors.records.question_writes import NewQuestion, NewRating
from connectors.viewer import Role, Scope, Viewer
from schema.acts import Act, Body, Follow, Given, InputError
from schema.category import StudioCategory
from schema.declarations import Requirement
from schema.fields import CHINESE, described, mutation, needed, optional, value
from schema.files import ATTACHMENT
from schema.identifiers import key_named
from schema.mutations.about_questions import (
    ASKED,
    changed,
    key_of,
    question_named,
    question_subject,
    question_topics,
    to_do,
)
from schema.mutations.naming import key_in, keys_in
from schema.mutations.payload import WritePayload, idempotency_key
from schema.mutations.texts import optional_text, text
from schema.question import Question
from schema.question_kind import QuestionKind

MOST_TITLE, MOST_BODY, MOST_NOTE, MOST_FILES = 100, 2_000, 500, 9
LOWEST, HIGHEST = 1, 5
CITIZENS = Requirement(Scope.QUESTION_WRITE, roles=frozenset({Role.CITIZEN}))


@strawberry.input(description="What a citizen asks a studio.")
class AskQuestionInput:
    """See ``connectors.records.question_writes.NewQuestion``."""

    studio_id: strawberry.ID = needed("所问工作室的全局标识", "Global id of the studio it is put to.")
    addressee_id: strawberry.ID | None = optional(
        "指定委员的全局标识，须属于该工作室", "Global id of the member it is put to, one of the studio's."
    )
    category: StudioCategory = needed("类别", "What it is about.")
    kind: QuestionKind = needed("性质", "What the asker wants.")
    title: str = needed("标题，至多 100 字", "In short, at most 100 characters.")
    body: str = needed("正文，至多 2000 字", "In full, at most 2,000 characters.")
    visibility: Visibility | None = optional(
        "是否愿意公开，默认仅相关人可见；审核通过后才公开",
        "PUBLIC agrees to its being published, which it is once moderation has; PRIVATE where nothing is said.",
    )
    is_anonymous: bool | None = optional("是否匿名，默认否", "Whether the name is kept back; it is not by default.")
    attachment_ids: list[strawberry.ID] | None = optional(
        "先行上传的附件的标识，至多 9 个", "Ids of files that were uploaded before, at most 9."
    )
    idempotency_key: str | None = idempotency_key()


@strawberry.input(description="What the asker makes of the answer.")
class RateAnswerInput:
    """See ``connectors.records.question_writes.NewRating``."""

    question_id: strawberry.ID = needed("提问的全局标识", "Global id of the question.")
    score: int = needed("1 到 5 分", "1 to 5.")
    comment: str | None = optional("评语，至多 500 字", "In words, at most 500 characters.")
    idempotency_key: str | None = idempotency_key()


setattr(AskQuestionInput, CHINESE, "群众向工作室提问")
setattr(RateAnswerInput, CHINESE, "群众对答复的评价")


@described(zh="提问的结果", en="What came of asking.")
class AskQuestionPayload(WritePayload):
    """Read from ``schema.acts.Payload``."""

    question: Question | None = value("entity", zh="提问", en="The question; null while it is on its way.")


@described(zh="评价的结果", en="What came of a rating.")
class RateAnswerPayload(WritePayload):
    """Read from ``schema.acts.Payload``."""

    question: Question | None = value("entity", zh="提问", en="The question; null while it is on its way.")


def _question_of(given: Given, _: Viewer) -> NewQuestion:
    return NewQuestion(
        studio_key=key_in(given, "studioId", "Studio"),
        category=given["category"],
        kind=given["kind"],
        title=text(given["title"], "title", MOST_TITLE),
        body=text(given["body"], "body", MOST_BODY),
        addressee_key=key_named(given.get("addresseeId"), "Member"),
        visibility=given.get("visibility") or Visibility.PRIVATE,
        anonymous=given.get("isAnonymous") or False,
        attachment_keys=keys_in(given, "attachmentIds", ATTACHMENT, MOST_FILES),
    )


def _asking(request: NewQuestion, viewer: Viewer) -> str:
    """Nothing comes before a question that is not there yet, but the same one, sent twice."""
    told = "\n".join((viewer.person_id or "", request.studio_key, request.title, request.body))
    return f"Asking:{hashlib.sha256(told.encode()).hexdigest()[:32]}"


def _for_addressee(_: NewQuestion, question: QuestionRecord, _viewer: Viewer) -> Body:
    return to_do(question, ASKED, key_of(question.addressee))


def _topics(request: NewQuestion, question: QuestionRecord) -> tuple[tuple[str, str], ...]:
    return ((f"questions:{request.studio_key}", question.key), *question_topics(question.key))


def _rating_of(given: Given, _: Viewer) -> NewRating:
    score = given["score"]
    if not LOWEST <= score <= HIGHEST:
        raise InputError("SCORE_OUT_OF_RANGE", "score", least=LOWEST, most=HIGHEST)
    comment = optional_text(given.get("comment"), "comment", MOST_NOTE)
    return NewRating(question_key=question_named(given), score=score, comment=comment)


ASK_QUESTION = Act(
    "askQuestion",
    EffectKind.QUESTION,
    QuestionDesk.ask_question,
    NewQuestion,
    _question_of,
    subject=_asking,
    becomes=lambda question: question_subject(question.key),
    follows=(Follow(EffectKind.TODO, TodoDesk.create_todo, _for_addressee),),
    changes=changed,
    tells=_topics,
)
RATE_ANSWER = Act(
    "rateAnswer",
    EffectKind.RATING,
    QuestionDesk.rate_answer,
    NewRating,
    _rating_of,
    subject=lambda request, _: question_subject(request.question_key),
    changes=changed,
    tells=lambda request, _: question_topics(request.question_key),
)


@described(zh="群众的提问与评价", en="What citizens do to questions.")
class QuestionMutations:
    """Part of ``Mutation``."""

    ask_question: AskQuestionPayload | None = mutation(
        ASK_QUESTION,
        AskQuestionInput,
        requires=CITIZENS,
        zh="向委员工作室提问：所问委员（未指定则召集人）收到待办",
        en="Put a question to a studio: who is asked, or else the studio's convener, gets a to-do.",
    )
    rate_answer: RateAnswerPayload | None = mutation(
        RATE_ANSWER,
        RateAnswerInput,
        requires=CITIZENS,
        zh="评价对本人提问的答复",
        en="Say what one makes of the answer to one's own question.",
    )
