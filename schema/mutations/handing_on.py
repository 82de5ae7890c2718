"""What the ways share by which a question becomes something else.

What is made comes first and the question follows: somebody's words are kept or refused at once, and no question is said
to be handed on to what is not there.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from connectors.errors import PlatformError
from connectors.ports import QuestionDesk, QuestionSource
from connectors.records.effect import EffectKind
from connectors.records.question import NEXT, Question, QuestionStatus
from connectors.records.question_writes import TransferTarget
from connectors.viewer import Ask, Viewer
from schema.acts import Finder, Follow, InputError
from schema.mutations.about_questions import TODOS_DONE, question_subject

_NEEDED = ("status", "title", "body", "kind", "category", "region_key")
"""What has to be readable of a question that becomes something else."""


async def question_to_hand_on(key: str, find: Finder, ask: Ask) -> Question:
    """The question as it is now. Raises ``InputError`` (NOT_FOUND, FORBIDDEN_MOVE), ``PlatformError``."""
    [question] = await find(QuestionSource.load_questions)([key], ask)
    if question is None:
        raise InputError("NOT_FOUND", "questionId")
    needed: tuple[Any, ...] = (question, *(getattr(question, name, None) for name in _NEEDED))
    for part in needed:
        if isinstance(part, PlatformError):
            raise part
    allowed = NEXT[question.status]
    if QuestionStatus.TRANSFERRED not in allowed:
        raise InputError("FORBIDDEN_MOVE", "questionId", allowed=", ".join(state.value for state in allowed) or "-")
    return question  # type: ignore[no-any-return]  # what that port answers


async def drafted(method: Callable[..., Awaitable[Any]], asked: Any, write_id: str, ask: Ask) -> Any:
    """Have made what a question becomes."""
    return await method(asked.draft, write_id, ask)


def handed_on(target: TransferTarget, note: str) -> Follow:
    """The question is told to be handed on once that is there."""

    def body(asked: Any, _made: Any, _viewer: Viewer) -> Mapping[str, Any]:
        return {"question": asked.question_key, "target": target.value, "note": note}

    return Follow(EffectKind.QUESTION_MOVE, QuestionDesk.move_question, body)


def _nothing_to_do(asked: Any, _made: Any, _viewer: Viewer) -> Mapping[str, Any]:
    return {"about": question_subject(asked.question_key)}


NOTHING_LEFT = Follow(EffectKind.TODO_DONE, TODOS_DONE.source, _nothing_to_do)
