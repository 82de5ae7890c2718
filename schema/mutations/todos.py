"""What officials do about their own to-dos."""

from typing import Any

import strawberry

from connectors.ports import TodoDesk
from connectors.records.effect import EffectKind
from connectors.records.todo import FinishedTodo
from connectors.viewer import Ask, Viewer
from schema.acts import Act, Given
from schema.fields import CHINESE, described, mutation, needed, value
from schema.identifiers import global_id
from schema.mutations.desk import AT_ONES_DESK
from schema.mutations.naming import key_in
from schema.mutations.payload import WritePayload, idempotency_key


@strawberry.input(description="One's own to-do that is done.")
class CompleteTodoInput:
    """See ``connectors.records.todo.FinishedTodo``."""

    todo_id: strawberry.ID = needed("本人待办的全局标识", "Global id of one's own to-do.")
    idempotency_key: str | None = idempotency_key()


setattr(CompleteTodoInput, CHINESE, "本人办结的待办")


@described(zh="办结待办的结果", en="What came of completing a to-do.")
class CompleteTodoPayload(WritePayload):
    """Read from ``schema.acts.Payload``. The platform finds no to-do by its id, so only that is told."""

    todo_id: strawberry.ID | None = value(
        "entity",
        then=lambda key, _: global_id("Todo", key),
        zh="已办结待办的全局标识；它从待办列表移到已办列表",
        en="Global id of the to-do that is done: it left the list of what waits for the list of what is done. Null "
        "while the write is on its way.",
    )


def _done_of(given: Given, _: Viewer) -> FinishedTodo:
    return FinishedTodo(key=key_in(given, "todoId", "Todo"))


async def _finish(method: Any, request: FinishedTodo, _: str, ask: Ask) -> None:
    await method(request.key, ask)  # to say it twice is to say it once


def _finished(_: None, request: FinishedTodo) -> str:
    return request.key


def _on_todo(request: FinishedTodo, _: Viewer) -> str:
    return f"Todo:{request.key}"


def _changes(_request: FinishedTodo, _result: None, viewer: Viewer) -> tuple[str, ...]:
    return () if viewer.employee_code is None else (f"employee:{viewer.employee_code}",)


COMPLETE_TODO = Act(
    "completeTodo",
    EffectKind.TODO_DONE,
    TodoDesk.finish_own_todo,
    FinishedTodo,
    _done_of,
    subject=_on_todo,
    call=_finish,
    entity=_finished,
    changes=_changes,
)


@described(zh="对待办的办理", en="What is done about to-dos.")
class TodoMutations:
    """Part of ``Mutation``."""

    complete_todo: CompleteTodoPayload | None = mutation(
        COMPLETE_TODO,
        CompleteTodoInput,
        requires=AT_ONES_DESK,
        zh="办结本人的待办",
        en="Says that one's own to-do is done.",
    )
