"""What every write to a question goes through: finding it, the time, changing it, the row that is answered."""

from collections.abc import Callable
from typing import Any

from connectors.records.question import Moderation
from connectors.zheliban.sandbox.answering import NOT_FOUND, RefusedError
from connectors.zheliban.sandbox.studios.asked import AskedQuestion, Step
from connectors.zheliban.sandbox.studios.history import steps_of
from connectors.zheliban.sandbox.studios.moves import hats_of
from connectors.zheliban.sandbox.studios.rows import whole_question_row
from connectors.zheliban.sandbox.studios.store import StudioStore
from connectors.zheliban.sandbox.writes import By
from connectors.zheliban.studios.payloads import Grounds


class Handling:
    """The base of the desks."""

    def __init__(self, store: StudioStore) -> None:
        self._store = store

    def _question(self, key: str) -> AskedQuestion:
        question = self._store.questions.get(key)
        if question is None:
            raise RefusedError(NOT_FOUND, "提问不存在")
        return question

    def _now(self, last: float) -> float:
        """The time, never before what is written down already."""
        return max(round(self._store.time.now(), 3), last + 0.001)

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

    def _added(self, question: AskedQuestion, by: By, words: str | None) -> None:
        """What citizens and members add to a published question is looked at before anybody else sees it."""
        if words is not None and not by.moderator and question.moderation is Moderation.PUBLISHED:
            question.moderation = Moderation.WAITING

    def _row(self, question: AskedQuestion, grounds: Grounds) -> dict[str, Any]:
        return whole_question_row(question, Grounds.PUBLIC if question.public else grounds)
