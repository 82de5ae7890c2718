"""What citizens asked and did in the sandbox."""

from dataclasses import dataclass, field
from datetime import datetime

from connectors.records.question import QuestionKind, QuestionStatus, Visibility
from connectors.sandbox.world import MemberSeed, PersonSeed, StudioSeed
from connectors.zheliban.payloads import Moderation

WAITING = frozenset(
    {
        QuestionStatus.SUBMITTED,
        QuestionStatus.ACCEPTED,
        QuestionStatus.ASSIGNED,
        QuestionStatus.IN_PROGRESS,
        QuestionStatus.REOPENED,
    }
)
ANSWERED = frozenset({QuestionStatus.ANSWERED, QuestionStatus.RATED, QuestionStatus.CLOSED})


@dataclass(frozen=True, slots=True)
class GivenReply:
    """A member's published answer."""

    id: str
    author: MemberSeed
    body: str
    replied_at: datetime


@dataclass(frozen=True, slots=True)
class GivenRating:
    """The asker's satisfaction, 1 to 5."""

    score: int
    comment: str | None


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as the platform keeps it; ``visibility`` is the asker's wish."""

    id: str
    studio: StudioSeed = field(repr=False)
    addressee: MemberSeed | None
    asker: PersonSeed = field(repr=False)
    anonymous: bool
    title: str
    body: str
    kind: QuestionKind
    status: QuestionStatus
    visibility: Visibility
    moderation: Moderation
    asked_at: datetime
    replies: tuple[GivenReply, ...]
    rating: GivenRating | None

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
