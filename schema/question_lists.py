"""Lists of questions: which, in what order, and for whom."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
import strawberry

from connectors.ports import QuestionSource
from connectors.records.question import Moderation, QuestionOrder, QuestionQuery, QuestionStatus
from connectors.viewer import PersonalClass
from schema.category import StudioCategory
from schema.fields import CHINESE, argument, optional
from schema.identifiers import key_named
from schema.paging import connection
from schema.places import known_region

for _enum, _zh, _en in (
    (QuestionStatus, "提问的状态", "Where a question stands."),
    (Moderation, "公开审核的进展", "Where the publishing of a question stands."),
    (QuestionOrder, "提问列表的次序", "Orders in which questions can be listed."),
):
    strawberry.enum(_enum, description=_en)
    setattr(_enum, CHINESE, _zh)


@strawberry.input(description="Which questions; what is left out does not matter.")
class QuestionFilter:
    """All fields optional."""

    answered: bool | None = optional("是否已有公开答复", "Whether a published reply exists.")
    waiting: bool | None = optional("是否仍待答复", "Whether it still waits for one.")
    statuses: list[QuestionStatus] | None = optional("状态为其中之一", "It stands in one of these.")
    category: StudioCategory | None = optional("类别", "What it is about.")
    region_code: str | None = optional(
        "工作室所在区划的代码，含其下辖", "GB/T 2260 code of the studio's place; what lies in it is included."
    )
    own: bool | None = optional("只看本人所提", "True: only those the asker of this operation asked.")
    addressee_id: strawberry.ID | None = optional("指定委员的全局标识", "Global id of the member it was put to.")
    moderation: Moderation | None = optional("公开审核的进展", "Where its publishing stands.")
    changed_since: datetime | None = optional("此后有变化的", "Changed at that moment or later.")


setattr(QuestionFilter, CHINESE, "提问的筛选条件，均可不填")

CHOICE = (
    argument("filter", QuestionFilter | None, zh="筛选", en="Which questions."),
    argument("orderBy", QuestionOrder, zh="次序", en="In which order.", default=QuestionOrder.ASKED_AT_DESC),
)


def question_query(arguments: Mapping[str, Any]) -> QuestionQuery:
    """What the source is asked for. Raises ``RefusedError`` (BAD_INPUT, BAD_ID)."""
    chosen = arguments.get("filter") or {}
    statuses = chosen.get("statuses")
    return QuestionQuery(
        answered=chosen.get("answered"),
        waiting=chosen.get("waiting"),
        statuses=None if statuses is None else tuple(statuses),
        category=chosen.get("category"),
        region_key=known_region(chosen.get("regionCode")),
        own=chosen.get("own"),
        addressee_key=key_named(chosen.get("addresseeId"), "Member"),
        moderation=chosen.get("moderation"),
        changed_since=chosen.get("changedSince"),
        order=arguments["orderBy"],
    )


def taken_of(arguments: Mapping[str, Any]) -> tuple[QuestionQuery]:
    """What a source of an owner's questions takes."""
    return (question_query(arguments),)


QUESTIONS: Any = connection(
    QuestionSource.list_questions,
    arguments=CHOICE,
    owner=lambda _, arguments: question_query(arguments),
    zh="各工作室的提问；只含提问者可见的",
    en="Questions put to any studio; only those the asker may see.",
)

STUDIO_QUESTIONS: Any = connection(
    QuestionSource.list_studio_questions,
    arguments=CHOICE,
    taken=taken_of,
    zh="提问；只含提问者可见的",
    en="Questions put to it; only those the asker may see.",
)

MEMBER_QUESTIONS: Any = connection(
    QuestionSource.list_member_questions,
    arguments=CHOICE,
    taken=taken_of,
    zh="向该委员提出、转交给其或由其答复的提问；只含提问者可见的",
    en="Questions put or assigned to the member, or answered by them; only those the asker may see.",
)

OWN_QUESTIONS: Any = connection(
    QuestionSource.list_questions,
    arguments=CHOICE,
    owner=lambda _, arguments: msgspec.structs.replace(question_query(arguments), own=True),
    personal=PersonalClass.OWN_CHOICE,
    zh="本人的提问",
    en="What one asked oneself.",
)
