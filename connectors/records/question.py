"""Questions citizens put to studios, and what became of them."""

import enum
from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

from msgspec import UNSET, UnsetType

from connectors.records.attachment import Attachment
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


_S = QuestionStatus
NEXT: Mapping[QuestionStatus, tuple[QuestionStatus, ...]] = MappingProxyType(
    {
        _S.SUBMITTED: (_S.ACCEPTED, _S.REJECTED, _S.ASSIGNED, _S.ANSWERED, _S.TRANSFERRED),
        _S.REJECTED: (),
        _S.ACCEPTED: (_S.ASSIGNED, _S.ANSWERED, _S.TRANSFERRED),
        _S.ASSIGNED: (_S.IN_PROGRESS, _S.ANSWERED, _S.RETURNED, _S.TRANSFERRED),
        _S.RETURNED: (_S.ASSIGNED, _S.TRANSFERRED, _S.CLOSED),
        _S.IN_PROGRESS: (_S.ANSWERED, _S.RETURNED, _S.TRANSFERRED),
        _S.ANSWERED: (_S.RATED, _S.REOPENED, _S.CLOSED),
        _S.RATED: (_S.REOPENED, _S.CLOSED),
        _S.REOPENED: (_S.ASSIGNED, _S.IN_PROGRESS, _S.ANSWERED),
        _S.TRANSFERRED: (_S.CLOSED, _S.ACCEPTED),
        _S.CLOSED: (_S.REOPENED,),
    }
)
"""What may follow each state. A member of the studio may also answer from any waiting state."""

WAITING = frozenset({_S.SUBMITTED, _S.ACCEPTED, _S.ASSIGNED, _S.IN_PROGRESS, _S.REOPENED})
"""States in which somebody is still to do something (domain-terms section 7a)."""


class Moderation(enum.Enum):
    """Where publishing stands; nobody is asked for a question whose asker did not agree."""

    NOT_ASKED = "NOT_ASKED"
    WAITING = "WAITING"
    PUBLISHED = "PUBLISHED"
    REFUSED = "REFUSED"


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


class QuestionStep(Record, frozen=True):
    """A state a question came to; ``by`` is a member's name, or what somebody is: never the asker's name."""

    status: QuestionStatus
    at: datetime
    by: str | None
    note: str | None


class Question(Record, frozen=True):
    """A question as the studio service knows it.

    ``asker_id`` is the asker's account on the citizen app: for deciding who may see the question, never shown.
    ``asker`` is None when the question is anonymous. ``extended_until`` is the day to which its answer may wait, where
    that was put off; ``reason_code`` says why it was rejected. Rows of lists carry no ``history``: it is read by key.
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
    moderation: Moderation
    region_key: str
    attachments: tuple[Attachment, ...]
    changed_at: datetime
    extended_until: date | None
    reason_code: str | None
    history: tuple[QuestionStep, ...] | UnsetType = UNSET


class QuestionOrder(enum.Enum):
    """Orders questions can be listed in."""

    ASKED_AT_DESC = "ASKED_AT_DESC"
    CHANGED_AT_ASC = "CHANGED_AT_ASC"


class QuestionQuery(Record, frozen=True):
    """Which questions; see domain-terms 7a for what waiting and answered mean. None: either."""

    answered: bool | None = None
    waiting: bool | None = None
    statuses: tuple[QuestionStatus, ...] | None = None
    category: StudioCategory | None = None
    region_key: str | None = None
    """The studio's region; includes what lies in it."""
    own: bool | None = None
    """True: those the asker of this very read asked."""
    addressee_key: str | None = None
    moderation: Moderation | None = None
    changed_since: datetime | None = None
    order: QuestionOrder = QuestionOrder.ASKED_AT_DESC
