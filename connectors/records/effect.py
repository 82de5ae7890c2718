"""What a write brings about, platform by platform."""

import enum
from datetime import datetime

from connectors.records.record import Record


class EffectKind(enum.StrEnum):
    """What one effect is."""

    QUESTION = "QUESTION"
    REPLY = "REPLY"
    RATING = "RATING"
    QUESTION_MOVE = "QUESTION_MOVE"
    EXTENSION = "EXTENSION"
    MODERATION = "MODERATION"
    STUDIO_MARK = "STUDIO_MARK"
    OPINION_REPORT = "OPINION_REPORT"
    OPINION_REPORT_MOVE = "OPINION_REPORT_MOVE"
    PROPOSAL = "PROPOSAL"
    PROPOSAL_MOVE = "PROPOSAL_MOVE"
    COSIGNATURE = "COSIGNATURE"
    MICRO_SUGGESTION = "MICRO_SUGGESTION"
    MICRO_STEP = "MICRO_STEP"
    STATEMENT = "STATEMENT"
    STATEMENT_LIKE = "STATEMENT_LIKE"
    ATTENDANCE = "ATTENDANCE"
    DUTY_SHIFT = "DUTY_SHIFT"
    READING_GROUP = "READING_GROUP"
    READING_POST = "READING_POST"
    FORM_ANSWER = "FORM_ANSWER"
    WORK_ORDER = "WORK_ORDER"
    WORK_ORDER_SUPPLEMENT = "WORK_ORDER_SUPPLEMENT"
    WORK_ORDER_FOLLOW_UP = "WORK_ORDER_FOLLOW_UP"
    NOTICE = "NOTICE"
    NOTICE_READ = "NOTICE_READ"
    MESSAGE = "MESSAGE"
    DUTY_RECORD = "DUTY_RECORD"
    TODO = "TODO"
    TODO_DONE = "TODO_DONE"
    WORK_NOTIFICATION = "WORK_NOTIFICATION"


class EffectStatus(enum.StrEnum):
    """How far one effect is.

    ``PENDING`` is kept and tried until it is done; ``UNKNOWN`` was sent and no answer came: it is found out by asking;
    ``FAILED`` was given up, and says so.
    """

    PENDING = "PENDING"
    DONE = "DONE"
    UNKNOWN = "UNKNOWN"
    FAILED = "FAILED"


class Effect(Record, frozen=True):
    """One effect; ``code`` is the registry's, where it failed or waits for a reason."""

    kind: EffectKind
    platform: str
    status: EffectStatus
    code: str | None = None


class WriteStatus(Record, frozen=True):
    """A write and all that it brings about, its primary effect first; ``key`` is the write's id."""

    key: str
    begun_at: datetime
    effects: tuple[Effect, ...]
