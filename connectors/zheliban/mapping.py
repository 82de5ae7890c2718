"""Payloads of the studio service → records."""

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol, TypeVar

from connectors.errors import PlatformError
from connectors.records.member import MemberRef, MemberStatistics
from connectors.records.page import Page, Row
from connectors.records.question import PublicPerson, Question, Rating, Reply, Visibility
from connectors.records.studio import StudioListing, StudioMarks, StudioRef, StudioStatistics
from connectors.zheliban.payloads import (
    AccessPayload,
    MarksPayload,
    MemberStatisticsPayload,
    Moderation,
    NamedPayload,
    QuestionPayload,
    ReplyPayload,
    StatisticsPayload,
    StudioPagePayload,
    StudioRowPayload,
    StudioStatisticsPayload,
)

P = TypeVar("P")
R = TypeVar("R")


class _PagePayload(Protocol):
    """What every page says besides its rows."""

    @property
    def hasNext(self) -> bool: ...  # noqa: N802 - upstream's spelling
    @property
    def total(self) -> int | None: ...


class _RowPayload(Protocol):
    """What every row of a page says besides its thing."""

    @property
    def cursor(self) -> str: ...


RP = TypeVar("RP", bound=_RowPayload)


def each(read: Callable[[P], R], found: Mapping[str, P | PlatformError]) -> dict[str, R | PlatformError]:
    """Read every payload; an error stays in its place."""
    return {key: entry if isinstance(entry, PlatformError) else read(entry) for key, entry in found.items()}


def page_from(page: _PagePayload, rows: Iterable[RP], read: Callable[[RP], R]) -> Page[R]:
    """Read a page of which those rows may be seen."""
    return Page(
        edges=tuple(Row(cursor=row.cursor, node=read(row)) for row in rows),
        has_next=page.hasNext,
        total=page.total,
    )


def studio_page_from(page: StudioPagePayload) -> Page[StudioListing]:
    """Read a page of the directory."""
    return page_from(page, page.rows, _listing_from)


def _listing_from(row: StudioRowPayload) -> StudioListing:
    return StudioListing(
        key=row.id,
        name=row.name,
        category=row.category,
        region_key=row.regionCode,
        statistics=_statistics_from(row.id, row.statistics),
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


def question_from(payload: QuestionPayload) -> Question:
    """Read a question; see ``visibility_from`` for what becomes of its visibility."""
    return Question(
        key=payload.id,
        title=payload.title,
        body=payload.body,
        status=payload.status,
        kind=payload.kind,
        category=payload.category,
        visibility=visibility_from(payload.access),
        asked_at=payload.askedAt,
        studio=StudioRef(key=payload.studio.id, name=payload.studio.name, category=payload.studio.category),
        addressee=_member_from(payload.addressee) if payload.addressee else None,
        asker_id=payload.access.askerId,
        asker=PublicPerson(name=payload.asker.name) if payload.asker else None,
        replies=tuple(map(reply_from, payload.replies)),
        rating=Rating(score=payload.rating.score, comment=payload.rating.comment) if payload.rating else None,
    )


def visibility_from(access: AccessPayload) -> Visibility:
    """The record's visibility: public once the asker agreed **and** moderation published (domain-terms section 5).

    On the wire ``visibility`` is the asker's wish alone.
    """
    published = access.visibility is Visibility.PUBLIC and access.moderation is Moderation.PUBLISHED
    return Visibility.PUBLIC if published else Visibility.PRIVATE


def reply_from(payload: ReplyPayload) -> Reply:
    """Read a reply."""
    return Reply(
        key=payload.id,
        question_key=payload.questionId,
        body=payload.body,
        replied_at=payload.repliedAt,
        author=_member_from(payload.author),
    )


def _member_from(payload: NamedPayload) -> MemberRef:
    return MemberRef(key=payload.id, name=payload.name)
