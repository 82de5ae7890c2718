"""Who may bring a question where, and what its moves leave behind."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest

from connectors.errors import (
    ForbiddenMoveError,
    NotAllowedError,
    PlatformError,
    RejectedInputError,
)
from connectors.records.page import PageArgs
from connectors.records.question import (
    NEXT,
    WAITING,
    Moderation,
    QuestionQuery,
    QuestionStatus,
    Visibility,
)
from connectors.records.question_writes import (
    ModerationVerdict,
    NewReply,
    QuestionExtension,
    QuestionMove,
    TransferTarget,
)
from connectors.sandbox.world import World
from connectors.viewer import Ask, Role
from connectors.zheliban.sandbox.studios.asked import AskedQuestion

Asking = Callable[..., Ask]
S = QuestionStatus
PAGE = PageArgs(first=5, with_total=True)
_numbers = count(1)


def write_id() -> str:
    """An id nobody used."""
    return f"test-write-{next(_numbers):06d}"


def staff(asking: Asking) -> Ask:
    """Somebody of a committee's office."""
    return asking(employee_code="GE_staff", roles=frozenset({Role.OFFICIAL, Role.STAFF}))


async def raised(write: Awaitable[Any]) -> PlatformError:
    """The error a write ends with."""
    with pytest.raises(PlatformError) as caught:
        await write
    return caught.value


MOVABLE = [
    S.ACCEPTED,
    S.REJECTED,
    S.ASSIGNED,
    S.IN_PROGRESS,
    S.RETURNED,
    S.TRANSFERRED,
    S.CLOSED,
    S.REOPENED,
]


def move_to(question: AskedQuestion, to: QuestionStatus) -> QuestionMove:
    """A complete move."""
    return QuestionMove(
        key=question.id,
        to=to,
        note="说明",
        member_keys=(question.studio.members[0].key,) if to is S.ASSIGNED else (),
        reason_code="OUT_OF_SCOPE" if to is S.REJECTED else None,
        target=TransferTarget.WORK_ORDER if to is S.TRANSFERRED else None,
    )


@pytest.mark.parametrize("status", list(S), ids=lambda status: status.value)
async def test_moves_keep_to_the_table(
    fresh: SimpleNamespace, asked: list[AskedQuestion], asking: Asking, status: QuestionStatus
) -> None:
    """Domain-terms section 5: from each state each move is done or refused, naming the states it can go to."""
    questions = iter([q for q in asked if q.status is status])
    for to in MOVABLE:
        question = next(questions)
        everybody = asking(
            question.asker.user_id,
            member_key=question.studio.members[0].key,
            employee_code="GE_staff",
            roles=frozenset({Role.STAFF}),
        )
        if to in NEXT[status]:
            moved = await fresh.desk.move_question(move_to(question, to), write_id(), everybody)
            assert (moved.status, moved.history[-1].status, moved.history[-1].note) == (to, to, "说明")
            assert moved.history[-2].status is status
            assert moved.history[-1].at >= moved.history[-2].at
            continue
        error = await raised(fresh.desk.move_question(move_to(question, to), write_id(), everybody))
        assert isinstance(error, ForbiddenMoveError)
        assert set(error.allowed) == {each.value for each in NEXT[status]} | (
            {"ANSWERED"} if status in WAITING else set()
        )


@pytest.mark.parametrize("status", list(S), ids=lambda status: status.value)
async def test_members_answer_from_waiting_states_only(
    fresh: SimpleNamespace, asked: list[AskedQuestion], asking: Asking, status: QuestionStatus
) -> None:
    """Any waiting state can be answered from, no other."""
    question = next(q for q in asked if q.status is status)
    ask = asking(member_key=question.studio.members[-1].key)
    write = fresh.desk.answer_question(NewReply(question_key=question.id, body="答"), write_id(), ask)

    if status in WAITING:
        assert (await write).question.status is S.ANSWERED
    else:
        assert isinstance(await raised(write), ForbiddenMoveError)


@pytest.mark.parametrize(
    ("status", "to", "who"),
    [
        (S.SUBMITTED, S.ACCEPTED, {"member", "staff"}),
        (S.SUBMITTED, S.REJECTED, {"member", "staff"}),
        (S.ASSIGNED, S.IN_PROGRESS, {"member"}),
        (S.ASSIGNED, S.RETURNED, {"member"}),
        (S.ANSWERED, S.REOPENED, {"asker", "staff"}),
        (S.ANSWERED, S.CLOSED, {"asker", "member", "staff"}),
    ],
)
async def test_only_who_may_moves_a_question(
    fresh: SimpleNamespace, world: World, asked: list[AskedQuestion], asking: Asking, status: S, to: S, who: set[str]
) -> None:
    """Asker, members of the studio and staff each have their moves; strangers have none."""
    questions = iter([q for q in asked if q.status is status])
    people = ("asker", "member", "staff", "stranger", "other member", "official")
    for name in people:
        question = next(questions)
        own = {member.key for member in question.studio.members}
        asks = {
            "asker": asking(question.asker.user_id),
            "member": asking(member_key=question.studio.members[0].key),
            "staff": staff(asking),
            "stranger": asking(next(p.user_id for p in world.citizens if p is not question.asker)),
            "other member": asking(member_key=next(m.key for m in world.members if m.key not in own)),
            "official": asking("u9", employee_code="GE_other", roles=frozenset({Role.OFFICIAL})),
        }
        write = fresh.desk.move_question(move_to(question, to), write_id(), asks[name])
        if name in who:
            assert (await write).status is to
        else:
            assert type(await raised(write)) is NotAllowedError


@pytest.mark.parametrize("to", [S.ASSIGNED, S.REJECTED, S.TRANSFERRED])
async def test_a_move_wants_what_belongs_to_it(
    fresh: SimpleNamespace, asked: list[AskedQuestion], asking: Asking, to: QuestionStatus
) -> None:
    """Assigning wants members of the studio, rejecting a reason, transferring a target."""
    question = next(q for q in asked if q.status is S.SUBMITTED)

    bare = await raised(fresh.desk.move_question(QuestionMove(key=question.id, to=to), write_id(), staff(asking)))
    strangers = QuestionMove(key=question.id, to=S.ASSIGNED, member_keys=("M-none",))
    stranger = await raised(fresh.desk.move_question(strangers, write_id(), staff(asking)))

    assert [type(error) for error in (bare, stranger)] == [RejectedInputError] * 2


async def test_what_moves_leave_is_read(fresh: SimpleNamespace, asked: list[AskedQuestion], asking: Asking) -> None:
    """An assigned member finds the question in their list; a reason and an extension stand in the question."""
    one, two = (q for q, _ in zip((q for q in asked if q.status is S.SUBMITTED), range(2), strict=False))
    member = next(m for m in one.studio.members if m is not one.addressee)
    assign = QuestionMove(key=one.id, to=S.ASSIGNED, member_keys=(member.key,))
    until = (one.asked_at + timedelta(days=600)).date()

    await fresh.desk.move_question(assign, write_id(), staff(asking))
    extended = await fresh.desk.extend_question(QuestionExtension(key=one.id, until=until), write_id(), staff(asking))
    rejected = await fresh.desk.move_question(move_to(two, S.REJECTED), write_id(), staff(asking))
    too_soon = QuestionExtension(key=one.id, until=one.asked_at.date())
    past = await raised(fresh.desk.extend_question(too_soon, write_id(), staff(asking)))
    ended = await raised(
        fresh.desk.extend_question(QuestionExtension(key=two.id, until=until), write_id(), staff(asking))
    )

    (page,) = await fresh.questions.list_member_questions(
        [member.key], QuestionQuery(statuses=(S.ASSIGNED,)), PageArgs(first=100), asking(member_key=member.key)
    )
    assert one.id in {question.key for question in page.nodes}
    assert (extended.status, extended.extended_until) == (S.ASSIGNED, until)
    assert rejected.reason_code == "OUT_OF_SCOPE"
    assert [type(past), type(ended)] == [RejectedInputError, ForbiddenMoveError]


async def test_moderation_publishes_and_takes_back(
    fresh: SimpleNamespace, asked: list[AskedQuestion], asking: Asking
) -> None:
    """What waits is published or refused by a moderator; what its asker keeps private never is."""
    waiting = next(q for q in asked if q.moderation is Moderation.WAITING)
    private = next(q for q in asked if q.moderation is Moderation.NOT_ASKED)
    moderator = asking(employee_code="GE_mod", roles=frozenset({Role.OFFICIAL, Role.MODERATOR}))
    queue = QuestionQuery(moderation=Moderation.WAITING)
    before = await waiting_count(fresh, queue, asking)

    published = await fresh.desk.moderate_question(
        ModerationVerdict(key=waiting.id, publish=True), write_id(), moderator
    )
    (seen,) = await fresh.questions.load_questions([waiting.id], asking())
    back = await fresh.desk.moderate_question(
        ModerationVerdict(key=waiting.id, publish=False, note="涉及隐私"), write_id(), moderator
    )
    never = await raised(
        fresh.desk.moderate_question(ModerationVerdict(key=private.id, publish=True), write_id(), moderator)
    )

    assert (published.visibility, seen.key) == (Visibility.PUBLIC, waiting.id)
    assert (back.visibility, back.moderation) == (Visibility.PRIVATE, Moderation.REFUSED)
    assert isinstance(never, ForbiddenMoveError)
    assert await waiting_count(fresh, queue, asking) == before - 1


async def waiting_count(fresh: SimpleNamespace, query: QuestionQuery, asking: Asking) -> int:
    """How many staff find just now."""
    (found,) = await fresh.again().questions.list_questions([query], PAGE, staff(asking))
    return int(found.total)
