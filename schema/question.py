"""Questions citizens put to studios, their replies and ratings."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from connectors.masking import masked_name
from connectors.ports import QuestionSource
from connectors.records.question import Question as QuestionRecord
from connectors.records.question import QuestionKind, QuestionQuery, QuestionStatus, Visibility
from connectors.records.question import Reply as ReplyRecord
from connectors.viewer import PersonalClass
from schema.attachment import Attachment
from schema.category import StudioCategory
from schema.fields import CHINESE, argument, described, identifier, link, value
from schema.member import Member
from schema.node import Node

if TYPE_CHECKING:
    from schema.studio import Studio

for _enum, _zh, _en in (
    (QuestionStatus, "提问的状态", "Where a question stands."),
    (QuestionKind, "提问的性质", "What a citizen wants."),
    (Visibility, "公开或仅相关人可见", "Who may see a question."),
):
    strawberry.enum(_enum, description=_en)
    setattr(_enum, CHINESE, _zh)


@described(
    zh="公开展示的个人：姓名按浙里办规则脱敏", en="A person as others may see them; nothing to follow across pages."
)
class PublicPerson:
    """Read from ``connectors.records.question.PublicPerson``."""

    display_name: str | None = value(
        "name",
        then=lambda name, _: masked_name(name),
        personal=PersonalClass.NAME,
        zh="脱敏后的姓名，如 *大友",
        en="The name, masked as the citizen app masks it: `*大友`.",
    )


@described(zh="群众对答复的评价", en="What the asker made of the answer.")
class Rating:
    """Read from ``connectors.records.question.Rating``."""

    score: int | None = value("score", zh="1 到 5 分", en="1 to 5.")
    comment: str | None = value("comment", zh="评语", en="In words.")


@described(zh="委员的答复", en="A member's published answer.", of=ReplyRecord)
class Reply(Node):
    """Read from ``connectors.records.question.Reply``."""

    id: strawberry.ID = identifier("Reply")
    body: str | None = value("body", zh="正文", en="The answer.")
    replied_at: datetime | None = value("replied_at", zh="答复时间", en="When it was given.")
    author: Member | None = value("author", zh="答复的委员", en="The member who answered.")
    question: "Question | None" = link(
        QuestionSource.load_questions, key="question_key", zh="所答的提问", en="The question it answers."
    )


@described(zh="群众的提问", en="A citizen's question.", of=QuestionRecord)
class Question(Node):
    """Read from ``connectors.records.question.Question``; a private one only by those it concerns."""

    id: strawberry.ID = identifier("Question")
    title: str | None = value("title", zh="标题", en="In short.")
    body: str | None = value("body", zh="正文", en="In full.")
    status: QuestionStatus | None = value("status", zh="状态", en="Where it stands.")
    kind: QuestionKind | None = value("kind", zh="性质", en="What the asker wants.")
    category: StudioCategory | None = value("category", zh="类别", en="What it is about.")
    visibility: Visibility | None = value("visibility", zh="是否公开", en="Who may see it.")
    asked_at: datetime | None = value("asked_at", zh="提问时间", en="When it was asked.")
    studio: Annotated["Studio", strawberry.lazy("schema.studio")] | None = value(
        "studio", zh="所问的工作室", en="The studio it was put to."
    )
    addressee: Member | None = value("addressee", zh="指定的委员", en="The member it was put to, if one was named.")
    asker: PublicPerson | None = value("asker", zh="提问人；匿名为空", en="Who asked; null when anonymous.")
    replies: list[Reply | None] | None = value("replies", zh="已发布的答复", en="Published answers, oldest first.")
    attachments: list[Attachment | None] | None = value(
        "attachments", zh="附件：图片、语音等", en="Files the asker added: pictures, voice."
    )
    rating: Rating | None = value("rating", zh="评价", en="What the asker made of it; null before.")


@strawberry.input(description="Which questions; what is left out does not matter.")
class QuestionFilter:
    """All fields optional."""

    answered: bool | None = strawberry.field(
        default=strawberry.UNSET,
        description="Whether a published reply exists.",
        metadata={CHINESE: "是否已有公开答复"},
    )
    waiting: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Whether it still waits for one.", metadata={CHINESE: "是否仍待答复"}
    )


setattr(QuestionFilter, CHINESE, "提问的筛选条件，均可不填")

FILTER = argument("filter", QuestionFilter | None, zh="筛选", en="Which questions.")


def question_query(arguments: Mapping[str, Any]) -> tuple[QuestionQuery]:
    """What the source is asked for."""
    chosen = arguments.get("filter") or {}
    return (QuestionQuery(answered=chosen.get("answered"), waiting=chosen.get("waiting")),)
