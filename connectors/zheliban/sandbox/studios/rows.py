"""What the store knows → the contract's rows."""

from typing import Any

from connectors.sandbox.world import MemberSeed, StudioSeed
from connectors.zheliban.sandbox.studios.asked import AskedQuestion, GivenFile, GivenReply, Step, moment_of
from connectors.zheliban.sandbox.studios.counting import AnswerCounts
from connectors.zheliban.sandbox.studios.history import files_of, steps_of
from connectors.zheliban.studios.payloads import Grounds


def statistics_row(counts: tuple[int, int, AnswerCounts]) -> dict[str, Any]:
    """The ``Statistics`` of a studio."""
    followers, likes, answers = counts
    return {
        "followers": followers,
        "likes": likes,
        "averageRating": answers.average_rating,
        "answeredQuestions": answers.answered_questions,
        "medianReplyMinutes": answers.median_reply_minutes,
    }


def studio_row(studio: StudioSeed) -> dict[str, Any]:
    """What every row about a studio names."""
    return {
        "id": studio.key,
        "name": studio.name,
        "category": studio.category.value,
        "regionCode": studio.committee.region_code,
    }


def member_statistics_row(key: str, counts: AnswerCounts) -> dict[str, Any]:
    """A ``MemberStatistics``."""
    return {
        "memberId": key,
        "answeredQuestions": counts.answered_questions,
        "averageRating": counts.average_rating,
    }


def question_row(question: AskedQuestion, grounds: Grounds) -> dict[str, Any]:
    """A ``QuestionRow`` without its cursor: a question without its history."""
    studio, rating = question.studio, question.rating
    return {
        "id": question.id,
        "title": question.title,
        "body": question.body,
        "status": question.status.name,
        "kind": question.kind.name,
        "category": question.category,
        "regionCode": studio.committee.region_code,
        "askedAt": question.asked_at,
        "changedAt": moment_of(question.changed),
        "studio": {"id": studio.key, "name": studio.name, "category": studio.category.name},
        "addressee": _member(question.addressee) if question.addressee else None,
        "asker": None if question.anonymous else {"name": question.asker.name},
        "attachments": [attachment_row(each) for each in files_of(question)],
        "replies": [_reply(reply, question) for reply in question.replies],
        "rating": {"score": rating.score, "comment": rating.comment} if rating else None,
        "extendedUntil": question.extended_until,
        "reasonCode": question.reason_code,
        "access": _access(question, grounds),
    }


def whole_question_row(question: AskedQuestion, grounds: Grounds) -> dict[str, Any]:
    """A ``Question``."""
    return question_row(question, grounds) | {"history": [_step(step) for step in steps_of(question)]}


def reply_row(reply: GivenReply, question: AskedQuestion, grounds: Grounds) -> dict[str, Any]:
    """A ``ReplyRow``."""
    return _reply(reply, question) | {"access": _access(question, grounds)}


def attachment_row(file: GivenFile) -> dict[str, Any]:
    """An ``Attachment``."""
    return {
        "id": file.id,
        "kind": file.kind.name,
        "name": file.name,
        "url": f"/studio/v1/attachments?id={file.id}",
    }


def _reply(reply: GivenReply, question: AskedQuestion) -> dict[str, Any]:
    return {
        "id": reply.id,
        "questionId": question.id,
        "body": reply.body,
        "repliedAt": reply.replied_at,
        "author": _member(reply.author),
    }


def _step(step: Step) -> dict[str, Any]:
    return {"status": step.status.name, "at": moment_of(step.at), "by": step.by, "note": step.note}


def _access(question: AskedQuestion, grounds: Grounds) -> dict[str, Any]:
    return {
        "visibility": question.visibility.name,
        "moderation": question.moderation.name,
        "askerId": question.asker.user_id,
        "addresseeId": question.addressee.key if question.addressee else None,
        "grounds": grounds.name,
    }


def _member(member: MemberSeed) -> dict[str, Any]:
    return {"id": member.key, "name": member.person.name}
