"""Raising, revising and moving opinion reports, as the gateway asks for it (contract/opinions.yaml)."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from types import SimpleNamespace

import msgspec
import pytest

from connectors.errors import ForbiddenMoveError, NotAllowedError, NotFoundError, RejectedInputError
from connectors.records.opinion_report import (
    Adoption,
    AdoptionLevel,
    Instruction,
    OpinionReportDraft,
    OpinionReportMove,
    OpinionReportStatus,
    SourceQuestion,
)
from connectors.records.page import PageArgs
from connectors.records.studio import StudioCategory
from connectors.sandbox.world import MemberSeed, World
from connectors.viewer import Ask
from tests.connectors.duty.matters_stack import NOBODY, PARTNER, as_member, as_official, staff_of, write_id

S = OpinionReportStatus
QUESTION = SourceQuestion(key="Q0000001", title="公交站点太远", category=StudioCategory.OTHER)


@pytest.fixture
def members(world: World) -> list[MemberSeed]:
    """Members of one committee."""
    return [member for member in world.members if member.committee.code == "GO_zx331002"]


@pytest.fixture
def staff(world: World) -> Ask:
    """Somebody of their committee's office asks."""
    return as_official(staff_of(world, "GO_zx331002"))


@pytest.fixture
def draft(members: list[MemberSeed]) -> OpinionReportDraft:
    """What the first of them writes with the second."""
    return OpinionReportDraft(
        key=None,
        title="关于增设公交站点的建议",
        situation="新小区离站点一公里。",
        analysis="线网没有调整。",
        suggestion="增设两个站点。",
        category="URBAN",
        sources=(QUESTION,),
        co_author_keys=(members[1].key,),
    )


async def test_a_question_becomes_a_report(
    matters: SimpleNamespace, members: list[MemberSeed], draft: OpinionReportDraft, staff: Ask
) -> None:
    """Operation 07: it has a number and both authors, and is found from the question at once."""
    author = as_member(members[0])

    raised = await matters.opinion_desk.raise_opinion_report(draft, write_id(), author)

    [of_question] = await matters.opinions.list_question_opinion_reports(["Q0000001"], PageArgs(first=9), author)
    [of_member] = await matters.opinions.list_question_opinion_reports(["Q0000001"], PageArgs(first=9), staff)
    assert (raised.status, raised.number is not None) == (S.SUBMITTED, True)
    assert [each.key for each in raised.authors] == [members[0].key, members[1].key]
    assert raised.source_questions == (QUESTION,)
    assert raised in of_question.nodes
    assert raised in of_member.nodes


async def test_the_way_up(
    matters: SimpleNamespace, members: list[MemberSeed], draft: OpinionReportDraft, staff: Ask
) -> None:
    """From 报送 to 存档, adopted on two levels; an adoption and an instruction stand in the row (section 4)."""
    desk = matters.opinion_desk
    raised = await desk.raise_opinion_report(draft, write_id(), as_member(members[0]))
    adopted = Adoption(level=AdoptionLevel.COUNTY, date=date(2026, 11, 1), instructed_by=None)
    higher = Adoption(level=AdoptionLevel.NATIONAL, date=date(2026, 11, 20), instructed_by="领导")
    words = Instruction(by="领导", body="请研究。", at=datetime(2026, 11, 21, tzinfo=UTC))
    moves = [
        OpinionReportMove(key=raised.key, to=S.EDITING),
        OpinionReportMove(key=raised.key, to=S.SIGNED_OFF),
        OpinionReportMove(key=raised.key, to=S.REPORTED),
        OpinionReportMove(key=raised.key, to=S.ADOPTED, adoption=adopted),
        OpinionReportMove(key=raised.key, to=S.ADOPTED, adoption=higher),
        OpinionReportMove(key=raised.key, to=S.INSTRUCTED, instruction=words),
        OpinionReportMove(key=raised.key, to=S.FEEDBACK_GIVEN, note="已反馈作者"),
        OpinionReportMove(key=raised.key, to=S.ARCHIVED),
    ]

    moved = raised
    for move in moves:
        moved = await desk.move_opinion_report(move, write_id(), staff)

    assert [step.status for step in moved.history] == [S.SUBMITTED, *(move.to for move in moves)]
    assert moved.adoptions == (adopted, higher)
    assert moved.instructions == (words,)
    assert await matters.opinions.load_opinion_reports([raised.key], staff) == [moved]


async def test_withdrawn_revised_and_handed_in_again(
    matters: SimpleNamespace,
    afresh: Callable[[], SimpleNamespace],
    members: list[MemberSeed],
    draft: OpinionReportDraft,
) -> None:
    """Revising makes a draft of it, which partners no longer see; its number stays, its questions are the new ones."""
    desk, author = matters.opinion_desk, as_member(members[0])
    raised = await desk.raise_opinion_report(draft, write_id(), author)
    withdrawn = await desk.withdraw_opinion_report(raised.key, "数字有误", write_id(), author)
    other = SourceQuestion(key="Q0000002", title="站台没有雨棚", category=StudioCategory.OTHER)
    words = msgspec.structs.replace(draft, key=raised.key, title="改后的标题", sources=(other,), submit=False)

    kept = await desk.revise_opinion_report(words, write_id(), author)
    unseen = await afresh().opinions.load_opinion_reports([raised.key], PARTNER)
    again = await desk.revise_opinion_report(msgspec.structs.replace(words, submit=True), write_id(), author)

    assert (withdrawn.status, withdrawn.withdrawn_at) == (S.WITHDRAWN, withdrawn.changed_at)
    assert (kept.status, kept.submitted_at, kept.withdrawn_at, unseen) == (S.DRAFT, None, None, [None])
    assert (again.status, again.number, again.title) == (S.SUBMITTED, raised.number, "改后的标题")
    before, after = await afresh().opinions.list_question_opinion_reports(
        ["Q0000001", "Q0000002"], PageArgs(first=20), author
    )
    assert raised.key not in {each.key for each in before.nodes}
    assert again in after.nodes


async def test_who_may_do_what(
    matters: SimpleNamespace, members: list[MemberSeed], draft: OpinionReportDraft, world: World
) -> None:
    """Authors write and take back, staff of the committee lead it on, nobody else does either."""
    desk, author = matters.opinion_desk, as_member(members[0])
    raised = await desk.raise_opinion_report(draft, write_id(), author)
    colleague, stranger = as_member(members[4]), as_member(world.members[0])
    edit = OpinionReportMove(key=raised.key, to=S.EDITING)

    for ask in (colleague, as_official(staff_of(world, "GO_zx331000"))):
        with pytest.raises(NotAllowedError):
            await desk.move_opinion_report(edit, write_id(), ask)
    with pytest.raises(NotFoundError):
        await desk.withdraw_opinion_report(raised.key, None, write_id(), stranger)
    with pytest.raises(NotAllowedError):
        await desk.withdraw_opinion_report(raised.key, None, write_id(), colleague)
    with pytest.raises(NotAllowedError):
        await desk.raise_opinion_report(draft, write_id(), NOBODY)
    with pytest.raises(NotFoundError):
        await desk.revise_opinion_report(draft, write_id(), author)  # it names no report
    with pytest.raises(ForbiddenMoveError) as refused:
        await desk.revise_opinion_report(msgspec.structs.replace(draft, key=raised.key), write_id(), author)
    assert set(refused.value.allowed) == {"EDITING", "WITHDRAWN"}


@pytest.mark.parametrize(
    "change",
    [
        {"category": "NONE"},
        {"co_author_keys": ("M0",)},
        {"co_author_keys": ("M33100000001",)},
        {"title": ""},
        {"sources": (SourceQuestion(key="Q1", title=None, category=None),)},
    ],
)
async def test_words_the_platform_refuses(
    change: dict[str, object], matters: SimpleNamespace, members: list[MemberSeed], draft: OpinionReportDraft
) -> None:
    """Authors of another committee, no title, a question without how it reads."""
    with pytest.raises(RejectedInputError) as refused:
        await matters.opinion_desk.raise_opinion_report(
            msgspec.structs.replace(draft, **change), write_id(), as_member(members[0])
        )

    assert refused.value.upstream_code == "INVALID_BODY"
