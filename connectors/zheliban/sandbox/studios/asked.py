"""What citizens asked and did in the sandbox."""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from connectors.records.attachment import AttachmentKind
from connectors.records.question import WAITING, Moderation, QuestionKind, QuestionStatus, Visibility
from connectors.sandbox.building import CHINA
from connectors.sandbox.world import MemberSeed, PersonSeed, StudioSeed

UNDECIDED = frozenset({Moderation.WAITING, Moderation.REFUSED})
"""What moderators decide on, or decided: its asker agreed to publishing it, and it is not published."""
ANSWERED = frozenset({QuestionStatus.ANSWERED, QuestionStatus.RATED, QuestionStatus.CLOSED})


class GivenReply(msgspec.Struct, gc=False):
    """A member's published answer; ``at`` is seconds since 1970."""

    id: str
    author: MemberSeed
    body: str
    at: float

    @property
    def replied_at(self) -> datetime:
        """When, in Hangzhou."""
        return moment_of(self.at)


class GivenRating(msgspec.Struct, gc=False):
    """The asker's satisfaction, 1 to 5."""

    score: int
    comment: str | None


class GivenFile(msgspec.Struct, gc=False):
    """A file beside a question."""

    id: str
    kind: AttachmentKind
    name: str


class Step(msgspec.Struct, gc=False):
    """A state a question came to; ``at`` is seconds since 1970."""

    status: QuestionStatus
    at: float
    by: str
    note: str | None = None


class AskedQuestion(msgspec.Struct, gc=False):
    """A question as the platform keeps it; ``visibility`` is the asker's wish.

    ``place`` is its number in the row of all questions by time; ``asked`` and ``changed`` are seconds since 1970.
    ``flags`` say what lists ask most (``filters.py``). ``steps`` and ``files`` are None while they are as seeded: then
    ``history.py`` makes them when they are read.
    """

    id: str
    studio: StudioSeed
    addressee: MemberSeed | None
    asker: PersonSeed
    anonymous: bool
    title: str
    body: str
    kind: QuestionKind
    status: QuestionStatus
    visibility: Visibility
    moderation: Moderation
    asked: float
    replies: tuple[GivenReply, ...]
    rating: GivenRating | None
    changed: float
    topic: str
    place: int = -1
    flags: int = 0
    category: str = ""
    assigned: tuple[MemberSeed, ...] = ()
    extended_until: str | None = None
    reason_code: str | None = None
    steps: tuple[Step, ...] | None = None
    files: tuple[GivenFile, ...] | None = None

    @property
    def asked_at(self) -> datetime:
        """When, in Hangzhou."""
        return moment_of(self.asked)

    @property
    def public(self) -> bool:
        """Whether everybody may see it."""
        return self.visibility is Visibility.PUBLIC and self.moderation is Moderation.PUBLISHED

    @property
    def answered(self) -> bool:
        """Whether a published reply stands (domain-terms section 7a)."""
        return self.status in ANSWERED and bool(self.replies)

    @property
    def waiting(self) -> bool:
        """Whether it still waits for somebody (domain-terms section 7a)."""
        return self.status in WAITING


@dataclass(frozen=True, slots=True)
class Marks:
    """Which studios each account follows and likes, by account."""

    follows: dict[str, frozenset[str]]
    likes: dict[str, frozenset[str]]


def moment_of(seconds: float) -> datetime:
    """Seconds since 1970 as a time in Hangzhou, to the millisecond."""
    moment = datetime.fromtimestamp(seconds, CHINA)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
