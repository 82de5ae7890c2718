"""What the studio service sends (``contract/studio.yaml``)."""

# ruff: noqa: N815 - upstream's spelling

import enum
from datetime import date
from typing import Annotated

import msgspec

from connectors.records.attachment import AttachmentKind
from connectors.records.question import Moderation, QuestionKind, QuestionStatus, Visibility
from connectors.records.studio import StudioCategory
from connectors.zheliban.payloads import Key, Moment, Payload


class StatisticsPayload(Payload, frozen=True):
    """Counts and averages of a studio."""

    followers: int
    likes: int
    averageRating: float | None
    answeredQuestions: int
    medianReplyMinutes: int | None


class StudioRowPayload(Payload, frozen=True):
    """A row of the directory."""

    cursor: Key
    id: Key
    name: str
    category: StudioCategory
    regionCode: str
    statistics: StatisticsPayload


class StudioStatisticsPayload(StatisticsPayload, frozen=True):
    """Statistics read by studio."""

    studioId: Key


class MemberStatisticsPayload(Payload, frozen=True):
    """Statistics read by member."""

    memberId: Key
    answeredQuestions: int
    averageRating: float | None


class MarksPayload(Payload, frozen=True):
    """What one citizen does with a studio; ``statistics`` after a write."""

    studioId: Key
    follows: bool
    likes: bool
    statistics: StatisticsPayload | None = None


class Grounds(enum.Enum):
    """Why the viewer may see a question."""

    PUBLIC = "PUBLIC"
    ASKER = "ASKER"
    ADDRESSEE = "ADDRESSEE"
    STUDIO = "STUDIO"
    STAFF = "STAFF"
    MODERATOR = "MODERATOR"


class AccessPayload(Payload, frozen=True):
    """Who may see a question, and why this viewer may."""

    visibility: Visibility
    moderation: Moderation
    askerId: Key
    addresseeId: str | None
    grounds: Grounds


class NamedPayload(Payload, frozen=True):
    """A member as another row names them."""

    id: Key
    name: str


class StudioRefPayload(NamedPayload, frozen=True):
    """A studio as a question names it."""

    category: StudioCategory


class AskerPayload(Payload, frozen=True):
    """The asker's name, not masked."""

    name: str


class AttachmentPayload(Payload, frozen=True):
    """A file; ``url`` is a path of the service."""

    id: Key
    kind: AttachmentKind
    name: str
    url: str


class ReplyPayload(Payload, frozen=True):
    """A published reply."""

    id: Key
    questionId: Key
    body: str
    repliedAt: Moment
    author: NamedPayload


class ReplyRowPayload(ReplyPayload, frozen=True):
    """A reply read by key: with the access to its question."""

    access: AccessPayload


class RatingPayload(Payload, frozen=True):
    """What the asker made of the answer."""

    score: Annotated[int, msgspec.Meta(ge=1, le=5)]
    comment: str | None


class StepPayload(Payload, frozen=True):
    """A state a question came to."""

    status: QuestionStatus
    at: Moment
    by: str | None
    note: str | None


class QuestionRowPayload(Payload, frozen=True, kw_only=True):
    """A question as a row of a list; ``score`` in searches."""

    id: Key
    title: str
    body: str
    status: QuestionStatus
    kind: QuestionKind
    category: StudioCategory
    regionCode: str
    askedAt: Moment
    changedAt: Moment
    studio: StudioRefPayload
    addressee: NamedPayload | None
    asker: AskerPayload | None
    attachments: list[AttachmentPayload]
    replies: list[ReplyPayload]
    rating: RatingPayload | None
    extendedUntil: date | None
    reasonCode: str | None
    access: AccessPayload
    cursor: str = ""
    score: float | None = None


class QuestionPayload(QuestionRowPayload, frozen=True, kw_only=True):
    """A question read by key, or after a write; ``replyId`` after a reply."""

    history: list[StepPayload]
    replyId: str | None = None


class CategoryCountPayload(Payload, frozen=True):
    """Questions of a category."""

    category: StudioCategory
    asked: int
    answered: int


class DayCountPayload(Payload, frozen=True):
    """Questions of a day."""

    date: date
    asked: int
    answered: int


class RegionQuestionsPayload(Payload, frozen=True):
    """A region's questions; ``id`` is its GB/T 2260 code."""

    id: Key
    asked: int
    answered: int
    medianReplyMinutes: int | None
    satisfaction: float | None
    byCategory: list[CategoryCountPayload]
    daily: list[DayCountPayload]


class RankedStudioPayload(Payload, frozen=True):
    """A studio's place in the ranking."""

    cursor: Key
    id: Key
    name: str
    category: StudioCategory
    regionCode: str
    rank: int
    value: float
