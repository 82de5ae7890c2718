"""What the studio service knows, indexed so that any read takes what it answers and not what there is."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from connectors.records.studio import StudioOrder
from connectors.sandbox.paging import Order
from connectors.sandbox.world import StudioSeed, World
from connectors.zheliban.payloads import Grounds
from connectors.zheliban.sandbox.asked import AskedQuestion, Marks
from connectors.zheliban.sandbox.statistics import MemberCounts, StudioCounts, member_counts, studio_counts

NEWEST: Order[AskedQuestion] = Order("NEWEST", lambda question: (-question.asked_at.timestamp(), question.id))
Filter = tuple[bool | None, bool | None]


@dataclass(frozen=True, slots=True)
class Viewer:
    """For whom a question is read; all None or False is the public."""

    account: str | None = None
    member: str | None = None
    staff: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which questions of a studio; None: either."""

    answered: bool | None = None
    waiting: bool | None = None

    @property
    def filter(self) -> "Filter":
        """As the lists are indexed."""
        return self.answered, self.waiting

    def takes(self, question: AskedQuestion) -> bool:
        """Whether a question is one of them."""
        return self.answered in (None, question.answered) and self.waiting in (None, question.waiting)


class StudioStore:
    """Studios, questions, replies, follows and likes of one sandbox."""

    def __init__(self, world: World, questions: Sequence[AskedQuestion], marks: Marks) -> None:
        ordered = sorted(questions, key=NEWEST.place)
        self.studios = {studio.key: studio for studio in world.studios}
        self.questions = {question.id: question for question in ordered}
        self.replies = {reply.id: (reply, question) for question in ordered for reply in question.replies}
        self.marks = marks
        self.studio_counts: dict[str, StudioCounts] = studio_counts(world.studios, ordered, marks)
        self.member_counts: dict[str, MemberCounts] = member_counts(world.members, ordered)
        self.orders = {order: _studio_order(order, self.studio_counts) for order in StudioOrder}
        self.sorted_studios = {name: sorted(world.studios, key=order.place) for name, order in self.orders.items()}
        self._people = {studio.key: frozenset(member.key for member in studio.members) for studio in world.studios}
        self._all = _by_studio(ordered)
        self._public = _by_studio(question for question in ordered if question.public)
        self._own: defaultdict[tuple[str, str], list[AskedQuestion]] = defaultdict(list)
        for question in ordered:
            if not question.public:
                self._own[question.studio.key, question.asker.user_id or ""].append(question)
                if question.addressee is not None:
                    self._own[question.studio.key, question.addressee.key].append(question)

    def grounds(self, question: AskedQuestion, viewer: Viewer) -> Grounds | None:
        """Why somebody may see a question, the first reason that holds; None: they may not."""
        if question.public:
            return Grounds.PUBLIC
        if viewer.account is not None and question.asker.user_id == viewer.account:
            return Grounds.ASKER
        if viewer.member is not None and question.addressee is not None and question.addressee.key == viewer.member:
            return Grounds.ADDRESSEE
        if viewer.member in self._people[question.studio.key]:
            return Grounds.STUDIO
        return Grounds.STAFF if viewer.staff else None

    def seen(self, studio: str, wanted: Wanted, viewer: Viewer) -> Sequence[AskedQuestion]:
        """The studio's questions that the viewer may see, newest first."""
        if viewer.staff or viewer.member in self._people[studio]:
            return self._all.get((studio, wanted.filter), [])
        public = self._public.get((studio, wanted.filter), [])
        mine = [self._own.get((studio, key), []) for key in (viewer.account, viewer.member) if key is not None]
        own = {question.id: question for part in mine for question in part if wanted.takes(question)}
        return sorted([*public, *own.values()], key=NEWEST.place) if own else public


def _by_studio(ordered: Iterable[AskedQuestion]) -> dict[tuple[str, Filter], list[AskedQuestion]]:
    """Each studio's questions, once for every filter that takes them."""
    lists: defaultdict[tuple[str, Filter], list[AskedQuestion]] = defaultdict(list)
    for question in ordered:
        for taken in product((None, question.answered), (None, question.waiting)):
            lists[question.studio.key, taken].append(question)
    return dict(lists)


def _studio_order(order: StudioOrder, counts: dict[str, StudioCounts]) -> Order[StudioSeed]:
    """Highest first; a studio without ratings comes last."""

    def value(studio: StudioSeed) -> float:
        found = counts[studio.key]
        match order:
            case StudioOrder.FOLLOWERS_DESC:
                return found.followers
            case StudioOrder.LIKES_DESC:
                return found.likes
            case StudioOrder.RATING_DESC:
                return found.average_rating or 0.0

    return Order(order.value, lambda studio: (-value(studio), studio.key))
