"""Questions citizens put to studios, their replies and ratings."""

from datetime import date as day
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from connectors.masking import masked_name
from connectors.ports import QuestionSource
from connectors.records.question import Moderation, QuestionStatus, Visibility
from connectors.records.question import PublicPerson as PublicPersonRecord
from connectors.records.question import Question as QuestionRecord
from connectors.records.question import Reply as ReplyRecord
from connectors.viewer import PersonalClass
from schema.attachment import Attachment
from schema.category import StudioCategory
from schema.fields import CHINESE, described, identifier, link, value
from schema.matter_status import MatterStatus, matter_status
from schema.member import Member
from schema.node import Node
from schema.opinion_lists import QUESTION_REPORTS
from schema.question_kind import QuestionKind
from schema.region import Region, region_at

if TYPE_CHECKING:
    from schema.opinion_report import OpinionReport
    from schema.studio import Studio

strawberry.enum(Visibility, description="Who may see a question.")
setattr(Visibility, CHINESE, "公开或仅相关人可见")


@described(
    zh="公开展示的个人：姓名按浙里办规则脱敏",
    en="A person as others may see them; nothing to follow across pages.",
    of=PublicPersonRecord,
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


@described(zh="办理过程中的一步", en="A state a question came to.")
class QuestionStep:
    """Read from ``connectors.records.question.QuestionStep``."""

    status: QuestionStatus | None = value("status", zh="状态", en="Which state.")
    at: datetime | None = value("at", zh="时间", en="When.")
    by: str | None = value("by", zh="经办的委员或身份", en="A member's name, or what somebody is.")
    note: str | None = value("note", zh="说明", en="What was said of it.")


@described(zh="群众的提问", en="A citizen's question.", of=QuestionRecord)
class Question(Node):
    """Read from ``connectors.records.question.Question``; a private one only by those it concerns."""

    id: strawberry.ID = identifier("Question")
    title: str | None = value("title", zh="标题", en="In short.")
    body: str | None = value("body", zh="正文", en="In full.")
    status: MatterStatus | None = value("status", then=matter_status, zh="状态", en="Where it stands.")
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
    opinion_reports: list[Annotated["OpinionReport", strawberry.lazy("schema.opinion_report")] | None] | None = (
        QUESTION_REPORTS
    )
    rating: Rating | None = value("rating", zh="评价", en="What the asker made of it; null before.")
    moderation: Moderation | None = value(
        "moderation", zh="公开审核的进展；提问人不同意公开则不审核", en="Where its publishing stands."
    )
    region: Region | None = value("region_key", then=region_at, zh="所涉区划", en="The place it is about.")
    changed_at: datetime | None = value("changed_at", zh="最后变化的时间", en="When it last changed.")
    extended_until: day | None = value(
        "extended_until", zh="延期至；未延期为空", en="The day to which its answer may wait; null where not put off."
    )
    reason_code: str | None = value(
        "reason_code", zh="不予受理的原因代码；其余为空", en="Why it was rejected, as a code; null where it was not."
    )
    history: list[QuestionStep | None] | None = value(
        "history",
        source=QuestionSource.load_questions,
        zh="办理过程，早的在前",
        en="Each state it came to, oldest first.",
    )
