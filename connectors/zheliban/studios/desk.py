"""What citizens, members and staff do to questions."""

from collections.abc import Mapping
from datetime import UTC
from typing import Any

from connectors.errors import NotAllowedError
from connectors.records.question import Question
from connectors.records.question_writes import (
    Answered,
    ModerationVerdict,
    NewQuestion,
    NewRating,
    NewReply,
    OfflineReply,
    QuestionExtension,
    QuestionMove,
)
from connectors.viewer import Ask
from connectors.zheliban.irs_service import IrsService
from connectors.zheliban.rows import Shape
from connectors.zheliban.studios.acting import by_anybody, by_citizen, by_member
from connectors.zheliban.studios.mapping import question_from
from connectors.zheliban.studios.payloads import QuestionPayload

_QUESTION = Shape(QuestionPayload, question_from)


class ZhelibanQuestionDesk:
    """Sends each write once, under the caller's write id; what it answers is the actor's to see."""

    def __init__(self, service: IrsService) -> None:
        self._service = service
        self._platform = service.platform

    async def ask_question(self, question: NewQuestion, write_id: str, ask: Ask) -> Question:
        """Put a question to a studio."""
        body = {
            "by": by_citizen("questions.ask", ask, self._platform),
            "studioId": question.studio_key,
            "addresseeId": question.addressee_key,
            "category": question.category.value,
            "kind": question.kind.value,
            "title": question.title,
            "body": question.body,
            "visibility": question.visibility.value,
            "isAnonymous": question.anonymous,
            "attachmentIds": list(question.attachment_keys),
        }
        return await self._written("questions.ask", "/questions/ask", body, write_id, ask)

    async def answer_question(self, reply: NewReply, write_id: str, ask: Ask) -> Answered:
        """Answer as a member of the studio."""
        by = by_member("questions.reply", ask, self._platform)
        body = {"writeId": write_id, "by": by, "questionId": reply.question_key, "body": reply.body}
        shape = Shape(QuestionPayload, answered_from)
        return await self._service.write("questions.reply", "/questions/replies", body, shape, ask)

    async def record_answer(self, reply: OfflineReply, write_id: str, ask: Ask) -> Answered:
        """Write down what a member answered off line."""
        operation = "questions.recordReply"
        body = {
            "writeId": write_id,
            "by": by_anybody(operation, ask, self._platform),
            "questionId": reply.question_key,
            "memberId": reply.member_key,
            "body": reply.body,
            "givenAt": reply.given_at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        }
        shape = Shape(QuestionPayload, answered_from)
        return await self._service.write(operation, "/questions/offline-replies", body, shape, ask)

    async def rate_answer(self, rating: NewRating, write_id: str, ask: Ask) -> Question:
        """Rate the answer to one's own question."""
        body = {
            "by": by_citizen("questions.rate", ask, self._platform),
            "questionId": rating.question_key,
            "score": rating.score,
            "comment": rating.comment,
        }
        return await self._written("questions.rate", "/questions/ratings", body, write_id, ask)

    async def move_question(self, move: QuestionMove, write_id: str, ask: Ask) -> Question:
        """Bring a question to another state."""
        body = {
            "by": by_anybody("questions.move", ask, self._platform),
            "questionId": move.key,
            "to": move.to.value,
            "note": move.note,
            "memberIds": list(move.member_keys),
            "reasonCode": move.reason_code,
            "target": move.target.value if move.target else None,
        }
        return await self._written("questions.move", "/questions/moves", body, write_id, ask)

    async def extend_question(self, extension: QuestionExtension, write_id: str, ask: Ask) -> Question:
        """Let the answer wait."""
        body = {
            "by": by_anybody("questions.extend", ask, self._platform),
            "questionId": extension.key,
            "until": extension.until.isoformat(),
            "note": extension.note,
        }
        return await self._written("questions.extend", "/questions/extensions", body, write_id, ask)

    async def moderate_question(self, verdict: ModerationVerdict, write_id: str, ask: Ask) -> Question:
        """Publish, or refuse to; for staff and moderators."""
        by = by_anybody("questions.moderate", ask, self._platform)
        if "roles" not in by:
            raise NotAllowedError(self._platform, "questions.moderate", "no staff")
        body = {"by": by, "questionId": verdict.key, "publish": verdict.publish, "note": verdict.note}
        return await self._written("questions.moderate", "/questions/moderation", body, write_id, ask)

    async def _written(self, operation: str, path: str, body: Mapping[str, Any], write_id: str, ask: Ask) -> Question:
        return await self._service.write(operation, path, {"writeId": write_id, **body}, _QUESTION, ask)


def answered_from(payload: QuestionPayload) -> Answered | None:
    """Read what a reply answers; None where it does not name the reply."""
    if payload.replyId is None:
        return None
    return Answered(question=question_from(payload), reply_key=payload.replyId)
