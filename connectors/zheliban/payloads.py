"""What the platform sends: sign-on (wire-formats B5) and the studio service (``contract/``)."""

# ruff: noqa: N815 - upstream's spelling

import enum
from datetime import datetime
from typing import Annotated

import msgspec

from connectors.records.question import QuestionKind, QuestionStatus, Visibility
from connectors.records.studio import StudioCategory

Moment = Annotated[datetime, msgspec.Meta(tz=True)]
"""A time with its offset; one without is not in the form."""

Key = Annotated[str, msgspec.Meta(min_length=1)]


class Payload(msgspec.Struct, frozen=True):
    """The base: unknown fields are ignored, types are taken strictly."""


class TokenPayload(Payload, frozen=True):
    """Answer of ``access_token``."""

    accessToken: Key


class PersonInfoPayload(Payload, frozen=True):
    """A natural person; what the gateway does not need is not read."""

    userId: Key
    userName: str | None = None
    idType: str | None = None
    idNo: str | None = None
    phone: str | None = None


class UserPayload(Payload, frozen=True):
    """Answer of ``getUserInfo``; for ``LEGAL_PERSON`` there is no ``personInfo``."""

    userType: str
    personInfo: PersonInfoPayload | None = None


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


class StudioPagePayload(Payload, frozen=True):
    """A page of the directory."""

    rows: list[StudioRowPayload]
    hasNext: bool
    total: int | None = None


class StudioStatisticsPayload(StatisticsPayload, frozen=True):
    """Statistics read by studio."""

    studioId: Key


class MemberStatisticsPayload(Payload, frozen=True):
    """Statistics read by member."""

    memberId: Key
    answeredQuestions: int
    averageRating: float | None


class MarksPayload(Payload, frozen=True):
    """What one citizen does with a studio."""

    studioId: Key
    follows: bool
    likes: bool


class Grounds(enum.Enum):
    """Why the viewer may see a question."""

    PUBLIC = "PUBLIC"
    ASKER = "ASKER"
    ADDRESSEE = "ADDRESSEE"
    STUDIO = "STUDIO"
    STAFF = "STAFF"


class Moderation(enum.Enum):
    """Where publishing stands (domain-terms section 5)."""

    NOT_ASKED = "NOT_ASKED"
    WAITING = "WAITING"
    PUBLISHED = "PUBLISHED"
    REFUSED = "REFUSED"


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


class QuestionPayload(Payload, frozen=True):
    """A question with all that its pages show."""

    id: Key
    title: str
    body: str
    status: QuestionStatus
    kind: QuestionKind
    category: StudioCategory
    askedAt: Moment
    studio: StudioRefPayload
    addressee: NamedPayload | None
    asker: AskerPayload | None
    replies: list[ReplyPayload]
    rating: RatingPayload | None
    access: AccessPayload


class QuestionRowPayload(QuestionPayload, frozen=True, kw_only=True):
    """A question as a row of a list."""

    cursor: Key


class QuestionPagePayload(Payload, frozen=True):
    """A studio's page of questions."""

    studioId: Key
    rows: list[QuestionRowPayload]
    hasNext: bool
    total: int | None = None
