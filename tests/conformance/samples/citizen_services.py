"""What the citizen app's services answer besides a studio's page: questions, work orders, knowledge, notices."""

from datetime import timedelta
from typing import Any

from connectors.records.knowledge import KnowledgeQuery
from connectors.records.public_voice import PublicVoiceQuery, VoiceChannel
from connectors.records.question import QuestionQuery
from connectors.records.question_statistics import Days, RankingQuery
from connectors.records.work_order import WorkOrderQuery
from connectors.sandbox.world import World
from connectors.viewer import Ask
from tests.conformance.samples.asking import PAGE, Keys, More, a_page, members

REGIONS = ["331000", "331002"]


def month(world: World) -> Days:
    """The month before the world's day."""
    return Days(start=(world.today - timedelta(days=30)).date(), end=world.today.date())


def own_account(world: World) -> list[str]:
    """The asker's account, which has questions, orders and notices."""
    return [world.citizens[0].user_id or ""]


KEYED: dict[str, tuple[Keys, More]] = {
    "load_region_questions": (lambda _: REGIONS, lambda w: (month(w),)),
    "load_region_work_orders": (lambda _: REGIONS, lambda w: (month(w),)),
}
LISTED: dict[str, tuple[Keys, More]] = {
    "list_member_questions": (members, lambda _: (QuestionQuery(), PAGE)),
    "list_own_questions": (own_account, lambda _: (QuestionQuery(), PAGE)),
    "list_questions": (lambda _: [QuestionQuery(), QuestionQuery(region_key="331002", waiting=True)], a_page),
    "list_found_questions": (lambda _: ["医保", "信用卡 房贷"], a_page),
    "list_ranked_studios": (lambda w: [RankingQuery(region_key=region, days=month(w)) for region in REGIONS], a_page),
    "list_own_work_orders": (own_account, lambda _: (WorkOrderQuery(), PAGE)),
    "list_work_orders": (lambda _: [WorkOrderQuery(region_key="331000"), WorkOrderQuery(overdue=True)], a_page),
    "list_articles": (lambda _: [KnowledgeQuery(text="入学 户籍"), KnowledgeQuery(topic="医保结算")], a_page),
    "list_public_voices": (
        lambda _: [PublicVoiceQuery(region_key="331000"), PublicVoiceQuery(channel=VoiceChannel.HOTLINE, text="停车")],
        a_page,
    ),
    "list_citizen_notices": (own_account, a_page),
}


async def _orders(method: Any, _: World, ask: Ask) -> list[str]:
    (page,) = await method("list_work_orders")([WorkOrderQuery()], PAGE, ask)
    return [order.key for order in page.nodes]


async def _articles(method: Any, _: World, ask: Ask) -> list[str]:
    (page,) = await method("list_articles")([KnowledgeQuery(text="学区")], PAGE, ask)
    return [article.key for article in page.nodes]


async def _voices(method: Any, _: World, ask: Ask) -> list[str]:
    (page,) = await method("list_public_voices")([PublicVoiceQuery()], PAGE, ask)
    return [voice.key for voice in page.nodes]


ANSWERED = {"load_work_orders": _orders, "load_articles": _articles, "load_public_voices": _voices}
