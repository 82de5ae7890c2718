"""What moderators see of questions that are not public, and what brings a public one back to them."""

from collections.abc import Awaitable, Callable
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest

from connectors.records.page import PageArgs
from connectors.records.question import Moderation, QuestionQuery, QuestionStatus, Visibility
from connectors.records.question_writes import ModerationVerdict, NewRating, NewReply, QuestionMove
from connectors.viewer import Ask, Role
from connectors.zheliban.sandbox.studios.asked import AskedQuestion

Asking = Callable[..., Ask]
PAGE = PageArgs(first=100, with_total=True)
_numbers = count(1)


def write_id() -> str:
    """An id nobody used."""
    return f"test-moderating-{next(_numbers):06d}"


def moderator(asking: Asking) -> Ask:
    """An official of no committee's office, who was given the role."""
    return asking(employee_code="GE_mod", roles=frozenset({Role.OFFICIAL, Role.MODERATOR}))


def published(asked: list[AskedQuestion], *statuses: QuestionStatus) -> AskedQuestion:
    """A public question in one of these states."""
    return next(q for q in asked if q.public and q.status in statuses)


async def test_moderators_see_what_they_decide_on_and_no_more(
    fresh: SimpleNamespace, asked: list[AskedQuestion], asking: Asking
) -> None:
    """By key and in lists: what waits and what was refused, but nothing its asker keeps private."""
    of = {state: next(q for q in asked if q.moderation is state) for state in Moderation}
    keys = [of[state].id for state in Moderation]

    by_key = await fresh.questions.load_questions(keys, moderator(asking))
    lists = [
        await fresh.questions.list_questions([QuestionQuery(moderation=state)], PAGE, moderator(asking))
        for state in (Moderation.WAITING, Moderation.NOT_ASKED)
    ]
    (studio,) = await fresh.questions.list_studio_questions(
        [of[Moderation.NOT_ASKED].studio.key], QuestionQuery(), PAGE, moderator(asking)
    )

    assert {q.moderation for q in by_key if q is not None} == set(Moderation) - {Moderation.NOT_ASKED}
    assert [page.total > 0 for (page,) in lists] == [True, False]
    assert Moderation.NOT_ASKED not in {q.moderation for q in studio.nodes}


ADDED: dict[str, tuple[QuestionStatus, Callable[..., Awaitable[Any]]]] = {
    "reply": (
        QuestionStatus.ASSIGNED,
        lambda desk, q, asking: desk.answer_question(
            NewReply(question_key=q.id, body="答"), write_id(), asking(member_key=q.studio.members[0].key)
        ),
    ),
    "comment": (
        QuestionStatus.ANSWERED,
        lambda desk, q, asking: desk.rate_answer(
            NewRating(question_key=q.id, score=5, comment="好"), write_id(), asking(q.asker.user_id)
        ),
    ),
    "note": (
        QuestionStatus.ANSWERED,
        lambda desk, q, asking: desk.move_question(
            QuestionMove(key=q.id, to=QuestionStatus.REOPENED, note="还有疑问"), write_id(), asking(q.asker.user_id)
        ),
    ),
}


@pytest.mark.parametrize("added", ADDED)
async def test_words_added_to_a_public_question_wait_with_it(
    fresh: SimpleNamespace, asked: list[AskedQuestion], asking: Asking, added: str
) -> None:
    """Nobody else sees question or words until a moderator has looked at both."""
    status, add = ADDED[added]
    question = published(asked, status)

    changed = await add(fresh.desk, question, asking)
    (hidden,) = await fresh.again().questions.load_questions([question.id], asking())
    verdict = ModerationVerdict(key=question.id, publish=True)
    again = await fresh.desk.moderate_question(verdict, write_id(), moderator(asking))

    assert getattr(changed, "question", changed).moderation is Moderation.WAITING
    assert hidden is None
    assert again.visibility is Visibility.PUBLIC


async def test_a_rating_without_words_leaves_a_public_question_public(
    fresh: SimpleNamespace, asked: list[AskedQuestion], asking: Asking
) -> None:
    """A score says nothing that had to be looked at."""
    question = published(asked, QuestionStatus.ANSWERED)

    rated = await fresh.desk.rate_answer(
        NewRating(question_key=question.id, score=5), write_id(), asking(question.asker.user_id)
    )

    assert rated.moderation is Moderation.PUBLISHED
