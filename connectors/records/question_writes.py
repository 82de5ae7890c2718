"""What people do to questions and studios. Who acts is the asker of the write."""

import enum
from datetime import date, datetime

from connectors.errors import PlatformError
from connectors.records.question import Question, QuestionKind, QuestionStatus, Visibility
from connectors.records.record import Record
from connectors.records.studio import StudioCategory, StudioMarks, StudioStatistics


class NewQuestion(Record, frozen=True):
    """What a citizen asks; ``addressee_key`` is a member of the studio. Attachments were uploaded before."""

    studio_key: str
    category: StudioCategory
    kind: QuestionKind
    title: str
    body: str
    addressee_key: str | None = None
    visibility: Visibility = Visibility.PRIVATE
    anonymous: bool = False
    attachment_keys: tuple[str, ...] = ()


class NewReply(Record, frozen=True):
    """What a member answers."""

    question_key: str
    body: str


class OfflineReply(Record, frozen=True):
    """What a member answered off line: in the studio, by phone, at a visit; recorded by them or by staff."""

    question_key: str
    member_key: str
    body: str
    given_at: datetime


class NewRating(Record, frozen=True):
    """What the asker makes of the answer: 1 to 5."""

    question_key: str
    score: int
    comment: str | None = None


class TransferTarget(enum.Enum):
    """What a question can be handed on to."""

    WORK_ORDER = "WORK_ORDER"
    OPINION_REPORT = "OPINION_REPORT"
    PROPOSAL = "PROPOSAL"
    MICRO_SUGGESTION = "MICRO_SUGGESTION"


class QuestionMove(Record, frozen=True):
    """Bring a question to a state other than ``ANSWERED`` and ``RATED``, which a reply and a rating bring it to.

    ``ASSIGNED`` wants ``member_keys``, ``REJECTED`` a ``reason_code``, ``TRANSFERRED`` a ``target``; every state takes
    a ``note``.
    """

    key: str
    to: QuestionStatus
    note: str | None = None
    member_keys: tuple[str, ...] = ()
    reason_code: str | None = None
    target: TransferTarget | None = None


class QuestionExtension(Record, frozen=True):
    """Let the answer wait until a later day."""

    key: str
    until: date
    note: str | None = None


class ModerationVerdict(Record, frozen=True):
    """Publish a question whose asker agreed to that, or refuse to."""

    key: str
    publish: bool
    note: str | None = None


class Answered(Record, frozen=True):
    """A question after a reply, and the reply's key."""

    question: Question
    reply_key: str | PlatformError


class StudioMarking(Record, frozen=True):
    """What somebody wants a studio to be to them; None: as it is."""

    studio_key: str
    follows: bool | None = None
    likes: bool | None = None


class StudioMarked(Record, frozen=True):
    """A studio after somebody followed or liked it."""

    marks: StudioMarks
    statistics: StudioStatistics


class Upload(Record, frozen=True):
    """A file that is to stand beside a question or work order."""

    name: str
    content_type: str
    content: bytes
