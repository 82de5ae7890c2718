"""Questions citizens put to studios, and what became of them."""

import enum
from datetime import datetime

from connectors.records.member import MemberRef
from connectors.records.record import Record
from connectors.records.studio import StudioCategory, StudioRef


class QuestionStatus(enum.Enum):
    """Where a question stands (domain-terms section 5)."""

    SUBMITTED = "SUBMITTED"
    REJECTED = "REJECTED"
    ACCEPTED = "ACCEPTED"
    ASSIGNED = "ASSIGNED"
    RETURNED = "RETURNED"
    IN_PROGRESS = "IN_PROGRESS"
    ANSWERED = "ANSWERED"
    RATED = "RATED"
    REOPENED = "REOPENED"
    TRANSFERRED = "TRANSFERRED"
    CLOSED = "CLOSED"


class QuestionKind(enum.Enum):
    """What a citizen wants (12345 types, domain-terms section 5)."""

    CONSULTATION = "CONSULTATION"
    HELP = "HELP"
    COMPLAINT = "COMPLAINT"
    REPORT = "REPORT"
    SUGGESTION = "SUGGESTION"


class Visibility(enum.Enum):
    """PUBLIC only when the asker agreed and moderation published it."""

    PRIVATE = "PRIVATE"
    PUBLIC = "PUBLIC"


class PublicPerson(Record, frozen=True):
    """Somebody as others may see them: nothing to follow across pages. ``name`` is shown masked."""

    name: str


class Reply(Record, frozen=True):
    """A member's published answer."""

    key: str
    question_key: str
    body: str
    replied_at: datetime
    author: MemberRef


class Rating(Record, frozen=True):
    """What the asker made of the answer: 1 to 5."""

    score: int
    comment: str | None


class Question(Record, frozen=True):
    """A question as the studio service knows it.

    ``asker_id`` is the asker's account on the citizen app: for deciding who may see the question, never shown.
    ``asker`` is None when the question is anonymous.
    """

    key: str
    title: str
    body: str
    status: QuestionStatus
    kind: QuestionKind
    category: StudioCategory
    visibility: Visibility
    asked_at: datetime
    studio: StudioRef
    addressee: MemberRef | None
    asker_id: str
    asker: PublicPerson | None
    replies: tuple[Reply, ...]
    rating: Rating | None


class QuestionQuery(Record, frozen=True):
    """Which questions of a studio; see domain-terms 7a for what waiting and answered mean. None: either."""

    answered: bool | None = None
    waiting: bool | None = None
