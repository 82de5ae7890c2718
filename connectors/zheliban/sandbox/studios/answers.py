"""What members answer, and what askers make of it; each method does one write and answers its row."""

from itertools import count
from typing import Any

from connectors.records.question import QuestionStatus
from connectors.zheliban.sandbox.answering import BODY_INVALID, NOT_ALLOWED, RefusedError
from connectors.zheliban.sandbox.studios.asked import AskedQuestion, GivenRating, GivenReply
from connectors.zheliban.sandbox.studios.bodies import OfflineReplyBody, RatingBody, ReplyBody
from connectors.zheliban.sandbox.studios.handling import Handling
from connectors.zheliban.sandbox.studios.moves import checked, written
from connectors.zheliban.sandbox.studios.store import StudioStore
from connectors.zheliban.sandbox.writes import By

_S = QuestionStatus


class AnswerDesk(Handling):
    """Raises ``RefusedError`` for what cannot be."""

    def __init__(self, store: StudioStore) -> None:
        super().__init__(store)
        self._numbers = count(len(store.replies) + 1)

    def reply(self, body: ReplyBody) -> dict[str, Any]:
        """``POST /questions/replies``."""
        question = self._question(body.questionId)
        checked(self._store, question, body.by, _S.ANSWERED)
        return self._answered(question, body.by.memberId or "", body.body, None, body.by)

    def record_reply(self, body: OfflineReplyBody) -> dict[str, Any]:
        """``POST /questions/offline-replies``."""
        question = self._question(body.questionId)
        if not body.by.staff and body.by.memberId != body.memberId:
            raise RefusedError(NOT_ALLOWED, "只能记录本人的答复")
        checked(self._store, question, By(memberId=body.memberId), _S.ANSWERED)
        given = body.givenAt.timestamp()
        if not question.asked <= given <= self._store.time.now():
            raise RefusedError(BODY_INVALID, "参数错误：givenAt")
        return self._answered(question, body.memberId, body.body, given, body.by)

    def rate(self, body: RatingBody) -> dict[str, Any]:
        """``POST /questions/ratings``."""
        question = self._question(body.questionId)
        name = checked(self._store, question, body.by, _S.RATED)

        def do() -> None:
            question.rating = GivenRating(body.score, body.comment)
            written(question, _S.RATED, self._now(question.changed), name, None)
            self._added(question, body.by, body.comment)

        return self._changed(question, do, body.by)

    def _answered(self, question: AskedQuestion, member: str, words: str, at: float | None, by: By) -> dict[str, Any]:
        author, now = self._store.members[member], self._now(question.changed)
        reply = GivenReply(f"R{next(self._numbers):07d}", author, words, now if at is None else at)

        def do() -> None:
            question.replies = (*question.replies, reply)
            written(question, _S.ANSWERED, now, author.person.name, None)
            self._added(question, by, words)

        return self._changed(question, do, by) | {"replyId": reply.id}
