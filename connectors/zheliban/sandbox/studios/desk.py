"""What people do to questions and studios; each method does one write and answers its row."""

from itertools import count
from typing import Any

from connectors.records.question import WAITING, Moderation, QuestionStatus, Visibility
from connectors.zheliban.sandbox.answering import BODY_INVALID, MOVE_FORBIDDEN, NOT_ALLOWED, NOT_FOUND, RefusedError
from connectors.zheliban.sandbox.studios.asked import AskedQuestion, Step, moment_of
from connectors.zheliban.sandbox.studios.bodies import (
    AskBody,
    ExtensionBody,
    MarkBody,
    ModerationBody,
    MoveBody,
)
from connectors.zheliban.sandbox.studios.directory import Directory
from connectors.zheliban.sandbox.studios.handling import Handling
from connectors.zheliban.sandbox.studios.history import ASKER
from connectors.zheliban.sandbox.studios.moves import checked, hats_of, written
from connectors.zheliban.sandbox.studios.rows import statistics_row
from connectors.zheliban.sandbox.studios.store import StudioStore
from connectors.zheliban.sandbox.studios.topics import topic_of
from connectors.zheliban.studios.payloads import Grounds

_S = QuestionStatus


class Desk(Handling):
    """Raises ``RefusedError`` for what cannot be; what it changes is in every list at once."""

    def __init__(self, store: StudioStore) -> None:
        super().__init__(store)
        self._directory = Directory(store)
        self._numbers = count(len(store.questions) + 1)

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
            self._added(question, body.by, body.note)

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
            self._added(question, body.by, body.note)

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
