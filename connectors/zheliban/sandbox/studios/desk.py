"""What people do to questions and studios; each method does one write and answers its row."""

from collections.abc import Callable
from itertools import count
from typing import Any

from connectors.records.question import WAITING, Moderation, QuestionStatus, Visibility
from connectors.zheliban.sandbox.answering import BODY_INVALID, MOVE_FORBIDDEN, NOT_ALLOWED, NOT_FOUND, RefusedError
from connectors.zheliban.sandbox.studios.asked import AskedQuestion, GivenRating, GivenReply, Step, moment_of
from connectors.zheliban.sandbox.studios.bodies import (
    AskBody,
    ExtensionBody,
    MarkBody,
    ModerationBody,
    MoveBody,
    RatingBody,
    ReplyBody,
)
from connectors.zheliban.sandbox.studios.directory import Directory
from connectors.zheliban.sandbox.studios.history import ASKER, steps_of
from connectors.zheliban.sandbox.studios.moves import checked, hats_of, written
from connectors.zheliban.sandbox.studios.rows import statistics_row, whole_question_row
from connectors.zheliban.sandbox.studios.store import StudioStore
from connectors.zheliban.sandbox.studios.topics import topic_of
from connectors.zheliban.sandbox.writes import By
from connectors.zheliban.studios.payloads import Grounds

_S = QuestionStatus


class Desk:
    """Raises ``RefusedError`` for what cannot be; what it changes is in every list at once."""

    def __init__(self, store: StudioStore) -> None:
        self._store = store
        self._directory = Directory(store)
        self._numbers = count(len(store.questions) + 1)
        self._replies = count(len(store.replies) + 1)

    def ask(self, body: AskBody) -> dict[str, Any]:
        """``POST /questions/ask``."""
        asker = self._store.people.get(body.by.userId or "")
        if asker is None:
            raise RefusedError(NOT_ALLOWED, "提问人账号不存在")
        studio = self._store.studios.get(body.studioId)
        if studio is None:
            raise RefusedError(NOT_FOUND, "工作室不存在")
        addressee = self._store.members.get(body.addresseeId or "")
        if body.addresseeId is not None and not self._store.belongs(body.addresseeId, studio.key):
            raise RefusedError(BODY_INVALID, "参数错误：addresseeId")
        files = self._store.shelf.checked(body.attachmentIds, asker.user_id or "")
        now = self._now(self._store.ledger.row[-1].asked)
        question = AskedQuestion(
            id=f"Q{next(self._numbers):07d}",
            studio=studio,
            addressee=addressee,
            asker=asker,
            anonymous=body.isAnonymous,
            title=body.title,
            body=body.body,
            kind=body.kind,
            status=_S.SUBMITTED,
            visibility=body.visibility,
            moderation=Moderation.WAITING if body.visibility is Visibility.PUBLIC else Moderation.NOT_ASKED,
            asked=now,
            replies=(),
            rating=None,
            changed=now,
            topic=topic_of(body.title + body.body),
            category=body.category.value,
            steps=(Step(_S.SUBMITTED, now, ASKER),),
            files=files,
        )
        self._store.add(question)
        self._store.shelf.belong(files, lambda viewer: self._store.grounds(question, viewer) is not None)
        return self._row(question, Grounds.ASKER)

    def reply(self, body: ReplyBody) -> dict[str, Any]:
        """``POST /questions/replies``."""
        question = self._question(body.questionId)
        name = checked(self._store, question, body.by, _S.ANSWERED)
        author = self._store.members[body.by.memberId or ""]
        reply = GivenReply(f"R{next(self._replies):07d}", author, body.body, self._now(question.changed))

        def do() -> None:
            question.replies = (*question.replies, reply)
            written(question, _S.ANSWERED, reply.at, name, None)

        self._store.change(question, do)
        return self._row(question, Grounds.STUDIO) | {"replyId": reply.id}

    def rate(self, body: RatingBody) -> dict[str, Any]:
        """``POST /questions/ratings``."""
        question = self._question(body.questionId)
        name = checked(self._store, question, body.by, _S.RATED)

        def do() -> None:
            question.rating = GivenRating(body.score, body.comment)
            written(question, _S.RATED, self._now(question.changed), name, None)

        return self._changed(question, do, body.by)

    def move(self, body: MoveBody) -> dict[str, Any]:
        """``POST /questions/moves``."""
        question, to = self._question(body.questionId), body.to.status
        _complete(body)
        if any(not self._store.belongs(key, question.studio.key) for key in body.memberIds):
            raise RefusedError(BODY_INVALID, "参数错误：memberIds")
        name = checked(self._store, question, body.by, to)

        def do() -> None:
            if to is _S.ASSIGNED:
                question.assigned = tuple(self._store.members[key] for key in body.memberIds)
            if to is _S.REJECTED:
                question.reason_code = body.reasonCode
            note = body.note or (f"转{body.target.value}" if body.target else None)
            written(question, to, self._now(question.changed), name, note)

        return self._changed(question, do, body.by)

    def extend(self, body: ExtensionBody) -> dict[str, Any]:
        """``POST /questions/extensions``: while it waits, to a day after today."""
        question = self._question(body.questionId)
        if not hats_of(self._store, question, body.by) - {"asker"}:
            raise RefusedError(NOT_ALLOWED, "无权进行此操作")
        now = self._now(question.changed)
        if question.status not in WAITING:
            raise RefusedError(MOVE_FORBIDDEN, "已不在办理中", {"status": question.status.value, "allowed": []})
        if body.until <= moment_of(now).date():
            raise RefusedError(BODY_INVALID, "参数错误：until")

        def do() -> None:
            question.extended_until = body.until.isoformat()
            self._noted(question, now, f"延期至{body.until.isoformat()}", body.note)

        return self._changed(question, do, body.by)

    def moderate(self, body: ModerationBody) -> dict[str, Any]:
        """``POST /questions/moderation``."""
        question = self._question(body.questionId)
        if not body.by.moderator:
            raise RefusedError(NOT_ALLOWED, "无权进行此操作")
        if question.moderation is Moderation.NOT_ASKED:
            raise RefusedError(MOVE_FORBIDDEN, "提问人不同意公开", {"status": question.moderation.value, "allowed": []})

        def do() -> None:
            question.moderation = Moderation.PUBLISHED if body.publish else Moderation.REFUSED
            self._noted(question, self._now(question.changed), "同意公开" if body.publish else "不予公开", body.note)

        return self._changed(question, do, body.by)

    def mark(self, body: MarkBody) -> dict[str, Any]:
        """``POST /studios/marks``."""
        account = body.by.userId or ""
        if account not in self._store.people:
            raise RefusedError(NOT_ALLOWED, "账号不存在")
        if body.studioId not in self._store.studios:
            raise RefusedError(NOT_FOUND, "工作室不存在")
        self._store.mark(account, body.studioId, follows=body.follows, likes=body.likes)
        row = self._directory.marks_row(account, body.studioId)
        return row | {"statistics": statistics_row(self._store.counts(body.studioId))}

    def _changed(self, question: AskedQuestion, do: Callable[[], None], by: By) -> dict[str, Any]:
        self._store.change(question, do)
        hats = hats_of(self._store, question, by)
        grounds = Grounds.ASKER if "asker" in hats else Grounds.STUDIO if "studio" in hats else Grounds.STAFF
        return self._row(question, grounds)

    def _noted(self, question: AskedQuestion, at: float, what: str, note: str | None) -> None:
        """Write down what leaves the state as it is."""
        text = f"{what}：{note}" if note else what
        question.steps = (*steps_of(question), Step(question.status, at, "工作室", text))
        question.changed = at

    def _row(self, question: AskedQuestion, grounds: Grounds) -> dict[str, Any]:
        return whole_question_row(question, Grounds.PUBLIC if question.public else grounds)

    def _question(self, key: str) -> AskedQuestion:
        question = self._store.questions.get(key)
        if question is None:
            raise RefusedError(NOT_FOUND, "提问不存在")
        return question

    def _now(self, last: float) -> float:
        """The time, never before what is written down already."""
        return max(round(self._store.time.now(), 3), last + 0.001)


def _complete(body: MoveBody) -> None:
    """Raise ``RefusedError`` where a state wants more than was told."""
    wants = {
        _S.ASSIGNED: ("memberIds", bool(body.memberIds)),
        _S.REJECTED: ("reasonCode", body.reasonCode is not None),
        _S.TRANSFERRED: ("target", body.target is not None),
    }
    name, told = wants.get(body.to.status, ("", True))
    if not told:
        raise RefusedError(BODY_INVALID, f"参数错误：{name}")
