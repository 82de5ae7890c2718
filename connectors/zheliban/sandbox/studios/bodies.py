"""What is posted to the studio service (``contract/studio-writes.yaml``)."""

# ruff: noqa: N815 - the contract's spelling

from datetime import date, datetime
from enum import Enum
from typing import Annotated

import msgspec

from connectors.records.question import QuestionKind, QuestionStatus, Visibility
from connectors.records.question_writes import TransferTarget
from connectors.records.studio import StudioCategory
from connectors.zheliban.sandbox.writes import By, Key, Note, WriteBody

MOST_FILES = 9
Title = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
Answer = Annotated[str, msgspec.Meta(min_length=1, max_length=5000)]
Files = Annotated[tuple[Key, ...], msgspec.Meta(max_length=MOST_FILES)]


class AskBody(WriteBody, frozen=True):
    """A question."""

    by: By
    studioId: Key
    category: StudioCategory
    kind: QuestionKind
    title: Title
    body: Text
    addresseeId: Key | None = None
    visibility: Visibility = Visibility.PRIVATE
    isAnonymous: bool = False
    attachmentIds: Files = ()


class ReplyBody(WriteBody, frozen=True):
    """A member's answer."""

    by: By
    questionId: Key
    body: Answer


class OfflineReplyBody(WriteBody, frozen=True):
    """What a member answered off line; ``givenAt`` is after the question and before now."""

    by: By
    questionId: Key
    memberId: Key
    body: Answer
    givenAt: Annotated[datetime, msgspec.Meta(tz=True)]


class RatingBody(WriteBody, frozen=True):
    """What the asker makes of it."""

    by: By
    questionId: Key
    score: Annotated[int, msgspec.Meta(ge=1, le=5)]
    comment: Note | None = None


class MoveTo(Enum):
    """States a move may bring a question to; ``ANSWERED`` and ``RATED`` come of a reply and a rating."""

    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"
    ASSIGNED = "ASSIGNED"
    IN_PROGRESS = "IN_PROGRESS"
    RETURNED = "RETURNED"
    TRANSFERRED = "TRANSFERRED"
    CLOSED = "CLOSED"
    REOPENED = "REOPENED"

    @property
    def status(self) -> QuestionStatus:
        """The state itself."""
        return QuestionStatus(self.value)


class MoveBody(WriteBody, frozen=True):
    """Bring a question to another state."""

    by: By
    questionId: Key
    to: MoveTo
    note: Note | None = None
    memberIds: Annotated[tuple[Key, ...], msgspec.Meta(max_length=20)] = ()
    reasonCode: Annotated[str, msgspec.Meta(pattern=r"^[A-Z_]{1,40}$")] | None = None
    target: TransferTarget | None = None


class ExtensionBody(WriteBody, frozen=True):
    """Let the answer wait."""

    by: By
    questionId: Key
    until: date
    note: Note | None = None


class ModerationBody(WriteBody, frozen=True):
    """Publish a question, or refuse to."""

    by: By
    questionId: Key
    publish: bool
    note: Note | None = None


class MarkBody(WriteBody, frozen=True):
    """What somebody wants a studio to be to them."""

    by: By
    studioId: Key
    follows: bool | None = None
    likes: bool | None = None
