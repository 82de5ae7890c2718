"""Questions that move on because of what was made of them elsewhere."""

from collections.abc import Collection

from connectors.ports import QuestionDesk
from connectors.records.question import QuestionStatus
from connectors.records.question_writes import QuestionMove, TransferTarget
from connectors.viewer import Ask
from gateway.writes.homes import Homes
from gateway.writes.rows import Due
from schema.mutations.about_questions import changed


class QuestionMoves:
    """``Delivery``. Body: ``question``, ``target`` (what was made of it), ``note``."""

    def __init__(self, homes: Homes) -> None:
        self._homes = homes

    async def deliver(self, due: Due, ask: Ask) -> Collection[str]:
        """Say on the citizen app what it was handed on to."""
        move = QuestionMove(
            key=due.body["question"],
            to=QuestionStatus.TRANSFERRED,
            note=due.body["note"],
            target=TransferTarget(due.body["target"]),
        )
        question = await self._homes.method(QuestionDesk.move_question)(move, due.effect_id, ask)
        return changed(move, question, ask.viewer)
