"""What the store knows → the contract's rows."""

from typing import Any

from connectors.sandbox.world import MemberSeed, StudioSeed
from connectors.zheliban.payloads import Grounds
from connectors.zheliban.sandbox.asked import AskedQuestion, GivenReply
from connectors.zheliban.sandbox.statistics import MemberCounts, StudioCounts


def statistics_row(counts: StudioCounts) -> dict[str, Any]:
    """The ``Statistics`` of a studio."""
    return {
        "followers": counts.followers,
        "likes": counts.likes,
        "averageRating": counts.average_rating,
        "answeredQuestions": counts.answered_questions,
        "medianReplyMinutes": counts.median_reply_minutes,
    }


def studio_row(studio: StudioSeed, counts: StudioCounts) -> dict[str, Any]:
    """A ``StudioRow`` without its cursor."""
    return {
        "id": studio.key,
        "name": studio.name,
        "category": studio.category.value,
        "regionCode": studio.committee.region_code,
        "statistics": statistics_row(counts),
    }


def member_statistics_row(key: str, counts: MemberCounts) -> dict[str, Any]:
    """A ``MemberStatistics``."""
    return {
        "memberId": key,
        "answeredQuestions": counts.answered_questions,
        "averageRating": counts.average_rating,
    }


def question_row(question: AskedQuestion, grounds: Grounds) -> dict[str, Any]:
    """A ``Question``."""
    studio, rating = question.studio, question.rating
    return {
        "id": question.id,
        "title": question.title,
        "body": question.body,
        "status": question.status.value,
        "kind": question.kind.value,
        "category": studio.category.value,
        "askedAt": question.asked_at,
        "studio": {"id": studio.key, "name": studio.name, "category": studio.category.value},
        "addressee": _member(question.addressee) if question.addressee else None,
        "asker": None if question.anonymous else {"name": question.asker.name},
        "replies": [_reply(reply, question) for reply in question.replies],
        "rating": {"score": rating.score, "comment": rating.comment} if rating else None,
        "access": _access(question, grounds),
    }


def reply_row(reply: GivenReply, question: AskedQuestion, grounds: Grounds) -> dict[str, Any]:
    """A ``ReplyRow``."""
    return _reply(reply, question) | {"access": _access(question, grounds)}


def _reply(reply: GivenReply, question: AskedQuestion) -> dict[str, Any]:
    return {
        "id": reply.id,
        "questionId": question.id,
        "body": reply.body,
        "repliedAt": reply.replied_at,
        "author": _member(reply.author),
    }


def _access(question: AskedQuestion, grounds: Grounds) -> dict[str, Any]:
    return {
        "visibility": question.visibility.value,
        "moderation": question.moderation.value,
        "askerId": question.asker.user_id,
        "addresseeId": question.addressee.key if question.addressee else None,
        "grounds": grounds.value,
    }


def _member(member: MemberSeed) -> dict[str, Any]:
    return {"id": member.key, "name": member.person.name}
