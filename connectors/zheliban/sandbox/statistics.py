"""Statistics of studios and members, computed from public questions only (``contract/``)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from connectors.sandbox.world import MemberSeed, StudioSeed
from connectors.zheliban.sandbox.asked import AskedQuestion, Marks


@dataclass(frozen=True, slots=True)
class StudioCounts:
    """What citizens did with a studio."""

    followers: int
    likes: int
    average_rating: float | None
    answered_questions: int
    median_reply_minutes: int | None


@dataclass(frozen=True, slots=True)
class MemberCounts:
    """What citizens made of a member's answers."""

    answered_questions: int
    average_rating: float | None


def studio_counts(
    studios: Iterable[StudioSeed], questions: Iterable[AskedQuestion], marks: Marks
) -> dict[str, StudioCounts]:
    """Count for every studio; averages and medians of nothing are None."""
    followers, likes = (Counter(key for keys in each.values() for key in keys) for each in (marks.follows, marks.likes))
    asked: defaultdict[str, list[AskedQuestion]] = defaultdict(list)
    for question in questions:
        if question.public:
            asked[question.studio.key].append(question)
    return {
        studio.key: StudioCounts(
            followers=followers[studio.key],
            likes=likes[studio.key],
            average_rating=_average(asked[studio.key]),
            answered_questions=sum(question.answered for question in asked[studio.key]),
            median_reply_minutes=_median_minutes(asked[studio.key]),
        )
        for studio in studios
    }


def member_counts(members: Iterable[MemberSeed], questions: Iterable[AskedQuestion]) -> dict[str, MemberCounts]:
    """Count for every member the questions they answered, each once."""
    answered: defaultdict[str, list[AskedQuestion]] = defaultdict(list)
    for question in questions:
        if question.public and question.answered:
            for author in {reply.author.key for reply in question.replies}:
                answered[author].append(question)
    return {member.key: MemberCounts(len(answered[member.key]), _average(answered[member.key])) for member in members}


def _average(questions: Sequence[AskedQuestion]) -> float | None:
    scores = [question.rating.score for question in questions if question.rating is not None]
    return round(fmean(scores), 2) if scores else None


def _median_minutes(questions: Sequence[AskedQuestion]) -> int | None:
    waits = [question.replies[0].replied_at - question.asked_at for question in questions if question.replies]
    return int(median(wait.total_seconds() for wait in waits) // 60) if waits else None
