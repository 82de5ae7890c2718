"""The seeded questions look like a year of a county's studios."""

from collections import Counter

from connectors.records.question import Moderation, QuestionStatus, Visibility
from connectors.sandbox.world import World
from connectors.zheliban.sandbox.studios.asked import AskedQuestion
from connectors.zheliban.sandbox.studios.seeding import seeded_marks, seeded_questions


def test_the_same_world_has_the_same_questions(world: World, asked: list[AskedQuestion]) -> None:
    """Data are made from the world's seed alone."""
    assert seeded_questions(world) == asked
    assert seeded_marks(world) == seeded_marks(world)


def test_there_is_some_of_everything(asked: list[AskedQuestion]) -> None:
    """Every status and moderation is met; most are answered, a quarter is private, some are anonymous."""
    total = len(asked)

    assert total == 2000
    assert {q.status for q in asked} == set(QuestionStatus)
    assert {q.moderation for q in asked} == set(Moderation)
    assert 0.5 < sum(q.answered for q in asked) / total < 0.7
    assert 0.2 < sum(q.visibility is Visibility.PRIVATE for q in asked) / total < 0.3
    assert 0.05 < sum(q.anonymous for q in asked) / total < 0.3
    assert Counter(len(q.replies) for q in asked).keys() == {0, 1, 2}


def test_questions_keep_the_rules_of_their_states(world: World, asked: list[AskedQuestion]) -> None:
    """Answers exist where the state says so, come from the studio, after the question and before today."""
    for question in asked:
        if question.status in {QuestionStatus.ANSWERED, QuestionStatus.RATED, QuestionStatus.REOPENED}:
            assert question.replies
        if question.waiting and question.status is not QuestionStatus.REOPENED:
            assert not question.replies
        assert (question.rating is not None) >= (question.status is QuestionStatus.RATED)
        assert question.rating is None or question.replies
        assert (world.today - question.asked_at).days <= 400
        times = [question.asked_at, *(reply.replied_at for reply in question.replies), world.today]
        assert times == sorted(times)
        assert {reply.author.key for reply in question.replies} <= {m.key for m in question.studio.members}
        assert question.public <= (question.moderation is Moderation.PUBLISHED)
