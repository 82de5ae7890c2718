"""Payloads of the studio service → records; errors in a value's place stay (``connectors/lenient.py``)."""

from typing import Any, TypeVar

from msgspec import UNSET

from connectors.errors import PlatformError
from connectors.records.attachment import Attachment
from connectors.records.member import MemberRef, MemberStatistics
from connectors.records.question import PublicPerson, Question, QuestionStep, Rating, Reply, Visibility
from connectors.records.question_writes import StudioMarked
from connectors.records.studio import StudioListing, StudioMarks, StudioRef, StudioStatistics
from connectors.zheliban.rows import Shape, held, held_each
from connectors.zheliban.studios.audience import Audience, visibility_from, visible
from connectors.zheliban.studios.payloads import (
    AccessPayload,
    AskerPayload,
    AttachmentPayload,
    MarksPayload,
    MemberStatisticsPayload,
    NamedPayload,
    QuestionPayload,
    QuestionRowPayload,
    RatingPayload,
    ReplyPayload,
    ReplyRowPayload,
    StatisticsPayload,
    StepPayload,
    StudioRefPayload,
    StudioRowPayload,
    StudioStatisticsPayload,
)

T = TypeVar("T")


def listing_from(row: StudioRowPayload) -> StudioListing:
    """Read a row of the directory."""
    return StudioListing(
        key=row.id,
        name=row.name,
        category=row.category,
        region_key=row.regionCode,
        statistics=held(row.statistics, lambda each: _statistics_from(row.id, each)),
    )


def studio_statistics_from(payload: StudioStatisticsPayload) -> StudioStatistics:
    """Read statistics that were asked by studio."""
    return _statistics_from(payload.studioId, payload)


def _statistics_from(key: str, payload: StatisticsPayload) -> StudioStatistics:
    return StudioStatistics(
        key=key,
        followers=payload.followers,
        likes=payload.likes,
        average_rating=payload.averageRating,
        answered_questions=payload.answeredQuestions,
        median_reply_minutes=payload.medianReplyMinutes,
    )


def member_statistics_from(payload: MemberStatisticsPayload) -> MemberStatistics:
    """Read statistics that were asked by member."""
    return MemberStatistics(
        key=payload.memberId, answered_questions=payload.answeredQuestions, average_rating=payload.averageRating
    )


def marks_from(payload: MarksPayload) -> StudioMarks:
    """Read whether somebody follows and likes a studio."""
    return StudioMarks(key=payload.studioId, follows=payload.follows, likes=payload.likes)


def marked_from(payload: MarksPayload) -> StudioMarked | None:
    """Read what became of a studio; None without its statistics."""
    if payload.statistics is None:
        return None
    statistics = held(payload.statistics, lambda each: _statistics_from(payload.studioId, each))
    return StudioMarked(marks=marks_from(payload), statistics=statistics)


def questions_for(audience: Audience) -> Shape[QuestionPayload, Question]:
    """How questions are read for somebody: what they may not see is not there."""
    return Shape(QuestionPayload, lambda payload: _if_visible(payload.access, audience, question_from(payload)))


def question_rows_for(audience: Audience) -> Shape[QuestionRowPayload, Question]:
    """How lists of questions are read for somebody."""
    return Shape(QuestionRowPayload, lambda payload: _if_visible(payload.access, audience, question_from(payload)))


def replies_for(audience: Audience) -> Shape[ReplyRowPayload, Reply]:
    """How replies are read for somebody."""
    return Shape(ReplyRowPayload, lambda payload: _if_visible(payload.access, audience, reply_from(payload)))


def _if_visible(access: AccessPayload | PlatformError, audience: Audience, record: T) -> T | PlatformError | None:
    seen = visible(access, audience)
    if isinstance(seen, PlatformError):
        return seen
    return record if seen else None


def question_from(payload: QuestionRowPayload) -> Question:
    """Read a question; see ``visibility_from`` for what becomes of its visibility."""
    access: Any = payload.access
    told = isinstance(access, AccessPayload)  # else the error, which stands for all that hangs on it
    visibility: Any = visibility_from(access) if told else access
    published = visibility is Visibility.PUBLIC
    return Question(
        key=payload.id,
        title=payload.title,
        body=payload.body,
        status=payload.status,
        kind=payload.kind,
        category=payload.category,
        visibility=visibility,
        asked_at=payload.askedAt,
        studio=held(payload.studio, _studio_from),
        addressee=held(payload.addressee, _member_from),
        asker_id=access.askerId if told else access,
        asker=held(payload.asker, _asker_from),
        replies=held_each(payload.replies, reply_from),
        rating=held(payload.rating, _rating_from),
        moderation=access.moderation if told else access,
        region_key=payload.regionCode,
        attachments=held_each(payload.attachments, lambda each: attachment_from(each, public=published)),
        history=held_each(payload.history, _step_from) if isinstance(payload, QuestionPayload) else UNSET,
        changed_at=payload.changedAt,
        extended_until=payload.extendedUntil,
        reason_code=payload.reasonCode,
    )


def reply_from(payload: ReplyPayload) -> Reply:
    """Read a reply."""
    return Reply(
        key=payload.id,
        question_key=payload.questionId,
        body=payload.body,
        replied_at=payload.repliedAt,
        author=held(payload.author, _member_from),
    )


def attachment_from(payload: AttachmentPayload, *, public: bool = False) -> Attachment:
    """Read an attachment."""
    return Attachment(key=payload.id, kind=payload.kind, name=payload.name, path=payload.url, public=public)


def _studio_from(payload: StudioRefPayload) -> StudioRef:
    return StudioRef(key=payload.id, name=payload.name, category=payload.category)


def _asker_from(payload: AskerPayload) -> PublicPerson:
    return PublicPerson(name=payload.name)


def _rating_from(payload: RatingPayload) -> Rating:
    return Rating(score=payload.score, comment=payload.comment)


def _step_from(payload: StepPayload) -> QuestionStep:
    return QuestionStep(status=payload.status, at=payload.at, by=payload.by, note=payload.note)


def _member_from(payload: NamedPayload) -> MemberRef:
    return MemberRef(key=payload.id, name=payload.name)
