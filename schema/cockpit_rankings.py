"""Rankings and topics, for the cockpit."""

from collections.abc import Mapping
from typing import Any

import strawberry

from connectors.ports import CockpitSource, OpinionTopicSource, QuestionSource
from connectors.records.cockpit import StudioRankingOrder
from connectors.refusals import RefusedError
from connectors.viewer import PersonalClass, Role, Scope
from schema.declarations import ListSize, People, Requirement, Whose
from schema.fields import CHINESE, argument, described, many, value
from schema.member import Member
from schema.paging import MOST_ROWS, Connection, connection
from schema.question import Question
from schema.studio import Studio

strawberry.enum(StudioRankingOrder, description="What studios are ranked by.")
setattr(StudioRankingOrder, CHINESE, "工作室排名的依据：时段内的答复数")

OFFICES = Requirement(Scope.COCKPIT_READ, roles=frozenset({Role.STAFF}))
"""The cockpit is for the committees' offices."""

_SIZE = ListSize(MOST_ROWS, slicing="first")
_FIRST = argument("first", int, zh=f"最多几条，1 到 {MOST_ROWS}", en=f"At most so many, 1 to {MOST_ROWS}.")


@described(zh="排名中的一家工作室", en="A studio's place in a ranking.")
class RankedStudio:
    """Read from ``connectors.records.question_statistics.RankedStudio``."""

    rank: int | None = value("rank", zh="名次；数值相同则并列", en="The place; equal values share one.")
    studio: Studio | None = value("studio", zh="工作室", en="The studio.")
    value: float | None = value("value", zh="时段内的答复数", en="Replies it gave in the period.")


@described(zh="排名中的一位委员", en="A member's place in a ranking.")
class RankedMember:
    """Read from ``connectors.records.duty_score.LeaderboardEntry``."""

    rank: int | None = value("rank", zh="名次；同分并列", en="The place; equal values share one.")
    member: Member | None = value("member", zh="委员", en="The member.")
    value: float | None = value(
        "total",
        requires=OFFICES,
        personal=PersonalClass.DUTY,
        whose=Whose(People.MEMBER),
        zh="年度履职积分",
        en="The duty score of the year.",
    )


@described(
    zh="公开提问中的一个热点关键词；至少五人提到才列出",
    en="A keyword of published questions, put by at least five different people.",
)
class OpinionTopic:
    """Read from ``connectors.records.cockpit.OpinionTopic``."""

    keyword: str | None = value("key", zh="关键词", en="The keyword.")
    question_count: int | None = value(
        "question_count", zh="提到它的公开提问数", en="Published questions that hold it."
    )
    change: float | None = value(
        "change",
        zh="与前一个等长时段相比的变化率：0.5 为增加一半，-0.5 为减少一半；之前没有则为空",
        en="Against the period of equal length before, as a ratio: 0.5 is half as many again; null from none.",
    )
    sample_questions: Connection[Question] | None = connection(
        QuestionSource.list_named_questions,
        owner=lambda topic, _: topic.sample_keys,
        zh="其中几条，新的在前",
        en="Some of them, the newest first.",
    )


def _most(arguments: Mapping[str, Any]) -> tuple[int]:
    """How many. Raises ``RefusedError`` (PAGE_TOO_LARGE, BAD_INPUT)."""
    first: int = arguments["first"]
    if first > MOST_ROWS:
        raise RefusedError("PAGE_TOO_LARGE", most=MOST_ROWS)
    if first < 1:
        raise RefusedError("BAD_INPUT", field="first")
    return (first,)


OPINION_TOPICS: Any = many(
    OpinionTopicSource.list_opinion_topics,
    arguments=(_FIRST,),
    taken=_most,
    size=_SIZE,
    zh="公开提问的热点，提问多的在前",
    en="What published questions are about, the most asked first.",
)
STUDIO_RANKING: Any = many(
    CockpitSource.list_active_studios,
    arguments=(
        argument(
            "orderBy", StudioRankingOrder, zh="依据", en="Ranked by what.", default=StudioRankingOrder.ACTIVITY_DESC
        ),
        _FIRST,
    ),
    taken=_most,
    size=_SIZE,
    zh="工作室排名",
    en="Its studios, the most active first.",
)
MEMBER_RANKING: Any = many(
    CockpitSource.list_best_members,
    arguments=(_FIRST,),
    taken=_most,
    size=_SIZE,
    zh="委员排名，按时段末所在年度的履职积分；只含公布积分榜的组织",
    en="Its members by duty score of the year in which the period ends; of committees that show their leaderboard.",
)
