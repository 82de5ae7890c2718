"""Everything the sources and desks ask and send is as the contracts of our services behind IRS say."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from connectors.errors import OutcomeUnknownError
from connectors.records.knowledge import KnowledgeQuery
from connectors.records.notice_to_citizen import CitizenNotice
from connectors.records.page import PageArgs
from connectors.records.public_voice import PublicVoiceQuery, VoiceChannel
from connectors.records.question import (
    Moderation,
    QuestionKind,
    QuestionOrder,
    QuestionQuery,
    QuestionStatus,
    Visibility,
)
from connectors.records.question_statistics import Days, RankingQuery
from connectors.records.question_writes import (
    ModerationVerdict,
    NewQuestion,
    NewRating,
    NewReply,
    OfflineReply,
    QuestionExtension,
    QuestionMove,
    StudioMarking,
    TransferTarget,
    Upload,
)
from connectors.records.studio import StudioCategory, StudioOrder, StudioQuery
from connectors.records.work_order import (
    Location,
    NewFollowUp,
    NewSupplement,
    NewWorkOrder,
    WorkOrderQuery,
    WorkOrderStatus,
)
from connectors.sandbox.building import CHINA
from connectors.viewer import Ask, Role
from connectors.zheliban.settings import ZhelibanSettings
from tests.connectors.zheliban.contract import OPERATIONS, request_problems

STUDIOS, MEMBERS = "S3310000001,S3310020002", "M33100000001,M33100200002"
QUESTIONS, REPLIES = ",".join(f"Q{n:07d}" for n in range(1, 80)), ",".join(f"R{n:07d}" for n in range(1, 80))
READS = {name for name, each in OPERATIONS.items() if each.method == "GET"}
WRITES = {name for name, each in OPERATIONS.items() if each.method == "POST" and not name.endswith(".search")}


async def test_the_client_asks_as_the_contract_says(
    platform: SimpleNamespace, asking: Callable[..., Ask], settings: ZhelibanSettings
) -> None:
    """Every request of the sources has the contract's path, parameters and body."""
    ask = asking("u1", member_key="M1", employee_code="GE_1", roles=frozenset({Role.STAFF}))
    studios = StudioQuery(category=StudioCategory.LAW, region_key="331000", order=StudioOrder.LIKES_DESC)
    (first,) = await platform.studios.list_studios([studios], PageArgs(first=1), ask)
    moment = date(2026, 11, 1)
    query = QuestionQuery(
        answered=True,
        waiting=False,
        statuses=(QuestionStatus.ANSWERED, QuestionStatus.RATED),
        category=StudioCategory.LAW,
        region_key="331000",
        own=True,
        addressee_key="M1",
        moderation=Moderation.PUBLISHED,
        changed_since=datetime(2026, 11, 1, tzinfo=CHINA),
        order=QuestionOrder.CHANGED_AT_ASC,
    )
    orders = WorkOrderQuery(region_key="331000", statuses=(WorkOrderStatus.CLOSED,), overdue=True, satisfied=False)
    voices = PublicVoiceQuery(
        channel=VoiceChannel.HOTLINE, kind=QuestionKind.HELP, region_key="331000", handled=False, text="100% +1"
    )
    days, two = Days(start=moment, end=date(2026, 11, 20)), PageArgs(first=2, with_total=True)
    questions, numbers = platform.questions, platform.question_statistics
    reads: dict[str, Any] = {
        "studios": platform.studios.list_studios([studios], PageArgs(first=2, after=first.end, with_total=True), ask),
        "studios.statistics": platform.studios.load_studio_statistics(["S1", "S2"], ask),
        "studios.ranking": numbers.list_ranked_studios([RankingQuery(region_key="331000", days=days)], two, ask),
        "members.statistics": platform.members.load_member_statistics(["M1"], ask),
        "regions.questions": numbers.load_region_questions(["331000"], days, ask),
        "questions": questions.load_questions(["Q1"], ask),
        "replies": questions.load_replies(["R1"], ask),
        "studios.questions": questions.list_studio_questions(["S1"], query, two, ask),
        "members.questions": questions.list_member_questions(["M1"], query, two, ask),
        "users.questions": questions.list_own_questions(["u1"], query, two, ask),
        "questions.list": questions.list_questions([query], two, ask),
        "questions.search": questions.list_found_questions(["100% +1"], two, ask),
        "viewer.marks": platform.marks.load_studio_marks(["S1"], ask),
        "orders": platform.orders.load_work_orders(["W1"], ask),
        "users.orders": platform.orders.list_own_work_orders(["u1"], orders, two, ask),
        "orders.list": platform.orders.list_work_orders([orders], two, ask),
        "regions.orders": platform.orders.load_region_work_orders(["331000"], days, ask),
        "articles": platform.knowledge.load_articles(["K1"], ask),
        "articles.search": platform.knowledge.list_articles([KnowledgeQuery(text="a", topic="b")], two, ask),
        "voices": platform.voices.load_public_voices(["V1"], ask),
        "voices.search": platform.voices.list_public_voices([voices], two, ask),
        "users.notices": platform.notices.list_citizen_notices(["u1"], two, ask),
    }
    assert READS - reads.keys() == {"attachments", "studio.writes", "orders.writes", "notices.writes"}

    for operation, read in reads.items():
        (*_, answer) = await read

        assert not isinstance(answer, Exception), operation
        assert request_problems(operation, platform.requests[-1], settings) == []


async def test_the_client_writes_as_the_contract_says(
    answered: Callable[..., SimpleNamespace], asking: Callable[..., Ask], settings: ZhelibanSettings
) -> None:
    """Every write of the desks has the contract's path and body, whatever it is answered."""
    platform = answered(lambda _: None)
    ask = asking("u1", member_key="M1", employee_code="GE_1", roles=frozenset({Role.STAFF, Role.MODERATOR}))
    desk, orders, write = platform.desk, platform.order_desk, "w" * 16
    question = NewQuestion(
        studio_key="S1",
        category=StudioCategory.LAW,
        kind=QuestionKind.HELP,
        title="t",
        body="b",
        addressee_key="M1",
        visibility=Visibility.PUBLIC,
        anonymous=True,
        attachment_keys=("A1",),
    )
    transfer = QuestionMove(key="Q1", to=QuestionStatus.TRANSFERRED, note="n", target=TransferTarget.PROPOSAL)
    place = Location(latitude=28.6, longitude=121.4, address="解放路1号")
    order = NewWorkOrder(kind=QuestionKind.HELP, title="t", body="b", region_key="331002", location=place)
    notice = CitizenNotice(write_id=write, account="u1", title="t", text="b", link="https://gw.example.cn/q/1")
    writes: dict[str, Any] = {
        "questions.ask": desk.ask_question(question, write, ask),
        "questions.reply": desk.answer_question(NewReply(question_key="Q1", body="b"), write, ask),
        "questions.recordReply": desk.record_answer(
            OfflineReply(question_key="Q1", member_key="M1", body="b", given_at=datetime(2026, 11, 1, tzinfo=UTC)),
            write,
            ask,
        ),
        "questions.rate": desk.rate_answer(NewRating(question_key="Q1", score=5), write, ask),
        "questions.move": desk.move_question(transfer, write, ask),
        "questions.extend": desk.extend_question(QuestionExtension(key="Q1", until=date(2027, 1, 1)), write, ask),
        "questions.moderate": desk.moderate_question(ModerationVerdict(key="Q1", publish=True), write, ask),
        "studios.mark": platform.marks.mark_studio(StudioMarking(studio_key="S1", follows=True), write, ask),
        "attachments.keep": platform.attachments.keep_attachment(
            Upload(name="照片 1.png", content_type="image/png", content=b"png"), write, ask
        ),
        "orders.create": orders.create_work_order(order, write, ask),
        "orders.supplement": orders.supplement_work_order(NewSupplement(key="W1", body="b"), write, ask),
        "orders.followUp": orders.follow_up_work_order(NewFollowUp(key="W1", satisfied=True), write, ask),
        "notices.send": platform.notices.notify_citizen(notice, ask),
    }
    assert writes.keys() == WRITES

    for operation, sent in writes.items():
        with pytest.raises(OutcomeUnknownError):
            await sent

        assert request_problems(operation, platform.requests[-1], settings) == []
