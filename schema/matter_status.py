"""Where a question or a deliberation stands, in one type for both.

A search asks for the status of either in one selection, and GraphQL lets two fields of one response name differ in no
type (section 5.3.2, SameResponseShape). Filters and histories keep the narrower ``QuestionStatus`` and
``DeliberationStatus``, whose values have the same names.
"""

import enum

import strawberry

from connectors.records.deliberation import DeliberationStatus
from connectors.records.question import QuestionStatus
from schema.context import Context
from schema.fields import CHINESE


class MatterStatus(enum.Enum):
    """Every ``QuestionStatus``, then every ``DeliberationStatus``."""

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
    SCHEDULED = "SCHEDULED"
    OPEN = "OPEN"
    CONCLUDED = "CONCLUDED"


strawberry.enum(MatterStatus, description="Where a question or a deliberation stands.")
setattr(MatterStatus, CHINESE, "提问或协商的状态")


def matter_status(status: QuestionStatus | DeliberationStatus, _: Context) -> MatterStatus:
    """The same state, as either shows it."""
    return MatterStatus[status.name]
