"""Our own services behind the IRS gateway, and what they can do: one list."""

from collections.abc import Awaitable, Callable

from connectors.deadline import Deadline
from connectors.reading import Reader
from connectors.zheliban.client import IrsClient
from connectors.zheliban.irs_service import IrsService
from connectors.zheliban.knowledge.sources import ZhelibanKnowledge
from connectors.zheliban.notices.sources import ZhelibanNotices
from connectors.zheliban.searching import KnowledgeSearch, QuestionSearch
from connectors.zheliban.settings import ZhelibanSettings
from connectors.zheliban.studios.attachments import ZhelibanAttachments
from connectors.zheliban.studios.desk import ZhelibanQuestionDesk
from connectors.zheliban.studios.questions import ZhelibanQuestions
from connectors.zheliban.studios.reads import (
    STUDIO_STATISTICS,
    ZhelibanMarks,
    ZhelibanMemberStatistics,
    ZhelibanStudios,
)
from connectors.zheliban.studios.statistics import ZhelibanQuestionStatistics
from connectors.zheliban.voices.sources import ZhelibanVoices
from connectors.zheliban.workorders.sources import ZhelibanWorkOrderDesk, ZhelibanWorkOrders


def service_sources(
    settings: ZhelibanSettings, client: IrsClient, reader: Reader
) -> tuple[tuple[object, ...], Callable[[Deadline], Awaitable[None]]]:
    """What the services offer, and a harmless signed read of one of them."""
    codes = settings.irs.components

    def service(component: str, root: str) -> IrsService:
        return IrsService(client, reader, component, root, settings.timeout)

    studios = service(codes.studio, "/studio/v1")

    async def probe(deadline: Deadline) -> None:
        await studios.probe(deadline, STUDIO_STATISTICS)

    orders = service(codes.workorder, "/workorders/v1")
    questions, knowledge = ZhelibanQuestions(studios), ZhelibanKnowledge(service(codes.knowledge, "/knowledge/v1"))
    sources = (
        ZhelibanStudios(studios),
        ZhelibanMemberStatistics(studios),
        ZhelibanMarks(studios),
        questions,
        ZhelibanQuestionDesk(studios),
        ZhelibanQuestionStatistics(studios),
        ZhelibanAttachments(studios),
        ZhelibanWorkOrders(orders),
        ZhelibanWorkOrderDesk(orders),
        knowledge,
        QuestionSearch(questions),
        KnowledgeSearch(knowledge),
        ZhelibanNotices(service(codes.notice, "/notices/v1")),
        ZhelibanVoices(service(codes.voice, "/voices/v1")),
    )
    return sources, probe
