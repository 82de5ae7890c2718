"""What the studio service knows, indexed so that any read takes what it answers and not what there is."""

import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from connectors.records.studio import StudioOrder
from connectors.sandbox.paging import Order
from connectors.sandbox.world import MemberSeed, PersonSeed, StudioSeed, World
from connectors.zheliban.sandbox.shelf import Shelf
from connectors.zheliban.sandbox.studios.asked import UNDECIDED, AskedQuestion, GivenReply, Marks
from connectors.zheliban.sandbox.studios.counting import AnswerCounts, counts_of, counts_of_member
from connectors.zheliban.sandbox.studios.filters import PUBLIC, Viewer, Wanted, flags_of
from connectors.zheliban.sandbox.studios.ledger import Ledger
from connectors.zheliban.sandbox.world_time import WorldTime
from connectors.zheliban.studios.payloads import Grounds

NEWEST: Order[AskedQuestion] = Order("ASKED_AT_DESC", lambda question: (-question.asked, question.id))
CHANGED: Order[AskedQuestion] = Order("CHANGED_AT_ASC", lambda question: (question.changed, question.id))
Rows = list[AskedQuestion]


class StudioStore:
    """Studios, questions, replies, follows and likes of one sandbox; ``time`` is what it writes down."""

    def __init__(
        self, world: World, questions: Sequence[AskedQuestion], marks: Marks, clock: Callable[[], float] = time.time
    ) -> None:
        self.time = WorldTime(world, clock)
        self.studios = {studio.key: studio for studio in world.studios}
        self.members = {member.key: member for member in world.members}
        self.people = {person.user_id: person for person in world.persons if person.user_id is not None}
        self.marks = marks
        self.shelf = Shelf()
        self.of_studio: dict[str, Rows] = {key: [] for key in self.studios}
        self.of_member: defaultdict[str, Rows] = defaultdict(list)
        self.of_asker: defaultdict[str, Rows] = defaultdict(list)
        self.questions: dict[str, AskedQuestion] = {}
        self.replies: dict[str, tuple[GivenReply, AskedQuestion]] = {}
        self._people = {studio.key: frozenset(member.key for member in studio.members) for studio in world.studios}
        for question in sorted(questions, key=NEWEST.place):
            self._enter(question)
        self.ledger = Ledger(list(reversed(self.questions.values())))
        self._followers, self._likes = (
            Counter(key for keys in each.values() for key in keys) for each in (marks.follows, marks.likes)
        )
        self._replied = {key: _times(rows) for key, rows in self.of_studio.items()}
        self._counts: dict[str, AnswerCounts] = {key: counts_of(rows) for key, rows in self.of_studio.items()}
        self.orders = {order: Order(order.value, self._place(order)) for order in StudioOrder}
        self._sorted: dict[StudioOrder, list[StudioSeed]] = {}

    def _enter(self, question: AskedQuestion) -> None:
        question.flags = flags_of(question)
        self.questions[question.id] = question
        self.of_studio[question.studio.key].append(question)
        self.of_asker[question.asker.user_id or ""].append(question)
        for key in _concerned(question):
            self.of_member[key].append(question)
        for reply in question.replies:
            self.replies[reply.id] = (reply, question)

    def add(self, question: AskedQuestion) -> None:
        """Take in a question that was just asked, the newest of all."""
        rows = (self.of_studio[question.studio.key], self.of_asker[question.asker.user_id or ""])
        for each in (*rows, *(self.of_member[key] for key in _concerned(question))):
            each.insert(0, question)
        question.flags = flags_of(question)
        self.questions[question.id] = question
        self.ledger.add(question)

    def change(self, question: AskedQuestion, do: Callable[[], None]) -> None:
        """Let something be done to a question, and keep every index true."""
        before = _concerned(question)
        self.ledger.take(question)
        do()
        question.flags = flags_of(question)
        self.ledger.put(question)
        for key in _concerned(question) - before:
            self.of_member[key].append(question)
            self.of_member[key].sort(key=NEWEST.place)
        for reply in question.replies:
            self.replies[reply.id] = (reply, question)
        rows = self.of_studio[question.studio.key]
        self._counts[question.studio.key], self._replied[question.studio.key] = counts_of(rows), _times(rows)
        self._sorted.clear()

    def mark(self, account: str, studio: str, *, follows: bool | None, likes: bool | None) -> None:
        """Let somebody follow or like a studio, or take that back."""
        for marked, counter, wish in (
            (self.marks.follows, self._followers, follows),
            (self.marks.likes, self._likes, likes),
        ):
            held = marked.get(account, frozenset())
            if wish is not None and (studio in held) != wish:
                marked[account] = held ^ {studio}
                counter[studio] += 1 if wish else -1
                self._sorted.clear()

    def person(self, account: str) -> PersonSeed | None:
        """Who has that account."""
        return self.people.get(account)

    def member(self, key: str) -> MemberSeed | None:
        """The member of that key."""
        return self.members.get(key)

    def counts(self, studio: str) -> tuple[int, int, AnswerCounts]:
        """Followers, likes, and what citizens made of the answers."""
        return self._followers[studio], self._likes[studio], self._counts[studio]

    def replies_between(self, studio: str, begin: float, end: float) -> int:
        """How many replies a studio gave from one moment up to another."""
        times = self._replied[studio]
        return bisect_left(times, end) - bisect_left(times, begin)

    def member_counts(self, member: str) -> AnswerCounts:
        """What citizens made of a member's answers."""
        return counts_of_member(member, self.of_member.get(member, ()))

    def sorted_studios(self, order: StudioOrder) -> list[StudioSeed]:
        """All studios in that order."""
        if order not in self._sorted:
            self._sorted[order] = sorted(self.studios.values(), key=self.orders[order].place)
        return self._sorted[order]

    def belongs(self, member: str | None, studio: str) -> bool:
        """Whether a member is one of a studio's."""
        return member in self._people[studio]

    def grounds(self, question: AskedQuestion, viewer: Viewer) -> Grounds | None:
        """Why somebody may see a question, the first reason that holds; None: they may not."""
        if question.flags & PUBLIC:
            return Grounds.PUBLIC
        if viewer.account is not None and question.asker.user_id == viewer.account:
            return Grounds.ASKER
        if viewer.member is not None and question.addressee is not None and question.addressee.key == viewer.member:
            return Grounds.ADDRESSEE
        if viewer.member in self._people[question.studio.key]:
            return Grounds.STUDIO
        if viewer.staff:
            return Grounds.STAFF
        return Grounds.MODERATOR if viewer.moderator and question.moderation in UNDECIDED else None

    def seen(self, rows: Sequence[AskedQuestion], wanted: Wanted, viewer: Viewer) -> Rows:
        """Those of the rows that are wanted and that the viewer may see, in their order."""
        looked, flags = wanted.flags
        if not viewer.staff and not viewer.known:
            looked, flags = looked | PUBLIC, flags | PUBLIC
        found = [question for question in rows if question.flags & looked == flags]
        if viewer.known and not viewer.staff:
            found = [q for q in found if q.flags & PUBLIC or self.grounds(q, viewer) is not None]
        return [question for question in found if wanted.takes(question)] if wanted.more else found

    def own_places(self, viewer: Viewer) -> int:
        """Bits of the questions somebody may see although they are not public."""
        rows: list[Iterable[AskedQuestion]] = [self.of_asker.get(viewer.account or "", ())]
        if viewer.member is not None:
            rows.append(self.of_member.get(viewer.member, ()))
            rows += [self.of_studio[key] for key, people in self._people.items() if viewer.member in people]
        undecided = self.ledger.undecided if viewer.moderator else 0
        return undecided | _bits(
            question.place for part in rows for question in part if self.grounds(question, viewer) is not None
        )

    def _place(self, order: StudioOrder) -> Callable[[StudioSeed], tuple[float, str]]:
        """Highest first; a studio without ratings comes last."""

        def place(studio: StudioSeed) -> tuple[float, str]:
            followers, likes, counts = self.counts(studio.key)
            match order:
                case StudioOrder.FOLLOWERS_DESC:
                    return -followers, studio.key
                case StudioOrder.LIKES_DESC:
                    return -likes, studio.key
                case StudioOrder.RATING_DESC:
                    return -(counts.average_rating or 0.0), studio.key

        return place


def _concerned(question: AskedQuestion) -> set[str]:
    """The members a question was put or assigned to, or was answered by."""
    addressee = {question.addressee.key} if question.addressee else set()
    return addressee | {m.key for m in question.assigned} | {reply.author.key for reply in question.replies}


def _times(rows: Rows) -> list[float]:
    """When the replies were given, in order."""
    return sorted(reply.at for question in rows for reply in question.replies)


def _bits(places: Iterable[int]) -> int:
    found = 0
    for place in places:
        found |= 1 << place
    return found
