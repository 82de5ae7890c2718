"""What people do to questions: who may, where it goes, what it answers, and that it happens once."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest

from connectors.deadline import Deadline
from connectors.errors import (
    NotAllowedError,
    NotFoundError,
    OutcomeUnknownError,
    PlatformError,
    RejectedInputError,
    WriteIdReusedError,
)
from connectors.records.page import PageArgs
from connectors.records.question import (
    Moderation,
    Question,
    QuestionKind,
    QuestionQuery,
    QuestionStatus,
    Visibility,
)
from connectors.records.question_writes import (
    ModerationVerdict,
    NewQuestion,
    NewRating,
    NewReply,
    QuestionMove,
)
from connectors.records.studio import StudioCategory
from connectors.sandbox.faults import Fault, FaultKind
from connectors.sandbox.world import World
from connectors.viewer import Ask, Role

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


def new_question(world: World, **changed: Any) -> NewQuestion:
    """A question to the first studio."""
    studio = world.studios[0]
    facts = {
        "studio_key": studio.key,
        "category": StudioCategory.LAW,
        "kind": QuestionKind.CONSULTATION,
        "title": "电梯坏了一周没人修",
        "body": "物业说没有维修资金 100%+。",
    }
    return NewQuestion(**(facts | changed))


async def raised(write: Awaitable[Any]) -> PlatformError:
    """The error a write ends with."""
    with pytest.raises(PlatformError) as caught:
        await write
    return caught.value


async def test_a_question_is_asked_and_found_everywhere(fresh: SimpleNamespace, world: World, asking: Asking) -> None:
    """It is the newest of its asker, its studio and its addressee, waits for moderation, and nobody else sees it."""
    account, member = world.citizens[7].user_id or "", world.studios[0].members[1].key
    question = new_question(world, addressee_key=member, visibility=Visibility.PUBLIC)

    asked = await fresh.desk.ask_question(question, write_id(), asking(account))

    assert (asked.title, asked.body, asked.status) == (question.title, question.body, S.SUBMITTED)
    assert (asked.visibility, asked.moderation) == (Visibility.PRIVATE, Moderation.WAITING)
    assert (asked.studio.name, asked.addressee.key) == (world.studios[0].name, member)
    assert [(step.status, step.by) for step in asked.history] == [(S.SUBMITTED, "提问人")]
    questions, ask, studio = fresh.questions, asking(account), world.studios[0].key
    lists = [
        *await questions.list_own_questions([account], QuestionQuery(), PAGE, ask),
        *await questions.list_studio_questions([studio], QuestionQuery(waiting=True), PAGE, ask),
        *await questions.list_member_questions([member], QuestionQuery(), PAGE, ask),
        *await questions.list_questions([QuestionQuery(own=True)], PAGE, ask),
        *await questions.list_questions([QuestionQuery(category=StudioCategory.LAW)], PAGE, staff(asking)),
    ]
    assert [page.nodes[0].key for page in lists] == [asked.key] * 5
    assert await questions.load_questions([asked.key], asking("somebody")) == [None]
    (page,) = await questions.list_found_questions(["电梯坏了"], PAGE, ask)
    assert page.total == 0


async def test_a_member_answers_and_the_citizen_rates(fresh: SimpleNamespace, world: World, asking: Asking) -> None:
    """Operations 04 to 06: asked, answered from a waiting state, rated; statistics count it once it is published."""
    account, member = world.citizens[8].user_id or "", world.studios[0].members[0]
    studio = world.studios[0].key
    question = new_question(world, visibility=Visibility.PUBLIC)
    asked = await fresh.desk.ask_question(question, write_id(), asking(account))

    answered = await fresh.desk.answer_question(
        NewReply(question_key=asked.key, body="请业委会申请应急维修资金。"), write_id(), asking(member_key=member.key)
    )
    (before,) = await fresh.studios.load_studio_statistics([studio], asking())
    rated = await fresh.desk.rate_answer(
        NewRating(question_key=asked.key, score=5, comment="解答很清楚"), write_id(), asking(account)
    )
    published = await fresh.desk.moderate_question(
        ModerationVerdict(key=asked.key, publish=True), write_id(), staff(asking)
    )

    assert (answered.question.status, answered.question.replies[0].key) == (S.ANSWERED, answered.reply_key)
    assert answered.question.replies[0].author.name == member.person.name
    assert (rated.status, rated.rating.score, rated.rating.comment) == (S.RATED, 5, "解答很清楚")
    assert [step.status for step in rated.history] == [S.SUBMITTED, S.ANSWERED, S.RATED]
    assert published.visibility is Visibility.PUBLIC
    (after,) = await fresh.again().studios.load_studio_statistics([studio], asking())
    (reply,) = await fresh.questions.load_replies([answered.reply_key], asking())
    (found,) = await fresh.questions.list_found_questions(["电梯 没人修"], PAGE, asking())
    assert after.answered_questions == before.answered_questions + 1
    assert reply.body == "请业委会申请应急维修资金。"
    assert [row.node.key for row in found.edges] == [asked.key]
    assert 0 < found.edges[0].score <= 1


async def test_the_same_write_id_does_it_once(fresh: SimpleNamespace, world: World, asking: Asking) -> None:
    """Sent again it answers what it answered, though the question went on; with other words it is refused."""
    ask, write = asking(world.citizens[9].user_id), write_id()
    first = await fresh.desk.ask_question(new_question(world), write, ask)
    member = asking(member_key=world.studios[0].members[0].key)
    await fresh.desk.answer_question(NewReply(question_key=first.key, body="好"), write_id(), member)

    again = await fresh.desk.ask_question(new_question(world), write, ask)
    other = await raised(fresh.desk.ask_question(new_question(world, title="别的"), write, ask))
    elsewhere = await raised(fresh.desk.rate_answer(NewRating(question_key=first.key, score=5), write, ask))

    assert again == first
    assert [type(error) for error in (other, elsewhere)] == [WriteIdReusedError] * 2
    assert other.upstream_code == "STUDIO-WRITE-ID-REUSED"


async def test_a_lost_answer_can_be_asked_again(fresh: SimpleNamespace, world: World, asking: Asking) -> None:
    """Whatever became of the answer: the write is done, its outcome unknown, and the same id tells and doubles nothing."""
    ask, write = asking(world.citizens[10].user_id), write_id()
    for kind in (FaultKind.RESET, FaultKind.TRUNCATED, FaultKind.SCHEMA_DRIFT):
        fresh.app.faults.put(Fault(kind, "questions.ask"))
        with suppress(OutcomeUnknownError):
            await fresh.desk.ask_question(new_question(world), write, ask)
    fresh.app.faults.clear()

    done = await fresh.desk.ask_question(new_question(world), write, ask)

    (own,) = await fresh.questions.list_own_questions(list(ask.viewer.accounts.values()), QuestionQuery(), PAGE, ask)
    assert [question.key for question in own.nodes if question.title == done.title] == [done.key]


async def test_a_drifted_answer_costs_the_field(fresh: SimpleNamespace, world: World, asking: Asking) -> None:
    """A write whose answer has changed its form is done all the same; what can be read is handed on."""
    fresh.app.faults.put(Fault(FaultKind.SCHEMA_DRIFT, "questions.ask"))

    asked = await fresh.desk.ask_question(new_question(world), write_id(), asking(world.citizens[11].user_id))

    assert asked.key.startswith("Q")
    assert any(isinstance(getattr(asked, name), PlatformError) for name in ("title", "body", "status", "asked_at"))


@pytest.mark.parametrize(
    "changed",
    [
        {"title": ""},
        {"title": "长" * 101},
        {"body": "长" * 2001},
        {"addressee_key": "M-none"},
        {"attachment_keys": ("A-none",)},
        {"attachment_keys": tuple(f"A{n}" for n in range(10))},
        {"studio_key": "a b"},
    ],
)
async def test_what_cannot_be_asked_is_the_callers_to_mend(
    fresh: SimpleNamespace, world: World, asking: Asking, changed: Any
) -> None:
    """Texts that are empty or too long, members of other studios, files of others."""
    ask = asking(world.citizens[0].user_id)

    error = await raised(fresh.desk.ask_question(new_question(world, **changed), write_id(), ask))

    assert type(error) is RejectedInputError
    assert error.upstream_code == "STUDIO-BODY-INVALID"


async def test_who_is_nobody_here_cannot_write(fresh: SimpleNamespace, world: World, asking: Asking) -> None:
    """Without an account, membership or office nothing is sent; an unknown studio or question is told as such."""
    nobody, citizen = asking(), asking(world.citizens[0].user_id)
    desk, move = fresh.desk, QuestionMove(key="Q-none", to=S.CLOSED)
    unsent = [
        desk.ask_question(new_question(world), write_id(), nobody),
        desk.rate_answer(NewRating(question_key="Q1", score=1), write_id(), nobody),
        desk.answer_question(NewReply(question_key="Q1", body="b"), write_id(), citizen),
        desk.move_question(move, write_id(), nobody),
        desk.moderate_question(ModerationVerdict(key="Q1", publish=True), write_id(), citizen),
    ]

    assert [type(await raised(write)) for write in unsent] == [NotAllowedError] * 5
    assert fresh.requests == []
    stranger = asking("nobody-we-know")
    assert type(await raised(desk.ask_question(new_question(world), write_id(), stranger))) is NotAllowedError
    studio = new_question(world, studio_key="S-none")
    for write in (desk.ask_question(studio, write_id(), citizen), desk.move_question(move, write_id(), citizen)):
        assert type(await raised(write)) is NotFoundError


async def test_writes_can_be_asked_for(fresh: SimpleNamespace, world: World, asking: Asking) -> None:
    """``GET /writes`` tells what was done and what it answered; what was refused or never sent is not there."""
    done, refused, ask = write_id(), write_id(), asking(world.citizens[12].user_id)
    question: Question = await fresh.desk.ask_question(new_question(world), done, ask)
    await raised(fresh.desk.ask_question(new_question(world, title=""), refused, ask))
    client, component = fresh.made.sources[0]._service.client, fresh.made.sources[0]._service.component

    data = await client.get(
        "studio.writes",
        component,
        "/studio/v1/writes",
        {"ids": f"{done},{refused},never-sent-000000"},
        Deadline.after(30),
    )

    (row,) = data.decoded(dict[str, Any])["items"]
    assert (row["id"], row["operation"], row["answer"]["id"]) == (done, "questions.ask", question.key)
