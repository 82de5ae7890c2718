"""Makes the sandbox's questions, replies, ratings, follows and likes, the same for the same world."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate, count
from random import Random
from typing import TypeVar

from connectors.records.question import QuestionKind, QuestionStatus, Visibility
from connectors.regions import REGIONS
from connectors.sandbox.scenes import ASKED, COMMENTS
from connectors.sandbox.world import MemberSeed, PersonSeed, StudioSeed, World
from connectors.zheliban.payloads import Moderation
from connectors.zheliban.sandbox.asked import AskedQuestion, GivenRating, GivenReply, Marks

T = TypeVar("T")


def _bag(weights: dict[T, int]) -> tuple[T, ...]:
    """As many of each as its weight, to draw from."""
    return tuple(value for value, weight in weights.items() for _ in range(weight))


_PER_STUDIO, _PER_STUDIO_PROVINCE, _MANY_STUDIOS = 50, 200, 200
_DAYS = 400
_S = QuestionStatus
_STATUSES = _bag(
    {
        _S.ANSWERED: 26,
        _S.RATED: 26,
        _S.CLOSED: 11,
        _S.SUBMITTED: 8,
        _S.ACCEPTED: 5,
        _S.ASSIGNED: 6,
        _S.IN_PROGRESS: 5,
        _S.REOPENED: 3,
        _S.RETURNED: 3,
        _S.TRANSFERRED: 4,
        _S.REJECTED: 3,
    }
)
_KINDS = _bag(
    {
        QuestionKind.CONSULTATION: 60,
        QuestionKind.HELP: 18,
        QuestionKind.SUGGESTION: 14,
        QuestionKind.COMPLAINT: 6,
        QuestionKind.REPORT: 2,
    }
)
_MODERATIONS = _bag({Moderation.PUBLISHED: 88, Moderation.WAITING: 8, Moderation.REFUSED: 4})
_LEADS = ("", "", "", "请问", "咨询一下：", "想问问：", "急：", "帮忙看看：")
_TAILS = ("", "", "", "谢谢委员！", "盼回复。", "麻烦解答一下。")
_PLACES = ("", "我住在{}。", "家在{}。", "人在{}，", "我们{}这边，")
_MORE = "补充一点：如还有疑问，可在每周四委员值班日到工作室当面咨询，请带上相关材料。"
_SCORES = (5, 5, 5, 5, 4, 4, 4, 3, 2)
_LOW_SCORES = (1, 2, 2)


@dataclass(slots=True)
class _Pen:
    """What writes questions: the chance, the askers and the running numbers."""

    random: Random
    askers: Sequence[PersonSeed]
    questions: "count[int]"
    replies: "count[int]"


def seeded_questions(world: World) -> list[AskedQuestion]:
    """Make about 2,000 questions at county scale and 200,000 at the province's."""
    per_studio = _PER_STUDIO if len(world.studios) < _MANY_STUDIOS else _PER_STUDIO_PROVINCE
    pen = _Pen(world.random("zheliban:questions"), world.citizens, count(1), count(1))
    return [_question(pen, world, studio) for studio in world.studios for _ in range(per_studio)]


def seeded_marks(world: World) -> Marks:
    """Let each account follow and like a few studios, some studios more than others."""
    random = world.random("zheliban:marks")
    keys = [studio.key for studio in world.studios]
    weights = list(accumulate(random.paretovariate(1.2) for _ in keys))
    accounts = [person.user_id for person in world.persons if person.user_id is not None]

    def few() -> frozenset[str]:
        return frozenset(random.choices(keys, cum_weights=weights, k=random.randint(0, 5)))

    return Marks(follows={account: few() for account in accounts}, likes={account: few() for account in accounts})


def _question(pen: _Pen, world: World, studio: StudioSeed) -> AskedQuestion:
    random = pen.random
    title, body, answer = random.choice(ASKED[studio.category])
    asked_at = world.today.replace(microsecond=0) - timedelta(seconds=random.randint(60, _DAYS * 86_400))
    status = random.choice(_STATUSES)
    addressee = random.choice(studio.members) if random.random() < 0.7 else None  # noqa: PLR2004 - most name somebody
    public = random.random() < 0.75  # noqa: PLR2004 - a quarter stays private
    authors = (addressee,) if addressee and random.random() < 0.9 else studio.members  # noqa: PLR2004 - others help
    replies = tuple(_replies(pen, authors, answer, asked_at, world.today)) if _replied(random, status) else ()
    return AskedQuestion(
        id=f"Q{next(pen.questions):07d}",
        studio=studio,
        addressee=addressee,
        asker=random.choice(pen.askers),
        anonymous=random.random() < 0.15,  # noqa: PLR2004 - some
        title=random.choice(_LEADS) + title + random.choice(_TAILS),
        body=random.choice(_PLACES).format(REGIONS[studio.committee.region_code].name) + body,
        kind=random.choice(_KINDS),
        status=status,
        visibility=Visibility.PUBLIC if public else Visibility.PRIVATE,
        moderation=random.choice(_MODERATIONS) if public else Moderation.NOT_ASKED,
        asked_at=asked_at,
        replies=replies,
        rating=_rating(random, status) if replies else None,
    )


def _replied(random: Random, status: QuestionStatus) -> bool:
    """Whether somebody answered; a question may be closed without, after it was handed on or given back."""
    if status is _S.CLOSED:
        return random.random() < 0.85  # noqa: PLR2004 - most of them
    return status in (_S.ANSWERED, _S.RATED, _S.REOPENED)


def _replies(
    pen: _Pen, authors: Sequence[MemberSeed], answer: str, asked_at: datetime, today: datetime
) -> Iterator[GivenReply]:
    """One reply, sometimes a second, after hours or days but never in the future."""
    at, body = asked_at, answer
    for _ in range(2 if pen.random.random() < 0.12 else 1):  # noqa: PLR2004 - sometimes
        at += min(timedelta(minutes=pen.random.lognormvariate(5.7, 1.1)), (today - at) / 2)
        yield GivenReply(f"R{next(pen.replies):07d}", pen.random.choice(authors), body, at.replace(microsecond=0))
        body = _MORE


def _rating(random: Random, status: QuestionStatus) -> GivenRating | None:
    if status is _S.ANSWERED or (status is _S.CLOSED and random.random() < 0.5):  # noqa: PLR2004 - half were rated
        return None
    score = random.choice(_LOW_SCORES if status is _S.REOPENED else _SCORES)
    praise = score >= 4 and random.random() < 0.6  # noqa: PLR2004 - who is content says so, sometimes
    return GivenRating(score, random.choice(COMMENTS) if praise else None)
