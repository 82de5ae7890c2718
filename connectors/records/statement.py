"""Statements (发言): single contributions to a deliberation."""

import enum
from datetime import datetime

from connectors.records.member import MemberRef
from connectors.records.question import PublicPerson
from connectors.records.record import Record


class StatementState(enum.Enum):
    """What moderation made of it. Only a published one is found in lists; the others are told to who wrote them."""

    WAITING = "WAITING"
    PUBLISHED = "PUBLISHED"
    REFUSED = "REFUSED"


class StatementOrder(enum.Enum):
    """Orders statements are listed in."""

    POSTED_AT_DESC = "POSTED_AT_DESC"


class Expert(Record, frozen=True):
    """Somebody who speaks in a deliberation and is no member (专家学者): public, with name and title."""

    name: str
    title: str | None


class Statement(Record, frozen=True):
    """One contribution.

    ``author`` is what the platform lets be shown: a citizen by a masked name, or None who wants none. A withdrawn one
    is told only as a change, without its text and author.
    """

    key: str
    deliberation_key: str
    body: str
    posted_at: datetime
    likes: int
    author: MemberRef | Expert | PublicPerson | None
    state: StatementState
    changed_at: datetime
    withdrawn_at: datetime | None


class StatementDraft(Record, frozen=True):
    """What somebody has to say.

    ``display_name`` is how a citizen is shown, masked already; None for no name at all. A member is shown as such.
    """

    deliberation_key: str
    body: str
    display_name: str | None = None


class StatementQueue(Record, frozen=True):
    """Which statements wait for moderation: of one deliberation, or of any."""

    deliberation_key: str | None = None


class StatementVerdict(Record, frozen=True):
    """Publish a statement; or refuse it, or take it down."""

    key: str
    publish: bool


class StatementLikes(Record, frozen=True):
    """How many like a statement now, and whether the asker does."""

    key: str
    likes: int
    liked: bool
