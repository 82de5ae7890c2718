"""Our services behind IRS while the platform is ill: every read and every write, each fault in its error."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from connectors.errors import OutcomeUnknownError, PlatformError, UnexpectedAnswerError
from connectors.records.knowledge import KnowledgeQuery
from connectors.records.notice_to_citizen import CitizenNotice
from connectors.records.page import Page, PageArgs
from connectors.records.public_voice import PublicVoiceQuery
from connectors.records.question import QuestionKind, QuestionQuery, QuestionStatus
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
    Upload,
)
from connectors.records.studio import StudioCategory, StudioQuery
from connectors.records.work_order import NewFollowUp, NewSupplement, NewWorkOrder, WorkOrderQuery
from connectors.sandbox.faults import Fault, FaultKind
from connectors.sandbox.world import World
from connectors.viewer import Ask, Role

Asking = Callable[..., Ask]
PAGE = PageArgs(first=3, with_total=True)
DAYS = Days(start=date(2026, 10, 1), end=date(2026, 11, 20))
WRITE = "test-faults-00001"
QUESTION = NewQuestion(
    studio_key="S3310000001", category=StudioCategory.LAW, kind=QuestionKind.HELP, title="t", body="b"
)
ORDER = NewWorkOrder(kind=QuestionKind.HELP, title="t", body="b", region_key="331002")
MOVE = QuestionMove(key="Q0000001", to=QuestionStatus.CLOSED)
OFFLINE = OfflineReply(question_key="Q1", member_key="M1", body="b", given_at=datetime(2026, 11, 1, tzinfo=UTC))
UPLOAD = Upload(name="a.png", content_type="image/png", content=b"png")
WRITES: dict[str, Callable[[Any, Ask], Any]] = {
    "questions.ask": lambda p, ask: p.desk.ask_question(QUESTION, WRITE, ask),
    "questions.reply": lambda p, ask: p.desk.answer_question(NewReply(question_key="Q1", body="b"), WRITE, ask),
    "questions.recordReply": lambda p, ask: p.desk.record_answer(OFFLINE, WRITE, ask),
    "questions.rate": lambda p, ask: p.desk.rate_answer(NewRating(question_key="Q1", score=1), WRITE, ask),
    "questions.move": lambda p, ask: p.desk.move_question(MOVE, WRITE, ask),
    "questions.extend": lambda p, ask: p.desk.extend_question(
        QuestionExtension(key="Q1", until=date(2027, 1, 1)), WRITE, ask
    ),
    "questions.moderate": lambda p, ask: p.desk.moderate_question(
        ModerationVerdict(key="Q1", publish=True), WRITE, ask
    ),
    "studios.mark": lambda p, ask: p.marks.mark_studio(StudioMarking(studio_key="S1", likes=True), WRITE, ask),
    "attachments.keep": lambda p, ask: p.attachments.keep_attachment(UPLOAD, WRITE, ask),
    "orders.create": lambda p, ask: p.order_desk.create_work_order(ORDER, WRITE, ask),
    "orders.supplement": lambda p, ask: p.order_desk.supplement_work_order(
        NewSupplement(key="W1", body="b"), WRITE, ask
    ),
    "orders.followUp": lambda p, ask: p.order_desk.follow_up_work_order(
        NewFollowUp(key="W1", satisfied=True), WRITE, ask
    ),
    "notices.send": lambda p, ask: p.notices.notify_citizen(
        CitizenNotice(write_id=WRITE, account="u1", title="t", text="b"), ask
    ),
}
NO_ANSWER = [
    FaultKind.REFUSE,
    FaultKind.RESET,
    FaultKind.HTTP500,
    FaultKind.GARBAGE,
    FaultKind.TRUNCATED,
    FaultKind.FAILURE_ENVELOPE,
]


@pytest.mark.parametrize("kind", NO_ANSWER)
@pytest.mark.parametrize("operation", WRITES)
async def test_a_write_nobody_answered_has_an_unknown_outcome(
    platform: SimpleNamespace, sandbox: Any, asking: Asking, operation: str, kind: FaultKind
) -> None:
    """It was sent: it may have happened. It is sent once, and the error tells nothing internal."""
    sandbox.faults.put(Fault(kind, operation))
    ask = asking("u1", member_key="M1", employee_code="GE_1", roles=frozenset({Role.STAFF}))

    with pytest.raises(OutcomeUnknownError) as caught:
        await WRITES[operation](platform, ask)

    assert (caught.value.operation, caught.value.retryable) == (operation, False)
    assert sandbox.calls[operation] == 1
    assert "u1" not in str(caught.value)


def reads(world: World) -> dict[str, Callable[[Any, Ask], Any]]:
    """Every read of the services with something to find."""
    studio, member, account = world.studios[0].key, world.studios[0].members[0].key, world.citizens[0].user_id
    every = QuestionQuery()
    return {
        "studios": lambda p, ask: p.studios.list_studios([StudioQuery()], PAGE, ask),
        "studios.statistics": lambda p, ask: p.studios.load_studio_statistics([studio], ask),
        "studios.ranking": lambda p, ask: p.question_statistics.list_ranked_studios(
            [RankingQuery(region_key="331000", days=DAYS)], PAGE, ask
        ),
        "members.statistics": lambda p, ask: p.members.load_member_statistics([member], ask),
        "regions.questions": lambda p, ask: p.question_statistics.load_region_questions(["331000"], DAYS, ask),
        "questions": lambda p, ask: p.questions.load_questions(["Q0000001"], ask),
        "replies": lambda p, ask: p.questions.load_replies(["R0000001"], ask),
        "studios.questions": lambda p, ask: p.questions.list_studio_questions([studio], every, PAGE, ask),
        "members.questions": lambda p, ask: p.questions.list_member_questions([member], every, PAGE, ask),
        "users.questions": lambda p, ask: p.questions.list_own_questions([account], every, PAGE, ask),
        "questions.list": lambda p, ask: p.questions.list_questions([every], PAGE, ask),
        "questions.search": lambda p, ask: p.questions.list_found_questions(["医保"], PAGE, ask),
        "viewer.marks": lambda p, ask: p.marks.load_studio_marks([studio], ask),
        "orders": lambda p, ask: p.orders.load_work_orders(["W0000001"], ask),
        "users.orders": lambda p, ask: p.orders.list_own_work_orders([account], WorkOrderQuery(), PAGE, ask),
        "orders.list": lambda p, ask: p.orders.list_work_orders([WorkOrderQuery()], PAGE, ask),
        "regions.orders": lambda p, ask: p.orders.load_region_work_orders(["331000"], DAYS, ask),
        "articles": lambda p, ask: p.knowledge.load_articles(["K00001"], ask),
        "articles.search": lambda p, ask: p.knowledge.list_articles([KnowledgeQuery(text="学区")], PAGE, ask),
        "voices": lambda p, ask: p.voices.load_public_voices(["V000001"], ask),
        "voices.search": lambda p, ask: p.voices.list_public_voices([PublicVoiceQuery(text="停车")], PAGE, ask),
        "users.notices": lambda p, ask: p.notices.list_citizen_notices([account], PAGE, ask),
    }


def fields_of(node: Any) -> list[Any]:
    """What a record holds."""
    return [getattr(node, name) for name in getattr(node, "__struct_fields__", ())]


async def test_schema_drift_costs_fields_not_lists(fresh: SimpleNamespace, world: World, asking: Asking) -> None:
    """Under drift every list is as long as before and every row there; what changed its form is the error itself."""
    ask = asking(world.citizens[0].user_id, roles=frozenset({Role.STAFF}))
    for operation, read in reads(world).items():
        fresh.app.faults.clear()
        (sound,) = await read(fresh, ask)
        fresh.app.faults.put(Fault(FaultKind.SCHEMA_DRIFT, operation))

        (drifted,) = await read(fresh.again(), ask)

        nodes = (sound.nodes, drifted.nodes) if isinstance(sound, Page) else ((sound,), (drifted,))
        assert len(nodes[0]) == len(nodes[1]) > 0, operation
        assert all(node is not None for node in nodes[1]), operation
        errors = {
            type(each) for node in nodes[1] for each in (node, *fields_of(node)) if isinstance(each, PlatformError)
        }
        assert errors == {UnexpectedAnswerError}, operation
