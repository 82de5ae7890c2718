"""All questions in a row by time, marked for lists over everything, the search and the cockpit's counts."""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from connectors.regions import REGIONS, lies_in
from connectors.sandbox.bigrams import BigramIndex
from connectors.sandbox.paging import Place
from connectors.sandbox.scenes import ASKED
from connectors.zheliban.sandbox.studios.asked import UNDECIDED, AskedQuestion
from connectors.zheliban.sandbox.studios.bits import Bits, Mark, below, highest_first, lowest_first
from connectors.zheliban.sandbox.studios.filters import IS_ANSWERED, PUBLIC, Wanted
from connectors.zheliban.sandbox.studios.topics import TOPICS
from connectors.zheliban.sandbox.studios.waits import WaitBuckets

DAY = 86_400
CHINA_SECONDS = 8 * 3600
CONTENT_FROM = 4
_ANSWERED, _OPEN, _RATED, _CONTENT, _WAITING = "answered", "public", "rated", "content", "waiting"
_SCENES = {
    topic: body
    for category, topics in TOPICS.items()
    for topic, (_, body, _) in zip(topics, ASKED[category], strict=True)
}
_TITLE_WEIGHT, _BODY_WEIGHT = 1.0, 0.6


def day_of(seconds: float) -> int:
    """The day of a moment in Hangzhou, counted from 1970."""
    return int(seconds + CHINA_SECONDS) // DAY


class Ledger:
    """The row grows at its end: a new question is the newest."""

    def __init__(self, row: list[AskedQuestion]) -> None:
        """Take the seeded questions, the oldest first; ``times`` are when these were asked."""
        self.row = row
        self.times = array("d", (question.asked for question in row))
        self.waits = WaitBuckets([q.replies[0].at - q.asked for q in row if q.replies])
        for place, question in enumerate(row):
            question.place = place
        self.bits = Bits(map(self._marks, row), len(row))
        self._texts = Bits(map(_texts, row), len(row))
        self._documents = list(self._texts.marks())
        self._index = BigramIndex(str(text) for text in self._documents)
        titles = {question.title for question in row}
        self._weights = [_TITLE_WEIGHT if text in titles else _BODY_WEIGHT for text in self._documents]

    def add(self, question: AskedQuestion) -> None:
        """Take a new question in."""
        question.place = len(self.row)
        self.row.append(question)
        self.times.append(question.asked)
        self.put(question)
        for text, weight in ((question.title, _TITLE_WEIGHT), (question.body, _BODY_WEIGHT)):
            if not self._texts.of(text):
                self._documents.append(text)
                self._weights.append(weight)
                self._index.add(text)
            self._texts.put(question.place, (text,))

    def put(self, question: AskedQuestion) -> None:
        """Mark a question as it stands."""
        self.bits.put(question.place, self._marks(question))

    def take(self, question: AskedQuestion) -> None:
        """Unmark a question before it changes."""
        self.bits.take(question.place, self._marks(question))

    def _marks(self, question: AskedQuestion) -> list[Mark]:
        marks: list[Mark] = [
            question.studio.committee.region_code,
            question.category,
            question.status.name,
            question.moderation.name,
            day_of(question.changed),
        ]
        if question.flags & PUBLIC:
            marks.append(_OPEN)
        if question.flags & IS_ANSWERED:
            marks.append(_ANSWERED)
        if question.replies:
            marks += self.waits.marks(question.replies[0].at - question.asked)
        if question.rating:
            marks.append(_RATED)
            if question.rating.score >= CONTENT_FROM:
                marks.append(_CONTENT)
        return marks

    @property
    def everything(self) -> int:
        """Every question."""
        return below(len(self.row))

    @property
    def public(self) -> int:
        """What everybody may see."""
        return self.bits.of(_OPEN)

    @property
    def undecided(self) -> int:
        """What moderators see although it is not public."""
        return self.bits.any_of(each.name for each in UNDECIDED)

    def in_region(self, region: str) -> int:
        """The questions of a region and what lies in it."""
        return self.bits.any_of(code for code in REGIONS if lies_in(code, region))

    def wanted(self, wanted: Wanted) -> int:
        """What a filter takes, except for the people in it and the moment of the change."""
        found = self.everything
        for is_so, bits in ((wanted.answered, self.bits.of(_ANSWERED)), (wanted.waiting, self._waiting())):
            if is_so is not None:
                found &= bits if is_so else ~bits
        if wanted.statuses is not None:
            found &= self.bits.any_of(status.name for status in wanted.statuses)
        if wanted.category is not None:
            found &= self.bits.of(wanted.category.value)
        if wanted.region is not None:
            found &= self.in_region(wanted.region)
        if wanted.moderation is not None:
            found &= self.bits.of(wanted.moderation.name)
        return found

    def _waiting(self) -> int:
        return self.bits.any_of(("SUBMITTED", "ACCEPTED", "ASSIGNED", "IN_PROGRESS", "REOPENED"))

    def newest_first(self, found: int, after: Place | None) -> Iterator[AskedQuestion]:
        """Walk what was found, from behind a place of the order ``ASKED_AT_DESC``."""
        if after is not None:
            found &= below(self._behind(after))
        return (self.row[place] for place in highest_first(found))

    def _behind(self, place: Place) -> int:
        low, high = 0, len(self.row)
        while low < high:
            middle = (low + high) // 2
            question = self.row[middle]
            if (-question.asked, question.id) > place:
                low = middle + 1
            else:
                high = middle
        return low

    def changed_from(self, found: int, since: float) -> int:
        """Of what was found, the questions that changed at or after a moment."""
        first, last = day_of(since), self.last_day
        later = found & self.bits.any_of(range(first + 1, last + 1))
        places = lowest_first(found & self.bits.of(first))
        return later | sum(1 << place for place in places if self.row[place].changed >= since)

    def changed_first(self, found: int, since: float) -> Iterator[list[AskedQuestion]]:
        """Walk what was found by its changes, a day at a time."""
        for day in range(day_of(since), self.last_day + 1):
            places = lowest_first(found & self.bits.of(day))
            yield sorted((self.row[place] for place in places), key=lambda question: (question.changed, question.id))

    @property
    def last_day(self) -> int:
        """The last day on which anything changed."""
        return max((mark for mark in self.bits.marks() if isinstance(mark, int) and mark >= 0), default=0)

    def first_day(self) -> int:
        """The first day on which anything changed."""
        return min((mark for mark in self.bits.marks() if isinstance(mark, int) and mark >= 0), default=0)

    def between(self, first: int, last: int) -> tuple[int, int]:
        """The places of what was asked from one day to another, both included: from, and up to."""
        begin, end = first * DAY - CHINA_SECONDS, (last + 1) * DAY - CHINA_SECONDS
        return bisect_left(self.times, begin), bisect_left(self.times, end)

    def search(self, text: str) -> Sequence[tuple[float, int]]:
        """Published questions whose title or text matches: scores from the best, and the questions of each."""
        best: dict[float, int] = {}
        for number, score in self._index.found(text).items():
            weighed = round(score * self._weights[number], 3)
            best[weighed] = best.get(weighed, 0) | self._texts.of(self._documents[number])
        taken, ranked = 0, []
        for score in sorted(best, reverse=True):
            fresh = best[score] & self.public & ~taken
            taken |= fresh
            if fresh:
                ranked.append((score, fresh))
        return ranked


def _texts(question: AskedQuestion) -> tuple[str, ...]:
    """What a seeded question is found by: its title, and the words of its scene, which many share."""
    return question.title, _SCENES[question.topic]
