"""Statistics of studios and members, computed from public questions only (``contract/studio.yaml``)."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median

from connectors.zheliban.sandbox.studios.asked import AskedQuestion
from connectors.zheliban.sandbox.studios.filters import IS_ANSWERED, PUBLIC


@dataclass(frozen=True, slots=True)
class AnswerCounts:
    """What citizens made of answers: a studio's or a member's."""

    average_rating: float | None
    answered_questions: int
    median_reply_minutes: int | None


def counts_of(questions: Sequence[AskedQuestion]) -> AnswerCounts:
    """Count; averages and medians of nothing are None."""
    public = [question for question in questions if question.flags & PUBLIC]
    answered = sum(1 for question in public if question.flags & IS_ANSWERED)
    return AnswerCounts(_average(public), answered, _median_minutes(public))


def counts_of_member(member: str, questions: Sequence[AskedQuestion]) -> AnswerCounts:
    """Count the questions a member answered, each once."""
    both = PUBLIC | IS_ANSWERED
    answered = [
        question
        for question in questions
        if question.flags & both == both and any(reply.author.key == member for reply in question.replies)
    ]
    return AnswerCounts(_average(answered), len(answered), None)


def _average(questions: Sequence[AskedQuestion]) -> float | None:
    scores = [question.rating.score for question in questions if question.rating is not None]
    return round(fmean(scores), 2) if scores else None


def _median_minutes(questions: Sequence[AskedQuestion]) -> int | None:
    waits = [question.replies[0].at - question.asked for question in questions if question.replies]
    return int(median(waits) // 60) if waits else None
