"""Makes the sandbox's questions, replies, ratings, follows and likes, the same for the same world.

At the province's scale there are 200,000 questions, so chance is drawn cheaply and what only a page shows (the history,
attachments) is made when it is read.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, count
from typing import TypeVar

from connectors.records.question import Moderation, QuestionKind, QuestionStatus, Visibility
from connectors.regions import REGIONS
from connectors.sandbox.scenes import ASKED, COMMENTS
from connectors.sandbox.world import MemberSeed, PersonSeed, StudioSeed, World
from connectors.zheliban.sandbox.studios.asked import AskedQuestion, GivenRating, GivenReply, Marks
from connectors.zheliban.sandbox.studios.topics import TOPICS

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
_REASONS = ("OUT_OF_SCOPE", "DUPLICATE", "INCOMPLETE")
_MINUTE_SAMPLES = 4096


@dataclass(slots=True)
class _Pen:
    """What writes questions: the chance, the askers, the waits to draw from, now, and the running numbers."""

    chance: Callable[[], float]
    askers: Sequence[PersonSeed]
    waits: Sequence[float]
    now: float
    questions: "count[int]"
    replies: "count[int]"

    def one_of(self, values: Sequence[T]) -> T:
        """Draw one."""
        return values[int(self.chance() * len(values))]


@dataclass(frozen=True, slots=True)
class Scene:
    """What many ask alike, in the words of one place."""

    answer: str
    titles: tuple[str, ...]
    bodies: tuple[str, ...]
    topic: str


def seeded_questions(world: World) -> list[AskedQuestion]:
    """Make about 2,000 questions at county scale and 200,000 at the province's."""
    per_studio = _PER_STUDIO if len(world.studios) < _MANY_STUDIOS else _PER_STUDIO_PROVINCE
    random = world.random("zheliban:questions")
    waits = tuple(random.lognormvariate(5.7, 1.1) * 60 for _ in range(_MINUTE_SAMPLES))
    pen = _Pen(random.random, world.citizens, waits, int(world.today.timestamp()), count(1), count(1))
    return [question for studio in world.studios for question in _of_studio(pen, studio, per_studio)]


def seeded_marks(world: World) -> Marks:
    """Let each account follow and like a few studios, some studios more than others."""
    random = world.random("zheliban:marks")
    keys = [studio.key for studio in world.studios]
    weights = list(accumulate(random.paretovariate(1.2) for _ in keys))
    accounts = [person.user_id for person in world.persons if person.user_id is not None]

    def few() -> frozenset[str]:
        return frozenset(random.choices(keys, cum_weights=weights, k=random.randint(0, 5)))

    return Marks(follows={account: few() for account in accounts}, likes={account: few() for account in accounts})


def _of_studio(pen: _Pen, studio: StudioSeed, number: int) -> list[AskedQuestion]:
    """What was put to one studio; texts that many share are one object."""
    region = REGIONS[studio.committee.region_code].name
    places = tuple(place.format(region) for place in _PLACES)
    told = zip(ASKED[studio.category], TOPICS[studio.category], strict=True)
    scenes = tuple(
        Scene(
            answer,
            tuple(lead + title + tail for lead in _LEADS for tail in _TAILS),
            tuple(place + body for place in places),
            topic,
        )
        for (title, body, answer), topic in told
    )
    return [_question(pen, studio, pen.one_of(scenes)) for _ in range(number)]


def _question(pen: _Pen, studio: StudioSeed, scene: Scene) -> AskedQuestion:
    chance, one_of = pen.chance, pen.one_of
    asked = pen.now - int(60 + chance() * (_DAYS * 86_400 - 60))
    status = one_of(_STATUSES)
    addressee = one_of(studio.members) if chance() < 0.7 else None  # noqa: PLR2004 - most name somebody
    public = chance() < 0.75  # noqa: PLR2004 - a quarter stays private
    authors = (addressee,) if addressee and chance() < 0.9 else studio.members  # noqa: PLR2004 - others help
    replies = _replies(pen, authors, scene.answer, asked) if _replied(pen, status) else ()
    last = replies[-1].at if replies else asked
    untouched = status in (_S.ANSWERED, _S.SUBMITTED)
    return AskedQuestion(
        id=f"Q{next(pen.questions):07d}",
        studio=studio,
        addressee=addressee,
        asker=one_of(pen.askers),
        anonymous=chance() < 0.15,  # noqa: PLR2004 - some
        title=one_of(scene.titles),
        body=one_of(scene.bodies),
        kind=one_of(_KINDS),
        status=status,
        visibility=Visibility.PUBLIC if public else Visibility.PRIVATE,
        moderation=one_of(_MODERATIONS) if public else Moderation.NOT_ASKED,
        asked=asked,
        replies=replies,
        rating=_rating(pen, status) if replies else None,
        changed=last if untouched else last + int(min(one_of(pen.waits), (pen.now - last) / 2)),
        topic=scene.topic,
        category=studio.category.value,
        reason_code=one_of(_REASONS) if status is _S.REJECTED else None,
    )


def _replied(pen: _Pen, status: QuestionStatus) -> bool:
    """Whether somebody answered; a question may be closed without, after it was handed on or given back."""
    if status is _S.CLOSED:
        return pen.chance() < 0.85  # noqa: PLR2004 - most of them
    return status in (_S.ANSWERED, _S.RATED, _S.REOPENED)


def _replies(pen: _Pen, authors: Sequence[MemberSeed], answer: str, asked: float) -> tuple[GivenReply, ...]:
    """One reply, sometimes a second, after hours or days but never in the future."""
    at = asked + int(min(pen.one_of(pen.waits), (pen.now - asked) / 2))
    first = GivenReply(f"R{next(pen.replies):07d}", pen.one_of(authors), answer, at)
    if pen.chance() >= 0.12:  # noqa: PLR2004 - sometimes
        return (first,)
    at += int(min(pen.one_of(pen.waits), (pen.now - at) / 2))
    return first, GivenReply(f"R{next(pen.replies):07d}", pen.one_of(authors), _MORE, at)


def _rating(pen: _Pen, status: QuestionStatus) -> GivenRating | None:
    if status is _S.ANSWERED or (status is _S.CLOSED and pen.chance() < 0.5):  # noqa: PLR2004 - half were rated
        return None
    score = pen.one_of(_LOW_SCORES if status is _S.REOPENED else _SCORES)
    praise = score >= 4 and pen.chance() < 0.6  # noqa: PLR2004 - who is content says so, sometimes
    return GivenRating(score, pen.one_of(COMMENTS) if praise else None)
